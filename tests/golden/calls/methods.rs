//! The methods that the operations of `methods.yaml` are sent with.

use methods::{ControlLamps, CopyLamps, Filter, FindLamps, ListRooms, UnlinkLamps};

#[test]
fn methods() {
    let find = FindLamps::new(Filter::new().color("red")).call().expect("it is in order");
    assert_eq!((find.method(), find.path()), ("QUERY", "/lamps"));
    assert_eq!(find.content_type(), Some("application/json"));
    let copy = CopyLamps::new("/attic").call().expect("it is in order");
    assert_eq!((copy.method(), copy.headers().to_vec()), ("COPY", vec![("destination", "/attic".to_owned())]));
    assert_eq!(UnlinkLamps::new().call().expect("it is in order").method(), "Unlink");
    assert_eq!(ControlLamps::METHOD, "x-version-control");
    assert_eq!(ListRooms::METHOD, "GET");
}
