//! People nobody has met, at addresses nobody has called from: no limit per phone or address stands in the way.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

/// Prefixes of Saudi mobiles, each with ten million numbers.
const PREFIXES: [u32; 6] = [50, 53, 54, 55, 56, 59];
const A_PREFIX: u32 = 10_000_000;

/// The next number, in E.164.
pub fn phone() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("+966{}{:07}", PREFIXES[(number / A_PREFIX) as usize % PREFIXES.len()], number % A_PREFIX)
}

/// The next address of 10.0.0.0/8.
pub fn address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    Ipv4Addr::from(0x0A00_0000 + 1 + NEXT.fetch_add(1, Ordering::Relaxed) % 0x00FF_FFFE).to_string()
}
