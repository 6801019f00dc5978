//! Schemas that are one of several.

use serde_json::{Map, Value, json};

use crate::compose::Composer;
use crate::shapes;

/// A union by the JSON types of its members.
pub fn of_types(composer: &mut Composer, depth: usize) -> Value {
    let keyword = *composer.dice.one(&["anyOf", "oneOf"]);
    let members = match composer.dice.below(6) {
        0 => {
            let one = composer.schema(depth);
            vec![one.clone(), json!({"type": "array", "items": one})]
        }
        1 => vec![
            json!({"type": "string"}),
            json!({"type": "string", "enum": ["auto", "none"]}),
        ],
        2 => vec![shapes::object(composer, depth), shapes::scalar(composer)],
        3 => vec![shapes::list(composer, depth), shapes::scalar(composer)],
        4 => vec![
            json!({"type": "string", "maxLength": 3}),
            json!({"type": "integer"}),
            shapes::list(composer, depth),
        ],
        _ => vec![composer.schema(depth), composer.schema(depth)],
    };
    json!({ keyword: members })
}

/// A union of objects that have different members, or require different ones.
pub fn of_objects(composer: &mut Composer, depth: usize) -> Value {
    let keyword = *composer.dice.one(&["anyOf", "oneOf"]);
    let count = 2 + composer.dice.below(2);
    let members = (0..count).map(|_| {
        let object = shapes::object(composer, depth);
        if composer.dice.chance(1, 2) {
            composer.component(object)
        } else {
            object
        }
    });
    json!({ keyword: members.collect::<Vec<_>>() })
}

/// Alternatives beside the members of an object.
pub fn beside(composer: &mut Composer, depth: usize) -> Value {
    let mut object = shapes::object(composer, depth);
    let keyword = if object.get("anyOf").is_some() {
        "oneOf"
    } else {
        *composer.dice.one(&["anyOf", "oneOf"])
    };
    let count = 1 + composer.dice.below(3);
    let mut members = Vec::new();
    for _ in 0..count {
        let member = if composer.dice.chance(1, 6) {
            of_objects(composer, depth)
        } else {
            let mut member = shapes::object(composer, depth);
            shapes::agree(&mut object, &mut member);
            member
        };
        members.push(if composer.dice.chance(1, 2) {
            composer.component(member)
        } else {
            member
        });
    }
    object[keyword] = json!(members);
    object
}

/// A union whose members say which they are.
pub fn tagged(composer: &mut Composer, depth: usize) -> Value {
    let keyword = *composer.dice.one(&["anyOf", "oneOf", "oneOf"]);
    let tag = *composer.dice.one(&["type", "kind", "object", "é"]);
    let style = composer.dice.below(6);
    let has_discriminator = style < 2 || composer.dice.chance(2, 3);
    let count = 2 + composer.dice.below(2);
    let mut members = Vec::new();
    let mut mapping = Map::new();
    for index in 0..count {
        let value = ["cat", "dog", "a-b"][index];
        let mut object = shapes::object(composer, depth);
        declare(&mut object, tag, composer, style, value, index);
        if has_discriminator || composer.dice.chance(1, 2) {
            let member = composer.component(object);
            mapping.insert(value.to_owned(), member["$ref"].clone());
            members.push(member);
        } else {
            members.push(object);
        }
    }
    let mut union = json!({ keyword: members });
    if has_discriminator {
        union["discriminator"] = json!({"propertyName": tag});
        if style == 0 || composer.dice.chance(1, 4) && style == 2 {
            union["discriminator"]["mapping"] = json!(mapping);
        }
    }
    union
}

/// Gives a member of a union its tag: any string, the key of the component, one value, several of
/// them or a number.
fn declare(
    object: &mut Value,
    tag: &str,
    composer: &mut Composer,
    style: usize,
    value: &str,
    index: usize,
) {
    let declared = match style {
        0 | 1 => json!({"type": "string"}),
        2 if composer.is_3_1 => json!({"const": value}),
        3 if composer.is_3_1 => json!({"type": "integer", "const": index}),
        4 => json!({"type": "string", "enum": [value, format!("{value}_2")]}),
        _ => json!({"type": "string", "enum": [value]}),
    };
    object["properties"][tag] = declared;
    let mut required = object
        .get("required")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let is_required = required.contains(&json!(tag));
    if !is_required && !composer.dice.chance(1, 8) {
        required.push(json!(tag));
        object["required"] = json!(required);
    }
}
