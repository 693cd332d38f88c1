//! A browser's own description in words a person knows.

use domain::session::SessionKind;

use crate::i18n::Devices;

/// Order matters: nearly every browser also claims to be the ones after it.
const BROWSERS: [(&str, &str); 9] = [
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// What a session is called: the app with its device, or the browser.
pub(crate) fn device_name(kind: SessionKind, name: Option<&str>, t: &Devices) -> String {
    match (kind, name) {
        (_, None) => t.unknown_device.to_owned(),
        (SessionKind::Api, Some(name)) => format!("{} · {name}", t.app),
        (SessionKind::Web, Some(agent)) => in_words(agent, t),
    }
}

/// "Chrome on Android", or as much of it as can be told. A client may claim anything: this is for recognising, not for trusting.
fn in_words(agent: &str, t: &Devices) -> String {
    let find = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let browser = find(&BROWSERS).or_else(|| agent.contains("Safari/").then_some("Safari"));
    match (browser, find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} {} {system}", t.on),
        (Some(name), None) => name.to_owned(),
        (None, Some(system)) => format!("{} {} {system}", t.unknown_browser, t.on),
        (None, None) => t.unknown_device.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::messages;
    use domain::locale::Locale;

    #[test]
    fn common_browsers_are_recognised() {
        let t = &messages(Locale::En).devices;
        for (agent, words) in [
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0",
                "Edge on Windows",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"),
            ("curl/8.5.0", "Unknown device"),
        ] {
            assert_eq!(in_words(agent, t), words);
        }
    }
}
