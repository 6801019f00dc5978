//! A value that is not in the description.

use std::fmt;

use serde::Serializer;

use super::{Encode, Sink, text};
use crate::{
    Extra, Form, Raw, RequestError,
    multipart::{Field, Part},
    raw::Excerpt,
};

/// A value or event of a kind that is not in the description, as received.
///
/// ```
/// use openapi_runtime::json::Unknown;
///
/// let unknown = Unknown::new(Some("image_edit.paused"), r#"{"type":"image_edit.paused"}"#);
/// assert_eq!(unknown.data.text(), r#"{"type":"image_edit.paused"}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Unknown {
    /// Its kind: its tag, else the name of the event.
    pub name: Option<String>,
    /// Its text.
    pub data: Raw,
}

impl Unknown {
    /// Makes a value of this kind with this text, which is sent unchanged if it is JSON, else as a
    /// string.
    pub fn new(name: Option<&str>, data: impl Into<Raw>) -> Self {
        Self {
            name: name.map(str::to_owned),
            data: data.into(),
        }
    }

    /// Its members, if it is a JSON object.
    pub(crate) fn members(&self) -> Result<Extra, RequestError> {
        let members = serde_json::from_str::<serde_json::Map<_, _>>(&self.data.text());
        let members = members.map_err(RequestError::NotAnObject)?;
        Ok(members.into_iter().collect())
    }
}

impl Encode for Unknown {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        // The text includes its tag.
        sink.take_tag();
        text(serializer, &self.data.text())
    }
}

impl Part for Unknown {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        self.data.text().into_owned().add_to(form, field);
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Unknown")
            .field("name", &self.name.as_deref().map(Excerpt::message))
            .field("data", &self.data)
            .finish()
    }
}
