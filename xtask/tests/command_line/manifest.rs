use openapi_rust::files::manifest::package_name;

use crate::{Folder, GENERATE};

#[test]
fn the_first_is_written_once() {
    let folder = Folder::new();
    let arguments = [
        "generate",
        "--spec",
        "lamps.yaml",
        "--out",
        "clients/LampClient",
    ];
    assert_eq!(folder.run(&arguments).code, Some(0));
    let manifest = folder.read("clients/LampClient/Cargo.toml");
    let path = manifest
        .lines()
        .find_map(|line| line.strip_prefix("openapi-runtime = { version = \"0.1.0\", path = \""));
    let path = path
        .and_then(|line| line.strip_suffix("\" }"))
        .expect("the runtime");
    let expected = "\
[package]
name = \"lamp-client\"
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"1.85\"

[features]
default = []
http = [\"openapi-runtime/http\"]
http-body = [\"openapi-runtime/http-body\"]
stream = [\"openapi-runtime/stream\"]
# This one needs Rust 1.93.
base64-turbo = [\"openapi-runtime/base64-turbo\"]

[dependencies]
openapi-runtime = { version = \"0.1.0\", path = \"PATH\" }
";
    assert_eq!(manifest.replace(path, "PATH"), expected);
    assert!(path.starts_with("../"), "{path}");
    assert!(
        folder
            .path("clients/LampClient")
            .join(path)
            .join("Cargo.toml")
            .exists(),
        "{path}"
    );

    let changed = format!("{manifest}# by hand\n");
    folder.write("clients/LampClient/Cargo.toml", &changed);
    assert_eq!(folder.run(&arguments).code, Some(0));
    assert_eq!(folder.read("clients/LampClient/Cargo.toml"), changed);
    assert_eq!(
        folder.run(&[&arguments[..], &["--check"]].concat()).code,
        Some(0)
    );
}

#[test]
fn the_name_can_be_given_and_then_stays() {
    let folder = Folder::new();
    let named = |name| [&GENERATE[..], &["--name", name]].concat();
    assert_eq!(folder.run(&named("lighthouse")).code, Some(0));
    assert_eq!(
        package_name(&folder.read("lamps/Cargo.toml")),
        Some("lighthouse")
    );
    assert!(folder.read("lamps/src/lib.rs").contains("use lighthouse::"));
    assert!(
        folder
            .run(&GENERATE)
            .stdout
            .contains("; 4 files, 0 written, ")
    );
    assert_eq!(folder.run(&named("lighthouse")).code, Some(0));
    let run = folder.run(&named("beacon"));
    let expected = "\
error[other-crate-name]: `--name` is `beacon`, and `lamps/Cargo.toml` says `lighthouse`
  = help: leave `--name` out, or change the manifest

for more, run: openapi-rust explain other-crate-name
";
    assert_eq!((run.stderr.as_str(), run.code), (expected, Some(2)));
}

#[test]
fn a_folder_whose_name_is_no_name() {
    let folder = Folder::new();
    let arguments = ["generate", "--spec", "lamps.yaml", "--out", "2024"];
    let expected = "\
error[no-crate-name]: no crate can be called as the folder `2024`
  = help: name the crate with `--name`

for more, run: openapi-rust explain no-crate-name
";
    assert_eq!(folder.run(&arguments).stderr, expected);
    assert!(!folder.exists("2024"));
    assert_eq!(
        folder
            .run(&[&arguments[..], &["--name", "lamps"]].concat())
            .code,
        Some(0)
    );
}

#[test]
fn the_name_is_that_of_the_package() {
    let cases = [
        ("[package]\nname = \"lamps\"\n", Some("lamps")),
        (
            "# a comment\n[package] # one more\nversion = \"1.0.0\"\nname='lamps' # and one\n",
            Some("lamps"),
        ),
        (
            "[lib]\nname = \"other\"\n[package]\nname = \"lamps\"\n",
            Some("lamps"),
        ),
        (
            "[package]\nversion = \"1.0.0\"\n[lib]\nname = \"other\"\n",
            None,
        ),
        (
            "[package]\nname.workspace = true\nnames = \"other\"\n",
            None,
        ),
        ("[package]\nname = \"lamps\n", None),
        ("[workspace]\n", None),
        ("", None),
    ];
    for (manifest, expected) in cases {
        assert_eq!(package_name(manifest), expected, "{manifest}");
    }
}
