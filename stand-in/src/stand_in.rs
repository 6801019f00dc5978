//! A running server, as a value.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::fault::Faults;
use crate::judge::judge;
use crate::record::Received;
use crate::server::{Shared, serve};

/// Default maximum length of a body in bytes: more than two images of the largest size.
const MAX_BODY: usize = 128 * 1024 * 1024;

/// The options of a server.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The address to listen on. Port 0, the default, takes a free one of 127.0.0.1.
    pub listen: SocketAddr,
    /// The faults of requests without the header.
    pub faults: Faults,
    /// Maximum length of a body in bytes. The default is 128 MiB.
    pub max_body: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            faults: Faults::default(),
            max_body: MAX_BODY,
        }
    }
}

/// A server, which stops when it is dropped.
pub struct StandIn {
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl StandIn {
    /// Starts a server on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// The errors of [`Self::start_with`].
    pub fn start() -> io::Result<Self> {
        Self::start_with(Options::default())
    }

    /// Starts a server.
    ///
    /// # Errors
    /// The address cannot be listened on, or the system has no thread left.
    pub fn start_with(options: Options) -> io::Result<Self> {
        let judge = judge().map_err(io::Error::other)?;
        let listener = TcpListener::bind(options.listen)?;
        listener.set_nonblocking(true)?;
        let shared = Shared::new(judge, listener.local_addr()?, options.max_body);
        shared.plan.set(options.faults);
        let shared = Arc::new(shared);
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&shared);
        let run = move || run(runtime, listener, served, stopped);
        let thread = thread::Builder::new()
            .name("stand-in".to_owned())
            .spawn(run)?;
        Ok(Self {
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// The URL that replaces `https://api.openai.com/v1`, such as `http://127.0.0.1:40123/v1`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.shared.address)
    }

    /// The requests received so far, in the order in which their bodies were complete; the last
    /// 1000.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.records.all()
    }

    /// Forgets the requests received so far.
    pub fn clear_requests(&self) {
        self.shared.records.clear();
    }

    /// Sets the faults of all requests that do not have the header
    /// [`FAULT_HEADER`](crate::FAULT_HEADER).
    pub fn set_faults(&self, faults: Faults) {
        self.shared.plan.set(faults);
    }

    /// Waits until the server stops. It does not stop by itself.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has stopped.
            let _ = thread.join();
        }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for StandIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("StandIn")
            .field(&self.shared.address)
            .finish()
    }
}

fn run(
    runtime: Runtime,
    listener: TcpListener,
    shared: Arc<Shared>,
    stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        // It is non-blocking already, and this registers it with the runtime.
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
            return;
        };
        let server = tokio::spawn(serve(listener, shared));
        // An error means that the server was dropped, which has the same effect.
        let _ = stopped.await;
        server.abort();
    });
    // A picture may still be in progress, and nobody waits for it.
    runtime.shutdown_background();
}
