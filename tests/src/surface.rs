//! What callers of an emitted crate can name, as a set of facts read from its text.
//!
//! ```text
//! Lamp: Clone
//! Lamp.color: Color
//! Lamp::new(impl Into<Color>) -> Self
//! Color::Red
//! ```
//!
//! A caller may rely on each fact. So a change after which one is gone is a breaking one, whatever else is said of it.

use std::collections::BTreeSet;

use openapi_codegen::File;
use quote::{ToTokens, quote};
use syn::{Fields, FnArg, ImplItem, Item, ItemImpl, ReturnType, Visibility};

/// The facts of the files of a crate.
///
/// # Panics
/// If a file is no Rust.
pub fn facts(files: &[File]) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for file in files {
        let parsed = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{error}"));
        parsed
            .items
            .iter()
            .for_each(|item| of_item(item, &mut facts));
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

fn is_public(visibility: &Visibility) -> bool {
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
