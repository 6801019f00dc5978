//! Conversion of a form to a JSON value for validation by its schema, and to files.
//!
//! | in the form | in the value |
//! |---|---|
//! | text of a property that is an integer or a boolean | that integer or boolean, else the text |
//! | text of any other property | a string |
//! | the file `image` | a string of as many characters as the file has bytes |
//! | files `image[]` | a list of such strings |
//!
//! Undeclared fields are ignored, as in the API.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::error::ApiError;
use crate::judge::Rules;
use crate::order::Source;
use crate::read::Part;

/// Content types of images that the API accepts, in any case and with any parameters.
const IMAGE_TYPES: [&str; 4] = ["image/png", "image/jpeg", "image/jpg", "image/webp"];

/// The value to validate, and the files in the order of the form.
pub(crate) struct Form {
    pub(crate) value: Value,
    pub(crate) images: Vec<Source>,
    pub(crate) mask: Option<Source>,
}

/// Converts the parts of a form.
///
/// # Errors
/// Status 400: a repeated name, a text instead of a file or the reverse, and a file without the
/// content type of an image.
pub(crate) fn form(rules: &Rules, parts: &[Part]) -> Result<Form, ApiError> {
    let mut members = Map::new();
    let (mut images, mut mask) = (Vec::new(), None);
    for part in parts {
        match part.name.as_str() {
            "image" => {
                let image = file(part)?;
                insert(&mut members, "image", stand_in_of(&image))?;
                images.push(image);
            }
            "image[]" => {
                let image = file(part)?;
                let list = members
                    .entry("image")
                    .or_insert_with(|| Value::Array(Vec::new()));
                match list {
                    Value::Array(items) => items.push(stand_in_of(&image)),
                    _ => return Err(duplicate("image")),
                }
                images.push(image);
            }
            "mask" => {
                let image = file(part)?;
                insert(&mut members, "mask", stand_in_of(&image))?;
                mask = Some(image);
            }
            name => {
                if let Some(types) = rules.types(name) {
                    let value = converted(text(part)?, types.contains("string"));
                    insert(&mut members, name, value)?;
                }
            }
        }
    }
    Ok(Form {
        value: Value::Object(members),
        images,
        mask,
    })
}

/// The string that is validated instead of a file.
fn stand_in_of(file: &Source) -> Value {
    Value::String("-".repeat(file.bytes.len()))
}

/// Converts a text to an integer or a boolean, if the property does not take strings.
fn converted(text: &str, takes_strings: bool) -> Value {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match text {
        _ if takes_strings => Value::from(text),
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ if is_integer => text
            .parse::<i64>()
            .map_or_else(|_| Value::from(text), Value::from),
        _ => Value::from(text),
    }
}

fn insert(members: &mut Map<String, Value>, name: &str, value: Value) -> Result<(), ApiError> {
    match members.insert(name.to_owned(), value) {
        None => Ok(()),
        Some(_) => Err(duplicate(name)),
    }
}

fn file(part: &Part) -> Result<Source, ApiError> {
    let name = part.name.strip_suffix("[]").unwrap_or(&part.name);
    if part.file_name.is_none() {
        let message = format!("Invalid type for '{name}': expected a file, but got a string.");
        return Err(ApiError::invalid(Some(name), message).code("invalid_type"));
    }
    let kind = part.content_type.as_deref();
    let kind = kind.unwrap_or("application/octet-stream");
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !IMAGE_TYPES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(essence))
    {
        let message = format!(
            "Invalid file '{name}': unsupported mimetype ('{essence}'). Supported file formats are 'image/jpeg', \
             'image/png', and 'image/webp'."
        );
        return Err(ApiError::invalid(Some(name), message).code("unsupported_file_mimetype"));
    }
    Ok(Source {
        bytes: Bytes::clone(&part.bytes),
        param: name.to_owned(),
    })
}

fn text(part: &Part) -> Result<&str, ApiError> {
    let name = part.name.as_str();
    let wrong = |found: &str| {
        let message = format!("Invalid type for '{name}': expected a string, but got {found}.");
        ApiError::invalid(Some(name), message).code("invalid_type")
    };
    match part.file_name {
        Some(_) => Err(wrong("a file")),
        None => std::str::from_utf8(&part.bytes).map_err(|_| wrong("bytes that are not UTF-8")),
    }
}

fn duplicate(name: &str) -> ApiError {
    let message = format!(
        "Duplicate parameter: '{name}'. You provided multiple values for this parameter, whereas only one is allowed. \
         If you are trying to provide a list of values, use the array syntax instead e.g. '{name}[]=<value>'."
    );
    ApiError::invalid(Some(name), message).code("duplicate_parameter")
}
