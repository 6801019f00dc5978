//! Open enums: the known values of a string.
//!
//! ```yaml
//! enum: [png, webp]   ->  enum: [png, jpeg]   # `Jpeg` is new; `Webp` is gone, and refused where it is sent
//! ```

use crate::model::{EnumValue, OpenEnum};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::counterpart::{Counterpart, counterparts};
use super::types::{additive_if, breaking_if};
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Compares two enums; `same` is true if they are one type for callers.
    pub(super) fn open_enum(
        &mut self,
        old: &'a OpenEnum,
        new: &'a OpenEnum,
        spot: &Spot<'a>,
        same: bool,
    ) {
        let OpenEnum { values, others } = old;
        let refused = breaking_if(!new.others);
        let path = |value: &EnumValue| format!("{}::{}", spot.path, value.name.rust());
        for value in counterparts(values, &new.values) {
            let (kind, effect, spot, message) = match value {
                Counterpart::Both { old, new } => {
                    self.enum_value(old, new, path(new), refused, same);
                    continue;
                }
                Counterpart::Added(value) => (
                    Kind::Added,
                    Effect::NONE.rust(additive_if(same)).wire(Verdict::Additive),
                    Spot::added(path(value), &value.origin),
                    format!("is new: {}", code_span(value.name.wire())),
                ),
                Counterpart::Removed(value) => (
                    Kind::Removed,
                    Effect::NONE.rust(breaking_if(same)).sent(refused),
                    Spot::removed(path(value), &value.origin),
                    format!("is gone: {}", code_span(value.name.wire())),
                ),
            };
            self.push(kind, effect, spot, message);
        }
        let (effect, message) = match (others, new.others) {
            (true, false) => (Verdict::Breaking, "has only the values that are listed"),
            (false, true) => (Verdict::Additive, "may have values that are not listed"),
            _ => return,
        };
        let effect = Effect::NONE.sent(effect);
        self.push(Kind::Changed, effect, spot.clone(), message.to_owned());
    }

    fn enum_value(
        &mut self,
        old: &'a EnumValue,
        new: &'a EnumValue,
        path: String,
        refused: Verdict,
        same: bool,
    ) {
        let EnumValue { name, doc, origin } = old;
        let spot = Spot::both(path, origin, &new.origin);
        self.rust_names(name, &new.name, same, &spot);
        let effect = Effect::NONE.sent(refused).received(Verdict::Additive);
        self.wire_names(name, &new.name, effect, &spot);
        self.doc(doc, &new.doc, &spot);
    }
}
