//! Documents that are composed of everything a schema can say, a few schemas each.
//!
//! The same seed gives the same document.

use openapi_tests::meaning::component_name;
use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::{shapes, unions};

/// The way a document's values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The body of the operation and its response.
    Both,
    /// The response.
    Received,
    /// The body; the response is empty.
    Sent,
    /// The body, as a form, and the response.
    Form,
}

/// A document and the schema of its values.
pub struct Composed {
    pub document: Value,
    pub schema: Value,
    pub way: Way,
}

/// Number of schemas in a document, beside those that have to be there.
const SCHEMAS: usize = 9;

/// Keys of components: names of the emitted crate, of its prelude and of its modules, and such as
/// differ in little.
const COMPONENTS: [&str; 36] = [
    "Thing",
    "Pet",
    "Cat",
    "Dog",
    "Error",
    "ResponseError",
    "DecodeError",
    "Option",
    "Vec",
    "String",
    "Box",
    "Some",
    "Result",
    "Call",
    "T",
    "B",
    "R",
    "Echo",
    "EchoCall",
    "EchoBody",
    "Nullable",
    "Base64",
    "a",
    "x.y",
    "x-z",
    "Extra",
    "Upload",
    "Uri",
    "std",
    "core",
    "Self",
    "Type",
    "Default",
    "From",
    "Unknown",
    "Validate",
];

/// Names of members.
const MEMBERS: [&str; 40] = [
    "id",
    "type",
    "name",
    "value",
    "err",
    "self",
    "Self",
    "crate",
    "core",
    "std",
    "alloc",
    "response",
    "violation",
    "checker",
    "T",
    "a",
    "b",
    "+1",
    "-1",
    "unknown",
    "other",
    "additional",
    "new",
    "body",
    "call",
    "match",
    "async",
    "é",
    "日本",
    "x y",
    "0",
    "properties",
    "required",
    "nullable",
    "kind",
    "at",
    "object",
    "form",
    "is_nan",
    "json",
];

/// The document that is composed.
pub struct Composer {
    pub dice: Dice,
    /// True for `OpenAPI` 3.1, whose schemas are JSON Schema.
    pub is_3_1: bool,
    components: Map<String, Value>,
    left: usize,
}

/// The document of a seed.
pub fn document(seed: u64) -> Composed {
    let mut dice = Dice::new(seed);
    let way = *dice.one(&[
        Way::Both,
        Way::Both,
        Way::Both,
        Way::Received,
        Way::Sent,
        Way::Form,
    ]);
    let mut composer = Composer {
        is_3_1: dice.chance(2, 3),
        dice,
        components: Map::new(),
        left: SCHEMAS,
    };
    let schema = match way {
        Way::Form => {
            let shape = *composer.dice.one(&FORMS);
            shape(&mut composer, 3)
        }
        _ => composer.schema(3),
    };
    // Only a component is one type in both places.
    let travels_twice = matches!(way, Way::Both | Way::Form);
    let schema = if travels_twice || composer.dice.chance(1, 2) {
        composer.component(schema)
    } else {
        schema
    };
    Composed {
        document: composer.finish(way, &schema),
        schema,
        way,
    }
}

impl Composer {
    /// A schema that may have others in it, so many levels deep.
    pub fn schema(&mut self, depth: usize) -> Value {
        let is_leaf = depth == 0 || self.left == 0;
        self.left = self.left.saturating_sub(1);
        let schema = if is_leaf {
            shapes::scalar(self)
        } else {
            let shape = *self.dice.one(&SHAPES);
            shape(self, depth - 1)
        };
        if self.dice.chance(1, 5) {
            self.nullable(schema)
        } else {
            schema
        }
    }

    /// The schema, or null, in one of the ways to say so.
    pub fn nullable(&mut self, schema: Value) -> Value {
        let is_typed = schema.get("type").is_some_and(Value::is_string)
            && schema.get("enum").is_none()
            && schema.get("allOf").is_none();
        match (self.is_3_1, schema) {
            (true, Value::Object(mut members)) if is_typed && self.dice.chance(1, 2) => {
                let name = members["type"].clone();
                members.insert("type".to_owned(), json!([name, "null"]));
                Value::Object(members)
            }
            (true, schema) => {
                let union = *self.dice.one(&["anyOf", "oneOf"]);
                json!({ union: [schema, {"type": "null"}] })
            }
            (false, Value::Object(mut members)) if !members.contains_key("$ref") => {
                members.insert("nullable".to_owned(), json!(true));
                Value::Object(members)
            }
            (false, schema) => json!({"allOf": [schema], "nullable": true}),
        }
    }

    /// Makes a component of a schema and refers to it.
    pub fn component(&mut self, schema: Value) -> Value {
        let name = loop {
            let name = *self.dice.one(&COMPONENTS);
            if !self.components.contains_key(name) {
                break name;
            }
        };
        self.components.insert(name.to_owned(), schema);
        reference(name)
    }

    /// Refers to a component: a new one, or one that is there, perhaps that which is being made.
    pub fn referred(&mut self, depth: usize) -> Value {
        let known: Vec<String> = self.components.keys().cloned().collect();
        if !known.is_empty() && (self.left == 0 || self.dice.chance(1, 2)) {
            return reference(self.dice.one::<String>(&known));
        }
        let place = self.component(Value::Null);
        let name = component_name(&place).to_owned();
        let schema = self.schema(depth);
        self.components.insert(name, schema);
        place
    }

    /// So many different names of members.
    pub fn names(&mut self, count: usize) -> Vec<&'static str> {
        let mut names = Vec::new();
        while names.len() < count {
            let name = *self.dice.one(&MEMBERS);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn finish(self, way: Way, schema: &Value) -> Value {
        let media_type = if way == Way::Form {
            "multipart/form-data"
        } else {
            "application/json"
        };
        let mut operation =
            json!({"operationId": "echo", "responses": {"204": {"description": "Nothing"}}});
        if way != Way::Received {
            operation["requestBody"] =
                json!({"required": true, "content": {media_type: {"schema": schema}}});
        }
        if way != Way::Sent {
            let content = json!({"application/json": {"schema": schema}});
            operation["responses"] =
                json!({"200": {"description": "The value", "content": content}});
        }
        let method = if way == Way::Received { "get" } else { "post" };
        json!({
            "openapi": if self.is_3_1 { "3.1.0" } else { "3.0.3" },
            "info": {"title": "Composed", "version": "1"},
            "paths": {"/echo": {method: operation}},
            "components": {"schemas": self.components},
        })
    }
}

/// The schemas that have others in them, the usual ones more than once.
const SHAPES: [fn(&mut Composer, usize) -> Value; 21] = [
    |composer, _| shapes::scalar(composer),
    |composer, _| shapes::scalar(composer),
    Composer::referred,
    Composer::referred,
    Composer::referred,
    shapes::object,
    shapes::object,
    shapes::object,
    shapes::object,
    shapes::list,
    shapes::list,
    shapes::map,
    shapes::several_types,
    shapes::exclusive,
    shapes::all_of,
    shapes::all_of,
    unions::of_types,
    unions::tagged,
    unions::tagged,
    unions::of_objects,
    unions::beside,
];

/// The schemas of forms.
const FORMS: [fn(&mut Composer, usize) -> Value; 8] = [
    shapes::object,
    shapes::object,
    shapes::object,
    shapes::exclusive,
    shapes::map,
    unions::tagged,
    unions::of_objects,
    unions::beside,
];

pub fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}
