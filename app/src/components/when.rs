//! An instant as people say it, in Riyadh, in the calendar this browser is set to.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::locale::Locale;
use leptos::prelude::*;

use crate::display::{Calendar, Display};
use crate::i18n::{ago, day_in, moment_in};

/// From here on a day of the calendar says more than a number of days ago.
const WEEK: u64 = 7 * 86_400;

/// How long ago, or the day when that is a week or more. The day and the hour as its title, in both calendars; the instant itself for
/// machines.
#[component]
pub(crate) fn When(at: DateTime<Utc>, now: DateTime<Utc>, locale: Locale) -> impl IntoView {
    let calendar = chosen();
    let seconds = u64::try_from((now - at).num_seconds()).unwrap_or(0);
    let text = if seconds < WEEK { ago(seconds, locale) } else { day_in(at, calendar, locale) };
    let title = format!("{} · {}", moment_in(at, calendar, locale), day_in(at, calendar.other(), locale));
    view! { <time datetime=for_machines(at) title=title>{text}</time> }
}

/// The day and the hour, where the order of what happened is what is read. The other calendar as its title.
#[component]
pub(crate) fn Moment(at: DateTime<Utc>, locale: Locale) -> impl IntoView {
    let calendar = chosen();
    let title = day_in(at, calendar.other(), locale);
    view! { <time datetime=for_machines(at) title=title>{moment_in(at, calendar, locale)}</time> }
}

/// The frame of every page provides it.
fn chosen() -> Calendar {
    use_context::<Display>().unwrap_or_default().calendar
}

fn for_machines(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).expect("an instant").to_utc()
    }

    fn html(calendar: Calendar, now: &str) -> String {
        Owner::new().with(|| {
            provide_context(Display { calendar, ..Display::default() });
            view! { <When at=at("2026-06-16T09:05:00Z") now=at(now) locale=Locale::En /> }.to_html()
        })
    }

    #[test]
    fn what_is_new_is_so_long_ago_and_what_is_old_has_its_day() {
        let (soon, late) = ("2026-06-16T12:05:00Z", "2026-07-16T12:05:00Z");
        assert!(html(Calendar::Gregorian, soon).contains(">3 hours ago<"));
        assert!(html(Calendar::Gregorian, late).contains(">Tuesday 16 June 2026<"));
        assert!(html(Calendar::Hijri, late).contains(">Tuesday 1 Muharram 1448 AH<"));
    }

    #[test]
    fn the_other_calendar_is_one_look_away() {
        let html = html(Calendar::Hijri, "2026-07-16T12:05:00Z");
        assert!(html.contains("title=\"Tuesday 1 Muharram 1448 AH, 12:05 · Tuesday 16 June 2026\""), "{html}");
        assert!(html.contains("datetime=\"2026-06-16T09:05:00Z\""), "{html}");
    }
}
