//! JavaScript bindings for the wasm module, through wasm-bindgen's own library.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::writer::Writer;
use crate::build;
use crate::walk;
use crate::workspace::Workspace;

/// The library that makes the bindings; `Cargo.toml` pins its version.
const LIBRARY: &str = "wasm-bindgen-cli-support";
const STEM: &str = "salon";

/// Writes the script and the module into the site and hands back their addresses: (script, module).
pub fn bind(ws: &Workspace, release: bool, writer: &mut Writer) -> Result<(String, String)> {
    let input = build::wasm_file(ws, release);
    let work = ws.target.join(if release { "bindgen-release" } else { "bindgen-dev" });
    if !is_current(&input, &work)? {
        generate(ws, release, &input, &work)?;
    }

    let module = fs::read(work.join(format!("{STEM}_bg.wasm")))?;
    let wasm = writer.hashed(&format!("pkg/{STEM}_bg"), "wasm", &module)?;

    let script = fs::read_to_string(work.join(format!("{STEM}.js")))?;
    let plain_name = format!("{STEM}_bg.wasm");
    ensure!(script.contains(&plain_name), "wasm-bindgen's script no longer names {plain_name}");
    let hashed_name = wasm.rsplit('/').next().unwrap_or(&wasm);
    let js = writer.hashed(&format!("pkg/{STEM}"), "js", script.replace(&plain_name, hashed_name).as_bytes())?;

    // Scripts that crates bring along; the main one imports them by these relative paths.
    for file in walk::files(&work.join("snippets"))? {
        let name = file.strip_prefix(&work)?.to_str().context("a snippet's name is not UTF-8")?.to_owned();
        writer.asset(&format!("pkg/{name}"), &fs::read(&file)?)?;
    }
    Ok((js, wasm))
}

fn generate(ws: &Workspace, release: bool, input: &Path, work: &Path) -> Result<()> {
    same_version(&fs::read_to_string(ws.path("Cargo.lock"))?)?;
    match fs::remove_dir_all(work) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .out_name(STEM)
        .web(true)?
        .typescript(false)
        // The script finds its module by itself when nobody says where it is.
        .omit_default_module_path(false)
        // Names are for stack traces: kept in development.
        .remove_name_section(release)
        .remove_producers_section(release);
    bindgen.generate(work).context("wasm-bindgen failed")
}

/// Bindings take seconds; they are made again only when the module or this program is newer.
fn is_current(input: &Path, work: &Path) -> Result<bool> {
    let changed = |file: &Path| fs::metadata(file).and_then(|meta| meta.modified());
    let module = changed(input).with_context(|| format!("{} has not been built", input.display()))?;
    let Ok(made) = changed(&work.join(format!("{STEM}.js"))) else {
        return Ok(false);
    };
    // A test run may have replaced this program since it started: then its file is gone, and it is the same program.
    let program = std::env::current_exe().and_then(|exe| changed(&exe));
    Ok(made > module && !program.is_ok_and(|program| program > made))
}

/// Bindings must be made by the very version that the module was compiled with.
fn same_version(lock: &str) -> Result<()> {
    let module = locked(lock, "wasm-bindgen")?;
    let library = locked(lock, LIBRARY)?;
    if module != library {
        bail!(
            "wasm-bindgen is locked at {module} and {LIBRARY} at {library}: they must be equal.\n\
             Set `{LIBRARY} = \"={module}\"` in the root Cargo.toml, or run \
             `cargo update -p wasm-bindgen --precise {library}`."
        );
    }
    Ok(())
}

fn locked(lock: &str, package: &str) -> Result<String> {
    let lock: toml::Table = toml::from_str(lock).context("Cargo.lock does not parse")?;
    lock.get("package")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .and_then(|entry| entry.get("version")?.as_str().map(str::to_owned))
        .with_context(|| format!("{package} is not in Cargo.lock"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(module: &str, library: &str) -> String {
        format!(
            "[[package]]\nname = \"wasm-bindgen\"\nversion = \"{module}\"\n\
             [[package]]\nname = \"wasm-bindgen-cli-support\"\nversion = \"{library}\"\n"
        )
    }

    #[test]
    fn equal_versions_pass() {
        assert!(same_version(&lock("0.2.130", "0.2.130")).is_ok());
    }

    #[test]
    fn a_version_that_differs_is_explained() {
        let error = same_version(&lock("0.2.131", "0.2.130")).unwrap_err().to_string();
        assert!(error.contains("0.2.131") && error.contains("0.2.130") && error.contains("cargo update"), "{error}");
    }
}
