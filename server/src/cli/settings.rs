//! `salon settings …`: what was set while Salon runs, for whoever cannot or may not go by the admin.

use clap::Subcommand;
use domain::guess_bound::percent;
use usecases::{LiveSettings, Usecases};

#[derive(Subcommand)]
pub enum Command {
    /// Prints what holds, what is configured, and what guessing comes to with it.
    Show,
    /// Sets everything back to what is configured, in every process within seconds. It needs to read nothing of what was set.
    Reset,
}

pub async fn run(uc: &Usecases, command: &Command) -> anyhow::Result<()> {
    if matches!(command, Command::Reset) {
        uc.reset_live_settings().await?;
    }
    super::print(&shown(&uc.operator_live_settings().await?))?;
    Ok(())
}

fn shown(live: &LiveSettings) -> String {
    let lines = live.settings.iter().map(|setting| {
        let (name, value) = (setting.key.as_str(), setting.in_force.to_json());
        let note = if setting.is_set { format!("  # configured: {}", setting.configured.to_json()) } else { String::new() };
        format!("{name} = {value}{note}")
    });
    let (chance, ceiling) = (percent(live.guessing.bound.chance), percent(live.guessing.ceiling));
    let end = format!(
        "# version {}; one account is guessed in a year: {chance} at most (otp.guess_bound_ceiling: {ceiling})\n",
        live.version
    );
    lines.chain([end]).collect::<Vec<_>>().join("\n")
}
