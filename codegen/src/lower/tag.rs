//! What tells the members of a union apart.
//!
//! ```yaml
//! anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
//! discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
//! ```
//!
//! The tag of a member is the one value that `kind` has in its schema, else the key of `mapping`, else the name of the
//! component. Without a discriminator, a member that has another constant in each schema is as good as one.

use std::collections::BTreeSet;

use super::Lowering;
use super::object::constant_of;
use super::schema::Schema;
use super::union::Branch;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Pointer};

impl<'d> Lowering<'d> {
    /// The member that tells the branches apart: that of `discriminator`, else one with another constant in each.
    pub(super) fn tag(&mut self, schema: &Schema<'d>, branches: &[Branch<'d>]) -> Option<String> {
        if let Some(discriminator) = &schema.discriminator {
            self.check_mapping(discriminator);
            let discriminator = discriminator.node().read::<openapiv3::Discriminator>();
            return match discriminator {
                Ok(discriminator) => Some(discriminator.property_name),
                Err(_) => {
                    let at = schema.discriminator.as_ref()?;
                    let problem = Diagnostic::new(
                        Code::InvalidDiscriminator,
                        at,
                        "`discriminator` is an object with the name of a property",
                    )
                    .label("not a Discriminator Object")
                    .help("write `discriminator: {propertyName: type}`");
                    self.findings.push(problem);
                    None
                }
            };
        }
        let first = branches.first()?;
        let candidates = first
            .schema
            .properties
            .iter()
            .map(|(key, _)| key.name.as_str());
        candidates
            .into_iter()
            .find(|candidate| {
                let tags: Vec<Option<&str>> = branches
                    .iter()
                    .map(|branch| own_tag(branch, candidate))
                    .collect();
                let distinct = tags
                    .iter()
                    .enumerate()
                    .all(|(index, tag)| !tags[..index].contains(tag));
                distinct && tags.iter().all(Option::is_some)
            })
            .map(str::to_owned)
    }

    /// The branches by their tags. One without a tag, or with one that another branch has, is reported.
    pub(super) fn tags<'b>(
        &mut self,
        schema: &Schema<'d>,
        tag: &str,
        branches: impl Iterator<Item = &'b Branch<'d>>,
    ) -> Vec<(String, &'b Branch<'d>)>
    where
        'd: 'b,
    {
        let mut tags: Vec<(String, &Branch<'d>)> = Vec::new();
        let mut known = BTreeSet::new();
        for branch in branches {
            let found = tags_of(schema, tag, branch);
            if found.is_empty() {
                let message = format!("no value of `{tag}` stands for this member of the union");
                let problem = Diagnostic::new(Code::InvalidDiscriminator, &branch.at, message);
                let help = format!(
                    "give `{tag}` an `enum` of one value in this schema, or add a `mapping`"
                );
                self.findings.push(problem.label("no tag").help(help));
            }
            for value in found {
                if known.insert(value.clone()) {
                    tags.push((value, branch));
                    continue;
                }
                let message = format!("`{value}` stands for another member of the union, too");
                let problem = Diagnostic::new(Code::InvalidDiscriminator, &branch.at, message);
                let help = format!(
                    "give `{tag}` another value in one of the two, or make them one schema"
                );
                self.findings.push(problem.label("the same tag").help(help));
            }
        }
        tags
    }

    /// Reports values of `mapping` that name no schema.
    fn check_mapping(&mut self, discriminator: &At<'d>) {
        for (_, target) in discriminator.get("mapping").iter().flat_map(At::members) {
            let text = target.as_str().unwrap_or_default();
            if text.starts_with('#') {
                self.follow(&target);
                continue;
            }
            let schemas = Pointer::root().child("components").child("schemas");
            if self.document.at(&schemas.child(text)).is_some() {
                continue;
            }
            let schemas = self.document.at(&schemas);
            let names = schemas.iter().flat_map(At::members);
            let near = suggest(text, names.map(|(key, _)| key.name.as_str()));
            let help = near.map_or_else(
                || "write `#/components/schemas/Name`, or the name alone".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("`mapping` names `{text}`, which is no schema of the document");
            let problem = Diagnostic::new(Code::InvalidDiscriminator, &target, message);
            self.findings
                .push(problem.label("no such schema").help(help));
        }
    }
}

/// The tags of a branch: its own constant, else those that `mapping` gives it, else the name of the component.
fn tags_of(schema: &Schema<'_>, tag: &str, branch: &Branch<'_>) -> Vec<String> {
    if let Some(own) = own_tag(branch, tag) {
        return vec![own.to_owned()];
    }
    let mapping = schema
        .discriminator
        .as_ref()
        .and_then(|at| at.get("mapping"));
    let component = branch.target.pointer().to_string();
    let name = component.rsplit('/').next().unwrap_or_default().to_owned();
    let is_component = component.strip_prefix("/components/schemas/") == Some(name.as_str());
    let mapped: Vec<String> = mapping
        .iter()
        .flat_map(At::members)
        .filter(|(_, target)| {
            let target = target.as_str().unwrap_or_default();
            target == name || target.strip_prefix('#') == Some(component.as_str())
        })
        .map(|(value, _)| value.name.clone())
        .collect();
    if mapped.is_empty() && is_component && schema.discriminator.is_some() {
        vec![name]
    } else {
        mapped
    }
}

/// The constant that a branch has for a member.
fn own_tag<'d>(branch: &Branch<'d>, tag: &str) -> Option<&'d str> {
    let (_, at) = branch
        .schema
        .properties
        .iter()
        .find(|(key, _)| key.name == tag)?;
    constant_of(at)
}

/// `image_edit.completed` beside `image_edit.partial_image` is `completed`.
pub(super) fn without_common_prefix(wires: &[String]) -> Vec<String> {
    let [first, rest @ ..] = wires else {
        return Vec::new();
    };
    let common = rest.iter().fold(first.as_str(), |common, wire| {
        let length = common
            .char_indices()
            .zip(wire.chars())
            .take_while(|((_, a), b)| a == b);
        let end = length.last().map_or(0, |((at, c), _)| at + c.len_utf8());
        &common[..end]
    });
    let end = if rest.is_empty() {
        0
    } else {
        common.rfind(['.', ':', '/']).map_or(0, |at| at + 1)
    };
    wires.iter().map(|wire| wire[end..].to_owned()).collect()
}
