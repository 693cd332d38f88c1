//! `/account/delete`: asks once more.

use axum::response::Response;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api;
use crate::components::notice::Notices;
use crate::document::{MAIN_FORM, Page};
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(mut visit: Visit) -> Response {
    if let Err(away) = visit.signed_in() {
        return *away;
    }
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.account);
    let here = visit.here.clone();
    let fault = flash.fault_of("confirm", locale, now);
    let page = Page { has_error: !flash.faults.is_empty(), ..Page::form(t.delete_title) };
    visit.render(page, move || {
        let points = t.delete_points.iter().map(|point| view! { <li>{*point}</li> }).collect_view();
        let described = fault.is_some().then_some("confirm-error");
        let invalid = fault.is_some().then_some("true");
        view! {
            <div class="card">
                <p class="crumb"><a href=path::ACCOUNT>{t.title}</a></p>
                <h1>{t.delete_title}</h1>
                <Notices flash=flash locale=locale now=now />
                <p>{t.delete_what}</p>
                <ul class="bullets">{points}</ul>
                <form id=MAIN_FORM method="post" action=api::DeleteAccount::PATH>
                    <input type="hidden" name="here" value=here />
                    {fault.map(|fault| view! { <p class="field-error" id="confirm-error">{fault}</p> })}
                    <label class="choice">
                        <input id="confirm" type="checkbox" name="confirm" value="yes" aria-describedby=described aria-invalid=invalid />
                        <span>{t.delete_confirm}</span>
                    </label>
                    <div class="row row-even">
                        <button class="button button-danger" type="submit">{t.delete_button}</button>
                        <a class="button button-quiet" href=path::ACCOUNT>{t.delete_keep}</a>
                    </div>
                </form>
            </div>
        }
    })
}
