//! Names of the alternatives of a union without a tag.
//!
//! ```yaml
//! anyOf:
//! - {type: array, items: {type: string}}                   # ArrayOfString
//! - {type: array, items: {type: integer}}                  # ArrayOfInteger
//! - {type: object, properties: {kind: {const: file}}}      # File
//! - {type: object, required: [url], properties: {url: …}}  # Url
//! - {type: boolean}                                        # Boolean
//! ```
//!
//! An alternative has the name of its component, its title or its type. Those that would have the
//! same name are distinguished by a feature that only one of them has: a constant, a required
//! member, items of a type, a format; if these are not enough, an optional member, or all required
//! members together. Equal alternatives are merged.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem::{Discriminant, discriminant};

use crate::document::At;
use crate::lower::Lowering;
use crate::lower::names::name;
use crate::lower::schema::Schema;
use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::object::constant_of;
use crate::lower::schema::scalar_type::scalar;
use crate::lower::schema::union::Branch;
use crate::model::{Name, Type};

/// Keywords that are ignored when schemas are compared.
pub(in crate::lower) const PROSE: [&str; 5] =
    ["title", "description", "example", "examples", "deprecated"];

/// Equal alternatives, merged into one.
pub(in crate::lower) struct Alternative<'b, 'd> {
    /// The first of them.
    pub(in crate::lower) branch: &'b Branch<'d>,
    /// True if others, which may have different bounds, are merged into it.
    pub(in crate::lower) is_merged: bool,
}

/// The alternatives, each once.
pub(in crate::lower) fn distinct<'b, 'd>(
    branches: Vec<&'b Branch<'d>>,
) -> Vec<Alternative<'b, 'd>> {
    let mut kept: Vec<Alternative<'b, 'd>> = Vec::new();
    let mut known: HashMap<Essence, usize> = HashMap::new();
    for branch in branches {
        match known.entry(essence(branch)) {
            Entry::Occupied(index) => kept[*index.get()].is_merged = true,
            Entry::Vacant(free) => {
                free.insert(kept.len());
                kept.push(Alternative {
                    branch,
                    is_merged: false,
                });
            }
        }
    }
    kept
}

/// A key that is equal for equal alternatives.
#[derive(PartialEq, Eq, Hash)]
enum Essence {
    /// Numbers of one Rust type.
    Number(Discriminant<Type>),
    /// The JSON text of a schema, without its prose.
    Schema(String),
}

fn essence(branch: &Branch<'_>) -> Essence {
    let numeric = [JsonType::Integer, JsonType::Number];
    let json_type = branch.schema.single_type();
    if let Some(number) = json_type.filter(|json_type| numeric.contains(json_type)) {
        return Essence::Number(discriminant(&scalar(number, &branch.schema)));
    }
    let mut json = branch.target.node().to_json();
    if let Some(members) = json.as_object_mut() {
        members.retain(|key, _| !PROSE.contains(&key.as_str()));
    }
    Essence::Schema(json.to_string())
}

impl<'d> Lowering<'d> {
    /// A name for each alternative.
    pub(in crate::lower) fn alternative_names(&mut self, branches: &[&Branch<'d>]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for branch in branches {
            names.push(self.branch_name(branch));
        }
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            let rust = Name::of(name::Kind::Variant, name).rust;
            groups.entry(rust).or_default().push(index);
        }
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let mut marks = Vec::new();
            for index in &group {
                marks.push(self.marks_of(&branches[*index].schema));
            }
            let counts = Counts::of(&marks);
            let own = marks.iter().map(|marks| counts.first_of_one(marks));
            let own: Vec<Option<&str>> = own.collect();
            let is_clear = own.iter().filter(|own| own.is_none()).count() < 2;
            let sets = required_sets(&marks);
            for (place, index) in group.into_iter().enumerate() {
                let further = || {
                    let optional = counts.first_optional(&marks[place]);
                    optional.or_else(|| Some(sets.as_ref()?.get(place)?.as_str()))
                };
                let further = || further().filter(|further| !is_clear && !further.is_empty());
                if let Some(own) = own[place].or_else(further) {
                    own.clone_into(&mut names[index]);
                }
            }
        }
        names
    }

    /// The name of the component, else the title, else the type.
    pub(in crate::lower) fn branch_name(&mut self, branch: &Branch<'d>) -> String {
        let segments: Vec<String> = branch
            .target
            .pointer()
            .segments()
            .map(|segment| segment.to_string())
            .collect();
        if let [_, schemas, name] = segments.as_slice()
            && schemas == "schemas"
        {
            return name.clone();
        }
        if let Some(title) = branch.schema.text("title", &mut self.findings) {
            return title.to_owned();
        }
        match branch.schema.single_type() {
            Some(json_type) => json_type.as_str().to_owned(),
            None if branch.schema.values.is_some() => "string".to_owned(),
            None => "object".to_owned(),
        }
    }

    /// The marks that may distinguish an alternative from others of the same name.
    fn marks_of(&mut self, schema: &Schema<'d>) -> Marks {
        let properties = || schema.properties.iter();
        let constants = properties().filter_map(|(_, at)| constant_of(at));
        let required = schema.required.iter().filter_map(At::as_str);
        let listed = properties().map(|(key, _)| key.name.as_str());
        let optional = listed.clone().map(str::to_owned).collect();
        let members: BTreeSet<String> = required.clone().chain(listed).map(str::to_owned).collect();
        let format = schema.format.or(schema.base64.then_some("base64"));
        let items = schema.items.as_ref().map(|items| self.items_name(items));
        Marks {
            constants: constants.map(str::to_owned).collect(),
            required: required.map(str::to_owned).collect(),
            optional,
            members,
            types: items.into_iter().chain(format.map(str::to_owned)).collect(),
        }
    }

    /// `array of …`, down to the innermost items.
    fn items_name(&mut self, items: &At<'d>) -> String {
        let branch = self.branch(items);
        match &branch.schema.items {
            Some(inner) if branch.target.pointer() == items.pointer() => {
                format!("array of {}", self.items_name(inner))
            }
            _ => format!("array of {}", self.branch_name(&branch)),
        }
    }
}

/// The marks that may distinguish an alternative from others of the same name.
struct Marks {
    constants: BTreeSet<String>,
    /// In the order of the document.
    required: Vec<String>,
    /// The names of the properties, in the order of the document.
    optional: Vec<String>,
    /// All members that it names.
    members: BTreeSet<String>,
    /// The types of its items, or its format.
    types: BTreeSet<String>,
}

/// The required members of each alternative, as `a and b`, if they are distinct.
fn required_sets(marks: &[Marks]) -> Option<Vec<String>> {
    let sets: Vec<BTreeSet<&String>> = marks
        .iter()
        .map(|marks| marks.required.iter().collect())
        .collect();
    let distinct: BTreeSet<_> = sets.iter().collect();
    let texts = marks.iter().map(|marks| marks.required.join(" and "));
    (distinct.len() == sets.len()).then(|| texts.collect())
}

/// The number of alternatives that have a mark.
struct Counts<'m> {
    constants: BTreeMap<&'m str, usize>,
    members: BTreeMap<&'m str, usize>,
    types: BTreeMap<&'m str, usize>,
}

impl<'m> Counts<'m> {
    fn of(marks: &'m [Marks]) -> Self {
        let count = |list: fn(&Marks) -> &BTreeSet<String>| {
            let mut counts = BTreeMap::new();
            for mark in marks.iter().flat_map(list) {
                *counts.entry(mark.as_str()).or_default() += 1;
            }
            counts
        };
        Self {
            constants: count(|marks| &marks.constants),
            members: count(|marks| &marks.members),
            types: count(|marks| &marks.types),
        }
    }

    /// The first mark that no other alternative has.
    fn first_of_one<'a>(&self, marks: &'a Marks) -> Option<&'a str> {
        let alone = |counts: &BTreeMap<&str, usize>, mark: &&String| counts[mark.as_str()] == 1;
        let mut constants = marks.constants.iter();
        let mut required = marks.required.iter();
        let mut types = marks.types.iter();
        let first = constants.find(|mark| alone(&self.constants, mark));
        let first = first.or_else(|| required.find(|mark| alone(&self.members, mark)));
        let first = first.or_else(|| types.find(|mark| alone(&self.types, mark)));
        first.map(String::as_str)
    }

    /// The first property that no other alternative has.
    fn first_optional<'a>(&self, marks: &'a Marks) -> Option<&'a str> {
        let mut optional = marks.optional.iter();
        let first = optional.find(|mark| self.members[mark.as_str()] == 1);
        first.map(String::as_str)
    }
}
