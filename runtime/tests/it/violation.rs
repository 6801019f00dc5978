//! Violations: pointers, bounds and messages.

use std::{collections::BTreeMap, ops::Bound};

use openapi_runtime::{
    Base64, Nullable, OneOrMany, Upload, Uri, Validate,
    bounds::{
        Bounds, Bytes, Each, Field, Finite, Items, Length, MultipleOf, Nested, Range, Unique,
    },
    violation::{Checker, holds},
};

/// All violations as one text.
fn found(check: impl FnOnce(&mut Checker)) -> String {
    let mut checker = Checker::new();
    check(&mut checker);
    checker
        .finish()
        .map_or_else(|violations| violations.to_string(), |()| String::new())
}

#[test]
fn numbers() {
    let range = |value: i64| found(|at| at.field("n", &Some(value), Range(1..=10)));
    assert_eq!((range(1), range(10)), (String::new(), String::new()));
    assert_eq!(range(0), "/n: 0 is less than the minimum 1");
    assert_eq!(range(11), "/n: 11 is more than the maximum 10");
    assert_eq!(
        found(|at| at.range(1.5, (Bound::Excluded(1.5), Bound::Unbounded))),
        "1.5 is not more than 1.5"
    );
    assert_eq!(found(|at| at.range(2_i32, ..2)), "2 is not less than 2");
    assert_eq!(
        found(|at| at.range(u64::MAX, ..u64::MAX)),
        "18446744073709551615 is not less than 18446744073709551615"
    );
    assert_eq!(
        found(|at| at.multiple_of(u64::MAX, 2)),
        "18446744073709551615 is not a multiple of 2"
    );
    assert_eq!(
        found(|at| at.multiple_of(33_i64, 16)),
        "33 is not a multiple of 16"
    );
    assert_eq!(found(|at| at.multiple_of(0.3, 0.1)), "");
    assert_eq!(
        found(|at| at.multiple_of(0.35, 0.1)),
        "0.35 is not a multiple of 0.1"
    );
}

#[test]
fn lengths() {
    let length = |text: &str| found(|at| at.length(text, 1..=3));
    assert_eq!(
        (length("日本語"), length("")),
        (
            String::new(),
            "0 characters are fewer than the minimum 1".into()
        )
    );
    assert_eq!(
        length("e\u{301}🦦x"),
        "4 characters are more than the maximum 3"
    );
    assert_eq!(
        found(|at| at.length(&Base64::from_bytes(&b"abcd"[..]), ..8)),
        "8 characters are more than the maximum 7"
    );
    assert_eq!(
        found(|at| at.length(&Uri::data("a/b", &b""[..]), ..=1)),
        "16 characters are more than the maximum 1"
    );
    let upload = Upload::from_bytes(&b"1234"[..]);
    assert_eq!(
        found(|at| at.bytes(&upload, ..=3)),
        "4 bytes are more than the maximum 3"
    );
    assert_eq!(
        found(|at| at.bytes(&Upload::from_reader(&b"1234"[..]), ..=3)),
        ""
    );
}

#[test]
fn fields_of_every_presence() {
    /// The places of 9, if no value may be more than 1.
    fn pointers<F: Field>(field: &F, bounds: impl Bounds<F::Value>) -> String {
        found(|at| at.field("a", field, bounds)).replace(": 9 is more than the maximum 1", "")
    }
    let small = Range(..=1);
    assert_eq!(pointers(&9, small), "/a");
    assert_eq!(pointers(&None, small), "");
    assert_eq!(pointers(&Nullable::Value(9), small), "/a");
    assert_eq!(pointers(&Nullable::Null, small), "");
    assert_eq!(pointers(&vec![9, 1, 9], Each(small)), "/a/0; /a/2");
    assert_eq!(pointers(&Some(vec![9]), Each(small)), "/a/0");
    assert_eq!(pointers(&Nullable::Value(vec![9]), Each(small)), "/a/0");
    assert_eq!(pointers(&OneOrMany::One(9), Each(small)), "/a");
    assert_eq!(
        pointers(&Some(OneOrMany::Many(vec![9])), Each(small)),
        "/a/0"
    );
    let map = BTreeMap::from([("x/y~z".to_owned(), 9)]);
    assert_eq!(pointers(&Some(map), Each(small)), "/a/x~1y~0z");
    let nested = vec![Some(vec![9]), None];
    assert_eq!(pointers(&nested, Each(Each(small))), "/a/0/0");
}

#[test]
fn several_bounds_on_one_value() {
    let numbers = (Range(..=1), MultipleOf(2), MultipleOf(3));
    assert_eq!(
        found(|at| at.value(&Some(7), numbers)),
        "7 is more than the maximum 1; 7 is not a multiple of 2; 7 is not a multiple of 3"
    );
    let texts = (Items(..=1), Each(Length(2..)));
    assert_eq!(
        found(|at| at.field("tags", &vec!["a".to_owned(), "bc".to_owned()], texts)),
        "/tags: 2 items are more than the maximum 1; /tags/0: 1 character is fewer than the minimum 2"
    );
    assert_eq!(
        found(|at| at.field("n", &f64::INFINITY, Finite)),
        format!("/n: inf is more than the maximum {}", f64::MAX)
    );
    assert_eq!(
        found(|at| at.field("file", &Upload::from_bytes(&b"1234"[..]), Bytes(..4))),
        "/file: 4 bytes are more than the maximum 3"
    );
}

/// A type without bounds, and one with them.
#[test]
fn nested_types() {
    struct Free;
    impl Validate for Free {}
    struct Bounded(i64);
    impl Validate for Bounded {
        fn check(&self, checker: &mut Checker) {
            checker.field("n", &self.0, Range(1..));
        }
    }
    assert_eq!(Free.validate(), Ok(()));
    let boxed = vec![Box::new(Bounded(1)), Box::new(Bounded(0))];
    assert_eq!(
        found(|at| at.field("items", &boxed, Each(Nested))),
        "/items/1/n: 0 is less than the minimum 1"
    );
}

#[test]
fn lists() {
    let items = |images: OneOrMany<i64>| found(|at| at.field("image", &images, Items(1..=2)));
    assert_eq!(items(OneOrMany::One(1)), "");
    assert_eq!(
        items(OneOrMany::Many(vec![])),
        "/image: 0 items are fewer than the minimum 1"
    );
    assert_eq!(
        items(OneOrMany::Many(vec![1; 3])),
        "/image: 3 items are more than the maximum 2"
    );
    assert_eq!(
        found(|at| at.items(&vec![1], 2..)),
        "1 item is fewer than the minimum 2"
    );
    assert_eq!(
        found(|at| at.field("a", &vec!["a", "b", "a"], Unique)),
        "/a/2: the item is equal to item 0"
    );
}

#[test]
fn rules() {
    let model = Some("dall-e-2".to_owned());
    assert!(holds(&model, Length(..=8)));
    assert!(!holds(&model, Length(..=7)));
    assert!(holds(&None::<String>, Length(..=7)));
    assert_eq!(
        found(|at| at.rule(false, "dall-e-2 takes one image")),
        "dall-e-2 takes one image"
    );
}

#[test]
fn violations_are_listed() {
    let mut checker = Checker::new();
    checker.rule_at("model", false, "`model` is needed");
    checker.rule_at("image", true, "one image");
    checker.rule_at("size", false, "another size");
    let violations = checker.finish().unwrap_err();
    let mut borrowed = Vec::new();
    for violation in &violations {
        borrowed.push(violation.to_string());
    }
    assert_eq!(
        borrowed,
        ["/model: `model` is needed", "/size: another size"]
    );
    let pointers: Vec<String> = violations.into_iter().map(|found| found.pointer).collect();
    assert_eq!(pointers, ["/model", "/size"]);
}
