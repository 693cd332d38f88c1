//! Where the peers send their codes: a datagram `phone code` each, as to an SMS gateway.

use std::collections::HashMap;
use std::net::{Ipv4Addr, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// A code that has not come by then will not.
const PATIENCE: Duration = Duration::from_secs(10);

/// The gateway of all peers.
#[derive(Clone)]
pub struct Gateway {
    /// Where it listens.
    pub port: u16,
    codes: Arc<Mutex<HashMap<String, String>>>,
}

impl Gateway {
    /// Listens on a port of its own.
    pub fn open() -> Result<Self> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        let gateway = Self { port: socket.local_addr()?.port(), codes: Arc::default() };
        let codes = Arc::clone(&gateway.codes);
        std::thread::spawn(move || {
            let mut bytes = [0; 256];
            while let Ok(length) = socket.recv(&mut bytes) {
                if let Some((phone, code)) = std::str::from_utf8(&bytes[..length]).ok().and_then(|text| text.split_once(' ')) {
                    codes.lock().unwrap_or_else(PoisonError::into_inner).insert(phone.to_owned(), code.to_owned());
                }
            }
        });
        Ok(gateway)
    }

    /// The code for a phone. It may come a moment after the answer.
    pub async fn code(&self, phone: &str) -> Result<String> {
        let started = Instant::now();
        loop {
            let code = self.codes.lock().unwrap_or_else(PoisonError::into_inner).remove(phone);
            if code.is_some() {
                return code.context("there is one");
            }
            ensure!(started.elapsed() < PATIENCE, "no code came");
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
    }
}
