//! What customers say of visits, and what becomes of it.

use chrono::TimeDelta;
use domain::booking::Refusal;
use domain::ids::BookingId;
use domain::review::{ReviewStatus, ShownAs};
use domain::role::Role;
use store::on_both;
use store::testing::salons::OpenSalon;
use usecases::{Actor, Admin, BookingAct, Error, ListReviews, ReviewAct, UpdateMe, Usecases, WriteReview};

use crate::support::booking::{act, at, book, customer, of_salon, open};
use crate::support::{salon, wait};

const MANAGER: &str = "0500000001";

fn review(text: &str) -> WriteReview {
    WriteReview { rating: 4, text: Some(text.into()), shown_as: ShownAs::NameInitial }
}

/// Somebody with a name, who was there.
async fn visited(uc: &Usecases, place: &OpenSalon, manager: &Admin) -> (Actor, BookingId) {
    let sara = customer(uc, "0501234567").await;
    let said = |text: &str| Some(Some(text.to_owned()));
    let names = UpdateMe { given_name: said("سارة"), family_name: said("العتيبي"), ..UpdateMe::default() };
    let sara = Actor { user: uc.update_me(&sara, names).await.expect("named"), ..sara };
    let id = book(uc, &sara, place, at(0)).await.expect("free").visit.booking.id;
    let early = uc.write_review(&sara, id, &review("x"), None).await;
    assert!(matches!(early, Err(Error::BookingRefused(Refusal::NotFromHere))), "{early:?}");
    act(uc, manager, id, BookingAct::CheckIn).await.expect("there");
    act(uc, manager, id, BookingAct::Complete).await.expect("done");
    (sara, id)
}

on_both! {
    async fn a_review_is_seen_once_it_was_looked_at_and_never_with_a_phone(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let manager = of_salon(&uc, place.salon.id, MANAGER, Role::Manager).await;
        let (sara, id) = visited(&uc, &place, &manager).await;
        let slug = place.salon.slug.as_str();
        let previews = uc.preview_review(&sara).map(|preview| preview.name);
        assert_eq!(previews, ["سارة ا.", "سارة", "عميل موثّق"]);
        let written = uc.write_review(&sara, id, &review(" رائعة! \n"), None).await.expect("written");
        assert_eq!((written.text.as_deref(), written.status), (Some("رائعة!"), ReviewStatus::Pending));
        assert!(uc.list_reviews(slug, None).await.expect("lists").page.items.is_empty());
        let waiting = ListReviews { status: ReviewStatus::Pending, after: None };
        let queue = uc.list_reviews_to_decide(&manager, place.salon.id, &waiting).await.expect("lists");
        assert_eq!((queue.page.items.len(), queue.may_view_phone), (1, true));
        uc.act_on_review(&manager, written.id, &ReviewAct::Publish).await.expect("published");
        let shown = uc.list_reviews(slug, None).await.expect("lists");
        assert_eq!((shown.count, shown.mean_hundredths), (1, Some(400)));
        uc.act_on_review(&manager, written.id, &ReviewAct::Reply("شكرًا".into())).await.expect("answered");
        let phone = uc.act_on_review(&manager, written.id, &ReviewAct::Reply("0501234567".into())).await;
        assert!(matches!(phone, Err(Error::Validation(_))), "{phone:?}");
        let changed = WriteReview { shown_as: ShownAs::Anonymous, ..review("جيدة") };
        let changed = uc.write_review(&sara, id, &changed, None).await.expect("changed");
        assert_eq!((changed.id, changed.status, changed.reply.as_deref()), (written.id, ReviewStatus::Pending, Some("شكرًا")));
        assert!(uc.list_reviews(slug, None).await.expect("lists").page.items.is_empty(), "it waits again");
        uc.act_on_review(&manager, written.id, &ReviewAct::Hide).await.expect("hidden");
        wait(&uc, 30 * 24 * 3600 + 1);
        let late = uc.write_review(&sara, id, &review("x"), None).await;
        assert!(matches!(late, Err(Error::BookingRefused(Refusal::TooLate))), "{late:?}");
        for bad in [WriteReview { rating: 6, ..review("x") }, review(&"س".repeat(1_001))] {
            assert!(matches!(uc.write_review(&sara, id, &bad, None).await, Err(Error::Validation(_))));
        }
    }
}

on_both! {
    async fn nobody_reviews_or_decides_on_what_is_not_theirs(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let manager = of_salon(&uc, place.salon.id, MANAGER, Role::Manager).await;
        let other = store::testing::salons::open_salon(uc.store(), 2, 1, uc.clock().now()).await;
        let stranger = of_salon(&uc, other.salon.id, "0500000005", Role::Owner).await;
        let reception = of_salon(&uc, place.salon.id, "0500000006", Role::Reception).await;
        let (sara, id) = visited(&uc, &place, &manager).await;
        let noura = customer(&uc, "0501234568").await;
        assert!(matches!(uc.write_review(&noura, id, &review("x"), None).await, Err(Error::NotFound)));
        let written = uc.write_review(&sara, id, &review("x"), None).await.expect("written");
        assert!(matches!(uc.read_my_review(&noura, id).await, Err(Error::NotFound)));
        assert!(matches!(uc.act_on_review(&stranger, written.id, &ReviewAct::Publish).await, Err(Error::NotFound)));
        assert!(matches!(uc.act_on_review(&reception, written.id, &ReviewAct::Publish).await, Err(Error::Forbidden)));
        assert!(matches!(uc.list_reviews("no-such-salon", None).await, Err(Error::NotFound)));
        assert!(matches!(uc.list_reviews("salon-1", Some("x")).await, Err(Error::Validation(_))));
    }
}

on_both! {
    async fn of_somebody_who_is_gone_the_booking_stays_and_what_does_not_name_them(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let manager = of_salon(&uc, place.salon.id, MANAGER, Role::Manager).await;
        let (sara, id) = visited(&uc, &place, &manager).await;
        let written = uc.write_review(&sara, id, &review("رائعة"), None).await.expect("written");
        uc.act_on_review(&manager, written.id, &ReviewAct::Publish).await.expect("published");
        uc.act_on_review(&manager, written.id, &ReviewAct::Reply("شكرًا سارة".into())).await.expect("answered");
        let export = uc.export_me(&sara).await.expect("exports");
        assert_eq!((&export["bookings"][0]["status"], &export["reviews"][0]["text"]), (&"completed".into(), &"رائعة".into()));
        assert_eq!(export["bookings"][0]["items"][0]["price_halalas"], 11_500);
        uc.erase_me(&sara).await.expect("erased");
        let shown = uc.list_reviews(place.salon.slug.as_str(), None).await.expect("lists").page.items.remove(0);
        assert_eq!((shown.review.text.as_deref(), shown.review.reply), (Some("رائعة"), None));
        let short_id = shown.author.id.short();
        let name = domain::review::author_name(&shown.author.as_person(&short_id), shown.review.shown_as, domain::locale::Locale::En);
        assert_eq!(name, "Former customer");
        let day = (at(0).date_naive(), at(0).date_naive() + TimeDelta::days(1));
        let visits = uc.list_salon_bookings(&manager, place.salon.id, day, None).await.expect("lists").visits;
        assert_eq!(visits.len(), 1, "the booking stays");
        assert!(visits[0].customer.as_ref().is_some_and(|user| user.phone.is_none()));
    }
}
