//! The text of types, values and paths, as a caller writes them.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Fields, GenericArgument, PathArguments, Type, TypeParamBound, UseTree};

/// A value made of its parts.
pub(super) struct Literal {
    pub(super) names: Vec<Ident>,
    pub(super) types: Vec<Type>,
    pub(super) parameters: Vec<TokenStream>,
    /// The expression, which is the pattern too.
    pub(super) value: TokenStream,
}

pub(super) fn literal(path: &TokenStream, fields: &Fields) -> Literal {
    let types: Vec<Type> = fields.iter().map(|field| field.ty.clone()).collect();
    let names: Vec<Ident> = (0..types.len())
        .map(|index| format_ident!("part_{index}"))
        .collect();
    let value = match fields {
        Fields::Unit => quote! { #path },
        Fields::Unnamed(_) => quote! { #path(#(#names),*) },
        Fields::Named(fields) => {
            let members = fields.named.iter().map(|field| &field.ident);
            quote! { #path { #(#members: #names),* } }
        }
    };
    let parameters = names
        .iter()
        .zip(&types)
        .map(|(name, ty)| quote! { #name: #ty })
        .collect();
    Literal {
        names,
        types,
        parameters,
        value,
    }
}

/// The type of what a caller gives for a parameter.
pub(super) fn given(ty: &Type) -> TokenStream {
    let Type::ImplTrait(found) = ty else {
        return ty.to_token_stream();
    };
    let bounds = found.bounds.iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    let argument = |arguments: &PathArguments| match arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.first().cloned(),
        _ => None,
    };
    for bound in bounds {
        match (bound.ident.to_string().as_str(), argument(&bound.arguments)) {
            ("Into", Some(GenericArgument::Type(inner))) => return inner.to_token_stream(),
            ("IntoIterator", Some(GenericArgument::AssocType(item))) => {
                let item = given(&item.ty);
                return quote! { Vec<#item> };
            }
            _ => {}
        }
    }
    panic!(
        "a parameter that no emitter writes: {}",
        ty.to_token_stream()
    )
}

/// The tokens with the type in place of `Self`.
pub(super) fn with_self(tokens: TokenStream, ty: &TokenStream) -> TokenStream {
    let replaced = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => ty.clone(),
        TokenTree::Group(group) => {
            let inner = with_self(group.stream(), ty);
            TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner)).into()
        }
        other => other.into(),
    });
    replaced.collect()
}

/// The tokens with a name for the lifetime of each reference: a bound cannot leave it out.
pub(super) fn with_lifetime(tokens: TokenStream) -> TokenStream {
    let named = tokens.into_iter().map(|token| match &token {
        TokenTree::Punct(punct) if punct.as_char() == '&' => quote! { &'value },
        _ => token.into(),
    });
    named.collect()
}

/// A trait that can be derived; some are in the prelude only as macros.
pub(super) fn standard_trait(name: &str) -> TokenStream {
    match name {
        "Debug" => quote! { ::core::fmt::Debug },
        "Hash" => quote! { ::core::hash::Hash },
        name => format_ident!("{name}").to_token_stream(),
    }
}

/// The paths of a `use`, each with the name that it brings.
pub(super) fn flatten(tree: &UseTree, before: &[Ident], found: &mut Vec<(Vec<Ident>, Ident)>) {
    let with = |ident: &Ident| [before, std::slice::from_ref(ident)].concat();
    match tree {
        UseTree::Path(path) => flatten(&path.tree, &with(&path.ident), found),
        UseTree::Name(name) => found.push((with(&name.ident), name.ident.clone())),
        UseTree::Rename(rename) => found.push((with(&rename.ident), rename.rename.clone())),
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| flatten(tree, before, found)),
        UseTree::Glob(_) => {}
    }
}
