//! A throw-away PostgreSQL cluster for one test run.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::certificates::Certificates;
use crate::process::{self, Service};
use crate::{apt, interrupt};

const OLDEST: u32 = 15;
/// Debian keeps one directory per major version here, off the PATH.
const DEBIAN: &str = "/usr/lib/postgresql";
/// A user that may not be root and that Debian's package creates.
pub const USER: &str = "postgres";

/// A running cluster. Dropping it stops the server and removes the files.
pub struct Cluster {
    /// Where tests connect; they make their own databases.
    pub url: String,
    /// Who signed the certificate it shows to those who ask for TLS.
    pub authority: PathBuf,
    // Before `dir`: the server stops first.
    _server: Service,
    _dir: Scratch,
}

impl Cluster {
    /// Installs PostgreSQL if it is missing, makes a cluster and waits until it answers.
    pub fn start() -> Result<Self> {
        let bin = programs()?;
        let drop_to = if apt::is_root()? { Some(USER) } else { None };
        let dir = Scratch::new(drop_to)?;
        let data = dir.path.join("data");

        eprintln!("Starting a throw-away PostgreSQL ({}) …", bin.display());
        let mut initdb = as_user(drop_to, &bin.join("initdb"));
        initdb
            .args(["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"])
            .arg("--pgdata")
            .arg(&data)
            .current_dir(&dir.path)
            .stdout(Stdio::null());
        process::run(&mut initdb).context("PostgreSQL could not make a cluster")?;

        let certificates = Certificates::make(&dir.path, |program| as_user(drop_to, program))?;
        let port = free_port()?;
        let log_path = dir.path.join("log");
        let log = fs::File::create(&log_path)?;
        let mut postgres = as_user(drop_to, &bin.join("postgres"));
        postgres
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&dir.path)
            .args(["-h", "127.0.0.1", "-p", &port.to_string()])
            // Nothing here outlives the run, so nothing needs to reach the disk.
            .args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"])
            .args(["-c", "max_connections=200", "-c", "timezone=UTC", "-c", "ssl=on"])
            .args(["-c", &format!("ssl_cert_file={}", certificates.server.display())])
            .args(["-c", &format!("ssl_key_file={}", certificates.key.display())])
            .current_dir(&dir.path)
            .stdout(log.try_clone()?)
            .stderr(log);
        // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
        let mut server = Service::start(&mut postgres, "INT")?;
        wait(&mut server, &bin, port, &log_path)?;
        let url = format!("postgres://{USER}@127.0.0.1:{port}/postgres");
        Ok(Self { url, authority: certificates.authority, _server: server, _dir: dir })
    }
}

fn wait(server: &mut Service, bin: &Path, port: u16, log: &Path) -> Result<()> {
    const TRIES: u32 = 600;
    for _ in 0..TRIES {
        ensure!(!interrupt::raised(), "interrupted");
        if let Some(status) = server.ended() {
            let said = fs::read_to_string(log).unwrap_or_default();
            bail!("PostgreSQL stopped at once ({status}):\n{said}");
        }
        let mut ready = Command::new(bin.join("pg_isready"));
        ready.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
        // The port first: it is much cheaper to ask than a program.
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() && process::succeeds(&mut ready) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let said = fs::read_to_string(log).unwrap_or_default();
    bail!("PostgreSQL did not answer within a minute:\n{said}");
}

/// Where PostgreSQL's server programs are, installed first if they are missing.
pub fn programs() -> Result<PathBuf> {
    apt::ensure("PostgreSQL 15 or newer", &["postgresql"], binaries)
}

/// The newest installed set of server programs that is new enough.
fn binaries() -> Option<PathBuf> {
    let packaged = fs::read_dir(DEBIAN).into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin")))
    });
    let newest = packaged
        .filter(|(version, bin)| *version >= OLDEST && bin.join("initdb").is_file())
        .max_by_key(|(version, _)| *version)
        .map(|(_, bin)| bin);
    newest.or_else(|| Some(process::which("initdb")?.parent()?.to_path_buf()))
}

/// PostgreSQL refuses to run as root, so root hands over to another user.
fn as_user(user: Option<&str>, program: &Path) -> Command {
    let Some(user) = user else {
        return Command::new(program);
    };
    let mut cmd = Command::new("setpriv");
    cmd.args(["--reuid", user, "--regid", user, "--clear-groups", "--"]).arg(program);
    cmd
}

/// A port nobody listens on.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// A directory that goes with the value.
pub struct Scratch {
    pub path: PathBuf,
}

impl Scratch {
    /// Under the system's temporary directory: the target directory may be out of the other user's reach.
    pub fn new(owner: Option<&str>) -> Result<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("salon-test-{}-{number}", std::process::id()));
        // What lies there was left by a process that was killed and had our number.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700))?;
        let scratch = Self { path };
        if let Some(user) = owner {
            let id = |flag| -> Result<u32> {
                let said = process::output(Command::new("id").args([flag, user]))?;
                said.trim().parse().with_context(|| format!("there is no user `{user}`"))
            };
            chown(&scratch.path, Some(id("-u")?), Some(id("-g")?))?;
        }
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}
