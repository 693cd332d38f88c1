//! Starting programs, waiting for them, and stopping what still runs.

use std::io::ErrorKind;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use crate::interrupt;

const POLL: Duration = Duration::from_millis(30);

/// Runs a command to its end; anything but success is an error that names it.
pub fn run(cmd: &mut Command) -> Result<()> {
    let status = status(cmd)?;
    if !status.success() {
        bail!("`{}` failed ({status})", show(cmd));
    }
    Ok(())
}

/// Runs a command to its end and hands back how it ended. An interrupt stops it.
pub fn status(cmd: &mut Command) -> Result<ExitStatus> {
    let mut child = spawn(cmd)?;
    loop {
        if let Some(status) = child.try_wait()? {
            if interrupt::raised() {
                bail!("interrupted");
            }
            return Ok(status);
        }
        if interrupt::raised() {
            // From a terminal the child has had the signal too; from a supervisor it has not.
            stop(&mut child, "TERM");
            bail!("interrupted");
        }
        std::thread::sleep(POLL);
    }
}

/// Runs a command and hands back what it printed.
pub fn output(cmd: &mut Command) -> Result<String> {
    let out = cmd.stderr(Stdio::inherit()).output().map_err(|error| missing(cmd, error))?;
    if !out.status.success() {
        bail!("`{}` failed ({})", show(cmd), out.status);
    }
    String::from_utf8(out.stdout).with_context(|| format!("`{}` printed something that is not UTF-8", show(cmd)))
}

/// Whether a command runs and succeeds; its output is thrown away.
pub fn succeeds(cmd: &mut Command) -> bool {
    cmd.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Starts a command.
pub fn spawn(cmd: &mut Command) -> Result<Child> {
    cmd.spawn().map_err(|error| missing(cmd, error))
}

/// The first program of that name on PATH.
pub fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}

/// A program that runs beside us and is stopped when this value is dropped.
pub struct Service {
    child: Child,
    signal: &'static str,
}

impl Service {
    /// Starts it in a process group of its own, so that ctrl-c does not reach it before we say so.
    /// `signal` asks it to stop, for example `TERM`.
    pub fn start(cmd: &mut Command, signal: &'static str) -> Result<Self> {
        cmd.process_group(0).stdin(Stdio::null());
        Ok(Self { child: spawn(cmd)?, signal })
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        stop(&mut self.child, self.signal);
    }
}

/// Asks by signal, waits up to ten seconds, then insists.
fn stop(child: &mut Child, signal: &str) {
    const PATIENCE: u32 = 10_000 / 30;
    if !matches!(child.try_wait(), Ok(None)) {
        return;
    }
    let ask = format!("kill -{signal} {}", child.id());
    succeeds(Command::new("sh").args(["-c", &ask]));
    for _ in 0..PATIENCE {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        std::thread::sleep(POLL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// A command as one could type it.
pub fn show(cmd: &Command) -> String {
    let mut text = cmd.get_program().to_string_lossy().into_owned();
    for arg in cmd.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}

fn missing(cmd: &Command, error: std::io::Error) -> anyhow::Error {
    let program = cmd.get_program().to_string_lossy().into_owned();
    if error.kind() == ErrorKind::NotFound {
        anyhow!("`{program}` is not installed (or its directory does not exist)")
    } else {
        anyhow::Error::new(error).context(format!("cannot start `{program}`"))
    }
}
