//! The form around a list of people: what is done to those who are ticked, to all on the page, or to all who match.

use domain::people::BulkAct;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::i18n::AdminBulk;

/// `here` is the address of the list, `file` that of its file without the kind, `ids` those on the page, and `is_all` whether nobody else
/// matches.
#[component]
pub(crate) fn Many(
    here: String,
    file: String,
    ids: Vec<String>,
    is_all: bool,
    t: &'static AdminBulk,
    children: Children,
) -> impl IntoView {
    // Whole lists are counted; of longer ones it is said that they are longer.
    let count = if is_all { (t.count)(u32::try_from(ids.len()).unwrap_or(u32::MAX)) } else { (t.count_more)(ids.len()) };
    let count = (is_all || !here.contains("after=")).then(|| view! { <p class="hint" id="count">{count}</p> });
    let acts = BulkAct::ALL.map(|act| view! { <option value=act.as_str()>{t.act_of(act)}</option> });
    let shown = ids.join(",");
    let (spreadsheet, raw) = (format!("{file}spreadsheet"), format!("{file}raw"));
    view! {
        {count}
        <form method="post" action=api::AdminPrepareBulk::PATH>
            <input type="hidden" name="here" value=here />
            <input type="hidden" name="shown" value=shown />
            {children()}
            <details class="filters" id="bulk">
                <summary>{t.with_many}</summary>
                <fieldset class="many">
                    <legend>{t.whom}</legend>
                    <label class="choice"><input type="radio" name="whom" value="ticked" checked /> <span>{t.ticked}</span></label>
                    <label class="choice"><input type="radio" name="whom" value="page" /> <span>{t.this_page}</span></label>
                    <label class="choice">
                        <input type="radio" name="whom" value="matching" aria-describedby="matching-hint" />
                        <span>{t.all_matching}</span>
                    </label>
                    <p class="hint" id="matching-hint">{t.all_matching_hint}</p>
                </fieldset>
                <div class="find-box">
                    <div class="field">
                        <label for="act">{t.act}</label>
                        <select id="act" name="act">{acts.into_iter().collect_view()}</select>
                    </div>
                    <button class="button" type="submit">{t.go_on}</button>
                </div>
            </details>
        </form>
        <p class="hint">
            {t.export_all} ": " <a href=spreadsheet download="people.csv">{t.for_spreadsheets}</a> " · "
            <a href=raw download="people.csv">{t.for_programs}</a>
        </p>
    }
}
