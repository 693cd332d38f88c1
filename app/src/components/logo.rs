//! The mark, a round mirror in an arch, and the drawing it is taken from.

use leptos::prelude::*;

/// The mark alone. It says nothing to a screen reader: the name stands beside it.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
            <path class="mark-arch" d="M4.5 29V14.5a11.5 11.5 0 0 1 23 0V29" />
            <circle class="mark-glass" cx="16" cy="14.5" r="5.8" />
            <path class="mark-line" d="M16 20.3V29M11 29h10" />
        </svg>
    }
}

/// The drawing on the front page: an arch, a mirror, a branch. Colours come from the style sheet.
#[component]
pub(crate) fn Scene() -> impl IntoView {
    view! {
        <svg class="scene" viewBox="0 0 360 400" aria-hidden="true" focusable="false">
            <path class="scene-wall" d="M30 400V180a150 150 0 0 1 300 0v220z" />
            <path class="scene-niche" d="M72 400V186a108 108 0 0 1 216 0v214z" />
            <circle class="scene-sun" cx="180" cy="176" r="72" />
            <path class="scene-glint" d="M140 168a42 42 0 0 1 30-34" />
            <path class="scene-line" d="M180 248v44" />
            <path class="scene-table" d="M56 324h248v14H56z" />
            <path class="scene-line" d="M88 338v62M272 338v62" />
            <path class="scene-vase" d="M236 324c-12-10-14-26-6-38v-14h24v14c8 12 6 28-6 38z" />
            <path class="scene-branch" d="M242 272c-2-34 8-62 30-88M244 246c-10-14-14-28-12-44M250 226c12-4 24-4 36 2" />
            <ellipse class="scene-leaf" cx="274" cy="180" rx="7" ry="13" transform="rotate(38 274 180)" />
            <ellipse class="scene-leaf" cx="231" cy="196" rx="6" ry="12" transform="rotate(-10 231 196)" />
            <ellipse class="scene-leaf" cx="291" cy="230" rx="6" ry="12" transform="rotate(104 291 230)" />
            <ellipse class="scene-leaf" cx="259" cy="206" rx="6" ry="11" transform="rotate(-24 259 206)" />
            <path class="scene-bowl" d="M98 306h52c0 12-10 18-26 18s-26-6-26-18z" />
            <path class="scene-line" d="M172 292h16l6 32h-28z" />
        </svg>
    }
}
