//! The project that a command is run in, and its settings.

use clap::Parser;
use openapi_rust::arguments::{Deny, TargetArguments};
use openapi_rust::files::project::Project;
use openapi_rust::target::Target;
use openapi_rust::{Environment, Exit};

use crate::Folder;

#[derive(Parser)]
struct Typed {
    #[command(flatten)]
    target: TargetArguments,
}

fn typed(arguments: &[&str]) -> TargetArguments {
    let typed = Typed::try_parse_from([&["generate"], arguments].concat());
    typed.expect("arguments").target
}

fn overlays(target: &Target) -> Vec<String> {
    target.overlays.iter().map(ToString::to_string).collect()
}

#[test]
fn without_arguments_the_target_is_the_client_of_the_project() {
    let target = Target::of_project().expect("a project");
    // This test is run in the folder of the package, below that of the project.
    assert_eq!(target.description.to_string(), "../spec/openapi.yaml");
    assert_eq!(overlays(&target), ["../spec/overlay.yaml"]);
    assert_eq!(target.out.to_string(), "../generated");
    assert!(target.description.path().is_file() && target.out.path().is_dir());
}

#[test]
fn another_description_has_no_overlay_unless_one_is_given() {
    let project = Project::find().expect("a project");
    let target = |arguments: &[&str]| Target::new(&typed(arguments), &project).expect("a target");
    let lamps = ["--spec", "lamps.yaml", "--out", "lamps"];
    assert!(overlays(&target(&lamps)).is_empty());
    let one = target(&[&lamps[..], &["--overlay", "a.yaml"]].concat());
    assert_eq!(overlays(&one), ["a.yaml"]);
    let two = target(&["--overlay", "a.yaml", "--overlay", "b.yaml"]);
    assert_eq!(overlays(&two), ["a.yaml", "b.yaml"]);
}

#[test]
fn the_command_is_quoted_for_a_shell() {
    let target = TargetArguments {
        spec: Some("my lamps.yaml".into()),
        overlay: vec!["a.yaml".into(), "b's.yaml".into()],
        operation: vec!["post /lamps".to_owned(), "$(lamp)".to_owned()],
        tag: vec!["Lamps".to_owned(), "On & off".to_owned()],
        skip_unsupported: true,
        out: Some("../lamps".into()),
        name: Some("lamps".to_owned()),
        flat: true,
        module: false,
        runtime: Some("~0.1".parse().expect("a version")),
        deny: Some(Deny::Warnings),
    };
    let expected = r"cargo xtask generate --spec 'my lamps.yaml' --overlay a.yaml --overlay 'b'\''s.yaml' --operation 'post /lamps' --operation '$(lamp)' --tag Lamps --tag 'On & off' --out ../lamps --name lamps --runtime '~0.1' --deny warnings --flat --skip-unsupported";
    assert_eq!(target.command("cargo xtask"), expected);
}

#[test]
fn a_run_within_a_program_is_the_same() {
    let run = |arguments: &[&str]| {
        let arguments = arguments.iter().map(Into::into);
        openapi_rust::run(arguments, &Environment::default())
    };
    let output = run(&["openapi-rust", "--help"]);
    assert_eq!((output.exit, output.stderr.as_str()), (Exit::Clean, ""));
    let output = run(&["openapi-rust", "operations", "no such file"]);
    assert_eq!((output.exit, output.stdout.as_str()), (Exit::Error, ""));
}

const SETTINGS: &str = "\
spec = \"spec/lamps.yaml\"
overlays = [\"spec/names.yaml\"]
operations = [\"switchLamp\"]
out = \"clients/lamps\"
name = \"lamp-client\"
layout = \"flat\"
runtime = \"0.1\"
";

const OVERLAY: &str = "\
overlay: 1.1.0
info: {title: Names, version: 1.0.0}
actions:
- target: $.paths['/lamps'].post
  update: {operationId: switchLamp}
";

fn project(settings: &str) -> Folder {
    let folder = Folder::without_settings();
    folder.write("openapi-rust.toml", settings);
    folder.write("spec/lamps.yaml", &folder.read("lamps.yaml"));
    folder.write("spec/names.yaml", OVERLAY);
    folder
}

#[test]
fn settings_say_what_to_generate() {
    let folder = project(SETTINGS);
    let run = folder.run(&["generate"]);
    let expected = "\
wrote clients/lamps/Cargo.toml
wrote clients/lamps/bindings.json
wrote clients/lamps/src/lib.rs
wrote clients/lamps/src/operations.rs
wrote clients/lamps/src/requests.rs
generated: 1 operation, 1 type; 5 files, 5 written, 0 removed
untyped JSON: 0 values
documentation-only keywords: 0
";
    assert_eq!(
        (run.stdout.as_str(), run.code),
        (expected, Some(0)),
        "{run:?}"
    );
    let manifest = folder.read("clients/lamps/Cargo.toml");
    assert!(manifest.contains("name = \"lamp-client\"\n"), "{manifest}");
    assert!(
        manifest.ends_with("openapi-runtime = \"0.1\"\n"),
        "{manifest}"
    );
    assert_eq!(folder.run(&["generate", "--check"]).code, Some(0));
    let listed = folder.run(&["operations"]);
    assert!(listed.stdout.contains("switchLamp"), "{listed:?}");
    assert_eq!(folder.run(&["problems"]).stdout, "no problems\n");
}

#[test]
fn paths_are_printed_from_the_working_directory() {
    let folder = project(SETTINGS);
    folder.write("clients/notes.txt", "");
    let run = folder.run_with(&["generate"], |command| {
        command.current_dir(folder.path("clients"))
    });
    let first = run.stdout.lines().next();
    assert_eq!(first, Some("wrote ../clients/lamps/Cargo.toml"), "{run:?}");
    assert!(folder.exists("clients/lamps/Cargo.toml"));
}

#[test]
fn arguments_replace_settings() {
    let folder = project(SETTINGS);
    let other = ["generate", "--spec", "lamps.yaml", "--out", "other"];
    assert_eq!(folder.run(&other).code, Some(0));
    let manifest = folder.read("other/Cargo.toml");
    assert!(manifest.contains("name = \"other\"\n"), "{manifest}");
    assert!(
        folder
            .read("other/src/operations.rs")
            .contains("DeleteLamps")
    );
    let narrower = [
        "generate",
        "--operation",
        "deleteLamps",
        "--out",
        "narrower",
    ];
    assert_eq!(folder.run(&narrower).code, Some(0));
    assert!(!folder.exists("narrower/src/requests.rs"));
    assert!(!folder.exists("clients"));
}

#[test]
fn another_description_never_replaces_the_crate_of_the_project() {
    let run = project(SETTINGS).run(&["generate", "--spec", "lamps.yaml"]);
    let expected = "\
error: the following required arguments were not provided:
  --out <DIR>

Usage: openapi-rust generate --out <DIR> --spec <FILE>

For more information, try '--help'.
";
    assert_eq!((run.stderr.as_str(), run.code), (expected, Some(2)));
}

/// The text that a command prints to the standard error where there are these settings, or none.
fn refused(settings: Option<&str>, arguments: &[&str]) -> String {
    let folder = settings.map_or_else(Folder::without_settings, project);
    let run = folder.run(arguments);
    assert_eq!(run.code, Some(2), "{run:?}");
    run.stderr
}

#[test]
fn without_settings_both_are_arguments() {
    let expected = "\
error[no-target]: no description: there is no argument for it, and no `spec` in an openapi-rust.toml
  = help: name the file, or write `spec` into openapi-rust.toml

for more, run: openapi-rust explain no-target
";
    for command in ["generate", "operations", "problems"] {
        assert_eq!(refused(None, &[command]), expected);
    }
    let expected = "\
error[no-target]: no folder for the crate: there is no `--out`, and no `out` in an openapi-rust.toml
  = help: name the folder with `--out`, or write `out` into openapi-rust.toml

for more, run: openapi-rust explain no-target
";
    assert_eq!(
        refused(Some("spec = \"lamps.yaml\"\n"), &["generate"]),
        expected
    );
    let expected = "\
error[no-runtime]: `lamps/Cargo.toml` would depend on openapi-runtime, and it is not known where to take that from
  = help: name a version, its folder, or the URL of a git repository with `--runtime`, or as `runtime` in openapi-rust.toml

for more, run: openapi-rust explain no-runtime
";
    assert_eq!(refused(None, &crate::GENERATE), expected);
}

#[test]
fn a_mistake_in_the_settings_has_its_line() {
    let cases = [
        (
            "spec = \"a.yaml\"\noverlay = \"b.yaml\"\n",
            2,
            "unknown field `overlay`, expected one of `spec`, `overlays`, `operations`, `tags`, `skip-unsupported`, `out`, `name`, `layout`, `runtime`, `deny`",
        ),
        (
            "\nlayout = \"deep\"\n",
            2,
            "`deep` is not one of `flat`, `groups`, `module`",
        ),
        ("deny = \"notes\"\n", 1, "`notes` is not one of `warnings`"),
        (
            "runtime = \"\"\n",
            1,
            "a version, a folder, or the URL of a git repository",
        ),
        (
            "spec = lamps.yaml\n",
            1,
            "string values must be quoted, expected literal string",
        ),
    ];
    for (settings, line, message) in cases {
        let expected = format!("\
error[invalid-settings]: `openapi-rust.toml`, line {line}: {message}
  = help: the keys are `spec`, `overlays`, `operations`, `tags`, `skip-unsupported`, `out`, `name`, `layout`, `runtime` and `deny`

for more, run: openapi-rust explain invalid-settings
");
        assert_eq!(refused(Some(settings), &["generate"]), expected);
    }
}

/// The dependency of a first manifest in `clients/lamps`.
fn dependency(runtime: &str) -> String {
    let folder = Folder::without_settings();
    folder.write("runtime/Cargo.toml", "");
    let arguments = ["generate", "--spec", "lamps.yaml", "--out", "clients/lamps"];
    let run = folder.run(&[&arguments[..], &["--runtime", runtime]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    let manifest = folder.read("clients/lamps/Cargo.toml");
    let last = manifest.lines().last().expect("a line");
    last.to_owned()
}

#[test]
fn the_runtime_comes_from_where_it_is_said_to() {
    let cases = [
        ("0.1", r#"openapi-runtime = "0.1""#),
        ("^0.1.2", r#"openapi-runtime = "^0.1.2""#),
        (
            "runtime",
            r#"openapi-runtime = { version = "0.1.0", path = "../../runtime" }"#,
        ),
        (
            "https://git.example/openapi",
            r#"openapi-runtime = { version = "0.1.0", git = "https://git.example/openapi" }"#,
        ),
        (
            "https://git.example/openapi#4f2a",
            r#"openapi-runtime = { version = "0.1.0", git = "https://git.example/openapi", rev = "4f2a" }"#,
        ),
    ];
    for (runtime, expected) in cases {
        assert_eq!(dependency(runtime), expected);
    }
}

/// The end of a first manifest below another one.
fn below(manifest: &str) -> bool {
    let folder = Folder::new();
    folder.write("Cargo.toml", manifest);
    let run = folder.run(&["generate", "--spec", "lamps.yaml", "--out", "clients/lamps"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    folder
        .read("clients/lamps/Cargo.toml")
        .ends_with("\n[workspace]\n")
}

#[test]
fn a_crate_that_is_not_a_member_of_the_workspace_above_is_one_of_its_own() {
    let cases = [
        ("[package]\nname = \"app\"\n", false),
        ("[workspace]\nmembers = [\"app\"]\n", true),
        ("[workspace]\nmembers = [\"app\", \"clients/*\"]\n", false),
        ("[workspace]\nmembers = [\"clients/lamps\"]\n", false),
        ("[workspace]\nexclude = [\"clients/lamps\"]\n", false),
    ];
    for (manifest, expected) in cases {
        assert_eq!(below(manifest), expected, "{manifest}");
    }
}

#[test]
fn the_version_is_printed() {
    let run = Folder::without_settings().run(&["--version"]);
    let expected = format!("openapi-rust {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((run.stdout, run.code), (expected, Some(0)));
}

#[test]
fn help_names_the_command_as_it_was_called() {
    let folder = Folder::without_settings();
    let run = folder.run(&["generate", "--help"]);
    assert!(
        run.stdout
            .contains("Usage: openapi-rust generate [OPTIONS]"),
        "{run:?}"
    );
    let run = folder.run_with(&["generate", "--help"], |command| {
        command.env("OPENAPI_RUST_CALLED_AS", "cargo xtask")
    });
    assert!(
        run.stdout.contains("Usage: cargo xtask generate [OPTIONS]"),
        "{run:?}"
    );
}
