//! `salon restore-fence`

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use usecases::{Erasure, Fenced, Usecases, read_erasures};

#[derive(Args)]
pub struct Command {
    /// Do it. Without, only say what would be done.
    #[arg(long)]
    yes: bool,
    /// The newest output of `salon erasures`: whom to erase again.
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
}

pub async fn run(uc: &Usecases, command: Command) -> anyhow::Result<()> {
    // Read whole before anything is written.
    let erasures = read(&command)?;
    let pending = uc.store().pending_migrations().await?;
    if !pending.is_empty() {
        bail!("migrations are pending: {}. Run `salon migrate` first", pending.join(", "));
    }
    if command.erasures.is_none() {
        eprintln!("salon: no --erasures: people who were erased after the backup was made stay as they were");
    }
    if !command.yes {
        println!("Would void {}.", line(uc.restore_fence(&erasures, true).await?));
        bail!("nothing was done; stop every `salon serve` on this database, then repeat with --yes");
    }
    println!("Voided {}.", line(uc.restore_fence(&erasures, false).await?));
    Ok(())
}

fn read(command: &Command) -> anyhow::Result<Vec<Erasure>> {
    let Some(path) = &command.erasures else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    read_erasures(&text).with_context(|| path.display().to_string())
}

fn line(done: Fenced) -> String {
    let Fenced { challenges, messages, sessions, devices, erased } = done;
    format!(
        "{challenges} codes, {messages} waiting messages, {sessions} sessions and {devices} known devices; erased again: {erased}"
    )
}
