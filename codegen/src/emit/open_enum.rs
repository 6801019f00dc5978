//! Open enums: the known values, and any other one.
//!
//! ```
//! pub enum ImageSize {
//!     Auto,
//!     Other(String),
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{EnumValue, TypeDef};
use crate::spelling::{ident, type_ident};
use crate::visible::code_span;

use super::tokens::{doc_attributes, documented};

/// The enum, its values, and its conversions.
pub fn items(def: &TypeDef, values: &[EnumValue]) -> Vec<TokenStream> {
    let name = type_ident(def);
    let doc = documented(
        &def.doc,
        "One of the known values, or another one.",
        &[],
        def.origin.as_str(),
    );
    let wires: Vec<&str> = values.iter().map(|value| value.name.wire()).collect();
    let variants: Vec<_> = values
        .iter()
        .map(|value| ident(value.name.rust()))
        .collect();
    let docs = values.iter().map(|value| {
        let mut lines = vec![code_span(value.name.wire())];
        lines.extend(value.doc.lines.iter().cloned());
        doc_attributes(&lines)
    });
    vec![
        quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#docs #variants,)*
                /// A value that the description does not list.
                Other(String),
            }
        },
        quote! {
            impl #name {
                /// The values that the description lists, in its order.
                pub const VALUES: &[&str] = &[#(#wires),*];

                /// The value as it is sent.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #wires,)*
                        Self::Other(value) => value,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    match value {
                        #(#wires => Self::#variants,)*
                        _ => Self::Other(value.to_owned()),
                    }
                }
            }
        },
        quote! { openapi_runtime::open_enum!(#name); },
    ]
}
