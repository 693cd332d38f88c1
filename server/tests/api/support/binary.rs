//! The real binary, running.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

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
    said: BufReader<ChildStdout>,
}

impl Binary {
    pub fn start(folder: &Path, filter: &str) -> Self {
        // A pipe that nobody reads would fill up and stop the server.
        let log = std::fs::File::create(folder.join("log")).expect("a file");
        let mut child =
            salon(folder).env("SALON__LOG__FILTER", filter).stdout(Stdio::piped()).stderr(log).spawn().expect("starts");
        let said = BufReader::new(child.stdout.take().expect("piped"));
        let mut binary = Self { child, url: String::new(), said };
        binary.url = binary.says("Salon is at ");
        binary
    }

    /// Waits for the line that begins like this, passing others by: what follows.
    pub fn says(&mut self, start: &str) -> String {
        let lines = self.said.by_ref().lines().map(|line| line.expect("UTF-8"));
        let mut found = lines.filter_map(|line| line.strip_prefix(start).map(str::to_owned));
        found.next().unwrap_or_else(|| panic!("it never says: {start}"))
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
