//! Responses, and the calls that ask for them.
//!
//! ```yaml
//! '200':                                   '200':
//!   content:                                 content:
//!     application/json: …                      application/json: …
//!                                              text/event-stream: …   # `call_stream`, additive
//! ```

use crate::lower::essence;
use crate::model::{Call, CallKind, Codec, Operation, Response, Status, Use};
use crate::visible::{code_span, escaped};

use super::change::{Effect, Kind, Verdict};
use super::text::Side;
use super::types::breaking_if;
use super::walk::{Spot, Walk};

/// The way of what a caller gets.
const RECEIVED: Use = Use {
    sent: false,
    received: true,
};

impl<'a> Walk<'a> {
    /// Compares what comes back: what one call gives, else by status and media type, else, for a success, by media type
    /// alone, since every status from 200 to 299 is read alike.
    pub(super) fn responses(&mut self, old: &'a Operation, new: &'a Operation, spot: &Spot<'a>) {
        let called = |response: usize| {
            let call = new.calls.iter().find(|call| call.response == response)?;
            let mut before = old.calls.iter();
            let before = before.find(|other| other.kind == call.kind)?.response;
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
                .or_else(|| take(&mut left, |before| is_moved(before, response)));
            match before {
                Some(before) => self.response(before, response, spot),
                None => {
                    let spot = Spot::added(spot.path.clone(), &response.origin);
                    let message = format!("may answer {}", code_span(&name(response)));
                    let effect = Effect::NONE.received(Verdict::Additive);
                    self.travelling(RECEIVED, |walk| {
                        walk.push(Kind::Added, effect, spot, message);
                    });
                }
            }
        }
        for response in left {
            let spot = Spot::removed(spot.path.clone(), &response.origin);
            let message = format!("does not answer {}", code_span(&name(response)));
            // A call that asks for it is compared for itself.
            self.travelling(RECEIVED, |walk| {
                walk.push(Kind::Removed, Effect::NONE, spot, message);
            });
        }
    }

    fn response(&mut self, old: &'a Response, new: &'a Response, operation: &Spot<'a>) {
        let Response {
            status,
            doc,
            payload,
            origin,
        } = old;
        let path = format!("{} ({})", operation.path, escaped(&name(new)));
        let spot = Spot::both(path, origin, &new.origin);
        self.travelling(RECEIVED, |walk| {
            if *status != new.status {
                let message = format!("has the status {} instead of {status}", new.status);
                walk.push(Kind::Changed, Effect::NONE, spot.clone(), message);
            }
            let (from, to) = (old.media_type(), new.media_type());
            if essence(from) != essence(to) {
                let message = format!("is {} instead of {}", code_span(to), code_span(from));
                walk.push(Kind::Changed, Effect::NONE, spot.clone(), message);
            }
            if let (Some(old), Some(new)) = (payload, &new.payload) {
                // What it is to callers is said of the call.
                walk.value(old.ty(), new.ty(), Verdict::Compatible, &spot);
            }
            walk.doc(doc, &new.doc, &spot);
        });
    }

    /// The methods that ask.
    pub(super) fn calls(
        &mut self,
        (old, calls): (&'a Operation, &[Call]),
        new: &'a Operation,
        spot: &Spot<'a>,
    ) {
        for call in calls {
            let Call {
                kind,
                response,
                sets: _,
            } = call;
            let path = format!("{}::{}", spot.path, kind.method());
            let spot = Spot {
                path,
                ..spot.clone()
            };
            let before = &old.responses[*response];
            let Some(same) = new.calls.iter().find(|other| other.kind == *kind) else {
                let message = format!("is gone, with the answer {}", code_span(&name(before)));
                let effect = Effect::NONE
                    .rust(Verdict::Breaking)
                    .received(Verdict::Breaking);
                self.travelling(RECEIVED, |walk| {
                    walk.push(Kind::Removed, effect, spot, message);
                });
                continue;
            };
            let after = &new.responses[same.response];
            let (from, to) = (
                self.answer(Side::Old, before),
                self.answer(Side::New, after),
            );
            if from != to {
                // The values are compared where the response is; one that is not read may be any.
                let wire = breaking_if(!same_kind(before, after) && before.payload.is_some());
                let message = format!("gives `{to}` instead of `{from}`");
                let effect = Effect::NONE.rust(Verdict::Breaking).received(wire);
                self.travelling(RECEIVED, |walk| {
                    walk.push(Kind::Changed, effect, spot.clone(), message);
                });
            }
            let asks = |call: &Call| call.kind == CallKind::Stream && !call.sets.is_empty();
            if asks(call) != asks(same) {
                let (sets, verdict) = if asks(same) {
                    ("asks for a stream in the body", Verdict::Breaking)
                } else {
                    ("does not ask for a stream in the body", Verdict::Compatible)
                };
                let effect = Effect::NONE.received(verdict);
                self.travelling(RECEIVED, |walk| {
                    walk.push(Kind::Changed, effect, spot, sets.to_owned());
                });
            }
        }
        for call in &new.calls {
            if !calls.iter().any(|other| other.kind == call.kind) {
                let response = &new.responses[call.response];
                let path = format!("{}::{}", spot.path, call.kind.method());
                let message = format!("is new: `{}`", self.answer(Side::New, response));
                let effect = Effect::NONE.rust(Verdict::Additive);
                self.push(
                    Kind::Added,
                    effect,
                    Spot::added(path, &response.origin),
                    message,
                );
            }
        }
    }

    fn answer(&self, side: Side, response: &Response) -> String {
        match codec(response) {
            Some(Codec::Json(ty)) => format!("JsonResponse<{}>", self.rust_type(side, ty)),
            Some(Codec::Events(ty)) => format!("EventResponse<{}>", self.rust_type(side, ty)),
            Some(Codec::Text(_)) => "TextResponse".to_owned(),
            Some(Codec::Bytes(_)) => "BytesResponse".to_owned(),
            Some(Codec::Form(_)) | None => "EmptyResponse".to_owned(),
        }
    }
}

/// The first response of this kind, taken out of the others.
fn take<'r>(
    responses: &mut Vec<&'r Response>,
    wanted: impl Fn(&Response) -> bool,
) -> Option<&'r Response> {
    let place = responses.iter().position(|response| wanted(response))?;
    Some(responses.remove(place))
}

fn key(response: &Response) -> (Status, String) {
    (response.status, essence(response.media_type()))
}

/// Whether a success is the same one with another status.
fn is_moved(old: &Response, new: &Response) -> bool {
    let are_successes = old.status.is_success() && new.status.is_success();
    are_successes && essence(old.media_type()) == essence(new.media_type())
}

fn codec(response: &Response) -> Option<&Codec> {
    response.payload.as_ref().map(|payload| &payload.codec)
}

/// True if two responses are read in the same way.
fn same_kind(one: &Response, other: &Response) -> bool {
    let kind = |response| codec(response).map(std::mem::discriminant);
    kind(one) == kind(other)
}

/// Status and media type.
fn name(response: &Response) -> String {
    format!("{} {}", response.status, response.media_type())
        .trim_end()
        .to_owned()
}
