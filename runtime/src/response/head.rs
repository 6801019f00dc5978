//! Status and headers of a response.

use std::time::{Duration, SystemTime};

use crate::media_type;

/// The head of a response: everything before its body.
///
/// ```
/// use openapi_runtime::ResponseHead;
///
/// let head = ResponseHead::new(200).with_header("Content-Type", "Application/JSON; charset=utf-8");
/// assert_eq!(head.content_type().as_deref(), Some("application/json"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseHead {
    status: u16,
    headers: Vec<(String, String)>,
}

impl ResponseHead {
    /// Makes a head without headers.
    pub const fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The status code.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// True if the status is in 200 to 299.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// True if a response with this status has no content (RFC 9110 §15.3.5 and §15.3.6).
    pub(crate) const fn is_without_content(&self) -> bool {
        matches!(self.status, 204 | 205)
    }

    /// The headers in order.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The first header with this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The media type of the body in lower case, without parameters. Of several headers, or
    /// several types in one, the last media type counts (WHATWG Fetch, "extract a MIME type").
    pub fn content_type(&self) -> Option<String> {
        let headers = self
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let values: Vec<&str> = headers
            .flat_map(|(_, value)| media_type::split_list(value))
            .filter(|value| !value.is_empty())
            .collect();
        let is_type = |value: &&&str| media_type::is_media_type(value);
        let value = values.iter().rev().find(is_type).or(values.last())?;
        Some(media_type::essence(value).to_ascii_lowercase())
    }

    /// The id by which the operator of the server can find the request: `x-request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.header("x-request-id")
    }

    /// The time that the server asks to wait before the request is repeated: the milliseconds of
    /// `retry-after-ms`, else `Retry-After` (RFC 9110, section 10.2.3), in seconds or as a date.
    ///
    /// Seconds and milliseconds may have a fraction. A date in the past is a duration of zero.
    /// Invalid values, and values too long for a [`Duration`], are `None`.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after_at(SystemTime::now())
    }

    /// [`retry_after`](Self::retry_after) with `now` as the current time.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use openapi_runtime::ResponseHead;
    ///
    /// let head = ResponseHead::new(429).with_header("Retry-After", "Thu, 01 Jan 1970 00:01:30 GMT");
    /// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(60);
    /// assert_eq!(head.retry_after_at(now), Some(Duration::from_secs(30)));
    /// ```
    pub fn retry_after_at(&self, now: SystemTime) -> Option<Duration> {
        let milliseconds = self.header("retry-after-ms").and_then(number);
        if let Some(milliseconds) = milliseconds {
            return Duration::try_from_secs_f64(milliseconds / 1000.0).ok();
        }
        let text = self.header("retry-after")?.trim();
        if let Some(seconds) = number(text) {
            return Duration::try_from_secs_f64(seconds).ok();
        }
        let date = httpdate::parse_http_date(text).ok()?;
        Some(date.duration_since(now).unwrap_or_default())
    }
}

/// Parses a number in a header: digits with an optional fraction.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    is_number.then(|| text.parse().ok())?
}

#[cfg(feature = "http")]
mod http {
    //! Heads from the types that HTTP clients share.

    use super::ResponseHead;

    impl From<(::http::StatusCode, &::http::HeaderMap)> for ResponseHead {
        fn from((status, headers): (::http::StatusCode, &::http::HeaderMap)) -> Self {
            headers
                .iter()
                .fold(Self::new(status.as_u16()), |head, (name, value)| {
                    head.with_header(name.as_str(), String::from_utf8_lossy(value.as_bytes()))
                })
        }
    }

    impl From<&::http::response::Parts> for ResponseHead {
        fn from(parts: &::http::response::Parts) -> Self {
            (parts.status, &parts.headers).into()
        }
    }

    impl<B> From<&::http::Response<B>> for ResponseHead {
        fn from(response: &::http::Response<B>) -> Self {
            (response.status(), response.headers()).into()
        }
    }
}
