//! One style sheet out of `style/main.css` and what it imports.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Features, Targets};

/// Bundled and minified.
pub fn bundle(entry: &Path) -> Result<String> {
    anyhow::ensure!(entry.is_file(), "{} is missing: it is the style sheet of every page", entry.display());
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(entry)
        // The error borrows the file provider, so it is turned into text here. It names the file and line.
        .map_err(|error| anyhow!("{error}"))
        .context("the style sheets do not parse")?;
    sheet
        .minify(MinifyOptions { targets: targets(), ..Default::default() })
        .map_err(|error| anyhow!("{error}"))
        .context("the style sheets cannot be minified")?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets: targets(), ..Default::default() })
        .map_err(|error| anyhow!("{error}"))
        .context("the style sheets cannot be printed")?;
    Ok(printed.code)
}

/// Browsers of spring 2023 and later: all of them have cascade layers, `color-mix()` and logical properties.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Targets {
        browsers: Some(Browsers {
            chrome: version(111, 0),
            android: version(111, 0),
            edge: version(111, 0),
            firefox: version(113, 0),
            safari: version(16, 4),
            ios_saf: version(16, 4),
            samsung: version(22, 0),
            ..Browsers::default()
        }),
        // Whatever the versions above: a page in Arabic depends on start and end, so they are never turned into left and right.
        exclude: Features::LogicalProperties,
        ..Targets::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle_of(name: &str, main: &str, imported: &str) -> Result<String> {
        let dir = std::env::temp_dir().join(format!("salon-css-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir)?;
        std::fs::write(dir.join("main.css"), main)?;
        std::fs::write(dir.join("part.css"), imported)?;
        let css = bundle(&dir.join("main.css"));
        std::fs::remove_dir_all(&dir)?;
        css
    }

    #[test]
    fn imports_end_up_in_one_small_file() {
        let css = bundle_of("import", "@import \"part.css\";\nb { color: #ffffff }", "a { color: red; }").unwrap();
        assert_eq!(css, "a{color:red}b{color:#fff}");
    }

    #[test]
    fn logical_properties_stay_logical() {
        let css =
            bundle_of("logical", "a { margin-inline-start: 1rem; inset-inline-end: 0; border-start-start-radius: 4px }", "")
                .unwrap();
        assert!(css.contains("margin-inline-start:1rem"), "{css}");
        assert!(css.contains("inset-inline-end:0"), "{css}");
        assert!(css.contains("border-start-start-radius:4px"), "{css}");
        assert!(!css.contains("left") && !css.contains("right"), "{css}");
    }

    #[test]
    fn a_broken_style_sheet_is_named() {
        let error = bundle_of("broken", "@import \"part.css\";", "a { color: red; } }").unwrap_err();
        assert!(format!("{error:#}").contains("part.css"), "{error:#}");
    }
}
