//! Measures how long the list of people takes on both databases with as many people as the argument says (a million unless told
//! otherwise): each search a thousand times over varied values, or for ten seconds, as a table in Markdown, and then how the database
//! finds the rows of each. A second argument leaves out the other database. `cargo xtask people` runs it.

use std::time::{Duration, Instant};

use domain::ids::UserId;
use domain::people::{Filter, Search};
use domain::phone::Region;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use store::testing::{self, Raw, Scratch};
use store::{Backend, people, plans};

const TIMES: u32 = 1_000;
const LONGEST: Duration = Duration::from_secs(10);

/// People a minute apart, newest last, every third without a name, every hundredth added by staff, every thousandth blocked.
const POSTGRES: &str = "INSERT INTO users (user_id, phone, status, is_phone_verified, epoch, locale, origin, created_at, updated_at,
        last_seen_at, given_name, family_name, email, phone_verified_at)
    SELECT (lpad(to_hex(1700000000000 + n * 60000), 12, '0') || '70008000' || lpad(to_hex(n * 7919 % 1048576), 12, '0'))::uuid,
        '+9665' || lpad(n::text, 8, '0'), CASE WHEN n % 1000 = 0 THEN 'blocked' ELSE 'active' END, n % 100 > 0, 1, 'ar',
        CASE WHEN n % 100 = 0 THEN 'staff' ELSE 'self_service' END, to_timestamp(1700000000 + n * 60), to_timestamp(1700000000 + n * 60),
        to_timestamp(1700000000 + n * 90), CASE WHEN n % 3 > 0 THEN 'Given' || n % 997 END,
        CASE WHEN n % 3 > 0 THEN 'Family' || n % 9973 END, CASE WHEN n % 10 = 0 THEN 'user' || n || '@example.com' END,
        CASE WHEN n % 100 > 0 THEN to_timestamp(1700000000 + n * 60) END
    FROM generate_series(1, {people}::bigint) AS n";
const SQLITE: &str = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {people})
    INSERT INTO users (user_id, phone, status, is_phone_verified, epoch, locale, origin, created_at, updated_at,
        last_seen_at, given_name, family_name, email, phone_verified_at)
    SELECT unhex(printf('%012x70008000%012x', 1700000000000 + n * 60000, n * 7919 % 1048576)), printf('+9665%08d', n),
        CASE WHEN n % 1000 = 0 THEN 'blocked' ELSE 'active' END, n % 100 > 0, 1, 'ar',
        CASE WHEN n % 100 = 0 THEN 'staff' ELSE 'self_service' END,
        strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1700000000 + n * 60, 'unixepoch'),
        strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1700000000 + n * 60, 'unixepoch'),
        strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1700000000 + n * 90, 'unixepoch'),
        CASE WHEN n % 3 > 0 THEN 'Given' || n % 997 END, CASE WHEN n % 3 > 0 THEN 'Family' || n % 9973 END,
        CASE WHEN n % 10 = 0 THEN 'user' || n || '@example.com' END,
        CASE WHEN n % 100 > 0 THEN strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1700000000 + n * 60, 'unixepoch') END FROM numbers";

/// A name, what is typed for a number, and what narrows it down.
type Case = (&'static str, fn(u32) -> String, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    ("first page", |_| String::new(), &[]),
    ("whole phone", |n| format!("05{n:08}"), &[]),
    ("phone begins", |n| format!("05{:05}", n / 1_000), &[]),
    ("phone ends", |n| format!("{:04}", n % 10_000), &[]),
    ("name begins", |n| format!("given{}", n % 997), &[]),
    ("name begins with a letter", |_| "g".to_owned(), &[]),
    ("family name begins", |n| format!("family{}", n % 9_973), &[]),
    ("e-mail begins", |n| format!("user{}@", n / 10 * 10), &[]),
    ("blocked", |_| String::new(), &[("status", "blocked")]),
    ("without a name", |_| String::new(), &[("has_name", "no")]),
    ("added by staff", |_| String::new(), &[("origin", "staff")]),
    ("not verified", |_| String::new(), &[("verified", "no")]),
    ("joined on one of the first days", |_| String::new(), &[("joined_from", "2023-11-20"), ("joined_to", "2023-11-20")]),
    ("seen on one of the first days", |_| String::new(), &[("seen_from", "2023-11-20"), ("seen_to", "2023-11-20")]),
    ("seen before the first days were over", |_| String::new(), &[("seen_to", "2023-11-20")]),
    ("seen on one of the last days", |_| String::new(), &[("seen_from", "2026-09-10"), ("seen_to", "2026-09-10")]),
    (
        "joined in the first months, seen on one day",
        |_| String::new(),
        &[("joined_from", "2023-11-01"), ("joined_to", "2024-06-30"), ("seen_from", "2024-03-01"), ("seen_to", "2024-03-01")],
    ),
];

/// Statements as `plans` names them, with the values that `PostgreSQL` is shown: `$1` to `$10` are what hides the pending.
const SHOWN: &[(&str, &str)] = &[
    ("people: newest", "{narrowed}, 'ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-0000-0000-000000000000'"),
    ("a person by phone", "'+966500500000'"),
    ("people: phone begins", "{narrowed}, '+96650050', '00000000-0000-0000-0000-000000000000', '+96650051'"),
    ("people: phone ends", "{narrowed}, '7654', '00000000-0000-0000-0000-000000000000', '7655'"),
    ("people: name begins", "{narrowed}, 'g', '00000000-0000-0000-0000-000000000000', 'h', 'g'"),
    ("people: name begins", "{narrowed}, 'given5', '00000000-0000-0000-0000-000000000000', 'given6', 'given5'"),
    (
        "people: last seen in a period",
        "NULL, 'pending', NULL, NULL, NULL, NULL, NULL, '2023-11-19 21:00Z', '2023-11-20 21:00Z', NULL, 19681,
        'ffffffff-ffff-ffff-ffff-ffffffffffff', 19680",
    ),
];
const NARROWED: &str = "NULL, 'pending', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";

#[tokio::main]
async fn main() {
    let people: u32 = std::env::args().nth(1).map_or(1_000_000, |text| text.parse().expect("a number of people"));
    let only = std::env::args().nth(2);
    let is_asked = |database| only.as_deref().is_none_or(|only| only == database);
    if is_asked("sqlite") {
        testing::on_sqlite(move |scratch| async move { measure("SQLite", SQLITE, scratch, people).await }).await;
    }
    if is_asked("postgres") {
        testing::on_postgres(move |scratch| async move { measure("PostgreSQL", POSTGRES, scratch, people).await }).await;
    }
}

async fn measure(name: &str, fill: &str, scratch: Scratch, people: u32) {
    let mut raw = Raw::connect(&scratch.url).await;
    raw.run(&fill.replace("{people}", &people.to_string())).await;
    raw.run("ANALYZE").await;
    println!("### {name}, {people} people\n\n| search | p50 ms | p99 ms | max ms |\n|---|---|---|---|");
    for (case, typed, narrowed) in CASES {
        let filter = Filter::read(|name| narrowed.iter().find(|(known, _)| *known == name).map(|(_, value)| *value));
        let filter = filter.expect("offered");
        let (mut times, begun) = (Vec::new(), Instant::now());
        for turn in (0..TIMES).take_while(|_| begun.elapsed() < LONGEST) {
            let search = Search::understand(&typed(1 + turn * 7_919 % people), Region::SA);
            times.push(once(&scratch, &search, &filter, None).await);
        }
        report(case, times);
    }
    let mut times = Vec::new();
    for turn in 0..TIMES {
        let millis = 1_700_000_000_000_u128 + u128::from(1 + turn * 7_919 % people) * 60_000;
        let after = UserId(uuid::Uuid::from_u128(millis << 80 | 0x7000_8000 << 48));
        times.push(once(&scratch, &Search::Everybody, &Filter::default(), Some(after)).await);
    }
    report("deep page", times);
    println!();
    for (name, values) in SHOWN {
        let statement = plans::statements().into_iter().find(|statement| statement.name == *name).expect("one of them");
        println!("{name}\n\n```\n{}\n```\n", explained(&mut raw, &scratch, &statement.sql, values).await.join("\n"));
    }
}

/// How the database finds the rows; `PostgreSQL` for these values, as the list asks it to, and with how many it met on the way.
async fn explained(raw: &mut Raw, scratch: &Scratch, sql: &str, values: &str) -> Vec<String> {
    if raw.backend() == Backend::Postgres {
        raw.run("SET plan_cache_mode = force_custom_plan").await;
        raw.run(&format!("PREPARE shown AS {sql}")).await;
        let values = values.replace("{narrowed}", NARROWED);
        let lines = raw.texts(&format!("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) EXECUTE shown ({values})")).await;
        raw.run("DEALLOCATE shown").await;
        return lines;
    }
    let mut connection = SqliteConnection::connect(&scratch.url).await.expect("opens");
    let steps: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(&mut connection).await.expect("explains");
    steps.into_iter().map(|(.., step)| step).collect()
}

async fn once(scratch: &Scratch, search: &Search, filter: &Filter, after: Option<UserId>) -> Duration {
    let begun = Instant::now();
    let mut tx = scratch.store.read().await.expect("connects");
    people::list(&mut tx, search, filter, after).await.expect("reads");
    begun.elapsed()
}

fn report(case: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1_000.0;
    println!("| {case} | {:.2} | {:.2} | {:.2} |", at(50), at(99), at(100));
}
