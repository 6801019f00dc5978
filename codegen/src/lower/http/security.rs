//! Security: the credentials that an operation accepts, and the form in which each is sent.
//!
//! ```yaml
//! security: [{Token: []}]                                # for operations without `security` of their own
//! paths:
//!   /lamps:
//!     get: {security: [{}, {Key: []}]}                   # [SecurityRequirement { schemes: [] }, … { schemes: [Key] }]
//!     put: {security: []}                                # []: no credentials are needed
//! components:
//!   securitySchemes:
//!     Token: {type: http, scheme: Bearer}                # SchemeKind::Bearer
//!     Key: {type: apiKey, in: header, name: X-Api-Key}   # SchemeKind::Header
//! ```
//!
//! A requirement with an invalid scheme is left out, with a warning. The other requirements are
//! correct without it, and a caller can add a header to any request.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Pointer};
use crate::lower::syntax::is_token;
use crate::lower::{Lowering, keyword};
use crate::model::{
    Operation, SchemeKind, Security, SecurityRequirement, SecurityScheme, WantedScheme,
};
use crate::visible::escaped;

/// Values of `type` in a Security Scheme Object (`OpenAPI` 3.1.1, section 4.8.27).
const TYPES: [&str; 5] = ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];

/// Values of `in` for an API key.
const PLACES: [&str; 3] = ["header", "query", "cookie"];

/// The fallback for an invalid scheme.
const LEFT_OUT: &str = "requirements that name it are left out";

/// The security schemes that operations name.
#[derive(Default)]
pub(in crate::lower) struct Schemes {
    found: Vec<SecurityScheme>,
    /// The security of the root, read when an operation first needs it.
    root: Option<Security>,
    /// The index of each scheme by name; `None` for an invalid scheme.
    known: BTreeMap<String, Option<usize>>,
}

impl Schemes {
    /// Returns the security of the root, and the schemes in the order of the document. Updates the
    /// indices of schemes in all requirements.
    pub(in crate::lower) fn in_order(
        mut self,
        at: Option<&At<'_>>,
        operations: &mut [Operation],
    ) -> (Security, Vec<SecurityScheme>) {
        let keys = at.into_iter().flat_map(At::members);
        let wanted = keys.filter_map(|(key, _)| self.known.remove(&key.name)?);
        let order: Vec<usize> = wanted.collect();
        let places = order.iter().enumerate();
        let places: BTreeMap<usize, usize> = places.map(|(place, index)| (*index, place)).collect();
        let mut root = self.root.unwrap_or_default();
        let own = operations
            .iter_mut()
            .filter_map(|operation| operation.security.as_mut());
        let all = own.chain([&mut root]);
        let requirements = all.flat_map(|security| &mut security.requirements);
        for wanted in requirements.flat_map(|requirement| &mut requirement.schemes) {
            wanted.scheme = places.get(&wanted.scheme).copied().unwrap_or(wanted.scheme);
        }
        let schemes = order.iter().map(|index| self.found[*index].clone());
        (root, schemes.collect())
    }
}

impl<'d> Lowering<'d> {
    /// Lowers the `security` of an operation. Without one, lowers that of the root and returns
    /// `None`.
    pub(in crate::lower) fn security(&mut self, operation: &At<'d>) -> Option<Security> {
        let said = |lowering: &mut Self, at: &At<'d>| Security {
            requirements: lowering.requirements(at),
            origin: Some(at.pointer().clone()),
        };
        if let Some(own) = operation.get("security") {
            return Some(said(self, &own));
        }
        if self.schemes.root.is_none() {
            let at = self.document.root().get("security");
            let root = at.map(|at| said(self, &at));
            self.schemes.root = Some(root.unwrap_or_default());
        }
        None
    }

    /// Lowers a list of Security Requirement Objects. The result is empty if no credentials are
    /// needed in any case.
    pub(in crate::lower) fn requirements(&mut self, at: &At<'d>) -> Vec<SecurityRequirement> {
        if at.as_sequence().is_none() {
            let problem = Diagnostic::new(Code::WrongType, at, "`security` is a list");
            let help =
                "write a `-` before each requirement, or `[]` where no credentials are needed";
            self.findings.push(problem.label("not a list").help(help));
        }
        let requirements = at.items().filter_map(|at| self.requirement(&at));
        let requirements: Vec<SecurityRequirement> = requirements.collect();
        let is_secured = requirements
            .iter()
            .any(|requirement| !requirement.schemes.is_empty());
        if is_secured { requirements } else { Vec::new() }
    }

    fn requirement(&mut self, at: &At<'d>) -> Option<SecurityRequirement> {
        if at.as_mapping().is_none() {
            let problem = Diagnostic::new(Code::WrongType, at, "a requirement is an object");
            let help =
                "write the name of the scheme as a key, and its scopes as a list: `Name: []`";
            self.findings
                .push(problem.label("not an object").help(help));
            return None;
        }
        let schemes: Vec<Option<WantedScheme>> = at
            .members()
            .map(|(key, scopes)| {
                let scopes_needed = self.scopes(&key.name, &scopes);
                Some(WantedScheme {
                    scheme: self.named_scheme(&key.name, &scopes)?,
                    scopes: scopes_needed,
                })
            })
            .collect();
        Some(SecurityRequirement {
            schemes: schemes.into_iter().collect::<Option<_>>()?,
            origin: at.pointer().clone(),
        })
    }

    fn scopes(&mut self, name: &str, at: &At<'d>) -> Vec<String> {
        let scopes = at.items().map(|item| item.as_str().map(str::to_owned));
        let scopes: Option<Vec<String>> = scopes.collect();
        match scopes.filter(|_| at.as_sequence().is_some()) {
            Some(scopes) => scopes,
            None => {
                let message = format!(
                    "the scopes of `{}` are not a list of strings",
                    escaped(name)
                );
                let problem = Diagnostic::new(Code::InvalidSecurity, at, message)
                    .label("not scopes")
                    .assuming("no scope is needed")
                    .help("write `[]`, or the scopes that are needed");
                self.findings.push(problem);
                Vec::new()
            }
        }
    }

    /// The index of the scheme with this name, which is a key of a requirement.
    fn named_scheme(&mut self, name: &str, at: &At<'d>) -> Option<usize> {
        let all = self.security_schemes();
        let Some(scheme) = all.as_ref().and_then(|all| all.get(name)) else {
            let keys = all.iter().flat_map(At::members).map(|(key, _)| &*key.name);
            let help = suggest(name, keys).map_or_else(
                || "add it to `components/securitySchemes`, or remove it here".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("there is no security scheme `{}`", escaped(name));
            let problem = Diagnostic::new(Code::InvalidSecurity, at, message)
                .at_key()
                .label("not in `components/securitySchemes`")
                .assuming("this requirement is left out")
                .help(help);
            self.findings.push(problem);
            return None;
        };
        if let Some(known) = self.schemes.known.get(name) {
            return *known;
        }
        let found = self.security_scheme(name, &scheme).map(|scheme| {
            self.schemes.found.push(scheme);
            self.schemes.found.len() - 1
        });
        self.schemes.known.insert(name.to_owned(), found);
        found
    }

    /// The node `components/securitySchemes`.
    pub(in crate::lower) fn security_schemes(&self) -> Option<At<'d>> {
        self.document.at(&Pointer::components("securitySchemes"))
    }

    /// Lowers a Security Scheme Object; `None` if it does not say how the credential is sent.
    pub(in crate::lower) fn security_scheme(
        &mut self,
        name: &str,
        at: &At<'d>,
    ) -> Option<SecurityScheme> {
        let origin = at.pointer().clone();
        let at = self.dereference(at)?;
        keyword::check(&at, &keyword::SECURITY_SCHEME, &mut self.findings);
        Some(SecurityScheme {
            name: name.to_owned(),
            kind: self.scheme_kind(&at)?,
            doc: self.doc(&at),
            origin,
        })
    }

    fn scheme_kind(&mut self, at: &At<'d>) -> Option<SchemeKind> {
        Some(match self.one_of(at, "type", &TYPES)? {
            "apiKey" => {
                let place = self.one_of(at, "in", &PLACES);
                let name = self.scheme_text(at, "name", place != Some("query"));
                match (place?, name?) {
                    ("header", name) => SchemeKind::Header(name),
                    ("cookie", name) => SchemeKind::Cookie(name),
                    (_, name) => SchemeKind::Query(name),
                }
            }
            "http" => {
                let scheme = self.scheme_text(at, "scheme", true)?;
                match scheme.to_ascii_lowercase().as_str() {
                    "bearer" => SchemeKind::Bearer,
                    "basic" => SchemeKind::Basic,
                    _ => SchemeKind::Http(scheme),
                }
            }
            "oauth2" => SchemeKind::OAuth2,
            "openIdConnect" => SchemeKind::OpenIdConnect,
            _ => SchemeKind::MutualTls,
        })
    }

    /// The value of a keyword that must be one of these.
    fn one_of(
        &mut self,
        at: &At<'d>,
        keyword: &str,
        values: &[&'static str],
    ) -> Option<&'static str> {
        let text = self.scheme_text(at, keyword, false)?;
        let found = values.iter().copied().find(|value| *value == text);
        if found.is_none() {
            let help = match suggest(&text, values.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if matches!(&*text, "basic" | "bearer") => {
                    format!("write `type: http` with `scheme: {text}`")
                }
                None => format!("write {}", listed(values)),
            };
            let message = format!("`{}` is not a value of `{keyword}`", escaped(&text));
            self.wrong_scheme(&at.get(keyword)?, message, "unknown", help);
        }
        found
    }

    /// The string of a keyword that the scheme's type requires. With `of_token`, it must be a
    /// token (RFC 9110, section 5.6.2).
    fn scheme_text(&mut self, at: &At<'d>, keyword: &str, of_token: bool) -> Option<String> {
        let given = at.get(keyword);
        match given.as_ref().and_then(At::as_str) {
            Some(text) if !of_token || is_token(text) => return Some(text.to_owned()),
            Some(text) => {
                let message = format!("`{}` is not allowed in a header", escaped(text));
                let help = "write only letters, digits and characters such as `-`";
                self.wrong_scheme(&given?, message, "not a token", help);
            }
            None => {
                let message = format!("the security scheme has no `{keyword}`");
                let label = if given.is_some() {
                    "not a string"
                } else {
                    "incomplete"
                };
                let help = match keyword {
                    "type" => format!("write {}", listed(&TYPES)),
                    "in" => format!("write {}", listed(&PLACES)),
                    "name" => "write the name of the header, parameter or cookie".to_owned(),
                    _ => "write the authentication scheme, as `bearer`".to_owned(),
                };
                self.wrong_scheme(given.as_ref().unwrap_or(at), message, label, help);
            }
        }
        None
    }

    fn wrong_scheme(
        &mut self,
        at: &At<'d>,
        message: impl Into<String>,
        label: &str,
        help: impl Into<Box<str>>,
    ) {
        let problem = Diagnostic::new(Code::InvalidSecurity, at, message);
        self.findings
            .push(problem.label(label).assuming(LEFT_OUT).help(help));
    }
}

/// `` `a`, `b` or `c` ``
fn listed(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
