//! Events in 3.2: an object with the fields of an event, one of which is `data`.
//!
//! ```yaml
//! text/event-stream:
//!   itemSchema:
//!     oneOf:
//! - properties:                     # Delta(Delta), for the events named `delta`
//!         event: {const: delta}
//!         data: {type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Delta'}}
//! - properties:                     # Note(EventText), for the events named `note`
//!         event: {const: note}
//!         data: {type: string}
//! ```
//!
//! Callers get the data of an event. If the alternatives have names, the name of an event picks
//! the variant. If they have none, the data is an ordinary union.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Pointer, Version};
use crate::model::{Tag, TagType, Type};

use crate::lower::http::event_data::Data;
use crate::lower::reference::component;
use crate::lower::schema::Schema;
use crate::lower::schema::event::Mark;
use crate::lower::schema::tag::Tagged;
use crate::lower::schema::union::{Branch, Marked, without_errors};
use crate::lower::{Lowered, Lowering, Place};

/// The field whose value picks the kind of an event.
const EVENT: &str = "event";

/// The fields of an event (HTML Standard, section 9.2.6).
const FIELDS: [&str; 4] = ["data", EVENT, "id", "retry"];

/// Maximum nesting of alternatives in an item schema.
const NESTED: usize = 4;

/// A kind of event: an alternative of the item schema, or the whole item schema.
struct EventKind<'d> {
    branch: Branch<'d>,
    /// The `data` properties that describe its data.
    described: Vec<At<'d>>,
    /// The possible contents of its data. Kinds that do not describe their data share the content
    /// from the outer schema.
    data: Rc<[Data<'d>]>,
}

/// The parts of an item schema.
#[derive(Default)]
struct Found<'d> {
    kinds: Vec<EventKind<'d>>,
    /// The schemas that have been visited.
    seen: BTreeSet<Pointer>,
    /// All properties of the schemas: the fields of events, and others.
    fields: BTreeMap<&'d str, Vec<At<'d>>>,
}

impl<'d> Lowering<'d> {
    /// Lowers the data of an event, which is the value that callers get.
    pub(in crate::lower) fn event(&mut self, content: &At<'d>, place: &Place) -> Lowered {
        if self.findings.version < Version::V3_2 {
            return self.value(content, place);
        }
        let Some(item) = self.item_schema(content) else {
            let reason = "a stream without `itemSchema`";
            return Lowered::of(self.findings.untyped(content, reason));
        };
        let target = self.branch(&item).target.pointer().clone();
        if let Some(known) = self.events.get(&target) {
            return known.clone();
        }
        let mut found = Found::default();
        self.kinds(&item, &[], NESTED, &mut found);
        let lowered = if self.describes_events(&found) {
            let place = match component(&target) {
                Some(name) => Place::root(&name),
                None => place.clone(),
            };
            self.events_of(&item, found, &place)
        } else {
            // Without `itemSchema`, a `schema` that is not a list has already been reported.
            let is_reported = content.get("itemSchema").is_none();
            self.data_in_place(&item, place, is_reported)
        };
        self.events.insert(target, lowered.clone());
        lowered
    }

    /// True if the schemas describe events, and not the data of events.
    fn describes_events(&mut self, found: &Found<'d>) -> bool {
        let fields = &found.fields;
        let has_others = fields.keys().any(|name| !FIELDS.contains(name));
        let data = fields.get("data").into_iter().flatten();
        let mut data = data.cloned().collect::<Vec<_>>().into_iter();
        !fields.is_empty()
            && (!has_others || fields.contains_key(EVENT) || data.any(|at| self.is_string(&at)))
    }

    /// Lowers data that is described in place of the event.
    fn data_in_place(&mut self, item: &At<'d>, place: &Place, is_reported: bool) -> Lowered {
        if self.branch(item).schema.says_nothing() {
            let reason = "the schema does not describe the data of events";
            return Lowered::of(self.findings.untyped(item, reason));
        }
        let message = "an event is an object with the fields `data`, `event`, `id` and `retry`";
        let problem = Diagnostic::new(Code::InvalidItemSchema, item, message)
            .at_key()
            .label("another schema")
            .assuming("the data of the event is JSON of this schema")
            .help("write this schema as `contentSchema` of the property `data`");
        if !is_reported {
            self.findings.push(problem);
        }
        self.lower(item, place)
    }

    fn events_of(&mut self, item: &At<'d>, mut found: Found<'d>, place: &Place) -> Lowered {
        self.event_items.append(&mut found.seen);
        for (name, fields) in &found.fields {
            let reason = "callers get only the data of an event";
            let noted = fields.iter().filter(|_| !["data", EVENT].contains(name));
            for at in noted {
                self.findings.note(at.pointer().clone(), reason);
            }
        }
        let mut contents: BTreeMap<Vec<Pointer>, Rc<[Data<'d>]>> = BTreeMap::new();
        for kind in &mut found.kinds {
            let places = kind.described.iter().map(|at| at.pointer().clone());
            let data = contents.entry(places.collect());
            let data = data.or_insert_with(|| self.data_contents(&kind.described).into());
            kind.data = Rc::clone(data);
        }
        found.kinds.retain(|kind| !kind.data.is_empty());
        let branch = self.branch(item);
        match found.kinds.as_slice() {
            [] => {
                let reason = "the stream has only an end";
                Lowered::of(self.findings.untyped(item, reason))
            }
            [only] => self.data_of_kinds(&branch.schema, &[only], place),
            kinds => self.kinds_union(&branch, kinds, place),
        }
    }

    /// Collects the kinds of events that a schema describes. `around` describes the data in the
    /// outer schemas.
    fn kinds(&mut self, at: &At<'d>, around: &[At<'d>], depth: usize, found: &mut Found<'d>) {
        let branch = self.branch(at);
        let mut parts = Vec::new();
        self.parts(at, &mut BTreeSet::new(), &mut parts);
        let is_new = |part: &At<'d>| !found.seen.contains(part.pointer());
        if !is_new(&branch.target) {
            return;
        }
        let new: Vec<At<'d>> = parts.iter().filter(|part| is_new(part)).cloned().collect();
        found
            .seen
            .extend(new.iter().map(|part| part.pointer().clone()));
        for (name, at) in properties(&new) {
            found.fields.entry(name).or_default().push(at);
        }
        let own = properties(&parts).filter(|(name, _)| *name == "data");
        let mut described: Vec<At<'d>> = own.map(|(_, at)| at).collect();
        described.extend(around.iter().cloned());
        let alternatives = self.event_alternatives(&branch.schema);
        if alternatives.is_empty() {
            found.kinds.push(EventKind {
                branch,
                described,
                data: Rc::new([]),
            });
            return;
        }
        let Some(depth) = depth.checked_sub(1) else {
            let message = "the alternatives of an event are nested more than four deep";
            return self.too_deep(at, message);
        };
        for at in alternatives {
            self.kinds(&at, &described, depth, found);
        }
    }

    /// The alternatives of a schema, without those that only require members.
    pub(in crate::lower) fn event_alternatives(&mut self, schema: &Schema<'d>) -> Vec<At<'d>> {
        let alternatives = schema.any_of.iter().chain(&schema.one_of);
        let mut alternatives: Vec<At<'d>> = alternatives.cloned().collect();
        alternatives.retain(|at| !Schema::read(at, &mut self.findings).says_only_required());
        alternatives
    }

    /// Collects a schema and all schemas that it is composed of.
    pub(in crate::lower) fn parts(
        &mut self,
        at: &At<'d>,
        seen: &mut BTreeSet<Pointer>,
        parts: &mut Vec<At<'d>>,
    ) {
        let mut waiting = vec![at.clone()];
        while let Some(part) = waiting.pop() {
            if !seen.insert(part.pointer().clone()) {
                continue;
            }
            let all_of = part.get("allOf");
            let all_of: Vec<_> = all_of.iter().flat_map(At::items).collect();
            waiting.extend(all_of.into_iter().rev());
            let reference = part.get("$ref");
            waiting.extend(reference.and_then(|reference| self.resolve_schema(&reference)));
            parts.push(part);
        }
    }

    /// The union of several kinds: by the names of the events, else by their data.
    fn kinds_union(
        &mut self,
        item: &Branch<'d>,
        kinds: &[EventKind<'d>],
        place: &Place,
    ) -> Lowered {
        let discriminator = self.discriminator_of_events(&item.schema);
        let schema = Schema {
            any_of: Vec::new(),
            one_of: Vec::new(),
            discriminator,
            ..item.schema.clone()
        };
        let has_name = |kind: &&EventKind<'d>| {
            let mut properties = kind.branch.schema.properties.iter();
            let event = properties.find(|(key, _)| key.name == EVENT);
            event.is_some_and(|(_, at)| at.get("const").or_else(|| at.get("enum")).is_some())
        };
        let is_named = |kind: &&EventKind<'d>| schema.discriminator.is_some() || has_name(kind);
        let (named, others): (Vec<&EventKind<'d>>, _) = kinds.iter().partition(is_named);
        if named.is_empty() {
            let branches: Vec<Branch<'d>> = kinds.iter().map(|kind| kind.branch.clone()).collect();
            self.refuse_marks(&branches);
            return self.data_of_kinds(&schema, &others, place);
        }
        let marked = named
            .iter()
            .map(|kind| (&kind.branch, self.mark_of_kind(kind)));
        let marked: Vec<Marked<'_, 'd>> = marked.collect();
        let (_, mut tagged) = self.tags(&schema, EVENT, without_errors(&marked));
        if !others.is_empty() {
            tagged.push(Tagged {
                tags: Vec::new(),
                members: others.iter().map(|kind| &kind.branch).collect(),
                takes_others: true,
            });
        }
        let tag = Tag {
            wire: EVENT.to_owned(),
            ty: TagType::EventName,
        };
        // Kinds that share their content share its type.
        let mut known: BTreeMap<*const Data<'d>, Lowered> = BTreeMap::new();
        let payload = &mut |lowering: &mut Self, members: &[&Branch<'d>], place: &Place| {
            let is_member = |kind: &&EventKind<'d>| {
                let mut members = members.iter();
                members.any(|member| std::ptr::eq(*member, &raw const kind.branch))
            };
            let kinds: Vec<&EventKind<'d>> = kinds.iter().filter(is_member).collect();
            match kinds.as_slice() {
                [only] => known
                    .entry(only.data.as_ptr())
                    .or_insert_with(|| lowering.data_of_kinds(&schema, &kinds, place))
                    .clone(),
                kinds => lowering.data_of_kinds(&schema, kinds, place),
            }
        };
        self.tagged_union(&schema, tag, tagged, &marked, place, payload)
    }

    /// The discriminator of an event, if the name of the event distinguishes the kinds.
    fn discriminator_of_events(&mut self, item: &Schema<'d>) -> Option<At<'d>> {
        let discriminator = item.discriminator.clone()?;
        let name = discriminator.get("propertyName")?;
        if name.as_str() != Some(EVENT) {
            return None;
        }
        let listed = self.event_alternatives(item);
        let listed: Vec<Branch<'d>> = listed.iter().map(|at| self.branch(at)).collect();
        self.check_mapping(&discriminator, &listed);
        Some(discriminator)
    }

    /// The name of a kind that has no event name: the name of its schema, else that of the type
    /// for unnamed events.
    pub(in crate::lower) fn unnamed_event(&mut self, branch: &Branch<'d>) -> String {
        let is_inline = component(branch.target.pointer()).is_none();
        if is_inline && branch.target.get("title").is_none() {
            return "message".to_owned();
        }
        self.branch_name(branch)
    }

    /// The mark of a kind, which is on its alternative or on the schema of its data.
    fn mark_of_kind(&mut self, kind: &EventKind<'d>) -> Option<Mark> {
        let own = self.mark(&kind.branch);
        match &*kind.data {
            [Data::Json(schema)] => {
                let branch = self.branch(schema);
                own.or(self.mark(&branch))
            }
            _ => own,
        }
    }

    /// Lowers the data of kinds that have no distinct names.
    fn data_of_kinds(
        &mut self,
        schema: &Schema<'d>,
        kinds: &[&EventKind<'d>],
        place: &Place,
    ) -> Lowered {
        let data = || kinds.iter().flat_map(|kind| kind.data.iter());
        let mut any = data().filter_map(|data| match data {
            Data::Any(at) => Some(at),
            Data::Json(_) | Data::Text => None,
        });
        if let Some(at) = any.next() {
            return Lowered::of(self.findings.untyped(at, "JSON without `contentSchema`"));
        }
        let json = data().filter_map(|data| match data {
            Data::Json(schema) => Some(schema),
            Data::Any(_) | Data::Text => None,
        });
        let json: Vec<&At<'d>> = json.collect();
        let has_texts = json.len() < data().count();
        match json.as_slice() {
            [] => Lowered::of(Type::Text),
            [only] if !has_texts => self.lower(only, place),
            _ if !has_texts => {
                let branches: Vec<Branch<'d>> = json.iter().map(|at| self.branch(at)).collect();
                let schema = Schema {
                    any_of: Vec::new(),
                    one_of: Vec::new(),
                    discriminator: None,
                    ..schema.clone()
                };
                self.several(&schema, &branches, place)
            }
            _ => {
                let message = "events with JSON cannot be distinguished from events with text";
                let problem = Diagnostic::new(Code::UnsupportedSchema, &schema.at, message);
                let help = "give each kind of event a name: a `const` for `event`";
                self.findings.push(
                    problem
                        .at_key()
                        .label("some have JSON, some text")
                        .help(help),
                );
                Lowered::refused()
            }
        }
    }
}

/// The properties of all these schemas.
fn properties<'d>(parts: &[At<'d>]) -> impl Iterator<Item = (&'d str, At<'d>)> + use<'d> {
    let objects = parts.iter().filter_map(|part| part.get("properties"));
    let objects: Vec<At<'d>> = objects.collect();
    objects.into_iter().flat_map(|at| {
        let members = at.members().map(|(key, at)| (key.name.as_str(), at));
        members.collect::<Vec<_>>()
    })
}
