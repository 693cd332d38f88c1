//! The numbers in force in this process.

use std::sync::{Arc, PoisonError, RwLock};

use super::document::Document;
use crate::settings::Settings;

/// Shared by the clones of one process's use cases. A request may look twice and see two versions; each look is of one.
#[derive(Clone, Debug)]
pub(crate) struct InForce(Arc<RwLock<State>>);

#[derive(Clone, Debug)]
pub(super) struct State {
    /// Of the database; 0: nothing was ever set.
    pub(super) version: u32,
    pub(super) document: Document,
    pub(super) settings: Arc<Settings>,
}

impl InForce {
    /// As configured.
    pub(crate) fn new(configured: &Settings) -> Self {
        let settings = Arc::new(configured.clone());
        Self(Arc::new(RwLock::new(State { version: 0, document: Document::default(), settings })))
    }

    pub(crate) fn settings(&self) -> Arc<Settings> {
        self.state().settings
    }

    pub(super) fn state(&self) -> State {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes what is newer: whether it was.
    pub(super) fn put(&self, state: State) -> bool {
        let mut now = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let is_newer = state.version > now.version;
        if is_newer {
            *now = state;
        }
        is_newer
    }
}
