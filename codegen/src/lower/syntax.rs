//! Syntax of strings that are sent unchanged: paths, URLs and media types.
//!
//! ```yaml
//! servers: [{url: "https://lamps.example\n"}]   # invalid-syntax: a line break would end a header
//! encoding: {note: {contentType: text}}         # invalid-syntax: a media type has a `/`
//! ```

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::model::MediaType;
use crate::visible::escaped;

use super::Findings;

/// The problem of a path or URL with a control character, which RFC 3986 does not allow.
pub(super) fn control_in_url(what: &str, text: &str, at: &At<'_>) -> Option<Diagnostic> {
    let control = text.chars().find(|c| c.is_control())?;
    let message = format!(
        "{what} has the control character `{}`",
        control.escape_default()
    );
    let problem = Diagnostic::new(Code::InvalidSyntax, at, message);
    Some(
        problem
            .label("a URL has no control characters")
            .help("remove it, or write its bytes as `%` and two digits each"),
    )
}

/// True if a key is a media type; reports a key that is not.
pub(super) fn is_media_type_key(name: &str, at: &At<'_>, report: &mut Findings) -> bool {
    let is_one = is_media_type(name);
    if !is_one {
        report.push(not_a_media_type(name, at).at_key());
    }
    is_one
}

/// `contentType` of an Encoding Object: a list of media types (`OpenAPI` 3.1.1, section 4.8.15.1).
/// Reports those that are not media types.
pub(super) fn content_types(text: &str, at: &At<'_>, report: &mut Findings) -> Vec<MediaType> {
    let listed = outside_quotes(text, ',').into_iter().map(str::trim);
    let mut media_types = Vec::new();
    for one in listed {
        if is_media_type(one) {
            media_types.push(MediaType::new(one));
        } else {
            report.push(not_a_media_type(one, at));
        }
    }
    media_types
}

fn not_a_media_type(text: &str, at: &At<'_>) -> Diagnostic {
    let message = format!("`{}` is not a media type", escaped(text));
    Diagnostic::new(Code::InvalidSyntax, at, message)
        .label("not of the form `type/subtype`")
        .help("write a media type such as `text/plain` or `application/json; charset=utf-8` (RFC 9110, section 8.3.1)")
}

/// RFC 9110, section 8.3.1: `type/subtype` and parameters; a range such as `image/*` is valid as
/// well.
fn is_media_type(text: &str) -> bool {
    let mut parts = outside_quotes(text, ';').into_iter();
    let essence = parts.next().unwrap_or_default().trim_end_matches(BLANKS);
    let names = essence.split_once('/');
    names.is_some_and(|(main, sub)| is_token(main) && is_token(sub))
        && parts.all(|part| is_parameter(part.trim_matches(BLANKS)))
}

/// RFC 9110, section 5.6.3.
const BLANKS: [char; 2] = [' ', '\t'];

/// The parts between separators, except for separators in quoted strings.
fn outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let parts = text.split(move |c| {
        let ends = c == separator && !quoted;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && quoted && !escaped;
        ends
    });
    parts.collect()
}

/// RFC 9110, section 5.6.6. A parameter may be empty.
fn is_parameter(text: &str) -> bool {
    let is_value = |value: &str| {
        let inner = value
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        inner.map_or_else(|| is_token(value), is_quoted)
    };
    text.is_empty()
        || text
            .split_once('=')
            .is_some_and(|(name, value)| is_token(name) && is_value(value))
}

/// The content of a quoted string (RFC 9110, section 5.6.4).
fn is_quoted(inner: &str) -> bool {
    let is_printable = |c: char| c == '\t' || c == ' ' || c.is_ascii_graphic();
    let without_pairs = inner.replace("\\\\", "").replace("\\\"", "");
    inner.chars().all(is_printable)
        && !without_pairs.contains('"')
        && !without_pairs.ends_with('\\')
}

/// True if a text is a token (RFC 9110, section 5.6.2): the name of a header, a method.
pub(super) fn is_token(text: &str) -> bool {
    let is_mark = |c: char| "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || is_mark(c))
}

#[cfg(test)]
mod tests {
    use super::is_media_type;

    #[test]
    fn media_types_are_told_from_other_texts() {
        for text in [
            "text/plain",
            "application/vnd.lamp+json;version=1",
            "text/plain ; charset=\"utf-8; x\\\" y\"",
            "image/*",
            "*/*",
            "application/json;",
        ] {
            assert!(is_media_type(text), "{text}");
        }
        for text in [
            "",
            "text",
            "/plain",
            "text/",
            "text/plain/more",
            "text/plain, text/html",
            "text/plain\r\nX-Injected: 1",
            "text/plain; charset",
            "text/plain; charset=\"utf-8",
            "text/plain; charset=\"\n\"",
            "text/plain; charset=\"a\"b\"",
            "text/plain; charset=\"a\\\"",
            " text/plain",
            "text/pl\u{e4}in",
        ] {
            assert!(!is_media_type(text), "{text:?}");
        }
    }
}
