use serde_json::json;

use crate::{CHECK, Folder, GENERATE, LAMPS};

/// The standard error of a run that ends in an error and writes nothing.
fn problem(folder: &Folder, arguments: &[&str]) -> String {
    let before = folder.state(".");
    let run = folder.run(arguments);
    assert_eq!(
        (run.stdout.as_str(), run.code),
        ("", Some(2)),
        "{}",
        run.stderr
    );
    assert_eq!(folder.state("."), before);
    run.stderr
}

#[test]
fn usage() {
    let folder = Folder::new();
    let stderr = problem(&folder, &["generate", "--chek"]);
    assert!(
        stderr.contains("unexpected argument '--chek'") && stderr.contains("'--check'"),
        "{stderr}"
    );
    assert!(problem(&folder, &[]).contains("Usage: openapi-rust <COMMAND>"));
    assert!(problem(&folder, &["diff"]).contains("<OLD> <NEW>"));
    assert!(problem(&folder, &["generate", "--name", "1 lamp"]).contains("a letter first"));
}

#[test]
fn help_is_no_failure() {
    let run = Folder::new().run(&["generate", "--help"]);
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    assert!(
        run.stdout
            .contains("Usage: openapi-rust generate [OPTIONS]")
    );
}

#[test]
fn broken_yaml() {
    let folder = Folder::new();
    folder.write("lamps.yaml", "openapi: 3.1.0\npaths:\n  /lamps: [\n");
    for arguments in [&GENERATE[..], &CHECK] {
        let stderr = problem(&folder, arguments);
        assert!(stderr.starts_with("error[invalid-yaml]: "), "{stderr}");
        let place = stderr
            .lines()
            .find_map(|line| line.trim().strip_prefix("--> lamps.yaml:"));
        let (line, column) = place
            .and_then(|place| place.split_once(':'))
            .expect("line:column");
        assert!(
            line.parse::<usize>().is_ok() && column.parse::<usize>().is_ok(),
            "{stderr}"
        );
    }
    let (report, code) = folder.json(&GENERATE);
    let problem = &report["diagnostics"][0];
    assert_eq!((&report["status"], code), (&json!("error"), Some(2)));
    assert_eq!(
        (&problem["code"], &problem["file"]),
        (&json!("invalid-yaml"), &json!("lamps.yaml"))
    );
    assert!(problem["line"].is_u64() && problem["column"].is_u64());
}

#[test]
fn an_unknown_operation() {
    let folder = Folder::new();
    let stderr = problem(
        &folder,
        &[&GENERATE[..], &["--operation", "createLmap"]].concat(),
    );
    let expected = "\
error[unknown-operation]: there is no operation `createLmap`
 --> lamps.yaml:4:1
  |
4 | paths:
  | ^^^^^ none of these
  |
  = at: /paths
  = help: did you mean `createLamp`?

for more, run: openapi-rust explain unknown-operation
";
    assert_eq!(stderr, expected);
}

#[test]
fn several_codes_are_named_once_each() {
    let folder = Folder::new();
    let document = LAMPS.replace("schemas/Lamp'", "schemas/Lmap'").replace(
        "      requestBody:",
        "      parameter: []\n      requestBody:",
    );
    folder.write("lamps.yaml", &document);
    for arguments in [&GENERATE[..], &CHECK] {
        let stderr = problem(&folder, arguments);
        let titles = stderr.lines().filter_map(|line| line.split_once("]: "));
        let titles: Vec<_> = titles.map(|(title, _)| title).collect();
        assert_eq!(
            titles,
            [
                "warning[unknown-keyword",
                "error[unresolved-reference",
                "error[unresolved-reference"
            ]
        );
        let hint = "\n\nfor more, run: openapi-rust explain CODE, where CODE is one of: unknown-keyword, \
                    unresolved-reference\n";
        assert!(stderr.ends_with(hint), "{stderr}");
    }
}

#[test]
fn a_problem_of_the_description_leaves_a_generated_crate_as_it_is() {
    let folder = Folder::generated();
    folder.write(
        "lamps.yaml",
        &LAMPS.replace("schemas/Lamp'", "schemas/Lmap'"),
    );
    folder.write("lamps/src/lib.rs", "// @generated, and stale\n");
    let stderr = problem(&folder, &GENERATE);
    assert!(
        stderr.contains("did you mean `#/components/schemas/Lamp`?"),
        "{stderr}"
    );
}

#[test]
fn a_file_that_is_not_there() {
    let folder = Folder::new();
    let stderr = problem(
        &folder,
        &["generate", "--spec", "lamp.yaml", "--out", "lamps"],
    );
    let lines: Vec<&str> = stderr.lines().collect();
    assert!(
        lines[0].starts_with("error[io]: cannot read `lamp.yaml`: "),
        "{stderr}"
    );
    assert_eq!(
        lines[1..],
        [
            "  = help: check the path, and that the file is UTF-8 text that you may read",
            "",
            "for more, run: openapi-rust explain io",
        ]
    );
    let (report, code) = folder.json(&[&GENERATE[..], &["--overlay", "none.yaml"]].concat());
    let problem = &report["diagnostics"][0];
    assert_eq!((&report["status"], code), (&json!("error"), Some(2)));
    assert_eq!(
        (&problem["code"], &problem["file"]),
        (&json!("io"), &json!("none.yaml"))
    );
    assert_eq!(problem["line"], json!(null));
}

#[test]
fn a_folder_with_source_that_was_written_by_hand() {
    let folder = Folder::new();
    folder.write("lamps/src/main.rs", "fn main() {}\n");
    let expected = "\
error[not-generated]: `lamps/src` has files, and none of them was generated
  = help: all files there would be removed: choose another folder with `--out`, or empty this one

for more, run: openapi-rust explain not-generated
";
    assert_eq!(problem(&folder, &GENERATE), expected);
    assert_eq!(problem(&folder, &CHECK), expected);
}

#[test]
fn bindings_that_were_written_by_someone_else() {
    let folder = Folder::new();
    let expected = "\
error[not-generated]: `lamps/bindings.json` is there, and was not generated
  = help: it would be overwritten: choose another folder with `--out`, or give it another name

for more, run: openapi-rust explain not-generated
";
    for text in ["", "{\n  \"bindings\": []\n}\n", "{}", "\u{0}"] {
        folder.write("lamps/bindings.json", text);
        assert_eq!(problem(&folder, &GENERATE), expected);
        assert_eq!(problem(&folder, &CHECK), expected);
    }
}

#[test]
fn a_folder_where_the_bindings_belong() {
    let folder = Folder::new();
    folder.write("lamps/bindings.json/lamp.json", "{}");
    let stderr = problem(&folder, &GENERATE);
    let expected = "error[occupied]: `lamps/bindings.json` is a folder, where a file belongs\n";
    assert!(stderr.starts_with(expected), "{stderr}");
}

#[test]
fn a_folder_where_a_file_belongs() {
    let folder = Folder::generated();
    std::fs::remove_file(folder.path("lamps/src/requests.rs")).expect("removed");
    folder.write("lamps/src/requests.rs/lamp.rs", "");
    let expected = "\
error[occupied]: `lamps/src/requests.rs` is a folder, where a file belongs
  = help: remove it, or choose another folder with `--out`

for more, run: openapi-rust explain occupied
";
    assert_eq!(problem(&folder, &GENERATE), expected);
}

#[test]
fn a_file_where_the_folder_belongs() {
    let folder = Folder::new();
    folder.write("lamps/src", "");
    let stderr = problem(&folder, &GENERATE);
    assert!(
        stderr.starts_with("error[occupied]: `lamps/src` is a file, where a folder belongs\n"),
        "{stderr}"
    );
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    use std::fs;
    use std::os::unix::fs::symlink;

    let folder = Folder::generated();
    folder.write("elsewhere/lamp.rs", "by hand");
    let orphan = folder.path("lamps/src/elsewhere");
    symlink(folder.path("elsewhere"), &orphan).expect("linked");
    let run = folder.run(&GENERATE);
    assert!(
        run.stdout.starts_with("removed lamps/src/elsewhere\n"),
        "{}",
        run.stdout
    );
    assert!(fs::symlink_metadata(&orphan).is_err());
    assert_eq!(folder.read("elsewhere/lamp.rs"), "by hand");

    let file = folder.path("lamps/src/requests.rs");
    fs::remove_file(&file).expect("removed");
    symlink(folder.path("elsewhere/lamp.rs"), &file).expect("linked");
    let stderr = problem(&folder, &GENERATE);
    assert!(
        stderr.contains("`lamps/src/requests.rs` is a symbolic link, where a file belongs"),
        "{stderr}"
    );
    assert_eq!(folder.read("elsewhere/lamp.rs"), "by hand");

    let bindings = folder.path("lamps/bindings.json");
    fs::remove_file(&file).expect("removed");
    fs::remove_file(&bindings).expect("removed");
    symlink(folder.path("elsewhere/lamp.rs"), &bindings).expect("linked");
    let stderr = problem(&folder, &GENERATE);
    assert!(
        stderr.contains("`lamps/bindings.json` is a symbolic link, where a file belongs"),
        "{stderr}"
    );
    assert_eq!(folder.read("elsewhere/lamp.rs"), "by hand");

    fs::rename(folder.path("lamps/src"), folder.path("source")).expect("moved");
    symlink(folder.path("source"), folder.path("lamps/src")).expect("linked");
    let stderr = folder.run(&GENERATE).stderr;
    assert!(
        stderr.contains("`lamps/src` is a symbolic link, where a folder belongs"),
        "{stderr}"
    );
}
