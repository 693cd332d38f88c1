//! A button that makes or shows a passkey. Passkeys need a script by their nature: without one there is no button, and where one would be
//! missed the page says so.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::i18n::Passkeys;
use crate::pages::passkey_options;

/// It goes with the page, and runs where it stands: what it shows is there before the page is painted.
const SCRIPT: &str = include_str!("passkey.js");

/// What is to be done with a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// One is added on `/account/passkeys`.
    Add,
    /// One is added as the second factor.
    Enrol,
    /// One is shown.
    Show,
    /// Somebody signs in.
    SignIn,
}

impl Way {
    const ALL: [Self; 4] = [Self::Add, Self::Enrol, Self::Show, Self::SignIn];

    /// The last part of the address that begins it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Enrol => "enrol",
            Self::Show => "show",
            Self::SignIn => "sign-in",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }

    const fn makes(self) -> bool {
        matches!(self, Self::Add | Self::Enrol)
    }
}

/// The form. Nothing of it when there can be no passkeys at the address that people use (`domain`). What else it sends are its children.
#[component]
pub(crate) fn PasskeyForm(
    way: Way,
    domain: Option<String>,
    action: &'static str,
    label: &'static str,
    /// Whether it is the first thing to do on the page.
    #[prop(optional)]
    is_first: bool,
    /// Whether to say so where it cannot be done.
    #[prop(optional)]
    is_missed: bool,
    t: &'static Passkeys,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let domain = domain?;
    let class = if is_first { "button button-wide" } else { "button button-wide button-quiet" };
    let does = if way.makes() { "make" } else { "show" };
    let instead = is_missed.then(|| {
        view! {
            <noscript>
                <p class="hint">{t.not_here}</p>
            </noscript>
            <p class="hint passkey-instead" data-passkey-instead="" hidden>
                {t.not_here}
            </p>
        }
    });
    Some(view! {
        {instead}
        <form
            class="passkey"
            method="post"
            action=action
            data-way=does
            data-options=passkey_options::address(way)
            data-domain=domain
            data-cancelled=t.cancelled
            data-already=t.already
            data-failed=t.failed
            hidden
        >
            {children.map(|children| children())}
            <input type="hidden" name="ceremony" />
            <input type="hidden" name="credential" />
            <button class=class type="submit">{label}</button>
            <p class="hint" role="status"></p>
        </form>
        <script nonce=use_nonce() inner_html=SCRIPT></script>
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::messages;
    use domain::locale::Locale;

    fn html(domain: Option<&str>, is_missed: bool) -> String {
        let (t, domain) = (&messages(Locale::En).passkeys, domain.map(str::to_owned));
        Owner::new().with(|| {
            view! { <PasskeyForm way=Way::Show domain=domain action="/sf/x" label="Use it" is_missed=is_missed t=t /> }.to_html()
        })
    }

    #[test]
    fn it_is_hidden_until_its_script_shows_it_and_not_there_where_it_cannot_be() {
        let html = [html(None, true), html(Some("salon.example"), false), html(Some("salon.example"), true)];
        assert!(!html[0].contains("form") && !html[0].contains("script"));
        assert!(
            html[1].contains("data-domain=\"salon.example\"") && html[1].contains(" hidden") && !html[1].contains("noscript")
        );
        assert!(html[2].contains("<noscript>") && html[2].contains("data-passkey-instead"));
    }

    #[test]
    fn the_script_stands_behind_its_form_and_can_stand_in_a_page() {
        assert!(html(Some("salon.example"), true).contains("</form><script"), "it looks for the form before it");
        assert!(!SCRIPT.contains("</script") && !SCRIPT.contains("<!--"));
    }

    #[test]
    fn every_way_has_its_address() {
        for way in Way::ALL {
            assert_eq!(Way::parse(way.as_str()), Some(way));
        }
        assert_eq!(Way::parse("another"), None);
    }
}
