//! Request bodies as `multipart/form-data`: a list of the fields to add.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{
    Api, Field, Form, Operation, Parts, Payload, Rest, Shape, Struct, Type, TypeDef, Union,
};

use super::pairs;
use super::tokens::{Wrapper, ident, type_ident, wrapper};

/// The methods that make a form of the type: one for each set of content types that its parts have.
pub fn write(api: &Api, def: &TypeDef, object: &Struct) -> Option<TokenStream> {
    let payloads = api.operations.iter().flat_map(Operation::payloads);
    let forms = payloads.filter_map(Payload::form);
    let own =
        forms.filter(|form| matches!(&form.ty, Type::Named(id) if std::ptr::eq(api.get(*id), def)));
    let own: BTreeMap<&str, &Form> = own.map(|form| (form.method.as_str(), form)).collect();
    if own.is_empty() {
        return None;
    }
    let name = type_ident(def);
    let methods = own.values().map(|form| match &form.parts {
        Parts::Multipart(content_types) => method(api, def, object, (&form.method, content_types)),
        Parts::UrlEncoded(encodings) => pairs::method(api, object, &form.method, encodings),
    });
    Some(quote! { impl #name { #(#methods)* } })
}

fn method(
    api: &Api,
    def: &TypeDef,
    object: &Struct,
    (method, content_types): (&str, &BTreeMap<String, String>),
) -> TokenStream {
    let constants = object.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, &constant.value);
        quote! { form.add(#wire, #value); }
    });
    let fields = object
        .fields
        .iter()
        .map(|field| add(api, def, content_types, field));
    let switch = object.stream_switch.as_ref().map(|switch| {
        let (name, wire) = (ident(&switch.wire), &switch.wire);
        if switch.sends_false {
            quote! { form.add(#wire, self.#name); }
        } else {
            quote! { form.add(#wire, self.#name.then_some(true)); }
        }
    });
    let extra = rest(api, &object.rest);
    let parts = quote! { #(#constants)* #(#fields)* #switch #extra };
    let mutable = (!parts.is_empty()).then(|| quote! { mut });
    let method = ident(method);
    quote! {
        pub(crate) fn #method(self) -> multipart::Form {
            let #mutable form = multipart::Form::new();
            #parts
            form
        }
    }
}

fn rest(api: &Api, rest: &Rest) -> Option<TokenStream> {
    Some(match rest {
        Rest::Ignored => return None,
        Rest::Extra => quote! { form.extra(&self.extra); },
        Rest::Map(Type::Json) => quote! { form.extra(&self.additional.into_iter().collect()); },
        Rest::Map(Type::List(inner)) if is_json(api, inner) => quote! {
            form.add_further(self.additional.iter().map(|(name, items)| (name, items.iter().map(multipart::Json).collect::<Vec<_>>())));
        },
        Rest::Map(ty) if is_json(api, ty) => quote! {
            form.add_further(self.additional.iter().map(|(name, value)| (name, multipart::Json(value))));
        },
        Rest::Map(_) => quote! { form.add_further(self.additional); },
    })
}

fn add(
    api: &Api,
    def: &TypeDef,
    content_types: &BTreeMap<String, String>,
    field: &Field,
) -> TokenStream {
    let wire = field.name.wire();
    let value = value(api, def, field);
    match (content_types.get(wire), field.brackets) {
        (Some(content_type), _) if !content_type.contains(',') => {
            quote! { form.add_with_type(#wire, #content_type, #value); }
        }
        (_, true) => {
            let list_name = format!("{wire}[]");
            quote! { form.add_list(#wire, #list_name, #value); }
        }
        _ => quote! { form.add(#wire, #value); },
    }
}

/// The value as a part; an object is a part of JSON (`OpenAPI` 3.1.1 §4.8.15.1).
fn value(api: &Api, def: &TypeDef, field: &Field) -> TokenStream {
    let name = ident(field.name.rust());
    let wrapped = wrapper(def, field);
    match &field.ty {
        Type::List(inner) if is_json(api, inner) && wrapped == Wrapper::Plain => {
            quote! { self.#name.iter().map(multipart::Json).collect::<Vec<_>>() }
        }
        Type::List(inner) if is_json(api, inner) => {
            quote! { self.#name.as_ref().map(|items| items.iter().map(multipart::Json).collect::<Vec<_>>()) }
        }
        ty if is_json(api, ty) && wrapped == Wrapper::Plain => {
            quote! { multipart::Json(&self.#name) }
        }
        ty if is_json(api, ty) => quote! { self.#name.as_ref().map(multipart::Json) },
        _ => quote! { self.#name },
    }
}

fn is_json(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => {
            let def = api.get(*id);
            !def.holds_file && !matches!(def.shape, Shape::OpenEnum(_))
        }
        Type::Map(_) | Type::Json => true,
        Type::Option(inner) | Type::Boxed(inner) => is_json(api, inner),
        Type::List(inner) | Type::OneOrMany(inner) => is_list(inner) || is_json(api, inner),
        _ => false,
    }
}

/// True for what would be several parts: within a list, they would be parts of the list.
fn is_list(ty: &Type) -> bool {
    match ty {
        Type::List(_) | Type::OneOrMany(_) => true,
        Type::Option(inner) | Type::Boxed(inner) => is_list(inner),
        _ => false,
    }
}

/// `Part`, for a union with a file among its variants.
pub fn part(api: &Api, def: &TypeDef, union: &Union) -> TokenStream {
    let name = type_ident(def);
    let arms = union.variants.iter().map(|variant| {
        let name = ident(variant.name.rust());
        let value = if is_json(api, &variant.ty) {
            quote! { multipart::Json(&value) }
        } else {
            quote! { value }
        };
        quote! { Self::#name(value) => multipart::Part::add_to(#value, form, field), }
    });
    quote! {
        impl multipart::Part for #name {
            fn add_to(self, form: &mut multipart::Form, field: &multipart::Field<'_>) {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => multipart::Part::add_to(value, form, field),
                }
            }
        }
    }
}
