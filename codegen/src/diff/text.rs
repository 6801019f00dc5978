//! Types and values as text for messages.

use proc_macro2::{TokenStream, TokenTree};

use crate::model::{Api, Field, Type, TypeDef};
use crate::spelling::{field_type, taken, type_ident, type_tokens};

use super::walk::Walk;

/// One of the two documents.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

impl<'a> Walk<'a> {
    pub(super) fn api(&self, side: Side) -> &'a Api {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The Rust type of a value. In a type of the old crate, renamed types have their new names:
    /// renaming a type is one change, regardless of how many fields use it.
    pub(super) fn rust_type(&self, side: Side, ty: &Type) -> String {
        self.text(side, type_tokens(self.api(side), ty))
    }

    /// The Rust type of a field.
    pub(super) fn rust_field(&self, side: Side, field: &Field) -> String {
        self.text(side, field_type(self.api(side), field))
    }

    /// The type of the parameter that takes a value.
    pub(super) fn rust_parameter(&self, side: Side, ty: &Type) -> String {
        let api = self.api(side);
        let any_name = quote::format_ident!("value");
        self.text(side, taken(api, ty, &any_name).parameter)
    }

    /// The Rust name of a type for the comparison of both sides.
    pub(super) fn rust_name(&self, side: Side, def: &TypeDef) -> String {
        let name = type_ident(def);
        self.text(side, quote::quote! { #name })
    }

    pub(super) fn text(&self, side: Side, tokens: TokenStream) -> String {
        let mut text = String::new();
        let mut after_word = false;
        for token in tokens {
            let word = match &token {
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    let renamed = self.renamed.get(&name).filter(|_| side == Side::Old);
                    renamed.cloned().unwrap_or(name)
                }
                other => other.to_string(),
            };
            let is_word = matches!(token, TokenTree::Ident(_));
            let spaced = (after_word && is_word) || text.ends_with([',', '=']) || word == "=";
            if spaced {
                text.push(' ');
            }
            text.push_str(&word);
            after_word = is_word;
        }
        text
    }
}
