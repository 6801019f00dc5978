//! A whole query as one form: `application/x-www-form-urlencoded` of an object (`OpenAPI` 3.2.0,
//! section 4.12.1).
//!
//! The object `{"color": "dark red", "sizes": [1, 2], "at": {"x": 1}}` becomes
//! `color=dark+red&sizes=1&sizes=2&at=%7B%22x%22%3A1%7D`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::{
    Items, Parameter, Style, Value,
    encode::spaces_as_plus,
    style::{self, Query},
};
use crate::json;

/// The encoding of a member of a form, if it is not the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// As JSON.
    Json,
    /// By a style; the flag is `explode`.
    Style(Style, bool),
    /// By a style, `explode`, the names of the items of a list, and `allowReserved`.
    Pairs(Style, bool, Items, bool),
}

/// The pairs of an object, in its order; `None` if the JSON text is not an object.
pub(super) fn pairs(text: &str, members: &[(&str, Member)]) -> Option<Vec<String>> {
    let Object(object) = serde_json::from_str(text).ok()?;
    let pairs = object.iter().flat_map(|(name, value)| {
        let said = members.iter().find(|(known, _)| known == name);
        let pairs = written(name, value, said.map(|(_, member)| *member));
        pairs.into_iter().map(|pair| spaces_as_plus(&pair))
    });
    Some(pairs.collect())
}

fn written(name: &str, value: &json::Value, member: Option<Member>) -> Vec<String> {
    let is_json = match member {
        None => value.is_object(),
        Some(member) => member == Member::Json && !value.is_null(),
    };
    let query = match member {
        Some(Member::Style(style, explode)) => Query::new(style, explode, Items::Repeat, false),
        Some(Member::Pairs(style, explode, items, reserved)) => {
            Query::new(style, explode, items, reserved)
        }
        Some(Member::Json) | None => Query::new(Style::Form, true, Items::Repeat, false),
    };
    if is_json {
        return style::pairs(name, query, &Value::Text(value.to_string().into()));
    }
    style::pairs(name, query, &value.value())
}

/// The members of an object in the order in which it writes them.
struct Object(Vec<(String, json::Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Object, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = access.next_entry()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}
