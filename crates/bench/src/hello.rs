//! The limit of HTTP on this machine: hyper, and nothing behind it.

use std::convert::Infallible;
use std::net::Ipv4Addr;

use anyhow::Result;
use bytes::Bytes;
use http::{Response, header};
use http_body_util::{BodyExt, Full};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// As long as the answer to a request for a code.
const BODY: &[u8] = &[b'x'; 400];

/// Serves until it is killed.
pub fn serve(port: u16) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            tokio::spawn(async move {
                let service = service_fn(|request: http::Request<hyper::body::Incoming>| async move {
                    // The body is read, as everybody has to.
                    drop(request.into_body().collect().await);
                    let response = Response::builder().header(header::CONTENT_TYPE, "application/json");
                    Ok::<_, Infallible>(response.body(Full::new(Bytes::from_static(BODY))).expect("a response"))
                });
                drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
            });
        }
    })
}
