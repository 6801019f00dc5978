//! Fields: the members of an object whose value is not constant.
//!
//! ```yaml
//! required: [image]            ->  required: [image, prompt]
//! properties:                      properties:
//!   image: {type: string}            image: {type: string}
//!                                    prompt: {type: string}    # a parameter more of `new`, where it is sent
//! ```

use crate::model::{Access, Field, Presence, Rest, Struct, TypeDef};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::fits::{Fits, may_be_null, presence_fits};
use super::structure::Object;
use super::text::Side;
use super::types::{additive_if, breaking_if};
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    pub(super) fn field_added(
        &mut self,
        old: &Struct,
        (def, field): (&'a TypeDef, &'a Field),
        same: bool,
    ) {
        let required = field.presence.is_required();
        let ty = self.rust_field(Side::New, field);
        let is_parameter = required && def.used.sent;
        let (rust, message) = match (required, is_parameter) {
            (_, true) => (
                Verdict::Breaking,
                format!("is new, and a parameter of `new`: `{ty}`"),
            ),
            (true, _) => (
                Verdict::Additive,
                format!("is new, and always there: `{ty}`"),
            ),
            _ => (Verdict::Additive, format!("is new: `{ty}`")),
        };
        let written = old
            .constants
            .iter()
            .find(|constant| constant.wire == field.name.wire());
        // Old clients still write the former constant.
        let is_written = written.is_some_and(|constant| {
            Fits::by_contract(self.old, self.new).has_string(&constant.value, &field.ty)
        });
        // A former additional member already has a type.
        let (further, read) = match &old.rest {
            Rest::Map(ty) => (
                Fits::by_contract(self.old, self.new).types(ty, &field.ty),
                Fits::by_reader(self.new, self.old).types(&field.ty, ty),
            ),
            Rest::Ignored | Rest::Extra => (true, true),
        };
        let sent = match (field.presence_sent().is_required(), is_written) {
            (true, false) => Verdict::Breaking,
            _ => Verdict::Additive.max(breaking_if(!further)),
        };
        let effect = Effect::NONE
            .rust(if same { rust } else { Verdict::Compatible })
            .sent(sent)
            .received(Verdict::Additive.max(breaking_if(!read)));
        let spot = Spot::added(path(def, field), &field.origin);
        self.push(Kind::Added, effect, spot, message);
    }

    pub(super) fn field_removed(
        &mut self,
        field: &'a Field,
        old: Object<'a>,
        new: Object<'a>,
        same: bool,
    ) {
        let wire = field.name.wire();
        let is_switch = new
            .1
            .stream_switch
            .as_ref()
            .is_some_and(|switch| switch.wire == wire);
        let constant = new
            .1
            .constants
            .iter()
            .find(|constant| constant.wire == wire);
        let message = match (is_switch, constant) {
            (true, _) => "is set by the call that asks for a stream, and is not a field".to_owned(),
            (_, Some(constant)) => {
                format!(
                    "is always {}, and is not a field",
                    code_span(&constant.value)
                )
            }
            _ => "is gone".to_owned(),
        };
        // A server that does not know a member may refuse it, and ignores its meaning.
        let effect = Effect::NONE
            .rust(breaking_if(same))
            .sent(breaking_if(!is_switch))
            .received(breaking_if(
                field.presence_received().is_required() && constant.is_none(),
            ));
        let spot = Spot::removed(path(old.0, field), &field.origin);
        self.push(Kind::Removed, effect, spot, message);
    }

    pub(super) fn field(
        &mut self,
        (old_def, old): (&'a TypeDef, &'a Field),
        (new_def, new): (&'a TypeDef, &'a Field),
        same: bool,
    ) {
        let Field {
            name,
            doc,
            ty,
            presence: _,
            // Follows from the presence of the field and the direction of the type.
            wrapper: _,
            access,
            limits,
            default,
            example,
            brackets,
            origin,
        } = old;
        let spot = Spot::both(path(new_def, new), origin, &new.origin);
        self.rust_names(name, &new.name, same, &spot);
        let renamed = Effect::NONE.sent(Verdict::Breaking).received(
            if old.presence_received().is_required() {
                Verdict::Breaking
            } else {
                Verdict::Additive
            },
        );
        self.wire_names(name, &new.name, renamed, &spot);
        self.value(ty, &new.ty, breaking_if(same), &spot);
        self.presence((old_def, old), (new_def, new), same, &spot);
        self.access(*access, new.access, &spot);
        self.limits((limits, ty), (&new.limits, &new.ty), &spot);
        if *brackets != new.brackets {
            let message = if new.brackets {
                "is sent as parts whose name ends in `[]`"
            } else {
                "is sent as parts whose name does not end in `[]`"
            };
            let effect = Effect::NONE.sent(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message.to_owned());
        }
        if *default != new.default {
            let message = match (default, &new.default) {
                (Some(old), Some(new)) => {
                    format!(
                        "has the server's default {} instead of {}",
                        code_span(new),
                        code_span(old)
                    )
                }
                (None, Some(new)) => format!("has the server's default {}", code_span(new)),
                _ => "no longer has a default of the server".to_owned(),
            };
            self.push(Kind::Changed, Effect::NONE, spot.clone(), message);
        }
        if *example != new.example {
            let message = "has a different example".to_owned();
            self.push(Kind::Documentation, Effect::NONE, spot.clone(), message);
        }
        self.doc(doc, &new.doc, &spot);
    }

    fn presence(
        &mut self,
        (old_def, old): (&TypeDef, &Field),
        (new_def, new): (&TypeDef, &Field),
        same: bool,
        spot: &Spot<'_>,
    ) {
        // A change of the value itself is reported separately: this compares the wrapper around
        // it.
        let around = |field: String, value: &str| field.replacen(value, "", 1);
        let (from, to) = (
            self.rust_field(Side::Old, old),
            self.rust_field(Side::New, new),
        );
        let is_around = around(from.clone(), &self.rust_type(Side::Old, &old.ty))
            != around(to.clone(), &self.rust_type(Side::New, &new.ty));
        let has_parameters = old_def.used.sent && new_def.used.sent;
        let is_parameter = old.presence.is_required() != new.presence.is_required();
        let rust = is_around || (has_parameters && is_parameter);
        let [was_sent, sent] = [old, new].map(Field::presence_sent);
        let [was_received, received] = [old, new].map(Field::presence_received);
        if old.presence == new.presence && was_sent == sent && was_received == received && !rust {
            return;
        }
        let effect = Effect::NONE
            .rust(breaking_if(rust && same))
            .sent(if presence_fits(was_sent, sent, true) {
                additive_if(was_sent != sent)
            } else {
                Verdict::Breaking
            })
            .received(breaking_if(!presence_fits(received, was_received, false)));
        let message = if old.presence == new.presence && was_sent != sent {
            format!("{} where it is sent", presence_message(was_sent, sent))
        } else if old.presence == new.presence && was_received != received {
            let message = presence_message(was_received, received);
            format!("{message} where it is received")
        } else {
            presence_message(old.presence, new.presence)
        };
        let message = if from == to {
            message
        } else {
            format!("{message}: `{to}` instead of `{from}`")
        };
        self.push(Kind::Changed, effect, spot.clone(), message);
    }

    /// An old client still sends a member that the server may now refuse. What it no longer
    /// receives is a change of presence.
    fn access(&mut self, old: Access, new: Access, spot: &Spot<'_>) {
        let is_sent = |access| !matches!(access, Access::ReadOnly { .. });
        let is_received = |access| !matches!(access, Access::WriteOnly { .. });
        let effect = Effect::NONE
            .sent(
                breaking_if(is_sent(old) && !is_sent(new))
                    .max(additive_if(is_sent(new) && !is_sent(old))),
            )
            .received(additive_if(is_received(new) && !is_received(old)));
        let message = match new {
            _ if (is_sent(old), is_received(old)) == (is_sent(new), is_received(new)) => return,
            Access::Both => "is sent and received",
            Access::ReadOnly { .. } => "is read only",
            Access::WriteOnly { .. } => "is write only",
        };
        self.push(Kind::Changed, effect, spot.clone(), message.to_owned());
    }
}

pub(super) fn path(def: &TypeDef, field: &Field) -> String {
    format!("{}::{}", def.name.rust(), field.name.rust())
}

fn presence_message(old: Presence, new: Presence) -> String {
    let required = match (old.is_required(), new.is_required()) {
        (true, false) => Some("is optional"),
        (false, true) => Some("is required"),
        _ => None,
    };
    let null = match (may_be_null(old), may_be_null(new)) {
        (true, false) => Some("is never null"),
        (false, true) => Some("may be null"),
        _ => None,
    };
    match (required, null) {
        (Some(required), Some(null)) => format!("{required}, and {null}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "is absent in a different way".to_owned(),
    }
}
