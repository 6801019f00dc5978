//! Rules for retries: which failures are retried, and when.
//!
//! | failure | tried again |
//! |---|---|
//! | no connection | yes |
//! | the connection broke, or a limit passed, before the response | if the method is idempotent, or the body was not sent whole |
//! | `x-should-retry: true` or `false` | as stated |
//! | 408, 409, 429, 5xx | yes, unless the error has a code such as `insufficient_quota` |
//! | any other status; anything after the head of a success | no |
//!
//! The pause is that of `retry-after-ms` or `Retry-After`, up to two minutes, else 0.5 s, 1 s, 2
//! s, … up to 8 s, less up to a quarter at random. If the server asks for a longer pause, the call
//! is not retried: the error has the requested pause.

use std::{borrow::Cow, time::Duration};

use openapi_runtime::{ResponseHead, json};

/// Rules for retries. The defaults are those of the `OpenAI` clients: two retries.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retries {
    /// The number of attempts after the first.
    pub most: u32,
    /// The first pause, if the server does not ask for one.
    pub first_pause: Duration,
    /// The longest pause, if the server does not ask for one.
    pub longest_pause: Duration,
    /// The longest pause that a server may ask for.
    pub longest_wait: Duration,
    /// True to send a POST or PATCH again if the connection broke after its whole body had been
    /// sent. The server may have processed the request, so it may be charged twice.
    pub resends: bool,
    /// Codes of errors (`code` of the error, or of its member `error`) that are never retried.
    pub final_codes: Vec<Cow<'static, str>>,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            most: 2,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(8),
            longest_wait: Duration::from_secs(120),
            resends: false,
            final_codes: vec![Cow::Borrowed("insufficient_quota")],
        }
    }
}

impl Retries {
    /// Makes only one attempt.
    pub fn none() -> Self {
        Self::default().most(0)
    }

    /// Sets the number of attempts after the first.
    #[must_use]
    pub fn most(self, most: u32) -> Self {
        Self { most, ..self }
    }

    /// Also sends a POST or PATCH again whose body had been sent whole when the connection broke.
    #[must_use]
    pub fn resending(self) -> Self {
        Self {
            resends: true,
            ..self
        }
    }

    /// True if a response is a temporary failure.
    pub(crate) fn is_temporary(&self, head: &ResponseHead, body: &[u8]) -> bool {
        match head.header("x-should-retry") {
            Some("true") => true,
            Some("false") => false,
            _ => {
                let status = matches!(head.status(), 408 | 409 | 429 | 500..=599);
                status && !self.is_final(body)
            }
        }
    }

    fn is_final(&self, body: &[u8]) -> bool {
        let code = error_code(body);
        code.is_some_and(|code| self.final_codes.iter().any(|known| *known == code))
    }

    /// The pause before the next attempt. `None` if the server asks for a pause that is too long.
    /// `random` is at least 0 and less than 1.
    pub(crate) fn pause(
        &self,
        attempt: u32,
        head: Option<&ResponseHead>,
        random: f64,
    ) -> Option<Duration> {
        let asked = head.and_then(ResponseHead::retry_after);
        if let Some(asked) = asked.filter(|asked| !asked.is_zero()) {
            return (asked <= self.longest_wait).then_some(asked);
        }
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let pause = self.first_pause.saturating_mul(doubled);
        let pause = pause.min(self.longest_pause);
        Some(pause.mul_f64(1.0 - random / 4.0))
    }
}

/// `code` of a JSON error, or of its member `error`.
fn error_code(body: &[u8]) -> Option<String> {
    let value: json::Value = json::from_slice(body).ok()?;
    let error = value.get("error").unwrap_or(&value);
    error.get("code")?.as_str().map(str::to_owned)
}

/// A random number of at least 0 and less than 1.
pub(crate) fn random() -> f64 {
    let bits = getrandom::u32().unwrap_or_default();
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use openapi_runtime::ResponseHead;

    use super::Retries;

    fn head(status: u16, headers: &[(&str, &str)]) -> ResponseHead {
        let head = ResponseHead::new(status);
        headers
            .iter()
            .fold(head, |head, (name, value)| head.with_header(*name, *value))
    }

    type Case = (
        u16,
        &'static [(&'static str, &'static str)],
        &'static [u8],
        bool,
    );

    #[test]
    fn statuses_headers_and_codes_decide() {
        let quota: &[u8] = br#"{"error": {"code": "insufficient_quota"}}"#;
        let flat: &[u8] = br#"{"code": "insufficient_quota"}"#;
        let cases: [Case; 14] = [
            (400, &[], b"", false),
            (401, &[], b"", false),
            (408, &[], b"", true),
            (409, &[], b"", true),
            (425, &[], b"", false),
            (429, &[], b"", true),
            (429, &[], b"not JSON", true),
            (429, &[], quota, false),
            (429, &[], flat, false),
            (429, &[("X-Should-Retry", "false")], b"", false),
            (400, &[("x-should-retry", "true")], b"", true),
            (429, &[("x-should-retry", "maybe")], b"", true),
            (500, &[], b"", true),
            (599, &[], b"", true),
        ];
        for (status, headers, body, wanted) in cases {
            let head = head(status, headers);
            let found = Retries::default().is_temporary(&head, body);
            assert_eq!(found, wanted, "{status} {headers:?}");
        }
    }

    #[test]
    fn pauses_double_with_jitter_unless_the_server_asks() {
        let retries = Retries::default();
        let pause = |attempt, random| {
            retries
                .pause(attempt, None, random)
                .map(|pause| pause.as_millis())
        };
        assert_eq!(
            [1, 2, 3, 4, 5, 99].map(|attempt| pause(attempt, 0.0)),
            [500, 1000, 2000, 4000, 8000, 8000].map(Some)
        );
        assert_eq!(pause(1, 0.999), Some(375));
        let asked = |name, value| retries.pause(1, Some(&head(429, &[(name, value)])), 0.0);
        assert_eq!(asked("retry-after", "1"), Some(Duration::from_secs(1)));
        assert_eq!(
            asked("retry-after", "0.2"),
            Some(Duration::from_millis(200))
        );
        assert_eq!(
            asked("retry-after-ms", "100"),
            Some(Duration::from_millis(100))
        );
        assert_eq!(asked("retry-after", "120"), Some(Duration::from_secs(120)));
        assert_eq!(asked("retry-after", "121"), None);
        assert_eq!(asked("retry-after", "0"), Some(Duration::from_millis(500)));
        assert_eq!(
            asked("retry-after", "soon"),
            Some(Duration::from_millis(500))
        );
    }
}
