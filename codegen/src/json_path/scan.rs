//! The words of an expression: blanks, integers, numbers and strings. Regular expressions are read by
//! their characters.
//!
//! ```text
//! 'it\'s \u2713'   ->   it's ✓
//! ```

use super::PathError;
use crate::document::{Number, Value};

/// The limit for parentheses, filters and calls within each other, so that the recursion ends.
const NESTING_LIMIT: usize = 64;

/// The greatest integer that every reader of JSON has (section 2.1); its negative is the least.
const GREATEST: i64 = (1 << 53) - 1;

/// An expression, and how much of it has been read.
pub(super) struct Scanner<'t> {
    text: &'t str,
    /// The number of bytes that have been read.
    at: usize,
    depth: usize,
}

pub(super) type Parsed<T> = Result<T, PathError>;

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    /// The place of the next character, for [`back_to`](Self::back_to) and
    /// [`fail_at`](Self::fail_at).
    pub(super) fn place(&self) -> usize {
        self.at
    }

    pub(super) fn back_to(&mut self, place: usize) {
        self.at = place;
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        Some(char)
    }

    pub(super) fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    pub(super) fn expect(&mut self, expected: &str) -> Parsed<()> {
        if self.eat(expected) {
            return Ok(());
        }
        Err(self.fail(format!("`{expected}` is expected")))
    }

    pub(super) fn eat_while(&mut self, is_wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|char| !is_wanted(char)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    pub(super) fn blank(&mut self) {
        self.eat_while(|char| matches!(char, ' ' | '\t' | '\n' | '\r'));
    }

    pub(super) fn fail(&self, message: impl Into<String>) -> PathError {
        self.fail_at(self.at, message)
    }

    pub(super) fn fail_at(&self, place: usize, message: impl Into<String>) -> PathError {
        PathError {
            character: self.text[..place].chars().count() + 1,
            message: message.into(),
        }
    }

    /// Reads a part that contains expressions.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == NESTING_LIMIT {
            let message = format!("expressions are nested more than {NESTING_LIMIT} deep");
            return Err(self.fail(message));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// An index, or a bound of a slice, if there is one.
    pub(super) fn optional_integer(&mut self) -> Parsed<Option<i64>> {
        let begin = self.at;
        self.eat("-");
        let digits = self.eat_while(|char| char.is_ascii_digit());
        let text = &self.text[begin..self.at];
        match text.parse::<i64>() {
            _ if text.is_empty() => Ok(None),
            _ if text == "-0" || digits.len() > 1 && digits.starts_with('0') => Err(self.fail_at(
                begin,
                "an index has neither leading zeros nor the form `-0`",
            )),
            Ok(number) if number.abs() <= GREATEST => Ok(Some(number)),
            _ if digits.is_empty() => Err(self.fail("a digit is expected")),
            _ => Err(self.fail_at(begin, format!("an index is at most {GREATEST}"))),
        }
    }

    /// A number as JSON writes it.
    pub(super) fn number(&mut self) -> Parsed<Value> {
        let begin = self.at;
        self.eat("-");
        let whole = self.digits()?;
        if whole.len() > 1 && whole.starts_with('0') {
            return Err(self.fail_at(begin, "a number has no leading zeros"));
        }
        if self.eat(".") {
            self.digits()?;
        }
        if self.eat("e") || self.eat("E") {
            let _ = self.eat("+") || self.eat("-");
            self.digits()?;
        }
        Ok(Value::Number(Number::new(&self.text[begin..self.at])))
    }

    fn digits(&mut self) -> Parsed<&'t str> {
        match self.eat_while(|char| char.is_ascii_digit()) {
            "" => Err(self.fail("a digit is expected")),
            digits => Ok(digits),
        }
    }

    /// A string in single or double quotes.
    pub(super) fn string(&mut self) -> Parsed<String> {
        let begin = self.at;
        let quote = self.next();
        let mut string = String::new();
        loop {
            let at = self.at;
            match self.next() {
                None => return Err(self.fail_at(begin, "the closing quote is missing")),
                char if char == quote => return Ok(string),
                Some('\\') => string.push(self.escape(quote)?),
                Some(control @ '\0'..='\x1f') => {
                    let message = format!(
                        "a control character is written as `\\u{:04x}`",
                        u32::from(control)
                    );
                    return Err(self.fail_at(at, message));
                }
                Some(char) => string.push(char),
            }
        }
    }

    /// Reads the character after a backslash.
    fn escape(&mut self, quote: Option<char>) -> Parsed<char> {
        let at = self.at;
        let unknown = |scanner: &Self| {
            let message = "the escapes are `\\b`, `\\f`, `\\n`, `\\r`, `\\t`, `\\/`, `\\\\`, `\\u` and that of the quote";
            scanner.fail_at(at, message)
        };
        match self.next() {
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some(char @ ('/' | '\\')) => Ok(char),
            Some('u') => self.unicode_escape(at),
            Some(char) if Some(char) == quote => Ok(char),
            _ => Err(unknown(self)),
        }
    }

    /// Four hexadecimal digits after `\u`, or two times four, which are a surrogate pair.
    fn unicode_escape(&mut self, at: usize) -> Parsed<char> {
        let first = self.code_unit();
        let second = match first {
            Some(0xd800..=0xdbff) if self.eat("\\u") => self.code_unit(),
            _ => None,
        };
        let mut chars = char::decode_utf16(first.into_iter().chain(second));
        match (chars.next(), chars.next()) {
            (Some(Ok(char)), None) => Ok(char),
            _ => Err(self.fail_at(at, "this `\\u` is not a character")),
        }
    }

    fn code_unit(&mut self) -> Option<u16> {
        let digits = self.rest().get(..4)?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.at += 4;
        u16::from_str_radix(digits, 16).ok().filter(|_| is_number)
    }
}
