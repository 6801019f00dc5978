//! Values of unions: with a tag that the value itself does not have, and as the text they came as.

use serde::{Serialize, Serializer, ser::Error};
use serde_json::value::{RawValue, to_raw_value};

/// Writes an object with one member before its own: the tag of a union whose variants do not have it.
///
/// ```
/// use openapi_runtime::json;
///
/// let mut text = Vec::new();
/// let mut serializer = serde_json::Serializer::new(&mut text);
/// json::tagged(&mut serializer, "kind", "cat", &std::collections::BTreeMap::from([("name", "Tom")]))?;
/// assert_eq!(text, br#"{"kind":"cat","name":"Tom"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn tagged<S: Serializer>(
    serializer: S,
    tag: &'static str,
    kind: &'static str,
    value: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let object = to_raw_value(value).map_err(S::Error::custom)?;
    let Some(members) = object.get().strip_prefix('{') else {
        return Err(S::Error::custom(format_args!(
            "a value with the tag `{kind}` is not an object"
        )));
    };
    let tag = serde_json::to_string(tag).map_err(S::Error::custom)?;
    let kind = serde_json::to_string(kind).map_err(S::Error::custom)?;
    let comma = if members == "}" { "" } else { "," };
    text(serializer, &format!("{{{tag}:{kind}{comma}{members}"))
}

/// Writes a text that is JSON as it stands, and any other text as a string.
pub fn text<S: Serializer>(serializer: S, text: &str) -> Result<S::Ok, S::Error> {
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => raw.serialize(serializer),
        Err(_) => serializer.serialize_str(text),
    }
}
