//! Operations: what is sent, what comes back, and the calls between.

use heck::ToSnakeCase;

use super::{Api, Doc, Limits, Name, Type, TypeId};
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
    /// The path template.
    pub path: String,
    /// The request body.
    pub body: Option<RequestBody>,
    /// Every response of every status and media type; where the description has neither a 2XX
    /// status nor `default`, the last one is the success that it does not describe, with the status
    /// `2XX`.
    pub responses: Vec<Response>,
    /// The calls a caller can make: one for each kind of successful response.
    pub calls: Vec<Call>,
    /// How the fields of one body go over into another.
    pub conversions: Vec<Conversion>,
    /// The Operation Object.
    pub origin: Pointer,
}

/// The request body of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// The enum over the media types, where there are several.
    pub choice: Option<Name>,
    /// Whether the operation cannot be called without.
    pub required: bool,
    /// In the order of the document.
    pub bodies: Vec<Body>,
    /// The Request Body Object.
    pub origin: Pointer,
}

impl RequestBody {
    /// Whether one body alone is of this type: the choice between them can be made from it.
    #[must_use]
    pub fn has_type_once(&self, ty: &Type) -> bool {
        self.bodies.iter().filter(|body| body.ty == *ty).count() == 1
    }
}

/// A request body in one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Media type and variant of the choice.
    pub name: Name,
    /// How it is written.
    pub format: BodyFormat,
    /// What is written.
    pub ty: Type,
    /// Bounds on the whole.
    pub limits: Limits,
}

/// How a request body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// RFC 8259.
    Json,
    /// RFC 7578.
    Multipart,
}

/// A response in one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// A status code, a range (`4XX`) or `default`.
    pub status: String,
    /// The media type; empty where the response has no content.
    pub media_type: String,
    /// `description`.
    pub doc: Doc,
    /// What is read.
    pub content: Content,
    /// The Response Object.
    pub origin: Pointer,
}

/// What a response holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A JSON value.
    Json(Type),
    /// Server-sent events, each of this type.
    EventStream(Type),
    /// Nothing.
    Empty,
}

/// A call a caller can make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The method of the operation's struct.
    pub method: &'static str,
    /// Index in [`Operation::responses`].
    pub response: usize,
    /// Whether the call sets the stream switch of the body.
    pub switches_stream: bool,
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
