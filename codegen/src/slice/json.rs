//! Writes a tree as JSON (RFC 8259), with a line for each value.
//!
//! ```yaml
//! Lamp: {type: integer, maximum: 0x1F, enum: []}
//! ```
//! ```json
//! {
//!   "Lamp": {
//!     "type": "integer",
//!     "maximum": 31,
//!     "enum": []
//!   }
//! }
//! ```

use serde::de::IgnoredAny;
use serde_json::Value as Json;

use crate::document::{Node, Number, Value};

/// The text of a value, which ends in a line feed.
pub(super) fn write(node: &Node) -> String {
    let mut text = String::new();
    value(node, 0, &mut text);
    text.push('\n');
    text
}

fn value(node: &Node, depth: usize, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(value) => text.push_str(&number(value)),
        Value::String(value) => text.push_str(&string(value)),
        Value::Sequence(items) => list(['[', ']'], items.iter(), depth, text, |item, text| {
            value(item, depth + 1, text);
        }),
        Value::Mapping(members) => list(['{', '}'], members.iter(), depth, text, |member, text| {
            let (key, node) = member;
            text.push_str(&string(&key.name));
            text.push_str(": ");
            value(node, depth + 1, text);
        }),
    }
}

/// Writes a list in brackets, with one entry per line.
fn list<T>(
    [open, close]: [char; 2],
    parts: impl Iterator<Item = T>,
    depth: usize,
    text: &mut String,
    mut write: impl FnMut(T, &mut String),
) {
    text.push(open);
    let mut empty = true;
    for part in parts {
        text.push_str(if empty { "\n" } else { ",\n" });
        text.push_str(&"  ".repeat(depth + 1));
        write(part, text);
        empty = false;
    }
    if !empty {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    }
    text.push(close);
}

fn string(text: &str) -> String {
    Json::from(text).to_string()
}

/// The number as in the document if that is valid JSON, so that every digit is kept.
fn number(number: &Number) -> String {
    let text = number.to_string();
    if serde_json::from_str::<IgnoredAny>(&text).is_ok() {
        text
    } else {
        number.to_json().to_string()
    }
}
