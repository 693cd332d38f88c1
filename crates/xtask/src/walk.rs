//! The files of the checkout, without what is built or downloaded.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Directories that hold nothing anybody wrote.
const SKIPPED: [&str; 6] = [".git", "target", "node_modules", "data", "test-results", "playwright-report"];

/// Every file below `dir`, sorted. A directory that does not exist has none.
pub fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(dir, &mut found).with_context(|| format!("cannot read {}", dir.display()))?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_file() {
        found.push(path.to_path_buf());
    }
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        if !SKIPPED.iter().any(|skipped| name == *skipped) {
            collect(&entry.path(), found)?;
        }
    }
    Ok(())
}
