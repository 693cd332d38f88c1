//! What one fault plays in: a database, a provider, one or two processes, and the journal of what their clients were told.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use store::testing::injections;
use store::{Store, StoreOptions};
use tempfile::TempDir;

use crate::call::Caller;
use crate::dice::Dice;
use crate::journal::Journal;
use crate::stub::Stub;
use crate::suite::Suite;
use harness::cluster::Cluster;
use harness::node::Node;

const SECRET: &str = "the-provider-and-salon-know-this-and-nobody-else-does";

/// Where the data is.
pub enum Database {
    /// A server of the fault's own.
    Postgres(Box<Cluster>),
    /// A file.
    Sqlite,
}

/// See the module.
pub struct World {
    // The processes first: they stop before what they stand on goes.
    /// The processes.
    pub nodes: Vec<Node>,
    /// Their database.
    pub database: Database,
    /// Its URL.
    pub url: String,
    /// The provider.
    pub stub: Stub,
    /// What clients were told.
    pub journal: Arc<Journal>,
    /// For every client.
    pub http: reqwest::Client,
    /// Throws the same for the same seed.
    pub seed: u64,
    /// Whether clocks are moved: then codes and tokens of one process may be refused by another, and limits have other windows.
    pub has_moved_clocks: bool,
    /// How long everything may take to become final.
    pub settle: Duration,
    /// How soon everybody must be served again.
    pub healthy_within: Duration,
    people: AtomicU32,
    dir: TempDir,
}

/// How a world differs from the usual one.
#[derive(Default)]
pub struct Plan {
    /// On a file instead of a server.
    pub is_sqlite: bool,
    /// Where the file lies, when not in the world's own folder.
    pub sqlite_folder: Option<std::path::PathBuf>,
    /// Only one process.
    pub is_alone: bool,
    /// More settings.
    pub settings: Vec<(&'static str, String)>,
}

impl World {
    /// Makes everything and waits until the processes are ready.
    pub async fn start(suite: &Suite, name: &str, plan: Plan) -> Result<Self> {
        let dir = tempfile::Builder::new().prefix(&format!("salon-faults-{name}-")).tempdir()?;
        let (database, url) = if plan.is_sqlite {
            let folder = plan.sqlite_folder.unwrap_or_else(|| dir.path().join("data"));
            (Database::Sqlite, format!("sqlite://{}", folder.join("salon.db").display()))
        } else {
            let cluster = Cluster::start(&suite.postgres).await?;
            let url = injections::create_database(&cluster.url("postgres"), "salon").await?;
            (Database::Postgres(Box::new(cluster)), url)
        };
        let stub = Stub::start(SECRET).await?;
        let mut settings: Vec<(String, String)> = [
            ("DATABASE_URL", url.as_str()),
            ("SALON__ENV", "development"),
            ("SALON__AUTH__ISSUER", "salon-faults"),
            ("SALON__LOG__FILTER", "warn"),
            ("SALON__SERVER__SITE_ROOT", "no-site"),
            // Every client is one of its own: it says so as a proxy would.
            ("SALON__SERVER__TRUSTED_PROXIES", "127.0.0.1"),
            ("SALON__SMS__PROVIDER", "webhook"),
            // Everybody is new here, again and again.
            ("SALON__SMS__DAILY_MESSAGES", "1000000000"),
            ("SALON__FRAUD__MODE", "record_only"),
            ("SALON__FRAUD__ALARM_FAILURES_HOUR", "1000000000"),
            ("SALON__FRAUD__ALARM_FAILURES_DAY", "1000000000"),
            ("SALON__SMS__WEBHOOK_URL", stub.url.as_str()),
            ("SALON__SMS__WEBHOOK_SECRET", SECRET),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        settings.extend(plan.settings.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let names: &[&str] = if plan.is_sqlite || plan.is_alone { &["a"] } else { &["a", "b"] };
        let nodes: Result<Vec<_>> =
            names.iter().map(|name| Node::new(name, &suite.salon, dir.path(), settings.clone())).collect();
        let world = Self {
            nodes: nodes?,
            database,
            url,
            stub,
            journal: Arc::default(),
            // Shorter than the server's, as of any good client: a call on a connection that is just being closed is lost.
            http: reqwest::Client::builder().no_proxy().pool_idle_timeout(Duration::from_secs(5)).build()?,
            seed: suite.seed,
            has_moved_clocks: false,
            settle: Duration::from_secs(75),
            // The bar (security.md §3) is for the full form on a quiet machine; tests do not tell the time.
            healthy_within: suite.pick(Duration::from_mins(1), Duration::from_secs(10)),
            people: AtomicU32::new(0),
            dir,
        };
        // A server is brought up to date by hand; a file by its process.
        if !plan.is_sqlite {
            let store = world.store().await?;
            store.migrate().await?;
            store.close().await;
        }
        for node in &world.nodes {
            node.start()?;
        }
        for node in &world.nodes {
            node.wait_ready(&world.http).await?;
        }
        Ok(world)
    }

    /// The suite's own look into the database.
    pub async fn store(&self) -> Result<Store> {
        let options = StoreOptions { max_connections: 2, acquire_timeout: Duration::from_secs(20), ..StoreOptions::default() };
        Store::connect(&self.url, &options).await.context("the suite cannot look into the database")
    }

    /// The server, for those who stop and start it.
    pub fn cluster(&self) -> Result<&Cluster> {
        match &self.database {
            Database::Postgres(cluster) => Ok(cluster),
            Database::Sqlite => anyhow::bail!("this world stands on a file"),
        }
    }

    /// A person nobody has met: a Saudi mobile and a client at an address of its own.
    pub fn stranger(&self) -> (String, Caller) {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        // 50 and seven digits, as the numbering plan has them.
        let phone = format!("+96650{:07}", 1_000_000 + number % 9_000_000);
        let address = Ipv4Addr::from(0x0A00_0000 + 1 + number % 0x00FF_FFFE).to_string();
        (phone, Caller { http: self.http.clone(), journal: Arc::clone(&self.journal), address })
    }

    /// Dice for one purpose.
    pub const fn dice(&self, purpose: u64) -> Dice {
        Dice::new(self.seed ^ purpose.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// Keeps the logs of the processes for whoever looks into what went wrong: where.
    pub fn keep_logs(&self) -> Result<std::path::PathBuf> {
        let name = self.dir.path().file_name().context("a folder has a name")?;
        let kept = std::env::temp_dir().join(format!("{}-logs", name.to_string_lossy()));
        std::fs::create_dir_all(&kept)?;
        for node in &self.nodes {
            if let Some(file) = node.log().file_name() {
                std::fs::copy(node.log(), kept.join(file))?;
            }
        }
        Ok(kept)
    }
}
