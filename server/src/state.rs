//! What handlers reach through `State`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::FromRef;
use usecases::Usecases;

use crate::assets::Assets;
use crate::config::Config;
use crate::middleware::flood::FloodGate;

/// Wired up once in `serve`, cloned per request.
#[derive(Clone, FromRef)]
pub struct AppState {
    pub usecases: Usecases,
    pub config: Arc<Config>,
    pub assets: Assets,
    pub flood: Arc<FloodGate>,
    pub readiness: Readiness,
}

impl AppState {
    pub fn new(usecases: Usecases, config: Arc<Config>, assets: Assets) -> Self {
        let flood = Arc::new(FloodGate::new(&config.flood));
        Self { usecases, config, assets, flood, readiness: Readiness::default() }
    }
}

/// Whether new work is welcome. Goes false once, at shutdown.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    pub fn is_draining(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub fn drain(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
