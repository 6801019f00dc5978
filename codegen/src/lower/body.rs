//! Request bodies, in each of their media types.
//!
//! ```yaml
//! content:
//!   multipart/form-data:
//!     schema: {$ref: '#/components/schemas/CreateImageEditRequest'}
//!     encoding: {metadata: {contentType: application/json}}
//!   application/json: {schema: {$ref: '#/components/schemas/EditImageBodyJsonParam'}}
//! ```
//!
//! Where an operation answers with JSON and with an event stream, the boolean `stream` of its bodies chooses between
//! them. It is not a field: the call that the caller makes sets it.

use super::operation::{essence, is_json};
use super::syntax::{check_content_type, is_media_type_key};
use super::{Lowered, Lowering, Place, keyword, name};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Key, Mapping};
use crate::model::{
    Body, BodyFormat, Call, Content, Field, Name, RequestBody, Response, Rest, Shape, StreamSwitch,
    Type,
};

/// The property that asks for a stream.
const STREAM_SWITCH: &str = "stream";

impl<'d> Lowering<'d> {
    pub(super) fn request_body(&mut self, at: &At<'d>, operation: &Name) -> Option<RequestBody> {
        let at = self.dereference(at)?;
        keyword::check(&at, &keyword::REQUEST_BODY, &mut self.findings);
        let required = at
            .get("required")
            .and_then(|required| required.as_bool())
            .unwrap_or(false);
        let content = at.get("content").map(|content| content.as_mapping());
        let absent = content.is_none() && at.as_mapping().is_some();
        if absent || content.flatten().is_some_and(Mapping::is_empty) {
            let message = "a request body has at least one media type";
            let problem = Diagnostic::new(Code::MissingKeyword, &at, message).at_key();
            let help = "add `application/json` to `content`, or leave the body out";
            self.findings
                .push(problem.label("no media type").help(help));
        }
        let mut bodies = Vec::new();
        for (media_type, content) in at.get("content").iter().flat_map(At::members) {
            keyword::check(&content, &keyword::MEDIA_TYPE, &mut self.findings);
            let Some(format) = self.body_format(media_type, &content) else {
                continue;
            };
            let place = Place::part(operation, "request body", format_name(format));
            let lowered = match content.get("schema") {
                Some(schema) => self.lower(&schema, &place),
                None => Lowered::of(Type::Json),
            };
            let (ty, limits) = (lowered.ty, lowered.limits);
            self.prepare_body(&ty, format, &content);
            let ty = match format {
                BodyFormat::Json if lowered.nullable && ty != Type::Json => {
                    Type::Option(Box::new(ty))
                }
                BodyFormat::Json | BodyFormat::Multipart => ty,
            };
            let name = Name {
                wire: media_type.name.clone(),
                rust: format_name(format).to_owned(),
            };
            bodies.push(Body {
                name,
                format,
                ty,
                limits,
            });
        }
        let choice = (bodies.len() > 1)
            .then(|| Name::of(name::Kind::Type, &format!("{} body", operation.rust())));
        (!bodies.is_empty()).then_some(RequestBody {
            choice,
            required,
            bodies,
            origin: at.pointer().clone(),
        })
    }

    fn body_format(&mut self, media_type: &Key, content: &At<'d>) -> Option<BodyFormat> {
        if !is_media_type_key(&media_type.name, content, &mut self.findings) {
            return None;
        }
        let essence = essence(&media_type.name);
        if essence == "multipart/form-data" {
            return Some(BodyFormat::Multipart);
        }
        if is_json(&essence) {
            return Some(BodyFormat::Json);
        }
        let message = format!("a request body in `{}` is not supported", media_type.name);
        let problem = Diagnostic::new(Code::UnsupportedMediaType, content, message).at_key();
        let help =
            "multipart/form-data and JSON are; remove this one with an overlay to use the others";
        self.findings.push(problem.label("not written").help(help));
        None
    }

    /// The root of a request body takes undeclared members, and a form has its own way with null and with lists.
    fn prepare_body(&mut self, ty: &Type, format: BodyFormat, content: &At<'d>) {
        let draft = match ty {
            Type::Named(id) => self.types.get_mut(id.0).and_then(Option::as_mut),
            _ => None,
        };
        let shape = draft.map(|draft| &mut draft.def.shape);
        let Some(Shape::Struct(object)) = shape else {
            if format == BodyFormat::Multipart {
                self.refuse_form(content);
            }
            return;
        };
        if object.rest == Rest::Ignored {
            object.rest = Rest::Extra;
        }
        for (key, encoding) in content.get("encoding").iter().flat_map(At::members) {
            keyword::check(&encoding, &keyword::ENCODING, &mut self.findings);
            if let Some(given) = encoding.get("contentType")
                && let Some(text) = given.as_str()
            {
                check_content_type(text, &given, &mut self.findings);
            }
            let read = encoding.node().read::<openapiv3::Encoding>();
            let field = object
                .fields
                .iter_mut()
                .find(|field| field.name.wire() == key.name);
            match (read, field) {
                (Ok(read), Some(field)) => field.part.content_type = read.content_type,
                (Ok(_), None) => self.findings.push(unknown_encoding(&encoding, &key.name)),
                (Err(error), _) => self.findings.push(
                    Diagnostic::new(Code::WrongType, &encoding, format!("`encoding`: {error}"))
                        .label("not an Encoding Object")
                        .help("write `contentType: text/plain`"),
                ),
            }
        }
    }

    fn refuse_form(&mut self, content: &At<'d>) {
        let message = "a form is an object with properties";
        let problem = Diagnostic::new(Code::UnsupportedSchema, content, message)
            .at_key()
            .label("not an object with properties");
        let help = "list the fields of the form in `properties`, those of all alternatives in one";
        self.findings.push(problem.help(help));
    }

    /// Takes the stream switch out of the bodies, if the operation has one.
    pub(super) fn switch_stream(
        &mut self,
        calls: &mut [Call],
        responses: &[Response],
        body: Option<&mut RequestBody>,
    ) {
        let streams =
            |call: &Call| matches!(responses[call.response].content, Content::EventStream(_));
        let (true, Some(body)) = (calls.iter().any(streams), body) else {
            return;
        };
        let mut found = false;
        for body in &body.bodies {
            let Type::Named(id) = body.ty else { continue };
            let Some(draft) = self.types.get_mut(id.0).and_then(Option::as_mut) else {
                continue;
            };
            let Shape::Struct(object) = &mut draft.def.shape else {
                continue;
            };
            let is_switch =
                |field: &Field| field.name.wire() == STREAM_SWITCH && field.ty == Type::Bool;
            if let Some(index) = object.fields.iter().position(is_switch) {
                let field = object.remove_field(index);
                object.stream_switch = Some(StreamSwitch {
                    wire: STREAM_SWITCH.to_owned(),
                    sends_false: field.presence.is_required()
                        || field.default.as_deref() == Some("true"),
                    origin: field.origin,
                });
            }
            found |= object.stream_switch.is_some();
        }
        for call in calls.iter_mut().filter(|call| streams(call)) {
            call.switches_stream = found;
        }
    }
}

fn unknown_encoding(at: &At<'_>, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownKeyword,
        at,
        format!("`encoding` names `{name}`, which is not a field of the form"),
    )
    .at_key()
    .label("no such field")
    .assuming("the encoding is ignored")
    .help("name a property of the schema")
}

fn format_name(format: BodyFormat) -> &'static str {
    match format {
        BodyFormat::Json => "Json",
        BodyFormat::Multipart => "Multipart",
    }
}
