//! The emitted crate is what the description gives.

use openapi_rust::command::generate::Plan;
use openapi_rust::target::Target;

#[test]
fn generated_is_what_the_description_gives() {
    let plan = Target::of_project().map_err(Into::into);
    let plan = plan.and_then(|target| Plan::new(&target));
    let plan = plan.unwrap_or_else(|error| panic!("{error}"));
    let drift = plan.drift().unwrap_or_else(|error| panic!("{error}"));
    assert!(
        drift.is_clean(),
        "{drift}\nto fix it, run: cargo xtask generate"
    );
}
