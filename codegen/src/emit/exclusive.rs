//! Objects that have exactly one of their members, as enums.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Type, TypeDef, Variant};
use crate::spelling::{ident, limits_in_words, type_ident, type_tokens};
use crate::visible::code_span;

use super::tokens::{derives, described, documented};
use super::{form, json, validate};

/// The enum and its implementations.
pub(super) fn items(api: &Api, def: &TypeDef, variants: &[Variant]) -> Vec<TokenStream> {
    let name = type_ident(def);
    let doc = documented(
        &def.doc,
        "Exactly one of these members.",
        &[],
        def.origin.as_str(),
    );
    let derives = derives(def, false);
    let definitions = variants.iter().map(|variant| {
        let doc = variant_doc(variant);
        let (name, ty) = (ident(variant.name.rust()), type_tokens(api, &variant.ty));
        quote! { #doc #name(#ty), }
    });
    let mut items = vec![quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub enum #name { #(#definitions)* }
    }];
    if def.used.sent {
        items.push(validate::exclusive(api, def, variants));
        items.extend(form::write(api, def));
    }
    if !def.holds_file {
        items.extend(write(def, variants));
        items.extend(read(api, def, variants));
    }
    items
}

/// Documentation of a variant with its bounds.
pub(super) fn variant_doc(variant: &Variant) -> TokenStream {
    let bounds =
        limits_in_words(&variant.limits, &variant.ty).map(|words| format!("Bounds: {words}."));
    let fallback = code_span(variant.name.wire());
    let others = variant.takes_others;
    let others = others.then(|| "A value that matches no other variant.".to_owned());
    let added: Vec<String> = others.into_iter().chain(bounds).collect();
    described(&variant.doc, &fallback, &added)
}

fn write(def: &TypeDef, variants: &[Variant]) -> Vec<TokenStream> {
    let name = type_ident(def);
    let arms = variants.iter().map(|variant| {
        let (name, wire) = (ident(variant.name.rust()), variant.name.wire());
        quote! { Self::#name(value) => object.required(#wire, value)?, }
    });
    let body = quote! {
        let mut object = json::ObjectWriter::new(serializer, sink)?;
        match self { #(#arms)* }
        object.end()
    };
    json::encode(&name, &body)
}

fn read(api: &Api, def: &TypeDef, variants: &[Variant]) -> Vec<TokenStream> {
    let name = type_ident(def);
    let wire_name = def.name.wire();
    let all: Vec<String> = variants
        .iter()
        .map(|variant| variant.name.wire().to_owned())
        .collect();
    let missing = all.join(" or ");
    let arms = variants.iter().map(|variant| {
        let (name, wire) = (ident(variant.name.rust()), variant.name.wire());
        let value = match variant.ty {
            Type::Option(_) => quote! { value },
            Type::Json => quote! { value.unwrap_or_default() },
            _ => return quote! { #wire => found = members.value::<Option<_>>()?.map(Self::#name).or(found), },
        };
        // Null is a value of this member, but a value of another member has priority.
        quote! {
            #wire => {
                found = match (members.value::<Option<_>>()?, found) {
                    (None, Some(found)) => Some(found),
                    (value, _) => Some(Self::#name(#value)),
                };
            }
        }
    });
    let places = variants.iter();
    let base64 = json::base64(
        api,
        places.map(|variant| (variant.name.wire(), &variant.ty)),
    );
    vec![
        quote! {
            impl<'de> json::ReadObject<'de> for #name {
                const NAME: &'static str = #wire_name;

                #base64

                fn read<A: json::MapAccess<'de>>(
                    mut members: json::Members<'_, 'de, A>,
                ) -> Result<Self, A::Error> {
                    let mut found = None;
                    while let Some(name) = members.next_name()? {
                        match &*name {
                            #(#arms)*
                            _ => members.skip()?,
                        }
                    }
                    json::required(found, #missing)
                }
            }
        },
        quote! { openapi_runtime::read_object!(#name); },
    ]
}
