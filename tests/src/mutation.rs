//! Documents that are wrong in many ways, made of good ones by a list of choices.
//!
//! ```
//! use openapi_tests::mutation::document;
//!
//! // Whatever the bytes are, they are choices: of a good document, of places in it, and of what is done there.
//! assert!(document(b"").contains("openapi"));
//! assert_ne!(document(b"\x00\x01\x02\x03\x04\x05\x06\x07"), document(b""));
//! ```

use std::sync::LazyLock;

use openapi_codegen::document::{Document, Source};
use serde_json::{Map, Value, json};

/// So many edits at most.
const EDITS: usize = 12;

/// So many values a document may grow to.
const VALUES: usize = 20_000;

/// Good documents, of one feature each.
static SEEDS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let texts = [
        include_str!("../golden/additional-properties.yaml"),
        include_str!("../golden/all-of.yaml"),
        include_str!("../golden/base64.yaml"),
        include_str!("../golden/bounds-3.0.yaml"),
        include_str!("../golden/bounds.yaml"),
        include_str!("../golden/default-mapping.yaml"),
        include_str!("../golden/documentation.yaml"),
        include_str!("../golden/event-kinds.yaml"),
        include_str!("../golden/exclusive.yaml"),
        include_str!("../golden/form.yaml"),
        include_str!("../golden/methods.yaml"),
        include_str!("../golden/names.yaml"),
        include_str!("../golden/nullable.yaml"),
        include_str!("../golden/objects.yaml"),
        include_str!("../golden/open-enums.yaml"),
        include_str!("../golden/parameters-3.2.yaml"),
        include_str!("../golden/received-nullable.yaml"),
        include_str!("../golden/recursion.yaml"),
        include_str!("../golden/references.yaml"),
        include_str!("../golden/rules.yaml"),
        include_str!("../golden/streams-3.2.yaml"),
        include_str!("../golden/streams.yaml"),
        include_str!("../golden/unions.yaml"),
        include_str!("../../spec/openapi.yaml"),
    ];
    let parse = |text: &&str| {
        let document = Document::parse(Source::new("seed.yaml", *text));
        document.map_or(Value::Null, |document| document.root().node().to_json())
    };
    texts.iter().map(parse).collect()
});

/// Names of members: keywords, and names that no Rust name is like.
const KEYS: [&str; 76] = [
    "$ref",
    "$self",
    "itemSchema",
    "contentSchema",
    "contentMediaType",
    "data",
    "event",
    "defaultMapping",
    "mediaTypes",
    "additionalOperations",
    "query",
    "in",
    "style",
    "type",
    "format",
    "enum",
    "const",
    "default",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "nullable",
    "discriminator",
    "propertyName",
    "mapping",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "description",
    "title",
    "example",
    "examples",
    "deprecated",
    "content",
    "schema",
    "requestBody",
    "responses",
    "parameters",
    "encoding",
    "contentType",
    "x-rust-name",
    "x-rust-field",
    "x-rust-variant",
    "x-enum-varnames",
    "operationId",
    "200",
    "default",
    "4XX",
    "application/json",
    "multipart/form-data",
    "text/event-stream",
    "contentEncoding",
    "additional",
    "Self",
    "String",
    "self",
    "1x",
    "",
    "日本",
    "../../x",
    "a\n*/ b",
    "e\u{301}",
    "\u{202e}",
];

/// Values: of every type, with text that would be code, a comment, a format or a command if anyone
/// took it for one.
static SCALARS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1),
        json!(255),
        json!(1.5),
        json!(-0.0),
        json!(1e300),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(""),
        json!("string"),
        json!("integer"),
        json!("number"),
        json!("boolean"),
        json!("object"),
        json!("array"),
        json!("null"),
        json!("binary"),
        json!("byte"),
        json!("uri"),
        json!("int32"),
        json!("double"),
        json!("date-time"),
        json!("3.0.3"),
        json!("3.1.0"),
        json!("3.2.0"),
        json!("querystring"),
        json!("application/json"),
        json!("type"),
        json!("Option"),
        json!("Self"),
        json!("Error"),
        json!("other"),
        json!("r#type"),
        json!("_"),
        json!("#"),
        json!("#/components/schemas/A"),
        json!("other.yaml#/a"),
        json!("\"; panic!(); //"),
        json!("*/ panic!(); /*"),
        json!("a\n```\npanic!()\n```\n~~~\nx"),
        json!("    panic!()\n\n\tpanic!()"),
        json!("{} {0} {x:?}"),
        json!("\\ \u{0} \u{1b}[31m \r\n"),
        json!("\u{202e}\u{200b}\u{feff}\u{2028}"),
        json!("<script>x</script> <b>"),
        json!("[a](javascript:x) [b][c] [^1]\n\n[c]: x\n[^1]: ~~~rust"),
        json!("> - ~~~\n>   x"),
        json!("a`b``c"),
        json!("::add-mask::x"),
        json!({}),
        json!([]),
        json!([[]]),
        json!({"": {}}),
        json!({"type": "object"}),
        json!({"type": "string"}),
        json!({"type": ["string", "null"]}),
        json!({"enum": ["a", "b"]}),
        json!({"allOf": []}),
        json!(["a", "a"]),
        json!(["A", "a", "a-", "a_"]),
        json!("x".repeat(5_000)),
    ]
});

/// The choices that are left.
pub(crate) struct Choices<'b>(pub(crate) &'b [u8]);

impl Choices<'_> {
    /// One of so many; the first once there is no choice left.
    pub(crate) fn of(&mut self, count: usize) -> usize {
        let mut number = 0;
        let mut reach = 1;
        while reach < count {
            let Some((first, rest)) = self.0.split_first() else {
                break;
            };
            number = number * 256 + usize::from(*first);
            reach *= 256;
            self.0 = rest;
        }
        number % count.max(1)
    }
}

/// The document that these choices make, as JSON or as YAML.
#[must_use]
pub fn document(choices: &[u8]) -> String {
    let mut choices = Choices(choices);
    let mut root = SEEDS[choices.of(SEEDS.len())].clone();
    let yaml = choices.of(2) == 1;
    for _ in 0..EDITS {
        if choices.0.is_empty() || count(&root) > VALUES {
            break;
        }
        edit(&mut root, &mut choices);
    }
    if yaml {
        serde_yaml::to_string(&root).unwrap_or_default()
    } else {
        root.to_string()
    }
}

fn edit(root: &mut Value, choices: &mut Choices<'_>) {
    let values = count(root);
    let kind = choices.of(8);
    let other = copy(root, choices.of(values));
    let target = choices.of(values);
    let key = KEYS[choices.of(KEYS.len())].to_owned();
    let scalar = SCALARS[choices.of(SCALARS.len())].clone();
    let reference = json!({"$ref": format!("#{}", pointer(root, choices.of(values)))});
    let Some(value) = nth(root, target) else {
        return;
    };
    match (kind, &mut *value) {
        (0, Value::Object(members)) => drop(members.insert(key, scalar)),
        (1, Value::Object(members)) => drop(members.insert(key, other)),
        (2, Value::Object(members)) => rename(members, key, choices),
        (3, Value::Object(members)) => drop(take(members, choices)),
        (0..=2, Value::Array(items)) => items.push(other),
        (3, Value::Array(items)) => drop(items.pop()),
        (4, value) => *value = reference,
        (5, value) => *value = wrapped(value, &other, choices),
        (6, value) => *value = other,
        (_, value) => *value = scalar,
    }
}

fn wrapped(value: &Value, other: &Value, choices: &mut Choices<'_>) -> Value {
    match choices.of(6) {
        0 => json!({"allOf": [value, other]}),
        1 => json!({"anyOf": [value, {"type": "null"}]}),
        2 => json!({"oneOf": [value, other]}),
        3 => json!({"type": "array", "items": value}),
        4 => json!({"type": "object", "additionalProperties": value}),
        _ => json!({"type": "object", "properties": {"a": value, "A": other}, "required": ["a"]}),
    }
}

fn take(members: &mut Map<String, Value>, choices: &mut Choices<'_>) -> Option<Value> {
    let name = members.keys().nth(choices.of(members.len()))?.clone();
    members.remove(&name)
}

fn rename(members: &mut Map<String, Value>, key: String, choices: &mut Choices<'_>) {
    if let Some(value) = take(members, choices) {
        members.insert(key, value);
    }
}

fn children(value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), member))
            .collect(),
        _ => Vec::new(),
    }
}

/// The number of values, this one included.
fn count(value: &Value) -> usize {
    1 + children(value)
        .iter()
        .map(|(_, child)| count(child))
        .sum::<usize>()
}

fn copy(root: &mut Value, index: usize) -> Value {
    nth(root, index).cloned().unwrap_or_default()
}

/// The value with this number, counted from the outside in.
fn nth(value: &mut Value, index: usize) -> Option<&mut Value> {
    let path = pointer(value, index);
    value.pointer_mut(&path)
}

/// The JSON Pointer of the value with this number.
fn pointer(value: &Value, index: usize) -> String {
    if index == 0 {
        return String::new();
    }
    let mut left = index - 1;
    for (name, child) in children(value) {
        let size = count(child);
        if left < size {
            let name = name.replace('~', "~0").replace('/', "~1");
            return format!("/{name}{}", pointer(child, left));
        }
        left -= size;
    }
    String::new()
}
