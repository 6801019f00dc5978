//! The Media Type Objects of a body, and the keywords of 3.2 in them.
//!
//! ```yaml
//! content:
//!   application/json: {$ref: '#/components/mediaTypes/Lamp'}                 # the Media Type Object there
//!   multipart/mixed: {itemSchema: {}, itemEncoding: {}}                      # a note: the body is given whole, as bytes
//!   multipart/form-data: {prefixEncoding: [{contentType: application/json}]} # unsupported-media-type
//! ```

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Version};
use crate::lower::http::media_type::Media;
use crate::lower::syntax::is_media_type_key;
use crate::lower::{Lowering, keyword};
use crate::model::MediaType;

/// Keywords of 3.2 for the parts of a body by their position (`OpenAPI` 3.2.0, section 4.14.5.2).
const BY_POSITION: [&str; 2] = ["prefixEncoding", "itemEncoding"];

impl<'d> Lowering<'d> {
    /// The Media Type Objects in `content`, in their order, with the references of 3.2 followed.
    pub(in crate::lower) fn contents(&mut self, at: &At<'d>) -> Vec<(MediaType, At<'d>)> {
        let listed: Vec<_> = at.get("content").iter().flat_map(At::members).collect();
        let mut contents = Vec::new();
        for (key, mut content) in listed {
            if !is_media_type_key(&key.name, &content, &mut self.findings) {
                continue;
            }
            let media_type = MediaType::new(&key.name);
            if self.findings.version >= Version::V3_2 {
                let Some(target) = self.dereference(&content) else {
                    continue;
                };
                content = target;
            }
            keyword::check(&content, &keyword::MEDIA_TYPE, &mut self.findings);
            if self.findings.version >= Version::V3_2 {
                self.check_items(Media::of(&media_type), &content);
            }
            contents.push((media_type, content));
        }
        contents
    }

    /// Reports parts by position in a form, which are not supported; notes them where they do not
    /// apply.
    fn check_items(&mut self, media: Media, content: &At<'d>) {
        let is_sequence = matches!(media, Media::Events | Media::JsonLines);
        let items = content.get("itemSchema").filter(|_| !is_sequence);
        let by_position = BY_POSITION.iter().filter_map(|key| content.get(key));
        for at in items.into_iter().chain(by_position) {
            match media {
                Media::Multipart => {
                    let message = "a form whose parts are identified by position is not supported";
                    let problem =
                        Diagnostic::new(Code::UnsupportedMediaType, &at, message).at_key();
                    let help = "describe the parts by name: an object in `schema`, and `encoding`";
                    self.findings
                        .push(problem.label("not supported").help(help));
                }
                Media::Bytes => self.findings.note(
                    at.pointer().clone(),
                    "a body of bytes is sent and received as a whole",
                ),
                _ => self.findings.note(
                    at.pointer().clone(),
                    "it does not apply to a body in this media type",
                ),
            }
        }
    }

    /// Reports a part of a form that has parts of its own, which is not supported; notes the
    /// keywords where they do not apply (`OpenAPI` 3.2.0, section 4.15.2).
    pub(in crate::lower) fn check_nested(&mut self, encoding: &At<'d>) {
        if self.findings.version < Version::V3_2 {
            return;
        }
        let content_type = encoding.get("contentType");
        let content_type = content_type.and_then(|at| at.as_str()).unwrap_or_default();
        let has_parts = content_type.split(',').any(|one| {
            let one = one.trim().to_ascii_lowercase();
            one.starts_with("multipart/") || one == "application/x-www-form-urlencoded"
        });
        let nested = ["encoding"].iter().chain(&BY_POSITION);
        for at in nested.filter_map(|key| encoding.get(key)) {
            if has_parts {
                let message = "a part that has parts of its own is not supported";
                let problem = Diagnostic::new(Code::UnsupportedMediaType, &at, message).at_key();
                let help = "with an overlay, make the part a file, which the caller writes";
                self.findings
                    .push(problem.label("not supported").help(help));
            } else {
                let reason = "only a part that is a form has parts of its own";
                self.findings.note(at.pointer().clone(), reason);
            }
        }
    }
}
