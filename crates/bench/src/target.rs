//! What is measured: Salon on either database, and the bare server beside it.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use harness::cluster::{Cluster, Programs};
use harness::node::Node;
use harness::{ports, signal};
use store::testing::injections;
use store::{Store, StoreOptions};
use tempfile::TempDir;

use crate::gateway::Gateway;
use crate::meter;
use crate::peer::Peer;
use crate::scenario::{Scenario, Turn};

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
    database: Option<Arc<Cluster>>,
    _dir: Option<TempDir>,
}

enum Process {
    Salon(Box<Node>),
    /// With processes of its own.
    Peer(Peer, Child),
    Hello(Child),
}

impl Target {
    /// Whether the scenario is one for it.
    pub fn offers(&self, scenario: &Scenario) -> bool {
        match self.process {
            Process::Salon(_) => !scenario.is_bare,
            Process::Peer(..) => matches!(scenario.turn, Turn::Request | Turn::SignIn),
            Process::Hello(_) => scenario.is_bare,
        }
    }

    /// How to ask it, when it is not Salon.
    pub const fn peer(&self) -> Option<Peer> {
        if let Process::Peer(peer, _) = self.process { Some(peer) } else { None }
    }

    /// The process id.
    pub fn pid(&self) -> Result<u32> {
        match &self.process {
            Process::Salon(node) => node.pid().context("the server is gone"),
            Process::Peer(_, child) | Process::Hello(child) => Ok(child.id()),
        }
    }

    /// Processor time of the server so far, that of its workers included.
    pub fn cpu(&self) -> Result<Duration> {
        meter::cpu_of_tree(self.pid()?)
    }

    /// Memory of the server and its workers, in kB.
    pub fn rss_kb(&self) -> Result<u64> {
        meter::rss_kb_of_tree(self.pid()?)
    }

    /// Processor time of its database server so far; a file has none.
    pub fn database_cpu(&self) -> Result<Duration> {
        match self.database.as_deref().and_then(Cluster::pid) {
            Some(pid) => meter::cpu_of_tree(pid),
            None => Ok(Duration::ZERO),
        }
    }

    /// Its database server.
    pub fn database(&self) -> Option<&Cluster> {
        self.database.as_deref()
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Process::Peer(_, child) | Process::Hello(child) = &mut self.process {
            // Its workers end when it asks them to; without it they would stay.
            let _ = signal::send(child.id(), "TERM");
            let _ = child.wait();
        }
    }
}

/// Starts all of them, on one PostgreSQL; the peers when their folder is given.
pub async fn all(salon: &Path, programs: &Programs, peers: Option<&Path>, gateway: &Gateway) -> Result<Vec<Target>> {
    let cluster = Arc::new(Cluster::start_large(programs).await?);
    let mut targets = vec![salon_on_postgres(salon, &cluster).await?, salon_on_sqlite(salon).await?];
    for peer in peers.iter().flat_map(|_| Peer::ALL) {
        targets.push(peer_on_postgres(peer, peers.unwrap_or(salon), &cluster, gateway).await?);
    }
    targets.push(hello().await?);
    Ok(targets)
}

async fn salon_on_postgres(salon: &Path, cluster: &Arc<Cluster>) -> Result<Target> {
    let url = injections::create_database(&cluster.url("postgres"), "salon").await?;
    let store = Store::connect(&url, &StoreOptions::default()).await?;
    store.migrate().await?;
    store.close().await;
    let mut target = salon_on("Salon, PostgreSQL", salon, &url, tempfile::tempdir()?).await?;
    target.database = Some(Arc::clone(cluster));
    Ok(target)
}

async fn peer_on_postgres(peer: Peer, folder: &Path, cluster: &Arc<Cluster>, gateway: &Gateway) -> Result<Target> {
    let (url, port) = (injections::create_database(&cluster.url("postgres"), peer.database()).await?, ports::free()?);
    let with_settings = |mut command: Command| {
        command.env("DATABASE_URL", &url).env("PORT", port.to_string()).env("CODES_PORT", gateway.port.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    };
    if let Some(setup) = peer.setup(folder) {
        ensure!(with_settings(setup).status()?.success(), "{} cannot be set up", peer.name());
    }
    let started = Instant::now();
    let child = with_settings(peer.serve(folder, port)).spawn().with_context(|| format!("cannot start {}", peer.name()))?;
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        ensure!(started.elapsed() < Duration::from_secs(30), "{} does not start", peer.name());
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let started_in = started.elapsed();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle_kb = meter::rss_kb_of_tree(child.id())?;
    let process = Process::Peer(peer, child);
    Ok(Target { name: peer.name(), port, started_in, idle_kb, process, database: Some(Arc::clone(cluster)), _dir: None })
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
    let idle_kb = meter::rss_kb_of_tree(child.id())?;
    Ok(Target { name: "bare hyper", port, started_in, idle_kb, process: Process::Hello(child), database: None, _dir: None })
}
