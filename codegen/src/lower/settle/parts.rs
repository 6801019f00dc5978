//! Assigns items to the groups that use them, in a crate whose modules are groups.
//!
//! ```text
//! images  -> ImagesResponse -> Usage     Usage is of the part of files and images
//! files   -> FileList       -> Usage     FileList is of the part of files
//! ```
//!
//! The items of a part name only items that all groups of the part use, so a part compiles if any
//! of its groups is enabled.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::names::module::shortened;
use crate::lower::settle::graph::Graph;
use crate::lower::settle::neighbours;
use crate::model::{Api, Name, Operation, Part, Payload, Type, TypeId};

/// Maximum number of items that all groups use, each counted for each group. If there are more,
/// everything that groups share is one part of all groups, since the work would grow with the
/// square of the document.
const USES: usize = 1_000_000;

/// Maximum number of groups in all parts together for each item and each group, for the same
/// reason: each is a line of the emitted crate. Descriptions of real services have less than one.
const LISTED: usize = 8;

/// Assigns types, sets of errors and sets of headers to the parts of the groups that use them.
pub(in crate::lower) fn settle(api: &mut Api) {
    if api.groups.is_empty() {
        return;
    }
    let uses = Uses::new(api);
    let sets = uses.sets().unwrap_or_else(|| uses.coarse_sets());
    let alone = (0..api.groups.len()).map(|group| vec![group]);
    let shared: BTreeSet<&Vec<usize>> = sets.groups.values().collect();
    let shared = shared.into_iter().filter(|set| set.len() > 1).cloned();
    let all: Vec<Vec<usize>> = alone.chain(shared).collect();
    let places: BTreeMap<&Vec<usize>, usize> = all.iter().zip(0..).collect();
    let types = api.types.iter_mut().map(|def| &mut def.part);
    let errors = api.errors.iter_mut().map(|set| &mut set.part);
    let headers = api.headers.iter_mut().map(|set| &mut set.part);
    let items = types.chain(errors).chain(headers);
    for (part, set) in items.zip(&sets.of_item) {
        *part = places.get(&sets.groups[set]).copied();
    }
    api.parts = parts(api, all);
}

/// The sets of groups that use each item.
struct Sets {
    /// The number of the set that uses each item.
    of_item: Vec<usize>,
    /// By number. An item that no group uses has the empty set.
    groups: BTreeMap<usize, Vec<usize>>,
}

/// The items that each group uses. Items are numbered: types, then sets of errors, then sets of
/// headers.
struct Uses {
    graph: Graph,
    /// By group: the types that its operations name, and the sets that they have.
    named: Vec<(Vec<TypeId>, Vec<usize>)>,
    /// The number of items.
    items: usize,
}

impl Uses {
    fn new(api: &Api) -> Self {
        let types = api.types.len();
        let mut named = vec![(Vec::new(), Vec::new()); api.groups.len()];
        for operation in &api.operations {
            let Some(group) = operation.group else {
                continue;
            };
            let (of_types, of_sets) = &mut named[group];
            of_types.extend(named_types(operation));
            let errors = operation.errors.set.map(|set| types + set);
            let headers = operation.headers.as_ref().and_then(|alias| alias.set);
            let headers = headers.map(|set| types + api.errors.len() + set);
            of_sets.extend(errors.into_iter().chain(headers));
        }
        Self {
            graph: Graph::new(&api.types, neighbours),
            named,
            items: types + api.errors.len() + api.headers.len(),
        }
    }

    /// Visits each item that a group uses; `enter` returns whether to go on to the items that it
    /// names.
    fn visit(&self, group: usize, mut enter: impl FnMut(usize) -> bool) {
        let (types, sets) = &self.named[group];
        for set in sets {
            enter(*set);
        }
        self.graph.visit(types, |id| enter(id.0));
    }

    /// The exact sets; `None` if there are too many.
    fn sets(&self) -> Option<Sets> {
        // A set is another set with one more group; the first is empty. Items with the same users
        // have the same number.
        let mut links = vec![(0, 0)];
        let mut of_item = vec![0; self.items];
        let mut last = vec![None; self.items];
        let mut room = USES;
        for group in 0..self.named.len() {
            let mut wider = BTreeMap::new();
            self.visit(group, |item| {
                if last[item] == Some(group) || room == 0 {
                    return false;
                }
                (last[item], room) = (Some(group), room - 1);
                let set = of_item[item];
                of_item[item] = *wider.entry(set).or_insert_with(|| {
                    links.push((set, group));
                    links.len() - 1
                });
                true
            });
        }
        let mut groups = BTreeMap::new();
        let mut listed = (room > 0).then_some(LISTED * (self.items + self.named.len()))?;
        for number in of_item.iter().copied().collect::<BTreeSet<usize>>() {
            let chain = std::iter::successors(Some(number), |set| Some(links[*set].0));
            let chain = chain.take_while(|set| *set != 0);
            let mut set: Vec<usize> = chain.map(|set| links[set].1).collect();
            set.reverse();
            listed = listed.checked_sub(set.len())?;
            groups.insert(number, set);
        }
        Some(Sets { of_item, groups })
    }

    /// The same sets, except that an item of several groups counts as used by all.
    fn coarse_sets(&self) -> Sets {
        let count = self.named.len();
        let all = count + 1;
        let mut of_item = vec![0; self.items];
        for group in 0..count {
            let alone = group + 1;
            self.visit(group, |item| {
                let set = of_item[item];
                of_item[item] = match set {
                    0 => alone,
                    known if known == alone => alone,
                    _ => all,
                };
                of_item[item] != set
            });
        }
        let alone = (0..count).map(|group| (group + 1, vec![group]));
        let others = [(0, Vec::new()), (all, (0..count).collect())];
        Sets {
            of_item,
            groups: alone.chain(others).collect(),
        }
    }
}

/// The types that an operation names.
fn named_types(operation: &Operation) -> impl Iterator<Item = TypeId> {
    let payloads = operation.payloads().chain(operation.contents());
    let parameters = operation.parameters.iter();
    let types = payloads.map(Payload::ty);
    let types = types.chain(parameters.map(|parameter| &parameter.ty));
    types.filter_map(Type::named)
}

/// The parts of these sets of groups, with their names. The parts of single groups come first,
/// with the names of the groups.
fn parts(api: &Api, sets: Vec<Vec<usize>>) -> Vec<Part> {
    let mut taken = BTreeSet::new();
    let part = |groups: Vec<usize>| {
        let name = match groups.as_slice() {
            [only] => api.groups[*only].name.clone(),
            several => {
                let rust = free(shared_name(api, several), &taken);
                Name {
                    wire: rust.clone(),
                    rust,
                }
            }
        };
        taken.insert(name.rust().to_owned());
        Part { name, groups }
    };
    sets.into_iter().map(part).collect()
}

/// `files_and_images`, shortened if it is too long for a file name.
fn shared_name(api: &Api, groups: &[usize]) -> String {
    let names = groups.iter().map(|group| api.groups[*group].feature());
    let joined = names.collect::<Vec<_>>().join("_and_");
    shortened(joined, &format!("in_{}_groups", groups.len()))
}

/// Makes a name unique, since a group may also be called `files_and_images`.
fn free(name: String, taken: &BTreeSet<String>) -> String {
    let longer = |name: &String| Some(format!("{name}_too"));
    let mut names = std::iter::successors(Some(name.clone()), longer);
    names.find(|name| !taken.contains(name)).unwrap_or(name)
}
