//! Operations: what is sent, what comes back, and the calls between.

use heck::ToSnakeCase;

use super::{Api, Doc, Name, Parameter, PathTemplate, Payload, Request, Response, Type, TypeId};
use crate::document::Pointer;

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId` and the emitted struct.
    pub name: Name,
    /// `summary` and `description`.
    pub doc: Doc,
    /// As HTTP writes it: `POST`.
    pub method: &'static str,
    /// The path.
    pub path: PathTemplate,
    /// In the order of the document, those of the path item first.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub request: Option<Request>,
    /// Every response of every status and media type. Where the description has neither a 2XX status nor `default`, the
    /// last one is the success that it does not describe: `2XX` without content.
    pub responses: Vec<Response>,
    /// The calls a caller can make: one for each kind of successful response.
    pub calls: Vec<Call>,
    /// How the fields of one body go over into another.
    pub conversions: Vec<Conversion>,
    /// The Operation Object.
    pub origin: Pointer,
}

impl Operation {
    /// The payloads of the request, in the order of the document.
    pub fn payloads(&self) -> impl Iterator<Item = &Payload> {
        let request = self.request.iter();
        request.flat_map(|request| &request.payloads)
    }

    /// The content of all responses.
    pub fn contents(&self) -> impl Iterator<Item = &Payload> {
        self.responses
            .iter()
            .filter_map(|response| response.payload.as_ref())
    }

    /// Every type that stands in the operation itself.
    pub(crate) fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let requests = self
            .request
            .iter_mut()
            .flat_map(|request| &mut request.payloads);
        let responses = self
            .responses
            .iter_mut()
            .filter_map(|response| response.payload.as_mut());
        let payloads = requests.chain(responses).map(Payload::ty_mut);
        let parameters = self.parameters.iter_mut();
        parameters
            .map(|parameter| &mut parameter.ty)
            .chain(payloads)
    }
}

/// A call a caller can make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What is asked for.
    pub kind: CallKind,
    /// Index in [`Operation::responses`].
    pub response: usize,
    /// What the call says of the stream in each body that can say it.
    pub sets: Vec<StreamSet>,
}

/// The kind of response that a call asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// One answer: JSON, or nothing.
    Whole,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
    /// A stream of events.
    Stream,
}

impl CallKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Whole, Self::Text, Self::Bytes, Self::Stream];

    /// The method of the operation's struct.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Whole => "call",
            Self::Text => "call_text",
            Self::Bytes => "call_bytes",
            Self::Stream => "call_stream",
        }
    }
}

/// What a call sets in a body, so that the server answers as it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamSet {
    /// Index in [`Request::payloads`].
    pub payload: usize,
    /// The field, if the type has one for it; else its [`StreamSwitch`](super::StreamSwitch).
    pub field: Option<usize>,
    /// The value; `None` leaves the member out.
    pub value: Option<bool>,
}

/// How the fields of one request body go over into another of the same operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The body that has the fields.
    pub from: TypeId,
    /// The body that takes them.
    pub to: TypeId,
    /// Required fields of `to` that the caller gives.
    pub given: Vec<usize>,
    /// Fields that go over: indices in `from` and `to`.
    pub carried: Vec<(usize, usize)>,
    /// Fields of `from` that have no counterpart.
    pub left: Vec<usize>,
}

impl Conversion {
    /// Name of the method of `from`: `to_create_image_edit_request`.
    #[must_use]
    pub fn method(&self, api: &Api) -> String {
        format!("to_{}", api.get(self.to).name.rust().to_snake_case())
    }
}
