//! The messages of our own comparison, word by word.

use openapi_codegen::diff::diff;

use super::{cases, lowered, shown};

#[test]
fn each_change_is_told_in_plain_words() {
    let cases = cases::synthetic();
    let pairs = cases
        .iter()
        .flat_map(|case| case.pairs.iter().map(move |pair| (case, pair)));
    let told = pairs.map(|(case, pair)| {
        let [old, new] = [&pair.old, &pair.new].map(|text| {
            let lowered = lowered(pair, text);
            lowered
                .unwrap_or_else(|error| panic!("{}: {error}", case.name))
                .1
        });
        let changes = match shown(&diff(&old, &new)) {
            nothing if nothing.is_empty() => "\n    nothing".to_owned(),
            changes => changes,
        };
        let (group, name) = (&case.group, &case.name);
        format!("{group}: {name} ({}){changes}\n", pair.direction)
    });
    let told: String = told.collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../diff");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("changes", told));
}
