//! `salon sms stats`: whether messages arrive.

use clap::Args;
use store::conversions::Conversion;
use usecases::Usecases;

use crate::cli::{print, table::table};

#[derive(Args)]
pub struct Command {
    /// The last so many hours, the one under way included. Challenges are kept for 30 days.
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=720))]
    hours: u32,
}

pub async fn run(uc: &Usecases, command: &Command) -> anyhow::Result<()> {
    Ok(print(&report(&uc.list_conversions(command.hours).await?))?)
}

const TITLES: [&str; 8] = ["hour (UTC)", "provider", "country", "sent", "delivered", "undelivered", "entered", "conversion"];
/// Columns from here on are numbers.
const NUMBERS: usize = 3;

fn report(rows: &[Conversion]) -> String {
    if rows.is_empty() {
        return "No code was sent.\n".to_owned();
    }
    table(TITLES, NUMBERS, rows.iter().map(cells))
}

fn cells(row: &Conversion) -> [String; 8] {
    [
        row.hour.format("%Y-%m-%d %H:%M").to_string(),
        row.provider.clone(),
        row.country.map_or_else(|| "-".to_owned(), |country| country.to_string()),
        row.sent.to_string(),
        row.delivered.to_string(),
        row.undelivered.to_string(),
        row.entered.to_string(),
        format!("{} %", row.entered * 100 / row.sent.max(1)),
    ]
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::phone::Region;

    use super::*;

    #[test]
    fn columns_are_aligned() {
        let row = |hours: i64, provider: &str, country, sent, entered| Conversion {
            hour: DateTime::from_timestamp(1_795_003_200 + hours * 3_600, 0).expect("in range"),
            provider: provider.to_owned(),
            country,
            sent,
            delivered: 7,
            undelivered: 1,
            entered,
        };
        let rows = [row(0, "unifonic", Some(Region::SA), 1_200, 1_013), row(1, "log", None, 9, 9)];
        let expected = "\
hour (UTC)        provider  country  sent  delivered  undelivered  entered  conversion
2026-11-18 12:00  unifonic  SA       1200          7            1     1013        84 %
2026-11-18 13:00  log       -           9          7            1        9       100 %
";
        assert_eq!(report(&rows), expected);
        assert_eq!(report(&[]), "No code was sent.\n");
    }
}
