//! A file that is too long does more than one thing.

use std::path::Path;

use anyhow::{Result, bail};

use crate::walk;
use crate::workspace::Workspace;

/// Lines. The habit is 300; this is where it stops.
const LIMIT: usize = 500;

pub fn run(ws: &Workspace) -> Result<()> {
    let mut long = Vec::new();
    for file in walk::files(&ws.root)? {
        if !is_source(&file) {
            continue;
        }
        let lines = std::fs::read_to_string(&file)?.lines().count();
        if lines > LIMIT {
            long.push(format!("  {} has {lines} lines", file.strip_prefix(&ws.root)?.display()));
        }
    }
    if !long.is_empty() {
        bail!("at most {LIMIT} lines a file, tests included:\n{}", long.join("\n"));
    }
    Ok(())
}

fn is_source(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("rs" | "css" | "ts"))
}
