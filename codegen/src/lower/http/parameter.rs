//! Parameters of the path, the query, headers and cookies.
//!
//! ```yaml
//! parameters:                                                   # of the path, and of the operation
//! - {name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}   # ?ids=a,b
//! - {name: filter, in: query, style: deepObject, schema: {type: object}}                   # ?filter[a]=1
//! - {name: at, in: query, content: {application/json: {schema: {type: object}}}}           # ?at={…}
//! ```
//!
//! A parameter of the operation replaces one of the path with the same name and place.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Version};
use crate::model::{Encoding, Items, Limits, Location, Name, Parameter, Style, Styled, Type};

use crate::lower::http::path::Found;
use crate::lower::names::name;
use crate::lower::syntax::is_token;
use crate::lower::{Lowered, Lowering, Place, keyword};

/// The styles of each location, the default first (`OpenAPI` 3.2.0, section 4.12.3).
const STYLES: [(Location, &[(&str, Style)]); 5] = [
    (
        Location::Path,
        &[
            ("simple", Style::Simple),
            ("label", Style::Label),
            ("matrix", Style::Matrix),
        ],
    ),
    (
        Location::Query,
        &[
            ("form", Style::Form),
            ("spaceDelimited", Style::SpaceDelimited),
            ("pipeDelimited", Style::PipeDelimited),
            ("deepObject", Style::DeepObject),
        ],
    ),
    (Location::QueryString, &[]),
    (Location::Header, &[("simple", Style::Simple)]),
    (
        Location::Cookie,
        &[("form", Style::Form), ("cookie", Style::Cookie)],
    ),
];

/// Headers that are not described as parameters (`OpenAPI` 3.1.1, section 4.8.12.2.1).
const NOT_PARAMETERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// A parameter before it has a name in Rust.
pub(in crate::lower) struct Listed<'d> {
    pub(in crate::lower) at: At<'d>,
    wire: String,
    pub(in crate::lower) location: Location,
}

impl<'d> Lowering<'d> {
    /// The parameters of an operation, those of its path first.
    pub(in crate::lower) fn parameters(
        &mut self,
        found: &Found<'d>,
        operation: &Name,
    ) -> Vec<Parameter> {
        let mut listed: Vec<Listed<'d>> = Vec::new();
        for list in [found.item.get("parameters"), found.at.get("parameters")] {
            let mut own: Vec<Listed<'d>> = Vec::new();
            for at in list.iter().flat_map(At::items) {
                let Some(parameter) = self.listed(&at) else {
                    continue;
                };
                let is_same = |other: &Listed<'_>| {
                    (&other.wire, other.location) == (&parameter.wire, parameter.location)
                };
                if own.iter().any(is_same) {
                    let message = format!("the parameter `{}` is defined twice", parameter.wire);
                    let problem = Diagnostic::new(Code::InvalidParameter, &at, message);
                    let help = "remove one of them";
                    self.findings.push(problem.label("again").help(help));
                    continue;
                }
                match listed.iter_mut().find(|other| is_same(other)) {
                    Some(other) => other.at = parameter.at.clone(),
                    None => listed.push(Listed {
                        at: parameter.at.clone(),
                        wire: parameter.wire.clone(),
                        location: parameter.location,
                    }),
                }
                own.push(parameter);
            }
        }
        self.check_query(&listed, found);
        self.named(listed, operation)
    }

    fn listed(&mut self, at: &At<'d>) -> Option<Listed<'d>> {
        let at = self.dereference(at)?;
        keyword::check(&at, &keyword::PARAMETER, &mut self.findings);
        let text = |key| {
            at.get(key)
                .and_then(|text| text.as_str().map(str::to_owned))
        };
        let (Some(wire), Some(place)) = (text("name"), text("in")) else {
            let message = "a parameter has a name and a place";
            let problem = Diagnostic::new(Code::InvalidParameter, &at, message);
            let help = "write `name`, and `in: path`, `query`, `header` or `cookie`";
            self.findings
                .push(problem.label("no `name`, or no `in`").help(help));
            return None;
        };
        let is_3_2 = self.findings.version >= Version::V3_2;
        let locations = STYLES.iter().map(|(location, _)| *location);
        let mut locations = locations.filter(|one| is_3_2 || *one != Location::QueryString);
        let Some(location) = locations.find(|location| location.as_str() == place) else {
            let at = at.get("in").unwrap_or(at);
            let message = format!("a parameter cannot be in `{place}`");
            let problem = Diagnostic::new(Code::InvalidParameter, &at, message);
            let help = if is_3_2 {
                "write `path`, `query`, `querystring`, `header` or `cookie`"
            } else {
                "write `path`, `query`, `header` or `cookie`"
            };
            self.findings
                .push(problem.label("unknown place").help(help));
            return None;
        };
        let is_ignored = NOT_PARAMETERS.contains(&wire.to_ascii_lowercase().as_str());
        if location == Location::Header && is_ignored {
            let reason = "this header is not a parameter: the call, or the caller, sets it";
            self.findings.note(at.pointer().clone(), reason);
            return None;
        }
        let as_it_is = match location {
            Location::Header => Some("header"),
            Location::Cookie if text("style").as_deref() == Some("cookie") => Some("cookie"),
            _ => None,
        };
        if let Some(kind) = as_it_is.filter(|_| !is_token(&wire)) {
            let at = at.get("name").unwrap_or(at);
            let name = crate::visible::escaped(&wire);
            let message = format!("`{name}` is not the name of a {kind}");
            let problem = Diagnostic::new(Code::InvalidSyntax, &at, message);
            let help = "write letters, digits and `-` only";
            self.findings.push(problem.label("not a name").help(help));
            return None;
        }
        Some(Listed { at, wire, location })
    }

    /// Names the parameters. If a name occurs in two places, the place becomes a prefix.
    fn named(&mut self, listed: Vec<Listed<'d>>, operation: &Name) -> Vec<Parameter> {
        let wires = listed.iter().map(|parameter| {
            let mut same = listed.iter().filter(|other| other.wire == parameter.wire);
            match same.nth(1) {
                Some(_) => format!("{} {}", parameter.location.as_str(), parameter.wire),
                None => parameter.wire.clone(),
            }
        });
        let names = name::scope(name::Kind::Parameter, &wires.collect::<Vec<_>>());
        let mut parameters = Vec::new();
        for (listed, name) in listed.into_iter().zip(names) {
            let name = self.renamed(&listed.at, name, name::Kind::Parameter, "x-rust-field");
            let name = Name {
                wire: listed.wire.clone(),
                rust: name.rust,
            };
            parameters.push(self.parameter(&listed, name, operation));
        }
        let names: Vec<Name> = parameters.iter().map(|one| one.name.clone()).collect();
        if let Some(first) = parameters.first()
            && let Some(at) = self.document.at(&first.origin)
        {
            self.check_distinct(&at, &names, "x-rust-field");
        }
        parameters
    }

    fn parameter(&mut self, listed: &Listed<'d>, name: Name, operation: &Name) -> Parameter {
        let Listed { at, location, .. } = listed;
        let place = Place::part(operation, "parameters", &listed.wire);
        let content = self.contents(at).into_iter().next();
        let (lowered, encoding, members) = match &content {
            Some((media_type, content)) => {
                self.parameter_content(*location, (media_type, content), &place)
            }
            None => {
                let lowered = match at.get("schema") {
                    Some(schema) => self.lower(&schema, &place),
                    None => Lowered::of(Type::String),
                };
                (lowered, self.style(at, *location), BTreeMap::new())
            }
        };
        let schema = match &content {
            Some((_, content)) => content.get("schema"),
            None => at.get("schema"),
        };
        let flag = |key: &str| at.get(key).and_then(|at| at.as_bool()).unwrap_or(false);
        Parameter {
            name,
            doc: self.doc(at),
            location: *location,
            ty: lowered.ty,
            required: flag("required") || *location == Location::Path,
            limits: lowered.limits,
            default: schema
                .and_then(|schema| schema.get("default"))
                .filter(|at| !at.is_null())
                .map(|at| at.node().to_json().to_string()),
            encoding,
            members,
            origin: at.pointer().clone(),
        }
    }

    /// The encoding of a parameter, or of a member of an urlencoded form.
    pub(in crate::lower) fn style(&mut self, at: &At<'d>, location: Location) -> Encoding {
        let styles = STYLES.iter().find(|(known, _)| *known == location);
        let styles = styles.map_or(&[][..], |(_, styles)| *styles);
        let is_3_2 = self.findings.version >= Version::V3_2;
        let styles = styles
            .iter()
            .filter(|(_, style)| is_3_2 || *style != Style::Cookie);
        let styles: Vec<_> = styles.collect();
        let given = at.get("style");
        let text = given.as_ref().and_then(At::as_str);
        let known = match text {
            Some(text) => styles.iter().find(|(name, _)| *name == text),
            None => styles.first(),
        };
        // A `style` on a parameter for the whole query is reported in `query_string`.
        if known.is_none()
            && !styles.is_empty()
            && let Some(given) = &given
        {
            let place = location.as_str();
            let message = format!("a parameter in `{place}` does not have this style");
            let names: Vec<_> = styles.iter().map(|(name, _)| format!("`{name}`")).collect();
            let problem = Diagnostic::new(Code::InvalidParameter, given, message);
            let help = format!("write {}, or leave `style` out", names.join(", "));
            self.findings
                .push(problem.label("not a style of this place").help(help));
        }
        let style = known.map_or(Style::Form, |(_, style)| *style);
        let flag = |key: &str| at.get(key).and_then(|at| at.as_bool());
        let reserved = flag("allowReserved").unwrap_or(false);
        let applies = match location {
            Location::Query => true,
            Location::Path => is_3_2,
            Location::Cookie => is_3_2 && style != Style::Cookie,
            Location::Header | Location::QueryString => false,
        };
        if let Some(given) = at.get("allowReserved").filter(|_| reserved && !applies) {
            let reason = if matches!(location, Location::Path | Location::Cookie) && !is_3_2 {
                "before 3.2 it applies to parameters in the query only"
            } else {
                "the value is never percent-encoded"
            };
            self.findings.note(given.pointer().clone(), reason);
        }
        let by_default = if style == Style::DeepObject {
            Items::Indices
        } else {
            Items::Repeat
        };
        let explodes = matches!(style, Style::Form | Style::DeepObject | Style::Cookie);
        Encoding::Style(Styled {
            style,
            explode: flag("explode").unwrap_or(explodes),
            reserved: reserved && applies,
            items: self.items(at).unwrap_or(by_default),
        })
    }

    /// `x-query-array`
    fn items(&mut self, at: &At<'d>) -> Option<Items> {
        let given = at.get("x-query-array")?;
        let known = match given.as_str() {
            Some("repeat") => Some(Items::Repeat),
            Some("brackets") => Some(Items::Brackets),
            Some("indices") => Some(Items::Indices),
            _ => None,
        };
        if known.is_none() {
            let message = "`x-query-array` is `repeat`, `brackets` or `indices`";
            let problem = Diagnostic::new(Code::WrongType, &given, message);
            let help = "write `brackets` for `name[]`, or `indices` for `name[0]`";
            self.findings
                .push(problem.label("another value").help(help));
        }
        known
    }
}

/// A parameter of the path without a description.
pub(in crate::lower) fn undescribed(at: &At<'_>, wire: &str) -> Parameter {
    Parameter {
        name: Name::of(name::Kind::Parameter, wire),
        doc: crate::model::Doc::default(),
        location: Location::Path,
        ty: Type::String,
        required: true,
        limits: Limits::default(),
        default: None,
        encoding: Encoding::Style(Styled::new(Style::Simple, false)),
        members: BTreeMap::new(),
        origin: at.pointer().clone(),
    }
}
