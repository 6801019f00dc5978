//! The compiler, called directly: metadata only, with a package of the project to compile against.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A package that is checked, and what the compiler needs to find it.
pub struct Rustc {
    package: String,
    metadata: PathBuf,
}

impl Rustc {
    /// Checks the package, in a folder for the files of tests.
    ///
    /// # Panics
    /// If it does not compile.
    #[must_use]
    pub fn with(package: &str, scratch: &Path) -> Self {
        let mut command = Command::new(env!("CARGO"));
        command.args(["check", "--offline", "--quiet", "--message-format", "json"]);
        command.args(["--package", package]);
        command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        // As the workspaces of tests are compiled, so that the packages that both need are
        // compiled once.
        command.env("CARGO_TARGET_DIR", scratch.join("target"));
        command.env("CARGO_PROFILE_DEV_DEBUG", "false");
        let output = command.output().expect("cargo runs");
        let name = package.replace('-', "_");
        let text = String::from_utf8_lossy(&output.stdout);
        let messages = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        let mut metadata = messages.filter_map(|message: Value| {
            let of_package = message.pointer("/target/name").and_then(Value::as_str) == Some(&name);
            let files = message["filenames"].as_array().filter(|_| of_package)?;
            let mut paths = files.iter().filter_map(Value::as_str).map(PathBuf::from);
            paths.find(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "rmeta")
            })
        });
        let metadata = metadata.next_back();
        Self {
            metadata: metadata
                .unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr))),
            package: name,
        }
    }

    /// The arguments by which the compiler and `rustdoc` find the package; what it depends on lies
    /// beside it.
    #[must_use]
    pub fn arguments(&self) -> [String; 3] {
        let dependencies = self.metadata.parent().unwrap_or(Path::new(""));
        [
            "--edition=2024".to_owned(),
            format!("-Ldependency={}", dependencies.display()),
            format!("--extern={}={}", self.package, self.metadata.display()),
        ]
    }

    /// All that the outcome depends on, apart from the files: the version of the compiler, and the metadata
    /// of the package, which names those of all that it depends on.
    ///
    /// # Panics
    /// If the compiler does not run, or the metadata cannot be read.
    #[must_use]
    pub fn fingerprint(&self) -> (Vec<u8>, Vec<u8>) {
        let version = compiler().arg("-vV").output().expect("the compiler runs");
        let metadata = fs::read(&self.metadata).expect("the metadata is readable");
        (version.stdout, metadata)
    }

    /// A command that compiles a file.
    #[must_use]
    pub fn command(&self, path: &Path) -> Command {
        let mut command = compiler();
        command.args(["--emit=metadata", "-Awarnings"]);
        command.args(self.arguments()).arg(path);
        command
    }
}

fn compiler() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
