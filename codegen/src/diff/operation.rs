//! Operations: their names, their requests, and their bodies.
//!
//! ```yaml
//! post:                                    post:
//!   requestBody:                             requestBody:
//!     content:                                 content:
//!       multipart/form-data: …                   multipart/form-data: …
//!                                                application/json: …      # additive
//! ```

use std::collections::BTreeMap;

use crate::model::{Conversion, Operation, Payload, Request, Shape, Type, Use};
use crate::visible::{code_span, escaped};

use super::change::{Effect, Kind, Verdict};
use super::text::Side;
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Compares the document as a whole.
    pub(super) fn document(&mut self, title: &str) {
        let root = crate::document::Pointer::root();
        let spot = Spot::both("crate", &root, &root);
        if title != self.new.title {
            let message = format!("has the title {}", code_span(&self.new.title));
            self.push(Kind::Documentation, Effect::NONE, spot.clone(), message);
        }
    }

    /// Compares operations: by method and path, else by id.
    pub(super) fn operations(&mut self, old: &'a [Operation]) {
        let new = &self.new.operations;
        let (before, after) = (Index::new(old), Index::new(new));
        for operation in new {
            match before.counterpart(operation, &after) {
                Some(before) => self.operation(before, operation),
                None => {
                    let effect = Effect::NONE.rust(Verdict::Additive).wire(Verdict::Additive);
                    let spot = Spot::added(operation.name.rust(), &operation.origin);
                    let message = format!("is new: {}", place(operation));
                    self.sent(Kind::Added, effect, spot, message);
                }
            }
        }
        for operation in old {
            if after.counterpart(operation, &before).is_none() {
                let effect = Effect::NONE.rust(Verdict::Breaking).wire(Verdict::Breaking);
                let spot = Spot::removed(operation.name.rust(), &operation.origin);
                let message = format!("is gone: {}", place(operation));
                self.sent(Kind::Removed, effect, spot, message);
            }
        }
    }

    fn operation(&mut self, old: &'a Operation, new: &'a Operation) {
        let Operation {
            name,
            doc,
            method,
            path,
            parameters,
            request,
            // See `responses`.
            responses: _,
            errors: _,
            headers: _,
            calls,
            conversions,
            // See `security`.
            security: _,
            servers,
            // See `group`.
            group: _,
            origin,
        } = old;
        let spot = Spot::both(new.name.rust(), origin, &new.origin);
        self.rust_names(name, &new.name, true, &spot);
        self.doc(doc, &new.doc, &spot);
        self.travelling(Use::SENT, |walk| {
            if (method, &path.text) != (&new.method, &new.path.text) {
                let message = format!("is {} instead of {}", place(new), place(old));
                let effect = Effect::NONE.wire(Verdict::Breaking);
                walk.push(Kind::Changed, effect, spot.clone(), message);
            }
            walk.parameters(parameters, &new.parameters, &spot);
            match (request, &new.request) {
                (Some(body), Some(to)) => walk.body(body, to, &spot),
                (None, Some(to)) => walk.body_added(to, &spot),
                (Some(body), None) => {
                    let effect = Effect::NONE.rust(Verdict::Breaking).wire(Verdict::Breaking);
                    let spot = Spot::both(spot.path.clone(), &body.origin, &new.origin);
                    walk.push(
                        Kind::Removed,
                        effect,
                        spot,
                        "no longer takes a body".to_owned(),
                    );
                }
                (None, None) => {}
            }
        });
        self.group(old, new, &spot);
        self.security(old, new, &spot);
        self.own_servers(servers, &new.servers, &spot);
        self.responses(old, new, &spot);
        self.calls((old, calls), new, &spot);
        self.errors(old, new, &spot);
        self.headers(old, new, &spot);
        self.conversions(conversions, &new.conversions, &spot);
    }

    fn body_added(&mut self, new: &'a Request, spot: &Spot<'a>) {
        let (wire, message) = if new.required {
            (Verdict::Breaking, "needs a body")
        } else {
            (Verdict::Additive, "takes a body")
        };
        let effect = Effect::NONE.rust(Verdict::Breaking).sent(wire);
        let spot = Spot {
            new: Some(&new.origin),
            ..spot.clone()
        };
        self.push(Kind::Added, effect, spot, message.to_owned());
    }

    fn body(&mut self, old: &'a Request, new: &'a Request, operation: &Spot<'a>) {
        let Request {
            choice,
            required,
            payloads,
            origin,
        } = old;
        let spot = Spot::both(operation.path.clone(), origin, &new.origin);
        if *required != new.required {
            let (effect, message) = if new.required {
                let effect = Effect::NONE.rust(Verdict::Breaking).sent(Verdict::Breaking);
                (effect, "cannot be called without a body")
            } else {
                let effect = Effect::NONE.rust(Verdict::Additive).sent(Verdict::Additive);
                (effect, "can be called without a body")
            };
            self.push(Kind::Changed, effect, spot.clone(), message.to_owned());
        }
        // A body that becomes one of several is still accepted directly.
        let names = match (choice, &new.choice) {
            (Some(choice), Some(to)) if choice.rust() != to.rust() => Some(format!(
                "takes `{}` instead of `{}`",
                to.rust(),
                choice.rust()
            )),
            (Some(choice), None) => Some(format!("takes one type instead of `{}`", choice.rust())),
            _ => None,
        };
        if let Some(message) = names {
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
        self.taken(old, new, &spot);
        for body in &new.payloads {
            match counterpart(body, &new.payloads, payloads) {
                Some(before) => self.body_content(before, body, &spot),
                None => {
                    let message =
                        format!("takes a body in {}", code_span(body.media_type.as_str()));
                    let effect = Effect::NONE.rust(Verdict::Additive).sent(Verdict::Additive);
                    self.push(Kind::Added, effect, spot.clone(), message);
                }
            }
        }
        for body in payloads {
            if counterpart(body, payloads, &new.payloads).is_none() {
                let message = format!(
                    "no longer takes a body in {}",
                    code_span(body.media_type.as_str())
                );
                let effect = Effect::NONE.rust(Verdict::Breaking).sent(Verdict::Breaking);
                self.push(Kind::Removed, effect, spot.clone(), message);
            }
        }
    }

    /// A body that becomes one of several is still accepted directly, unless another body has the
    /// same type.
    fn taken(&mut self, old: &Request, new: &Request, spot: &Spot<'_>) {
        let before = |ty: &Type| old.has_type_once(ty);
        for body in old.payloads.iter().filter(|body| before(body.ty())) {
            let same = counterpart(body, &old.payloads, &new.payloads);
            if new.choice.is_some() && same.is_some_and(|same| !new.has_type_once(same.ty())) {
                let message = format!(
                    "cannot be made from `{}`, which bodies of several media types have",
                    self.rust_type(Side::Old, body.ty())
                );
                let effect = Effect::NONE.rust(Verdict::Breaking);
                self.push(Kind::Removed, effect, spot.clone(), message);
            }
        }
    }

    fn body_content(&mut self, old: &'a Payload, new: &'a Payload, spot: &Spot<'a>) {
        let Payload {
            media_type,
            variant,
            // Its kind follows from the media type.
            codec: _,
            limits,
        } = old;
        let shown = code_span(media_type.as_str());
        if let (Some(variant), Some(to)) = (variant, &new.variant)
            && variant.rust() != to.rust()
        {
            let (from, to) = (variant.rust(), to.rust());
            let message = format!("takes a body in {shown} as `{to}` instead of `{from}`");
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
        if *media_type != new.media_type {
            let to = code_span(new.media_type.as_str());
            let message = format!("is sent a body in {to} instead of {shown}");
            let effect = Effect::NONE.sent(Verdict::Compatible);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
        let body = Spot {
            path: format!("{} ({})", spot.path, escaped(media_type.as_str())),
            ..spot.clone()
        };
        if std::mem::discriminant(&old.codec) != std::mem::discriminant(&new.codec) {
            let effect = Effect::NONE.rust(Verdict::Breaking).sent(Verdict::Breaking);
            let message = "is written differently".to_owned();
            return self.push(Kind::Changed, effect, body, message);
        }
        self.value(old.ty(), new.ty(), Verdict::Breaking, &body);
        self.limits((limits, old.ty()), (&new.limits, new.ty()), &body);
        if let (Some(old), Some(new)) = (old.form(), new.form()) {
            self.parts(old, new);
        }
    }

    /// The methods that convert one body to another.
    fn conversions(&mut self, old: &[Conversion], new: &[Conversion], spot: &Spot<'a>) {
        let before = self.conversion_methods(Side::Old, old);
        let after = self.conversion_methods(Side::New, new);
        let find = |methods: &[Method], like: &Method| {
            let mut same = methods.iter();
            same.find(|method| (&method.from, &method.to) == (&like.from, &like.to))
                .cloned()
        };
        for method in &after {
            let (kind, verdict, message) = match find(&before, method) {
                None => (
                    Kind::Added,
                    Verdict::Additive,
                    format!("makes `{}` from `{}`", method.to, method.from),
                ),
                Some(same) if same.given != method.given => (
                    Kind::Changed,
                    Verdict::Breaking,
                    format!(
                        "makes `{}` from `{}` and ({})",
                        method.to,
                        method.from,
                        method.given.join(", ")
                    ),
                ),
                Some(_) => continue,
            };
            self.push(kind, Effect::NONE.rust(verdict), spot.clone(), message);
        }
        for method in &before {
            if find(&after, method).is_none() {
                let message = format!("no longer makes `{}` from `{}`", method.to, method.from);
                let effect = Effect::NONE.rust(Verdict::Breaking);
                self.push(Kind::Removed, effect, spot.clone(), message);
            }
        }
    }

    fn conversion_methods(&self, side: Side, conversions: &[Conversion]) -> Vec<Method> {
        let api = self.api(side);
        let method = |conversion: &Conversion| {
            let Conversion {
                from,
                to,
                given,
                // The documentation lists the fields that are converted and those that are left
                // out.
                carried: _,
                left: _,
            } = conversion;
            let fields = match &api.get(*to).shape {
                Shape::Struct(object) => object.fields.as_slice(),
                _ => &[],
            };
            let given = given.iter().filter_map(|field| fields.get(*field));
            Method {
                from: self.rust_name(side, api.get(*from)),
                to: self.rust_name(side, api.get(*to)),
                given: given
                    .map(|field| self.rust_parameter(side, &field.ty))
                    .collect(),
            }
        };
        conversions.iter().map(method).collect()
    }
}

/// Method and path.
fn place(operation: &Operation) -> String {
    code_span(&format!("{} {}", operation.method, operation.path.text))
}

/// Operations by their identity: method and path, and the id.
struct Index<'a> {
    by_place: BTreeMap<(&'a str, &'a str), &'a Operation>,
    by_id: BTreeMap<&'a str, &'a Operation>,
}

impl<'a> Index<'a> {
    fn new(operations: &'a [Operation]) -> Self {
        let all = operations.iter();
        Self {
            by_place: all
                .clone()
                .map(|operation| (key(operation), operation))
                .collect(),
            by_id: all
                .map(|operation| (operation.name.wire(), operation))
                .collect(),
        }
    }

    /// The counterpart of an operation in this index: at the same place, else moved with its id.
    fn counterpart(&self, operation: &Operation, others: &Self) -> Option<&'a Operation> {
        let at_place = self.by_place.get(&key(operation)).copied();
        at_place.or_else(|| {
            let moved = self.by_id.get(operation.name.wire()).copied();
            moved.filter(|moved| !others.by_place.contains_key(&key(moved)))
        })
    }
}

fn key(operation: &Operation) -> (&str, &str) {
    (&operation.method, &operation.path.text)
}

/// A method that converts one body to another.
#[derive(Clone)]
struct Method {
    from: String,
    to: String,
    /// Types of the parameters.
    given: Vec<String>,
}

/// The counterpart of a body: the one with the same media type, else one whose parameters are new.
fn counterpart<'p>(
    body: &Payload,
    beside: &[Payload],
    others: &'p [Payload],
) -> Option<&'p Payload> {
    let essence = body.media_type.essence();
    let has = |payloads: &[Payload], like: &Payload| {
        let mut media_types = payloads.iter().map(|payload| &payload.media_type);
        media_types.any(|media_type| *media_type == like.media_type)
    };
    let mut same = others
        .iter()
        .filter(|other| other.media_type.essence() == essence);
    let exact = same
        .clone()
        .find(|other| other.media_type == body.media_type);
    exact.or_else(|| same.find(|other| !has(beside, other)))
}
