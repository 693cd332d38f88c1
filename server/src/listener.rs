//! Connections: hyper with a timer, because `axum::serve` waits for a half-sent header forever; capped, and drained at the end.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use crate::config::{Config, Network};
use crate::middleware::client_address::PeerAddress;

/// Most bytes of a request header; hyper answers 431 above.
const MAX_HEADER_BYTES: usize = 64 * 1024;
/// After `accept` failed (no file descriptors left): better to wait than to spin.
const PAUSE: Duration = Duration::from_millis(100);
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// What a listener bears with.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at once; more are answered 503 and closed.
    pub max_connections: u32,
    /// Connections at once of one address that is not a proxy of ours.
    pub max_connections_per_address: u32,
    /// Addresses of proxies, through which many people come.
    pub proxies: Vec<Network>,
    /// For the header of a request, and for the next one on the same connection.
    pub header_timeout: Duration,
    /// For requests in flight at the end.
    pub grace: Duration,
}

impl Limits {
    /// Those of the public listener.
    pub fn of(config: &Config) -> Self {
        let server = &config.server;
        Self {
            max_connections: server.max_connections,
            max_connections_per_address: server.max_connections_per_address,
            proxies: server.trusted_proxies.clone(),
            header_timeout: Duration::from_secs(server.header_timeout_s.into()),
            grace: Duration::from_secs(server.shutdown_grace_s.into()),
        }
    }
}

/// Serves until `stop`, then lets requests in flight finish for the grace.
pub async fn serve(listener: TcpListener, router: Router, limits: &Limits, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.header_timeout).max_buf_size(MAX_HEADER_BYTES);
    let places = Arc::new(Semaphore::new(usize::try_from(limits.max_connections).unwrap_or(Semaphore::MAX_PERMITS)));
    let peers = Peers::default();
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);

    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let is_proxy = limits.proxies.iter().any(|network| network.contains(peer.ip()));
        let most = if is_proxy { u32::MAX } else { limits.max_connections_per_address };
        let (Ok(place), Some(seat)) = (places.clone().try_acquire_owned(), peers.enter(peer.ip(), most)) else {
            tokio::spawn(turn_away(stream));
            continue;
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |request: http::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(PeerAddress(peer));
            router.clone().oneshot(request)
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // What a client does wrong on its connection is no news.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop((place, seat));
        });
    }

    drop(listener);
    if tokio::time::timeout(limits.grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still in flight at the end of the grace time");
    }
}

async fn turn_away(mut stream: TcpStream) {
    let _ = tokio::time::timeout(Duration::from_secs(1), stream.write_all(FULL)).await;
}

/// How many connections each address holds.
#[derive(Clone, Default)]
struct Peers(Arc<Mutex<HashMap<IpAddr, u32>>>);

impl Peers {
    fn enter(&self, address: IpAddr, most: u32) -> Option<Seat> {
        let address = address.to_canonical();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Seat { peers: self.clone(), address })
    }
}

/// One connection of an address; given back when dropped.
struct Seat {
    peers: Peers,
    address: IpAddr,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut held = self.peers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_so_many_connections_and_gives_them_back() {
        let peers = Peers::default();
        let address: IpAddr = "203.0.113.1".parse().expect("an address");
        let first = peers.enter(address, 2).expect("the first");
        let _second = peers.enter(address, 2).expect("the second");
        assert!(peers.enter(address, 2).is_none());
        assert!(peers.enter("203.0.113.2".parse().expect("an address"), 2).is_some());
        drop(first);
        assert!(peers.enter(address, 2).is_some());
    }

    #[test]
    fn nothing_is_remembered_of_those_who_left() {
        let peers = Peers::default();
        drop(peers.enter("203.0.113.1".parse().expect("an address"), 1));
        assert!(peers.0.lock().expect("not poisoned").is_empty());
    }
}
