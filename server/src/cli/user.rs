//! `salon user …`

use clap::Subcommand;
use domain::phone::Mask;
use domain::role::Role;
use domain::user::User;
use usecases::Usecases;

#[derive(Subcommand)]
pub enum Command {
    /// Adds a person by phone. They are pending until they sign in with a code.
    Add {
        /// In any form a person may type.
        phone: String,
    },
    /// Grants a role to a person who has signed in before. The first admin is made with this.
    Grant {
        phone: String,
        /// One of owner, manager, reception, stylist, `platform_admin`.
        #[arg(default_value = "platform_admin", value_parser = role)]
        role: Role,
    },
    /// Shuts a person out and ends their sessions at once.
    Block { phone: String },
    /// Lets them in again.
    Unblock { phone: String },
    /// Turns sign-in by text on again after too many wrong codes in a row. Make sure first that the person holds the phone.
    Rebind { phone: String },
    /// Takes the second factor of somebody who has lost the app and the recovery codes away. Make sure first who they are: they set up a
    /// new one at their next sign-in.
    ResetSecondFactor { phone: String },
}

pub async fn run(uc: &Usecases, command: Command) -> anyhow::Result<()> {
    let user = match command {
        Command::Add { phone } => uc.add_user(&phone).await,
        Command::Grant { phone, role } => uc.grant_role(&phone, role).await,
        Command::Block { phone } => uc.block_user(&phone, true).await,
        Command::Unblock { phone } => uc.block_user(&phone, false).await,
        Command::Rebind { phone } => uc.rebind_user(&phone).await,
        Command::ResetSecondFactor { phone } => uc.reset_second_factor(&phone).await,
    };
    let user = user.map_err(|error| match error {
        usecases::Error::Conflict => anyhow::anyhow!("this phone is not proved yet: its owner has to sign in once"),
        usecases::Error::Forbidden => anyhow::anyhow!("this is the account of a test number: testers are no staff"),
        usecases::Error::NotFound => anyhow::anyhow!("nobody has this phone"),
        other => other.into(),
    })?;
    println!("{}", line(&user));
    Ok(())
}

/// The operator typed the number: showing it masked is enough to see that it is the right one.
fn line(user: &User) -> String {
    let phone = user.phone.as_ref().map(|phone| phone.masked(Mask::M2)).unwrap_or_default();
    let roles: Vec<_> = user.roles.iter().map(|role| role.as_str()).collect();
    let roles = if roles.is_empty() { "customer".to_owned() } else { roles.join(", ") };
    let sandbox = if user.is_sandbox { " sandbox" } else { "" };
    format!("{} {phone} {} {roles}{sandbox}", user.id, user.status.as_str())
}

fn role(text: &str) -> Result<Role, String> {
    let names = || Role::ALL.map(Role::as_str).join(", ");
    Role::parse(text).ok_or_else(|| format!("not one of {}", names()))
}
