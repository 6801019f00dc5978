//! Responses of every status in every media type, and the calls that ask for the successful ones.
//!
//! ```yaml
//! '200':
//!   content:
//!     application/json: {schema: …}      # call
//!     text/event-stream: {schema: …}     # call_stream
//!     application/x-ndjson: {schema: …}  # call_lines
//! '204':
//! content: …                           # never sent, and noted; the same for HEAD
//! ```

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Version};
use crate::lower::http::media_type::Media;
use crate::lower::http::path::Found;
use crate::lower::{Lowered, Lowering, Place, keyword};
use crate::model::{Codec, Doc, Limits, MediaType, Name, Payload, Response, Status, Type};

impl<'d> Lowering<'d> {
    pub(in crate::lower) fn responses(
        &mut self,
        found: &Found<'d>,
        operation: &Name,
    ) -> Vec<Response> {
        let at = &found.at;
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
            let content = if found.method == "HEAD" || !known.has_content() {
                self.without_content(&response);
                Vec::new()
            } else {
                self.contents(&response)
            };
            let base = Response {
                status: known,
                doc: self.response_doc(&response),
                headers: self.headers(&response),
                payload: None,
                origin: response.pointer().clone(),
            };
            if content.is_empty() {
                responses.push(base);
                continue;
            }
            for (media_type, content) in content {
                let part = format!("{} response", status.name);
                let place = Place::part(operation, "responses", &part);
                let payload = self.content(media_type, &content, &place);
                responses.push(Response {
                    payload: Some(payload),
                    ..base.clone()
                });
            }
        }
        let has = |wanted: fn(&Response) -> bool| responses.iter().any(wanted);
        if !has(is_success) && !has(is_default) {
            responses.push(undescribed(at));
        }
        responses
    }

    /// Notes the `content` of a response that has no content in HTTP.
    fn without_content(&mut self, response: &At<'d>) {
        if let Some(content) = response.get("content") {
            let reason = "in HTTP this response has no content";
            self.findings.note(content.pointer().clone(), reason);
        }
    }

    /// The `description`; in 3.2 after the `summary`.
    fn response_doc(&self, at: &At<'d>) -> Doc {
        if self.findings.version < Version::V3_2 {
            return self.doc(at);
        }
        self.operation_doc(at)
    }

    fn content(&mut self, media_type: MediaType, content: &At<'d>, place: &Place) -> Payload {
        // Forms are not decoded in responses.
        let media = match Media::of(&media_type) {
            Media::UrlEncoded => Media::Text,
            Media::Multipart => Media::Bytes,
            media => media,
        };
        if let Some((codec, limits)) = self.plain_codec(media, content, place) {
            return Payload {
                media_type,
                variant: None,
                codec,
                limits,
            };
        }
        let lowered = match media {
            Media::Events => self.event(content, &place.member("event")),
            Media::JsonLines => self.line(content, &place.member("line")),
            _ => self.value(content, place),
        };
        let Lowered { ty, nullable, .. } = lowered;
        let codec = match ty {
            ty if media == Media::Events => Codec::Events(ty),
            ty if media == Media::JsonLines => Codec::Lines(ty),
            ty if nullable && ty != Type::Json => Codec::Json(Type::Option(Box::new(ty))),
            ty => Codec::Json(ty),
        };
        Payload {
            media_type,
            variant: None,
            codec,
            limits: Limits::default(),
        }
    }
}

fn is_success(response: &Response) -> bool {
    response.status.is_success()
}

fn is_default(response: &Response) -> bool {
    response.status == Status::Default
}

/// The success of an operation that does not describe one. Its content is unknown.
fn undescribed(operation: &At<'_>) -> Response {
    let place = operation.get("responses");
    Response {
        status: Status::Range(2),
        doc: Doc::default(),
        headers: Vec::new(),
        payload: None,
        origin: place.as_ref().unwrap_or(operation).pointer().clone(),
    }
}
