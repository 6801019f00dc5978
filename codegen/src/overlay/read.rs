//! Reads an overlay document into its actions.
//!
//! ```yaml
//! overlay: 1.0.0                    # Version::V1_0
//! info: {title: …, version: …}      # must be there, has no effect
//! actions:
//!   - target: $.servers             # Action { target: Query, change: Change::Remove }
//!     remove: true
//! ```

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Report, suggest};
use crate::document::{At, Document, Value};
use crate::json_path::Path;

/// The supported versions of the Overlay Specification.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V1_0,
    V1_1,
}

/// An Action Object.
pub(super) struct Action<'d> {
    pub(super) target: Query<'d>,
    pub(super) change: Change<'d>,
}

/// The effect of an action on its targets.
pub(super) enum Change<'d> {
    Update(At<'d>),
    Copy(Query<'d>),
    Remove,
}

/// A `JSONPath` expression (RFC 9535) and its place.
pub(super) struct Query<'d> {
    pub(super) path: Path,
    pub(super) at: At<'d>,
}

/// Reads the whole overlay and collects all problems.
pub(super) fn overlay(document: &Document) -> Result<(Version, Vec<Action<'_>>), Diagnostics> {
    let root = document.root();
    let mut reader = Reader {
        report: Report::new(),
    };
    reader.check_fields(
        &root,
        "Overlay Object",
        &["overlay", "info", "extends", "actions"],
    );
    let version = reader.version(&root);
    if let Some(info) = reader.required(&root, "info") {
        // Overlay 1.0 has no description here. It has no effect, so it does not require a higher
        // version.
        reader.check_fields(&info, "Info Object", &["title", "version", "description"]);
        for name in ["title", "version"] {
            let field = reader.required(&info, name);
            field.and_then(|field| reader.string(&field));
        }
        reader.optional_string(&info, "description");
    }
    reader.optional_string(&root, "extends");
    let list = reader.required(&root, "actions");
    let list: Vec<At<'_>> = list.map(|list| reader.elements(&list)).unwrap_or_default();
    let actions = list
        .iter()
        .filter_map(|at| reader.action(at, version))
        .collect();
    reader.report.finish((version, actions), document.sources())
}

struct Reader {
    report: Report,
}

impl Reader {
    fn version(&mut self, root: &At<'_>) -> Version {
        let field = self.required(root, "overlay");
        let text = field.as_ref().and_then(|field| self.string(field));
        if let (Some(field), Some(text)) = (field, text) {
            // The patch version does not matter.
            let is_number =
                |patch: &str| !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit());
            match text.rsplit_once('.') {
                Some(("1.0", patch)) if is_number(patch) => return Version::V1_0,
                Some(("1.1", patch)) if is_number(patch) => {}
                _ => {
                    let message =
                        format!("version `{text}` of the Overlay Specification is not supported");
                    self.report.push(
                        Diagnostic::new(Code::UnsupportedVersion, &field, message)
                            .help("1.0.0 and 1.1.0 are supported"),
                    );
                }
            }
        }
        Version::V1_1
    }

    fn action<'d>(&mut self, at: &At<'d>, version: Version) -> Option<Action<'d>> {
        let fields: &[&str] = match version {
            Version::V1_0 => &["target", "description", "update", "remove"],
            Version::V1_1 => &["target", "description", "update", "remove", "copy"],
        };
        self.check_fields(at, "Action Object", fields);
        at.as_mapping()?;
        self.optional_string(at, "description");
        let target = self
            .required(at, "target")
            .and_then(|field| self.query(field));
        let change = self.change(at, fields);
        Some(Action {
            target: target?,
            change: change?,
        })
    }

    fn change<'d>(&mut self, at: &At<'d>, fields: &[&str]) -> Option<Change<'d>> {
        if let Some(remove) = at.get("remove") {
            match remove.as_bool() {
                Some(true) => return Some(Change::Remove),
                Some(false) => {}
                None => {
                    self.wrong_type(&remove, "boolean");
                    return None;
                }
            }
        }
        let copy = at.get("copy").filter(|_| fields.contains(&"copy"));
        match (at.get("update"), copy) {
            (Some(update), None) => Some(Change::Update(update)),
            (None, Some(copy)) => self.query(copy).map(Change::Copy),
            (Some(_), Some(copy)) => {
                let message = "an action has either `update` or `copy`";
                self.report.push(
                    Diagnostic::new(Code::InvalidOverlay, &copy, message)
                        .at_key()
                        .help("split it into two actions"),
                );
                None
            }
            (None, None) => {
                let problem =
                    Diagnostic::new(Code::InvalidOverlay, at, "the action changes nothing");
                self.report
                    .push(problem.help("write `update` or `remove: true`"));
                None
            }
        }
    }

    fn query<'d>(&mut self, at: At<'d>) -> Option<Query<'d>> {
        let text = self.string(&at)?;
        match Path::parse(text) {
            Ok(path) => Some(Query { path, at }),
            Err(error) => {
                let message = format!("this is not a JSONPath expression (RFC 9535): {error}");
                self.report.push(
                    Diagnostic::new(Code::InvalidOverlay, &at, message)
                        .help("write an expression such as `$.components.schemas['Image']`"),
                );
                None
            }
        }
    }

    fn required<'d>(&mut self, at: &At<'d>, name: &str) -> Option<At<'d>> {
        let field = at.get(name);
        if field.is_none() && at.as_mapping().is_some() {
            let message = format!("`{name}` is required");
            self.report.push(
                Diagnostic::new(Code::MissingKeyword, at, message).help(format!("add `{name}`")),
            );
        }
        field
    }

    fn string<'d>(&mut self, at: &At<'d>) -> Option<&'d str> {
        if at.as_str().is_none() {
            self.wrong_type(at, "string");
        }
        at.as_str()
    }

    fn optional_string(&mut self, at: &At<'_>, name: &str) {
        if let Some(field) = at.get(name) {
            self.string(&field);
        }
    }

    fn elements<'d>(&mut self, at: &At<'d>) -> Vec<At<'d>> {
        match at.as_sequence() {
            None => self.wrong_type(at, "array"),
            Some([]) => {
                self.report.push(
                    Diagnostic::new(Code::InvalidOverlay, at, "at least one action is required")
                        .help("add an action, or remove the overlay"),
                );
            }
            Some(_) => {}
        }
        at.items().collect()
    }

    fn check_fields(&mut self, at: &At<'_>, object: &str, fields: &[&str]) {
        if !matches!(at.value(), Value::Mapping(_)) {
            self.wrong_type(at, "object");
        }
        for (key, field) in at.members() {
            let name = key.name.as_str();
            if fields.contains(&name) || name.starts_with("x-") {
                continue;
            }
            let message = format!("`{name}` is not a field of the {object}");
            let problem = Diagnostic::new(Code::InvalidOverlay, &field, message).at_key();
            self.report
                .push(match suggest(name, fields.iter().copied()) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help(format!("the fields are {}", fields.join(", "))),
                });
        }
    }

    fn wrong_type(&mut self, at: &At<'_>, expected: &str) {
        let message = format!(
            "the type is {}, {expected} is required",
            at.value().type_name()
        );
        self.report.push(
            Diagnostic::new(Code::WrongType, at, message)
                .help(format!("write a value of type {expected}")),
        );
    }
}
