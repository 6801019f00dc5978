use crate::{Folder, LAMPS, Run};

const SLICE: [&str; 4] = ["slice", "lamps.yaml", "--operation", "deleteLamps"];

const DELETE_LAMPS: &str = "\
openapi: 3.1.0
info: {title: Lamps, version: 1.0.0}
servers: [{url: https://lamps.example}]
paths:
  /lamps/off:
    delete:
      operationId: deleteLamps
      responses:
        '204': {description: All lamps are off}
";

fn clean(stdout: &str) -> Run {
    Run {
        stdout: stdout.to_owned(),
        stderr: String::new(),
        code: Some(0),
    }
}

#[test]
fn to_the_standard_output() {
    let folder = Folder::new();
    let before = folder.state(".");
    assert_eq!(folder.run(&SLICE), clean(DELETE_LAMPS));
    let all = [&SLICE[..], &["--operation", "createLamp"]].concat();
    assert_eq!(folder.run(&all), clean(LAMPS));
    assert_eq!(folder.state("."), before);
}

#[test]
fn to_a_file() {
    let folder = Folder::new();
    for (option, file) in [("-o", "off.yaml"), ("--output", "slices/off.yaml")] {
        let run = folder.run(&[&SLICE[..], &[option, file]].concat());
        assert_eq!(run, clean(&format!("wrote {file}\n")));
        assert_eq!(folder.read(file), DELETE_LAMPS);
    }
}

#[test]
fn in_place() {
    let folder = Folder::new();
    let in_place = [&SLICE[..], &["-o", "lamps.yaml"]].concat();
    for _ in 0..2 {
        assert_eq!(folder.run(&in_place), clean("wrote lamps.yaml\n"));
        assert_eq!(folder.read("lamps.yaml"), DELETE_LAMPS);
    }
}

/// The standard error of a run that writes nothing.
fn problem(folder: &Folder, arguments: &[&str]) -> String {
    let before = folder.state(".");
    let run = folder.run(arguments);
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)));
    assert_eq!(folder.state("."), before);
    run.stderr
}

#[test]
fn operations_that_are_not_there() {
    let folder = Folder::new();
    let arguments = [
        &SLICE[..],
        &["--operation", "createLmap", "-o", "slice.yaml"],
    ]
    .concat();
    assert_eq!(
        problem(&folder, &arguments),
        "\
error[unknown-operation]: there is no operation `createLmap`
 --> lamps.yaml:4:1
  |
4 | paths:
  | ^^^^^ none of these
  |
  = at: /paths
  = help: did you mean `createLamp`?

for more, run: openapi-rust explain unknown-operation
"
    );
}

#[test]
fn other_problems() {
    let folder = Folder::new();
    folder.write(
        "swagger.yaml",
        "swagger: '2.0'\npaths: {/a: {get: {operationId: a}}}\n",
    );
    let stderr = problem(&folder, &["slice", "swagger.yaml", "--operation", "a"]);
    assert!(
        stderr.starts_with("error[unsupported-version]: "),
        "{stderr}"
    );
    let stderr = problem(&folder, &["slice", "lamp.yaml", "--operation", "a"]);
    assert!(
        stderr.starts_with("error[io]: cannot read `lamp.yaml`: "),
        "{stderr}"
    );
    folder.write("folder/file", "");
    let stderr = problem(&folder, &[&SLICE[..], &["-o", "folder"]].concat());
    assert!(
        stderr.starts_with("error[io]: cannot write `folder`: "),
        "{stderr}"
    );
    let stderr = problem(&folder, &["slice", "lamps.yaml"]);
    assert!(
        stderr.contains("required") && stderr.contains("--operation <ID>"),
        "{stderr}"
    );
}
