//! What a caller can write, and what the types forbid.

#[test]
fn programs_of_callers() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/fail/*.rs");
}
