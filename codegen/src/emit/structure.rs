//! Structs: fields, constructor and setters.
//!
//! A type that is only received has neither a constructor nor setters: values come from the
//! reader, so that a new required member breaks no caller.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Access, Api, Field, Rest, Struct, TypeDef, Wrapper};
use crate::spelling::{field_type, ident, limits_in_words, taken, type_ident, type_tokens};
use crate::visible::code_span;

use super::tokens::{derives, described, documented};
use super::{form, json, validate};

/// The struct and its implementations.
pub(super) fn items(api: &Api, def: &TypeDef, object: &Struct) -> Vec<TokenStream> {
    let mut items = vec![definition(api, def, object)];
    if def.used.sent {
        items.push(methods(api, def, object));
        items.push(validate::structure(api, def, object));
    }
    if !def.holds_file {
        items.push(json::object(api, def, object));
    }
    items.extend(form::write(api, def));
    items
}

fn definition(api: &Api, def: &TypeDef, object: &Struct) -> TokenStream {
    let name = type_ident(def);
    let doc = documented(&def.doc, &fallback(api, def), &[], def.origin.as_str());
    // `new` without parameters is the same as `Default`.
    let all_optional = object
        .fields
        .iter()
        .all(|field| !field.presence.is_required());
    let derives = derives(def, def.used.sent && all_optional);
    let fields = object.fields.iter().map(|field| {
        let doc = field_doc(field);
        let name = ident(field.name.rust());
        let ty = field_type(api, field);
        quote! { #doc pub #name: #ty, }
    });
    let switch = object.stream_switch.as_ref().map(|switch| {
        let switch = ident(&switch.wire);
        quote! { pub(crate) #switch: bool, }
    });
    let rest = match &object.rest {
        Rest::Ignored => quote! {},
        Rest::Extra => quote! {
            /// Fields that are not in the description, sent unchanged.
            pub extra: Extra,
        },
        Rest::Map(ty) => {
            let ty = type_tokens(api, ty);
            quote! {
                /// Additional members.
                pub additional: BTreeMap<String, #ty>,
            }
        }
    };
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub struct #name { #(#fields)* #rest #switch }
    }
}

/// Documentation of a type without a description.
fn fallback(api: &Api, def: &TypeDef) -> String {
    match def.body_of {
        Some(index) => format!("The body of `{}`.", api.operations[index].name.rust()),
        None => format!("The schema {}.", code_span(def.name.wire())),
    }
}

fn field_doc(field: &Field) -> TokenStream {
    let mut added = Vec::new();
    if let Some(words) = limits_in_words(&field.limits, &field.ty) {
        added.push(format!("Bounds: {words}."));
    }
    match field.access {
        Access::Both => {}
        Access::ReadOnly { .. } => added.push("Read only: the server sets it.".to_owned()),
        Access::WriteOnly { .. } => {
            added.push("Write only: the server does not send it.".to_owned());
        }
    }
    if let Some(default) = &field.default {
        added.push(format!("The server's default is {}.", code_span(default)));
    }
    let fallback = format!("The member {}.", code_span(field.name.wire()));
    described(&field.doc, &fallback, &added)
}

fn methods(api: &Api, def: &TypeDef, object: &Struct) -> TokenStream {
    let name = type_ident(def);
    let new = constructor(api, object);
    let setters = object
        .fields
        .iter()
        .filter(|field| field.wrapper != Wrapper::Plain);
    let setters = setters.map(|field| setter(api, field));
    let extra = (object.rest == Rest::Extra).then(|| {
        quote! {
            /// Adds a field that is not in the description.
            pub fn extra(mut self, name: impl Into<String>, value: impl Into<json::Value>) -> Self {
                self.extra.insert(name, value);
                self
            }
        }
    });
    quote! { impl #name { #new #(#setters)* #extra } }
}

fn constructor(api: &Api, object: &Struct) -> TokenStream {
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for field in &object.fields {
        let name = ident(field.name.rust());
        let value = match (field.presence.is_required(), field.wrapper) {
            (true, Wrapper::Plain) => {
                let taken = taken(api, &field.ty, &name);
                let parameter = taken.parameter;
                parameters.push(quote! { #name: #parameter });
                taken.value
            }
            (true, _) => {
                let ty = field_type(api, field);
                parameters.push(quote! { #name: #ty });
                quote! { #name }
            }
            (false, Wrapper::Nullable) => quote! { Nullable::Absent },
            (false, _) => quote! { None },
        };
        values.push(if name == value.to_string() {
            quote! { #name }
        } else {
            quote! { #name: #value }
        });
    }
    match object.rest {
        Rest::Ignored => {}
        Rest::Extra => values.push(quote! { extra: Extra::new() }),
        Rest::Map(_) => values.push(quote! { additional: BTreeMap::new() }),
    }
    if let Some(switch) = &object.stream_switch {
        let switch = ident(&switch.wire);
        values.push(quote! { #switch: false });
    }
    let doc = if parameters.is_empty() {
        " A value with no fields set."
    } else {
        " A value with the required fields."
    };
    quote! {
        #[doc = #doc]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn setter(api: &Api, field: &Field) -> TokenStream {
    let name = ident(field.name.rust());
    let wire = code_span(field.name.wire());
    let taken = taken(api, &field.ty, &name);
    let (parameter, value) = (taken.parameter, taken.value);
    let (added, value) = match field.wrapper {
        Wrapper::Nullable => (
            vec!["The field itself also takes `Nullable::Null`.".to_owned()],
            quote! { Nullable::Value(#value) },
        ),
        _ => (Vec::new(), quote! { Some(#value) }),
    };
    let doc = described(&field.doc.summary(), &format!("Sets {wire}."), &added);
    quote! {
        #doc
        pub fn #name(mut self, #name: #parameter) -> Self {
            self.#name = #value;
            self
        }
    }
}
