//! Pairs of bars over time, drawn by the server: what there was as an outline, and the part of it that counts as a solid bar inside. Nothing
//! is told by colour alone, and the figures stand in a table beside it. Time goes as the language is read: the latest is at the end of
//! the line, which is the left in Arabic.

use domain::locale::Locale;
use leptos::prelude::*;

/// Of the drawing, not of the screen.
const HEIGHT: f64 = 100.0;
const STEP: f64 = 24.0;
const BAR: f64 = 16.0;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    x: f64,
    y: f64,
    height: f64,
}

/// The chart and what its bars are.
#[component]
pub(crate) fn Bars(
    title: String,
    outline: &'static str,
    solid: &'static str,
    highest: &'static str,
    bars: Vec<(u64, u64)>,
    locale: Locale,
) -> impl IntoView {
    let width = number(bars.len() as u64) * STEP;
    let most = bars.iter().map(|(all, part)| *all.max(part)).max().unwrap_or_default();
    let is_mirrored = locale == Locale::Ar;
    let count = bars.len();
    let drawn = bars.into_iter().enumerate().map(|(at, (all, part))| {
        let at = if is_mirrored { count - 1 - at } else { at };
        let (outer, inner) = (place(at, all, most), place(at, part, most));
        view! {
            <rect class="bar-outline" x=outer.x.to_string() y=outer.y.to_string() width=BAR.to_string() height=outer.height.to_string() />
            <rect class="bar-solid" x=(inner.x + 4.0).to_string() y=inner.y.to_string() width=(BAR - 8.0).to_string() height=inner.height.to_string() />
        }
    });
    let drawn = drawn.collect_view();
    view! {
        <figure class="bars">
            <svg viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=title focusable="false" preserveAspectRatio="none">
                {drawn}
            </svg>
            <figcaption>
                <span class="bars-key bars-key-outline" aria-hidden="true"></span> {outline} " "
                <span class="bars-key bars-key-solid" aria-hidden="true"></span> {solid} " · "
                {highest} ": " {most}
            </figcaption>
        </figure>
    }
}

fn place(at: usize, value: u64, most: u64) -> Place {
    let height = if most == 0 { 0.0 } else { (number(value) / number(most) * (HEIGHT - 2.0) * 10.0).round() / 10.0 };
    Place { x: number(at as u64) * STEP + (STEP - BAR) / 2.0, y: HEIGHT - 1.0 - height, height }
}

#[expect(clippy::cast_precision_loss, reason = "a picture of at most a few dots")]
fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(locale: Locale) -> String {
        let bars = vec![(10, 5), (20, 0)];
        Owner::new().with(|| {
            view! { <Bars title="t".to_owned() outline="sent" solid="entered" highest="highest" bars=bars locale=locale /> }
                .to_html()
        })
    }

    #[test]
    fn the_highest_bar_fills_the_chart_and_time_goes_as_the_language_is_read() {
        assert_eq!(place(0, 20, 20), Place { x: 4.0, y: 1.0, height: 98.0 });
        assert_eq!(place(1, 10, 20), Place { x: 28.0, y: 50.0, height: 49.0 });
        assert!(place(1, 0, 0).height < 0.001, "nothing of nothing");
        let first = |html: &str| html.split(" x=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        assert_eq!((first(&html(Locale::En)).as_deref(), first(&html(Locale::Ar)).as_deref()), (Some("4"), Some("28")));
        assert!(html(Locale::En).contains("role=\"img\"") && html(Locale::En).contains("aria-label=\"t\""));
    }
}
