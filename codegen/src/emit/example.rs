//! The short programs at the beginning of the documentation of a crate.
//!
//! They use the examples of the document as string literals, and are compiled with the
//! documentation.

use proc_macro2::Literal;

use crate::model::{
    Api, CallKind, Codec, Field, Group, Name, Operation, Output, Payload, Shape, Type, TypeId,
    Wrapper,
};
use crate::vocabulary::VOCABULARY;

/// Maximum length of an example value from the document.
const LONGEST: usize = 60;

/// Maximum number of values in the request of a program: a longer program would not show anything.
const VALUES: usize = 40;

/// Sections of documentation for the first of these operations: a program for each body, and one
/// for the stream.
pub fn programs(api: &Api, crate_name: &str, operations: &[&Operation]) -> Vec<String> {
    let operation = operations
        .iter()
        .find(|operation| !operation.calls.is_empty());
    let Some(operation) = operation else {
        return Vec::new();
    };
    let home = Home {
        crate_name,
        group: None,
    };
    let mut sections: Vec<String> = Vec::new();
    if operation.has_call(CallKind::Whole) {
        for payload in operation.payloads() {
            let program = program(api, &home, operation, Some(payload), CallKind::Whole);
            sections.extend(section(heading(payload), program));
        }
    }
    if let Some(first) = operation.payloads().next()
        && operation.has_call(CallKind::Stream)
    {
        let program = program(api, &home, operation, Some(first), CallKind::Stream);
        sections.extend(section("Events as they arrive", program));
    }
    sections
}

/// A section of documentation with one program: the first call of a group that a program can make.
pub fn first_program(
    api: &Api,
    crate_name: &str,
    group: &Group,
    operations: &[&Operation],
) -> Vec<String> {
    let home = Home {
        crate_name,
        group: Some(group.name.rust()),
    };
    let programs = operations.iter().filter_map(|operation| {
        let whole = operation.has_call(CallKind::Whole);
        let kind = if whole {
            CallKind::Whole
        } else {
            CallKind::Stream
        };
        let payload = operation.payloads().next();
        let is_made =
            operation.has_call(kind) && (payload.is_some() || operation.request.is_none());
        let program = is_made.then(|| program(api, &home, operation, payload, kind));
        let program = section("A call", program.flatten());
        (!program.is_empty()).then_some(program)
    });
    let mut programs = programs;
    programs.next().unwrap_or_default()
}

/// A heading with a program, if there is one.
fn section(heading: &str, program: Option<Vec<String>>) -> Vec<String> {
    let Some(program) = program else {
        return Vec::new();
    };
    let head = [
        String::new(),
        format!("# {heading}"),
        String::new(),
        "```".to_owned(),
    ];
    let lines = head.into_iter().chain(program);
    lines.chain(["```".to_owned()]).collect()
}

/// The modules that a program imports from.
struct Home<'a> {
    crate_name: &'a str,
    /// The module of the names that are not from the runtime; the root if `None`.
    group: Option<&'a str>,
}

impl Home<'_> {
    /// The imports of these names.
    fn imports(&self, mut names: Vec<String>) -> Vec<String> {
        names.sort();
        names.dedup();
        let is_of_root = |name: &String| {
            let mut vocabulary = VOCABULARY.iter();
            name == "runtime" || vocabulary.any(|(known, _)| known == name)
        };
        let (root, others) = match self.group {
            Some(_) => names.into_iter().partition(is_of_root),
            None => (names, Vec::new()),
        };
        let within = self.group.unwrap_or_default();
        let parts = [(String::new(), root), (format!("{within}::"), others)];
        let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
        let lines = parts.map(|(path, names)| {
            format!("use {}::{path}{{{}}};", self.crate_name, names.join(", "))
        });
        lines.collect()
    }
}

fn heading(payload: &Payload) -> &'static str {
    match payload.codec {
        Codec::Form(ref form) if form.is_multipart() => "A form with files",
        Codec::Form(_) => "A form",
        Codec::Text(_) => "A text",
        Codec::Bytes(_) => "A file",
        Codec::Json(_) | Codec::Events(_) | Codec::Lines(_) => "A JSON body",
    }
}

/// A program that makes a request and reads its response; `None` if the request would be too long.
fn program(
    api: &Api,
    home: &Home<'_>,
    operation: &Operation,
    payload: Option<&Payload>,
    kind: CallKind,
) -> Option<Vec<String>> {
    let used = ["Call", "ResponseHead", operation.name.rust()].map(str::to_owned);
    let mut sample = Sample {
        api,
        room: VALUES,
        used: used.to_vec(),
    };
    let value = match payload {
        Some(payload) => Some(sample.request(operation, payload)?),
        None => None,
    };
    let mut arguments = sample.parameters(operation)?;
    arguments.extend(value.as_ref().map(|_| "request".to_owned()));
    let (stream, method) = (kind == CallKind::Stream, kind.method());
    let body = if stream {
        "std::io::Read"
    } else {
        "Into<Vec<u8>>"
    };
    let mut lines = home.imports(sample.used);
    lines.extend([
        String::new(),
        "/// `send` is the HTTP client of your choice.".to_owned(),
        format!("fn example<B: {body}>("),
        "    send: impl FnOnce(Call) -> std::io::Result<(ResponseHead, B)>,".to_owned(),
        ") -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ]);
    lines.extend(value.map(|value| format!("    let request = {value};")));
    lines.extend([
        format!(
            "    let (call, response) = {}::new({}).{method}()?.split();",
            operation.name.rust(),
            arguments.join(", ")
        ),
        "    let (head, body) = send(call)?;".to_owned(),
    ]);
    lines.extend(reading(operation, kind));
    lines.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    Some(lines)
}

/// The lines of a program that read the response.
fn reading(operation: &Operation, kind: CallKind) -> Vec<String> {
    let call = operation.calls.iter().find(|call| call.kind == kind);
    let empty = call.is_some_and(|call| match call.output {
        Output::One(response) => operation.responses[response].payload.is_none(),
        Output::ByStatus(_) => false,
    });
    let lines: &[&str] = if kind == CallKind::Stream {
        &[
            "    for event in response.read_from(&head, body) {",
            "        println!(\"{:?}\", event?);",
            "    }",
        ]
    } else if empty {
        &["    response.decode(&head, body.into())?;"]
    } else {
        &["    println!(\"{:?}\", response.decode(&head, body.into())?);"]
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// An expression that calls an operation with all required values; `None` if there are too many.
#[must_use]
pub fn expression(
    api: &Api,
    operation: &Operation,
    payload: Option<&Payload>,
    kind: CallKind,
) -> Option<String> {
    let mut sample = Sample {
        api,
        room: VALUES,
        used: Vec::new(),
    };
    let mut arguments = sample.parameters(operation)?;
    if let Some(payload) = payload {
        arguments.push(sample.request(operation, payload)?);
    }
    let (name, method) = (operation.name.rust(), kind.method());
    Some(format!("{name}::new({}).{method}()", arguments.join(", ")))
}

/// Wraps a body in the variant of its media type.
fn in_choice(choice: &Name, payload: &Payload, value: &str) -> String {
    let into = if *payload.ty() == Type::String {
        ".into()"
    } else {
        ""
    };
    let variant = payload.variant.as_ref().map_or("", Name::rust);
    format!("{}::{variant}({value}{into})", choice.rust())
}

struct Sample<'a> {
    api: &'a Api,
    used: Vec<String>,
    /// Number of values that may still be added. A type that requires itself exceeds every limit.
    room: usize,
}

impl Sample<'_> {
    /// Expressions for the parameters that an operation requires.
    fn parameters(&mut self, operation: &Operation) -> Option<Vec<String>> {
        let required = operation.parameters.iter().filter(|one| one.required);
        required
            .map(|parameter| self.value(&parameter.ty, None))
            .collect()
    }

    /// An expression for a body of an operation, as its constructor takes it.
    fn request(&mut self, operation: &Operation, payload: &Payload) -> Option<String> {
        let value = self.body(payload.ty())?;
        let request = operation.request.as_ref();
        let request = request.filter(|request| !request.has_type_once(payload.ty()));
        Some(match request.and_then(|request| request.choice.as_ref()) {
            Some(choice) => {
                self.used.push(choice.rust().to_owned());
                in_choice(choice, payload, &value)
            }
            None => value,
        })
    }

    /// An expression for a value that a constructor takes.
    fn value(&mut self, ty: &Type, field: Option<&Field>) -> Option<String> {
        self.room = self.room.checked_sub(1)?;
        Some(match ty {
            Type::Bool => "true".to_owned(),
            Type::I32 | Type::I64 => number(field).unwrap_or_else(|| "1".to_owned()),
            // In a list, which takes any type that converts to `u64`, a plain number would be an
            // `i32`.
            Type::U64 => number(field).unwrap_or_else(|| "1_u64".to_owned()),
            Type::F64 => "1.0".to_owned(),
            Type::String => text(field, "text"),
            Type::Uri => text(field, "https://example.com/"),
            Type::Base64 => {
                self.used.push("Base64".to_owned());
                "Base64::from_bytes(&b\"bytes\"[..])".to_owned()
            }
            Type::File => {
                self.used.push("Upload".to_owned());
                let name = field.map_or("file", |field| field.name.wire());
                format!("Upload::from_path({})", literal(&format!("{name}.png")))
            }
            Type::Json | Type::Text => "\"value\"".to_owned(),
            Type::Named(id) => self.named(*id, field)?,
            Type::Option(_) => "None".to_owned(),
            // Items of a list are converted with `Into`. A nested list is not, so it needs the
            // exact type.
            Type::List(inner) => match **inner {
                Type::List(_) | Type::Map(_) => format!("[{}]", self.exact(inner, None)?),
                _ => format!("[{}]", self.value(inner, field)?),
            },
            // The value is converted with `Into`, but not its items.
            Type::OneOrMany(inner) => self.exact(inner, field)?,
            Type::Boxed(inner) => self.value(inner, field)?,
            Type::Map(_) => "std::collections::BTreeMap::new()".to_owned(),
        })
    }

    /// An expression of exactly this type, without `Into`, for values that have no emitted type.
    fn exact(&mut self, ty: &Type, field: Option<&Field>) -> Option<String> {
        Some(match ty {
            Type::String => format!("{}.to_owned()", self.value(ty, field)?),
            Type::I64 => "1_i64".to_owned(),
            Type::Uri => {
                self.used.push("Uri".to_owned());
                format!("Uri::from({})", self.value(ty, field)?)
            }
            Type::Json => {
                self.used.push("runtime".to_owned());
                format!("runtime::json::Value::from({})", self.value(ty, field)?)
            }
            Type::List(inner) => format!("vec![{}]", self.exact(inner, field)?),
            Type::OneOrMany(inner) => {
                self.used.push("OneOrMany".to_owned());
                format!("OneOrMany::One({})", self.exact(inner, field)?)
            }
            Type::Boxed(inner) => format!("Box::new({})", self.exact(inner, field)?),
            _ => self.value(ty, field)?,
        })
    }

    /// The body of a request. A text and a file are passed in the form that callers use.
    fn body(&mut self, ty: &Type) -> Option<String> {
        match ty {
            Type::String | Type::File => self.value(ty, None),
            _ => self.exact(ty, None),
        }
    }

    fn named(&mut self, id: TypeId, field: Option<&Field>) -> Option<String> {
        let def = self.api.get(id);
        let name = def.name.rust().to_owned();
        self.used.push(name.clone());
        Some(match &def.shape {
            Shape::OpenEnum(open) => {
                let first = open
                    .values
                    .first()
                    .map_or("Other", |value| value.name.rust());
                format!("{name}::{first}")
            }
            Shape::Struct(object) => {
                let required = object
                    .fields
                    .iter()
                    .filter(|field| field.presence.is_required());
                let values: Option<Vec<String>> = required
                    .map(|field| match field.wrapper {
                        Wrapper::Plain => self.value(&field.ty, Some(field)),
                        Wrapper::Option => Some("None".to_owned()),
                        Wrapper::Nullable => {
                            self.used.push("Nullable".to_owned());
                            Some("Nullable::Null".to_owned())
                        }
                    })
                    .collect();
                format!("{name}::new({})", values?.join(", "))
            }
            Shape::Exclusive(variants) => match variants.first() {
                Some(first) => {
                    let value = self.value(&first.ty, field)?;
                    format!("{name}::{}({value}.into())", first.name.rust())
                }
                None => name,
            },
            Shape::Union(union) => match union.variants.first() {
                Some(first) => {
                    let value = self.value(&first.ty, field)?;
                    let value = if matches!(first.ty, Type::String | Type::Uri) {
                        format!("{value}.into()")
                    } else {
                        value
                    };
                    format!("{name}::{}({value})", first.name.rust())
                }
                None => name,
            },
        })
    }
}

fn number(field: Option<&Field>) -> Option<String> {
    let least = field?.limits.minimum.as_ref()?;
    least.number.as_i128().map(|number| {
        number
            .saturating_add(i128::from(least.exclusive))
            .to_string()
    })
}

fn text(field: Option<&Field>, fallback: &str) -> String {
    let example = field
        .and_then(|field| field.example.as_deref())
        .filter(|example| example.len() <= LONGEST);
    literal(example.unwrap_or(fallback))
}

/// A string literal that cannot close the code fence around it.
fn literal(text: &str) -> String {
    Literal::string(text).to_string().replace('`', "\\u{60}")
}
