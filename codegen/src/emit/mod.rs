//! Prints an [`Api`] as modules of Rust items. Nothing is decided here, and nothing can fail.
//!
//! ```text
//! lib.rs          what the crate is, three short programs, one flat name space
//! operations.rs   a struct for each operation, and the choice of its body
//! requests.rs     request bodies
//! events.rs       events of streams
//! types.rs        all other types
//! ```
//!
//! An emitted implementation is a list of its fields; what is the same for every type is called, not copied.

mod choice;
mod conversion;
mod crate_root;
mod example;
mod exclusive;
mod form;
mod import;
mod json;
mod open_enum;
mod operation;
mod structure;
mod tokens;
mod union;
mod validate;

use proc_macro2::TokenStream;

use crate::model::{Api, Module as Concern, Shape, TypeDef};

/// A module: its documentation and its items, in order.
pub struct Module {
    /// Path of the file under `src/`.
    pub path: &'static str,
    /// Documentation of the module, an attribute for each line.
    pub doc: Vec<syn::Attribute>,
    /// Inner attributes, as they are written.
    pub attributes: Vec<syn::Attribute>,
    /// The items.
    pub items: Vec<syn::Item>,
}

/// The modules of a crate of this name (as Rust writes it: `image_edits`).
#[must_use]
pub fn emit(api: &Api, crate_name: &str) -> Vec<Module> {
    let mut modules = Vec::new();
    modules.extend(module(
        api,
        "events.rs",
        "Events of the streams.",
        types(api, Concern::Events),
    ));
    modules.extend(module(
        api,
        "operations.rs",
        "Operations: what is asked for, and the call that asks for it.",
        operation::items(api),
    ));
    modules.extend(module(
        api,
        "requests.rs",
        "Request bodies.",
        types(api, Concern::Requests),
    ));
    modules.extend(module(
        api,
        "types.rs",
        "Types of requests and responses.",
        types(api, Concern::Types),
    ));
    modules.insert(0, crate_root::module(api, &modules, crate_name));
    modules
}

fn module(api: &Api, path: &'static str, doc: &str, items: Vec<TokenStream>) -> Option<Module> {
    if items.is_empty() {
        return None;
    }
    let items: Vec<syn::Item> = items.into_iter().map(tokens::item).collect();
    let uses = import::uses(api, path.trim_end_matches(".rs"), &items);
    let items = uses.into_iter().map(tokens::item).chain(items).collect();
    Some(Module {
        path,
        doc: tokens::module_doc(&[doc.to_owned()]),
        attributes: Vec::new(),
        items,
    })
}

fn types(api: &Api, concern: Concern) -> Vec<TokenStream> {
    let of_concern = api.types.iter().filter(|def| def.module == concern);
    of_concern.flat_map(|def| type_items(api, def)).collect()
}

fn type_items(api: &Api, def: &TypeDef) -> Vec<TokenStream> {
    match &def.shape {
        Shape::Struct(object) => structure::items(api, def, object),
        Shape::OpenEnum(values) => open_enum::items(def, values),
        Shape::Union(union) => union::items(api, def, union),
        Shape::Exclusive(variants) => exclusive::items(api, def, variants),
    }
}
