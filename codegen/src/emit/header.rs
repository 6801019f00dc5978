//! Structs that read the headers of responses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Header, HeaderSet, HeaderType, Operation};
use crate::spelling::{header_type, ident};
use crate::visible::code_span;

use super::tokens::{described, doc_attributes};

/// The structs of these sets of headers.
pub(super) fn items<'a>(
    sets: impl Iterator<Item = &'a HeaderSet> + 'a,
) -> impl Iterator<Item = TokenStream> + 'a {
    sets.flat_map(|set| {
        let name = ident(set.name.rust());
        let doc = doc_attributes(&["Headers of a response.".to_owned()]);
        let methods = set.headers.iter().map(method);
        [
            quote! {
                #doc
                #[derive(Clone, Debug, PartialEq)]
                pub struct #name(ResponseHead);
            },
            quote! {
                impl #name {
                    /// Reads the headers of this response.
                    pub fn new(head: &ResponseHead) -> Self {
                        Self(head.clone())
                    }

                    #(#methods)*
                }
            },
        ]
    })
}

/// The alias of an operation for the struct of its response headers.
pub(super) fn alias(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let alias = operation.headers.as_ref()?;
    let name = ident(alias.name.rust());
    let set = ident(api.headers.get(alias.set?)?.name.rust());
    let doc = format!(
        "The headers of the responses of [`{}`].",
        operation.name.rust()
    );
    let doc = doc_attributes(&[doc]);
    Some(quote! { #doc pub type #name = #set; })
}

fn method(header: &Header) -> TokenStream {
    let Header {
        name,
        doc,
        ty,
        origin: _,
    } = header;
    let (wire, name) = (name.wire(), ident(name.rust()));
    let fallback = format!("The header {}.", code_span(wire));
    let added = "# Errors\n\nThe header does not have this type.";
    let added: Vec<String> = added.split("\n\n").map(str::to_owned).collect();
    let doc = described(doc, &fallback, &added);
    let read = match ty {
        HeaderType::One(_) => quote! { parsed },
        HeaderType::List(_) => quote! { parsed_list },
        HeaderType::Lines => quote! { parsed_lines },
    };
    let ty = header_type(*ty);
    quote! {
        #doc
        pub fn #name(&self) -> Result<Option<#ty>, response::InvalidHeader> {
            self.0.#read(#wire)
        }
    }
}
