//! Response headers in the types of their description.

use std::{error::Error, fmt, str::FromStr};

use super::ResponseHead;
use crate::raw::Excerpt;

impl ResponseHead {
    /// The value of the first header with this name.
    ///
    /// ```
    /// use openapi_runtime::ResponseHead;
    ///
    /// let head = ResponseHead::new(200).with_header("X-Rate-Limit", "60");
    /// assert_eq!(head.parsed::<i64>("x-rate-limit"), Ok(Some(60)));
    /// assert_eq!(head.parsed::<i64>("x-rate-reset"), Ok(None));
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not a value of this type.
    pub fn parsed<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, InvalidHeader> {
        self.header(name).map(|text| parse(name, text)).transpose()
    }

    /// The values of all headers with this name, split at commas (RFC 9110 §5.6.1). Commas within
    /// quotes split values, too.
    ///
    /// # Errors
    ///
    /// The text between two commas is not a value of this type.
    pub fn parsed_list<T: FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<Vec<T>>, InvalidHeader> {
        let Some(lines) = self.lines(name) else {
            return Ok(None);
        };
        let texts = lines.flat_map(|line| line.split(','));
        let texts = texts.map(str::trim).filter(|text| !text.is_empty());
        parse_all(name, texts)
    }

    /// The values of all headers with this name, one in each. `Set-Cookie` may occur several
    /// times, but is not a list (RFC 9110 §5.3): commas do not split its value.
    ///
    /// ```
    /// use openapi_runtime::ResponseHead;
    ///
    /// let head = ResponseHead::new(200).with_header("Set-Cookie", "a=1").with_header("Set-Cookie", "b=2,3");
    /// let cookies = head.parsed_lines::<String>("Set-Cookie");
    /// assert_eq!(cookies, Ok(Some(vec!["a=1".to_owned(), "b=2,3".to_owned()])));
    /// ```
    ///
    /// # Errors
    ///
    /// The text of a header is not a value of this type.
    pub fn parsed_lines<T: FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<Vec<T>>, InvalidHeader> {
        match self.lines(name) {
            Some(lines) => parse_all(name, lines),
            None => Ok(None),
        }
    }

    /// The texts of all headers with this name; `None` if there is none.
    fn lines(&self, name: &str) -> Option<impl Iterator<Item = &str>> {
        let all = self.headers().iter();
        let mut lines = all
            .filter(move |(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, line)| line.as_str())
            .peekable();
        lines.peek().is_some().then_some(lines)
    }
}

fn parse_all<'h, T: FromStr>(
    name: &'static str,
    texts: impl Iterator<Item = &'h str>,
) -> Result<Option<Vec<T>>, InvalidHeader> {
    texts
        .map(|text| parse(name, text))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn parse<T: FromStr>(name: &'static str, text: &str) -> Result<T, InvalidHeader> {
    text.trim().parse().map_err(|_| InvalidHeader {
        name,
        value: text.to_owned(),
    })
}

/// A header whose text is not a value of the described type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidHeader {
    /// The name of the header.
    pub name: &'static str,
    /// The text that could not be read.
    pub value: String,
}

impl fmt::Display for InvalidHeader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value } = self;
        let value = Excerpt::body(value.as_bytes());
        write!(formatter, "the header `{name}` cannot be read: {value}")
    }
}

impl Error for InvalidHeader {}
