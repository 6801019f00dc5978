//! Emitted code as a module of another package: written by a build script, or as files beside
//! others.

use std::env::{self, consts::EXE_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DESCRIPTION: &str = include_str!("lamps.yaml");

/// Uses an item of each emitted file. All lints of rustc and clippy that are on by default are
/// errors.
const USER: &str = r#"
use lamps::runtime::response::ResponseHead;
use lamps::{CreateLamp, CreateLampError, CreateLampHeaders, Lamp, LampColor, SERVER, WatchLamps, servers};

pub fn url() -> String {
    format!("{SERVER} {} {}", CreateLamp::SERVER, servers::RoomLampsExample::default().room("attic").url())
}

pub fn lamp() -> Lamp {
    Lamp::new(LampColor::Red).watts(7)
}

pub fn sent() -> Result<usize, lamps::RequestError> {
    let calls = CreateLamp::new(lamp()).call()?.split().0.path().len();
    Ok(calls + WatchLamps::new().call_stream()?.split().0.path().len())
}

pub fn left(head: &ResponseHead) -> CreateLampHeaders {
    CreateLampHeaders::new(head)
}

pub fn is_described(error: &CreateLampError) -> bool {
    matches!(error, CreateLampError::Default(_))
}
"#;

/// A package `user` below the target folder, without what an earlier run left.
fn package(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("the folder can be made");
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime");
    let manifest = format!(
        "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nopenapi-runtime = {{ path = {runtime:?} }}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file can be copied");
    fs::write(folder.join("lamps.yaml"), DESCRIPTION).expect("the description can be written");
    folder
}

/// The compiled example. Built for the workspace, it is what `cargo test --workspace` has built.
fn example() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    let cargo = cargo
        .args(["build", "--quiet", "--offline", "--workspace"])
        .args(["--example", "build_script"])
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    assert!(cargo.status().expect("Cargo starts").success());
    let test = env::current_exe().expect("the test has a path");
    let profile = test.ancestors().nth(2).expect("it is in `deps`");
    profile.join(format!("examples/build_script{EXE_SUFFIX}"))
}

/// Runs the example as Cargo runs a build script: in the folder of the package, with `OUT_DIR`.
fn build_script(package: &Path, out: &Path) {
    let mut command = Command::new(example());
    let command = command.current_dir(package).env("OUT_DIR", out);
    let output = command.output().expect("the example starts");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        printed, "cargo::rerun-if-changed=lamps.yaml\n",
        "{output:?}"
    );
    assert!(output.status.success(), "{output:?}");
}

/// Clippy has nothing to say, and rustfmt nothing to change.
fn is_clean(package: &Path, out: &Path, declaration: &str) {
    let root = format!("{declaration}\n{USER}");
    fs::write(package.join("src/lib.rs"), root).expect("the root can be written");
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        let command = command.args(arguments).current_dir(package);
        command
            .env("OUT_DIR", out)
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("target"),
            )
            .output()
            .expect("Cargo starts")
    };
    let output = cargo(&["clippy", "--offline", "--quiet", "--", "-D", "warnings"]);
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}");
    let lamps = package.join("src/lamps");
    if lamps.exists() {
        let files = || {
            fs::read_dir(&lamps)
                .expect("listed")
                .map(|file| file.expect("a file").path())
        };
        let texts = || {
            files()
                .map(|file| fs::read_to_string(file).expect("read"))
                .collect::<Vec<_>>()
        };
        let before = texts();
        assert!(cargo(&["fmt"]).status.success());
        assert_eq!(before, texts());
    }
}

#[test]
fn a_build_script_generates_what_the_source_includes() {
    let package = package("build-script");
    let out = package.join("out");
    build_script(&package, &out);
    let declaration = r#"mod lamps { include!(concat!(env!("OUT_DIR"), "/lamps/mod.rs")); }"#;
    is_clean(&package, &out, declaration);
}

#[test]
fn the_files_of_a_module_are_beside_the_source() {
    let package = package("module");
    build_script(&package, &package.join("src"));
    is_clean(&package, &package, "pub mod lamps;");
}
