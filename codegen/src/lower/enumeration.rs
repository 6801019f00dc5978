//! `enum` and `const`.
//!
//! ```yaml
//! type: string
//! enum: [1024x1024, auto]                 # OpenEnum([Square1024, Auto])
//! x-enum-varnames: [Square1024, Auto]
//! ```

use super::schema::{JsonType, Schema};
use super::types::scalar;
use super::{Lowered, Lowering, Place, name};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Pointer};
use crate::model::{Doc, EnumValue, Name, Shape, Type};

impl<'d> Lowering<'d> {
    /// `enum` and `const`: strings are an open enum, other scalars are their type.
    pub(super) fn enumeration(
        &mut self,
        schema: &Schema<'d>,
        values: &[At<'d>],
        place: &Place,
    ) -> Lowered {
        if values.iter().all(|value| value.as_str().is_some()) {
            return Lowered::of(self.open_enum(&schema.at, values, place));
        }
        let integers = values.iter().all(|value| value.as_i64().is_some());
        let numbers = values.iter().all(|value| value.as_f64().is_some());
        let booleans = values.iter().all(|value| value.as_bool().is_some());
        let pointer = schema.at.pointer().child("enum");
        let reason = "only strings become an enum; other values are left to the server";
        self.findings.note(pointer, reason);
        match (integers, numbers, booleans) {
            (true, ..) => Lowered::of(scalar(JsonType::Integer, schema)),
            (_, true, _) => Lowered::of(Type::F64),
            (.., true) => Lowered::of(Type::Bool),
            _ => {
                let first = values.first().unwrap_or(&schema.at);
                let problem = Diagnostic::new(
                    Code::UnsupportedSchema,
                    first,
                    "an enum of values of several types is not supported",
                )
                .label("others are of another type")
                .help("split the schema into one schema for each type, and list them in `anyOf`");
                self.findings.push(problem);
                Lowered::of(Type::Json)
            }
        }
    }

    /// An enum over these strings; `x-enum-varnames` beside them names the variants.
    pub(super) fn open_enum(&mut self, at: &At<'d>, values: &[At<'d>], place: &Place) -> Type {
        let mut wires: Vec<String> = Vec::new();
        for value in values {
            let text = value.as_str().unwrap_or_default();
            if wires.iter().any(|known| known == text) {
                let problem = Diagnostic::new(
                    Code::InvalidEnum,
                    value,
                    format!("`{text}` is listed twice"),
                )
                .label("again")
                .help("take one of them out");
                self.findings.push(problem);
            } else {
                wires.push(text.to_owned());
            }
        }
        let names = name::scope(name::Kind::Variant, &wires);
        let names = names
            .into_iter()
            .zip(values)
            .map(|(name, value)| self.varname(name, value))
            .collect::<Vec<_>>();
        self.check_distinct(at, &names, "x-enum-varnames");
        let values = names
            .into_iter()
            .map(|name| EnumValue {
                name,
                doc: Doc::default(),
            })
            .collect();
        let doc = self.doc(at);
        self.define(at, place, Shape::OpenEnum(values), doc)
    }

    /// The name that `x-enum-varnames` gives the value at this place of its `enum`.
    fn varname(&mut self, name: Name, value: &At<'d>) -> Name {
        let segments: Vec<String> = value
            .pointer()
            .segments()
            .map(|segment| segment.to_string())
            .collect();
        let Some((index, path)) = segments.split_last() else {
            return name;
        };
        let schema = path.iter().take(path.len().saturating_sub(1));
        let pointer = schema.fold(Pointer::root(), |pointer, segment| pointer.child(segment));
        let names = self
            .document
            .at(&pointer)
            .and_then(|schema| schema.get("x-enum-varnames"));
        let Some(given) = index
            .parse()
            .ok()
            .and_then(|index| names.and_then(|names| names.index(index)))
        else {
            return name;
        };
        let text = given.as_str().unwrap_or_default();
        Name::pinned(name::Kind::Variant, name.wire(), text).unwrap_or_else(|| {
            let problem = Diagnostic::new(
                Code::InvalidName,
                &given,
                format!("`{text}` is not a name for a variant"),
            )
            .label("not in upper camel case, or taken")
            .help(format!(
                "write `{}`",
                Name::of(name::Kind::Variant, text).rust()
            ));
            self.findings.push(problem);
            name
        })
    }
}
