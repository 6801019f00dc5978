//! Servers: their constants and structs, and the operations with servers of their own.
//!
//! ```yaml
//! servers: [{url: https://lamps.example}]   ->   paths: {/bulbs: {servers: [{url: https://bulbs.example}]}}   # wire: breaking
//! ```
//!
//! The caller supplies the URL of the server, so a new URL breaks nobody. If an operation moves to
//! another server than the others, an old client still sends it to the old one.

use crate::document::Pointer;
use crate::model::{Server, ServerVariable};
use crate::visible::code_span;

use super::change::{Effect, Kind, Verdict};
use super::walk::{Spot, Walk};

impl<'a> Walk<'a> {
    /// Compares the servers of the root, and the items of the module `servers`.
    pub(super) fn servers(&mut self, old: &'a [Server], root: &'a [usize]) {
        let place = Pointer::root();
        let spot = Spot::both("crate", &place, &place);
        self.server_constant(root, &self.new.root_servers, &spot);
        let (before, after) = (named(old), named(&self.new.servers));
        let find = |servers: &[(&str, &'a Server)], name: &str| {
            let mut servers = servers.iter();
            let found = servers.find(|(known, _)| *known == name);
            found.map(|(_, server)| *server)
        };
        for (name, server) in &after {
            let path = format!("servers::{name}");
            match find(&before, name) {
                Some(before) => self.server(before, server, path),
                None => {
                    let spot = Spot::added(path, &server.origin);
                    let message = format!("is new: {}", code_span(&server.url));
                    let effect = Effect::NONE.rust(Verdict::Additive);
                    self.push(Kind::Added, effect, spot, message);
                }
            }
        }
        for (name, server) in before
            .iter()
            .filter(|(name, _)| find(&after, name).is_none())
        {
            let spot = Spot::removed(format!("servers::{name}"), &server.origin);
            let message = format!("is gone: {}", code_span(&server.url));
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Removed, effect, spot, message);
        }
    }

    /// Compares two constants `SERVER`, each for the first server of its list.
    fn server_constant(&mut self, old: &[usize], new: &[usize], spot: &Spot<'_>) {
        let (old, new) = (self.old.first_server(old), self.new.first_server(new));
        if let (Some(Server { doc, .. }), Some(new)) = (old, new) {
            let spot = Spot {
                path: format!("{}::SERVER", spot.path),
                ..spot.clone()
            };
            self.doc(doc, &new.doc, &spot);
        }
        let url = |server: Option<&Server>| server.and_then(Server::default_url);
        let (kind, rust, message) = match (url(old), url(new)) {
            (old, new) if old == new => return,
            (_, None) => (
                Kind::Removed,
                Verdict::Breaking,
                "has no `SERVER`".to_owned(),
            ),
            (None, Some(new)) => (
                Kind::Added,
                Verdict::Additive,
                format!("has a `SERVER`: {}", code_span(&new)),
            ),
            (Some(old), Some(new)) => {
                let [new, old] = [new, old].map(|url| code_span(&url));
                let message = format!("has the `SERVER` {new} instead of {old}");
                (Kind::Changed, Verdict::Compatible, message)
            }
        };
        self.push(kind, Effect::NONE.rust(rust), spot.clone(), message);
    }

    fn server(&mut self, old: &'a Server, new: &'a Server, path: String) {
        let Server {
            // Both have the same name.
            name: _,
            url,
            // Follows from the URL.
            segments: _,
            variables,
            doc,
            origin,
        } = old;
        let spot = Spot::both(path, origin, &new.origin);
        if *url != new.url {
            let [from, to] = [url, &new.url].map(|url| code_span(url));
            let message = format!("is {to} instead of {from}");
            self.push(Kind::Changed, Effect::NONE, spot.clone(), message);
        }
        let required = |server: &'a Server| -> Vec<&'a str> {
            let required = server.required();
            required.map(|variable| variable.name.rust()).collect()
        };
        let taken = required(new);
        if required(old) != taken {
            let message = format!("takes ({}) in `new`", taken.join(", "));
            let effect = Effect::NONE.rust(Verdict::Breaking);
            self.push(Kind::Changed, effect, spot.clone(), message);
        }
        let find = |variables: &'a [ServerVariable], like: &ServerVariable| {
            let mut variables = variables.iter();
            variables.find(|other| other.name.rust() == like.name.rust())
        };
        for variable in &new.variables {
            let path = format!("{}::{}", spot.path, variable.name.rust());
            match find(variables, variable) {
                Some(before) => self.server_variable(before, variable, path),
                None => {
                    let effect = Effect::NONE.rust(Verdict::Additive);
                    let spot = Spot::added(path, &variable.origin);
                    self.push(Kind::Added, effect, spot, "is new".to_owned());
                }
            }
        }
        for variable in variables {
            if find(&new.variables, variable).is_none() {
                let path = format!("{}::{}", spot.path, variable.name.rust());
                let effect = Effect::NONE.rust(Verdict::Breaking);
                let spot = Spot::removed(path, &variable.origin);
                self.push(Kind::Removed, effect, spot, "is gone".to_owned());
            }
        }
        self.doc(doc, &new.doc, &spot);
    }

    fn server_variable(&mut self, old: &'a ServerVariable, new: &'a ServerVariable, path: String) {
        let ServerVariable {
            // The name on the wire occurs only in the URL template, not in the URL that is sent.
            name: _,
            default,
            values,
            doc,
            origin,
        } = old;
        let spot = Spot::both(path, origin, &new.origin);
        if let (Some(old), Some(new)) = (default, &new.default)
            && old != new
        {
            let [from, to] = [old, new].map(|value| code_span(value));
            let message = format!("is {to} by default instead of {from}");
            self.push(Kind::Changed, Effect::NONE, spot.clone(), message);
        }
        if *values != new.values {
            let message = "has different values in the description".to_owned();
            self.push(Kind::Documentation, Effect::NONE, spot.clone(), message);
        }
        self.doc(doc, &new.doc, &spot);
    }

    /// Compares the servers that an operation has of its own.
    pub(super) fn own_servers(&mut self, old: &[usize], new: &[usize], operation: &Spot<'a>) {
        self.server_constant(old, new, operation);
        let message = match (old, new) {
            ([], [_, ..]) => "has a server of its own",
            ([_, ..], []) => "has the server of the other operations",
            _ => return,
        };
        let effect = Effect::NONE.sent(Verdict::Breaking);
        self.sent(Kind::Changed, effect, operation.clone(), message.to_owned());
    }
}

/// The items of the module `servers`.
fn named(servers: &[Server]) -> Vec<(&str, &Server)> {
    let named = servers.iter();
    let named = named.filter_map(|server| Some((server.name.as_ref()?.rust(), server)));
    named.collect()
}
