//! The core schema of YAML 1.2.2 (section 10.3): the types of scalars without quotes.
//!
//! ```yaml
//! - no           # the string `no`: YAML 1.1 is not read
//! - 2026-04-21   # a string
//! - 0x1F         # the number 31
//! - ~            # null
//! ```

use super::{Number, Value};

/// The value of a plain scalar.
pub(super) fn resolve(text: &str) -> Value {
    // Most scalars are words, which the first byte shows.
    match text.as_bytes().first() {
        None | Some(b'n' | b'N' | b'~') if is_null(text) => Value::Null,
        Some(b't' | b'T' | b'f' | b'F') => match boolean(text) {
            Some(value) => Value::Bool(value),
            None => Value::String(text.to_owned()),
        },
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') if is_number(text) => {
            Value::Number(Number::new(text))
        }
        _ => Value::String(text.to_owned()),
    }
}

/// The value of a scalar with a tag of the core schema; `None` if the text does not match the tag,
/// or for another tag.
pub(super) fn resolve_tagged(tag: &str, text: &str) -> Option<Value> {
    if tag == "str" {
        return Some(Value::String(text.to_owned()));
    }
    let value = resolve(text);
    let fits = match &value {
        Value::Null => tag == "null",
        Value::Bool(_) => tag == "bool",
        Value::Number(_) => tag == "float" || (tag == "int" && is_integer(text)),
        _ => false,
    };
    fits.then_some(value)
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    is_integer(text) || is_float(text)
}

fn is_integer(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("0x") {
        return non_empty(digits, |byte| byte.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return non_empty(digits, |byte| matches!(byte, b'0'..=b'7'));
    }
    is_digits(unsigned(text))
}

fn is_float(text: &str) -> bool {
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let unsigned = unsigned(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(self::unsigned(exponent))),
        None => (unsigned, None),
    };
    let mantissa_matches = match mantissa.split_once('.') {
        Some(("", fraction)) => is_digits(fraction),
        Some((whole, fraction)) => is_digits(whole) && (fraction.is_empty() || is_digits(fraction)),
        None => is_digits(mantissa),
    };
    mantissa_matches && exponent.is_none_or(is_digits)
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

fn is_digits(text: &str) -> bool {
    non_empty(text, |byte| byte.is_ascii_digit())
}

fn non_empty(text: &str, admits: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(admits)
}
