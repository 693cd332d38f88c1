//! What the browser tests need: Node's packages and Debian's Chromium.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{apt, process};

/// Installs the locked npm packages unless they are there already.
pub fn packages(ws: &Workspace) -> Result<()> {
    apt::ensure("Node.js with npm", &["nodejs", "npm"], || process::which("node").and_then(|_| process::which("npm")))?;
    recent_enough()?;
    let dir = ws.path("end2end");
    let changed = |name: &str| dir.join(name).metadata().and_then(|meta| meta.modified()).ok();
    let Some(lock) = changed("package-lock.json") else {
        bail!("end2end/package-lock.json is missing: it says which packages the browser tests run on");
    };
    // npm writes this file at the end of every install.
    if changed("node_modules/.package-lock.json").is_some_and(|installed| installed >= lock) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.current_dir(&dir)
        .args(["ci", "--no-audit", "--no-fund"])
        // The browser is Debian's: nothing is downloaded but packages.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    process::run(&mut npm)
}

/// Playwright's own requirement; Debian 12's package is older.
fn recent_enough() -> Result<()> {
    const OLDEST: u32 = 20;
    let version = process::output(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next();
    let major: u32 = major.unwrap_or_default().parse().unwrap_or(0);
    if major < OLDEST {
        bail!("the browser tests need Node.js {OLDEST} or newer; this one is {}", version.trim());
    }
    Ok(())
}

/// The browser to drive: `SALON_E2E_CHROMIUM`, or the one on PATH, or Debian's.
pub fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("SALON_E2E_CHROMIUM") {
        let chosen = PathBuf::from(chosen);
        if !chosen.is_file() {
            bail!("SALON_E2E_CHROMIUM is {}, which does not exist", chosen.display());
        }
        return Ok(chosen);
    }
    apt::ensure("Chromium", &["chromium", "fonts-noto-core"], || {
        ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| process::which(name))
    })
}
