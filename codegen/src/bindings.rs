//! `bindings.json`: the place in the description that each emitted symbol comes from, for tools
//! that go from code to description.
//!
//! ```yaml
//! components:
//!   schemas:
//!     Lamp:
//!       type: object
//!       properties:
//!         color: {type: string, enum: [red]}
//! ```
//!
//! becomes, where an operation sends it, a line for each symbol:
//!
//! ```json
//! {"symbol": "Lamp", "kind": "struct", "pointer": "/components/schemas/Lamp", "wire": "Lamp", "direction": ["sent"]},
//! {"symbol": "Lamp::color", "kind": "field", "pointer": "/components/schemas/Lamp/properties/color", "wire": "color", "direction": ["sent"]},
//! {"symbol": "LampColor", "kind": "open_enum", "pointer": "/components/schemas/Lamp/properties/color", "direction": ["sent"]},
//! {"symbol": "LampColor::Red", "kind": "variant", "pointer": "/components/schemas/Lamp/properties/color/enum/0", "wire": "red", "direction": ["sent"]}
//! ```
//!
//! The text is a JSON object with these members:
//!
//! | member | value |
//! |---|---|
//! | `generator` | always `openapi-codegen`, and always the first member: the file belongs to the generator |
//! | `version` | of this format: 1. It changes when a member is removed or changes its meaning |
//! | `crate` | the name of the crate, as Rust writes it |
//! | `symbols` | the list: the servers, the operations, and the types, each in the order of the document |
//!
//! and each symbol with these:
//!
//! | member | value |
//! |---|---|
//! | `symbol` | the path in the crate: at most `Type::member`, except for items in `servers`; identifiers as Rust writes them: `Lamp::r#type`. In a crate of groups it begins with the module of a group, of a type the first that exports it |
//! | `kind` | see below |
//! | `pointer` | a JSON Pointer (RFC 6901) into the description after its overlays |
//! | `wire` | the name in the description, or on the wire; not there where nothing has a name |
//! | `status` | of a call or a response: a status code, a range or `default` |
//! | `direction` | `sent`, `received` or both; absent for a server, an operation and its calls, which are code only |
//!
//! | kind | symbol | pointer | wire |
//! |---|---|---|---|
//! | `server` | the constant `SERVER` of the crate or of an operation, an item in `servers` | its `url` | the URL |
//! | `server_variable` | the private field of a server, and the method that sets it | the Server Variable Object, else the `url` | the variable |
//! | `operation` | a struct | the Operation Object | `operationId`, else method and path |
//! | `call` | a method of the operation | the response it asks for: the Media Type Object, else the Response Object; the Responses Object where the type depends on the status | the media type |
//! | `security` | the constant `SECURITY` of an operation | `security`, its own or that of the root | |
//! | `parameter` | the private field of an operation, and the method that sets it | the Parameter Object | `name` |
//! | `response` | the operation; one line for each status and media type | as above | the media type |
//! | `success` | the enum over the statuses of a call | the Responses Object | |
//! | `errors` | the alias for the enum of the errors by status | the Responses Object; the Operation Object if no error has a type | |
//! | `headers` | the alias for the struct that reads the headers of responses | the Responses Object | |
//! | `header` | a method of that struct; if operations share it, the place is in the first of them | the Header Object | the name |
//! | `body` | the enum over the media types of a request body | the Request Body Object | |
//! | `struct`, `open_enum`, `union`, `exclusive` | a type | its schema | the key in `components/schemas` |
//! | `field` | a field of a struct | the schema of the property | the property |
//! | `constant` | the struct; a member with one value is written and is not a field | the schema of the property | the property |
//! | `stream_switch` | the private field that a call sets | the schema of the property | the property |
//! | `variant` of a `body` | a variant | the Media Type Object | the media type |
//! | `variant` of a `success` or of `errors` | a variant; if operations share it, the place is in the first of them | the Media Type Object, else the Response Object | the media type |
//! | `variant` of an `open_enum` | a variant | the value in `enum`, or `const` | the value |
//! | `variant` of a `union` | a variant | the alternative; of a `type` with several values the schema | the value of the tag, if there is a tag; `Error` has none |
//! | `variant` of an `exclusive` | a variant | the schema of the property | the property |
//!
//! A symbol has one line, except for `response` and `constant`, which differ in their pointers.
//! Items without a place in the description are not listed: `Other`, `Unknown`, `extra`,
//! `additional`, and methods other than calls.

use serde_json::Value;

use crate::document::Pointer;
use crate::model::{
    Alias, Api, ByStatus, Name, Operation, Output, Request, Response, Server, Shape, Struct,
    TypeDef, Union, Use, Variant,
};
use crate::visible::is_hidden;

/// The second line of the text, by which a generated file is recognised.
const GENERATOR: &str = r#"  "generator": "openapi-codegen","#;

/// The text of `bindings.json` for a crate of this name (as Rust writes it: `image_edits`).
#[must_use]
pub fn bindings(api: &Api, crate_name: &str) -> String {
    let server = first_server(api, &api.root_servers, "SERVER".to_owned());
    let server = server
        .into_iter()
        .chain(api.servers.iter().flat_map(servers));
    let operations = api.operations.iter().flat_map(|one| {
        let symbols = operation(api, one).into_iter();
        symbols.map(move |symbol| symbol.within(api, one.group))
    });
    // Types that no group uses are not emitted.
    let emitted = |def: &&TypeDef| api.groups.is_empty() || def.part.is_some();
    let types = api.types.iter().filter(emitted).flat_map(|def| {
        let symbols = type_symbols(def).into_iter();
        let first = def.part.map(|part| api.parts[part].groups[0]);
        symbols.map(move |symbol| symbol.within(api, first))
    });
    let symbols = server.chain(operations).chain(types);
    let lines: Vec<String> = symbols.map(|symbol| symbol.line()).collect();
    let symbols = match lines.as_slice() {
        [] => "[]".to_owned(),
        lines => format!("[\n{}\n  ]", lines.join(",\n")),
    };
    let crate_name = text(crate_name);
    format!(
        "{{\n{GENERATOR}\n  \"version\": 1,\n  \"crate\": {crate_name},\n  \"symbols\": {symbols}\n}}\n"
    )
}

/// True if a text was written by [`bindings`], even if a merge or an editor has changed it since.
#[must_use]
pub fn is_generated(text: &str) -> bool {
    text.lines().nth(1) == Some(GENERATOR)
}

/// One line.
struct Symbol<'a> {
    path: String,
    kind: &'static str,
    pointer: Pointer,
    wire: Option<&'a str>,
    status: Option<String>,
    direction: Use,
}

impl<'a> Symbol<'a> {
    fn new(path: impl Into<String>, kind: &'static str, pointer: &Pointer) -> Self {
        Self {
            path: path.into(),
            kind,
            pointer: pointer.clone(),
            wire: None,
            status: None,
            direction: Use::default(),
        }
    }

    /// A member of a type.
    fn member(of: &Name, name: &str, kind: &'static str, pointer: &Pointer) -> Self {
        Self::new(format!("{}::{name}", of.rust()), kind, pointer)
    }

    fn wire(self, wire: &'a str) -> Self {
        Self {
            wire: Some(wire),
            ..self
        }
    }

    fn used(self, direction: Use) -> Self {
        Self { direction, ..self }
    }

    /// The symbol in the module of a group; a flat crate has no groups.
    fn within(self, api: &Api, group: Option<usize>) -> Self {
        let module = group.map(|group| api.groups[group].name.rust());
        Self {
            path: module.map_or_else(
                || self.path.clone(),
                |module| format!("{module}::{}", self.path),
            ),
            ..self
        }
    }

    fn line(&self) -> String {
        let Use { sent, received } = self.direction;
        let ways = [("sent", sent), ("received", received)];
        let ways = ways.iter().filter(|(_, used)| *used);
        let ways: Vec<String> = ways.map(|(way, _)| text(way)).collect();
        let members = [
            ("symbol", Some(text(&self.path))),
            ("kind", Some(text(self.kind))),
            ("pointer", Some(text(self.pointer.as_str()))),
            ("wire", self.wire.map(text)),
            ("status", self.status.as_deref().map(text)),
            (
                "direction",
                (!ways.is_empty()).then(|| format!("[{}]", ways.join(", "))),
            ),
        ];
        let members = members.into_iter();
        let members: Vec<String> = members
            .filter_map(|(name, value)| Some(format!("\"{name}\": {}", value?)))
            .collect();
        format!("    {{{}}}", members.join(", "))
    }
}

/// A JSON string with escapes for hidden characters.
fn text(value: &str) -> String {
    let mut text = String::new();
    for c in Value::from(value).to_string().chars() {
        if is_hidden(c) {
            let units = c.encode_utf16(&mut [0; 2]).to_vec();
            text.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            text.push(c);
        }
    }
    text
}

/// The constant `SERVER`, if there is one.
fn first_server<'a>(api: &'a Api, servers: &[usize], path: String) -> Option<Symbol<'a>> {
    let server = api.first_server(servers)?;
    server.default_url()?;
    Some(Symbol::new(path, "server", &server.origin.child("url")).wire(&server.url))
}

/// The item of a server in the module `servers`.
fn servers(server: &Server) -> Vec<Symbol<'_>> {
    let Some(name) = &server.name else {
        return Vec::new();
    };
    let path = format!("servers::{}", name.rust());
    let variables = server.variables.iter().map(|variable| {
        let path = format!("{path}::{}", variable.name.rust());
        Symbol::new(path, "server_variable", &variable.origin).wire(variable.name.wire())
    });
    let own = Symbol::new(path.clone(), "server", &server.origin.child("url")).wire(&server.url);
    std::iter::once(own).chain(variables).collect()
}

fn operation<'a>(api: &'a Api, operation: &'a Operation) -> Vec<Symbol<'a>> {
    let name = &operation.name;
    let mut symbols =
        vec![Symbol::new(name.rust(), "operation", &operation.origin).wire(name.wire())];
    for call in &operation.calls {
        let path = format!("{}::{}", name.rust(), call.kind.method());
        symbols.push(match &call.output {
            Output::One(asked) => response(path, "call", &operation.responses[*asked]),
            Output::ByStatus(_) => Symbol::new(path, "call", &operation.origin.child("responses")),
        });
    }
    let path = format!("{}::SERVER", name.rust());
    symbols.extend(first_server(api, &operation.servers, path));
    let security = api.security_of(operation);
    let is_secured = !security.requirements.is_empty();
    let security = security.origin.iter().filter(|_| is_secured);
    symbols.extend(
        security
            .map(|pointer| Symbol::member(name, "SECURITY", "security", pointer).used(Use::SENT)),
    );
    let parameters = operation.parameters.iter().map(|parameter| {
        let (own, pointer) = (&parameter.name, &parameter.origin);
        let symbol = Symbol::member(name, own.rust(), "parameter", pointer);
        symbol.wire(own.wire()).used(Use::SENT)
    });
    symbols.extend(parameters);
    let responses = operation.responses.iter();
    symbols.extend(
        responses
            .map(|given| response(name.rust().to_owned(), "response", given).used(Use::RECEIVED)),
    );
    symbols.extend(operation.request.iter().flat_map(choice));
    let outputs = operation
        .calls
        .iter()
        .filter_map(|call| match &call.output {
            Output::ByStatus(choice) => Some(choice),
            Output::One(_) => None,
        });
    for choice in outputs {
        symbols.extend(by_status(&choice.name, "success", choice, operation));
    }
    let name = &operation.errors.name;
    match operation.errors.set.map(|set| &api.errors[set]) {
        Some(set) => {
            let first = &api.operations[set.operation];
            symbols.extend(by_status(name, "errors", &set.choice, first));
        }
        None => symbols.push(Symbol::new(name.rust(), "errors", &operation.origin)),
    }
    if let Some(Alias {
        name,
        set: Some(set),
    }) = &operation.headers
    {
        let place = operation.origin.child("responses");
        symbols.push(Symbol::new(name.rust(), "headers", &place).used(Use::RECEIVED));
        let headers = api.headers[*set].headers.iter().map(|header| {
            let symbol = Symbol::member(name, header.name.rust(), "header", &header.origin);
            symbol.wire(header.name.wire()).used(Use::RECEIVED)
        });
        symbols.extend(headers);
    }
    symbols
}

/// The symbols of an enum over the statuses. A shared enum has the places of the first operation
/// that uses it.
fn by_status<'a>(
    name: &'a Name,
    kind: &'static str,
    choice: &'a ByStatus,
    operation: &'a Operation,
) -> Vec<Symbol<'a>> {
    let place = operation.origin.child("responses");
    let own = Symbol::new(name.rust(), kind, &place).used(Use::RECEIVED);
    let variants = choice.variants.iter().map(|variant| {
        let path = format!("{}::{}", name.rust(), variant.name.rust());
        response(path, "variant", &operation.responses[variant.response]).used(Use::RECEIVED)
    });
    std::iter::once(own).chain(variants).collect()
}

fn response<'a>(path: String, kind: &'static str, response: &'a Response) -> Symbol<'a> {
    let symbol = match &response.payload {
        Some(payload) => {
            let media_type = payload.media_type.as_str();
            let pointer = response.origin.child("content").child(media_type);
            Symbol::new(path, kind, &pointer).wire(media_type)
        }
        None => Symbol::new(path, kind, &response.origin),
    };
    let status = Some(response.status.to_string());
    Symbol { status, ..symbol }
}

fn choice(request: &Request) -> Vec<Symbol<'_>> {
    let Some(choice) = &request.choice else {
        return Vec::new();
    };
    let content = request.origin.child("content");
    let variants = request.payloads.iter().filter_map(|payload| {
        let (name, media_type) = (payload.variant.as_ref()?, payload.media_type.as_str());
        let pointer = content.child(media_type);
        Some(Symbol::member(choice, name.rust(), "variant", &pointer).wire(media_type))
    });
    let own = Symbol::new(choice.rust(), "body", &request.origin);
    let symbols = std::iter::once(own).chain(variants);
    symbols.map(|symbol| symbol.used(Use::SENT)).collect()
}

fn type_symbols(def: &TypeDef) -> Vec<Symbol<'_>> {
    let (kind, members) = match &def.shape {
        Shape::Struct(object) => ("struct", fields(def, object)),
        Shape::OpenEnum(open) => {
            let variants = open.values.iter().map(|value| {
                let variant =
                    Symbol::member(&def.name, value.name.rust(), "variant", &value.origin);
                variant.wire(value.name.wire())
            });
            ("open_enum", variants.collect())
        }
        Shape::Union(union) => ("union", alternatives(def, union)),
        Shape::Exclusive(variants) => {
            let variants = variants.iter();
            let variants = variants.map(|found| variant(def, found).wire(found.name.wire()));
            ("exclusive", variants.collect())
        }
    };
    let own = Symbol {
        wire: component(def),
        ..Symbol::new(def.name.rust(), kind, &def.origin)
    };
    let symbols = std::iter::once(own).chain(members);
    symbols.map(|symbol| symbol.used(def.used)).collect()
}

/// The key of a component, also if the type is made from a schema within it.
fn component(def: &TypeDef) -> Option<&str> {
    let wire = def.name.wire();
    let key = Pointer::components("schemas").child(wire);
    let rest = def.origin.as_str().strip_prefix(key.as_str())?;
    (rest.is_empty() || rest.starts_with('/')).then_some(wire)
}

fn fields<'a>(def: &TypeDef, object: &'a Struct) -> Vec<Symbol<'a>> {
    let fields = object.fields.iter().map(|field| {
        let symbol = Symbol::member(&def.name, field.name.rust(), "field", &field.origin);
        symbol.wire(field.name.wire())
    });
    let constants = object.constants.iter().map(|constant| {
        let symbol = Symbol::new(def.name.rust(), "constant", &constant.origin);
        symbol.wire(&constant.wire)
    });
    let switch = object.stream_switch.iter().map(|switch| {
        let symbol = Symbol::member(&def.name, &switch.wire, "stream_switch", &switch.origin);
        symbol.wire(&switch.wire)
    });
    fields.chain(constants).chain(switch).collect()
}

fn alternatives<'a>(def: &TypeDef, union: &'a Union) -> Vec<Symbol<'a>> {
    // A union within the union has tags of its own.
    let tag = |found: &'a Variant| match found.tags.as_slice() {
        [only] => Some(only.as_str()),
        _ => None,
    };
    let variants = union.variants.iter().map(|found| Symbol {
        wire: tag(found),
        ..variant(def, found)
    });
    variants.collect()
}

fn variant<'a>(def: &TypeDef, variant: &Variant) -> Symbol<'a> {
    Symbol::member(&def.name, variant.name.rust(), "variant", &variant.origin)
}
