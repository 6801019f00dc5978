//! Faults that the server simulates on request.
//!
//! A text asks for them, `NAME; SETTING=VALUE, NAME`, in the form of an HTTP list. The table is in
//! the documentation of the crate.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use thiserror::Error;

/// Maximum number of texts whose uses are counted, because headers come from any client, and
/// memory is limited.
const COUNTED: usize = 1000;

/// The longest stall, so that a test that hangs ends.
const LONGEST: u64 = 600_000;

/// The faults of a request, read from a text such as `rate-limit; times=2; after=500, crlf`.
///
/// ```
/// let faults: stand_in::Faults = "rate-limit; times=2, crlf".parse()?;
/// assert!("late-rimit".parse::<stand_in::Faults>().is_err());
/// # Ok::<(), stand_in::FaultError>(())
/// ```
///
/// An empty text asks for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    faults: Vec<Counted>,
    /// The text of the faults, by which its uses are counted.
    text: String,
}

/// A fault, and the number of consecutive requests that it affects; without a number, it affects
/// all requests.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted {
    fault: Fault,
    times: Option<u64>,
}

/// One fault. Events are counted from 0; a response that is not a stream is one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    RateLimit { after: Duration },
    ServerError,
    ErrorEvent { after: u64 },
    UnknownEvent,
    MissingMembers { members: Vec<String> },
    CutUpload { bytes: u64 },
    CutHead,
    CutBody { event: u64 },
    EndBody { event: u64 },
    StallHead { time: Duration },
    StallBody { event: u64, time: Duration },
    Drip { bytes: usize },
    Crlf,
    ContentType { value: String },
}

/// The error of a text that is not a list of faults.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultError {
    /// No fault has this name.
    #[error("there is no fault named `{0}`")]
    Unknown(String),
    /// The fault does not have this setting.
    #[error("the fault `{fault}` has no setting `{setting}`")]
    Setting {
        /// The name of the fault.
        fault: String,
        /// The name of the setting.
        setting: String,
    },
    /// The setting does not take this value.
    #[error("the setting `{setting}` of `{fault}` cannot be `{value}`")]
    Value {
        /// The name of the fault.
        fault: String,
        /// The name of the setting.
        setting: String,
        /// The value.
        value: String,
    },
}

impl FromStr for Faults {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let texts = text.split(',').map(str::trim);
        let texts = texts.filter(|text| !text.is_empty());
        Ok(Self {
            faults: texts.map(counted).collect::<Result<_, _>>()?,
            text: text.to_owned(),
        })
    }
}

fn counted(text: &str) -> Result<Counted, FaultError> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let values = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    let mut settings = Settings {
        fault: name,
        values: values.collect(),
    };
    let is_counted = settings.values.contains_key("times");
    let times = settings.number("times", 0)?;
    let fault = fault(name, &mut settings)?;
    settings.finish()?;
    Ok(Counted {
        fault,
        times: is_counted.then_some(times),
    })
}

fn fault(name: &str, settings: &mut Settings<'_>) -> Result<Fault, FaultError> {
    Ok(match name {
        "rate-limit" => Fault::RateLimit {
            after: settings.time("after", 1000)?,
        },
        "server-error" => Fault::ServerError,
        "error-event" => Fault::ErrorEvent {
            after: settings.number("after", 0)?,
        },
        "unknown-event" => Fault::UnknownEvent,
        "missing-members" => Fault::MissingMembers {
            members: settings.names(
                "members",
                "created_at size quality background output_format",
            ),
        },
        "cut-upload" => Fault::CutUpload {
            bytes: settings.number("bytes", 1)?,
        },
        "cut-head" => Fault::CutHead,
        "cut-body" => Fault::CutBody {
            event: settings.number("event", 0)?,
        },
        "end-body" => Fault::EndBody {
            event: settings.number("event", 0)?,
        },
        "stall-head" => Fault::StallHead {
            time: settings.time("ms", 1000)?,
        },
        "stall-body" => Fault::StallBody {
            event: settings.number("event", 0)?,
            time: settings.time("ms", 1000)?,
        },
        "drip" => Fault::Drip {
            bytes: settings.bytes("bytes")?,
        },
        "crlf" => Fault::Crlf,
        "content-type" => Fault::ContentType {
            value: settings.header("type", "text/html")?,
        },
        _ => return Err(FaultError::Unknown(name.to_owned())),
    })
}

/// The settings of one fault. Settings are removed when they are read, so the rest is unknown.
struct Settings<'a> {
    fault: &'a str,
    values: BTreeMap<&'a str, &'a str>,
}

impl Settings<'_> {
    fn number(&mut self, name: &str, default: u64) -> Result<u64, FaultError> {
        let Some(value) = self.values.remove(name) else {
            return Ok(default);
        };
        value.parse().map_err(|_| self.error(name, value))
    }

    /// Milliseconds.
    fn time(&mut self, name: &str, default: u64) -> Result<Duration, FaultError> {
        let value = self.number(name, default)?;
        match value {
            0..=LONGEST => Ok(Duration::from_millis(value)),
            _ => Err(self.error(name, &value.to_string())),
        }
    }

    /// A number of bytes, at least one.
    fn bytes(&mut self, name: &str) -> Result<usize, FaultError> {
        let value = self.number(name, 1)?;
        let bytes = usize::try_from(value).ok().filter(|bytes| *bytes > 0);
        bytes.ok_or_else(|| self.error(name, &value.to_string()))
    }

    /// Names between spaces or plus signs.
    fn names(&mut self, name: &str, default: &'static str) -> Vec<String> {
        let text = self.values.remove(name).unwrap_or(default);
        let names = text.split([' ', '+']).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    }

    fn header(&mut self, name: &str, default: &'static str) -> Result<String, FaultError> {
        let value = self.values.remove(name).unwrap_or(default);
        let is_printable = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
        if !value.bytes().all(is_printable) {
            return Err(self.error(name, value));
        }
        Ok(value.to_owned())
    }

    fn finish(self) -> Result<(), FaultError> {
        match self.values.into_keys().next() {
            None => Ok(()),
            Some(setting) => Err(FaultError::Setting {
                fault: self.fault.to_owned(),
                setting: setting.to_owned(),
            }),
        }
    }

    fn error(&self, setting: &str, value: &str) -> FaultError {
        FaultError::Value {
            fault: self.fault.to_owned(),
            setting: setting.to_owned(),
            value: value.to_owned(),
        }
    }
}

/// The faults for requests without the header, and the number of uses of each text.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    default: Mutex<Faults>,
    used: Mutex<HashMap<String, u64>>,
}

impl Plan {
    pub(crate) fn set(&self, faults: Faults) {
        *self.default.lock().unwrap_or_else(PoisonError::into_inner) = faults;
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// The faults of one request: those in its header, else those of the server.
    pub(crate) fn next(&self, asked: Option<Faults>) -> Vec<Fault> {
        let default = || {
            let faults = self.default.lock();
            faults.unwrap_or_else(PoisonError::into_inner).clone()
        };
        let faults = asked.unwrap_or_else(default);
        let number = self.number(&faults);
        let due = faults.faults.into_iter();
        let due = due.filter(|counted| counted.times.is_none_or(|times| number < times));
        due.map(|counted| counted.fault).collect()
    }

    /// The number of earlier requests with these faults. With `times=2`, the third request has no
    /// fault, and the count starts again.
    fn number(&self, faults: &Faults) -> u64 {
        let Some(most) = faults
            .faults
            .iter()
            .filter_map(|counted| counted.times)
            .max()
        else {
            return 0;
        };
        let mut counts = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= COUNTED {
            counts.clear();
        }
        let count = counts.entry(faults.text.clone()).or_default();
        let number = *count;
        *count = if number < most { number + 1 } else { 0 };
        number
    }
}
