//! Responses, and the calls that ask for them.
//!
//! ```yaml
//! '200':                                   '200':
//!   content:                                 content:
//!     application/json: …                      application/json: …
//!                                              text/event-stream: …   # `call_stream`, additive
//! ```

use crate::model::{Call, Codec, MediaType, Operation, Output, Response, Status, Use};
use crate::spelling::{Reader, reader};
use crate::visible::{code_span, escaped};

use super::change::{Effect, Kind, Verdict};
use super::text::Side;
use super::types::breaking_if;
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Pairs the responses and compares them: first those that one call returns in both revisions,
    /// then those with the same status and media type. If each call reads all its successes as one
    /// type, successes also pair by media type alone.
    pub(super) fn responses(&mut self, old: &'a Operation, new: &'a Operation, spot: &Spot<'a>) {
        let called = |response: usize| {
            let is_one = |call: &&Call| matches!(call.output, Output::One(one) if one == response);
            let call = new.calls.iter().find(is_one)?;
            let mut before = old.calls.iter();
            let before = before.find(|other| other.kind == call.kind)?;
            let Output::One(before) = before.output else {
                return None;
            };
            same_kind(&old.responses[before], &new.responses[response]).then_some(before)
        };
        let taken: Vec<usize> = (0..new.responses.len()).filter_map(called).collect();
        let others = old.responses.iter().enumerate();
        let others = others.filter(|(place, _)| !taken.contains(place));
        let mut left: Vec<&'a Response> = others.map(|(_, response)| response).collect();
        for (place, response) in new.responses.iter().enumerate() {
            let before = called(place)
                .and_then(|place| old.responses.get(place))
                .or_else(|| take(&mut left, |before| key(before) == key(response)))
                .or_else(|| {
                    let may_move = has_one_type(old) && has_one_type(new);
                    take(&mut left, |before| may_move && is_moved(before, response))
                });
            match before {
                Some(before) => self.response(before, response, spot),
                None => {
                    let spot = Spot::added(spot.path.clone(), &response.origin);
                    let message = format!("may respond with {}", code_span(&name(response)));
                    let effect = Effect::NONE.received(self.added(old, response));
                    self.received(Kind::Added, effect, spot, message);
                }
            }
        }
        for response in left {
            let spot = Spot::removed(spot.path.clone(), &response.origin);
            let message = format!("no longer responds with {}", code_span(&name(response)));
            // A call that requests it is compared separately.
            self.received(Kind::Removed, Effect::NONE, spot, message);
        }
    }

    fn response(&mut self, old: &'a Response, new: &'a Response, operation: &Spot<'a>) {
        let Response {
            status,
            doc,
            // See `header`.
            headers: _,
            payload,
            origin,
        } = old;
        let path = format!("{} ({})", operation.path, escaped(&name(new)));
        let spot = Spot::both(path, origin, &new.origin);
        self.travelling(Use::RECEIVED, |walk| {
            if *status != new.status {
                let message = format!("has the status {} instead of {status}", new.status);
                walk.push(Kind::Changed, Effect::NONE, spot.clone(), message);
            }
            let (from, to) = (old.media_type(), new.media_type());
            if old.essence() != new.essence() {
                let [from, to] = [from, to].map(shown);
                let message = format!("is {to} instead of {from}");
                walk.push(Kind::Changed, Effect::NONE, spot.clone(), message);
            }
            if let (Some(old), Some(new)) = (payload, &new.payload) {
                // The effect on callers is reported for the call.
                walk.value(old.ty(), new.ty(), Verdict::Compatible, &spot);
            }
            walk.doc(doc, &new.doc, &spot);
        });
    }

    /// The methods that make calls.
    pub(super) fn calls(
        &mut self,
        (old, calls): (&'a Operation, &'a [Call]),
        new: &'a Operation,
        spot: &Spot<'a>,
    ) {
        for call in calls {
            let Call {
                kind,
                output,
                // Follows from the responses.
                accept: _,
                sets: _,
            } = call;
            let path = format!("{}::{}", spot.path, kind.method());
            let spot = Spot {
                path,
                ..spot.clone()
            };
            let Some(same) = new.calls.iter().find(|other| other.kind == *kind) else {
                let answer = self.answer(Side::Old, old, output);
                let message = format!("is gone; it returned `{answer}`");
                let effect = Effect::NONE
                    .rust(Verdict::Breaking)
                    .received(Verdict::Breaking);
                self.received(Kind::Removed, effect, spot, message);
                continue;
            };
            let (from, to) = (
                self.answer(Side::Old, old, output),
                self.answer(Side::New, new, &same.output),
            );
            if from != to {
                let wire = is_read_otherwise((old, output), (new, &same.output));
                let message = format!("returns `{to}` instead of `{from}`");
                let effect = Effect::NONE.rust(Verdict::Breaking).received(wire);
                self.received(Kind::Changed, effect, spot.clone(), message);
            }
            self.outputs((old, output), (new, &same.output), &spot);
            let asks = |call: &Call| call.kind.is_stream() && !call.sets.is_empty();
            if asks(call) != asks(same) {
                let (sets, verdict) = if asks(same) {
                    ("asks for a stream in the body", Verdict::Breaking)
                } else {
                    ("does not ask for a stream in the body", Verdict::Compatible)
                };
                let effect = Effect::NONE.received(verdict);
                self.received(Kind::Changed, effect, spot, sets.to_owned());
            }
        }
        for call in &new.calls {
            if !calls.iter().any(|other| other.kind == call.kind) {
                let path = format!("{}::{}", spot.path, call.kind.method());
                let answer = self.answer(Side::New, new, &call.output);
                let effect = Effect::NONE.rust(Verdict::Additive);
                let first = call.output.responses().next();
                let origin = first.map_or(&new.origin, |first| &new.responses[first].origin);
                let spot = Spot::added(path, origin);
                self.push(Kind::Added, effect, spot, format!("is new: `{answer}`"));
            }
        }
    }

    fn answer(&self, side: Side, operation: &Operation, output: &Output) -> String {
        let response = match output {
            Output::ByStatus(choice) => return format!("StatusResponse<{}>", choice.name.rust()),
            Output::One(response) => &operation.responses[*response],
        };
        self.reader(side, response)
    }

    fn reader(&self, side: Side, response: &Response) -> String {
        let Reader { name, ty } = reader(self.api(side), response);
        match ty {
            Some(ty) => format!("{name}<{}>", self.text(side, ty)),
            None => name.to_string(),
        }
    }

    /// The verdict for a new response. An error is additive, because its body is kept. A success
    /// with a new status is breaking, unless a call of the old crate can read it.
    fn added(&self, old: &Operation, new: &Response) -> Verdict {
        let reads_it = |call: &Call| match &call.output {
            Output::One(one) => {
                let before = &old.responses[*one];
                let same = self.reader(Side::Old, before) == self.reader(Side::New, new);
                before.payload.is_none() || same
            }
            Output::ByStatus(_) => false,
        };
        let is_stream = matches!(new.codec(), Some(Codec::Events(_) | Codec::Lines(_)));
        let mut statuses = old.responses.iter().map(|response| response.status);
        let is_new_status = statuses.all(|status| status != new.status);
        let is_new_success = new.status.is_success() && is_new_status && !is_stream;
        if is_new_success && !old.calls.iter().any(reads_it) {
            Verdict::Breaking
        } else {
            Verdict::Additive
        }
    }
}

/// True if each call reads all its successes as one type.
fn has_one_type(operation: &Operation) -> bool {
    let mut calls = operation.calls.iter();
    calls.all(|call| matches!(call.output, Output::One(_)))
}

/// The verdict for clients that read a success as another kind of content. The values are compared
/// with the response; a client that does not read the content accepts any.
fn is_read_otherwise(
    (old, output): (&Operation, &Output),
    (new, to): (&Operation, &Output),
) -> Verdict {
    let (Output::One(before), Output::One(after)) = (output, to) else {
        return Verdict::Compatible;
    };
    let (before, after) = (&old.responses[*before], &new.responses[*after]);
    breaking_if(!same_kind(before, after) && before.payload.is_some())
}

/// The first response of this kind, taken out of the others.
fn take<'r>(
    responses: &mut Vec<&'r Response>,
    wanted: impl Fn(&Response) -> bool,
) -> Option<&'r Response> {
    let place = responses.iter().position(|response| wanted(response))?;
    Some(responses.remove(place))
}

fn key(response: &Response) -> (Status, Option<String>) {
    (response.status, response.essence())
}

/// True if a success is the same one with another status.
fn is_moved(old: &Response, new: &Response) -> bool {
    let are_successes = old.status.is_success() && new.status.is_success();
    are_successes && old.essence() == new.essence()
}

/// True if two responses are read in the same way.
fn same_kind(one: &Response, other: &Response) -> bool {
    let kind = |response: &Response| response.codec().map(std::mem::discriminant);
    kind(one) == kind(other)
}

/// Status and media type.
fn name(response: &Response) -> String {
    match response.media_type() {
        Some(media_type) => format!("{} {media_type}", response.status),
        None => response.status.to_string(),
    }
}

fn shown(media_type: Option<&MediaType>) -> String {
    media_type.map_or("without content".to_owned(), |media_type| {
        code_span(media_type.as_str())
    })
}
