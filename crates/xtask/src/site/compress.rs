//! Brotli and gzip beside each file: the best they can do in a release, the quickest otherwise.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Packs bytes; the flag says whether time does not matter.
pub type Pack = fn(&[u8], bool) -> Result<Vec<u8>>;

/// The suffixes the server looks for.
pub const FORMS: [(&str, Pack); 2] = [("br", brotli), ("gz", gzip)];

/// Text, code and uncompressed pictures shrink; fonts and photographs are compressed already.
const COMPRESSIBLE: [&str; 12] = ["css", "html", "ico", "js", "json", "map", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"];

pub fn is_worth_it(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

fn brotli(bytes: &[u8], best: bool) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: if best { 11 } else { 2 },
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
    Ok(packed)
}

fn gzip(bytes: &[u8], best: bool) -> Result<Vec<u8>> {
    let level = if best { Compression::best() } else { Compression::fast() };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
