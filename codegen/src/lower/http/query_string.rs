//! Parameters with `content`, and parameters for the whole query (`in: querystring`).
//!
//! ```yaml
//! - {name: at, in: query, content: {application/json: {schema: {type: object}}}}                           # ?at={…}
//! - {name: all, in: querystring, content: {application/json: {schema: {type: object}}}}                    # ?{…}
//! - {name: all, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}   # ?a=1&b=2
//! - {name: all, in: querystring, content: {application/jsonpath: {schema: {type: string}}}}                # ?$.a
//! ```

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::model::{Encoding, Location, MediaType, Type};
use crate::visible::escaped;

use crate::lower::http::media_type::Media;
use crate::lower::http::parameter::Listed;
use crate::lower::http::path::Found;
use crate::lower::schema::union::is_plain_string;
use crate::lower::{Lowered, Lowering, Place};

/// The fields of a Parameter Object that go with a `schema` (`OpenAPI` 3.2.0, section 4.12.2.2).
const WITH_SCHEMA: [&str; 4] = ["schema", "style", "explode", "allowReserved"];

impl<'d> Lowering<'d> {
    /// Reports a whole-query parameter beside another parameter of the query (`OpenAPI` 3.2.0,
    /// section 4.12.1).
    pub(in crate::lower) fn check_query(&mut self, listed: &[Listed<'d>], found: &Found<'d>) {
        let of = |location| listed.iter().filter(move |one| one.location == location);
        let mut whole = of(Location::QueryString);
        let Some(first) = whole.next() else { return };
        let sent = found.path.split('#').next().unwrap_or_default();
        let (at, message, help) = if let Some(second) = whole.next() {
            let message = "the query as a whole is described twice";
            (&second.at, message, "remove one of them")
        } else if of(Location::Query).next().is_some() {
            let message = "the query is described as a whole beside parameters in it";
            let help = "describe them as properties of the whole, or remove one or the other";
            (&first.at, message, help)
        } else if sent.contains('?') {
            let message = "the query is described as a whole, but the path already has one";
            let help = "remove the query from the path";
            (&first.at, message, help)
        } else {
            return self.check_whole(&first.at);
        };
        let problem = Diagnostic::new(Code::InvalidParameter, at, message);
        self.findings
            .push(problem.label("`in: querystring`").help(help));
    }

    /// Reports a whole-query parameter without a media type, or with a keyword that goes with
    /// `schema`.
    fn check_whole(&mut self, at: &At<'d>) {
        let given = WITH_SCHEMA
            .iter()
            .filter_map(|key| Some((*key, at.get(key)?)));
        let mut problems: Vec<Diagnostic> = given
            .map(|(key, given)| {
                let message = format!("`{key}` cannot be combined with `in: querystring`");
                Diagnostic::new(Code::InvalidParameter, &given, message)
                    .at_key()
                    .label("for one parameter of a query")
            })
            .collect();
        if problems.is_empty() && at.get("content").is_none() {
            let message = "a query as a whole has a media type";
            let problem = Diagnostic::new(Code::InvalidParameter, at, message);
            problems.push(problem.label("no `content`"));
        }
        let help =
            "write `content` with one media type, such as `application/x-www-form-urlencoded`";
        for problem in problems {
            self.findings.push(problem.help(help));
        }
    }

    /// Lowers a parameter with `content`: its type, its encoding, and the encodings of the form's
    /// members.
    pub(in crate::lower) fn parameter_content(
        &mut self,
        location: Location,
        (media_type, content): (&MediaType, &At<'d>),
        place: &Place,
    ) -> (Lowered, Encoding, BTreeMap<String, Encoding>) {
        let is_whole = location == Location::QueryString;
        let schema = content.get("schema");
        let read = schema.as_ref().map(|at| self.branch(at).schema);
        let is_text = read.as_ref().is_none_or(is_plain_string);
        match Media::of(media_type) {
            Media::Json => (self.value(content, place), Encoding::Json, BTreeMap::new()),
            Media::UrlEncoded if is_whole => {
                let lowered = self.value(content, place);
                let members = self.encodings(&lowered.ty, content);
                (lowered, Encoding::Form, members)
            }
            Media::Text | Media::Bytes if is_whole && is_text => {
                let lowered = schema.map(|schema| self.lower(&schema, place));
                let lowered = lowered.unwrap_or_else(|| Lowered::of(Type::String));
                (lowered, Encoding::Text, BTreeMap::new())
            }
            _ => {
                let message = format!(
                    "a parameter in `{}` is not supported",
                    escaped(media_type.as_str())
                );
                let problem =
                    Diagnostic::new(Code::UnsupportedMediaType, content, message).at_key();
                let help = if is_whole {
                    "JSON, forms and text are supported; with an overlay, describe it as a string"
                } else {
                    "JSON is supported; with an overlay, give the parameter a `schema` instead"
                };
                self.findings
                    .push(problem.label("not supported").help(help));
                (Lowered::refused(), Encoding::Json, BTreeMap::new())
            }
        }
    }
}
