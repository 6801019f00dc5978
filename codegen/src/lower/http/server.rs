//! Servers of the root, of a path and of an operation.
//!
//! ```yaml
//! servers:                                        # SERVER = "https://us.lamps.example/v1"
//! - url: https://{region}.lamps.example/v1        # servers::Server, with the setter `region`
//!   variables: {region: {default: us, enum: [us, eu]}}
//! - url: http://localhost:8080                    # servers::LOCALHOST_8080
//! paths:
//!   /bulbs:
//! servers: [{url: 'https://bulbs.example'}]   # for the operations of this path without servers of their own
//! ```
//!
//! An operation with the same servers as the root does not have servers of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Value};
use crate::lower::http::path::Found;
use crate::lower::http::template::{Piece, pieces};
use crate::lower::names::name;
use crate::lower::syntax::control_in_url;
use crate::lower::{Lowering, keyword};
use crate::model::{Doc, Name, Operation, Server, ServerVariable, UrlSegment};
use crate::visible::escaped;

/// The servers that the root and the operations name.
#[derive(Default)]
pub(in crate::lower) struct Servers {
    /// Each distinct server once.
    pub(in crate::lower) all: Vec<Server>,
    known: BTreeMap<Key, usize>,
    /// The servers of the root, as indices.
    pub(in crate::lower) root: Vec<usize>,
}

impl<'d> Lowering<'d> {
    /// Reads the servers of the root.
    pub(in crate::lower) fn read_root_servers(&mut self) {
        if let Some(at) = self.document.root().get("servers") {
            self.servers.root = self.server_list(&at);
        }
    }

    /// The servers of an operation, or of its path; empty if they are the same as those of the
    /// root.
    pub(in crate::lower) fn own_servers(&mut self, found: &Found<'d>) -> Vec<usize> {
        let places = [found.at.get("servers"), found.item.get("servers")];
        let own = places.into_iter().flatten().find_map(|at| {
            let servers = self.server_list(&at);
            (!servers.is_empty()).then_some(servers)
        });
        own.filter(|own| *own != self.servers.root)
            .unwrap_or_default()
    }

    /// A list of Server Objects, as indices in [`Lowering::servers`].
    pub(in crate::lower) fn server_list(&mut self, at: &At<'d>) -> Vec<usize> {
        if at.as_sequence().is_none() {
            let problem = Diagnostic::new(Code::WrongType, at, "`servers` is a list");
            let help = "write a `-` before each server";
            self.findings.push(problem.label("not a list").help(help));
        }
        let mut servers: Vec<usize> = Vec::new();
        for at in at.items() {
            let Some(server) = self.server(&at) else {
                continue;
            };
            let next = self.servers.all.len();
            let index = *self.servers.known.entry(key(&server)).or_insert(next);
            if index == next {
                self.servers.all.push(server);
            }
            servers.push(index);
        }
        let mut seen = BTreeSet::new();
        servers.retain(|index| seen.insert(*index));
        servers
    }

    fn server(&mut self, at: &At<'d>) -> Option<Server> {
        keyword::check(at, &keyword::SERVER, &mut self.findings);
        at.as_mapping()?;
        let given = at.get("url");
        let Some((url_at, url)) = given.as_ref().and_then(|at| Some((at, at.as_str()?))) else {
            let label = if given.is_some() {
                "not a string"
            } else {
                "incomplete"
            };
            let problem = Diagnostic::new(
                Code::InvalidServer,
                given.as_ref().unwrap_or(at),
                "the server has no `url`",
            );
            let problem = problem.label(label).assuming("the server is left out");
            self.findings
                .push(problem.help("write its URL, as `https://api.example.com/v1`"));
            return None;
        };
        let control = control_in_url("the URL of the server", url, url_at);
        self.findings.problems.extend(control);
        let (segments, wires) = self.segments(url, url_at);
        let variables = self.variables(at, url_at, &wires);
        Some(Server {
            name: None,
            url: url.to_owned(),
            segments,
            variables,
            doc: self.doc(at),
            origin: at.pointer().clone(),
        })
    }

    /// Splits a URL into segments, and collects its variables.
    fn segments(&mut self, url: &'d str, at: &At<'d>) -> (Vec<UrlSegment>, Vec<&'d str>) {
        let (mut segments, mut wires) = (Vec::new(), Vec::new());
        for piece in pieces(url) {
            segments.push(match piece {
                Piece::Literal(text) => {
                    if text.contains(['{', '}']) {
                        let message =
                            "the URL of the server has a brace that is not around a variable";
                        let problem = Diagnostic::new(Code::InvalidServer, at, message)
                            .label("a brace alone")
                            .assuming("it is taken literally")
                            .help("write `{` before and `}` after the name of each variable");
                        self.findings.push(problem);
                    }
                    UrlSegment::Literal(text.to_owned())
                }
                Piece::Placeholder(wire) => {
                    let known = wires.iter().position(|known| *known == wire);
                    UrlSegment::Variable(known.unwrap_or_else(|| {
                        wires.push(wire);
                        wires.len() - 1
                    }))
                }
            });
        }
        (segments, wires)
    }

    fn variables(&mut self, server: &At<'d>, url: &At<'d>, wires: &[&str]) -> Vec<ServerVariable> {
        let defined = server.get("variables");
        for (key, at) in defined.iter().flat_map(At::members) {
            if !wires.contains(&key.name.as_str()) {
                let variable = escaped(&key.name);
                let message =
                    format!("the variable `{variable}` does not occur in the URL of the server");
                let problem = Diagnostic::new(Code::InvalidServer, &at, message)
                    .at_key()
                    .label("not in the URL")
                    .assuming("the variable is left out")
                    .help(format!(
                        "write `{{{variable}}}` in `url`, or remove the variable"
                    ));
                self.findings.push(problem);
            }
        }
        let owned: Vec<String> = wires.iter().map(|wire| (*wire).to_owned()).collect();
        let names = name::scope(name::Kind::ServerVariable, &owned);
        let mut variables = Vec::new();
        for name in names {
            let at = defined.as_ref().and_then(|all| all.get(name.wire()));
            variables.push(match at {
                Some(at) => self.variable(&at, name),
                None => self.undefined(url, name),
            });
        }
        let names: Vec<Name> = variables.iter().map(|one| one.name.clone()).collect();
        self.check_distinct(server, &names, "x-rust-field");
        variables
    }

    fn undefined(&mut self, url: &At<'d>, name: Name) -> ServerVariable {
        let wire = escaped(name.wire());
        let message =
            format!("the URL of the server has the variable `{wire}`, which is not defined");
        let problem = Diagnostic::new(Code::InvalidServer, url, message)
            .label("not in `variables`")
            .assuming("callers give its value")
            .help(format!("add `{wire}: {{default: …}}` to `variables`"));
        self.findings.push(problem);
        ServerVariable {
            name,
            default: None,
            values: Vec::new(),
            doc: Doc::default(),
            origin: url.pointer().clone(),
        }
    }

    fn variable(&mut self, at: &At<'d>, name: Name) -> ServerVariable {
        keyword::check(at, &keyword::SERVER_VARIABLE, &mut self.findings);
        let default = self.default_value(at, &name);
        let values = self.variable_values(at, &name);
        if let (Some(default), Some(given)) = (&default, at.get("default"))
            && !values.is_empty()
            && !values.contains(default)
        {
            let message = format!("`{}` is not one of the values in `enum`", escaped(default));
            let problem = Diagnostic::new(Code::InvalidServer, &given, message)
                .label("not in `enum`")
                .assuming("it is the default anyway")
                .help("add it to `enum`, or use one of the values there");
            self.findings.push(problem);
        }
        ServerVariable {
            name: self.renamed(at, name, name::Kind::ServerVariable, "x-rust-field"),
            default,
            values,
            doc: self.doc(at),
            origin: at.pointer().clone(),
        }
    }

    fn default_value(&mut self, at: &At<'d>, name: &Name) -> Option<String> {
        let Some(given) = at.get("default") else {
            let message = format!("the variable `{}` has no `default`", escaped(name.wire()));
            let problem = Diagnostic::new(Code::InvalidServer, at, message)
                .label("incomplete")
                .assuming("callers give its value")
                .help("write the value to use if callers give none");
            self.findings.push(problem);
            return None;
        };
        let control = control_in_url("the variable", given.as_str().unwrap_or_default(), &given);
        self.findings.problems.extend(control);
        self.text_of(&given)
    }

    fn variable_values(&mut self, at: &At<'d>, name: &Name) -> Vec<String> {
        let Some(given) = at.get("enum") else {
            return Vec::new();
        };
        if given.as_sequence().is_none_or(<[_]>::is_empty) {
            let message = format!(
                "`enum` of the variable `{}` has no values",
                escaped(name.wire())
            );
            let problem = Diagnostic::new(Code::InvalidServer, &given, message)
                .label("no value")
                .assuming("any value may be used")
                .help("write a list of strings, or remove `enum`");
            self.findings.push(problem);
        }
        given.items().filter_map(|at| self.text_of(&at)).collect()
    }

    /// The value of a variable: a string, or the digits of a number with a warning.
    fn text_of(&mut self, at: &At<'d>) -> Option<String> {
        let (text, assumed) = match at.value() {
            Value::String(text) => return Some(text.clone()),
            Value::Number(number) => (Some(number.to_string()), "its digits are used"),
            _ => (None, "it is left out"),
        };
        let problem = Diagnostic::new(
            Code::InvalidServer,
            at,
            "the value of a variable is a string",
        )
        .label("not a string")
        .assuming(assumed)
        .help("write it in quotes");
        self.findings.push(problem);
        text
    }

    /// Servers that need an item in the module `servers`: those after the first of a list, and
    /// those with variables.
    fn further_servers(&self, operations: &[Operation]) -> Vec<usize> {
        let lists = operations.iter().map(|operation| &operation.servers);
        let lists = lists.chain([&self.servers.root]);
        let further: BTreeSet<usize> = lists
            .flat_map(|list| list.iter().skip(1).copied())
            .collect();
        let servers = self.servers.all.iter().enumerate();
        let wanted = servers
            .filter(|(index, server)| further.contains(index) || !server.variables.is_empty());
        wanted.map(|(index, _)| index).collect()
    }

    /// Gives names to the items of the module `servers`.
    pub(in crate::lower) fn name_servers(&mut self, operations: &[Operation]) {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for index in self.further_servers(operations) {
            let rust = self.short_name(index);
            groups.entry(rust).or_default().push(index);
        }
        let mut names: Vec<(usize, Name)> = Vec::new();
        for (rust, group) in groups {
            let group = self.with_urls_of_their_own(group);
            let urls = group
                .iter()
                .map(|index| self.servers.all[*index].url.clone());
            let urls: Vec<String> = urls.collect();
            let kind = kind(&self.servers.all[group[0]]);
            let whole = match group.as_slice() {
                [_] => vec![rust],
                _ => name::scope(kind, &urls)
                    .into_iter()
                    .map(|name| name.rust)
                    .collect(),
            };
            for ((index, wire), rust) in group.into_iter().zip(urls).zip(whole) {
                names.push((index, Name { wire, rust }));
            }
        }
        for (index, name) in &mut names {
            let server = &self.servers.all[*index];
            let kind = kind(server);
            if let Some(at) = self.document.at(&server.origin) {
                *name = self.renamed(&at, name.clone(), kind, "x-rust-name");
            }
        }
        let all: Vec<Name> = names.iter().map(|(_, name)| name.clone()).collect();
        for (earlier, later) in name::clashes(&all) {
            if let Some(at) = self.document.at(&self.servers.all[names[later].0].origin) {
                let both = [all[earlier].clone(), all[later].clone()];
                self.check_distinct(&at, &both, "x-rust-name");
            }
        }
        for (index, name) in names {
            self.servers.all[index].name = Some(name);
        }
    }

    /// The name of a server if it is unique: `Server` for the first with variables, else host and
    /// path.
    fn short_name(&self, index: usize) -> String {
        let server = &self.servers.all[index];
        let is_first = self.servers.root.first() == Some(&index);
        if is_first && !server.variables.is_empty() {
            // The constant `SERVER` is its URL with all defaults.
            return name::SERVER.to_owned();
        }
        let words = server.url.split_once("://");
        let words = words.map_or(&*server.url, |(_, rest)| rest);
        let words = words.trim_matches(['/', '.']);
        Name::of(kind(server), if words.is_empty() { "root" } else { words }).rust
    }

    /// Removes and reports servers with the same URL template as an earlier one.
    fn with_urls_of_their_own(&mut self, group: Vec<usize>) -> Vec<usize> {
        let (mut kept, mut urls) = (Vec::new(), BTreeSet::new());
        for index in group {
            let server = &self.servers.all[index];
            if urls.insert(&server.url) {
                kept.push(index);
            } else if let Some(at) = self.document.at(&server.origin) {
                let message = "another server has this URL, with other values for its variables";
                let problem = Diagnostic::new(Code::InvalidServer, &at, message)
                    .label("repeated here")
                    .assuming("callers set the variables of the first")
                    .help("write one server, with all values in `enum`");
                self.findings.push(problem);
            }
        }
        kept
    }
}

/// The identity of a server: the URL, and the defaults and values of its variables.
pub(in crate::lower) type Key = (String, Vec<(Option<String>, Vec<String>)>);

fn key(server: &Server) -> Key {
    let variables = server.variables.iter();
    let values = variables.map(|variable| (variable.default.clone(), variable.values.clone()));
    (server.url.clone(), values.collect())
}

fn kind(server: &Server) -> name::Kind {
    if server.variables.is_empty() {
        name::Kind::Constant
    } else {
        name::Kind::Server
    }
}
