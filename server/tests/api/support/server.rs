//! The service behind a real listener, for what only a connection can show.

use std::net::SocketAddr;

use reqwest::Client;
use server::listener::Limits;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::TestApp;

pub struct TestServer {
    pub address: SocketAddr,
    pub client: Client,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<()>,
}

impl TestServer {
    pub async fn start(app: &TestApp) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let (stop, stopped) = oneshot::channel();
        let (router, limits) = (app.router.clone(), Limits::of(&app.config));
        let served = tokio::spawn(async move {
            server::listener::serve(listener, router, &limits, async { drop(stopped.await) }).await;
        });
        let client = Client::builder().build().expect("a client");
        Self { address, client, stop: Some(stop), served }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        (&mut self.served).await.expect("it stops by itself");
    }
}
