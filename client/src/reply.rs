//! A success, with its head.

use std::ops::{Deref, DerefMut};

use openapi_runtime::ResponseHead;
use openapi_runtime::operation::{Asks, ReadWhole};

use crate::Error;

/// The result of an operation whose response is one value.
pub(crate) type Sent<O, Kind> = Result<
    Reply<<<O as Asks<Kind>>::Response as ReadWhole>::Value>,
    Error<<<O as Asks<Kind>>::Response as ReadWhole>::Error>,
>;

/// The value of a response, with its status and headers. It dereferences to the value.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    value: T,
    head: ResponseHead,
    attempts: u32,
}

impl<T> Reply<T> {
    pub(crate) const fn new(value: T, head: ResponseHead, attempts: u32) -> Self {
        Self {
            value,
            head,
            attempts,
        }
    }

    /// Returns the value only.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Status and headers.
    pub const fn head(&self) -> &ResponseHead {
        &self.head
    }

    /// The id by which the operator of the server can find the request.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// The number of requests that were sent.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Reply<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
