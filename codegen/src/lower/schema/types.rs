//! Selects the shape of a schema.
//!
//! ```yaml
//! {type: integer, format: int32}                                  # I32
//! {type: string, format: binary}                                  # File
//! {type: string, contentEncoding: base64}                         # Base64
//! {type: array, items: {type: string}}                            # List(String)
//! {anyOf: [{type: integer}, {type: 'null'}]}                      # I64, nullable
//! {anyOf: [{type: string}, {type: string, enum: [auto]}]}         # an open enum
//! {anyOf: [{type: string}, {type: array, items: {type: string}}]} # OneOrMany(String)
//! {type: [string, object], properties: {a: {type: string}}}       # a union of a string and an object
//! ```

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::model::{Doc, Limits, Name, Type};

use crate::lower::keyword::text;
use crate::lower::names::name;
use crate::lower::reference::RECURSIVE;
use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::limits::tighter;
use crate::lower::schema::scalar_type::{is_octet_stream, numeric, scalar};
use crate::lower::schema::value;
use crate::lower::schema::{Additional, Schema};
use crate::lower::{Lowered, Lowering, Place};
use crate::stack::with_stack;

/// Maximum nesting of lists and maps: the compiler has its own limit for such types.
const NESTED: usize = 32;

/// The reason why a value that is always null has no type.
pub(in crate::lower) const ONLY_NULL: &str = "`null` is the only value";

impl<'d> Lowering<'d> {
    /// Lowers the schema at a place of the document.
    ///
    /// A schema can contain itself without a reference, if one of its properties is composed of
    /// it. It is the same type there.
    pub(in crate::lower) fn lower(&mut self, at: &At<'d>, place: &Place) -> Lowered {
        self.lower_with(at, &[], place)
    }

    /// Lowers the schema at a place together with other schemas that apply to the same values.
    pub(in crate::lower) fn lower_with(
        &mut self,
        at: &At<'d>,
        others: &[At<'d>],
        place: &Place,
    ) -> Lowered {
        if let Some(id) = self.registry.begin(at.pointer(), place.id) {
            return Lowered {
                nullable: Schema::read(at, &mut self.findings).nullable,
                ..Lowered::of(Type::Named(id))
            };
        }
        let around = std::mem::take(&mut self.around);
        let mut lowered = with_stack(|| self.lower_once(at, others, place));
        self.around = around;
        if depth(&lowered.ty) > NESTED {
            self.too_deep(at, "lists and maps are nested more than 32 deep");
            lowered = Lowered::refused();
        }
        match self.registry.end(at.pointer()) {
            Some(id) if place.id.is_none() => self.without_itself(at, id, lowered),
            _ => lowered,
        }
    }

    fn lower_once(&mut self, at: &At<'d>, others: &[At<'d>], place: &Place) -> Lowered {
        let place = self.pin(at, place);
        let schema = Schema::read(at, &mut self.findings);
        self.check_default(&schema);
        if !others.is_empty() {
            let schema = self.with_others(schema, others);
            return self.lower_schema(&schema, &place);
        }
        if let Some(target) = self.wrapped(&schema) {
            let lowered = self.referenced(&target);
            let lowered = Lowered {
                nullable: lowered.nullable || schema.nullable,
                limits: tighter(&lowered.limits, &schema.limits),
                ty: lowered.ty,
            };
            return self.fitted(at, lowered);
        }
        let mut schema = self.flatten(schema, &mut Vec::new());
        self.leave_inherited_out(&mut schema, at.pointer());
        self.lower_schema(&schema, &place)
    }

    /// Lowers a composed schema.
    pub(in crate::lower) fn lower_schema(&mut self, schema: &Schema<'d>, place: &Place) -> Lowered {
        value::check_listed(self.document, schema, &mut self.findings);
        self.note_unmodelled(schema);
        let lowered = self.classify(schema, place);
        let lowered = Lowered {
            nullable: lowered.nullable || schema.nullable,
            ..lowered
        };
        self.fitted(&schema.at, lowered)
    }

    /// Notes conditions on schemas without members: they are rules only on an object with
    /// `properties`.
    fn note_unmodelled(&mut self, schema: &Schema<'d>) {
        if !schema.properties.is_empty() {
            return;
        }
        let conditions = schema.all_of.iter().filter_map(|part| part.get("if"));
        let own = schema.condition.iter().map(|(when, _)| when.clone());
        for at in schema.not.iter().cloned().chain(own).chain(conditions) {
            let reason =
                "a condition on a schema that is not an object with members is left to the server";
            self.findings.note(at.pointer().clone(), reason);
        }
    }

    /// Replaces the name of the place by `x-rust-name`.
    pub(in crate::lower) fn pin(&mut self, at: &At<'d>, place: &Place) -> Place {
        let Some(rust) = at.get("x-rust-name") else {
            return place.clone();
        };
        let text = rust.as_str().unwrap_or_default();
        match Name::pinned(name::Kind::Type, place.name.wire(), text) {
            Some(name) => Place {
                name,
                pinned: true,
                ..place.clone()
            },
            None => {
                let problem = Diagnostic::new(
                    Code::InvalidName,
                    &rust,
                    format!("`{text}` is not a name for a Rust type"),
                )
                .label("not in upper camel case, or taken")
                .help(format!(
                    "write `{}`",
                    Name::of(name::Kind::Type, text).rust()
                ));
                self.findings.push(problem);
                place.clone()
            }
        }
    }

    /// The target of a schema that is only a reference, with no other keyword that changes the
    /// shape.
    pub(in crate::lower) fn wrapped(&mut self, schema: &Schema<'d>) -> Option<At<'d>> {
        let bare = Schema {
            reference: None,
            all_of: Vec::new(),
            ..schema.clone()
        };
        let has_rules = !bare.not.is_empty() || bare.condition.is_some();
        if !bare.says_nothing() || !matches!(bare.additional, Additional::Unstated) || has_rules {
            return None;
        }
        match (&schema.reference, schema.all_of.as_slice()) {
            (Some(reference), []) => self.resolve_schema(reference),
            (None, [only]) => {
                let only = Schema::read(only, &mut self.findings);
                self.wrapped(&only)
            }
            _ => None,
        }
    }

    fn classify(&mut self, schema: &Schema<'d>, place: &Place) -> Lowered {
        if schema.never {
            let problem = Diagnostic::new(
                Code::UnsupportedSchema,
                &schema.at,
                "no value is valid here",
            )
            .label("`false` allows nothing")
            .help("leave the property out");
            self.findings.push(problem);
            return Lowered::refused();
        }
        if schema.null_only {
            return Lowered {
                nullable: true,
                ..Lowered::of(self.findings.untyped(&schema.at, ONLY_NULL))
            };
        }
        if let Some(lowered) = self.beside(schema, place) {
            return lowered;
        }
        if schema.is_object() && !self.is_only_alternatives(schema) {
            return self.object(schema, place);
        }
        if !(schema.any_of.is_empty() && schema.one_of.is_empty()) {
            if schema.types.len() > 1 && !schema.properties.is_empty() {
                return self.refuse_properties(schema);
            }
            return self.union(schema, place);
        }
        if let Some(values) = schema.values.clone() {
            return self.enumeration(schema, &values, place);
        }
        if let Some(lowered) = self.extensible_enum(schema, place) {
            return lowered;
        }
        if schema.types.len() > 1 {
            return self.several_types(schema, place);
        }
        match schema.single_type().or_else(|| numeric(schema)) {
            Some(JsonType::Array) => self.array(schema, place),
            Some(JsonType::Integer) => self.integer(schema),
            Some(json_type) => Lowered {
                limits: schema.limits.clone(),
                ..Lowered::of(scalar(json_type, schema))
            },
            None if schema.items.is_some() => self.array(schema, place),
            None if schema.format.is_some() || schema.base64 => Lowered {
                limits: schema.limits.clone(),
                ..Lowered::of(scalar(JsonType::String, schema))
            },
            None if is_octet_stream(schema) => Lowered::of(Type::File),
            None => Lowered::of(self.findings.untyped(&schema.at, without_type(schema))),
        }
    }

    /// True if keywords such as `type: object` beside the alternatives add nothing to them.
    fn is_only_alternatives(&mut self, schema: &Schema<'d>) -> bool {
        let branches: Vec<At<'d>> = schema
            .any_of
            .iter()
            .chain(&schema.one_of)
            .cloned()
            .collect();
        let plain = schema.properties.is_empty()
            && matches!(schema.additional, Additional::Unstated | Additional::Any);
        plain
            && branches
                .iter()
                .any(|branch| !Schema::read(branch, &mut self.findings).says_only_required())
    }

    fn array(&mut self, schema: &Schema<'d>, place: &Place) -> Lowered {
        let item = match &schema.items {
            Some(items) => self.lower(items, &place.below("items", "item")),
            None => Lowered::of(
                self.findings
                    .untyped(&schema.at, "an array without `items`"),
            ),
        };
        let each = item.limits.boxed();
        let item = if item.nullable {
            Type::Option(Box::new(item.ty))
        } else {
            item.ty
        };
        Lowered {
            limits: Limits {
                each,
                ..schema.limits.clone()
            },
            ..Lowered::of(Type::List(Box::new(item)))
        }
    }

    /// Reports names of one scope that are the same in Rust; the extension can rename them.
    pub(in crate::lower) fn check_distinct(
        &mut self,
        at: &At<'d>,
        names: &[Name],
        extension: &str,
    ) {
        for (earlier, later) in name::clashes(names) {
            let problem = clash(at, &names[earlier], &names[later], extension);
            self.findings.push(problem.label("names that clash"));
        }
    }

    /// `type: [string, object]`: a union of the types; an object is read by its members.
    fn several_types(&mut self, schema: &Schema<'d>, place: &Place) -> Lowered {
        let numbers = [JsonType::Integer, JsonType::Number];
        if schema
            .types
            .iter()
            .all(|json_type| numbers.contains(json_type))
        {
            return Lowered {
                limits: schema.limits.clone(),
                ..Lowered::of(Type::F64)
            };
        }
        let payloads = schema.types.iter().map(|json_type| {
            let single = Schema {
                types: vec![*json_type],
                nullable: false,
                ..schema.clone()
            };
            let place = Place {
                is_alternative: true,
                ..place.member(json_type.as_str())
            };
            (*json_type, self.classify(&single, &place))
        });
        let payloads: Vec<_> = payloads.collect();
        self.union_of_types(schema, payloads, place)
    }

    /// Reports members of one of several types beside alternatives that apply to all of them.
    fn refuse_properties(&mut self, schema: &Schema<'d>) -> Lowered {
        let message = "`properties` of one of several types beside alternatives are not supported";
        let problem = Diagnostic::new(Code::UnsupportedSchema, &schema.at, message).at_key();
        let help = "list a schema for each type in `anyOf`, the object with its `properties`";
        self.findings
            .push(problem.label("several types").help(help));
        Lowered::refused()
    }

    /// `description`, else `title`, with links made absolute.
    pub(in crate::lower) fn doc(&self, at: &At<'d>) -> Doc {
        let text = ["description", "title"]
            .iter()
            .find_map(|key| at.get(key).and_then(|text| text.as_str()));
        let deprecated = at
            .get("deprecated")
            .and_then(|at| at.as_bool())
            .unwrap_or(false);
        crate::lower::doc::doc(text.unwrap_or_default(), deprecated, self.base)
    }
}

/// The problem with two names of one scope that are the same in Rust, at a place of the document.
pub(in crate::lower) fn clash(
    at: &At<'_>,
    earlier: &Name,
    later: &Name,
    extension: &str,
) -> Diagnostic {
    let (one, other) = (earlier.wire(), later.wire());
    let message = format!(
        "`{one}` and `{other}` would both be `{}` in Rust",
        later.rust()
    );
    let help = format!("write `{extension}` to give one of them another name");
    Diagnostic::new(Code::NameClash, at, message).help(help)
}

fn depth(ty: &Type) -> usize {
    match ty {
        Type::Option(inner)
        | Type::List(inner)
        | Type::OneOrMany(inner)
        | Type::Map(inner)
        | Type::Boxed(inner) => 1 + depth(inner),
        _ => 0,
    }
}

/// The reason why the values of a schema have no type.
fn without_type(schema: &Schema<'_>) -> &'static str {
    let has = |keyword: &str| schema.at.get(keyword).is_some();
    if has("$dynamicRef") {
        "`$dynamicRef` is not followed"
    } else if has(RECURSIVE) {
        "`$recursiveRef` does not lead to a schema with `$recursiveAnchor`"
    } else {
        "the schema does not state the type of its values"
    }
}

impl Schema<'_> {
    /// True if the schema only requires members.
    pub(in crate::lower) fn says_only_required(&self) -> bool {
        let bare = Schema {
            required: Vec::new(),
            ..self.clone()
        };
        !self.required.is_empty() && bare.says_nothing()
    }

    /// A string keyword of the schema.
    pub(in crate::lower) fn text<'s>(
        &'s self,
        key: &str,
        findings: &mut crate::lower::Findings,
    ) -> Option<&'s str> {
        text(&self.at, key, findings)
    }
}
