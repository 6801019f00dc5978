//! Media types, and the kind of body for each.
//!
//! ```yaml
//! application/vnd.acme+json: …   # Media::Json
//! text/html: …                   # Media::Text
//! image/*: …                     # Media::Bytes
//! ```

use crate::lower::names::name;
use crate::model::{MediaType, Name};

/// The kind of a body, by its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Media {
    Json,
    Events,
    Multipart,
    UrlEncoded,
    Text,
    Bytes,
    /// Several JSON values, one a line.
    JsonLines,
}

/// Text types that do not begin with `text/`.
const TEXTS: [&str; 8] = [
    "application/graphql",
    "application/javascript",
    "application/sql",
    "application/toml",
    "application/xml",
    "application/x-yaml",
    "application/yaml",
    "application/xml-dtd",
];

/// Types of sequences of JSON values.
const LINES: [&str; 6] = [
    "application/json-seq",
    "application/jsonl",
    "application/x-jsonlines",
    "application/x-ndjson",
    "application/jsonlines",
    "application/stream+json",
];

impl Media {
    /// The kind of a media type. An unknown type is bytes.
    pub(in crate::lower) fn of(media_type: &MediaType) -> Self {
        match media_type.essence().as_str() {
            "text/event-stream" => Self::Events,
            "multipart/form-data" => Self::Multipart,
            "application/x-www-form-urlencoded" => Self::UrlEncoded,
            essence if LINES.contains(&essence) => Self::JsonLines,
            _ if media_type.is_json() => Self::Json,
            essence
                if essence.starts_with("text/")
                    || essence.ends_with("+xml")
                    || TEXTS.contains(&essence) =>
            {
                Self::Text
            }
            _ => Self::Bytes,
        }
    }

    /// The name of a body that is the only one of its kind.
    pub(in crate::lower) fn name(self) -> &'static str {
        match self {
            Self::Json => "Json",
            Self::Events => "Events",
            Self::Multipart => "Multipart",
            Self::UrlEncoded => "UrlEncoded",
            Self::Text => "Text",
            Self::Bytes => "Bytes",
            Self::JsonLines => "JsonLines",
        }
    }
}

/// Names of the bodies in these media types: `Json`, `Multipart`. If several have the same kind,
/// all but the plain one are named after their media types.
pub(in crate::lower) fn names(media_types: &[&MediaType]) -> Vec<String> {
    let name = |media_type: &&MediaType| {
        let media = Media::of(media_type);
        let mut same = media_types.iter().filter(|other| Media::of(other) == media);
        let is_first = same.next() == Some(media_type);
        let is_only = is_first && same.next().is_none();
        let is_plain = match media {
            Media::Json => media_type.as_str() == "application/json" || is_only,
            Media::Multipart | Media::UrlEncoded => is_first,
            Media::Text => media_type.as_str() == "text/plain" || is_only,
            _ => is_only,
        };
        if is_plain {
            media.name().to_owned()
        } else {
            let words = media_type.as_str().trim_start_matches("application/");
            Name::of(name::Kind::Variant, words).rust().to_owned()
        }
    };
    media_types.iter().map(name).collect()
}
