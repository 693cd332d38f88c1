//! The built site: where the hashed files are, as `manifest.json` in the site root says.

use std::path::Path;

use serde::Deserialize;

pub use app::Assets;

#[derive(Deserialize)]
struct Manifest {
    css: String,
    admin_css: String,
    admin_js: String,
    js: String,
    wasm: String,
}

/// Reads `manifest.json`. Without one the pages still work, unstyled and without islands, so a missing site is a warning.
pub fn read(site_root: &Path) -> Assets {
    let path = site_root.join("manifest.json");
    let manifest = std::fs::read(&path).map_err(|error| error.to_string());
    match manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).map_err(|error| error.to_string())) {
        Ok(Manifest { css, admin_css, admin_js, js, wasm }) => {
            Assets { css: url(&css), admin_css: url(&admin_css), admin_js: url(&admin_js), js: url(&js), wasm: url(&wasm) }
        }
        Err(error) => {
            tracing::warn!(path = %path.display(), error, "the site is not built; pages have no style and no islands");
            Assets::default()
        }
    }
}

/// The manifest may name files or addresses.
fn url(file: &str) -> std::sync::Arc<str> {
    if file.starts_with('/') { file.into() } else { format!("/pkg/{file}").into() }
}
