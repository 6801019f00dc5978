//! Reads JSON (RFC 8259) without any extension.
//!
//! ```json
//! {"name": "\ud83e\udda6"}
//! ```
//!
//! YAML reads most JSON, but neither surrogate pairs nor tabs before `:`.

use jsonc_parser::ast::{ObjectProp, ObjectPropName, Value as Ast};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::builder::Builder;
use super::{Key, Node, Number, Pointer, Source, Span, Value};
use crate::diagnostic::{Code, Diagnostic};

/// Strict RFC 8259.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The beginning of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// JSON: a bracket and a quoted name, or a comment, which JSON does not allow; or any text in
    /// a file that is named as JSON.
    Json,
    /// A bracket: a flow collection of YAML, or JSON.
    Bracket,
    Yaml,
}

pub(super) fn beginning(source: &Source) -> Beginning {
    let text = without_mark(&source.text).trim_start();
    let is_called_json = source.name.to_ascii_lowercase().ends_with(".json");
    if is_called_json || text.starts_with("//") || text.starts_with("/*") {
        return Beginning::Json;
    }
    match text.strip_prefix('{').map(str::trim_start) {
        Some(inner) if inner.starts_with(['"', '/']) => Beginning::Json,
        Some(_) => Beginning::Bracket,
        None if text.starts_with('[') => Beginning::Bracket,
        None => Beginning::Yaml,
    }
}

/// Reads the whole text into the builder.
pub(super) fn read(text: &str, source: u16, builder: &mut Builder<'_>) -> Result<(), Diagnostic> {
    let text_read = without_mark(text);
    let reader = Reader {
        text: text_read,
        source,
        skipped: text.len() - text_read.len(),
    };
    let parsed = parse_to_ast(text_read, &CollectOptions::default(), &STRICT);
    let parsed = parsed.map_err(|error| reader.problem(&error))?;
    match parsed.value {
        Some(value) => reader.value(value, builder),
        None => Ok(()),
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

struct Reader<'t> {
    text: &'t str,
    source: u16,
    /// Length of the byte order mark before the text.
    skipped: usize,
}

impl Reader<'_> {
    /// The parser limits the depth of the tree, and therefore of this recursion.
    fn value(&self, value: Ast<'_>, builder: &mut Builder<'_>) -> Result<(), Diagnostic> {
        let range = value.range();
        let span = self.span(range);
        let value = match value {
            Ast::Object(object) => {
                builder.open_mapping(span)?;
                for property in object.properties {
                    self.property(property, builder)?;
                }
                return close(span, builder);
            }
            Ast::Array(array) => {
                builder.open_sequence(span)?;
                for element in array.elements {
                    self.value(element, builder)?;
                }
                return close(span, builder);
            }
            Ast::StringLit(string) => {
                self.check_string(range, builder)?;
                Value::String(string.value.into_owned())
            }
            Ast::NumberLit(number) => Value::Number(Number::new(number.value)),
            Ast::BooleanLit(boolean) => Value::Bool(boolean.value),
            Ast::NullKeyword(_) => Value::Null,
        };
        builder.value(Node::new(value, span), span)
    }

    fn property(
        &self,
        property: ObjectProp<'_>,
        builder: &mut Builder<'_>,
    ) -> Result<(), Diagnostic> {
        let range = match &property.name {
            ObjectPropName::String(name) => name.range,
            ObjectPropName::Word(name) => name.range,
        };
        self.check_string(range, builder)?;
        builder.key(Key {
            name: property.name.into_string(),
            span: self.span(range),
        });
        self.value(property.value, builder)
    }

    /// RFC 8259, section 7: control characters must be escaped. The parser does not check this.
    fn check_string(&self, range: Range, builder: &Builder<'_>) -> Result<(), Diagnostic> {
        let literal = range.text(self.text);
        let Some(control) = literal.find(|c: char| c < ' ') else {
            return Ok(());
        };
        let span = self.span(Range::new(range.start + control, range.start + control + 1));
        let message = "a control character in a string is not escaped";
        Err(
            Diagnostic::spanned(Code::InvalidJson, span, builder.pointer(), message)
                .help("write it as `\\u` and four hexadecimal digits"),
        )
    }

    fn problem(&self, error: &ParseError) -> Diagnostic {
        let code = match error.kind() {
            ParseErrorKind::NestingDepthExceeded => Code::NestingLimit,
            _ => Code::InvalidJson,
        };
        let is_comment = matches!(error.kind(), ParseErrorKind::CommentsNotAllowed);
        let message = if is_comment {
            "JSON has no comments".to_owned()
        } else {
            lower_first(&error.kind().to_string())
        };
        let help = match code {
            _ if is_comment => {
                "remove the comment, or write the description in YAML, where `#` begins one"
            }
            Code::NestingLimit => "make an inner part a component, and refer to it with `$ref`",
            _ if message.starts_with("unterminated") => "close what is opened here",
            _ => {
                "JSON has double quotes, and a comma between two values but not after the last (RFC 8259)"
            }
        };
        Diagnostic::spanned(code, self.span(error.range()), Pointer::root(), message).help(help)
    }

    fn span(&self, range: Range) -> Span {
        let offset = |offset: usize| u32::try_from(offset + self.skipped).unwrap_or(u32::MAX);
        Span {
            source: self.source,
            start: offset(range.start),
            end: offset(range.end),
        }
    }
}

fn close(span: Span, builder: &mut Builder<'_>) -> Result<(), Diagnostic> {
    match builder.close(Some(span)) {
        Some(node) => builder.value(node, span),
        None => Ok(()),
    }
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}
