//! `GET /metrics` for Prometheus, on a listener of its own that strangers do not reach (contract §3). What is counted stands in
//! `usecases::metrics`; without `metrics.bind` nothing is.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use http::header;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use tokio::net::TcpListener;
use usecases::metrics::{self, ALL, Kind};
use usecases::{Usecases, pause};

use crate::config::Config;
use crate::jobs::{self, Stop};
use crate::listener::{self, Limits};

const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";
/// A monitor and its twin, and somebody who looks.
const MAX_CONNECTIONS: u32 = 16;
/// For a scrape that is under way at the end.
const GRACE: Duration = Duration::from_secs(1);
/// Samples are kept one by one until they are put into their buckets.
const UPKEEP: Duration = Duration::from_secs(5);

/// Listening and counting, not yet answering.
pub struct Metrics {
    listener: TcpListener,
    handle: PrometheusHandle,
}

impl Metrics {
    /// Listens where the configuration says, and writes there which port the system chose for 0. From here on everything is counted.
    /// `None` when nobody is to watch.
    pub async fn start(config: &mut Config) -> anyhow::Result<Option<Self>> {
        let Some(bind) = config.metrics.bind.0 else { return Ok(None) };
        let listener = TcpListener::bind(bind).await.with_context(|| format!("cannot listen on {bind} (metrics.bind)"))?;
        config.metrics.bind.0 = Some(listener.local_addr()?);
        let recorder = recorder()?;
        let handle = recorder.handle();
        ::metrics::set_global_recorder(recorder).context("metrics are counted twice")?;
        metrics::describe();
        Ok(Some(Self { listener, handle }))
    }

    /// Answers until told to stop, and looks at the database beside it.
    pub async fn serve(self, uc: Usecases, config: Arc<Config>, stop: Stop) {
        let Self { listener, handle } = self;
        let limits = Limits { max_connections: MAX_CONNECTIONS, grace: GRACE, ..Limits::of(&config) };
        let router = router(Scrape { started_at: uc.clock().now(), uc: uc.clone(), handle: handle.clone() });
        tokio::join!(
            listener::serve(listener, router, &limits, jobs::told(stop.clone())),
            uc.keep_measuring(stop.clone()),
            upkeep(handle, stop),
        );
    }
}

/// What is counted is kept here, each duration in the buckets of its metric.
pub fn recorder() -> anyhow::Result<PrometheusRecorder> {
    let mut builder = PrometheusBuilder::new();
    for metric in ALL {
        if let Kind::Histogram(buckets) = metric.kind {
            builder = builder.set_buckets_for_metric(Matcher::Full(metric.name.to_owned()), buckets)?;
        }
    }
    Ok(builder.build_recorder())
}

#[derive(Clone)]
struct Scrape {
    uc: Usecases,
    handle: PrometheusHandle,
    started_at: DateTime<Utc>,
}

fn router(scrape: Scrape) -> Router {
    Router::new().route("/metrics", get(answer)).with_state(scrape)
}

/// Asks nobody but this process, so that it answers when the database does not.
async fn answer(State(Scrape { uc, handle, started_at }): State<Scrape>) -> Response {
    uc.measure_process();
    metrics::process(env!("CARGO_PKG_VERSION"), started_at);
    if let Some(kib) = resident_kib() {
        metrics::resident_memory(kib);
    }
    ([(header::CONTENT_TYPE, CONTENT_TYPE), (header::CACHE_CONTROL, "no-store")], handle.render()).into_response()
}

/// From `status`, not `statm`: that counts pages, and how large one is takes a call that is not safe Rust. `None` where there is no
/// `/proc`.
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Also when nobody scrapes, or memory would grow.
async fn upkeep(handle: PrometheusHandle, mut stop: Stop) {
    while !*stop.borrow() {
        handle.run_upkeep();
        pause(UPKEEP, &mut stop).await;
    }
}
