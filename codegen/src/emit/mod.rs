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
//! In a crate of groups, each group has all of that in one module, except for shared items:
//!
//! ```text
//! lib.rs                       what the crate is, and what each group is
//! images.rs                    operations, requests, events and types of a group, and the names of all types they need
//! shared/files_and_images.rs   requests, events and types that exactly these groups need
//! aliased/images.rs            errors and headers, for which callers have the aliases of operations
//! ```
//!
//! An emitted implementation is a list of its fields; code that is the same for every type is
//! called, not copied.

mod by_status;
mod call;
mod choice;
mod conversion;
mod crate_root;
mod event;
pub mod example;
mod exclusive;
mod flat;
mod form;
mod grouped;
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

use std::borrow::Cow;

use proc_macro2::TokenStream;

use crate::model::{Api, Module as Concern, Shape, TypeDef};
pub use import::Imports;

/// A module: its documentation and its items, in order.
///
/// The items are made on demand, one type after the other: together they would need far more
/// memory than their text.
pub struct Module<'a> {
    /// Path of the file under `src/`.
    pub path: Cow<'static, str>,
    /// Documentation of the module, an attribute for each line.
    pub doc: Vec<syn::Attribute>,
    /// Text of the inner attributes.
    pub attributes: Vec<syn::Attribute>,
    /// The items, without imports.
    pub items: Items<'a>,
    /// The names that the items use, with their imports.
    pub imports: Imports<'a>,
}

/// Items, made on demand.
pub type Items<'a> = Box<dyn Iterator<Item = syn::Item> + 'a>;

/// The modules of a crate of this name (as Rust writes it: `image_edits`).
#[must_use]
pub fn emit<'a>(api: &'a Api, crate_name: &str) -> Vec<Module<'a>> {
    let (root, mut modules) = if api.groups.is_empty() {
        flat::modules(api, crate_name)
    } else {
        grouped::modules(api, crate_name)
    };
    let servers = servers(api);
    let root = crate_root::module(api, root, servers.is_some());
    modules.extend(servers);
    modules.insert(0, root);
    modules
}

/// A module, unless it would be empty.
fn module<'a>(
    path: impl Into<Cow<'static, str>>,
    doc: &[String],
    items: impl Iterator<Item = TokenStream> + 'a,
    imports: Imports<'a>,
) -> Option<Module<'a>> {
    let mut items = items.map(tokens::item).peekable();
    items.peek()?;
    Some(Module {
        path: path.into(),
        doc: tokens::module_doc(doc),
        attributes: vec![tokens::printed_once()],
        items: Box::new(items),
        imports,
    })
}

/// The module `servers`: servers with variables, and servers after the first. It uses no names of
/// the other modules.
fn servers(api: &Api) -> Option<Module<'_>> {
    let doc = ["Servers, for the base URL of a request.".to_owned()];
    module("servers.rs", &doc, server::items(api), Imports::none())
}

/// The modules of a flat crate as those of a module of another crate.
///
/// Inner attributes would not allow `include!`: those of the root go to the other modules, and
/// documentation is for the owner of the module to write.
#[must_use]
pub fn as_module(mut modules: Vec<Module<'_>>) -> Vec<Module<'_>> {
    let Some(root) = modules.first_mut() else {
        return modules;
    };
    root.path = "mod.rs".into();
    root.doc.clear();
    let mut lints = std::mem::take(&mut root.attributes);
    lints.retain(|attribute| attribute.path().is_ident("allow"));
    let items = std::mem::replace(&mut root.items, Box::new(std::iter::empty()));
    root.items = Box::new(items.map(tokens::within_module));
    for module in modules.iter_mut().skip(1) {
        module.attributes.extend(lints.iter().cloned());
    }
    modules
}

/// The types of one module of a flat crate.
fn types<'a>(
    api: &'a Api,
    concern: Concern,
    defs: impl Iterator<Item = &'a TypeDef> + 'a,
) -> impl Iterator<Item = TokenStream> + 'a {
    let of_concern = defs.filter(move |def| def.module == concern);
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
