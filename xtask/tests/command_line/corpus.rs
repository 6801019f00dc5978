//! The result for a folder of descriptions.

use serde_json::{Value, json};

use crate::{Folder, LAMPS, Run};

/// A description of which one operation cannot be generated.
const SHELVES: &str = "\
openapi: 3.1.0
info: {title: Shelves, version: 1.0.0}
paths:
  /shelves:
    get:
      operationId: listShelves
      responses:
        '200': {description: All, content: {application/json: {schema: {type: array}}}}
    put:
      operationId: moveShelf
      requestBody: {content: {application/json: {schema: {enum: [up, 5]}}}}
      responses:
        '204': {description: It is there}
";

/// A folder with a description that has a warning, and one with an operation that cannot be
/// generated.
fn folder() -> Folder {
    let folder = Folder::new();
    let lamps = LAMPS.replace("required: [color]", "required: [color, shade]");
    folder.write("world/lamps.yaml", &lamps);
    folder.write("world/shelves.yml", SHELVES);
    folder.write("world/README.md", "No description.\n");
    folder.write("world/more/lamps.yaml", "Not directly in the folder.\n");
    folder
}

/// The command, with a folder for the crates.
fn corpus<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["corpus", "--out", "crates"], arguments].concat()
}

/// The text with `…` for times and sizes, and two spaces between columns.
fn masked(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let indent = line.len() - line.trim_start().len();
        let cells = line.trim_start().split("  ").map(str::trim);
        let cells = cells.filter(|cell| !cell.is_empty()).map(|cell| {
            let figure = cell.strip_suffix(" s").or(cell.strip_suffix(" MB"));
            match figure.and_then(|figure| figure.parse::<f64>().ok()) {
                Some(_) => "…",
                None => cell,
            }
        });
        let cells: Vec<&str> = cells.collect();
        format!("{}{}\n", &line[..indent], cells.join("  "))
    });
    lines.collect()
}

/// Number of lines of a crate.
fn lines(folder: &Folder, name: &str) -> usize {
    let files = folder.state(&format!("crates/{name}/src"));
    files.iter().map(|(_, text, _)| text.lines().count()).sum()
}

#[test]
fn as_text() {
    let folder = folder();
    let run = folder.run(&corpus(&["world"]));
    let [lamps, shelves] = ["corpus-lamps", "corpus-shelves"].map(|name| lines(&folder, name));
    let total = lamps + shelves;
    let expected = format!(
        "\
document  operations  refused  types  lines  untyped  warnings  generate  memory  verdict
world/lamps.yaml  2  0  1  {lamps}  0  1  …  …  ok
world/shelves.yml  1  1  0  {shelves}  1  0  …  …  refused 1 operation
total  3  1  1  {total}  1  1  …  …  2 documents

refused: 1 operation
  world/shelves.yml:11:66: moveShelf: unsupported-schema: an enum of values of several types is not supported

warnings: 1
  world/lamps.yaml: 1 unknown-required

for more, run: openapi-rust explain CODE
"
    );
    let found = (masked(&run.stdout), run.stderr.as_str(), run.code);
    assert_eq!(found, (expected.clone(), "", Some(0)));
    assert!(folder.exists("crates/corpus-lamps/src/lib.rs"));
    // The second run finds the files of the first.
    let again = folder.run(&corpus(&["world"]));
    assert_eq!((masked(&again.stdout), again.code), (expected, Some(0)));
}

#[test]
fn what_is_refused_can_be_denied() {
    let folder = folder();
    let run = folder.run(&corpus(&["world", "--deny", "refused"]));
    assert_eq!(run.code, Some(1));
    assert_eq!(
        masked(&run.stdout),
        masked(&folder.run(&corpus(&["world"])).stdout)
    );
    let good = folder.run(&corpus(&["world/lamps.yaml", "--deny", "refused"]));
    assert_eq!(good.code, Some(0), "{}", good.stdout);
}

/// The figures of a generation, which have to be there on these systems.
fn take_figures(object: &mut Value) {
    let wall = object["wall_seconds"].take();
    assert!(wall.as_f64().is_some_and(|wall| wall > 0.0), "{wall}");
    let (cpu, peak) = (object["cpu_seconds"].take(), object["peak_bytes"].take());
    if cfg!(any(target_os = "linux", target_os = "macos")) {
        assert!(cpu.as_f64().is_some_and(|cpu| cpu > 0.0), "{cpu}");
        assert!(peak.as_u64().is_some_and(|peak| peak > 1_000_000), "{peak}");
    }
}

#[test]
fn as_json() {
    let folder = folder();
    let (mut report, code) = folder.json(&corpus(&["world"]));
    let [lamps, shelves] = ["corpus-lamps", "corpus-shelves"].map(|name| lines(&folder, name));
    let documents = report["documents"].as_array_mut().expect("documents");
    for document in documents {
        take_figures(&mut document["generation"]);
    }
    let unmeasured = json!({
        "wall_seconds": null, "cpu_seconds": null, "peak_bytes": null, "said": null,
    });
    let warning = json!({
        "code": "unknown-required",
        "severity": "warning",
        "file": "world/lamps.yaml",
        "line": 28,
        "column": 25,
        "pointer": "/components/schemas/Lamp/required/1",
        "message": "`required` names `shade`, which is not a property",
        "assumed": "the name is ignored",
        "help": "add the property, or remove the name from `required`",
    });
    let refused = json!({
        "code": "unsupported-schema",
        "severity": "error",
        "file": "world/shelves.yml",
        "line": 11,
        "column": 66,
        "pointer": "/paths/~1shelves/put/requestBody/content/application~1json/schema/enum/0",
        "message": "an enum of values of several types is not supported",
        "assumed": null,
        "help": "split the schema into one schema for each type, and list them in `anyOf`",
    });
    let expected = json!({
        "status": "clean",
        "documents": [
            {
                "file": "world/lamps.yaml",
                "crate": "corpus-lamps",
                "status": "ok",
                "generated": {
                    "operations": 2, "refused": 0, "types": 1, "lines": lamps, "untyped": 0, "warnings": 1,
                },
                "counts": {"unknown-required": 1},
                "diagnostics": [warning],
                "refused": [],
                "generation": unmeasured,
                "compilation": null,
            },
            {
                "file": "world/shelves.yml",
                "crate": "corpus-shelves",
                "status": "refused",
                "generated": {
                    "operations": 1, "refused": 1, "types": 0, "lines": shelves, "untyped": 1, "warnings": 0,
                },
                "counts": {},
                "diagnostics": [],
                "refused": [{"operation": "moveShelf", "diagnostics": [refused]}],
                "generation": unmeasured,
                "compilation": null,
            },
        ],
        "totals": {
            "documents": 2,
            "operations": 3, "refused": 1, "types": 1, "lines": lamps + shelves, "untyped": 1, "warnings": 1,
        },
        "diagnostics": [],
    });
    assert_eq!((report, code), (expected, Some(0)));
}

#[test]
fn a_document_of_which_nothing_can_be_made() {
    let folder = folder();
    folder.write("world/broken.json", "{\"openapi\": ");
    let run = folder.run(&corpus(&["world"]));
    let text = masked(&run.stdout);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[1],
        "world/broken.json  -  -  -  -  -  -  …  …  not generated"
    );
    assert_eq!(
        lines[5..8],
        [
            "",
            "not generated: 1 document",
            "  world/broken.json:1:13: invalid-json: expected value after colon in object property",
        ]
    );
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(1)));

    let (report, code) = folder.json(&corpus(&["world"]));
    let broken = &report["documents"][0];
    assert_eq!((&report["status"], code), (&json!("problems"), Some(1)));
    assert_eq!(
        (&broken["status"], &broken["generated"], &broken["counts"]),
        (
            &json!("not-generated"),
            &json!(null),
            &json!({"invalid-json": 1})
        )
    );
}

#[test]
fn files_are_taken_once_each() {
    let folder = folder();
    folder.write("world/LAMPS.json", LAMPS);
    let paths = ["lamps.yaml", "world/lamps.yaml", "world", "./world"];
    let (report, _) = folder.json(&corpus(&paths));
    let documents = report["documents"].as_array().expect("documents");
    let found: Vec<_> = documents
        .iter()
        .map(|document| [&document["file"], &document["crate"]].map(|text| text.as_str()))
        .collect();
    let expected = [
        ["lamps.yaml", "corpus-lamps"],
        ["world/lamps.yaml", "corpus-lamps-2"],
        ["world/LAMPS.json", "corpus-lamps-3"],
        ["world/shelves.yml", "corpus-shelves"],
    ];
    assert_eq!(found, expected.map(|pair| pair.map(Some)));
}

/// The folder of the crates is kept from run to run: the runtime is compiled once.
const COMPILED: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/corpus");

#[test]
fn crates_are_compiled() {
    let folder = folder();
    let command = ["corpus", "--out", COMPILED, "--compile", "world/lamps.yaml"];
    let (mut report, code) = folder.json(&command);
    assert_eq!((&report["status"], code), (&json!("clean"), Some(0)));
    let compilation = &mut report["documents"][0]["compilation"];
    take_figures(compilation);
    assert_eq!(compilation["command"], "check");
    assert_eq!(compilation["complaints"], json!([]));
}

/// A script in the place of Cargo: it compiles the runtime, and of all else it complains.
#[cfg(unix)]
const COMPLAINING: &str = r#"#!/bin/sh
case "$*" in *openapi-runtime*) exit 0;; esac
message() {
  echo '{"reason":"compiler-message","message":{"level":"error","message":"'$1'","code":'$2',"spans":['$3']}}'
}
echo '{"reason":"compiler-artifact"}'
other='{"file_name":"corpus-lamps/src/lib.rs","line_start":1,"column_start":1,"is_primary":false}'
span='{"file_name":"corpus-lamps/src/types.rs","line_start":7,"column_start":9,"is_primary":true}'
message unneeded '{"code":"clippy::needless_return"}' "$other,$span"
message unneeded '{"code":"clippy::needless_return"}' "$other"
message mismatched '{"code":"E0308"}' ""
message "aborting due to 3 previous errors" null ""
exit 101
"#;

#[cfg(unix)]
fn with_cargo(folder: &Folder, script: &str, arguments: &[&str]) -> Run {
    use std::os::unix::fs::PermissionsExt;

    folder.write("cargo", script);
    let program = folder.path("cargo");
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&program, executable).expect("a program");
    folder.run_with(&corpus(arguments), |command| {
        command.env_remove("GITHUB_ACTIONS").env("CARGO", program)
    })
}

#[test]
#[cfg(unix)]
fn what_the_compiler_says_is_listed() {
    let folder = folder();
    for (option, title) in [
        ("--compile", "does not compile"),
        ("--lint", "clippy complains"),
    ] {
        let run = with_cargo(&folder, COMPLAINING, &["world/lamps.yaml", option]);
        let text = masked(&run.stdout);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].ends_with(title), "{text}");
        let listed = [
            "",
            &format!("{title}: 1 document"),
            "  world/lamps.yaml: 2 clippy::needless_return, first at crates/corpus-lamps/src/types.rs:7:9: unneeded",
            "  world/lamps.yaml: 1 E0308: mismatched",
            "",
        ];
        assert_eq!(lines[3..8], listed);
        assert_eq!((run.stderr.as_str(), run.code), ("", Some(1)));
    }
}

#[test]
#[cfg(unix)]
fn without_a_compiler_there_is_no_telling() {
    let script = "#!/bin/sh\necho 'error: no such command: `clippy`' >&2\nexit 101\n";
    let run = with_cargo(&folder(), script, &["world/lamps.yaml", "--lint"]);
    let expected = Run {
        stdout: String::new(),
        stderr: "\
error[cargo]: cargo does not compile the dependencies of emitted crates: error: no such command: `clippy`
  = help: run `cargo check -p openapi-runtime`, with `--lint` `cargo clippy --version`

for more, run: openapi-rust explain cargo
"
        .to_owned(),
        code: Some(2),
    };
    assert_eq!(run, expected);
}

#[test]
fn no_folder_of_someone_else_is_written_to() {
    let folder = folder();
    folder.write("crates/Cargo.toml", "[workspace]\n");
    let expected = Run {
        stdout: String::new(),
        stderr: "\
error[not-generated]: `crates/Cargo.toml` is there, and was not generated
  = help: it would be overwritten: choose another folder with `--out`, or give it another name

for more, run: openapi-rust explain not-generated
"
        .to_owned(),
        code: Some(2),
    };
    assert_eq!(folder.run(&corpus(&["world"])), expected);
    assert!(!folder.exists("crates/corpus-lamps"));
}

#[test]
fn a_folder_without_descriptions() {
    let folder = folder();
    folder.write("none/README.md", "");
    let expected = Run {
        stdout: String::new(),
        stderr: "\
error[no-description]: there is no description (`*.yaml`, `*.yml`, `*.json`) in `none`
  = help: name a file, or the folder that contains the files

for more, run: openapi-rust explain no-description
"
        .to_owned(),
        code: Some(2),
    };
    assert_eq!(folder.run(&corpus(&["none"])), expected);
    let (report, code) = folder.json(&corpus(&["missing.yaml"]));
    assert_eq!(
        (&report["status"], &report["documents"], code),
        (&json!("error"), &json!([]), Some(2))
    );
    assert_eq!(report["diagnostics"][0]["code"], "io");
}
