//! A booking for the calendar of whoever booked it.

use domain::booking::{CalendarWords, to_ics};
use domain::ids::BookingId;
use domain::locale::Locale;
use store::salons;

use crate::{Actor, Error, Usecases};

/// What the ids of events are unique at. It is no address, and stays what it is wherever Salon runs.
const HOST: &str = "bookings.salon.invalid";

impl Usecases {
    /// A booking of the actor as a file of RFC 5545.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn read_calendar(&self, actor: &Actor, id: BookingId, locale: Locale) -> Result<String, Error> {
        let visit = self.booked(actor, id).await?.visit;
        let salon = salons::find(&mut self.parts.store.read().await?, visit.booking.salon_id).await?;
        let location = salon.as_ref().and_then(|salon| salon.address.get(locale)).unwrap_or_default();
        let items: Vec<_> = visit.items.iter().map(|item| item.name.get(locale)).collect();
        let summary = format!("{} · {}", items.join(" + "), visit.salon_name.get(locale));
        let staff = visit.staff_name.as_ref().map(|name| name.get(locale));
        let description: Vec<_> = staff.into_iter().map(str::to_owned).chain([visit.booking.code.to_string()]).collect();
        let words = CalendarWords { summary: &summary, description: &description.join("\n"), location, host: HOST };
        Ok(to_ics(&visit.booking, &words, self.parts.clock.now()))
    }
}
