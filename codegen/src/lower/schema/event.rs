//! Marks on the events of a stream.
//!
//! ```yaml
//! oneOf:
//! - $ref: '#/components/schemas/Delta'
//! - $ref: '#/components/schemas/Done'     # x-stream-last: true
//! - $ref: '#/components/schemas/Failed'   # x-stream-error: true
//! discriminator: {propertyName: type}
//! ```
//!
//! The reader reports a stream that ends without `Done` as an error, and also an event of the kind
//! `Failed`. With `x-stream-error: error`, so is every event whose member `error` is an object or
//! a non-empty string.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::model::{ErrorEvent, Tag};

use crate::lower::keyword::flag;
use crate::lower::schema::Schema;
use crate::lower::schema::union::Branch;
use crate::lower::{Lowered, Lowering};

/// The part that an event plays in its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Mark {
    /// It is the API's error.
    Error,
    /// An event of this kind ends a successful stream.
    Last,
}

const MARKS: [(&str, Mark); 2] = [
    ("x-stream-error", Mark::Error),
    ("x-stream-last", Mark::Last),
];

impl<'d> Lowering<'d> {
    /// The mark of an alternative. An event cannot be both an error and a successful end.
    pub(in crate::lower) fn mark(&mut self, branch: &Branch<'d>) -> Option<Mark> {
        let found = MARKS.map(|(key, mark)| {
            let at = branch.target.get(key)?;
            let names_member =
                mark == Mark::Error && at.as_str().is_some_and(|name| !name.is_empty());
            let is_set = names_member || flag(&at, &mut self.findings)?;
            is_set.then_some((at, mark))
        });
        match found {
            [Some((_, error)), Some((last, _))] => {
                let message = "an event is either the API's error or the last of a stream";
                let problem = Diagnostic::new(Code::UnsupportedSchema, &last, message)
                    .at_key()
                    .label("beside `x-stream-error`")
                    .help("mark the event that comes last when nothing goes wrong");
                self.findings.push(problem);
                Some(error)
            }
            [first, second] => first.or(second).map(|(_, mark)| mark),
        }
    }

    /// The event that the description marks as the API's error.
    pub(in crate::lower) fn error_event(
        &mut self,
        schema: &Schema<'d>,
        tag: &Tag,
        branch: &Branch<'d>,
        lowered: Lowered,
    ) -> ErrorEvent {
        let tags = self.error_tags(schema, &tag.wire, branch);
        let member = branch.target.get("x-stream-error");
        let member = member.and_then(|member| member.as_str());
        ErrorEvent {
            ty: lowered.ty,
            tags,
            member: member.map(str::to_owned),
            origin: branch.at.pointer().clone(),
        }
    }

    /// Reports marks on alternatives that no string distinguishes: the kind of such an event is
    /// known only after it has been read.
    pub(in crate::lower) fn refuse_marks(&mut self, branches: &[Branch<'d>]) {
        for branch in branches {
            for (key, _) in MARKS {
                let marked = |at: &At<'d>| at.as_bool() != Some(false);
                let Some(at) = branch.target.get(key).filter(marked) else {
                    continue;
                };
                let message = format!("`{key}` marks an event of a union whose tag is a string");
                let problem = Diagnostic::new(Code::UnsupportedSchema, &at, message)
                    .at_key()
                    .label("the union has no such tag")
                    .help("give the union a `discriminator` with strings, or its members a property with one string each");
                self.findings.push(problem);
            }
        }
    }
}
