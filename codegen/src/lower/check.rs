//! Finds the problems of a whole document, including parts that no operation reaches.
//!
//! ```yaml
//! paths: {}
//! components:
//!   schemas: {Image: {$ref: '#/components/schemas/Imgae'}}                     # unresolved-reference
//!   headers: {Limit: {schema: {type: int}}}                                    # wrong-type
//!   examples: {Image: {value: {$ref: 'whatever this means to the server'}}}    # no reference
//! ```

use crate::diagnostic::{Code, Diagnostics};
use crate::document::{At, Document};

use super::{Lowering, Place};

/// Checks the whole document. Returns the warnings.
///
/// # Errors
///
/// Every problem of the document, if there is an error among them.
pub fn check(document: &Document) -> Result<Diagnostics, Diagnostics> {
    let mut lowering = Lowering::new(document);
    lowering.check_root();
    let lowered = lowering.operations(&[]);
    let event_items = std::mem::take(&mut lowering.event_items);
    let reached = lowering.finish(lowered).map(|api| api.warnings);
    let mut lowering = Lowering {
        event_items,
        ..Lowering::new(document)
    };
    lowering.search(&document.root(), Holds::Keywords);
    let names = [Code::NameClash, Code::InvalidName];
    // Schemas that no operation reaches get no names, so they cannot clash.
    let mut problems = lowering.findings.problems;
    problems.retain(|problem| !names.contains(&problem.code));
    let everywhere = problems.only_warnings(document.sources());
    let all = |found: Result<Diagnostics, Diagnostics>| found.unwrap_or_else(|errors| errors);
    all(reached).and(all(everywhere)).only_warnings()
}

/// The meaning of the members of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Keywords of the specification.
    Keywords,
    /// Arbitrary names: `properties` may have a member `$ref`.
    Names,
    /// Components: schemas by name.
    Schemas,
    /// Security Scheme Objects of the components, by name.
    SecuritySchemes,
}

impl Holds {
    /// The contents of a keyword; `None` if they are a value of the API, which is not read.
    fn below(keyword: &str) -> Option<Self> {
        match keyword {
            "const" | "dataValue" | "default" | "enum" | "example" | "value" | "mapping"
            | "required" | "security" => None,
            "schemas" => Some(Self::Schemas),
            "securitySchemes" => Some(Self::SecuritySchemes),
            "$defs"
            | "additionalOperations"
            | "definitions"
            | "dependentSchemas"
            | "patternProperties"
            | "properties"
            | "callbacks"
            | "content"
            | "encoding"
            | "examples"
            | "headers"
            | "links"
            | "mediaTypes"
            | "paths"
            | "pathItems"
            | "requestBodies"
            | "responses"
            | "variables"
            | "webhooks" => Some(Self::Names),
            extension if extension.starts_with("x-") => None,
            _ => Some(Self::Keywords),
        }
    }
}

impl<'d> Lowering<'d> {
    fn search(&mut self, at: &At<'d>, holds: Holds) {
        for item in at.items() {
            self.search(&item, Holds::Keywords);
        }
        for (key, member) in at.members() {
            let below = match holds {
                Holds::Keywords => self.keyword(&key.name, &member),
                Holds::Names => Some(Holds::Keywords),
                Holds::Schemas => {
                    if !self.event_items.contains(member.pointer()) {
                        self.referenced(&member);
                    }
                    Some(Holds::Keywords)
                }
                Holds::SecuritySchemes => {
                    self.security_scheme(&key.name, &member);
                    Some(Holds::Keywords)
                }
            };
            if let Some(below) = below {
                self.search(&member, below);
            }
        }
    }

    fn keyword(&mut self, keyword: &str, at: &At<'d>) -> Option<Holds> {
        match keyword {
            "$ref" => drop(self.follow(at)),
            // The name is the place, which no other schema has.
            "security" => drop(self.requirements(at)),
            "servers" => drop(self.server_list(at)),
            "schema" => drop(self.lower(at, &Place::root(at.pointer().as_str()))),
            _ => {}
        }
        Holds::below(keyword)
    }
}
