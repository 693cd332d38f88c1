//! `/admin/salons/{slug}/…`: the desk of a salon, in a browser without JavaScript.

use domain::role::Role;

use crate::support::desk::{booked, booked_by, booking_form, name, of_salon, open, thursday};
use crate::support::{Browser, OTHER, PHONE, api_test};

const OWNER: &str = "+966500000011";
const RECEPTION: &str = "+966500000012";
const STYLIST: &str = "+966500000013";
const ELSEWHERE: &str = "+966500000014";
const DAY: &str = "/admin/salons/salon-1/day?date=2026-11-19";
const PAGES: [&str; 4] =
    [DAY, "/admin/salons/salon-1/today", "/admin/salons/salon-1/bookings/new", "/admin/salons/salon-1/reviews"];

/// The value of a hidden field.
fn field<'a>(html: &'a str, name: &str) -> &'a str {
    let start = format!("name=\"{name}\" value=\"");
    html.split(&start).nth(1).and_then(|rest| rest.split('"').next()).expect("a field")
}

/// What of a phone stands in a page, ids and drawings left aside: the longest run of its last nine digits, whatever stands between them.
fn digits_of(html: &str, e164: &str) -> usize {
    let own = &e164[e164.len() - 9..];
    let drawn = html.split(" d=\"").enumerate();
    let html: String =
        drawn.map(|(at, part)| if at == 0 { part } else { part.split_once('"').map_or("", |cut| cut.1) }).collect();
    let text: String = html.split(['"', '<', '>']).filter(|part| !is_id(part)).collect::<Vec<_>>().join("\n");
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}' | '\u{200e}' | '(' | ')')).collect();
    (1..=9).rev().find(|length| (0..=9 - length).any(|at| digits.contains(&own[at..at + length]))).unwrap_or(0)
}

fn is_id(part: &str) -> bool {
    part.split(['/', '=', '&', '?', '-']).any(|word| word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

api_test! {
    async fn a_booking_is_made_by_phone_and_goes_its_way(app) {
        let salon = open(&app).await;
        let mut desk = of_salon(&app, &salon, RECEPTION, Role::Reception).await;
        let home = desk.get(&app, "/admin").await;
        assert_eq!(home.header("location"), "/admin/salons/salon-1/day", "whoever has one salon has come for its day");
        assert_eq!(desk.get(&app, "/admin/bookings/new").await.header("location"), "/admin/salons/salon-1/bookings/new");
        let form = desk.get(&app, "/admin/salons/salon-1/bookings/new?date=2026-11-19&minute=1530").await.ok(200).html();
        assert!(form.contains("<option value=\"1530\" selected") && form.contains(">01:30<"), "after midnight: {form}");

        let wrong = desk.submit(&app, "/sf/admin-book", &booking_form(&salon, "05", 1_020, "&note=%3Cb%3Ehi")).await;
        assert_eq!(wrong.header("location"), "/admin/salons/salon-1/bookings/new");
        let html = desk.get(&app, wrong.header("location")).await.ok(200).html();
        assert!(html.contains("phone-error") && html.contains("&lt;b&gt;hi") && html.contains("<option value=\"1020\" selected"), "{html}");

        let made = desk.submit(&app, "/sf/admin-book", &booking_form(&salon, PHONE, 1_530, "&given_name=Sara")).await;
        assert_eq!(made.header("location"), DAY, "of Thursday, though it is Friday by then");
        let html = desk.get(&app, DAY).await.ok(200).html();
        assert!(html.contains("role=\"status\"") && html.contains("<bdi>Sara</bdi>") && html.contains(">01:30–02:15<"), "{html}");

        let taken = desk.submit(&app, "/sf/admin-book", &booking_form(&salon, OTHER, 1_500, "")).await;
        let html = desk.get(&app, taken.header("location")).await.ok(200).html();
        assert!(html.contains("desk-nearest") && html.contains("bookings/new?date=2026-11-19&amp;minute="), "{html}");
        assert!(!html.contains("name=\"overbook\""), "reception does not put one over another");
        let over = booking_form(&salon, OTHER, 1_500, "&overbook=yes&reason=late");
        desk.submit(&app, "/sf/admin-book", &over).await;
        assert_eq!(booked(&app, &salon).await.len(), 1);

        let (id, _) = booked_by(&app, &salon, PHONE).await;
        let page = format!("/admin/salons/salon-1/bookings/{id}");
        let html = desk.get(&app, &page).await.ok(200).html();
        assert!(html.contains("050 123 4567") && html.contains("tel:+966501234567"), "reception calls: {html}");
        let act = |html: &str, act: &str, more: &str| {
            format!("slug=salon-1&booking={id}&version={}&act={act}{more}", field(html, "version"))
        };
        let moved = format!("slug=salon-1&booking={id}&version={}&date=2026-11-19&minute=1200&staff_id={}", field(&html, "version"), salon.staff[0].id);
        assert_eq!(desk.submit(&app, "/sf/admin-move-booking", &moved).await.header("location"), page);
        let stale = desk.submit(&app, "/sf/admin-act-on-booking", &act(&html, "check-in", "")).await;
        assert_eq!(stale.header("location"), page);
        let html = desk.get(&app, &page).await.ok(200).html();
        assert!(html.contains("role=\"alert\"") && html.contains(">20:00–20:45<"), "it was changed since: {html}");

        let none = desk.submit(&app, "/sf/admin-act-on-booking", &act(&html, "cancel", "&reason=+")).await;
        let html = desk.get(&app, none.header("location")).await.ok(200).html();
        assert!(html.contains("reason-cancel-error"), "{html}");
        desk.submit(&app, "/sf/admin-act-on-booking", &act(&html, "check-in", "&back=2026-11-19")).await;
        let html = desk.get(&app, DAY).await.ok(200).html();
        assert!(html.contains("chip-arrived") && html.contains("value=\"complete\""), "{html}");
        desk.submit(&app, "/sf/admin-act-on-booking", &act(&html, "complete", "&back=today")).await;
        let html = desk.get(&app, &page).await.ok(200).html();
        assert!(!html.contains("value=\"correct\""), "not for reception: {html}");
        let correct = format!("slug=salon-1&booking={id}&act=correct&reason=oops");
        desk.submit(&app, "/sf/admin-act-on-booking", &correct).await;
        let mut owner = of_salon(&app, &salon, OWNER, Role::Owner).await;
        assert!(owner.get(&app, &page).await.ok(200).html().contains("value=\"correct\""));
    }
}

api_test! {
    async fn a_manager_puts_one_over_another_and_corrects_for_a_day(app) {
        let salon = open(&app).await;
        let mut owner = of_salon(&app, &salon, OWNER, Role::Owner).await;
        for (phone, more) in [(PHONE, ""), (OTHER, "&overbook=yes&reason=a+favour")] {
            owner.submit(&app, "/sf/admin-book", &booking_form(&salon, phone, 960, more)).await;
        }
        let html = owner.get(&app, DAY).await.ok(200).html();
        assert!(html.contains("lanes-2") && html.contains("lane-1") && html.matches("badge-danger").count() == 1, "{html}");
        let (id, _) = booked_by(&app, &salon, OTHER).await;
        let page = format!("/admin/salons/salon-1/bookings/{id}");
        app.advance(26 * 3_600);
        let mut owner = of_salon(&app, &salon, ELSEWHERE, Role::Manager).await;
        for act in ["no-show", "correct"] {
            let html = owner.get(&app, &page).await.ok(200).html();
            let form = format!("slug=salon-1&booking={id}&version={}&act={act}&reason=so", field(&html, "version"));
            owner.submit(&app, "/sf/admin-act-on-booking", &form).await;
        }
        let html = owner.get(&app, &page).await.ok(200).html();
        assert!(html.contains("a favour") && html.matches("<li>").count() >= 3 && html.contains("value=\"correct\""), "{html}");
        let today = owner.get(&app, "/admin/salons/salon-1/today").await.ok(200).html();
        assert!(today.contains("115.00") || today.contains("0.00"), "{today}");
    }
}

api_test! {
    async fn nobody_else_sees_the_desk(app) {
        let salon = open(&app).await;
        let mut customer = Browser::default();
        customer.sign_in(&app, PHONE).await;
        let mut elsewhere = Browser::default();
        elsewhere.sign_in(&app, ELSEWHERE).await;
        app.uc.grant_role(ELSEWHERE, Role::Owner).await.expect("granted");
        elsewhere.enrol(&app).await;
        let mut desk = of_salon(&app, &salon, RECEPTION, Role::Reception).await;
        desk.submit(&app, "/sf/admin-book", &booking_form(&salon, OTHER, 960, "")).await;
        let (id, _) = booked_by(&app, &salon, OTHER).await;
        let page = format!("/admin/salons/salon-1/bookings/{id}");
        for path in PAGES.into_iter().chain([page.as_str()]) {
            assert_eq!(customer.get(&app, path).await.status, 403, "{path}");
            let answer = elsewhere.get(&app, path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(digits_of(&answer.html(), OTHER) <= 3, "{path}");
        }
        for (form, more) in [("admin-act-on-booking", "&act=cancel&reason=x"), ("admin-move-booking", "&date=2026-11-19&minute=1200")] {
            let body = format!("slug=salon-1&booking={id}{more}");
            for browser in [&mut customer, &mut elsewhere] {
                browser.submit(&app, &format!("/sf/{form}"), &body).await;
            }
        }
        for browser in [&mut customer, &mut elsewhere] {
            browser.submit(&app, "/sf/admin-book", &booking_form(&salon, PHONE, 1_200, "")).await;
        }
        let all = booked(&app, &salon).await;
        assert_eq!((all.len(), all[0].booking.version, all[0].booking.span.starts_at), (1, 1, thursday(0)));
        assert_eq!(desk.get(&app, "/admin/salons/salon-1/reviews").await.status, 403, "reviews are for managers");
        assert_eq!(elsewhere.get(&app, "/admin/bookings").await.ok(200).status, 200);
    }
}

/// Who stands in the day, and how.
struct Seen {
    phone: &'static str,
    given: Option<&'static str>,
    is_erased: bool,
    /// What shows without and with the permission.
    shows: [&'static str; 2],
    /// How many digits of theirs in a row without it.
    digits: usize,
}

const CUSTOMERS: [Seen; 4] = [
    Seen { phone: "+966501234567", given: Some("Sara"), is_erased: false, shows: ["<bdi>Sara</bdi>"; 2], digits: 0 },
    Seen { phone: "+966551239876", given: None, is_erased: false, shows: ["05• ••• 9876", "055 123 9876"], digits: 4 },
    Seen {
        phone: "+966531237654",
        given: Some("0531237654"),
        is_erased: false,
        shows: ["05• ••• 7654", "0531237654"],
        digits: 4,
    },
    Seen { phone: "+966561238888", given: Some("Noura"), is_erased: true, shows: ["Former customer"; 2], digits: 0 },
];

api_test! {
    async fn the_day_shows_of_each_customer_what_the_role_may_see_and_no_digit_more(app) {
        let salon = open(&app).await;
        let mut desk = of_salon(&app, &salon, RECEPTION, Role::Reception).await;
        let mut pages = vec![DAY.to_owned()];
        for (place, one) in (0..).zip(&CUSTOMERS) {
            let note = one.phone.replace("+966", "0");
            let more = format!("&note=call+{note}&attendee_name={note}");
            desk.submit(&app, "/sf/admin-book", &booking_form(&salon, one.phone, 960 + place * 60, &more)).await;
            let (id, user) = booked_by(&app, &salon, one.phone).await;
            if let Some(given) = one.given {
                name(&app, user, given).await;
            }
            if one.is_erased {
                let mut boss = Browser::default();
                boss.sign_in(&app, "+966500000001").await;
                app.uc.grant_role("+966500000001", Role::PlatformAdmin).await.expect("granted");
                boss.enrol(&app).await;
                let form = format!("user={user}&confirm={}", user.short());
                boss.submit(&app, "/sf/admin-erase-person", &form).await;
            }
            pages.push(format!("/admin/salons/salon-1/bookings/{id}"));
        }
        let mut stylist = of_salon(&app, &salon, STYLIST, Role::Stylist).await;
        for (may, browser) in [(false, &mut stylist), (true, &mut desk)] {
            browser.submit(&app, "/sf/set-locale", "to=en&here=/").await;
            let day = browser.get(&app, DAY).await.ok(200).html();
            for (one, page) in CUSTOMERS.iter().zip(&pages[1..]) {
                assert!(day.contains(one.shows[usize::from(may)]), "{may} {}: {day}", one.phone);
                let own = browser.get(&app, page).await.ok(200).html();
                assert!(own.contains(one.shows[usize::from(may)]), "{may} {page}: {own}");
                // Three digits in a row stand in any page by chance.
                let most = if may && !one.is_erased { 9 } else { one.digits.max(3) };
                for html in [&day, &own] {
                    assert!(digits_of(html, one.phone) <= most, "{may} {}: {html}", one.phone);
                }
                if !may {
                    assert!(!own.contains("tel:") && !own.contains(&one.phone[1..]), "{own}");
                }
            }
        }
    }
}

api_test! {
    async fn reviews_are_flagged_published_hidden_and_answered(app) {
        let salon = open(&app).await;
        let mut owner = of_salon(&app, &salon, OWNER, Role::Owner).await;
        let sara = app.customer(PHONE).await;
        owner.submit(&app, "/sf/admin-book", &booking_form(&salon, PHONE, 960, "")).await;
        let (id, user) = booked_by(&app, &salon, PHONE).await;
        for act in ["check-in", "complete"] {
            owner.submit(&app, "/sf/admin-act-on-booking", &format!("slug=salon-1&booking={id}&act={act}")).await;
        }
        let input = serde_json::json!({ "rating": 2, "text": "call 0551112222 or <b>www.example.com", "shown_as": "anonymous" });
        sara.post(&format!("/api/bookings/{id}/review/")).json(&input).send().await;
        assert_eq!(sara.user_id, user.to_string());

        let page = "/admin/salons/salon-1/reviews?status=pending";
        let html = owner.get(&app, page).await.ok(200).html();
        assert_eq!(html.matches("badge-danger").count(), 2, "a phone and a link: {html}");
        assert!(html.contains("&lt;b&gt;www") && !html.contains("<b>www") && html.contains("value=\"publish\""), "{html}");
        let review = field(&html, "review").to_owned();
        let form = |more: &str| format!("slug=salon-1&review={review}&status=pending{more}");
        let wrong = owner.submit(&app, "/sf/admin-act-on-review", &form("&act=reply&reply=call+0551112222")).await;
        assert_eq!(wrong.header("location"), page);
        let html = owner.get(&app, page).await.ok(200).html();
        assert!(html.contains("reply-error"), "{html}");
        owner.submit(&app, "/sf/admin-act-on-review", &form("&act=reply&reply=Sorry")).await;
        owner.submit(&app, "/sf/admin-act-on-review", &form("&act=hide")).await;
        assert!(!owner.get(&app, page).await.ok(200).html().contains(&review));
        let html = owner.get(&app, "/admin/salons/salon-1/reviews?status=hidden").await.ok(200).html();
        assert!(html.contains(&review) && html.contains(">Sorry<") && !html.contains("value=\"hide\""), "{html}");
        owner.submit(&app, "/sf/admin-act-on-review", &form("&act=publish")).await;
        assert!(owner.get(&app, "/admin/salons/salon-1/reviews?status=published").await.ok(200).html().contains(&review));
    }
}

api_test! {
    async fn the_platform_sees_bookings_beside_people(app) {
        let salon = open(&app).await;
        let mut desk = of_salon(&app, &salon, RECEPTION, Role::Reception).await;
        desk.submit(&app, "/sf/admin-book", &booking_form(&salon, PHONE, 960, "")).await;
        let (_, user) = booked_by(&app, &salon, PHONE).await;
        let mut boss = Browser::default();
        boss.sign_in(&app, "+966500000001").await;
        app.uc.grant_role("+966500000001", Role::PlatformAdmin).await.expect("granted");
        boss.enrol(&app).await;
        let tab = format!("/admin/users/{user}/bookings");
        let list = boss.get(&app, "/admin/users?q=0501234567&status=any").await.ok(200).html();
        assert!(list.contains(&format!("<a href=\"{tab}\">1</a>")), "{list}");
        let html = boss.get(&app, &tab).await.ok(200).html();
        assert!(html.contains("115.00") && html.matches("050 123 4567").count() == 1, "{html}");
        assert_eq!(desk.get(&app, &tab).await.status, 403);
    }
}
