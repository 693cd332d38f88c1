//! Somebody's authenticator app.

use domain::totp::TotpSecret;

use super::TestApp;

/// Holds what was typed into it.
pub struct Authenticator(TotpSecret);

impl Authenticator {
    /// Reads a key as such apps do, spaces or not.
    pub fn with(key: &str) -> Self {
        let bits: Vec<bool> = key
            .chars()
            .filter(|c| *c != ' ')
            .map(|c| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).expect("base 32"))
            .flat_map(|symbol| (0..5).rev().map(move |bit| (symbol >> bit) & 1 == 1))
            .collect();
        let bytes: Vec<u8> = bits.chunks(8).map(|byte| byte.iter().fold(0, |all, bit| (all << 1) | u8::from(*bit))).collect();
        Self(TotpSecret::new(bytes.try_into().expect("twenty bytes")))
    }

    /// What it shows now.
    pub fn code(&self, app: &TestApp) -> String {
        self.0.code_at(app.uc.clock().now()).expose().to_owned()
    }
}
