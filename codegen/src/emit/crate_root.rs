//! `lib.rs`: what the crate is, and one flat name space.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use crate::model::Api;
use crate::spelling::ident;
use crate::visible::code_span;
use crate::vocabulary::{Origin, VOCABULARY};

use super::tokens::{self, module_doc};
use super::{Imports, Module, example, import, security, server};

/// The root module over the other modules.
pub fn module<'a>(api: &'a Api, modules: &[Module<'a>], crate_name: &str) -> Module<'a> {
    let mut items: Vec<TokenStream> = modules
        .iter()
        .map(|module| {
            let name = ident(module.path.trim_end_matches(".rs"));
            // The items of the other modules are exported from the root and share its namespace.
            let public = (module.path == "servers.rs").then(|| quote! { pub });
            quote! { #public mod #name; }
        })
        .collect();
    items.extend(exports(api));
    items.push(quote! { pub use openapi_runtime as runtime; });
    let exported = VOCABULARY.iter();
    let exported = exported.filter(|(_, origin)| *origin == Origin::Exported);
    let exported = exported.map(|(name, _)| ident(name));
    items.push(quote! { pub use openapi_runtime::{#(#exported),*}; });
    items.extend(server::root(api));
    Module {
        path: "lib.rs",
        doc: module_doc(&documentation(api, crate_name)),
        attributes: vec![parse_quote! { #![allow(
            deprecated,
            clippy::pedantic,
            clippy::allow_attributes,
            clippy::borrowed_box,
            clippy::clone_on_copy,
            clippy::collapsible_match,
            clippy::doc_lazy_continuation,
            clippy::doc_overindented_list_items,
            clippy::large_enum_variant,
            clippy::manual_range_patterns,
            clippy::match_overlapping_arm,
            clippy::match_single_binding,
            clippy::single_match,
            clippy::too_many_arguments,
            clippy::type_complexity
        )] }],
        items: Box::new(items.into_iter().map(tokens::item)),
        imports: Imports::none(),
    }
}

fn exports(api: &Api) -> Vec<TokenStream> {
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // Enums of errors and structs of headers are exported under the aliases of the operations.
    let is_shared = |home: &str| matches!(home, "errors" | "headers");
    let exported = import::homes(api).filter(|(home, _)| !is_shared(home));
    for (home, name) in exported {
        names.entry(home).or_default().push(name);
    }
    let export = |(home, mut names): (&str, Vec<&str>)| {
        names.sort_unstable();
        let (home, names) = (ident(home), names.into_iter().map(ident));
        quote! { pub use #home::{#(#names),*}; }
    };
    names.into_iter().map(export).collect()
}

/// How an operation is sent.
const SENDING: &str = "A client of the package `openapi-client` sends any operation in one line, \
    `client.send(operation).await?`, and gives its events with `client.stream(operation).await?`. Any other HTTP client sends \
    a [`Call`].";

fn documentation(api: &Api, crate_name: &str) -> Vec<String> {
    let title = crate::lower::plain(&api.title);
    let mut lines = vec![format!(
        "{}: requests and responses.",
        if title.is_empty() { "An API" } else { &title }
    )];
    for operation in &api.operations {
        lines.push(String::new());
        let name = operation.name.rust();
        lines.push(format!(
            "[`{name}`] is {}.",
            code_span(&format!("{} {}", operation.method, operation.path.text))
        ));
    }
    if !api.operations.is_empty() {
        let sending = ["", "# Sending", "", SENDING].map(str::to_owned);
        lines.extend(sending);
    }
    lines.extend(security::documentation(api));
    for (heading, program) in example::programs(api, crate_name) {
        lines.extend([
            String::new(),
            format!("# {heading}"),
            String::new(),
            "```".to_owned(),
        ]);
        lines.extend(program);
        lines.push("```".to_owned());
    }
    lines
}
