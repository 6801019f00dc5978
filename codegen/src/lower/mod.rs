//! Makes all decisions: from a document to an [`Api`].
//!
//! ```yaml
//! size:                              # Field { name: size, presence: Optional, ty: Named(ImageSize) }
//!   anyOf:                           # TypeDef { name: ImageSize, shape: OpenEnum([…]) }
//!   - {type: string}
//!   - {type: string, enum: [auto]}
//!   x-rust-name: ImageSize
//! ```
//!
//! | module | decisions |
//! |---|---|
//! | `http` | operations: path, parameters, bodies, responses, credentials, servers |
//! | `schema` | the shape of each schema; each shape has a module |
//! | `names` | Rust names: the name of a place, and the place that gets a name several ask for |
//! | `registry` | the types: the only module that defines one |
//! | `reference`, `compose` | references (`$ref`) and compositions (`allOf`) |
//! | `settle` | decisions that need all types: order, direction, boxes, files |
//! | `findings` | all problems, reported at the end |
//!
//! Schemas are lowered where an operation reaches them. `check` checks the rest of the document.
//! `supported` finds the operations that can be lowered.

mod check;
mod compose;
mod doc;
mod findings;
mod http;
mod keyword;
mod names;
mod reference;
mod registry;
mod root;
mod schema;
mod settle;
mod supported;
mod syntax;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Pointer, Version};
use crate::model::{Api, Group, Layout, Limits, Operation, Type, TypeId};

use findings::Findings;
use http::{security, server};
use names::place::Place;
use registry::{Draft, Registry};
use schema::Schema;
use settle::{files, union_cycle};

pub use check::check;
pub use doc::plain;
pub(crate) use http::method::{is_additional, is_operation};
pub(crate) use http::path::Found;
pub use http::path::{OperationSummary, operations};
pub use http::selection::selected;
pub(crate) use http::selection::{parent, select};
pub use supported::{LeftOut, Supported, supported};

/// Lowers the operations with these ids, or all operations if there are none.
///
/// # Errors
///
/// Every problem of the document that the selected operations reach, if there is an error among
/// them.
pub fn lower(
    document: &Document,
    operations: &[String],
    layout: Layout,
) -> Result<Api, Diagnostics> {
    let mut lowering = Lowering {
        layout,
        ..Lowering::new(document)
    };
    lowering.check_root();
    lowering.read_root_servers();
    let lowered = lowering.operations(operations);
    lowering.finish(lowered)
}

/// The state of a run.
struct Lowering<'d> {
    document: &'d Document,
    findings: Findings,
    registry: Registry,
    /// The result for each referenced schema, by pointer.
    referenced: BTreeMap<String, Referenced>,
    /// The number of references that are being followed.
    depth: usize,
    /// The schemas whose alternatives are being composed with the keywords beside them.
    around: Vec<Pointer>,
    /// The composed form of each schema that is a part of others (`allOf`), by pointer.
    flattened: BTreeMap<Pointer, Schema<'d>>,
    /// The lowered data of events, by the pointer of the schema that describes the event (3.2).
    events: BTreeMap<Pointer, Lowered>,
    /// The schemas that describe events, which are not lowered as types.
    event_items: BTreeSet<Pointer>,
    /// The places of defaults that are not valid by their schemas.
    refused_defaults: BTreeSet<Pointer>,
    /// The security schemes that operations name.
    schemes: security::Schemes,
    servers: server::Servers,
    layout: Layout,
    /// The groups of the operations; empty in a flat crate.
    groups: Vec<Group>,
    /// The base URL of relative links in prose: `externalDocs.url`.
    base: Option<&'d str>,
}

/// The state of a referenced schema.
#[derive(Clone)]
enum Referenced {
    /// It is being lowered; the id is its own if it becomes a type.
    Begun(TypeId),
    Done(Box<Lowered>),
}

/// The type of a schema's values, with their bounds.
#[derive(Clone, Debug)]
struct Lowered {
    ty: Type,
    nullable: bool,
    limits: Limits,
}

impl Lowered {
    fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            limits: Limits::default(),
        }
    }

    /// Untyped JSON, in place of a schema that has been reported.
    fn refused() -> Self {
        Self::of(Type::Json)
    }
}

impl<'d> Lowering<'d> {
    fn new(document: &'d Document) -> Self {
        let base = document
            .root()
            .get("externalDocs")
            .and_then(|docs| docs.get("url"))
            .and_then(|url| url.as_str());
        Self {
            document,
            findings: Findings {
                version: Version::of(document).unwrap_or_default(),
                ..Findings::default()
            },
            registry: Registry::default(),
            referenced: BTreeMap::new(),
            depth: 0,
            around: Vec::new(),
            flattened: BTreeMap::new(),
            events: BTreeMap::new(),
            event_items: BTreeSet::new(),
            refused_defaults: BTreeSet::new(),
            schemes: security::Schemes::default(),
            servers: server::Servers::default(),
            layout: Layout::Flat,
            groups: Vec::new(),
            base,
        }
    }

    fn finish(mut self, mut operations: Vec<Operation>) -> Result<Api, Diagnostics> {
        let info = self.document.root().get("info");
        let title = info
            .and_then(|info| info.get("title"))
            .and_then(|title| title.as_str())
            .unwrap_or_default();
        let [mut notes, untyped] =
            [&mut self.findings.notes, &mut self.findings.untyped].map(|notes| {
                let mut notes = std::mem::take(notes);
                notes.sort();
                notes.dedup();
                notes
            });
        notes.retain(|note| !self.findings.understood.contains(&note.pointer));
        let (mut drafts, stands_for) = std::mem::take(&mut self.registry).into_drafts();
        settle::resolve(&mut drafts, &mut operations, &stands_for);
        let (document, findings) = (self.document, &mut self.findings);
        files::settle(&mut drafts, &mut operations, document, findings);
        self.settle_names(&mut drafts, &mut operations);
        self.name_servers(&operations);
        let schemes = std::mem::take(&mut self.schemes);
        let (security, security_schemes) =
            schemes.in_order(self.security_schemes().as_ref(), &mut operations);
        let api = Api {
            title: title.to_owned(),
            servers: std::mem::take(&mut self.servers.all),
            root_servers: std::mem::take(&mut self.servers.root),
            types: Vec::new(),
            operations,
            groups: std::mem::take(&mut self.groups),
            parts: Vec::new(),
            errors: Vec::new(),
            headers: Vec::new(),
            security,
            security_schemes,
            notes,
            untyped,
            warnings: Diagnostics::default(),
        };
        if self.findings.problems.has_errors() {
            return self.findings.problems.finish(api, self.document.sources());
        }
        let mut api = settle::settle(api, drafts);
        union_cycle::report(&api, self.document, &mut self.findings);
        api.warnings = self
            .findings
            .problems
            .only_warnings(self.document.sources())?;
        Ok(api)
    }
}
