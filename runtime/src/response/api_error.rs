//! The error that the API reports in a body or in an event.
//!
//! `{"error": {"message": "…", "type": "…", "param": null, "code": 400}}` is what is documented; a string as
//! `error`, a flat object, and an event stream around either have been seen.

use std::{error::Error, fmt};

use bytes::Bytes;

use crate::{
    Raw,
    event_stream::Decoder,
    json::{self, Decode, Deserializer, Kind, MapAccess, Members, RawUnion, ReadObject, Source},
    raw::Excerpt,
};

/// An error as the API reports it.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// What is wrong, in words.
    pub message: Option<String>,
    /// The class of the error: `type` on the wire.
    pub kind: Option<String>,
    /// The parameter that is at fault.
    pub param: Option<String>,
    /// The error for machines: `moderation_blocked`. A number is given as its digits.
    pub code: Option<String>,
    /// The whole body or event, as it was received.
    pub raw: Raw,
}

impl ApiError {
    /// Finds the error in the body of a response, if it holds one.
    pub fn detect(body: &Bytes) -> Option<Self> {
        Self::detect_json(body).or_else(|| Self::detect_event(body))
    }

    /// Reads the data of an event that is known to be an error. Text that is not a JSON object is the message.
    pub(crate) fn from_event(data: Bytes) -> Self {
        Self::detect_json(&data).unwrap_or_else(|| {
            let text = || String::from_utf8_lossy(&data).into_owned();
            Self {
                message: Some(serde_json::from_slice(&data).unwrap_or_else(|_| text())),
                raw: data.into(),
                ..Self::default()
            }
        })
    }

    /// Finds the error in an object. A byte that is not UTF-8 does not hide it.
    fn detect_json(body: &Bytes) -> Option<Self> {
        if !json::without_bom(body).trim_ascii_start().starts_with(b"{") {
            return None;
        }
        let text = String::from_utf8_lossy(body);
        let envelope: Envelope = json::read(text.as_bytes(), &Source::default()).ok()?;
        let is_flat = envelope.flat.message.is_some() || envelope.flat.code.is_some();
        let fields = envelope.error.or(is_flat.then_some(envelope.flat))?;
        Some(Self {
            message: fields.message,
            kind: fields.kind,
            param: fields.param,
            code: fields.code,
            raw: body.clone().into(),
        })
    }

    /// Finds the error in the first event of a body that is an event stream.
    fn detect_event(body: &Bytes) -> Option<Self> {
        let start = json::without_bom(body).trim_ascii_start();
        let starts: [&[u8]; 5] = [b"event", b"data", b"id", b"retry", b":"];
        if !starts.iter().any(|name| start.starts_with(name)) {
            return None;
        }
        let mut decoder = Decoder::new();
        decoder.push(body.clone());
        let event = match decoder.next_event().ok()? {
            Some(event) => event,
            None => decoder.finish().ok()??,
        };
        let data = event.data.into_bytes();
        match event.name.as_deref() {
            Some("error") if !data.is_empty() => Some(Self::from_event(data)),
            _ => Self::detect_json(&data),
        }
    }
}

/// The members of an error, nested or flat.
#[derive(Default)]
struct Fields {
    message: Option<String>,
    kind: Option<String>,
    param: Option<String>,
    code: Option<String>,
}

impl Fields {
    /// Reads a member that errors have, and says whether it is one.
    fn read<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        members: &mut Members<'_, 'de, A>,
    ) -> Result<bool, A::Error> {
        let slot = match name {
            "message" => &mut self.message,
            "type" => &mut self.kind,
            "param" => &mut self.param,
            "code" => &mut self.code,
            _ => return Ok(false),
        };
        *slot = members.value::<Scalar>()?.0;
        Ok(true)
    }
}

impl<'de> ReadObject<'de> for Fields {
    const NAME: &'static str = "Error";

    fn read<A: MapAccess<'de>>(mut members: Members<'_, 'de, A>) -> Result<Self, A::Error> {
        let mut fields = Self::default();
        while let Some(name) = members.next_name()? {
            if !fields.read(&name, &mut members)? {
                members.skip()?;
            }
        }
        Ok(fields)
    }
}

impl<'de> Decode<'de> for Fields {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        json::object(deserializer, source)
    }
}

/// An object that may be an error, or have one.
struct Envelope {
    error: Option<Fields>,
    flat: Fields,
}

impl<'de> ReadObject<'de> for Envelope {
    const NAME: &'static str = "ErrorResponse";

    fn read<A: MapAccess<'de>>(mut members: Members<'_, 'de, A>) -> Result<Self, A::Error> {
        let mut error = None;
        let mut flat = Fields::default();
        while let Some(name) = members.next_name()? {
            if name == "error" {
                error = members.value::<ErrorMember>()?.0;
            } else if !flat.read(&name, &mut members)? {
                members.skip()?;
            }
        }
        Ok(Self { error, flat })
    }
}

impl<'de> Decode<'de> for Envelope {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        json::object(deserializer, source)
    }
}

/// The member `error`.
struct ErrorMember(Option<Fields>);

impl<'de> Decode<'de> for ErrorMember {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        let raw = RawUnion::decode(deserializer, source)?;
        Ok(Self(match raw.kind() {
            _ if !is_error(&raw) => None,
            Kind::Object => Some(raw.read(source)?),
            _ => Some(Fields {
                message: scalar(&raw),
                ..Fields::default()
            }),
        }))
    }
}

/// Whether the value of `error` is one: an object and a text are, null, false, 0 and the empty text are not.
pub(crate) fn is_error(raw: &RawUnion) -> bool {
    match raw.kind() {
        Kind::Object => true,
        Kind::String => raw.text() != r#""""#,
        _ => false,
    }
}

/// A text, or the text of a number or boolean; anything else is ignored.
struct Scalar(Option<String>);

impl<'de> Decode<'de> for Scalar {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        RawUnion::decode(deserializer, source).map(|raw| Self(scalar(&raw)))
    }
}

fn scalar(raw: &RawUnion) -> Option<String> {
    match raw.kind() {
        // A lone surrogate must not hide an error: then the text stays escaped.
        Kind::String => {
            Some(serde_json::from_str(raw.text()).unwrap_or_else(|_| raw.text().to_owned()))
        }
        Kind::Bool | Kind::Integer | Kind::Number => Some(raw.text().to_owned()),
        Kind::Null | Kind::Array | Kind::Object => None,
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.message {
            Some(message) => write!(formatter, "{}", Excerpt::message(message))?,
            None => write!(formatter, "{}", Excerpt::body(&self.raw))?,
        }
        let details = [
            ("type", &self.kind),
            ("param", &self.param),
            ("code", &self.code),
        ];
        let details: Vec<_> = details
            .iter()
            .filter_map(|(name, value)| {
                Some(format!("{name}: {}", Excerpt::message(value.as_ref()?)))
            })
            .collect();
        if details.is_empty() {
            Ok(())
        } else {
            write!(formatter, " ({})", details.join(", "))
        }
    }
}

/// A text that is not JSON is its own message, and may be long.
impl fmt::Debug for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiError")
            .field("message", &self.message.as_deref().map(Excerpt::message))
            .field("kind", &self.kind.as_deref().map(Excerpt::message))
            .field("param", &self.param.as_deref().map(Excerpt::message))
            .field("code", &self.code.as_deref().map(Excerpt::message))
            .field("raw", &self.raw)
            .finish()
    }
}

impl Error for ApiError {}
