//! Validation of requests by the description with its overlay, and a JSON Schema validator.
//!
//! The validator is the crate `jsonschema`, and the description is read as data, so that the
//! emitted code of this project is checked independently of its own code.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::overlay;
use serde_json::{Map, Value, json};

use crate::error::ApiError;

const DESCRIPTION: &str = include_str!("../../spec/openapi.yaml");
const OVERLAY: &str = include_str!("../../spec/overlay.yaml");

/// Maximum length of a chain of schemas that is followed.
const DEPTH: usize = 16;

/// The judge, made once for all servers of a process.
static JUDGE: LazyLock<Result<Judge, String>> = LazyLock::new(Judge::new);

/// The rules of both request bodies.
#[derive(Debug)]
pub(crate) struct Judge {
    form: Rules,
    json: Rules,
}

/// The rules of one request body.
#[derive(Debug)]
pub(crate) struct Rules {
    /// The description, to follow references in.
    document: Value,
    /// The schema of the body in the description.
    schema: Value,
    validator: Validator,
}

/// The judge.
///
/// # Errors
/// A fault of the embedded description.
pub(crate) fn judge() -> Result<&'static Judge, String> {
    JUDGE.as_ref().map_err(Clone::clone)
}

impl Judge {
    fn new() -> Result<Self, String> {
        let read = || {
            let document = Document::parse(Source::new("spec/openapi.yaml", DESCRIPTION))?;
            overlay::apply(document, Source::new("spec/overlay.yaml", OVERLAY))
        };
        let document = read().map_err(|problems| problems.to_string())?;
        let document = document.root().node().to_json();
        Ok(Self {
            form: Rules::new(&document, "CreateImageEditRequest")?,
            json: Rules::new(&document, "EditImageBodyJsonParam")?,
        })
    }

    /// The rules of `multipart/form-data`.
    pub(crate) fn form(&self) -> &Rules {
        &self.form
    }

    /// The rules of `application/json`.
    pub(crate) fn json(&self) -> &Rules {
        &self.json
    }
}

impl Rules {
    fn new(document: &Value, component: &str) -> Result<Self, String> {
        let place = format!("/components/schemas/{component}");
        let schema = document.pointer(&place).cloned();
        let schema = schema.ok_or_else(|| format!("the description has no {place}"))?;
        let mut root = normalised(&schema);
        if let Value::Object(root) = &mut root {
            // References in the schema are relative to the root of the description.
            root.insert("components".to_owned(), normalised(&document["components"]));
        }
        let options = jsonschema::options().with_draft(Draft::Draft202012);
        let validator = options.build(&root).map_err(|error| error.to_string())?;
        Ok(Self {
            document: document.clone(),
            schema,
            validator,
        })
    }

    /// Validates a body.
    ///
    /// # Errors
    /// The first violation, with its JSON Pointer.
    pub(crate) fn check(&self, body: &Value) -> Result<(), ApiError> {
        let nulls_are_absent = self.without_nulls(body);
        match self.validator.iter_errors(&nulls_are_absent).next() {
            None => Ok(()),
            Some(error) => Err(self.refusal(&error)),
        }
    }

    /// The body without members whose null is valid: in rules between members, null counts as
    /// absent.
    fn without_nulls(&self, body: &Value) -> Value {
        let Value::Object(members) = body else {
            return body.clone();
        };
        let is_absent = |name: &str, value: &Value| {
            value.is_null() && self.types(name).is_some_and(|types| types.contains("null"))
        };
        let kept = members
            .iter()
            .filter(|(name, value)| !is_absent(name, value));
        Value::Object(
            kept.map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        )
    }

    /// The JSON types that a property may have, or `None` if the schema has no such property.
    pub(crate) fn types(&self, property: &str) -> Option<BTreeSet<&str>> {
        let schema = self.schema.get("properties")?.get(property)?;
        let mut types = BTreeSet::new();
        self.look(schema, DEPTH, &mut |schema| {
            if schema.get("nullable") == Some(&Value::Bool(true)) {
                types.insert("null");
            }
            match schema.get("type") {
                Some(Value::String(name)) => drop(types.insert(name.as_str())),
                Some(Value::Array(names)) => types.extend(names.iter().filter_map(Value::as_str)),
                _ => {}
            }
        });
        Some(types)
    }

    /// The default of a property.
    pub(crate) fn default(&self, property: &str) -> Option<&Value> {
        let schema = self.schema.get("properties")?.get(property)?;
        let mut default = None;
        self.look(schema, DEPTH, &mut |schema| {
            default = default.or(schema.get("default"));
        });
        default
    }

    /// Calls `see` with a schema, its targets and its alternatives.
    fn look<'r>(&'r self, schema: &'r Value, depth: usize, see: &mut impl FnMut(&'r Value)) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        see(schema);
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.and_then(|target| self.document.pointer(target.strip_prefix('#')?));
        let parts = ["anyOf", "oneOf", "allOf"].map(|keyword| schema.get(keyword));
        let parts = parts
            .into_iter()
            .flatten()
            .filter_map(Value::as_array)
            .flatten();
        for schema in target.into_iter().chain(parts) {
            self.look(schema, depth, see);
        }
    }

    fn refusal(&self, error: &ValidationError<'_>) -> ApiError {
        let rule = self.broken_rule(error);
        let error = innermost(error);
        let mut pointer = error.instance_path().as_str().to_owned();
        let said = match error.kind() {
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                pointer = format!("{pointer}/{name}");
                format!("Missing required parameter: '{name}'")
            }
            // Values are not repeated: one of them may be megabytes of a data URL.
            _ => {
                let name = parameter(&pointer).unwrap_or_else(|| "the body".to_owned());
                format!("Invalid value: {}", error.masked_with(format!("`{name}`")))
            }
        };
        let message = match rule {
            Some(rule) => format!("{rule} (at `{pointer}`)"),
            None => format!("{said} (at `{pointer}`)"),
        };
        let refusal = ApiError::invalid(parameter(&pointer).as_deref(), message);
        match error.kind() {
            ValidationErrorKind::Required { .. } => refusal.code("missing_required_parameter"),
            _ => refusal.code("invalid_value"),
        }
    }

    /// The prose of the violated rule between members.
    fn broken_rule(&self, error: &ValidationError<'_>) -> Option<&str> {
        let mut path = error.schema_path().as_str().split('/').skip(1);
        let index: usize = match (path.next()?, path.next()?) {
            ("allOf", index) => index.parse().ok()?,
            _ => return None,
        };
        let rule = self.schema.get("allOf")?.get(index)?;
        rule.get("description")?.as_str()
    }
}

/// The error in the only alternative with the right type: `10 is the maximum` is more helpful than
/// "not valid under any of the schemas".
fn innermost<'e>(error: &'e ValidationError<'e>) -> &'e ValidationError<'e> {
    let ValidationErrorKind::AnyOf { context } = error.kind() else {
        return error;
    };
    let place = error.instance_path().as_str();
    let has_type = |errors: &&Vec<ValidationError<'static>>| {
        errors.iter().all(|error| {
            let is_type = matches!(error.kind(), ValidationErrorKind::Type { .. });
            !(is_type && error.instance_path().as_str() == place)
        })
    };
    let mut branches = context.iter().filter(has_type);
    match (branches.next(), branches.next()) {
        (Some(branch), None) => branch.first().map_or(error, innermost),
        _ => error,
    }
}

/// The `param` of an error: a member by its name, a deeper value by its JSON Pointer.
fn parameter(pointer: &str) -> Option<String> {
    let name = pointer.strip_prefix('/')?;
    let is_member = !name.contains('/');
    Some(if is_member { name } else { pointer }.to_owned())
}

/// A schema in the notation of JSON Schema 2020-12: `nullable: true` is an `OpenAPI` keyword.
fn normalised(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(normalised).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, member)| (name.clone(), normalised(member)));
            let mut schema: Map<String, Value> = members.collect();
            match schema.get("nullable") {
                Some(Value::Bool(true)) => {
                    schema.remove("nullable");
                    json!({"anyOf": [schema, {"type": "null"}]})
                }
                _ => Value::Object(schema),
            }
        }
        scalar => scalar.clone(),
    }
}
