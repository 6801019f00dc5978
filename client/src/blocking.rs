//! The blocking client: the same methods, for programs without an async runtime.

use std::{
    fmt,
    io::{self, Read},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use bytes::{Bytes, BytesMut};
use openapi_runtime::operation::{
    Asks, Content, Events, Lines, ReadStream, ReadWhole, Text, Whole, WholeReader,
};
use openapi_runtime::{
    Call, Credentials, Events as Decoded, RequestError, ResponseHead, StreamError,
};

use crate::attempts::{Attempts, Failure, LONGEST_ERROR, Next};
use crate::config::{Config, setters};
use crate::download;
use crate::error::ErrorKind;
use crate::reply::Sent;
use crate::span::{Described, Span};
use crate::timeouts::{Elapsed, Limit};
use crate::{BoxError, Error, Outgoing, Phase, Reply, Timeouts, TransportError};

/// The body of a response.
pub type Incoming = Box<dyn Read + Send>;

/// The events of a response, or the values of its lines, as they arrive.
pub type EventStream<T, E> = Decoded<T, E, Incoming>;

/// Sends requests one by one. The client handles retries and credentials, the transport handles
/// timeouts.
///
/// A transport does not follow redirects, and does not turn a status into an error.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, and returns its response once the head has arrived.
    ///
    /// # Errors
    ///
    /// No response was received.
    fn exchange(
        &self,
        request: http::Request<Outgoing>,
        timeouts: &Timeouts,
    ) -> Result<http::Response<Incoming>, TransportError>;
}

/// The bytes of a response as they arrive, as a [`Read`]. Dropping it closes the connection.
pub struct Download {
    head: ResponseHead,
    body: Incoming,
}

impl Download {
    /// Status and headers.
    pub const fn head(&self) -> &ResponseHead {
        &self.head
    }

    /// Writes the bytes to a file, which is created or replaced once all have arrived. Returns
    /// their number.
    ///
    /// # Errors
    ///
    /// An error of the file system or of the connection. No new file is left.
    pub fn save(self, path: impl AsRef<Path>) -> io::Result<u64> {
        download::save(self, path.as_ref())
    }
}

impl Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.body.read(buffer)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Download")
            .field("head", &self.head)
            .finish_non_exhaustive()
    }
}

/// Asks the caller for credentials.
type Provider = Arc<dyn Fn() -> Result<Credentials, BoxError> + Send + Sync>;

/// Number of bytes that are read at once.
const BLOCK: usize = 64 * 1024;

/// Sends operations to one server. It is cheap to clone: a clone with other settings shares the
/// connections.
pub struct Client<T> {
    transport: Arc<T>,
    config: Config,
    provider: Option<Provider>,
}

/// The result of an operation whose response is bytes.
type Downloaded<O> = Result<Download, Error<<<O as Asks<Content>>::Response as ReadWhole>::Error>>;

/// The stream of a response.
type StreamOf<R> = EventStream<<R as ReadStream>::Item, <R as ReadStream>::Error>;

/// The result of an operation whose response is a stream.
type Streamed<O, Kind> = Result<
    StreamOf<<O as Asks<Kind>>::Response>,
    Error<<<O as Asks<Kind>>::Response as ReadStream>::Error>,
>;

impl<T: Transport> Client<T> {
    /// Makes a client of the server at `base_url`, such as `https://api.example.com/v1`.
    ///
    /// # Errors
    ///
    /// [`RequestError::BaseUrl`]
    pub fn with_transport(base_url: &str, transport: T) -> Result<Self, RequestError> {
        Ok(Self {
            transport: Arc::new(transport),
            config: Config::new(base_url)?,
            provider: None,
        })
    }

    setters!();

    /// Asks for the credentials before each attempt, for tokens that are renewed.
    #[must_use]
    pub fn credentials_from(
        mut self,
        provide: impl Fn() -> Result<Credentials, BoxError> + Send + Sync + 'static,
    ) -> Self {
        self.provider = Some(Arc::new(provide));
        self
    }

    /// Sends an operation, and reads its response: one JSON value, an enum over the statuses, or
    /// nothing.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send<O>(&self, operation: O) -> Sent<O, Whole>
    where
        O: Asks<Whole, Response: ReadWhole>,
    {
        self.whole(Described::of::<O>(), operation.ask()?)
    }

    /// Sends an operation, and reads its response as text.
    pub fn send_text<O>(&self, operation: O) -> Sent<O, Text>
    where
        O: Asks<Text, Response: ReadWhole>,
    {
        self.whole(Described::of::<O>(), operation.ask()?)
    }

    /// Sends an operation, and reads its response as bytes into memory.
    pub fn send_bytes<O>(&self, operation: O) -> Sent<O, Content>
    where
        O: Asks<Content, Response: ReadWhole>,
    {
        self.whole(Described::of::<O>(), operation.ask()?)
    }

    /// Sends an operation, and returns the bytes of its response as they arrive:
    /// [`Download::save`] writes them to a file.
    pub fn download<O>(&self, operation: O) -> Downloaded<O>
    where
        O: Asks<Content, Response: ReadWhole>,
    {
        let (call, response) = operation.ask()?.split();
        let mut attempts = Attempts::new(&self.config, &call);
        let (head, body) = self.exchange(Described::of::<O>(), &mut attempts, call)?;
        if !head.is_success() {
            // The reader returns an error, unless it is the caller's own and accepts every status.
            read(&response, &attempts, head, body)?;
            return Err(attempts.unread());
        }
        Ok(Download { head, body })
    }

    /// Sends an operation, and reads the events of its response one by one.
    pub fn stream<O>(&self, operation: O) -> Streamed<O, Events>
    where
        O: Asks<Events, Response: ReadStream>,
    {
        self.streamed(Described::of::<O>(), operation.ask()?)
    }

    /// Sends an operation, and reads the JSON lines of its response one by one.
    pub fn lines<O>(&self, operation: O) -> Streamed<O, Lines>
    where
        O: Asks<Lines, Response: ReadStream>,
    {
        self.streamed(Described::of::<O>(), operation.ask()?)
    }

    /// Sends any call, and reads its response.
    pub fn call<R: ReadWhole>(&self, call: Call<R>) -> Result<Reply<R::Value>, Error<R::Error>> {
        self.whole(Described::UNKNOWN, call)
    }

    /// Sends any call, and reads the events of its response one by one.
    pub fn call_stream<R: ReadStream>(
        &self,
        call: Call<R>,
    ) -> Result<StreamOf<R>, Error<R::Error>> {
        self.streamed(Described::UNKNOWN, call)
    }

    fn whole<R: ReadWhole>(
        &self,
        described: Described,
        call: Call<R>,
    ) -> Result<Reply<R::Value>, Error<R::Error>> {
        let (call, response) = call.split();
        let mut attempts = Attempts::new(&self.config, &call);
        let (head, body) = self.exchange(described, &mut attempts, call)?;
        read(&response, &attempts, head, body)
    }

    fn streamed<R: ReadStream>(
        &self,
        described: Described,
        call: Call<R>,
    ) -> Result<StreamOf<R>, Error<R::Error>> {
        let (call, response) = call.split();
        let mut attempts = Attempts::new(&self.config, &call);
        let (head, body) = self.exchange(described, &mut attempts, call)?;
        let mut stream = response.stream(&head).read_from(body);
        if head.is_success() {
            return Ok(stream);
        }
        // The decoder also reads the error, which is the only item.
        match stream.next() {
            Some(Err(StreamError::Response(error))) => Err(attempts.refused(error)),
            _ => Ok(stream),
        }
    }

    /// Makes attempts until there is a response that is not retried.
    fn exchange<E>(
        &self,
        described: Described,
        attempts: &mut Attempts<'_>,
        call: Call,
    ) -> Result<(ResponseHead, Incoming), Error<E>> {
        let begun = Instant::now();
        let mut call = call;
        loop {
            let credentials = self.current_credentials();
            let credentials =
                credentials.map_err(|error| attempts.unsent(ErrorKind::Credentials(error)))?;
            let request = attempts.request(call, &credentials);
            let request = request.map_err(|error| attempts.unsent(ErrorKind::Request(error)))?;
            let span = Span::of(described, &request, attempts.made());
            let timeouts = self
                .left(begun)
                .map_err(|elapsed| attempts.failed(elapsed))?;
            let failure = match span.within(|| self.transport.exchange(request, &timeouts)) {
                Ok(response) => {
                    let head = ResponseHead::from(&response);
                    span.responded(head.status());
                    let mut body = response.into_body();
                    if head.is_success() {
                        return Ok((head, body));
                    }
                    let error = read_ahead(&mut body);
                    let Some(next) = attempts.after_response(&head, &error) else {
                        let body = io::Cursor::new(error).chain(body);
                        return Ok((head, Box::new(body)));
                    };
                    call = self.wait(begun, next, attempts)?;
                    continue;
                }
                Err(error) => Failure::Transport(error),
            };
            span.failed(&failure);
            let Some(next) = attempts.after_failure(&failure) else {
                return Err(attempts.failed(failure));
            };
            call = self.wait(begun, next, attempts)?;
        }
    }

    /// The time limits, with the rest of the limit for the whole call.
    fn left(&self, begun: Instant) -> Result<Timeouts, Failure> {
        let Some(limit) = self.config.timeouts.total else {
            return Ok(self.config.timeouts);
        };
        match limit.checked_sub(begun.elapsed()) {
            Some(left) if !left.is_zero() => Ok(self.config.timeouts.total(left)),
            _ => Err(Failure::Elapsed(Elapsed {
                phase: Phase::Request,
                limit: Limit::Total(limit),
            })),
        }
    }

    fn wait<E>(
        &self,
        begun: Instant,
        Next { call, pause }: Next,
        attempts: &Attempts<'_>,
    ) -> Result<Call, Error<E>> {
        let left = self.left(begun).map(|timeouts| timeouts.total);
        let left = left.map_err(|elapsed| attempts.failed(elapsed))?;
        thread::sleep(left.map_or(pause, |left: Duration| pause.min(left)));
        Ok(call)
    }

    fn current_credentials(&self) -> Result<Credentials, BoxError> {
        match &self.provider {
            Some(provide) => provide(),
            None => Ok(self.config.credentials.clone()),
        }
    }
}

/// Reads a response to its end.
fn read<R: ReadWhole>(
    response: &R,
    attempts: &Attempts<'_>,
    head: ResponseHead,
    mut body: Incoming,
) -> Result<Reply<R::Value>, Error<R::Error>> {
    let mut reader = response.reader(&head);
    loop {
        let mut block = BytesMut::zeroed(BLOCK);
        match body.read(&mut block) {
            Ok(0) => break,
            Ok(read) => {
                block.truncate(read);
                reader.push(block.freeze());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(attempts.refused(reader.abort(error.into()))),
        }
    }
    let value = reader.finish().map_err(|error| attempts.refused(error))?;
    Ok(Reply::new(value, head, attempts.made()))
}

/// Reads the beginning of an error.
fn read_ahead(body: &mut Incoming) -> Bytes {
    let mut error = Vec::new();
    // A body that is cut off here fails again when it is read.
    let _ = body.take(LONGEST_ERROR as u64).read_to_end(&mut error);
    error.into()
}

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            config: self.config.clone(),
            provider: self.provider.clone(),
        }
    }
}

impl<T> fmt::Debug for Client<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
