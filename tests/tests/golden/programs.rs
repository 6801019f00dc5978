//! What the types of the emitted crate forbid: each program in `tests/golden/refused` does not compile, and the snapshot
//! beside it is why.

use std::path::Path;

use openapi_tests::rustc::Rustc;
use serde_json::Value;

use crate::documents::settings;

#[test]
fn what_callers_cannot_write() {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let rustc = Rustc::with("openai-image-edits", tmp);
    insta::glob!("../../golden/refused", "*.rs", |path| {
        let mut command = rustc.command(path);
        command.args(["--crate-type=bin", "--error-format=json", "--out-dir"]);
        let output = command.arg(tmp).output().expect("the compiler runs");
        let messages = String::from_utf8_lossy(&output.stderr);
        let errors: String = messages.lines().map(shown).collect();
        assert!(!output.status.success(), "{} compiles", path.display());
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut settings = settings();
        settings.set_snapshot_path("../../golden/refused");
        settings.bind(|| insta::assert_snapshot!(&*name, errors));
    });
}

/// An error with the places in the program and the hints: other files change without a change of what is forbidden.
fn shown(message: &str) -> String {
    let message: Value = serde_json::from_str(message).expect("a line of JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let Some(code) = message["code"]["code"].as_str() else {
        return String::new();
    };
    let mut lines = vec![format!("error[{code}]: {}", text(&message["message"]))];
    let spans = message["spans"].as_array().into_iter().flatten();
    for span in spans.filter(|span| span["is_primary"] == true) {
        let (line, label) = (text(&span["text"][0]["text"]), text(&span["label"]));
        lines.push(format!("  {}: {}", span["line_start"], line.trim()));
        lines.extend(Some(format!("  {label}")).filter(|_| !label.is_empty()));
    }
    let children = message["children"].as_array().into_iter().flatten();
    lines.extend(
        children.map(|child| format!("{}: {}", text(&child["level"]), text(&child["message"]))),
    );
    lines.join("\n") + "\n"
}
