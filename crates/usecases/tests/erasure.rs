//! After an erasure nothing in the database says who somebody was, whichever table it could stand in.

use chrono::Utc;
use domain::consent::{ConsentPurpose, ConsentSource};
use domain::ids::{BulkRunId, UserId};
use domain::locale::Locale;
use domain::people::BulkAct;
use domain::privacy_request::{RequestKind, RequestState};
use domain::review::ShownAs;
use domain::role::Role;
use domain::session::Session;
use domain::user::UserStatus;
use serde_json::Value;
use store::testing::personal::{self, Somebody};
use store::testing::{Raw, Scratch};
use store::{bulk_runs, erasures, on_both, privacy_requests, salon_grants, staff, users};
use usecases::{
    Actor, Admin, BulkWho, Error, Idempotency, ListUsers, NewBooking, Say, UpdateMe, Usecases, VerifyCode, WriteReview,
};

use crate::support::booking::{at, book, cut, open};
use crate::support::{actor, answer, code_for, here, request, salon, sign_in, wait};

const PHONE: &str = "+966501234567";
const ADMIN: &str = "0500000001";

/// As somebody's rows say who they are. The digits of the phone stand in all its forms.
const SIGNS: [&str; 6] = ["501234567", "سارة", "العتيبي", "sara@example.com", "203.0.113.7", "iPhone of Sara"];

/// Columns that may keep what was put there: nobody's words come into them.
const CLOSED: &[(&str, &str)] = &[
    // Names of ours, and what a provider answered without phones (crates/sms/src/redact.rs).
    ("outbox", "provider"),
    ("outbox", "bound_provider"),
    ("outbox", "provider_ref"),
    ("outbox", "last_error"),
    ("outbox", "country"),
    // How it was looked for, in names of ours: never what was typed (docs/adr/0025).
    ("bulk_runs", "asked"),
    ("bulk_runs", "act"),
    // Names of ours, ids, and phones masked to three digits (docs/logging.md).
    ("audit", "actor"),
    ("audit", "action"),
    ("audit", "detail"),
    // Made by us.
    ("bookings", "code"),
];

/// Somebody who has left something in as many tables as they can.
async fn sara(uc: &Usecases) -> Actor {
    let sent = request(uc, PHONE).await.expect("a challenge");
    let code = code_for(uc, &sent.challenge).await;
    let input = VerifyCode { device_name: Some("iPhone of Sara".to_owned()), ..answer(sent.challenge.id, &code) };
    let signed_in = uc.verify_code(input, &here()).await.expect("signs in");
    let sara = actor(&signed_in);
    let named = |text: &str| Some(Some(text.to_owned()));
    let change =
        UpdateMe {
            given_name: named("سارة"), family_name: named("العتيبي"), email: named("sara@example.com"), locale: None
        };
    let sara = Actor { user: uc.update_me(&sara, change).await.expect("changed"), ..sara };
    let say = Say { purpose: ConsentPurpose::MarketingSms, is_granted: true, source: ConsentSource::Account, locale: Locale::Ar };
    uc.say_consent(&sara, say).await.expect("agreed");
    uc.open_my_request(&sara, RequestKind::Correction, "أنا سارة العتيبي").await.expect("asked");
    uc.begin_enrolment(&sara).await.expect("begun");
    sara
}

/// What she has left in a salon, where she works as well.
async fn in_a_salon(uc: &Usecases, raw: &mut Raw, sara: &Actor) {
    let (now, signs) = (uc.clock().now(), SIGNS.join(" "));
    let place = open(uc, 1).await;
    let input = NewBooking { attendee_name: Some("سارة".into()), note: Some(signs.clone()), ..cut(&place, at(0)) };
    let once = Idempotency::new("k", "book", None, &input).expect("a key");
    let visit = uc.book(sara, &input, Some(&once)).await.expect("booked").visit;
    let called_off = book(uc, sara, &place, at(60)).await.expect("booked").visit.booking.id;
    uc.cancel_booking(sara, called_off, None, Some(&signs), None).await.expect("called off");
    raw.run("UPDATE bookings SET status = 'completed' WHERE status = 'confirmed'").await;
    let review = WriteReview { rating: 5, text: Some(signs), shown_as: ShownAs::NameInitial };
    uc.write_review(sara, visit.booking.id, &review, None).await.expect("written");
    let mut tx = uc.store().write().await.expect("begins");
    salon_grants::insert(&mut tx, place.salon.id, sara.user.id, Role::Stylist, now).await.expect("granted");
    staff::update(&mut tx, &staff::Staff { user_id: Some(sara.user.id), ..place.staff[0].clone() }).await.expect("changed");
    tx.commit().await.expect("commits");
}

async fn admin(uc: &Usecases) -> Admin {
    wait(uc, 61);
    let signed_in = sign_in(uc, ADMIN).await;
    let user = uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
    let session = Session { second_factor_at: Some(uc.clock().now()), ..signed_in.session };
    uc.admin_actor(Some(Actor { user, session })).expect("let in")
}

/// Runs over them and nobody else: one that is over, and one that nobody has said yes to.
async fn runs_over(uc: &Usecases, id: UserId, reason: &str) -> [BulkRunId; 2] {
    let admin = admin(uc).await;
    let these = BulkWho::These(vec![id]);
    let done = uc.prepare_bulk(&admin, BulkAct::Block, &these).await.expect("chosen");
    uc.start_bulk(&admin, done, reason).await.expect("begun");
    assert_eq!(uc.work_on_bulk(10).await.expect("works"), 1);
    let typed = ListUsers { typed: "0501234567".to_owned(), ..ListUsers::default() };
    [done, uc.prepare_bulk(&admin, BulkAct::Unblock, &BulkWho::Matching(typed)).await.expect("chosen")]
}

/// Where any of the signs still stands: `table: row`.
async fn found(raw: &mut Raw, scratch: &Scratch) -> Vec<String> {
    let mut found = Vec::new();
    let bytes = SIGNS.map(|sign| sign.bytes().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")));
    for table in personal::tables(raw).await {
        for row in personal::dump(raw, &table).await {
            let lower = row.to_lowercase();
            let holds = SIGNS.iter().any(|sign| row.contains(sign)) || bytes.iter().any(|sign| lower.contains(sign));
            if holds {
                found.push(format!("{} ({}): {row}", table.name, scratch.url.split(':').next().unwrap_or_default()));
            }
        }
    }
    found
}

on_both! {
    async fn nothing_of_a_person_is_left_in_any_table(scratch) {
        let uc = salon(&scratch);
        let sara = sara(&uc).await;
        runs_over(&uc, sara.user.id, "spam").await;
        let mut raw = Raw::connect(&scratch.url).await;
        in_a_salon(&uc, &mut raw, &sara).await;
        assert!(!found(&mut raw, &scratch).await.is_empty(), "the looking finds what there is");

        let who = Somebody {
            user: sara.user.id.0,
            session: sara.session.id.0,
            phone: PHONE.to_owned(),
            text: SIGNS.join(" "),
        };
        let mut filled = Vec::new();
        // The log of erasures has nobody before the erasure.
        for table in personal::tables(&mut raw).await.into_iter().filter(|table| table.name != "erasures") {
            filled.extend(personal::put_into(&mut raw, &table, &who).await);
        }
        for column in ["users.given_name", "sessions.device_name", "outbox.phone", "privacy_requests.note", "challenges.phone", "bulk_runs.reason", "bookings.note", "reviews.text", "reviews.reply"] {
            assert!(filled.iter().any(|one| one == column), "{column}: {filled:?}");
        }
        // What nobody's words come into is put back, and everything else has to go.
        for (table, column) in CLOSED {
            if filled.contains(&format!("{table}.{column}")) {
                let empty = if ["detail", "asked"].contains(column) { "{}" } else { "-" };
                raw.run(&format!("UPDATE {table} SET {column} = '{empty}'")).await;
            }
        }
        // Of somebody who was in the way of the number and is gone.
        raw.run("UPDATE outbox SET user_id = NULL WHERE challenge_id IS NOT NULL").await;

        uc.erase_me(&sara).await.expect("erased");
        let left = found(&mut raw, &scratch).await;
        assert!(left.is_empty(), "{left:#?}");
        let gone = users::find(&mut scratch.store.read().await.expect("connects"), sara.user.id).await.expect("reads");
        assert_eq!(gone.map(|user| user.status), Some(UserStatus::Erased), "the row stays");
    }
}

on_both! {
    async fn who_is_erased_goes_out_of_every_act_on_many_people(scratch) {
        let uc = salon(&scratch);
        let sara = sara(&uc).await;
        let runs = runs_over(&uc, sara.user.id, "سارة العتيبي 0501234567").await;
        uc.erase_me(&sara).await.expect("erased");
        let mut raw = Raw::connect(&scratch.url).await;
        let left: Vec<_> = found(&mut raw, &scratch).await.into_iter().filter(|row| !row.starts_with("audit ")).collect();
        assert_eq!(left, [""; 0], "a reason stands in the record, and there alone");
        for run in runs {
            let mut tx = scratch.store.read().await.expect("connects");
            assert_eq!(bulk_runs::list_people(&mut tx, run, -1).await.expect("reads"), []);
            assert!(bulk_runs::find(&mut tx, run).await.expect("reads").is_some(), "that there was one stays");
        }
    }
}

on_both! {
    async fn an_admin_erases_as_the_person_would_and_a_restore_repeats_it(scratch) {
        let uc = salon(&scratch);
        let sara = sara(&uc).await;
        let asked = uc.open_my_request(&sara, RequestKind::Erasure, "").await.expect("asked");
        let admin = admin(&uc).await;
        let short = sara.user.id.short();
        let id = sara.user.id;
        let refused = uc.erase_person(&admin, id, "0000").await;
        assert!(matches!(refused, Err(Error::Validation(_))), "{refused:?}");
        uc.erase_person(&admin, id, &format!(" {} ", short.to_lowercase())).await.expect("erased");
        let mut raw = Raw::connect(&scratch.url).await;
        assert_eq!(found(&mut raw, &scratch).await, [""; 0]);

        let mut tx = scratch.store.read().await.expect("connects");
        assert!(erasures::list(&mut tx).await.expect("reads").iter().any(|erasure| erasure.user_id == id));
        let requests = privacy_requests::list_for_user(&mut tx, id, 9).await.expect("reads");
        let state = |id| requests.iter().find(|request| request.id == id).map(|request| request.state);
        assert_eq!(state(asked.id), Some(RequestState::Done), "the request is answered");
        assert!(requests.iter().all(|request| request.state.is_closed() && request.said.is_none()));
        drop(tx);
        let again = uc.erase_person(&admin, id, &short).await;
        assert!(matches!(again, Err(Error::Conflict)), "{again:?}");
        let (_, ledger) = uc.read_consents(&admin, id).await.expect("reads");
        assert_eq!(ledger.len(), 1, "what was agreed to is kept, of nobody");
    }
}

on_both! {
    async fn nobody_erases_themselves_there_nor_anybody_with_a_role_nor_without_a_fresh_second_factor(scratch) {
        let uc = salon(&scratch);
        let admin = admin(&uc).await;
        let me = uc.list_users(&admin, &usecases::ListUsers::default()).await.expect("lists").page.items.remove(0);
        for (who, why) in [(me.id, "oneself"), (with_role(&uc).await, "an owner")] {
            let outcome = uc.erase_person(&admin, who, &who.short()).await;
            assert!(matches!(outcome, Err(Error::Conflict)), "{why}: {outcome:?}");
        }
        wait(&uc, 61);
        let sara = sara(&uc).await;
        wait(&uc, 600);
        for outcome in [
            uc.erase_person(&admin, sara.user.id, &sara.user.id.short()).await,
            uc.find_erasable(&admin, sara.user.id).await.map(drop),
            uc.export_person(&admin, sara.user.id).await.map(drop),
        ] {
            assert!(matches!(outcome, Err(Error::StepUpRequired)), "{outcome:?}");
        }
    }
}

async fn with_role(uc: &Usecases) -> domain::ids::UserId {
    wait(uc, 61);
    let owner = sign_in(uc, "0500000002").await;
    uc.grant_role("0500000002", Role::Owner).await.expect("granted");
    owner.user.id
}

on_both! {
    async fn an_admin_takes_out_the_same_document_as_the_person_and_it_is_written_down(scratch) {
        let uc = salon(&scratch);
        let sara = sara(&uc).await;
        let admin = admin(&uc).await;
        let (user, theirs) = uc.export_person(&admin, sara.user.id).await.expect("exports");
        assert_eq!(user.id, sara.user.id);
        let own = uc.export_me(&sara).await.expect("exports");
        assert_eq!(theirs["user"]["phone"], PHONE);
        assert_eq!(theirs["consents"][0]["purpose"], "marketing_sms");
        assert_eq!(theirs["privacy_requests"][0]["said"], "أنا سارة العتيبي");
        let last = &own["history"][0];
        assert_eq!((&last["action"], &last["by"]), (&Value::from("person_exported"), &Value::from("staff")));
        let but_for_the_session = |data: &Value| {
            let mut data = data.clone();
            data["sessions"][0]["is_current"] = Value::Null;
            data["exported_at"] = Value::from(chrono::DateTime::<Utc>::UNIX_EPOCH.to_rfc3339());
            data
        };
        assert_eq!(but_for_the_session(&own), but_for_the_session(&theirs));
    }
}
