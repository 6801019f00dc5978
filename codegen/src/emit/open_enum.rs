//! Open enums: the known values, and any other value.
//!
//! ```rust,ignore
//! openapi_runtime::open_enum! {
//!     /// How large an image is.
//!     pub enum ImageSize {
//!         Square1024 = "1024x1024",
//!         Auto = "auto",
//!     }
//! }
//! ```
//!
//! The macro adds the variant `Other`, the lists of values, and the conversions.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{EnumValue, TypeDef};
use crate::spelling::{ident, type_ident};

use super::tokens::{doc_attributes, documented};

/// The table of values.
pub(super) fn items(def: &TypeDef, values: &[EnumValue]) -> Vec<TokenStream> {
    let name = type_ident(def);
    let doc = documented(
        &def.doc,
        "One of the known values, or any other value.",
        &[],
        def.origin.as_str(),
    );
    let rows = values.iter().map(|value| {
        let doc = doc_attributes(&value.doc.lines);
        let (variant, wire) = (ident(value.name.rust()), value.name.wire());
        quote! { #doc #variant = #wire, }
    });
    vec![quote! {
        openapi_runtime::open_enum! {
            #doc
            pub enum #name { #(#rows)* }
        }
    }]
}
