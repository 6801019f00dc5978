//! The short programs that open the documentation of a crate.
//!
//! They use the examples of the document as string literals, and are compiled with the documentation.

use proc_macro2::Literal;

use crate::model::{
    Api, CallKind, Codec, Field, Name, Operation, Output, Payload, Shape, Type, TypeId, Wrapper,
};

/// Longest example that is taken over.
const LONGEST: usize = 60;

/// So many values a request of a program may be made of: one that requires more of them shows nothing.
const VALUES: usize = 40;

/// Headings and programs for the first operation: one for each body, one for the stream.
pub fn programs(api: &Api, crate_name: &str) -> Vec<(String, Vec<String>)> {
    let Some(operation) = api
        .operations
        .iter()
        .find(|operation| !operation.calls.is_empty())
    else {
        return Vec::new();
    };
    let has = |kind| operation.calls.iter().any(|call| call.kind == kind);
    let mut programs: Vec<(String, Vec<String>)> = operation
        .payloads()
        .filter(|_| has(CallKind::Whole))
        .filter_map(|payload| {
            let program = program(api, crate_name, operation, payload, CallKind::Whole)?;
            Some((heading(payload), program))
        })
        .collect();
    if let Some(first) = operation.payloads().next()
        && has(CallKind::Stream)
    {
        let program = program(api, crate_name, operation, first, CallKind::Stream);
        programs.extend(program.map(|program| ("Events as they come".to_owned(), program)));
    }
    programs
}

fn heading(payload: &Payload) -> String {
    match payload.codec {
        Codec::Form(ref form) if form.is_multipart() => "A form with files".to_owned(),
        Codec::Form(_) => "A form".to_owned(),
        Codec::Text(_) => "A text".to_owned(),
        Codec::Bytes(_) => "A file".to_owned(),
        Codec::Json(_) | Codec::Events(_) | Codec::Lines(_) => "A JSON body".to_owned(),
    }
}

/// A program that makes a request and reads what comes, unless the request would be too large to read.
fn program(
    api: &Api,
    crate_name: &str,
    operation: &Operation,
    payload: &Payload,
    kind: CallKind,
) -> Option<Vec<String>> {
    let mut sample = Sample {
        api,
        room: VALUES,
        used: vec![
            "Call".to_owned(),
            "ResponseHead".to_owned(),
            operation.name.rust().to_owned(),
        ],
    };
    let value = sample.request(operation, payload)?;
    let mut arguments = sample.parameters(operation)?;
    arguments.push("request".to_owned());
    let (stream, method) = (kind == CallKind::Stream, kind.method());
    sample.used.sort();
    sample.used.dedup();
    let mut lines = vec![
        format!("use {crate_name}::{{{}}};", sample.used.join(", ")),
        String::new(),
        "/// `send` is the HTTP client of your choice.".to_owned(),
        format!(
            "fn example<B: {}>(",
            if stream {
                "std::io::Read"
            } else {
                "Into<Vec<u8>>"
            }
        ),
        "    send: impl FnOnce(Call) -> std::io::Result<(ResponseHead, B)>,".to_owned(),
        ") -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
        format!("    let request = {value};"),
        format!(
            "    let (call, response) = {}::new({}).{method}()?.split();",
            operation.name.rust(),
            arguments.join(", ")
        ),
        "    let (head, body) = send(call)?;".to_owned(),
    ];
    let call = operation.calls.iter().find(|call| call.kind == kind);
    let empty = call.is_some_and(|call| match call.output {
        Output::One(response) => operation.responses[response].payload.is_none(),
        Output::ByStatus(_) => false,
    });
    if stream {
        lines.push("    for event in response.read_from(&head, body) {".to_owned());
        lines.push("        println!(\"{:?}\", event?);".to_owned());
        lines.push("    }".to_owned());
    } else if empty {
        lines.push("    response.decode(&head, body.into())?;".to_owned());
    } else {
        lines.push("    println!(\"{:?}\", response.decode(&head, body.into())?);".to_owned());
    }
    lines.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    Some(lines)
}

/// An expression that calls an operation with values for all that it requires; `None` if that takes too many values.
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
    /// So many more values there may be. A type that requires itself has no value, and runs out of room.
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
            // In a list, where any type that becomes a `u64` is taken, a number alone would be an `i32`.
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
            // Items of a list are converted with `Into`. A nested list is not, so it needs the exact type.
            Type::List(inner) => match **inner {
                Type::List(_) | Type::Map(_) => format!("[{}]", self.exact(inner)?),
                _ => format!("[{}]", self.value(inner, field)?),
            },
            Type::OneOrMany(inner) | Type::Boxed(inner) => self.value(inner, field)?,
            Type::Map(_) => "std::collections::BTreeMap::new()".to_owned(),
        })
    }

    /// An expression of exactly this type, without `Into`, for values that have no emitted type.
    fn exact(&mut self, ty: &Type) -> Option<String> {
        Some(match ty {
            Type::String => format!("{}.to_owned()", self.value(ty, None)?),
            Type::I64 => "1_i64".to_owned(),
            Type::Uri => {
                self.used.push("Uri".to_owned());
                format!("Uri::from({})", self.value(ty, None)?)
            }
            Type::Json => {
                self.used.push("runtime".to_owned());
                format!("runtime::json::Value::from({})", self.value(ty, None)?)
            }
            Type::List(inner) => format!("vec![{}]", self.exact(inner)?),
            Type::OneOrMany(inner) => {
                self.used.push("OneOrMany".to_owned());
                format!("OneOrMany::One({})", self.exact(inner)?)
            }
            Type::Boxed(inner) => format!("Box::new({})", self.exact(inner)?),
            _ => self.value(ty, None)?,
        })
    }

    /// The body of a request. A text and a file are passed in the form that callers use.
    fn body(&mut self, ty: &Type) -> Option<String> {
        match ty {
            Type::String | Type::File => self.value(ty, None),
            _ => self.exact(ty),
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

/// A string literal that cannot close the fence it stands in.
fn literal(text: &str) -> String {
    Literal::string(text).to_string().replace('`', "\\u{60}")
}
