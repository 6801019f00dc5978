//! Request bodies, in each of their media types.
//!
//! ```yaml
//! content:
//!   multipart/form-data:
//!     schema: {$ref: '#/components/schemas/CreateImageEditRequest'}
//!     encoding: {metadata: {contentType: application/json}}
//!   application/json: {schema: {$ref: '#/components/schemas/EditImageBodyJsonParam'}}
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Mapping};
use crate::lower::http::media_type::{self, Media};
use crate::lower::names::name;
use crate::lower::schema::union::is_plain_string;
use crate::lower::syntax;
use crate::lower::{Findings, Lowered, Lowering, Place, keyword};
use crate::model::{
    Codec, Encoding, Form, Limits, Location, MediaType, Name, Parts, Payload, Request, Rest, Shape,
    Type, TypeId,
};

impl<'d> Lowering<'d> {
    pub(in crate::lower) fn request_body(
        &mut self,
        at: &At<'d>,
        operation: &Name,
    ) -> Option<Request> {
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
        let listed = self.contents(&at);
        let media_types: Vec<_> = listed.iter().map(|(media_type, _)| media_type).collect();
        let names = media_type::names(&media_types);
        let is_choice = listed.len() > 1;
        let mut payloads = Vec::new();
        for ((media_type, content), rust) in listed.iter().zip(names) {
            let place = Place::part(operation, "request body", &rust);
            let (codec, limits) = self.request_codec(media_type, content, &place);
            let wire = media_type.as_str().to_owned();
            payloads.push(Payload {
                media_type: media_type.clone(),
                variant: is_choice.then_some(Name { wire, rust }),
                codec,
                limits,
            });
        }
        let choice =
            is_choice.then(|| Name::of(name::Kind::Type, &format!("{} body", operation.rust())));
        (!payloads.is_empty()).then_some(Request {
            choice,
            required,
            payloads,
            origin: at.pointer().clone(),
        })
    }

    fn request_codec(
        &mut self,
        media_type: &MediaType,
        content: &At<'d>,
        place: &Place,
    ) -> (Codec, Limits) {
        // A sequential media type is not encoded in a request: its body is bytes, a file or a
        // reader. Of a range, the caller says which type the bytes are.
        let media = match Media::of(media_type) {
            Media::Events | Media::JsonLines => Media::Bytes,
            _ if media_type.is_range() => Media::Bytes,
            media => media,
        };
        if let Some(codec) = self.plain_codec(media, content, place) {
            return codec;
        }
        let lowered = self.value(content, place);
        self.take_further_members(&lowered.ty);
        let is_nullable = lowered.nullable && lowered.ty != Type::Json;
        let (parts, method) = match media {
            Media::Multipart => {
                let content_types = self.content_types(&lowered.ty, content);
                (Parts::Multipart(content_types), "into_form")
            }
            Media::UrlEncoded => {
                let encodings = self.encodings(&lowered.ty, content);
                (Parts::UrlEncoded(encodings), "to_pairs")
            }
            _ if is_nullable => {
                let ty = Type::Option(Box::new(lowered.ty));
                return (Codec::Json(ty), lowered.limits);
            }
            _ => return (Codec::Json(lowered.ty), lowered.limits),
        };
        let form = Form {
            ty: lowered.ty,
            parts,
            method: method.to_owned(),
        };
        (Codec::Form(form), lowered.limits)
    }

    /// The value that a Media Type Object describes.
    pub(in crate::lower) fn value(&mut self, content: &At<'d>, place: &Place) -> Lowered {
        match content.get("schema") {
            Some(schema) => self.lower(&schema, place),
            None => {
                let reason = "a media type without `schema`";
                Lowered::of(self.findings.untyped(content, reason))
            }
        }
    }

    /// The codec of a body that is text or bytes, regardless of its schema.
    pub(in crate::lower) fn plain_codec(
        &mut self,
        media: Media,
        content: &At<'d>,
        place: &Place,
    ) -> Option<(Codec, Limits)> {
        let schema = content.get("schema");
        let read = schema.as_ref().map(|at| self.branch(at).schema);
        let is_binary = read
            .as_ref()
            .is_some_and(|schema| schema.format == Some("binary"));
        match media {
            Media::Text if !is_binary => {
                let lowered =
                    schema.filter(|_| read.is_some_and(|schema| is_plain_string(&schema)));
                let lowered = lowered.map(|schema| self.lower(&schema, place));
                let limits = lowered.as_ref().map(|lowered| lowered.limits.clone());
                let ty = lowered.map_or(Type::String, |lowered| lowered.ty);
                Some((Codec::Text(ty), limits.unwrap_or_default()))
            }
            Media::Text | Media::Bytes => Some((Codec::Bytes(Type::File), Limits::default())),
            _ => None,
        }
    }

    /// The root of a request body takes undeclared members.
    fn take_further_members(&mut self, ty: &Type) {
        let Type::Named(id) = ty else { return };
        let draft = self.registry.draft_mut(*id);
        if let Some(Shape::Struct(object)) = draft.map(|draft| &mut draft.def.shape)
            && object.rest == Rest::Ignored
        {
            object.rest = Rest::Extra;
        }
    }

    /// Adds the names of the members that a form of this type has. Returns `false` if some value
    /// of the type is not an object.
    fn gather_fields(
        &self,
        ty: &Type,
        fields: &mut BTreeSet<String>,
        seen: &mut Vec<TypeId>,
    ) -> bool {
        let id = match ty {
            Type::Named(id) => *id,
            Type::Boxed(inner) => return self.gather_fields(inner, fields, seen),
            _ => return matches!(ty, Type::Map(_)),
        };
        if seen.contains(&id) {
            return true;
        }
        seen.push(id);
        let Some(draft) = self.registry.draft(id) else {
            let ty = self.registry.stands_for(id);
            return ty.is_some_and(|ty| self.gather_fields(ty, fields, seen));
        };
        match &draft.def.shape {
            Shape::Struct(object) => {
                let own = object.fields.iter().map(|field| field.name.wire());
                fields.extend(own.map(str::to_owned));
                true
            }
            Shape::Exclusive(members) => {
                let own = members.iter().map(|member| member.name.wire());
                fields.extend(own.map(str::to_owned));
                true
            }
            Shape::Union(union) => {
                let alternatives = union.variants.iter();
                let mut types = alternatives.map(|variant| &variant.ty);
                types.all(|ty| self.gather_fields(ty, fields, seen))
            }
            Shape::OpenEnum(_) => false,
        }
    }

    /// The Encoding Objects of a form's members. Reports those whose name is not a member.
    fn encoding_objects(
        &mut self,
        ty: &Type,
        content: &At<'d>,
        table: &keyword::Table,
    ) -> Vec<(String, At<'d>)> {
        let mut fields = BTreeSet::new();
        if !self.gather_fields(ty, &mut fields, &mut Vec::new()) {
            refuse_form(content, &mut self.findings);
            return Vec::new();
        }
        let mut found = Vec::new();
        for (key, encoding) in content.get("encoding").iter().flat_map(At::members) {
            keyword::check(&encoding, table, &mut self.findings);
            self.check_nested(&encoding);
            if fields.contains(&key.name) {
                found.push((key.name.clone(), encoding));
            } else {
                self.findings.push(unknown_encoding(&encoding, &key.name));
            }
        }
        found
    }

    /// The content types of the parts of a form.
    fn content_types(&mut self, ty: &Type, content: &At<'d>) -> BTreeMap<String, Vec<MediaType>> {
        let mut content_types = BTreeMap::new();
        for (name, encoding) in self.encoding_objects(ty, content, &keyword::ENCODING) {
            match encoding.node().read::<openapiv3::Encoding>() {
                Ok(_) => {
                    let listed = self.content_type(&encoding);
                    content_types.extend(listed.map(|listed| (name, listed)));
                }
                Err(error) => self.findings.push(
                    Diagnostic::new(Code::WrongType, &encoding, format!("`encoding`: {error}"))
                        .label("not an Encoding Object")
                        .help("write `contentType: text/plain`"),
                ),
            }
        }
        content_types
    }

    /// The media types in `contentType`.
    fn content_type(&mut self, encoding: &At<'_>) -> Option<Vec<MediaType>> {
        let given = encoding.get("contentType")?;
        Some(syntax::content_types(
            given.as_str()?,
            &given,
            &mut self.findings,
        ))
    }

    /// The encodings of members of an urlencoded form that the document specifies.
    pub(in crate::lower) fn encodings(
        &mut self,
        ty: &Type,
        content: &At<'d>,
    ) -> BTreeMap<String, Encoding> {
        let objects = self.encoding_objects(ty, content, &keyword::PAIR);
        let mut encodings = BTreeMap::new();
        for (name, encoding) in objects {
            let has_style = ["style", "explode", "allowReserved", "x-query-array"];
            if has_style.iter().any(|key| encoding.get(key).is_some()) {
                encodings.insert(name, self.style(&encoding, Location::Query));
            } else if let Some([one]) = self.content_type(&encoding).as_deref()
                && one.is_json()
            {
                encodings.insert(name, Encoding::Json);
            }
        }
        encodings
    }
}

fn refuse_form(content: &At<'_>, findings: &mut Findings) {
    let message = "a form is an object";
    let problem = Diagnostic::new(Code::UnsupportedSchema, content, message).at_key();
    let help =
        "list the fields of the form in `properties`; if there are alternatives, in each of them";
    findings.push(problem.label("not always an object").help(help));
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
