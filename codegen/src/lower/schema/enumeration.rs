//! `enum` and `const`.
//!
//! ```yaml
//! type: string
//! enum: [1024x1024, auto]                 # OpenEnum([Square1024, Auto])
//! x-enum-varnames: [Square1024, Auto]
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Pointer};
use crate::lower::names::name;
use crate::lower::schema::Schema;
use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::scalar_type::scalar;
use crate::lower::schema::types::clash;
use crate::lower::schema::{limits, value};
use crate::lower::{Lowered, Lowering, Place};
use crate::model::{Doc, EnumValue, Name, OpenEnum, Shape, Type};

impl<'d> Lowering<'d> {
    /// `x-extensible-enum`: known values of a string that may have others.
    pub(in crate::lower) fn extensible_enum(
        &mut self,
        schema: &Schema<'d>,
        place: &Place,
    ) -> Option<Lowered> {
        if schema.known.is_empty() {
            return None;
        }
        let is_text = schema.single_type() == Some(JsonType::String);
        let are_texts = schema.known.iter().all(|value| value.as_str().is_some());
        if !(is_text && are_texts) {
            let pointer = schema.at.pointer().child("x-extensible-enum");
            self.findings.note(pointer, "only strings become an enum");
            return None;
        }
        Some(Lowered {
            limits: limits::left(&schema.limits),
            ..Lowered::of(self.open_enum(&schema.at, &schema.known, true, place))
        })
    }

    /// `enum` and `const`: strings are an open enum, other scalars are their type.
    pub(in crate::lower) fn enumeration(
        &mut self,
        schema: &Schema<'d>,
        values: &[At<'d>],
        place: &Place,
    ) -> Lowered {
        if !schema.known.is_empty() {
            let pointer = schema.at.pointer().child("x-extensible-enum");
            self.findings.note(pointer, "`enum` lists the values");
        }
        if values.iter().all(|value| value.as_str().is_some()) {
            return Lowered {
                limits: limits::left(&schema.limits),
                ..Lowered::of(self.open_enum(&schema.at, values, false, place))
            };
        }
        let is_integer = |value: &At<'_>| value.as_i64().is_some() || value.as_u64().is_some();
        let integers = values.iter().all(is_integer);
        let numbers = values.iter().all(|value| value.as_f64().is_some());
        let booleans = values.iter().all(|value| value.as_bool().is_some());
        let keyword = ["enum", "const"]
            .into_iter()
            .find(|name| schema.at.get(name).is_some());
        let pointer = schema.at.pointer().child(keyword.unwrap_or("enum"));
        let reason = "only strings become an enum; other values are left to the server";
        self.findings.note(pointer, reason);
        let listed = |ty: Type| Lowered {
            limits: limits::listed(values),
            ..Lowered::of(ty)
        };
        match (integers, numbers, booleans) {
            (true, ..) => listed(scalar(JsonType::Integer, schema)),
            (_, true, _) => listed(Type::F64),
            (.., true) => listed(Type::Bool),
            _ => {
                self.refuse_enum(schema, values);
                Lowered::refused()
            }
        }
    }

    /// Reports an enum that cannot be a Rust type, unless its values were reported already.
    fn refuse_enum(&mut self, schema: &Schema<'d>, values: &[At<'d>]) {
        let first = values.first().unwrap_or(&schema.at);
        let kind = first.value().type_name();
        if value::check_listed(self.document, schema, &mut self.findings) {
            return;
        }
        let mut kinds = values.iter().map(|value| value.value().type_name());
        let message = if kinds.all(|other| other == kind) {
            format!("an enum of values of type {kind} is not supported")
        } else {
            "an enum of values of several types is not supported".to_owned()
        };
        let problem = Diagnostic::new(Code::UnsupportedSchema, first, message);
        let help = "split the schema into one schema for each type, and list them in `anyOf`";
        self.findings
            .push(problem.label("the first value").help(help));
    }

    /// An enum over these strings, and any others if the document allows them; `x-enum-varnames`
    /// beside them names the variants.
    pub(in crate::lower) fn open_enum(
        &mut self,
        at: &At<'d>,
        values: &[At<'d>],
        others: bool,
        place: &Place,
    ) -> Type {
        let mut wires: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        for value in values {
            let text = value.as_str().unwrap_or_default();
            if known.insert(text) {
                wires.push(text.to_owned());
            } else {
                let problem = Diagnostic::new(
                    Code::InvalidEnum,
                    value,
                    format!("`{text}` is listed twice"),
                )
                .label("again")
                .help("remove one of them");
                self.findings.push(problem);
            }
        }
        let names = name::scope(name::Kind::Variant, &wires);
        self.check_varnames(at, values.len());
        let names = names
            .into_iter()
            .zip(values)
            .map(|(name, value)| self.varname(name, value))
            .collect::<Vec<_>>();
        for (earlier, later) in name::clashes(&names) {
            let (earlier, later, value) = (&names[earlier], &names[later], &values[later]);
            if earlier.wire() != later.wire() {
                let problem = clash(value, earlier, later, "x-enum-varnames");
                self.findings
                    .push(problem.label("clashes with an earlier value"));
            }
        }
        let values = names
            .into_iter()
            .zip(values)
            .map(|(name, value)| EnumValue {
                name,
                doc: Doc::default(),
                origin: value.pointer().clone(),
            })
            .collect();
        let doc = self.doc(at);
        self.registry
            .define(at, place, Shape::OpenEnum(OpenEnum { values, others }), doc)
    }

    /// Reports an `x-enum-varnames` that does not name each value of the `enum` beside it.
    fn check_varnames(&mut self, at: &At<'d>, values: usize) {
        let own = at
            .get("enum")
            .and_then(|list| list.as_sequence().map(<[_]>::len));
        let own = own.unwrap_or(values);
        let Some(names) = at.get("x-enum-varnames") else {
            return;
        };
        if names.as_sequence().is_none_or(|names| names.len() != own) {
            let message = format!("`x-enum-varnames` lists a name for each of the {own} values");
            let problem = Diagnostic::new(Code::InvalidName, &names, message).at_key();
            let help = "name every value of `enum`, in its order";
            self.findings
                .push(problem.label("not as many names").help(help));
        }
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
        Name::given(name::Kind::Variant, name.wire(), text).unwrap_or_else(|| {
            let problem = Diagnostic::new(
                Code::InvalidName,
                &given,
                format!("`{text}` is not a name for a variant"),
            )
            .label("without a letter or a digit")
            .help("write a name, in any case");
            self.findings.push(problem);
            name
        })
    }
}
