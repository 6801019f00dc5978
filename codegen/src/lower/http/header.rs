//! Headers of responses, as far as the types can express them: one value, or a list of values.
//!
//! ```yaml
//! headers:
//!   X-Rate-Limit: {schema: {type: integer}}    # fn x_rate_limit(&self) -> Result<Option<i64>, InvalidHeader>
//!   Vary: {schema: {type: array}}              # fn vary(&self) -> Result<Option<Vec<String>>, InvalidHeader>
//!   Set-Cookie: {schema: {type: string}}       # the same, since several cookies are several headers
//! ```
//!
//! One struct reads the headers of all responses of an operation. Operations with the same headers
//! share it. It is named after the headers, and each operation has an alias for it.

use std::collections::BTreeMap;

use crate::document::At;
use crate::lower::http::by_status::is_taken;
use crate::lower::names::name;
use crate::lower::schema::json_type::JsonType;
use crate::lower::{Lowering, keyword};
use crate::model::{Alias, Api, Header, HeaderSet, HeaderType, Name, Response, Scalar};

impl<'d> Lowering<'d> {
    /// Lowers the headers of a response. `Content-Type` is ignored (`OpenAPI` 3.1.1, section
    /// 4.8.17).
    pub(in crate::lower) fn headers(&mut self, response: &At<'d>) -> Vec<Header> {
        let mut headers = Vec::new();
        for (key, header) in response.get("headers").iter().flat_map(At::members) {
            let Some(at) = self.dereference(&header) else {
                continue;
            };
            keyword::check(&at, &keyword::HEADER, &mut self.findings);
            if !key.name.eq_ignore_ascii_case("content-type") {
                let described = self.header_type(&at);
                let is_cookie = key.name.eq_ignore_ascii_case("set-cookie");
                headers.push(Header {
                    name: Name::of(name::Kind::Field, &key.name),
                    doc: self.doc(&at),
                    ty: if is_cookie {
                        HeaderType::Lines
                    } else {
                        described
                    },
                    origin: at.pointer().clone(),
                });
            }
        }
        headers
    }

    fn header_type(&mut self, header: &At<'d>) -> HeaderType {
        let Some(schema) = header.get("schema") else {
            return HeaderType::One(Scalar::Text);
        };
        let schema = self.branch(&schema).schema;
        if schema.single_type() != Some(JsonType::Array) {
            return HeaderType::One(scalar(schema.single_type()));
        }
        let items = schema.items.map(|items| self.branch(&items).schema);
        HeaderType::List(scalar(items.and_then(|items| items.single_type())))
    }
}

fn scalar(json_type: Option<JsonType>) -> Scalar {
    match json_type {
        Some(JsonType::Boolean) => Scalar::Bool,
        Some(JsonType::Integer) => Scalar::Integer,
        Some(JsonType::Number) => Scalar::Number,
        _ => Scalar::Text,
    }
}

/// The alias for the headers of an operation; `None` if its responses have none. Its set is
/// assigned when all names are known.
pub(in crate::lower) fn alias(operation: &Name, responses: &[Response]) -> Option<Alias> {
    let has_headers = responses
        .iter()
        .any(|response| !response.headers.is_empty());
    has_headers.then(|| Alias {
        name: Name::of(name::Kind::Type, &format!("{} headers", operation.rust())),
        set: None,
    })
}

/// Assigns a set of headers to each operation; operations with the same headers share one.
pub(in crate::lower) fn share(api: &mut Api) {
    for index in 0..api.operations.len() {
        let headers = united(&api.operations[index].responses);
        let key = |header: &Header| (header.name.clone(), header.ty);
        let is_same = |set: &HeaderSet| set.headers.iter().map(key).eq(headers.iter().map(key));
        let known = api.headers.iter().position(is_same);
        let set = known.unwrap_or(api.headers.len());
        if let Some(alias) = &mut api.operations[index].headers {
            alias.set = Some(set);
        } else {
            continue;
        }
        if known.is_none() {
            let name = set_name(api, &headers);
            api.headers.push(HeaderSet {
                name,
                headers,
                part: None,
            });
        }
    }
}

/// The headers of several responses, by name. A header with several types is a text.
fn united(responses: &[Response]) -> Vec<Header> {
    let mut headers: BTreeMap<String, Header> = BTreeMap::new();
    for header in responses.iter().flat_map(|response| &response.headers) {
        let key = header.name.wire().to_lowercase();
        let known = headers.entry(key).or_insert_with(|| header.clone());
        if known.ty != header.ty {
            known.ty = HeaderType::One(Scalar::Text);
        }
    }
    let mut headers: Vec<Header> = headers.into_values().collect();
    let wires: Vec<String> = headers
        .iter()
        .map(|header| header.name.wire().to_owned())
        .collect();
    for (header, name) in headers
        .iter_mut()
        .zip(name::scope(name::Kind::Field, &wires))
    {
        header.name = name;
    }
    headers
}

fn set_name(api: &Api, headers: &[Header]) -> Name {
    let names = headers.iter().map(|header| header.name.wire());
    let words: String = names.flat_map(|name| [name, " "]).collect();
    let mut name = Name::of(name::Kind::Type, &format!("{words} headers"));
    while is_taken(api, name.rust()) {
        name.rust.push_str("OfResponse");
    }
    name
}
