//! Who carries messages: a section for each provider, and the carrier made of the one that is chosen.

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use domain::secret::Secret;
use serde::Deserialize;
use sms::{
    BaseUrl, BreakerRules, Carriers, FileSink, FourJawaly, Msegat, PerClass, SenderName, SmsSender, Taqnyat, Twilio, TwilioFrom,
    Unifonic, Webhook,
};

use super::checks::weakness;
use super::model::{Config, Sms, SmsProvider};
use super::problem::{ConfigError, KeyProblem};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnifonicConfig {
    pub app_sid: Secret<String>,
    pub sender: String,
    pub sender_service: String,
    pub base_url: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaqnyatConfig {
    pub token: Secret<String>,
    pub sender: String,
    pub sender_service: String,
    pub base_url: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MsegatConfig {
    pub user: String,
    pub key: Secret<String>,
    pub sender: String,
    pub sender_service: String,
    pub base_url: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FourJawalyConfig {
    pub key: Secret<String>,
    pub secret: Secret<String>,
    pub sender: String,
    pub sender_service: String,
    pub base_url: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwilioConfig {
    pub account: String,
    pub token: Secret<String>,
    pub from: String,
    pub from_service: String,
    pub base_url: String,
}

impl SmsProvider {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Outbox,
        Self::Log,
        Self::File,
        Self::Webhook,
        Self::Unifonic,
        Self::Taqnyat,
        Self::Msegat,
        Self::FourJawaly,
        Self::Twilio,
    ];

    /// As it is written in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::Log => "log",
            Self::File => "file",
            Self::Webhook => "webhook",
            Self::Unifonic => "unifonic",
            Self::Taqnyat => "taqnyat",
            Self::Msegat => "msegat",
            Self::FourJawaly => "4jawaly",
            Self::Twilio => "twilio",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.as_str() == text)
    }

    /// Whether messages stay here: for development only.
    pub const fn is_for_development(self) -> bool {
        matches!(self, Self::Outbox | Self::Log | Self::File)
    }
}

impl Sms {
    /// All that may carry, in the order in which they are asked.
    pub fn providers(&self) -> impl Iterator<Item = SmsProvider> {
        std::iter::once(self.provider).chain(self.fallback.iter().copied())
    }

    fn breaker_rules(&self) -> BreakerRules {
        let open_for = TimeDelta::seconds(self.breaker_open_s.into());
        let defaults = BreakerRules::default();
        BreakerRules { failures: self.breaker_failures, open_for, longest: defaults.longest.max(open_for) }
    }
}

/// Reads keys of one section and keeps what is wrong with them.
struct Reader {
    section: &'static str,
    problems: Vec<KeyProblem>,
}

impl Reader {
    const fn of(section: &'static str) -> Self {
        Self { section, problems: Vec::new() }
    }

    fn say(&mut self, key: &str, reason: impl Into<String>) {
        self.problems.push(KeyProblem::new(format!("{}.{key}", self.section), reason));
    }

    fn keep<T, E: Error>(&mut self, key: &str, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.say(key, error.to_string())).ok()
    }

    /// A credential: it becomes part of a header or of a body, and has no spaces.
    fn credential(&mut self, key: &str, text: &str) {
        if text.is_empty() {
            self.say(key, "is missing");
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.say(key, "holds a space or another character that no credential has");
        }
    }

    fn base(&mut self, text: &str) -> Option<BaseUrl> {
        self.keep("base_url", BaseUrl::parse(text))
    }

    /// The names for codes, and for what tells something; without the second, the first for both.
    fn senders(&mut self, otp: &str, service: &str) -> Option<PerClass<SenderName>> {
        let otp = self.keep("sender", SenderName::parse(otp));
        let service = if service.is_empty() { otp.clone() } else { self.keep("sender_service", SenderName::parse(service)) };
        otp.zip(service).map(|(otp, service)| PerClass { otp, service })
    }

    /// The carrier, unless something was wrong.
    fn make<T>(self, carrier: Option<Result<SmsSender, T>>) -> Result<SmsSender, ConfigError>
    where
        T: Error + 'static,
    {
        match carrier {
            Some(carrier) if self.problems.is_empty() => {
                carrier.map_err(|error| ConfigError::one("sms.provider", usecases::chain(&error)))
            }
            _ => Err(ConfigError(self.problems)),
        }
    }
}

impl Config {
    /// Who carries messages, in order. Names everything that is wrong with the keys of those that are chosen, and looks at no others.
    pub fn carriers(&self) -> Result<Carriers, ConfigError> {
        let (mut senders, mut problems) = (Vec::new(), Vec::new());
        for provider in self.sms.providers() {
            match self.carrier_of(provider) {
                Ok(sender) => senders.push(sender),
                Err(error) => problems.extend(error.0),
            }
        }
        let mut senders = senders.into_iter();
        match senders.next() {
            Some(first) if problems.is_empty() => Ok(Carriers::new(first, senders.collect(), self.sms.breaker_rules())),
            _ => Err(ConfigError(problems)),
        }
    }

    /// One carrier, whether it is chosen or not.
    pub fn carrier_of(&self, provider: SmsProvider) -> Result<SmsSender, ConfigError> {
        let deadline = Duration::from_secs(self.sms.deadline_s.into());
        match provider {
            SmsProvider::Outbox => Ok(SmsSender::Outbox),
            SmsProvider::Log => Ok(SmsSender::Log),
            SmsProvider::File if self.sms.file.is_empty() => Err(ConfigError::one("sms.file", "is missing")),
            SmsProvider::File => Ok(SmsSender::File(FileSink::new(PathBuf::from(&self.sms.file)))),
            SmsProvider::Webhook => {
                let mut read = Reader::of("sms");
                let url = read.keep("webhook_url", sms::webhook_url(self.sms.webhook_url.expose()));
                if let Some(reason) = weakness(self.sms.webhook_secret.expose()) {
                    read.say("webhook_secret", reason);
                }
                let carrier = url.map(|url| Webhook::new(url, self.sms.webhook_secret.clone(), deadline).map(SmsSender::Webhook));
                read.make(carrier)
            }
            SmsProvider::Unifonic => self.unifonic.carrier(deadline),
            SmsProvider::Taqnyat => self.taqnyat.carrier(deadline),
            SmsProvider::Msegat => self.msegat.carrier(deadline),
            SmsProvider::FourJawaly => self.fourjawaly.carrier(deadline),
            SmsProvider::Twilio => self.twilio.carrier(deadline, &self.public_origin()),
        }
    }
}

impl UnifonicConfig {
    fn carrier(&self, deadline: Duration) -> Result<SmsSender, ConfigError> {
        let mut read = Reader::of("unifonic");
        read.credential("app_sid", self.app_sid.expose());
        let mut name = |key, text: &str| if text.is_empty() { None } else { read.keep(key, SenderName::parse(text)) };
        let otp = name("sender", &self.sender);
        let service = name("sender_service", &self.sender_service).or_else(|| otp.clone());
        let senders = PerClass { otp, service };
        let base = read.base(&self.base_url);
        let carrier = base.map(|base| Unifonic::new(&base, self.app_sid.clone(), senders, deadline).map(SmsSender::Unifonic));
        read.make(carrier)
    }
}

impl TaqnyatConfig {
    fn carrier(&self, deadline: Duration) -> Result<SmsSender, ConfigError> {
        let mut read = Reader::of("taqnyat");
        read.credential("token", self.token.expose());
        let parts = read.senders(&self.sender, &self.sender_service).zip(read.base(&self.base_url));
        let carrier =
            parts.map(|(sender, base)| Taqnyat::new(&base, self.token.clone(), sender, deadline).map(SmsSender::Taqnyat));
        read.make(carrier)
    }
}

impl MsegatConfig {
    fn carrier(&self, deadline: Duration) -> Result<SmsSender, ConfigError> {
        let mut read = Reader::of("msegat");
        read.credential("user", &self.user);
        read.credential("key", self.key.expose());
        let parts = read.senders(&self.sender, &self.sender_service).zip(read.base(&self.base_url));
        let carrier = parts.map(|(sender, base)| {
            Msegat::new(&base, self.user.clone(), self.key.clone(), sender, deadline).map(SmsSender::Msegat)
        });
        read.make(carrier)
    }
}

impl FourJawalyConfig {
    fn carrier(&self, deadline: Duration) -> Result<SmsSender, ConfigError> {
        let mut read = Reader::of("fourjawaly");
        read.credential("key", self.key.expose());
        read.credential("secret", self.secret.expose());
        let parts = read.senders(&self.sender, &self.sender_service).zip(read.base(&self.base_url));
        let carrier = parts.map(|(sender, base)| {
            FourJawaly::new(&base, self.key.clone(), self.secret.clone(), sender, deadline).map(SmsSender::FourJawaly)
        });
        read.make(carrier)
    }
}

impl TwilioConfig {
    fn carrier(&self, deadline: Duration, origin: &str) -> Result<SmsSender, ConfigError> {
        let mut read = Reader::of("twilio");
        if !Twilio::is_account(&self.account) {
            read.say("account", "must be AC and 32 hex digits");
        }
        read.credential("token", self.token.expose());
        let otp = read.keep("from", TwilioFrom::parse(&self.from));
        let service = match self.from_service.as_str() {
            "" => otp.clone(),
            text => read.keep("from_service", TwilioFrom::parse(text)),
        };
        let from = otp.zip(service).map(|(otp, service)| PerClass { otp, service });
        let parts = from.zip(read.base(&self.base_url));
        let carrier = parts.map(|(from, base)| {
            Twilio::new(&base, self.account.clone(), self.token.clone(), from, deadline)
                .map(|twilio| SmsSender::Twilio(twilio.reporting_to(origin)))
        });
        read.make(carrier)
    }
}

#[cfg(test)]
mod tests {
    use sms::Carrier;

    use super::*;
    use crate::config::{Sources, load};

    fn config(text: &str) -> Config {
        load(&Sources { file: Some(("salon.toml".into(), text.to_owned())), variables: Vec::new() }).expect("it loads")
    }

    fn problems(text: &str) -> Vec<String> {
        let error = config(text).carriers().expect_err("something is wrong");
        error.0.into_iter().map(|problem| problem.key).collect()
    }

    const WHOLE: &str = "[unifonic]\napp_sid = 'a'\n[taqnyat]\ntoken = 'a'\nsender = 'Salon'\n[msegat]\nuser = 'a'\nkey = 'b'\n\
        sender = 'Salon'\n[fourjawaly]\nkey = 'a'\nsecret = 'b'\nsender = 'Salon'\n[twilio]\n\
        account = 'AC0123456789abcdef0123456789abcdef'\ntoken = 'a'\nfrom = 'MG0123456789abcdef0123456789abcdef'";

    #[test]
    fn each_provider_is_chosen_by_its_name() {
        let names = ["outbox", "log", "file", "webhook", "unifonic", "taqnyat", "msegat", "4jawaly", "twilio"];
        assert_eq!(SmsProvider::ALL.map(SmsProvider::as_str), names);
        for name in names {
            assert_eq!(SmsProvider::parse(name).map(SmsProvider::as_str), Some(name));
            let text = format!(
                "[sms]\nprovider = '{name}'\nfile = 'a.jsonl'\nwebhook_url = 'https://a.example'\n\
                                webhook_secret = '0123456789abcdefghijklmnopqrstuvwxyz'\n{WHOLE}"
            );
            let config = config(&text);
            assert_eq!(config.sms.provider.as_str(), name);
            let carriers = config.carriers().expect(name);
            assert_eq!(carriers.iter().map(Carrier::name).collect::<Vec<_>>(), [name]);
            assert_eq!(carriers.are_development_sinks(), config.sms.provider.is_for_development(), "{name}");
        }
    }

    #[test]
    fn two_variables_are_enough_for_unifonic_and_one_more_for_those_after_it() {
        let variables =
            [("SALON__SMS__PROVIDER", "unifonic"), ("SALON__SMS__FALLBACK", "log, outbox"), ("SALON__UNIFONIC__APP_SID", "a")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let config = load(&Sources { file: None, variables }).expect("it loads");
        let carriers = config.carriers().expect("good");
        assert_eq!(carriers.iter().map(Carrier::name).collect::<Vec<_>>(), ["unifonic", "log", "outbox"]);
    }

    #[test]
    fn each_provider_names_everything_that_is_missing() {
        let missing = |name: &str| problems(&format!("sms.provider = '{name}'"));
        assert_eq!(missing("file"), ["sms.file"]);
        assert_eq!(missing("webhook"), ["sms.webhook_url", "sms.webhook_secret"]);
        assert_eq!(missing("unifonic"), ["unifonic.app_sid"]);
        assert_eq!(missing("taqnyat"), ["taqnyat.token", "taqnyat.sender"]);
        assert_eq!(missing("msegat"), ["msegat.user", "msegat.key", "msegat.sender"]);
        assert_eq!(missing("4jawaly"), ["fourjawaly.key", "fourjawaly.secret", "fourjawaly.sender"]);
        assert_eq!(missing("twilio"), ["twilio.account", "twilio.token", "twilio.from"]);
    }

    #[test]
    fn codes_go_nowhere_in_the_clear_and_under_no_advertising_name() {
        let with = |line: &str| problems(&format!("sms.provider = 'unifonic'\n[unifonic]\napp_sid = 'a'\n{line}"));
        assert_eq!(with("base_url = 'http://sms.example'"), ["unifonic.base_url"]);
        assert_eq!(with("sender = 'Salon-AD'"), ["unifonic.sender"]);
        assert_eq!(with("sender = 'TwelveLetter'"), ["unifonic.sender"]);
        assert_eq!(with("sender_service = 'Salon-AD'"), ["unifonic.sender_service"]);
        assert_eq!(problems("sms.provider = 'unifonic'\nunifonic.app_sid = \"a\\nb\""), ["unifonic.app_sid"]);
    }

    #[test]
    fn each_class_may_have_a_name_of_its_own_and_both_are_checked() {
        for (name, section, line) in [
            ("unifonic", "unifonic", "sender_service"),
            ("taqnyat", "taqnyat", "sender_service"),
            ("msegat", "msegat", "sender_service"),
            ("4jawaly", "fourjawaly", "sender_service"),
            ("twilio", "twilio", "from_service"),
        ] {
            let with = |service: &str| {
                let here = format!("[{section}]\n{line} = '{service}'\n");
                format!("sms.provider = '{name}'\n{}", WHOLE.replace(&format!("[{section}]\n"), &here))
            };
            assert!(config(&with("Info")).carriers().is_ok_and(|carrier| format!("{carrier:?}").contains("Info")), "{name}");
            assert_eq!(problems(&with("TwelveLetter")), [format!("{section}.{line}")]);
        }
    }

    #[test]
    fn a_provider_is_called_where_it_says_it_lives() {
        let config = config("");
        assert_eq!(config.unifonic.base_url, Unifonic::BASE);
        assert_eq!(config.taqnyat.base_url, Taqnyat::BASE);
        assert_eq!(config.msegat.base_url, Msegat::BASE);
        assert_eq!(config.fourjawaly.base_url, FourJawaly::BASE);
        assert_eq!(config.twilio.base_url, Twilio::BASE);
    }
}
