//! Conversion of one request body to another.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Conversion, Field, Rest, Shape, Struct, TypeDef, TypeId, Wrapper};
use crate::spelling::{ident, taken, type_ident, type_tokens};
use crate::visible::code_span;

use super::tokens::doc_attributes;

/// The method of the body that is converted.
pub(super) fn item(api: &Api, conversion: &Conversion) -> TokenStream {
    let (from, source) = structure(api, conversion.from);
    let (to, target) = structure(api, conversion.to);
    let (Some(source), Some(target)) = (source, target) else {
        return quote! {};
    };
    let (from_name, to_name) = (type_ident(from), type_ident(to));
    let method = ident(&conversion.method(api));
    let given = conversion.given.iter().map(|index| {
        let field = &target.fields[*index];
        let name = ident(field.name.rust());
        let parameter = taken(api, &field.ty, &name).parameter;
        quote! { , #name: #parameter }
    });
    let required = target
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.presence.is_required());
    let arguments = required.map(|(index, field)| {
        let name = ident(field.name.rust());
        match conversion.carried.iter().find(|(_, to)| *to == index) {
            Some((from_index, _)) => carried(api, &source.fields[*from_index], field),
            None => quote! { #name },
        }
    });
    let optional = conversion
        .carried
        .iter()
        .filter(|(_, index)| !target.fields[*index].presence.is_required());
    let assignments: Vec<TokenStream> = optional
        .map(|(from_index, index)| {
            let field = &target.fields[*index];
            let name = ident(field.name.rust());
            let value = carried(api, &source.fields[*from_index], field);
            quote! { body.#name = #value; }
        })
        .collect();
    let extra = (source.rest == Rest::Extra && target.rest == Rest::Extra)
        .then(|| quote! { body.extra = self.extra.clone(); });
    let doc = doc_attributes(&documentation(conversion, source, to));
    let mutable = (!assignments.is_empty() || extra.is_some()).then(|| quote! { mut });
    quote! {
        impl #from_name {
            #doc
            pub fn #method(&self #(#given)*) -> #to_name {
                let #mutable body = #to_name::new(#(#arguments),*);
                #(#assignments)*
                #extra
                body
            }
        }
    }
}

fn structure(api: &Api, id: TypeId) -> (&TypeDef, Option<&Struct>) {
    let def = api.get(id);
    match &def.shape {
        Shape::Struct(object) => (def, Some(object)),
        _ => (def, None),
    }
}

fn documentation(conversion: &Conversion, source: &Struct, to: &TypeDef) -> Vec<String> {
    let mut lines = vec![format!("The same request as a [`{}`].", to.name.rust())];
    let left: Vec<String> = conversion
        .left
        .iter()
        .map(|index| code_span(source.fields[*index].name.wire()))
        .collect();
    if !left.is_empty() {
        lines.push(String::new());
        lines.push(format!("Leaves out {}.", left.join(", ")));
    }
    lines
}

/// The value of a field in the type of the other body's field.
fn carried(api: &Api, field: &Field, target: &Field) -> TokenStream {
    let name = ident(field.name.rust());
    let other_type = (field.ty != target.ty).then(|| type_tokens(api, &target.ty));
    let one = |value: TokenStream| match &other_type {
        Some(ty) => quote! { #ty::from(#value.as_str()) },
        None => quote! { #value.clone() },
    };
    let option = match (field.wrapper, &other_type) {
        (Wrapper::Plain, _) => {
            let value = one(quote! { self.#name });
            return match target.wrapper {
                Wrapper::Plain => value,
                Wrapper::Option => quote! { Some(#value) },
                Wrapper::Nullable => quote! { Nullable::Value(#value) },
            };
        }
        (Wrapper::Nullable, None) if target.wrapper == Wrapper::Nullable => {
            return quote! { self.#name.clone() };
        }
        (Wrapper::Nullable, Some(ty)) if target.wrapper == Wrapper::Nullable => {
            return quote! { self.#name.as_ref().map(|value| #ty::from(value.as_str())) };
        }
        (Wrapper::Nullable, None) => quote! { self.#name.value().cloned() },
        (Wrapper::Nullable, Some(ty)) => {
            quote! { self.#name.value().map(|value| #ty::from(value.as_str())) }
        }
        (Wrapper::Option, None) => quote! { self.#name.clone() },
        (Wrapper::Option, Some(ty)) => {
            quote! { self.#name.as_ref().map(|value| #ty::from(value.as_str())) }
        }
    };
    if target.wrapper == Wrapper::Nullable {
        quote! { Nullable::from_option(#option) }
    } else {
        option
    }
}
