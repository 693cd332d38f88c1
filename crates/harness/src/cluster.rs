//! A PostgreSQL of the suite's own, that it may stop, crash and start again. Unlike that of the tests it writes to the disk for real.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::{ports, signal};

/// PostgreSQL's own name of its first user.
const SUPERUSER: &str = "postgres";
const PATIENCE: Duration = Duration::from_mins(1);

/// Where its programs are, and who may run them.
#[derive(Clone, Debug)]
pub struct Programs {
    /// Holds `initdb` and `postgres`.
    pub bin: PathBuf,
    /// The user to become when we are root, which PostgreSQL refuses to be.
    pub user: Option<String>,
}

/// How it is stopped.
#[derive(Clone, Copy, Debug)]
pub enum Stop {
    /// Clients are cut off, what is committed is written.
    Fast,
    /// As after a power cut: it recovers from its log.
    Immediate,
}

/// A running cluster. Dropping it stops it and removes its files.
pub struct Cluster {
    programs: Programs,
    port: u16,
    size: &'static [&'static str],
    server: Mutex<Option<Child>>,
    dir: TempDir,
}

/// So small that several may run beside each other.
const SMALL: &[&str] = &["-c", "shared_buffers=32MB", "-c", "max_wal_size=256MB"];
/// As somebody sets it up who wants the speed of a small machine of its own.
const LARGE: &[&str] = &["-c", "shared_buffers=1GB", "-c", "max_wal_size=4GB", "-c", "effective_cache_size=4GB"];

impl Cluster {
    /// Makes a small cluster and waits until it answers.
    ///
    /// # Errors
    /// It cannot be made, or does not answer.
    pub async fn start(programs: &Programs) -> Result<Self> {
        Self::start_with(programs, SMALL).await
    }

    /// The same with memory to work in.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub async fn start_large(programs: &Programs) -> Result<Self> {
        Self::start_with(programs, LARGE).await
    }

    async fn start_with(programs: &Programs, size: &'static [&'static str]) -> Result<Self> {
        let dir = tempfile::Builder::new().prefix("salon-faults-pg-").tempdir()?;
        if let Some(user) = &programs.user {
            let mut chown = Command::new("chown");
            ensure!(chown.arg(user).arg(dir.path()).status()?.success(), "there is no user `{user}` to run PostgreSQL as");
        }
        let cluster = Self { programs: programs.clone(), port: ports::free()?, size, server: Mutex::new(None), dir };
        let mut initdb = cluster.command("initdb");
        initdb
            .args(["--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"])
            .arg("--pgdata")
            .arg(cluster.data())
            .stdout(Stdio::null());
        ensure!(initdb.status().context("cannot run initdb")?.success(), "PostgreSQL could not make a cluster");
        cluster.run()?;
        cluster.wait().await?;
        Ok(cluster)
    }

    /// The URL of a database in it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/{database}", self.port)
    }

    /// Stops it, and waits for its end.
    pub async fn stop(&self, how: Stop) -> Result<()> {
        let Some(mut server) = self.take() else { bail!("PostgreSQL is not running") };
        signal::send(server.id(), if matches!(how, Stop::Fast) { "INT" } else { "QUIT" })?;
        let started = Instant::now();
        while server.try_wait()?.is_none() {
            ensure!(started.elapsed() < PATIENCE, "PostgreSQL does not stop");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Starts it again on the same port.
    pub async fn start_again(&self) -> Result<()> {
        self.run()?;
        self.wait().await
    }

    /// The process of the server, parent of all its others.
    pub fn pid(&self) -> Option<u32> {
        self.server.lock().unwrap_or_else(std::sync::PoisonError::into_inner).as_ref().map(Child::id)
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn log(&self) -> PathBuf {
        self.dir.path().join("log")
    }

    fn take(&self) -> Option<Child> {
        self.server.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take()
    }

    fn run(&self) -> Result<()> {
        let log = File::options().create(true).append(true).open(self.log())?;
        let mut postgres = self.command("postgres");
        postgres.arg("-D").arg(self.data()).arg("-k").arg(self.dir.path());
        postgres.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-c", "max_connections=200", "-c", "timezone=UTC"]);
        postgres.args(self.size);
        let child = postgres.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn();
        *self.server.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(child.context("cannot run postgres")?);
        Ok(())
    }

    async fn wait(&self) -> Result<()> {
        let started = Instant::now();
        loop {
            let mut ready = Command::new(self.programs.bin.join("pg_isready"));
            ready.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
            if ready.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                bail!("PostgreSQL does not answer:\n{}", std::fs::read_to_string(self.log()).unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn command(&self, program: &str) -> Command {
        let path = self.programs.bin.join(program);
        let mut command = as_user(self.programs.user.as_deref(), &path);
        command.current_dir(self.dir.path());
        command
    }
}

/// `setpriv` replaces itself with the program, so that the process we know is the server itself.
fn as_user(user: Option<&str>, program: &Path) -> Command {
    let Some(user) = user else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args(["--reuid", user, "--regid", user, "--clear-groups", "--"]).arg(program);
    command
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let Some(mut server) = self.take() else { return };
        let _ = signal::send(server.id(), "INT");
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(10) {
            if !matches!(server.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = signal::send(server.id(), "QUIT");
        let _ = server.wait();
    }
}
