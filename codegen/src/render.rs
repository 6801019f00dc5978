//! Prints modules as text, item by item, with a blank line between items.

use std::fmt::Write as _;

use proc_macro2::{TokenStream, TokenTree};

use crate::emit::Module;
use crate::visible::{escaped_where, is_hidden};

/// The first line of every file.
const HEADER: &str =
    "// @generated from an OpenAPI description by openapi-rust; changes by hand will be lost.";

/// A file of the emitted crate.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct File {
    /// Relative to `src/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// The text of a module.
#[must_use]
pub fn render(module: Module<'_>) -> File {
    let mut text = format!("{HEADER}\n");
    for attributes in [module.doc, module.attributes] {
        if !attributes.is_empty() {
            text.push('\n');
            text.push_str(print(attributes, Vec::new()).trim_end());
            text.push('\n');
        }
    }
    let mut imports = module.imports;
    let noted = module.items.inspect(|item| imports.note(item));
    let items = printed(noted);
    text.push_str(&printed(imports.declarations().into_iter()));
    text.push_str(&items);
    File {
        path: module.path.into_owned(),
        // Hidden characters occur in string literals only.
        text: escaped_where(&text, |c| c != '\n' && is_hidden(c)).into_owned(),
    }
}

/// Prints items with a blank line before each, except between imports and between modules.
fn printed(items: impl Iterator<Item = syn::Item>) -> String {
    let mut text = String::new();
    let mut previous: Option<&'static str> = None;
    for item in items {
        let kind = kind(&item);
        if previous != Some(kind) || kind == "item" {
            text.push('\n');
        }
        match item {
            syn::Item::Macro(call) if call.semi_token.is_none() => text.push_str(&table(&call)),
            item => text.push_str(&spaced(&print(Vec::new(), vec![item]))),
        }
        previous = Some(kind);
    }
    text
}

fn print(attrs: Vec<syn::Attribute>, items: Vec<syn::Item>) -> String {
    let mut file: syn::File = syn::parse_quote! {};
    file.attrs = attrs;
    file.items = items;
    prettyplease::unparse(&file)
}

/// Prints a macro call with a table in braces, which the printer of items does not format: an
/// item, or lists of rows.
fn table(call: &syn::ItemMacro) -> String {
    let body = match call.mac.parse_body::<syn::Item>() {
        Ok(item) => print(Vec::new(), vec![item]),
        Err(_) => lists(call.mac.tokens.clone()),
    };
    let lines = body.lines().map(|line| format!("    {line}\n"));
    let segments = call.mac.path.segments.iter();
    let segments: Vec<String> = segments.map(|part| part.ident.to_string()).collect();
    format!(
        "{}! {{\n{}}}\n",
        segments.join("::"),
        lines.collect::<String>()
    )
}

/// `Image "Image" members { optional url: "url", }`, a line for the name, and one for each row.
fn lists(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut line = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let section = line.pop().map(|word| row(&[word])).unwrap_or_default();
                if !line.is_empty() {
                    let _ = writeln!(text, "{}", row(&std::mem::take(&mut line)));
                }
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                if let [only] = tokens.as_slice() {
                    let _ = writeln!(text, "{section} {{ {only} }}");
                    continue;
                }
                let _ = writeln!(text, "{section} {{");
                for tokens in tokens.split_inclusive(is_comma) {
                    let _ = writeln!(text, "    {}", row(tokens));
                }
                text.push_str("}\n");
            }
            word => line.push(word),
        }
    }
    if !line.is_empty() {
        let _ = writeln!(text, "{}", row(&line));
    }
    text
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// The tokens of a row: names, literals and types.
fn row(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    let mut is_open = true;
    for token in tokens {
        let punct = match token {
            TokenTree::Punct(punct) => Some(punct.as_char()),
            _ => None,
        };
        if !is_open && punct.is_none() {
            text.push(' ');
        }
        let _ = write!(text, "{token}");
        // A path continues after `::`.
        is_open = punct == Some('<') || text.ends_with("::");
    }
    text
}

/// The kind of an item: items of the same kind are grouped.
fn kind(item: &syn::Item) -> &'static str {
    match item {
        syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => "pub use",
        syn::Item::Use(_) => "use",
        syn::Item::Mod(_) => "mod",
        _ => "item",
    }
}

/// Adds a blank line after each method, since the printer does not. No literal or comment spans
/// several lines, so lines can be inspected alone.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let ends_member = matches!(line, "    }" | "    ];")
            || (line.starts_with("    ")
                && line[4..].starts_with("pub const")
                && line.ends_with(';'));
        let more = lines.peek().is_some_and(|next| {
            *next != "}" && next.starts_with("    ") && !next.starts_with("    }")
        });
        let ends_constant = line.starts_with("    const ")
            && line.ends_with(';')
            && lines
                .peek()
                .is_some_and(|next| next.trim_start().starts_with("fn "));
        if (ends_member && more) || ends_constant {
            out.push('\n');
        }
    }
    out
}
