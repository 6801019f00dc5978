//! A program that uses everything public of an emitted crate, written from nothing but the text of
//! that crate.
//!
//! ```
//! use openapi_codegen::File;
//! use openapi_tests::caller::caller;
//!
//! let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
//! let lib = file("lib.rs", "mod types; pub use types::Image; pub use openapi_runtime as runtime;");
//! let types = file("types.rs", "pub struct Image { pub url: Option<String> }");
//! let text = caller(&[lib, types], "images");
//! assert!(text.contains("use images :: Image ;"));
//! assert!(text.contains("& Option < String > { & value . url }"));
//! ```
//!
//! It compiles with the crate it was written from. If it does not compile with another one, then
//! neither do some callers of the first: each line is something that a caller may well have
//! written, and says its types.
//!
//! | in the crate | in the program |
//! |---|---|
//! | what `lib.rs` exports | an import by name |
//! | a public field | a function that reads it, and one that sets it |
//! | a struct that is not `#[non_exhaustive]` and has no private field | a literal |
//! | a variant | a function that makes it, and a `match` on it |
//! | a public function | a call with values of its types; `impl Into<X>` takes an `X`, `impl IntoIterator` a `Vec` |
//! | a constant | a constant of its type |
//! | a derive, an `impl` of a trait, a macro that stands for one | a bound |

mod tokens;

use std::collections::BTreeSet;

use openapi_codegen::File;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{
    Attribute, FnArg, ImplItem, Item, ItemEnum, ItemImpl, ItemMacro, ItemStruct, ReceiverKind,
    ReturnType, Signature,
};

use crate::surface::{is_public, items};
use tokens::{flatten, given, literal, standard_trait, with_lifetime, with_self};

/// The text of a program for the crate of these files, which it calls by this name.
///
/// # Panics
/// If the text is not Rust, or has a parameter of a kind that the emitters do not write.
#[must_use]
pub fn caller(files: &[File], crate_name: &str) -> String {
    let mut caller = Caller::new(crate_name);
    // The root comes first: what it exports is imported from there.
    let (roots, modules): (Vec<_>, Vec<_>) = items(files)
        .into_iter()
        .partition(|(path, _)| *path == "lib.rs");
    for (path, items) in roots.into_iter().chain(modules) {
        for item in &items {
            if path == "servers.rs" {
                caller.server(item);
            }
            caller.item(item, path == "lib.rs");
        }
    }
    let mut lines: Vec<String> = caller.lines.iter().map(ToString::to_string).collect();
    // Whatever the order of the items is, the same items make the same program.
    lines.sort();
    lines.dedup();
    lines.join("\n")
}

struct Caller {
    crate_name: Ident,
    /// Names that are imported already: what the root exports, modules import too.
    imported: BTreeSet<String>,
    lines: Vec<TokenStream>,
}

impl Caller {
    fn new(crate_name: &str) -> Self {
        Self {
            crate_name: format_ident!("{crate_name}"),
            imported: BTreeSet::new(),
            lines: Vec::new(),
        }
    }

    fn item(&mut self, item: &Item, is_root: bool) {
        match item {
            Item::Use(item) => {
                let mut uses = Vec::new();
                flatten(&item.tree, &[], &mut uses);
                for (path, name) in uses {
                    self.import(&path, &name, is_root);
                }
            }
            Item::Const(item) if is_public(&item.vis) && is_root => {
                let (crate_name, name, ty) = (&self.crate_name, &item.ident, &item.ty);
                self.lines
                    .push(quote! { const _: #ty = #crate_name::#name; });
            }
            Item::Struct(item) if is_public(&item.vis) => self.structure(item),
            Item::Enum(item) if is_public(&item.vis) => self.enumeration(item),
            Item::Impl(item) => self.implementation(item),
            Item::Macro(item) => self.macro_call(item),
            _ => {}
        }
    }

    /// Items of the public module `servers`, which the root does not export.
    fn server(&mut self, item: &Item) {
        let crate_name = &self.crate_name;
        match item {
            Item::Const(item) => {
                let (name, ty) = (&item.ident, &item.ty);
                self.lines
                    .push(quote! { const _: #ty = #crate_name::servers::#name; });
            }
            Item::Struct(item) => {
                let name = &item.ident;
                self.lines.push(quote! { use #crate_name::servers::#name; });
            }
            _ => {}
        }
    }

    fn import(&mut self, path: &[Ident], name: &Ident, is_root: bool) {
        // The root exports what other modules of the crate define.
        let Some(first) = path.first().filter(|first| *first != "super") else {
            return;
        };
        if !self.imported.insert(name.to_string()) {
            return;
        }
        let crate_name = &self.crate_name;
        self.lines
            .push(match (is_root, first == "openapi_runtime") {
                (true, _) => quote! { use #crate_name::#name; },
                (false, true) => {
                    let rest = path.iter().skip(1);
                    quote! { use #crate_name::runtime #(::#rest)*; }
                }
                (false, false) => quote! { use #(#path)::*; },
            });
    }

    /// A function, and no other of the program has its body in its scope.
    fn probe(&mut self, signature: &TokenStream, body: &TokenStream) {
        self.lines
            .push(quote! { const _: () = { fn probe #signature { #body } }; });
    }

    fn bound(&mut self, ty: &TokenStream, bound: &TokenStream) {
        self.lines
            .push(quote! { const _: () = { fn has<T: #bound>() {} fn probe() { has::<#ty>() } }; });
    }

    fn derives(&mut self, name: &Ident, attributes: &[Attribute]) {
        let derives = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("derive"));
        for attribute in derives {
            let _ = attribute.parse_nested_meta(|meta| {
                let path = meta.path.get_ident().map(ToString::to_string);
                let bound = standard_trait(path.as_deref().unwrap_or_default());
                self.bound(&quote! { #name }, &bound);
                Ok(())
            });
        }
    }

    fn structure(&mut self, item: &ItemStruct) {
        let name = &item.ident;
        self.derives(name, &item.attrs);
        for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
            let (field, ty) = (&field.ident, &field.ty);
            self.probe(
                &quote! { (value: &#name) -> &#ty },
                &quote! { &value.#field },
            );
            self.probe(
                &quote! { (value: &mut #name, field: #ty) },
                &quote! { value.#field = field },
            );
        }
        let is_open = !has(&item.attrs, "non_exhaustive")
            && item.fields.iter().all(|field| is_public(&field.vis));
        if is_open {
            let literal = literal(&quote! { #name }, &item.fields);
            let parameters = &literal.parameters;
            self.probe(&quote! { (#(#parameters),*) -> #name }, &literal.value);
        }
    }

    fn enumeration(&mut self, item: &ItemEnum) {
        let name = &item.ident;
        self.derives(name, &item.attrs);
        for variant in &item.variants {
            let variant_name = &variant.ident;
            let literal = literal(&quote! { #name::#variant_name }, &variant.fields);
            let (parameters, value) = (&literal.parameters, &literal.value);
            self.probe(&quote! { (#(#parameters),*) -> #name }, value);
            let (names, types) = (&literal.names, &literal.types);
            let found = quote! { { #(let _: #types = #names;)* } };
            self.probe(
                &quote! { (value: #name) },
                &quote! { match value { #value => #found _ => {} } },
            );
        }
        if !has(&item.attrs, "non_exhaustive") {
            let arms = item.variants.iter().map(|variant| {
                let variant = &variant.ident;
                quote! { #name::#variant { .. } => {} }
            });
            self.probe(
                &quote! { (value: #name) },
                &quote! { match value { #(#arms)* } },
            );
        }
    }

    fn implementation(&mut self, item: &ItemImpl) {
        let ty = item.self_ty.to_token_stream();
        if let Some((path, _)) = &item.trait_ {
            let lifetimes = item.generics.lifetimes().map(|found| &found.lifetime);
            let path = with_lifetime(with_self(path.to_token_stream(), &ty));
            let bound = quote! { for<'value #(, #lifetimes)*> #path };
            return self.bound(&ty, &bound);
        }
        for item in &item.items {
            match item {
                ImplItem::Fn(function) if is_public(&function.vis) => self.call(&ty, &function.sig),
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let name = &constant.ident;
                    let of = with_self(constant.ty.to_token_stream(), &ty);
                    self.lines.push(quote! { const _: #of = #ty::#name; });
                }
                _ => {}
            }
        }
    }

    fn call(&mut self, ty: &TokenStream, signature: &Signature) {
        let name = &signature.ident;
        let arguments: Vec<Ident> = (0..signature.inputs.len())
            .map(|index| format_ident!("argument_{index}"))
            .collect();
        let parameters = signature
            .inputs
            .iter()
            .zip(&arguments)
            .map(|(input, argument)| {
                let of = match input {
                    FnArg::Receiver(receiver) => match receiver.kind {
                        ReceiverKind::Reference(_, _, None) => quote! { &#ty },
                        ReceiverKind::Reference(..) => quote! { &mut #ty },
                        _ => quote! { #ty },
                    },
                    FnArg::Typed(typed) => with_self(given(&typed.ty), ty),
                };
                quote! { #argument: #of }
            });
        let output = match &signature.output {
            ReturnType::Default => quote! {},
            ReturnType::Type(_, output) => {
                let output = with_self(output.to_token_stream(), ty);
                quote! { -> #output }
            }
        };
        let header = quote! { (#(#parameters),*) #output };
        self.probe(&header, &quote! { #ty::#name(#(#arguments),*) });
    }

    /// The macros of the runtime, each of which implements traits for a type.
    fn macro_call(&mut self, item: &ItemMacro) {
        let name = item
            .mac
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string());
        let crate_name = &self.crate_name;
        let runtime = quote! { #crate_name::runtime };
        let write = [quote! { #runtime::serde::Serialize }];
        let read = [quote! { for<'de> #runtime::serde::Deserialize<'de> }];
        let decode = [quote! { for<'de> #runtime::json::Decode<'de> }];
        let text = [
            quote! { From<String> },
            quote! { ::core::str::FromStr },
            quote! { AsRef<str> },
            quote! { ::core::fmt::Display },
            quote! { #runtime::json::Encode },
            quote! { #runtime::multipart::Part },
            quote! { #runtime::violation::Text },
        ];
        let bounds = match name.as_deref() {
            Some("serialize") => write.to_vec(),
            Some("deserialize") => read.to_vec(),
            Some("read_object") => [decode, read].concat(),
            Some("object") => {
                let encode = [quote! { #runtime::json::Encode }];
                [&encode[..], &write, &read, &decode].concat()
            }
            Some("open_enum") => [&text[..], &write, &read, &decode].concat(),
            other => panic!("a macro that no emitter writes: {other:?}"),
        };
        for bound in bounds {
            self.bound(&item.mac.tokens, &bound);
        }
    }
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}
