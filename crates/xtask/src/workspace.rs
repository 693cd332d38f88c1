//! Where things are: the checkout, the target directory, what is built into it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// The checkout this command was started in.
pub struct Workspace {
    /// The directory of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory; honours `CARGO_TARGET_DIR`.
    pub target: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

impl Workspace {
    /// Asks cargo, which knows about every way to set a target directory.
    pub fn find() -> Result<Self> {
        let mut cmd = Command::new(cargo());
        cmd.args(["metadata", "--no-deps", "--format-version", "1"]);
        let json = process::output(&mut cmd)?;
        let meta: Metadata = serde_json::from_str(&json).context("cargo metadata answered something unexpected")?;
        Ok(Self { root: meta.workspace_root, target: meta.target_directory })
    }

    /// A cargo command in the checkout, with the same target directory as this one.
    pub fn cargo(&self, subcommand: &str) -> Command {
        let mut cmd = Command::new(cargo());
        cmd.arg(subcommand).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        cmd
    }

    /// The `salon` binary of a profile.
    pub fn salon(&self, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" }).join("salon")
    }

    /// The directory the server serves files from.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// A path inside the checkout.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }
}

fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
