//! `lib.rs`: the documentation of the crate, its exports of the runtime, and its modules.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use crate::model::{Api, Operation};
use crate::spelling::ident;
use crate::visible::code_span;
use crate::vocabulary::{Origin, VOCABULARY};
use crate::wrap::wrap;

use super::tokens::{self, module_doc};
use super::{Imports, Module, security, server};

/// The parts of the root that depend on the layout of the crate.
pub(super) struct Root {
    /// Declarations of the other modules.
    pub modules: Vec<TokenStream>,
    /// Exports of their items.
    pub exports: Vec<TokenStream>,
    /// Attributes of the crate.
    pub attributes: Vec<syn::Attribute>,
    /// Documentation of the contents.
    pub contents: Vec<String>,
    /// Example programs in the documentation.
    pub programs: Vec<String>,
}

/// The root module.
pub(super) fn module(api: &Api, root: Root, has_servers: bool) -> Module<'_> {
    let mut items = root.modules;
    items.extend(has_servers.then(|| quote! { pub mod servers; }));
    items.extend(root.exports);
    items.push(quote! { pub use openapi_runtime as runtime; });
    let exported = VOCABULARY.iter();
    let exported = exported.filter(|(_, origin)| *origin == Origin::Exported);
    let exported = exported.map(|(name, _)| ident(name));
    items.push(quote! { pub use openapi_runtime::{#(#exported),*}; });
    items.extend(server::root(api));
    let lints = vec![parse_quote! { #![allow(
        deprecated,
        clippy::pedantic,
        clippy::allow_attributes,
        clippy::borrowed_box,
        clippy::clone_on_copy,
        clippy::collapsible_if,
        clippy::collapsible_match,
        clippy::doc_lazy_continuation,
        clippy::doc_overindented_list_items,
        clippy::large_enum_variant,
        clippy::manual_range_patterns,
        clippy::match_overlapping_arm,
        clippy::match_single_binding,
        clippy::new_without_default,
        clippy::single_match,
        clippy::too_many_arguments,
        clippy::type_complexity
    )] }];
    Module {
        path: "lib.rs".into(),
        doc: module_doc(&documentation(api, root.contents, root.programs)),
        attributes: [vec![tokens::printed_once()], lints, root.attributes].concat(),
        items: Box::new(items.into_iter().map(tokens::item)),
        imports: Imports::none(),
    }
}

/// Documentation on how to send an operation.
const SENDING: &str = "A client of the package `openapi-client` sends any operation in one line, \
    `client.send(operation).await?`, and streams its events with `client.stream(operation).await?`. Any other HTTP client sends \
    a [`Call`].";

fn documentation(api: &Api, contents: Vec<String>, programs: Vec<String>) -> Vec<String> {
    let title = crate::lower::plain(&api.title);
    let mut lines = vec![format!(
        "{}: requests and responses.",
        if title.is_empty() { "An API" } else { &title }
    )];
    lines.extend(contents);
    if !api.operations.is_empty() {
        let sending = ["", "# Sending", "", SENDING].map(str::to_owned);
        lines.extend(sending);
    }
    lines.extend(security::documentation(api));
    let mut wrapped = Vec::new();
    for line in &lines {
        let marks = if line.starts_with("- ") { "- " } else { "" };
        wrap(line, marks, &mut wrapped);
    }
    wrapped.extend(programs);
    wrapped
}

/// Paragraphs of documentation, one for each operation.
pub(super) fn listed(operations: &[&Operation]) -> Vec<String> {
    let lines = operations.iter().flat_map(|operation| {
        let place = format!("{} {}", operation.method, operation.path.text);
        let name = operation.name.rust();
        [
            String::new(),
            format!("[`{name}`] is {}.", code_span(&place)),
        ]
    });
    lines.collect()
}
