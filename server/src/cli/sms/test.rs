//! `salon sms test`: one text on the very way that all others go, and what was said on it.

use std::fmt::Write;

use anyhow::bail;
use clap::Args;
use domain::ids::OutboxId;
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use sms::{Class, Message, SmsError, templates};
use usecases::rng::Rng;

use crate::cli::print;
use crate::config::{Config, SmsProvider};
use crate::{moved_clock, telemetry};

#[derive(Args)]
pub struct Command {
    /// In any form a person may type. It gets a real text message.
    phone: String,
    /// Who carries it. Default: `sms.provider`.
    #[arg(long, value_name = "NAME", value_parser = provider)]
    provider: Option<SmsProvider>,
    /// As what it goes out: otp or service. Each may have a sender name of its own.
    #[arg(long, default_value = "otp", value_parser = class)]
    class: Class,
    /// Its language: ar or en.
    #[arg(long, default_value = "ar", value_parser = locale)]
    locale: Locale,
}

/// An error when the message was not accepted, so that scripts notice.
pub async fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let provider = command.provider.unwrap_or(config.sms.provider);
    if provider == SmsProvider::Outbox {
        bail!("`outbox` keeps messages in the database and sends nothing: set sms.provider, or name another one with --provider");
    }
    let mut sender = config.carrier_of(provider)?;
    let to = phone(config, &command.phone)?;
    telemetry::start(&config.log.filter, config.log.format)?;
    let now = moved_clock::of(&config.clock).now();
    let message = Message {
        key: Rng::os().id_v7::<OutboxId>(now).to_string(),
        to,
        body: templates::test_text(command.locale).to_owned(),
        locale: command.locale,
        class: command.class,
    };
    let tape = sender.record();
    let outcome = sender.send(&message, now).await;
    let exchange =
        tape.map_or_else(|| "it stays on this machine: nobody is called\n".to_owned(), |tape| tape.exchange().to_string());
    print(&format!("{exchange}\n{}", verdict(provider.as_str(), &outcome)))?;
    if outcome.is_err() {
        bail!("the message was not accepted");
    }
    Ok(())
}

/// What Salon makes of the answer.
fn verdict(provider: &str, outcome: &Result<Option<String>, SmsError>) -> String {
    let mut text = String::new();
    let _ = match outcome {
        Ok(Some(reference)) => writeln!(text, "accepted by {provider}, reference {reference}"),
        Ok(None) => writeln!(text, "accepted by {provider}, without a reference"),
        Err(error) => writeln!(
            text,
            "not accepted by {provider}: {error}\ntried again with this provider: {}\nanother provider may be tried: {}",
            yes_or_no(error.is_temporary()),
            yes_or_no(error.allows_another_carrier())
        ),
    };
    text
}

const fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

/// What is refused when somebody signs in is refused here too.
fn phone(config: &Config, text: &str) -> anyhow::Result<PhoneNumber> {
    let policy = config.settings()?.phones;
    let phone = PhoneNumber::parse(text, policy.default_region)
        .map_err(|error| anyhow::anyhow!("the phone cannot be read: {}", error.reason.as_str()))?;
    if !policy.countries.contains(&phone.country()) {
        bail!("no messages go to {} (phones.countries)", phone.country());
    }
    Ok(phone)
}

fn provider(text: &str) -> Result<SmsProvider, String> {
    SmsProvider::parse(text).ok_or_else(|| format!("not one of {}", SmsProvider::ALL.map(SmsProvider::as_str).join(", ")))
}

fn class(text: &str) -> Result<Class, String> {
    Class::parse(text).ok_or_else(|| "neither otp nor service".to_owned())
}

fn locale(text: &str) -> Result<Locale, String> {
    Locale::parse(text).ok_or_else(|| "neither ar nor en".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_says_what_happens_next() {
        assert_eq!(verdict("twilio", &Ok(Some("SM1".into()))), "accepted by twilio, reference SM1\n");
        assert_eq!(verdict("webhook", &Ok(None)), "accepted by webhook, without a reference\n");
        let said = |error: SmsError| verdict("msegat", &Err(error));
        assert_eq!(
            said(SmsError::Temporary("503".into())),
            "not accepted by msegat: temporary failure: 503\ntried again with this provider: yes\nanother provider may be tried: yes\n"
        );
        assert!(said(SmsError::Unknown("500".into())).ends_with("this provider: yes\nanother provider may be tried: no\n"));
        assert!(said(SmsError::Blocked("200".into())).ends_with("this provider: no\nanother provider may be tried: no\n"));
    }
}
