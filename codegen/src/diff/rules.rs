//! Rules over the members of one object.
//!
//! ```yaml
//! allOf:                                            # new: what breaks it was sent, and is refused now
//! - if: {required: [response_format]}
//!   then: {properties: {model: {const: dall-e-2}}}
//! ```

use crate::model::{Condition, Rule, Statement, Struct};
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

/// What a rule states, by the names of members instead of their places.
pub(super) type Stated = (Vec<String>, Vec<Vec<String>>);

pub(super) fn stated(rule: &Rule, object: &Struct) -> Stated {
    let Rule {
        message: _,
        when,
        then,
        origin: _,
    } = rule;
    let all = |conditions: &[Condition]| {
        conditions
            .iter()
            .map(|condition| said(condition, object))
            .collect::<Vec<_>>()
    };
    (
        all(when),
        then.iter().map(|conditions| all(conditions)).collect(),
    )
}

fn said(condition: &Condition, object: &Struct) -> String {
    let Condition { field, test } = condition;
    let wire = object.fields.get(*field).map(|field| field.name.wire());
    format!("{:?} {test:?}", wire.unwrap_or_default())
}

/// Whether a client that knows only the old members can break a rule: it never sends the others.
fn concerns(rule: &Rule, new: &Struct, old: &Struct) -> bool {
    let unknown = |condition: &Condition| {
        let field = new.fields.get(condition.field);
        field.is_none_or(|field| find(&old.fields, field.name.wire()).is_none())
    };
    let is_present = |condition: &Condition| condition.test == Statement::Present;
    let never = rule
        .when
        .iter()
        .any(|condition| unknown(condition) && is_present(condition));
    let always = rule.then.iter().any(|conditions| {
        let mut conditions = conditions.iter();
        conditions.all(|condition| unknown(condition) && !is_present(condition))
    });
    !never && !always
}
