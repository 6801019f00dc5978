//! Enums over the statuses: the successes of a call, and the errors that operations share.
//!
//! ```rust,ignore
//! 404 if answer.is("text/html") => answer.text().map(Self::NotFoundText),
//! 404 => answer.json().map(Self::NotFoundJson),
//! 500..=599 => answer.json().map(Self::ServerError),
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{
    Api, ByStatus, Call, Codec, ErrorSet, MediaType, Operation, Output, Response, Status,
    StatusVariant,
};
use crate::spelling::{ident, status_content};
use crate::visible::code_span;

use super::tokens::doc_attributes;

/// The error enums of these sets.
pub(super) fn errors<'a>(
    api: &'a Api,
    sets: impl Iterator<Item = &'a ErrorSet> + 'a,
) -> impl Iterator<Item = TokenStream> + 'a {
    sets.flat_map(|set| {
        let responses = &api.operations[set.operation].responses;
        let doc = "Errors by status.".to_owned();
        items(api, &set.choice, responses, doc)
    })
}

/// The enum of a call's successes, if they have several types.
pub(super) fn successes(api: &Api, operation: &Operation, call: &Call) -> Vec<TokenStream> {
    let Output::ByStatus(choice) = &call.output else {
        return Vec::new();
    };
    let doc = format!(
        "Successful responses of [`{}`], by status.",
        operation.name.rust()
    );
    items(api, choice, &operation.responses, doc)
}

/// The alias of an operation for its error enum.
pub(super) fn alias(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(operation.errors.name.rust());
    let own = operation.name.rust();
    let (doc, ty) = match operation.errors.set {
        Some(set) => {
            let set = ident(api.errors[set].choice.name.rust());
            (
                format!("The errors of [`{own}`] in the description."),
                quote! { #set },
            )
        }
        None => (
            format!("The description has no type for errors of [`{own}`]."),
            quote! { response::Undescribed },
        ),
    };
    let doc = doc_attributes(&[doc]);
    quote! { #doc pub type #name = #ty; }
}

fn items(api: &Api, choice: &ByStatus, responses: &[Response], doc: String) -> Vec<TokenStream> {
    let name = ident(choice.name.rust());
    let doc = doc_attributes(&[doc]);
    let variants = choice.variants.iter().map(|variant| {
        let response = &responses[variant.response];
        let media_type = response.media_type().map_or("", MediaType::as_str);
        let place = format!("{} {media_type}", response.status);
        let doc = doc_attributes(&[code_span(place.trim_end())]);
        let name = ident(variant.name.rust());
        let content = status_content(api, response).map(|ty| quote! { (#ty) });
        quote! { #doc #name #content, }
    });
    let arms = choice
        .variants
        .iter()
        .map(|variant| arm(variant, &responses[variant.response]));
    let has_default = choice
        .variants
        .iter()
        .any(|variant| responses[variant.response].status == Status::Default);
    let otherwise = (!has_default).then(|| quote! { _ => return None, });
    vec![
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl response::ByStatus for #name {
                fn read(answer: &response::Answer) -> Option<Result<Self, DecodeError>> {
                    Some(match answer.status() {
                        #(#arms)*
                        #otherwise
                    })
                }
            }
        },
    ]
}

fn arm(variant: &StatusVariant, response: &Response) -> TokenStream {
    let name = ident(variant.name.rust());
    let status = match response.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote! { #code }
        }
        Status::Range(class) => {
            let first = u16::from(class) * 100;
            let [first, last] = [first, first + 99].map(Literal::u16_unsuffixed);
            quote! { #first..=#last }
        }
        Status::Default => quote! { _ },
    };
    let only = variant
        .only
        .as_ref()
        .map(|media_type| quote! { if answer.is(#media_type) });
    let read = match response.codec() {
        Some(Codec::Text(_)) => quote! { answer.text().map(Self::#name) },
        Some(Codec::Bytes(_)) => quote! { answer.bytes().map(Self::#name) },
        Some(_) => quote! { answer.json().map(Self::#name) },
        None => quote! { Ok(Self::#name) },
    };
    quote! { #status #only => #read, }
}
