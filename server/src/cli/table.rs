//! A table for people to read: words to the left, numbers to the right.

/// Columns from `numbers` on hold numbers.
pub fn table<const N: usize>(titles: [&str; N], numbers: usize, rows: impl Iterator<Item = [String; N]>) -> String {
    let lines: Vec<[String; N]> = std::iter::once(titles.map(str::to_owned)).chain(rows).collect();
    let widths: [usize; N] = std::array::from_fn(|column| lines.iter().map(|line| line[column].len()).max().unwrap_or_default());
    let mut text = String::new();
    for line in &lines {
        let cells =
            line.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
                if column < numbers { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
