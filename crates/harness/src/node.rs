//! One real `salon` process.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::{ports, signal};

/// Longest wait for `/readyz` after a start.
const START_WITHIN: Duration = Duration::from_secs(30);

/// A process, up or down, that keeps its port.
pub struct Node {
    /// `a` or `b`.
    pub name: String,
    /// Where it answers.
    pub url: String,
    /// Its port.
    pub port: u16,
    program: PathBuf,
    dir: PathBuf,
    settings: Vec<(String, String)>,
    child: Mutex<Option<Child>>,
    is_ready: AtomicBool,
}

impl Node {
    /// Not started yet. `settings` are environment variables; nothing else of our own environment reaches it.
    pub fn new(name: &str, program: &Path, dir: &Path, settings: Vec<(String, String)>) -> Result<Self> {
        let port = ports::free()?;
        Ok(Self {
            name: name.to_owned(),
            url: format!("http://127.0.0.1:{port}"),
            port,
            program: program.to_owned(),
            dir: dir.to_owned(),
            settings,
            child: Mutex::new(None),
            is_ready: AtomicBool::new(false),
        })
    }

    /// Where its clock's offset stands.
    pub fn offset_file(&self) -> PathBuf {
        self.dir.join(format!("offset-{}", self.name))
    }

    /// Its log.
    pub fn log(&self) -> PathBuf {
        self.dir.join(format!("node-{}.log", self.name))
    }

    /// Moves its clock to so many seconds from the machine's.
    pub async fn set_clock(&self, offset_s: i64) -> Result<()> {
        std::fs::write(self.offset_file(), offset_s.to_string())?;
        // It looks every 100 ms.
        tokio::time::sleep(Duration::from_millis(400)).await;
        Ok(())
    }

    /// Starts it without waiting.
    pub fn start(&self) -> Result<()> {
        let mut log = File::options().create(true).append(true).open(self.log())?;
        let mut command = Command::new("env");
        // Over its file-size limit a process gets a signal that ends it; a full disk sends none, and that is what we play.
        command.arg("--ignore-signal=XFSZ").arg(&self.program).arg("serve");
        command
            .current_dir(&self.dir)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("SALON__SERVER__BIND", format!("127.0.0.1:{}", self.port))
            .env("SALON__CLOCK__OFFSET_FILE", self.offset_file())
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {}", self.program.display()))?;
        if let Some(mut said) = child.stderr.take() {
            // Through us: what keeps the process from writing files must not keep it from logging. Ends with the process.
            std::thread::spawn(move || std::io::copy(&mut said, &mut log));
        }
        let before = self.child.lock().unwrap_or_else(PoisonError::into_inner).replace(child);
        ensure!(before.is_none(), "node {} was running already", self.name);
        Ok(())
    }

    /// Waits until it is ready for work: for how long.
    pub async fn wait_ready(&self, http: &reqwest::Client) -> Result<Duration> {
        let started = Instant::now();
        loop {
            if self.look(http).await {
                return Ok(started.elapsed());
            }
            if let Some(status) = self.ended()? {
                bail!("node {} stopped at once ({status}):\n{}", self.name, self.last_words());
            }
            ensure!(started.elapsed() < START_WITHIN, "node {} is not ready:\n{}", self.name, self.last_words());
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Asks `/readyz` and remembers the answer, as a balancer does.
    pub async fn look(&self, http: &reqwest::Client) -> bool {
        let asked = http.get(format!("{}/readyz", self.url)).timeout(Duration::from_secs(2)).send().await;
        let is_ready = asked.is_ok_and(|answer| answer.status().is_success());
        self.is_ready.store(is_ready, Ordering::Relaxed);
        is_ready
    }

    /// What [`Node::look`] last saw.
    pub fn is_ready(&self) -> bool {
        self.is_ready.load(Ordering::Relaxed)
    }

    /// Kills it as the kernel does when memory is out.
    pub fn kill(&self) -> Result<()> {
        let Some(mut child) = self.take() else { bail!("node {} is not running", self.name) };
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: &str) -> Result<()> {
        let pid = self.pid().context("it is not running")?;
        signal::send(pid, signal)
    }

    /// Waits for its end: how it ended, and after how long. `None` when it did not.
    pub async fn wait_end(&self, most: Duration) -> Result<Option<(ExitStatus, Duration)>> {
        let started = Instant::now();
        while started.elapsed() < most {
            if let Some(status) = self.ended()? {
                drop(self.take());
                return Ok(Some((status, started.elapsed())));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(None)
    }

    /// Its process id, when it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(Child::id)
    }

    /// Memory it holds, in kB.
    pub fn rss_kb(&self) -> Result<u64> {
        let pid = self.pid().context("it is not running")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }

    /// Processor time it has used, in microseconds.
    pub fn cpu_us(&self) -> Result<f64> {
        let pid = self.pid().context("it is not running")?;
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // After the name, which may hold anything, the 12th and 13th are user and system time in hundredths of a second.
        let fields = stat.rsplit(')').next().context("no fields")?.split_whitespace().skip(11).take(2);
        let ticks: Result<Vec<f64>, _> = fields.map(str::parse).collect();
        Ok(ticks?.iter().sum::<f64>() * 10_000.0)
    }

    /// The end of its log.
    pub fn last_words(&self) -> String {
        let text = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }

    /// How it ended, when it did so without being asked by us.
    pub fn ended(&self) -> Result<Option<ExitStatus>> {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(child.as_mut().map(Child::try_wait).transpose()?.flatten())
    }

    fn take(&self) -> Option<Child> {
        self.is_ready.store(false, Ordering::Relaxed);
        self.child.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(mut child) = self.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
