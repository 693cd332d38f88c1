//! cargo-deny: licences, bans and sources, as `deny.toml` says.
//!
//! Its advisories are left out: their database cannot be fetched everywhere. `deny.toml` bans the versions we know to
//! be bad instead.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;
use crate::workspace::Workspace;

/// Newer ones may need a newer compiler than rust-toolchain.toml names.
const VERSION: &str = "0.20.2";

pub fn run(ws: &Workspace) -> Result<()> {
    let program = match process::which("cargo-deny") {
        Some(program) => program,
        None => installed(ws)?,
    };
    let mut deny = Command::new(program);
    deny.args(["--log-level", "error", "--workspace", "check", "bans", "licenses", "sources"]).current_dir(&ws.root);
    process::run(&mut deny)
}

/// Builds it once, outside the checkout, so that every clone shares it.
fn installed(ws: &Workspace) -> Result<PathBuf> {
    let cache = cache()?;
    let root = cache.join("tools");
    let program = root.join("bin/cargo-deny");
    // Cargo's own record of what is installed there: an older version is replaced.
    let current = std::fs::read_to_string(root.join(".crates.toml"))
        .is_ok_and(|crates| crates.contains(&format!("\"cargo-deny {VERSION} ")));
    if program.is_file() && current {
        return Ok(program);
    }
    eprintln!("cargo-deny is missing: building {VERSION} into {} (once, some minutes) …", root.display());
    let build = cache.join("tools-target");
    let mut install = ws.cargo("install");
    install
        .args(["cargo-deny", "--locked", "--version", VERSION])
        // It runs for a second: building it fast matters more than running it fast.
        .args(["--debug", "--root"])
        .arg(&root)
        .env("CARGO_TARGET_DIR", &build)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        // Not in the checkout, whose profiles are not meant for it.
        .current_dir(std::env::temp_dir());
    process::run(&mut install).with_context(|| {
        format!("cargo-deny could not be built; install it with `cargo install cargo-deny --locked --version {VERSION}`")
    })?;
    let _ = std::fs::remove_dir_all(build);
    Ok(program)
}

/// `SALON_CACHE`, or `.cache/salon` under the home directory.
fn cache() -> Result<PathBuf> {
    if let Some(dir) = std::env::var_os("SALON_CACHE") {
        return Ok(PathBuf::from(dir));
    }
    let home = std::env::home_dir().context("there is no home directory; set SALON_CACHE")?;
    Ok(home.join(".cache/salon"))
}
