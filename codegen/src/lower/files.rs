//! Where a binary string is a file.
//!
//! ```yaml
//! multipart/form-data: {schema: {type: object, properties: {image: {type: string, format: binary}}}}   # File
//! application/json:    {schema: {type: object, properties: {image: {type: string, format: binary}}}}   # String
//! ```
//!
//! A field of a form can be a file, a list of files, or a union with these among its variants. What is nested deeper is
//! a part of JSON, which has no files.

use super::Findings;
use super::graph::Graph;
use super::settle::{neighbours, shape_types, walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Pointer};
use crate::model::{Api, Codec, Form, Operation, Payload, Shape, Type, TypeId};

/// Schemas with a file where none can be written.
pub struct Misplaced {
    /// Fields of a form and JSON at once.
    pub in_json: Vec<Pointer>,
    /// Fields of a form, and variants of them, that hold files in a map or in a list of lists.
    pub nested: Vec<Pointer>,
}

impl Misplaced {
    /// Reports each of them.
    pub(super) fn report(&self, document: &Document, findings: &mut Findings) {
        let in_json = (
            "this schema has a file, and is used both in a form and as JSON",
            "JSON has no files",
            "give the form a schema of its own",
        );
        let nested = (
            "a form has no map of files, and no list of lists of them",
            "files that are not parts",
            "give each file a field, or list all of them in one array",
        );
        let in_json = self.in_json.iter().map(|pointer| (pointer, in_json));
        let nested = self.nested.iter().map(|pointer| (pointer, nested));
        for (pointer, (message, label, help)) in in_json.chain(nested) {
            if let Some(at) = document.at(pointer) {
                let problem = Diagnostic::new(Code::UnsupportedSchema, &at, message);
                findings.push(problem.at_key().label(label).help(help));
            }
        }
    }
}

/// Makes every other binary string a string, and marks the types that hold files.
pub fn settle(api: &mut Api) -> Misplaced {
    let graph = Graph::new(&api.types, neighbours);
    let roots = forms(api);
    let unions: Vec<TypeId> = roots.iter().flat_map(|id| unions_in(api, *id)).collect();
    let mut in_form = vec![false; api.types.len()];
    for id in roots.iter().chain(&unions) {
        in_form[id.0] = true;
    }
    let elsewhere = graph.reached(&beside_forms(api), |_| false);
    // Below a field of a form that is no union everything is JSON.
    let below = graph.reached(&roots, |id| unions.contains(&id));
    let mut misplaced = Misplaced {
        in_json: Vec::new(),
        nested: Vec::new(),
    };
    for (index, def) in api.types.iter_mut().enumerate() {
        let in_json = elsewhere[index] || (below[index] && !in_form[index]);
        let holds = holds_file(&def.shape);
        if in_form[index] && in_json && holds {
            misplaced.in_json.push(def.origin.clone());
        } else if !in_form[index] {
            shape_types(&mut def.shape, &mut without_files);
        }
        def.holds_file = in_form[index] && holds;
        if in_form[index] {
            misplaced.nested.extend(nested(&def.shape));
        }
    }
    for id in roots {
        let holds = unions_in(api, id)
            .iter()
            .any(|union| api.get(*union).holds_file);
        api.types[id.0].holds_file |= holds;
    }
    roots_without_files(api);
    misplaced
}

/// JSON that is a binary string, or a list of them, without a type of its own.
fn roots_without_files(api: &mut Api) {
    for operation in &mut api.operations {
        let requests = operation
            .request
            .iter_mut()
            .flat_map(|request| &mut request.payloads);
        let responses = operation
            .responses
            .iter_mut()
            .filter_map(|response| response.payload.as_mut());
        let payloads = requests
            .chain(responses)
            .filter(|payload| !is_multipart(payload) && !matches!(payload.codec, Codec::Bytes(_)));
        payloads.for_each(|payload| without_files(payload.ty_mut()));
        let parameters = operation.parameters.iter_mut();
        parameters.for_each(|parameter| without_files(&mut parameter.ty));
    }
}

/// The fields and variants of a shape that hold files deeper than a part can.
fn nested(shape: &Shape) -> Vec<Pointer> {
    let is_nested = |ty: &Type| {
        let item = match without_null(ty) {
            Type::List(inner) | Type::OneOrMany(inner) => without_null(inner),
            other => other,
        };
        *item != Type::File && has_file(item)
    };
    match shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter();
            let fields = fields.filter(|field| is_nested(&field.ty));
            fields.map(|field| field.origin.clone()).collect()
        }
        Shape::Union(union) => {
            let variants = union.variants.iter();
            let variants = variants.filter(|variant| is_nested(&variant.ty));
            variants.map(|variant| variant.origin.clone()).collect()
        }
        Shape::OpenEnum(_) | Shape::Exclusive(_) => Vec::new(),
    }
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) => inner,
        other => other,
    }
}

fn has_file(ty: &Type) -> bool {
    let mut found = false;
    walk(&mut ty.clone(), &mut |ty| found |= *ty == Type::File);
    found
}

fn is_multipart(payload: &Payload) -> bool {
    payload.form().is_some_and(Form::is_multipart)
}

/// The types of the forms that may have files.
pub(super) fn forms(api: &Api) -> Vec<TypeId> {
    let payloads = api.operations.iter().flat_map(Operation::payloads);
    let forms = payloads.filter_map(Payload::form);
    let forms = forms.filter(|form| form.is_multipart());
    forms.filter_map(|form| form.ty.named()).collect()
}

/// The types of all other requests, of parameters and of all responses.
pub(super) fn beside_forms(api: &Api) -> Vec<TypeId> {
    let operations = api.operations.iter();
    let payloads =
        operations.flat_map(|operation| operation.payloads().chain(operation.contents()));
    let others = payloads.filter(|payload| !is_multipart(payload));
    let others = others.filter_map(|payload| payload.ty().named());
    let operations = api.operations.iter();
    let parameters = operations.flat_map(|operation| &operation.parameters);
    others
        .chain(parameters.filter_map(|parameter| parameter.ty.named()))
        .collect()
}

/// The unions that are fields of an object.
fn unions_in(api: &Api, id: TypeId) -> Vec<TypeId> {
    let Shape::Struct(object) = &api.get(id).shape else {
        return Vec::new();
    };
    let named = object.fields.iter().filter_map(|field| field.ty.named());
    named
        .filter(|id| matches!(api.get(*id).shape, Shape::Union(_)))
        .collect()
}

fn holds_file(shape: &Shape) -> bool {
    let mut found = false;
    shape_types(&mut shape.clone(), &mut |ty| found |= has_file(ty));
    found
}

fn without_files(ty: &mut Type) {
    walk(ty, &mut |ty| {
        if *ty == Type::File {
            *ty = Type::String;
        }
    });
}
