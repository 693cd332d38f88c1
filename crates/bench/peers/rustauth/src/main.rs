//! `rustauth` with its phone-number plugin, as its documents set it up: axum in front, sqlx and PostgreSQL behind. A code goes where an SMS
//! gateway would be: to the driver, as a datagram.

use std::net::UdpSocket;
use std::sync::Arc;

use rustauth::context::create_auth_context;
use rustauth::db::DbAdapter;
use rustauth::options::RateLimitOptions;
use rustauth::plugins::phone_number::{PhoneNumberOptions, SignUpOnVerification, phone_number};
use rustauth::sqlx::PostgresAdapter;
use rustauth::{RustAuth, RustAuthOptions};
use rustauth_axum::{RustAuthAxumExt, RustAuthAxumOptions};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let var = |name: &str| std::env::var(name);
    let (url, port, codes) = (var("DATABASE_URL")?, var("PORT")?, format!("127.0.0.1:{}", var("CODES_PORT")?));
    let gateway = UdpSocket::bind("127.0.0.1:0")?;
    let phone = phone_number(
        PhoneNumberOptions::new(move |phone, code| {
            let _ = gateway.send_to(format!("{phone} {code}").as_bytes(), &codes);
            Ok(())
        })
        .sign_up_on_verification(SignUpOnVerification {
            get_temp_email: Arc::new(|phone| format!("{}@example.com", &phone[1..])),
            get_temp_name: Some(Arc::new(str::to_owned)),
        }),
    )?;
    let options = RustAuthOptions::new()
        .secret("the benchmark needs no secret that anybody keeps")
        .base_url(format!("http://127.0.0.1:{port}/api/auth"))
        // Thousands of people play on one machine: as with Salon, the limits per address stand aside.
        .rate_limit(RateLimitOptions::new().enabled(false))
        .plugins(vec![phone]);
    let schema = create_auth_context(options.clone())?.db_schema;
    let adapter = PostgresAdapter::connect_with_schema(&url, schema.clone()).await?;
    adapter.run_migrations(&schema).await?;
    let auth = RustAuth::builder().options(options).adapter(adapter).build().await?;
    let app = auth.mount_at_base_path(RustAuthAxumOptions::default())?;
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    axum::serve(listener, app.into_make_service_with_connect_info::<std::net::SocketAddr>()).await?;
    Ok(())
}
