use clap::Parser;
use xtask::command_line::{Arguments, Command, Deny, Target};
use xtask::{Exit, Terminal};

#[test]
fn without_flags_the_target_is_the_client_of_the_project() {
    let target = Target::default();
    assert_eq!(target.description().to_string(), "spec/openapi.yaml");
    assert_eq!(
        target
            .overlays()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["spec/overlay.yaml"]
    );
    assert_eq!(target.out().to_string(), "generated");
    assert!(target.description().path().is_file() && target.out().path().is_dir());
    assert_eq!(target.command(), "cargo xtask generate");
}

#[test]
fn another_description_has_no_overlay_unless_one_is_given() {
    let target = |arguments: &[&str]| {
        let typed = [&["xtask", "generate"], arguments].concat();
        match Arguments::try_parse_from(typed).expect("arguments").command {
            Command::Generate(arguments) => arguments.target,
            _ => unreachable!("`generate` was typed"),
        }
    };
    let overlays = |target: Target| {
        target
            .overlays()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert!(overlays(target(&["--spec", "lamps.yaml"])).is_empty());
    assert_eq!(
        overlays(target(&["--spec", "lamps.yaml", "--overlay", "a.yaml"])),
        ["a.yaml"]
    );
    assert_eq!(
        overlays(target(&["--overlay", "a.yaml", "--overlay", "b.yaml"])),
        ["a.yaml", "b.yaml"]
    );
}

#[test]
fn the_command_is_quoted_for_a_shell() {
    let target = Target {
        spec: Some("my lamps.yaml".into()),
        overlay: vec!["a.yaml".into(), "b's.yaml".into()],
        operation: vec!["post /lamps".to_owned(), "$(lamp)".to_owned()],
        tag: vec!["Lamps".to_owned(), "On & off".to_owned()],
        out: Some("../lamps".into()),
        name: Some("lamps".to_owned()),
        flat: true,
        deny: Some(Deny::Warnings),
    };
    let expected = r"cargo xtask generate --spec 'my lamps.yaml' --overlay a.yaml --overlay 'b'\''s.yaml' --operation 'post /lamps' --operation '$(lamp)' --tag Lamps --tag 'On & off' --out ../lamps --name lamps --deny warnings --flat";
    assert_eq!(target.command(), expected);
}

#[test]
fn a_run_within_a_program_is_the_same() {
    let output = xtask::run(["xtask", "--help"].map(Into::into), &Terminal::default());
    assert_eq!((output.exit, output.stderr.as_str()), (Exit::Clean, ""));
    let output = xtask::run(
        ["xtask", "operations", "no such file"].map(Into::into),
        &Terminal::default(),
    );
    assert_eq!((output.exit, output.stdout.as_str()), (Exit::Unknown, ""));
}
