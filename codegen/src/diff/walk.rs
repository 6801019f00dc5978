//! The walk through both models, and its findings.
//!
//! ```text
//! POST /edits   request  -> pair (Edit, Edit), sent
//!               response -> pair (Result, Result), received
//! (Edit, Edit)  size     -> pair (Size, Size), sent because Edit is
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Pointer;
use crate::model::{Api, Doc, Name, SecurityScheme, TypeDef, TypeId, Use};
use crate::visible::code_span;

use super::change::{Change, Effect, Kind, Verdict};
use super::security;

/// A place in both documents, with its Rust path.
#[derive(Clone)]
pub(super) struct Spot<'a> {
    pub(super) path: String,
    pub(super) old: Option<&'a Pointer>,
    pub(super) new: Option<&'a Pointer>,
}

impl<'a> Spot<'a> {
    pub(super) fn both(path: impl Into<String>, old: &'a Pointer, new: &'a Pointer) -> Self {
        Self {
            path: path.into(),
            old: Some(old),
            new: Some(new),
        }
    }

    pub(super) fn added(path: impl Into<String>, new: &'a Pointer) -> Self {
        Self {
            path: path.into(),
            old: None,
            new: Some(new),
        }
    }

    pub(super) fn removed(path: impl Into<String>, old: &'a Pointer) -> Self {
        Self {
            path: path.into(),
            old: Some(old),
            new: None,
        }
    }
}

/// The subject of a comparison: a part of an operation, or two types.
#[derive(Clone, Copy)]
enum Place {
    Operation(Use),
    Pair(usize),
}

/// Two types, one of each document.
struct Pair {
    old: TypeId,
    new: TypeId,
    /// The direction of values at the places where the one has become the other.
    used: Use,
    /// The pairs at the places inside these types.
    next: Vec<usize>,
}

/// A change whose verdicts are not known yet.
struct Finding {
    place: Place,
    effect: Effect,
    change: Change,
}

/// The state of a walk.
pub(super) struct Walk<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    /// Removed Rust names, each with the new name of the same schema.
    pub(super) renamed: BTreeMap<String, String>,
    pairs: Vec<Pair>,
    numbers: BTreeMap<(TypeId, TypeId), usize>,
    /// The number of pairs that have been compared.
    compared: usize,
    place: Place,
    findings: Vec<Finding>,
    /// The new security scheme for each old one, by the old name.
    pub(super) schemes: BTreeMap<&'a str, &'a SecurityScheme>,
    /// True once the security of the root has been compared, since many operations share it.
    pub(super) compared_root: bool,
}

/// All changes.
pub(super) fn run(old: &Api, new: &Api) -> Vec<Change> {
    let mut walk = Walk::new(old, new, BTreeMap::new());
    walk.compare();
    let renamed = walk.renames();
    if !renamed.is_empty() {
        // Renamed types are known only when every place has been visited.
        walk = Walk::new(old, new, renamed);
        walk.compare();
    }
    walk.finish()
}

impl<'a> Walk<'a> {
    fn new(old: &'a Api, new: &'a Api, renamed: BTreeMap<String, String>) -> Self {
        Self {
            old,
            new,
            renamed,
            pairs: Vec::new(),
            numbers: BTreeMap::new(),
            compared: 0,
            place: Place::Operation(Use::default()),
            findings: Vec::new(),
            schemes: security::counterparts(&old.security_schemes, &new.security_schemes),
            compared_root: false,
        }
    }

    fn compare(&mut self) {
        let Api {
            title,
            servers,
            root_servers,
            types,
            operations,
            groups,
            // The module of a definition, which is exported by the groups that use it.
            parts: _,
            // Compared with the operations that use them.
            errors: _,
            headers: _,
            // See `security`.
            security: _,
            security_schemes,
            // Each is about a keyword that changes nothing in the emitted code.
            notes: _,
            // Changes of these values are found at their places.
            untyped: _,
            warnings: _,
        } = self.old;
        self.document(title);
        self.groups(groups);
        self.servers(servers, root_servers);
        self.security_schemes(security_schemes);
        self.operations(operations);
        self.compare_pairs();
        self.place = Place::Operation(Use::default());
        for (old, new) in by_name(types, &self.new.types) {
            self.pair(old, new);
        }
        self.compare_pairs();
        self.place = Place::Operation(Use::default());
        self.types_of_one_side();
    }

    /// Compares the waiting pairs, and those that they lead to.
    fn compare_pairs(&mut self) {
        while let Some(pair) = self.pairs.get(self.compared) {
            let (old, new) = (self.old.get(pair.old), self.new.get(pair.new));
            self.place = Place::Pair(self.compared);
            self.compared += 1;
            self.type_definition(old, new);
        }
    }

    /// Records that one type has become the other at this place.
    pub(super) fn pair(&mut self, old: TypeId, new: TypeId) {
        let number = *self.numbers.entry((old, new)).or_insert_with(|| {
            self.pairs.push(Pair {
                old,
                new,
                used: Use::default(),
                next: Vec::new(),
            });
            self.pairs.len() - 1
        });
        match self.place {
            Place::Operation(used) => {
                let pair = &mut self.pairs[number];
                pair.used = union(pair.used, used);
            }
            Place::Pair(within) => self.pairs[within].next.push(number),
        }
    }

    /// Compares values of this direction.
    pub(super) fn travelling(&mut self, used: Use, compare: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.place, Place::Operation(used));
        compare(self);
        self.place = before;
    }

    /// Records a change of a sent value.
    pub(super) fn sent(&mut self, kind: Kind, effect: Effect, spot: Spot<'_>, message: String) {
        self.travelling(Use::SENT, |walk| walk.push(kind, effect, spot, message));
    }

    /// Records a change of a received value.
    pub(super) fn received(&mut self, kind: Kind, effect: Effect, spot: Spot<'_>, message: String) {
        self.travelling(Use::RECEIVED, |walk| walk.push(kind, effect, spot, message));
    }

    /// Records a change of the current subject.
    pub(super) fn push(&mut self, kind: Kind, effect: Effect, spot: Spot<'_>, message: String) {
        self.findings.push(Finding {
            place: self.place,
            effect,
            change: Change {
                kind,
                rust: Verdict::Compatible,
                wire: Verdict::Compatible,
                used: Use::default(),
                path: spot.path,
                message,
                old: spot.old.cloned(),
                new: spot.new.cloned(),
            },
        });
    }

    /// Compares the Rust names of an item.
    pub(super) fn rust_names(&mut self, old: &Name, new: &Name, same: bool, spot: &Spot<'_>) {
        if same && old.rust() != new.rust() {
            let message = format!("is the new name of `{}`", old.rust());
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
    }

    /// Compares the names on the wire of an item that stays the same for callers.
    pub(super) fn wire_names(&mut self, old: &Name, new: &Name, effect: Effect, spot: &Spot<'_>) {
        if old.wire() != new.wire() && effect != Effect::NONE {
            let [from, to] = [old, new].map(|name| code_span(name.wire()));
            let message = format!("is {to} on the wire instead of {from}");
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
    }

    /// Compares documentation; deprecation is a warning of the compiler.
    pub(super) fn doc(&mut self, old: &Doc, new: &Doc, spot: &Spot<'_>) {
        let Doc { lines, deprecated } = old;
        if *deprecated != new.deprecated {
            let (kind, message) = if new.deprecated {
                (Kind::Added, "is deprecated")
            } else {
                (Kind::Removed, "is no longer deprecated")
            };
            let effect = Effect::NONE.rust(Verdict::Additive);
            self.push(kind, effect, spot.clone(), message.to_owned());
        }
        if *lines != new.lines {
            let message = "is described in different words".to_owned();
            self.push(Kind::Documentation, Effect::NONE, spot.clone(), message);
        }
    }

    /// The removed Rust names whose schemas all have one new name, which was unused before.
    fn renames(&self) -> BTreeMap<String, String> {
        let names = |api: &'a Api| -> BTreeSet<&'a str> {
            api.types.iter().map(|def| def.name.rust()).collect()
        };
        let (old, new) = (names(self.old), names(self.new));
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for pair in &self.pairs {
            let name = self.old.get(pair.old).name.rust();
            found
                .entry(name)
                .or_default()
                .insert(self.new.get(pair.new).name.rust());
        }
        let one = found
            .into_iter()
            .filter_map(|(name, now)| match now.first() {
                Some(only) if now.len() == 1 => Some((name, *only)),
                _ => None,
            });
        let renamed = one.filter(|(name, now)| !new.contains(name) && !old.contains(now));
        renamed
            .map(|(name, now)| (name.to_owned(), now.to_owned()))
            .collect()
    }

    /// Propagates the directions from the operations inwards.
    fn spread(&mut self) {
        let mut waiting: Vec<usize> = (0..self.pairs.len()).collect();
        while let Some(number) = waiting.pop() {
            let used = self.pairs[number].used;
            for next in self.pairs[number].next.clone() {
                let wider = union(self.pairs[next].used, used);
                if wider != self.pairs[next].used {
                    self.pairs[next].used = wider;
                    waiting.push(next);
                }
            }
        }
    }

    fn finish(mut self) -> Vec<Change> {
        self.spread();
        let pairs = &self.pairs;
        self.findings.sort_by_key(|finding| match finding.place {
            Place::Operation(_) => None,
            Place::Pair(number) => Some(pairs[number].new),
        });
        let findings = self.findings.iter();
        let changes = findings.map(|finding| {
            let used = match finding.place {
                Place::Operation(used) => used,
                Place::Pair(number) => pairs[number].used,
            };
            let (rust, wire) = finding.effect.for_use(used);
            Change {
                rust,
                wire,
                used,
                ..finding.change.clone()
            }
        });
        changes.collect()
    }
}

/// Types of the same Rust name.
fn by_name(old: &[TypeDef], new: &[TypeDef]) -> Vec<(TypeId, TypeId)> {
    let named: BTreeMap<&str, usize> = new
        .iter()
        .enumerate()
        .map(|(number, def)| (def.name.rust(), number))
        .collect();
    let same = old.iter().enumerate().filter_map(|(number, def)| {
        let same = named.get(def.name.rust())?;
        Some((TypeId(number), TypeId(*same)))
    });
    same.collect()
}

fn union(one: Use, other: Use) -> Use {
    Use {
        sent: one.sent || other.sent,
        received: one.received || other.received,
    }
}
