//! The service under test and those who talk to it. To add a helper: a file here for another kind of thing, listed below.

mod answer;
mod app;
mod authenticator;
mod binary;
mod browser;
mod call;
pub mod desk;
mod exposition;
mod people;
mod server;

pub use answer::Answer;
pub use app::TestApp;
pub use authenticator::Authenticator;
pub use binary::{Binary, salon};
pub use browser::{Browser, set_cookies};
pub use call::Call;
pub use exposition::Exposition;
pub use people::Customer;
pub use server::TestServer;
pub use store::testing::at_once as race;

/// Somebody who runs the platform ([`TestApp::admin`], [`TestApp::boss`]).
pub const ADMIN: &str = "+966500000001";
/// A Saudi mobile for tests.
pub const PHONE: &str = "+966501234567";
/// Another.
pub const OTHER: &str = "+966551234567";

/// A code of the same length that is not the right one.
pub fn wrong(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..code.len() - 1])
}

/// Runs a test body on both databases. PostgreSQL that is not there is a failure.
macro_rules! api_test {
    (async fn $name:ident($app:ident) $body:block) => {
        async fn $name($app: crate::support::TestApp) $body

        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$name(crate::support::TestApp::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                store::testing::on_postgres_url(|url| async move { super::$name(crate::support::TestApp::on(&url).await).await }).await;
            }
        }
    };
}

pub(crate) use api_test;
