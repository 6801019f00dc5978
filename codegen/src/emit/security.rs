//! The credentials that operations accept.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Operation, SchemeKind, Security, SecurityScheme, WantedScheme};
use crate::visible::code_span;

/// The constant with the security requirements of the root, shared by the operations of a module
/// that have no `security` of their own.
pub(super) fn root(api: &Api, operations: &[&Operation]) -> Option<TokenStream> {
    let mut operations = operations.iter();
    let is_wanted = operations.any(|operation| operation.security.is_none());
    let is_secured = is_wanted && !api.security.requirements.is_empty();
    let requirements = is_secured.then(|| requirements(api, &api.security))?;
    Some(quote! {
        /// The security requirements of operations that declare none of their own.
        const SECURITY: &[security::Requirement] = #requirements;
    })
}

/// The constant `SECURITY` of an operation that accepts credentials.
pub(super) fn constant(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let value = match &operation.security {
        _ if !is_secured(api, operation) => return None,
        Some(own) => requirements(api, own),
        None => quote! { self::SECURITY },
    };
    Some(quote! {
        /// The accepted credentials: those of any one of these requirements.
        pub const SECURITY: &[security::Requirement] = #value;
    })
}

/// The security requirements that a call carries.
pub(super) fn carried(api: &Api, operation: &Operation) -> Option<TokenStream> {
    is_secured(api, operation).then(|| quote! { .map(|call| call.secured(Self::SECURITY)) })
}

/// True if the operation accepts credentials.
pub(super) fn is_secured(api: &Api, operation: &Operation) -> bool {
    !api.security_of(operation).requirements.is_empty()
}

fn requirements(api: &Api, security: &Security) -> TokenStream {
    let requirements = security.requirements.iter().map(|requirement| {
        let schemes = requirement.schemes.iter();
        let schemes = schemes.map(|wanted| scheme(api, wanted));
        quote! { security::Requirement::new(&[#(#schemes),*]) }
    });
    quote! { &[#(#requirements),*] }
}

fn scheme(api: &Api, wanted: &WantedScheme) -> TokenStream {
    let SecurityScheme { name, kind, .. } = &api.security_schemes[wanted.scheme];
    let scheme = match kind {
        SchemeKind::Bearer => quote! { bearer(#name) },
        SchemeKind::OAuth2 => quote! { oauth2(#name) },
        SchemeKind::OpenIdConnect => quote! { open_id_connect(#name) },
        SchemeKind::Basic => quote! { basic(#name) },
        SchemeKind::Http(scheme) => quote! { http(#name, #scheme) },
        SchemeKind::Header(header) => {
            let header = header.to_ascii_lowercase();
            quote! { header(#name, #header) }
        }
        SchemeKind::Query(parameter) => quote! { query(#name, #parameter) },
        SchemeKind::Cookie(cookie) => quote! { cookie(#name, #cookie) },
        SchemeKind::MutualTls => quote! { mutual_tls(#name) },
    };
    let scopes = &wanted.scopes;
    let scopes = (!scopes.is_empty()).then(|| quote! { .scopes(&[#(#scopes),*]) });
    quote! { security::Scheme::#scheme #scopes }
}

/// The section of the crate's documentation on how callers pass credentials.
pub(super) fn documentation(api: &Api) -> Vec<String> {
    if api.security_schemes.is_empty() {
        return Vec::new();
    }
    let heading = ["", "# Credentials", ""].map(str::to_owned);
    let schemes = api.security_schemes.iter();
    let mut tokens = schemes.clone().filter(|scheme| scheme.kind.takes_token());
    let has_several_tokens = tokens.nth(1).is_some();
    let schemes = schemes.flat_map(|scheme| {
        let given = given(scheme, has_several_tokens);
        let line = format!("- {}: {given}", code_span(&scheme.name));
        let prose = scheme.doc.lines.iter().map(|line| match line.as_str() {
            "" => String::new(),
            line => format!("  {line}"),
        });
        let blank = (!scheme.doc.lines.is_empty()).then(String::new);
        std::iter::once(line)
            .chain(blank)
            .chain(prose)
            .collect::<Vec<_>>()
    });
    let end = "Each operation accepts what its constant `SECURITY` names; one without it is sent no credentials. \
        [`Call::authorize`] adds those that the operation accepts to a call, and so does `Call::into_http`.";
    let lines = heading.into_iter().chain(schemes);
    lines.chain([String::new(), end.to_owned()]).collect()
}

/// The form in which a caller passes the credential of a scheme.
fn given(scheme: &SecurityScheme, has_several_tokens: bool) -> String {
    let with = |what: &str, credential: &str| {
        let name = &scheme.name;
        let call = format!("Credentials::none().with({name:?}, Credential::{credential})");
        format!("{what}, {}", code_span(&call))
    };
    match &scheme.kind {
        kind if kind.takes_token() && has_several_tokens => with(
            "a bearer token, that of `Credentials::bearer(token)` or its own",
            "key(token)",
        ),
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            "a bearer token, `Credentials::bearer(token)`".to_owned()
        }
        SchemeKind::Basic => with("user and password", "basic(user, password)"),
        SchemeKind::Http(scheme) => with(&format!("a key for {}", code_span(scheme)), "key(key)"),
        SchemeKind::Header(name) => with(
            &format!("a key in the header {}", code_span(name)),
            "key(key)",
        ),
        SchemeKind::Query(name) => with(
            &format!("a key in the query as {}", code_span(name)),
            "key(key)",
        ),
        SchemeKind::Cookie(name) => with(
            &format!("a key in the cookie {}", code_span(name)),
            "key(key)",
        ),
        SchemeKind::MutualTls => with("a client certificate", "certificate()"),
    }
}
