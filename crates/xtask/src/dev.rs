//! `cargo xtask dev`: serve, and build and restart again when a source changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::process::Service;
use crate::workspace::Workspace;
use crate::{build, interrupt, serve, site, walk};

/// What is watched. Everything else needs a restart of the command itself.
const WATCHED: [&str; 10] =
    ["app", "crates", "frontend", "migrations", "public", "server", "style", "Cargo.toml", "Cargo.lock", "salon.toml"];
const POLL: Duration = Duration::from_millis(300);

type Snapshot = BTreeMap<PathBuf, Option<SystemTime>>;

pub fn run(ws: &Workspace, args: &serve::Args) -> Result<()> {
    interrupt::listen()?;
    let mut seen = snapshot(ws)?;
    let mut server = None;
    report(build::all(ws, args.release).and_then(|()| restart(ws, args, &mut server)));
    while !interrupt::raised() {
        std::thread::sleep(POLL);
        let now = settled(ws, &seen)?;
        let Some(change) = what_changed(ws, &seen, &now) else {
            continue;
        };
        seen = now;
        // A build that fails leaves the old server running.
        report(rebuild(ws, args, change).and_then(|()| restart(ws, args, &mut server)));
    }
    Ok(())
}

/// What has to be built again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// Style sheets and public files only: no Rust.
    Assets,
    Everything,
}

fn rebuild(ws: &Workspace, args: &serve::Args, change: Change) -> Result<()> {
    match change {
        Change::Assets => site::build(ws, args.release),
        Change::Everything => build::all(ws, args.release),
    }
}

fn restart(ws: &Workspace, args: &serve::Args, server: &mut Option<Service>) -> Result<()> {
    // The old one must give the port back first.
    drop(server.take());
    *server = Some(Service::start(&mut serve::command(ws, args), "TERM")?);
    Ok(())
}

fn report(result: Result<()>) {
    if let Err(error) = result
        && !interrupt::raised()
    {
        eprintln!("\nerror: {error:#}\nWaiting for the next change …");
    }
}

fn snapshot(ws: &Workspace) -> Result<Snapshot> {
    let mut all = Snapshot::new();
    for name in WATCHED {
        for file in walk::files(&ws.path(name))? {
            let changed = file.metadata().and_then(|meta| meta.modified()).ok();
            all.insert(file, changed);
        }
    }
    Ok(all)
}

/// An editor that saves ten files should cause one build: wait until nothing moves between two looks.
fn settled(ws: &Workspace, seen: &Snapshot) -> Result<Snapshot> {
    let mut now = snapshot(ws)?;
    if now == *seen {
        return Ok(now);
    }
    loop {
        std::thread::sleep(POLL / 2);
        let again = snapshot(ws)?;
        if again == now || interrupt::raised() {
            return Ok(again);
        }
        now = again;
    }
}

fn what_changed(ws: &Workspace, before: &Snapshot, now: &Snapshot) -> Option<Change> {
    let moved = before
        .iter()
        .filter(|(file, time)| now.get(*file) != Some(*time))
        .chain(now.iter().filter(|(file, _)| !before.contains_key(*file)))
        .map(|(file, _)| file.strip_prefix(&ws.root).unwrap_or(file));
    classify(moved)
}

fn classify<'a>(moved: impl Iterator<Item = &'a Path>) -> Option<Change> {
    let mut change = None;
    for file in moved {
        println!("changed  {}", file.display());
        if file.starts_with("style") || file.starts_with("public") {
            change.get_or_insert(Change::Assets);
        } else {
            change = Some(Change::Everything);
        }
    }
    change
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[&str]) -> Option<Change> {
        classify(files.iter().map(Path::new))
    }

    #[test]
    fn a_style_sheet_alone_does_not_build_rust() {
        assert_eq!(of(&["style/main.css", "public/logo.svg"]), Some(Change::Assets));
    }

    #[test]
    fn one_rust_file_among_style_sheets_builds_everything() {
        assert_eq!(of(&["style/main.css", "app/src/lib.rs", "style/tokens.css"]), Some(Change::Everything));
    }

    #[test]
    fn no_change_builds_nothing() {
        assert_eq!(of(&[]), None);
    }
}
