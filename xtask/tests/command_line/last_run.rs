//! A run that has nothing to do prints what the last one had to report.

use crate::{Folder, GENERATE, LAMPS, Run};

/// A folder whose description has a warning, so that there is something to report.
fn folder() -> Folder {
    let folder = Folder::new();
    let lamps = LAMPS.replace("summary: Lights a lamp", "sumary: Lights a lamp");
    folder.write("lamps.yaml", &lamps);
    folder
}

fn generate(folder: &Folder, more: &[&str]) -> Run {
    folder.run_with(&[&GENERATE[..], more].concat(), |command| {
        command.env("OPENAPI_RUST_CACHE", folder.path("cache"))
    })
}

/// Makes the record say something that a run cannot find by itself.
fn mark(folder: &Folder) {
    let records = std::fs::read_dir(folder.path("cache")).expect("records");
    let record = records.map(|entry| entry.expect("a record").path());
    let [record] = &record.collect::<Vec<_>>()[..] else {
        panic!("there is one record");
    };
    let text = std::fs::read_to_string(record).expect("read");
    let marked = text.replace("2 operations", "2 recorded operations");
    let marked = marked.replace("\"operations\":2", "\"operations\":2002");
    assert_ne!(text, marked);
    std::fs::write(record, marked).expect("written");
}

#[test]
fn the_report_is_the_same() {
    for format in ["text", "json"] {
        let (with, without) = (folder(), folder());
        let more = ["--verbose", "--format", format];
        assert_eq!(generate(&with, &more).code, Some(0));
        mark(&with);
        let recorded = generate(&with, &more);
        let arguments = [&GENERATE[..], &more].concat();
        assert_eq!(without.run(&arguments).code, Some(0));
        let found = without.run(&arguments);
        let stdout = recorded
            .stdout
            .replace("2 recorded operations", "2 operations")
            .replace("\"operations\": 2002", "\"operations\": 2");
        assert_ne!(stdout, recorded.stdout);
        assert_eq!(Run { stdout, ..recorded }, found);
        assert!(found.stdout.contains("unknown-keyword"), "{found:?}");
    }
}

#[test]
fn the_record_counts_while_inputs_and_outputs_are_the_same() {
    let folder = folder();
    let is_recorded = |more: &[&str]| {
        let run = generate(&folder, more);
        assert_eq!(run.code, Some(0), "{run:?}");
        run.stdout.contains("recorded operations")
    };
    let again = || {
        assert!(!is_recorded(&[]));
        mark(&folder);
        assert!(is_recorded(&[]));
    };
    again();
    folder.write("lamps/src/requests.rs", "// by hand\n");
    again();
    assert!(
        !folder
            .read("lamps/src/requests.rs")
            .starts_with("// by hand")
    );
    folder.write("lamps/src/more.rs", "// by hand\n");
    again();
    assert!(!folder.exists("lamps/src/more.rs"));
    std::fs::remove_file(folder.path("lamps/bindings.json")).expect("removed");
    again();
    folder.write(
        "lamps/Cargo.toml",
        &(folder.read("lamps/Cargo.toml") + "# by hand\n"),
    );
    again();
    folder.write("lamps.yaml", &LAMPS.replace("Lights", "Hangs"));
    again();
    assert!(!is_recorded(&["--flat"]));
    assert!(!is_recorded(&["--format", "json"]));
}

#[test]
fn a_check_does_not_rely_on_it() {
    let folder = folder();
    assert_eq!(generate(&folder, &[]).code, Some(0));
    mark(&folder);
    let run = generate(&folder, &["--check", "--verbose"]);
    assert!(
        run.stdout.starts_with("clean: 4 files in lamps\n"),
        "{run:?}"
    );
    assert!(!run.stdout.contains("recorded"), "{run:?}");
}

#[test]
fn a_broken_record_is_none() {
    let folder = folder();
    let first = generate(&folder, &[]);
    for entry in std::fs::read_dir(folder.path("cache")).expect("records") {
        std::fs::write(entry.expect("a record").path(), "{").expect("written");
    }
    let second = generate(&folder, &[]);
    assert_eq!((first.code, second.code), (Some(0), Some(0)));
    assert!(
        second
            .stdout
            .contains("generated: 2 operations, 1 type; 4 files, 0 written"),
        "{second:?}"
    );
}
