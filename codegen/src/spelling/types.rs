//! Rust types.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::model::{Api, Field, Shape, Type, TypeDef, Wrapper};

/// An identifier, raw if the name is raw.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(plain) => Ident::new_raw(plain, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The identifier of a type.
pub(crate) fn type_ident(def: &TypeDef) -> Ident {
    ident(def.name.rust())
}

/// The Rust type.
pub(crate) fn type_tokens(api: &Api, ty: &Type) -> TokenStream {
    match ty {
        Type::Bool => quote! { bool },
        Type::I32 => quote! { i32 },
        Type::I64 => quote! { i64 },
        Type::U64 => quote! { u64 },
        Type::F64 => quote! { f64 },
        Type::String => quote! { String },
        Type::Uri => quote! { Uri },
        Type::Base64 => quote! { Base64 },
        Type::File => quote! { Upload },
        Type::Text => quote! { response::EventText },
        Type::Json => quote! { json::Value },
        Type::Named(id) => {
            let name = type_ident(api.get(*id));
            quote! { #name }
        }
        Type::Option(inner) => generic(api, &quote! { Option }, inner),
        Type::List(inner) => generic(api, &quote! { Vec }, inner),
        Type::OneOrMany(inner) => generic(api, &quote! { OneOrMany }, inner),
        Type::Boxed(inner) => generic(api, &quote! { Box }, inner),
        Type::Map(inner) => {
            let inner = type_tokens(api, inner);
            quote! { BTreeMap<String, #inner> }
        }
    }
}

fn generic(api: &Api, outer: &TokenStream, inner: &Type) -> TokenStream {
    let inner = type_tokens(api, inner);
    quote! { #outer<#inner> }
}

/// The type of a field.
pub(crate) fn field_type(api: &Api, field: &Field) -> TokenStream {
    let inner = type_tokens(api, &field.ty);
    match field.wrapper {
        Wrapper::Plain => inner,
        Wrapper::Option => quote! { Option<#inner> },
        Wrapper::Nullable => quote! { Nullable<#inner> },
    }
}

/// A convenient parameter type, and the expression that converts it to the value.
pub(crate) struct Taken {
    /// Type of the parameter.
    pub parameter: TokenStream,
    /// The value.
    pub value: TokenStream,
}

/// The parameter of a constructor or a setter for a value of this type.
pub(crate) fn taken(api: &Api, ty: &Type, name: &Ident) -> Taken {
    let exact = type_tokens(api, ty);
    match ty {
        Type::String | Type::Uri | Type::Base64 | Type::File | Type::OneOrMany(_) | Type::Json => {
            Taken {
                parameter: quote! { impl Into<#exact> },
                value: quote! { #name.into() },
            }
        }
        Type::Named(id) if converts(&api.get(*id).shape) => Taken {
            parameter: quote! { impl Into<#exact> },
            value: quote! { #name.into() },
        },
        Type::List(inner) => {
            let inner = type_tokens(api, inner);
            Taken {
                parameter: quote! { impl IntoIterator<Item = impl Into<#inner>> },
                value: quote! { #name.into_iter().map(Into::into).collect() },
            }
        }
        Type::Boxed(inner) => {
            let inner = type_tokens(api, inner);
            Taken {
                parameter: inner,
                value: quote! { Box::new(#name) },
            }
        }
        _ => Taken {
            parameter: exact,
            value: quote! { #name },
        },
    }
}

/// True if the type has conversions that make `impl Into` useful.
fn converts(shape: &Shape) -> bool {
    matches!(shape, Shape::OpenEnum(_) | Shape::Union(_))
}
