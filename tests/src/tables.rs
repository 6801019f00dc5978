//! The items that the tables of an emitted crate stand for.
//!
//! ```
//! use openapi_tests::tables::expanded;
//!
//! let table = syn::parse_quote! { openapi_runtime::conversions! { enum Stop { One(String) } } };
//! let [syn::Item::Impl(item)] = &*expanded(table) else { panic!() };
//! assert_eq!(quote::quote!(#item).to_string(), "impl From < String > for Stop { }");
//! ```
//!
//! Bodies of functions and values of constants are left out: nothing that is read here depends on
//! them.

use proc_macro2::{Ident, TokenTree};
use syn::{Item, ItemEnum, ItemMacro, parse_quote};

/// The items of a table; any other item as it is.
///
/// A table that only implements traits of the runtime stays a macro, reduced to the name of its
/// type: `openapi_runtime::object!(Image);`.
///
/// # Panics
/// If a table is none that the emitters write.
#[must_use]
pub fn expanded(item: Item) -> Vec<Item> {
    let Item::Macro(call) = &item else {
        return vec![item];
    };
    let name = call.mac.path.segments.last();
    match name.map(|name| name.ident.to_string()).as_deref() {
        Some("open_enum") => open_enum(&table(call)),
        Some("conversions") => conversions(&table(call)),
        Some("object") => {
            let named = call.mac.tokens.clone().into_iter().next();
            let Some(TokenTree::Ident(name)) = named else {
                panic!("an object without a name")
            };
            vec![of_name("object", &name)]
        }
        _ => vec![item],
    }
}

fn table(call: &ItemMacro) -> ItemEnum {
    call.mac.parse_body().expect("the table is an enum")
}

fn of_name(called: &str, name: &Ident) -> Item {
    let called = Ident::new(called, name.span());
    parse_quote! { openapi_runtime::#called!(#name); }
}

fn open_enum(table: &ItemEnum) -> Vec<Item> {
    let (attributes, name) = (&table.attrs, &table.ident);
    let variants = table.variants.iter().map(|variant| &variant.ident);
    vec![
        parse_quote! {
            #(#attributes)*
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* Other(String) }
        },
        parse_quote! {
            impl #name {
                pub const ALL: &'static [Self] = &[];
                pub const VALUES: &'static [&'static str] = &[];
                pub fn as_str(&self) -> &str { "" }
            }
        },
        parse_quote! { impl From<&str> for #name {} },
        of_name("open_enum", name),
    ]
}

fn conversions(table: &ItemEnum) -> Vec<Item> {
    let name = &table.ident;
    let variants = table.variants.iter();
    let types = variants.flat_map(|variant| &variant.fields);
    types
        .map(|field| parse_quote! { impl From<#field> for #name {} })
        .collect()
}
