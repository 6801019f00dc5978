//! Types as JSON: a struct is a list of its members; other types have their own reader and writer.
//!
//! ```rust,ignore
//! openapi_runtime::object! {
//!     Image "Image"
//!     members {
//!         required created: "created",
//!         optional url: "url",
//!     }
//! }
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Api, Field, Presence, Rest, Struct, Type, TypeDef, Wrapper};
use crate::spelling::{ident, type_ident, type_tokens};

/// The list of members.
pub(super) fn object(api: &Api, def: &TypeDef, object: &Struct) -> TokenStream {
    let (name, wire_name) = (type_ident(def), def.name.wire());
    let constants = object.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, &constant.value);
        quote! { #wire: #value, }
    });
    let constants = section("constants", constants);
    let tags = object.union_tags.iter().map(|tag| quote! { #tag, });
    let tags = matches!(object.rest, Rest::Map(_) | Rest::Extra).then(|| section("tags", tags));
    let fields = object.fields.iter();
    let places = fields.clone().map(|field| (field.name.wire(), &field.ty));
    let base64 = places_of_base64(api, places).into_iter();
    let base64 = base64.map(|(wire, ty)| {
        let ty = type_tokens(api, ty);
        quote! { #wire: #ty, }
    });
    let base64 = section("base64", base64);
    let members = fields.map(|field| {
        let (presence, name) = (ident(presence(field)), ident(field.name.rust()));
        let wire = field.name.wire();
        quote! { #presence #name: #wire, }
    });
    let switch = object.stream_switch.iter().map(|switch| {
        let (name, wire) = (ident(&switch.wire), &switch.wire);
        let presence = ident(if switch.sends_false {
            "sent_switch"
        } else {
            "switch"
        });
        quote! { #presence #name: #wire, }
    });
    let members = section("members", members.chain(switch));
    let rest = match object.rest {
        Rest::Ignored => quote! {},
        Rest::Extra => quote! { rest { extra } },
        Rest::Map(_) => quote! { rest { additional } },
    };
    quote! {
        openapi_runtime::object! {
            #name #wire_name #constants #tags #base64 #members #rest
        }
    }
}

/// A named list, unless it is empty.
fn section(name: &str, rows: impl Iterator<Item = TokenStream>) -> TokenStream {
    let rows: Vec<TokenStream> = rows.collect();
    if rows.is_empty() {
        return quote! {};
    }
    let name = ident(name);
    quote! { #name { #(#rows)* } }
}

/// The presence of a member in the list: whether it is required, and the meaning of null.
fn presence(field: &Field) -> &'static str {
    match (field.presence, field.wrapper, &field.ty) {
        (Presence::Nullable, _, _) | (Presence::Required, _, Type::Json) => "required_nullable",
        (Presence::Required, _, _) => "required",
        (_, Wrapper::Nullable, _) => "nullable",
        (Presence::Optional, _, Type::Json) => "optional_any",
        _ => "optional",
    }
}

/// `Encode` with this body, which has a `serializer` and a `sink`, and the derived
/// implementations.
pub(super) fn encode(name: &Ident, body: &TokenStream) -> Vec<TokenStream> {
    vec![
        quote! {
            impl json::Encode for #name {
                fn encode<S: json::Serializer>(
                    &self,
                    serializer: S,
                    sink: &json::Sink,
                ) -> Result<S::Ok, S::Error> {
                    #body
                }
            }
        },
        quote! { openapi_runtime::serialize!(#name); },
    ]
}

/// `Decode` with this body, which has a `deserializer` and a `source`, and the derived
/// implementations.
pub(super) fn decode(name: &Ident, body: &TokenStream) -> Vec<TokenStream> {
    vec![
        quote! {
            impl<'de> json::Decode<'de> for #name {
                fn decode<D: json::Deserializer<'de>>(
                    deserializer: D,
                    source: &json::Source,
                ) -> Result<Self, D::Error> {
                    #body
                }
            }
        },
        quote! { openapi_runtime::deserialize!(#name); },
    ]
}

/// The members that are base64 or contain base64.
fn places_of_base64<'a>(
    api: &'a Api,
    members: impl Iterator<Item = (&'a str, &'a Type)>,
) -> Vec<(&'a str, &'a Type)> {
    let mut found: Vec<(&str, &Type)> = Vec::new();
    for (wire, ty) in members.filter(|(_, ty)| api.has_base64(ty)) {
        if found.iter().all(|(known, _)| *known != wire) {
            found.push((wire, ty));
        }
    }
    found
}

/// `BASE64`: the members that are base64 or contain base64, if there are any.
pub(super) fn base64<'a>(
    api: &'a Api,
    members: impl Iterator<Item = (&'a str, &'a Type)>,
) -> Option<TokenStream> {
    let found = places_of_base64(api, members);
    if found.is_empty() {
        return None;
    }
    let members = found.iter().map(|(wire, ty)| {
        let ty = type_tokens(api, ty);
        quote! { (#wire, json::base64_at::<#ty>) }
    });
    Some(quote! { const BASE64: json::Base64Members = &[#(#members),*]; })
}
