//! The values that the schemas of a union's members give a tag.
//!
//! ```yaml
//! Cat: {properties: {kind: {const: cat}}}                                   # one value
//! Dog: {properties: {kind: {enum: [dog, puppy]}}}                           # several values
//! Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]} # all of them
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{At, Pointer, Value};
use crate::lower::Lowering;
use crate::lower::reference::component;
use crate::lower::schema::Schema;
use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::mapping::is_mapped;
use crate::lower::schema::union::Branch;
use crate::model::{Listed, Tag, TagType};

impl<'d> Lowering<'d> {
    /// The values of the tag in the schema of a branch: its constant, its `enum`, or those of a
    /// union's members.
    pub(super) fn own_tags(
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

/// The number of branches that have each value.
pub(super) fn times<'v>(values: impl Iterator<Item = &'v Vec<String>>) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for value in values.flatten() {
        *times.entry(value.clone()).or_default() += 1;
    }
    times
}

/// The values of the tag in the schema of a branch.
#[derive(Clone, Default)]
pub(super) struct Own {
    /// Its own values, if it has any.
    pub(super) values: Vec<String>,
    /// Their type, or the type that the schema declares.
    pub(super) ty: Option<TagType>,
    /// True if they are those of a union's members.
    pub(super) is_union: bool,
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
pub(super) fn chosen(
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
