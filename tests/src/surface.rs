//! The names that callers of an emitted crate can use, as a set of facts read from its text.
//!
//! ```text
//! Lamp: Clone
//! Lamp.color: Color
//! Lamp::new(impl Into<Color>) -> Self
//! Color::Red
//! ```
//!
//! A caller may rely on each fact. So a change after which one is gone is a breaking one, whatever
//! else is said of it.

use std::collections::BTreeSet;

use openapi_codegen::File;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Fields, FnArg, ImplItem, Item, ItemImpl, ReturnType, Visibility};

use crate::tables::expanded;

/// The items of each file. Shared enums of errors and structs of headers are moved to the aliases
/// that operations have for them, since callers know no other name.
///
/// # Panics
/// If a file is not Rust.
pub fn items(files: &[File]) -> Vec<(&str, Vec<Item>)> {
    let parse = |file: &File| -> Vec<Item> {
        let parsed = syn::parse_file(&file.text);
        let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}", file.path));
        parsed.items.into_iter().flat_map(expanded).collect()
    };
    let (shared, others): (Vec<&File>, Vec<&File>) = files
        .iter()
        .partition(|file| matches!(file.path.as_str(), "errors.rs" | "headers.rs"));
    let shared: Vec<Item> = shared.into_iter().flat_map(parse).collect();
    let imports = shared.iter().filter(|item| matches!(item, Item::Use(_)));
    let imports: Vec<Item> = imports.cloned().collect();
    let named = |item: Item| {
        let Item::Type(alias) = &item else {
            return vec![item];
        };
        let of = alias.ty.to_token_stream().to_string();
        let own = shared.iter().filter(|item| match item {
            Item::Enum(found) => found.ident == of,
            Item::Struct(found) => found.ident == of,
            Item::Impl(found) => found.self_ty.to_token_stream().to_string() == of,
            _ => false,
        });
        let own = own.map(|item| renamed(item.to_token_stream(), &of, &alias.ident));
        own.map(|tokens| syn::parse2(tokens).expect("it is an item"))
            .collect()
    };
    let others = others.into_iter().map(|file| {
        let items = parse(file).into_iter().flat_map(named);
        (file.path.as_str(), items.collect())
    });
    others.chain([("errors.rs", imports)]).collect()
}

/// The tokens with a type renamed.
fn renamed(tokens: TokenStream, from: &str, to: &Ident) -> TokenStream {
    let renamed = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == from => to.clone().into(),
        TokenTree::Group(group) => {
            let inner = renamed(group.stream(), from, to);
            proc_macro2::Group::new(group.delimiter(), inner).into()
        }
        other => other,
    });
    renamed.collect()
}

/// The facts of the files of a crate.
///
/// # Panics
/// If a file is not Rust.
pub fn facts(files: &[File]) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for (_, items) in items(files) {
        for item in &items {
            of_item(item, &mut facts);
        }
    }
    facts
}

fn of_item(item: &Item, facts: &mut BTreeSet<String>) {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let name = &item.ident;
            derives(&item.attrs, &name.to_string(), facts);
            for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                let (field, ty) = (&field.ident, &field.ty);
                facts.insert(quote! { #name . #field : #ty }.to_string());
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let name = &item.ident;
            derives(&item.attrs, &name.to_string(), facts);
            for variant in &item.variants {
                let fields = match &variant.fields {
                    Fields::Unnamed(fields) => fields.to_token_stream().to_string(),
                    _ => String::new(),
                };
                facts.insert(format!("{name}::{} {fields}", variant.ident));
            }
        }
        Item::Impl(item) => of_impl(item, facts),
        // It implements traits of the runtime.
        Item::Macro(item) => {
            let (of, name) = (item.mac.path.to_token_stream(), &item.mac.tokens);
            facts.insert(format!("{name}: {of}"));
        }
        Item::Const(item) if is_public(&item.vis) => {
            facts.insert(format!("const {}", item.ident));
        }
        _ => {}
    }
}

fn of_impl(item: &ItemImpl, facts: &mut BTreeSet<String>) {
    let name = item.self_ty.to_token_stream().to_string();
    if let Some((of, _)) = &item.trait_ {
        facts.insert(format!("{name}: {}", of.to_token_stream()));
        return;
    }
    for member in &item.items {
        match member {
            ImplItem::Fn(function) if is_public(&function.vis) => {
                let signature = &function.sig;
                let inputs = signature.inputs.iter().map(|input| match input {
                    FnArg::Receiver(receiver) => receiver
                        .to_token_stream()
                        .to_string()
                        .replace("mut self", "self"),
                    FnArg::Typed(typed) => typed.ty.to_token_stream().to_string(),
                });
                let inputs: Vec<String> = inputs.collect();
                let output = match &signature.output {
                    ReturnType::Default => String::new(),
                    ReturnType::Type(_, ty) => ty.to_token_stream().to_string(),
                };
                facts.insert(format!(
                    "{name}::{}({}) {output}",
                    signature.ident,
                    inputs.join(", ")
                ));
            }
            ImplItem::Const(constant) if is_public(&constant.vis) => {
                facts.insert(format!("{name}::{}", constant.ident));
            }
            _ => {}
        }
    }
}

pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn derives(attributes: &[syn::Attribute], name: &str, facts: &mut BTreeSet<String>) {
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        let list = attribute
            .meta
            .require_list()
            .map(|list| list.tokens.to_string());
        for derived in list.unwrap_or_default().split(',') {
            facts.insert(format!("{name}: {}", derived.trim()));
        }
    }
}
