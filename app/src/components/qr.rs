//! A QR code, drawn on the server.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// Light modules around it that a reader needs (ISO/IEC 18004 §6.3.8).
const QUIET: usize = 4;

/// `text` as a picture that says `label` to those who do not see it. Dark on light in both colour schemes: many readers know no other.
/// Nothing when the text is too long for one.
#[component]
pub(crate) fn Qr(text: String, label: &'static str) -> impl IntoView {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width() + 2 * QUIET;
    let path = path(&code.to_colors(), code.width());
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") width="240" height="240" role="img" aria-label=label focusable="false">
            <rect class="qr-light" width=side.to_string() height=side.to_string() />
            <path class="qr-dark" d=path />
        </svg>
    })
}

/// Each run of dark modules in a row as one rectangle.
fn path(modules: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let (left, top, length) = (x + QUIET, y + QUIET, run.len());
                let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the rectangles of a path back into modules.
    fn modules(path: &str, width: usize) -> Vec<Color> {
        let mut modules = vec![Color::Light; width * width];
        for rectangle in path.split_terminator('z') {
            let (place, length) = rectangle.trim_start_matches('M').split_once('h').expect("a run");
            let (x, y) = place.split_once(' ').expect("a place");
            let length: usize = length.split('v').next().and_then(|length| length.parse().ok()).expect("a length");
            let at = |text: &str| text.parse::<usize>().expect("a number") - QUIET;
            let start = at(y) * width + at(x);
            modules[start..start + length].fill(Color::Dark);
        }
        modules
    }

    #[test]
    fn what_is_drawn_is_the_code_module_by_module() {
        let code =
            QrCode::with_error_correction_level("otpauth://totp/Salon:1?secret=GEZDGNBVGY3TQOJQ", EcLevel::M).expect("short");
        assert_eq!(modules(&path(&code.to_colors(), code.width()), code.width()), code.to_colors());
    }

    #[test]
    fn the_picture_has_its_quiet_zone_and_its_words() {
        let html = Owner::new().with(|| view! { <Qr text="01234567".to_owned() label="A picture" /> }.to_html());
        assert!(html.contains(r#"viewBox="0 0 29 29""#) && html.contains(r#"aria-label="A picture""#), "{html}");
        assert!(html.contains("M4 4h7v1h-7z"), "the finder stands in the corner: {html}");
        assert!(!html.contains("style="), "the policy of our pages lets no style in: {html}");
    }
}
