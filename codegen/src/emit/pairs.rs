//! Request bodies as `application/x-www-form-urlencoded`: a list of the pairs to add.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Encoding, Form, Rest, Shape, Struct, Style, Styled, Type, TypeDef};
use crate::spelling::ident;

use super::{form, parameter};

/// The encodings of the form's members that have an Encoding Object.
type Encodings = BTreeMap<String, Encoding>;

/// The method that makes the pairs.
pub(super) fn method(api: &Api, def: &TypeDef, form: &Form, encodings: &Encodings) -> TokenStream {
    let body = match &def.shape {
        Shape::Struct(object) => of_members(&pairs(api, object, encodings)),
        Shape::Exclusive(variants) => {
            let arms = variants.iter().map(|variant| {
                let (name, wire) = (ident(variant.name.rust()), variant.name.wire());
                let add = add(api, encodings, (wire, &variant.ty), &quote! { value });
                quote! { Self::#name(value) => { #add } }
            });
            of_members(&quote! { match self { #(#arms)* } })
        }
        Shape::Union(union) => form::of_alternative(api, union, form),
        Shape::OpenEnum(_) => return quote! {},
    };
    let method = ident(&form.method);
    quote! {
        pub(crate) fn #method(&self) -> parameter::Pairs {
            #body
        }
    }
}

fn of_members(all: &TokenStream) -> TokenStream {
    let mutable = (!all.is_empty()).then(|| quote! { mut });
    quote! {
        let #mutable pairs = parameter::Pairs::new();
        #all
        pairs
    }
}

fn pairs(api: &Api, object: &Struct, encodings: &Encodings) -> TokenStream {
    let constants = object.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, &constant.value);
        quote! { pairs.add(#wire, parameter::Style::Form, true, #value); }
    });
    let fields = object.fields.iter().map(|field| {
        let name = ident(field.name.rust());
        let value = quote! { &self.#name };
        add(api, encodings, (field.name.wire(), &field.ty), &value)
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
    quote! { #(#constants)* #(#fields)* #switch #rest }
}

/// Adds a member, passed by reference.
fn add(
    api: &Api,
    encodings: &Encodings,
    (wire, ty): (&str, &Type),
    value: &TokenStream,
) -> TokenStream {
    let how = match encodings.get(wire) {
        None if api.may_be_json_pair(ty) => return quote! { pairs.add_default(#wire, #value); },
        None => Styled::new(Style::Form, true),
        Some(Encoding::Style(how)) => *how,
        Some(Encoding::Json | Encoding::Text | Encoding::Form) => {
            return quote! { pairs.add_json(#wire, #value); };
        }
    };
    let (add, how) = parameter::pairs(how, ["add", "add_as"]);
    quote! { pairs.#add(#wire, #how, #value); }
}
