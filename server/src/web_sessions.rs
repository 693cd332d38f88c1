//! The store behind the session cookie: a thin shell over the use cases. It can bind a cookie to a session and end it, never bring
//! one back: a request that was in flight at log-out finds nothing to save into.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::ids::SessionId;
use serde_json::Value;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::{Duration, OffsetDateTime};
use tower_sessions::session::{Expiry, Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{SessionManagerLayer, SessionStore};
use usecases::Usecases;

use crate::config::Config;

/// Cookie ids are the browser's half of a session row; see the module.
#[derive(Clone, Debug)]
pub struct WebSessions(Usecases);

#[async_trait]
impl SessionStore for WebSessions {
    /// Binds a new cookie to the session row its data names.
    async fn create(&self, record: &mut Record) -> Result<()> {
        let named = record.data.get(app::SESSION_ID_KEY).and_then(Value::as_str).and_then(|text| text.parse::<SessionId>().ok());
        let session = named.ok_or_else(|| Error::Encode("the record names no session".to_owned()))?;
        if self.0.bind_web_session(session, record.id.0).await.map_err(|error| backend(&error))? {
            Ok(())
        } else {
            Err(Error::Backend("the session is over, or has a cookie already".to_owned()))
        }
    }

    /// Nothing to keep: the row is the session, and only use cases write it.
    async fn save(&self, _: &Record) -> Result<()> {
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(actor) = self.0.actor_of_web_session(id.0).await.map_err(|error| backend(&error))? else { return Ok(None) };
        let data = HashMap::from([(app::SESSION_ID_KEY.to_owned(), Value::String(actor.session.id.to_string()))]);
        let ends = actor.session.idle_expires_at.min(actor.session.expires_at).timestamp();
        let expiry_date = OffsetDateTime::from_unix_timestamp(ends).map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0.end_web_session(id.0).await.map_err(|error| backend(&error))
    }
}

fn backend(error: &usecases::Error) -> Error {
    Error::Backend(usecases::chain(error))
}

/// The layer for the pages. The cookie lives as long as a session can; when it ends is the server's to say.
pub fn layer(uc: &Usecases, config: &Config) -> SessionManagerLayer<WebSessions> {
    let is_https = config.is_https();
    SessionManagerLayer::new(WebSessions(uc.clone()))
        .with_name(if is_https { "__Host-salon" } else { "salon" })
        .with_secure(is_https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(Duration::seconds(config.auth.customer_absolute_s.into())))
}
