//! Unions: a variant for each schema, and one for all other values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Tag, TagType, Test, TypeDef, Union, ValueKind, Variant};
use crate::spelling::{ident, type_ident, type_tokens};

use super::exclusive::variant_doc;
use super::tokens::{self, derives, documented};
use super::{form, json, validate};

/// The enum and its implementations.
pub(super) fn items(api: &Api, def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let mut items = vec![definition(api, def, union)];
    items.extend(conversions(api, def, union));
    if def.used.sent {
        items.push(validate::union(api, def, union));
        let form = form::write(api, def);
        if def.holds_file && form.is_none() {
            items.push(form::part(api, def, union));
        }
        items.extend(form);
    }
    // The variant of an event may depend on the event's name, which is outside the JSON.
    let is_event_kind = union
        .tag
        .as_ref()
        .is_some_and(|tag| tag.ty == TagType::EventName);
    if !def.holds_file && !is_event_kind {
        items.extend(write(def, union));
        items.extend(read(def, union));
    }
    items
}

/// The names of the variants.
fn alternatives(union: &Union) -> String {
    let names = union.variants.iter().map(|variant| variant.name.rust());
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "A value that is not in the description.".to_owned(),
        [only] => format!("{only}."),
        [first @ .., last] if first.len() < LISTED => format!("{} or {last}.", first.join(", ")),
        all => {
            let listed = all.iter().take(LISTED).cloned().collect::<Vec<_>>();
            format!(
                "{} or one of {} others.",
                listed.join(", "),
                all.len() - LISTED
            )
        }
    }
}

/// Maximum number of variants that the documentation of a union without a description names.
const LISTED: usize = 8;

fn definition(api: &Api, def: &TypeDef, union: &Union) -> TokenStream {
    let name = type_ident(def);
    let doc = documented(&def.doc, &alternatives(union), &[], def.origin.as_str());
    let derives = derives(def, false);
    let variants = union.variants.iter().map(|variant| {
        let doc = variant_doc(variant);
        let (name, ty) = (ident(variant.name.rust()), type_tokens(api, &variant.ty));
        quote! { #doc #name(#ty), }
    });
    quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that is not in the description.
            Unknown(json::Unknown),
        }
    }
}

/// `From` for each payload that only one variant has.
fn conversions(api: &Api, def: &TypeDef, union: &Union) -> Option<TokenStream> {
    let variants = union.variants.iter();
    let is_unique = |variant: &&Variant| {
        let same = variants.clone().filter(|other| other.ty == variant.ty);
        same.count() == 1
    };
    let unique = variants.clone().filter(is_unique);
    let unique = unique.map(|variant| {
        let (name, ty) = (ident(variant.name.rust()), type_tokens(api, &variant.ty));
        quote! { #name(#ty), }
    });
    tokens::conversions(&type_ident(def), unique)
}

fn write(def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let name = type_ident(def);
    let arms = union.variants.iter().map(|variant| {
        let name = ident(variant.name.rust());
        match union.written_tag(variant) {
            Some((tag, value)) => {
                let (wire, value) = (&tag.wire, tag_value(tag, value));
                quote! { Self::#name(value) => json::tagged(serializer, sink, #wire, #value, value), }
            }
            None => quote! { Self::#name(value) => json::Encode::encode(value, serializer, sink), },
        }
    });
    let body = quote! {
        match self {
            #(#arms)*
            Self::Unknown(value) => json::Encode::encode(value, serializer, sink),
        }
    };
    json::encode(&name, &body)
}

/// A value of the tag as a literal.
pub(super) fn tag_value(tag: &Tag, value: &str) -> TokenStream {
    match (tag.ty, value.parse::<i64>()) {
        (TagType::Integer, Ok(value)) => {
            let value = proc_macro2::Literal::i64_unsuffixed(value);
            quote! { #value }
        }
        _ => quote! { #value },
    }
}

fn read(def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let name = type_ident(def);
    let body = match &union.tag {
        Some(tag) => {
            let own = |variant: &&Variant| !variant.takes_others;
            let arms = union.variants.iter().filter(own).map(|variant| {
                let name = ident(variant.name.rust());
                let values = variant.tags.iter().map(|value| tag_value(tag, value));
                quote! { Some(#(#values)|*) => raw.read(source).map(Self::#name), }
            });
            let wire = &tag.wire;
            let (read, value, text) = match tag.ty {
                TagType::String | TagType::EventName => {
                    (quote! { tag }, quote! { name.as_deref() }, None)
                }
                TagType::Integer => (
                    quote! { integer_tag },
                    quote! { name },
                    Some(quote! { let name = name.map(|name| name.to_string()); }),
                ),
            };
            let others = others(union).map_or_else(
                || {
                    quote! {{
                        #text
                        Ok(Self::Unknown(raw.unknown(name.as_deref())))
                    }}
                },
                |variant| {
                    let name = ident(variant.name.rust());
                    quote! { raw.read(source).map(Self::#name), }
                },
            );
            quote! {
                let name = raw.#read(#wire);
                match #value {
                    #(#arms)*
                    _ => #others
                }
            }
        }
        None => {
            let (first, attempts) = (listed(union), attempts(union));
            quote! {
                #first
                #attempts
                Ok(Self::Unknown(raw.unknown(None)))
            }
        }
    };
    let body = quote! {
        let raw = <json::RawUnion as json::Decode>::decode(deserializer, source)?;
        #body
    };
    json::decode(&name, &body)
}

/// The variant for all values of the tag that no other variant has.
pub(super) fn others(union: &Union) -> Option<&Variant> {
    union.variants.iter().find(|variant| variant.takes_others)
}

/// Tries the variant that lists the member's value first, unless the variants' tests already
/// exclude each other.
fn listed(union: &Union) -> Option<TokenStream> {
    let variants = union.variants.iter();
    let listed = variants.filter_map(|variant| Some((variant, variant.test.listed.as_ref()?)));
    let tag = &listed.clone().next()?.1.tag;
    if union.variants.iter().all(|variant| variant.is_alone) {
        return None;
    }
    let arms = listed.map(|(variant, listed)| {
        let values = listed.values.iter().map(|value| tag_value(tag, value));
        let attempt = attempt(variant);
        quote! { Some(#(#values)|*) => { #attempt } }
    });
    let wire = &tag.wire;
    let value = match tag.ty {
        TagType::String | TagType::EventName => quote! { raw.tag(#wire).as_deref() },
        TagType::Integer => quote! { raw.integer_tag(#wire) },
    };
    Some(quote! {
        match #value {
            #(#arms)*
            _ => {}
        }
    })
}

/// Tries the variants of a value: in the order of the document, or, if several objects may match,
/// by the number of the value's members that they name.
fn attempts(union: &Union) -> TokenStream {
    let attempts = union.variants.iter().map(|variant| {
        if variant.is_alone {
            read_alone(variant)
        } else {
            attempt(variant)
        }
    });
    if !union.is_ranked {
        return attempts.collect();
    }
    let kept = union.variants.iter().map(|variant| {
        let (named, others) = (&variant.test.named, variant.test.keeps_others);
        quote! { (&[#(#named),*], #others) }
    });
    let arms = attempts.enumerate().map(|(index, attempt)| {
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        quote! { #index => { #attempt } }
    });
    quote! {
        for variant in raw.closest(&[#(#kept),*]) {
            match variant {
                #(#arms)*
                _ => {}
            }
        }
    }
}

/// Reads a variant whose test excludes all others.
fn read_alone(variant: &Variant) -> TokenStream {
    let name = ident(variant.name.rust());
    let test = test_tokens(&variant.test).unwrap_or_else(|| quote! { true });
    quote! {
        if #test {
            return raw.read(source).map(Self::#name);
        }
    }
}

/// Tries a variant that may not be the only one whose test a value passes.
fn attempt(variant: &Variant) -> TokenStream {
    let name = ident(variant.name.rust());
    let attempt = quote! {
        if let Some(value) = raw.attempt(source) {
            return Ok(Self::#name(value));
        }
    };
    match test_tokens(&variant.test) {
        Some(test) => quote! { if #test { #attempt } },
        None => attempt,
    }
}

/// The conditions of a test; `None` if every value passes it.
fn test_tokens(test: &Test) -> Option<TokenStream> {
    let kind = match test.kind {
        ValueKind::Any => None,
        ValueKind::Bool => Some(quote! { raw.kind() == json::Kind::Bool }),
        ValueKind::Integer => Some(quote! { raw.kind() == json::Kind::Integer }),
        ValueKind::Number => Some(quote! {
            matches!(raw.kind(), json::Kind::Integer | json::Kind::Number)
        }),
        ValueKind::String => Some(quote! { raw.kind() == json::Kind::String }),
        ValueKind::Array => Some(quote! { raw.kind() == json::Kind::Array }),
        ValueKind::Object => Some(quote! { raw.kind() == json::Kind::Object }),
    };
    let members = test.members.iter().filter(|member| {
        !test
            .constants
            .iter()
            .any(|constant| constant.wire == **member)
    });
    let members = members.map(|member| quote! { raw.has(#member) });
    let constants = test.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, &constant.value);
        quote! { raw.tag(#wire).as_deref() == Some(#value) }
    });
    let mut conditions = kind.into_iter().chain(constants).chain(members).peekable();
    conditions.peek()?;
    Some(quote! { #(#conditions)&&* })
}
