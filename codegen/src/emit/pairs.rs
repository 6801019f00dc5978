//! Request bodies as `application/x-www-form-urlencoded`: a list of the pairs to add.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Encoding, Field, Items, Rest, Shape, Struct, Style, Type};

use super::parameter::{items_tokens, style_tokens};
use super::tokens::ident;

/// The method that makes the pairs.
pub fn method(
    api: &Api,
    object: &Struct,
    method: &str,
    encodings: &BTreeMap<String, Encoding>,
) -> TokenStream {
    let constants = object.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, &constant.value);
        quote! { pairs.add(#wire, parameter::Style::Form, true, #value); }
    });
    let fields = object.fields.iter().map(|field| {
        let encoding = encodings.get(field.name.wire());
        add(
            field,
            encoding.copied().unwrap_or_else(|| usual(api, &field.ty)),
        )
    });
    let switch = object.stream_switch.as_ref().map(|switch| {
        let (name, wire) = (ident(&switch.wire), &switch.wire);
        let value = if switch.sends_false {
            quote! { &self.#name }
        } else {
            quote! { &self.#name.then_some(true) }
        };
        quote! { pairs.add(#wire, parameter::Style::Form, true, #value); }
    });
    let rest = match object.rest {
        Rest::Ignored => quote! {},
        Rest::Extra => quote! { pairs.extra(&self.extra); },
        Rest::Map(_) => quote! { pairs.add_further(&self.additional); },
    };
    let all = quote! { #(#constants)* #(#fields)* #switch #rest };
    let mutable = (!all.is_empty()).then(|| quote! { mut });
    let method = ident(method);
    quote! {
        pub(crate) fn #method(&self) -> parameter::Pairs {
            let #mutable pairs = parameter::Pairs::new();
            #all
            pairs
        }
    }
}

/// Without an Encoding Object an object is JSON, and a list is repeated pairs (`OpenAPI` 3.1.1, section 4.8.15.1).
fn usual(api: &Api, ty: &Type) -> Encoding {
    let is_object = match ty {
        Type::Named(id) => !matches!(api.get(*id).shape, Shape::OpenEnum(_)),
        Type::Map(_) | Type::Json => true,
        _ => false,
    };
    if is_object {
        return Encoding::Json;
    }
    Encoding::Style {
        style: Style::Form,
        explode: true,
        reserved: false,
        items: Items::Repeat,
    }
}

fn add(field: &Field, encoding: Encoding) -> TokenStream {
    let (wire, name) = (field.name.wire(), ident(field.name.rust()));
    match encoding {
        Encoding::Json => quote! { pairs.add_json(#wire, &self.#name); },
        Encoding::Style {
            style,
            explode,
            reserved,
            items,
        } => {
            let own = style_tokens(style, items);
            if (items == Items::Repeat || style == Style::DeepObject) && !reserved {
                quote! { pairs.add(#wire, #own, #explode, &self.#name); }
            } else {
                let items = items_tokens(items);
                quote! { pairs.add_as(#wire, #own, #explode, #items, #reserved, &self.#name); }
            }
        }
    }
}
