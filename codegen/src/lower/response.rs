//! Responses of every status in every media type, and the calls that ask for the successful ones.
//!
//! ```yaml
//! '200':
//!   content:
//!     application/json: {schema: …}      # call
//!     text/event-stream: {schema: …}     # call_stream
//! ```

use super::media_type::Media;
use super::syntax::is_media_type_key;
use super::{Lowered, Lowering, Place, keyword};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Key};
use crate::model::{Call, CallKind, Codec, Doc, Limits, Name, Payload, Response, Status, Type};

impl<'d> Lowering<'d> {
    pub(super) fn responses(&mut self, at: &At<'d>, operation: &Name) -> Vec<Response> {
        let mut responses = Vec::new();
        for (status, response) in at.get("responses").iter().flat_map(At::members) {
            if status.name.starts_with("x-") {
                continue;
            }
            let Some(known) = Status::of(&status.name) else {
                let message = format!("`{}` is not a status of HTTP", status.name);
                let problem = Diagnostic::new(Code::InvalidKey, &response, message).at_key();
                let help = "write a status such as `200`, a range such as `4XX`, or `default`";
                self.findings
                    .push(problem.label("unknown status").help(help));
                continue;
            };
            let Some(response) = self.dereference(&response) else {
                continue;
            };
            keyword::check(&response, &keyword::RESPONSE, &mut self.findings);
            let content: Vec<_> = response
                .get("content")
                .iter()
                .flat_map(At::members)
                .collect();
            let base = Response {
                status: known,
                doc: self.doc(&response),
                payload: None,
                origin: response.pointer().clone(),
            };
            if content.is_empty() {
                responses.push(base);
                continue;
            }
            for (media_type, content) in content {
                keyword::check(&content, &keyword::MEDIA_TYPE, &mut self.findings);
                let part = format!("{} response", status.name);
                let place = Place::part(operation, "responses", &part);
                let payload = self.content(media_type, &content, &place);
                responses.extend(payload.map(|payload| Response {
                    payload: Some(payload),
                    ..base.clone()
                }));
            }
        }
        let has = |wanted: fn(&Response) -> bool| responses.iter().any(wanted);
        if !has(is_success) && !has(is_default) {
            responses.push(undescribed(at));
        }
        responses
    }

    fn content(&mut self, media_type: &Key, content: &At<'d>, place: &Place) -> Option<Payload> {
        if !is_media_type_key(&media_type.name, content, &mut self.findings) {
            return None;
        }
        let media = Media::of(&media_type.name);
        let stream = media == Media::Events;
        if matches!(
            media,
            Media::JsonLines | Media::Multipart | Media::UrlEncoded
        ) {
            let message = format!("a response in `{}` is not supported", media_type.name);
            let problem = Diagnostic::new(Code::UnsupportedMediaType, content, message).at_key();
            let help = "JSON, event streams, texts and bytes are; remove this one with an overlay to use the others";
            self.findings.push(problem.label("not read").help(help));
            return None;
        }
        let name = Name {
            wire: media_type.name.clone(),
            rust: String::new(),
        };
        if let Some((codec, limits)) = self.plain_codec(media, content, place) {
            return Some(Payload {
                name,
                codec,
                limits,
            });
        }
        let place = if stream {
            place.member("event")
        } else {
            place.clone()
        };
        let lowered = content.get("schema").map_or_else(
            || Lowered::of(Type::Json),
            |schema| self.lower(&schema, &place),
        );
        let Lowered { ty, nullable, .. } = lowered;
        let codec = match ty {
            ty if stream => Codec::Events(ty),
            ty if nullable && ty != Type::Json => Codec::Json(Type::Option(Box::new(ty))),
            ty => Codec::Json(ty),
        };
        Some(Payload {
            name,
            codec,
            limits: Limits::default(),
        })
    }

    /// One call for each kind of successful response: of a 2XX status, else `default`, which
    /// describes all statuses that are not listed (`OpenAPI` 3.1.1, section 4.8.16).
    pub(super) fn calls(&mut self, at: &At<'d>, responses: &[Response]) -> Vec<Call> {
        let any_success = responses.iter().any(is_success);
        let mut calls: Vec<Call> = Vec::new();
        for (index, response) in responses.iter().enumerate() {
            let asked_for = if any_success { is_success } else { is_default };
            if !asked_for(response) {
                continue;
            }
            let kind = match response.payload.as_ref().map(|payload| &payload.codec) {
                Some(Codec::Events(_)) => CallKind::Stream,
                Some(Codec::Text(_)) => CallKind::Text,
                Some(Codec::Bytes(_)) => CallKind::Bytes,
                Some(Codec::Json(_) | Codec::Form(_)) | None => CallKind::Whole,
            };
            match calls.iter().find(|call| call.kind == kind) {
                None => calls.push(Call {
                    kind,
                    response: index,
                    sets: Vec::new(),
                }),
                Some(known) if is_same(&responses[known.response], response) => {}
                Some(_) => {
                    let at = self
                        .document
                        .at(&response.origin)
                        .unwrap_or_else(|| at.clone());
                    let problem = Diagnostic::new(
                        Code::UnsupportedSchema,
                        &at,
                        "a second kind of success is not supported",
                    )
                    .at_key()
                    .label("another schema than the first")
                    .help("remove all but one with an overlay");
                    self.findings.push(problem);
                }
            }
        }
        calls
    }
}

fn is_success(response: &Response) -> bool {
    response.status.is_success()
}

fn is_default(response: &Response) -> bool {
    response.status == Status::Default
}

/// True if one call reads both.
fn is_same(one: &Response, other: &Response) -> bool {
    let codec = |response: &Response| {
        response
            .payload
            .as_ref()
            .map(|payload| payload.codec.clone())
    };
    codec(one) == codec(other)
}

/// The success of an operation that describes none: it has no content that is known.
fn undescribed(operation: &At<'_>) -> Response {
    let place = operation.get("responses");
    Response {
        status: Status::Range(2),
        doc: Doc::default(),
        payload: None,
        origin: place.as_ref().unwrap_or(operation).pointer().clone(),
    }
}
