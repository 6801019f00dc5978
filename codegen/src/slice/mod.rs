//! The part of a description that some operations need, in its order and wording.
//!
//! ```yaml
//! openapi: 3.1.0
//! info: {title: Lamps, version: 1.0.0}   # kept, as are `servers`, `externalDocs` and `jsonSchemaDialect`
//! paths:
//!   /lamps:
//!     parameters: []                     # kept: it holds for each operation of the path
//!     get: {operationId: listLamps}      # not wanted, so it goes
//!     post:                              # wanted
//!       operationId: createLamp
//!       requestBody: {$ref: '#/components/requestBodies/Lamp'}
//! components:
//!   requestBodies:
//!     Lamp: {content: {}}                # kept, because a kept part refers to it; so are tags and security schemes
//!     Room: {content: {}}                # goes
//!   schemas: {Room: {}}                  # goes, and with its last component the kind
//! ```
//!
//! `reach` finds the kept parts, and `cut` copies their text: each member as it is written,
//! without the comments and blank lines between members. So a slice changes only when a part does
//! that the operations need, and the slice of a slice is the same text.
//!
//! Text cannot always be cut: the anchor of an alias may be in a removed part, the last line
//! breaks of a block scalar may belong to its value (`|+`). So the result is read again, and
//! compared with the expected part. If it differs, the part is written as JSON, which is YAML too.

mod cut;
mod json;
mod kept;
mod reach;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Node, Order, Source};
use crate::lower;

use cut::cut;
use reach::reach;

/// The text of the part of a description that the operations with these ids need.
///
/// That is, in the order of the description:
///
/// - `openapi`, `info`, `servers`, `externalDocs` and `jsonSchemaDialect`; `security` if a kept
///   operation has none of its own;
/// - of `paths` the operations, with all other members of their Path Item Objects; the same at the
///   target of a Path Item Object's `$ref`;
/// - of `tags` those that a kept operation names;
/// - what a kept part refers to, wherever that is, with `$ref`, with the `mapping` of a
///   discriminator or as the name of a security scheme. A component is kept whole, as is the
///   operation, the webhook or the member of the root in which a reference ends.
///
/// The `operationId` and `operationRef` of a Link Object are not followed: they name another
/// operation. References that lead nowhere, or out of the document, are left as they are;
/// [`generate`](crate::generate) reports them.
///
/// A description may have been changed by overlays. Its slice is JSON if an overlay has changed a
/// kept part, since that part has no text.
///
/// Numbers that JSON writes in another way, such as `0x1F`, are changed only where a slice has to
/// be written as JSON; there, infinities and NaN become `null`.
///
/// # Errors
///
/// The document is not an `OpenAPI` description of a supported version, has no operation with one
/// of the ids, or has two with the same id.
pub fn slice(document: &Document, operations: &[String]) -> Result<String, Diagnostics> {
    let wanted = lower::select(document, operations)?;
    let kept = reach(document, &wanted);
    let part = kept.of(document.root().node());
    let text = cut(document, &kept).filter(|text| reads_as(text, &part));
    Ok(text.unwrap_or_else(|| json::write(&part)))
}

fn reads_as(text: &str, part: &Node) -> bool {
    let read = Document::parse(Source::new("slice", text));
    read.is_ok_and(|read| read.root().node().is_same(part, Order::Counts))
}
