//! Inspection of the data of an event before it is read.

use std::fmt;

use serde::{Deserializer as _, de::Visitor};

use crate::json::{Kind, MapAccess, Members, RawUnion, Source, without_bom};

/// The tag of an event, and a mark for errors. The last of several equal members counts.
#[derive(Debug, Default)]
pub(super) struct Peek {
    /// The value of the tag, if it is a string.
    pub tag: Option<String>,
    /// True if the error member is an object or a non-empty string.
    pub has_error: bool,
}

impl Peek {
    /// Inspects the members of an object.
    pub(super) fn read(
        tag: Option<&'static str>,
        error_member: Option<&'static str>,
        data: &[u8],
    ) -> Self {
        let mut peek = Self::default();
        if tag.is_none() && error_member.is_none() {
            return peek;
        }
        let visitor = PeekVisitor {
            tag,
            error_member,
            peek: &mut peek,
        };
        let data = without_bom(data);
        if data.trim_ascii_start().starts_with(b"{") {
            // Invalid JSON is reported when the event is read.
            let _ = serde_json::Deserializer::from_slice(data).deserialize_map(visitor);
        }
        peek
    }
}

struct PeekVisitor<'a> {
    tag: Option<&'static str>,
    error_member: Option<&'static str>,
    peek: &'a mut Peek,
}

impl<'de> Visitor<'de> for PeekVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let source = Source::default();
        let mut members = Members::new(access, &source);
        while let Some(name) = members.next_name()? {
            if self.tag == Some(&*name) {
                let raw: RawUnion = members.value()?;
                self.peek.tag = serde_json::from_str(raw.text()).ok();
            } else if self.error_member == Some(&*name) {
                self.peek.has_error = is_error(&members.value()?);
            } else {
                members.skip()?;
            }
        }
        Ok(())
    }
}

/// True for an object and a non-empty string; false for null, `false`, 0 and the empty string.
fn is_error(raw: &RawUnion) -> bool {
    match raw.kind() {
        Kind::Object => true,
        Kind::String => raw.text() != r#""""#,
        _ => false,
    }
}
