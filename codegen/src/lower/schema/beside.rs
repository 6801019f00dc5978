//! Unions whose alternatives stand beside other keywords of an object.
//!
//! ```yaml
//! type: object                                                                 # enum { Text(…), Calls(…) }
//! properties: {role: {type: string}}
//! oneOf:
//! - {title: text, required: [content], properties: {content: {type: string}}}  # struct { role, content }
//! - {title: calls, required: [calls], properties: {calls: {type: integer}}}    # struct { role, calls }
//! ```
//!
//! A value has the members and is one of the alternatives. So each alternative is composed with
//! the keywords beside it, as by `allOf`, and is a type of its own. An alternative that includes
//! them all, because it is built on the schema that lists it, keeps its ordinary type. If both
//! declare a member, both schemas apply to it. Alternatives without members of their own are rules
//! (`rule`).

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Key, Pointer};
use crate::lower::schema::alternative_name::PROSE;
use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::object::{constant_of, is_required};
use crate::lower::schema::union::Branch;
use crate::lower::schema::{Additional, Schema};
use crate::lower::{Lowered, Lowering, Place};
use crate::model::{Limits, Type};

impl<'d> Lowering<'d> {
    /// Lowers the alternatives of a schema, each composed with the members beside them. `None` if
    /// nothing stands beside them, or they have no members of their own.
    pub(in crate::lower) fn beside(
        &mut self,
        schema: &Schema<'d>,
        place: &Place,
    ) -> Option<Lowered> {
        let listed = self.alternatives(schema)?;
        if self.around.contains(schema.at.pointer()) {
            self.own_alternative(schema);
            return Some(Lowered::of(Type::Json));
        }
        self.around.push(schema.at.pointer().clone());
        let lowered = self.each_beside(schema, &listed, place);
        self.around.pop();
        Some(lowered)
    }

    /// The alternatives that have members, if keywords of an object stand beside them.
    pub(in crate::lower) fn alternatives(&mut self, schema: &Schema<'d>) -> Option<Vec<At<'d>>> {
        let is_object = schema.types.is_empty() || schema.types == [JsonType::Object];
        let stands_alone = schema.properties.is_empty()
            && schema.required.is_empty()
            && matches!(schema.additional, Additional::Unstated | Additional::Any);
        if !is_object || stands_alone {
            return None;
        }
        let properties = schema.properties.iter();
        let known: BTreeSet<&str> = properties.map(|(key, _)| key.name.as_str()).collect();
        let lists = [&schema.any_of, &schema.one_of];
        let found = lists.map(|list| self.name_others(list, &known));
        match found {
            [true, true] => {
                self.two_sets(schema);
                Some(Vec::new())
            }
            [true, false] => Some(schema.any_of.clone()),
            [false, true] => Some(schema.one_of.clone()),
            [false, false] => None,
        }
    }

    /// True if one of the schemas names a member that is not in `known`.
    fn name_others(&mut self, list: &[At<'d>], known: &BTreeSet<&str>) -> bool {
        list.iter().any(|at| {
            let branch = self.branch(at);
            let names = self.named_members(&branch.schema);
            names.iter().any(|name| !known.contains(name.as_str()))
        })
    }

    fn each_beside(&mut self, schema: &Schema<'d>, listed: &[At<'d>], place: &Place) -> Lowered {
        let is_list =
            |list: &[At<'d>]| list.first().map(At::pointer) == listed.first().map(At::pointer);
        let mut outer = Schema {
            discriminator: None,
            condition: None,
            ..schema.clone()
        };
        if schema.condition.is_some() {
            outer.all_of.push(schema.at.clone());
        }
        for list in [&mut outer.any_of, &mut outer.one_of] {
            if is_list(list) {
                list.clear();
            }
        }
        let mut branches = Vec::new();
        let mut nullable = schema.nullable;
        for at in listed {
            nullable |= schema.types.is_empty() && self.admits_null(at);
            let branch = self.branch(at);
            if !branch.schema.null_only {
                branches.push(self.with_beside(&outer, branch));
            }
        }
        self.lower_shared(&outer, &mut branches, place);
        let lowered = match branches.as_mut_slice() {
            [] => Lowered::of(Type::Json),
            [only] => {
                self.note_only_alternative(schema);
                only.schema.at = schema.at.clone();
                self.lower_branch(only, place)
            }
            _ => self.several(schema, &branches, place),
        };
        Lowered {
            nullable: nullable || lowered.nullable,
            ..lowered
        }
    }

    /// Composes an alternative with the keywords beside it.
    fn with_beside(&mut self, outer: &Schema<'d>, mut branch: Branch<'d>) -> Branch<'d> {
        if says_all(&branch.schema, outer) {
            return branch;
        }
        let mut whole = outer.clone();
        let known = outer.properties.iter();
        let known: BTreeMap<&str, &At<'d>> =
            known.map(|(key, at)| (key.name.as_str(), at)).collect();
        let properties = &mut branch.schema.properties;
        properties.retain(|(key, at)| {
            let Some(other) = known.get(key.name.as_str()) else {
                return true;
            };
            let is_more = !says_no_more(at, other);
            if is_more {
                let others = whole.narrowed.entry(key.name.as_str()).or_default();
                others.push((*other).clone());
            }
            is_more
        });
        self.add(&mut whole, branch.schema, &BTreeSet::new());
        whole.at = branch.target.clone();
        Branch {
            schema: whole,
            is_whole: true,
            ..branch
        }
    }

    /// Lowers the members beside the alternatives once, so that they have the same type in each
    /// alternative.
    fn lower_shared(&mut self, outer: &Schema<'d>, branches: &mut [Branch<'d>], place: &Place) {
        let mut shared: BTreeMap<Pointer, Lowered> = BTreeMap::new();
        for (key, at) in &outer.properties {
            let is_field = |branch: &&mut Branch<'d>| {
                let mut own = branch.schema.properties.iter();
                let is_same = own.any(|(_, own)| own.pointer() == at.pointer());
                let is_constant =
                    constant_of(at).is_some() && is_required(&branch.schema, &key.name);
                branch.is_whole && branch.schema.is_object() && is_same && !is_constant
            };
            let is_known = outer.shared.contains_key(at.pointer())
                || outer.narrowed.contains_key(key.name.as_str());
            if !is_known && branches.iter_mut().filter(is_field).count() > 0 {
                let lowered = self.lower(at, &place.below("properties", &key.name));
                shared.insert(at.pointer().clone(), lowered);
            }
        }
        for branch in branches.iter_mut().filter(|branch| branch.is_whole) {
            branch.schema.shared.extend(shared.clone());
        }
    }

    /// Removes alternatives that are inherited from a schema which lists this one: every value of
    /// this schema already is one of them.
    pub(in crate::lower) fn leave_inherited_out(&mut self, schema: &mut Schema<'d>, own: &Pointer) {
        if schema.properties.is_empty() {
            return;
        }
        let below = format!("{}/", own.as_str());
        let lists = [&schema.any_of, &schema.one_of];
        let found = lists.map(|list| {
            list.iter().any(|at| {
                let reference = Schema::read(at, &mut self.findings);
                let target = self.wrapped(&reference);
                let is_own = at.pointer().as_str().starts_with(&below);
                !is_own && target.is_some_and(|target| target.pointer() == own)
            })
        });
        if found.contains(&true) {
            schema.discriminator = None;
        }
        for (list, is_inherited) in [&mut schema.any_of, &mut schema.one_of]
            .into_iter()
            .zip(found)
        {
            if is_inherited {
                list.clear();
            }
        }
    }

    fn own_alternative(&mut self, schema: &Schema<'d>) {
        let message = "this schema is one of its own alternatives";
        let problem = Diagnostic::new(Code::ReferenceCycle, &schema.at, message)
            .at_key()
            .label("only alternatives in between")
            .help("remove the reference to itself from the list, or move it into a property");
        self.findings.push(problem);
    }

    pub(in crate::lower) fn two_sets(&mut self, schema: &Schema<'d>) {
        let message = "two sets of alternatives apply at once";
        let second = schema.one_of.first().and_then(|at| at.pointer().parent());
        let at = second.and_then(|list| self.document.at(&list));
        let at = at.unwrap_or_else(|| schema.at.clone());
        let problem = Diagnostic::new(Code::UnsupportedSchema, &at, message)
            .at_key()
            .label("the second set")
            .help("write the combinations as one `anyOf` or `oneOf`");
        self.findings.push(problem);
    }
}

/// True if a schema adds no constraint to another one.
fn says_no_more(at: &At<'_>, other: &At<'_>) -> bool {
    let mut members = at.members();
    let is_prose = |key: &Key| PROSE.contains(&key.name.as_str());
    at.pointer() == other.pointer()
        || at.node().to_json() == other.node().to_json()
        || (at.as_mapping().is_some() && members.all(|(key, _)| is_prose(key)))
}

/// True if an alternative already includes everything that stands beside it.
fn says_all(branch: &Schema<'_>, outer: &Schema<'_>) -> bool {
    let has = |list: &[At<'_>], at: &At<'_>| list.iter().any(|own| own.pointer() == at.pointer());
    let properties = outer.properties.iter().all(|(_, at)| {
        let mut own = branch.properties.iter();
        own.any(|(_, own)| own.pointer() == at.pointer())
    });
    let mut required = outer.required.iter().filter_map(At::as_str);
    let required = required.all(|wire| is_required(branch, wire));
    let rules = [
        (&outer.all_of, &branch.all_of),
        (&outer.any_of, &branch.any_of),
        (&outer.one_of, &branch.one_of),
        (&outer.not, &branch.not),
    ];
    let rules = rules
        .into_iter()
        .all(|(outer, own)| outer.iter().all(|at| has(own, at)));
    let is_stated = |additional: &Additional<'_>| !matches!(additional, Additional::Unstated);
    properties
        && required
        && rules
        && (!is_stated(&outer.additional) || is_stated(&branch.additional))
        && (outer.limits == Limits::default() || outer.limits == branch.limits)
}
