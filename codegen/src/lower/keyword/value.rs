//! Reads the values of keywords by their types, and reports values of other types.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::lower::Findings;

/// A boolean keyword.
pub(crate) fn flag(at: &At<'_>, report: &mut Findings) -> Option<bool> {
    let value = at.as_bool();
    if value.is_none() {
        report.push(
            Diagnostic::new(Code::WrongType, at, "this keyword is `true` or `false`")
                .label("not a boolean")
                .help("write `true` or `false` without quotes"),
        );
    }
    value
}

/// A keyword that is a string.
pub(crate) fn text<'d>(at: &At<'d>, key: &str, report: &mut Findings) -> Option<&'d str> {
    let at = at.get(key)?;
    let value = at.as_str();
    if value.is_none() {
        let message = format!("`{key}` is a string");
        report.push(
            Diagnostic::new(Code::WrongType, &at, message)
                .label("not a string")
                .help("write a string"),
        );
    }
    value
}

/// A keyword that is an array.
pub(crate) fn list<'d>(at: &At<'d>, key: &str, report: &mut Findings) -> Vec<At<'d>> {
    let Some(at) = at.get(key) else {
        return Vec::new();
    };
    if let Some(items) = at.as_sequence() {
        if items.is_empty() && matches!(key, "allOf" | "anyOf" | "oneOf") {
            let message = format!("`{key}` lists at least one schema");
            let problem = Diagnostic::new(Code::WrongType, &at, message);
            report.push(
                problem
                    .label("no schema")
                    .help("list the schemas, or leave it out"),
            );
        }
        return at.items().collect();
    }
    let message = format!("`{key}` is an array");
    let diagnostic = Diagnostic::new(Code::WrongType, &at, message).label("not an array");
    report.push(match (key, at.as_bool()) {
        ("required", Some(_)) => {
            diagnostic.help("list the required members in `required` of the object that has them")
        }
        _ => diagnostic.help("write the values between `[` and `]`, or each after a `-`"),
    });
    Vec::new()
}
