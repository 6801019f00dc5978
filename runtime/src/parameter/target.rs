//! The target of a request: path, query, headers and cookies, built from parameters.

use std::borrow::Cow;

use super::{
    Items, Member, Parameter, Style, Value,
    encode::{Keep, encoded},
    form,
    style::{self, Query},
};
use crate::{
    RequestError,
    json::{self, Encode},
};

/// The headers of a request: names in lower case, and values.
pub(crate) type Headers = Vec<(&'static str, String)>;

/// The target of a request, relative to the URL of the server, with the headers that are
/// parameters.
///
/// ```
/// use openapi_runtime::parameter::{Style, Target};
///
/// let mut target = Target::new();
/// target.literal("/files/");
/// target.path("file_id", Style::Simple, false, "a b");
/// target.literal("/content");
/// target.query("limit", Style::Form, true, &Some(20));
/// target.header("x-trace", false, "1");
/// assert_eq!(target.uri(), "/files/a%20b/content?limit=20");
/// assert_eq!(target.headers(), [("x-trace", "1".to_owned())]);
/// ```
#[derive(Debug, Default)]
pub struct Target {
    path: Cow<'static, str>,
    /// The encoded pairs of the query.
    query: Vec<String>,
    headers: Headers,
    cookies: Vec<String>,
    /// The error of the first value that cannot be sent.
    error: Option<RequestError>,
}

impl From<&'static str> for Target {
    fn from(path: &'static str) -> Self {
        Self {
            path: path.into(),
            ..Self::default()
        }
    }
}

impl From<String> for Target {
    fn from(path: String) -> Self {
        Self {
            path: path.into(),
            ..Self::default()
        }
    }
}

impl From<Cow<'static, str>> for Target {
    fn from(path: Cow<'static, str>) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }
}

impl Target {
    /// Makes a target without a path and parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a literal piece of the path.
    pub fn literal(&mut self, text: &str) {
        self.path.to_mut().push_str(text);
    }

    /// Adds a parameter to the path. An empty value is an error, because it would give a different
    /// path.
    pub fn path(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &(impl Parameter + ?Sized),
    ) {
        let text = style::path(name, style, explode, Keep::Unreserved, &value.value());
        self.segment(name, &text);
    }

    /// Adds a parameter to the path without encoding the characters that separate the parts of a
    /// URI (`allowReserved`). `/`, `?`, `#`, `[` and `]` are still encoded.
    pub fn path_reserved(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &(impl Parameter + ?Sized),
    ) {
        let text = style::path(name, style, explode, Keep::InPath, &value.value());
        self.segment(name, &text);
    }

    /// Adds a parameter to the path as JSON.
    pub fn path_json<T: Encode>(&mut self, name: &str, value: Option<&T>) {
        if let Some(text) = value.and_then(|value| self.json(name, value)) {
            self.path(name, Style::Simple, false, &text);
        }
    }

    fn segment(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            self.fail(RequestError::EmptyParameter {
                name: name.to_owned(),
            });
        }
        self.path.to_mut().push_str(text);
    }

    /// Adds a parameter to the query.
    pub fn query(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &(impl Parameter + ?Sized),
    ) {
        self.pairs(name, style, explode, Items::Repeat, false, value);
    }

    /// Adds a parameter to the query, with lists written as in `items`. With `reserved`,
    /// characters that separate the parts of a URI are not encoded (`allowReserved`), except for
    /// `#`, `[`, `]`, `&` and `+`.
    pub fn pairs(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        items: Items,
        reserved: bool,
        value: &(impl Parameter + ?Sized),
    ) {
        let query = Query::new(style, explode, items, reserved);
        self.query.extend(style::pairs(name, query, &value.value()));
    }

    /// Adds a parameter to the query as JSON.
    pub fn query_json<T: Encode>(&mut self, name: &str, value: Option<&T>) {
        if let Some(text) = value.and_then(|value| self.json(name, value)) {
            self.query(name, Style::Form, true, &text);
        }
    }

    /// Adds a header.
    pub fn header(&mut self, name: &'static str, explode: bool, value: &(impl Parameter + ?Sized)) {
        let Some(text) = style::header(explode, &value.value()) else {
            return;
        };
        // RFC 9110, section 5.5: characters that end a header, or a string in C.
        if text.contains(['\r', '\n', '\0']) {
            return self.fail(RequestError::Header {
                name: name.to_owned(),
            });
        }
        self.headers.push((name, text));
    }

    /// Adds a header as JSON.
    pub fn header_json<T: Encode>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(text) = value.and_then(|value| self.json(name, value)) {
            self.header(name, false, &text);
        }
    }

    /// Adds a cookie (RFC 6265, section 4.2.1). All characters but the unreserved ones of a URI
    /// are percent-encoded.
    pub fn cookie(&mut self, name: &str, explode: bool, value: &(impl Parameter + ?Sized)) {
        self.cookie_pairs(name, explode, Keep::Unreserved, value);
    }

    /// Adds a cookie without encoding the characters that separate the parts of a URI
    /// (`allowReserved`). `,` and `;` are still encoded.
    pub fn cookie_reserved(
        &mut self,
        name: &str,
        explode: bool,
        value: &(impl Parameter + ?Sized),
    ) {
        self.cookie_pairs(name, explode, Keep::InCookie, value);
    }

    /// Adds a cookie unescaped (`style: cookie`, `OpenAPI` 3.2.0, section 4.12.3).
    pub fn cookie_as_is(&mut self, name: &str, explode: bool, value: &(impl Parameter + ?Sized)) {
        self.cookie_pairs(name, explode, Keep::All, value);
    }

    /// Adds a cookie as JSON.
    pub fn cookie_json<T: Encode>(&mut self, name: &str, value: Option<&T>) {
        if let Some(text) = value.and_then(|value| self.json(name, value)) {
            self.cookie(name, true, &text);
        }
    }

    fn cookie_pairs(
        &mut self,
        name: &str,
        explode: bool,
        keep: Keep,
        value: &(impl Parameter + ?Sized),
    ) {
        let query = Query {
            style: Style::Form,
            explode,
            keep,
            items: Items::Repeat,
        };
        let pairs = style::pairs(name, query, &value.value());
        // Characters that would end a cookie or the header.
        if pairs
            .iter()
            .any(|pair| pair.contains([';', '\r', '\n', '\0']))
        {
            return self.fail(RequestError::Cookie {
                name: name.to_owned(),
            });
        }
        self.cookies.extend(pairs);
    }

    /// Sets the whole query to a text.
    pub fn whole_query(&mut self, value: &(impl Parameter + ?Sized)) {
        let value = value.value();
        if value != Value::Nothing {
            self.query.push(encoded(&value.text(), Keep::Unreserved));
        }
    }

    /// Sets the whole query to a JSON text.
    pub fn whole_query_json<T: Encode>(&mut self, name: &str, value: Option<&T>) {
        if let Some(text) = value.and_then(|value| self.json(name, value)) {
            self.whole_query(&text);
        }
    }

    /// Sets the whole query to `application/x-www-form-urlencoded`: a pair for each member of an
    /// object. `members` has the encodings that are not the default. Null has no pair.
    pub fn whole_query_form<T: Encode>(
        &mut self,
        name: &str,
        value: Option<&T>,
        members: &[(&str, Member)],
    ) {
        let Some(text) = value.and_then(|value| self.json(name, value)) else {
            return;
        };
        match form::pairs(&text, members) {
            Some(pairs) => self.query.extend(pairs),
            None => self.whole_query(&text),
        }
    }

    /// Path and query.
    pub fn uri(&self) -> Cow<'static, str> {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let separator = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{separator}{}", self.path, self.query.join("&")).into()
    }

    /// The headers, cookies among them.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = self.headers.clone();
        if !self.cookies.is_empty() {
            headers.push(("cookie", self.cookies.join("; ")));
        }
        headers
    }

    /// The target, unless a value could not be sent.
    pub(crate) fn finish(self) -> Result<(Cow<'static, str>, Headers), RequestError> {
        let (uri, headers) = (self.uri(), self.headers());
        self.error.map_or(Ok((uri, headers)), Err)
    }

    fn json(&mut self, name: &str, value: &impl Encode) -> Option<String> {
        match json::to_vec(name, value) {
            Ok(text) => String::from_utf8(text).ok(),
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }
}

/// A text as its own [`Value`].
impl Parameter for Value<'_> {
    fn value(&self) -> Value<'_> {
        self.clone()
    }
}
