//! Groups of operations, which are the modules of a crate of many operations.
//!
//! ```yaml
//! /v1/images/{id}:
//!   get: {x-rust-group: pictures}      # pictures
//!   put: {tags: [Images, Uploads]}     # images
//!   delete: {}                         # images, if all paths of the document begin with `/v1`
//! ```
//!
//! Names that become the same module are one group. A crate with a single group needs no modules.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::lower::Lowering;
use crate::lower::doc::doc;
use crate::lower::http::path::Found;
use crate::lower::names::module;
use crate::lower::names::name::Kind;
use crate::model::{Group, Layout, Name};

/// The group of an operation without a name in its path: `/{id}`.
const NAMELESS: &str = "root";

/// The number of initial segments that all paths share, with at least one more segment after them:
/// `/v1` is not a group, but `/lamps` is the group of `/lamps/{id}`.
pub(in crate::lower) fn common_segments(found: &[Found<'_>]) -> usize {
    let mut paths = found.iter().map(|found| literal_beginning(&found.path));
    let Some(first) = paths.next() else {
        return 0;
    };
    paths.fold(first.len().saturating_sub(1), |common, path| {
        let pairs = path.iter().zip(&first).take(common);
        let same = pairs.take_while(|(one, other)| one == other).count();
        same.min(path.len().saturating_sub(1))
    })
}

fn literal_beginning(path: &str) -> Vec<&str> {
    segments(path)
        .take_while(|segment| is_literal(segment))
        .collect()
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').skip(1)
}

fn is_literal(segment: &str) -> bool {
    !segment.contains('{')
}

impl<'d> Lowering<'d> {
    /// The group of each of these operations; empty if the crate is flat. The first `common`
    /// segments of the paths are ignored.
    pub(in crate::lower) fn groups(
        &mut self,
        operations: &[Found<'d>],
        common: usize,
    ) -> Vec<Option<usize>> {
        let names: Vec<Name> = operations
            .iter()
            .map(|found| self.group_name(found, common))
            .collect();
        let mut groups: BTreeMap<String, Name> = BTreeMap::new();
        for name in &names {
            let group = groups.entry(name.plain().to_owned());
            group.or_insert_with(|| name.clone());
        }
        if groups.len() < 2 || self.layout != Layout::Groups {
            return vec![None; operations.len()];
        }
        let described = self.described_tags();
        let described = |name: &Name| described.get(name.rust()).and_then(At::as_str);
        let base = self.base;
        let group = |name: Name| Group {
            doc: doc(described(&name).unwrap_or_default(), false, base),
            name,
        };
        self.groups = groups.into_values().map(group).collect();
        let read = operations.iter().filter_map(|found| found.at.get("tags"));
        let read = read.chain(self.document.root().get("tags"));
        let read = read.map(|tags| tags.pointer().clone());
        self.findings.understood.extend(read);
        let place = |name: &Name| {
            let sorted = |group: &Group| group.name.plain().cmp(name.plain());
            self.groups.binary_search_by(sorted).ok()
        };
        names.iter().map(place).collect()
    }

    /// The extension, else the first tag, else the path.
    fn group_name(&mut self, found: &Found<'d>, common: usize) -> Name {
        let extension = found.at.get("x-rust-group");
        let pinned = extension.and_then(|at| self.pinned_group(&at));
        let by_tag = || found.tags().find_map(module::given);
        let by_path = || {
            let literal = |segment: &&str| is_literal(segment);
            let own = segments(&found.path).skip(common).filter(literal);
            let all = segments(&found.path).filter(literal);
            own.chain(all).find_map(module::given)
        };
        pinned
            .or_else(by_tag)
            .or_else(by_path)
            .unwrap_or_else(|| Name::of(Kind::Module, NAMELESS))
    }

    fn pinned_group(&mut self, at: &At<'d>) -> Option<Name> {
        let Some(text) = at.as_str() else {
            let problem = Diagnostic::new(Code::WrongType, at, "`x-rust-group` is a string");
            let help = "write the name of a module: `x-rust-group: images`";
            self.findings.push(problem.label("not a string").help(help));
            return None;
        };
        let name = Name::pinned(Kind::Module, text, text);
        if name.is_none() {
            let message = format!("`{text}` cannot be the name of a group");
            let problem = Diagnostic::new(Code::InvalidName, at, message);
            let help = format!("write `{}`", Name::of(Kind::Module, text).plain());
            let label = "not the name of a module, or taken";
            self.findings.push(problem.label(label).help(help));
        }
        name
    }

    /// The Tag Objects with a description, by the module name of the tag.
    fn described_tags(&self) -> BTreeMap<String, At<'d>> {
        let tags = self.document.root().get("tags");
        let mut described = BTreeMap::new();
        for tag in tags.iter().flat_map(At::items) {
            let name = tag
                .get("name")
                .and_then(|name| module::given(name.as_str()?));
            if let (Some(name), Some(text)) = (name, tag.get("description")) {
                described.entry(name.rust().to_owned()).or_insert(text);
            }
        }
        described
    }
}
