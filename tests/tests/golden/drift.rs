//! The emitted crate is what the description gives.

use xtask::command_line::Target;
use xtask::generate::Plan;

#[test]
fn generated_is_what_the_description_gives() {
    let target = Target::default();
    let plan = Plan::new(&target).unwrap_or_else(|error| panic!("{error}"));
    let drift = plan.drift().unwrap_or_else(|error| panic!("{error}"));
    assert!(
        drift.is_clean(),
        "{drift}\nto fix it, run: {}",
        target.command()
    );
}
