//! Operations: requests, responses, and calls.

use heck::ToSnakeCase;

use super::{
    Api, ByStatus, Doc, Name, Parameter, PathTemplate, Payload, Request, Response, Security, Type,
    TypeId,
};
use crate::document::Pointer;

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId` and the emitted struct.
    pub name: Name,
    /// `summary` and `description`.
    pub doc: Doc,
    /// The HTTP method: `POST`.
    pub method: String,
    /// The path.
    pub path: PathTemplate,
    /// In the order of the document, those of the path item first.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub request: Option<Request>,
    /// Every response of every status and media type. If the description has neither a 2XX status
    /// nor `default`, the last one is an undescribed success: `2XX` without content.
    pub responses: Vec<Response>,
    /// The errors by status: an [`ErrorSet`], if the description has a type for any error.
    pub errors: Alias,
    /// The headers of the responses: a [`HeaderSet`](super::HeaderSet).
    pub headers: Option<Alias>,
    /// The possible calls: one for each kind of successful response.
    pub calls: Vec<Call>,
    /// Conversions of one body to another.
    pub conversions: Vec<Conversion>,
    /// The credentials that the operation accepts, if it has `security` of its own: see
    /// [`Api::security_of`].
    pub security: Option<Security>,
    /// The operation's own servers, if they differ from those of the root: indices in
    /// [`Api::servers`].
    pub servers: Vec<usize>,
    /// Index in [`Api::groups`], and of its part in [`Api::parts`]; `None` in a flat crate.
    pub group: Option<usize>,
    /// The Operation Object.
    pub origin: Pointer,
}

impl Operation {
    /// The payloads of the request, in the order of the document.
    pub fn payloads(&self) -> impl Iterator<Item = &Payload> {
        let request = self.request.iter();
        request.flat_map(|request| &request.payloads)
    }

    /// The names of the operation's emitted items.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        let choice = self
            .request
            .iter()
            .filter_map(|request| request.choice.as_ref());
        let outputs = self.calls.iter().filter_map(|call| call.output.name());
        let headers = self.headers.iter().map(|headers| &headers.name);
        [&self.name, &self.errors.name]
            .into_iter()
            .chain(headers)
            .chain(choice)
            .chain(outputs)
    }

    /// True if there is a call of this kind.
    #[must_use]
    pub fn has_call(&self, kind: CallKind) -> bool {
        self.calls.iter().any(|call| call.kind == kind)
    }

    /// The content of all responses.
    pub fn contents(&self) -> impl Iterator<Item = &Payload> {
        self.responses
            .iter()
            .filter_map(|response| response.payload.as_ref())
    }

    /// Every type that the operation itself names.
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

/// A call of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The kind of the requested response.
    pub kind: CallKind,
    /// The type of the result.
    pub output: Output,
    /// The value of `Accept`: media types without parameters. Empty if the call accepts any.
    pub accept: String,
    /// The member that requests a stream, in each body that has one.
    pub sets: Vec<StreamSet>,
}

/// The result of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// One type for every successful status: index in [`Operation::responses`].
    One(usize),
    /// Several types: an enum over the statuses.
    ByStatus(ByStatus),
}

impl Output {
    /// The name of the enum over the statuses, if there is one.
    #[must_use]
    pub fn name(&self) -> Option<&Name> {
        match self {
            Self::One(_) => None,
            Self::ByStatus(choice) => Some(&choice.name),
        }
    }

    /// The responses that the call reads: indices in [`Operation::responses`].
    pub fn responses(&self) -> impl Iterator<Item = usize> {
        let (one, several) = match self {
            Self::One(response) => (Some(*response), None),
            Self::ByStatus(choice) => (None, Some(&choice.variants)),
        };
        let several = several.into_iter().flatten();
        one.into_iter()
            .chain(several.map(|variant| variant.response))
    }
}

/// The alias of an operation for an item that operations share.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The name of the alias.
    pub name: Name,
    /// Index in [`Api::errors`] or [`Api::headers`].
    pub set: Option<usize>,
}

/// Errors by status. Operations with the same types for the same statuses share them.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorSet {
    /// The enum.
    pub choice: ByStatus,
    /// The operation whose responses the variants refer to: index in [`Api::operations`].
    pub operation: usize,
    /// Index in [`Api::parts`]; a flat crate has none.
    pub part: Option<usize>,
}

/// The kind of response that a call requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind {
    /// One JSON value, or nothing.
    Whole,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
    /// A stream of events.
    Stream,
    /// A stream of JSON lines.
    Lines,
}

impl CallKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Whole,
        Self::Text,
        Self::Bytes,
        Self::Stream,
        Self::Lines,
    ];

    /// The method of the operation's struct.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Whole => "call",
            Self::Text => "call_text",
            Self::Bytes => "call_bytes",
            Self::Stream => "call_stream",
            Self::Lines => "call_lines",
        }
    }

    /// The marker type in the runtime for this kind.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "Whole",
            Self::Text => "Text",
            Self::Bytes => "Content",
            Self::Stream => "Events",
            Self::Lines => "Lines",
        }
    }

    /// True if the response is read as a stream of values.
    #[must_use]
    pub fn is_stream(self) -> bool {
        matches!(self, Self::Stream | Self::Lines)
    }
}

/// The member that a call sets in a body to select the kind of response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamSet {
    /// Index in [`Request::payloads`].
    pub payload: usize,
    /// The field, if the type has one for it, else its [`StreamSwitch`](super::StreamSwitch).
    pub field: Option<usize>,
    /// The value; `None` leaves the member out.
    pub value: Option<bool>,
}

/// The conversion of one request body to another of the same operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The body that is converted.
    pub from: TypeId,
    /// The result.
    pub to: TypeId,
    /// Required fields of `to` that the caller gives.
    pub given: Vec<usize>,
    /// Fields that are converted: indices in `from` and `to`.
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
