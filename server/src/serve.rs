//! `salon serve`: wires everything together once, and takes it down in order.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use store::{Backend, Store};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use usecases::Usecases;

use crate::config::Config;
use crate::listener::Limits;
use crate::metrics::Metrics;
use crate::state::AppState;
use crate::{assets, jobs, listener, router, wiring};

/// From the signal to the end; those who sent it lose patience at 30 s.
const STOP_WITHIN: Duration = Duration::from_secs(28);

/// Runs until SIGTERM or SIGINT.
pub async fn run(mut config: Config, migrate: bool) -> anyhow::Result<()> {
    let listener = TcpListener::bind(config.server.bind)
        .await
        .with_context(|| format!("cannot listen on {} (server.bind)", config.server.bind))?;
    // With port 0 the system chooses; links and token issuers name what it chose.
    config.server.bind = listener.local_addr()?;
    let metrics = Metrics::start(&mut config).await?;

    let store = wiring::connect(&config).await?;
    bring_up_to_date(&store, migrate).await?;
    let uc = wiring::usecases(&config, store)?;
    // What was set while Salon ran may be a brake: without it nothing is served.
    uc.follow_live_settings().await.context("the live settings are not in force (salon settings)")?;
    // A busy database is no reason not to start: the job tries again soon.
    if let Err(error) = uc.follow_database_clock().await {
        tracing::warn!(error = %usecases::chain(&error), "the database's clock could not be read yet");
    }
    // So that a restart does not let go of the brake. The job tries again, too.
    if let Err(error) = uc.watch_fraud().await {
        tracing::warn!(error = %usecases::chain(&error), "the counts of the fraud brake could not be read yet");
    }
    let assets = assets::read(&config.server.site_root);
    let config = Arc::new(config);
    let state = AppState::new(uc.clone(), config.clone(), assets);

    let (tell, stop) = watch::channel(false);
    let purge_every = Duration::from_secs(config.retention.every_s.into());
    let mut jobs = jobs::start(&uc, &state.flood, purge_every, &stop);
    jobs.extend(metrics.map(|metrics| tokio::spawn(metrics.serve(uc.clone(), config.clone(), stop.clone()))));
    let readiness = state.readiness.clone();
    let drain = Duration::from_secs(config.server.drain_s.into());
    let router = router::build_router(state);
    announce(&config);
    name_test_numbers(&uc);

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let asked_at = Arc::new(OnceLock::new());
    let asked = asked_at.clone();
    let stopping = async move {
        tokio::select! {
            _ = terminate.recv() => {
                asked.get_or_init(Instant::now);
                readiness.drain();
                tracing::info!("asked to stop: no longer ready");
                // Balancers must see that before the door closes. A second signal does not wait.
                tokio::select! {
                    () = tokio::time::sleep(drain) => {}
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
            _ = interrupt.recv() => readiness.drain(),
        }
    };
    listener::serve(listener, router, &Limits::of(&config), stopping).await;

    let _ = tell.send(true);
    let used = asked_at.get().map_or(Duration::ZERO, Instant::elapsed);
    jobs::finish(jobs, STOP_WITHIN.saturating_sub(used)).await;
    uc.store().close().await;
    tracing::info!("stopped");
    Ok(())
}

/// SQLite belongs to this process alone, so it is migrated here. PostgreSQL may serve others: an operator decides when.
async fn bring_up_to_date(store: &Store, migrate: bool) -> anyhow::Result<()> {
    if migrate || store.backend() == Backend::Sqlite {
        return store.migrate().await.context("the migrations failed");
    }
    let pending = store.pending_migrations().await.context("the database is not served as it is (database.url)")?;
    if !pending.is_empty() {
        bail!("migrations are pending: {}. Run `salon migrate`, or `salon serve --migrate`", pending.join(", "));
    }
    Ok(())
}

/// A door with a fixed code is worth a line whenever it is opened.
fn name_test_numbers(uc: &Usecases) {
    let now = uc.clock().now();
    for number in &uc.settings().test_numbers {
        let (phone, expires_at) = (&number.phone, number.expires_at.to_rfc3339());
        if number.expires_at <= now {
            tracing::warn!(?phone, expires_at, "a test number is over: take it out of otp.test_numbers");
        } else {
            tracing::info!(?phone, expires_at, "a test number opens a sandbox");
        }
    }
}

/// What a person waits for; the address comes first.
fn announce(config: &Config) {
    println!("Salon is at {}", config.public_origin());
    if config.has_dev_pages() {
        println!("Codes are shown at {}/dev/sms", config.public_origin());
    }
    if let Some(address) = config.metrics.bind.0 {
        println!("Metrics are at http://{address}/metrics");
    }
}
