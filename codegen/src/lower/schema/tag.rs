//! The tags that distinguish the members of a union.
//!
//! ```yaml
//! anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
//! discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
//! ```
//!
//! The tag of a member is the one value that `kind` has in its schema, else the key of `mapping`,
//! else each value of its `enum` if no other member has it, else the name of the component. A
//! member that is a union has the tags of its members. Without a discriminator, a property with a
//! different constant in each schema serves as the tag. A property with several values in each
//! schema does not, because an `enum` may grow: its values only determine which alternative is
//! tried first.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::Lowering;
use crate::lower::schema::Schema;
use crate::lower::schema::mapping::default_mapping;
use crate::lower::schema::object::{constant_of, is_required};
use crate::lower::schema::tag_value::{self, Own, chosen, times};
use crate::lower::schema::union::Branch;
use crate::model::TagType;

impl<'d> Lowering<'d> {
    /// The member that distinguishes the branches: that of `discriminator`, else one with a
    /// different constant in each.
    pub(in crate::lower) fn tag(
        &mut self,
        schema: &Schema<'d>,
        branches: &[Branch<'d>],
    ) -> Option<String> {
        if let Some(discriminator) = &schema.discriminator {
            self.check_mapping(discriminator, branches);
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

    /// The branches by their tags. A union within the union is one branch for several tags, and a
    /// shared tag has several branches. A branch without a tag is reported.
    pub(in crate::lower) fn tags<'b>(
        &mut self,
        schema: &Schema<'d>,
        tag: &str,
        branches: impl Iterator<Item = &'b Branch<'d>>,
    ) -> (TagType, Vec<Tagged<'b, 'd>>)
    where
        'd: 'b,
    {
        let branches: Vec<&Branch<'d>> = branches.collect();
        let default = self.default_branch(schema, tag, &branches);
        let own: Vec<Own> = branches
            .iter()
            .map(|branch| self.own_tags(tag, branch, &mut BTreeMap::new()))
            .collect();
        let ty = own.iter().find_map(|own| own.ty).unwrap_or(TagType::String);
        let times = times(own.iter().map(|own| &own.values));
        let mut found: Vec<Vec<String>> = Vec::new();
        for (index, (branch, own)) in branches.iter().zip(&own).enumerate() {
            let mapped = self.mapped(schema, branch);
            let mut values = chosen(schema, own, branch, mapped, |value| times[value] > 1);
            let fits = |value: &String| ty == TagType::String || value.parse::<i64>().is_ok();
            let is_other = own.ty.is_some_and(|own| own != ty) || !values.iter().all(fits);
            if is_other {
                self.other_type(tag, branch);
                values.clear();
            } else if values.is_empty() && default != Some(index) {
                self.without_tag(tag, branch);
            }
            found.push(values);
        }
        let shared = tag_value::times(found.iter());
        let mut tagged: Vec<Tagged<'b, 'd>> = Vec::new();
        for (index, ((branch, own), values)) in branches.iter().zip(&own).zip(&found).enumerate() {
            let (of_several, own_values): (Vec<String>, Vec<String>) =
                values.iter().cloned().partition(|value| shared[value] > 1);
            let takes_others = default == Some(index);
            let of = |tags: Vec<String>| Tagged {
                tags,
                members: vec![branch],
                takes_others,
            };
            match own_values.as_slice() {
                _ if own.is_union || takes_others => tagged.push(of(own_values)),
                _ => tagged.extend(own_values.into_iter().map(|value| of(vec![value]))),
            }
            for value in of_several {
                let value = vec![value];
                let mut known = tagged.iter_mut();
                match known.find(|known| known.tags == value && !known.takes_others) {
                    Some(known) => known.members.push(branch),
                    None => tagged.push(Tagged {
                        tags: value,
                        members: vec![branch],
                        takes_others: false,
                    }),
                }
            }
        }
        tagged.retain(|tagged| tagged.takes_others || !tagged.tags.is_empty());
        if shared.values().any(|times| *times > 1) {
            let reason = "a value of several members of the union does not distinguish them: their other properties do";
            self.findings.note(schema.at.pointer().clone(), reason);
        }
        (ty, tagged)
    }

    /// The branch that `defaultMapping` names, for values without the tag or with a value that no
    /// other branch has (`OpenAPI` 3.2.0, section 4.25.4).
    fn default_branch(
        &mut self,
        schema: &Schema<'d>,
        tag: &str,
        branches: &[&Branch<'d>],
    ) -> Option<usize> {
        let at = default_mapping(schema.discriminator.as_ref()?, self.findings.version)?;
        let named = self.named_schema(at.as_str()?)?;
        let mut targets = branches.iter().map(|branch| branch.target.pointer());
        let Some(index) = targets.position(|target| target == named.pointer()) else {
            let message = "`defaultMapping` names a schema that is not a member of the union";
            let problem = Diagnostic::new(Code::InvalidDiscriminator, &at, message);
            let help = "list the schema in `oneOf`, or name one that is listed";
            self.findings.push(problem.label("not listed").help(help));
            return None;
        };
        let schema = &branches[index].schema;
        let mut properties = schema.properties.iter();
        let own = properties.find(|(key, _)| key.name == tag);
        let is_fixed = own.is_some_and(|(_, at)| constant_of(at).is_some());
        if is_fixed && is_required(schema, tag) {
            let reason = "the schema requires one value of the tag, so it does not take others";
            self.findings.note(at.pointer().clone(), reason);
            return None;
        }
        Some(index)
    }

    fn without_tag(&mut self, tag: &str, branch: &Branch<'d>) {
        let message = format!("no value of `{tag}` stands for this member of the union");
        let help =
            format!("give `{tag}` an `enum` of its own values in this schema, or add a `mapping`");
        let problem = Diagnostic::new(Code::InvalidDiscriminator, &branch.at, message);
        self.findings.push(problem.label("no tag").help(help));
    }

    fn other_type(&mut self, tag: &str, branch: &Branch<'d>) {
        let message =
            format!("the values of `{tag}` have another type in this member of the union");
        let help = "write strings in all members, or integers";
        let problem = Diagnostic::new(Code::InvalidDiscriminator, &branch.at, message);
        self.findings
            .push(problem.label("not the type of the first").help(help));
    }
}

/// Values of the tag, and their branches.
pub(in crate::lower) struct Tagged<'b, 'd> {
    pub(in crate::lower) tags: Vec<String>,
    pub(in crate::lower) members: Vec<&'b Branch<'d>>,
    /// True if the branch takes all values that are not listed.
    pub(in crate::lower) takes_others: bool,
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
