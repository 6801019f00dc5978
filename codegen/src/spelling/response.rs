//! Types for reading responses.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::model::{Api, Codec, HeaderType, Response, Scalar};

use super::types::{ident, type_tokens};

/// The runtime type that reads a response, without the type of the errors.
pub(crate) struct Reader {
    /// Name of the type.
    pub name: Ident,
    /// The type of the value, if it depends on the description.
    pub ty: Option<TokenStream>,
}

/// The type that reads a response.
pub(crate) fn reader(api: &Api, response: &Response) -> Reader {
    let (name, ty) = match response.codec() {
        Some(Codec::Json(ty)) => ("JsonResponse", Some(ty)),
        Some(Codec::Events(ty)) => ("EventResponse", Some(ty)),
        Some(Codec::Lines(ty)) => ("LinesResponse", Some(ty)),
        Some(Codec::Text(_)) => ("TextResponse", None),
        Some(Codec::Bytes(_)) => ("BytesResponse", None),
        Some(Codec::Form(_)) | None => ("EmptyResponse", None),
    };
    Reader {
        name: ident(name),
        ty: ty.map(|ty| type_tokens(api, ty)),
    }
}

/// The type that the variant of a status holds; `None` if the response has no content.
pub(crate) fn status_content(api: &Api, response: &Response) -> Option<TokenStream> {
    let payload = response.payload.as_ref()?;
    Some(match payload.codec {
        Codec::Text(_) => quote! { String },
        Codec::Bytes(_) => quote! { response::Bytes },
        _ => type_tokens(api, payload.ty()),
    })
}

/// The type of a response header.
pub(crate) fn header_type(ty: HeaderType) -> TokenStream {
    let scalar = |ty| match ty {
        Scalar::Bool => quote! { bool },
        Scalar::Integer => quote! { i64 },
        Scalar::Number => quote! { f64 },
        Scalar::Text => quote! { String },
    };
    match ty {
        HeaderType::One(ty) => scalar(ty),
        HeaderType::List(ty) => {
            let ty = scalar(ty);
            quote! { Vec<#ty> }
        }
        HeaderType::Lines => quote! { Vec<String> },
    }
}
