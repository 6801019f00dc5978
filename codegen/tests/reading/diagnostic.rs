//! The forms of diagnostics.

use openapi_codegen::diagnostic::{Code, Diagnostic, Diagnostics, Report, Severity, suggest};
use openapi_codegen::document::{Document, Location, Pointer, Source};

const TEXT: &str = "\
paths:
  /images/edits:
    post:
      requestBody: {}
      $ref: '#/components/schemas/Imgae'
";

fn diagnostics() -> Diagnostics {
    let document = Document::parse(Source::new("spec/openapi.yaml", TEXT)).expect("it is YAML");
    let at = |pointer: &str| {
        document
            .at(&Pointer::parse(pointer).expect(pointer))
            .expect(pointer)
    };
    let mut report = Report::new();
    let reference = at("/paths/~1images~1edits/post/$ref");
    report.push(
        Diagnostic::new(
            Code::UnresolvedReference,
            &reference,
            "`#/components/schemas/Imgae` does not exist",
        )
        .label("nothing at this pointer")
        .help("did you mean `#/components/schemas/Image`?"),
    );
    let body = at("/paths/~1images~1edits/post/requestBody");
    report.push(Diagnostic::new(Code::UnsupportedSchema, &body, "a body without content").at_key());
    // The same problem, found twice on two ways to one place, is one problem.
    report.push(Diagnostic::new(Code::UnsupportedSchema, &body, "a body without content").at_key());
    report.push(Diagnostic::new(
        Code::MissingKeyword,
        &document.root(),
        "`openapi` is required",
    ));
    report
        .finish((), document.sources())
        .expect_err("there are problems")
}

#[test]
fn the_text_form_shows_place_and_way_out() {
    insta::assert_snapshot!(diagnostics().to_string(), @r#"
    error[missing-keyword]: `openapi` is required
     --> spec/openapi.yaml:1:1
      |
    1 | paths:
      | ^^^^^^

    error[unsupported-schema]: a body without content
     --> spec/openapi.yaml:4:7
      |
    4 |       requestBody: {}
      |       ^^^^^^^^^^^
      |
      = at: /paths/~1images~1edits/post/requestBody

    error[unresolved-reference]: `#/components/schemas/Imgae` does not exist
     --> spec/openapi.yaml:5:13
      |
    5 |       $ref: '#/components/schemas/Imgae'
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing at this pointer
      |
      = at: /paths/~1images~1edits/post/$ref
      = help: did you mean `#/components/schemas/Image`?
    "#);
}

#[test]
fn colour_changes_no_text() {
    let colored = diagnostics().render(true);
    let parts = colored
        .split('\u{1b}')
        .map(|part| part.split_once('m').map_or(part, |(_, text)| text));
    // The text before the first escape sequence is not one.
    assert!(colored.starts_with('\u{1b}'));
    assert_eq!(parts.collect::<String>(), diagnostics().to_string());
}

#[test]
fn the_json_form_has_the_same_facts() {
    let json = serde_json::to_string_pretty(&diagnostics().to_json()).expect("JSON");
    insta::assert_snapshot!(json, @r#"
    [
      {
        "assumed": null,
        "code": "missing-keyword",
        "column": 1,
        "file": "spec/openapi.yaml",
        "help": "",
        "line": 1,
        "message": "`openapi` is required",
        "pointer": "",
        "severity": "error"
      },
      {
        "assumed": null,
        "code": "unsupported-schema",
        "column": 7,
        "file": "spec/openapi.yaml",
        "help": "",
        "line": 4,
        "message": "a body without content",
        "pointer": "/paths/~1images~1edits/post/requestBody",
        "severity": "error"
      },
      {
        "assumed": null,
        "code": "unresolved-reference",
        "column": 13,
        "file": "spec/openapi.yaml",
        "help": "did you mean `#/components/schemas/Image`?",
        "line": 5,
        "message": "`#/components/schemas/Imgae` does not exist",
        "pointer": "/paths/~1images~1edits/post/$ref",
        "severity": "error"
      }
    ]
    "#);
}

#[test]
fn columns_count_characters_and_wide_ones_keep_the_caret_in_place() {
    let text = "a: {'é🦦': *x}\n";
    let problem =
        Document::parse(Source::new("wide.yaml", text)).expect_err("the alias has no anchor");
    insta::assert_snapshot!(problem.to_string(), @r#"
    error[invalid-yaml]: while parsing node, found unknown anchor
     --> wide.yaml:1:11
      |
    1 | a: {'é🦦': *x}
      |            ^
      |
      = at: /a/é🦦
      = help: define the anchor (`&name`) before the alias, or quote the text: `'*'`
    "#);
}

#[test]
fn places_are_those_of_counting_through_the_text() {
    let lines = ["", "\u{FEFF}", "é🦦x", &"é🦦x\u{301}\r".repeat(700), "end"];
    for text in [String::new(), lines.join("\n"), "x".repeat(2_048)] {
        let source = Source::new("long.yaml", text.as_str());
        let (mut line, mut column) = (1, 1);
        for (offset, character) in text.char_indices() {
            for inside in 0..character.len_utf8() {
                let offset = u32::try_from(offset + inside).expect("the text is short");
                assert_eq!(source.location(offset), Location { line, column });
            }
            match character {
                '\n' => (line, column) = (line + 1, 1),
                '\u{FEFF}' => {}
                _ => column += 1,
            }
        }
        for end in [u32::try_from(text.len()).expect("it is short"), u32::MAX] {
            assert_eq!(source.location(end), Location { line, column });
        }
    }
}

#[test]
fn long_lines_are_cut() {
    let text = format!("{{{} \"bad\": tru x: y}}", "\"a\": 1,".repeat(10_000));
    let problem = Document::parse(Source::new("long.json", text)).expect_err("it is not JSON");
    let problem = problem.to_string();
    assert!(
        problem.lines().all(|line| line.chars().count() < 200),
        "{problem}"
    );
    assert!(
        problem.contains("long.json:1:70010") && problem.contains("\"bad\": tru x"),
        "{problem}"
    );
}

#[test]
fn codes_are_kebab_case_and_unique() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert!(names.iter().all(|name| {
        name.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    }));
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}

#[test]
fn suggestions_are_near() {
    let names = [
        "ImagesResponse",
        "ImageRefParam",
        "createImageEdit",
        "n",
        "prompt",
    ];
    let cases = [
        ("ImageResponse", Some("ImagesResponse")),
        ("createImageEdits", Some("createImageEdit")),
        ("promtp", Some("prompt")),
        ("ImageRefParam", Some("ImageRefParam")),
        ("Speech", None),
        ("", None),
    ];
    for (wanted, near) in cases {
        assert_eq!(suggest(wanted, names.into_iter()), near, "{wanted}");
    }
}

#[test]
fn a_warning_stops_nothing_beside_no_error() {
    let document = Document::parse(Source::new("openapi.yaml", "a: 1\nb: 2\n")).expect("YAML");
    let root = document.root();
    let error = Diagnostic::new(Code::WrongType, &root.get("a").expect("a"), "wrong");
    let warning = Diagnostic::new(Code::UnknownKeyword, &root.get("b").expect("b"), "unknown");
    let mut report = Report::new();
    report.push(warning.assuming("it is ignored"));
    let sources = document.sources();
    assert_eq!(report.clone().finish(1, sources).ok(), Some(1));
    let warnings = report.clone().only_warnings(sources).expect("one warning");
    insta::assert_snapshot!(warnings.to_string(), @r"
    warning[unknown-keyword]: unknown
     --> openapi.yaml:2:4
      |
    2 | b: 2
      |    ^
      |
      = at: /b
      = assumed: it is ignored
    ");
    let denied = warnings.denied();
    assert!(
        denied
            .to_string()
            .starts_with("error[unknown-keyword]: unknown")
    );
    assert!(!denied.to_string().contains("assumed") && denied.only_warnings().is_err());
    report.push(error);
    let problems = report.finish(1, sources).expect_err("there is an error");
    let severities = problems.iter().map(|problem| problem.severity);
    assert_eq!(
        severities.collect::<Vec<_>>(),
        [Severity::Error, Severity::Warning]
    );
}
