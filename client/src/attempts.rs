//! The attempts of one call, without a socket: the decision whether to send another request, and
//! the request.

use std::{sync::Arc, time::Duration};

use http::Request;
use openapi_runtime::{Call, Credentials, RequestError, ResponseHead};

use crate::config::Config;
use crate::error::ErrorKind;
use crate::outgoing::Progress;
use crate::retries::random;
use crate::timeouts::Elapsed;
use crate::transport::Lost;
use crate::{Error, Outgoing, Phase, TransportError};

/// Maximum number of bytes of an error that are read for the decision on a retry.
pub(crate) const LONGEST_ERROR: usize = 1024 * 1024;

/// The reason why an attempt has no response.
pub(crate) enum Failure {
    Transport(TransportError),
    Elapsed(Elapsed),
}

impl Failure {
    /// A name for logs.
    #[cfg(feature = "tracing")]
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Transport(error) => match error.kind {
                Lost::Connect => "connect",
                Lost::Timeout => "timeout",
                Lost::Connection => "connection",
            },
            Self::Elapsed(_) => "timeout",
        }
    }
}

/// Another attempt.
pub(crate) struct Next {
    pub(crate) call: Call,
    /// The time to wait before it.
    pub(crate) pause: Duration,
}

/// The attempts of one call.
pub(crate) struct Attempts<'c> {
    config: &'c Config,
    /// A clone of the call for the next attempt.
    spare: Option<Call>,
    /// True if the same request may be safely sent twice (RFC 9110, section 9.2.2).
    is_idempotent: bool,
    is_repeatable: bool,
    made: u32,
    progress: Arc<Progress>,
}

impl<'c> Attempts<'c> {
    pub(crate) fn new(config: &'c Config, call: &Call) -> Self {
        Self {
            is_idempotent: !matches!(call.method(), "POST" | "PATCH"),
            is_repeatable: call.body().can_be_sent_again(),
            spare: None,
            made: 0,
            progress: Arc::default(),
            config,
        }
    }

    /// The number of attempts so far.
    pub(crate) const fn made(&self) -> u32 {
        self.made
    }

    /// The upload progress of the current attempt.
    pub(crate) const fn progress(&self) -> &Arc<Progress> {
        &self.progress
    }

    /// The request of the next attempt.
    pub(crate) fn request(
        &mut self,
        call: Call,
        credentials: &Credentials,
    ) -> Result<Request<Outgoing>, RequestError> {
        let is_last = self.made >= self.config.retries.most;
        self.spare = if is_last {
            None
        } else {
            call.try_clone().ok().flatten()
        };
        let (mut head, body) = call
            .into_http(&self.config.base_url, credentials)?
            .into_parts();
        self.made += 1;
        for (name, value) in &self.config.headers {
            head.headers.entry(name).or_insert_with(|| value.clone());
        }
        let (body, progress) = Outgoing::new(body, self.config.observer.clone());
        self.progress = progress;
        Ok(Request::from_parts(head, body))
    }

    /// The next attempt after one without a response, if it should be retried.
    pub(crate) fn after_failure(&mut self, failure: &Failure) -> Option<Next> {
        let is_safe = match failure {
            Failure::Transport(error) if error.kind == Lost::Connect => true,
            Failure::Elapsed(elapsed) if elapsed.is_total() => false,
            _ => self.is_idempotent || !self.progress.is_complete() || self.config.retries.resends,
        };
        if is_safe { self.next(None) } else { None }
    }

    /// The next attempt after a response that is an error, if it should be retried.
    pub(crate) fn after_response(&mut self, head: &ResponseHead, body: &[u8]) -> Option<Next> {
        let is_temporary = self.config.retries.is_temporary(head, body);
        if is_temporary {
            self.next(Some(head))
        } else {
            None
        }
    }

    fn next(&mut self, head: Option<&ResponseHead>) -> Option<Next> {
        let pause = self.config.retries.pause(self.made, head, random())?;
        let call = self.spare.take()?;
        Some(Next { call, pause })
    }

    /// The error of an attempt without a response.
    pub(crate) fn failed<E>(&self, failure: Failure) -> Error<E> {
        let phase = match &failure {
            Failure::Transport(error) if error.kind == Lost::Connect => Phase::Connect,
            Failure::Elapsed(elapsed) => elapsed.phase,
            Failure::Transport(_) if self.progress.is_complete() => Phase::FirstByte,
            Failure::Transport(_) => Phase::Upload,
        };
        let kind = match failure {
            Failure::Transport(TransportError {
                kind: Lost::Timeout,
                source,
            }) => ErrorKind::Timeout(source),
            Failure::Transport(error) => ErrorKind::Transport(error.source),
            Failure::Elapsed(elapsed) => ErrorKind::Timeout(elapsed.into()),
        };
        Error::new(kind, phase).after(self.made, true, self.is_repeatable)
    }

    /// The error of a response.
    pub(crate) fn refused<E>(&self, error: openapi_runtime::ResponseError<E>) -> Error<E> {
        let is_temporary = !error.head().is_success()
            && self.config.retries.is_temporary(error.head(), error.body());
        let is_temporary =
            is_temporary || matches!(error, openapi_runtime::ResponseError::Transport(..));
        Error::response(error).after(self.made, is_temporary, self.is_repeatable)
    }

    /// The error of a response that its reader accepts although its status is not a success.
    pub(crate) fn unread<E>(&self) -> Error<E> {
        let error = "the status is not a success, but the reader of the response reports no error";
        let kind = ErrorKind::Transport(error.into());
        Error::new(kind, Phase::Response).after(self.made, false, self.is_repeatable)
    }

    /// The error of an attempt that was not made.
    pub(crate) fn unsent<E>(&self, kind: ErrorKind<E>) -> Error<E> {
        Error::new(kind, Phase::Request).after(self.made, false, self.is_repeatable)
    }
}
