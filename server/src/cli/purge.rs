//! `salon purge`: forgetting by hand, or saying what would be forgotten.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::retention::Kept;
use usecases::{Purged, Usecases};

use super::table::table;

pub async fn run(uc: &Usecases, is_dry_run: bool) -> anyhow::Result<()> {
    let text = if is_dry_run {
        let plan = uc.plan_purge().await?;
        let parts = plan.parts.iter().map(|part| (part.kept, part.rows, part.oldest.map_or_else(|| "-".to_owned(), instant)));
        format!("Would forget, as of {}:\n{}", instant(plan.at), report("oldest", parts))
    } else {
        let done: Purged = uc.purge().await?;
        // Of what is gone nobody knows the age.
        let parts = Kept::ALL.into_iter().map(|kept| (kept, done.of(kept), String::new()));
        format!("Forgot:\n{}", report("", parts))
    };
    Ok(super::print(&text)?)
}

/// One line a kind.
fn report(last: &'static str, parts: impl Iterator<Item = (Kept, u64, String)>) -> String {
    table(["what", "rows", last], 1, parts.map(|(kept, rows, oldest)| [kept.as_str().to_owned(), rows.to_string(), oldest]))
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dry_run_names_the_oldest_row_and_a_purge_has_none_left_to_name() {
        let at = DateTime::from_timestamp(1_795_003_200, 0).expect("in range");
        let parts = [(Kept::Challenges, 1_200, instant(at)), (Kept::Audit, 0, "-".to_owned())];
        let expected = "\
what        rows                oldest
challenges  1200  2026-11-18T12:00:00Z
audit          0                     -
";
        assert_eq!(report("oldest", parts.into_iter()), expected);
        assert_eq!(report("", [(Kept::Audit, 7, String::new())].into_iter()), "what   rows\naudit     7\n");
    }
}
