//! A Schema Object as one set of keywords, independent of the version of `OpenAPI`.
//!
//! ```yaml
//! {type: string, nullable: true}                # 3.0
//! {type: [string, 'null']}                      # 3.1
//! {anyOf: [{type: string}, {type: 'null'}]}     # 3.1
//! {type: string, enum: [a, null]}               # both
//! ```
//!
//! All four are a nullable string here. `exclusiveMinimum: true` beside `minimum: 0` and
//! `exclusiveMinimum: 0` are one bound, `const: a` and `enum: [a]` one set of values,
//! `format: byte` and `contentEncoding: base64` one encoding, `format: binary` and
//! `contentEncoding: binary` another.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Key, Pointer, Value};
use crate::model::Limits;

use crate::lower::keyword::{self, flag, list, text};
use crate::lower::reference::RECURSIVE;
use crate::lower::schema::json_type::{self, JsonType, unknown_type};
use crate::lower::schema::limits;
use crate::lower::{Findings, Lowered};

/// `additionalProperties`.
#[derive(Clone, Debug, Default)]
pub(crate) enum Additional<'d> {
    /// Not stated: additional members are allowed, and nothing is known of them.
    #[default]
    Unstated,
    /// `false`.
    Denied,
    /// `true` or `{}`.
    Any,
    /// A schema.
    Schema(At<'d>),
}

/// The keywords of one Schema Object, without following references.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each stands for a keyword of its own"
)]
#[derive(Clone, Debug)]
pub(crate) struct Schema<'d> {
    pub at: At<'d>,
    pub reference: Option<At<'d>>,
    pub types: Vec<JsonType>,
    /// The place of the types.
    pub types_at: Option<At<'d>>,
    /// `null` is a value.
    pub nullable: bool,
    /// `nullable: true` of this schema itself, regardless of its parts.
    pub says_nullable: bool,
    /// `null` is the only value.
    pub null_only: bool,
    /// `enum` or `const`, without `null`.
    pub values: Option<Vec<At<'d>>>,
    /// Known values of a string that may have others (`x-extensible-enum`).
    pub known: Vec<At<'d>>,
    pub format: Option<&'d str>,
    pub base64: bool,
    pub properties: Vec<(&'d Key, At<'d>)>,
    pub required: Vec<At<'d>>,
    pub additional: Additional<'d>,
    pub items: Option<At<'d>>,
    pub limits: Limits,
    pub all_of: Vec<At<'d>>,
    pub any_of: Vec<At<'d>>,
    pub one_of: Vec<At<'d>>,
    /// `not` of each part.
    pub not: Vec<At<'d>>,
    pub condition: Option<(At<'d>, At<'d>)>,
    pub discriminator: Option<At<'d>>,
    pub never: bool,
    /// Further schemas of members that both an alternative and the object around it declare.
    pub narrowed: BTreeMap<&'d str, Vec<At<'d>>>,
    /// Lowered members that alternatives share.
    pub shared: BTreeMap<Pointer, Lowered>,
}

impl<'d> Schema<'d> {
    /// Reads the keywords of a schema, and reports unknown ones.
    pub(crate) fn read(at: &At<'d>, report: &mut Findings) -> Self {
        let mut schema = Self::empty(at.clone());
        match &at.node().value {
            Value::Bool(true) => return schema,
            Value::Bool(false) => {
                schema.never = true;
                return schema;
            }
            Value::Mapping(_) => keyword::check(at, &keyword::SCHEMA, report),
            _ => {
                report.push(
                    Diagnostic::new(Code::WrongType, at, "a schema is an object or a boolean")
                        .label("neither")
                        .help("write a Schema Object, or `true` for any value"),
                );
                return schema;
            }
        }
        schema.reference = at.get("$ref").or_else(|| at.get(RECURSIVE));
        schema.read_types(report);
        schema.read_values(report);
        schema.known = list(at, "x-extensible-enum", report);
        schema.format = text(at, "format", report);
        let encoding = text(at, "contentEncoding", report);
        schema.base64 = encoding == Some("base64") || schema.format == Some("byte");
        if encoding == Some("binary") {
            schema.format = Some("binary");
        }
        schema.read_object(report);
        schema.items = at.get("items");
        schema.limits = limits::read(at, report);
        schema.all_of = list(at, "allOf", report);
        schema.any_of = list(at, "anyOf", report);
        schema.one_of = list(at, "oneOf", report);
        schema.not = at.get("not").into_iter().collect();
        schema.condition = at.get("if").zip(at.get("then"));
        schema.discriminator = at.get("discriminator");
        schema
    }

    fn empty(at: At<'d>) -> Self {
        Self {
            at,
            reference: None,
            types: Vec::new(),
            types_at: None,
            nullable: false,
            says_nullable: false,
            null_only: false,
            values: None,
            known: Vec::new(),
            format: None,
            base64: false,
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Unstated,
            items: None,
            limits: Limits::default(),
            all_of: Vec::new(),
            any_of: Vec::new(),
            one_of: Vec::new(),
            not: Vec::new(),
            condition: None,
            discriminator: None,
            never: false,
            narrowed: BTreeMap::new(),
            shared: BTreeMap::new(),
        }
    }

    fn read_types(&mut self, report: &mut Findings) {
        self.nullable = self
            .at
            .get("nullable")
            .and_then(|at| flag(&at, report))
            .unwrap_or(false);
        self.says_nullable = self.nullable;
        let Some(at) = self.at.get("type") else {
            return;
        };
        let listed = match &at.node().value {
            Value::Sequence(items) => {
                if items.is_empty() {
                    let message = "`type` lists at least one type";
                    let problem = Diagnostic::new(Code::WrongType, &at, message).label("no type");
                    report.push(problem.help("list the types, or leave `type` out"));
                }
                at.items().collect()
            }
            _ => vec![at],
        };
        self.types_at = self.at.get("type");
        let mut null = false;
        for at in listed {
            match at.as_str() {
                Some("null") => null = true,
                Some(name) => match JsonType::named(name) {
                    Some(known) if self.types.contains(&known) => {}
                    Some(known) => self.types.push(known),
                    None => report.push(unknown_type(&at, name)),
                },
                None if at.is_null() => null = true,
                None => report.push(
                    Diagnostic::new(Code::WrongType, &at, "`type` is a string")
                        .label("not a string")
                        .help("write a string"),
                ),
            }
        }
        self.null_only = null && self.types.is_empty();
        self.nullable |= null;
    }

    fn read_values(&mut self, report: &mut Findings) {
        let mut values = list(&self.at, "enum", report);
        let listed = self.at.get("enum").is_some();
        if let Some(list) = self.at.get("enum")
            && list.as_sequence().is_some_and(<[_]>::is_empty)
        {
            let problem =
                Diagnostic::new(Code::EmptyEnum, &list, "an empty `enum` allows no value")
                    .label("no value")
                    .assuming("the `enum` is ignored");
            report.push(problem.help("list the values, or leave `enum` out"));
        }
        let constant = self.at.get("const");
        let stated = listed || constant.is_some();
        if let Some(constant) = constant {
            values = vec![constant];
        }
        let before = values.len();
        values.retain(|value| !value.is_null());
        if values.len() < before {
            self.nullable = true;
            self.null_only |= values.is_empty();
        }
        self.values = (stated && !values.is_empty()).then_some(values);
    }

    fn read_object(&mut self, report: &mut Findings) {
        if let Some(at) = self.at.get("properties") {
            if at.as_mapping().is_some() {
                self.properties = at.members().collect();
            } else {
                report.push(
                    Diagnostic::new(Code::WrongType, &at, "`properties` is an object")
                        .label("not an object")
                        .help("write the properties as keys with a schema each"),
                );
            }
        }
        self.required = list(&self.at, "required", report);
        self.additional = match self.at.get("additionalProperties") {
            None => Additional::Unstated,
            Some(at) => match &at.node().value {
                Value::Bool(false) => Additional::Denied,
                Value::Bool(true) => Additional::Any,
                Value::Mapping(mapping) if mapping.is_empty() => Additional::Any,
                _ => Additional::Schema(at),
            },
        };
    }

    /// True if the schema does not constrain the shape of a value.
    pub(crate) fn says_nothing(&self) -> bool {
        self.reference.is_none()
            && self.types.is_empty()
            && self.values.is_none()
            && self.format.is_none()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_none()
            && self.all_of.is_empty()
            && self.any_of.is_empty()
            && self.one_of.is_empty()
            && matches!(self.additional, Additional::Unstated | Additional::Any)
    }

    /// True if some keyword shows that the schema is an object only.
    pub(crate) fn is_object(&self) -> bool {
        self.types == [JsonType::Object]
            || (self.types.is_empty()
                && (!self.properties.is_empty()
                    || !matches!(self.additional, Additional::Unstated)))
    }

    /// True if values of any type are valid.
    fn is_untyped(&self) -> bool {
        self.types.is_empty() && self.values.is_none() && !self.null_only
    }

    /// The schema's `type`, if it is a single one.
    pub(crate) fn single_type(&self) -> Option<JsonType> {
        match self.types.as_slice() {
            [json_type] => Some(*json_type),
            _ => None,
        }
    }

    /// Adds the keywords of another schema that also applies (`allOf`). The property of a later
    /// schema may replace that of an earlier one, but not one that the schema declares itself
    /// (`own`).
    pub(crate) fn merge(&mut self, other: Self, own: &BTreeSet<&str>) {
        self.nullable = match (self.is_untyped(), other.is_untyped()) {
            (true, false) => other.nullable,
            (_, true) => self.nullable || (self.is_untyped() && other.nullable),
            (false, false) => self.nullable && other.nullable,
        } || self.says_nullable
            || (other.says_nullable && other.is_untyped());
        if self.types.is_empty() {
            self.types = other.types;
            self.types_at = other.types_at;
        } else if !other.types.is_empty() {
            self.types = json_type::in_both(&self.types, &other.types);
        }
        self.values = match (self.values.take(), other.values) {
            (Some(mut own), Some(more)) => {
                own.retain(|value| more.iter().any(|other| is_same_value(value, other)));
                Some(own)
            }
            (own, more) => own.or(more),
        };
        self.format = self.format.or(other.format);
        self.base64 |= other.base64;
        let known = self.properties.iter().enumerate();
        let known: BTreeMap<&'d str, usize> = known
            .map(|(place, (key, _))| (key.name.as_str(), place))
            .collect();
        for (key, at) in other.properties {
            match known.get(key.name.as_str()) {
                Some(_) if own.contains(key.name.as_str()) => {}
                Some(&place) => self.properties[place] = (key, at),
                None => self.properties.push((key, at)),
            }
        }
        join(&mut self.required, other.required);
        join(&mut self.known, other.known);
        if matches!(self.additional, Additional::Unstated) {
            self.additional = other.additional;
        }
        self.items = self.items.take().or(other.items);
        self.limits = limits::tighter(&self.limits, &other.limits);
        join(&mut self.any_of, other.any_of);
        join(&mut self.one_of, other.one_of);
        join(&mut self.not, other.not);
        self.discriminator = self.discriminator.take().or(other.discriminator);
    }
}

/// Adds the places that are not listed yet: a schema may include another one twice.
pub(crate) fn join<'d>(list: &mut Vec<At<'d>>, more: Vec<At<'d>>) {
    let known: BTreeSet<_> = list.iter().map(|at| at.pointer().clone()).collect();
    list.extend(more.into_iter().filter(|at| !known.contains(at.pointer())));
}

fn is_same_value(one: &At<'_>, other: &At<'_>) -> bool {
    match (one.as_number(), other.as_number()) {
        (Some(one), Some(other)) => match (one.as_i128(), other.as_i128()) {
            (Some(one), Some(other)) => one == other,
            _ => one.as_f64().total_cmp(&other.as_f64()).is_eq(),
        },
        _ => one.node().to_json() == other.node().to_json(),
    }
}
