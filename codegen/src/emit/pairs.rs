//! Request bodies as `application/x-www-form-urlencoded`: a list of the pairs to add.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Encoding, Form, Items, Rest, Shape, Struct, Style, Type, TypeDef};

use super::tokens::ident;
use super::{form, parameter};

/// The encoding of scalars and lists without an Encoding Object.
const DEFAULT: Encoding = Encoding::Style {
    style: Style::Form,
    explode: true,
    reserved: false,
    items: Items::Repeat,
};

/// The encodings of the form's members that have an Encoding Object.
type Encodings = BTreeMap<String, Encoding>;

/// The method that makes the pairs.
pub fn method(api: &Api, def: &TypeDef, form: &Form, encodings: &Encodings) -> TokenStream {
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

/// True for types with objects among their values: without an Encoding Object, the value determines how it is written.
fn may_be_object(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => !matches!(api.get(*id).shape, Shape::OpenEnum(_)),
        Type::Map(_) | Type::Json => true,
        Type::Boxed(inner) | Type::Option(inner) | Type::OneOrMany(inner) => {
            may_be_object(api, inner)
        }
        _ => false,
    }
}

/// Adds a member, passed by reference.
fn add(
    api: &Api,
    encodings: &Encodings,
    (wire, ty): (&str, &Type),
    value: &TokenStream,
) -> TokenStream {
    let encoding = match encodings.get(wire) {
        Some(encoding) => *encoding,
        None if may_be_object(api, ty) => return quote! { pairs.add_default(#wire, #value); },
        None => DEFAULT,
    };
    match encoding {
        Encoding::Json | Encoding::Text | Encoding::Form => {
            quote! { pairs.add_json(#wire, #value); }
        }
        Encoding::Style {
            style,
            explode,
            reserved,
            items,
        } => {
            let (add, how) = parameter::pairs((style, explode, reserved, items), ["add", "add_as"]);
            quote! { pairs.#add(#wire, #how, #value); }
        }
    }
}
