//! `StreamEvent`: the conversion of events to values.
//!
//! The kind of an event picks the variant of a union; an event of any other type is read as that
//! type.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Shape, Tag, TagType, Type, TypeDef, Union, Variant};
use crate::spelling::{ident, type_ident, type_tokens};

use super::{json, union};

/// The implementation, if values of the type are events of a stream.
pub(super) fn item(api: &Api, def: &TypeDef) -> Option<TokenStream> {
    def.roles.event.then(|| match &def.shape {
        Shape::Union(union) => of_union(api, def, union),
        Shape::Struct(_) | Shape::OpenEnum(_) | Shape::Exclusive(_) => of_one_kind(api, def),
    })
}

fn of_one_kind(api: &Api, def: &TypeDef) -> TokenStream {
    let name = type_ident(def);
    let base64 = base64(api, std::iter::once(&def.shape));
    quote! {
        impl StreamEvent for #name {
            type Error = response::Undescribed;

            const TAG: Option<&'static str> = None;
            #base64

            fn decode(_kind: Option<&str>, data: json::Text) -> Result<Self, json::DecodeError> {
                data.read()
            }
        }
    }
}

fn of_union(api: &Api, def: &TypeDef, union: &Union) -> TokenStream {
    let name = type_ident(def);
    // The kind of an event is a string; a union with another tag finds its variant by itself.
    let tag = union.tag.as_ref().filter(|tag| tag.ty != TagType::Integer);
    let (kind, decode) = match tag {
        Some(tag) => (ident("kind"), by_kind(union, tag)),
        None => (ident("_kind"), quote! { data.read() }),
    };
    let is_text = tag.and_then(|tag| is_text(union, tag));
    let tag = match tag {
        Some(Tag {
            wire,
            ty: TagType::String,
        }) => quote! { Some(#wire) },
        _ => quote! { None },
    };
    let (error, errors, member) = match &union.error {
        Some(error) => {
            // A text error is in `EventError::data` as it was received.
            let ty = match error.ty {
                Type::Text => quote! { response::Undescribed },
                _ => type_tokens(api, &error.ty),
            };
            let kinds = &error.tags;
            let member = error.member.iter();
            (
                ty,
                Some(quote! { const ERRORS: &'static [&'static str] = &[#(#kinds),*]; }),
                Some(quote! { #(const ERROR_MEMBER: Option<&'static str> = Some(#member);)* }),
            )
        }
        None => (quote! { response::Undescribed }, None, None),
    };
    let last = union.variants.iter().filter(|variant| variant.ends_stream);
    let last: Vec<_> = last.flat_map(|variant| &variant.tags).collect();
    let last =
        (!last.is_empty()).then(|| quote! { const LAST: &'static [&'static str] = &[#(#last),*]; });
    let shapes = union
        .variants
        .iter()
        .filter_map(|variant| match &variant.ty {
            Type::Named(id) => Some(&api.get(*id).shape),
            _ => None,
        });
    let base64 = base64(api, shapes);
    quote! {
        impl StreamEvent for #name {
            type Error = #error;

            const TAG: Option<&'static str> = #tag;
            #errors
            #member
            #last
            #base64

            #is_text

            fn decode(#kind: Option<&str>, data: json::Text) -> Result<Self, json::DecodeError> {
                #decode
            }
        }
    }
}

/// Reads an event by its kind.
fn by_kind(union: &Union, tag: &Tag) -> TokenStream {
    let read = |variant: &Variant| {
        let name = ident(variant.name.rust());
        match variant.ty {
            Type::Text => quote! { StreamEvent::decode(kind, data).map(Self::#name), },
            _ => quote! { data.read().map(Self::#name), },
        }
    };
    let own = union
        .variants
        .iter()
        .filter(|variant| !variant.takes_others);
    let arms = own.map(|variant| {
        let (read, values) = (read(variant), &variant.tags);
        quote! { Some(#(#values)|*) => #read }
    });
    let others = union::others(union);
    let others = others.map_or_else(|| quote! { data.unknown(kind).map(Self::Unknown), }, read);
    let kind = kind(tag);
    quote! {
        match #kind {
            #(#arms)*
            _ => #others
        }
    }
}

/// The kind of an event. One without a name is a `message` (HTML Standard, section 9.2.6).
fn kind(tag: &Tag) -> TokenStream {
    match tag.ty {
        TagType::EventName => quote! { kind.or(Some("message")) },
        TagType::String | TagType::Integer => quote! { kind },
    }
}

/// The method `is_text`, if the data of some kinds of events is a text.
fn is_text(union: &Union, tag: &Tag) -> Option<TokenStream> {
    let texts = union
        .variants
        .iter()
        .filter(|variant| variant.ty == Type::Text);
    let others = texts.clone().any(|variant| variant.takes_others);
    // If all other events are texts, the list has the kinds that are not.
    let listed = union
        .variants
        .iter()
        .filter(|variant| (variant.ty == Type::Text) != others);
    let listed: Vec<&String> = listed.flat_map(|variant| &variant.tags).collect();
    texts.clone().next()?;
    if listed.is_empty() {
        return Some(quote! { fn is_text(_kind: Option<&str>) -> bool { #others } });
    }
    let (kind, not) = (kind(tag), others.then(|| quote! { ! }));
    Some(quote! {
        fn is_text(kind: Option<&str>) -> bool {
            #not matches!(#kind, Some(#(#listed)|*))
        }
    })
}

/// `BASE64`: the members of all kinds.
fn base64<'a>(api: &Api, shapes: impl Iterator<Item = &'a Shape>) -> Option<TokenStream> {
    let fields = shapes.flat_map(|shape| match shape {
        Shape::Struct(object) => object.fields.as_slice(),
        _ => &[],
    });
    json::base64(api, fields.map(|field| (field.name.wire(), &field.ty)))
}
