//! What somebody agreed to: the one question, and the ledger.

use domain::consent::{Consent, ConsentPurpose, in_force};
use domain::locale::Locale;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::i18n::{Privacy, consent_wording, moment};

/// Whether somebody agrees to offers, in the words they agree to, and a button for the other answer. `here` is the page it stands on.
#[component]
pub(crate) fn Marketing(ledger: Vec<Consent>, here: &'static str, locale: Locale, t: &'static Privacy) -> impl IntoView {
    let purpose = ConsentPurpose::MarketingSms;
    let line = in_force(&ledger, purpose);
    let is_granted = line.is_some_and(|line| line.is_granted);
    // What they did agree to, if they did; else what there is to agree to.
    let (version, language) = match line {
        Some(line) if line.is_granted => (line.wording_version, line.locale),
        _ => (purpose.wording_version(), locale),
    };
    let wording = consent_wording(purpose, version, language);
    let stands = match line {
        Some(line) if line.is_granted => view! { <span class="good">{t.agreed} " " {moment(line.at, locale)}</span> }.into_any(),
        _ => t.not_agreed.into_any(),
    };
    let (answer, label) = if is_granted { ("no", t.take_back) } else { ("yes", t.agree) };
    view! {
        <section class="card" aria-labelledby="marketing">
            <h2 id="marketing">{t.purpose_of(purpose)}</h2>
            <p lang=language.as_str() dir=language.dir()>{wording}</p>
            <p>{stands}</p>
            <p class="hint">{t.consents_lead}</p>
            <form class="row" method="post" action=api::SayConsent::PATH>
                <input type="hidden" name="purpose" value=purpose.as_str() />
                <input type="hidden" name="page" value=here />
                <button class="button button-quiet" type="submit" name="is_granted" value=answer>{label}</button>
            </form>
        </section>
    }
}

/// Every line, newest first.
#[component]
pub(crate) fn Ledger(ledger: Vec<Consent>, locale: Locale, t: &'static Privacy) -> impl IntoView {
    if ledger.is_empty() {
        return view! { <p class="hint">{t.ledger_none}</p> }.into_any();
    }
    let lines = ledger.into_iter().map(|line| {
        let what = if line.is_granted { t.granted } else { t.taken_back };
        view! {
            <li>
                <div>
                    <h3>{what} ": " {t.purpose_of(line.purpose)}</h3>
                    <p>
                        {moment(line.at, locale)} " · " {t.source_of(line.source)} " · "
                        {format!("{}: {} ({})", t.version, line.wording_version, line.locale.as_str())}
                    </p>
                </div>
            </li>
        }
    });
    view! { <ul class="card rows">{lines.collect_view()}</ul> }.into_any()
}
