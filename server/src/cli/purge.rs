//! `salon purge`: forgetting by hand, or saying what would be forgotten.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::retention::Kept;
use usecases::{Purged, Usecases};

use super::table::table;

pub async fn run(uc: &Usecases, is_dry_run: bool) -> anyhow::Result<()> {
    let text = if is_dry_run {
        let plan = uc.plan_purge().await?;
        let parts = plan.parts.iter().map(|part| (part.kept, part.rows, Some(part.oldest)));
        format!("Would forget, as of {}:\n{}", instant(plan.at), report(parts))
    } else {
        let done: Purged = uc.purge().await?;
        format!("Forgot:\n{}", report(Kept::ALL.into_iter().map(|kept| (kept, done.of(kept), None))))
    };
    Ok(super::print(&text)?)
}

/// One line a kind. The oldest row is known of what is still there.
fn report(parts: impl Iterator<Item = (Kept, u64, Option<Option<DateTime<Utc>>>)>) -> String {
    let cells = |(kept, rows, oldest): (Kept, u64, Option<Option<DateTime<Utc>>>)| {
        let oldest = oldest.map(|at| at.map_or_else(|| "-".to_owned(), instant)).unwrap_or_default();
        [kept.as_str().to_owned(), rows.to_string(), oldest]
    };
    let rows: Vec<_> = parts.map(cells).collect();
    let has_oldest = rows.iter().any(|row| !row[2].is_empty());
    table(["what", "rows", if has_oldest { "oldest" } else { "" }], 1, rows.into_iter())
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dry_run_names_the_oldest_row_and_a_purge_has_none_left_to_name() {
        let at = DateTime::from_timestamp(1_795_003_200, 0);
        let parts = [(Kept::Challenges, 1_200, Some(at)), (Kept::Audit, 0, Some(None))];
        let expected = "\
what        rows                oldest
challenges  1200  2026-11-18T12:00:00Z
audit          0                     -
";
        assert_eq!(report(parts.into_iter()), expected);
        assert_eq!(report([(Kept::Audit, 7, None)].into_iter()), "what   rows\naudit     7\n");
    }
}
