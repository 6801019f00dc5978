//! Decides which place gets a name that several places claim.
//!
//! ```text
//! component        ticket_type               TicketType
//! inline schema    ticket/properties/type    TicketPropertiesType: one more ancestor of its place
//! component        CreateResponse            CreateResponse
//! operation        createResponse            CreateResponseCall
//! components       Tui.Prompt, TuiPrompt     TuiFullStopPrompt, TuiPrompt
//! ```
//!
//! A place with an `x-rust-name` keeps its name; after it, a component has priority over all
//! others; of two components that differ in signs or capitals only, one with signs or capitals is
//! spelled out. Of the others, an operation has priority over an inline schema; places of equal
//! priority all take their longer names. So the name of a place depends on the places that claim
//! it, and not on any order.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Pointer, Span};
use crate::lower::{Draft, Lowering};
use crate::model::{Name, Operation, Output};

/// Priority of a claim, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum Standing {
    /// An inline schema, or the choice of a body.
    Inline,
    /// An operation.
    Operation,
    /// A component.
    Component,
    /// Any place with an `x-rust-name`.
    Pinned,
}

/// The claim of a place to a name.
struct Claim<'a> {
    /// The name to change if the claim yields.
    name: &'a mut Name,
    /// The longer names to take, in order, if the claim yields.
    longer: Vec<String>,
    standing: Standing,
    is_type: bool,
    at: Pointer,
    span: Option<Span>,
}

impl Lowering<'_> {
    /// Gives each type, operation and choice of a body its name, and reports those without a
    /// distinct name.
    pub(in crate::lower) fn settle_names(
        &mut self,
        drafts: &mut [Option<Draft>],
        operations: &mut [Operation],
    ) {
        let types = drafts.iter_mut().flatten().map(|draft| Claim {
            name: &mut draft.def.name,
            longer: std::mem::take(&mut draft.longer),
            standing: draft.standing,
            is_type: true,
            at: draft.def.origin.clone(),
            span: Some(draft.span),
        });
        let mut claims: Vec<Claim<'_>> = types.collect();
        for operation in operations {
            claims.extend(self.claims(operation));
        }
        let contested = settle(&mut claims);
        // The errors of two operations clash if the operations do, and one new name fixes both.
        let mut refused = BTreeSet::new();
        for mut group in contested {
            group.sort_by_key(|index| claims[*index].span.map(|span| (span.source, span.start)));
            if let [first, others @ ..] = group.as_slice() {
                for other in others {
                    let pair = [first, other].map(|index| &claims[*index]);
                    if refused.insert(pair.map(|claim| claim.at.clone())) {
                        self.refuse(pair[0], pair[1]);
                    }
                }
            }
        }
    }

    /// The claims of an operation: its own name, the enums for its body and its successes, and the
    /// aliases for its errors and headers.
    fn claims<'a>(&self, operation: &'a mut Operation) -> Vec<Claim<'a>> {
        let at = self.document.at(&operation.origin);
        let pinned = at
            .as_ref()
            .is_some_and(|at| at.get("x-rust-name").is_some());
        let rust = operation.name.rust.clone();
        let own = Claim {
            longer: (!pinned)
                .then(|| format!("{rust}Call"))
                .into_iter()
                .collect(),
            standing: if pinned {
                Standing::Pinned
            } else {
                Standing::Operation
            },
            name: &mut operation.name,
            is_type: false,
            at: operation.origin.clone(),
            span: at.map(|at| at.span()),
        };
        let part = |name: &'a mut Name, longer: String, at: &Pointer| Claim {
            name,
            longer: vec![longer],
            standing: Standing::Inline,
            is_type: false,
            span: self.document.at(at).map(|at| at.span()),
            at: at.clone(),
        };
        let mut claims = vec![own];
        if let Some(request) = &mut operation.request
            && let Some(name) = &mut request.choice
        {
            claims.push(part(name, format!("{rust}RequestBody"), &request.origin));
        }
        for call in &mut operation.calls {
            if let Output::ByStatus(choice) = &mut call.output {
                let own = choice.name.rust.trim_start_matches(&rust);
                let longer = format!("{rust}Responses{own}");
                claims.push(part(&mut choice.name, longer, &operation.origin));
            }
        }
        let longer = format!("{rust}ResponsesError");
        claims.push(part(&mut operation.errors.name, longer, &operation.origin));
        if let Some(headers) = &mut operation.headers {
            let longer = format!("{rust}ResponsesHeaders");
            claims.push(part(&mut headers.name, longer, &operation.origin));
        }
        claims
    }

    fn refuse(&mut self, first: &Claim<'_>, other: &Claim<'_>) {
        let Some(at) = self.document.at(&other.at) else {
            return;
        };
        let (rust, place) = (other.name.rust(), &first.at);
        let types = first.is_type && other.is_type;
        let pinned = [first, other].map(|claim| claim.standing == Standing::Pinned);
        let message = if types {
            format!("two different schemas would be the Rust type `{rust}`")
        } else {
            format!("two places of the document would be the Rust type `{rust}`")
        };
        let help = if types && pinned.contains(&true) {
            format!(
                "places that share an `x-rust-name` have the same values; the other one is {place}"
            )
        } else if types {
            format!("write `x-rust-name` on this schema or on {place}")
        } else {
            format!("write `x-rust-name` here or at {place}")
        };
        self.findings.push(
            Diagnostic::new(Code::NameClash, &at, message)
                .at_key()
                .label("this one")
                .help(help),
        );
    }
}

/// Lets claims yield until every name is unique, or none can yield. Returns the groups of equal
/// names that remain.
///
/// In each round, all yielding claims do so at once. Each has few names, so the rounds terminate.
fn settle(claims: &mut [Claim<'_>]) -> Vec<Vec<usize>> {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        holders
            .entry(claim.name.rust.clone())
            .or_default()
            .push(index);
    }
    let mut changed: BTreeSet<String> = holders.keys().cloned().collect();
    while !changed.is_empty() {
        let mut leaving = Vec::new();
        for name in &changed {
            if let Some(group) = holders.get_mut(name) {
                leaving.extend(take_yielding(claims, group));
            }
        }
        changed.clear();
        for index in leaving {
            let longer = claims[index].longer.remove(0);
            claims[index].name.rust.clone_from(&longer);
            changed.insert(longer.clone());
            holders.entry(longer).or_default().push(index);
        }
    }
    holders
        .into_values()
        .filter(|group| group.len() > 1)
        .collect()
}

/// Removes the yielding claims from the group of a name.
fn take_yielding(claims: &[Claim<'_>], group: &mut Vec<usize>) -> Vec<usize> {
    let standing = |index: &usize| claims[*index].standing;
    let highest = group.iter().map(standing).max();
    let Some(highest) = highest.filter(|_| group.len() > 1) else {
        return Vec::new();
    };
    let is_highest = |index: &usize| standing(index) == highest;
    let several = group.iter().filter(|index| is_highest(index)).count() > 1;
    let leaves = |index: &usize| {
        !claims[*index].longer.is_empty()
            && (!is_highest(index) || (several && highest < Standing::Pinned))
    };
    let leaving = group.iter().copied().filter(leaves).collect();
    group.retain(|index| !leaves(index));
    leaving
}
