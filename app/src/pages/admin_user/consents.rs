//! `/admin/users/{id}/consents`: what somebody agreed to, and writing down what they said at the desk.

use axum::extract::Path;
use axum::response::Response;
use domain::consent::{ConsentPurpose, is_granted};
use domain::error::ErrorCode;
use domain::user::UserStatus;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::consents::Ledger;
use crate::components::notice::Notices;
use crate::components::person::PersonFrame;
use crate::document::{Page, Width};
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let (user, ledger) = match visit.web.usecases.read_consents(&admin, id).await {
        Ok(found) => found,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now, m) = (visit.locale, visit.now_s(), visit.t);
    let (t, words) = (&m.admin_privacy, &m.privacy);
    let flash = visit.take_flash();
    let title = format!("{} · {} {}", m.admin.consents, m.admin.users, user.id.short());
    let page = Page { has_error: !flash.faults.is_empty(), width: Width::Full, ..Page::new(title) };
    visit.render(page, move || {
        let purpose = ConsentPurpose::MarketingSms;
        // The other answer than what holds is the one there is to write down.
        let (answer, label) = if is_granted(&ledger, purpose) { ("no", t.desk_taken_back) } else { ("yes", t.desk_granted) };
        let desk = if user.status == UserStatus::Active {
            view! {
                <form method="post" action=api::AdminRecordConsent::PATH>
                    <p>{t.desk_lead}</p>
                    <input type="hidden" name="user" value=user.id.to_string() />
                    <input type="hidden" name="purpose" value=purpose.as_str() />
                    <div class="row">
                        <button class="button button-quiet" type="submit" name="is_granted" value=answer>{label}</button>
                    </div>
                </form>
            }
            .into_any()
        } else {
            view! { <p class="hint">{t.desk_not_active}</p> }.into_any()
        };
        view! {
            <PersonFrame user=user here="/consents" locale=locale t=&m.admin>
                <Notices flash=flash locale=locale now=now />
                <Ledger ledger=ledger locale=locale t=words />
                <section class="card" aria-labelledby="desk">
                    <h2 id="desk">{t.desk}</h2>
                    {desk}
                </section>
            </PersonFrame>
        }
    })
}
