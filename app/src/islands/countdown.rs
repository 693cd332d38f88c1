//! Counts down to when a button may be pressed again.

use leptos::prelude::*;

/// Without the script it stands still at the seconds the server said, and the button works all the same: the server keeps the wait.
/// A `timer` is not read out at every tick.
#[island]
pub fn Countdown(
    /// Seconds left when the page was made.
    seconds: u32,
    /// The words before the number.
    before: String,
    /// The words after it.
    after: String,
    /// The id of the button.
    button: String,
) -> impl IntoView {
    let left = RwSignal::new(seconds);
    start(left, button);
    view! {
        <p class="countdown" role="timer" hidden=move || left.get() == 0>
            {before} " " <bdi dir="ltr">{move || left.get()}</bdi> " " {after}
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn start(left: RwSignal<u32>, button: String) {
    use super::dom::{by_id, set};
    use std::time::Duration;
    use web_sys::Element;

    Effect::new(move || {
        let Some(button) = by_id::<Element>(&button) else { return };
        set(&button, "disabled", Some(""));
        // By the clock, not by ticks: a browser that slept must not count on from where it was.
        let end = js_sys::Date::now() + f64::from(left.get_untracked()) * 1_000.0;
        let timer = std::rc::Rc::new(std::cell::Cell::new(None::<IntervalHandle>));
        let handle = timer.clone();
        let tick = move || {
            let rest = ((end - js_sys::Date::now()) / 1_000.0).ceil().max(0.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is not negative and not above what it was"
            )]
            let rest = rest as u32;
            left.set(rest);
            if rest == 0 {
                set(&button, "disabled", None);
                if let Some(timer) = handle.take() {
                    timer.clear();
                }
            }
        };
        timer.set(set_interval_with_handle(tick, Duration::from_millis(500)).ok());
    });
}

#[cfg(not(feature = "hydrate"))]
fn start(_left: RwSignal<u32>, _button: String) {}
