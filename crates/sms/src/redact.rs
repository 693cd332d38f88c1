//! Credentials, found again in whatever form a request or an answer may hold them: plain, percent-encoded, in Base64 (alone or as a part
//! of something longer), in hex, escaped for JSON. Whatever holds one may be pasted into a ticket afterwards.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use url::form_urlencoded::byte_serialize;

/// What stands in their place.
pub(crate) const HIDDEN: &str = "[redacted]";
/// As much of one at the end of a text, which may have been cut off there, is hidden too.
const FEWEST_CUT: usize = 4;

/// What follows one of these is made for a single message, so nobody could name it before: the token in the address for its delivery report,
/// as it stands in a query, and in a form.
const MARKS: [&str; 3] = ["token=", "token%3d", "token%253d"];

/// Hides a set of credentials.
#[derive(Clone)]
pub(crate) struct Redactor {
    /// Every form of each, in lower case. None is empty.
    forms: Vec<String>,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(HIDDEN)
    }
}

impl Redactor {
    pub(crate) fn new(secrets: impl IntoIterator<Item = String>) -> Self {
        let mut forms: Vec<String> = secrets.into_iter().filter(|secret| !secret.is_empty()).flat_map(|s| forms(&s)).collect();
        for form in &mut forms {
            form.make_ascii_lowercase();
        }
        forms.sort_unstable();
        forms.dedup();
        Self { forms }
    }

    /// The text without them. Letter case makes no difference.
    pub(crate) fn hide(&self, text: &str) -> String {
        let lower = text.to_ascii_lowercase();
        let mut is_covered = vec![false; text.len()];
        for (at, _) in lower.char_indices() {
            let rest = &lower[at..];
            for form in &self.forms {
                let is_cut_off = || rest.len() >= FEWEST_CUT && form.starts_with(rest);
                if rest.starts_with(form.as_str()) || is_cut_off() {
                    is_covered[at..at + form.len().min(rest.len())].fill(true);
                }
            }
            for mark in MARKS.into_iter().filter(|mark| rest.starts_with(mark)) {
                let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
                let token = rest.bytes().skip(mark.len()).take_while(is_token).count();
                is_covered[at + mark.len()..][..token].fill(true);
            }
        }
        let mut shown = String::with_capacity(text.len());
        let mut is_hiding = false;
        for (at, letter) in text.char_indices() {
            if !is_covered[at] {
                shown.push(letter);
            } else if !is_hiding {
                shown.push_str(HIDDEN);
            }
            is_hiding = is_covered[at];
        }
        shown
    }
}

fn forms(secret: &str) -> Vec<String> {
    let form_encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let hex = |prefix: &str| secret.bytes().map(|byte| format!("{prefix}{byte:02x}")).collect::<Vec<_>>().concat();
    // What an encoder that leaves other characters alone than forms do would write.
    let percent = |spared: &[u8]| -> String {
        secret
            .bytes()
            .map(|byte| match byte {
                byte if byte.is_ascii_alphanumeric() || spared.contains(&byte) => char::from(byte).to_string(),
                byte => format!("%{byte:02x}"),
            })
            .collect()
    };
    let json = serde_json::Value::from(secret).to_string();
    let json = &json[1..json.len() - 1];
    let mut all = vec![
        secret.to_owned(),
        json.to_owned(),
        json.replace('/', "\\/"),
        form_encoded(secret),
        form_encoded(&form_encoded(secret)),
        percent(b""),
        percent(b"-_.~"),
        percent(b"-_.~!*'()"),
        percent(b"-_.~!$&'()*+,;=:@/?"),
        hex(""),
        hex("%"),
        hex("\\x"),
        hex("\\u00"),
    ];
    for alphabet in [&STANDARD, &URL_SAFE] {
        let whole = alphabet.encode(secret);
        all.push(form_encoded(&whole));
        all.push(whole.trim_end_matches('=').to_owned());
        all.push(whole);
        // As a part of something longer: what does not depend on its neighbours, for each place it can begin at.
        for before in 0..3 {
            let bytes = [&b"\0\0"[..before], secret.as_bytes()].concat();
            let encoded = alphabet.encode(&bytes);
            let first = (before * 8).div_ceil(6);
            let last = bytes.len() * 8 / 6;
            if last >= first + FEWEST_CUT {
                all.push(encoded[first..last].to_owned());
                all.push(form_encoded(&encoded[first..last]));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_credential_is_hidden_in_every_form() {
        let secret = "hu+sh/\"hush\"=~100%";
        let redactor = Redactor::new([secret.to_owned()]);
        let hex: String = secret.bytes().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().concat();
        for form in [
            secret.to_owned(),
            secret.to_uppercase(),
            serde_json::json!({ "a": secret }).to_string(),
            byte_serialize(secret.as_bytes()).collect(),
            STANDARD.encode(secret),
            URL_SAFE.encode(secret),
            hex,
        ] {
            let shown = redactor.hide(&format!("before {form} after"));
            assert!(shown.contains(HIDDEN) && shown.starts_with("before ") && shown.ends_with(" after"), "{shown}");
            for piece in ["hush", "HUSH", "%2B", "aHVzaA", "68757368"] {
                assert!(!shown.contains(piece), "{piece} in {shown}");
            }
        }
    }

    #[test]
    fn a_text_that_was_cut_off_inside_a_credential_does_not_show_its_beginning() {
        let redactor = Redactor::new(["hush-token".to_owned()]);
        assert_eq!(redactor.hide("it was hush-to"), "it was [redacted]");
        assert_eq!(redactor.hide("it was hush"), "it was [redacted]");
        assert_eq!(redactor.hide("hush, please"), "hush, please");
        assert_eq!(Redactor::new([String::new()]).hide("nothing"), "nothing");
    }

    #[test]
    fn a_token_for_one_message_is_hidden_though_nobody_named_it() {
        let redactor = Redactor::new([]);
        assert_eq!(
            redactor.hide("https://a.example/?message=1&token=ab-c_9&x=1"),
            "https://a.example/?message=1&token=[redacted]&x=1"
        );
        assert_eq!(redactor.hide("message%3D1%26token%3Dabc%26x"), "message%3D1%26token%3D[redacted]%26x");
        assert_eq!(redactor.hide("the token is wrong; token="), "the token is wrong; token=");
    }

    #[test]
    fn what_overlaps_is_hidden_whole() {
        let redactor = Redactor::new(["abcdef".to_owned(), "defghi".to_owned()]);
        assert_eq!(redactor.hide("x abcdefghi y"), "x [redacted] y");
        assert_eq!(redactor.hide("abcdefabcdef"), "[redacted]");
    }

    proptest! {
        #[test]
        fn a_credential_in_base64_is_hidden_wherever_it_begins(
            secret in "[!-~]{8,40}", before in any::<Vec<u8>>(), after in any::<Vec<u8>>()
        ) {
            let encoded = STANDARD.encode([&before, secret.as_bytes(), &after].concat());
            let shown = Redactor::new([secret.clone()]).hide(&encoded);
            // Of the first and the last byte a few bits are left, in the letters that they share with their neighbours.
            let hidden = (before.len() + secret.len()) * 8 / 6 - (before.len() * 8).div_ceil(6);
            let shown: String = shown.replace(HIDDEN, "");
            prop_assert!(shown.len() <= encoded.len() - hidden, "{shown} is left of {encoded}");
        }

        #[test]
        fn any_text_without_a_credential_is_left_alone(text in "[a-g\u{600}-\u{620}💇]{0,60}") {
            prop_assert_eq!(Redactor::new(["zyx-wvu-tsr".to_owned()]).hide(&text), text);
        }
    }
}
