//! The table at the end.

/// What one fault did and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its name.
    pub fault: &'static str,
    /// How often it was injected.
    pub injected: u32,
    /// Answers that promised something.
    pub acknowledged: u64,
    /// 503s among all answers.
    pub unavailable: u64,
    /// Requests that got no answer, where that is allowed.
    pub lost: u64,
    /// Longest time from the end of the fault until people could sign in everywhere.
    pub healthy_s: Option<f64>,
    /// What must not be and was.
    pub violations: Vec<String>,
    /// Figures worth reading.
    pub note: String,
}

/// One line each; what was violated stands above it, where each fault ended.
pub fn print(rows: &[Row]) {
    println!(
        "\n{:<28} {:>8} {:>9} {:>6} {:>6} {:>9} {:>10}  {:<5} note",
        "fault", "injected", "acknowl.", "503s", "lost", "healthy s", "violations", "pass"
    );
    for row in rows {
        let healthy = row.healthy_s.map_or_else(|| "-".to_owned(), |seconds| format!("{seconds:.1}"));
        println!(
            "{:<28} {:>8} {:>9} {:>6} {:>6} {:>9} {:>10}  {:<5} {}",
            row.fault,
            row.injected,
            row.acknowledged,
            row.unavailable,
            row.lost,
            healthy,
            row.violations.len(),
            if row.violations.is_empty() { "yes" } else { "NO" },
            row.note
        );
    }
}
