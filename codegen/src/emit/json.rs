//! Structs as JSON objects: a list of members to write, and a list of members to read.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Api, Presence, Rest, Struct, Type, TypeDef, Wrapper};
use crate::spelling::{ident, type_ident, type_tokens};

use super::tokens::fresh;

/// `Encode`, in the order of the document.
pub fn write(def: &TypeDef, object: &Struct) -> Vec<TokenStream> {
    let name = type_ident(def);
    let constants = object.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, &constant.value);
        quote! { object.required(#wire, #value)?; }
    });
    let fields = object.fields.iter().map(|field| {
        let (name, wire) = (ident(field.name.rust()), field.name.wire());
        match (field.presence, field.wrapper) {
            (Presence::Required | Presence::Nullable, _) => {
                quote! { object.required(#wire, &self.#name)?; }
            }
            (_, Wrapper::Nullable) => quote! { object.nullable(#wire, &self.#name)?; },
            _ => quote! { object.optional(#wire, &self.#name)?; },
        }
    });
    let switch = object.stream_switch.as_ref().map(|switch| {
        let (name, wire) = (ident(&switch.wire), &switch.wire);
        if switch.sends_false {
            quote! { object.required(#wire, &self.#name)?; }
        } else {
            quote! { object.optional(#wire, &self.#name.then_some(true))?; }
        }
    });
    let rest = match object.rest {
        Rest::Ignored => quote! {},
        Rest::Extra => quote! { object.extra(&self.extra)?; },
        Rest::Map(_) => quote! { object.map(&self.additional)?; },
    };
    let members = quote! { #(#constants)* #(#fields)* #switch #rest };
    let mutable = (!members.is_empty()).then(|| quote! { mut });
    let body = quote! {
        let #mutable object = json::ObjectWriter::new(serializer, sink)?;
        #members
        object.end()
    };
    encode(&name, &body)
}

/// `Encode` with this body, which has a `serializer` and a `sink`, and what follows from it.
pub fn encode(name: &Ident, body: &TokenStream) -> Vec<TokenStream> {
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

/// `Decode` with this body, which has a `deserializer` and a `source`, and what follows from it.
pub fn decode(name: &Ident, body: &TokenStream) -> Vec<TokenStream> {
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

/// `BASE64`: the members that are base64 or have some within, if there are any.
pub fn base64<'a>(
    api: &'a Api,
    members: impl Iterator<Item = (&'a str, &'a Type)>,
) -> Option<TokenStream> {
    let mut found: Vec<(&str, &Type)> = Vec::new();
    for (wire, ty) in members.filter(|(_, ty)| api.has_base64(ty)) {
        if found.iter().all(|(known, _)| *known != wire) {
            found.push((wire, ty));
        }
    }
    if found.is_empty() {
        return None;
    }
    let members = found.iter().map(|(wire, ty)| {
        let ty = type_tokens(api, ty);
        quote! { (#wire, json::base64_at::<#ty>) }
    });
    Some(quote! { const BASE64: json::Base64Members = &[#(#members),*]; })
}

/// `ReadObject`, and what follows from it.
pub fn read(api: &Api, def: &TypeDef, object: &Struct) -> Vec<TokenStream> {
    let name = type_ident(def);
    let wire_name = def.name.wire();
    let members = fresh(&["members", "entries", "all_members"], &object.fields);
    let member = fresh(&["name", "member", "key", "member_name"], &object.fields);
    let slots = object.fields.iter().map(|field| {
        let name = ident(field.name.rust());
        match (field.presence, field.wrapper) {
            (Presence::OptionalNullable, Wrapper::Nullable) => {
                quote! { let mut #name = Nullable::Absent; }
            }
            _ => quote! { let mut #name = None; },
        }
    });
    let arms = object.fields.iter().map(|field| {
        let (name, wire) = (ident(field.name.rust()), field.name.wire());
        match (field.presence, &field.ty) {
            (Presence::Nullable, _) => quote! { #wire => #name = #members.nullable()?, },
            // Null is one of its values, and not the absence of one.
            (Presence::Required | Presence::Optional, Type::Json) => {
                quote! { #wire => #name = Some(#members.value()?), }
            }
            _ => quote! { #wire => #name = #members.value()?, },
        }
    });
    let values = object.fields.iter().map(|field| {
        let (name, wire) = (ident(field.name.rust()), field.name.wire());
        if field.presence.is_required() {
            quote! { #name: json::required(#name, #wire)? }
        } else {
            quote! { #name }
        }
    });
    let (rest_slot, rest_arm, rest_value) = match object.rest {
        Rest::Ignored => (quote! {}, quote! { _ => #members.skip()?, }, quote! {}),
        Rest::Extra => (
            quote! {},
            quote! { _ => #members.skip()?, },
            quote! { extra: Extra::new(), },
        ),
        Rest::Map(_) => (
            quote! { let mut additional = BTreeMap::new(); },
            quote! { _ => { additional.insert(#member.into_owned(), #members.value()?); } },
            quote! { additional, },
        ),
    };
    let constants = object.constants.iter().map(|constant| &constant.wire);
    let known: Vec<&String> = constants.chain(&object.union_tags).collect();
    let known_arm = (!known.is_empty() && matches!(object.rest, Rest::Map(_))).then(|| {
        quote! { #(#known)|* => #members.skip()?, }
    });
    let switch = object.stream_switch.as_ref().map(|switch| {
        let switch = ident(&switch.wire);
        quote! { #switch: false, }
    });
    let places = object.fields.iter();
    let base64 = base64(api, places.map(|field| (field.name.wire(), &field.ty)));
    vec![
        quote! {
            impl<'de> json::ReadObject<'de> for #name {
                const NAME: &'static str = #wire_name;

                #base64

                fn read<A: json::MapAccess<'de>>(
                    mut #members: json::Members<'_, 'de, A>,
                ) -> Result<Self, A::Error> {
                    #(#slots)*
                    #rest_slot
                    while let Some(#member) = #members.next_name()? {
                        match &*#member {
                            #(#arms)*
                            #known_arm
                            #rest_arm
                        }
                    }
                    Ok(Self { #(#values,)* #rest_value #switch })
                }
            }
        },
        quote! { openapi_runtime::read_object!(#name); },
    ]
}
