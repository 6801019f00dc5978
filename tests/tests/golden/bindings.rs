//! `bindings.json` of the small documents and of the project's own description: each symbol is in
//! the emitted source, each pointer leads to what the symbol comes from, and nothing is left out.

use std::collections::BTreeSet;
use std::fs;

use openapi_codegen::bindings::is_generated;
use openapi_codegen::document::{At, Document, Pointer, Source};
use openapi_codegen::{File, Generated, Layout, Selection, generate, overlay};
use serde_json::Value;

use crate::documents::{paths, settings};

/// The symbols that every type of their kind has, and that come from no place of the document.
const OF_NO_PLACE: [&str; 4] = ["Other", "Unknown", "extra", "additional"];

fn text(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn parse(name: &str, text: String) -> Document {
    Document::parse(Source::new(name, text)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The small documents, and the description of the project with its overlay.
fn documents() -> Vec<(String, Document)> {
    let small = paths().into_iter().map(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        (
            name.to_string(),
            parse(&name, text(&format!("golden/{name}"))),
        )
    });
    let own = parse("openapi.yaml", text("../spec/openapi.yaml"));
    let own = overlay::apply(
        own,
        Source::new("overlay.yaml", text("../spec/overlay.yaml")),
    );
    let own = own.unwrap_or_else(|problems| panic!("{problems}"));
    small.chain([("openapi.yaml".to_owned(), own)]).collect()
}

fn generated(document: &Document) -> Generated {
    let selection = Selection {
        operations: &[],
        crate_name: "the-crate",
        layout: Layout::Flat,
    };
    generate(document, &selection).unwrap_or_else(|problems| panic!("{problems}"))
}

fn symbols(bindings: &str) -> Vec<Value> {
    assert!(is_generated(bindings));
    let bindings: Value = serde_json::from_str(bindings).expect("JSON");
    assert_eq!(bindings["version"], 1);
    assert_eq!(bindings["crate"], "the_crate");
    bindings["symbols"].as_array().expect("a list").clone()
}

fn member<'v>(symbol: &'v Value, name: &str) -> &'v str {
    symbol[name].as_str().unwrap_or_default()
}

/// Paths of all public types, fields, variants and calls, of the constants `SERVER` and
/// `SECURITY`, of the private stream switches, and of the parameters of operations. Shared enums
/// of errors and structs of headers occur under each alias.
fn emitted(files: &[File]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files {
        let own = symbols_of(&file.text);
        let within = if file.path == "servers.rs" {
            "servers::"
        } else {
            ""
        };
        found.extend(own.into_iter().map(|path| format!("{within}{path}")));
    }
    name_shared(files, &mut found);
    found
}

/// Adds the members of shared items under the aliases that operations have for them.
fn name_shared(files: &[File], found: &mut BTreeSet<String>) {
    let all = files.iter().flat_map(|file| file.text.lines());
    let aliases = all.filter_map(|line| {
        line.strip_prefix("pub type ")?
            .trim_end_matches(';')
            .split_once(" = ")
    });
    for (alias, set) in aliases {
        let variants = found
            .iter()
            .filter_map(|path| path.strip_prefix(set)?.strip_prefix("::"));
        let variants: Vec<String> = variants.map(|name| format!("{alias}::{name}")).collect();
        found.extend(variants);
        found.insert(alias.to_owned());
    }
    let shared = ["errors.rs", "headers.rs"];
    let shared = files
        .iter()
        .filter(|file| shared.contains(&file.path.as_str()));
    for line in shared.flat_map(|file| file.text.lines()) {
        if let Some(set) = after(line, &["pub enum ", "pub struct "]) {
            found.retain(|path| path.split("::").next() != Some(set));
        }
    }
}

/// The text with the enums of tables as ordinary ones, and without the other tables, which define
/// nothing.
fn without_tables(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if !line.ends_with("! {") {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let table = lines.by_ref().take_while(|line| *line != "}");
        let table: Vec<&str> = table.collect();
        if line.contains("open_enum") {
            for line in table.iter().filter_map(|line| line.strip_prefix("    ")) {
                out.push_str(if line == "}" { "    Other,\n}" } else { line });
                out.push('\n');
            }
        }
    }
    out
}

fn symbols_of(text: &str) -> BTreeSet<String> {
    let text = &without_tables(text);
    let mut found = BTreeSet::new();
    // The item whose members follow, and the beginning of its first line.
    let mut open = ("", "");
    for line in text.lines() {
        let item = after(line, &["pub struct ", "pub enum ", "pub const "]);
        found.extend(item.map(str::to_owned));
        match (item.or(after(line, &["impl "])), line.strip_prefix("    ")) {
            (Some(of), _) => open = (of, line.split_once(of).unwrap_or_default().0),
            (None, Some(inner)) => {
                let member = member_of(inner, open.1);
                found.extend(member.map(|name| format!("{}::{name}", open.0)));
            }
            (None, None) if line == "}" => open = ("", ""),
            (None, None) => {}
        }
    }
    found
}

/// The variant of a line within an enum; the field or call of a line within another item.
fn member_of<'l>(line: &'l str, item: &str) -> Option<&'l str> {
    let named = line
        .starts_with(char::is_alphabetic)
        .then(|| after(line, &[""]))
        .flatten();
    if item == "pub enum " {
        return named;
    }
    let own = ["body", "boundary", "unchecked", "pub"];
    let is_field = |name: &&str| line[name.len()..].starts_with(": ") && !own.contains(name);
    if item == "pub struct " && named.as_ref().is_some_and(is_field) {
        return named;
    }
    let constant =
        after(line, &["pub const "]).filter(|name| ["SECURITY", "SERVER"].contains(name));
    if constant.is_some() {
        return constant;
    }
    let field = after(line, &["pub ", "pub(crate) "]);
    let field = field.filter(|name| line.contains(&format!(" {name}: ")));
    let call = after(line, &["pub fn "]);
    let calls = [
        "call",
        "call_bytes",
        "call_lines",
        "call_stream",
        "call_text",
    ];
    let reads_header = line.ends_with("response::InvalidHeader> {");
    field.or(call.filter(|name| calls.contains(name) || reads_header))
}

/// The identifier after one of these beginnings of a line.
fn after<'l>(line: &'l str, beginnings: &[&str]) -> Option<&'l str> {
    let mut beginnings = beginnings.iter();
    let rest = beginnings.find_map(|beginning| line.strip_prefix(beginning))?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '#'));
    Some(&rest[..end.unwrap_or(rest.len())])
}

#[test]
fn each_symbol_is_listed_once_and_nothing_else_is() {
    for (name, document) in documents() {
        let generated = generated(&document);
        let symbols = symbols(&generated.bindings);
        let emitted = emitted(&generated.files);
        let mut listed = BTreeSet::new();
        for symbol in &symbols {
            let path = member(symbol, "symbol");
            let twice = matches!(member(symbol, "kind"), "constant" | "response");
            assert!(
                listed.insert(path) || twice,
                "{name}: {path} is listed twice"
            );
            assert!(emitted.contains(path), "{name}: {path} is not emitted");
        }
        for path in &emitted {
            let last = path.rsplit("::").next().unwrap_or_default();
            let known = listed.contains(path.as_str()) || OF_NO_PLACE.contains(&last);
            assert!(known, "{name}: {path} is not listed");
        }
    }
}

#[test]
fn each_pointer_leads_to_what_the_symbol_comes_from() {
    for (name, document) in documents() {
        let mut lines = BTreeSet::new();
        for symbol in symbols(&generated(&document).bindings) {
            let pointer = Pointer::parse(member(&symbol, "pointer")).expect("a pointer");
            let at = document.at(&pointer);
            let at = at.unwrap_or_else(|| panic!("{name}: nothing at {pointer}"));
            assert!(is_source(&at, &symbol), "{name}: {symbol}");
            assert!(lines.insert(symbol.to_string()), "{name}: {symbol} again");
        }
    }
}

/// True if the node at a place fits the wire name of a symbol.
fn is_source(at: &At<'_>, symbol: &Value) -> bool {
    let last = at.pointer().segments().next_back().unwrap_or_default();
    let holder = at.pointer().parent().unwrap_or_default();
    let holder = holder
        .segments()
        .next_back()
        .unwrap_or_default()
        .to_string();
    let Some(wire) = symbol["wire"].as_str() else {
        return true;
    };
    match member(symbol, "kind") {
        "server" => at.as_str() == Some(wire),
        // A variable that is not defined has the place of the URL.
        "server_variable" => (last == wire && holder == "variables") || last == "url",
        "operation" => at
            .get("operationId")
            .is_none_or(|id| id.as_str() == Some(wire)),
        "call" | "response" => last == wire && holder == "content" && symbol["status"].is_string(),
        // Of a placeholder that nothing describes, the place is that of the path.
        "parameter" => at
            .get("name")
            .is_none_or(|name| name.as_str() == Some(wire)),
        "field" | "constant" | "stream_switch" => last == wire && holder == "properties",
        "header" => last == wire && holder == "headers",
        // A value, a property or a media type. The tag of a union's alternative is within it, or
        // in a mapping. Event data is within a string.
        "variant" => match holder.as_str() {
            "enum" | "x-extensible-enum" => at.as_str() == Some(wire),
            "properties" | "content" => last == wire,
            "anyOf" | "oneOf" | "responses" => true,
            _ if last == "contentSchema" => true,
            _ => last == "const" && at.as_str() == Some(wire),
        },
        "struct" | "open_enum" | "union" | "exclusive" => {
            at.pointer()
                .segments()
                .take(3)
                .eq(["components", "schemas", wire])
        }
        _ => false,
    }
}

#[test]
fn bodies_calls_streams_and_raw_names_have_their_golden_text() {
    for name in ["streams", "names", "unions", "servers"] {
        let document = parse(name, text(&format!("golden/{name}.yaml")));
        let bindings = generated(&document).bindings;
        settings().bind(|| insta::assert_snapshot!(format!("{name}.bindings"), bindings));
    }
}

#[test]
fn nothing_is_hidden_in_the_text() {
    let document = parse("hostile-text.yaml", text("golden/hostile-text.yaml"));
    let mut bindings = generated(&document).bindings;
    bindings.retain(|c| c != '\n');
    assert!(!bindings.contains(char::is_control) && !bindings.contains(['\u{202e}', '\u{200b}']));
}
