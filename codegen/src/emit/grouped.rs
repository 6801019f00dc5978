//! A crate of groups: a public module and a Cargo feature for each group of operations.
//!
//! A type that several groups use is defined once, in a private module of `shared`, and is
//! exported by each of them. Errors by status and headers are in private modules of `aliased`, and
//! exported by none: callers have the aliases of the operations.

use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use crate::model::{Api, ErrorSet, Group, HeaderSet, Module as Concern, Operation, Part, TypeDef};
use crate::spelling::ident;
use crate::visible::code_span;

use super::crate_root::{Root, listed};
use super::import::Homes;
use super::{Imports, Module, by_status, example, header, module, operation, types};

/// The folder of items that several groups use.
const SHARED: &str = "shared";

/// The folder of items that callers know by an alias.
const ALIASED: &str = "aliased";

/// The documentation of the root before the list of groups.
const CONTENTS: &str = "Each module is a group of operations with a Cargo feature of the same name. The feature `full`, \
    which is on by default, enables all of them.";

/// The parts of the root that groups determine, and the other modules.
pub(super) fn modules<'a>(api: &'a Api, crate_name: &str) -> (Root, Vec<Module<'a>>) {
    let grouped = Grouped::new(api);
    let groups = 0..api.groups.len();
    let groups = groups.filter_map(|group| grouped.group(group, crate_name));
    let mut modules: Vec<Module<'a>> = groups.collect();
    let mut declared: Vec<TokenStream> = api.groups.iter().map(declaration).collect();
    let (shared, aliased) = (grouped.shared(), grouped.aliased());
    let folders = [
        folder(
            api,
            ALIASED,
            "Items that operations have aliases for.",
            aliased,
        ),
        folder(api, SHARED, "Items that several groups use.", shared),
    ];
    for (declaration, found) in folders.into_iter().flatten() {
        declared.push(declaration);
        modules.extend(found);
    }
    let root = Root {
        modules: declared,
        exports: Vec::new(),
        // With a single group enabled, some items are unused and some links have no target.
        attributes: vec![parse_quote! {
            #![cfg_attr(not(feature = "full"), allow(dead_code, rustdoc::broken_intra_doc_links))]
        }],
        contents: grouped.contents(),
        programs: Vec::new(),
    };
    (root, modules)
}

/// The items of each group and of each part, by their indices.
struct Grouped<'a> {
    api: &'a Api,
    homes: Rc<Homes<'a>>,
    operations: Vec<Vec<&'a Operation>>,
    types: Vec<Vec<&'a TypeDef>>,
    errors: Vec<Vec<&'a ErrorSet>>,
    headers: Vec<Vec<&'a HeaderSet>>,
    /// The parts that each group shares with others and that have types.
    shared: Vec<Vec<&'a Part>>,
}

impl<'a> Grouped<'a> {
    fn new(api: &'a Api) -> Self {
        let (groups, parts) = (api.groups.len(), api.parts.len());
        let types = sorted(parts, api.types.iter().map(|def| (def.part, def)));
        let mut shared = vec![Vec::new(); groups];
        let with_types = api.parts.iter().zip(&types).skip(groups);
        for (part, _) in with_types.filter(|(_, types)| !types.is_empty()) {
            part.groups
                .iter()
                .for_each(|group| shared[*group].push(part));
        }
        let operations = api.operations.iter();
        Self {
            api,
            homes: Rc::new(homes(api)),
            operations: sorted(
                groups,
                operations.map(|operation| (operation.group, operation)),
            ),
            types,
            errors: sorted(parts, api.errors.iter().map(|set| (set.part, set))),
            headers: sorted(parts, api.headers.iter().map(|set| (set.part, set))),
            shared,
        }
    }

    /// The module of a group.
    fn group(&self, index: usize, crate_name: &str) -> Option<Module<'a>> {
        let (api, group, operations) = (self.api, &self.api.groups[index], &self.operations[index]);
        let mut doc = vec![format!("The group {}.", code_span(group.name.wire()))];
        if !group.doc.lines.is_empty() {
            doc.push(String::new());
            doc.extend(group.doc.lines.iter().cloned());
        }
        doc.extend(listed(operations));
        doc.extend(example::first_program(api, crate_name, group, operations));
        let mut known = vec![format!("crate::{}", group.name.rust())];
        let mut exports = Vec::new();
        for part in &self.shared[index] {
            let name = part.name.rust();
            known.push(format!("crate::{SHARED}::{name}"));
            let (folder, name) = (ident(SHARED), ident(name));
            exports.push(quote! { pub use crate::#folder::#name::*; });
        }
        let own = operation::items(api, operations.clone()).chain(self.types(index));
        let path = format!("{}.rs", group.name.plain());
        let imports = Imports::new(&self.homes, known);
        module(path, &doc, exports.into_iter().chain(own), imports)
    }

    /// The types of a part, in the order of the modules of a flat crate.
    fn types(&self, part: usize) -> impl Iterator<Item = TokenStream> + use<'a> {
        let (api, own) = (self.api, self.types[part].clone());
        let concerns = [Concern::Requests, Concern::Events, Concern::Types];
        let concerns = concerns.into_iter();
        concerns.flat_map(move |concern| types(api, concern, own.clone().into_iter()))
    }

    /// The modules with the types that several groups use.
    fn shared(&self) -> Vec<(&'a Part, Module<'a>)> {
        let parts = self.api.parts.iter().enumerate();
        let modules = parts
            .skip(self.api.groups.len())
            .filter_map(|(index, part)| {
                Some((part, self.private(SHARED, part, self.types(index))?))
            });
        modules.collect()
    }

    /// The modules with errors by status and headers.
    fn aliased(&self) -> Vec<(&'a Part, Module<'a>)> {
        let parts = self.api.parts.iter().enumerate();
        let modules = parts.filter_map(|(index, part)| {
            let errors = by_status::errors(self.api, self.errors[index].clone().into_iter());
            let headers = header::items(self.headers[index].clone().into_iter());
            Some((part, self.private(ALIASED, part, errors.chain(headers))?))
        });
        modules.collect()
    }

    /// A list of the groups.
    fn contents(&self) -> Vec<String> {
        let mut lines = vec![String::new(), CONTENTS.to_owned(), String::new()];
        for (group, operations) in self.api.groups.iter().zip(&self.operations) {
            let count = match operations.len() {
                1 => "1 operation".to_owned(),
                count => format!("{count} operations"),
            };
            let summary = match group.doc.summary().lines.join(" ") {
                none if none.is_empty() => none,
                summary => format!(": {summary}"),
            };
            lines.push(format!("- [`{}`], {count}{summary}", group.name.rust()));
        }
        lines
    }

    fn private(
        &self,
        folder: &str,
        part: &Part,
        items: impl Iterator<Item = TokenStream> + 'a,
    ) -> Option<Module<'a>> {
        let groups = part.groups.iter().map(|group| &self.api.groups[*group]);
        let groups = groups.map(|group| code_span(group.feature()));
        let groups = groups.collect::<Vec<_>>().join(", ");
        let own = vec![format!("crate::{folder}::{}", part.name.rust())];
        let imports = Imports::new(&self.homes, own);
        let path = format!("{folder}/{}.rs", part.name.plain());
        module(path, &[format!("Used by {groups}.")], items, imports)
    }
}

/// Collects things by their index; those without one are left out.
fn sorted<'a, T>(
    count: usize,
    things: impl Iterator<Item = (Option<usize>, &'a T)>,
) -> Vec<Vec<&'a T>> {
    let mut sorted = vec![Vec::new(); count];
    for (index, thing) in things {
        if let Some(index) = index {
            sorted[index].push(thing);
        }
    }
    sorted
}

/// Every emitted name with the module that defines it.
fn homes(api: &Api) -> Homes<'_> {
    let within = |folder: &str, part: Option<usize>| {
        let name = api.parts[part?].name.rust();
        Some(format!("crate::{folder}::{name}"))
    };
    let of_group = |group: usize| format!("crate::{}", api.groups[group].name.rust());
    let operations = api.operations.iter().flat_map(|operation| {
        let home = operation.group.map(of_group);
        operation.names().map(move |name| (name, home.clone()))
    });
    let types = api.types.iter().map(|def| {
        let home = match def.part {
            Some(part) if part < api.groups.len() => Some(of_group(part)),
            part => within(SHARED, part),
        };
        (&def.name, home)
    });
    let errors = api.errors.iter();
    let errors = errors.map(|set| (&set.choice.name, within(ALIASED, set.part)));
    let headers = api.headers.iter();
    let headers = headers.map(|set| (&set.name, within(ALIASED, set.part)));
    let all = operations.chain(types).chain(errors).chain(headers);
    all.filter_map(|(name, home)| Some((name.rust(), home?)))
        .collect()
}

/// The declaration of a group in the root.
fn declaration(group: &Group) -> TokenStream {
    let (name, feature) = (ident(group.name.rust()), group.feature());
    quote! { #[cfg(feature = #feature)] pub mod #name; }
}

/// The declaration of a private module of a folder.
fn part_declaration(api: &Api, part: &Part) -> TokenStream {
    let name = ident(part.name.rust());
    let features = part.groups.iter().map(|group| api.groups[*group].feature());
    let features: Vec<&str> = features.collect();
    let condition = match features.as_slice() {
        all if all.len() == api.groups.len() => None,
        [only] => Some(quote! { #[cfg(feature = #only)] }),
        several => Some(quote! { #[cfg(any(#(feature = #several),*))] }),
    };
    quote! { #condition pub mod #name; }
}

/// A private folder of modules with its declaration, unless it would be empty.
fn folder<'a>(
    api: &Api,
    name: &str,
    doc: &str,
    modules: Vec<(&Part, Module<'a>)>,
) -> Option<(TokenStream, Vec<Module<'a>>)> {
    let (parts, modules): (Vec<&Part>, Vec<Module<'a>>) = modules.into_iter().unzip();
    let mut parts = parts;
    parts.sort_by_key(|part| part.name.plain());
    let declared: Vec<_> = parts
        .iter()
        .map(|part| part_declaration(api, part))
        .collect();
    let path = format!("{name}/mod.rs");
    let root = module(
        path,
        &[doc.to_owned()],
        declared.into_iter(),
        Imports::none(),
    )?;
    let name = ident(name);
    let all = std::iter::once(root).chain(modules).collect();
    Some((quote! { mod #name; }, all))
}
