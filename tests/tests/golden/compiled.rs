//! Compiles emitted crates: all of one test in one workspace, warnings denied.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use openapi_codegen::Generated;
use openapi_codegen::audit::audit;
use openapi_tests::scratch::Scratch;
use serde_json::Value;

/// The package that has the tests of all crates of a workspace: one program to link.
const CALLERS: &str = "callers";

/// The dependencies of the tests beside the crates. The versions are those of the lock file of the project.
const OF_CALLERS: &str = r#"http-body-util = "*"
serde_json = "1"
axum = { version = "*", default-features = false, features = ["form", "http1", "json", "multipart", "query", "tokio"] }
futures-util = { version = "*", default-features = false, features = ["alloc"] }
hyper = { version = "*", default-features = false }
hyper-util = { version = "*", default-features = false, features = ["client-legacy", "http1", "tokio"] }
tokio = { version = "*", default-features = false, features = ["macros", "net", "rt"] }
"#;

/// Reads and writes the values of the small documents.
const CHECK: &str = r#"
fn check<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str, written: &str) {
    let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    let text = serde_json::to_string(&value).expect("it is written");
    let [found, wanted]: [serde_json::Value; 2] = [&text, written].map(|text| serde_json::from_str(text).expect("JSON"));
    assert_eq!(found, wanted, "{json}");
    // No member is written twice.
    assert_eq!(text.len(), found.to_string().len(), "{text}");
}
"#;

/// A workspace of emitted crates below the target folder.
pub struct Workspace {
    scratch: Scratch,
    members: Vec<String>,
    /// Manifests by the name of the member.
    manifests: BTreeMap<String, String>,
    /// The root of the tests.
    callers: String,
}

impl Workspace {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        Self {
            scratch: Scratch::new(folder),
            members: Vec::new(),
            manifests: BTreeMap::new(),
            callers: String::new(),
        }
    }

    pub fn add(&mut self, name: &str, generated: &Generated) {
        for file in &generated.files {
            assert_eq!(audit(file), Ok(()), "{name}");
            let path = Path::new(name).join("src").join(&file.path);
            self.scratch.write(path, &file.text);
        }
        let manifest = manifest(name, &runtime(""));
        let manifest = match generated.features.as_slice() {
            [] => manifest,
            groups => {
                openapi_rust::files::features::with_groups(&manifest, groups).expect("it is TOML")
            }
        };
        self.manifests.insert(name.to_owned(), manifest);
        self.members.push(name.to_owned());
    }

    /// Checks all crates; what the compiler says of any is the failure.
    pub fn check(&self) {
        self.succeeds(&["check", "--keep-going"]);
    }

    /// Checks one crate with one of its features, or with none; what the compiler says is the
    /// failure.
    pub fn check_feature(&self, name: &str, feature: &str) {
        let arguments = ["clippy", "--no-default-features", "--package", name];
        self.succeeds(&[&arguments[..], &["--features", feature]].concat());
    }

    /// Adds a test of a crate: each value is read, and what is written of it is compared. `json`
    /// is what is read, `written` what is written where that is something else.
    pub fn add_values(&mut self, name: &str, values: &str) {
        let values: Vec<Value> = serde_json::from_str(values).expect("a list of values");
        let library = name.replace('-', "_");
        if !self.callers.contains(CHECK) {
            self.callers.push_str(CHECK);
        }
        let _ = write!(self.callers, "\n#[test]\nfn values_of_{library}() {{\n");
        for value in values {
            let written = value.get("written").unwrap_or(&value["json"]);
            let (json, written) = (value["json"].to_string(), written.to_string());
            let ty = value["type"].as_str().expect("a type");
            let _ = writeln!(
                self.callers,
                "    check::<{library}::{ty}>({json:?}, {written:?});"
            );
        }
        self.callers.push_str("}\n");
    }

    /// Adds a test of the calls that the crate makes.
    pub fn add_calls(&mut self, name: &str, program: &str) {
        let module = format!("calls_of_{}", name.replace('-', "_"));
        let path = format!("{CALLERS}/tests/all/{module}.rs");
        self.scratch.write(path, program);
        let _ = write!(self.callers, "\nmod {module};\n");
    }

    /// Adds tests that call any of the crates. What comes first may have the documentation of the
    /// program.
    pub fn add_tests(&mut self, program: &str) {
        self.callers.push_str(program);
    }

    /// Runs the tests of values and of calls. All crates are compiled for them.
    pub fn run_tests(&mut self) {
        let mut dependencies = runtime(", features = [\"http\", \"http-body\"]") + OF_CALLERS;
        dependencies.push_str("serde = { version = \"1\", default-features = false }\n");
        for member in self.members.iter().filter(|member| *member != CALLERS) {
            let _ = writeln!(dependencies, "{member} = {{ path = \"../{member}\" }}");
        }
        let path = format!("{CALLERS}/tests/all/main.rs");
        self.scratch.write(path, &self.callers);
        self.scratch.write(format!("{CALLERS}/src/lib.rs"), "");
        let manifest = manifest(CALLERS, &dependencies);
        self.manifests.insert(CALLERS.to_owned(), manifest);
        self.members.push(CALLERS.to_owned());
        self.succeeds(&["test", "--package", CALLERS, "--test", "all"]);
    }

    /// Adds a program of this text to a crate, which it may name.
    pub fn add_program(&mut self, name: &str, program: &str) {
        self.scratch.write(format!("{name}/src/main.rs"), program);
        let manifest = self.manifests.get_mut(name).expect("the crate is there");
        manifest.push_str("serde_json = \"1\"\n");
    }

    /// Compiles the programs of all crates, and runs each with a file of its input. Gives what
    /// each writes.
    pub fn run_programs(&self, inputs: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        self.succeeds(&["build", "--bins"]);
        let run = |(name, input): (&String, &String)| {
            let file = self.scratch.write(format!("{name}/input"), input);
            let file = file.to_str().expect("the path is a text");
            let output = self.succeeds(&["run", "--package", name, file]);
            (name.clone(), output)
        };
        inputs.iter().map(run).collect()
    }

    /// Runs the programs in the documentation of all crates, and gives the lines that name them.
    pub fn documented_programs(&self) -> Vec<String> {
        let text = self.succeeds(&["test", "--doc", "--", "--format=pretty"]);
        let programs = text
            .lines()
            .filter(|line| line.starts_with("test ") && line.contains(".rs - "));
        programs.map(str::to_owned).collect()
    }

    /// Runs cargo, and gives what it prints; an error is the failure.
    fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}:\n{text}{errors}");
        text
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        for (member, manifest) in &self.manifests {
            self.scratch.write(format!("{member}/Cargo.toml"), manifest);
        }
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {:?}\n\n[workspace.lints.rust]\nwarnings = \"deny\"\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n",
            self.members
        );
        self.scratch.write("Cargo.toml", &manifest);
        self.scratch.remove_others();
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, self.scratch.folder().join("Cargo.lock"))
            .expect("the lock file can be copied");
        let mut command = Command::new(env!("CARGO"));
        let (name, rest) = arguments.split_first().expect("a command");
        command.args([*name, "--offline", "--quiet"]).args(rest);
        command.current_dir(self.scratch.folder());
        command.env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        );
        command.output().expect("cargo runs")
    }
}

/// The manifest of a member; the last table is that of its dependencies.
fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lints]\nworkspace = true\n\n\
         [dependencies]\n{dependencies}"
    )
}

fn runtime(features: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    format!(
        "openapi-runtime = {{ path = '{}'{features} }}\n",
        path.display()
    )
}
