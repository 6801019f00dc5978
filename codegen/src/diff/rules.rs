//! Rules over the members of one object.
//!
//! ```yaml
//! allOf:                                            # new: what breaks it was sent, and is refused now
//! - if: {required: [response_format]}
//!   then: {properties: {model: {const: dall-e-2}}}
//! ```

use crate::model::{Condition, Demand, Rule, Statement, Struct};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::structure::find;
use super::walk::{Spot, Walk};

impl Walk<'_> {
    pub(super) fn rules(&mut self, old: &Struct, new: &Struct, spot: &Spot<'_>) {
        let before: Vec<Stated<'_>> = old.rules.iter().map(|rule| stated(rule, old)).collect();
        let after: Vec<Stated<'_>> = new.rules.iter().map(|rule| stated(rule, new)).collect();
        for (rule, said) in new.rules.iter().zip(&after) {
            let same = before.iter().position(|other| other == said);
            let same = same.and_then(|same| old.rules.get(same));
            match same {
                Some(same) if same.message == rule.message => {}
                Some(same) => {
                    let spot = Spot::both(spot.path.clone(), &same.origin, &rule.origin);
                    let message = format!(
                        "states a rule in different words: {}",
                        code_span(&rule.message)
                    );
                    self.push(Kind::Documentation, Effect::NONE, spot, message);
                }
                None => {
                    let verdict = if concerns(rule, new, old) {
                        Verdict::Breaking
                    } else {
                        Verdict::Compatible
                    };
                    let spot = Spot::added(spot.path.clone(), &rule.origin);
                    let message = format!("has a new rule: {}", code_span(&rule.message));
                    self.push(Kind::Added, Effect::NONE.sent(verdict), spot, message);
                }
            }
        }
        for (rule, said) in old.rules.iter().zip(&before) {
            if !after.contains(said) {
                let spot = Spot::removed(spot.path.clone(), &rule.origin);
                let message = format!("no longer has the rule: {}", code_span(&rule.message));
                self.push(
                    Kind::Removed,
                    Effect::NONE.sent(Verdict::Additive),
                    spot,
                    message,
                );
            }
        }
    }
}

/// A rule with the names of members instead of their indices.
#[derive(PartialEq)]
pub(super) struct Stated<'m> {
    when: Unordered<Said<'m>>,
    then: Unordered<Demanded<'m>>,
}

/// The name of a member, and a statement about it.
type Said<'m> = (Option<&'m str>, &'m Statement);

/// See [`Demand`].
#[derive(PartialEq)]
enum Demanded<'m> {
    Member(Option<&'m str>, Unordered<&'m Statement>),
    Whole(Unordered<Unordered<Said<'m>>>),
}

/// Parts whose order does not count.
struct Unordered<T>(Vec<T>);

impl<T: PartialEq> PartialEq for Unordered<T> {
    fn eq(&self, other: &Self) -> bool {
        let within = |one: &Self, other: &Self| one.0.iter().all(|part| other.0.contains(part));
        within(self, other) && within(other, self)
    }
}

impl<T> FromIterator<T> for Unordered<T> {
    fn from_iter<I: IntoIterator<Item = T>>(parts: I) -> Self {
        Self(parts.into_iter().collect())
    }
}

pub(super) fn stated<'m>(rule: &'m Rule, object: &'m Struct) -> Stated<'m> {
    let Rule {
        message: _,
        when,
        then,
        origin: _,
    } = rule;
    let wire = |field: usize| object.fields.get(field).map(|field| field.name.wire());
    let said = |Condition { field, test }: &'m Condition| (wire(*field), test);
    let demanded = |demand: &'m Demand| match demand {
        Demand::Member { field, tests } => Demanded::Member(wire(*field), tests.iter().collect()),
        Demand::Whole(sets) => {
            let sets = sets.iter().map(|set| set.iter().map(said).collect());
            Demanded::Whole(sets.collect())
        }
    };
    Stated {
        when: when.iter().map(said).collect(),
        then: then.iter().map(demanded).collect(),
    }
}

/// True if a client that knows only the old members can violate a rule: it never sends the others.
fn concerns(rule: &Rule, new: &Struct, old: &Struct) -> bool {
    let unknown = |field: usize| {
        let field = new.fields.get(field);
        field.is_none_or(|field| find(&old.fields, field.name.wire()).is_none())
    };
    let never = rule
        .when
        .iter()
        .any(|condition| unknown(condition.field) && condition.test == Statement::Present);
    let always = rule.then.iter().all(|demand| match demand {
        Demand::Member { field, tests } => unknown(*field) && !tests.contains(&Statement::Present),
        Demand::Whole(sets) => sets.iter().any(|set| {
            set.iter()
                .all(|condition| unknown(condition.field) && condition.test != Statement::Present)
        }),
    });
    !never && !always
}
