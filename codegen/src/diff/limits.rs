//! Bounds: tests whether they became tighter or looser.
//!
//! ```yaml
//! prompt: {maxLength: 32000}   ->  {maxLength: 1000}   # tighter: a prompt that was sent is refused
//! n: {maximum: 10}             ->  {}                  # looser
//! ```

use std::collections::BTreeSet;

use crate::document::Number;
use crate::model::{Bound, Limits, Type};
use crate::spelling::limits_in_words;
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::walk::{Spot, Walk};

/// The direction in which bounds have changed. Both can be true: a range that has moved is tighter
/// at one end and looser at the other.
#[derive(Clone, Copy, Default)]
pub(super) struct Shift {
    pub(super) tighter: bool,
    pub(super) looser: bool,
}

impl Walk<'_> {
    /// Compares the bounds of a value. Only sent values have to satisfy them: nobody checks what a
    /// server sends.
    pub(super) fn limits(
        &mut self,
        (old, old_type): (&Limits, &Type),
        (new, new_type): (&Limits, &Type),
        spot: &Spot<'_>,
    ) {
        let Some(shift) = shift_of_values((old, old_type), (new, new_type)) else {
            return;
        };
        let sent = match shift {
            Shift { tighter: true, .. } => Verdict::Breaking,
            Shift { looser: true, .. } => Verdict::Additive,
            _ => return,
        };
        let bounds = match (
            limits_in_words(old, old_type),
            limits_in_words(new, new_type),
        ) {
            (old, new) if old == new => None,
            (Some(old), Some(new)) => Some(format!("is bounded: {new} (it was: {old})")),
            (None, Some(new)) => Some(format!("is bounded: {new}")),
            (Some(old), None) => Some(format!("is no longer bounded (it was: {old})")),
            (None, None) => None,
        };
        let listed = (old.listed != new.listed).then(|| match &new.listed {
            Some(values) => {
                let values: Vec<String> = values.iter().map(|value| code_span(value)).collect();
                format!("is one of {}", values.join(", "))
            }
            None => "is any value".to_owned(),
        });
        let keywords = keywords(old, new);
        let parts: Vec<String> = bounds.into_iter().chain(listed).chain(keywords).collect();
        let message = if parts.is_empty() {
            "has items with different bounds".to_owned()
        } else {
            parts.join("; ")
        };
        let effect = Effect::NONE.sent(sent);
        self.push(Kind::Changed, effect, spot.clone(), message);
    }
}

/// The changes of the keywords that are left to the server.
fn keywords(old: &Limits, new: &Limits) -> Vec<String> {
    let (old, new) = (&old.unchecked, &new.unchecked);
    let lost = old.keys().filter(|keyword| !new.contains_key(*keyword));
    let lost = lost.map(|keyword| format!("no longer has `{keyword}`"));
    let stated = new
        .iter()
        .filter_map(|(keyword, says)| match old.get(keyword) {
            Some(before) if before == says => None,
            Some(_) => Some(format!("has a different `{keyword}`")),
            None => Some(format!("now has `{keyword}`")),
        });
    stated.chain(lost).collect()
}

/// The change of the bounds, if they can be compared.
fn shift_of_values(old: (&Limits, &Type), new: (&Limits, &Type)) -> Option<Shift> {
    let kinds = [old.1, new.1].map(|ty| kind(ty.innermost()));
    if kinds[0] != kinds[1] {
        return None;
    }
    let items = |limits: &Limits| limits.each.as_deref().cloned().unwrap_or_default();
    Some(match (is_many(old.1), is_many(new.1)) {
        // The former value is now an item.
        (false, true) => Shift {
            tighter: new.0.min_items > Some(1),
            ..shift(old.0, &items(new.0))
        },
        (true, false) => shift(&items(old.0), new.0),
        _ => shift(old.0, new.0),
    })
}

/// The change from the old to the new bounds.
pub(super) fn shift(old: &Limits, new: &Limits) -> Shift {
    let Limits {
        minimum,
        maximum,
        multiple_of,
        min_length,
        max_length,
        min_items,
        max_items,
        unique,
        each,
        listed,
        unchecked: _,
    } = old;
    let least = |old: Option<u64>, new: Option<u64>| -> Shift {
        let [old, new] = [old, new].map(Option::unwrap_or_default);
        Shift {
            tighter: new > old,
            looser: new < old,
        }
    };
    let most = |old: Option<u64>, new: Option<u64>| -> Shift {
        let [old, new] = [old, new].map(|most| most.unwrap_or(u64::MAX));
        Shift {
            tighter: new < old,
            looser: new > old,
        }
    };
    let unbounded = Limits::default();
    let [old_each, new_each] = [each, &new.each].map(|each| each.as_deref().unwrap_or(&unbounded));
    let items = if each.is_none() && new.each.is_none() {
        Shift::default()
    } else {
        shift(old_each, new_each)
    };
    let shifts = [
        number(minimum.as_ref(), new.minimum.as_ref(), 1.0),
        number(maximum.as_ref(), new.maximum.as_ref(), -1.0),
        multiple(multiple_of.as_ref(), new.multiple_of.as_ref()),
        least(*min_length, new.min_length),
        most(*max_length, new.max_length),
        least(*min_items, new.min_items),
        most(*max_items, new.max_items),
        least(Some(u64::from(*unique)), Some(u64::from(new.unique))),
        items,
        shift_of_listed(listed.as_ref(), new.listed.as_ref()),
        shift_of_unchecked(old, new),
    ];
    Shift {
        tighter: shifts.iter().any(|shift| shift.tighter),
        looser: shifts.iter().any(|shift| shift.looser),
    }
}

/// Types of one kind have the same bounds.
fn kind(ty: &Type) -> Option<std::mem::Discriminant<Type>> {
    match ty {
        Type::I32 | Type::I64 | Type::U64 | Type::F64 => Some(std::mem::discriminant(&Type::F64)),
        Type::String | Type::Uri | Type::Base64 => Some(std::mem::discriminant(&Type::String)),
        Type::Named(_) => None,
        other => Some(std::mem::discriminant(other)),
    }
}

fn is_many(ty: &Type) -> bool {
    matches!(ty, Type::List(_) | Type::OneOrMany(_) | Type::Map(_))
}

fn shift_of_listed(old: Option<&BTreeSet<String>>, new: Option<&BTreeSet<String>>) -> Shift {
    let admits =
        |one: Option<&BTreeSet<String>>, other: Option<&BTreeSet<String>>| match (one, other) {
            (None, _) => true,
            (Some(one), Some(other)) => other.is_subset(one),
            (Some(_), None) => false,
        };
    Shift {
        tighter: !admits(new, old),
        looser: !admits(old, new),
    }
}

/// Patterns cannot be compared: a different one may refuse values that were sent.
fn shift_of_unchecked(old: &Limits, new: &Limits) -> Shift {
    let differs = |one: &Limits, other: &Limits| {
        let mut keywords = one.unchecked.iter();
        keywords.any(|(keyword, says)| other.unchecked.get(keyword) != Some(says))
    };
    Shift {
        tighter: differs(new, old),
        looser: differs(old, new),
    }
}

/// A bound of a number; `inwards` is the sign of the direction in which it becomes tighter.
fn number(old: Option<&Bound>, new: Option<&Bound>, inwards: f64) -> Shift {
    // A bound that excludes its number is tighter than one that does not, by less than any other
    // number.
    let position = |bound: Option<&Bound>| {
        let Some(Bound { number, exclusive }) = bound else {
            return (f64::NEG_INFINITY, false);
        };
        (number.as_f64() * inwards, *exclusive)
    };
    let (old, new) = (position(old), position(new));
    Shift {
        tighter: new > old,
        looser: new < old,
    }
}

fn multiple(old: Option<&Number>, new: Option<&Number>) -> Shift {
    let divides = |factor: f64, number: f64| {
        let quotient = number / factor;
        let whole = quotient.round();
        whole != 0.0 && (quotient - whole).abs() < 1e-9 * whole.abs()
    };
    match (old.map(Number::as_f64), new.map(Number::as_f64)) {
        (None, None) => Shift::default(),
        (Some(_), None) => Shift {
            tighter: false,
            looser: true,
        },
        (None, Some(_)) => Shift {
            tighter: true,
            looser: false,
        },
        (Some(old), Some(new)) => Shift {
            tighter: !divides(new, old),
            looser: !divides(old, new),
        },
    }
}
