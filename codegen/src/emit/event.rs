//! `StreamEvent`: what the events of a stream become.
//!
//! The kind of an event picks the variant of a union; an event of any other type is read as that type.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Codec, Operation, Shape, Tag, TagType, Type, TypeDef, Union};

use super::json;
use super::tokens::{ident, type_ident, type_tokens};

/// The implementation, if values of the type are events of a stream.
pub fn item(api: &Api, def: &TypeDef) -> Option<TokenStream> {
    is_event(api, def).then(|| match &def.shape {
        Shape::Union(union) => of_union(api, def, union),
        Shape::Struct(_) | Shape::OpenEnum(_) | Shape::Exclusive(_) => of_one_kind(api, def),
    })
}

fn is_event(api: &Api, def: &TypeDef) -> bool {
    let contents = api.operations.iter().flat_map(Operation::contents);
    let mut events = contents.filter_map(|content| match &content.codec {
        Codec::Events(Type::Named(id)) | Codec::Lines(Type::Named(id)) => Some(*id),
        _ => None,
    });
    events.any(|id| std::ptr::eq(api.get(id), def))
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
    // The kind of an event is a text; a union with another tag finds it by itself.
    let by_kind = |tag: &&Tag| tag.ty == TagType::String;
    let (tag, kind, decode) = match union.tag.as_ref().filter(by_kind) {
        Some(Tag { wire: tag, .. }) => {
            let arms = union.variants.iter().map(|variant| {
                let (name, values) = (ident(variant.name.rust()), &variant.tags);
                quote! { Some(#(#values)|*) => data.read().map(Self::#name), }
            });
            let decode = quote! {
                match kind {
                    #(#arms)*
                    _ => data.unknown(kind).map(Self::Unknown),
                }
            };
            (quote! { Some(#tag) }, ident("kind"), decode)
        }
        None => (quote! { None }, ident("_kind"), quote! { data.read() }),
    };
    let (error, errors, member) = match &union.error {
        Some(error) => {
            let (ty, kinds) = (type_tokens(api, &error.ty), &error.tags);
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

            fn decode(#kind: Option<&str>, data: json::Text) -> Result<Self, json::DecodeError> {
                #decode
            }
        }
    }
}

/// `BASE64`: the members of all kinds.
fn base64<'a>(api: &Api, shapes: impl Iterator<Item = &'a Shape>) -> Option<TokenStream> {
    let fields = shapes.flat_map(|shape| match shape {
        Shape::Struct(object) => object.fields.as_slice(),
        _ => &[],
    });
    json::base64(api, fields.map(|field| (field.name.wire(), &field.ty)))
}
