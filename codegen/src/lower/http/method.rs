//! The keys of a Path Item Object that are operations.

use crate::document::Version;

pub(super) const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    (QUERY, "QUERY"),
];

/// The method of RFC 10008, new in 3.2.
const QUERY: &str = "query";

/// The keyword for operations with other methods.
const ADDITIONAL: &str = "additionalOperations";

/// The HTTP method that a key of a Path Item Object stands for.
pub(super) fn method(key: &str, version: Version) -> Option<&'static str> {
    let mut methods = METHODS.iter();
    let (_, method) = methods.find(|(wire, _)| *wire == key)?;
    (key != QUERY || version >= Version::V3_2).then_some(*method)
}

/// True if a member of a Path Item Object with this name is an operation.
pub(crate) fn is_operation(key: &str, version: Version) -> bool {
    method(key, version).is_some()
}

/// True if a member of a Path Item Object with this name maps methods to operations.
pub(crate) fn is_additional(key: &str, version: Version) -> bool {
    key == ADDITIONAL && version >= Version::V3_2
}
