//! Security: the credentials that operations accept, and how they are sent.
//!
//! ```yaml
//! security: [{Key: []}]   ->   security: [{Key: []}, {Token: []}]   # additive
//!                              security: [{Token: []}]              # wire: breaking
//! ```
//!
//! A client sends the credentials of one requirement. It is still accepted if some new requirement
//! needs no more than these.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Api, Operation, SchemeKind, Security, SecurityRequirement, SecurityScheme, WantedScheme,
};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
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
            let Some(new) = self.schemes.get(name.as_str()).copied() else {
                continue;
            };
            let spot = Spot::both("crate", origin, &new.origin);
            let own = code_span(&new.name);
            let mut changes = Vec::new();
            if *name != new.name {
                // Callers pass the credential by the name of the scheme.
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
                let message = format!("describes the security scheme {own} in different words");
                changes.push((Kind::Documentation, Effect::NONE, message));
            }
            for (kind, effect, message) in changes {
                self.sent(kind, effect, spot.clone(), message);
            }
        }
    }

    /// Compares the credentials that an operation accepts.
    pub(super) fn security(&mut self, old: &'a Operation, new: &'a Operation, spot: &Spot<'a>) {
        let of_root = old.security.is_none() && new.security.is_none();
        let (before, after) = (self.old.security_of(old), self.new.security_of(new));
        let Security {
            requirements,
            origin,
        } = before;
        let constant = match (requirements.as_slice(), after.requirements.as_slice()) {
            ([], [_, ..]) => Some((Kind::Added, Verdict::Additive, "is new")),
            ([_, ..], []) => Some((Kind::Removed, Verdict::Breaking, "is gone")),
            _ => None,
        };
        if let Some((kind, verdict, message)) = constant {
            let spot = Spot {
                path: format!("{}::SECURITY", spot.path),
                ..spot.clone()
            };
            self.push(kind, Effect::NONE.rust(verdict), spot, message.to_owned());
        }
        if of_root && std::mem::replace(&mut self.compared_root, true) {
            return;
        }
        let path = if of_root { "crate" } else { spot.path.as_str() };
        let spot = Spot {
            path: path.to_owned(),
            old: origin.as_ref().or(spot.old),
            new: after.origin.as_ref().or(spot.new),
        };
        for (kind, effect, message) in self.security_changes(requirements, &after.requirements) {
            self.sent(kind, effect, spot.clone(), message);
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
        let gone = gone.map(|one| {
            let message = match shown(one) {
                None => "cannot be called without credentials".to_owned(),
                Some(one) => format!("no longer accepts {one}"),
            };
            (Kind::Removed, Effect::NONE.sent(Verdict::Breaking), message)
        });
        let added = after.iter().filter(|one| !before.contains(one));
        let added = added.map(|one| {
            let message = match shown(one) {
                None => "can be called without credentials".to_owned(),
                Some(one) => format!("accepts {one}"),
            };
            (Kind::Added, Effect::NONE.sent(Verdict::Additive), message)
        });
        gone.chain(added).collect()
    }

    /// The credentials of each Security Requirement Object, by the new names of the schemes. An
    /// operation without requirements has one empty set.
    fn accepted(&self, side: Side, requirements: &'a [SecurityRequirement]) -> Vec<Accepted<'a>> {
        let api: &'a Api = self.api(side);
        let wanted = |wanted: &'a WantedScheme| {
            let WantedScheme { scheme, scopes } = wanted;
            let scheme = &api.security_schemes[*scheme];
            let name = match side {
                Side::Old => self.schemes.get(&*scheme.name).copied().unwrap_or(scheme),
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

/// The new scheme for each old one: the one with the same name, else the only added scheme of a
/// kind of which only this one was removed.
pub(super) fn counterparts<'a>(
    old: &'a [SecurityScheme],
    new: &'a [SecurityScheme],
) -> BTreeMap<&'a str, &'a SecurityScheme> {
    let by_name = |schemes: &'a [SecurityScheme]| -> BTreeMap<&'a str, &'a SecurityScheme> {
        let schemes = schemes.iter();
        schemes
            .map(|scheme| (scheme.name.as_str(), scheme))
            .collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    let mut found: BTreeMap<_, _> = before
        .keys()
        .filter_map(|name| Some((*name, *after.get(name)?)))
        .collect();
    let mut kinds: BTreeMap<String, [Vec<&'a SecurityScheme>; 2]> = BTreeMap::new();
    for (side, schemes, others) in [(0, &before, &after), (1, &after, &before)] {
        for (_, scheme) in schemes
            .iter()
            .filter(|(name, _)| !others.contains_key(*name))
        {
            kinds.entry(sent(&scheme.kind)).or_default()[side].push(scheme);
        }
    }
    for renamed in kinds.values() {
        if let [[gone], [added]] = renamed.each_ref().map(Vec::as_slice) {
            found.insert(gone.name.as_str(), added);
        }
    }
    found
}

/// The security schemes of a requirement by name: an entry for each scheme, and one for each scope
/// it needs.
type Accepted<'a> = BTreeSet<(&'a str, Option<&'a str>)>;

/// `` `Key` with `Consent` (`read`) ``; `None` for a requirement without schemes.
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

/// The form in which a credential is sent.
fn sent(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            "a bearer token".to_owned()
        }
        SchemeKind::Basic => "user and password".to_owned(),
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
        SchemeKind::MutualTls => "a client certificate".to_owned(),
    }
}

/// The form in which a caller passes a credential.
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
