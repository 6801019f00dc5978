//! A crate with one name space: private modules by kind of item, all exported by the root.

use std::collections::BTreeMap;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Module as Concern, Operation, TypeDef};
use crate::spelling::ident;

use super::crate_root::{Root, listed};
use super::import::Homes;
use super::{Imports, Module, by_status, example, header, module, operation, types};

/// The layout's parts of the root, and the other modules.
pub(super) fn modules<'a>(api: &'a Api, crate_name: &str) -> (Root, Vec<Module<'a>>) {
    let named = homes(api).map(|(home, name)| (name, format!("super::{home}")));
    let homes: Rc<Homes<'a>> = Rc::new(named.collect());
    let operations: Vec<&Operation> = api.operations.iter().collect();
    let parts: [(_, _, Box<dyn Iterator<Item = TokenStream> + 'a>); 6] = [
        (
            "errors",
            "Errors by status.",
            Box::new(by_status::errors(api, api.errors.iter())),
        ),
        (
            "events",
            "Events of streams.",
            Box::new(types(api, Concern::Events, api.types.iter())),
        ),
        (
            "headers",
            "Headers of responses.",
            Box::new(header::items(api.headers.iter())),
        ),
        (
            "operations",
            "Operations, and the calls that send them.",
            Box::new(operation::items(api, operations.clone())),
        ),
        (
            "requests",
            "Request bodies.",
            Box::new(types(api, Concern::Requests, api.types.iter())),
        ),
        (
            "types",
            "Types of requests and responses.",
            Box::new(types(api, Concern::Types, api.types.iter())),
        ),
    ];
    let mut declared = Vec::new();
    let mut modules = Vec::new();
    for (name, doc, items) in parts {
        let imports = Imports::new(&homes, vec![format!("super::{name}")]);
        let path = format!("{name}.rs");
        if let Some(module) = module(path, &[doc.to_owned()], items, imports) {
            let name = ident(name);
            declared.push(quote! { mod #name; });
            modules.push(module);
        }
    }
    let root = Root {
        modules: declared,
        exports: exports(api),
        attributes: Vec::new(),
        contents: listed(&operations),
        programs: example::programs(api, crate_name, &operations),
    };
    (root, modules)
}

/// Every emitted name with the module that defines it.
fn homes(api: &Api) -> impl Iterator<Item = (&'static str, &str)> {
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

fn exports(api: &Api) -> Vec<TokenStream> {
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // Enums of errors and structs of headers are exported under the aliases of the operations.
    let is_shared = |home: &str| matches!(home, "errors" | "headers");
    let exported = homes(api).filter(|(home, _)| !is_shared(home));
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
