//! Objects: structs, maps, and members that are not fields.
//!
//! ```yaml
//! type: object
//! required: [type, prompt]
//! properties:
//!   type: {type: string, enum: [edit]}      # Constant { wire: type, value: edit }
//!   prompt: {type: string, maxLength: 9}    # Field { name: prompt, presence: Required, limits }
//!   'n': {type: [integer, 'null']}          # Field { name: n, presence: OptionalNullable }
//! ```

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Key, Value};
use crate::model::{
    Constant, Doc, Field, Limits, Name, Presence, Rest, Shape, Struct, Type, Wrapper,
};

use crate::lower::names::name;
use crate::lower::schema::limits;
use crate::lower::schema::{Additional, Schema};
use crate::lower::settle::access::is_read_only;
use crate::lower::{Lowered, Lowering, Place};

/// A property, before its Rust name is known to be unique.
struct Member<'d> {
    at: At<'d>,
    /// Other schemas that apply to the member.
    others: Vec<At<'d>>,
    wire: String,
    lowered: Lowered,
    required: bool,
}

impl<'d> Lowering<'d> {
    pub(in crate::lower) fn object(&mut self, schema: &Schema<'d>, place: &Place) -> Lowered {
        self.check_required(schema);
        if let Some(discriminator) = &schema.discriminator {
            let reason = "an object without alternatives is read by its own members";
            self.findings.note(discriminator.pointer().clone(), reason);
        }
        if schema.properties.is_empty() {
            match &schema.additional {
                Additional::Schema(values) => return self.map(schema, &values.clone(), place),
                Additional::Unstated | Additional::Any => {
                    let any = self.any_member(schema);
                    return Lowered {
                        limits: schema.limits.clone(),
                        ..Lowered::of(Type::Map(Box::new(any)))
                    };
                }
                Additional::Denied => {}
            }
        }
        if let Some(ty) = self.exclusive(schema, place) {
            return Lowered::of(ty);
        }
        if !schema.limits.is_empty() {
            let reason = "the number of members is left to the server";
            self.findings.note(schema.at.pointer().clone(), reason);
        }
        let object = self.structure(schema, place);
        let doc = self.doc(&schema.at);
        Lowered::of(
            self.registry
                .define(&schema.at, place, Shape::Struct(object), doc),
        )
    }

    fn map(&mut self, schema: &Schema<'d>, values: &At<'d>, place: &Place) -> Lowered {
        let value = self.lower(values, &place.below("additionalProperties", "value"));
        let each = value.limits.boxed();
        let ty = if value.nullable {
            Type::Option(Box::new(value.ty))
        } else {
            value.ty
        };
        Lowered {
            limits: Limits {
                each,
                ..schema.limits.clone()
            },
            ..Lowered::of(Type::Map(Box::new(ty)))
        }
    }

    fn structure(&mut self, schema: &Schema<'d>, place: &Place) -> Struct {
        let mut constants = Vec::new();
        let mut members = Vec::new();
        for (key, at) in &schema.properties {
            let required = is_required(schema, &key.name);
            let has_rest = matches!(schema.additional, Additional::Any | Additional::Schema(_));
            match constant_of(at).filter(|_| required) {
                // It is not written, and carries no information when read.
                Some(_) if is_read_only(at) && !has_rest => {}
                Some(value) if !is_read_only(at) => constants.push(Constant {
                    wire: key.name.clone(),
                    value: value.to_owned(),
                    origin: at.pointer().clone(),
                }),
                _ => members.push(self.member(schema, (key, at), required, place)),
            }
        }
        let fields = self.fields(schema, members);
        let mut limits = schema.limits.clone();
        let rest = match &schema.additional {
            Additional::Schema(values) => {
                let value = self.lower(
                    &values.clone(),
                    &place.below("additionalProperties", "additional"),
                );
                limits.each = Some(Box::new(value.limits));
                Rest::Map(if value.nullable {
                    Type::Option(Box::new(value.ty))
                } else {
                    value.ty
                })
            }
            Additional::Any => Rest::Map(self.any_member(schema)),
            Additional::Unstated | Additional::Denied => Rest::Ignored,
        };
        let understood = self.findings.notes.len();
        let rules = self.rules(schema, &fields);
        if self.findings.notes.len() > understood {
            let rest = limits::unchecked(
                &schema.at,
                &["allOf", "anyOf", "oneOf", "not", "if", "then"],
            );
            limits.unchecked.extend(rest);
        }
        Struct {
            fields,
            constants,
            union_tags: Vec::new(),
            stream_switch: None,
            rest,
            rules,
            limits: Box::new(limits),
        }
    }

    /// The type of members that the schema does not name.
    fn any_member(&mut self, schema: &Schema<'d>) -> Type {
        match schema.at.get("additionalProperties") {
            Some(at) => self
                .findings
                .untyped(&at, "further members may have values of any type"),
            None => self
                .findings
                .untyped(&schema.at, "an object without `properties`"),
        }
    }

    fn member(
        &mut self,
        schema: &Schema<'d>,
        (key, at): (&'d Key, &At<'d>),
        required: bool,
        place: &Place,
    ) -> Member<'d> {
        let others = schema.narrowed.get(key.name.as_str());
        let others = others.cloned().unwrap_or_default();
        let place = place.below("properties", &key.name);
        let lowered = match (schema.shared.get(at.pointer()), others.as_slice()) {
            (Some(shared), []) => shared.clone(),
            (_, others) => self.lower_with(at, others, &place),
        };
        Member {
            at: at.clone(),
            others,
            wire: key.name.clone(),
            lowered,
            required,
        }
    }

    fn fields(&mut self, schema: &Schema<'d>, members: Vec<Member<'d>>) -> Vec<Field> {
        let wires: Vec<String> = members.iter().map(|member| member.wire.clone()).collect();
        let names = name::scope(name::Kind::Field, &wires);
        let mut fields = Vec::with_capacity(members.len());
        for (member, name) in members.into_iter().zip(names) {
            let name = self.renamed(&member.at, name, name::Kind::Field, "x-rust-field");
            fields.push(self.field(member, name));
        }
        let names: Vec<Name> = fields.iter().map(|field| field.name.clone()).collect();
        self.check_distinct(&schema.at, &names, "x-rust-field");
        fields
    }

    /// The name from an extension of the schema, else the given name.
    pub(in crate::lower) fn renamed(
        &mut self,
        at: &At<'d>,
        name: Name,
        kind: name::Kind,
        extension: &str,
    ) -> Name {
        let Some(given) = at.get(extension) else {
            return name;
        };
        let text = given.as_str().unwrap_or_default();
        Name::pinned(kind, name.wire(), text).unwrap_or_else(|| {
            let problem = Diagnostic::new(
                Code::InvalidName,
                &given,
                format!("`{text}` cannot be a name here"),
            )
            .label("not in the case of Rust, or taken")
            .help(format!("write `{}`", Name::of(kind, text).rust()));
            self.findings.push(problem);
            name
        })
    }

    fn field(&mut self, member: Member<'d>, name: Name) -> Field {
        let mut sources = self.annotated(&member.at);
        for other in &member.others {
            sources.extend(self.annotated(other));
        }
        let default = sources.iter().find_map(|at| at.get("default"));
        let example = sources.iter().find_map(|at| {
            at.get("example")
                .or_else(|| at.get("examples").and_then(|examples| examples.index(0)))
        });
        let brackets = sources
            .iter()
            .flat_map(arrays)
            .find_map(|at| at.get("x-multipart-array"));
        let brackets = brackets.is_some_and(|given| self.brackets(&given));
        Field {
            wrapper: Wrapper::Plain,
            name,
            doc: self.field_doc(&sources),
            presence: match (member.required, member.lowered.nullable) {
                (true, false) => Presence::Required,
                (false, false) => Presence::Optional,
                (true, true) => Presence::Nullable,
                (false, true) => Presence::OptionalNullable,
            },
            access: self.access(&sources, member.required),
            ty: member.lowered.ty,
            limits: member.lowered.limits,
            default: default
                .filter(|at| !at.is_null() && !self.refused_defaults.contains(at.pointer()))
                .map(|at| at.node().to_json().to_string()),
            example: example.and_then(|at| at.as_str().map(str::to_owned)),
            brackets,
            origin: member.at.pointer().clone(),
        }
    }

    /// The places for annotations of a property: the property, its target, and its only schema
    /// that is not null.
    fn annotated(&mut self, at: &At<'d>) -> Vec<At<'d>> {
        let mut found = vec![at.clone()];
        for _ in 0..8 {
            let Some(last) = found.last().cloned() else {
                break;
            };
            let next = match last.get("$ref") {
                Some(reference) => self.resolve(&reference),
                None => only_branch(&last),
            };
            match next {
                Some(next) => found.push(next),
                None => break,
            }
        }
        found
    }

    /// The description of the property, else that of its target.
    fn field_doc(&self, sources: &[At<'d>]) -> Doc {
        let docs = sources.iter().map(|at| self.doc(at));
        let deprecated = sources.first().is_some_and(|at| self.doc(at).deprecated);
        let described = docs
            .into_iter()
            .find(|doc| !doc.lines.is_empty())
            .unwrap_or_default();
        Doc {
            deprecated,
            ..described
        }
    }

    fn brackets(&mut self, given: &At<'d>) -> bool {
        let known = given.as_str() == Some("brackets");
        if !known {
            let problem =
                Diagnostic::new(Code::WrongType, given, "`x-multipart-array` is `brackets`")
                    .label("unknown value");
            self.findings
                .push(problem.help("leave it out to repeat the bare name"));
        }
        known
    }

    fn check_required(&mut self, schema: &Schema<'d>) {
        for at in &schema.required {
            let Some(wire) = at.as_str() else {
                let problem =
                    Diagnostic::new(Code::WrongType, at, "`required` lists names of properties")
                        .label("not a string")
                        .help("write the name of a property");
                self.findings.push(problem);
                continue;
            };
            let known = schema.properties.iter().any(|(key, _)| key.name == wire);
            if !known && !schema.properties.is_empty() {
                let near = suggest(
                    wire,
                    schema.properties.iter().map(|(key, _)| key.name.as_str()),
                );
                let help = near.map_or_else(
                    || "add the property, or remove the name from `required`".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                let message = format!("`required` names `{wire}`, which is not a property");
                let problem = Diagnostic::new(Code::UnknownRequired, at, message)
                    .label("no such property")
                    .assuming("the name is ignored")
                    .help(help);
                self.findings.push(problem);
            }
        }
    }
}

/// True if `required` lists the property.
pub(in crate::lower) fn is_required(schema: &Schema<'_>, wire: &str) -> bool {
    schema.required.iter().any(|at| at.as_str() == Some(wire))
}

/// The string of a `const`, or of an `enum` of one value, that cannot be null.
pub(in crate::lower) fn constant_of<'d>(at: &At<'d>) -> Option<&'d str> {
    let is_string = at
        .get("type")
        .is_none_or(|json_type| json_type.as_str() == Some("string"));
    let nullable = at.get("nullable").and_then(|at| at.as_bool()) == Some(true);
    if !is_string || nullable || at.get("$ref").is_some() {
        return None;
    }
    if let Some(constant) = at.get("const") {
        return constant.as_str();
    }
    match &at.get("enum")?.node().value {
        Value::Sequence(values) if values.len() == 1 => at.get("enum")?.index(0)?.as_str(),
        _ => None,
    }
}

/// The one schema of `anyOf` or `oneOf`, or of `allOf`, that is not null.
fn only_branch<'d>(at: &At<'d>) -> Option<At<'d>> {
    let branches = ["anyOf", "oneOf", "allOf"]
        .iter()
        .find_map(|key| at.get(key))?;
    let mut values = branches
        .items()
        .filter(|branch| branch.get("type").and_then(|at| at.as_str()) != Some("null"));
    let only = values.next()?;
    values.next().is_none().then_some(only)
}

/// The schema itself and those of its branches that are arrays.
fn arrays<'d>(at: &At<'d>) -> Vec<At<'d>> {
    let branches = ["anyOf", "oneOf"]
        .iter()
        .filter_map(|key| at.get(key))
        .flat_map(|list| list.items().collect::<Vec<_>>());
    std::iter::once(at.clone()).chain(branches).collect()
}
