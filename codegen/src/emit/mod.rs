//! Prints an [`Api`] as modules of Rust items. Nothing is decided here, and nothing can fail.
//!
//! ```text
//! lib.rs          what the crate is, three short programs, one flat name space
//! operations.rs   a struct for each operation, and the choice of its body
//! requests.rs     request bodies
//! servers.rs      servers that have variables, and those that are not the first
//! errors.rs       errors by status
//! events.rs       events of streams and JSON lines
//! headers.rs      headers of responses
//! types.rs        all other types
//! ```
//!
//! An emitted implementation is a list of its fields; what is the same for every type is called, not copied.

mod by_status;
mod call;
mod choice;
mod conversion;
mod crate_root;
mod event;
pub mod example;
mod exclusive;
mod form;
mod header;
mod import;
mod json;
mod open_enum;
mod operation;
mod pairs;
mod parameter;
mod security;
mod server;
mod structure;
pub(crate) mod tokens;
mod union;
mod validate;

use proc_macro2::TokenStream;

use crate::model::{Api, Module as Concern, Shape, TypeDef};
pub use import::Imports;

/// A module: its documentation and its items, in order.
///
/// The items are made while they are taken, one type after the other: all of them would fill the memory long before
/// their text does.
pub struct Module<'a> {
    /// Path of the file under `src/`.
    pub path: &'static str,
    /// Documentation of the module, an attribute for each line.
    pub doc: Vec<syn::Attribute>,
    /// Inner attributes, as they are written.
    pub attributes: Vec<syn::Attribute>,
    /// The items, without imports.
    pub items: Items<'a>,
    /// What the items name, and where it is imported from.
    pub imports: Imports<'a>,
}

/// Items, as they are made.
pub type Items<'a> = Box<dyn Iterator<Item = syn::Item> + 'a>;

/// The modules of a crate of this name (as Rust writes it: `image_edits`).
#[must_use]
pub fn emit<'a>(api: &'a Api, crate_name: &str) -> Vec<Module<'a>> {
    let parts: [(_, _, Box<dyn Iterator<Item = TokenStream> + 'a>); 6] = [
        (
            "errors.rs",
            "Errors by status.",
            Box::new(by_status::errors(api)),
        ),
        (
            "events.rs",
            "Events of the streams.",
            Box::new(types(api, Concern::Events)),
        ),
        (
            "headers.rs",
            "Headers of responses.",
            Box::new(header::items(api)),
        ),
        (
            "operations.rs",
            "Operations: what is asked for, and the call that asks for it.",
            Box::new(operation::items(api)),
        ),
        (
            "requests.rs",
            "Request bodies.",
            Box::new(types(api, Concern::Requests)),
        ),
        (
            "types.rs",
            "Types of requests and responses.",
            Box::new(types(api, Concern::Types)),
        ),
    ];
    let parts = parts.into_iter();
    let modules = parts.filter_map(|(path, doc, items)| module(api, path, doc, items));
    let mut modules: Vec<_> = modules.collect();
    modules.extend(servers(api));
    modules.insert(0, crate_root::module(api, &modules, crate_name));
    modules
}

/// A module, unless it would be empty.
fn module<'a>(
    api: &'a Api,
    path: &'static str,
    doc: &str,
    items: impl Iterator<Item = TokenStream> + 'a,
) -> Option<Module<'a>> {
    let mut items = items.map(tokens::item).peekable();
    items.peek()?;
    Some(Module {
        path,
        doc: tokens::module_doc(&[doc.to_owned()]),
        attributes: Vec::new(),
        items: Box::new(items),
        imports: Imports::new(api, path.trim_end_matches(".rs")),
    })
}

/// The module `servers`: servers with variables, and servers after the first. It uses no names of the other modules.
fn servers(api: &Api) -> Option<Module<'_>> {
    let mut items = server::items(api).map(tokens::item).peekable();
    items.peek()?;
    Some(Module {
        path: "servers.rs",
        doc: tokens::module_doc(&["Servers, for the base URL of a request.".to_owned()]),
        attributes: Vec::new(),
        items: Box::new(items),
        imports: Imports::none(),
    })
}

fn types(api: &Api, concern: Concern) -> impl Iterator<Item = TokenStream> {
    let of_concern = api.types.iter().filter(move |def| def.module == concern);
    of_concern.flat_map(|def| type_items(api, def))
}

fn type_items(api: &Api, def: &TypeDef) -> Vec<TokenStream> {
    let mut items = match &def.shape {
        Shape::Struct(object) => structure::items(api, def, object),
        Shape::OpenEnum(open) => open_enum::items(def, &open.values),
        Shape::Union(union) => union::items(api, def, union),
        Shape::Exclusive(variants) => exclusive::items(api, def, variants),
    };
    items.extend(event::item(api, def));
    items.extend(parameter::item(def));
    items
}
