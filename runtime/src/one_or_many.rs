//! A value, or an array of such values.

use std::{
    path::{Path, PathBuf},
    slice,
};

use crate::{Upload, upload::UseFromPathOrFromBytes};

/// A value or an array of values: `oneOf: [X, {type: array, items: X}]` in the description.
///
/// ```
/// use openapi_runtime::OneOrMany;
///
/// fn request(images: impl Into<OneOrMany<&'static str>>) -> OneOrMany<&'static str> {
///     images.into()
/// }
///
/// assert_eq!(request("a.png"), OneOrMany::One("a.png"));
/// assert_eq!(request(["a.png", "b.png"]), request(vec!["a.png", "b.png"]));
/// assert_ne!(request("a.png"), request(["a.png"]));
/// ```
///
/// For files, paths and lists of paths can be converted.
///
/// ```
/// use openapi_runtime::{OneOrMany, Upload};
///
/// # fn upload(paths: Vec<std::path::PathBuf>) {
/// let images: OneOrMany<Upload> = paths.into();
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OneOrMany<T> {
    /// The value itself.
    One(T),
    /// An array, which may have a single item.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// The values as a slice.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(value) => slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    /// The values in order.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.as_slice().iter()
    }

    /// The number of values.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// True if it is an empty array.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

impl<'a, T> IntoIterator for &'a OneOrMany<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> From<T> for OneOrMany<T> {
    fn from(value: T) -> Self {
        Self::One(value)
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(values: Vec<T>) -> Self {
        Self::Many(values)
    }
}

impl<T, const N: usize> From<[T; N]> for OneOrMany<T> {
    fn from(values: [T; N]) -> Self {
        Self::Many(values.into())
    }
}

/// Conversions of paths, for files.
macro_rules! paths {
    ($($path:ty),*) => {$(
        impl From<$path> for OneOrMany<Upload> {
            fn from(path: $path) -> Self {
                Self::One(path.into())
            }
        }

        impl From<Vec<$path>> for OneOrMany<Upload> {
            fn from(paths: Vec<$path>) -> Self {
                Self::Many(paths.into_iter().map(Into::into).collect())
            }
        }

        impl<const N: usize> From<[$path; N]> for OneOrMany<Upload> {
            fn from(paths: [$path; N]) -> Self {
                Self::Many(paths.map(Into::into).into())
            }
        }
    )*};
}

paths!(PathBuf, &Path, &PathBuf);

/// Exists only for the message of the compiler.
impl<'a> From<&'a str> for OneOrMany<Upload>
where
    &'a str: UseFromPathOrFromBytes,
{
    fn from(text: &'a str) -> Self {
        Self::One(text.into())
    }
}
