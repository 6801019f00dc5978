//! Changes elsewhere change nothing in a slice.

use crate::sliced;

const LAMPS: &str = "\
openapi: 3.1.0
info: {title: Lamps, version: '1'}
tags:
- name: Lamps
- name: Rooms
paths:
  /lamps:
    get:
      operationId: listLamps
      tags: [Lamps]
      responses:
        '200': {$ref: '#/components/responses/Lamps'}
    delete:
      operationId: deleteLamps
      description: Puts them out
components:
  responses:
    Lamps:
      description: |
        All lamps
    Rooms:
      description: All rooms
";

#[test]
fn changes_elsewhere() {
    let changes = [
        ("openapi:", "# A comment\n\nopenapi:"),
        ("tags:\n", "tags:\n- {name: Houses, description: New}\n\n"),
        ("- name: Rooms", "# A comment\n- name: Room"),
        ("Puts them out", "|\n        Puts them\n        out\n"),
        (
            "    delete:",
            "    # A comment\n    x-delete: {}\n    delete:",
        ),
        (
            "paths:\n",
            "x-anchor: &anchor {}\nx-alias: *anchor\npaths:\n\n  # A comment\n  /rooms: {}\n",
        ),
        ("All lamps\n", "All lamps\n\n\n    # A comment\n\n"),
        ("components:", "webhooks: {}\ncomponents: # A comment"),
        (
            "    Rooms:\n",
            "    Houses:\n    Rooms:\n      # A comment\n",
        ),
        (
            "  responses:\n    Lamps",
            "  schemas: {}\n\n  responses:\n\n\n    Lamps",
        ),
    ];
    let slice = sliced(LAMPS, &["listLamps"]);
    let mut all = LAMPS.to_owned();
    for (text, change) in changes {
        assert!(LAMPS.contains(text), "{text}");
        let edited = LAMPS.replacen(text, change, 1);
        // Members of a path for all of its operations belong to the slice.
        if change.contains("x-delete") {
            assert_ne!(sliced(&edited, &["listLamps"]), slice);
            continue;
        }
        assert_eq!(sliced(&edited, &["listLamps"]), slice, "{edited}");
        all = all.replacen(text, change, 1);
    }
    assert_eq!(sliced(&all, &["listLamps"]), slice, "{all}");
}

#[test]
fn changes_within() {
    let slice = sliced(LAMPS, &["listLamps"]);
    for (text, change) in [
        ("All lamps", "Every lamp"),
        ("title: Lamps", "title: Lamps and rooms"),
        ("tags: [Lamps]", "tags: [Lamps, Rooms]"),
    ] {
        assert_ne!(
            sliced(&LAMPS.replacen(text, change, 1), &["listLamps"]),
            slice
        );
    }
}
