//! Compiles emitted crates: all of one test in one workspace, warnings denied.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use openapi_codegen::Generated;
use openapi_codegen::audit::audit;
use serde_json::Value;

/// A workspace of emitted crates below the target folder.
pub struct Workspace {
    folder: PathBuf,
    members: Vec<String>,
}

impl Workspace {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an earlier run left may be of crates that are gone.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the workspace can be made");
        Self {
            folder,
            members: Vec::new(),
        }
    }

    pub fn add(&mut self, name: &str, generated: &Generated) {
        let src = self.folder.join(name).join("src");
        for file in &generated.files {
            assert_eq!(audit(file), Ok(()), "{name}");
            let path = src.join(&file.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the crate can be made");
            fs::write(path, &file.text).expect("the file can be written");
        }
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nopenapi-runtime = {{ path = '{}' }}\n",
            runtime.display()
        );
        let manifest = match generated.features.as_slice() {
            [] => Ok(manifest),
            groups => openapi_rust::files::features::with_groups(&manifest, groups),
        };
        let manifest = manifest.expect("it is TOML");
        fs::write(self.folder.join(name).join("Cargo.toml"), manifest)
            .expect("the manifest can be written");
        self.members.push(name.to_owned());
    }

    /// Checks all crates; what the compiler says of any is the failure.
    pub fn check(&self) {
        let output = self.cargo(&["check", "--offline", "--quiet", "--keep-going"]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "emitted code does not compile:\n{text}"
        );
    }

    /// Checks one crate with one of its features, or with none; what the compiler says is the failure.
    pub fn check_feature(&self, name: &str, feature: &str) {
        let arguments = ["clippy", "--offline", "--quiet", "--no-default-features"];
        let output =
            self.cargo(&[&arguments[..], &["--package", name, "--features", feature]].concat());
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "with the feature `{feature}`:\n{text}"
        );
    }

    /// Adds a test to a crate: each value is read, and what is written of it is compared. `json` is what is read, `written`
    /// what is written where that is something else.
    pub fn add_values(&self, name: &str, values: &str) {
        let values: Vec<Value> = serde_json::from_str(values).expect("a list of values");
        let library = name.replace('-', "_");
        let calls = values.iter().map(|value| {
            let written = value.get("written").unwrap_or(&value["json"]);
            let (json, written) = (value["json"].to_string(), written.to_string());
            let ty = value["type"].as_str().expect("a type");
            format!("    check::<{library}::{ty}>({json:?}, {written:?});\n")
        });
        let calls: String = calls.collect();
        let test = format!(
            "use {library}::runtime::serde::{{Serialize, de::DeserializeOwned}};\n\n\
             fn check<T: Serialize + DeserializeOwned>(json: &str, written: &str) {{\n    \
             let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!(\"{{json}}: {{error}}\"));\n    \
             let text = serde_json::to_string(&value).expect(\"it is written\");\n    \
             let [found, wanted]: [serde_json::Value; 2] = [&text, written].map(|text| serde_json::from_str(text).expect(\"JSON\"));\n    \
             assert_eq!(found, wanted, \"{{json}}\");\n    \
             // No member is written twice.\n    \
             assert_eq!(text.len(), found.to_string().len(), \"{{text}}\");\n}}\n\n\
             #[test]\nfn values() {{\n{calls}}}\n"
        );
        let folder = self.folder.join(name);
        fs::create_dir_all(folder.join("tests")).expect("the folder can be made");
        fs::write(folder.join("tests/values.rs"), test).expect("the test can be written");
        let manifest = folder.join("Cargo.toml");
        let mut lines = fs::read_to_string(&manifest).expect("the manifest is there");
        lines.push_str("\n[dev-dependencies]\nserde_json = \"1\"\n");
        fs::write(manifest, lines).expect("the manifest can be written");
    }

    /// Adds a test of the calls that the crate makes.
    pub fn add_calls(&self, name: &str, program: &str) {
        let folder = self.folder.join(name).join("tests");
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(folder.join("calls.rs"), program).expect("the test can be written");
    }

    /// Adds a package that calls the other crates over connections. Its dependencies are those of this package.
    pub fn add_loopback(&mut self, program: &str) {
        const FEATURES: [(&str, &str); 5] = [
            (
                "axum",
                "\"form\", \"http1\", \"json\", \"multipart\", \"query\", \"tokio\"",
            ),
            ("futures-util", "\"alloc\""),
            ("hyper", ""),
            ("hyper-util", "\"client-legacy\", \"http1\", \"tokio\""),
            ("tokio", "\"macros\", \"net\", \"rt\""),
        ];
        let folder = self.folder.join("loopback");
        fs::create_dir_all(folder.join("src")).expect("the folder can be made");
        fs::create_dir_all(folder.join("tests")).expect("the folder can be made");
        fs::write(folder.join("src/lib.rs"), "").expect("the crate can be written");
        fs::write(folder.join("tests/loopback.rs"), program).expect("the test can be written");
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
        let mut manifest = format!(
            "[package]\nname = \"loopback\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dev-dependencies]\n\
             openapi-runtime = {{ path = '{}', features = [\"http\", \"http-body\"] }}\n\
             http-body-util = \"*\"\nserde_json = \"1\"\n",
            runtime.display()
        );
        let used = FEATURES.map(|(name, features)| {
            format!("{name} = {{ version = \"*\", default-features = false, features = [{features}] }}\n")
        });
        manifest.extend(used);
        let is_called =
            |member: &&String| program.contains(&format!("{}::", member.replace('-', "_")));
        let called = self.members.iter().filter(is_called);
        manifest.extend(called.map(|member| format!("{member} = {{ path = \"../{member}\" }}\n")));
        fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
        self.members.push("loopback".to_owned());
    }

    /// Adds a program of this text to a crate, which it may name.
    pub fn add_program(&self, name: &str, program: &str) {
        let folder = self.folder.join(name);
        fs::write(folder.join("src/main.rs"), program).expect("the program can be written");
        let manifest = folder.join("Cargo.toml");
        let mut lines = fs::read_to_string(&manifest).expect("the manifest is there");
        lines.push_str("serde_json = \"1\"\n");
        fs::write(manifest, lines).expect("the manifest can be written");
    }

    /// Compiles the programs of all crates, and runs each with a file of its input. Gives what each writes.
    pub fn run_programs(&self, inputs: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let output = self.cargo(&["build", "--offline", "--quiet", "--bins"]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let run = |(name, input): (&String, &String)| {
            let file = self.folder.join(name).join("input");
            fs::write(&file, input).expect("the input can be written");
            let file = file.to_str().expect("the path is a text");
            let output = self.cargo(&["run", "--offline", "--quiet", "--package", name, file]);
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name}: {errors}");
            let output = String::from_utf8(output.stdout).expect("a program writes text");
            (name.clone(), output)
        };
        inputs.iter().map(run).collect()
    }

    /// Runs the tests of values and of calls.
    pub fn run_tests(&self) {
        let output = self.cargo(&["test", "--offline", "--quiet", "--tests"]);
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}{errors}");
    }

    /// Runs the programs in the documentation of all crates, and gives the lines that name them.
    pub fn documented_programs(self) -> Vec<String> {
        let output = self.cargo(&[
            "test",
            "--offline",
            "--doc",
            "--quiet",
            "--",
            "--format=pretty",
        ]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}{errors}");
        let programs = text
            .lines()
            .filter(|line| line.starts_with("test ") && line.contains(".rs - "));
        programs.map(str::to_owned).collect()
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {:?}\n\n[profile.dev]\ndebug = false\n",
            self.members
        );
        fs::write(self.folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, self.folder.join("Cargo.lock")).expect("the lock file can be copied");
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).current_dir(&self.folder);
        command.env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
        );
        command.env("RUSTFLAGS", "-D warnings");
        command.output().expect("cargo runs")
    }
}
