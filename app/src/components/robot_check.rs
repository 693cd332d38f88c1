//! The proof of work on the form that asks for a code (docs/adr/0018): a script solves it and sends the form; who has no script waits and
//! presses the button.

use domain::locale::Locale;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::flow::{Before, Check};
use crate::i18n::{messages, span};

/// It goes with the page: small, never out of date, and nothing more to fetch.
const SCRIPT: &str = include_str!("robot_check.mjs");

/// Stands in the form. Its words are true without a script; the script puts its own in their place.
#[component]
pub(crate) fn RobotCheck(check: Check, locale: Locale, now: i64) -> impl IntoView {
    let t = &messages(locale).sign_in;
    let left = check.ready_at.map(|ready_at| u64::try_from(ready_at - now).unwrap_or(0));
    let wait = match (left, check.before) {
        (None, _) => t.robot_no_wait.to_owned(),
        (Some(0), _) => t.robot_ready.to_owned(),
        (Some(left), Before::TooEarly) => (t.robot_too_early)(&span(left, locale)),
        (Some(left), _) => (t.robot_wait)(&span(left, locale)),
    };
    // What was of no use once is not tried for ever, unasked.
    let is_unasked = check.before != Before::InVain;
    let lead = if is_unasked { t.robot_lead } else { t.robot_in_vain };
    view! {
        <div
            class="news robot"
            id="robot"
            data-bits=check.bits
            data-wait=left
            data-unasked=is_unasked.then_some("")
            data-idle=t.robot_ready
            data-working=t.robot_working
            data-done=t.robot_done
        >
            <p id="robot-lead">{lead}</p>
            <p id="robot-status" role="status">
                {wait}
            </p>
            <progress id="robot-progress" max="1" value="0" aria-labelledby="robot-lead" hidden></progress>
        </div>
        <input type="hidden" name="puzzle" value=check.puzzle />
        <input type="hidden" name="solution" value="" />
        <script type="module" nonce=use_nonce() inner_html=SCRIPT></script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(before: Before, ready_at: Option<i64>) -> String {
        let check = Check { puzzle: "puzzle".into(), bits: 18, ready_at, before };
        let all = Owner::new().with(|| view! { <RobotCheck check=check locale=Locale::En now=100 /> }.to_html());
        // What people read, and not the script.
        all.split("<script").next().expect("a beginning").to_owned()
    }

    /// What it says of the wait.
    fn status(before: Before, ready_at: Option<i64>) -> String {
        let all = html(before, ready_at);
        all.split("role=\"status\">").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a status").to_owned()
    }

    #[test]
    fn it_says_how_long_to_wait() {
        assert!(status(Before::Nothing, Some(160)).contains("wait 60 seconds"));
        let early = status(Before::TooEarly, Some(137));
        assert!(early.contains("too early") && early.contains("37 seconds"), "{early}");
        assert!(!status(Before::Nothing, Some(100)).contains("seconds"));
        assert!(!status(Before::Nothing, None).contains("seconds"));
    }

    #[test]
    fn what_was_in_vain_is_not_tried_again_unasked() {
        assert!(html(Before::Nothing, None).contains("data-unasked=\"\""));
        assert!(!html(Before::InVain, None).contains("data-unasked"));
    }

    #[test]
    fn the_script_can_stand_in_a_page() {
        assert!(!SCRIPT.contains("</script") && !SCRIPT.contains("<!--"));
    }
}
