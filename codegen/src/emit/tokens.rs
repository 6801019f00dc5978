//! The small pieces that every emitter uses.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use syn::{Ident, parse_quote};

use crate::document::Number;
use crate::model::{Api, Doc, Field, Limits, Shape, Type, TypeDef, Wrapper};
use crate::visible::{code_span, escaped};

/// An item; the tokens of the emitters are items by construction.
pub fn item(tokens: TokenStream) -> syn::Item {
    syn::parse2(tokens.clone()).unwrap_or(syn::Item::Verbatim(tokens))
}

/// An identifier, raw where the name is.
pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(plain) => Ident::new_raw(plain, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The identifier of a type.
pub fn type_ident(def: &TypeDef) -> Ident {
    ident(def.name.rust())
}

/// Documentation attributes, one for each line.
pub fn doc_attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_line(line));
    quote! { #(#[doc = #lines])* }
}

/// Documentation of the module that the attributes stand in.
pub fn module_doc(lines: &[String]) -> Vec<syn::Attribute> {
    let lines = lines.iter().map(|line| doc_line(line));
    lines.map(|line| parse_quote! { #![doc = #line] }).collect()
}

/// A line as it stands behind `///`: whatever is in it, it has one line and ends no comment.
fn doc_line(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {}", escaped(line))
    }
}

/// Documentation of an item: what the document says, what we add, and where it comes from.
pub fn documented(doc: &Doc, fallback: &str, added: &[String], origin: &str) -> TokenStream {
    let mut lines = if doc.lines.is_empty() {
        vec![fallback.to_owned()]
    } else {
        doc.lines.clone()
    };
    for paragraph in added {
        lines.push(String::new());
        lines.push(paragraph.clone());
    }
    lines.push(String::new());
    lines.push(code_span(&format!("#{origin}")));
    let attributes = doc_attributes(&lines);
    let deprecated = doc.deprecated.then(|| quote! { #[deprecated] });
    quote! { #attributes #deprecated }
}

/// The Rust type.
pub fn type_tokens(api: &Api, ty: &Type) -> TokenStream {
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
pub fn field_type(api: &Api, field: &Field) -> TokenStream {
    let inner = type_tokens(api, &field.ty);
    match field.wrapper {
        Wrapper::Plain => inner,
        Wrapper::Option => quote! { Option<#inner> },
        Wrapper::Nullable => quote! { Nullable<#inner> },
    }
}

/// A parameter that takes what callers have at hand, and the expression that makes the value of it.
pub struct Taken {
    /// Type of the parameter.
    pub parameter: TokenStream,
    /// The value.
    pub value: TokenStream,
}

/// How a constructor or a setter takes a value of this type.
pub fn taken(api: &Api, ty: &Type, name: &Ident) -> Taken {
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

/// Whether the type has conversions that make `impl Into` worth its while.
fn converts(shape: &Shape) -> bool {
    matches!(shape, Shape::OpenEnum(_) | Shape::Union(_))
}

/// Derived traits: a file can be neither cloned nor compared.
pub fn derives(def: &TypeDef, default: bool) -> TokenStream {
    let default = default.then(|| quote! { , Default });
    if def.holds_file {
        quote! { #[derive(Debug #default)] }
    } else {
        quote! { #[derive(Clone, Debug #default, PartialEq)] }
    }
}

/// The bounds of a value in words.
pub fn limits_in_words(limits: &Limits, ty: &Type) -> Option<String> {
    let mut parts = Vec::new();
    let holds_file = matches!(ty.innermost(), Type::File);
    if let Some(bound) = &limits.minimum {
        parts.push(format!(
            "{} {}",
            if bound.exclusive {
                "more than"
            } else {
                "at least"
            },
            bound.number
        ));
    }
    if let Some(bound) = &limits.maximum {
        parts.push(format!(
            "{} {}",
            if bound.exclusive {
                "less than"
            } else {
                "at most"
            },
            bound.number
        ));
    }
    if let Some(factor) = &limits.multiple_of {
        parts.push(format!("a multiple of {factor}"));
    }
    let unit = if holds_file { "bytes" } else { "characters" };
    parts.extend(between(limits.min_length, limits.max_length, unit));
    parts.extend(between(limits.min_items, limits.max_items, "items"));
    if limits.unique {
        parts.push("no item twice".to_owned());
    }
    let own = (!parts.is_empty()).then(|| parts.join(", "));
    let each = limits
        .each
        .as_ref()
        .and_then(|each| limits_in_words(each, ty.innermost()));
    match (own, each) {
        (Some(own), Some(each)) => Some(format!("{own}; each: {each}")),
        (Some(own), None) => Some(own),
        (None, each) => each.map(|each| format!("each: {each}")),
    }
}

fn between(least: Option<u64>, most: Option<u64>, unit: &str) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} to {most} {unit}")),
        (Some(least), None) => Some(format!("at least {least} {unit}")),
        (None, Some(most)) => Some(format!("at most {most} {unit}")),
        (None, None) => None,
    }
}

/// A number of the document as a literal of a Rust type, which holds it.
pub fn number(number: &Number, ty: &Type) -> TokenStream {
    let float = number.as_f64();
    if *ty == Type::F64 {
        let literal = Literal::f64_unsuffixed(float.abs());
        return if float.is_sign_negative() {
            quote! { -#literal }
        } else {
            quote! { #literal }
        };
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the nearest value is what is wanted"
    )]
    let integer = number.as_i128().unwrap_or(float as i128);
    let literal = grouped(u64::try_from(integer.unsigned_abs()).unwrap_or(u64::MAX));
    if integer < 0 {
        quote! { -#literal }
    } else {
        quote! { #literal }
    }
}

/// An integer with its digits in groups of three.
pub fn grouped(value: u64) -> TokenStream {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text.parse().unwrap_or_else(|_| quote! { #value })
}

/// The first of these names that no field has, for a variable beside them.
pub fn fresh(candidates: &[&str], fields: &[Field]) -> Ident {
    let free = candidates
        .iter()
        .find(|candidate| fields.iter().all(|field| field.name.rust() != **candidate));
    ident(free.unwrap_or(&"no_field_is_called_this"))
}
