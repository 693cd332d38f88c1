//! Whose delivery reports are believed.

use domain::secret::Secret;
use sms::reports::Reports;

use super::checks::weakness;
use super::model::Config;

impl Config {
    /// By their secrets, whoever carries messages now: reports come late, and providers change. A weak secret is none.
    pub fn reports(&self) -> Reports {
        let strong = |secret: &Secret<String>| weakness(secret.expose()).is_none().then(|| secret.clone());
        let twilio = &self.twilio.token;
        Reports {
            shared_secret: strong(&self.sms.report_secret),
            // Twilio makes it, and it is 32 characters long.
            twilio_token: (!twilio.expose().is_empty()).then(|| twilio.clone()),
            webhook_secret: strong(&self.sms.webhook_secret),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Sources, load};

    fn config(text: &str) -> Config {
        load(&Sources { file: Some(("salon.toml".into(), text.to_owned())), variables: Vec::new() }).expect("it loads")
    }

    #[test]
    fn who_has_no_good_secret_is_believed_nothing() {
        let reports = config("").reports();
        assert!(reports.shared_secret.is_none() && reports.twilio_token.is_none() && reports.webhook_secret.is_none());
        let weak = config("[sms]\nreport_secret = 'short'\nwebhook_secret = 'abababababababababababababababababababab'");
        assert!(weak.reports().shared_secret.is_none() && weak.reports().webhook_secret.is_none());
        let refused = weak.check().expect_err("a weak secret").0;
        assert_eq!(refused.iter().map(|problem| problem.key.as_str()).collect::<Vec<_>>(), ["sms.report_secret"]);
        let strong = "0123456789abcdefghijklmnopqrstuvwxyz";
        let good =
            config(&format!("[sms]\nreport_secret = '{strong}'\nwebhook_secret = '{strong}'\n[twilio]\ntoken = 'a'")).reports();
        assert!(good.shared_secret.is_some() && good.twilio_token.is_some() && good.webhook_secret.is_some());
    }
}
