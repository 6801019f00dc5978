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
        let before: Vec<Stated> = old.rules.iter().map(|rule| stated(rule, old)).collect();
        let after: Vec<Stated> = new.rules.iter().map(|rule| stated(rule, new)).collect();
        for (rule, said) in new.rules.iter().zip(&after) {
            let same = before.iter().position(|other| other == said);
            let same = same.and_then(|same| old.rules.get(same));
            match same {
                Some(same) if same.message == rule.message => {}
                Some(same) => {
                    let spot = Spot::both(spot.path.clone(), &same.origin, &rule.origin);
                    let message =
                        format!("tells a rule in other words: {}", code_span(&rule.message));
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
                let message = format!("has a rule less: {}", code_span(&rule.message));
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

/// When a rule applies and what it demands, by the names of members instead of their places, in an order of its own.
pub(super) type Stated = (Vec<String>, Vec<String>);

pub(super) fn stated(rule: &Rule, object: &Struct) -> Stated {
    let Rule {
        message: _,
        when,
        then,
        origin: _,
    } = rule;
    let wire = |field: usize| object.fields.get(field).map(|field| field.name.wire());
    let all = |conditions: &[Condition]| {
        let said = conditions
            .iter()
            .map(|Condition { field, test }| format!("{:?} {test:?}", wire(*field)));
        sorted(said)
    };
    let demand = |demand: &Demand| match demand {
        Demand::Member { field, tests } => {
            let tests = sorted(tests.iter().map(|test| format!("{test:?}")));
            format!("{:?} {tests:?}", wire(*field))
        }
        Demand::Whole(sets) => {
            let sets = sorted(sets.iter().map(|set| format!("{:?}", all(set))));
            format!("{sets:?}")
        }
    };
    (all(when), sorted(then.iter().map(demand)))
}

fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.collect();
    texts.sort();
    texts
}

/// Whether a client that knows only the old members can break a rule: it never sends the others.
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
