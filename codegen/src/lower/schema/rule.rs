//! Rules over the members of one object: `if` with `then`, and sets of required members.
//!
//! ```yaml
//! allOf:
//! - description: '`dall-e-2` takes a prompt of at most 1000 characters.'
//!   if:   {properties: {model: {const: dall-e-2}}, required: [model]}
//!   then: {properties: {prompt: {maxLength: 1000}}}
//! anyOf: [{required: [url]}, {required: [id]}]
//! not: {required: [a, b]}
//! ```
//!
//! A violation is reported at the member with the demand; if it depends on several members, at the
//! object.
//!
//! A member that is null counts as absent: for the server both mean that nothing was chosen.

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Value};
use crate::model::{Access, Condition, Demand, Field, Presence, Rule, Shape, Statement, Type};

use crate::lower::Lowering;
use crate::lower::schema::Schema;
use crate::lower::schema::integer::fit;
use crate::lower::schema::object::constant_of;

/// An object with rules: its schema and its fields.
#[derive(Clone, Copy)]
struct Object<'a, 'd> {
    schema: &'a Schema<'d>,
    fields: &'a [Field],
}

impl<'d> Object<'_, 'd> {
    /// The value of a constant member, which is not a field.
    fn constant(self, wire: &str) -> Option<&'d str> {
        if self.fields.iter().any(|field| field.name.wire() == wire) {
            return None;
        }
        let mut properties = self.schema.properties.iter();
        let (_, at) = properties.find(|(key, _)| key.name == wire)?;
        constant_of(at)
    }
}

impl<'d> Lowering<'d> {
    pub(in crate::lower) fn rules(&mut self, schema: &Schema<'d>, fields: &[Field]) -> Vec<Rule> {
        let object = Object { schema, fields };
        let mut rules = Vec::new();
        if let Some((when, then)) = &schema.condition {
            rules.extend(self.conditional(&schema.at, when, then, object));
        }
        for branch in &schema.all_of {
            match (branch.get("if"), branch.get("then")) {
                (Some(when), Some(then)) => {
                    rules.extend(self.conditional(branch, &when, &then, object));
                }
                _ => rules.extend(self.required(branch, object)),
            }
        }
        for branches in [&schema.any_of, &schema.one_of] {
            rules.extend(self.one_of_sets(branches, object));
        }
        for not in &schema.not {
            rules.extend(self.not_all(not, object));
        }
        rules
    }

    fn conditional(
        &mut self,
        at: &At<'d>,
        when: &At<'d>,
        then: &At<'d>,
        object: Object<'_, 'd>,
    ) -> Option<Rule> {
        let uncertain = |mut conditions: Vec<Condition>| {
            conditions.retain(|condition| !is_certain(condition, object.fields));
            conditions
        };
        let when = uncertain(self.conditions(when, object)?);
        let then = demands(uncertain(self.conditions(then, object)?));
        let message = at.get("description").and_then(|text| text.as_str());
        let message = message.unwrap_or("breaks a rule of the description").trim();
        (!then.is_empty()).then(|| Rule {
            // Messages are joined, and those of other violations have no full stop.
            message: message.strip_suffix('.').unwrap_or(message).to_owned(),
            when,
            then,
            origin: at.pointer().clone(),
        })
    }

    /// Rules for required members, each on its own.
    fn required(&mut self, at: &At<'d>, object: Object<'_, 'd>) -> Vec<Rule> {
        let needed = self.conditions(at, object).unwrap_or_default();
        let rule = |condition: Condition| Rule {
            message: format!(
                "{} is needed",
                names(std::slice::from_ref(&condition), object.fields)
            ),
            when: Vec::new(),
            then: demands(vec![condition]),
            origin: at.pointer().clone(),
        };
        needed.into_iter().map(rule).collect()
    }

    /// A rule for alternative sets of required members: one set must be complete.
    fn one_of_sets(&mut self, branches: &[At<'d>], object: Object<'_, 'd>) -> Vec<Rule> {
        let [first, _, ..] = branches else {
            let only = branches.first();
            return only.map_or_else(Vec::new, |only| self.required(only, object));
        };
        let sets = branches
            .iter()
            .map(|branch| self.conditions(branch, object))
            .collect::<Option<Vec<_>>>();
        let rule = |sets: Vec<Vec<Condition>>| {
            let all: Vec<String> = sets.iter().map(|set| names(set, object.fields)).collect();
            Rule {
                message: format!("{} is needed", all.join(", or ")),
                when: Vec::new(),
                then: vec![Demand::Whole(sets)],
                origin: first.pointer().parent().unwrap_or_default(),
            }
        };
        // If a set is always complete, there is no demand.
        let sets = sets.filter(|sets| !sets.iter().any(Vec::is_empty));
        sets.map(rule).into_iter().collect()
    }

    /// A rule for `not: {required: […]}`: not all of these members at once.
    fn not_all(&mut self, not: &At<'d>, object: Object<'_, 'd>) -> Option<Rule> {
        let only_required = not.as_mapping().is_some_and(|mapping| mapping.len() == 1);
        let set = if only_required && not.get("required").is_some() {
            self.conditions(not, object)?
        } else {
            Vec::new()
        };
        if set.is_empty() {
            self.findings.note(
                not.pointer().clone(),
                "a `not` of anything but required members is left to the server",
            );
            return None;
        }
        let all = names(&set, object.fields);
        let absent = set.into_iter().map(|present| Condition {
            test: Statement::Absent,
            ..present
        });
        let absent: Vec<Condition> = absent.collect();
        let (message, then) = match absent.as_slice() {
            [_] => (format!("{all} has to be absent"), demands(absent)),
            _ => {
                let sets = absent.into_iter().map(|condition| vec![condition]);
                let message = format!("{all} exclude each other");
                (message, vec![Demand::Whole(sets.collect())])
            }
        };
        Some(Rule {
            message,
            when: Vec::new(),
            then,
            origin: not.pointer().clone(),
        })
    }

    /// The conditions of a schema on the members of its object; `None` if it has other keywords.
    fn conditions(&mut self, at: &At<'d>, object: Object<'_, 'd>) -> Option<Vec<Condition>> {
        let mut conditions = Vec::new();
        for (key, value) in at.members() {
            match key.name.as_str() {
                "required" => {
                    for name in value.items() {
                        let wire = name.as_str()?;
                        if object.constant(wire).is_some() {
                            continue;
                        }
                        conditions.push(Condition {
                            field: self.field_index(&name, wire, object)?,
                            test: Statement::Present,
                        });
                    }
                }
                "properties" => {
                    for (property, schema) in value.members() {
                        if let Some(constant) = object.constant(&property.name) {
                            let test = self.statement(&schema, &Type::String)?;
                            self.always(&schema, &test, constant)?;
                            continue;
                        }
                        let field = self.field_index(&schema, &property.name, object)?;
                        let test = self.statement(&schema, &object.fields[field].ty)?;
                        conditions.push(Condition { field, test });
                    }
                }
                "description" | "title" | "type" | "$comment" => {}
                _ => {
                    self.findings.note(
                        value.pointer().clone(),
                        "a condition of this kind is left to the server",
                    );
                    return None;
                }
            }
        }
        Some(conditions)
    }

    fn statement(&mut self, at: &At<'d>, ty: &Type) -> Option<Statement> {
        if let Value::Bool(false) = at.value() {
            return Some(Statement::Absent);
        }
        let schema = Schema::read(at, &mut self.findings);
        let texts = |values: &Vec<At<'d>>| {
            values
                .iter()
                .map(|value| value.as_str().map(str::to_owned))
                .collect()
        };
        let limits = Some(&schema.limits).filter(|limits| !limits.is_empty());
        let limits = limits.and_then(|limits| fit(limits, ty).ok());
        match (schema.values.as_ref().map(texts), limits) {
            (Some(Some(texts)), _) if self.is_text(ty) => Some(Statement::OneOf(texts)),
            (None, Some(limits)) => Some(Statement::Within(limits)),
            _ => {
                self.findings.note(
                    at.pointer().clone(),
                    "a condition of this kind is left to the server",
                );
                None
            }
        }
    }

    /// True if every value of the type is a string that rules can compare.
    fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::String => true,
            Type::Named(id) => match self.registry.draft(*id) {
                Some(draft) => matches!(draft.def.shape, Shape::OpenEnum(_)),
                None => {
                    let ty = self.registry.stands_for(*id);
                    ty.is_some_and(|ty| self.is_text(ty))
                }
            },
            _ => false,
        }
    }

    /// `Some` if a statement about a constant always holds. Otherwise it never holds.
    fn always(&mut self, at: &At<'d>, test: &Statement, constant: &str) -> Option<()> {
        let holds =
            matches!(test, Statement::OneOf(texts) if texts.iter().any(|text| text == constant));
        if !holds {
            let reason = "a rule for a constant member is left to the server";
            self.findings.note(at.pointer().clone(), reason);
        }
        holds.then_some(())
    }

    fn field_index(&mut self, at: &At<'d>, wire: &str, object: Object<'_, 'd>) -> Option<usize> {
        let index = object
            .fields
            .iter()
            .position(|field| field.name.wire() == wire);
        if index.is_none() {
            let problem = Diagnostic::new(
                Code::UnknownRequired,
                at,
                format!("`{wire}` is not a property of this object"),
            )
            .label("no such property")
            .assuming("the rule is left to the server");
            // Noted for the comparison, because it is not checked.
            let reason = "a rule for a member that is not a property is left to the server";
            self.findings.note(at.pointer().clone(), reason);
            let near = suggest(wire, object.fields.iter().map(|field| field.name.wire()));
            self.findings.push(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("use the properties that the object has"),
            });
        }
        index
    }
}

/// True if every value of the object meets the condition.
fn is_certain(condition: &Condition, fields: &[Field]) -> bool {
    let field = &fields[condition.field];
    let is_there = field.presence == Presence::Required && field.access == Access::Both;
    is_there && condition.test == Statement::Present
}

/// The demands of these conditions: one for each member, in the order of their first statements.
fn demands(conditions: Vec<Condition>) -> Vec<Demand> {
    let mut demands: Vec<(usize, Vec<Statement>)> = Vec::new();
    for Condition { field, test } in conditions {
        match demands.iter_mut().find(|(known, _)| *known == field) {
            Some((_, tests)) => tests.push(test),
            None => demands.push((field, vec![test])),
        }
    }
    let member = |(field, tests)| Demand::Member { field, tests };
    demands.into_iter().map(member).collect()
}

fn names(conditions: &[Condition], fields: &[Field]) -> String {
    let names: Vec<String> = conditions
        .iter()
        .map(|condition| format!("`{}`", fields[condition.field].name.wire()))
        .collect();
    names.join(" and ")
}
