//! The `use` declarations of a module: what its items name, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};

use crate::model::{Api, Module as Concern, Operation, TypeDef};
use crate::spelling::ident;
use crate::vocabulary::VOCABULARY;

use super::tokens::item;

/// What the items of a module name, gathered while they are made.
pub struct Imports<'a> {
    /// The types of the crate, and the module that the imports are for; a module that imports nothing has none.
    of: Option<(&'a Api, &'static str)>,
    named: Named,
}

impl<'a> Imports<'a> {
    pub(super) fn new(api: &'a Api, module: &'static str) -> Self {
        Self {
            of: Some((api, module)),
            named: Named::default(),
        }
    }

    pub(super) fn none() -> Self {
        Self {
            of: None,
            named: Named::default(),
        }
    }

    /// Notes what an item names.
    pub fn note(&mut self, item: &syn::Item) {
        if self.of.is_some() {
            self.named.visit_item(item);
        }
    }

    /// The declarations that the items noted so far need.
    #[must_use]
    pub fn declarations(&self) -> Vec<syn::Item> {
        let Some((api, module)) = self.of else {
            return Vec::new();
        };
        let named = &self.named.0;
        let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (name, origin) in VOCABULARY {
            if let Some(path) = origin.import()
                && named.contains(name)
            {
                wanted.entry(path.to_owned()).or_default().insert(name);
            }
        }
        for (home, name) in homes(api) {
            if home != module && named.contains(name) {
                let from_there = wanted.entry(format!("crate::{home}")).or_default();
                from_there.insert(name);
            }
        }
        let declarations = wanted
            .into_iter()
            .filter_map(|(path, names)| declaration(&path, &names));
        declarations.map(item).collect()
    }
}

fn declaration(path: &str, names: &BTreeSet<&str>) -> Option<TokenStream> {
    let path: syn::Path = syn::parse_str(path).ok()?;
    let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
    Some(match names.as_slice() {
        [only] => quote! { use #path::#only; },
        all => quote! { use #path::{#(#all),*}; },
    })
}

/// Every emitted name with the module that defines it.
pub fn homes(api: &Api) -> impl Iterator<Item = (&'static str, &str)> {
    let types = api.types.iter().map(|def| (home(def), &def.name));
    let operations = api.operations.iter().flat_map(Operation::names);
    let errors = api.errors.iter().map(|set| ("errors", &set.choice.name));
    let headers = api.headers.iter().map(|set| ("headers", &set.name));
    types
        .chain(operations.map(|name| ("operations", name)))
        .chain(errors)
        .chain(headers)
        .map(|(home, name)| (home, name.rust()))
}

/// The module of a type.
fn home(def: &TypeDef) -> &'static str {
    match def.module {
        Concern::Requests => "requests",
        Concern::Events => "events",
        Concern::Types => "types",
    }
}

/// The names that paths begin with. A bare name in an expression is a variable, whatever else is called so.
#[derive(Default)]
struct Named(BTreeSet<String>);

impl<'ast> Visit<'ast> for Named {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.0.insert(first.ident.to_string());
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, expression: &'ast syn::ExprPath) {
        if expression.qself.is_some() || expression.path.segments.len() > 1 {
            visit::visit_expr_path(self, expression);
        }
    }
}
