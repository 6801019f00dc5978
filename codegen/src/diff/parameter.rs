//! Parameters: their presence and their encoding.
//!
//! ```yaml
//! - {name: limit, in: query, schema: {type: integer}}   ->   required: true   # `new` takes it, and the server wants it
//! ```

use std::collections::BTreeSet;

use crate::model::{Encoding, Location, Parameter, Styled};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::types::breaking_if;
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Pairs the parameters of an operation by name and location, else by name, and compares them.
    pub(super) fn parameters(
        &mut self,
        old: &'a [Parameter],
        new: &'a [Parameter],
        operation: &Spot<'a>,
    ) {
        for parameter in new {
            match counterpart(parameter, new, old) {
                Some(before) => self.parameter(before, parameter, operation),
                None => self.parameter_added(parameter, operation),
            }
        }
        for parameter in old
            .iter()
            .filter(|parameter| counterpart(parameter, old, new).is_none())
        {
            let spot = Spot::removed(path(operation, parameter), &parameter.origin);
            let effect = Effect::NONE.rust(Verdict::Breaking).sent(Verdict::Breaking);
            let message = format!("is gone from the {}", parameter.location.as_str());
            self.push(Kind::Removed, effect, spot, message);
        }
        let both = |before: &'a Parameter| {
            let after = counterpart(before, old, new)?;
            (before.required && after.required).then(|| key(after))
        };
        let before: Vec<_> = old.iter().filter_map(both).collect();
        let after = new.iter().map(key).filter(|key| before.contains(key));
        if !after.eq(before.iter().copied()) {
            let message = "takes the parameters of `new` in a different order".to_owned();
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Changed, effect, operation.clone(), message);
        }
    }

    fn parameter_added(&mut self, parameter: &'a Parameter, operation: &Spot<'a>) {
        let spot = Spot::added(path(operation, parameter), &parameter.origin);
        let place = parameter.location.as_str();
        let (verdict, message) = if parameter.required {
            (
                Verdict::Breaking,
                format!("is new, and required in the {place}"),
            )
        } else {
            (Verdict::Additive, format!("is new in the {place}"))
        };
        let effect = Effect::NONE.rust(verdict).sent(verdict);
        self.push(Kind::Added, effect, spot, message);
    }

    fn parameter(&mut self, old: &'a Parameter, new: &'a Parameter, operation: &Spot<'a>) {
        let Parameter {
            name,
            doc,
            location,
            ty,
            required,
            limits,
            default,
            encoding,
            members,
            origin,
        } = old;
        let spot = Spot::both(path(operation, new), origin, &new.origin);
        self.rust_names(name, &new.name, true, &spot);
        self.value(ty, &new.ty, Verdict::Breaking, &spot);
        self.limits((limits, ty), (&new.limits, &new.ty), &spot);
        if *required != new.required {
            let message = if new.required {
                "is required"
            } else {
                "is optional"
            };
            let wire = if new.required {
                Verdict::Breaking
            } else {
                Verdict::Additive
            };
            let effect = Effect::NONE.rust(Verdict::Breaking).sent(wire);
            self.push(Kind::Changed, effect, spot.clone(), message.to_owned());
        }
        if *location != new.location {
            let (from, to) = (location.as_str(), new.location.as_str());
            let message = format!("is sent in the {to} instead of the {from}");
            let effect = Effect::NONE.sent(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
        if *location == new.location && *encoding != new.encoding {
            let message = format!(
                "is written as {} instead of {}",
                said(new.encoding),
                said(*encoding)
            );
            let effect = Effect::NONE.sent(breaking_if(true));
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
        let wires: BTreeSet<&String> = members.keys().chain(new.members.keys()).collect();
        for wire in wires {
            let (before, after) = (members.get(wire), new.members.get(wire));
            if before != after {
                let words =
                    |one: Option<&Encoding>| one.map_or("usual".to_owned(), |one| said(*one));
                let message = format!(
                    "has {} written as {} instead of {}",
                    code_span(wire),
                    words(after),
                    words(before)
                );
                let effect = Effect::NONE.sent(Verdict::Breaking);
                self.push(Kind::Changed, effect, spot.clone(), message);
            }
        }
        if *default != new.default {
            let message = match &new.default {
                Some(default) => format!("has the server's default {}", code_span(default)),
                None => "no longer has a default of the server".to_owned(),
            };
            self.push(Kind::Changed, Effect::NONE, spot.clone(), message);
        }
        self.doc(doc, &new.doc, &spot);
    }
}

fn key(parameter: &Parameter) -> (&str, Location) {
    (parameter.name.wire(), parameter.location)
}

/// The same parameter in the other revision: in the same location, or the only one of its name on
/// both sides.
fn counterpart<'p>(
    parameter: &Parameter,
    own: &[Parameter],
    others: &'p [Parameter],
) -> Option<&'p Parameter> {
    find(others, parameter).or_else(|| {
        only(own, parameter)?;
        only(others, parameter)
    })
}

fn only<'p>(parameters: &'p [Parameter], like: &Parameter) -> Option<&'p Parameter> {
    let mut namesakes = parameters
        .iter()
        .filter(|other| other.name.wire() == like.name.wire());
    let first = namesakes.next()?;
    namesakes.next().is_none().then_some(first)
}

fn find<'p>(parameters: &'p [Parameter], like: &Parameter) -> Option<&'p Parameter> {
    parameters.iter().find(|other| key(other) == key(like))
}

fn path(operation: &Spot<'_>, parameter: &Parameter) -> String {
    format!("{}::{}", operation.path, parameter.name.rust())
}

/// An encoding in the terms of the document.
pub(super) fn said(encoding: Encoding) -> String {
    match encoding {
        Encoding::Json => "JSON".to_owned(),
        Encoding::Text => "a text".to_owned(),
        Encoding::Form => "a form".to_owned(),
        Encoding::Style(Styled {
            style,
            explode,
            reserved,
            items,
        }) => {
            let mut words = vec![format!("`{}`", style.as_str())];
            if explode {
                words.push("`explode`".to_owned());
            }
            if reserved {
                words.push("`allowReserved`".to_owned());
            }
            words.extend(items.extension().map(|items| format!("`{items}`")));
            words.join(" with ")
        }
    }
}
