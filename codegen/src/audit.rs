//! Checks each emitted file again as if it came from a stranger: it may contain only what the
//! emitters write.
//!
//! ```
//! use openapi_codegen::{File, audit::audit};
//!
//! let text = "//! Types.\n\npub fn unheard_of() {\n    run();\n}\n";
//! let file = File { path: "types.rs".to_owned(), text: text.to_owned() };
//! let found = audit(&file).expect_err("no function is emitted outside of an implementation");
//! assert_eq!(found[0].to_string(), "types.rs: a function that is not a method");
//! ```
//!
//! The text of a description reaches a file as a literal, as documentation or as a name. If that
//! ever fails, the text becomes items, attributes, macro calls or paths that no emitter writes.
//! This module lists everything that may occur of each kind.

use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{AttrStyle, Attribute, Expr, ImplItem, Item, Meta, Token, UseTree};

use crate::parallel;
use crate::render::File;
use crate::visible::is_hidden;

/// Something in an emitted file that no emitter writes: a mistake in the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexpected {
    /// Path of the file, relative to `src/`.
    pub path: String,
    /// Description of what was found.
    pub what: String,
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

/// Reports everything in a file that no emitter writes.
///
/// # Errors
/// All that is found.
pub fn audit(file: &File) -> Result<(), Vec<Unexpected>> {
    let mut audit = Audit::default();
    if file.text.contains(|c| c != '\n' && is_hidden(c)) {
        audit.found("a hidden character that is not escaped");
    }
    for piece in pieces(&file.text) {
        let tokens = piece.parse::<TokenStream>().map_err(syn::Error::from);
        let tokens = tokens.inspect(|tokens| audit.words(tokens.clone()));
        match tokens.and_then(syn::parse2::<syn::File>) {
            Ok(tree) => audit.visit_file(&tree),
            Err(error) => audit.found(format!("text that is not Rust: {error}")),
        }
    }
    if audit.found.is_empty() {
        return Ok(());
    }
    let found = audit.found.into_iter();
    let found = found.map(|what| Unexpected {
        path: file.path.clone(),
        what,
    });
    Err(found.collect())
}

/// Reports everything in these files that no emitter writes.
///
/// # Errors
/// All that is found.
pub fn audit_all(files: &[File]) -> Result<(), Vec<Unexpected>> {
    let found = parallel::each(files.len(), || |index: usize| audit(&files[index]).err());
    let found: Vec<Unexpected> = found.into_iter().flatten().flatten().collect();
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// Splits the text into pieces that are files by themselves, because the syntax tree of a large
/// file takes a hundred times its memory.
///
/// A piece begins after a blank line, without indentation, where an item begins. No literal and no
/// comment has a blank line.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let inner = rest.match_indices("\n\n").map(|(end, _)| end + 2);
        let mut margins = inner.filter(|start| !rest[*start..].starts_with([' ', '\n', '}']));
        let end = margins.next().unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Derived traits.
const DERIVED: [&str; 6] = ["Clone", "Debug", "Default", "Eq", "Hash", "PartialEq"];

/// Names from the standard library.
const STANDARD: [&str; 5] = [
    "std::collections::BTreeMap",
    "std::default::Default",
    "std::ops::Bound::Excluded",
    "std::ops::Bound::Included",
    "std::ops::Bound::Unbounded",
];

/// Conditional inner attributes.
const CONDITIONAL: [&str; 2] = [
    "rustfmt , rustfmt_skip",
    "not (feature = \"full\") , allow (dead_code , rustdoc :: broken_intra_doc_links)",
];

/// The sources of imports other than the standard library.
const HOMES: [&str; 9] = [
    "crate",
    "errors",
    "events",
    "headers",
    "openapi_runtime",
    "operations",
    "requests",
    "super",
    "types",
];

/// Keywords that never occur in an emitted file.
const WORDS: [&str; 7] = [
    "async", "await", "extern", "loop", "macro", "trait", "unsafe",
];

#[derive(Default)]
struct Audit {
    found: Vec<String>,
}

impl Audit {
    fn found(&mut self, what: impl Into<String>) {
        self.found.push(what.into());
    }

    /// `openapi_runtime::serialize!(Name);`, or a table in braces.
    fn item_macro(&mut self, item: &syn::ItemMacro) {
        let path = names(&item.mac.path);
        let name = match path.as_slice() {
            [home, name] if home == "openapi_runtime" && item.ident.is_none() => name.as_str(),
            _ => "",
        };
        let is_known = match name {
            "deserialize" | "read_object" | "serialize" => {
                item.mac.parse_body::<syn::Ident>().is_ok()
            }
            "conversions" | "open_enum" => {
                let table = item.mac.parse_body::<syn::ItemEnum>();
                table.inspect(|table| self.visit_item_enum(table)).is_ok()
            }
            "object" => is_lists(item.mac.tokens.clone()),
            _ => false,
        };
        if !is_known {
            self.found(format!("a call of the macro `{}`", path.join("::")));
        }
    }

    /// Checks all tokens, including the arguments of macros. A name that is a keyword is raw:
    /// `r#loop`.
    fn words(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.words(group.stream()),
                TokenTree::Ident(word) if WORDS.iter().any(|known| word == known) => {
                    self.found(format!("the word `{word}`"));
                }
                _ => {}
            }
        }
    }

    fn inner_attribute(&mut self, attribute: &Attribute) {
        let known = match &attribute.meta {
            Meta::NameValue(_) => is_doc(attribute),
            Meta::List(list) if list.path.is_ident("cfg_attr") => {
                CONDITIONAL.contains(&list.tokens.to_string().as_str())
            }
            Meta::List(list) if list.path.is_ident("allow") => {
                let lints =
                    list.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
                lints.is_ok_and(|lints| {
                    let mut lints = lints.iter();
                    lints.all(|lint| {
                        lint.is_ident("deprecated")
                            || names(lint).first().is_some_and(|tool| tool == "clippy")
                    })
                })
            }
            _ => false,
        };
        if !known {
            self.found("an attribute of a module");
        }
    }

    fn outer_attribute(&mut self, attribute: &Attribute) {
        let known = match &attribute.meta {
            Meta::NameValue(_) => is_doc(attribute),
            Meta::Path(path) => {
                let known = ["non_exhaustive", "deprecated", "rustfmt::skip"];
                known.contains(&names(path).join("::").as_str())
            }
            Meta::List(list) if list.path.is_ident("derive") => {
                let traits =
                    list.parse_args_with(Punctuated::<syn::Ident, Token![,]>::parse_terminated);
                traits.is_ok_and(|traits| {
                    traits
                        .iter()
                        .all(|name| DERIVED.iter().any(|known| name == known))
                })
            }
            Meta::List(list) if list.path.is_ident("cfg") => is_feature(&list.tokens.to_string()),
            Meta::List(list) if list.path.is_ident("allow") => {
                let known = ["dead_code", "unused_imports"];
                known.contains(&list.tokens.to_string().as_str())
            }
            Meta::List(_) => false,
        };
        if !known {
            self.found("an attribute");
        }
    }
}

/// True for names, texts and types, and for lists of them in braces.
fn is_lists(tokens: TokenStream) -> bool {
    tokens.into_iter().all(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::Brace && is_lists(group.stream())
        }
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => [':', ',', '<', '>'].contains(&punct.as_char()),
        TokenTree::Literal(text) => text.to_string().starts_with('"'),
    })
}

/// A feature, or one of several: `any (feature = "files" , feature = "images")`.
fn is_feature(condition: &str) -> bool {
    let several = condition.strip_prefix("any (");
    let several = several.and_then(|rest| rest.strip_suffix(')'));
    let mut features = several.unwrap_or(condition).split(" , ");
    features.all(|feature| {
        let name = feature.strip_prefix("feature = \"");
        let name = name.and_then(|rest| rest.strip_suffix('"'));
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        name.is_some_and(|name| !name.is_empty() && name.chars().all(is_plain))
    })
}

/// Documentation: one line, as a literal.
fn is_doc(attribute: &Attribute) -> bool {
    let Meta::NameValue(pair) = &attribute.meta else {
        return false;
    };
    let literal = match &pair.value {
        Expr::Lit(literal) => &literal.lit,
        _ => return false,
    };
    pair.path.is_ident("doc")
        && matches!(literal, syn::Lit::Str(text) if !text.value().contains('\n'))
}

fn names(path: &syn::Path) -> Vec<String> {
    let segments = path.segments.iter();
    segments.map(|segment| segment.ident.to_string()).collect()
}

impl<'ast> Visit<'ast> for Audit {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Const(_)
            | Item::Enum(_)
            | Item::Impl(_)
            | Item::Struct(_)
            | Item::Type(_)
            | Item::Use(_) => {}
            Item::Mod(item) if item.content.is_none() => {}
            Item::Macro(item) => return self.item_macro(item),
            Item::Fn(_) => self.found("a function that is not a method"),
            _ => self.found("an item of a kind that is never emitted"),
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if !matches!(
            item,
            ImplItem::Const(_) | ImplItem::Fn(_) | ImplItem::Type(_)
        ) {
            self.found("a member of an implementation of a kind that is never emitted");
        }
        visit::visit_impl_item(self, item);
    }

    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        if matches!(statement, syn::Stmt::Item(_)) {
            self.found("an item in a function");
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        match attribute.style {
            AttrStyle::Inner(_) => self.inner_attribute(attribute),
            AttrStyle::Outer => self.outer_attribute(attribute),
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if !call.path.is_ident("matches") {
            self.found(format!(
                "a call of the macro `{}`",
                names(&call.path).join("::")
            ));
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        if matches!(expression, Expr::Verbatim(_)) {
            self.found("an expression that is not understood");
        }
        visit::visit_expr(self, expression);
    }

    fn visit_expr_path(&mut self, expression: &'ast syn::ExprPath) {
        // A bare name in an expression is a variable: a property may be called `core`.
        if expression.path.get_ident().is_none() {
            visit::visit_expr_path(self, expression);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let first = path.segments.first().map(|segment| &segment.ident);
        let standard = ["std", "core", "alloc"];
        let standard = first.is_some_and(|first| standard.iter().any(|name| first == name));
        if standard || path.leading_colon.is_some() {
            let names = names(path).join("::");
            if path.leading_colon.is_some() || !STANDARD.contains(&names.as_str()) {
                self.found(format!("the path `{names}`"));
            }
        }
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let home = match &item.tree {
            UseTree::Path(path) => path.ident.to_string(),
            UseTree::Rename(rename) => rename.ident.to_string(),
            _ => String::new(),
        };
        let text = item.tree.to_token_stream().to_string().replace(' ', "");
        if item.leading_colon.is_some()
            || !(HOMES.contains(&home.as_str()) || STANDARD.contains(&text.as_str()))
        {
            self.found(format!("an import of `{text}`"));
        }
    }
}
