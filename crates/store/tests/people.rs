use domain::ids::UserId;
use domain::locale::Locale;
use domain::people::{Filter, Period, Search, StatusFilter};
use domain::person::NameKey;
use domain::phone::Region;
use domain::role::Role;
use domain::user::{User, UserOrigin, UserStatus};
use store::testing::Raw;
use store::users::{self, NewUser, Profile};
use store::{Store, on_both, people, role_grants};

use crate::support::{active, at, id, new_user, pending, reading, writing};

/// Numbers of the people who are found, in order.
async fn found(store: &Store, typed: &str, filter: &Filter) -> Vec<u128> {
    let search = Search::understand(typed, Region::SA);
    reading!(store, |tx| people::list(tx, &search, filter, None)).iter().map(|user| user.id.0.as_u128()).collect()
}

async fn everybody(store: &Store, filter: Filter) -> Vec<u128> {
    found(store, "", &filter).await
}

async fn named(store: &Store, number: u32, given: Option<&str>, family: Option<&str>) -> User {
    let user = active(store, number).await;
    let text = |name: Option<&str>| name.map(str::to_owned);
    let email = Some(format!("Person{number}@Example.com"));
    let profile = Profile { given_name: text(given), family_name: text(family), email, locale: Locale::Ar };
    writing!(store, |tx| users::update_profile(tx, user.id, &profile, at(2)))
}

store_test! {
    async fn the_newest_come_first_and_the_pending_are_hidden(store: Store) {
        for number in 1..=3 {
            active(&store, number).await;
        }
        pending(&store, 4).await;
        assert_eq!(everybody(&store, Filter::default()).await, [3, 2, 1]);
        assert_eq!(everybody(&store, Filter { status: StatusFilter::Any, ..Filter::default() }).await, [4, 3, 2, 1]);
        let pending = StatusFilter::Only(UserStatus::Pending);
        assert_eq!(everybody(&store, Filter { status: pending, ..Filter::default() }).await, [4]);
        // Whoever is named exactly is found all the same: a phone must not be offered twice.
        assert_eq!(found(&store, "0500000004", &Filter::default()).await, [4]);
        assert_eq!(found(&store, &id(4).to_string(), &Filter::default()).await, [4]);
    }
}

store_test! {
    async fn a_part_of_a_phone_finds_those_that_begin_or_end_with_it(store: Store) {
        for number in [12_345_678, 12_345_679, 12_995_678, 70_000_001] {
            active(&store, number).await;
        }
        let all = Filter::default();
        for typed in ["0512345", "+966 51 2345", "00966512345", "٠٥١٢٣٤٥"] {
            assert_eq!(found(&store, typed, &all).await, [12_345_678, 12_345_679], "{typed}");
        }
        assert_eq!(found(&store, "5678", &all).await, [12_345_678, 12_995_678]);
        assert_eq!(found(&store, "٥٦٧٨", &all).await, [12_345_678, 12_995_678]);
        assert_eq!(found(&store, "78", &all).await, [12_345_678, 12_995_678]);
        assert_eq!(found(&store, "79", &all).await, [12_345_679]);
        assert_eq!(found(&store, "+9665", &all).await.len(), 4);
        assert_eq!(found(&store, "+971", &all).await, [0_u128; 0]);
    }
}

store_test! {
    async fn a_name_finds_by_given_and_by_family_name_and_nobody_twice(store: Store) {
        named(&store, 1, Some("سارة"), Some("العتيبي")).await;
        named(&store, 2, Some("Sara"), Some("Sarahan")).await;
        named(&store, 3, None, Some("Saraf")).await;
        named(&store, 4, Some("Lama"), None).await;
        named(&store, 5, Some("عبد الله"), Some("القحطاني")).await;
        active(&store, 6).await;
        let all = Filter::default();
        assert_eq!(found(&store, "sara", &all).await, [3, 2]);
        assert_eq!(found(&store, "SARAH", &all).await, [2]);
        assert_eq!(found(&store, "سار", &all).await, [1]);
        assert_eq!(found(&store, "ساره", &all).await, [1]);
        assert_eq!(found(&store, "العت", &all).await, [1]);
        assert_eq!(found(&store, "سارة العتيبي", &all).await, [1]);
        assert_eq!(found(&store, "عبدالله", &all).await, [5]);
        assert_eq!(found(&store, "ال", &all).await, [1, 5]);
        assert_eq!(found(&store, "%", &all).await, [0_u128; 0]);
        assert_eq!(found(&store, "person4@", &all).await, [4]);
        assert_eq!(found(&store, "PERSON4@example.COM", &all).await, [4]);
        assert_eq!(found(&store, &format!("#{}", UserId(id(5)).short()), &all).await, [5]);
        let nameless = Filter { has_name: Some(false), ..all };
        assert_eq!(everybody(&store, nameless).await, [6]);
        writing!(store, |tx| users::update_erased(tx, UserId(id(4)), at(3)));
        assert_eq!(found(&store, "lama", &all).await, [0_u128; 0], "the erased are found by nothing");
    }
}

store_test! {
    async fn filters_narrow_down_and_go_together(store: Store) {
        for number in 1..=4 {
            active(&store, number).await;
        }
        // Ids are of their time, as a walk through a period takes for granted.
        let now = at(86_400 * 3);
        let fifth = u128::try_from(now.timestamp_millis()).expect("after 1970") << 80 | 5;
        let added = NewUser { id: UserId(uuid::Uuid::from_u128(fifth)), origin: UserOrigin::Staff, now, ..new_user(5) };
        writing!(store, |tx| users::upsert_by_phone(tx, &added));
        writing!(store, |tx| users::update_blocked(tx, UserId(id(1)), true, at(2)));
        writing!(store, |tx| role_grants::insert(tx, UserId(id(2)), Role::Owner, at(2)));
        writing!(store, |tx| role_grants::insert(tx, UserId(id(2)), Role::Stylist, at(2)));
        writing!(store, |tx| role_grants::insert(tx, UserId(id(3)), Role::Owner, at(2)));
        let any = Filter { status: StatusFilter::Any, ..Filter::default() };
        let status = |status| Filter { status: StatusFilter::Only(status), ..any };
        assert_eq!(everybody(&store, status(UserStatus::Blocked)).await, [1]);
        assert_eq!(everybody(&store, Filter { role: Some(Role::Owner), ..any }).await, [3, 2]);
        assert_eq!(everybody(&store, Filter { role: Some(Role::PlatformAdmin), ..any }).await, [0_u128; 0]);
        assert_eq!(found(&store, "05", &Filter { role: Some(Role::Stylist), ..any }).await, [2]);
        assert_eq!(everybody(&store, Filter { verified: Some(false), ..any }).await, [fifth]);
        assert_eq!(everybody(&store, Filter { origin: Some(UserOrigin::Staff), ..any }).await, [fifth]);
        let mut late = any;
        late.joined.from = Some(at(86_400));
        assert_eq!(everybody(&store, late).await, [fifth]);
        let mut early = any;
        early.joined.before = Some(at(86_400));
        assert_eq!(everybody(&store, early).await, [4, 3, 2, 1]);
        let mut seen = any;
        seen.last_seen.from = Some(at(0));
        assert_eq!(everybody(&store, seen).await, [4, 3, 2, 1]);
        seen.last_seen.before = Some(at(1));
        assert_eq!(everybody(&store, seen).await, [0_u128; 0]);
    }
}

/// Their ids in the order of a walk along those last seen in a period, page by page.
async fn seen(store: &Store, filter: &Filter) -> Vec<u128> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let mut page = reading!(store, |tx| people::list(tx, &Search::Everybody, filter, after));
        let has_more = page.len() > people::PAGE;
        page.truncate(people::PAGE);
        after = page.last().map(|user| user.id);
        all.extend(page.into_iter().map(|user| user.id.0.as_u128()));
        if !has_more {
            return all;
        }
    }
}

store_test! {
    async fn who_was_last_seen_in_a_period_is_listed_by_days_the_last_first(store: Store) {
        const DAY: i64 = 86_400;
        for number in 1..=120_u32 {
            let user = active(&store, number).await;
            let at = at(DAY + i64::from(number % 4) * DAY + 60);
            assert!(writing!(store, |tx| tx.run(users::update_seen(user.id, user.epoch, at))));
        }
        pending(&store, 121).await;
        let last_seen = Period { from: Some(at(2 * DAY)), before: Some(at(4 * DAY)) };
        let mut filter = Filter { last_seen, ..Filter::default() };
        let expected: Vec<u128> =
            [2, 1].into_iter().flat_map(|day| (1..=120).rev().filter(move |number| number % 4 == day)).collect();
        assert_eq!(seen(&store, &filter).await, expected);
        filter.last_seen.before = None;
        assert_eq!(seen(&store, &filter).await.len(), 90);
        filter.last_seen = Period { from: None, before: Some(at(2 * DAY + 59)) };
        assert_eq!(seen(&store, &filter).await, (1..=30).rev().map(|number| number * 4).collect::<Vec<u128>>());
        // Exact to the second, though the walk is by days.
        filter.last_seen = Period { from: Some(at(2 * DAY + 61)), before: Some(at(3 * DAY + 60)) };
        assert_eq!(seen(&store, &filter).await, [0_u128; 0]);
        filter.last_seen = Period { from: Some(at(2 * DAY)), before: Some(at(4 * DAY)) };
        filter.has_name = Some(true);
        assert_eq!(seen(&store, &filter).await, [0_u128; 0]);
        assert_eq!(found(&store, "0500000005", &filter).await, [5], "whoever is named exactly is found");
    }
}

store_test! {
    async fn a_walk_along_those_last_seen_neither_ends_nor_begins_again_when_one_is_seen(store: Store) {
        const DAY: i64 = 86_400;
        for number in 1..=600_u32 {
            active(&store, number).await;
        }
        let filter = Filter { last_seen: Period { from: None, before: Some(at(DAY)) }, ..Filter::default() };
        let first = reading!(store, |tx| people::list_stretch(tx, &Search::Everybody, &filter, None));
        assert_eq!(first.people.len(), people::STRETCH);
        let last = first.people.last().expect("many").clone();
        assert!(writing!(store, |tx| tx.run(users::update_seen(last.id, last.epoch, at(9 * DAY)))));
        let rest = reading!(store, |tx| people::list_stretch(tx, &Search::Everybody, &filter, first.next.clone()));
        assert_eq!((rest.people.len(), rest.next), (100, None));
        // A page that ended with them begins again: they stand behind its end now.
        let again = reading!(store, |tx| people::list(tx, &Search::Everybody, &filter, Some(last.id)));
        assert_eq!(again.first().map(|user| user.id.0.as_u128()), Some(600));
    }
}

store_test! {
    async fn pages_follow_each_other_without_a_gap_while_people_come(store: Store) {
        for number in 1..=120 {
            named(&store, number, Some("نورة"), Some("Noura")).await;
        }
        for typed in ["", "05", "0", "نور", "noura", "person"] {
            let search = Search::understand(if typed == "person" { "person@" } else { typed }, Region::SA);
            let (mut all, mut after) = (Vec::new(), None);
            for _ in 0..4 {
                let mut page = reading!(store, |tx| people::list(tx, &search, &Filter::default(), after));
                let has_more = page.len() > people::PAGE;
                page.truncate(people::PAGE);
                after = page.last().map(|user| user.id);
                all.extend(page.into_iter().map(|user| user.id.0.as_u128()));
                if !has_more {
                    break;
                }
                pending(&store, 1_000 + u32::try_from(all.len()).expect("small")).await;
            }
            let (len, mut once) = (all.len(), all.clone());
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), len, "{typed}: nobody twice");
            let expected = match typed {
                "0" => (1..=120).filter(|number| number % 10 == 0).count(),
                "person" => 0,
                _ => 120,
            };
            assert_eq!(len, expected, "{typed}");
        }
    }
}

/// Names in every form that is folded, and some that are not.
const NAMES: &[&str] = &[
    "أحمد",
    "إيمان",
    "آمنة",
    "هدى",
    "فاطمة الزهراء",
    "عبد الله",
    "مُحَمَّدٌ",
    "ســارة",
    "Al-Otaibi",
    "O’Neil",
    "d'Arc",
    "Émile ÅSA",
    "مؤمن رائد",
    "می\u{200C}خواهم",
];

on_both! {
    async fn the_database_folds_names_as_the_search_box_does(scratch) {
        for (number, name) in (1..).zip(NAMES) {
            named(&scratch.store, number, None, Some(name)).await;
            named(&scratch.store, 100 + number, Some("x"), Some(name)).await;
        }
        let mut raw = Raw::connect(&scratch.url).await;
        for name in NAMES {
            let key = NameKey::new(name).expect("a name").as_str().replace('\'', "''");
            for column in ["name_key", "family_key"] {
                let count = format!("SELECT CAST(count(*) AS BIGINT) FROM users WHERE {column} = '{key}'");
                assert_eq!(raw.number(&count).await, 1, "{column} of {name}");
            }
        }
    }
}
