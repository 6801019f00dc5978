//! The built program in a folder of its own, and the comparison that it shares with other tests.

mod annotating;
mod checking;
mod comparison;
mod corpus;
mod diffing;
mod explaining;
mod failing;
mod grouping;
mod last_run;
mod listing;
mod manifest;
mod module;
mod problems;
mod project;
mod samples;
mod schema;
mod skipping;
mod slicing;
mod tagging;
mod untyped;
mod updating;
mod versions;
mod warnings;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A description with two operations.
const LAMPS: &str = "\
openapi: 3.1.0
info: {title: Lamps, version: 1.0.0}
servers: [{url: https://lamps.example}]
paths:
  /lamps:
    post:
      operationId: createLamp
      summary: Lights a lamp
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Lamp'}
      responses:
        '200':
          description: The lamp
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Lamp'}
  /lamps/off:
    delete:
      operationId: deleteLamps
      responses:
        '204': {description: All lamps are off}
components:
  schemas:
    Lamp:
      type: object
      required: [color]
      properties:
        color: {type: string}
        watts: {type: integer, minimum: 1}
";

/// A folder with `lamps.yaml`, in which the program is run.
struct Folder(TempDir);

/// The output of a run of the program, and its exit code.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

impl Folder {
    fn new() -> Self {
        let folder = Self::without_settings();
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("runtime");
        let settings = format!("runtime = {:?}\n", runtime.display().to_string());
        folder.write("openapi-rust.toml", &settings);
        folder
    }

    fn without_settings() -> Self {
        let folder = Self(TempDir::new().expect("a temporary folder"));
        folder.write("lamps.yaml", LAMPS);
        folder
    }

    /// A folder in which the client is generated already.
    fn generated() -> Self {
        let folder = Self::new();
        assert_eq!(folder.run(&GENERATE).code, Some(0));
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("read")
    }

    fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// All files in a folder, with their texts and the times of their last change.
    fn state(&self, path: &str) -> Vec<(PathBuf, String, std::time::SystemTime)> {
        fn visit(folder: &Path, found: &mut Vec<(PathBuf, String, std::time::SystemTime)>) {
            for entry in fs::read_dir(folder).expect("listed") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    visit(&path, found);
                } else {
                    let text = fs::read_to_string(&path).expect("read");
                    let changed = fs::metadata(&path).and_then(|data| data.modified());
                    found.push((path, text, changed.expect("a time")));
                }
            }
        }
        let mut found = Vec::new();
        visit(&self.path(path), &mut found);
        found.sort();
        found
    }

    /// Runs outside of GitHub, and not as `cargo xtask`, wherever the test is run.
    fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, |command| command.env_remove("GITHUB_ACTIONS"))
    }

    fn run_with(
        &self,
        arguments: &[&str],
        environment: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Run {
        let program = env!("CARGO_BIN_EXE_openapi-rust");
        self.run_program(program.as_ref(), arguments, environment)
    }

    fn run_program(
        &self,
        program: &Path,
        arguments: &[&str],
        environment: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Run {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("OPENAPI_RUST_CALLED_AS")
            .env("OPENAPI_RUST_CACHE", "");
        let output = environment(&mut command)
            .output()
            .expect("the program runs");
        Run {
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
            code: output.status.code(),
        }
    }

    /// Runs with `--format json`, which prints to the standard output only.
    fn json(&self, arguments: &[&str]) -> (Value, Option<i32>) {
        let run = self.run(&[arguments, &["--format", "json"]].concat());
        assert_eq!(run.stderr, "");
        let output = serde_json::from_str(&run.stdout).expect("JSON");
        schema::fits(&output, arguments[0]);
        (output, run.code)
    }
}

const GENERATE: [&str; 5] = ["generate", "--spec", "lamps.yaml", "--out", "lamps"];
const CHECK: [&str; 6] = [
    "generate",
    "--check",
    "--spec",
    "lamps.yaml",
    "--out",
    "lamps",
];
