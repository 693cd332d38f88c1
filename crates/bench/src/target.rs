//! What is measured: Salon on either database, and the bare server beside it.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use harness::cluster::{Cluster, Programs};
use harness::node::Node;
use harness::ports;
use store::testing::injections;
use store::{Store, StoreOptions};
use tempfile::TempDir;

use crate::meter;
use crate::scenario::Scenario;

/// The key codes are derived from: the driver reads no text message.
pub const OTP_KEY: &str = "the benchmark and the server under it derive the same codes";

/// A server under load.
pub struct Target {
    /// As in the table.
    pub name: &'static str,
    /// Its port on this machine.
    pub port: u16,
    /// From the start of the process to its first answer.
    pub started_in: Duration,
    /// Memory after a second of rest, before any load, in kB.
    pub idle_kb: u64,
    process: Process,
    database: Option<Cluster>,
    _dir: Option<TempDir>,
}

enum Process {
    Salon(Box<Node>),
    Hello(Child),
}

impl Target {
    /// Whether the scenario is one for it.
    pub fn offers(&self, scenario: &Scenario) -> bool {
        match self.process {
            Process::Salon(_) => !scenario.is_bare,
            Process::Hello(_) => scenario.is_bare,
        }
    }

    /// The process id.
    pub fn pid(&self) -> Result<u32> {
        match &self.process {
            Process::Salon(node) => node.pid().context("the server is gone"),
            Process::Hello(child) => Ok(child.id()),
        }
    }

    /// Processor time of its database server so far; a file has none.
    pub fn database_cpu(&self) -> Result<Duration> {
        match self.database.as_ref().and_then(Cluster::pid) {
            Some(pid) => meter::cpu_of_tree(pid),
            None => Ok(Duration::ZERO),
        }
    }

    /// Its database server.
    pub const fn database(&self) -> Option<&Cluster> {
        self.database.as_ref()
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Process::Hello(child) = &mut self.process {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Starts all of them.
pub async fn all(salon: &Path, programs: &Programs) -> Result<Vec<Target>> {
    let on_postgres = salon_on_postgres(salon, programs).await?;
    let on_sqlite = salon_on_sqlite(salon).await?;
    Ok(vec![on_postgres, on_sqlite, hello().await?])
}

async fn salon_on_postgres(salon: &Path, programs: &Programs) -> Result<Target> {
    let cluster = Cluster::start_large(programs).await?;
    let url = injections::create_database(&cluster.url("postgres"), "salon").await?;
    let store = Store::connect(&url, &StoreOptions::default()).await?;
    store.migrate().await?;
    store.close().await;
    let mut target = salon_on("Salon, PostgreSQL", salon, &url, tempfile::tempdir()?).await?;
    target.database = Some(cluster);
    Ok(target)
}

async fn salon_on_sqlite(salon: &Path) -> Result<Target> {
    let dir = tempfile::tempdir()?;
    let url = format!("sqlite://{}", dir.path().join("salon.db").display());
    salon_on("Salon, SQLite", salon, &url, dir).await
}

/// Everything at its default, but for limits that stand in the way of one machine playing thousands of people.
async fn salon_on(name: &'static str, salon: &Path, url: &str, dir: TempDir) -> Result<Target> {
    let config = format!("[auth]\notp_keys = [{{ kid = \"bench\", secret = \"{OTP_KEY}\" }}]\n");
    std::fs::write(dir.path().join("salon.toml"), config)?;
    let settings = [
        ("DATABASE_URL", url),
        ("SALON__ENV", "development"),
        ("SALON__LOG__FILTER", "warn"),
        ("SALON__SMS__PROVIDER", "log"),
        ("SALON__SMS__DAILY_MESSAGES", "1000000000"),
        ("SALON__SERVER__SITE_ROOT", "no-site"),
        ("SALON__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
        ("SALON__FRAUD__MODE", "record_only"),
        ("SALON__FRAUD__ALARM_FAILURES_HOUR", "1000000000"),
        ("SALON__FRAUD__ALARM_FAILURES_DAY", "1000000000"),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let node = Node::new("bench", salon, dir.path(), settings)?;
    let http = reqwest::Client::builder().no_proxy().build()?;
    let started = Instant::now();
    node.start()?;
    let health = format!("{}/healthz", node.url);
    while http.get(&health).send().await.is_err() {
        ensure!(started.elapsed() < Duration::from_secs(30), "it does not start:\n{}", node.last_words());
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let started_in = started.elapsed();
    node.wait_ready(&http).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle_kb = node.rss_kb()?;
    let port = node.port;
    Ok(Target { name, port, started_in, idle_kb, process: Process::Salon(Box::new(node)), database: None, _dir: Some(dir) })
}

async fn hello() -> Result<Target> {
    let port = ports::free()?;
    let mut command = Command::new(std::env::current_exe()?);
    let started = Instant::now();
    let child = command.args(["hello", &port.to_string()]).stdin(Stdio::null()).spawn()?;
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        ensure!(started.elapsed() < Duration::from_secs(10), "the bare server does not start");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let started_in = started.elapsed();
    let idle_kb = meter::rss_kb(child.id())?;
    Ok(Target { name: "bare hyper", port, started_in, idle_kb, process: Process::Hello(child), database: None, _dir: None })
}
