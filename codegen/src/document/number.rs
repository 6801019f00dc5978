//! Numbers in the notation of the document.
//!
//! ```yaml
//! maximum: 9007199254740993   # as_i64 gives every digit, although no f64 has this value
//! minimum: 1.0                # an integer: JSON Schema counts by value, not by spelling
//! ```

use std::cmp::Ordering;
use std::fmt;

/// A number that keeps its text: decimal, and in YAML also `0o17`, `0x1F`, `.inf` and `.nan`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    text: String,
}

/// A decimal number: `digits`, which do not end in 0, times ten to the power of `exponent`.
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Number {
    /// `text` must be a number of JSON or of the YAML core schema.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// The value, if it is an integer that fits: `12`, `1.0`, `2e3`, `0x1F`.
    pub fn as_i64(&self) -> Option<i64> {
        i64::try_from(self.as_i128()?).ok()
    }

    /// The value, if it is an integer that fits and is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        u64::try_from(self.as_i128()?).ok()
    }

    /// The nearest value with 53 bits; infinite beyond the range.
    pub fn as_f64(&self) -> f64 {
        if let Some(value) = self.radix_integer() {
            #[expect(
                clippy::cast_precision_loss,
                reason = "the nearest value is what is asked for"
            )]
            return value as f64;
        }
        let unsigned = self.text.trim_start_matches(['+', '-']);
        let magnitude = match unsigned {
            ".inf" | ".Inf" | ".INF" => f64::INFINITY,
            // The only other form of the core schema that Rust does not parse is NaN.
            _ => unsigned.parse().unwrap_or(f64::NAN),
        };
        if self.text.starts_with('-') {
            -magnitude
        } else {
            magnitude
        }
    }

    /// True if the value has no fractional part, regardless of its size: `1.0` and `1e400` are
    /// integers.
    pub fn is_integer(&self) -> bool {
        self.radix_digits().is_some() || self.decimal().is_some_and(|decimal| decimal.is_integer())
    }

    /// The value as JSON: exact for integers of 64 bits, else the nearest `f64`; `null` if it is
    /// not finite.
    pub fn to_json(&self) -> serde_json::Value {
        let integral = !self.text.contains(['.', 'e', 'E']) || self.radix_digits().is_some();
        if integral && let Some(value) = self.as_i64() {
            return value.into();
        }
        if integral && let Some(value) = self.as_u64() {
            return value.into();
        }
        self.as_f64().into()
    }

    /// The value, if it is an integer that fits.
    pub(crate) fn as_i128(&self) -> Option<i128> {
        if self.radix_digits().is_some() {
            return self.radix_integer().and_then(|value| value.try_into().ok());
        }
        self.decimal()?.as_i128()
    }

    /// The numerator of a decimal number as a fraction in lowest terms, if it fits: 3 for `1.5`.
    pub(crate) fn numerator(&self) -> Option<i128> {
        if let Some(integer) = self.as_i128() {
            return Some(integer);
        }
        let decimal = self.decimal()?;
        let mut numerator: i128 = decimal.digits.parse().ok()?;
        for factor in [2, 5] {
            let mut left = decimal.exponent.unsigned_abs();
            while left > 0 && numerator % factor == 0 && numerator != 0 {
                numerator /= factor;
                left -= 1;
            }
        }
        Some(if decimal.negative {
            -numerator
        } else {
            numerator
        })
    }

    /// The number in the notation of JSON, with the same digits: `31` for `0x1F`.
    pub(crate) fn to_decimal(&self) -> Self {
        let decimal = || self.text.trim_start_matches('+').to_owned();
        let integer = self.radix_integer();
        Self::new(integer.map_or_else(decimal, |integer| integer.to_string()))
    }

    /// The order of two values, exact for integers of 128 bits.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        match (self.as_i128(), other.as_i128()) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => self.as_f64().total_cmp(&other.as_f64()),
        }
    }

    fn radix_digits(&self) -> Option<(u32, &str)> {
        let hexadecimal = self.text.strip_prefix("0x").map(|digits| (16, digits));
        hexadecimal.or_else(|| self.text.strip_prefix("0o").map(|digits| (8, digits)))
    }

    fn radix_integer(&self) -> Option<u128> {
        let (radix, digits) = self.radix_digits()?;
        u128::from_str_radix(digits, radix).ok()
    }

    fn decimal(&self) -> Option<Decimal> {
        let unsigned = self.text.trim_start_matches(['+', '-']);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits = [whole, fraction].concat();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let written = digits.len();
        digits.truncate(digits.trim_end_matches('0').len());
        let trailing_zeros = i64::try_from(written - digits.len()).ok()?;
        let fraction_digits = i64::try_from(fraction.len()).ok()?;
        let beyond = if exponent.starts_with('-') {
            i64::MIN
        } else {
            i64::MAX
        };
        let exponent = exponent.parse().unwrap_or(beyond);
        let exponent = if digits.is_empty() { 0 } else { exponent };
        let exponent = exponent
            .saturating_sub(fraction_digits)
            .saturating_add(trailing_zeros);
        Some(Decimal {
            negative: self.text.starts_with('-'),
            digits,
            exponent,
        })
    }
}

impl Decimal {
    fn is_integer(&self) -> bool {
        self.digits.is_empty() || self.exponent >= 0
    }

    fn as_i128(&self) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let digits: i128 = self.digits.parse().ok()?;
        let exponent = u32::try_from(self.exponent).ok()?;
        let magnitude = digits.checked_mul(10_i128.checked_pow(exponent)?)?;
        Some(if self.negative { -magnitude } else { magnitude })
    }
}

impl From<i128> for Number {
    fn from(value: i128) -> Self {
        Self::new(value.to_string())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
