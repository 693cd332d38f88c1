//! What messages say and cost: an operator's own words, the line for phones, and the price table.

use std::fmt::Write;

use domain::locale::Locale;
use domain::message::MessageKind;
use domain::phone::Region;
use domain::sms_budget::SmsBudget;
use serde::Deserialize;
use sms::{OtpHost, Prices, Templates};
use toml::{Table, Value};
use url::Url;

use super::model::{Config, SmsProvider};
use super::problem::{ConfigError, KeyProblem};

/// Words by kind and language; an empty text is Salon's own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplatesConfig {
    pub auth_code_ar: String,
    pub auth_code_en: String,
    pub verify_code_ar: String,
    pub verify_code_en: String,
    pub phone_changed_ar: String,
    pub phone_changed_en: String,
    pub codes_off_ar: String,
    pub codes_off_en: String,
}

impl TemplatesConfig {
    /// Each with its key.
    pub(super) fn texts(&self) -> [(&'static str, MessageKind, Locale, &str); 8] {
        [
            ("auth_code_ar", MessageKind::AuthCode, Locale::Ar, &self.auth_code_ar),
            ("auth_code_en", MessageKind::AuthCode, Locale::En, &self.auth_code_en),
            ("verify_code_ar", MessageKind::VerifyCode, Locale::Ar, &self.verify_code_ar),
            ("verify_code_en", MessageKind::VerifyCode, Locale::En, &self.verify_code_en),
            ("phone_changed_ar", MessageKind::PhoneChanged, Locale::Ar, &self.phone_changed_ar),
            ("phone_changed_en", MessageKind::PhoneChanged, Locale::En, &self.phone_changed_en),
            ("codes_off_ar", MessageKind::CodesOff, Locale::Ar, &self.codes_off_ar),
            ("codes_off_en", MessageKind::CodesOff, Locale::En, &self.codes_off_en),
        ]
    }
}

/// What a segment costs at a provider and in a country.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceConfig {
    pub provider: SmsProvider,
    pub country: String,
    /// In riyals. Text: a number of TOML would be rounded to a binary fraction.
    pub price: String,
}

impl PriceConfig {
    pub(super) fn shown(&self) -> Value {
        let mut table = Table::new();
        table.insert("provider".to_owned(), self.provider.as_str().into());
        table.insert("country".to_owned(), self.country.clone().into());
        table.insert("price".to_owned(), self.price.clone().into());
        Value::Table(table)
    }
}

impl Config {
    /// What messages say. Names every text that breaks a rule, with the rule.
    pub fn texts(&self) -> Result<Templates, ConfigError> {
        let mut problems = Vec::new();
        let host = self.otp_host().unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let own: Vec<_> = self.templates.texts().into_iter().filter(|(_, _, _, words)| !words.is_empty()).collect();
        let is_own = |kind, locale| own.iter().any(|(_, other, language, _)| (*other, *language) == (kind, locale));
        let mut texts = Templates::new(host, is_own).unwrap_or_else(|error| {
            problems.push(KeyProblem::new("sms.otp_host", format!("is too long: with it a text of Salon's own {error}")));
            Templates::default()
        });
        for (key, kind, locale, words) in &own {
            if let Err(error) = texts.replace(*kind, *locale, words) {
                problems.push(KeyProblem::new(format!("templates.{key}"), error.to_string()));
            }
        }
        if problems.is_empty() { Ok(texts) } else { Err(ConfigError(problems)) }
    }

    /// A phone compares it with the site that the code is typed into.
    fn otp_host(&self) -> Result<Option<OtpHost>, KeyProblem> {
        let wrong = |reason: String| KeyProblem::new("sms.otp_host", reason);
        if self.sms.otp_host.is_empty() {
            return Ok(None);
        }
        let host = OtpHost::parse(&self.sms.otp_host).map_err(|error| wrong(error.to_string()))?;
        match Url::parse(&self.server.public_url).ok().as_ref().and_then(Url::host_str) {
            Some(site) if !host.covers(site) => Err(wrong(format!(
                "is neither `{site}`, the host of server.public_url, nor a domain above it: no phone would fill in"
            ))),
            _ => Ok(Some(host)),
        }
    }

    /// What messages cost.
    pub fn prices(&self) -> Result<Prices, ConfigError> {
        let (mut prices, mut problems) = (Prices::default(), Vec::new());
        for (at, entry) in self.sms.prices.iter().enumerate() {
            let mut say = |key: &str, reason: String| problems.push(KeyProblem::new(format!("sms.prices[{at}].{key}"), reason));
            match Region::parse(&entry.country) {
                None => say("country", format!("`{}` is not a two-letter country code", entry.country)),
                Some(country) => {
                    if let Err(error) = prices.insert(entry.provider.as_str(), country, &entry.price) {
                        say("price", error.to_string());
                    }
                }
            }
        }
        if problems.is_empty() { Ok(prices) } else { Err(ConfigError(problems)) }
    }

    /// What the messages of a day may cost. Money is bounded only where every price that counts is known.
    pub fn budget(&self, prices: &Prices) -> Result<SmsBudget, ConfigError> {
        let messages = self.sms.daily_messages;
        if self.sms.daily_cost.is_empty() {
            return Ok(SmsBudget { messages, cost_micros: None });
        }
        let cost = sms::micros(&self.sms.daily_cost).map_err(|error| ConfigError::one("sms.daily_cost", error.to_string()))?;
        let pairs =
            self.sms.providers().flat_map(|provider| self.phones.countries.iter().map(move |country| (provider, country)));
        let missing = pairs.into_iter().find(|(provider, country)| {
            Region::parse(country).is_some_and(|region| prices.of(provider.as_str(), region).is_none())
        });
        match missing {
            Some((provider, country)) => {
                let reason = format!("needs a price of `{}` for {country} in sms.prices", provider.as_str());
                Err(ConfigError::one("sms.daily_cost", reason))
            }
            None => Ok(SmsBudget { messages, cost_micros: Some(cost) }),
        }
    }
}

/// How long each text is, as comments below what is in force.
pub fn lengths(texts: &Templates) -> String {
    let mut shown = String::from("\n# Segments of each text with the longest code:\n");
    for (kind, locale, length) in texts.lengths() {
        let most = if length.segments == 1 { length.encoding.alone() } else { length.segments * length.encoding.together() };
        let _ = writeln!(
            shown,
            "# {}_{}: {} ({}, {} of {most} units)",
            kind.as_str(),
            locale.as_str(),
            length.segments,
            length.encoding.as_str(),
            length.units
        );
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Sources, load};

    fn config(text: &str) -> Config {
        load(&Sources { file: Some(("salon.toml".into(), text.to_owned())), variables: Vec::new() }).expect("it loads")
    }

    /// Everything that `check-config` and `serve` say about it.
    fn problems(text: &str) -> Vec<String> {
        let problems = config(text).check().err().map_or_else(Vec::new, |error| error.0);
        problems.into_iter().map(|KeyProblem { key, reason }| format!("{key}: {reason}")).collect()
    }

    #[test]
    fn an_operator_has_words_of_their_own() {
        let text =
            "[templates]\nauth_code_ar = '{code} رمز الدخول إلى Glow. لا تعطه أحدا.'\nphone_changed_en = 'Glow: new number.'";
        assert_eq!(problems(text), [""; 0]);
        let texts = config(text).settings().expect("good words").texts;
        assert_eq!(texts.render(MessageKind::AuthCode, Locale::Ar, Some("123456")), "123456 رمز الدخول إلى Glow. لا تعطه أحدا.");
        assert_eq!(texts.render(MessageKind::PhoneChanged, Locale::En, None), "Glow: new number.");
        let own = Templates::default();
        assert_eq!(texts.template(MessageKind::AuthCode, Locale::En), own.template(MessageKind::AuthCode, Locale::En));
    }

    #[test]
    fn each_bad_text_is_named_with_the_rule_that_it_breaks() {
        let text = "[templates]\nauth_code_ar = 'رمزك {code}'\nauth_code_en = '{code} sign-in. Never share. glow.sa'\n\
                    verify_code_en = \"{code}\\u202E verify your number. Never share.\"\nphone_changed_ar = '{code} رقم جديد'";
        assert_eq!(
            problems(text),
            [
                "templates.auth_code_ar: must start with {code} and a space, and name it once",
                "templates.auth_code_en: holds a link, an address, or a dot, colon or slash without a space after it, of which phones make \
                 a link",
                "templates.verify_code_en: holds U+202E, which cannot be seen or changes the direction of the text",
                "templates.phone_changed_ar: must not hold {code}: this message has none",
            ]
        );
    }

    #[test]
    fn every_kind_and_language_has_a_key() {
        let config = config("");
        let texts = config.templates.texts();
        assert_eq!(texts.len(), MessageKind::ALL.len() * 2);
        for (key, kind, locale, words) in texts {
            assert_eq!((key, words), (format!("{}_{}", kind.as_str(), locale.as_str()).as_str(), ""));
        }
    }

    #[test]
    fn the_line_for_phones_names_the_site_that_people_are_at() {
        let with = |site: &str, host: &str| problems(&format!("[server]\npublic_url = '{site}'\n[sms]\notp_host = '{host}'"));
        for (site, host) in
            [("", "salon.example"), ("https://salon.example", "salon.example"), ("https://a.salon.example", "salon.example")]
        {
            assert_eq!(with(site, host), [""; 0], "{site} {host}");
        }
        let other = with("https://salon.example", "other.example");
        assert_eq!(
            other,
            [
                "sms.otp_host: is neither `salon.example`, the host of server.public_url, nor a domain above it: no phone would fill in"
            ]
        );
        assert!(with("", "https://salon.example")[0].starts_with("sms.otp_host: must be a bare host name"));
        let long = with("", &format!("{}.example", "a".repeat(60)));
        assert!(long[0].starts_with("sms.otp_host: is too long: with it a text of Salon's own needs 3 segments"), "{long:?}");
        let text = config("sms.otp_host = 'salon.example'").texts().expect("good").render(
            MessageKind::AuthCode,
            Locale::Ar,
            Some("123456"),
        );
        assert!(text.ends_with("\n@salon.example #123456"), "{text}");
    }

    #[test]
    fn how_long_each_text_is_can_be_pasted_into_the_file() {
        let shown = lengths(&config("sms.otp_host = 'salon.example'").texts().expect("good"));
        assert!(shown.contains("# auth_code_ar: 2 (UCS-2, ") && shown.contains("# phone_changed_en: 1 (GSM-7, "), "{shown}");
        assert!(shown.parse::<Table>().is_ok_and(|table| table.is_empty()));
    }

    #[test]
    fn money_is_bounded_only_with_every_price() {
        let budget = |sms: &str| {
            let config = config(&format!("[sms]\n{sms}"));
            config.budget(&config.prices().expect("good"))
        };
        assert_eq!(budget("daily_messages = 7"), Ok(SmsBudget { messages: 7, cost_micros: None }));
        let priced = "daily_cost = '250.5'\nprices = [{ provider = 'outbox', country = 'SA', price = '0.05' }]";
        assert_eq!(budget(priced), Ok(SmsBudget { messages: 5_000, cost_micros: Some(250_500_000) }));
        for wrong in ["daily_cost = '250'".to_owned(), format!("{priced}\nfallback = ['log']"), priced.replace("250.5", "much")] {
            assert_eq!(budget(&wrong).expect_err("refused").0[0].key, "sms.daily_cost", "{wrong}");
        }
    }

    #[test]
    fn prices_are_read_from_the_file_and_from_a_variable() {
        let from_file = config("[[sms.prices]]\nprovider = 'unifonic'\ncountry = 'SA'\nprice = '0.0475'").prices().expect("good");
        assert_eq!(from_file.of("unifonic", Region::SA), Some(47_500));
        let text = r#"[{ provider = "4jawaly", country = "sa", price = "0.05" }, { provider = "twilio", country = "SA", price = "0.2" }]"#;
        let variables = vec![("SALON__SMS__PRICES".to_owned(), text.to_owned())];
        let prices = load(&Sources { file: None, variables }).expect("it loads").prices().expect("good");
        assert_eq!((prices.of("4jawaly", Region::SA), prices.of("twilio", Region::SA)), (Some(50_000), Some(200_000)));
    }

    #[test]
    fn each_bad_price_is_named() {
        let text = "[sms]\nprices = [{ provider = 'twilio', country = 'SA', price = '0,05' }, { provider = 'twilio', country = 'Saudi', \
                    price = '1' }, { provider = 'twilio', country = 'SA', price = '1' }, { provider = 'twilio', country = 'sa', price = '2' }]";
        let found: Vec<String> =
            problems(text).iter().map(|text| text.split(':').next().unwrap_or_default().to_owned()).collect();
        assert_eq!(found, ["sms.prices[0].price", "sms.prices[1].country", "sms.prices[3].price"]);
        let unknown = Sources { file: Some(("salon.toml".into(), text.replacen("twilio", "carrier", 1))), variables: Vec::new() };
        assert_eq!(load(&unknown).expect_err("nobody has this name").0[0].key, "sms.prices[0].provider");
    }
}
