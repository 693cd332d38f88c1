//! `/admin/salons/{slug}/reviews`: what customers said, and whether the public reads it.

use axum::extract::Path;
use axum::response::Response;
use domain::locale::Locale;
use domain::permission::Permission;
use domain::person::{Audience, DisplayName, display_name};
use domain::review::{Flags, ReviewStatus, author_name};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{Error, ListReviews, SalonDesk, SignedReview};

use crate::components::desk::DeskFrame;
use crate::components::notice::Notices;
use crate::components::text_area::TextArea;
use crate::components::when::When;
use crate::document::{Page, Width};
use crate::flow::Flash;
use crate::i18n::Counter as Words;
use crate::routes::path;
use crate::visit::{Visit, query_value};
use crate::{api, faults};

pub(crate) async fn page(Path(slug): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    if admin.require(Permission::CatalogueEdit).is_err() {
        return faults::of(visit, &Error::Forbidden);
    }
    let uc = visit.web.usecases.clone();
    let desk = match uc.read_desk(&admin, &slug).await {
        Ok(desk) => desk,
        Err(error) => return faults::of(visit, &error),
    };
    let status = visit.query("status").and_then(|text| ReviewStatus::parse(&text)).unwrap_or(ReviewStatus::Pending);
    let asked = ListReviews { status, after: visit.query("after") };
    let list = match uc.list_reviews_to_decide(&admin, desk.salon.id, &asked).await {
        Ok(list) => list,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now, t) = (visit.locale, uc.clock().now(), &visit.t.counter);
    let older = visit.t.admin_person.older;
    let title = format!("{} · {}", t.reviews, desk.salon.name.get(locale));
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(title) };
    visit.render(page, move || {
        let base = path::desk(desk.salon.slug.as_str(), "reviews");
        let tabs = ReviewStatus::ALL.map(|one| {
            let current = (one == status).then_some("true");
            view! { <li><a href=format!("{base}?status={}", one.as_str()) aria-current=current>{t.review_status(one)}</a></li> }
        });
        let next = list.page.next.map(|after| {
            let to = format!("{base}?status={}&after={}", status.as_str(), query_value(&after));
            view! { <p class="row"><a class="button button-quiet" href=to rel="next">{older}</a></p> }
        });
        let may = list.may_view_phone;
        let rows = list.page.items.into_iter().map(|signed| {
            view! {
                <One signed=signed desk=desk.clone() flash=flash.clone() may_view_phone=may locale=locale now=now t=t />
            }
        });
        let rows: Vec<_> = rows.collect();
        let rows = if rows.is_empty() {
            view! { <div class="card nobody"><p>{t.no_reviews}</p></div> }.into_any()
        } else {
            view! { <ul class="desk-reviews">{rows}</ul> }.into_any()
        };
        view! {
            <DeskFrame desk=desk.clone() here="reviews" locale=locale t=t>
                <h1>{t.reviews}</h1>
                <nav class="tabs" aria-label=t.reviews><ul>{tabs.collect_view()}</ul></nav>
                <Notices flash=flash.clone() locale=locale now=now.timestamp() />
                {rows}
                {next}
            </DeskFrame>
        }
    })
}

#[component]
fn One(
    signed: SignedReview,
    desk: SalonDesk,
    flash: Flash,
    may_view_phone: bool,
    locale: Locale,
    now: chrono::DateTime<chrono::Utc>,
    t: &'static Words,
) -> impl IntoView {
    let SignedReview { review, author, staff_name } = signed;
    let short_id = author.id.short();
    let person = author.as_person(&short_id);
    let DisplayName { text, is_phone } = display_name(&person, Audience::SalonStaff { may_view_phone }, locale);
    let dir = is_phone.then_some("ltr");
    let public = author_name(&person, review.shown_as, locale);
    let flags = Flags::of(review.text.as_deref().unwrap_or_default());
    let phone = flags.has_phone.then(|| view! { <span class="badge badge-danger">{t.has_phone}</span> " " });
    let link = flags.has_link.then(|| view! { <span class="badge badge-danger">{t.has_link}</span> });
    let words = match review.text {
        Some(text) => view! { <p class="note-text" dir="auto">{text}</p> }.into_any(),
        None => view! { <p class="hint">{t.no_text}</p> }.into_any(),
    };
    let staff = staff_name.map(|name| view! { " · " {t.with} " " <bdi>{name.get(locale).to_owned()}</bdi> });
    let stars = review.rating.get();
    let (slug, id) = (desk.salon.slug.as_str().to_owned(), review.id.to_string());
    let booking = path::desk(&slug, &format!("bookings/{}", review.booking_id));
    let acts = [
        (ReviewStatus::Published, "publish", t.publish, "button"),
        (ReviewStatus::Hidden, "hide", t.hide, "button button-quiet"),
    ];
    let acts = acts.into_iter().filter(|act| act.0 != review.status);
    let acts =
        acts.map(|(_, act, words, class)| view! { <button class=class type="submit" name="act" value=act>{words}</button> });
    // Only the one that was sent has its text and its fault back.
    let is_sent = flash.typed_or("review", "") == id;
    let reply = review.reply.unwrap_or_default();
    let typed = if is_sent { flash.typed_or("reply", &reply) } else { reply.clone() };
    let fault = is_sent.then(|| flash.fault_of("reply", locale, now.timestamp())).flatten();
    let status = review.status.as_str();
    let target = move || {
        view! {
            <input type="hidden" name="slug" value=slug.clone() />
            <input type="hidden" name="review" value=id.clone() />
            <input type="hidden" name="status" value=status />
        }
    };
    let (field, is_open) =
        (if is_sent { "reply".to_owned() } else { format!("reply-{}", review.id) }, fault.is_some() || !reply.is_empty());
    view! {
        <li class="card">
            <div>
                <p>
                    <span class="stars" role="img" aria-label=(t.stars)(stars)>{"★".repeat(stars.into())} {"☆".repeat(usize::from(5 - stars.min(5)))}</span>
                    " " <strong><bdi dir=dir>{text}</bdi></strong> {staff}
                </p>
                <p class="hint">{t.shown_as} " " <bdi>{public}</bdi> " · " <When at=review.written_at now=now locale=locale /> " · " <a href=booking>{t.see_booking}</a></p>
            </div>
            <p>{phone} {link}</p>
            {words}
            <form class="row" method="post" action=api::AdminActOnReview::PATH>
                {target()}
                {acts.collect_view()}
            </form>
            <details class="act" open=is_open>
                <summary>{t.reply}</summary>
                <form method="post" action=api::AdminActOnReview::PATH>
                    {target()}
                    <TextArea id=field name="reply" label=t.reply hint=t.reply_hint value=typed fault=fault />
                    <button class="button button-quiet" type="submit" name="act" value="reply">{t.save_reply}</button>
                </form>
            </details>
        </li>
    }
    .into_any()
}
