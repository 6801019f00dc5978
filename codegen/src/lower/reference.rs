//! Follows `$ref`: only inside the document, and never in circles.

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::document::{At, Pointer};

use super::{Lowered, Lowering, Place, Referenced};
use crate::model::Type;

impl<'d> Lowering<'d> {
    /// The place that a `$ref` leads to, through any references there.
    pub(super) fn resolve(&mut self, reference: &At<'d>) -> Option<At<'d>> {
        let mut seen: Vec<Pointer> = Vec::new();
        let mut reference = reference.clone();
        loop {
            let target = self.follow(&reference)?;
            let only_reference = target
                .as_mapping()
                .is_some_and(|mapping| mapping.len() == 1);
            let Some(next) = target.get("$ref").filter(|_| only_reference) else {
                return Some(target);
            };
            if seen.contains(target.pointer()) {
                let message = format!(
                    "the reference `{}` leads back to itself",
                    reference.as_str().unwrap_or_default()
                );
                self.findings.push(
                    Diagnostic::new(Code::ReferenceCycle, &reference, message)
                        .label("nothing but references on the way")
                        .help("let one of the references on the way be a schema"),
                );
                return None;
            }
            seen.push(target.pointer().clone());
            reference = next;
        }
    }

    /// One step: the place that the text of a `$ref` names.
    pub(super) fn follow(&mut self, reference: &At<'d>) -> Option<At<'d>> {
        let Some(text) = reference.as_str() else {
            let problem = Diagnostic::new(Code::InvalidReference, reference, "`$ref` is a string")
                .label("not a string")
                .help("write `$ref: '#/components/schemas/Name'`");
            self.findings.push(problem);
            return None;
        };
        if !text.starts_with('#') {
            let problem = Diagnostic::new(
                Code::RemoteReference,
                reference,
                format!("`{text}` leads out of the document"),
            )
            .label("another document")
            .help("bundle the description into one document");
            self.findings.push(problem);
            return None;
        }
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

    /// What a reference that leads nowhere may have meant.
    fn neighbours(&self, text: &str, reference: &At<'d>) -> String {
        let Some((folder, last)) = text.rsplit_once('/') else {
            return "write `#/components/schemas/Name`".to_owned();
        };
        // What holds the reference was not meant by it.
        let holder = reference.pointer().parent().unwrap_or_default();
        let siblings = Pointer::from_reference(folder)
            .ok()
            .and_then(|pointer| self.document.at(&pointer));
        let siblings = siblings.iter().flat_map(At::members);
        let siblings = siblings.filter(|(_, at)| *at.pointer() != holder);
        let near = suggest(last, siblings.map(|(key, _)| key.name.as_str()));
        match near {
            Some(near) => format!("did you mean `{folder}/{near}`?"),
            None => format!("add `{last}` to `{folder}`, or mend the reference"),
        }
    }

    /// The schema that a `$ref` leads to, lowered once for all references.
    pub(super) fn referenced(&mut self, target: &At<'d>) -> Lowered {
        let key = target.pointer().to_string();
        match self.referenced.get(&key) {
            Some(Referenced::Done(lowered)) => return lowered.clone(),
            Some(Referenced::Begun(id)) => return Lowered::of(Type::Named(*id)),
            None => {}
        }
        let id = self.reserve();
        self.referenced.insert(key.clone(), Referenced::Begun(id));
        let place = Self::place_of(target, id);
        let mut lowered = self.lower(target, &place);
        if self.types[id.0].is_none() && mentions(&lowered.ty, id) {
            let problem = Diagnostic::new(
                Code::ReferenceCycle,
                target,
                "this schema is a list or map of itself",
            )
            .at_key()
            .label("a Rust type cannot be its own list")
            .help("give it an object with a name between the list and itself");
            self.findings.push(problem);
            lowered = Lowered::of(Type::Json);
        }
        self.referenced
            .insert(key, Referenced::Done(lowered.clone()));
        lowered
    }

    /// A component has the name of its key; any other target that of the path to it.
    fn place_of(target: &At<'d>, id: crate::model::TypeId) -> Place {
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
                Place::component(
                    &rest
                        .iter()
                        .filter(|s| *s != "properties")
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(" "),
                    id,
                )
            }
            all => Place::component(&all.join(" "), id),
        }
    }
}

fn mentions(ty: &Type, id: crate::model::TypeId) -> bool {
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
