//! `generate --module`: a folder within the source of another package.

use crate::Folder;

const MODULE: [&str; 6] = [
    "generate",
    "--module",
    "--spec",
    "lamps.yaml",
    "--out",
    "app/src/lamps",
];

#[test]
fn a_module_has_no_manifest_and_no_folder_of_its_own_for_source() {
    let folder = Folder::without_settings();
    let run = folder.run(&MODULE);
    let expected = "\
wrote app/src/lamps/bindings.json
wrote app/src/lamps/mod.rs
wrote app/src/lamps/operations.rs
wrote app/src/lamps/requests.rs
generated: 2 operations, 1 type; 4 files, 4 written, 0 removed
untyped JSON: 0 values
documentation-only keywords: 0
";
    assert_eq!(
        (run.stdout.as_str(), run.code),
        (expected, Some(0)),
        "{run:?}"
    );
    let bindings = folder.read("app/src/lamps/bindings.json");
    assert!(bindings.contains("\"crate\": \"lamps\""), "{bindings}");
    let check = [&MODULE[..], &["--check"]].concat();
    let run = folder.run(&check);
    assert_eq!(run.stdout, "clean: 4 files in app/src/lamps\n", "{run:?}");
}

#[test]
fn the_folder_belongs_to_the_generator() {
    let folder = Folder::without_settings();
    folder.write("app/src/lamps/by_hand.rs", "");
    let refused = folder.run(&MODULE);
    assert!(
        refused
            .stderr
            .starts_with("error[not-generated]: `app/src/lamps` has files"),
        "{refused:?}"
    );
    std::fs::remove_file(folder.path("app/src/lamps/by_hand.rs")).expect("removed");
    assert_eq!(folder.run(&MODULE).code, Some(0));
    folder.write("app/src/lamps/by_hand.rs", "");
    let removed = folder.run(&MODULE);
    assert!(
        removed
            .stdout
            .starts_with("removed app/src/lamps/by_hand.rs\n"),
        "{removed:?}"
    );
}

#[test]
fn a_module_has_nothing_that_only_a_crate_has() {
    let folder = Folder::without_settings();
    for crates in [["--flat", ""], ["--name", "lamps"], ["--runtime", "0.1"]] {
        let crates = crates.iter().filter(|word| !word.is_empty());
        let arguments: Vec<&str> = MODULE.iter().chain(crates).copied().collect();
        let run = folder.run(&arguments);
        assert!(run.stderr.contains("cannot be used with"), "{run:?}");
        assert_eq!(run.code, Some(2));
    }
}
