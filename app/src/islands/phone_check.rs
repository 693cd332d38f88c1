//! Tells early that a phone cannot be right.

use leptos::prelude::*;

/// Looks at the shape alone when the person leaves the field, and falls silent as soon as they go on typing. What is right is for the server
/// to say.
#[island]
pub fn PhoneCheck(
    /// The texts by the public code of the reason.
    texts: Vec<(String, String)>,
) -> impl IntoView {
    let fault = RwSignal::new(String::new());
    watch(fault, texts);
    view! {
        <p class="field-error live" id="phone-live" role="status">
            {move || fault.get()}
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn watch(fault: RwSignal<String>, texts: Vec<(String, String)>) {
    use super::dom::{by_id, on, set};
    use domain::phone::{Region, check_shape};
    use std::time::Duration;
    use web_sys::{Element, HtmlInputElement};

    /// Whoever leaves the field to press the button must hit it: nothing moves until the press is over.
    const PATIENCE: Duration = Duration::from_millis(300);

    Effect::new(move || {
        let Some(field) = by_id::<HtmlInputElement>("phone") else { return };
        let (texts, left) = (texts.clone(), field.clone());
        on(&field, "change", move |_| {
            let reason = check_shape(&left.value(), Region::SA).err();
            let text = reason.and_then(|reason| texts.iter().find(|(code, _)| code == reason.as_str()));
            let (text, left) = (text.map(|(_, text)| text.clone()), left.clone());
            set_timeout(
                move || {
                    if left.form().is_some_and(|form| form.has_attribute("aria-busy")) {
                        return;
                    }
                    // The server's word on what was there before is out of date now. It keeps its place: a press may be under way.
                    if let Some(old) = by_id::<Element>("phone-error") {
                        set(&old, "data-stale", Some(""));
                    }
                    set(&left, "aria-invalid", text.is_some().then_some("true"));
                    fault.set(text.unwrap_or_default());
                },
                PATIENCE,
            );
        });
        let typing = field.clone();
        on(&field, "input", move |_| {
            if !fault.get_untracked().is_empty() {
                set(&typing, "aria-invalid", None);
                fault.set(String::new());
            }
        });
    });
}

#[cfg(not(feature = "hydrate"))]
fn watch(_fault: RwSignal<String>, _texts: Vec<(String, String)>) {}
