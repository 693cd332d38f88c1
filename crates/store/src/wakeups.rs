//! Calls between processes on one `PostgreSQL`: "there is more in the outbox than I can take". A call is only a hint: it may be lost,
//! and whoever hears it looks for itself. On `SQLite` a process is alone, and nobody calls.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgListener, PgPoolOptions};

use crate::store::Pools;
use crate::{Backend, Store, StoreError};

const CHANNEL: &str = "salon_outbox";
const CALL: &str = "SELECT pg_notify('salon_outbox', '')";
/// The listener's pool has one connection, which it keeps: this is only the longest wait for a new one.
const CONNECT: Duration = Duration::from_secs(5);

/// Calls everybody who listens. A statement of its own, because a transaction that notifies holds a lock of the whole database while
/// it commits.
///
/// # Errors
/// [`StoreError::Unavailable`].
pub async fn call(store: &Store) -> Result<(), StoreError> {
    match store.backend() {
        Backend::Sqlite => Ok(()),
        Backend::Postgres => execute!(&mut store.read().await?, CALL).map(|_| ()),
    }
}

/// Hears calls, its own process's too.
pub struct Listener {
    store: PgPool,
    connected: Option<PgListener>,
}

/// A listener with a connection of its own beside the store's, opened by the first [`Listener::next`]. `None` on `SQLite`.
pub fn listener(store: &Store) -> Option<Listener> {
    match &store.pools {
        Pools::Sqlite { .. } => None,
        Pools::Postgres(pool) => Some(Listener { store: pool.clone(), connected: None }),
    }
}

impl Listener {
    /// Waits for a call. Also comes back when a connection was made or lost: calls may have been missed, so look.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database is away. Wait a little before the next try, which connects anew.
    pub async fn next(&mut self) -> Result<(), StoreError> {
        let Some(connected) = &mut self.connected else {
            self.connected = Some(self.connect().await?);
            return Ok(());
        };
        let heard = connected.try_recv().await;
        if heard.is_err() {
            self.connected = None;
        }
        Ok(heard.map(|_| ())?)
    }

    async fn connect(&self) -> Result<PgListener, StoreError> {
        let options = self.store.connect_options();
        let own = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None).acquire_timeout(CONNECT);
        let own = own.connect_with(options.as_ref().clone()).await?;
        let mut listener = PgListener::connect_with(&own).await?;
        listener.ignore_pool_close_event(true);
        listener.listen(CHANNEL).await?;
        Ok(listener)
    }
}
