//! `cargo xtask e2e`: the browser tests, against a server and a database of their own.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::postgres::{Scratch, free_port};
use crate::process::{self, Service};
use crate::workspace::Workspace;
use crate::{build, interrupt, node};

/// How the server of the browser tests differs from its defaults.
const SETTINGS: [(&str, &str); 6] = [
    ("SALON__ENV", "development"),
    ("SALON__SMS__PROVIDER", "outbox"),
    // Each test is a client of its own: it says so as a proxy would, so that no test eats up another's limits.
    ("SALON__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
    // What they share is the fleet.
    ("SALON__FRAUD__MODE", "record_only"),
    ("SALON__FRAUD__ALARM_FAILURES_HOUR", "1000000000"),
    ("SALON__FRAUD__ALARM_FAILURES_DAY", "1000000000"),
];

#[derive(clap::Args)]
pub struct Args {
    /// Arguments for Playwright, for example a file name or `--headed`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    interrupt::listen()?;
    let browser = Browser::ready(ws)?;
    build::all(ws, false)?;
    tests(ws, &browser, &args.args)
}

/// A browser and the packages that drive it, both installed.
pub struct Browser {
    chromium: PathBuf,
}

impl Browser {
    /// Installs what is missing.
    pub fn ready(ws: &Workspace) -> Result<Self> {
        let chromium = node::chromium()?;
        node::packages(ws)?;
        Ok(Self { chromium })
    }
}

/// Serves what has been built on a free port and runs Playwright.
pub fn tests(ws: &Workspace, browser: &Browser, args: &[String]) -> Result<()> {
    let server = Server::start(ws)?;
    // Not through npx: a signal would stop at it.
    let mut playwright = Command::new("node");
    playwright
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(args)
        .current_dir(ws.path("end2end"))
        .env("BASE_URL", &server.url)
        .env("SALON_E2E_CHROMIUM", &browser.chromium)
        // Tests of the admin grant a role, as an operator does.
        .env("SALON_E2E_DATABASE", &server.database)
        // Some tests start a server with other settings.
        .env("SALON_E2E_SERVER", ws.salon(false))
        .env("SALON_E2E_SITE", ws.site())
        .env("SALON_E2E_OUTPUT", ws.target.join("e2e"));
    if let Err(error) = process::run(&mut playwright) {
        if !interrupt::raised() {
            eprintln!("\nThe server's last lines ({}):\n{}", server.log.display(), tail(&server.log));
        }
        return Err(error.context("the browser tests failed"));
    }
    Ok(())
}

/// `salon serve` in development mode on a database that goes with it.
struct Server {
    url: String,
    database: String,
    log: PathBuf,
    // Before the directory: the process stops first.
    _process: Service,
    _dir: Scratch,
}

impl Server {
    fn start(ws: &Workspace) -> Result<Self> {
        let dir = Scratch::new(None)?;
        let port = free_port()?;
        let out = ws.target.join("e2e");
        fs::create_dir_all(&out)?;
        let log = out.join("server.log");
        let file = fs::File::create(&log)?;

        let database = format!("sqlite://{}", dir.path.join("salon.db").display());
        let mut cmd = Command::new(ws.salon(false));
        cmd.arg("serve").current_dir(&dir.path);
        // A developer's own settings must not decide how the tests end.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("SALON__") {
                cmd.env_remove(name);
            }
        }
        cmd.env("DATABASE_URL", &database)
            .envs(SETTINGS)
            .env("SALON__SERVER__BIND", format!("127.0.0.1:{port}"))
            .env("SALON__SERVER__SITE_ROOT", ws.site())
            .stdout(file.try_clone()?)
            .stderr(file);
        let mut process = Service::start(&mut cmd, "TERM").context("the server has not been built")?;
        ready(&mut process, port, &log)?;
        Ok(Self { url: format!("http://127.0.0.1:{port}"), database, log, _process: process, _dir: dir })
    }
}

fn ready(process: &mut Service, port: u16, log: &Path) -> Result<()> {
    const TRIES: u32 = 300;
    for _ in 0..TRIES {
        ensure!(!interrupt::raised(), "interrupted");
        if let Some(status) = process.ended() {
            bail!("the server stopped at once ({status}):\n{}", tail(log));
        }
        if answers_ok(port).unwrap_or(false) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    bail!("the server's /readyz was not 200 within 30 seconds:\n{}", tail(log));
}

/// One request by hand: not worth an HTTP library.
fn answers_ok(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(stream, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut head = [0; 12];
    stream.read_exact(&mut head)?;
    Ok(&head == b"HTTP/1.1 200")
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}
