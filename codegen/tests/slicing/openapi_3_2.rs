//! The kept parts of a description of `OpenAPI` 3.2.

use crate::{check, sliced};

/// A description with the additions of 3.2: more operations of a path, references by the URI of
/// the document, tags within tags.
const OF_3_2: &str = "\
+openapi: 3.2.0
+$self: https://letters.example/openapi.yaml
+info: {title: Letters, version: 1.0.0}
+tags:
-- {name: Stamps, parent: Shop}
+- {name: Mail, kind: nav}
+- {name: Letters, parent: Post}
+- {name: Post, parent: Mail}
-- {name: Shop}
+paths:
+  /letters:
+    summary: Letters
-    query: {operationId: queryLetters, responses: {'200': {$ref: '#/components/responses/Stamp'}}}
+    additionalOperations:
+      COPY:
+        operationId: copyLetter
+        tags: [Letters]
+        security: [{'#/components/securitySchemes/key': []}]
+        responses:
+          '200': {content: {application/json: {$ref: 'openapi.yaml#/components/mediaTypes/Letter'}}}
-      UNLINK: {operationId: unlinkLetter, responses: {'200': {$ref: '#/components/responses/Stamp'}}}
+components:
+  mediaTypes:
-    Stamp: {schema: {type: string}}
+    Letter: {schema: {$ref: 'https://letters.example/openapi.yaml#/components/schemas/Letter'}}
-  responses:
-    Stamp: {summary: A stamp}
+  securitySchemes:
+    key: {type: apiKey, name: key, in: header, deprecated: true}
-    other: {type: http, scheme: basic}
+  schemas:
+    Letter:
+      oneOf: [{$ref: '#/components/schemas/Card'}]
+      discriminator: {propertyName: kind, mapping: {p: 'openapi.yaml#/components/schemas/Parcel'}, defaultMapping: Other}
+    Card: {type: object}
+    Parcel: {type: object}
+    Other: {type: object}
-    Stamp: {type: object}
";

#[test]
fn what_it_adds() {
    check(OF_3_2, &["copyLetter"]);
    let query = "\
openapi: 3.2.0
info: {title: Letters, version: 1.0.0}
paths:
  /letters:
    query: {operationId: queryLetters, responses: {'204': {description: None}}}
    additionalOperations: {COPY: {operationId: copyLetter, responses: {$ref: '#/paths/~1letters/query/responses'}}}
";
    // An operation that is referred to is kept, and not those beside it.
    assert_eq!(sliced(query, &["copyLetter"]), Ok(query.to_owned()));
    let copy = query.replace("/query/responses", "/additionalOperations/COPY/responses");
    let copied = copy
        .split_inclusive('\n')
        .filter(|line| !line.contains("query:"));
    let copied: String = copied.collect();
    assert_eq!(sliced(&copy, &["copyLetter"]), Ok(copied));
}

#[test]
fn what_it_adds_is_nothing_in_3_1() {
    let text = "\
openapi: 3.1.0
info: {title: Letters, version: 1.0.0}
paths:
  /letters:
    get: {operationId: listLetters, responses: {'204': {description: None}}}
    query: {operationId: queryLetters, responses: {'204': {description: None}}}
    additionalOperations: {COPY: {operationId: copyLetter, responses: {'204': {description: None}}}}
";
    assert_eq!(sliced(text, &["listLetters"]), Ok(text.to_owned()));
    let problems = sliced(text, &["copyLetter"]).expect_err("it is not an operation");
    assert!(
        problems.starts_with("error[unknown-operation]"),
        "{problems}"
    );
}
