//! Crates whose modules are groups of operations: nested files, and the features in the manifest.

use crate::{CHECK, Folder, GENERATE, LAMPS};

/// The operations of the description in two groups, which share a type.
fn grouped(folder: &Folder) {
    let text = LAMPS.replace(
        "      operationId: deleteLamps\n",
        "      operationId: deleteLamps\n      tags: [switches]\n",
    );
    let answer = "'200': {description: Off, content: {application/json: {schema: {$ref: '#/components/schemas/Lamp'}}}}";
    folder.write(
        "lamps.yaml",
        &text.replace("'204': {description: All lamps are off}", answer),
    );
}

fn manifest(folder: &Folder) -> String {
    folder.read("lamps/Cargo.toml")
}

/// The table of features.
fn features(folder: &Folder) -> String {
    let manifest = manifest(folder);
    let features = manifest.split("[features]\n").nth(1).expect("features");
    features.split("\n\n").next().unwrap_or_default().to_owned()
}

const OTHERS: &str = "\
http = [\"openapi-runtime/http\"]
http-body = [\"openapi-runtime/http-body\"]
stream = [\"openapi-runtime/stream\"]
# This one needs Rust 1.93.
base64-turbo = [\"openapi-runtime/base64-turbo\"]
";

#[test]
fn a_group_is_a_module_and_a_feature() {
    let folder = Folder::new();
    grouped(&folder);
    let run = folder.run(&GENERATE);
    let expected = "\
wrote lamps/Cargo.toml
wrote lamps/bindings.json
wrote lamps/src/lamps.rs
wrote lamps/src/lib.rs
wrote lamps/src/shared/lamps_and_switches.rs
wrote lamps/src/shared/mod.rs
wrote lamps/src/switches.rs
generated: 2 operations, 1 type; 7 files, 7 written, 0 removed
";
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
    let expected = format!(
        "default = [\"full\"]\n{OTHERS}full = [\"lamps\", \"switches\"]\nlamps = []\nswitches = []"
    );
    assert_eq!(features(&folder), expected);
    assert_eq!(folder.run(&CHECK).code, Some(0));
    assert!(
        folder
            .run(&GENERATE)
            .stdout
            .contains("; 6 files, 0 written, 0 removed")
    );
}

#[test]
fn files_of_groups_that_are_gone_go() {
    let folder = Folder::new();
    grouped(&folder);
    assert_eq!(folder.run(&GENERATE).code, Some(0));
    let flat = [&GENERATE[..], &["--flat"]].concat();
    let run = folder.run(&flat);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout.contains("removed lamps/src/shared/mod.rs\n"),
        "{}",
        run.stdout
    );
    assert!(!folder.exists("lamps/src/shared"));
    assert!(folder.exists("lamps/src/operations.rs"));
    let run = folder.run(&CHECK);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout.contains("orphan: lamps/src/operations.rs\n"),
        "{}",
        run.stdout
    );
    let run = folder.run(&[&CHECK[..], &["--flat"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stdout);
}

#[test]
fn what_the_owner_writes_into_the_manifest_stays() {
    let folder = Folder::generated();
    let mine = "\
[package] # mine
name = \"lamps\"
version = \"1.2.3\"

[features]
default = [\"tls\"] # and this
# All of it.
full = [\"tls\", \"beacons\", \"lamps\"] # and that
tls = [\"dep:tls\"]
beacons = []
lamps = [\"tls\"]

[dependencies]
tls = { version = \"1\", optional = true }
";
    folder.write("lamps/Cargo.toml", mine);
    grouped(&folder);
    let run = folder.run(&CHECK);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let stale =
        "stale: lamps/Cargo.toml\n--- lamps/Cargo.toml (found)\n+++ lamps/Cargo.toml (generated)\n";
    assert!(run.stdout.contains(stale), "{}", run.stdout);
    assert_eq!(manifest(&folder), mine);
    assert_eq!(folder.run(&GENERATE).code, Some(0));
    let expected = mine
        .replace(
            "[\"tls\", \"beacons\", \"lamps\"]",
            "[\"lamps\", \"switches\"]",
        )
        .replace("beacons = []\n", "")
        .replace("lamps = [\"tls\"]\n", "lamps = []\nswitches = []\n");
    assert_eq!(manifest(&folder), expected);
    assert_eq!(folder.run(&CHECK).code, Some(0));
}

#[test]
fn the_first_features_are_on_by_default_and_then_as_the_owner_likes() {
    let folder = Folder::generated();
    assert!(features(&folder).starts_with("default = []\n"));
    grouped(&folder);
    assert_eq!(folder.run(&GENERATE).code, Some(0));
    assert!(features(&folder).starts_with("default = [\"full\"]\n"));
    let chosen = manifest(&folder).replace("default = [\"full\"]", "default = []");
    folder.write("lamps/Cargo.toml", &chosen);
    assert_eq!(folder.run(&CHECK).code, Some(0));
    assert_eq!(folder.run(&GENERATE).code, Some(0));
    assert_eq!(manifest(&folder), chosen);
}

#[test]
fn a_group_more_and_a_group_less() {
    let folder = Folder::new();
    grouped(&folder);
    assert_eq!(folder.run(&GENERATE).code, Some(0));
    let renamed = folder.read("lamps.yaml").replace("[switches]", "[buttons]");
    folder.write("lamps.yaml", &renamed);
    let run = folder.run(&GENERATE);
    assert!(
        run.stdout.contains("removed lamps/src/switches.rs\n"),
        "{}",
        run.stdout
    );
    let features = features(&folder);
    assert!(
        features.ends_with("full = [\"buttons\", \"lamps\"]\nlamps = []\nbuttons = []"),
        "{features}"
    );
}
