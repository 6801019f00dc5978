//! Follows `$ref` inside the document, and detects cycles. `$recursiveRef` refers to an enclosing
//! schema.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Pointer};

use super::{Lowered, Lowering, Place, Referenced};
use crate::model::{Type, TypeId};

/// The target of most references.
const COMPONENTS: &str = "#/components/schemas";

/// Components that are not schemas (`OpenAPI` 3.2.0, section 4.7).
const OTHERS: [&str; 10] = [
    "callbacks",
    "examples",
    "headers",
    "links",
    "mediaTypes",
    "parameters",
    "pathItems",
    "requestBodies",
    "responses",
    "securitySchemes",
];

/// The reference of JSON Schema 2019-09 to an enclosing schema. Descriptions of 3.1 use it, too.
pub(super) const RECURSIVE: &str = "$recursiveRef";

/// Maximum length of a chain of references before a schema.
const STEPS: usize = 100;

/// Maximum length of a chain of schemas from an operation, each of which refers to the next.
const WAY: usize = 5_000;

impl<'d> Lowering<'d> {
    /// The place that a `$ref` leads to, through any references there.
    pub(super) fn resolve(&mut self, reference: &At<'d>) -> Option<At<'d>> {
        let mut seen: BTreeSet<Pointer> = BTreeSet::new();
        let mut reference = reference.clone();
        loop {
            let target = self.follow(&reference)?;
            let only_reference = target
                .as_mapping()
                .is_some_and(|mapping| mapping.len() == 1);
            let Some(next) = target.get("$ref").filter(|_| only_reference) else {
                return Some(target);
            };
            if seen.len() == STEPS {
                self.too_deep(&next, "more than 100 references follow each other");
                return None;
            }
            if !seen.insert(target.pointer().clone()) {
                let message = format!(
                    "the reference `{}` leads back to itself",
                    reference.as_str().unwrap_or_default()
                );
                self.findings.push(
                    Diagnostic::new(Code::ReferenceCycle, &reference, message)
                        .label("only references in between")
                        .help("replace one of the references with a schema"),
                );
                return None;
            }
            reference = next;
        }
    }

    /// The schema that a `$ref` leads to; a component of another kind is not a schema, even if its
    /// keywords look like one.
    pub(super) fn resolve_schema(&mut self, reference: &At<'d>) -> Option<At<'d>> {
        let target = self.resolve(reference)?;
        let segments: Vec<_> = target.pointer().segments().collect();
        let [components, kind, _] = segments.as_slice() else {
            return Some(target);
        };
        let is_other = components == "components" && OTHERS.contains(&&**kind);
        if !is_other {
            return Some(target);
        }
        let help = match target.get("schema") {
            Some(schema) => format!("did you mean `#{}`?", schema.pointer()),
            None => format!("refer to a schema, most likely in `{COMPONENTS}`"),
        };
        let message = format!(
            "`#{}` is not a schema, but one of `{kind}`",
            target.pointer()
        );
        let problem = Diagnostic::new(Code::InvalidReference, reference, message)
            .label("a schema is expected here")
            .help(help);
        self.findings.push(problem);
        None
    }

    /// One step: the place that the text of a `$ref` names.
    pub(super) fn follow(&mut self, reference: &At<'d>) -> Option<At<'d>> {
        let keyword = reference.pointer().segments().next_back();
        if keyword.is_some_and(|keyword| keyword == RECURSIVE) {
            return self.recursive_anchor(reference);
        }
        let Some(text) = reference.as_str() else {
            let problem = Diagnostic::new(Code::InvalidReference, reference, "`$ref` is a string")
                .label("not a string")
                .help("write `$ref: '#/components/schemas/Name'`");
            self.findings.push(problem);
            return None;
        };
        let Some(text) = self.document.local(text) else {
            let problem = Diagnostic::new(
                Code::RemoteReference,
                reference,
                format!("`{text}` leads out of the document"),
            )
            .label("another document")
            .help(
                self.component(text)
                    .unwrap_or_else(|| "bundle the description into one document".to_owned()),
            );
            self.findings.push(problem);
            return None;
        };
        let pointer = match Pointer::from_reference(text) {
            Ok(pointer) => pointer,
            Err(error) => {
                let problem = Diagnostic::new(
                    Code::InvalidReference,
                    reference,
                    format!("`{text}`: {error}"),
                )
                .label("not a JSON Pointer")
                .help("write `#/components/schemas/Name`");
                self.findings.push(problem);
                return None;
            }
        };
        if pointer == Pointer::root() {
            let message = format!("`{text}` is the whole description");
            let problem = Diagnostic::new(Code::InvalidReference, reference, message)
                .label("not a part of it")
                .help("write `#/components/schemas/Name`");
            self.findings.push(problem);
            return None;
        }
        let target = self.document.at(&pointer);
        if target.is_none() {
            let problem = Diagnostic::new(
                Code::UnresolvedReference,
                reference,
                format!("`{text}` does not exist"),
            )
            .label("nothing at this pointer")
            .help(self.neighbours(text, reference));
            self.findings.push(problem);
        }
        target
    }

    /// The nearest enclosing schema with `$recursiveAnchor: true` (JSON Schema 2019-09, section
    /// 8.2.4.2). Without one, any value is valid.
    fn recursive_anchor(&self, reference: &At<'d>) -> Option<At<'d>> {
        let mut above = reference.pointer().parent();
        while let Some(pointer) = above {
            let schema = self.document.at(&pointer)?;
            let anchor = schema.get("$recursiveAnchor");
            if anchor.is_some_and(|anchor| anchor.as_bool() == Some(true)) {
                return Some(schema);
            }
            above = pointer.parent();
        }
        None
    }

    /// Suggests the intended target of a reference that leads nowhere.
    fn neighbours(&self, text: &str, reference: &At<'d>) -> String {
        let Some((folder, last)) = text.rsplit_once('/') else {
            return "write `#/components/schemas/Name`".to_owned();
        };
        // The holder of the reference is not a candidate.
        let holder = reference.pointer().parent().unwrap_or_default();
        let siblings = Pointer::from_reference(folder)
            .ok()
            .and_then(|pointer| self.document.at(&pointer));
        let siblings = siblings.iter().flat_map(At::members);
        let siblings = siblings.filter(|(_, at)| *at.pointer() != holder);
        let near = suggest(last, siblings.map(|(key, _)| key.name.as_str()));
        let component = self.component(last).filter(|_| folder != COMPONENTS);
        match (near, component) {
            (Some(near), _) => format!("did you mean `{folder}/{near}`?"),
            (None, Some(component)) => component,
            (None, None) => format!("add `{last}` to `{folder}`, or fix the reference"),
        }
    }

    /// The component that was most likely meant by a plain name.
    fn component(&self, name: &str) -> Option<String> {
        let place = Pointer::from_reference(COMPONENTS).ok()?.child(name);
        self.document.at(&place)?;
        Some(format!("did you mean `#{place}`?"))
    }

    /// The schema that a `$ref` leads to, lowered once for all references.
    pub(super) fn referenced(&mut self, target: &At<'d>) -> Lowered {
        let key = target.pointer().to_string();
        match self.referenced.get(&key) {
            Some(Referenced::Done(lowered)) => return (**lowered).clone(),
            Some(Referenced::Begun(id)) => {
                let ty = Type::Named(*id);
                let nullable = self.admits_null(target);
                return Lowered {
                    nullable,
                    ..Lowered::of(ty)
                };
            }
            None => {}
        }
        if self.depth == WAY {
            self.too_deep(
                target,
                "more than 5,000 schemas refer to each other in a row",
            );
            return Lowered::refused();
        }
        let id = self.registry.reserve();
        self.referenced.insert(key.clone(), Referenced::Begun(id));
        let place = Self::place_of(target, id);
        self.depth += 1;
        let lowered = self.lower(target, &place);
        self.depth -= 1;
        let lowered = self.without_itself(target, id, lowered);
        self.referenced
            .insert(key, Referenced::Done(Box::new(lowered.clone())));
        lowered
    }

    /// The result for a schema that may refer to itself by this id; an error if it is a list of
    /// itself.
    pub(super) fn without_itself(&mut self, at: &At<'d>, id: TypeId, lowered: Lowered) -> Lowered {
        if self.registry.draft(id).is_some() {
            return lowered;
        }
        if !mentions(&lowered.ty, id) {
            self.registry.stand_for(id, lowered.ty.clone());
            return lowered;
        }
        let message = "this schema is a list or map of itself";
        let problem = Diagnostic::new(Code::ReferenceCycle, at, message)
            .at_key()
            .label("a Rust type cannot be its own list")
            .help("put a named object between the list and itself");
        self.findings.push(problem);
        Lowered::refused()
    }

    pub(super) fn too_deep(&mut self, at: &At<'d>, message: &str) {
        let problem = Diagnostic::new(Code::NestingLimit, at, message)
            .at_key()
            .label("the limit is reached here")
            .help(
                "shorten the chain: refer to this schema from one that is closer to the operation",
            );
        self.findings.push(problem);
    }

    /// The place of a target: a component has the name of its key, any other target the name of
    /// its path.
    fn place_of(target: &At<'d>, id: TypeId) -> Place {
        let segments: Vec<String> = target
            .pointer()
            .segments()
            .map(|segment| segment.to_string())
            .collect();
        match segments.as_slice() {
            [components, schemas, name] if components == "components" && schemas == "schemas" => {
                Place::component(name, id)
            }
            [components, schemas, rest @ ..]
                if components == "components" && schemas == "schemas" =>
            {
                Place::referenced(
                    &rest
                        .iter()
                        .filter(|s| *s != "properties")
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(" "),
                    id,
                )
            }
            all => Place::referenced(&all.join(" "), id),
        }
    }
}

fn mentions(ty: &Type, id: TypeId) -> bool {
    match ty {
        Type::Named(named) => *named == id,
        Type::Option(inner)
        | Type::List(inner)
        | Type::OneOrMany(inner)
        | Type::Map(inner)
        | Type::Boxed(inner) => mentions(inner, id),
        _ => false,
    }
}

/// The name of the component that a schema is.
pub(in crate::lower) fn component(pointer: &Pointer) -> Option<String> {
    let segments: Vec<_> = pointer.segments().collect();
    match segments.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.clone().into_owned())
        }
        _ => None,
    }
}
