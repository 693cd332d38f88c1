//! Every path that the documents name exists, so that no map shows a street that is gone.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::walk;
use crate::workspace::Workspace;

/// The documents with paths in them, beside everything below `docs/`. CHANGELOG is history: what it names may be gone.
const DOCUMENTS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"];
/// A span that starts with one of these is a path of ours.
const TOPS: [&str; 11] =
    [".cargo", ".ci", "app", "crates", "docs", "end2end", "frontend", "migrations", "public", "server", "style"];
/// A span with a slash that ends like this is meant as a path, wherever it starts.
const ENDINGS: [&str; 8] = [".rs", ".toml", ".md", ".css", ".ts", ".sql", ".csv", ".ftl"];

pub fn run(ws: &Workspace) -> Result<()> {
    let mut wrong = Vec::new();
    for document in documents(ws)? {
        let text = std::fs::read_to_string(&document)?;
        let shown = document.strip_prefix(&ws.root)?.display();
        let near = document.parent().unwrap_or(&ws.root);
        for (line, path) in paths(&text) {
            if !ws.root.join(&path).exists() && !near.join(&path).exists() {
                wrong.push(format!("  {shown}:{line}: {path}"));
            }
        }
    }
    if !wrong.is_empty() {
        bail!("the documents name paths that do not exist:\n{}", wrong.join("\n"));
    }
    Ok(())
}

fn documents(ws: &Workspace) -> Result<Vec<PathBuf>> {
    let mut all: Vec<_> = DOCUMENTS.iter().map(|name| ws.path(name)).filter(|file| file.is_file()).collect();
    let below = walk::files(&ws.path("docs"))?;
    all.extend(below.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")));
    Ok(all)
}

/// The paths in a document's backticks and links, with their line numbers. Fenced blocks are commands and samples: left out.
fn paths(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        let spans = line.split('`').skip(1).step_by(2).filter(|span| is_path(span));
        let links = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next());
        let links = links.filter(|link| !link.is_empty() && !link.contains(':') && !link.starts_with('/'));
        for path in spans.chain(links) {
            found.extend(braces(path).into_iter().filter_map(|path| Some((index + 1, concrete(&path)?))));
        }
    }
    found
}

fn is_path(span: &str) -> bool {
    let first = span.split('/').next().unwrap_or_default();
    let is_ours = TOPS.contains(&first) && span.contains('/');
    let looks_so = span.contains('/') && ENDINGS.iter().any(|ending| span.ends_with(ending));
    let is_address = span.starts_with('/') || span.starts_with('~') || span.contains("://");
    !is_address && !span.contains(char::is_whitespace) && (is_ours || looks_so)
}

/// `a/{b,c}` is two paths.
fn braces(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else {
        return vec![path.to_owned()];
    };
    let Some((choices, after)) = rest.split_once('}') else {
        return vec![path.to_owned()];
    };
    choices.split(',').flat_map(|choice| braces(&format!("{before}{}{after}", choice.trim()))).collect()
}

/// The part of a path that must exist: up to the first name that stands for others (`<name>`, `*`, `…`).
fn concrete(path: &str) -> Option<String> {
    // `file.rs:12` and `file.rs::function` point into a file.
    let path = path.split(':').next().unwrap_or_default();
    let kept: Vec<_> = path.split('/').take_while(|part| !part.contains(['<', '*', '…', '$'])).collect();
    let joined = kept.join("/");
    (!joined.is_empty() && Path::new(&joined).components().count() > 0).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<String> {
        paths(text).into_iter().map(|(_, path)| path).collect()
    }

    #[test]
    fn paths_in_backticks_and_links_are_found_with_their_line() {
        assert_eq!(
            paths("one\nsee `server/src/main.rs` and [the rules](docs/errors.md#codes)"),
            vec![(2, "server/src/main.rs".to_owned()), (2, "docs/errors.md".to_owned())]
        );
    }

    #[test]
    fn braces_name_several_paths() {
        assert_eq!(
            named("`migrations/{sqlite,postgres}/0001.sql`"),
            ["migrations/sqlite/0001.sql", "migrations/postgres/0001.sql"]
        );
    }

    #[test]
    fn a_placeholder_is_checked_up_to_its_directory() {
        assert_eq!(named("`crates/sms/src/<name>.rs`"), ["crates/sms/src"]);
    }

    #[test]
    fn addresses_commands_and_samples_are_not_paths() {
        let text = "`/api/me/` `https://example.com/a.md` `cargo xtask serve` `app` [x](https://x.y)\n```\n`app/none.rs`\n```";
        assert_eq!(named(text), Vec::<String>::new());
    }

    #[test]
    fn a_source_file_in_an_unknown_directory_is_meant_as_a_path() {
        assert_eq!(named("`gone/src/lib.rs`"), ["gone/src/lib.rs"]);
    }
}
