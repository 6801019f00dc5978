//! Compiles emitted crates: all of one test in one workspace, warnings denied.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use openapi_codegen::Generated;
use openapi_codegen::audit::audit;

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
        fs::create_dir_all(&src).expect("the crate can be made");
        for file in &generated.files {
            assert_eq!(audit(file), Ok(()), "{name}");
            fs::write(src.join(&file.path), &file.text).expect("the file can be written");
        }
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nopenapi-runtime = {{ path = \"{}\" }}\n",
            runtime.display()
        );

        fs::write(self.folder.join(name).join("Cargo.toml"), manifest)
            .expect("the manifest can be written");
        self.members.push(name.to_owned());
    }

    /// Checks all crates; what the compiler says of any is the failure.
    pub fn check(self) {
        let output = self.cargo(&["check", "--offline", "--quiet", "--keep-going"]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "emitted code does not compile:\n{text}"
        );
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
            "[workspace]\nresolver = \"3\"\nmembers = {:?}\n",
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
