//! Conversion of the types of fields to parts.

use super::Form;
use crate::{
    Base64, Nullable, OneOrMany, RequestError, Upload, Uri,
    json::{self, Encode},
};

/// The field that a value is added to.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The name of a single value.
    pub(super) name: &'a str,
    /// The name of each item of a list.
    pub(super) list_name: &'a str,
    /// The index of the value in a list.
    pub(super) index: Option<usize>,
    /// The `contentType` of the Encoding Object.
    pub(super) content_type: Option<&'a str>,
}

impl<'a> Field<'a> {
    pub(super) const fn new(name: &'a str) -> Self {
        Self {
            name,
            list_name: name,
            index: None,
            content_type: None,
        }
    }
}

/// A value that can be sent in a form.
///
/// Emitted types implement it with the types here: an open enum as its text, an object as
/// [`Json`].
pub trait Part {
    /// Adds the parts of the value: none, one, or several.
    fn add_to(self, form: &mut Form, field: &Field<'_>);
}

/// Types whose text is that of [`ToString`]: `true`, `-1`.
macro_rules! by_display {
    ($($type:ty),*) => {$(
        impl Part for $type {
            fn add_to(self, form: &mut Form, field: &Field<'_>) {
                form.push_text(field, self.to_string());
            }
        }
    )*};
}

by_display!(bool, i32, i64, u64, &str, Uri);

impl Part for f64 {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        if self.is_finite() {
            form.push_text(field, self.to_string());
        } else {
            form.fail(RequestError::NotFinite {
                name: field.name.to_owned(),
            });
        }
    }
}

impl Part for String {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        form.push_text(field, self);
    }
}

impl Part for Base64 {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        form.push_text(field, self.text().into_owned());
    }
}

impl Part for Upload {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        form.push_file(field, self);
    }
}

impl<T: Part> Part for Option<T> {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        if let Some(value) = self {
            value.add_to(form, field);
        }
    }
}

/// A form has no null: it adds no part, like an absent value.
impl<T: Part> Part for Nullable<T> {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        self.into_value().add_to(form, field);
    }
}

impl<T: Part> Part for Box<T> {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        (*self).add_to(form, field);
    }
}

impl<T: Part> Part for Vec<T> {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        for (index, value) in self.into_iter().enumerate() {
            let item = Field {
                name: field.list_name,
                index: Some(index),
                ..*field
            };
            value.add_to(form, &item);
        }
    }
}

impl<T: Part> Part for OneOrMany<T> {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        match self {
            Self::One(value) => value.add_to(form, field),
            Self::Many(values) => values.add_to(form, field),
        }
    }
}

/// A value that is sent as JSON: its part has the content type `application/json`, unless the
/// field has another.
#[derive(Clone, Copy, Debug)]
pub struct Json<'a, T>(pub &'a T);

impl<T: Encode> Part for Json<'_, T> {
    fn add_to(self, form: &mut Form, field: &Field<'_>) {
        match json::to_vec(field.name, self.0) {
            Ok(text) => {
                let content_type = field.content_type.or(Some("application/json"));
                form.push_text(
                    &Field {
                        content_type,
                        ..*field
                    },
                    text,
                );
            }
            Err(error) => form.fail(error),
        }
    }
}
