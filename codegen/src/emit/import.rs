//! The `use` declarations of a module: exactly the names that its items use.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};

use crate::spelling::ident;
use crate::vocabulary::VOCABULARY;

use super::tokens::item;

/// Every emitted name with the path of its module within the crate: `crate::types`.
pub(super) type Homes<'a> = BTreeMap<&'a str, String>;

/// The names that the items of a module use, collected while the items are made.
pub struct Imports<'a> {
    /// The names of the crate; a module that imports nothing has none.
    homes: Option<Rc<Homes<'a>>>,
    /// The module itself, and modules whose names are all imported already.
    known: Vec<String>,
    named: Named,
}

impl<'a> Imports<'a> {
    pub(super) fn new(homes: &Rc<Homes<'a>>, known: Vec<String>) -> Self {
        Self {
            homes: Some(Rc::clone(homes)),
            known,
            named: Named::default(),
        }
    }

    pub(super) fn none() -> Self {
        Self {
            homes: None,
            known: Vec::new(),
            named: Named::default(),
        }
    }

    /// Records the names in an item.
    pub fn note(&mut self, item: &syn::Item) {
        if self.homes.is_some() {
            self.named.visit_item(item);
        }
    }

    /// The declarations for the recorded names.
    #[must_use]
    pub fn declarations(&self) -> Vec<syn::Item> {
        let Some(homes) = &self.homes else {
            return Vec::new();
        };
        let named = &self.named.0;
        let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, origin) in &VOCABULARY {
            if let Some(path) = origin.import()
                && named.contains(*name)
            {
                wanted.entry(path).or_default().insert(name);
            }
        }
        for name in named {
            if let Some(home) = homes.get(name.as_str())
                && !self.known.contains(home)
            {
                wanted.entry(home).or_default().insert(name);
            }
        }
        let declarations = wanted
            .into_iter()
            .filter_map(|(path, names)| declaration(path, &names));
        declarations.map(item).collect()
    }
}

fn declaration(path: &str, names: &BTreeSet<&str>) -> Option<TokenStream> {
    let path: syn::Path = syn::parse_str(path).ok()?;
    let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
    Some(match names.as_slice() {
        [only] => quote! { use #path::#only; },
        all => quote! { use #path::{#(#all),*}; },
    })
}

/// The first names of paths. A bare name in an expression is a variable, even if an item has the
/// same name.
#[derive(Default)]
struct Named(BTreeSet<String>);

impl<'ast> Visit<'ast> for Named {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.0.insert(first.ident.to_string());
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, expression: &'ast syn::ExprPath) {
        if expression.qself.is_some() || expression.path.segments.len() > 1 {
            visit::visit_expr_path(self, expression);
        }
    }
}
