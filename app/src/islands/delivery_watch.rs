//! Tells somebody who waits for a text that it will not come.

use leptos::prelude::*;

/// Asks now and then how the text fares, ever less often, and says so when it failed. What was typed stays where it is; without the
/// script the page says it when it is loaded next.
#[island]
pub fn DeliveryWatch(
    /// Answers in one word.
    address: String,
    /// What to say.
    text: String,
) -> impl IntoView {
    let has_failed = RwSignal::new(false);
    watch(has_failed, address);
    view! {
        <p class="summary" role="alert" hidden=move || !has_failed.get()>
            {move || if has_failed.get() { text.clone() } else { String::new() }}
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn watch(has_failed: RwSignal<bool>, address: String) {
    Effect::new(move || ask_after(has_failed, address.clone(), 0));
}

#[cfg(not(feature = "hydrate"))]
fn watch(_has_failed: RwSignal<bool>, _address: String) {}

/// Seconds before each question. Then whoever still waits has long pressed a button.
#[cfg(feature = "hydrate")]
const WAITS_S: [u64; 7] = [2, 3, 5, 10, 20, 40, 60];

#[cfg(feature = "hydrate")]
fn ask_after(has_failed: RwSignal<bool>, address: String, asked: usize) {
    use std::time::Duration;

    let Some(wait) = WAITS_S.get(asked) else { return };
    set_timeout(
        move || {
            leptos::task::spawn_local(async move {
                match word(&address).await.as_deref() {
                    Some("failed") => has_failed.set(true),
                    Some("delivered" | "over") => {}
                    // No answer is no news.
                    _ => ask_after(has_failed, address, asked + 1),
                }
            });
        },
        Duration::from_secs(*wait),
    );
}

#[cfg(feature = "hydrate")]
async fn word(address: &str) -> Option<String> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;

    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(address)).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
