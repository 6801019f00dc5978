//! The explanation of each code has an example that is wrong in just that way, and the same
//! example put right.
//!
//! ````text
//! ```yaml wrong            a description with problems of that code and no other
//! ```yaml right            a description without problems
//! ```yaml document         what an overlay or a command line is used on, if it is these that are wrong
//! ```yaml overlay wrong    an overlay with problems of that code
//! ```yaml overlay right    an overlay without problems; applied to the document, else to the wrong description
//! ```sh wrong              a command line whose `--operation` or `--tag` is the problem
//! ````
//!
//! One that says "This is a warning" is of a warning, and any other of an error.

use std::collections::BTreeMap;

use openapi_codegen::diagnostic::{Code, Diagnostics, Severity};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::{Layout, Selection, generate, selected};

use crate::overlaid;

/// The codes whose example would help nobody.
const WITHOUT_EXAMPLE: &[Code] = &[Code::NestingLimit];

/// So long is the first line at most, which stands alone in lists.
const SUMMARY_LENGTH: usize = 120;

/// The texts of the code blocks of an explanation, by what is written behind their backticks.
type Examples<'a> = BTreeMap<&'a str, String>;

fn examples(explanation: &str) -> Examples<'_> {
    let mut examples = Examples::new();
    let mut open = None;
    for line in explanation.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(""), Some(_)) => open = None,
            (Some(kind), None) => {
                let earlier = examples.insert(kind, String::new());
                assert_eq!(earlier, None, "`{kind}` is there once");
                open = Some(kind);
            }
            (Some(kind), Some(open)) => panic!("`{kind}` begins in `{open}`"),
            (None, Some(kind)) => {
                let text = examples.entry(kind).or_default();
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert_eq!(open, None, "each block ends");
    examples
}

/// Generates from a document with an overlay, what a command line selects.
fn outcome(
    document: &str,
    overlay: Option<&str>,
    command_line: &str,
) -> Result<Diagnostics, Diagnostics> {
    let mut document = Document::parse(Source::new("openapi.yaml", document))?;
    let mut warnings = Diagnostics::default();
    if let Some(overlay) = overlay {
        (document, warnings) = overlaid(document, Source::new("overlay.yaml", overlay))?;
    }
    let [operations, tags] = ["--operation", "--tag"].map(|option| values(command_line, option));
    let operations = selected(&document, &operations, &tags)?;
    let selection = Selection {
        operations: &operations,
        crate_name: "example",
        layout: Layout::Flat,
    };
    Ok(warnings.and(generate(&document, &selection)?.warnings))
}

/// True if an explanation says that its code is a warning.
pub fn is_warning(explanation: &str) -> bool {
    explanation.contains("This is a warning")
}

/// The problems of the examples that end in this word.
fn outcomes(examples: &Examples<'_>, word: &str) -> Vec<Diagnostics> {
    let example = |kind: &str| examples.get(kind).map(String::as_str);
    let document = || {
        let document = example("yaml document").or_else(|| example("yaml wrong"));
        document.expect("there is a document to use it on")
    };
    let with_word = examples
        .iter()
        .filter_map(|(kind, text)| Some((kind.strip_suffix(word)?.trim_end(), text.as_str())));
    let outcomes = with_word.map(|(kind, text)| match kind {
        "yaml" | "json" => outcome(text, None, ""),
        "yaml overlay" => outcome(document(), Some(text), ""),
        "sh" => outcome(document(), None, text),
        kind => panic!("`{kind}` is no kind of example"),
    });
    outcomes
        .map(|outcome| outcome.unwrap_or_else(|errors| errors))
        .collect()
}

/// The values of an option of a command line.
fn values(command_line: &str, option: &str) -> Vec<String> {
    let words: Vec<&str> = command_line.split_whitespace().collect();
    let pairs = words.windows(2).filter(|pair| pair[0] == option);
    pairs.map(|pair| pair[1].to_owned()).collect()
}

/// The faults of an explanation.
fn faults(code: Code, explanation: &str, without_example: &[Code]) -> Vec<String> {
    let mut faults = Vec::new();
    let summary = explanation.lines().next().unwrap_or_default();
    if summary.is_empty() || summary.chars().count() > SUMMARY_LENGTH {
        faults.push(format!(
            "the summary has 1 to {SUMMARY_LENGTH} characters: {summary:?}"
        ));
    }
    if explanation.lines().nth(1) != Some("") || explanation.lines().nth(2).is_none() {
        faults.push("behind the summary there are an empty line and a text".to_owned());
    }
    let examples = examples(explanation);
    let [wrong, right] = ["wrong", "right"].map(|word| outcomes(&examples, word));
    let expected = usize::from(!without_example.contains(&code));
    if wrong.len() != expected || right.len() < expected || right.len() > 2 * expected {
        let found = [wrong.len(), right.len()];
        faults.push(format!(
            "wrong and right examples: {found:?}, expected: {expected} of each"
        ));
    }
    let severity = if is_warning(explanation) {
        Severity::Warning
    } else {
        Severity::Error
    };
    for problems in wrong {
        if problems.is_empty() {
            faults.push("nothing is wrong with the wrong example".to_owned());
        }
        if problems
            .iter()
            .any(|problem| (problem.code, problem.severity) != (code, severity))
        {
            faults.push(format!("the wrong example has other problems:\n{problems}"));
        }
    }
    for problems in right.into_iter().filter(|problems| !problems.is_empty()) {
        faults.push(format!("a right example has problems:\n{problems}"));
    }
    faults
}

#[test]
fn each_has_a_summary_and_examples_that_do_as_they_say() {
    let faults: Vec<String> = Code::ALL
        .iter()
        .flat_map(|&code| {
            let faults = faults(code, code.explanation(), WITHOUT_EXAMPLE);
            faults
                .into_iter()
                .map(move |fault| format!("{code}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_fault_is_found() {
    let wrong = "```yaml wrong\nopenapi: 3.3.0\npaths: {/a: {get: {operationId: a}}}\n```\n";
    let right = "```yaml right\nopenapi: 3.1.0\npaths: {/a: {get: {operationId: a}}}\n```\n";
    let good = format!("A summary.\n\nA text.\n\n{wrong}\n{right}");
    let cases = [
        (String::new(), "the summary has 1 to 120"),
        (
            good.replace("A summary.", &"x".repeat(121)),
            "the summary has 1 to 120",
        ),
        ("A summary.\n".to_owned(), "an empty line and a text"),
        (good.replacen("\n\n", "\n", 1), "an empty line and a text"),
        (good.replace(wrong, ""), "examples: [0, 1], expected: 1"),
        (good.replace(right, ""), "examples: [1, 0], expected: 1"),
        (good.replace("3.3.0", "3.1.0"), "nothing is wrong"),
        (
            good.replace("A text.", "This is a warning."),
            "has other problems:\nerror[unsupported-version]",
        ),
        (
            good.replace("openapi: 3.3.0", "info: {}"),
            "has other problems:\nerror[missing-keyword]",
        ),
        (
            good.replace("3.3.0", "3.3.0\npahts: {}"),
            "has other problems:\nerror[unsupported-version]",
        ),
        (
            good.replace("3.1.0", "3.3.0"),
            "a right example has problems:\nerror[unsupported-version]",
        ),
    ];
    let found =
        |text: &str, without: &[Code]| faults(Code::UnsupportedVersion, text, without).join("\n");
    assert_eq!(found(&good, &[]), "");
    for (text, expected) in cases {
        let found = found(&text, &[]);
        assert!(found.contains(expected), "{found}\nlacks {expected:?}");
    }
    let without = &[Code::UnsupportedVersion];
    assert_eq!(found("A summary.\n\nA text.\n", without), "");
    assert!(found(&good, without).contains("examples: [1, 1], expected: 0"));
}
