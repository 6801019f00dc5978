//! The emitted crates of many documents as modules of one program, which reads values and says
//! what became of them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use openapi_codegen::Generated;
use openapi_codegen::audit::audit;
use openapi_tests::modules::as_module;
use openapi_tests::scratch::Scratch;
use serde_json::{Value, json};

use crate::compose::Way;

/// Reads values, one a line, each after the number of its module.
const MAIN: &str = r#"fn main() {
    for line in std::io::stdin().lines() {
        let line = line.expect("a line of text");
        let (number, json) = line.split_once('\t').expect("a number and a value");
        println!("{}", composed::probe(number, json));
    }
}
"#;

/// The results for a value.
#[derive(Debug)]
pub enum Outcome {
    /// It was not read, with the error.
    Unread(String),
    /// It was read, and is not sent.
    Read,
    /// The text that would be sent, and the violations that the checks report.
    Written {
        body: Vec<u8>,
        objection: Option<String>,
    },
}

pub struct Program {
    scratch: Scratch,
    name: String,
    modules: Vec<(usize, Way)>,
}

impl Program {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        Self {
            scratch: Scratch::new(folder),
            name: name.to_owned(),
            modules: Vec::new(),
        }
    }

    /// Adds a crate as the module of this number.
    pub fn add(&mut self, number: usize, way: Way, generated: &Generated) {
        let audited = generated.files.iter().all(|file| audit(file) == Ok(()));
        assert!(audited, "{number}");
        for file in as_module(&generated.files, number) {
            let mut text = file.text;
            if file.path.ends_with("/operations.rs") {
                text.push_str(&probe(&text, way));
            }
            // The probe is in a private module of the crate.
            let text = text.replace("\nmod operations;", "\npub mod operations;");
            self.scratch.write(format!("src/{}", file.path), &text);
        }
        self.modules.push((number, way));
    }

    /// True if a module is there.
    pub fn has(&self, number: usize) -> bool {
        self.modules.iter().any(|(other, _)| *other == number)
    }

    /// Takes a module out again.
    pub fn remove(&mut self, number: usize) {
        self.modules.retain(|(other, _)| *other != number);
    }

    /// Compiles the program; the error is what the compiler says.
    pub fn compile(&self) -> Result<(), String> {
        let root = env!("CARGO_MANIFEST_DIR");
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\nname = \"composed\"\n\n[dependencies]\nopenapi-runtime = {{ path = '{root}/../runtime' }}\nserde_json = \"1\"\n\n[workspace]\n\n[lints.rust]\nwarnings = \"deny\"\n\n[profile.dev]\ndebug = false\nincremental = false\n",
            self.name
        );
        self.scratch.write("Cargo.toml", &manifest);
        let lock = self.scratch.folder().join("Cargo.lock");
        fs::copy(format!("{root}/../Cargo.lock"), lock).expect("the lock file can be copied");
        let modules = self
            .modules
            .iter()
            .map(|(number, _)| format!("pub mod m{number};\n"));
        let arms = self.modules.iter().map(|(number, _)| {
            format!("        \"{number}\" => m{number}::operations::probe(json),\n")
        });
        // A library: in a program, what no probe calls would be dead.
        let library = format!(
            "{}\n{}\npub fn probe(number: &str, json: &str) -> Outcome {{\n    match number {{\n{}        _ => panic!(\"no module {{number}}\"),\n    }}\n}}\n",
            include_str!("probed.rs.in"),
            modules.collect::<String>(),
            arms.collect::<String>()
        );
        self.scratch.write("src/lib.rs", &library);
        self.scratch.write("src/main.rs", MAIN);
        self.scratch.remove_others();
        let output = self.cargo("build").output().expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            Ok(())
        } else {
            Err(text)
        }
    }

    /// Gives values to the program, each to its module.
    pub fn run(&self, values: &[(usize, &Value)]) -> Vec<Outcome> {
        let mut child = self
            .cargo("run")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo runs");
        let mut input = child.stdin.take().expect("it has an input");
        let mut lines = String::new();
        for (number, value) in values {
            lines.extend([&number.to_string(), "\t", &value.to_string(), "\n"]);
        }
        let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
        let output = child.wait_with_output().expect("the program ends");
        writer
            .join()
            .expect("the writer ends")
            .expect("the program reads");
        let lines = String::from_utf8(output.stdout).expect("the program writes JSON");
        let outcomes: Vec<Outcome> = lines.lines().map(outcome).collect();
        assert_eq!(
            outcomes.len(),
            values.len(),
            "the program ends early, at {:?}",
            values.get(outcomes.len())
        );
        outcomes
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([command, "--offline", "--quiet"])
            .current_dir(self.scratch.folder());
        cargo.env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        );
        cargo
    }
}

/// The modules that the compiler speaks of, each with the first error.
pub fn wrong_modules(errors: &str) -> BTreeMap<usize, String> {
    let mut wrong = BTreeMap::new();
    for error in errors.split("\n\n") {
        let place = error
            .split("--> src/m")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        if let Some(number) = place.and_then(|number| number.parse().ok()) {
            wrong.entry(number).or_insert_with(|| error.to_owned());
        }
    }
    wrong
}

fn outcome(line: &str) -> Outcome {
    let found: Value = serde_json::from_str(line).expect("a line of JSON");
    let text = |index: usize| found[index].as_str().map(str::to_owned);
    match found[0].as_str() {
        Some("unread") => Outcome::Unread(text(1).unwrap_or_default()),
        Some("read") => Outcome::Read,
        _ => Outcome::Written {
            body: text(1).unwrap_or_default().into_bytes(),
            objection: text(2),
        },
    }
}

/// A function beside the operation: what it reads is of the type of its body or of its response.
fn probe(operations: &str, way: Way) -> String {
    let before = operations
        .split(" {\n    /// The HTTP method.")
        .next()
        .unwrap_or_default();
    let name = before.rsplit(' ').next().unwrap_or_default();
    let has_switch = operations.contains("boundary: Option");
    let boundary = if has_switch { ", boundary: None" } else { "" };
    let decode = |from: &str| {
        format!("{from}.decode(&openapi_runtime::ResponseHead::new(200), json.to_owned())")
    };
    let body = match way {
        Way::Sent => "    crate::compiles(json)\n".to_owned(),
        Way::Received => {
            let decoded = decode(&format!(
                "{name}::new().call().expect(\"it has no body\").split().1"
            ));
            format!("    crate::read({decoded})\n")
        }
        Way::Both | Way::Form => {
            let decoded = decode("openapi_runtime::JsonResponse::<_>::default()");
            format!(
                "    let call = |unchecked| {decoded}.map(|body| {name} {{ body, unchecked{boundary} }}.call());\n    crate::written(call(true), call(false))\n"
            )
        }
    };
    format!("\npub fn probe(json: &str) -> crate::Outcome {{\n{body}}}\n")
}

/// The text of an outcome, for people.
pub fn shown(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Unread(error) => json!({ "unread": error }),
        Outcome::Read => json!("read"),
        Outcome::Written { body, objection } => {
            json!({"written": String::from_utf8_lossy(body), "objection": objection})
        }
    }
}
