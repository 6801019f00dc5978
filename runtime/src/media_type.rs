//! Media types (RFC 9110 §8.3.1): their syntax, and the type of a file by its first bytes or its
//! extension.
//!
//! A file that begins with `89 50 4E 47 0D 0A 1A 0A` is `image/png`, regardless of its name.

/// The number of bytes at the beginning of a file that [`sniff`] inspects.
pub const SNIFFED: usize = 12;

/// The type of an unknown file.
pub const OCTET_STREAM: &str = "application/octet-stream";

/// Extensions and their types. The first extension of a type is used for generated names.
const EXTENSIONS: &[(&str, &str)] = &[
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("webp", "image/webp"),
    ("gif", "image/gif"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("heic", "image/heic"),
    ("ico", "image/vnd.microsoft.icon"),
    ("svg", "image/svg+xml"),
    ("tiff", "image/tiff"),
    ("tif", "image/tiff"),
    ("flac", "audio/flac"),
    ("m4a", "audio/mp4"),
    ("mp3", "audio/mpeg"),
    ("mpga", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("mov", "video/quicktime"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("webm", "video/webm"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("html", "text/html"),
    ("md", "text/markdown"),
    ("txt", "text/plain"),
    ("gz", "application/gzip"),
    ("json", "application/json"),
    ("jsonl", "application/jsonl"),
    ("pdf", "application/pdf"),
    ("tar", "application/x-tar"),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
    ("bin", OCTET_STREAM),
];

/// The type of an image, by its first bytes: PNG, JPEG, GIF or WebP.
pub fn sniff(start: &[u8]) -> Option<&'static str> {
    match start {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}

/// The type of a file by the extension of its name, in any case.
pub fn from_file_name(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    EXTENSIONS
        .iter()
        .find(|(known, _)| extension.eq_ignore_ascii_case(known))
        .map(|(_, media_type)| *media_type)
}

/// The extension of files of this type, without the full stop.
pub fn extension(media_type: &str) -> Option<&'static str> {
    let essence = essence(media_type);
    EXTENSIONS
        .iter()
        .find(|(_, known)| essence.eq_ignore_ascii_case(known))
        .map(|(extension, _)| *extension)
}

/// The media type without its parameters.
pub fn essence(media_type: &str) -> &str {
    media_type
        .split_once(';')
        .map_or(media_type, |(essence, _)| essence)
        .trim()
}

/// True if an essence in lower case is this media type, or is in this range (`text/*`, `*/*`);
/// parameters do not count.
pub(crate) fn is_in(own: &str, range: &str) -> bool {
    let range = essence(range);
    match range.split_once('/') {
        Some(("*", "*")) => true,
        Some((class, "*")) => own
            .split_once('/')
            .is_some_and(|(own, _)| own.eq_ignore_ascii_case(class)),
        _ => own.eq_ignore_ascii_case(range),
    }
}

/// The elements of a list of media types, which are separated by commas outside of quoted strings
/// (RFC 9110 §5.6.1).
pub(crate) fn split_list(text: &str) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let is_separator = move |character| {
        let is_quote = character == '"' && !is_escaped;
        is_escaped = is_quoted && character == '\\' && !is_escaped;
        is_quoted ^= is_quote;
        character == ',' && !is_quoted
    };
    text.split(is_separator).map(str::trim)
}

/// True if the text is a media type: `type/subtype` of tokens, and parameters whose values are
/// tokens or quoted.
///
/// ```
/// use openapi_runtime::media_type::is_media_type;
///
/// assert!(is_media_type("text/plain; charset=\"utf-8\""));
/// assert!(!is_media_type("png"));
/// assert!(!is_media_type("image/png\r\nX-Injected: 1"));
/// ```
pub fn is_media_type(text: &str) -> bool {
    let rest = token(text.as_bytes())
        .and_then(|rest| rest.strip_prefix(b"/"))
        .and_then(token);
    let Some(mut rest) = rest else { return false };
    while !rest.is_empty() {
        let Some(after) = skip_blanks(rest).strip_prefix(b";") else {
            return false;
        };
        let Some(after) = parameter(skip_blanks(after)) else {
            return false;
        };
        rest = after;
    }
    true
}

/// The text after a parameter, which may be empty.
fn parameter(text: &[u8]) -> Option<&[u8]> {
    if matches!(text.first(), None | Some(b';')) {
        return Some(text);
    }
    let value = token(text)?.strip_prefix(b"=")?;
    match value.strip_prefix(b"\"") {
        Some(quoted) => after_quote(quoted),
        None => token(value),
    }
}

/// The text after the closing quote, if there is no control character before it.
fn after_quote(mut text: &[u8]) -> Option<&[u8]> {
    loop {
        text = match text {
            [b'"', rest @ ..] => return Some(rest),
            [b'\\', b'\t' | b' '..=b'~', rest @ ..] => rest,
            [b'\\', ..] => return None,
            [b'\t' | b' '..=b'~', rest @ ..] => rest,
            _ => return None,
        };
    }
}

fn skip_blanks(text: &[u8]) -> &[u8] {
    let blanks = text
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    text.split_at_checked(blanks).map_or(text, |(_, rest)| rest)
}

/// The text after a token (RFC 9110 §5.6.2) of at least one character.
fn token(text: &[u8]) -> Option<&[u8]> {
    let length = text.iter().take_while(|byte| is_token(**byte)).count();
    if length == 0 {
        None
    } else {
        text.get(length..)
    }
}

/// True if the byte is allowed in a token (RFC 9110 §5.6.2).
pub(crate) const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}
