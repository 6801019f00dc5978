//! The styles of `OpenAPI` 3.1.1, section 4.8.12.4.

use super::{
    Value,
    encode::{Keep, encoded, path_segment},
};

/// The style of a parameter, which determines how the parts of a value are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `R=100,G=200`, in a path or a header.
    Simple,
    /// `.R=100.G=200`, in a path.
    Label,
    /// `;R=100;G=200`, in a path.
    Matrix,
    /// `R=100&G=200`, in a query or in cookies.
    Form,
    /// `color=R%20100%20G%20200`, in a query.
    SpaceDelimited,
    /// `color=R%7C100%7CG%7C200`, in a query.
    PipeDelimited,
    /// `color%5BR%5D=100`, in a query. Nested objects: `color%5Bx%5D%5By%5D=1`.
    DeepObject(Items),
}

/// The names of the items of a list if each is a separate pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// `color=blue&color=black`
    Repeat,
    /// `color[]=blue&color[]=black`, with the brackets percent-encoded.
    Brackets,
    /// `color[0]=blue&color[1]=black`, with the brackets percent-encoded.
    Indices,
}

/// The text of a value in a path.
pub(super) fn path(
    name: &str,
    style: Style,
    explode: bool,
    keep: Keep,
    value: &Value<'_>,
) -> String {
    let name = encoded(name, Keep::Unreserved);
    let (start, separator) = match style {
        Style::Label => (".", if explode { "." } else { "," }),
        Style::Matrix => (";", if explode { ";" } else { "," }),
        _ => ("", ","),
    };
    let is_matrix = style == Style::Matrix;
    match value {
        Value::Nothing => String::new(),
        Value::Text(text) | Value::Literal(text) if is_matrix && text.is_empty() => {
            format!(";{name}")
        }
        Value::Text(text) | Value::Literal(text) if is_matrix => {
            format!(";{name}={}", encoded(text, keep))
        }
        Value::Text(text) | Value::Literal(text) if style == Style::Simple => {
            path_segment(text, keep)
        }
        Value::Text(text) | Value::Literal(text) => format!("{start}{}", encoded(text, keep)),
        Value::List(items) if items.is_empty() => String::new(),
        Value::List(items) => {
            let items = items.iter().map(|item| encoded(&item.text(), keep));
            let all: Vec<String> = if is_matrix && explode {
                items.map(|item| format!("{name}={item}")).collect()
            } else {
                items.collect()
            };
            let name = if is_matrix && !explode {
                format!("{name}=")
            } else {
                String::new()
            };
            format!("{start}{name}{}", all.join(separator))
        }
        Value::Object(members) => {
            let all = flat(members, explode, keep);
            let name = if is_matrix && !explode {
                format!("{name}=")
            } else {
                String::new()
            };
            if all.is_empty() {
                String::new()
            } else {
                format!("{start}{name}{}", all.join(separator))
            }
        }
    }
}

/// The members of an object: `R=100`, or `R` and `100`.
fn flat(
    members: &[(std::borrow::Cow<'_, str>, Value<'_>)],
    explode: bool,
    keep: Keep,
) -> Vec<String> {
    let mut all = Vec::new();
    for (name, value) in members {
        if *value == Value::Nothing {
            continue;
        }
        let (name, value) = (encoded(name, keep), encoded(&value.text(), keep));
        if explode {
            all.push(format!("{name}={value}"));
        } else {
            all.extend([name, value]);
        }
    }
    all
}

/// The encoding of a parameter in a query or a cookie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Query {
    pub(super) style: Style,
    pub(super) explode: bool,
    pub(super) keep: Keep,
    /// The names of the items of a list.
    pub(super) items: Items,
}

impl Query {
    /// With `reserved`, characters that separate the parts of a URI are not encoded.
    pub(super) fn new(style: Style, explode: bool, items: Items, reserved: bool) -> Self {
        let keep = if reserved {
            Keep::InQuery
        } else {
            Keep::Unreserved
        };
        Self {
            style,
            explode,
            keep,
            items,
        }
    }
}

/// The encoded pairs of a value in a query.
pub(super) fn pairs(name: &str, query: Query, value: &Value<'_>) -> Vec<String> {
    let key = match query.keep {
        Keep::All => name.to_owned(),
        _ => encoded(name, Keep::Unreserved),
    };
    let text = |value: &Value<'_>| encoded(&value.text(), query.keep);
    let separator = match query.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    let joined = |all: Vec<String>| -> Vec<String> {
        let pair = (!all.is_empty()).then(|| format!("{key}={}", all.join(separator)));
        pair.into_iter().collect()
    };
    match (query.style, value) {
        (_, Value::Nothing) => Vec::new(),
        (Style::DeepObject(items), Value::Object(_) | Value::List(_)) => {
            let mut pairs = Vec::new();
            deep(&key, items, query.keep, value, &mut pairs);
            pairs
        }
        (_, Value::Text(text) | Value::Literal(text)) => {
            vec![format!("{key}={}", encoded(text, query.keep))]
        }
        (_, Value::List(items)) if query.explode => {
            let named = items.iter().enumerate();
            named
                .map(|(index, item)| {
                    format!("{}={}", item_name(&key, query.items, index), text(item))
                })
                .collect()
        }
        (_, Value::List(items)) => joined(items.iter().map(text).collect()),
        (_, Value::Object(members)) if query.explode => flat(members, true, query.keep),
        (_, Value::Object(members)) => joined(flat(members, false, query.keep)),
    }
}

fn item_name(key: &str, items: Items, index: usize) -> String {
    match items {
        Items::Repeat => key.to_owned(),
        Items::Brackets => format!("{key}%5B%5D"),
        Items::Indices => format!("{key}%5B{index}%5D"),
    }
}

/// The pairs of a value whose parts are named by their paths.
fn deep(key: &str, items: Items, keep: Keep, value: &Value<'_>, pairs: &mut Vec<String>) {
    match value {
        Value::Nothing => {}
        Value::Text(text) | Value::Literal(text) => {
            pairs.push(format!("{key}={}", encoded(text, keep)));
        }
        Value::List(list) => {
            for (index, item) in list.iter().enumerate() {
                deep(&item_name(key, items, index), items, keep, item, pairs);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let key = format!("{key}%5B{}%5D", encoded(name, Keep::Unreserved));
                deep(&key, items, keep, member, pairs);
            }
        }
    }
}

/// The text of a value in a header, which is not percent-encoded.
pub(super) fn header(explode: bool, value: &Value<'_>) -> Option<String> {
    match value {
        Value::Nothing => None,
        Value::Text(text) | Value::Literal(text) => Some(text.to_string()),
        Value::List(items) if items.is_empty() => None,
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(Value::text).collect();
            Some(items.join(","))
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| *value != Value::Nothing);
            let separator = if explode { "=" } else { "," };
            let all: Vec<String> = members
                .map(|(name, value)| format!("{name}{separator}{}", value.text()))
                .collect();
            (!all.is_empty()).then(|| all.join(","))
        }
    }
}
