//! Undeclared fields as text parts, with the same names as in the official clients.
//!
//! `{"refs": [{"id": "1"}], "pair": [null, true]}` becomes `refs[][id]` with `1` and `pair[]` with
//! `true`.

use serde_json::Value;

use super::TextPart;

/// Adds the parts of a value.
pub(super) fn flatten(name: String, value: &Value, parts: &mut Vec<TextPart>) {
    let text = match value {
        Value::Null => return,
        Value::Array(items) => {
            return items
                .iter()
                .for_each(|item| flatten(format!("{name}[]"), item, parts));
        }
        Value::Object(members) => {
            return members
                .iter()
                .for_each(|(key, member)| flatten(format!("{name}[{key}]"), member, parts));
        }
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    };
    parts.push(TextPart {
        name,
        content_type: None,
        value: text.into(),
    });
}
