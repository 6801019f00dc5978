//! The schemas that a discriminator names: those of `mapping`, and that of `defaultMapping`.
//!
//! ```yaml
//! oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Canine'}]
//! discriminator:
//!   propertyName: kind
//!   mapping:
//!     cat: Cat                             # a member of the union
//!     dog: '#/components/schemas/Dog'      # a member of `Canine`, which is a union
//!     bird: Bird                           # ignored-mapping: no value is read as a schema that is not listed
//!     kitten: Cat                          # ignored-mapping, if `kind` of a cat is always `cat`
//!   defaultMapping: Cat                    # since 3.2: the member for all other values
//! ```

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Key, Pointer, Version};
use crate::lower::Lowering;
use crate::lower::schema::Schema;
use crate::lower::schema::union::Branch;

/// The keyword of a Discriminator Object for unknown values (`OpenAPI` 3.2.0, section 4.25.1).
const DEFAULT_MAPPING: &str = "defaultMapping";

/// The fallback for an entry of `mapping` that no value can match.
const IGNORED: &str = "the entry is ignored";

impl<'d> Lowering<'d> {
    /// Reports values of `mapping` and `defaultMapping` that do not name a schema, and entries of
    /// `mapping` that no value can match.
    pub(in crate::lower) fn check_mapping(
        &mut self,
        discriminator: &At<'d>,
        branches: &[Branch<'d>],
    ) {
        let mapping = discriminator.get("mapping");
        let entries: Vec<_> = mapping.iter().flat_map(At::members).collect();
        for (_, target) in &entries {
            self.check_named(target, "mapping");
        }
        if let Some(target) = default_mapping(discriminator, self.findings.version) {
            self.check_named(&target, DEFAULT_MAPPING);
        }
        if entries.is_empty() {
            return;
        }
        let members = self.members_at_any_depth(branches);
        for (value, target) in &entries {
            let text = target.as_str().unwrap_or_default();
            let Some(named) = self.named_schema(text) else {
                continue;
            };
            match members.get(named.pointer()) {
                Some(member) => self.check_value(value, target, discriminator, member),
                None => self.check_unlisted(&named, target, discriminator, &members),
            }
        }
    }

    /// Notes a discriminator of a single alternative.
    pub(in crate::lower) fn note_only_alternative(&mut self, schema: &Schema<'d>) {
        if let Some(discriminator) = &schema.discriminator {
            let reason = "a single alternative needs no discriminator";
            self.findings.note(discriminator.pointer().clone(), reason);
        }
    }

    fn check_named(&mut self, target: &At<'d>, keyword: &str) {
        let text = target.as_str().unwrap_or_default();
        if self.document.local(text).is_some() {
            self.follow(target);
            return;
        }
        if self.named_schema(text).is_some() {
            return;
        }
        let schemas = self.document.at(&Pointer::components("schemas"));
        let names = schemas.iter().flat_map(At::members);
        let near = suggest(text, names.map(|(key, _)| key.name.as_str()));
        let help = near.map_or_else(
            || "write `#/components/schemas/Name`, or the name alone".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("`{keyword}` names `{text}`, which is not a schema of the document");
        let problem = Diagnostic::new(Code::InvalidDiscriminator, target, message);
        self.findings
            .push(problem.label("no such schema").help(help));
    }

    /// Reports a schema that is not a member. A schema that extends a member, or the schema with
    /// the discriminator, is a subtype that the document need not list.
    fn check_unlisted(
        &mut self,
        named: &At<'d>,
        target: &At<'d>,
        discriminator: &At<'d>,
        members: &BTreeMap<Pointer, Branch<'d>>,
    ) {
        let base = discriminator.pointer().parent();
        let mut parts = Vec::new();
        self.parts(named, &mut BTreeSet::new(), &mut parts);
        let is_known = |part: &At<'d>| {
            let is_base =
                base.as_ref() == Some(part.pointer()) && part.pointer() != named.pointer();
            is_base || members.contains_key(part.pointer())
        };
        if parts.iter().any(is_known) {
            let reason = "a schema that extends one of the union, and is not listed there";
            self.findings.note(target.pointer().clone(), reason);
            return;
        }
        let text = target.as_str().unwrap_or_default();
        let message = format!("`mapping` names `{text}`, which is not a member of the union");
        let problem = Diagnostic::new(Code::IgnoredMapping, target, message)
            .label("not listed")
            .assuming(IGNORED)
            .help("list the schema in the union, or remove the entry");
        self.findings.push(problem);
    }

    /// Reports a value that the schema of its member excludes: the tag has one value there, or the
    /// values of a union's members.
    fn check_value(
        &mut self,
        value: &Key,
        target: &At<'d>,
        discriminator: &At<'d>,
        member: &Branch<'d>,
    ) {
        let tag = discriminator.get("propertyName");
        let Some(tag) = tag.and_then(|tag| tag.as_str()) else {
            return;
        };
        let fixed = self.fixed_tags(tag, member);
        let [first, ..] = fixed.as_slice() else {
            return;
        };
        if fixed.contains(&value.name) {
            return;
        }
        let text = target.as_str().unwrap_or_default();
        let message = format!("`{tag}` of `{text}` is never `{}`", value.name);
        let problem = Diagnostic::new(Code::IgnoredMapping, target, message)
            .at_key()
            .label("not a value of the schema")
            .assuming(IGNORED)
            .help(format!(
                "write one of its values, such as `{first}`, or remove the entry"
            ));
        self.findings.push(problem);
    }

    /// The schemas of a union, and those of the unions within it.
    fn members_at_any_depth(&mut self, branches: &[Branch<'d>]) -> BTreeMap<Pointer, Branch<'d>> {
        let mut members = BTreeMap::new();
        let mut waiting: Vec<Branch<'d>> = branches.iter().rev().cloned().collect();
        while let Some(branch) = waiting.pop() {
            if let Entry::Vacant(free) = members.entry(branch.target.pointer().clone()) {
                let nested = branch.schema.any_of.iter().chain(&branch.schema.one_of);
                waiting.extend(nested.map(|at| self.branch(at)));
                free.insert(branch);
            }
        }
        members
    }

    /// The keys of `mapping` that lead to a branch.
    pub(in crate::lower) fn mapped(
        &mut self,
        schema: &Schema<'d>,
        branch: &Branch<'d>,
    ) -> Vec<String> {
        let discriminator = schema.discriminator.as_ref();
        let mapping = discriminator.and_then(|at| at.get("mapping"));
        let mut keys = Vec::new();
        for (value, target) in mapping.iter().flat_map(At::members) {
            let target = target.as_str().and_then(|text| self.named_schema(text));
            if target.is_some_and(|target| target.pointer() == branch.target.pointer()) {
                keys.push(value.name.clone());
            }
        }
        keys
    }

    /// The schema that a discriminator names: the component with this name, else the target of the
    /// reference, or the schema that a reference there leads to, since the members of a union are
    /// found in the same way.
    pub(in crate::lower) fn named_schema(&mut self, text: &str) -> Option<At<'d>> {
        let component = Pointer::components("schemas").child(text);
        let named = match self.document.at(&component) {
            Some(component) => component,
            None => {
                let reference = Pointer::from_reference(self.document.local(text)?).ok()?;
                self.document.at(&reference)?
            }
        };
        let is_alias = named.as_mapping().is_some_and(|members| members.len() == 1);
        match named.get("$ref").filter(|_| is_alias) {
            // A reference that leads nowhere has its own report.
            Some(reference) => self.resolve(&reference).or(Some(named)),
            None => Some(named),
        }
    }
}

pub(in crate::lower) fn default_mapping<'d>(
    discriminator: &At<'d>,
    version: Version,
) -> Option<At<'d>> {
    let at = discriminator.get(DEFAULT_MAPPING);
    at.filter(|_| version >= Version::V3_2)
}

/// True if `mapping` assigns the value to a member.
pub(in crate::lower) fn is_mapped(schema: &Schema<'_>, value: &str) -> bool {
    let discriminator = schema.discriminator.as_ref();
    let mapping = discriminator.and_then(|at| at.get("mapping"));
    mapping.is_some_and(|mapping| mapping.get(value).is_some())
}
