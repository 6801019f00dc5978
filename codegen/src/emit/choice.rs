//! The choice between the media types of a request body.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Operation, RequestBody};
use crate::visible::code_span;

use super::tokens::{doc_attributes, ident, type_tokens};
use super::validate::closure;

/// The enum over the media types of the body.
pub fn items(api: &Api, operation: &Operation, body: &RequestBody, name: &str) -> Vec<TokenStream> {
    let name = ident(name);
    let doc = format!(
        "The body of [`{}`], in one of its media types.",
        operation.name.rust()
    );
    let doc = doc_attributes(&[doc]);
    let variants: Vec<_> = body
        .bodies
        .iter()
        .map(|body| ident(body.name.rust()))
        .collect();
    let types: Vec<_> = body
        .bodies
        .iter()
        .map(|body| type_tokens(api, &body.ty))
        .collect();
    let docs = body
        .bodies
        .iter()
        .map(|body| doc_attributes(&[code_span(body.name.wire())]));
    let unique = body.bodies.iter().map(|one| body.has_type_once(&one.ty));
    let conversions = types.iter().zip(&variants).zip(unique);
    let conversions = conversions.filter(|(_, unique)| *unique);
    let conversions = conversions.map(|((ty, variant), _)| {
        quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant(body)
                }
            }
        }
    });
    let checks = body.bodies.iter().map(|body| {
        let variant = ident(body.name.rust());
        match closure(api, &body.ty, &body.limits) {
            Some(check) => quote! { Self::#variant(body) => checker.each(body, #check), },
            None => quote! { Self::#variant(_) => {} },
        }
    });
    let mut items = vec![quote! {
        #doc
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name { #(#docs #variants(#types),)* }
    }];
    items.extend(conversions);
    items.push(quote! {
        impl Validate for #name {
            fn check(&self, checker: &mut violation::Checker) {
                match self { #(#checks)* }
            }
        }
    });
    items
}
