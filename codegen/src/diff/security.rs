//! Security: which credentials operations accept, and how they are sent.
//!
//! ```yaml
//! security: [{Key: []}]   ->   security: [{Key: []}, {Token: []}]   # additive
//!                              security: [{Token: []}]              # wire: breaking
//! ```
//!
//! A client sends the credentials of one requirement. It goes on to be let in if a new requirement wants no more than these.

use std::collections::BTreeSet;

use crate::model::{Api, SchemeKind, Security, SecurityRequirement, SecurityScheme, WantedScheme};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::operation::SENT;
use super::text::Side;
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Compares how the credentials of schemes are sent.
    pub(super) fn security_schemes(&mut self, old: &'a [SecurityScheme]) {
        for scheme in old {
            let SecurityScheme {
                name,
                kind,
                doc,
                origin,
            } = scheme;
            let Some(new) = self.counterpart_scheme(scheme) else {
                continue;
            };
            let spot = Spot::both("crate", origin, &new.origin);
            let own = code_span(&new.name);
            let mut changes = Vec::new();
            if *name != new.name {
                // Callers give its credential by its name.
                let message = format!(
                    "has the security scheme {own} instead of {}",
                    code_span(name)
                );
                changes.push((Kind::Changed, Effect::NONE.rust(Verdict::Breaking), message));
            }
            if sent(kind) != sent(&new.kind) {
                let [from, to] = [sent(kind), sent(&new.kind)];
                let message = format!("sends {own} as {to} instead of {from}");
                let given = if given(kind) == given(&new.kind) {
                    Verdict::Compatible
                } else {
                    Verdict::Breaking
                };
                let effect = Effect::NONE.rust(given).sent(Verdict::Breaking);
                changes.push((Kind::Changed, effect, message));
            }
            if *doc != new.doc {
                let message = format!("describes the security scheme {own} in other words");
                changes.push((Kind::Documentation, Effect::NONE, message));
            }
            for (kind, effect, message) in changes {
                self.travelling(SENT, |walk| walk.push(kind, effect, spot.clone(), message));
            }
        }
    }

    /// The scheme of the same name, else the only new one of the same kind if this one is gone.
    fn counterpart_scheme(&self, scheme: &SecurityScheme) -> Option<&'a SecurityScheme> {
        let (old, new) = (&self.old.security_schemes, &self.new.security_schemes);
        let has =
            |schemes: &[SecurityScheme], name: &str| schemes.iter().any(|other| other.name == name);
        let named = new.iter().find(|other| other.name == scheme.name);
        named.or_else(|| {
            let gone = old.iter().filter(|other| !has(new, &other.name));
            let added = new.iter().filter(|other| !has(old, &other.name));
            let mut gone = gone.filter(|other| sent(&other.kind) == sent(&scheme.kind));
            let mut added = added.filter(|other| sent(&other.kind) == sent(&scheme.kind));
            let (first, _) = (added.next()?, gone.next()?);
            (added.next().is_none() && gone.next().is_none()).then_some(first)
        })
    }

    /// Compares which credentials an operation accepts.
    pub(super) fn security(&mut self, old: &'a Security, new: &'a Security, operation: &Spot<'a>) {
        let Security {
            requirements,
            origin,
        } = old;
        let constant = match (requirements.as_slice(), new.requirements.as_slice()) {
            ([], [_, ..]) => Some((Kind::Added, Verdict::Additive, "is new")),
            ([_, ..], []) => Some((Kind::Removed, Verdict::Breaking, "is gone")),
            _ => None,
        };
        if let Some((kind, verdict, message)) = constant {
            let spot = Spot {
                path: format!("{}::SECURITY", operation.path),
                ..operation.clone()
            };
            self.push(kind, Effect::NONE.rust(verdict), spot, message.to_owned());
        }
        let is_root = |security: &Security| {
            let origin = security.origin.as_ref();
            origin.is_none_or(|origin| origin.as_str() == "/security")
        };
        let of_root = is_root(old) && is_root(new);
        let spot = Spot {
            path: if of_root {
                "crate".to_owned()
            } else {
                operation.path.clone()
            },
            old: origin.as_ref().or(operation.old),
            new: new.origin.as_ref().or(operation.new),
        };
        for (kind, effect, message) in self.security_changes(requirements, &new.requirements) {
            if !of_root || self.of_root.insert(message.clone()) {
                self.travelling(SENT, |walk| walk.push(kind, effect, spot.clone(), message));
            }
        }
    }

    fn security_changes(
        &self,
        old: &[SecurityRequirement],
        new: &[SecurityRequirement],
    ) -> Vec<(Kind, Effect, String)> {
        let (before, after) = (self.accepted(Side::Old, old), self.accepted(Side::New, new));
        let gone = before
            .iter()
            .filter(|one| !after.iter().any(|wanted| wanted.is_subset(one)));
        let others: Vec<String> = after.iter().filter_map(shown).collect();
        let others = others.join(", or ");
        let gone = gone.map(|one| {
            let message = match shown(one) {
                None => "cannot be called without credentials".to_owned(),
                Some(one) => format!("does not accept {one} any more, but {others}"),
            };
            (Kind::Removed, Effect::NONE.sent(Verdict::Breaking), message)
        });
        // Where none were needed, any are new.
        let is_new = |one: &&Accepted<'_>| {
            let mut alike = before
                .iter()
                .filter(|wanted| wanted.is_empty() == one.is_empty());
            !alike.any(|wanted| wanted.is_subset(one))
        };
        let added = after.iter().filter(is_new).map(|one| {
            let message = match shown(one) {
                None => "can be called without credentials".to_owned(),
                Some(one) => format!("accepts {one}"),
            };
            (Kind::Added, Effect::NONE.sent(Verdict::Additive), message)
        });
        gone.chain(added).collect()
    }

    /// What each requirement wants, under the new names of schemes; that of an operation without requirements is empty.
    fn accepted(&self, side: Side, requirements: &'a [SecurityRequirement]) -> Vec<Accepted<'a>> {
        let api: &'a Api = self.api(side);
        let wanted = |wanted: &'a WantedScheme| {
            let WantedScheme { scheme, scopes } = wanted;
            let scheme = &api.security_schemes[*scheme];
            let name = match side {
                Side::Old => self.counterpart_scheme(scheme).unwrap_or(scheme),
                Side::New => scheme,
            };
            let scopes = scopes.iter().map(|scope| Some(scope.as_str()));
            let all = scopes.chain([None]);
            all.map(move |scope| (name.name.as_str(), scope))
        };
        let each = requirements.iter().map(|requirement| {
            let SecurityRequirement { schemes, origin: _ } = requirement;
            schemes.iter().flat_map(wanted).collect()
        });
        let each: Vec<Accepted<'a>> = each.collect();
        if each.is_empty() {
            vec![Accepted::new()]
        } else {
            each
        }
    }
}

/// The names of schemes, and each again with each of the scopes that are needed.
type Accepted<'a> = BTreeSet<(&'a str, Option<&'a str>)>;

/// `` `Key` with `Consent` (`read`) ``; nothing for no credentials.
fn shown(accepted: &Accepted<'_>) -> Option<String> {
    let mut text = String::new();
    for (name, scope) in accepted {
        match scope {
            None if text.is_empty() => text.push_str(&code_span(name)),
            None => {
                text.push_str(" with ");
                text.push_str(&code_span(name));
            }
            Some(scope) => {
                let opened = text.ends_with(')');
                text.truncate(text.len() - usize::from(opened));
                text.push_str(if opened { ", " } else { " (" });
                text.push_str(&code_span(scope));
                text.push(')');
            }
        }
    }
    (!text.is_empty()).then_some(text)
}

/// How a credential is sent.
fn sent(kind: &SchemeKind) -> String {
    match kind {
        kind if kind.takes_token() => "a bearer token".to_owned(),
        SchemeKind::Http(scheme) => {
            format!("a key for {}", code_span(&scheme.to_ascii_lowercase()))
        }
        SchemeKind::Header(name) => {
            format!(
                "a key in the header {}",
                code_span(&name.to_ascii_lowercase())
            )
        }
        SchemeKind::Query(name) => format!("a key in the query as {}", code_span(name)),
        SchemeKind::Cookie(name) => format!("a key in the cookie {}", code_span(name)),
        SchemeKind::MutualTls => "a certificate of the connection".to_owned(),
        _ => "user and password".to_owned(),
    }
}

/// How a caller gives a credential.
fn given(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => "a bearer token",
        SchemeKind::Basic => "user and password",
        SchemeKind::MutualTls => "a certificate",
        SchemeKind::Http(_)
        | SchemeKind::Header(_)
        | SchemeKind::Query(_)
        | SchemeKind::Cookie(_) => "a key",
    }
}
