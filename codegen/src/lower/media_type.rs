//! Media types, and what a body of each is read and written as.
//!
//! ```yaml
//! application/vnd.acme+json: …   # Media::Json
//! text/html: …                   # Media::Text
//! image/*: …                     # Media::Bytes
//! ```

/// The kind of a body, by its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Json,
    Events,
    Multipart,
    UrlEncoded,
    Text,
    Bytes,
    /// Several JSON values, one a line.
    JsonLines,
}

/// Types with another beginning than `text/` that are text.
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

/// Types of JSON values that follow each other.
const LINES: [&str; 5] = [
    "application/json-seq",
    "application/jsonl",
    "application/x-jsonlines",
    "application/x-ndjson",
    "application/jsonlines",
];

impl Media {
    /// The kind of a media type as the document writes it; one that is not known is bytes.
    pub(super) fn of(media_type: &str) -> Self {
        match essence(media_type).as_str() {
            "text/event-stream" => Self::Events,
            "multipart/form-data" => Self::Multipart,
            "application/x-www-form-urlencoded" => Self::UrlEncoded,
            essence if is_json(essence) => Self::Json,
            essence if LINES.contains(&essence) => Self::JsonLines,
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

    /// The name of a body, where it is the only one of its kind.
    pub(super) fn name(self) -> &'static str {
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

/// A media type without parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

pub(super) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}
