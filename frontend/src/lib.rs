//! The wasm module: it wakes the islands of the page up. They are all in `app::islands`; nothing is added here.

// Linked for the functions it exports, one for each island.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the reactive system. The page's script calls it once, then each island's own function.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
