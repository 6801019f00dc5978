//! Which alternative of `alternatives.yaml` a value is.

use alternatives::runtime::json::from_slice;
use alternatives::{Thing, ThingCoded, ThingListed};

fn read(json: &str) -> Thing {
    from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_listed_value_says_which_is_meant() {
    let listed = |kind: &str| read(&format!(r#"{{"listed": {{"kind": "{kind}", "x": 1}}}}"#)).listed;
    assert!(matches!(listed("b"), Some(ThingListed::Fixed(_))));
    assert!(matches!(listed("c"), Some(ThingListed::Free(_))));
    // A value that neither lists is of the first.
    assert!(matches!(listed("e"), Some(ThingListed::Fixed(_))));
    assert!(matches!(read(r#"{"listed": {"x": 1}}"#).listed, Some(ThingListed::Fixed(_))));
    let coded = |code: u8| read(&format!(r#"{{"coded": {{"code": {code}, "x": "y"}}}}"#)).coded;
    assert!(matches!(coded(2), Some(ThingCoded::One(_))));
    assert!(matches!(coded(1), Some(ThingCoded::OtherValue(_))));
    assert!(matches!(coded(7), Some(ThingCoded::One(_))));
    // What is wrong with the one that lists it is another one, or unknown.
    let wrong = read(r#"{"coded": {"code": 1, "x": 2}}"#).coded;
    assert!(matches!(wrong, Some(ThingCoded::Unknown(_))));
}
