//! Responses, and the calls that ask for them.
//!
//! ```yaml
//! '200':                                   '200':
//!   content:                                 content:
//!     application/json: …                      application/json: …
//!                                              text/event-stream: …   # `call_stream`, additive
//! ```

use crate::model::{Call, Content, Operation, Response, Type, Use};

use crate::lower::essence;
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
    /// Compares what comes back: by status and media type, else, for a success, by media type alone, since every status
    /// from 200 to 299 is read alike.
    pub(super) fn responses(&mut self, old: &'a [Response], new: &'a [Response], spot: &Spot<'a>) {
        let mut left: Vec<&'a Response> = old
            .iter()
            .filter(|response| find(new, response).is_none())
            .collect();
        for response in new {
            let moved = left.iter().position(|before| {
                is_success(before)
                    && is_success(response)
                    && essence(&before.media_type) == essence(&response.media_type)
            });
            let before = find(old, response).or_else(|| moved.map(|place| left.remove(place)));
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
            media_type: _,
            doc,
            content,
            origin,
        } = old;
        let path = format!("{} ({})", operation.path, escaped(&name(new)));
        let spot = Spot::both(path, origin, &new.origin);
        self.travelling(RECEIVED, |walk| {
            if *status != new.status {
                let message = format!(
                    "has the status {} instead of {}",
                    escaped(&new.status),
                    escaped(status)
                );
                walk.push(Kind::Changed, Effect::NONE, spot.clone(), message);
            }
            if let (Some(old), Some(new)) = (value_of(content), value_of(&new.content)) {
                // What it is to callers is said of the call.
                walk.value(old, new, Verdict::Compatible, &spot);
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
                method,
                response,
                switches_stream,
            } = call;
            let path = format!("{}::{method}", spot.path);
            let spot = Spot {
                path,
                ..spot.clone()
            };
            let before = &old.responses[*response];
            let Some(same) = new.calls.iter().find(|other| other.method == *method) else {
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
                let same_kind = std::mem::discriminant(&before.content)
                    == std::mem::discriminant(&after.content);
                // The values are compared where the response is; one that is not read may be any.
                let wire = breaking_if(!same_kind && before.content != Content::Empty);
                let message = format!("gives `{to}` instead of `{from}`");
                let effect = Effect::NONE.rust(Verdict::Breaking).received(wire);
                self.travelling(RECEIVED, |walk| {
                    walk.push(Kind::Changed, effect, spot.clone(), message);
                });
            }
            if *switches_stream != same.switches_stream {
                let (sets, verdict) = if same.switches_stream {
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
            if !calls.iter().any(|other| other.method == call.method) {
                let response = &new.responses[call.response];
                let path = format!("{}::{}", spot.path, call.method);
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
        match &response.content {
            Content::Json(ty) => format!("JsonResponse<{}>", self.rust_type(side, ty)),
            Content::EventStream(ty) => format!("EventResponse<{}>", self.rust_type(side, ty)),
            Content::Empty => "EmptyResponse".to_owned(),
        }
    }
}

fn find<'r>(responses: &'r [Response], like: &Response) -> Option<&'r Response> {
    let key = |response: &Response| (response.status.clone(), essence(&response.media_type));
    responses.iter().find(|response| key(response) == key(like))
}

fn value_of(content: &Content) -> Option<&Type> {
    match content {
        Content::Json(ty) | Content::EventStream(ty) => Some(ty),
        Content::Empty => None,
    }
}

fn is_success(response: &Response) -> bool {
    response.status.starts_with('2')
}

/// Status and media type.
fn name(response: &Response) -> String {
    format!("{} {}", response.status, response.media_type)
        .trim_end()
        .to_owned()
}
