//! What happened to a person's account, with what to do about it, until they put it away.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::locale::Locale;
use domain::notice::{Notice, NoticeKind};
use domain::session::SessionKind;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::user_agent::device_name;
use crate::api;
use crate::i18n::{Messages, moment};

/// The notices, newest first. Nothing when there are none. `here` is the page they stand on.
#[component]
pub(crate) fn Told(notices: Vec<Notice>, here: String, locale: Locale, t: &'static Messages) -> impl IntoView {
    let newest = notices.first()?.at;
    let lines = notices.into_iter().map(|notice| view! { <Line notice=notice locale=locale t=t /> });
    Some(view! {
        <section class="card told" aria-labelledby="told">
            <h2 id="told">{t.told.title}</h2>
            <ul>{lines.collect_view()}</ul>
            <form method="post" action=api::PutNoticesAway::PATH>
                <input type="hidden" name="until" value=newest.to_rfc3339_opts(SecondsFormat::Micros, true) />
                <input type="hidden" name="here" value=here />
                <button class="button button-quiet" type="submit">{t.told.put_away}</button>
            </form>
        </section>
    })
}

#[component]
fn Line(notice: Notice, locale: Locale, t: &'static Messages) -> impl IntoView {
    let told = &t.told;
    let (what, hint) = match notice.kind {
        NoticeKind::NewDevice => (told.new_device, told.new_device_hint),
        NoticeKind::PhoneChanged => (told.phone_changed, told.phone_changed_hint),
        NoticeKind::RefreshReplayed => (told.replayed, told.replayed_hint),
        NoticeKind::Rebound => (told.rebound, told.rebound_hint),
        NoticeKind::PasskeyAdded => (told.passkey_added, told.passkey_added_hint),
        NoticeKind::PasskeyRemoved => (told.passkey_removed, told.removed_hint),
        NoticeKind::SecondFactorAdded => (told.factor_added, told.factor_added_hint),
        NoticeKind::SecondFactorRemoved => (told.factor_removed, told.removed_hint),
    };
    // Who moved the account is somebody whose device is no matter; who turned texts on had none.
    let is_about_device = matches!(notice.kind, NoticeKind::NewDevice | NoticeKind::RefreshReplayed);
    let session = notice.session.filter(|_| is_about_device);
    let name = is_about_device.then(|| {
        let (kind, name) = session.as_ref().map_or((SessionKind::Web, None), |about| (about.kind, about.device_name.as_deref()));
        device_name(kind, name, &t.devices)
    });
    let is_over = is_about_device && !session.as_ref().is_some_and(|about| about.is_alive);
    let hint = if is_over && notice.kind == NoticeKind::NewDevice { told.is_over } else { hint };
    let end = session.filter(|about| about.is_alive).map(|about| {
        let label = format!("{}: {}", t.devices.end, name.as_deref().unwrap_or_default());
        view! {
            <form method="post" action=api::EndSession::PATH>
                <input type="hidden" name="session" value=about.id.to_string() />
                <button class="button button-quiet" type="submit" aria-label=label>{t.devices.end}</button>
            </form>
        }
    });
    let device = name.map(|name| view! { <bdi dir=locale.dir()>{name}</bdi> " · " });
    let from = notice.moved_from.filter(|_| notice.kind == NoticeKind::PhoneChanged);
    let from = from.map(|number| view! { {told.from} " " <bdi class="phone" dir="ltr">{number}</bdi> " · " });
    view! {
        <li>
            <div>
                <h3>{what}</h3>
                <p>{device} {from} <When at=notice.at locale=locale /></p>
                <p>{hint}</p>
            </div>
            {end}
        </li>
    }
}

#[component]
fn When(at: DateTime<Utc>, locale: Locale) -> impl IntoView {
    view! { <time datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true)>{moment(at, locale)}</time> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::messages;
    use domain::notice::NoticedSession;

    const SESSION: &str = "01936f5e-0000-7000-8000-000000000007";

    fn notice(kind: NoticeKind, is_alive: bool) -> Notice {
        Notice {
            id: "01936f5e-0000-7000-8000-000000000000".parse().expect("an id"),
            at: "2026-11-22T12:12:00.000001Z".parse().expect("an instant"),
            kind,
            moved_from: (kind == NoticeKind::PhoneChanged).then(|| "+9665•••••567".to_owned()),
            session: Some(NoticedSession {
                id: SESSION.parse().expect("an id"),
                kind: SessionKind::Web,
                device_name: Some("Mozilla/5.0 (Linux; Android 15) Chrome/131.0 Mobile Safari/537.36".to_owned()),
                is_alive,
            }),
        }
    }

    fn html(notices: Vec<Notice>, locale: Locale) -> String {
        let here = "/account".to_owned();
        Owner::new().with(|| view! { <Told notices=notices here=here locale=locale t=messages(locale) /> }.to_html())
    }

    #[test]
    fn a_new_sign_in_names_the_device_and_the_time_and_can_be_ended_at_once() {
        let html = html(vec![notice(NoticeKind::NewDevice, true)], Locale::En);
        for text in [
            "New sign-in",
            "Chrome on Android",
            "Sunday 22 November 2026, 15:12",
            "/sf/end-session",
            SESSION,
            "2026-11-22T12:12:00.000001Z",
            "Not you?",
        ] {
            assert!(html.contains(text), "{text} in {html}");
        }
        assert!(!html.contains("Mozilla"), "{html}");
    }

    #[test]
    fn what_is_over_cannot_be_ended_and_says_so() {
        let html = html(vec![notice(NoticeKind::NewDevice, false)], Locale::En);
        assert!(html.contains("That session is over.") && !html.contains("/sf/end-session"), "{html}");
    }

    #[test]
    fn every_kind_has_its_words_in_both_languages_and_none_are_empty() {
        for locale in [Locale::Ar, Locale::En] {
            let all: Vec<_> = NoticeKind::ALL.into_iter().map(|kind| html(vec![notice(kind, false)], locale)).collect();
            for (at, one) in all.iter().enumerate() {
                assert!(!all[..at].contains(one), "{one}");
            }
            assert!(all[1].contains("<bdi dir=\"ltr\" class=\"phone\">+9665•••••567</bdi>"), "{}", all[1]);
        }
        assert!(!html(Vec::new(), Locale::Ar).contains("told"));
    }
}
