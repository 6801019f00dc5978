//! Rust names for the names of the document.
//!
//! ```text
//! gpt-image-1.5     variant  GptImage1_5
//! 1024x1024         variant  Value1024x1024
//! type              field    r#type
//! b64_json          field    b64_json
//! createImageEdit   type     CreateImageEdit
//! Option            type     OptionSchema
//! upload            operation UploadCall
//! ```
//!
//! A name depends on the wire name alone. If two wire names of a scope would give the same Rust
//! name, their punctuation and case are spelled out: `a-b` and `a_b` become `AHyphenB` and
//! `ALowLineB`. Nothing depends on order.

use std::collections::BTreeMap;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

use crate::lower::names::module;
use crate::lower::names::sign::{is_continue, spelled_words};
use crate::model::{CallKind, Name};
use crate::vocabulary::VOCABULARY;

/// The kind of the named item. Each kind has its own form and its own reserved words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The struct of an operation.
    Operation,
    /// Any other struct, an enum.
    Type,
    /// A variant of an enum.
    Variant,
    /// A field, a method or a function.
    Field,
    /// A parameter: a field of an operation and the method that sets it.
    Parameter,
    /// The struct of a server whose URL has variables.
    Server,
    /// The constant of a server.
    Constant,
    /// A variable of a server: a private field of its struct, and the method that sets it.
    ServerVariable,
    /// The module of a group of operations; its file and its Cargo feature have the same name.
    Module,
}

/// Variants that emitted enums have by themselves.
const RESERVED_VARIANTS: [&str; 3] = ["Other", "Self", "Unknown"];

/// Methods and fields that emitted structs have by themselves.
const RESERVED_FIELDS: [&str; 10] = [
    "additional",
    "call",
    "call_stream",
    "clone",
    "extra",
    "into_form",
    "new",
    "to_pairs",
    "unchecked",
    "validate",
];

/// Methods and fields that every emitted operation has, apart from its calls.
const RESERVED_PARAMETERS: [&str; 9] = [
    "body",
    "boundary",
    "clone",
    "into",
    "new",
    "prepare",
    "target",
    "unchecked",
    "without_body",
];

/// The struct of the root's first server.
pub(crate) const SERVER: &str = "Server";

/// Methods that every server struct has.
const RESERVED_SERVER_VARIABLES: [&str; 5] = ["clone", "default", "into", "new", "url"];

/// Keywords of the edition that can be written raw.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written raw.
const PATH_KEYWORDS: [&str; 4] = ["self", "Self", "super", "crate"];

impl Name {
    /// The name for a wire name that is alone in its scope.
    pub(crate) fn of(kind: Kind, wire: &str) -> Self {
        Self {
            wire: wire.to_owned(),
            rust: identifier(kind, wire),
        }
    }

    /// The name for a name in the document, which may have the case of any language; `None` if it
    /// has no letters or digits.
    pub(crate) fn given(kind: Kind, wire: &str, given: &str) -> Option<Self> {
        let says_something = given.chars().any(|c| c.is_alphanumeric() && is_continue(c));
        says_something.then(|| Self {
            wire: wire.to_owned(),
            rust: identifier(kind, given),
        })
    }

    /// The exact name from the document (`x-rust-name`); `None` if it is not a valid Rust name of
    /// this kind.
    pub(crate) fn pinned(kind: Kind, wire: &str, rust: &str) -> Option<Self> {
        let plain = rust.strip_prefix("r#").unwrap_or(rust);
        let name = identifier(kind, plain);
        (name == rust || name.strip_prefix("r#") == Some(rust)).then(|| Self {
            wire: wire.to_owned(),
            rust: name,
        })
    }
}

/// Names for the wire names of one scope. Equal names are spelled out, which may not be enough to
/// make them distinct.
pub(crate) fn scope(kind: Kind, wires: &[String]) -> Vec<Name> {
    let mut names: Vec<Name> = wires.iter().map(|wire| Name::of(kind, wire)).collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        groups.entry(name.rust.clone()).or_default().push(index);
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        for &index in group {
            names[index].rust = spelled(kind, &wires[index]);
        }
    }
    names
}

/// Pairs of equal Rust names: each later one with the first.
pub(crate) fn clashes(names: &[Name]) -> Vec<(usize, usize)> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (index, name) in names.iter().enumerate() {
        match first.get(name.rust.as_str()) {
            Some(&earlier) => pairs.push((earlier, index)),
            None => {
                first.insert(&name.rust, index);
            }
        }
    }
    pairs
}

fn identifier(kind: Kind, wire: &str) -> String {
    let clean = |c| if is_continue(c) { c } else { ' ' };
    let cleaned: String = if wire.is_ascii() {
        wire.chars().map(clean).collect()
    } else {
        wire.nfc().map(clean).collect()
    };
    let words = match kind {
        Kind::Operation | Kind::Type | Kind::Variant | Kind::Server => camel(&cleaned),
        Kind::Field | Kind::Parameter | Kind::ServerVariable => cleaned.to_snake_case(),
        Kind::Module => module::in_ascii(&cleaned).to_snake_case(),
        Kind::Constant => cleaned.to_shouty_snake_case(),
    };
    finish(kind, &words)
}

/// `UpperCamelCase`, with an underscore between two numbers: `1.5` is not `15`.
fn camel(cleaned: &str) -> String {
    let mut name = String::new();
    for piece in cleaned.split([' ', '_']).filter(|piece| !piece.is_empty()) {
        let word = piece.to_upper_camel_case();
        let word = if word.is_empty() {
            piece.to_owned()
        } else {
            word
        };
        let runs_together = name.ends_with(|c: char| c.is_ascii_digit())
            && word.starts_with(|c: char| c.is_ascii_digit());
        if runs_together {
            name.push('_');
        }
        name.push_str(&word);
    }
    name
}

/// The name of a type with every sign and every capital spelled out.
pub(crate) fn spelled_type(wire: &str) -> String {
    spelled(Kind::Type, wire)
}

/// True if every emitted operation has a method or field with this name.
fn is_of_operation(name: &str) -> bool {
    let is_call = CallKind::ALL.iter().any(|kind| kind.method() == name);
    is_call || RESERVED_PARAMETERS.contains(&name)
}

/// A name with every sign and every capital spelled out.
fn spelled(kind: Kind, wire: &str) -> String {
    let words = spelled_words(wire);
    let pieces = words.split(' ').filter(|piece| !piece.is_empty());
    let joined = match kind {
        Kind::Operation | Kind::Type | Kind::Variant | Kind::Server => {
            pieces.map(capitalised).collect::<String>()
        }
        Kind::Constant => {
            let pieces = pieces.map(str::to_shouty_snake_case);
            pieces.collect::<Vec<_>>().join("_")
        }
        Kind::Field | Kind::Parameter | Kind::ServerVariable | Kind::Module => {
            let capitals = wire.chars().any(char::is_uppercase);
            let snake = pieces.map(str::to_snake_case).collect::<Vec<_>>().join("_");
            if capitals {
                format!("{snake}_capital")
            } else {
                snake
            }
        }
    };
    finish(kind, &joined)
}

fn capitalised(piece: &str) -> String {
    let mut chars = piece.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn finish(kind: Kind, name: &str) -> String {
    // The compiler treats identifiers that differ in normalization only as equal (Unicode Standard
    // Annex #15).
    let name: String = name.nfc().collect();
    let [empty, value] = match kind {
        Kind::Field | Kind::Parameter | Kind::ServerVariable | Kind::Module => ["empty", "value_"],
        Kind::Operation | Kind::Type | Kind::Variant | Kind::Server => ["Empty", "Value"],
        Kind::Constant => ["EMPTY", "VALUE_"],
    };
    let name = match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if unicode_start(first) => name,
        Some(_) => format!("{value}{name}"),
    };
    let name = match kind {
        Kind::Module => module::own(name),
        _ => name,
    };
    match kind {
        Kind::Type if is_used(&name) => format!("{name}Schema"),
        Kind::Operation if is_used(&name) => format!("{name}Call"),
        Kind::Server if is_used(&name) || name == SERVER => format!("{name}Server"),
        Kind::Variant if RESERVED_VARIANTS.contains(&name.as_str()) => format!("{name}Value"),
        Kind::Field if RESERVED_FIELDS.contains(&name.as_str()) => format!("{name}_value"),
        Kind::Parameter if is_of_operation(&name) => format!("{name}_parameter"),
        Kind::ServerVariable if RESERVED_SERVER_VARIABLES.contains(&name.as_str()) => {
            format!("{name}_variable")
        }
        _ if PATH_KEYWORDS.contains(&name.as_str()) => format!("{name}_value"),
        _ if KEYWORDS.contains(&name.as_str()) => format!("r#{name}"),
        _ => name,
    }
}

/// True if emitted code uses the name without a path.
fn is_used(name: &str) -> bool {
    VOCABULARY.iter().any(|(known, _)| *known == name)
}

fn unicode_start(c: char) -> bool {
    unicode_ident::is_xid_start(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wire_name_has_its_rust_name() {
        let cases = [
            (Kind::Variant, "gpt-image-1.5", "GptImage1_5"),
            (
                Kind::Variant,
                "gpt-image-2-2026-04-21",
                "GptImage2_2026_04_21",
            ),
            (Kind::Variant, "1024x1024", "Value1024x1024"),
            (Kind::Variant, "image_edit.completed", "ImageEditCompleted"),
            (Kind::Variant, "", "Empty"),
            (Kind::Variant, "other", "OtherValue"),
            (Kind::Variant, "日本", "日本"),
            (Kind::Field, "b64_json", "b64_json"),
            (Kind::Field, "type", "r#type"),
            (Kind::Field, "gen", "r#gen"),
            (Kind::Field, "self", "self_value"),
            (Kind::Field, "1x", "value_1x"),
            (Kind::Field, "", "empty"),
            (Kind::Field, "日本", "日本"),
            (Kind::Type, "createImageEdit", "CreateImageEdit"),
            (Kind::Type, "Option", "OptionSchema"),
            (Kind::Type, "Self", "SelfSchema"),
            (Kind::Type, "response_error", "ResponseErrorSchema"),
            (Kind::Type, "Event", "Event"),
            (Kind::Operation, "upload", "UploadCall"),
            (Kind::Operation, "makeThing", "MakeThing"),
            (
                Kind::Server,
                "{region}.example.com/v1",
                "RegionExampleComV1",
            ),
            (Kind::Server, "server", "ServerServer"),
            (Kind::Server, "string", "StringServer"),
            (
                Kind::Constant,
                "api-eu.example.com/v1",
                "API_EU_EXAMPLE_COM_V1",
            ),
            (Kind::Constant, "127.0.0.1:8080", "VALUE_127_0_0_1_8080"),
            (Kind::ServerVariable, "url", "url_variable"),
            (Kind::Module, "Fine-tuning", "fine_tuning"),
            (Kind::Module, "HTTP", "http_operations"),
            (Kind::Module, "type", "r#type"),
            (Kind::Module, "日本", "u65e5_u672c"),
            (Kind::Type, "Error-2", "Error2"),
            (Kind::Type, "../../x", "X"),
            (Kind::Type, "\u{202e}a\u{200b}b\u{3164}", "AB"),
            (Kind::Field, "e\u{301}", "\u{e9}"),
        ];
        for (kind, wire, rust) in cases {
            assert_eq!(Name::of(kind, wire).rust(), rust, "{kind:?} {wire}");
        }
    }

    #[test]
    fn names_that_clash_are_spelled_out() {
        let wires = ["a-b", "a_b", "low", "LOW", "c"].map(str::to_owned);
        let names = scope(Kind::Variant, &wires);
        assert!(clashes(&names).is_empty());
        let normalized = scope(Kind::Field, &["e\u{301}", "\u{e9}"].map(str::to_owned));
        assert!(clashes(&normalized).is_empty());
        let rust: Vec<_> = names.iter().map(Name::rust).collect();
        assert_eq!(rust, ["AHyphenB", "ALowLineB", "Low", "LOW", "C"]);
        let signed = scope(Kind::Variant, &["+1", "-1", "1"].map(str::to_owned));
        let rust: Vec<_> = signed.iter().map(Name::rust).collect();
        assert_eq!(rust, ["Plus1", "Minus1", "Value1"]);
    }

    #[test]
    fn a_clash_that_stays_is_an_error() {
        let wires = ["a b", "aSpaceB", "a-b"].map(str::to_owned);
        assert_eq!(clashes(&scope(Kind::Variant, &wires)), [(0, 1)]);
        let wires = ["x", "x"].map(str::to_owned);
        assert_eq!(clashes(&scope(Kind::Variant, &wires)), [(0, 1)]);
    }
}
