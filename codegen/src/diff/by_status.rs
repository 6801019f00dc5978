//! Enums over the statuses: the successes of a call, and the errors of an operation.
//!
//! ```yaml
//! responses:                       responses:
//!   '404': …Problem                  '404': …Problem
//!                                    '409': …Problem     # `Error::Conflict`, additive
//! ```
//!
//! Compares only the Rust interface. The values are compared with the responses.

use crate::model::{Operation, Output, Response, StatusVariant};
use crate::spelling::status_content;

use super::change::{Effect, Kind, Verdict};
use super::text::Side;
use super::walk::{Spot, Walk};

/// Variants of an enum over the statuses, and the responses that they refer to.
type Variants<'a> = (&'a [StatusVariant], &'a [Response]);

impl<'a> Walk<'a> {
    /// Compares the errors that an operation describes.
    pub(super) fn errors(&mut self, old: &'a Operation, new: &'a Operation, spot: &Spot<'a>) {
        let spot = Spot {
            path: new.errors.name.rust().to_owned(),
            ..spot.clone()
        };
        self.rust_names(&old.errors.name, &new.errors.name, true, &spot);
        let (before, after) = (errors(self.old, old), errors(self.new, new));
        self.variants_by_status(before, after, &spot);
    }

    /// Compares the enums over the statuses that calls return.
    pub(super) fn outputs(
        &mut self,
        (old, output): (&'a Operation, &'a Output),
        (new, to): (&'a Operation, &'a Output),
        spot: &Spot<'a>,
    ) {
        let (Output::ByStatus(choice), Output::ByStatus(to)) = (output, to) else {
            return;
        };
        let spot = Spot {
            path: to.name.rust().to_owned(),
            ..spot.clone()
        };
        let before = (choice.variants.as_slice(), old.responses.as_slice());
        let after = (to.variants.as_slice(), new.responses.as_slice());
        self.variants_by_status(before, after, &spot);
    }

    fn variants_by_status(&mut self, old: Variants<'a>, new: Variants<'a>, spot: &Spot<'a>) {
        for variant in old.0 {
            let StatusVariant {
                name,
                response,
                // The server chooses the media type of the response.
                only: _,
            } = variant;
            let before = &old.1[*response];
            let spot = |after: Option<&'a Response>| Spot {
                path: format!("{}::{}", spot.path, name.rust()),
                old: Some(&before.origin),
                new: after.map(|after| &after.origin),
            };
            let mut others = new.0.iter();
            let Some(after) = others.find(|other| other.name.rust() == name.rust()) else {
                let effect = Effect::NONE.rust(Verdict::Breaking);
                self.received(Kind::Removed, effect, spot(None), "is gone".to_owned());
                continue;
            };
            let after = &new.1[after.response];
            let (from, to) = (
                self.content(Side::Old, before),
                self.content(Side::New, after),
            );
            if from != to {
                let message = format!("holds {} instead of {}", shown(to), shown(from));
                let effect = Effect::NONE.rust(Verdict::Breaking);
                self.received(Kind::Changed, effect, spot(Some(after)), message);
            }
        }
        for variant in new.0 {
            let is_known = |other: &StatusVariant| other.name.rust() == variant.name.rust();
            if !old.0.iter().any(is_known) {
                let response = &new.1[variant.response];
                let path = format!("{}::{}", spot.path, variant.name.rust());
                let message = format!("is new, with {}", shown(self.content(Side::New, response)));
                let effect = Effect::NONE.rust(Verdict::Additive);
                let spot = Spot::added(path, &response.origin);
                self.received(Kind::Added, effect, spot, message);
            }
        }
    }

    /// The Rust type that a variant holds.
    fn content(&self, side: Side, response: &Response) -> Option<String> {
        let content = status_content(self.api(side), response)?;
        Some(self.text(side, content))
    }
}

fn errors<'a>(api: &'a crate::model::Api, operation: &'a Operation) -> Variants<'a> {
    match operation.errors.set {
        Some(set) => {
            let set = &api.errors[set];
            let responses = &api.operations[set.operation].responses;
            (&set.choice.variants, responses)
        }
        None => (&[], &[]),
    }
}

fn shown(content: Option<String>) -> String {
    content.map_or_else(|| "nothing".to_owned(), |content| format!("`{content}`"))
}
