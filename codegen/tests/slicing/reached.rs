//! The kept parts, marked with `+`.

use openapi_codegen::document::{Document, Source};
use openapi_codegen::slice;

use crate::{check, sliced, unmarked};

/// Every kind of component, each reached in its own way; and one of each kind that is not.
const KINDS: &str = "\
+openapi: 3.1.0
+jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
+info:
+  title: Letters
+  # comments inside of what is kept stay
+  version: 1.0.0
-# those between go
+externalDocs: {url: https://letters.example/docs}
-x-internal: {owner: us}
+servers:
+- url: https://letters.example
+security:
+- key: []
+tags:
-- name: Post office
+- name: Letters
+  description: What is sent
-- name: Stamps
+paths:
+  /letters:
-    get:
-      operationId: listLetters
-      security: []
-      tags: [Post office]
+    summary: Letters
+    parameters:
+    - $ref: '#/components/parameters/Sender'
+    post:
+      operationId: sendLetter
+      tags: [Letters, Undeclared]
+      requestBody: {$ref: '#/components/requestBodies/Letter'}
+      responses:
+        '200': {$ref: '#/components/responses/Sent'}
+      callbacks:
+        arrived: {$ref: '#/components/callbacks/Arrived'}
+    x-limit: {$ref: '#/components/x-limits/daily'}
-  /stamps:
-    post: {operationId: buyStamp, responses: {'200': {$ref: '#/components/responses/Stamp'}}}
-webhooks:
-  lost: {post: {operationId: lostLetter}}
+components:
+  schemas:
-    Stamp: {type: object}
+    Letter: {type: object, properties: {to: {$ref: '#/components/schemas/Address'}}}
+    Address: {type: string}
+  responses:
+    Sent:
+      description: Sent
+      headers: {X-Post-Mark: {$ref: '#/components/headers/PostMark'}}
+      links: {track: {$ref: '#/components/links/Track'}}
-    Stamp: {description: A stamp}
+  parameters:
-    Limit: {name: limit, in: query}
+    Sender: {name: sender, in: query, schema: {type: string}}
+  examples:
+    Letter: {value: {to: Me}}
-    Stamp: {value: {}}
+  requestBodies:
-    Stamp: {content: {}}
+    Letter:
+      content:
+        application/json:
+          schema: {$ref: '#/components/schemas/Letter'}
+          examples: {letter: {$ref: '#/components/examples/Letter'}}
+  headers:
-    Stamp: {schema: {type: string}}
+    PostMark: {schema: {type: string}}
+  securitySchemes:
+    key: {type: apiKey, name: key, in: header}
-    password: {type: http, scheme: basic}
+    signature: {type: apiKey, name: signature, in: header}
+  links:
-    Pay: {operationId: buyStamp}
+    Track: {operationId: listLetters, operationRef: '#/paths/~1stamps/post'}
+  callbacks:
+    Arrived:
+      '{$request.query.sender}':
+        $ref: '#/components/pathItems/Arrived'
-    Lost: {}
+  pathItems:
+    Arrived:
+      post:
+        security: [{signature: []}, {undeclared: []}]
+        responses: {'204': {description: Thanks}}
-    Lost: {post: {operationId: lost}}
+  x-limits:
+    daily: 100
-    yearly: 10000
";

#[test]
fn all_kinds_of_components() {
    check(KINDS, &["sendLetter"]);
}

#[test]
fn operations_stay_in_the_order_of_the_document() {
    let text = unmarked(KINDS);
    let slice = sliced(&text, &["buyStamp", "listLetters"]);
    assert_eq!(slice, sliced(&text, &["listLetters", "buyStamp"]));
    let slice = slice.expect("both are there");
    assert!(
        slice.find("listLetters") < slice.find("buyStamp"),
        "{slice}"
    );
}

#[test]
fn nothing_but_the_operation() {
    check(
        "\
+openapi: 3.0.3
+info: {title: Lamps, version: '1'}
-security: [{key: []}]
-tags: [{name: Lamps}]
+paths:
+  /lamps:
+    get: {operationId: listLamps, security: [], responses: {}}
-    post: {operationId: createLamp, responses: {}}
-components:
-  securitySchemes: {key: {type: http}}
-  schemas:
-    Lamp: {type: object}
",
        &["listLamps"],
    );
}

#[test]
fn an_operation_without_an_id() {
    check(
        "\
+openapi: 3.0.3
+info: {title: Lamps, version: '1'}
+paths:
-  x-lamps: {}
-  /lamps/{id}:
-    get: {responses: {}}
+  /lamps:
-    get: {responses: {}}
+    post: {responses: {}}
",
        &["post /lamps"],
    );
}

#[test]
fn discriminators() {
    check(
        "\
+openapi: 3.1.0
+info: {title: Pets, version: '1'}
+paths:
+  /pets:
+    post:
+      operationId: addPet
+      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
+components:
+  schemas:
+    Cat: {type: object}
-    Cow: {type: object}
+    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
+    Pet:
+      type: object
+      discriminator:
+        propertyName: kind
+        mapping:
+          cat: Cat
+          dog: '#/components/schemas/Dog'
+          cow: https://pets.example/cow.yaml
+          fish: Fish
",
        &["addPet"],
    );
}

#[test]
fn references_of_every_length() {
    check(
        "\
+openapi: 3.1.0
+info: {title: Lamps, version: '1'}
+x-shapes:
-  square: {type: object}
+  round: {type: object, properties: {radius: {type: number}}}
+x-list: [{type: string}, {type: integer}]
+paths:
+  /lamps:
+    post:
+      operationId: createLamp
+      requestBody:
+        content:
+          application/json:
+            schema:
+              oneOf:
+              - $ref: '#/x-shapes/round/properties/radius'
+              - $ref: '#/x-list/1'
+              - $ref: '#/paths/~1lamps~1%7Bid%7D/get/responses/200'
+              - $ref: '#/paths/~1rooms/summary'
+              - $ref: '#/components/schemas'
-  /off:
-    post: {operationId: off}
+  /lamps/{id}:
+    parameters: [{name: id, in: path}]
+    get: {operationId: getLamp, tags: [Lamps], responses: {'200': {type: string}}}
-    delete: {operationId: deleteLamp}
+  /rooms:
+    summary: {type: string}
-    get: {operationId: listRooms}
+tags:
-- name: Rooms
+- name: Lamps
+components:
+  schemas:
+    Lamp: {type: object}
+    Room: {$ref: '#/components/headers/Size'}
+  headers:
-    Lamp: {}
+    Size: {}
",
        &["createLamp"],
    );
}

#[test]
fn references_that_lead_nowhere() {
    check(
        "\
+openapi: 3.1.0
+info: {title: Lamps, version: '1'}
+paths:
+  /lamps:
+    post:
+      operationId: createLamp
+      security: [{missing: []}]
+      requestBody:
+        content:
+          application/json:
+            schema:
+              properties:
+                a: {$ref: '#/components/schemas/Room/properties/missing'}
+                b: {$ref: '#'}
+                c: {$ref: '#Lamp'}
+                d: {$ref: 'https://lamps.example#/components/schemas/Lamp'}
+                e: {$ref: '#/components/schemas/%zz'}
+                f: {$ref: 1}
+                $ref: {type: string}
-components:
-  schemas:
-    Lamp: {type: object}
-    Room: {type: object}
",
        &["createLamp"],
    );
}

#[test]
fn path_items_behind_references() {
    check(
        "\
+openapi: 3.1.0
+info: {title: Lamps, version: '1'}
+paths:
+  /lamps:
+    description: Where lamps are
+    $ref: '#/components/pathItems/Lamps'
-    get: {operationId: shadowed}
+  /bulbs:
+    $ref: '#/x-items/bulbs'
+components:
+  pathItems:
+    Lamps:
+      servers: [{url: https://lamps.example}]
-      get: {operationId: listLamps}
+      post: {operationId: createLamp, requestBody: {$ref: '#/components/requestBodies/Lamp'}}
-    Rooms: {}
+  requestBodies:
+    Lamp: {content: {}}
+  securitySchemes:
+    key: {type: http}
+x-items:
+  bulbs:
-    get: {operationId: listBulbs}
+    put: {operationId: changeBulb, security: [{key: []}]}
+security: []
",
        &["changeBulb", "createLamp"],
    );
}

#[test]
fn cycles() {
    check(
        "\
+openapi: 3.1.0
+info: {title: Lamps, version: '1'}
+paths:
+  /lamps:
+    $ref: '#/components/pathItems/A'
+components:
+  pathItems:
+    A:
+      $ref: '#/components/pathItems/B'
+      get: {operationId: listLamps, responses: {$ref: '#/components/responses/A'}}
-    C: {}
+    B:
+      $ref: '#/components/pathItems/A'
+  responses:
+    A: {$ref: '#/components/responses/B'}
+    B: {$ref: '#/components/responses/A', x-self: {$ref: '#/components/responses/B'}}
",
        &["listLamps"],
    );
}

#[test]
fn twenty_thousand_references_in_a_row() {
    let mut text = "\
openapi: 3.1.0
info: {title: Chain, version: '1'}
paths:
  /a:
    get: {operationId: a, responses: {'200': {$ref: '#/components/responses/R'}}}
components:
  responses:
    R: {content: {application/json: {schema: {$ref: '#/components/schemas/S1'}}}}
  schemas:
"
    .to_owned();
    let schemas =
        (1..=20_000).map(|n| format!("    S{n}: {{$ref: '#/components/schemas/S{}'}}\n", n + 1));
    text.extend(schemas);
    let document = Document::parse(Source::new("chain.yaml", text.as_str())).expect("it is read");
    assert_eq!(slice(&document, &["a".to_owned()]).ok(), Some(text));
}

#[test]
fn problems() {
    assert_eq!(
        sliced(
            "swagger: '2.0'\npaths:\n  /a: {get: {operationId: listA}}\n",
            &["listB", "c", "listA"]
        ),
        Err("\
error[unsupported-version]: OpenAPI 2.0 is not supported
 --> test.yaml:1:10
  |
1 | swagger: '2.0'
  |          ^^^^^ not 3.0, 3.1 or 3.2
  |
  = at: /swagger
  = help: convert the description to OpenAPI 3.0, 3.1 or 3.2

error[unknown-operation]: there is no operation `c`
 --> test.yaml:2:1
  |
2 | paths:
  | ^^^^^ none of these
  |
  = at: /paths
  = help: the command `operations` lists those of a description

error[unknown-operation]: there is no operation `listB`
 --> test.yaml:2:1
  |
2 | paths:
  | ^^^^^ none of these
  |
  = at: /paths
  = help: did you mean `listA`?"
            .to_owned())
    );
}
