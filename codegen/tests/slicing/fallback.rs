//! Slices that cannot be cut out of the text are written as JSON.

use openapi_codegen::document::{Document, Source};
use openapi_codegen::{overlay, slice};

use crate::{check, sliced};

/// The slice for an operation with the id `a`.
fn written(text: &str, slice: &str) {
    assert_eq!(sliced(text, &["a"]).as_deref(), Ok(slice));
}

#[test]
fn aliases_of_what_goes() {
    written(
        "\
openapi: 3.1.0
info: &info {title: A, version: '1'}
x-shared: &shared
  summary: \"\\u0041\\tå\"
  numbers: [0x1F, +12, .5, 1.0, 1e400, -.inf, 12345678901234567890123, true, ~, {}, []]
paths:
  /a:
    get: {operationId: a, x-shared: *shared}
    x-info: *info
",
        r#"{
  "openapi": "3.1.0",
  "info": {
    "title": "A",
    "version": "1"
  },
  "paths": {
    "/a": {
      "get": {
        "operationId": "a",
        "x-shared": {
          "summary": "A\tå",
          "numbers": [
            31,
            12,
            0.5,
            1.0,
            1e400,
            null,
            12345678901234567890123,
            true,
            null,
            {},
            []
          ]
        }
      },
      "x-info": {
        "title": "A",
        "version": "1"
      }
    }
  }
}
"#,
    );
}

#[test]
fn what_a_mapping_is_merged_from() {
    written(
        "\
openapi: 3.1.0
x-shared: &shared
  parameters: []
  put: {}
paths:
  /a:
    get: {operationId: a}
    <<: *shared
",
        r#"{
  "openapi": "3.1.0",
  "paths": {
    "/a": {
      "get": {
        "operationId": "a"
      },
      "parameters": []
    }
  }
}
"#,
    );
}

#[test]
fn line_breaks_that_belong_to_a_text() {
    written(
        "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      operationId: a\n      summary: |+\n        A\n\n    put: {}\n",
        r#"{
  "openapi": "3.1.0",
  "paths": {
    "/a": {
      "get": {
        "operationId": "a",
        "summary": "A\n\n"
      }
    }
  }
}
"#,
    );
}

#[test]
fn keys_without_values() {
    written(
        "openapi: 3.1.0\npaths: {/a: {summary, get: {operationId: a}, put}}\n",
        r#"{
  "openapi": "3.1.0",
  "paths": {
    "/a": {
      "summary": null,
      "get": {
        "operationId": "a"
      }
    }
  }
}
"#,
    );
}

#[test]
fn what_can_be_cut_out_is() {
    check(
        "\
+openapi: 3.1.0
+info: &info {title: A, version: '1'}
+paths:
+  /a:
+    parameters: &none []
+    get: {operationId: a, parameters: *none, x-info: *info}
-    put: {operationId: b, parameters: *none}
-x-text: |+
-  text
-
",
        &["a"],
    );
}

#[test]
fn what_an_overlay_says() {
    let text = "openapi: 3.1.0\npaths:\n  /a:\n    get: {operationId: a}\n    put: {}\n";
    let overlaid = |target: &str| {
        let overlay = format!(
            "overlay: 1.1.0\ninfo: {{title: A, version: '1'}}\nactions:\n- {{target: \"{target}\", update: {{summary: A}}}}\n"
        );
        let document = Document::parse(Source::new("test.yaml", text));
        let document =
            document.and_then(|document| overlay::apply(document, Source::new("a.yaml", overlay)));
        let slice = document.and_then(|document| slice(&document, &["a".to_owned()]));
        slice.map_err(|problems| problems.to_string())
    };
    assert_eq!(
        overlaid("$.paths['/a'].put").as_deref(),
        Ok("openapi: 3.1.0\npaths:\n  /a:\n    get: {operationId: a}\n")
    );
    assert_eq!(
        overlaid("$.paths['/a']").as_deref(),
        Ok(r#"{
  "openapi": "3.1.0",
  "paths": {
    "/a": {
      "get": {
        "operationId": "a"
      },
      "summary": "A"
    }
  }
}
"#)
    );
}
