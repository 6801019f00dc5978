//! `multipart/form-data` bodies (RFC 7578).
//!
//! A form with the text `prompt` and the file `soap.png` in `image` becomes
//!
//! ```text
//! --3a…9f
//! Content-Disposition: form-data; name="prompt"
//!
//! a cat
//! --3a…9f
//! Content-Disposition: form-data; name="image"; filename="soap.png"
//! Content-Type: image/png
//!
//! (the bytes of the file)
//! --3a…9f--
//! ```
//!
//! Values are sent byte for byte. Names and file names are raw UTF-8, as the WHATWG has it, with
//! `"`, every C0 control and DEL percent-encoded, so that no name can add a header. A file always
//! has a name, because servers read a part without one as text.

mod boundary;
mod extra;
mod part;

use bytes::{BufMut, Bytes, BytesMut};

use crate::{
    Body, Extra, RequestError, Upload,
    body::Segment,
    json::{Tag, Unknown},
    media_type::is_media_type,
};

pub use boundary::Boundary;
pub use part::{Field, Json, Part};

/// The parts of a form, until they are written.
///
/// ```
/// use openapi_runtime::{Boundary, Form, Upload};
///
/// let mut form = Form::new();
/// form.add_list("image", "image[]", vec![Upload::from_bytes(&b"..."[..])]);
/// form.add("prompt", "a cat");
/// form.add("n", Some(2));
/// form.add("user", None::<String>);
/// let (content_type, body) = form.finish(&Boundary::new("B")?)?;
///
/// assert_eq!(content_type, "multipart/form-data; boundary=B");
/// let text = String::from_utf8(body.into_bytes()?.to_vec())?;
/// assert!(text.starts_with("--B\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na cat\r\n--B\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Form {
    texts: Vec<TextPart>,
    extras: Vec<TextPart>,
    files: Vec<FilePart>,
    /// The names of the fields in the description, sent or not.
    names: Vec<String>,
    /// The first value that could not be added.
    error: Option<RequestError>,
}

#[derive(Debug)]
struct TextPart {
    name: String,
    content_type: Option<String>,
    value: Bytes,
}

#[derive(Debug)]
struct FilePart {
    name: String,
    /// Its index in a list.
    index: Option<usize>,
    content_type: Option<String>,
    upload: Upload,
}

impl Form {
    /// Makes a form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a form of fields whose names are not in the description, like
    /// [`add_further`](Self::add_further).
    pub fn of_further<N: AsRef<str>, T: Part>(fields: impl IntoIterator<Item = (N, T)>) -> Self {
        let mut form = Self::new();
        form.add_further(fields);
        form
    }

    /// Makes a form of fields that are not in the description, like [`extra`](Self::extra).
    pub fn of_extra(extra: &Extra) -> Self {
        let mut form = Self::new();
        form.extra(extra);
        form
    }

    /// Makes a form of a value that is not in the description. Adds its members like
    /// [`extra`](Self::extra).
    pub fn of_unknown(value: &Unknown) -> Self {
        match value.members() {
            Ok(members) => Self::of_extra(&members),
            Err(error) => Self {
                error: Some(error),
                ..Self::new()
            },
        }
    }

    /// Adds the tag of a union as the first part. The union owns the tag, so parts of the value
    /// with this name are not sent.
    ///
    /// ```
    /// use openapi_runtime::{Boundary, Form};
    ///
    /// let mut cat = Form::new();
    /// cat.add("lives", 9);
    /// let (_, body) = cat.tagged("kind", "cat").finish(&Boundary::new("B")?)?;
    /// let text = String::from_utf8(body.into_bytes()?.to_vec())?;
    /// assert!(text.starts_with("--B\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\ncat\r\n--B\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn tagged(mut self, tag: &str, kind: impl Into<Tag>) -> Self {
        self.texts.retain(|part| part.name != tag);
        self.files.retain(|part| part.name != tag);
        let stem = |part: &TextPart| part.name.split('[').next() == Some(tag);
        if self.extras.iter().any(stem) {
            let name = tag.to_owned();
            self.fail(RequestError::Duplicate { name });
        }
        let tag = TextPart {
            name: tag.to_owned(),
            content_type: None,
            value: kind.into().to_string().into(),
        };
        self.texts.insert(0, tag);
        self
    }

    /// Adds a field: one part, none if there is no value, or several of the same name if it is a
    /// list.
    pub fn add(&mut self, name: &str, value: impl Part) {
        self.add_field(&Field::new(name), value);
    }

    /// Adds a field whose value, if it is a list, is sent under another name, such as `image[]`.
    /// This includes a list of one item.
    pub fn add_list(&mut self, name: &str, list_name: &str, value: impl Part) {
        self.add_field(
            &Field {
                list_name,
                ..Field::new(name)
            },
            value,
        );
    }

    /// Adds a field whose parts have a content type: the `contentType` of the Encoding Object.
    pub fn add_with_type(&mut self, name: &str, content_type: &str, value: impl Part) {
        self.add_field(
            &Field {
                content_type: Some(content_type),
                ..Field::new(name)
            },
            value,
        );
    }

    /// Adds a field whose parts have a content type, and another name if it is a list.
    pub fn add_list_with_type(
        &mut self,
        name: &str,
        list_name: &str,
        content_type: &str,
        value: impl Part,
    ) {
        self.add_field(
            &Field {
                list_name,
                content_type: Some(content_type),
                ..Field::new(name)
            },
            value,
        );
    }

    /// Adds fields whose type, but not whose name, is in the description (`additionalProperties`).
    ///
    /// A name that is in the description is an error, as in [`extra`](Self::extra).
    pub fn add_further<N: AsRef<str>, T: Part>(
        &mut self,
        fields: impl IntoIterator<Item = (N, T)>,
    ) {
        for (name, value) in fields {
            let name = name.as_ref();
            let stem = name.split('[').next().unwrap_or(name);
            if self.is_known(stem) || self.is_known(name) {
                let name = name.to_owned();
                self.fail(RequestError::Duplicate { name });
            } else {
                value.add_to(self, &Field::new(name));
            }
        }
    }

    /// Adds fields that are not in the description, after all fields that are: an array as
    /// `name[]`, an object as `name[member]`; null adds no part.
    ///
    /// Servers read `n[]`, `n[0]` and `n[x]` as the field `n`: if it is in the description, so is
    /// the extra field.
    pub fn extra(&mut self, extra: &Extra) {
        for (name, value) in extra.iter() {
            let mut parts = Vec::new();
            extra::flatten(name.to_owned(), value, &mut parts);
            let stem = name.split('[').next().unwrap_or(name);
            if self.is_known(stem)
                || self.is_known(name)
                || parts.iter().any(|part| self.is_known(&part.name))
            {
                let name = name.to_owned();
                self.fail(RequestError::Duplicate { name });
            }
            self.extras.append(&mut parts);
        }
    }

    /// True if a field of this name is in the description, sent or not.
    fn is_known(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Writes the form: all texts in the order in which they were added, the extra fields, then
    /// all files.
    ///
    /// This opens the files. Returns the value of the `Content-Type` header, and the body.
    pub fn finish(self, boundary: &Boundary) -> Result<(String, Body), RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut body = Body::new();
        let mut text = BytesMut::new();
        for part in self.texts.into_iter().chain(self.extras) {
            if let Some(value) = part
                .content_type
                .as_ref()
                .filter(|value| !is_media_type(value))
            {
                return Err(RequestError::ContentType {
                    name: part.name,
                    index: None,
                    path: None,
                    value: value.clone(),
                });
            }
            put_head(
                &mut text,
                boundary,
                &part.name,
                None,
                part.content_type.as_deref(),
            );
            text.put(part.value);
            text.put_slice(b"\r\n");
        }
        for part in self.files {
            let file = part
                .upload
                .open(&part.name, part.index, part.content_type.as_deref())?;
            put_head(
                &mut text,
                boundary,
                &part.name,
                Some(&file.file_name),
                Some(&file.content_type),
            );
            body.push(Segment::Bytes(text.split().freeze()));
            body.push(file.content);
            text.put_slice(b"\r\n");
        }
        text.put_slice(format!("--{boundary}--\r\n").as_bytes());
        body.push(Segment::Bytes(text.freeze()));
        Ok((boundary.content_type(), body))
    }

    fn add_field(&mut self, field: &Field<'_>, value: impl Part) {
        self.names.push(field.name.to_owned());
        if field.list_name != field.name {
            self.names.push(field.list_name.to_owned());
        }
        value.add_to(self, field);
    }

    fn push_text(&mut self, field: &Field<'_>, value: impl Into<Bytes>) {
        let content_type = field.content_type.map(str::to_owned);
        self.texts.push(TextPart {
            name: field.name.to_owned(),
            content_type,
            value: value.into(),
        });
    }

    fn push_file(&mut self, field: &Field<'_>, upload: Upload) {
        let content_type = field.content_type.map(str::to_owned);
        self.files.push(FilePart {
            name: field.name.to_owned(),
            index: field.index,
            content_type,
            upload,
        });
    }

    fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }
}

fn put_head(
    text: &mut BytesMut,
    boundary: &Boundary,
    name: &str,
    file_name: Option<&str>,
    content_type: Option<&str>,
) {
    text.put_slice(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"").as_bytes());
    put_escaped(text, name);
    if let Some(file_name) = file_name {
        text.put_slice(b"\"; filename=\"");
        put_escaped(text, file_name);
    }
    text.put_slice(b"\"\r\n");
    if let Some(content_type) = content_type {
        text.put_slice(format!("Content-Type: {content_type}\r\n").as_bytes());
    }
    text.put_slice(b"\r\n");
}

/// Percent-encodes characters that could end the quoted text or the line.
fn put_escaped(text: &mut BytesMut, name: &str) {
    for byte in name.bytes() {
        if byte == b'"' || byte.is_ascii_control() {
            text.put_slice(format!("%{byte:02X}").as_bytes());
        } else {
            text.put_u8(byte);
        }
    }
}
