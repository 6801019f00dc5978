//! Wraps long lines of prose.
//!
//! ~~~text
//! - An item of a list whose text is longer than a line may be.    - An item of a list whose text
//!                                                                   is longer than a line may be.
//! ~~~
//!
//! Lines of Markdown can be wrapped, except for headings and tables. A line is not broken within a
//! code span or a link, nor before a word that has a special meaning at the beginning of a line.

/// Maximum length of a line, so that indented documentation ends before column 100.
const WIDTH: usize = 88;

/// Maximum indentation of the lines that continue an item of a list.
const DEEPEST_INDENT: usize = 3;

/// Adds a line in pieces; `marks` are its initial marks of quotes and lists.
pub(crate) fn wrap(line: &str, marks: &str, lines: &mut Vec<String>) {
    let is_one = line.trim_start().starts_with(['#', '|']) || marks.contains('>');
    if is_one || line.chars().count() <= WIDTH {
        lines.push(line.to_owned());
        return;
    }
    let indent = " ".repeat(marks.len().min(DEEPEST_INDENT));
    let mut current = String::new();
    for word in words(line) {
        let width = current.chars().count() + word.trim_end().chars().count();
        if width > WIDTH && !current.trim().is_empty() && !begins_block(word) {
            lines.push(current.trim_end().to_owned());
            current.clone_from(&indent);
        }
        current.push_str(word);
    }
    lines.push(current.trim_end().to_owned());
}

/// Splits the text into pieces that end with a space, and contain other spaces only in code spans
/// and links.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let end = word_end(rest);
        let (word, behind) = rest.split_at(end);
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}

fn word_end(text: &str) -> usize {
    let mut brackets = 0_usize;
    // White space before the first word belongs to it.
    let mut at = text.len() - text.trim_start().len();
    while let Some(c) = text[at..].chars().next() {
        at += match c {
            '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '`' => code_length(&text[at..]),
            ' ' if brackets == 0 => return at + 1,
            _ => c.len_utf8(),
        };
        match c {
            '[' => brackets += 1,
            ']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

/// The length of the code span at the beginning of a text, or of its marks if it is not closed.
fn code_length(text: &str) -> usize {
    let marks = text.len() - text.trim_start_matches('`').len();
    let mut at = marks;
    while let Some(found) = text[at..].find('`') {
        let rest = &text[at + found..];
        let run = rest.len() - rest.trim_start_matches('`').len();
        at += found + run;
        if run == marks {
            return at;
        }
    }
    marks
}

/// True if a line that begins with this word is a list, a heading, a quote, a table, or a rule.
fn begins_block(word: &str) -> bool {
    let word = word.trim();
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['-', '*', '+', '#', '>', '|', '=', '~', '_', ':'])
        || word.starts_with("```")
        || (number.len() < word.len() && matches!(number, "." | ")"))
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_are_broken_where_they_may_be() {
        let long = "word ".repeat(16);
        let code = format!("{long}`one code span` end");
        let link = format!("{long}[a link](https://example.com) end");
        let cases: [(&str, &str, &[&str]); 7] = [
            ("", "short", &["short"]),
            ("", &code, &[long.trim_end(), "`one code span` end"]),
            (
                "",
                &link,
                &[long.trim_end(), "[a link](https://example.com) end"],
            ),
            (
                "- ",
                &format!("- {long}of an item"),
                &[&format!("- {long}of an"), "  item"],
            ),
            (
                "",
                &format!("# {long}of a heading"),
                &[&format!("# {long}of a heading")],
            ),
            (
                "",
                &format!("{long}sum 1 + 2"),
                &[&format!("{long}sum 1 +"), "2"],
            ),
            (
                "",
                &format!("{long}number: + 2"),
                &[&format!("{long}number: +"), "2"],
            ),
        ];
        for (marks, line, expected) in cases {
            let mut lines = Vec::new();
            wrap(line, marks, &mut lines);
            assert_eq!(lines, expected, "{line}");
        }
    }
}
