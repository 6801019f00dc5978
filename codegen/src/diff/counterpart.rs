//! Pairs the parts of two documents: by their names on the wire, else by their Rust names.
//!
//! ```yaml
//! color: {…}    ->  color: {…}                        # the same on the wire
//! colour: {…}   ->  hue: {…, x-rust-field: colour}    # the same to callers, and another on the wire
//! ```

use std::collections::BTreeMap;

use crate::model::{EnumValue, Field, Name, Variant};

/// A part with a name on the wire and a name in Rust.
pub(super) trait Named {
    fn name(&self) -> &Name;
}

impl Named for Field {
    fn name(&self) -> &Name {
        &self.name
    }
}

impl Named for EnumValue {
    fn name(&self) -> &Name {
        &self.name
    }
}

impl Named for Variant {
    fn name(&self) -> &Name {
        &self.name
    }
}

/// A part of one document and its counterpart in the other.
pub(super) enum Counterpart<'a, T> {
    Both { old: &'a T, new: &'a T },
    Added(&'a T),
    Removed(&'a T),
}

/// The parts in the order of the new document, then the removed parts.
pub(super) fn counterparts<'a, T: Named>(old: &'a [T], new: &'a [T]) -> Vec<Counterpart<'a, T>> {
    let (before, after) = (by_wire(old), by_wire(new));
    let left = old
        .iter()
        .filter(|part| !after.contains_key(part.name().wire()));
    let mut left: BTreeMap<&str, &T> = left.map(|part| (part.name().rust(), part)).collect();
    let mut found = Vec::with_capacity(new.len());
    for part in new {
        let name = part.name();
        let same = before.get(name.wire()).copied();
        found.push(match same.or_else(|| left.remove(name.rust())) {
            Some(old) => Counterpart::Both { old, new: part },
            None => Counterpart::Added(part),
        });
    }
    let removed = old.iter().filter(|part| {
        let last = left.get(part.name().rust());
        last.is_some_and(|last| std::ptr::eq(*last, *part))
    });
    found.extend(removed.map(Counterpart::Removed));
    found
}

/// Parts by their names on the wire.
pub(super) fn by_wire<T: Named>(parts: &[T]) -> BTreeMap<&str, &T> {
    let parts = parts.iter();
    parts.map(|part| (part.name().wire(), part)).collect()
}
