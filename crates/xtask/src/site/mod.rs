//! The site directory: what the browser loads beside the pages.
//!
//! `pkg/` holds the hashed scripts, wasm module and style sheets, the rest is a copy of `public/`; each file that shrinks has
//! `.br` and `.gz` beside it. `manifest.json` names the hashed files: the server reads it when it starts.
//!
//! To add a kind of asset: a file here that makes its bytes, a line in [`build`], and a field in [`Manifest`] if its name has
//! a hash.

mod compress;
mod css;
mod wasm;
mod writer;

use std::fs::File;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::walk;
use crate::workspace::Workspace;
use writer::Writer;

/// The addresses of the hashed files.
#[derive(Serialize)]
struct Manifest {
    css: String,
    admin_css: String,
    admin_js: String,
    js: String,
    wasm: String,
}

/// Builds the site from the compiled wasm module, the style sheets and the public files. No Rust is compiled here.
pub fn build(ws: &Workspace, release: bool) -> Result<()> {
    // Two builds at once would remove each other's files.
    let turn = File::create(ws.target.join("site.lock")).context("cannot write to the target directory")?;
    turn.lock()?;
    let mut writer = Writer::new(ws.site(), release);
    public(ws, &mut writer)?;
    let css = css::bundle(&ws.path("style/main.css"))?;
    let css = writer.hashed("pkg/salon", "css", css.as_bytes())?;
    let admin_css = css::bundle(&ws.path("style/desk.css"))?;
    let admin_css = writer.hashed("pkg/admin", "css", admin_css.as_bytes())?;
    // As it is written: small, and without a package to import.
    let admin_js = std::fs::read(ws.path("app/src/components/palette.mjs")).context("the script of the admin is missing")?;
    let admin_js = writer.hashed("pkg/admin", "js", &admin_js)?;
    let (js, wasm) = wasm::bind(ws, release, &mut writer)?;
    let manifest = Manifest { css, admin_css, admin_js, js, wasm };
    // Last: whoever reads it finds every file it names.
    writer.plain("manifest.json", &serde_json::to_vec_pretty(&manifest)?)?;
    writer.drop_stale()
}

fn public(ws: &Workspace, writer: &mut Writer) -> Result<()> {
    let dir = ws.path("public");
    for file in walk::files(&dir)? {
        let name = file.strip_prefix(&dir)?.to_str().context("a public file's name is not UTF-8")?.to_owned();
        writer.asset(&name, &std::fs::read(&file)?)?;
    }
    Ok(())
}
