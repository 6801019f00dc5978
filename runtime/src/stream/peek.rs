//! What the data of an event says of itself.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::{
    Deserializer as _,
    de::{Error, Visitor},
};

use crate::{
    json::{MapAccess, Members, RawUnion, Source},
    response::is_error,
};

/// The tag, and whether the event is an error.
#[derive(Debug, Default)]
pub(super) struct Peek {
    /// The value of the tag, if it is a string.
    pub tag: Option<String>,
    /// Whether there is an error in the member `error`.
    pub has_error: bool,
}

impl Peek {
    /// Looks at the members of an object, and not further than needed: to the tag, unless there may be an error.
    pub fn read(tag: Option<&'static str>, data: &[u8]) -> Self {
        let mut peek = Self::default();
        let visitor = PeekVisitor {
            tag,
            may_have_error: may_have_error(data),
            peek: &mut peek,
        };
        if (tag.is_some() || visitor.may_have_error) && data.trim_ascii_start().starts_with(b"{") {
            // What is not JSON is found when the event is read.
            let _ = serde_json::Deserializer::from_slice(data).deserialize_map(visitor);
        }
        peek
    }
}

/// Whether a text can have a member `error`: its name stands there, or an escape with which it could be written.
pub(crate) fn may_have_error(text: &[u8]) -> bool {
    static NAME: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"\"error\""));
    static ESCAPE: LazyLock<Finder> = LazyLock::new(|| Finder::new(b"\\u00"));
    NAME.find(text).is_some() || ESCAPE.find(text).is_some()
}

struct PeekVisitor<'a> {
    tag: Option<&'static str>,
    may_have_error: bool,
    peek: &'a mut Peek,
}

impl<'de> Visitor<'de> for PeekVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let source = Source::default();
        let mut members = Members::new(access, &source);
        while let Some(name) = members.next_name()? {
            if self.tag == Some(&*name) {
                let raw: RawUnion = members.value()?;
                self.peek.tag = serde_json::from_str(raw.text()).ok();
                if !self.may_have_error {
                    return Err(A::Error::custom("the rest is of no interest"));
                }
            } else if name == "error" {
                self.peek.has_error = is_error(&members.value()?);
            } else {
                members.skip()?;
            }
        }
        Ok(())
    }
}
