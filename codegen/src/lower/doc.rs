//! Converts prose of the document to Markdown that is safe in a doc comment.
//!
//! ~~~text
//! See [the guide](/docs/guide).      See [the guide](https://example.com/docs/guide).
//! an array<string>                   an array\<string>
//! ```python                          ```text
//! ~~~
//!
//! `cargo test` runs every code block that it considers Rust, so each fence is written with the
//! language `text`, and no line outside of a fence is indented far enough to be code. Prose cannot
//! end a doc comment, since each line is a separate string literal in the attribute.

use crate::model::Doc;
use crate::visible::is_hidden;
use crate::wrap::wrap;

/// Maximum indentation of a line that is not code.
const DEEPEST_INDENT: usize = 3;

/// Converts a description to documentation; `base` is the base URL of relative links.
pub(super) fn doc(text: &str, deprecated: bool, base: Option<&str>) -> Doc {
    let text: String = text
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !is_hidden(*c))
        .collect();
    let mut lines = Vec::new();
    let mut rest = text.lines();
    while let Some(line) = rest.next() {
        let (marks, inner) = without_marks(line);
        match Fence::open(inner) {
            Some(fence) => {
                if !marks.trim().is_empty() {
                    lines.push(prose(marks, base));
                }
                code_block(&fence, &mut rest, &mut lines);
            }
            None => wrap(&prose(line, base), marks, &mut lines),
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let start = lines
        .iter()
        .position(|line| !line.is_empty())
        .unwrap_or(lines.len());
    lines.drain(..start);
    Doc { lines, deprecated }
}

/// Converts text to one line without Markdown.
#[must_use]
pub fn plain(text: &str) -> String {
    let visible = text.chars().map(|c| if is_hidden(c) { ' ' } else { c });
    visible
        .filter(|c| !"`*_<>[]\\#|".contains(*c))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Splits a line into its initial marks of quotes and lists and the rest, which may be a fence.
fn without_marks(line: &str) -> (&str, &str) {
    let mut inner = line.trim_start();
    loop {
        let number = inner.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = match number.strip_prefix(['.', ')']) {
            Some(behind) if number.len() < inner.len() && behind.starts_with([' ', '\t']) => behind,
            _ => match inner.strip_prefix('>') {
                Some(behind) => behind,
                None => match inner.strip_prefix(['-', '*', '+']) {
                    Some(behind) if behind.starts_with([' ', '\t']) => behind,
                    _ => return line.split_at(line.len() - inner.len()),
                },
            },
        };
        inner = behind.trim_start();
    }
}

struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    fn open(line: &str) -> Option<Self> {
        let line = line.trim_start();
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = line.chars().take_while(|c| *c == mark).count();
        let info = line.trim_start_matches(mark);
        (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Self { mark, length })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let (_, line) = without_marks(line);
        let line = line.trim_end();
        line.chars().all(|c| c == self.mark) && line.chars().count() >= self.length
    }
}

/// Copies a code block into a fence that its content cannot close.
fn code_block<'t>(
    fence: &Fence,
    rest: &mut impl Iterator<Item = &'t str>,
    lines: &mut Vec<String>,
) {
    let body: Vec<&str> = rest.take_while(|line| !fence.is_closed_by(line)).collect();
    let longest = body
        .iter()
        .flat_map(|line| line.split(|c| c != '`'))
        .map(str::len)
        .max()
        .unwrap_or(0);
    let marks = "`".repeat(longest.max(2) + 1);
    lines.push(format!("{marks}text"));
    lines.extend(body.into_iter().map(|line| line.replace('\t', "    ")));
    lines.push(marks);
}

/// Converts a line outside of a fence.
fn prose(line: &str, base: Option<&str>) -> String {
    let line = no_deep_indent(line.trim_end());
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '`' => code_span(rest, &mut out),
            '[' => link(rest, base, &mut out),
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                bare_url(rest, &mut out)
            }
            '<' | ']' => {
                out.push('\\');
                out.push(c);
                &rest[1..]
            }
            '\\' => {
                let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&rest[..length]);
                &rest[length..]
            }
            _ => {
                out.push(c);
                &rest[c.len_utf8()..]
            }
        };
    }
    out
}

/// Shortens white space so that no line becomes code.
fn no_deep_indent(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut run = 0;
    for c in line.chars() {
        if c == ' ' || c == '\t' {
            run += 1;
            if run <= DEEPEST_INDENT {
                out.push(' ');
            }
        } else {
            run = 0;
            out.push(c);
        }
    }
    out
}

fn code_span<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let length = rest.len() - rest.trim_start_matches('`').len();
    let (marks, after) = rest.split_at(length);
    let end = after.match_indices(marks).find(|(at, _)| {
        let behind = &after[at + length..];
        !behind.starts_with('`') && !after[..*at].ends_with('`')
    });
    match end {
        Some((at, _)) => {
            let whole = length + at + length;
            out.push_str(&rest[..whole]);
            &rest[whole..]
        }
        None => {
            marks.chars().for_each(|mark| out.extend(['\\', mark]));
            after
        }
    }
}

/// An inline link `[text](target)`; any other bracket is escaped, or rustdoc would look for an
/// item of that name.
fn link<'t>(rest: &'t str, base: Option<&str>, out: &mut String) -> &'t str {
    let parts = rest.split_once("](").and_then(|(text, after)| {
        let (target, after) = after.split_once(')')?;
        let plain =
            !text[1..].contains(['[', ']']) && !target.contains([' ', '<', '>', '(', '`', '\\']);
        plain.then_some((&text[1..], target, after))
    });
    let Some((text, target, after)) = parts else {
        out.push_str("\\[");
        return &rest[1..];
    };
    match absolute(target, base) {
        Some(target) => {
            out.push('[');
            label(text, out);
            out.push_str("](");
            out.push_str(&target);
            out.push(')');
        }
        None => label(text, out),
    }
    after
}

/// The text of a link. A single backtick in it must not begin a code span that ends after the
/// link.
fn label(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '`' => code_span(rest, out),
            '<' => {
                out.push_str("\\<");
                &rest[1..]
            }
            _ => {
                let length = c.len_utf8()
                    + if c == '\\' {
                        rest[1..].chars().next().map_or(0, char::len_utf8)
                    } else {
                        0
                    };
                out.push_str(&rest[..length]);
                &rest[length..]
            }
        };
    }
}

/// The target as an absolute URL; `None` if it is relative to an unknown base.
fn absolute(target: &str, base: Option<&str>) -> Option<String> {
    let has_scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if has_scheme {
        return (target.starts_with("https:")
            || target.starts_with("http:")
            || target.starts_with("mailto:"))
        .then(|| target.to_owned());
    }
    let plain =
        |base: &&str| !base.contains(|c: char| c.is_whitespace() || "<>()[]\\`\"".contains(c));
    let base = base.filter(plain)?;
    if !(base.starts_with("https://") || base.starts_with("http://")) {
        return None;
    }
    let authority_start = base.find("://")? + 3;
    let authority_end = base[authority_start..]
        .find('/')
        .map_or(base.len(), |at| authority_start + at);
    match target.chars().next() {
        Some('/') => Some(format!("{}{target}", &base[..authority_end])),
        Some('#') => Some(format!(
            "{}{target}",
            base.split('#').next().unwrap_or(base)
        )),
        Some(_) => {
            let folder = base
                .rfind('/')
                .filter(|at| *at >= authority_end)
                .unwrap_or(base.len());
            Some(format!("{}/{target}", &base[..folder]))
        }
        None => None,
    }
}

fn bare_url<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let end = rest
        .find(|c: char| c.is_whitespace() || "<>\"`|\\^{}()[]".contains(c))
        .unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    out.push('<');
    out.push_str(url);
    out.push('>');
    &rest[url.len()..]
}

#[cfg(test)]
mod tests {
    use super::doc;

    #[test]
    fn links_are_relative_to_addresses_only() {
        for base in [
            "",
            "docs",
            ",https://a.example/",
            "javascript://a/",
            "https://a.example/)x",
            "https://a b/",
        ] {
            assert_eq!(doc("[a](b)", false, Some(base)).lines, ["a"], "{base}");
        }
    }

    #[test]
    fn prose_becomes_safe_markdown() {
        let cases: &[(&str, &[&str])] = &[
            ("One line.\n", &["One line."]),
            ("a `b[0]` c[0]", &["a `b[0]` c\\[0\\]"]),
            (
                "[Learn more](/docs/x#y).",
                &["[Learn more](https://docs.example.com/docs/x#y)."],
            ),
            ("[a](b)", &["[a](https://docs.example.com/api/b)"]),
            ("[a](javascript:x)", &["a"]),
            (
                "see https://example.com/a.",
                &["see <https://example.com/a>."],
            ),
            ("array<string>", &["array\\<string>"]),
            (
                "```\nassert!(false);\n```\nafter",
                &["```text", "assert!(false);", "```", "after"],
            ),
            ("~~~rust\n```\n~~~", &["````text", "```", "````"]),
            ("```rust\nfn x() {}", &["```text", "fn x() {}", "```"]),
            ("text\n\n    indented();", &["text", "", "   indented();"]),
            (
                "- ```rust\n  x\n  ```\n> 1. ~~~\n> x\n> ~~~\nend",
                &[
                    "-", "```text", "  x", "```", "> 1.", "```text", "> x", "```", "end",
                ],
            ),
            ("lone ` mark", &["lone \\` mark"]),
            (
                "[a`b](https://c.d) `e <f>`",
                &["[a\\`b](https://c.d) `e <f>`"],
            ),
            ("a\u{202e}b\u{0}c", &["abc"]),
            ("\n\n a\n\n", &[" a"]),
        ];
        for (text, lines) in cases {
            let doc = doc(text, false, Some("https://docs.example.com/api/reference"));
            assert_eq!(doc.lines, *lines, "{text:?}");
        }
    }
}
