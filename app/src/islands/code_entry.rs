//! Takes a code that the phone fills in, and sends the form then.

use leptos::prelude::*;

/// Sends the code's form only when autofill or `WebOTP` filled the field: whoever types or pastes presses the button.
#[island]
pub fn CodeEntry(
    /// How many digits a whole code has.
    digits: u8,
) -> impl IntoView {
    watch(digits);
}

#[cfg(feature = "hydrate")]
fn watch(digits: u8) {
    use super::dom::{by_id, on};
    use wasm_bindgen::JsCast;
    use web_sys::{HtmlInputElement, InputEvent};

    Effect::new(move || {
        let Some(field) = by_id::<HtmlInputElement>("code") else { return };
        let filled = field.clone();
        on(&field, "input", move |event| {
            // Typing and pasting say what they are; autofill says nothing, or that it replaced the text.
            let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type).unwrap_or_default();
            if matches!(kind.as_str(), "" | "insertReplacementText") && is_whole(&filled.value(), digits) {
                send(&filled);
            }
        });
        web_otp::listen(move |code| {
            if is_whole(&code, digits) {
                field.set_value(&code);
                send(&field);
            }
        });
    });
}

#[cfg(not(feature = "hydrate"))]
fn watch(digits: u8) {
    // The server only writes the number into the page.
    let _ = digits;
}

/// Exactly the digits of a code, of any script, and spaces at most.
#[cfg_attr(not(feature = "hydrate"), cfg(test))]
fn is_whole(text: &str, digits: u8) -> bool {
    let mut seen = 0_u8;
    text.chars().filter(|c| !c.is_whitespace()).all(|c| {
        seen = seen.saturating_add(1);
        domain::digits::ascii_digit(c).is_some()
    }) && seen == digits
}

#[cfg(feature = "hydrate")]
fn send(field: &web_sys::HtmlInputElement) {
    if let Some(form) = field.form() {
        // Like pressing the button: other listeners hear it too.
        let _ = form.request_submit();
    }
}

/// The browser's way to hand over a code out of a text message (`navigator.credentials.get({otp})`). `web-sys` does not know it.
#[cfg(feature = "hydrate")]
mod web_otp {
    use js_sys::{Array, Function, Object, Promise, Reflect};
    use wasm_bindgen::prelude::Closure;
    use wasm_bindgen::{JsCast, JsValue};

    /// Calls `take` once with the code. Silent in browsers that cannot do it, and when the person declines.
    pub fn listen(take: impl FnOnce(String) + 'static) {
        let Some(promise) = ask() else { return };
        let got = Closure::once(move |credential: JsValue| {
            if let Some(code) = get(&credential, "code").and_then(|code| code.as_string()) {
                take(code);
            }
        });
        let refused = Closure::once(|_: JsValue| {});
        let _ = promise.then2(&got, &refused);
        got.forget();
        refused.forget();
    }

    fn ask() -> Option<Promise> {
        let window = web_sys::window()?;
        if !Reflect::has(&window, &"OTPCredential".into()).ok()? {
            return None;
        }
        let credentials = get(&get(&window, "navigator")?, "credentials")?;
        let function: Function = get(&credentials, "get")?.dyn_into().ok()?;
        let transport = Object::new();
        Reflect::set(&transport, &"transport".into(), &Array::of1(&"sms".into())).ok()?;
        let options = Object::new();
        Reflect::set(&options, &"otp".into(), &transport).ok()?;
        function.call1(&credentials, &options).ok()?.dyn_into().ok()
    }

    fn get(of: &JsValue, name: &str) -> Option<JsValue> {
        Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
    }
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn only_a_whole_code_is_sent() {
        for (text, whole) in
            [("123456", true), ("١٢٣ ٤٥٦", true), ("12345", false), ("1234567", false), ("رمزك 123456", false), ("", false)]
        {
            assert_eq!(is_whole(text, 6), whole, "{text}");
        }
    }
}
