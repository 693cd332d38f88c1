//! Services that come from Debian's packages: installed when missing, or it is said how.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Installs packages unless `present` already answers yes. A package that cannot be installed is an error, never a skip.
pub fn ensure<T>(what: &str, packages: &[&str], present: impl Fn() -> Option<T>) -> Result<T> {
    if let Some(found) = present() {
        return Ok(found);
    }
    let list = packages.join(" ");
    if process::which("apt-get").is_none() {
        bail!("{what} is missing. Install it and try again (on Debian: `apt-get install {list}`).");
    }
    eprintln!("{what} is missing: installing {list} from Debian's packages (once) …");
    if let Err(error) = install(packages) {
        bail!("{error:#}\n{what} is missing and could not be installed. Run `sudo apt-get install {list}` and try again.");
    }
    match present() {
        Some(found) => Ok(found),
        None => bail!("{list} is installed, but {what} is still not found."),
    }
}

fn install(packages: &[&str]) -> Result<()> {
    process::run(apt_get()?.arg("update"))?;
    process::run(apt_get()?.args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

fn apt_get() -> Result<Command> {
    if is_root()? {
        let mut cmd = Command::new("apt-get");
        cmd.env("DEBIAN_FRONTEND", "noninteractive");
        return Ok(cmd);
    }
    if process::which("sudo").is_none() {
        bail!("installing packages needs root, and there is no sudo");
    }
    let mut cmd = Command::new("sudo");
    cmd.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    Ok(cmd)
}

/// Whether this process is root, who may install packages but must not run PostgreSQL.
pub fn is_root() -> Result<bool> {
    Ok(process::output(Command::new("id").arg("-u"))?.trim() == "0")
}
