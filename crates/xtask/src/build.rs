//! `cargo xtask build`: the server and the site.

use anyhow::{Context, Result, bail};

use crate::process;
use crate::site;
use crate::workspace::Workspace;

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What runs on this machine: everything but the wasm entry, in two parts. Together with the product, xtask's own large
/// dependencies would get other features and be compiled once more.
pub const NATIVE: [&[&str]; 2] = [&["--workspace", "--exclude", "frontend", "--exclude", "xtask"], &["--package", "xtask"]];

#[derive(clap::Args)]
pub struct Args {
    /// Optimise: what is shipped
    #[arg(long)]
    release: bool,
}

pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    all(ws, args.release)?;
    println!("server  {}", ws.salon(args.release).display());
    println!("site    {}", ws.site().display());
    Ok(())
}

/// Everything `salon serve` needs.
pub fn all(ws: &Workspace, release: bool) -> Result<()> {
    // Before the long build: a missing target should be said in the first second.
    wasm_target(ws)?;
    server(ws, release)?;
    browser_side(ws, release)
}

/// The wasm module and the site around it.
pub fn browser_side(ws: &Workspace, release: bool) -> Result<()> {
    frontend(ws, release)?;
    site::build(ws, release)
}

/// The `salon` binary.
pub fn server(ws: &Workspace, release: bool) -> Result<()> {
    let mut cmd = ws.cargo("build");
    cmd.args(["--package", "server", "--bin", "salon"]);
    if release {
        cmd.arg("--release");
    }
    process::run(&mut cmd)
}

/// The `salon` binary as `cargo test` makes it. Its dependencies are those of the tests, so after a test run this costs
/// nothing, where [`server`] would compile a third of them again with fewer features.
pub fn server_with_tests(ws: &Workspace) -> Result<()> {
    for part in NATIVE {
        process::run(ws.cargo("test").args(part).args(["--tests", "--no-run"]))?;
    }
    Ok(())
}

/// The wasm module, before its bindings are made.
pub fn frontend(ws: &Workspace, release: bool) -> Result<()> {
    let mut cmd = ws.cargo("build");
    cmd.args(["--package", "frontend", "--lib", "--target", WASM_TARGET]);
    if release {
        cmd.args(["--profile", "wasm-release"]);
    }
    process::run(&mut cmd)
}

/// Where [`frontend`] leaves the module.
pub fn wasm_file(ws: &Workspace, release: bool) -> std::path::PathBuf {
    let profile = if release { "wasm-release" } else { "debug" };
    ws.target.join(WASM_TARGET).join(profile).join("frontend.wasm")
}

/// Adds the wasm target if this toolchain lacks it: `targets` in rust-toolchain.toml alone may not install it.
pub fn wasm_target(ws: &Workspace) -> Result<()> {
    let mut rustc = std::process::Command::new("rustc");
    rustc.current_dir(&ws.root).args(["--print", "target-libdir", "--target", WASM_TARGET]);
    let libdir = process::output(&mut rustc).context("cannot ask rustc for the wasm target")?;
    if std::path::Path::new(libdir.trim()).is_dir() {
        return Ok(());
    }
    eprintln!("Adding the {WASM_TARGET} target (once) …");
    let mut rustup = std::process::Command::new("rustup");
    rustup.current_dir(&ws.root).args(["target", "add", WASM_TARGET]);
    if let Err(error) = process::run(&mut rustup) {
        bail!("{error:#}\nThe browser part needs the Rust target {WASM_TARGET}. Run `rustup target add {WASM_TARGET}`.");
    }
    Ok(())
}
