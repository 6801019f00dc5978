//! Request bodies as forms: a list of fields, or the form of a union's alternative.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{
    Api, Form, MediaType, Parts, Rest, Shape, Struct, Type, TypeDef, Union, Wrapper,
};
use crate::spelling::{ident, type_ident};

use super::{pairs, union};

/// The content types of parts, by part name.
type ContentTypes = BTreeMap<String, Vec<MediaType>>;

/// The methods of a type that make a form, one for each encoding of its parts.
pub(super) fn write(api: &Api, def: &TypeDef) -> Option<TokenStream> {
    let own: BTreeMap<&str, &Form> = api
        .forms_of(def)
        .map(|form| (form.method.as_str(), form))
        .collect();
    if own.is_empty() {
        return None;
    }
    let name = type_ident(def);
    let methods = own.values().map(|form| match &form.parts {
        Parts::Multipart(content_types) => method(api, def, form, content_types),
        Parts::UrlEncoded(encodings) => pairs::method(api, def, form, encodings),
    });
    Some(quote! { impl #name { #(#methods)* } })
}

/// An expression that makes the form of a value.
pub(super) fn make(api: &Api, ty: &Type, form: &Form, value: &TokenStream) -> TokenStream {
    match (ty, &form.parts) {
        (Type::Map(_), Parts::UrlEncoded(_)) => {
            quote! { parameter::Pairs::of_further(&#value) }
        }
        (Type::Map(inner), Parts::Multipart(_)) if **inner == Type::Json => {
            quote! { multipart::Form::of_extra(&#value.into_iter().collect()) }
        }
        (Type::Map(inner), Parts::Multipart(_)) => {
            let fields = further(api, inner, value);
            quote! { multipart::Form::of_further(#fields) }
        }
        _ => {
            let method = ident(&form.method);
            quote! { #value.#method() }
        }
    }
}

/// The match that makes the form of a union's alternative.
pub(super) fn of_alternative(api: &Api, union: &Union, form: &Form) -> TokenStream {
    let arms = union.variants.iter().map(|variant| {
        let name = ident(variant.name.rust());
        let made = make(api, &variant.ty, form, &quote! { value });
        let tagged = union.written_tag(variant).map(|(tag, value)| {
            let (wire, value) = (&tag.wire, union::tag_value(tag, value));
            quote! { .tagged(#wire, #value) }
        });
        quote! { Self::#name(value) => #made #tagged, }
    });
    let unknown = if form.is_multipart() {
        quote! { multipart::Form::of_unknown(&value) }
    } else {
        quote! { parameter::Pairs::of_unknown(value) }
    };
    quote! {
        match self {
            #(#arms)*
            Self::Unknown(value) => #unknown,
        }
    }
}

fn method(api: &Api, def: &TypeDef, form: &Form, content_types: &ContentTypes) -> TokenStream {
    let body = match &def.shape {
        Shape::Struct(object) => of_members(&parts(api, object, content_types)),
        Shape::Exclusive(variants) => {
            let arms = variants.iter().map(|variant| {
                let (name, wire) = (ident(variant.name.rust()), variant.name.wire());
                let value = value(api, &variant.ty, &quote! { value }, true);
                let add = add(wire, content_types, false, &value);
                quote! { Self::#name(value) => { #add } }
            });
            of_members(&quote! { match self { #(#arms)* } })
        }
        Shape::Union(union) => of_alternative(api, union, form),
        Shape::OpenEnum(_) => return quote! {},
    };
    let method = ident(&form.method);
    quote! {
        pub(crate) fn #method(self) -> multipart::Form {
            #body
        }
    }
}

fn of_members(parts: &TokenStream) -> TokenStream {
    let mutable = (!parts.is_empty()).then(|| quote! { mut });
    quote! {
        let #mutable form = multipart::Form::new();
        #parts
        form
    }
}

fn parts(api: &Api, object: &Struct, content_types: &ContentTypes) -> TokenStream {
    let constants = object.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, &constant.value);
        quote! { form.add(#wire, #value); }
    });
    let fields = object.fields.iter().map(|field| {
        let name = ident(field.name.rust());
        let is_plain = field.wrapper == Wrapper::Plain;
        let value = value(api, &field.ty, &quote! { self.#name }, is_plain);
        add(field.name.wire(), content_types, field.brackets, &value)
    });
    let switch = object.stream_switch.as_ref().map(|switch| {
        let (name, wire) = (ident(&switch.wire), &switch.wire);
        if switch.sends_false {
            quote! { form.add(#wire, self.#name); }
        } else {
            quote! { form.add(#wire, self.#name.then_some(true)); }
        }
    });
    let rest = match &object.rest {
        Rest::Ignored => quote! {},
        Rest::Extra => quote! { form.extra(&self.extra); },
        Rest::Map(Type::Json) => quote! { form.extra(&self.additional.into_iter().collect()); },
        Rest::Map(ty) => {
            let fields = further(api, ty, &quote! { self.additional });
            quote! { form.add_further(#fields); }
        }
    };
    quote! { #(#constants)* #(#fields)* #switch #rest }
}

/// Adds the members of a map as parts.
fn further(api: &Api, ty: &Type, members: &TokenStream) -> TokenStream {
    match ty {
        Type::List(inner) if api.is_json_part(inner) => quote! {
            #members.iter().map(|(name, items)| (name, items.iter().map(multipart::Json).collect::<Vec<_>>()))
        },
        ty if api.is_json_part(ty) => quote! {
            #members.iter().map(|(name, value)| (name, multipart::Json(value)))
        },
        _ => quote! { #members },
    }
}

fn add(
    wire: &str,
    content_types: &ContentTypes,
    brackets: bool,
    value: &TokenStream,
) -> TokenStream {
    let content_type = content_types.get(wire);
    let content_type = content_type.and_then(|listed| MediaType::only(listed));
    let content_type = content_type.map(MediaType::as_str);
    let list_name = brackets.then(|| format!("{wire}[]"));
    match (content_type, list_name) {
        (Some(content_type), Some(list_name)) => {
            quote! { form.add_list_with_type(#wire, #list_name, #content_type, #value); }
        }
        (Some(content_type), None) => quote! { form.add_with_type(#wire, #content_type, #value); },
        (None, Some(list_name)) => quote! { form.add_list(#wire, #list_name, #value); },
        (None, None) => quote! { form.add(#wire, #value); },
    }
}

/// The value as a part; an object is a JSON part (`OpenAPI` 3.1.1 §4.8.15.1).
fn value(api: &Api, ty: &Type, value: &TokenStream, is_plain: bool) -> TokenStream {
    match ty {
        Type::List(inner) if api.is_json_part(inner) && is_plain => {
            quote! { #value.iter().map(multipart::Json).collect::<Vec<_>>() }
        }
        Type::List(inner) if api.is_json_part(inner) => {
            quote! { #value.as_ref().map(|items| items.iter().map(multipart::Json).collect::<Vec<_>>()) }
        }
        ty if api.is_json_part(ty) && is_plain => quote! { multipart::Json(&#value) },
        ty if api.is_json_part(ty) => quote! { #value.as_ref().map(multipart::Json) },
        _ => quote! { #value },
    }
}

/// `Part`, for a union with a file among its variants.
pub(super) fn part(api: &Api, def: &TypeDef, union: &Union) -> TokenStream {
    let name = type_ident(def);
    let arms = union.variants.iter().map(|variant| {
        let name = ident(variant.name.rust());
        let value = if api.is_json_part(&variant.ty) {
            quote! { multipart::Json(&value) }
        } else {
            quote! { value }
        };
        quote! { Self::#name(value) => multipart::Part::add_to(#value, form, field), }
    });
    quote! {
        impl multipart::Part for #name {
            fn add_to(self, form: &mut multipart::Form, field: &multipart::Field<'_>) {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => multipart::Part::add_to(value, form, field),
                }
            }
        }
    }
}
