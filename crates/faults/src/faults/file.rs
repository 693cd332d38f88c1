//! The SQLite file: no room, no turn, no writing.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use store::testing::injections::Hold;

use crate::health;
use crate::load::Load;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};

/// A small file system that goes with the value.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(size: &str) -> Result<Self> {
        let dir = tempfile::Builder::new().prefix("salon-faults-disk-").tempdir()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(dir.path());
        let status = mount.status().context("cannot run `mount`")?;
        ensure!(status.success(), "a disk that can be filled up needs root (or `unshare -rm`): `mount -t tmpfs` failed");
        Ok(Self(dir))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes until nothing fits any more.
    fn fill(&self) -> Result<()> {
        let mut file = std::fs::File::create(self.path().join("filler"))?;
        let block = [0_u8; 4096];
        while std::io::Write::write_all(&mut file, &block).is_ok() {}
        Ok(())
    }

    fn free(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.path().join("filler"))?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a process that is just dying may still hold it.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

/// What keeps the file from being written.
enum Cause {
    /// No space left on the device.
    Full(SmallDisk),
    /// Every write fails.
    NoWrites,
}

impl Cause {
    fn begin(&self, world: &World) -> Result<()> {
        match self {
            Self::Full(disk) => disk.fill(),
            Self::NoWrites => limit_files(world, "--fsize=0:unlimited"),
        }
    }

    fn end(&self, world: &World) -> Result<()> {
        match self {
            Self::Full(disk) => disk.free(),
            Self::NoWrites => limit_files(world, "--fsize=unlimited:unlimited"),
        }
    }
}

/// A remount to read-only is refused while files are open for writing, so the process itself is not let write.
fn limit_files(world: &World, limit: &str) -> Result<()> {
    let pid = world.nodes[0].pid().context("it runs")?;
    let mut prlimit = Command::new("prlimit");
    prlimit.args(["--pid", &pid.to_string(), limit]);
    ensure!(prlimit.status().context("cannot run `prlimit`")?.success(), "`prlimit` failed");
    Ok(())
}

/// No space left on the device.
pub async fn disk_full(suite: Arc<Suite>) -> Result<Row> {
    let disk = SmallDisk::mount("16m")?;
    let plan = Plan { is_sqlite: true, sqlite_folder: Some(disk.path().join("data")), ..Plan::default() };
    play(&suite, "disk-full", plan, &Cause::Full(disk)).await
}

/// Every write fails, as on a file system that has turned itself read-only; reading goes on.
pub async fn read_only(suite: Arc<Suite>) -> Result<Row> {
    play(&suite, "read-only", Plan { is_sqlite: true, ..Plan::default() }, &Cause::NoWrites).await
}

/// Another connection holds the writer's place for ten seconds.
pub async fn busy(suite: Arc<Suite>) -> Result<Row> {
    let times = suite.pick(1, 3);
    let world = Arc::new(World::start(&suite, "busy", Plan { is_sqlite: true, ..Plan::default() }).await?);
    let load = Load::start(&world, suite.pick(6, 12));
    let mut slowest: f64 = 0.0;
    for _ in 0..times {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let hold = loop {
            // Our own turn comes when the process leaves a gap.
            match Hold::writer(&world.url).await {
                Ok(hold) => break hold,
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        tokio::time::sleep(Duration::from_secs(10)).await;
        hold.release().await?;
        slowest = slowest.max(health::wait(&world, Instant::now()).await?);
    }
    load.stop().await?;
    if world.journal.unavailable_count() == 0 {
        world.journal.violate("nobody saw a 503: the fault did not bite");
    }
    conclude(&world, times, Some(slowest), "writer held for 10 s".to_owned()).await
}

async fn play(suite: &Suite, name: &str, plan: Plan, cause: &Cause) -> Result<Row> {
    let times = suite.pick(2, 5);
    let world = Arc::new(World::start(suite, name, plan).await?);
    let load = Load::start(&world, suite.pick(6, 12));
    let mut slowest: f64 = 0.0;
    for _ in 0..times {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let before = world.journal.unavailable_count();
        cause.begin(&world)?;
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        if world.journal.unavailable_count() == before {
            world.journal.violate("nobody saw a 503: the fault did not bite");
        }
        cause.end(&world)?;
        slowest = slowest.max(health::wait(&world, Instant::now()).await?);
    }
    load.stop().await?;
    conclude(&world, times, Some(slowest), String::new()).await
}
