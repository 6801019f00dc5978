//! A transport without a socket: it plays what a test wrote, and notes what it was asked for.

use std::{
    collections::VecDeque,
    future::{pending, poll_fn, ready},
    pin::Pin,
    sync::{Arc, Mutex},
    task::Poll,
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame};
use openapi_client::{BoxError, BoxFuture, Client, Incoming, Outgoing, Transport, TransportError};

/// The outcome of a request.
#[derive(Clone)]
pub enum Play {
    /// There is no connection.
    NoConnection,
    /// The connection breaks before the body is sent.
    LostInUpload,
    /// The connection breaks after the body was sent.
    LostAfterUpload,
    /// Nothing comes, ever.
    Silence,
    /// A response, with its body in pieces.
    Response(u16, &'static [(&'static str, &'static str)], Vec<Piece>),
}

/// A piece of a response's body.
#[derive(Clone, Copy)]
pub enum Piece {
    Bytes(&'static str),
    /// The connection breaks.
    Break,
    /// Nothing more comes.
    Silence,
}

/// A response with a whole body.
pub fn answer(
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
) -> Play {
    Play::Response(status, headers, vec![Piece::Bytes(body)])
}

/// The requests that the transport has received.
#[derive(Default)]
pub struct Asked {
    /// Method, URI, and the headers that matter here.
    pub requests: Vec<String>,
    /// The pauses between attempts.
    pub pauses: Vec<Duration>,
}

#[derive(Clone)]
pub struct Scripted {
    script: Arc<Mutex<VecDeque<Play>>>,
    pub asked: Arc<Mutex<Asked>>,
    /// Limits of this length pass at once; other waits of more than two minutes never end.
    passes: Option<Duration>,
}

impl Scripted {
    pub fn new(script: &[Play], passes: Option<Duration>) -> Self {
        Self {
            script: Arc::new(Mutex::new(script.iter().cloned().collect())),
            asked: Arc::default(),
            passes,
        }
    }

    pub fn client(&self) -> Client<Self> {
        Client::with_transport("https://api.example.com/v1?version=7", self.clone())
            .expect("it is a base URL")
    }
}

impl Transport for Scripted {
    fn exchange(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, TransportError>> {
        let header = |name: &str| {
            let value = request.headers().get(name);
            value.map(|value| format!(" {name}={}", value.to_str().expect("it is text")))
        };
        let headers: String = ["authorization", "user-agent", "x-tenant"]
            .into_iter()
            .filter_map(header)
            .collect();
        let line = format!("{} {}{headers}", request.method(), request.uri());
        self.asked.lock().expect("a lock").requests.push(line);
        let play = self.script.lock().expect("a lock").pop_front();
        Box::pin(async move {
            match play.expect("the script is long enough") {
                Play::NoConnection => Err(TransportError::connect("no route")),
                Play::LostInUpload => Err(TransportError::lost("reset by peer")),
                Play::LostAfterUpload => {
                    take(request.into_body()).await;
                    Err(TransportError::lost("reset by peer"))
                }
                Play::Silence => {
                    take(request.into_body()).await;
                    pending().await
                }
                Play::Response(status, headers, pieces) => {
                    take(request.into_body()).await;
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(*name, *value);
                    }
                    let body: Incoming = Box::pin(Pieces(pieces.into()));
                    Ok(response.body(body).expect("it is a response"))
                }
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if self
            .passes
            .is_some_and(|limit| limit == duration || limit / 4 == duration)
        {
            return Box::pin(ready(()));
        }
        if duration > Duration::from_secs(120) {
            return Box::pin(pending());
        }
        self.asked.lock().expect("a lock").pauses.push(duration);
        Box::pin(ready(()))
    }
}

/// Takes a body as a connection does.
async fn take(mut body: Outgoing) {
    poll_fn(|context| {
        loop {
            match Pin::new(&mut body).poll_frame(context) {
                Poll::Ready(Some(frame)) => drop(frame.expect("it can be read")),
                Poll::Ready(None) => return Poll::Ready(()),
                Poll::Pending => return Poll::Pending,
            }
        }
    })
    .await;
}

struct Pieces(VecDeque<Piece>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self.0.pop_front() {
            Some(Piece::Bytes(text)) => Poll::Ready(Some(Ok(Frame::data(Bytes::from(text))))),
            Some(Piece::Break) => Poll::Ready(Some(Err("reset by peer".into()))),
            Some(Piece::Silence) => {
                self.0.push_front(Piece::Silence);
                Poll::Pending
            }
            None => Poll::Ready(None),
        }
    }
}
