//! Headers of responses: the methods that read them.
//!
//! ```yaml
//! headers:                                 headers:
//!   Retry-After: {schema: {type: integer}}   Retry-After: {schema: {type: string}}   # another type, breaking
//! ```
//!
//! Every header may be missing, so no header change breaks a running client.

use crate::model::{Alias, Api, Header, Operation, Use};
use crate::spelling::header_type;

use super::change::{Effect, Kind, Verdict};
use super::text::Side;
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    pub(super) fn headers(&mut self, old: &'a Operation, new: &'a Operation, spot: &Spot<'a>) {
        let (from, to) = match (&old.headers, &new.headers) {
            (None, None) => return,
            (Some(from), None) => {
                let spot = Spot {
                    path: from.name.rust().to_owned(),
                    new: None,
                    ..spot.clone()
                };
                let effect = Effect::NONE.rust(Verdict::Breaking);
                let message = "is gone: no response has headers".to_owned();
                return self.received(Kind::Removed, effect, spot, message);
            }
            (None, Some(to)) => {
                let spot = Spot {
                    path: to.name.rust().to_owned(),
                    old: None,
                    ..spot.clone()
                };
                let effect = Effect::NONE.rust(Verdict::Additive);
                let message = "is new: responses have headers".to_owned();
                return self.received(Kind::Added, effect, spot, message);
            }
            (Some(from), Some(to)) => (from, to),
        };
        let spot = Spot {
            path: to.name.rust().to_owned(),
            ..spot.clone()
        };
        self.rust_names(&from.name, &to.name, true, &spot);
        let (before, after) = (headers(self.old, from), headers(self.new, to));
        for header in before {
            self.header(header, after, &spot);
        }
        for header in after {
            let mut known = before.iter();
            if !known.any(|other| other.name.rust() == header.name.rust()) {
                let path = format!("{}::{}", spot.path, header.name.rust());
                let spot = Spot::added(path, &header.origin);
                let effect = Effect::NONE.rust(Verdict::Additive);
                self.received(Kind::Added, effect, spot, "is new".to_owned());
            }
        }
    }

    fn header(&mut self, old: &'a Header, all: &'a [Header], spot: &Spot<'a>) {
        let Header {
            name,
            doc,
            ty,
            origin,
        } = old;
        let path = format!("{}::{}", spot.path, name.rust());
        let effect = Effect::NONE.rust(Verdict::Breaking);
        let Some(new) = all.iter().find(|other| other.name.rust() == name.rust()) else {
            let spot = Spot::removed(path, origin);
            return self.received(Kind::Removed, effect, spot, "is gone".to_owned());
        };
        let spot = Spot::both(path, origin, &new.origin);
        if *ty != new.ty {
            let shown = |side, ty| self.text(side, header_type(ty));
            let (from, to) = (shown(Side::Old, *ty), shown(Side::New, new.ty));
            let message = format!("returns `{to}` instead of `{from}`");
            self.received(Kind::Changed, effect, spot.clone(), message);
        }
        self.travelling(Use::RECEIVED, |walk| walk.doc(doc, &new.doc, &spot));
    }
}

fn headers<'a>(api: &'a Api, alias: &Alias) -> &'a [Header] {
    let set = alias.set.and_then(|set| api.headers.get(set));
    set.map_or(&[], |set| &set.headers)
}
