//! Bounds in words.

use crate::model::{Bound, Limits, Type};

/// The bounds of a value in words.
pub(crate) fn limits_in_words(limits: &Limits, ty: &Type) -> Option<String> {
    let mut parts = Vec::new();
    let holds_file = matches!(ty.innermost(), Type::File);
    let end = |Bound { number, exclusive }: &Bound, [open, closed]: [&str; 2]| {
        let words = if *exclusive { open } else { closed };
        format!("{words} {number}")
    };
    let minimum = limits.minimum.iter();
    parts.extend(minimum.map(|bound| end(bound, ["more than", "at least"])));
    let maximum = limits.maximum.iter();
    parts.extend(maximum.map(|bound| end(bound, ["less than", "at most"])));
    if let Some(factor) = &limits.multiple_of {
        parts.push(format!("a multiple of {factor}"));
    }
    let unit = if holds_file { "bytes" } else { "characters" };
    parts.extend(between(limits.min_length, limits.max_length, unit));
    parts.extend(between(limits.min_items, limits.max_items, "items"));
    if limits.unique {
        parts.push("no repeated items".to_owned());
    }
    let own = (!parts.is_empty()).then(|| parts.join(", "));
    let each = limits
        .each
        .as_ref()
        .and_then(|each| limits_in_words(each, ty.innermost()));
    match (own, each) {
        (Some(own), Some(each)) => Some(format!("{own}; each: {each}")),
        (Some(own), None) => Some(own),
        (None, each) => each.map(|each| format!("each: {each}")),
    }
}

fn between(least: Option<u64>, most: Option<u64>, unit: &str) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most} {unit}")),
        (Some(least), None) => Some(format!("at least {least} {unit}")),
        (None, Some(most)) => Some(format!("at most {most} {unit}")),
        (None, None) => None,
    }
}
