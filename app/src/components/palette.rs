//! The palette that `Ctrl K` opens, and the list of keys. Both are closed dialogs: without the script (`palette.mjs`) they are never seen,
//! and what they do is in the sidebar and on `/admin/help`.

use domain::locale::Locale;
use domain::permission::Permission;
use domain::role::Role;
use leptos::prelude::*;

use super::admin::entries_for;
use super::icon::{self, Icon};
use crate::i18n::messages;
use crate::routes::path;
use crate::visit::Visit;

/// The two dialogs.
#[component]
pub(crate) fn Palette(visit: Visit) -> impl IntoView {
    let (t, locale) = (&visit.t.desk, visit.locale);
    let roles = visit.actor.map(|actor| actor.user.roles).unwrap_or_default();
    let of = |locale: Locale| &messages(locale).admin;
    let mut pages: Vec<_> =
        entries_for(&roles).map(|(to, label, _)| (*to, label(of(locale)), label(of(locale.other())))).collect();
    pages.push((path::ADMIN_HELP, t.help, messages(locale.other()).desk.help));
    let pages = pages.into_iter().enumerate().map(|(at, (to, label, other))| {
        let mark = icon::mark(to);
        let letter = mark.letter.map(String::from);
        let keys = letter.clone().map(|letter| view! { <kbd dir="ltr" aria-hidden="true">"g " {letter}</kbd> });
        // Either language finds it: people type what they know it by.
        let words = format!("{label} {other}");
        view! {
            <li role="option" id=format!("go-{at}") data-to=to data-words=words data-letter=letter aria-selected="false">
                <Icon path=mark.path />
                <span>{label}</span>
                {keys}
            </li>
        }
    });
    let may_find = roles.iter().any(|role| role.may(Permission::PeopleView));
    let find = may_find.then(|| {
        view! {
            <li role="option" id="go-find" data-find=path::ADMIN_USERS aria-selected="false" hidden>
                <Icon path=icon::SEARCH />
                <span>{t.palette_find} " " <bdi></bdi></span>
            </li>
        }
    });
    let new = roles.iter().any(|role| role.may(Permission::BookingOwn)).then_some(path::ADMIN_BOOKING_NEW);
    let letters = visit.display.has_letters.then_some("");
    view! {
        <dialog class="palette" id="palette" aria-label=t.palette data-letters=letters data-new=new>
            <div class="palette-box">
                <Icon path=icon::SEARCH />
                <input
                    id="palette-input"
                    type="text"
                    role="combobox"
                    aria-label=t.palette
                    aria-autocomplete="list"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    placeholder=t.palette_hint
                    dir="auto"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="go"
                />
                <form method="dialog"><button class="palette-close" type="submit"><kbd dir="ltr" aria-hidden="true">"Esc"</kbd> <span class="sr">{t.close}</span></button></form>
            </div>
            <ul
                role="listbox"
                id="palette-list"
                aria-label=t.palette_list
                data-people=may_find.then_some(path::ADMIN_PALETTE)
            >
                {pages.collect_view()}
                {find}
            </ul>
            <p class="palette-none" hidden>{t.palette_none}</p>
            <p class="sr" role="status" data-count=t.palette_count data-none=t.palette_none></p>
        </dialog>
        <dialog class="keys" id="keys" aria-labelledby="keys-title">
            <h2 id="keys-title">{t.keys}</h2>
            <Keys roles=roles locale=locale />
            <form method="dialog"><button class="button button-quiet" type="submit">{t.close}</button></form>
        </dialog>
    }
    .into_any()
}

/// Which key does what, for somebody with these roles.
#[component]
pub(crate) fn Keys(roles: Vec<Role>, locale: Locale) -> impl IntoView {
    let (t, admin) = (&messages(locale).desk, &messages(locale).admin);
    let general = [("Ctrl K", t.key_palette), ("/", t.key_find), ("?", t.key_help), ("Esc", t.key_escape)];
    let new = roles.iter().any(|role| role.may(Permission::BookingOwn)).then_some(("n", messages(locale).counter.new_booking));
    let general = general.into_iter().chain(new).map(|(key, does)| {
        let keys = key.split(' ').map(|key| view! { <kbd>{key}</kbd> " " }).collect_view();
        view! { <div><dt dir="ltr">{keys}</dt> <dd>{does}</dd></div> }
    });
    let places = entries_for(&roles).filter_map(|(to, label, _)| Some((icon::mark(to).letter?, label(admin))));
    let places = places.map(|(letter, label)| {
        view! {
            <div>
                <dt><kbd>"g"</kbd> " " <small>{t.key_then}</small> " " <kbd>{letter.to_string()}</kbd></dt>
                <dd>{label}</dd>
            </div>
        }
    });
    view! { <dl class="key-list">{general.collect_view()} {places.collect_view()}</dl> }
}
