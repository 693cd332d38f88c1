//! Telling a process something.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Sends a signal (`TERM`, `INT`, `QUIT`, `KILL`) to one process of ours.
pub fn send(pid: u32, signal: &str) -> Result<()> {
    let mut kill = Command::new("sh");
    kill.args(["-c", &format!("kill -{signal} {pid}")]).stderr(Stdio::null());
    let status = kill.status().context("cannot run `sh`")?;
    ensure!(status.success(), "no process {pid} to send {signal} to");
    Ok(())
}
