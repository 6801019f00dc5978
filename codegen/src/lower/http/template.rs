//! Path templates: literal pieces and parameters.
//!
//! ```yaml
//! /files/{id}.{ext}#copy:    # /files/, id, `.`, ext; the fragment is not sent
//! /a file:                   # /a%20file
//! ```

use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Location, Name, Parameter, PathTemplate, Segment};

use crate::lower::Lowering;
use crate::lower::http::parameter;
use crate::lower::http::path::Found;
use crate::lower::names::name;

impl<'d> Lowering<'d> {
    /// The template of the path, and the parameters, including those that only the path names.
    pub(in crate::lower) fn template(
        &mut self,
        found: &Found<'d>,
        parameters: &mut Vec<Parameter>,
    ) -> PathTemplate {
        let sent = found.path.split('#').next().unwrap_or_default();
        let pieces = pieces(sent);
        self.without_place(found, parameters, &pieces);
        let mut segments = Vec::new();
        for piece in pieces {
            segments.push(match piece {
                Piece::Literal(text) => Segment::Literal(encoded(text)),
                Piece::Placeholder(wire) => {
                    let known = parameters.iter().position(|one| is_of_path(one, wire));
                    Segment::Parameter(known.unwrap_or_else(|| {
                        self.undescribed(found, wire);
                        parameters.push(unnamed(found, wire, parameters));
                        parameters.len() - 1
                    }))
                }
            });
        }
        PathTemplate {
            text: found.path.clone(),
            segments,
        }
    }

    fn undescribed(&mut self, found: &Found<'d>, wire: &str) {
        let message = format!("the path has the parameter `{wire}`, which is not described");
        let problem = Diagnostic::new(Code::PathMismatch, &found.entry, message)
            .at_key()
            .label("not in `parameters`")
            .assuming("it is a string")
            .help(format!(
                "add `{{name: {wire}, in: path, required: true, schema: {{type: string}}}}` to `parameters`"
            ));
        self.findings.push(problem);
    }

    /// Removes the parameters with `in: path` that do not occur in the path.
    fn without_place(
        &mut self,
        found: &Found<'d>,
        parameters: &mut Vec<Parameter>,
        pieces: &[Piece<'_>],
    ) {
        let has_place = |parameter: &Parameter| {
            let mut pieces = pieces.iter();
            pieces.any(
                |piece| matches!(piece, Piece::Placeholder(wire) if is_of_path(parameter, wire)),
            )
        };
        let is_lost =
            |parameter: &Parameter| parameter.location == Location::Path && !has_place(parameter);
        for parameter in parameters.iter().filter(|parameter| is_lost(parameter)) {
            let Some(at) = self.document.at(&parameter.origin) else {
                continue;
            };
            let wire = parameter.name.wire();
            let message = format!(
                "the path `{}` does not contain the parameter `{wire}`",
                found.path
            );
            let problem = Diagnostic::new(Code::PathMismatch, &at, message)
                .label("declared with `in: path`")
                .assuming("the parameter is left out")
                .help(format!(
                    "write `{{{wire}}}` in the path, or remove the parameter"
                ));
            self.findings.push(problem);
        }
        parameters.retain(|parameter| !is_lost(parameter));
    }
}

/// The text in a URI (RFC 3986, section 2): percent-encodes other characters, and keeps what is
/// already encoded.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// A parameter without a description, with a unique name.
fn unnamed(found: &Found<'_>, wire: &str, others: &[Parameter]) -> Parameter {
    let mut parameter = parameter::undescribed(&found.entry, wire);
    let mut others = others.iter().map(|other| other.name.rust());
    if others.any(|other| other == parameter.name.rust()) {
        parameter.name = Name {
            wire: wire.to_owned(),
            rust: Name::of(name::Kind::Parameter, &format!("path {wire}")).rust,
        };
    }
    parameter
}

fn is_of_path(parameter: &Parameter, wire: &str) -> bool {
    parameter.location == Location::Path && parameter.name.wire() == wire
}

/// A piece of a path template, or of the URL of a server.
pub(in crate::lower) enum Piece<'t> {
    Literal(&'t str),
    Placeholder(&'t str),
}

pub(in crate::lower) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((wire, after)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Piece::Literal(before));
        }
        pieces.push(Piece::Placeholder(wire));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}
