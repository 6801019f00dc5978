use std::collections::BTreeSet;

use openapi_codegen::diagnostic;
use openapi_rust::code::Code;

use crate::{Folder, Run};

/// Names and explanations of all codes.
fn codes() -> Vec<(&'static str, &'static str)> {
    let of_descriptions = diagnostic::Code::ALL.iter();
    let of_descriptions = of_descriptions.map(|code| (code.as_str(), code.explanation()));
    let own = Code::ALL.iter();
    of_descriptions
        .chain(own.map(|code| (code.as_str(), code.explanation())))
        .collect()
}

#[test]
fn every_code_once() {
    let names: BTreeSet<_> = codes().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), codes().len());
}

#[test]
fn a_code_is_explained() {
    let folder = Folder::new();
    for (name, text) in codes() {
        let expected = Run {
            stdout: format!("# {name}\n\n{}\n", text.trim_end()),
            stderr: String::new(),
            code: Some(0),
        };
        assert_eq!(folder.run(&["explain", name]), expected);
    }
    let run = folder.run(&["explain", "unresolved-reference"]);
    let expected = "# unresolved-reference\n\nA `$ref` points at nothing.\n";
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
}

#[test]
fn without_a_code_all_are_listed() {
    let run = Folder::new().run(&["explain"]);
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    let rows = run.stdout.lines().map(|line| line.split_once("  "));
    let rows: Vec<_> = rows
        .map(|row| row.expect("two columns"))
        .map(|(name, summary)| (name, summary.trim_start()))
        .collect();
    let summaries = codes()
        .into_iter()
        .map(|(name, text)| (name, text.lines().next().unwrap_or_default()));
    let expected: Vec<_> = std::iter::once(("code", "what is wrong"))
        .chain(summaries)
        .collect();
    assert_eq!(rows, expected);
    let last = "\
no-crate-name           The crate has no name.
other-crate-name        The crate already has another name than `--name` gives it.
invalid-manifest        The `Cargo.toml` of the crate is not TOML.
invalid-settings        The settings of the project are wrong.
no-runtime              The first Cargo.toml of a crate needs to know where `openapi-runtime` comes from.
no-target               The description, or the folder for the crate, is not known.
no-operation            The operations to take are not known.
no-description          A folder has no descriptions.
cargo                   Cargo does not compile the dependencies of emitted crates.
";
    assert!(run.stdout.ends_with(last), "{}", run.stdout);
}

#[test]
fn an_unknown_code() {
    let cases = [
        (
            "unresolved-refrence",
            "\
error: there is no code `unresolved-refrence`
  = help: did you mean `unresolved-reference`?
",
        ),
        (
            "ocupied",
            "\
error: there is no code `ocupied`
  = help: did you mean `occupied`?
",
        ),
        (
            "E0425",
            "\
error: there is no code `E0425`
  = help: `openapi-rust explain` lists all codes
",
        ),
        (
            "\u{1b}[31m\n",
            "\
error: there is no code `\\u{1b}[31m\\n`
  = help: `openapi-rust explain` lists all codes
",
        ),
        (
            "",
            "\
error: there is no code ``
  = help: `openapi-rust explain` lists all codes
",
        ),
    ];
    let folder = Folder::new();
    for (code, stderr) in cases {
        let expected = Run {
            stdout: String::new(),
            stderr: stderr.to_owned(),
            code: Some(2),
        };
        assert_eq!(folder.run(&["explain", code]), expected);
    }
}

/// The examples of the explanations are what the program prints.
#[test]
fn examples_are_true() {
    let folder = Folder::new();
    folder.write("occupied/src/requests.rs/lamp.rs", "// @generated");
    folder.write("lamps/src/main.rs", "fn main() {}\n");
    folder.write(
        "broken/Cargo.toml",
        "[package]\nname = \"broken\"\n[features]\ndefault = [\n",
    );
    let text = folder
        .read("lamps.yaml")
        .replace("deleteLamps", "deleteLamps\n      tags: [switches]");
    folder.write("grouped.yaml", &text);
    folder.write("named/Cargo.toml", "[package]\nname = \"lighthouse\"\n");
    let cases: [(Code, &[&str]); 6] = [
        (Code::Io, &["--out", "lamps", "--overlay", "lamp.yaml"]),
        (Code::Occupied, &["--out", "occupied"]),
        (Code::NotGenerated, &["--out", "lamps"]),
        (
            Code::InvalidManifest,
            &["--spec", "grouped.yaml", "--out", "broken"],
        ),
        (Code::NoCrateName, &["--out", "2024"]),
        (
            Code::OtherCrateName,
            &["--out", "named", "--name", "beacon"],
        ),
    ];
    for (code, arguments) in cases {
        let spec: &[&str] = if arguments[0] == "--spec" {
            &[]
        } else {
            &["--spec", "lamps.yaml"]
        };
        let arguments = [&["generate"], spec, arguments].concat();
        let stderr = folder.run(&arguments).stderr;
        let stderr = stderr
            .replace("`occupied/", "`lamps/")
            .replace("`named/", "`lamps/");
        let example = stderr
            .split_once("\n\n")
            .map_or(stderr.as_str(), |(text, _)| text);
        // The words of the operating system differ.
        let expected = match (code, example.split_once(": ")) {
            (Code::Io, Some((start, _))) => format!("```text\n{start}: "),
            _ => format!("```text\n{example}\n```\n"),
        };
        assert!(code.explanation().contains(&expected), "{expected}");
    }
}
