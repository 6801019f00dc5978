//! The schema of an item in a sequential media type: of an event, or of a line of JSON.
//!
//! ```yaml
//! application/jsonl: {schema: {$ref: '#/components/schemas/Entry'}}                           # 3.0 and 3.1: of each item
//! application/jsonl: {itemSchema: {$ref: '#/components/schemas/Entry'}}                       # 3.2
//! application/jsonl: {schema: {type: array, items: {$ref: '#/components/schemas/Entry'}}}     # 3.2: of all items together
//! ```

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Version};
use crate::lower::schema::json_type::JsonType;
use crate::lower::{Lowered, Lowering, Place};

impl<'d> Lowering<'d> {
    /// Lowers the value of a line.
    pub(in crate::lower) fn line(&mut self, content: &At<'d>, place: &Place) -> Lowered {
        match self.item_schema(content) {
            Some(item) => self.lower(&item, place),
            None => {
                let reason = "a sequence without a schema for its items";
                Lowered::of(self.findings.untyped(content, reason))
            }
        }
    }

    /// The schema of each item; `None` if the document does not describe the items.
    pub(in crate::lower) fn item_schema(&mut self, content: &At<'d>) -> Option<At<'d>> {
        let schema = content.get("schema");
        if self.findings.version < Version::V3_2 {
            return schema;
        }
        let Some(item) = content.get("itemSchema") else {
            return self.item_of(&schema?);
        };
        if let Some(schema) = schema {
            let reason = "`itemSchema` describes each item";
            self.findings.note(schema.pointer().clone(), reason);
        }
        Some(item)
    }

    /// The item schema of a sequence that is described as an array (`OpenAPI` 3.2.0, section
    /// 4.14.3.1).
    fn item_of(&mut self, schema: &At<'d>) -> Option<At<'d>> {
        let read = self.branch(schema).schema;
        if read.items.is_some()
            || read.says_nothing()
            || read.single_type() == Some(JsonType::Array)
        {
            return read.items;
        }
        let message = "`schema` describes all items of a sequence together, as a list";
        let problem = Diagnostic::new(Code::InvalidItemSchema, schema, message)
            .at_key()
            .label("not a list")
            .assuming("it describes each item")
            .help("write `itemSchema`");
        self.findings.push(problem);
        Some(schema.clone())
    }
}
