//! Where a person may be sent after a form.

const MAX_BYTES: usize = 512;

/// `text` if it is a path on this site and nothing else, so that no link can send a person elsewhere after sign-in.
///
/// Visible ASCII only (a header carries it), one leading slash, no backslash (browsers read it as a slash), no fragment, and never the
/// sign-in pages or a form's address, which would lead in a circle.
pub fn local_path(text: &str) -> Option<&str> {
    let path = text.split('?').next().unwrap_or(text);
    let visible = text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#'));
    let ours = text.starts_with('/') && !text.starts_with("//") && text.len() <= MAX_BYTES;
    let is_a_page = !["/sf", "/login", "/api", "/dev"].iter().any(|root| is_under(path, root));
    (visible && ours && is_a_page && !has_dots(path)).then_some(text)
}

/// Like [`local_path`] for "stay on this page", where the sign-in pages are fine.
pub(crate) fn page_path(text: &str) -> Option<&str> {
    let path = text.split('?').next().unwrap_or(text);
    if is_under(path, "/login") && text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#')) {
        return (text.len() <= MAX_BYTES && !has_dots(path)).then_some(text);
    }
    local_path(text)
}

fn is_under(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `/x/..//evil.example` would become `//evil.example` once a browser has tidied it up; encoded dots count too.
fn has_dots(path: &str) -> bool {
    path.contains("//")
        || path.split('/').any(|part| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_ours_pass() {
        for path in ["/", "/account", "/account/sessions", "/salons?day=2026-11-22&x=%D8%B5", "/loginless", "/bookings/K7P2Q9"] {
            assert_eq!(local_path(path), Some(path));
        }
    }

    #[test]
    fn whatever_could_lead_away_is_dropped() {
        let long = format!("/{}", "a".repeat(600));
        for path in [
            "",
            "account",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            " /account",
            "/acc ount",
            "/a\tb",
            "/a\r\nSet-Cookie: x=1",
            "/صالون",
            "/x/..//evil.example",
            "/./",
            "/%2e%2E//evil.example",
            "/a//b",
            "/#x",
            &long,
        ] {
            assert_eq!(local_path(path), None, "{path:?}");
        }
    }

    #[test]
    fn nobody_is_sent_in_a_circle() {
        for path in ["/login", "/login/code", "/login?next=/login", "/sf/log-out", "/api/me/", "/dev/sms"] {
            assert_eq!(local_path(path), None, "{path}");
        }
        assert_eq!(page_path("/login/code"), Some("/login/code"));
        assert_eq!(page_path("/login//evil.example"), None);
        assert_eq!(page_path("/sf/log-out"), None);
    }
}
