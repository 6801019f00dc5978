//! The server: connections, shared state, and limits on memory.

use std::net::SocketAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::answer;
use crate::delivery::Cut;
use crate::error::ApiError;
use crate::fault::Plan;
use crate::judge::Judge;
use crate::kept::Pictures;
use crate::receive;
use crate::record::Records;

/// Maximum number of connections. Further ones wait.
const CONNECTIONS: usize = 64;

/// Maximum number of bodies of the largest size in memory. Further ones wait.
const BODIES: usize = 4;

/// The unit of memory permits, in bytes.
const UNIT: usize = 1024;

/// The pause if no connection can be accepted, for example because too many files are open.
const RETRY: Duration = Duration::from_millis(50);

/// The shared state of all requests.
pub(crate) struct Shared {
    pub(crate) judge: &'static Judge,
    pub(crate) address: SocketAddr,
    /// Maximum length of a body in bytes.
    pub(crate) max_body: usize,
    pub(crate) plan: Plan,
    pub(crate) records: Records,
    pub(crate) pictures: Pictures,
    /// One permit for each picture that is processed.
    workers: Arc<Semaphore>,
    /// One permit for each unit of memory for bodies.
    memory: Arc<Semaphore>,
    requests: AtomicU64,
}

impl Shared {
    pub(crate) fn new(judge: &'static Judge, address: SocketAddr, max_body: usize) -> Self {
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
        let memory = units(max_body).saturating_mul(BODIES);
        Self {
            judge,
            address,
            max_body,
            plan: Plan::default(),
            records: Records::default(),
            pictures: Pictures::default(),
            workers: Arc::new(Semaphore::new(workers)),
            memory: Arc::new(Semaphore::new(memory.min(Semaphore::MAX_PERMITS))),
            requests: AtomicU64::new(0),
        }
    }

    /// The id of the next request.
    pub(crate) fn next_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        format!("req_stand_in_{number:06}")
    }

    /// Waits for the memory of a body. A body without a declared length may have the largest.
    pub(crate) async fn memory(&self, declared: Option<usize>) -> Option<OwnedSemaphorePermit> {
        let length = declared.unwrap_or(self.max_body).min(self.max_body);
        let units = u32::try_from(units(length)).unwrap_or(u32::MAX);
        // It fails only if the semaphore is closed, which never happens.
        Arc::clone(&self.memory)
            .acquire_many_owned(units)
            .await
            .ok()
    }

    /// Processes a picture on a thread where it does not block other tasks.
    ///
    /// # Errors
    /// Status 500 if the work panics, as a decoder may on an unusual file.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let permit = Arc::clone(&self.workers).acquire_owned().await;
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        task.await
            .map_err(|_| ApiError::server("The picture could not be drawn"))
    }
}

fn units(bytes: usize) -> usize {
    bytes
        .div_ceil(UNIT)
        .clamp(1, Semaphore::MAX_PERMITS / BODIES)
}

/// Accepts connections until it is dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = Router::new()
        .route(
            "/v1/images/edits",
            post(answer::create_image_edit).fallback(answer::wrong_method),
        )
        .route(
            "/v1/pictures/{name}",
            get(answer::picture).fallback(answer::unknown_path),
        )
        .fallback(answer::unknown_path)
        .layer(from_fn_with_state(Arc::clone(&shared), receive::receive))
        .with_state(shared);
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let permit = Arc::clone(&connections).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(RETRY).await;
            continue;
        };
        let router = router.clone();
        tokio::spawn(async move {
            let _permit = permit;
            connection(stream, router).await;
        });
    }
}

async fn connection(stream: TcpStream, router: Router) {
    // Events are small and must not wait for each other. Without this option they would only be
    // late.
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        let answer = router.call(request);
        async move {
            match answer.await {
                // hyper closes the connection if the service fails.
                Ok(response) if response.extensions().get::<Cut>().is_some() => Err(Cut),
                Ok(response) => Ok(response),
                Err(never) => match never {},
            }
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new());
    // The client has disconnected, or its connection is cut on request.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}
