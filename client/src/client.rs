//! The asynchronous client.

use std::{fmt, future::Future, sync::Arc};

use openapi_runtime::operation::{
    Asks, Content, Events, Lines, ReadStream, ReadWhole, Text, Whole, WholeReader,
};
use openapi_runtime::{Call, Credentials, RequestError, ResponseHead, StreamError};

use crate::attempts::{Attempts, Failure, LONGEST_ERROR, Next};
use crate::clock::Clock;
use crate::config::{Config, setters};
use crate::error::ErrorKind;
use crate::received::{Pieces, Received};
use crate::reply::Sent;
use crate::span::{Described, Span};
use crate::{
    BoxError, BoxFuture, Download, Error, EventStream, MaybeSend, MaybeSync, Reply, Transport,
};

/// The result of an operation whose response is bytes.
type Downloaded<O> = Result<Download, Error<<<O as Asks<Content>>::Response as ReadWhole>::Error>>;

/// The stream of a response.
type StreamOf<R> = EventStream<<R as ReadStream>::Item, <R as ReadStream>::Error>;

/// The result of an operation whose response is a stream.
type Streamed<O, Kind> = Result<
    StreamOf<<O as Asks<Kind>>::Response>,
    Error<<<O as Asks<Kind>>::Response as ReadStream>::Error>,
>;

#[cfg(not(target_family = "wasm"))]
type Provider = Arc<dyn Fn() -> BoxFuture<'static, Result<Credentials, BoxError>> + Send + Sync>;
#[cfg(target_family = "wasm")]
type Provider = Arc<dyn Fn() -> BoxFuture<'static, Result<Credentials, BoxError>>>;

/// Sends operations to one server. It is cheap to clone: a clone with other settings shares the
/// connections.
pub struct Client<T> {
    transport: Arc<T>,
    pub(crate) config: Config,
    provider: Option<Provider>,
}

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
    pub fn credentials_from<F>(
        mut self,
        provide: impl Fn() -> F + MaybeSend + MaybeSync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Credentials, BoxError>> + MaybeSend + 'static,
    {
        self.provider = Some(Arc::new(move || Box::pin(provide())));
        self
    }

    /// Sends an operation, and reads its response: one JSON value, an enum over the statuses, or
    /// nothing.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn send<O>(&self, operation: O) -> Sent<O, Whole>
    where
        O: Asks<Whole, Response: ReadWhole>,
    {
        self.whole(Described::of::<O>(), operation.ask()?).await
    }

    /// Sends an operation, and reads its response as text.
    pub async fn send_text<O>(&self, operation: O) -> Sent<O, Text>
    where
        O: Asks<Text, Response: ReadWhole>,
    {
        self.whole(Described::of::<O>(), operation.ask()?).await
    }

    /// Sends an operation, and reads its response as bytes into memory.
    pub async fn send_bytes<O>(&self, operation: O) -> Sent<O, Content>
    where
        O: Asks<Content, Response: ReadWhole>,
    {
        self.whole(Described::of::<O>(), operation.ask()?).await
    }

    /// Sends an operation, and returns the bytes of its response as they arrive:
    /// [`Download::save`] writes them to a file.
    pub async fn download<O>(&self, operation: O) -> Downloaded<O>
    where
        O: Asks<Content, Response: ReadWhole>,
    {
        let (call, response) = operation.ask()?.split();
        let mut attempts = Attempts::new(&self.config, &call);
        let described = Described::of::<O>();
        let Received { head, body } = self.exchange(described, &mut attempts, call).await?;
        if !head.is_success() {
            // The reader returns an error, unless it is the caller's own and accepts every status.
            read(&response, &attempts, Received { head, body }).await?;
            return Err(attempts.unread());
        }
        Ok(Download::new(head, body))
    }

    /// Sends an operation, and reads the events of its response one by one.
    pub async fn stream<O>(&self, operation: O) -> Streamed<O, Events>
    where
        O: Asks<Events, Response: ReadStream>,
    {
        self.streamed(Described::of::<O>(), operation.ask()?).await
    }

    /// Sends an operation, and reads the JSON lines of its response one by one.
    pub async fn lines<O>(&self, operation: O) -> Streamed<O, Lines>
    where
        O: Asks<Lines, Response: ReadStream>,
    {
        self.streamed(Described::of::<O>(), operation.ask()?).await
    }

    /// Sends any call, and reads its response.
    pub async fn call<R: ReadWhole>(
        &self,
        call: Call<R>,
    ) -> Result<Reply<R::Value>, Error<R::Error>> {
        self.whole(Described::UNKNOWN, call).await
    }

    /// Sends any call, and reads the events of its response one by one.
    pub async fn call_stream<R: ReadStream>(
        &self,
        call: Call<R>,
    ) -> Result<StreamOf<R>, Error<R::Error>> {
        self.streamed(Described::UNKNOWN, call).await
    }

    async fn whole<R: ReadWhole>(
        &self,
        described: Described,
        call: Call<R>,
    ) -> Result<Reply<R::Value>, Error<R::Error>> {
        let (call, response) = call.split();
        let mut attempts = Attempts::new(&self.config, &call);
        let received = self.exchange(described, &mut attempts, call).await?;
        read(&response, &attempts, received).await
    }

    async fn streamed<R: ReadStream>(
        &self,
        described: Described,
        call: Call<R>,
    ) -> Result<StreamOf<R>, Error<R::Error>> {
        let (call, response) = call.split();
        let mut attempts = Attempts::new(&self.config, &call);
        let Received { head, body } = self.exchange(described, &mut attempts, call).await?;
        let is_success = head.is_success();
        let mut stream = EventStream::new(response.stream(&head), head, body);
        if is_success {
            return Ok(stream);
        }
        // The decoder also reads the error, which is the only item.
        match stream.next().await {
            Some(Err(StreamError::Response(error))) => Err(attempts.refused(error)),
            _ => Ok(stream),
        }
    }

    /// Makes attempts until there is a response that is not retried.
    async fn exchange<E>(
        &self,
        described: Described,
        attempts: &mut Attempts<'_>,
        call: Call,
    ) -> Result<Received, Error<E>> {
        let transport: Arc<dyn Transport> = self.transport.clone();
        let mut clock = Clock::new(transport, self.config.timeouts);
        let mut call = call;
        loop {
            let credentials = self.current_credentials().await;
            let credentials =
                credentials.map_err(|error| attempts.unsent(ErrorKind::Credentials(error)))?;
            let request = attempts.request(call, &credentials);
            let request = request.map_err(|error| attempts.unsent(ErrorKind::Request(error)))?;
            let span = Span::of(described, &request, attempts.made());
            let progress = Arc::clone(attempts.progress());
            let response = self.transport.exchange(request);
            let response = span.around(clock.first_byte(&progress, response)).await;
            let failure = match response {
                Ok(Ok(response)) => {
                    let head = ResponseHead::from(&response);
                    span.responded(head.status());
                    let mut body = Pieces::new(response.into_body(), clock);
                    if head.is_success() {
                        return Ok(Received { head, body });
                    }
                    let error = body.read_ahead(LONGEST_ERROR).await;
                    let Some(next) = attempts.after_response(&head, &error) else {
                        return Ok(Received { head, body });
                    };
                    clock = body.into_clock();
                    call = self.wait(&mut clock, next, attempts).await?;
                    continue;
                }
                Ok(Err(error)) => Failure::Transport(error),
                Err(elapsed) => Failure::Elapsed(elapsed),
            };
            span.failed(&failure);
            let Some(next) = attempts.after_failure(&failure) else {
                return Err(attempts.failed(failure));
            };
            call = self.wait(&mut clock, next, attempts).await?;
        }
    }

    async fn wait<E>(
        &self,
        clock: &mut Clock,
        Next { call, pause }: Next,
        attempts: &Attempts<'_>,
    ) -> Result<Call, Error<E>> {
        let paused = clock.pause(pause).await;
        paused.map_err(|elapsed| attempts.failed(Failure::Elapsed(elapsed)))?;
        Ok(call)
    }

    async fn current_credentials(&self) -> Result<Credentials, BoxError> {
        match &self.provider {
            Some(provide) => provide().await,
            None => Ok(self.config.credentials.clone()),
        }
    }
}

/// Reads a response to its end.
async fn read<R: ReadWhole>(
    response: &R,
    attempts: &Attempts<'_>,
    Received { head, mut body }: Received,
) -> Result<Reply<R::Value>, Error<R::Error>> {
    let mut reader = response.reader(&head);
    loop {
        match body.next().await {
            Ok(Some(bytes)) => reader.push(bytes),
            Ok(None) => break,
            Err(error) => return Err(attempts.refused(reader.abort(error))),
        }
    }
    let value = reader.finish().map_err(|error| attempts.refused(error))?;
    Ok(Reply::new(value, head, attempts.made()))
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
