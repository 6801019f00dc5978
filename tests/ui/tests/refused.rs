//! Programs that do not compile, and why: the text of the compiler is beside each.

#[test]
fn what_callers_cannot_write() {
    trybuild::TestCases::new().compile_fail("refused/*.rs");
}
