//! Parameters: their places, and the styles of their types.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::model::{
    Api, Encoding, Items, Location, Operation, Parameter, Rest, Segment, Shape, Struct, Style,
    Styled, TypeDef, Union, Variant,
};
use crate::spelling::{ident, type_ident};

use super::validate::bounds;

/// The checks of the parameters that have bounds.
pub(super) fn checks<'a>(
    api: &'a Api,
    operation: &'a Operation,
) -> impl Iterator<Item = TokenStream> + 'a {
    operation.parameters.iter().filter_map(|parameter| {
        let (name, wire) = (ident(parameter.name.rust()), parameter.name.wire());
        let bounds = bounds(api, &parameter.ty, &parameter.limits)?;
        Some(quote! { checker.field(#wire, &self.#name, #bounds); })
    })
}

/// The method that adds the parameters to the request.
pub(super) fn target(operation: &Operation) -> Option<TokenStream> {
    if operation.parameters.is_empty() {
        return None;
    }
    let path = operation.path.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote! { target.literal(#text); },
        Segment::Parameter(index) => added(&operation.parameters[*index]),
    });
    let others = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location != Location::Path);
    let others = others.map(added);
    Some(quote! {
        fn target(&self) -> parameter::Target {
            let mut target = parameter::Target::new();
            #(#path)*
            #(#others)*
            target
        }
    })
}

fn added(parameter: &Parameter) -> TokenStream {
    let (field, wire) = (ident(parameter.name.rust()), parameter.name.wire());
    match parameter.encoding {
        Encoding::Json => json(parameter),
        Encoding::Text => quote! { target.whole_query(&self.#field); },
        Encoding::Form => {
            let (value, members) = (json_value(parameter), members(parameter));
            quote! { target.whole_query_form(#wire, #value, &[#(#members),*]); }
        }
        Encoding::Style(how) => styled(parameter, how),
    }
}

fn json(parameter: &Parameter) -> TokenStream {
    let (value, wire) = (json_value(parameter), parameter.sent_name());
    match parameter.location {
        Location::Path => quote! { target.path_json(#wire, #value); },
        Location::Query => quote! { target.query_json(#wire, #value); },
        Location::QueryString => quote! { target.whole_query_json(#wire, #value); },
        Location::Header => quote! { target.header_json(#wire, #value); },
        Location::Cookie => quote! { target.cookie_json(#wire, #value); },
    }
}

fn styled(parameter: &Parameter, how: Styled) -> TokenStream {
    let (field, wire) = (ident(parameter.name.rust()), parameter.sent_name());
    let (own, explode) = (style_tokens(how), how.explode);
    match parameter.location {
        Location::Path if how.reserved => {
            quote! { target.path_reserved(#wire, #own, #explode, &self.#field); }
        }
        Location::Path => quote! { target.path(#wire, #own, #explode, &self.#field); },
        Location::Query | Location::QueryString => {
            let (add, how) = pairs(how, ["query", "pairs"]);
            quote! { target.#add(#wire, #how, &self.#field); }
        }
        Location::Header => quote! { target.header(#wire, #explode, &self.#field); },
        Location::Cookie if how.style == Style::Cookie => {
            quote! { target.cookie_as_is(#wire, #explode, &self.#field); }
        }
        Location::Cookie if how.reserved => {
            quote! { target.cookie_reserved(#wire, #explode, &self.#field); }
        }
        Location::Cookie => quote! { target.cookie(#wire, #explode, &self.#field); },
    }
}

/// The method that writes the pairs of a value, and its arguments: the short one if the style
/// determines everything.
pub(super) fn pairs(how: Styled, [short, long]: [&str; 2]) -> (Ident, TokenStream) {
    let (style, explode, reserved) = (style_tokens(how), how.explode, how.reserved);
    if how.is_plain() {
        return (ident(short), quote! { #style, #explode });
    }
    let items = items_tokens(how.items);
    (ident(long), quote! { #style, #explode, #items, #reserved })
}

/// The members of a form that are not written in the default encoding.
fn members(parameter: &Parameter) -> impl Iterator<Item = TokenStream> + '_ {
    parameter.members.iter().map(|(wire, encoding)| {
        let member = match *encoding {
            Encoding::Style(how) => {
                let (member, how) = pairs(how, ["Style", "Pairs"]);
                quote! { #member(#how) }
            }
            Encoding::Json | Encoding::Text | Encoding::Form => quote! { Json },
        };
        quote! { (#wire, parameter::Member::#member) }
    })
}

/// An `Option` of a reference.
fn json_value(parameter: &Parameter) -> TokenStream {
    let field = ident(parameter.name.rust());
    if parameter.required {
        quote! { Some(&self.#field) }
    } else {
        quote! { self.#field.as_ref() }
    }
}

fn style_tokens(how: Styled) -> TokenStream {
    match how.style {
        Style::Simple => quote! { parameter::Style::Simple },
        Style::Label => quote! { parameter::Style::Label },
        Style::Matrix => quote! { parameter::Style::Matrix },
        Style::Form | Style::Cookie => quote! { parameter::Style::Form },
        Style::SpaceDelimited => quote! { parameter::Style::SpaceDelimited },
        Style::PipeDelimited => quote! { parameter::Style::PipeDelimited },
        Style::DeepObject => {
            let items = items_tokens(how.items);
            quote! { parameter::Style::DeepObject(#items) }
        }
    }
}

fn items_tokens(items: Items) -> TokenStream {
    match items {
        Items::Repeat => quote! { parameter::Items::Repeat },
        Items::Brackets => quote! { parameter::Items::Brackets },
        Items::Indices => quote! { parameter::Items::Indices },
    }
}

/// `Parameter`, for a type that parameters have.
pub(super) fn item(def: &TypeDef) -> Option<TokenStream> {
    let body = match &def.shape {
        _ if !def.roles.parameter => return None,
        // Implemented by `open_enum!`.
        Shape::OpenEnum(_) => return None,
        Shape::Struct(object) => of_struct(object),
        Shape::Union(union) => of_union(union),
        Shape::Exclusive(variants) => of_exclusive(variants),
    };
    let name = type_ident(def);
    Some(quote! {
        impl parameter::Parameter for #name {
            fn value(&self) -> parameter::Value<'_> {
                #body
            }
        }
    })
}

fn of_struct(object: &Struct) -> TokenStream {
    let constants = object.constants.iter().map(|constant| {
        let (wire, value) = (&constant.wire, &constant.value);
        quote! { members.add(#wire, #value); }
    });
    let fields = object.fields.iter().map(|field| {
        let (wire, name) = (field.name.wire(), ident(field.name.rust()));
        quote! { members.add(#wire, &self.#name); }
    });
    let rest = match object.rest {
        Rest::Map(_) => quote! { members.add_all(&self.additional); },
        Rest::Extra | Rest::Ignored => quote! {},
    };
    let members = quote! { #(#constants)* #(#fields)* #rest };
    let mutable = (!members.is_empty()).then(|| quote! { mut });
    quote! {
        let #mutable members = parameter::Members::new();
        #members
        members.value()
    }
}

fn of_union(union: &Union) -> TokenStream {
    let arms = union.variants.iter().map(|variant| {
        let name = ident(variant.name.rust());
        match union.written_tag(variant) {
            Some((tag, value)) => {
                let (wire, value) = (&tag.wire, Literal::string(value));
                quote! { Self::#name(value) => parameter::Parameter::value(value).tagged(#wire, #value), }
            }
            None => quote! { Self::#name(value) => parameter::Parameter::value(value), },
        }
    });
    quote! {
        match self {
            #(#arms)*
            Self::Unknown(value) => parameter::Parameter::value(value),
        }
    }
}

fn of_exclusive(variants: &[Variant]) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let (name, wire) = (ident(variant.name.rust()), variant.name.wire());
        quote! { Self::#name(value) => members.add(#wire, value), }
    });
    quote! {
        let mut members = parameter::Members::new();
        match self { #(#arms)* }
        members.value()
    }
}
