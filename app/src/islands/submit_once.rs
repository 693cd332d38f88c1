//! A second press of a button while the first is on its way does nothing.

use leptos::prelude::*;

/// Watches every form of the page.
#[island]
pub fn SubmitOnce() -> impl IntoView {
    watch();
}

#[cfg(feature = "hydrate")]
fn watch() {
    use super::dom::{document, on, set};
    use wasm_bindgen::JsCast;
    use web_sys::Element;

    const BUSY: &str = "aria-busy";

    Effect::new(move || {
        let Some(page) = document() else { return };
        on(&page, "submit", |event| {
            let Some(form) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
            if form.has_attribute(BUSY) {
                event.prevent_default();
            } else {
                set(&form, BUSY, Some("true"));
            }
        });
        // Back from the next page by the browser's button: the page is as it was left, and must work again.
        if let Some(window) = web_sys::window() {
            on(&window, "pageshow", move |_| {
                let Ok(forms) = page.query_selector_all("form[aria-busy]") else { return };
                for at in 0..forms.length() {
                    if let Some(form) = forms.item(at).and_then(|form| form.dyn_into::<Element>().ok()) {
                        set(&form, BUSY, None);
                    }
                }
            });
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn watch() {}
