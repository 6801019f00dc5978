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

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Pointer, Value};
use crate::lower::Lowering;
use crate::lower::reference::component;
use crate::lower::schema::Schema;
use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::mapping::{default_mapping, is_mapped};
use crate::lower::schema::object::{constant_of, is_required};
use crate::lower::schema::union::Branch;
use crate::model::{Listed, Tag, TagType};

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
        let shared = self::times(found.iter());
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

    /// The values of the tag in the schema of a branch: its constant, its `enum`, or those of a
    /// union's members.
    fn own_tags(
        &mut self,
        tag: &str,
        branch: &Branch<'d>,
        known: &mut BTreeMap<Pointer, Own>,
    ) -> Own {
        let target = branch.target.pointer();
        if let Some(own) = known.get(target) {
            return own.clone();
        }
        // A union within itself adds no values.
        known.insert(target.clone(), Own::default());
        let own = self.values_of_tag(tag, branch, known);
        known.insert(target.clone(), own.clone());
        own
    }

    fn values_of_tag(
        &mut self,
        tag: &str,
        branch: &Branch<'d>,
        known: &mut BTreeMap<Pointer, Own>,
    ) -> Own {
        let schema = &branch.schema;
        let nested = if schema.properties.is_empty() {
            let all = schema.any_of.iter().chain(&schema.one_of);
            all.cloned().collect()
        } else {
            self.alternatives(schema).unwrap_or_default()
        };
        if !nested.is_empty() {
            let own = self.values_of_members(tag, schema, &nested, known);
            // The members beside the alternatives may declare the tag.
            if !own.values.is_empty() || schema.properties.is_empty() {
                return own;
            }
        }
        let declared = schema.properties.iter().find(|(key, _)| key.name == tag);
        let Some((_, at)) = declared else {
            return Own::default();
        };
        let property = self.branch(&at.clone()).schema;
        let ty = match property.single_type() {
            Some(JsonType::Integer) => Some(TagType::Integer),
            Some(JsonType::String) => Some(TagType::String),
            _ => None,
        };
        let values = property.values.iter().flatten();
        let values: Vec<(TagType, String)> = values.filter_map(value_of).collect();
        Own {
            ty: values.first().map(|(ty, _)| *ty).or(ty),
            values: values.into_iter().map(|(_, value)| value).collect(),
            is_union: false,
        }
    }

    /// The values of a union within a union: those of its members, if each has one. If it has a
    /// discriminator for the same tag, its values are used.
    fn values_of_members(
        &mut self,
        tag: &str,
        schema: &Schema<'d>,
        listed: &[At<'d>],
        known: &mut BTreeMap<Pointer, Own>,
    ) -> Own {
        let branches: Vec<Branch<'d>> = listed.iter().map(|at| self.branch(at)).collect();
        let mut members: Vec<Own> = branches
            .iter()
            .map(|branch| self.own_tags(tag, branch, known))
            .collect();
        let ty = members.iter().find_map(|own| own.ty);
        let discriminator = schema.discriminator.as_ref();
        let name = discriminator.and_then(|at| at.get("propertyName"));
        if name.is_some_and(|name| name.as_str() == Some(tag)) {
            let times = times(members.iter().map(|own| &own.values));
            for (branch, own) in branches.iter().zip(&mut members) {
                let mapped = self.mapped(schema, branch);
                own.values = chosen(schema, own, branch, mapped, |value| times[value] > 1);
            }
        }
        let all_have_one = members.iter().all(|own| !own.values.is_empty());
        let mut seen = BTreeSet::new();
        let values = members.into_iter().flat_map(|own| own.values);
        let values = values.filter(|value| all_have_one && seen.insert(value.clone()));
        Own {
            values: values.collect(),
            ty,
            is_union: true,
        }
    }

    /// The tags of the API's error event.
    pub(in crate::lower) fn error_tags(
        &mut self,
        schema: &Schema<'d>,
        tag: &str,
        branch: &Branch<'d>,
    ) -> Vec<String> {
        let own = self.own_tags(tag, branch, &mut BTreeMap::new());
        let mapped = self.mapped(schema, branch);
        chosen(schema, &own, branch, mapped, |_| false)
    }

    /// The values of the tag in the schema of a branch, if it has no other.
    pub(in crate::lower) fn fixed_tags(&mut self, tag: &str, branch: &Branch<'d>) -> Vec<String> {
        let own = self.own_tags(tag, branch, &mut BTreeMap::new());
        if own.is_fixed() {
            own.values
        } else {
            Vec::new()
        }
    }

    /// For a union without a tag: the values of a member that only one branch lists. A branch may
    /// list several, and may allow others.
    pub(in crate::lower) fn listed_values(
        &mut self,
        branches: &[&Branch<'d>],
    ) -> Vec<Option<Listed>> {
        let mut all = branches.iter();
        let first = all.find_map(|branch| branch.schema.properties.first().map(|_| *branch));
        let candidates = first.map_or_else(Vec::new, |branch| branch.schema.properties.clone());
        for (candidate, _) in candidates {
            let wire = &candidate.name;
            let own: Vec<Own> = branches
                .iter()
                .map(|branch| self.own_tags(wire, branch, &mut BTreeMap::new()))
                .collect();
            let types: BTreeSet<Option<TagType>> = own.iter().map(|own| own.ty).collect();
            let is_apart = times(own.iter().map(|own| &own.values))
                .values()
                .all(|times| *times == 1);
            let all_have_one = own.iter().all(|own| !own.values.is_empty());
            if let (1, Some(Some(ty))) = (types.len(), types.first())
                && is_apart
                && all_have_one
            {
                let wire = wire.clone();
                let tag = Tag { wire, ty: *ty };
                let listed = own.into_iter().map(|own| Listed {
                    tag: tag.clone(),
                    values: own.values,
                });
                return listed.map(Some).collect();
            }
        }
        Vec::new()
    }
}

/// Values of the tag, and their branches.
pub(in crate::lower) struct Tagged<'b, 'd> {
    pub(in crate::lower) tags: Vec<String>,
    pub(in crate::lower) members: Vec<&'b Branch<'d>>,
    /// True if the branch takes all values that are not listed.
    pub(in crate::lower) takes_others: bool,
}

/// The number of branches that have each value.
fn times<'v>(values: impl Iterator<Item = &'v Vec<String>>) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for value in values.flatten() {
        *times.entry(value.clone()).or_default() += 1;
    }
    times
}

/// The values of the tag in the schema of a branch.
#[derive(Clone, Default)]
struct Own {
    /// Its own values, if it has any.
    values: Vec<String>,
    /// Their type, or the type that the schema declares.
    ty: Option<TagType>,
    /// True if they are those of a union's members.
    is_union: bool,
}

impl Own {
    /// True if `mapping` adds no value: there is one, or they are those of a union's members.
    fn is_fixed(&self) -> bool {
        self.is_union || self.values.len() == 1
    }
}

fn value_of(at: &At<'_>) -> Option<(TagType, String)> {
    match &at.node().value {
        Value::String(value) => Some((TagType::String, value.clone())),
        Value::Number(_) => {
            let value = at.node().to_json().as_i64()?;
            Some((TagType::Integer, value.to_string()))
        }
        _ => None,
    }
}

/// The tags of a branch: its own constant, else those that `mapping` gives it and the values that
/// it alone lists, else the name of the component, where the schema allows it.
fn chosen(
    schema: &Schema<'_>,
    own: &Own,
    branch: &Branch<'_>,
    mapped: Vec<String>,
    is_shared: impl Fn(&String) -> bool,
) -> Vec<String> {
    if own.is_fixed() {
        return own.values.clone();
    }
    if !mapped.is_empty() {
        // A value that `mapping` omits still belongs to the member, unless it is mapped to another
        // one.
        let is_left = |value: &&String| !is_shared(value) && !is_mapped(schema, value);
        let left = own.values.iter().filter(is_left).cloned();
        return mapped.into_iter().chain(left).collect();
    }
    if !own.values.is_empty() && !own.values.iter().any(is_shared) {
        return own.values.clone();
    }
    let name = component(branch.target.pointer()).filter(|name| match own.ty {
        Some(TagType::Integer) => false,
        _ => own.values.is_empty() || own.values.contains(name),
    });
    name.filter(|_| schema.discriminator.is_some())
        .into_iter()
        .collect()
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
