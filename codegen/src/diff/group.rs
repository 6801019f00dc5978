//! Groups: the modules and Cargo features of operations.
//!
//! ```yaml
//! get: {operationId: listImages, tags: [Images]}      get: {operationId: listImages, tags: [Pictures]}     # rust: breaking
//! ```
//!
//! The types that an operation needs are exported by the module of its group. They move with it,
//! which is not reported again.

use crate::document::Pointer;
use crate::model::{Api, Group, Operation};

use super::change::{Effect, Kind, Verdict};
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Compares the layouts. A different layout is one change, although everything has moved.
    pub(super) fn groups(&mut self, old: &'a [Group]) {
        let new = &self.new.groups;
        let root = Pointer::root();
        if old.is_empty() != new.is_empty() {
            let message = if old.is_empty() {
                "has a module and a feature for each group of operations, and no items in the root"
            } else {
                "has all items in the root, and no modules and features for groups of operations"
            };
            let effect = Effect::NONE.rust(Verdict::Breaking);
            let spot = Spot::both("crate", &root, &root);
            self.push(Kind::Changed, effect, spot, message.to_owned());
        }
        for group in old {
            let Group { name, doc } = group;
            let same = new.iter().find(|other| other.name.rust() == name.rust());
            if let Some(same) = same {
                self.doc(doc, &same.doc, &Spot::both(name.rust(), &root, &root));
            }
        }
    }

    /// Compares the groups of an operation.
    pub(super) fn group(&mut self, old: &Operation, new: &Operation, spot: &Spot<'a>) {
        let modules = [module(self.old, old), module(self.new, new)];
        if let [Some(from), Some(to)] = modules
            && from != to
        {
            let message = format!("is in the module `{to}` instead of `{from}`");
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
    }
}

/// The module of an operation; none in a flat crate.
fn module<'a>(api: &'a Api, operation: &Operation) -> Option<&'a str> {
    Some(api.groups[operation.group?].name.rust())
}
