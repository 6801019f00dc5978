//! URI references (RFC 3986): finds out which of them refer to the document itself.
//!
//! ```yaml
//! $self: https://lamps.example/api/openapi.yaml
//! # '#/components/schemas/Lamp', 'openapi.yaml#/components/schemas/Lamp' and
//! # 'https://lamps.example/api/openapi.yaml#/components/schemas/Lamp' are one place
//! ```

/// The parts of a URI reference, without the fragment (RFC 3986, appendix B).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Uri<'t> {
    scheme: Option<String>,
    authority: Option<String>,
    path: std::borrow::Cow<'t, str>,
    query: Option<&'t str>,
}

/// The fragment of a reference, with its `#`, if the reference resolves to the resource with this
/// base URI. The fragment of a reference without one is empty.
pub(super) fn fragment<'t>(base: &str, reference: &'t str) -> Option<&'t str> {
    let at = reference.find('#').unwrap_or(reference.len());
    let (resource, fragment) = reference.split_at(at);
    let base = Uri::parse(base.split('#').next().unwrap_or_default());
    let target = Uri::parse(resource).resolved(&base);
    let fragment = if fragment.is_empty() { "#" } else { fragment };
    (target == base.normal()).then_some(fragment)
}

impl<'t> Uri<'t> {
    fn parse(text: &'t str) -> Self {
        let (text, query) = match text.split_once('?') {
            Some((text, query)) => (text, Some(query)),
            None => (text, None),
        };
        let (scheme, rest) = match text.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme.to_ascii_lowercase()), rest),
            _ => (None, text),
        };
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (Some(authority.to_ascii_lowercase()), path)
            }
            None => (None, rest),
        };
        Self {
            scheme,
            authority,
            path: path.into(),
            query,
        }
    }

    /// Resolves a reference against a base URI (RFC 3986, section 5.2.2).
    fn resolved(self, base: &Uri<'t>) -> Self {
        if self.scheme.is_some() {
            return self.normal();
        }
        let scheme = base.scheme.clone();
        if self.authority.is_some() {
            return Self { scheme, ..self }.normal();
        }
        let authority = base.authority.clone();
        if self.path.is_empty() {
            let query = self.query.or(base.query);
            return Self {
                scheme,
                authority,
                path: base.path.clone(),
                query,
            }
            .normal();
        }
        let path = if self.path.starts_with('/') {
            self.path
        } else {
            merged(base, &self.path).into()
        };
        Self {
            scheme,
            authority,
            path,
            query: self.query,
        }
        .normal()
    }

    /// The same URI without dot segments in the path.
    fn normal(&self) -> Self {
        Self {
            path: without_dots(&self.path).into(),
            ..self.clone()
        }
    }
}

/// True if the text is a URI scheme (RFC 3986, section 3.1).
fn is_scheme(text: &str) -> bool {
    let others = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(others)
}

/// Merges a relative path with the path of the base (RFC 3986, section 5.2.3).
fn merged(base: &Uri<'_>, path: &str) -> String {
    if base.authority.is_some() && base.path.is_empty() {
        return format!("/{path}");
    }
    let folder = base.path.rfind('/').map_or(0, |slash| slash + 1);
    format!("{}{path}", &base.path[..folder])
}

/// Removes the dot segments `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let last = path.rsplit('/').next().unwrap_or_default();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => {
                // The empty segment before the first slash is kept.
                if kept.len() > usize::from(path.starts_with('/')) {
                    kept.pop();
                }
            }
            _ => kept.push(segment),
        }
    }
    if matches!(last, "." | "..") {
        kept.push("");
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::fragment;

    #[test]
    fn references_to_the_document_itself_are_known() {
        let absolute = "https://Lamps.example/api/v1/openapi.yaml";
        let cases = [
            (absolute, "#/a", Some("#/a")),
            (absolute, "", Some("#")),
            (absolute, "openapi.yaml#/a", Some("#/a")),
            (absolute, "./openapi.yaml#/a", Some("#/a")),
            (absolute, "../v1/./openapi.yaml#/a", Some("#/a")),
            (absolute, "/api/v1/openapi.yaml#/a", Some("#/a")),
            (
                absolute,
                "//lamps.example/api/v1/openapi.yaml#/a",
                Some("#/a"),
            ),
            (
                absolute,
                "HTTPS://lamps.EXAMPLE/api/v1/openapi.yaml#/a",
                Some("#/a"),
            ),
            (
                absolute,
                "https://lamps.example/api/v1/openapi.yaml",
                Some("#"),
            ),
            (
                absolute,
                "http://lamps.example/api/v1/openapi.yaml#/a",
                None,
            ),
            (
                absolute,
                "https://lamps.example/api/v1/openapi.yaml?x#/a",
                None,
            ),
            (
                absolute,
                "https://lamps.example/api/v1/OpenAPI.yaml#/a",
                None,
            ),
            (absolute, "openapi.yml#/a", None),
            (absolute, "../openapi.yaml#/a", None),
            (absolute, "Lamp", None),
            ("/api/openapi", "openapi#/a", Some("#/a")),
            ("/api/openapi", "/api/openapi#/a", Some("#/a")),
            ("/api/openapi", "/openapi#/a", None),
            ("openapi.yaml", "./openapi.yaml#/a", Some("#/a")),
            ("https://lamps.example", "#/a", Some("#/a")),
            ("https://lamps.example", "openapi.yaml#/a", None),
            ("https://lamps.example/a?b", "?b#/a", Some("#/a")),
            ("urn:example:lamps", "urn:example:lamps#/a", Some("#/a")),
            ("urn:example:lamps", "#/a", Some("#/a")),
        ];
        for (base, reference, expected) in cases {
            assert_eq!(
                fragment(base, reference),
                expected,
                "{reference} from {base}"
            );
        }
    }
}
