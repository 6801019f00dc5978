//! Decides everything: from a document to an [`Api`].
//!
//! ```yaml
//! size:                              # Field { name: size, presence: Optional, ty: Named(ImageSize) }
//!   anyOf:                           # TypeDef { name: ImageSize, shape: OpenEnum([…]) }
//!   - {type: string}
//!   - {type: string, enum: [auto]}
//!   x-rust-name: ImageSize
//! ```
//!
//! Schemas are lowered where an operation reaches them. `schema` reads what a place says, in the spelling of either
//! version, and `compose` puts together what is spread by `allOf`; `types` tells the shapes apart, and `object`,
//! `exclusive`, `union`, `beside`, `one_or_many`, `enumeration` and `rule` lower one shape each; `selection`, `path`,
//! `template`, `parameter`, `operation`, `body`, `response`, `header`, `by_status`, `security` and `server` do what an
//! operation says; `naming` and `settle` do what can only be done with all types at hand. Every
//! problem is gathered, and shown only at the end; `check` looks where no operation leads, and `supported` tries which
//! operations can be lowered.

mod check;
mod compose;
mod doc;
mod findings;
mod http;
mod keyword;
mod names;
mod reference;
mod root;
mod schema;
mod settle;
mod supported;
mod syntax;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::document::{At, Document, Pointer, Span, Version};
use crate::model::{
    Api, Doc, EnumValue, Limits, Name, Operation, Server, Shape, Type, TypeDef, TypeId, Use,
};

use findings::Findings;
use http::{security, server};
use names::naming::Standing;
use names::place::Place;
use schema::Schema;
use settle::{files, union_cycle};

pub use check::check;
pub use doc::plain;
pub(crate) use http::path::{Found, is_additional, is_operation};
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
pub fn lower(document: &Document, operations: &[String]) -> Result<Api, Diagnostics> {
    let mut lowering = Lowering::new(document);
    lowering.check_root();
    lowering.read_root_servers();
    let lowered = lowering.operations(operations);
    lowering.finish(lowered)
}

/// The state of a run.
struct Lowering<'d> {
    document: &'d Document,
    findings: Findings,
    /// Types by id; `None` is a component that is still being lowered, or is no type of its own.
    types: Vec<Option<Draft>>,
    /// Types by the Rust name that their places ask for first.
    names: BTreeMap<String, Vec<TypeId>>,
    /// What has become of each referenced schema, by pointer.
    referenced: BTreeMap<String, Referenced>,
    /// The schemas that are being lowered, each with its id if it has one already.
    open: BTreeMap<Pointer, Option<TypeId>>,
    /// Ids of schemas that became no types of their own, and what they became.
    stands_for: BTreeMap<TypeId, Type>,
    /// So many references are being followed.
    depth: usize,
    /// The schemas whose alternatives are being put together with what stands beside them.
    around: Vec<Pointer>,
    /// What has become of each schema that others are composed of (`allOf`), by pointer.
    flattened: BTreeMap<Pointer, Schema<'d>>,
    /// What callers get of the events that a schema describes (3.2), by pointer.
    events: BTreeMap<Pointer, Lowered>,
    /// The schemas that describe events, and are not lowered as such.
    event_items: BTreeSet<Pointer>,
    /// Where a `default` stands that its schema does not admit.
    refused_defaults: BTreeSet<Pointer>,
    /// The security schemes that operations name.
    schemes: security::Schemes,
    /// Every server that the root or an operation names, once.
    servers: Vec<Server>,
    known_servers: BTreeMap<server::Key, usize>,
    /// Those of the root, as indices.
    root_servers: Vec<usize>,
    /// What relative links in prose are relative to: `externalDocs.url`.
    base: Option<&'d str>,
}

/// A type with the place that orders it.
#[derive(Clone)]
struct Draft {
    def: TypeDef,
    span: Span,
    standing: Standing,
    /// The names that it takes, one after the other, if another type has its own.
    longer: Vec<String>,
}

/// What has become of a referenced schema.
#[derive(Clone)]
enum Referenced {
    /// It is being lowered; the id is its own if it becomes a type.
    Begun(TypeId),
    Done(Box<Lowered>),
}

/// A schema as a value can use it.
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

    /// Anything, in the place of what has been reported.
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
            types: Vec::new(),
            names: BTreeMap::new(),
            referenced: BTreeMap::new(),
            open: BTreeMap::new(),
            stands_for: BTreeMap::new(),
            depth: 0,
            around: Vec::new(),
            flattened: BTreeMap::new(),
            events: BTreeMap::new(),
            event_items: BTreeSet::new(),
            refused_defaults: BTreeSet::new(),
            schemes: security::Schemes::default(),
            servers: Vec::new(),
            known_servers: BTreeMap::new(),
            root_servers: Vec::new(),
            base,
        }
    }

    /// Makes a type of a shape, or finds the type that already is it.
    fn define(&mut self, at: &At<'d>, place: &Place, shape: Shape, doc: Doc) -> Type {
        if let Some(id) = self.shared(place, &shape) {
            self.share(id, at, place, &shape);
            return Type::Named(id);
        }
        let id = self.own_id(at, place).unwrap_or_else(|| self.reserve());
        let rust = place.name.rust().to_owned();
        self.names.entry(rust).or_default().push(id);
        let def = TypeDef {
            name: place.name.clone(),
            doc,
            shape,
            origin: at.pointer().clone(),
            used: Use::default(),
            in_parameter: false,
            module: crate::model::Module::Types,
            holds_file: false,
            has_base64: false,
        };
        self.types[id.0] = Some(Draft {
            def,
            span: at.span(),
            standing: place.standing(),
            longer: place.longer(),
        });
        Type::Named(id)
    }

    /// The id that waits for the type of this place.
    fn own_id(&self, at: &At<'d>, place: &Place) -> Option<TypeId> {
        if place.is_alternative {
            return None;
        }
        let open = self.open.get(at.pointer()).copied().flatten();
        place.id.or(open)
    }

    /// The type that this one is: two places with one name are one type if the document asks for it
    /// and both are alike.
    fn shared(&self, place: &Place, shape: &Shape) -> Option<TypeId> {
        let mut known = self.names.get(place.name.rust())?.iter().copied();
        known.find(|id| {
            self.types[id.0].as_ref().is_some_and(|known| {
                let asked = place.pinned || known.standing == Standing::Pinned;
                asked && alike(&known.def.shape, shape)
            })
        })
    }

    fn share(&mut self, id: TypeId, at: &At<'d>, place: &Place, shape: &Shape) {
        let own = self.own_id(at, place).filter(|own| *own != id);
        if let Some(own) = own {
            self.stands_for.insert(own, Type::Named(id));
        }
        let Some(known) = self.types[id.0].as_mut() else {
            return;
        };
        known.standing = known.standing.max(place.standing());
        if let (Shape::OpenEnum(known), Shape::OpenEnum(more)) = (&mut known.def.shape, shape) {
            known.others |= more.others;
        }
        if place.id.is_some() {
            known.def.name = place.name.clone();
            known.def.origin = at.pointer().clone();
            known.span = at.span();
            take_origins(&mut known.def.shape, shape);
        }
    }

    fn reserve(&mut self) -> TypeId {
        self.types.push(None);
        TypeId(self.types.len() - 1)
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
        let mut drafts = std::mem::take(&mut self.types);
        settle::resolve(&mut drafts, &mut operations, &self.stands_for);
        let (document, findings) = (self.document, &mut self.findings);
        files::settle(&mut drafts, &mut operations, document, findings);
        self.settle_names(&mut drafts, &mut operations);
        self.name_servers(&operations);
        let schemes = std::mem::take(&mut self.schemes);
        let (security, security_schemes) =
            schemes.in_order(self.security_schemes().as_ref(), &mut operations);
        let api = Api {
            title: title.to_owned(),
            servers: std::mem::take(&mut self.servers),
            root_servers: std::mem::take(&mut self.root_servers),
            types: Vec::new(),
            operations,
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

/// The values of an enum come from where the enum itself does.
fn take_origins(known: &mut Shape, shape: &Shape) {
    let (Shape::OpenEnum(known), Shape::OpenEnum(more)) = (known, shape) else {
        return;
    };
    let values = more.values.iter();
    let origins: BTreeMap<_, _> = values.map(|value| (&value.name, &value.origin)).collect();
    for value in &mut known.values {
        if let Some(origin) = origins.get(&value.name) {
            value.origin = Pointer::clone(origin);
        }
    }
}

/// Whether two shapes are one: enums are sets, their order is not compared.
fn alike(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (Shape::OpenEnum(one), Shape::OpenEnum(other)) => {
            let names = |values: &[EnumValue]| -> BTreeSet<Name> {
                values.iter().map(|value| value.name.clone()).collect()
            };
            names(&one.values) == names(&other.values)
        }
        (one, other) => one == other,
    }
}
