//! Output in a step of GitHub Actions.

use crate::{CHECK, Folder, GENERATE, LAMPS, Run};

impl Folder {
    fn run_on_github(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, |command| command.env("GITHUB_ACTIONS", "true"))
    }
}

/// The text that is wrapped, and the lines after it; all of it is on the standard output.
fn unwrapped(run: &Run) -> (String, Vec<&str>) {
    assert_eq!(run.stderr, "");
    let (token, rest) = run
        .stdout
        .strip_prefix("::stop-commands::")
        .and_then(|rest| rest.split_once('\n'))
        .expect("the beginning");
    assert!(token.len() == 32 && token.chars().all(|c| c.is_ascii_hexdigit()));
    let (text, annotations) = rest
        .split_once(&format!("\n::{token}::\n"))
        .expect("the end");
    assert!(annotations.is_empty() || annotations.ends_with('\n'));
    (format!("{text}\n"), annotations.lines().collect())
}

/// The lines that the runner takes for commands: all that begin with `::` after white space or
/// have a `##[`, and none between a `stop-commands` and the end that it announces.
fn commands(output: &str) -> Vec<&str> {
    let mut commands = Vec::new();
    let mut resume: Option<String> = None;
    for line in output.split(['\n', '\r']) {
        let command = line.trim();
        if let Some(end) = &resume {
            if command == end {
                resume = None;
            }
        } else if let Some(token) = command.strip_prefix("::stop-commands::") {
            resume = Some(format!("::{token}::"));
        } else if command.starts_with("::") || line.contains("##[") {
            commands.push(line);
        }
    }
    commands
}

#[test]
fn text_is_wrapped_and_the_same() {
    let cases: [&[&str]; 7] = [
        &["operations", "lamps.yaml"],
        &["problems", "lamps.yaml"],
        &["explain"],
        &["explain", "io"],
        &["explain", "oi"],
        &["generate", "--help"],
        &["generate", "--no-such-option"],
    ];
    let folder = Folder::new();
    for arguments in cases {
        let expected = folder.run(arguments);
        let run = folder.run_on_github(arguments);
        let (text, annotations) = unwrapped(&run);
        assert_eq!(text, expected.stdout + &expected.stderr, "{arguments:?}");
        assert_eq!((annotations, run.code), (vec![], expected.code));
    }
}

#[test]
fn the_token_is_another_one_each_time() {
    let folder = Folder::new();
    let run = || folder.run_on_github(&["explain", "io"]).stdout;
    assert_ne!(run(), run());
}

#[test]
fn anything_but_true_is_not_github() {
    let folder = Folder::new();
    for value in ["", "false", "1"] {
        let run = folder.run_with(&["operations", "lamps.yaml"], |command| {
            command.env("GITHUB_ACTIONS", value)
        });
        assert_eq!(run, folder.run(&["operations", "lamps.yaml"]));
    }
}

/// A schema of the request, and its problem as shown.
const ANNOTATIONS: [(&str, &str); 3] = [
    (
        "{$ref: '#/components/schemas/Lmap'}",
        "line=12,col=28,endLine=12,endColumn=55,title=unresolved-reference::`#/components/schemas/Lmap` does not \
         exist%0Adid you mean `#/components/schemas/Lamp`?",
    ),
    (
        r##"{$ref: "#/components/schemas/\r\n::add-mask::50%25"}"##,
        "line=12,col=28,endLine=12,endColumn=72,title=unresolved-reference::\
         `#/components/schemas/%0D%0A::add-mask::50%2525` does not exist%0Aadd \
         `%0D%0A::add-mask::50%2525` to `#/components/schemas`, or fix the reference",
    ),
    (
        "[\n              true,\n            ]",
        "line=12,endLine=14,title=wrong-type::a schema is an object or a boolean%0Awrite a Schema Object, or `true` for \
         any value",
    ),
];

#[test]
fn an_annotation_for_each_problem() {
    let folder = Folder::new();
    for (schema, expected) in ANNOTATIONS {
        let request = "{$ref: '#/components/schemas/Lamp'}";
        folder.write("lamps.yaml", &LAMPS.replacen(request, schema, 1));
        let expected = format!("::error file=lamps.yaml,{expected}");
        for arguments in [&["problems", "lamps.yaml"][..], &GENERATE, &CHECK] {
            let run = folder.run_on_github(arguments);
            assert_eq!(unwrapped(&run).1, [expected.as_str()]);
        }
    }
    folder.write("lamps.yaml", "openapi: 3.1.0\n\u{e9}: 1\n\u{e9}: 2\n");
    let run = folder.run_on_github(&["operations", "lamps.yaml"]);
    let expected = "::error file=lamps.yaml,line=3,col=1,endLine=3,endColumn=2,title=duplicate-key::the key \
                    `\u{e9}` occurs twice in this object%0Athe first is at lamps.yaml:2:1";
    assert_eq!(unwrapped(&run).1, [expected]);
}

/// A name with a colon is not possible on every system.
#[cfg(unix)]
#[test]
fn the_name_of_a_file_is_escaped() {
    let folder = Folder::new();
    let name = "a%b:c,d\ne\r.yaml";
    folder.write(name, &LAMPS.replacen("schemas/Lamp'", "schemas/Lmap'", 1));
    let run = folder.run_on_github(&["problems", name]);
    let (_, expected) = ANNOTATIONS[0];
    let expected = format!("::error file=a%25b%3Ac%2Cd%0Ae%0D.yaml,{expected}");
    assert_eq!(unwrapped(&run).1, [expected]);
}

#[test]
fn what_has_no_place_in_a_text() {
    let folder = Folder::new();
    folder.write("lamps/src/main.rs", "fn main() {}\n");
    let run = folder.run_on_github(&GENERATE);
    let expected = "::error title=not-generated::`lamps/src` has files, and none of them was generated%0Aall files \
                    there would be removed: choose another folder with `--out`, or empty this one";
    assert_eq!(unwrapped(&run).1, [expected]);
}

#[test]
fn an_annotation_for_each_drifted_file() {
    let folder = Folder::generated();
    assert_eq!(unwrapped(&folder.run_on_github(&CHECK)).1, [""; 0]);
    let run = folder.run_on_github(&GENERATE);
    assert_eq!(unwrapped(&run).1, [""; 0]);
    std::fs::remove_file(folder.path("lamps/src/operations.rs")).expect("removed");
    folder.write("lamps/src/lib.rs", "// @generated, and stale\n");
    folder.write("lamps/src/old/lamp.rs", "");
    let run = folder.run_on_github(&CHECK);
    let (text, annotations) = unwrapped(&run);
    assert_eq!(text, folder.run(&CHECK).stdout);
    let expected = [
        "::error file=lamps/src/operations.rs,title=drift::is missing: to fix it, run: openapi-rust generate --spec \
         lamps.yaml --out lamps",
        "::error file=lamps/src/lib.rs,line=1,endLine=1,title=drift::is stale: to fix it, run: openapi-rust generate --spec lamps.yaml \
         --out lamps",
        "::error file=lamps/src/old/lamp.rs,title=drift::is an orphan: to fix it, run: openapi-rust generate --spec \
         lamps.yaml --out lamps",
    ];
    assert_eq!((annotations, run.code), (expected.to_vec(), Some(1)));
}

#[test]
fn a_stale_file_has_the_first_line_that_differs() {
    let folder = Folder::generated();
    let text = folder.read("lamps/src/lib.rs");
    let lines: Vec<&str> = text.lines().collect();
    let (head, tail) = (lines[..6].join("\n"), lines[7..].join("\n"));
    folder.write("lamps/src/lib.rs", &format!("{head}\nby hand\n{tail}\n"));
    folder.write(
        "lamps/src/requests.rs",
        &folder.read("lamps/src/requests.rs")[..60],
    );
    let run = folder.run_on_github(&CHECK);
    let annotations = unwrapped(&run).1;
    let places = annotations.iter().map(|line| line.split(",title").next());
    assert_eq!(
        places.collect::<Vec<_>>(),
        [
            Some("::error file=lamps/src/lib.rs,line=7,endLine=7"),
            Some("::error file=lamps/src/requests.rs,line=1,endLine=1"),
        ]
    );
}

#[test]
fn an_annotation_for_each_breaking_change() {
    let folder = Folder::new();
    let new = LAMPS
        .replace("        watts: {type: integer, minimum: 1}\n", "")
        .replace("color: {type: string}", "color: {type: integer}");
    folder.write("new.yaml", &new);
    let run = folder.run_on_github(&["diff", "lamps.yaml", "new.yaml"]);
    let expected = [
        "::error file=new.yaml,line=30,col=9,endLine=30,endColumn=9,title=breaking-change::Lamp::color is `i64` instead of `String` (breaks callers and running clients: both ways)",
        "::error file=lamps.yaml,line=31,col=9,endLine=31,endColumn=9,title=breaking-change::Lamp::watts is gone (breaks callers and running clients: both ways)",
    ];
    assert_eq!((unwrapped(&run).1, run.code), (expected.to_vec(), Some(1)));
}

/// A description that speaks to the runner wherever it can.
const HOSTILE: &str = "\
openapi: 3.1.0
info: {title: \"Lamps\\n::add-mask::x\", version: 1.0.0, description: \"##[error]x\\n::stop-commands::x\"}
servers: [{url: https://lamps.example}]
paths:
  \"/lamps ##[error]\\n::add-mask::x\":
    get:
      operationId: \"##[error]lamps\\n::add-mask::x\"
      summary: \"\\n::add-mask::x\"
      responses:
        '200':
          description: |

            ::add-mask::x
            ##[error]
          content:
            \"application/x\\n::add-mask::x ##[error]\": {}
            application/json:
              schema: {$ref: \"#/components/schemas/100%\\n::add-mask::x##[error]\"}
        '201':
          description: \"\\n::stop-commands::x\"
          content:
            application/json:
              schema: {enum: [\"##[error]x\", \"##[error]x\", \"\\n::stop-commands::y\"]}
";

#[test]
fn a_description_gives_no_commands() {
    let folder = Folder::new();
    folder.write("lamps.yaml", HOSTILE);
    for arguments in [
        &["operations", "lamps.yaml"][..],
        &["problems", "lamps.yaml"],
        &GENERATE,
        &CHECK,
    ] {
        let run = folder.run_on_github(arguments);
        let (text, annotations) = unwrapped(&run);
        assert!(text.contains("##[error]"), "{text}");
        assert_eq!(commands(&run.stdout), annotations);
        for annotation in annotations {
            assert!(
                annotation.starts_with("::error file=lamps.yaml,line="),
                "{annotation}"
            );
        }

        let run = folder.run_on_github(&[arguments, &["--format", "json"]].concat());
        assert_eq!((commands(&run.stdout), run.stderr.as_str()), (vec![], ""));
        let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert!(report.to_string().contains("##[error]"), "{report}");
    }
}
