//! The text of a slice: that of the description, in any notation.

use crate::{check, kept, sliced, unmarked};

/// A `·` is a space at the end of a line.
const BLOCK: &str = "\
-%YAML 1.2
----
-# before all
+openapi: 3.1.0 ·
-# between
+'info':
+    title: |
+        In a block, where spaces at the end belong to the text ·
+
+    version: >-
+        1.0.0
-··
-# between
+\"servers\": &servers
+-   url: https://lamps.example   # inside
+    # inside
+-
+    url:
+      https://other.example
-
+tags:
-    - name: Rooms
-    # between
+    -
+      name: Lamps
-
+\"paths\":
-    # of what follows
-    /rooms:
-        get: {operationId: listRooms}
+    '/lamps':
+        ? description
+        : Where lamps
+          are
-        # of what follows
-        delete:
-          operationId: deleteLamps   # at the end
-          # at the end
+        get: { operationId: listLamps, tags: [Lamps],
+               responses: { '200': { $ref: '#/components/responses/Lamps' } } # inside
+               }
-        # at the end
-    # at the end
+components:
+  responses:
-    Rooms: &rooms {}
+    Lamps: !!map
+      content:
+        a/b:
+          schema: {$ref: '#/components/schemas/Nothing'}
+        c/d: # inside
+          schema: {$ref: \"#/components/schemas/Quote\\u0064\"}
-    More:
+  schemas:
+    Nothing :
-    # between
+    \"Quoted\":
+      description: >
+        One
+
+        Two
-
-
-    Other: {}
-...
";

#[test]
fn blocks() {
    check(&BLOCK.replace('·', " "), &["listLamps"]);
}

#[test]
fn line_ends_and_byte_order_marks() {
    let text = BLOCK.replace('·', " ").replace('\n', "\r\n");
    check(&text, &["listLamps"]);
    let text = unmarked("+openapi: 3.1.0\n+paths: {/a: {get: {operationId: a}}}");
    let slice = "openapi: 3.1.0\npaths: {/a: {get: {operationId: a}}}\n";
    assert_eq!(
        sliced(&format!("\u{FEFF}{text}"), &["a"]).as_deref(),
        Ok(slice)
    );
    // Beyond the ASCII characters, bytes are not characters.
    check(
        "+openapi: 3.1.0\n-x-é: {ü: ö}\n+info: 'é'\n+paths:\n+  /é:\n+    get: {operationId: é}\n",
        &["é"],
    );
}

#[test]
fn the_last_line_needs_no_end() {
    let text = kept(BLOCK).replace('·', " ");
    assert_eq!(sliced(text.trim_end(), &["listLamps"]), Ok(text));
}

/// The slice of a text in flow style for an operation with the id `a`.
fn flow(text: &str, slice: &str) {
    assert_eq!(sliced(text, &["a"]).as_deref(), Ok(slice));
}

#[test]
fn flow_style() {
    flow(
        "--- {openapi: 3.1.0, paths: {/b: {get: {}}, /a: {summary: A, get: {operationId: a}, put: {}}}} # end",
        "{openapi: 3.1.0, paths: {/a: {summary: A, get: {operationId: a}}}}\n",
    );
    flow(
        "openapi: 3.1.0\npaths: { # of all\n  /b: {}, # of b\n  # of a\n  /a: {put: {}, get: {operationId: a}} # of a\n}\n",
        "openapi: 3.1.0\npaths: {\n  /a: {get: {operationId: a}}\n}\n",
    );
}

#[test]
fn minified_json() {
    flow(
        concat!(
            r##"{"openapi":"3.0.0","tags":[{"name":"B"},{"name":"A"}],"paths":{"/b":{"get":{}},"/a":{"get":{"##,
            r##""operationId":"a","tags":["A"],"responses":{"200":{"$ref":"#/components/responses/R"}}}}},"##,
            r##""components":{"schemas":{"S":{}},"responses":{"Q":{},"R":{"maximum":1.0e0}}},"x":1}"##,
        ),
        concat!(
            r##"{"openapi":"3.0.0","tags":[{"name":"A"}],"paths":{"/a":{"get":{"operationId":"a","tags":["##,
            r##""A"],"responses":{"200":{"$ref":"#/components/responses/R"}}}}},"##,
            r##""components":{"responses":{"R":{"maximum":1.0e0}}}}"##,
            "\n",
        ),
    );
}

#[test]
fn pretty_json() {
    flow(
        r#"{
  "x-first": {},
  "openapi": "3.1.0",
  "tags": [
    { "name": "B" },
    { "name": "A" }
  ],
  "paths": {
    "/b": {},
    "/a": {
      "get": { "operationId": "a", "tags": ["A"], "security": [ { "key": [] } ] },
      "put": {}
    },
    "/c": {}
  },
  "components": {
    "schemas": {
      "S": {}
    },
    "securitySchemes": {
      "other": { },
      "key": { "description": "\ud83e\udda6 \/" }
    }
  }
}

"#,
        r#"{
  "openapi": "3.1.0",
  "tags": [
    { "name": "A" }
  ],
  "paths": {
    "/a": {
      "get": { "operationId": "a", "tags": ["A"], "security": [ { "key": [] } ] }
    }
  },
  "components": {
    "securitySchemes": {
      "key": { "description": "\ud83e\udda6 \/" }
    }
  }
}
"#,
    );
}
