//! `salon`: see `salon --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match server::cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("salon: {error:#}");
            ExitCode::FAILURE
        }
    }
}
