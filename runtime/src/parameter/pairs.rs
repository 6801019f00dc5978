//! `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5.2).

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::{
    Items, Parameter, Style, Value,
    encode::spaces_as_plus,
    style::{self, Query},
};
use crate::{
    Extra, RequestError,
    json::{self, Encode, Tag, Unknown},
};

/// The pairs of a form, until they are written.
///
/// ```
/// use openapi_runtime::parameter::{Items, Pairs, Style};
///
/// let mut pairs = Pairs::new();
/// pairs.add("name", Style::Form, true, "a b&c");
/// pairs.add("limit", Style::Form, true, &None::<i64>);
/// pairs.add("expand", Style::DeepObject(Items::Indices), true, &vec!["x".to_owned()]);
/// assert_eq!(pairs.finish()?, "name=a+b%26c&expand%5B0%5D=x");
/// # Ok::<(), openapi_runtime::RequestError>(())
/// ```
#[derive(Debug, Default)]
pub struct Pairs {
    /// The encoded pairs.
    texts: Vec<String>,
    /// The pairs of the caller's extra fields.
    extras: Vec<String>,
    /// The names of the fields in the description, sent or not.
    names: Vec<&'static str>,
    /// The first value that could not be added.
    error: Option<RequestError>,
}

impl Pairs {
    /// Makes a form without pairs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the pairs of fields whose names are not in the description, like
    /// [`add_further`](Self::add_further).
    pub fn of_further<'f, T: Parameter + 'f>(
        fields: impl IntoIterator<Item = (&'f String, &'f T)>,
    ) -> Self {
        let mut pairs = Self::new();
        pairs.add_further(fields);
        pairs
    }

    /// Makes the pairs of a value that is not in the description. Adds its members like
    /// [`extra`](Self::extra).
    pub fn of_unknown(value: &Unknown) -> Self {
        let mut pairs = Self::new();
        match value.members() {
            Ok(members) => pairs.extra(&members),
            Err(error) => pairs.fail(error),
        }
        pairs
    }

    /// Adds the tag of a union as the first pair. The union owns the tag, so pairs of the value
    /// with this name are not sent.
    ///
    /// ```
    /// use openapi_runtime::parameter::{Pairs, Style};
    ///
    /// let mut cat = Pairs::new();
    /// cat.add("lives", Style::Form, true, &9);
    /// assert_eq!(cat.tagged("kind", "cat").finish()?, "kind=cat&lives=9");
    /// # Ok::<(), openapi_runtime::RequestError>(())
    /// ```
    pub fn tagged(mut self, tag: &'static str, kind: impl Into<Tag>) -> Self {
        let kind = kind.into().to_string();
        let mut own = Self::new();
        own.add(tag, Style::Form, true, &kind);
        let key = own.texts.concat();
        let key = key.split('=').next().unwrap_or_default();
        let is_value = |text: &str| {
            text.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with('='))
        };
        let is_item = |text: &str| {
            text.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with("%5B"))
        };
        self.texts.retain(|text| !is_value(text));
        if self
            .extras
            .iter()
            .any(|text| is_value(text) || is_item(text))
        {
            let name = tag.to_owned();
            self.fail(RequestError::Duplicate { name });
        }
        self.texts.splice(0..0, own.texts);
        self
    }

    /// Adds a field: one pair, none if there is no value, or several.
    pub fn add(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &(impl Parameter + ?Sized),
    ) {
        self.add_as(name, style, explode, Items::Repeat, false, value);
    }

    /// Adds a field whose lists are written as in `items`. With `reserved`, characters that
    /// separate the parts of a URI are not encoded.
    pub fn add_as(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        items: Items,
        reserved: bool,
        value: &(impl Parameter + ?Sized),
    ) {
        self.names.push(name);
        let query = Query::new(style, explode, items, reserved);
        self.texts.extend(style::pairs(name, query, &value.value()));
    }

    /// Adds a field that is written as JSON; null adds no pair.
    pub fn add_json(&mut self, name: &'static str, value: &impl Encode) {
        match json::to_vec(name, value).map(String::from_utf8) {
            Ok(Ok(text)) if text != "null" => self.add(name, Style::Form, true, &text),
            Ok(_) => self.names.push(name),
            Err(error) => self.fail(error),
        }
    }

    /// Adds a field without an Encoding Object (`OpenAPI` 3.1.1, section 4.8.15.1): an object is
    /// JSON, a list is repeated pairs, in which objects and lists are JSON, and null is not a
    /// pair.
    ///
    /// ```
    /// use openapi_runtime::{json, parameter::Pairs};
    ///
    /// let mut pairs = Pairs::new();
    /// let object: json::Value = [("a".to_owned(), 1)].into_iter().collect();
    /// pairs.add_default("one", &object);
    /// pairs.add_default("many", &json::Value::from(vec![object, "b".into()]));
    /// assert_eq!(pairs.finish()?, "one=%7B%22a%22%3A1%7D&many=%7B%22a%22%3A1%7D&many=b");
    /// # Ok::<(), openapi_runtime::RequestError>(())
    /// ```
    pub fn add_default(&mut self, name: &'static str, value: &impl Encode) {
        self.names.push(name);
        match json::to_vec(name, value) {
            Ok(text) => {
                let query = Query::new(Style::Form, true, Items::Repeat, false);
                self.texts.extend(style::pairs(name, query, &parts(&text)));
            }
            Err(error) => self.fail(error),
        }
    }

    /// Adds fields whose type, but not whose name, is in the description (`additionalProperties`).
    /// A name that is in the description is an error.
    pub fn add_further<'f, T: Parameter + 'f>(
        &mut self,
        fields: impl IntoIterator<Item = (&'f String, &'f T)>,
    ) {
        for (name, value) in fields {
            let texts = self.further(name, value);
            self.texts.extend(texts);
        }
    }

    /// Adds fields that are not in the description: an array as `name[0]`, an object as
    /// `name[member]`; null adds no pair.
    pub fn extra(&mut self, extra: &Extra) {
        for (name, value) in extra.iter() {
            let texts = self.further(name, value);
            self.extras.extend(texts);
        }
    }

    fn further(&mut self, name: &str, value: &impl Parameter) -> Vec<String> {
        let stem = name.split('[').next().unwrap_or(name);
        if self
            .names
            .iter()
            .any(|known| *known == stem || *known == name)
        {
            let name = name.to_owned();
            self.fail(RequestError::Duplicate { name });
            return Vec::new();
        }
        let style = Style::DeepObject(Items::Indices);
        let query = Query::new(style, true, Items::Indices, false);
        style::pairs(name, query, &value.value())
    }

    /// The text of the form.
    pub fn finish(self) -> Result<String, RequestError> {
        let texts = [self.texts, self.extras].concat();
        let text = spaces_as_plus(&texts.join("&"));
        self.error.map_or(Ok(text), Err)
    }

    fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }
}

/// The parts of a JSON text: the items of a list, or one text.
fn parts(text: &[u8]) -> Value<'_> {
    match serde_json::from_slice::<Vec<&RawValue>>(text) {
        Ok(items) => {
            let items = items.into_iter().map(RawValue::get);
            Value::List(items.map(|item| part(item.as_bytes())).collect())
        }
        Err(_) => part(text),
    }
}

/// The text of a string; the JSON text of any other value.
fn part(text: &[u8]) -> Value<'_> {
    match serde_json::from_slice(text) {
        Ok(Some(string)) => Value::Text(Cow::Owned(string)),
        Ok(None) => Value::Nothing,
        Err(_) => Value::Text(String::from_utf8_lossy(text)),
    }
}
