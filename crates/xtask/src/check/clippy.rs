//! Clippy on both targets; a warning is an error.

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{build, process};

pub fn run(ws: &Workspace) -> Result<()> {
    build::wasm_target(ws)?;
    for part in build::NATIVE {
        let mut native = ws.cargo("clippy");
        native.args(part).args(["--all-targets", "--", "-D", "warnings"]);
        process::run(&mut native)?;
    }
    let mut wasm = ws.cargo("clippy");
    wasm.args(["--package", "frontend", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]);
    process::run(&mut wasm)
}
