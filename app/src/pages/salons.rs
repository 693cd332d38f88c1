//! `/salons`: the salons anybody can book in.

use axum::response::Response;
use leptos::prelude::*;

use crate::document::{Page, Width};
use crate::faults;
use crate::routes::path;
use crate::visit::{Visit, query_value};

pub(crate) async fn page(visit: Visit) -> Response {
    let after = visit.query("after");
    let salons = match visit.web.usecases.list_salons(after.as_deref()).await {
        Ok(salons) => salons,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, t) = (visit.locale, &visit.t.salons);
    let page = Page { width: Width::Wide, ..Page::new(t.title) };
    visit.render(page, move || {
        let cards: Vec<_> = salons
            .items
            .into_iter()
            .map(|salon| {
                let address = salon.address.get(locale).map(|text| view! { <p class="hint" dir="auto">{text.to_owned()}</p> });
                let about = salon.about.get(locale).map(|text| view! { <p class="salon-about" dir="auto">{text.to_owned()}</p> });
                view! {
                    <li class="salon-card">
                        <h2><a href=path::salon(&salon.slug)><bdi>{salon.name.get(locale).to_owned()}</bdi></a></h2>
                        <p><span class="badge">{t.clientele(salon.clientele)}</span></p>
                        {about}
                        {address}
                    </li>
                }
            })
            .collect();
        let list = if cards.is_empty() {
            view! {
                <div class="card">
                    <h2>{t.none}</h2>
                    <p class="hint">{t.none_hint}</p>
                </div>
            }
            .into_any()
        } else {
            view! { <ul class="salon-cards">{cards}</ul> }.into_any()
        };
        let more = salons.next.map(|next| {
            let to = format!("{}?after={}", path::SALONS, query_value(&next));
            view! { <p><a class="button button-quiet" href=to rel="next">{t.more}</a></p> }
        });
        view! {
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
            {list}
            {more}
        }
    })
}
