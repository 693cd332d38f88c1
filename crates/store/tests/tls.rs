//! TLS to `PostgreSQL`. `cargo xtask test` starts a server with a certificate for 127.0.0.1 alone and says who signed it.

use std::path::Path;

use store::testing::{is_encrypted, on_postgres_url};
use store::{Store, StoreError, StoreOptions};

const VARIABLE: &str = "SALON_TEST_POSTGRES_CA";

#[expect(clippy::disallowed_methods, reason = "the one setting of these tests")]
fn authority() -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| panic!("{VARIABLE} is not set: `cargo xtask test` sets it"))
}

/// An authority that has signed nothing, made beside the other.
fn other_authority() -> String {
    let other = Path::new(&authority()).with_file_name("other-ca.pem");
    assert!(other.is_file(), "{}", other.display());
    other.display().to_string()
}

async fn connect(url: &str, options: &str) -> Result<Store, StoreError> {
    let options = format!("{url}?{options}");
    Store::connect(&options, &StoreOptions::default()).await
}

/// The whole chain of causes, where it is not a connection.
async fn refused(url: &str, options: &str) -> String {
    let error = connect(url, options).await.map(drop).expect_err("it connects");
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    format!("{error:?}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_proves_its_name_is_connected_to_over_tls() {
    on_postgres_url(|url| async move {
        for options in [format!("sslmode=verify-full&sslrootcert={}", authority()), "sslmode=require".into()] {
            let store = connect(&url, &options).await.expect("connects");
            store.migrate().await.expect("migrations run over it too");
            assert!(is_encrypted(&store).await, "{options}");
            store.close().await;
        }
        let plain = connect(&url, "sslmode=disable").await.expect("connects");
        assert!(!is_encrypted(&plain).await);
        plain.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_signed_by_somebody_else_is_refused() {
    on_postgres_url(|url| async move {
        for authority in [format!("&sslrootcert={}", other_authority()), String::new()] {
            for mode in ["verify-full", "verify-ca"] {
                let said = refused(&url, &format!("sslmode={mode}{authority}")).await;
                assert!(said.contains("certificate"), "{said}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_of_another_name_is_refused() {
    on_postgres_url(|url| async move {
        let other_name = url.replace("127.0.0.1", "localhost");
        assert_ne!(url, other_name);
        let said = refused(&other_name, &format!("sslmode=verify-full&sslrootcert={}", authority())).await;
        assert!(said.contains("certificate"), "{said}");
        // Who only asks for the signer does not look at the name.
        connect(&other_name, &format!("sslmode=verify-ca&sslrootcert={}", authority())).await.expect("connects").close().await;
    })
    .await;
}
