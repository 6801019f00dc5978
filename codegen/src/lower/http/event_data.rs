//! The data of an event in 3.2: a string, whose content is described by the content keywords.
//!
//! ```yaml
//! {type: string}                                                                            # a text
//! {type: string, contentMediaType: application/json, contentSchema: {type: object}}         # JSON
//! {type: string, contentMediaType: application/json}                                        # any JSON
//! {oneOf: [{contentMediaType: application/json, contentSchema: {}}, {const: '[DONE]'}]}     # JSON; `[DONE]` is not an event
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;

use crate::lower::Lowering;
use crate::lower::http::media_type::Media;
use crate::lower::schema::Additional;
use crate::lower::schema::json_type::JsonType;
use crate::model::MediaType;

/// The data of an event.
pub(in crate::lower) enum Data<'d> {
    /// JSON of this schema.
    Json(At<'d>),
    /// JSON without a schema, described at this place.
    Any(At<'d>),
    Text,
}

/// The data with which many APIs end a stream. The reader treats it as the end.
const DONE: &str = "[DONE]";

/// Keywords that describe the content of a string (JSON Schema Validation 2020-12, section 8).
const CONTENT: [&str; 3] = ["contentEncoding", "contentMediaType", "contentSchema"];

impl<'d> Lowering<'d> {
    /// The possible contents of the data, as all these schemas together describe it.
    pub(in crate::lower) fn data_contents(&mut self, data: &[At<'d>]) -> Vec<Data<'d>> {
        if data.is_empty() {
            return vec![Data::Text];
        }
        let (mut parts, mut alternatives, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        for at in data {
            self.parts(at, &mut seen, &mut parts);
            let schema = self.branch(at).schema;
            alternatives.extend(self.event_alternatives(&schema));
        }
        if alternatives.is_empty() {
            return self.data_content(data, &parts).into_iter().collect();
        }
        let contents = alternatives.iter().filter_map(|at| {
            let mut all = Vec::new();
            self.parts(at, &mut BTreeSet::new(), &mut all);
            all.extend(parts.iter().cloned());
            self.data_content(std::slice::from_ref(at), &all)
        });
        contents.collect()
    }

    fn data_content(&mut self, data: &[At<'d>], parts: &[At<'d>]) -> Option<Data<'d>> {
        let said = |key: &str| parts.iter().find_map(|part| part.get(key));
        let only = said("const").or_else(|| {
            let listed = said("enum")?;
            (listed.as_sequence()?.len() == 1).then(|| listed.index(0))?
        });
        if let Some(end) = only.filter(|only| only.as_str() == Some(DONE)) {
            let reason = "the reader of a stream treats this as its end";
            self.findings.note(end.pointer().clone(), reason);
            return None;
        }
        let [encoding, media_type, schema] = CONTENT.map(said);
        let content = [&encoding, &media_type, &schema].into_iter().flatten();
        let content = content.map(|at| at.pointer().clone());
        self.findings.understood.extend(content);
        if encoding.is_some() {
            return Some(Data::Text);
        }
        let media = media_type.as_ref().and_then(At::as_str);
        let media = media.map(|text| Media::of(&MediaType::new(text)));
        match (media, schema) {
            (None | Some(Media::Json), Some(schema)) => Some(Data::Json(schema)),
            (Some(Media::Json), None) => Some(Data::Any(media_type?)),
            (Some(_), _) => Some(Data::Text),
            (None, None) => Some(self.plain_content(data)),
        }
    }

    /// The content of data without content keywords: a text, or the value that is described in
    /// place of the content.
    fn plain_content(&mut self, data: &[At<'d>]) -> Data<'d> {
        let Some(other) = data.iter().find(|at| self.is_other_value(at)) else {
            return Data::Text;
        };
        let message = "the data of an event is a string";
        let help = "write `type: string` with `contentMediaType: application/json`, and this schema as `contentSchema`";
        let problem = Diagnostic::new(Code::InvalidItemSchema, other, message)
            .at_key()
            .label("not a string")
            .assuming("the text of the data is JSON of this schema");
        self.findings.push(problem.help(help));
        Data::Json(other.clone())
    }

    /// True if a schema describes values that are not strings.
    fn is_other_value(&mut self, at: &At<'d>) -> bool {
        let schema = self.branch(at).schema;
        let is_value = !schema.types.is_empty()
            || !schema.properties.is_empty()
            || schema.items.is_some()
            || !matches!(schema.additional, Additional::Unstated);
        is_value && schema.types != [JsonType::String]
    }

    /// True if a schema of event data describes a string or its content.
    pub(in crate::lower) fn is_string(&mut self, at: &At<'d>) -> bool {
        let mut parts = Vec::new();
        self.parts(at, &mut BTreeSet::new(), &mut parts);
        let has_content = |part: &At<'d>| CONTENT.iter().any(|key| part.get(key).is_some());
        self.branch(at).schema.types == [JsonType::String] || parts.iter().any(has_content)
    }
}
