//! The real binary, running.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A command of the binary in a folder of its own, with no environment but ours.
pub fn salon(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_salon"));
    command.current_dir(folder).env_clear().env("SALON__SERVER__BIND", "127.0.0.1:0").stdin(Stdio::null());
    command
}

/// `salon serve` on a free port. Killed when dropped.
pub struct Binary {
    pub child: Child,
    pub url: String,
}

impl Binary {
    pub fn start(folder: &Path, filter: &str) -> Self {
        // A pipe that nobody reads would fill up and stop the server.
        let log = std::fs::File::create(folder.join("log")).expect("a file");
        let mut child =
            salon(folder).env("SALON__LOG__FILTER", filter).stdout(Stdio::piped()).stderr(log).spawn().expect("starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut line).expect("one line");
        let url = line.trim().strip_prefix("Salon is at ").expect("the line with the address").to_owned();
        Self { child, url }
    }

    /// What it has logged so far.
    pub fn log(folder: &Path) -> String {
        std::fs::read_to_string(folder.join("log")).expect("a log")
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
