//! The choice between the media types of a request body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Api, Operation, Payload, Request};
use crate::spelling::{ident, type_tokens};
use crate::visible::code_span;

use super::tokens::{self, doc_attributes};
use super::validate::{self, bounds};

/// The variant of the choice.
pub(super) fn variant(payload: &Payload) -> Option<Ident> {
    payload.variant.as_ref().map(|name| ident(name.rust()))
}

/// The enum over the media types of the body.
pub(super) fn items(
    api: &Api,
    operation: &Operation,
    request: &Request,
    name: &str,
) -> Vec<TokenStream> {
    let name = ident(name);
    let doc = format!(
        "The body of [`{}`], in one of its media types.",
        operation.name.rust()
    );
    let doc = doc_attributes(&[doc]);
    let payloads = request.payloads.iter();
    let variants: Vec<_> = payloads.clone().filter_map(variant).collect();
    let types: Vec<_> = payloads
        .clone()
        .map(|payload| type_tokens(api, payload.ty()))
        .collect();
    let docs = payloads
        .clone()
        .map(|payload| doc_attributes(&[code_span(payload.media_type.as_str())]));
    let unique = payloads
        .clone()
        .map(|payload| request.has_type_once(payload.ty()));
    let rows = types.iter().zip(&variants).zip(unique);
    let rows = rows.filter(|(_, unique)| *unique);
    let rows = rows.map(|((ty, variant), _)| quote! { #variant(#ty), });
    let conversions = tokens::conversions(&name, rows);
    let checks = payloads.filter_map(|payload| {
        let variant = variant(payload)?;
        let bounds = bounds(api, payload.ty(), &payload.limits)?;
        Some(quote! { Self::#variant(body) => checker.value(body, #bounds), })
    });
    let mut items = vec![quote! {
        #doc
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#docs #variants(#types),)* }
    }];
    items.extend(conversions);
    items.push(validate::of_variants(&name, checks, variants.len()));
    items
}
