//! How what is said to the database gets there.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::StoreError;

/// Who can listen on the way, or answer in the database's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// A file, a socket or the loopback interface: it stays on this machine.
    Local,
    /// TLS to a server that has proved its name.
    Verified,
    /// The URL asks for TLS and no more, or says that there is none. `verify-ca` counts as this: the driver believes every public
    /// authority besides the one that is named, and then does not look at the name.
    Chosen,
    /// TLS if the server offers it, and nobody has said whether that is enough.
    Unsaid,
}

/// How a store on this URL would connect.
///
/// # Errors
/// [`StoreError::Url`] for a URL that cannot be read.
pub fn transport(url: &str) -> Result<Transport, StoreError> {
    if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
        return Ok(Transport::Local);
    }
    let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Url("cannot read the postgres:// URL"))?;
    if options.get_socket().is_some() || is_loopback(options.get_host()) {
        return Ok(Transport::Local);
    }
    Ok(match options.get_ssl_mode() {
        PgSslMode::VerifyFull => Transport::Verified,
        PgSslMode::VerifyCa | PgSslMode::Require | PgSslMode::Disable => Transport::Chosen,
        PgSslMode::Allow | PgSslMode::Prefer => Transport::Unsaid,
    })
}

/// A path is a socket; everything else that is not a loopback address may be anywhere.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.starts_with('/')
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_on_the_machine_is_local() {
        for url in [
            "sqlite://data/salon.db",
            "postgres://localhost/salon",
            "postgres://127.0.0.1:5433/salon",
            "postgresql://salon:hush@[::1]/salon",
            "postgres://%2Frun%2Fpostgresql/salon",
            "postgres:///salon?host=/run/postgresql",
        ] {
            assert_eq!(transport(url).expect("readable"), Transport::Local, "{url}");
        }
    }

    #[test]
    fn everything_else_is_what_its_sslmode_says() {
        for (mode, expected) in [
            ("?sslmode=verify-full", Transport::Verified),
            ("?sslmode=verify-full&sslrootcert=/ca.pem", Transport::Verified),
            ("?sslmode=verify-ca", Transport::Chosen),
            ("?sslmode=require", Transport::Chosen),
            ("?sslmode=disable", Transport::Chosen),
            ("?sslmode=prefer", Transport::Unsaid),
            ("?sslmode=allow", Transport::Unsaid),
            ("", Transport::Unsaid),
        ] {
            assert_eq!(transport(&format!("postgres://db.example/salon{mode}")).expect("readable"), expected, "{mode}");
        }
        // The last word counts, as it does for the driver.
        let url = "postgres://localhost/salon?hostaddr=192.0.2.1&sslmode=require";
        assert_eq!(transport(url).expect("readable"), Transport::Chosen);
        assert_eq!(transport("postgres://localhost.example/salon").expect("readable"), Transport::Unsaid);
        assert!(matches!(transport("postgres://host:port/salon"), Err(StoreError::Url(_))));
        assert!(matches!(transport("postgres://db.example/salon?sslmode=sometimes"), Err(StoreError::Url(_))));
    }
}
