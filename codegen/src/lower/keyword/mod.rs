//! The keywords of each kind of object: modelled, documentation only, or unknown.
//!
//! No keyword is skipped silently. A keyword that [`lower`](super) does not read is either in the
//! second list of its table, and noted with the reason, or it is a warning if it looks misspelt,
//! or else a note. If an operation would be lost with it, it is an error. Extensions (`x-…`) mean
//! nothing unless a table lists them.

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Version};

use super::Findings;
use super::http::method::is_operation;
use tables::OF_3_2;

mod tables;
mod value;

pub(super) use tables::{
    COMPONENTS, ENCODING, HEADER, MEDIA_TYPE, OPENAPI, OPERATION, PAIR, PARAMETER, PATH_ITEM,
    REQUEST_BODY, RESPONSE, RESTRICTIONS, SCHEMA, SECURITY_SCHEME, SERVER, SERVER_VARIABLE,
};
pub(super) use value::{flag, list, text};

/// The keywords of one kind of object.
pub(super) struct Table {
    /// Name of the object in the specification.
    object: &'static str,
    modelled: &'static [&'static str],
    /// Keywords that change nothing in the emitted code, with the reasons.
    documentation: &'static [(&'static str, &'static str)],
}

/// Reports a value of the wrong type, for keywords that have the same type in every object.
fn check_type(name: &str, value: &At<'_>, report: &mut Findings) {
    match name {
        "description" | "operationId" | "summary" | "title" if value.as_str().is_none() => {
            let problem = Diagnostic::new(Code::WrongType, value, format!("`{name}` is a string"));
            report.push(
                problem
                    .label("not a string")
                    .help("write a string, in quotes if it looks like something else"),
            );
        }
        "operationId" if value.as_str() == Some("") => {
            let problem = Diagnostic::new(Code::InvalidName, value, "`operationId` is empty");
            report.push(
                problem
                    .label("no name")
                    .help("write a name, or leave `operationId` out"),
            );
        }
        "deprecated" => drop(flag(value, report)),
        "additionalOperations" | "content" | "paths" | "responses"
            if value.as_mapping().is_none() =>
        {
            let problem = Diagnostic::new(Code::WrongType, value, format!("`{name}` is an object"));
            report.push(
                problem
                    .label("not an object")
                    .help("write its entries as keys, each with a value"),
            );
        }
        _ => {}
    }
}

/// Reports the unknown keywords of an object, and notes those that are documentation only.
pub(super) fn check(at: &At<'_>, table: &Table, report: &mut Findings) {
    if at.as_mapping().is_none() && table.object != SCHEMA.object {
        let message = format!("the {} is an object", table.object);
        let problem = Diagnostic::new(Code::WrongType, at, message).label("not an object");
        return report.push(problem.help("write its keywords as keys, each with a value"));
    }
    let added = OF_3_2.iter().filter(|added| {
        let is_read = report.version >= Version::V3_2;
        is_read && added.object == table.object
    });
    let tables: Vec<&Table> = std::iter::once(table).chain(added).collect();
    for (key, value) in at.members() {
        let name = key.name.as_str();
        let mut modelled = tables.iter().flat_map(|table| table.modelled);
        if name.starts_with("x-") || modelled.any(|known| *known == name) {
            check_type(name, &value, report);
            continue;
        }
        let mut documentation = tables.iter().flat_map(|table| table.documentation);
        if let Some((_, reason)) = documentation.find(|(known, _)| *known == name) {
            report.note(value.pointer().clone(), reason);
            continue;
        }
        let known = tables.iter().flat_map(|table| {
            let documentation = table.documentation.iter().map(|(known, _)| *known);
            table.modelled.iter().copied().chain(documentation)
        });
        match suggest(name, known) {
            Some(near) => report.push(misspelt(&value, name, near, table)),
            None => report.note(
                value.pointer().clone(),
                "not a keyword of the specification",
            ),
        }
    }
}

fn misspelt(at: &At<'_>, name: &str, near: &str, table: &Table) -> Diagnostic {
    let holds_operations =
        near == "paths" || near == "additionalOperations" || is_operation(near, Version::V3_2);
    let code = if holds_operations {
        Code::InvalidKey
    } else {
        Code::UnknownKeyword
    };
    let message = format!("`{name}` is not a keyword of the {}", table.object);
    let problem = Diagnostic::new(code, at, message)
        .at_key()
        .label("unknown keyword")
        .help(format!("did you mean `{near}`?"));
    if holds_operations {
        problem
    } else {
        problem.assuming("the keyword is ignored")
    }
}
