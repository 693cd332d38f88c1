//! Ports for servers that come and go. Not from the range the kernel takes outgoing connections from: while a server is down, such a
//! connection could sit on its port.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

use anyhow::{Result, bail};

/// Below Linux' default range for outgoing connections, 32768 and up.
const FIRST: u16 = 18_000;
const LAST: u16 = 32_000;

/// A port nobody listens on, never handed out twice by this process.
pub fn free() -> Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Two suites at once start far from each other, however close their process ids are.
    let start = u16::try_from(u64::from(std::process::id()) * 7_919 % u64::from(LAST - FIRST)).unwrap_or(0);
    for _ in FIRST..LAST {
        let port = FIRST + start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % (LAST - FIRST);
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free port between {FIRST} and {LAST}");
}
