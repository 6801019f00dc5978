//! The `use` declarations of a module: what its items name, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};

use crate::model::{Api, Module as Concern, TypeDef};

use super::tokens::ident;

/// What emitted code names of the runtime and of the standard library, and the module that has it.
///
/// The types among them are reserved: no schema has such a name. Everything else is named with its module.
const RUNTIME: [(&str, &str); 19] = [
    ("ApiError", "openapi_runtime"),
    ("Base64", "openapi_runtime"),
    ("Call", "openapi_runtime"),
    ("EventResponse", "openapi_runtime"),
    ("Extra", "openapi_runtime"),
    ("JsonResponse", "openapi_runtime"),
    ("Nullable", "openapi_runtime"),
    ("OneOrMany", "openapi_runtime"),
    ("RequestError", "openapi_runtime"),
    ("StreamEvent", "openapi_runtime"),
    ("Upload", "openapi_runtime"),
    ("Uri", "openapi_runtime"),
    ("Validate", "openapi_runtime"),
    ("Violations", "openapi_runtime"),
    ("json", "openapi_runtime"),
    ("multipart", "openapi_runtime"),
    ("response", "openapi_runtime"),
    ("violation", "openapi_runtime"),
    ("BTreeMap", "std::collections"),
];

/// The declarations that the items of a module need.
pub fn uses(api: &Api, module: &str, items: &[syn::Item]) -> Vec<TokenStream> {
    let mut named = Named::default();
    for item in items {
        named.visit_item(item);
    }
    let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (name, path) in RUNTIME {
        if named.0.contains(name) {
            wanted.entry(path.to_owned()).or_default().insert(name);
        }
    }
    for def in &api.types {
        let home = home(def);
        if home != module && named.0.contains(def.name.rust()) {
            wanted
                .entry(format!("crate::{home}"))
                .or_default()
                .insert(def.name.rust());
        }
    }
    wanted
        .into_iter()
        .filter_map(|(path, names)| declaration(&path, &names))
        .collect()
}

fn declaration(path: &str, names: &BTreeSet<&str>) -> Option<TokenStream> {
    let path: syn::Path = syn::parse_str(path).ok()?;
    let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
    Some(match names.as_slice() {
        [only] => quote! { use #path::#only; },
        all => quote! { use #path::{#(#all),*}; },
    })
}

/// The module of a type.
pub fn home(def: &TypeDef) -> &'static str {
    match def.module {
        Concern::Requests => "requests",
        Concern::Events => "events",
        Concern::Types => "types",
    }
}

/// The names that paths begin with.
#[derive(Default)]
struct Named(BTreeSet<String>);

impl<'ast> Visit<'ast> for Named {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.0.insert(first.ident.to_string());
        }
        visit::visit_path(self, path);
    }
}
