//! Binary strings that are files, by the encoding of the place where they are used.
//!
//! ```yaml
//! multipart/form-data: {schema: {$ref: '#/components/schemas/Photo'}}    # Photo { image: File }
//! application/json: {schema: {$ref: '#/components/schemas/Photo'}}       # PhotoJson { image: String }
//! Photo: {type: object, properties: {image: {type: string, format: binary}}}
//! ```
//!
//! A file is a member of a form, an item of a list that is a member, or a variant of a union in
//! one of these. Deeper values of a form are JSON, which has no files: a binary string there is a
//! string. A schema with a file that is used in both encodings becomes one type for each, and so
//! does every schema on the way from the use to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Pointer};
use crate::lower::names::naming::Standing;
use crate::lower::names::place::type_name;
use crate::lower::settle::{shape_types, walk};
use crate::lower::{Draft, Findings};
use crate::model::{Codec, Operation, Rest, Shape, Type, TypeId, Union};

/// The encoding of a value at the place where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// As a form: its members are the parts.
    Form,
    /// As a part of a form, or as several parts.
    Part,
    /// As JSON.
    Json,
}

impl Way {
    /// The suffix of the type's name, if another encoding has the name of the schema.
    fn suffix(self) -> &'static str {
        match self {
            Self::Form => "Form",
            Self::Part => "Part",
            Self::Json => "Json",
        }
    }

    /// The line that is appended to the type's documentation.
    fn doc(self) -> &'static str {
        match self {
            Self::Form => "As a form.",
            Self::Part => "As a part of a form.",
            Self::Json => "Without files: a file is a string here.",
        }
    }

    /// The encoding of the values that a value of this shape contains.
    fn within(self, shape: &Shape) -> Self {
        match (self, shape) {
            (Self::Form, Shape::Struct(_) | Shape::Exclusive(_)) => Self::Part,
            (Self::Form | Self::Part, Shape::Union(_)) => self,
            _ => Self::Json,
        }
    }

    /// The encoding of the innermost type's values, if the whole value has this encoding.
    fn innermost(self, ty: &Type) -> Self {
        match ty {
            Type::Option(inner) | Type::Boxed(inner) => self.innermost(inner),
            Type::List(inner) | Type::OneOrMany(inner) => match without_null(inner) {
                Type::List(_) | Type::OneOrMany(_) => Self::Json,
                inner if self == Self::Part => self.innermost(inner),
                _ => Self::Json,
            },
            // If a form is a map, its values are parts.
            Type::Map(inner) if self == Self::Form => Self::Part.innermost(inner),
            Type::Map(_) => Self::Json,
            _ => self,
        }
    }
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) => inner,
        other => other,
    }
}

/// A type in one encoding.
type Used = (TypeId, Way);

/// Gives each use of a type the type for its encoding; in JSON every binary string is a string.
/// Reports files that are nested too deep in a form to be parts.
pub(in crate::lower) fn settle(
    drafts: &mut Vec<Option<Draft>>,
    operations: &mut [Operation],
    document: &Document,
    findings: &mut Findings,
) {
    let uses = Uses::of(drafts, operations);
    for pointer in uses.nested(drafts, operations) {
        report_nested(&pointer, document, findings);
    }
    let mut types: BTreeMap<Used, TypeId> = BTreeMap::new();
    for id in (0..drafts.len()).map(TypeId) {
        for (number, way) in uses.distinct(id).into_iter().enumerate() {
            let own = if number == 0 {
                id
            } else {
                copy(drafts, id, way)
            };
            types.insert((id, way), own);
        }
    }
    let settle = |ty: &mut Type, way: Way| {
        let way = way.innermost(ty);
        walk(ty, &mut |ty| match ty {
            Type::File if way == Way::Json => *ty = Type::String,
            Type::Named(id) => {
                let own = types.get(&(*id, uses.kind(*id, way)));
                *id = own.copied().unwrap_or(*id);
            }
            _ => {}
        });
    };
    for (used, own) in &types {
        if let Some(draft) = &mut drafts[own.0] {
            let within = used.1.within(&draft.def.shape);
            shape_types(&mut draft.def.shape, &mut |ty| settle(ty, within));
            draft.def.holds_file = uses.holds.contains(used);
        }
    }
    for operation in operations {
        each_use(operation).for_each(|(ty, way)| settle(ty, way));
    }
}

/// The types that the operations use.
#[derive(Default)]
struct Uses {
    /// The encodings in which each type is used.
    ways: BTreeMap<TypeId, BTreeSet<Way>>,
    /// The types that contain a file, if they are written in this encoding.
    holds: BTreeSet<Used>,
}

impl Uses {
    fn of(drafts: &[Option<Draft>], operations: &mut [Operation]) -> Self {
        let mut uses = Self::default();
        let mut holders = Vec::new();
        let mut held: BTreeMap<Used, Vec<Used>> = BTreeMap::new();
        let mut waiting: Vec<Used> = Vec::new();
        for (ty, way) in operations.iter_mut().flat_map(each_use) {
            waiting.extend(ty.named().map(|id| (id, way.innermost(ty))));
        }
        while let Some(used) = waiting.pop() {
            let (id, way) = used;
            let Some(draft) = &drafts[id.0] else { continue };
            if !uses.ways.entry(id).or_default().insert(way) {
                continue;
            }
            let Draft { def, .. } = draft;
            let within = way.within(&def.shape);
            for (ty, _) in placed(&def.shape, &def.origin) {
                let way = within.innermost(ty);
                match ty.innermost() {
                    Type::File if way == Way::Part => holders.push(used),
                    Type::Named(inner) => {
                        waiting.push((*inner, way));
                        held.entry((*inner, way)).or_default().push(used);
                    }
                    _ => {}
                }
            }
        }
        while let Some(holder) = holders.pop() {
            if uses.holds.insert(holder) {
                holders.extend(held.get(&holder).into_iter().flatten());
            }
        }
        uses
    }

    /// The encoding that the type depends on. A type without files is the same in all encodings.
    fn kind(&self, id: TypeId, way: Way) -> Way {
        if self.holds.contains(&(id, way)) {
            way
        } else {
            Way::Json
        }
    }

    /// The encodings that need distinct types. The type for the first has the name of the schema.
    fn distinct(&self, id: TypeId) -> BTreeSet<Way> {
        match self.ways.get(&id) {
            Some(ways) => ways.iter().map(|way| self.kind(id, *way)).collect(),
            None => BTreeSet::from([Way::Json]),
        }
    }

    /// The places of files that are nested too deep in a form to be parts.
    fn nested(&self, drafts: &[Option<Draft>], operations: &[Operation]) -> Vec<Pointer> {
        let is_nested = |ty: &Type, way: Way| {
            way != Way::Json && *ty.innermost() == Type::File && way.innermost(ty) == Way::Json
        };
        let mut found = Vec::new();
        for request in operations.iter().filter_map(|one| one.request.as_ref()) {
            let forms = request.payloads.iter().filter(|one| one.is_multipart());
            let nested = forms.filter(|form| is_nested(form.ty(), Way::Form));
            let content = request.origin.child("content");
            found.extend(nested.map(|form| content.child(form.media_type.as_str())));
        }
        let used = self.ways.iter();
        let used = used.flat_map(|(id, ways)| ways.iter().map(move |way| (id, way)));
        for (id, way) in used {
            let Some(Draft { def, .. }) = &drafts[id.0] else {
                continue;
            };
            let within = way.within(&def.shape);
            let types = placed(&def.shape, &def.origin).into_iter();
            let nested = types.filter(|(ty, _)| is_nested(ty, within));
            found.extend(nested.map(|(_, origin)| origin.clone()));
        }
        found
    }
}

/// The types that a shape contains, each with its place.
fn placed<'s>(shape: &'s Shape, origin: &'s Pointer) -> Vec<(&'s Type, &'s Pointer)> {
    match shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter();
            let mut found: Vec<_> = fields.map(|field| (&field.ty, &field.origin)).collect();
            if let Rest::Map(ty) = &object.rest {
                found.push((ty, origin));
            }
            found
        }
        Shape::Union(Union { variants, .. }) | Shape::Exclusive(variants) => {
            let variants = variants.iter();
            variants.map(|one| (&one.ty, &one.origin)).collect()
        }
        Shape::OpenEnum(_) => Vec::new(),
    }
}

/// Adds another type for a schema and an encoding.
fn copy(drafts: &mut Vec<Option<Draft>>, id: TypeId, way: Way) -> TypeId {
    let Some(mut draft) = drafts[id.0].clone() else {
        return id;
    };
    let suffix = way.suffix();
    let rust = draft.def.name.rust().to_owned();
    let further = draft
        .longer
        .iter()
        .map(|longer| format!("{longer} {suffix}"));
    let further = further.chain([format!("{rust} as {suffix}")]);
    draft.longer = further.map(|words| type_name(&words)).collect();
    draft.standing = Standing::Inline;
    draft.def.name.rust = type_name(&format!("{rust} {suffix}"));
    let lines = &mut draft.def.doc.lines;
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(way.doc().to_owned());
    drafts.push(Some(draft));
    TypeId(drafts.len() - 1)
}

/// The types that an operation itself names, each with its encoding.
fn each_use(operation: &mut Operation) -> impl Iterator<Item = (&mut Type, Way)> {
    let requests = operation.request.iter_mut();
    let requests = requests.flat_map(|request| &mut request.payloads);
    let responses = operation.responses.iter_mut();
    let responses = responses.filter_map(|response| response.payload.as_mut());
    let payloads = requests.chain(responses);
    let payloads = payloads.filter(|payload| !matches!(payload.codec, Codec::Bytes(_)));
    let payloads = payloads.map(|payload| {
        let way = if payload.is_multipart() {
            Way::Form
        } else {
            Way::Json
        };
        (payload.ty_mut(), way)
    });
    let parameters = operation.parameters.iter_mut();
    payloads.chain(parameters.map(|parameter| (&mut parameter.ty, Way::Json)))
}

fn report_nested(pointer: &Pointer, document: &Document, findings: &mut Findings) {
    if let Some(at) = document.at(pointer) {
        let message = "a form cannot have a map of files or a list of lists of files";
        let help = "give each file a field, or list all of them in one array";
        let problem = Diagnostic::new(Code::UnsupportedSchema, &at, message).at_key();
        findings.push(problem.label("files that are not parts").help(help));
    }
}
