//! `/`: what Salon is, and the way in.

use axum::response::Response;
use domain::person::{Audience, display_name};
use leptos::prelude::*;

use crate::components::logo::Scene;
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::document::{Page, Width};
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(mut visit: Visit) -> Response {
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, visit.now_s(), &visit.t.home);
    let (actor, browse) = (visit.actor.clone(), visit.t.salons.browse);
    let page = Page { width: Width::Wide, ..Page::new(t.title) };
    visit.render(page, move || {
        let words = match actor {
            Some(actor) => {
                let short_id = actor.user.id.short();
                let shown = display_name(&actor.user.as_person(&short_id), Audience::SelfView, locale);
                let name = match actor.user.phone.filter(|_| shown.is_phone) {
                    Some(number) => view! { <Phone number=number /> }.into_any(),
                    None => view! { <bdi>{shown.text}</bdi> }.into_any(),
                };
                view! {
                    <h1>{t.greeting} " " {name}</h1>
                    <p class="lead">{t.greeting_lead}</p>
                    <p class="row">
                        <a class="button" href=path::SALONS>{browse}</a>
                        <a class="button button-quiet" href=path::ACCOUNT>{t.to_account}</a>
                    </p>
                }
                .into_any()
            }
            None => view! {
                <h1>{t.headline}</h1>
                <p class="lead">{t.lead}</p>
                <p class="row">
                    <a class="button" href=path::LOGIN>{t.call}</a>
                    <a class="button button-quiet" href=path::SALONS>{browse}</a>
                </p>
                <p class="hint">{t.call_note}</p>
            }
            .into_any(),
        };
        let points = t.points.iter().map(|(title, text)| {
            view! {
                <li>
                    <h2>{*title}</h2>
                    <p>{*text}</p>
                </li>
            }
        });
        view! {
            <Notices flash=flash locale=locale now=now />
            <section class="hero">
                <div class="hero-words">{words}</div>
                <Scene />
            </section>
            <ul class="points">{points.collect_view()}</ul>
        }
    })
}
