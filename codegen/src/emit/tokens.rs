//! Helpers for all emitters.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Ident, parse_quote};

use crate::document::Number;
use crate::model::{Doc, Type, TypeDef};
use crate::visible::{code_span, escaped};

/// Parses an item. The tokens of the emitters are items by construction; anything else does not
/// pass the audit.
pub(crate) fn item(tokens: TokenStream) -> syn::Item {
    syn::parse2(tokens).unwrap_or_else(|error| syn::Item::Verbatim(error.to_compile_error()))
}

/// Documentation attributes, one for each line.
pub(crate) fn doc_attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_line(line));
    quote! { #(#[doc = #lines])* }
}

/// Inner documentation attributes of a module.
pub(crate) fn module_doc(lines: &[String]) -> Vec<syn::Attribute> {
    let lines = lines.iter().map(|line| doc_line(line));
    lines.map(|line| parse_quote! { #![doc = #line] }).collect()
}

/// The attribute of a module whose text is the printer's: another formatter would make it drift.
pub(crate) fn printed_once() -> syn::Attribute {
    parse_quote! { #![cfg_attr(rustfmt, rustfmt_skip)] }
}

/// An item of the root of a module that may be private: not all of it is used, and its text is the
/// printer's too.
pub(crate) fn within_module(item: syn::Item) -> syn::Item {
    match item {
        syn::Item::Use(mut item) => {
            item.attrs.push(parse_quote! { #[rustfmt::skip] });
            item.attrs.push(parse_quote! { #[allow(unused_imports)] });
            syn::Item::Use(item)
        }
        syn::Item::Mod(mut item) => {
            item.attrs.push(parse_quote! { #[rustfmt::skip] });
            item.attrs.push(parse_quote! { #[allow(dead_code)] });
            syn::Item::Mod(item)
        }
        syn::Item::Const(mut item) => {
            item.attrs.push(parse_quote! { #[allow(dead_code)] });
            syn::Item::Const(item)
        }
        item => item,
    }
}

/// A line as written after `///`: it is always one line, and cannot end a comment.
fn doc_line(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {}", escaped(line))
    }
}

/// Documentation of a type or an operation: the text of the document, additions, and the origin.
pub(crate) fn documented(doc: &Doc, fallback: &str, added: &[String], origin: &str) -> TokenStream {
    let origin = code_span(&format!("#{origin}"));
    let added: Vec<String> = added.iter().cloned().chain([origin]).collect();
    described(doc, fallback, &added)
}

/// Documentation of a part of a type or an operation, whose place is in `bindings.json`: the text
/// of the document, and additions.
pub(crate) fn described(doc: &Doc, fallback: &str, added: &[String]) -> TokenStream {
    let mut lines = if doc.lines.is_empty() {
        vec![fallback.to_owned()]
    } else {
        doc.lines.clone()
    };
    for paragraph in added {
        lines.push(String::new());
        lines.push(paragraph.clone());
    }
    let attributes = doc_attributes(&lines);
    let deprecated = doc.deprecated.then(|| quote! { #[deprecated] });
    quote! { #attributes #deprecated }
}

/// Derived traits: a file cannot be compared, and a floating-point number is not always equal to
/// itself.
pub(crate) fn derives(def: &TypeDef, default: bool) -> TokenStream {
    let default = default.then(|| quote! { , Default });
    let comparing = match (def.holds_file, def.has_float) {
        (true, _) => quote! {},
        (false, true) => quote! { , PartialEq },
        (false, false) => quote! { , PartialEq, Eq, Hash },
    };
    quote! { #[derive(Clone, Debug #default #comparing)] }
}

/// `From` for each of these variants of an enum.
pub(crate) fn conversions(
    name: &Ident,
    variants: impl Iterator<Item = TokenStream>,
) -> Option<TokenStream> {
    let variants: Vec<TokenStream> = variants.collect();
    (!variants.is_empty()).then(|| {
        quote! { openapi_runtime::conversions! { enum #name { #(#variants)* } } }
    })
}

/// A number of the document as a literal of a Rust type that can hold it.
pub(crate) fn number(number: &Number, ty: &Type) -> TokenStream {
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
pub(crate) fn grouped(value: u64) -> TokenStream {
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
