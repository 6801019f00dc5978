//! The bounds that are checked and the bodies that are sent, of `beside.yaml`.

use beside::runtime::{Boundary, RequestError};
use beside::*;

fn refused(thing: Thing) -> String {
    let error = MakeThing::new(thing).call().expect_err("it breaks a bound");
    assert!(matches!(error, RequestError::Invalid(_)));
    error.to_string().replace("the request is invalid: ", "")
}

#[test]
fn what_stands_beside_is_checked_with_the_alternative() {
    let message = MessageContent::new(MessageRole::User, "x").name("long");
    let thing = Thing::new().message(message);
    assert_eq!(refused(thing), "/message/name: 4 characters are more than the maximum 3");
    // What both say of a member holds.
    for (text, wanted) in [
        ("x", "/narrow/text: 1 character is fewer than the minimum 2"),
        ("longer", "/narrow/text: 6 characters are more than the maximum 5"),
    ] {
        let thing = Thing::new().narrow(NarrowOne::new("a").text(text));
        assert_eq!(refused(thing), wanted);
    }
    let thing = || Thing::new().ruled(RuledOne::new("a"));
    assert_eq!(refused(thing()), "/ruled: `x`, or `y` is needed");
    let thing = Thing::new().ruled(RuledTwo::new("b").x("1").y("2"));
    assert_eq!(refused(thing), "/ruled: `x` and `y` exclude each other");
}

#[test]
fn a_form_has_what_stands_beside() {
    let users = Upload::from_bytes("1,2").file_name("users.csv");
    let invite = MakeInviteMultipartGuild::new(2).users(users).age(1);
    let boundary = Boundary::new("B").expect("it is a boundary");
    let call = MakeInvite::new(invite.into()).boundary(boundary).call().expect("it is in order");
    let form = call.into_body().into_bytes().expect("it is in memory");
    let wanted = "--B\r\nContent-Disposition: form-data; name=\"age\"\r\n\r\n1\r\n\
                  --B\r\nContent-Disposition: form-data; name=\"uses\"\r\n\r\n2\r\n\
                  --B\r\nContent-Disposition: form-data; name=\"users\"; filename=\"users.csv\"\r\n\
                  Content-Type: text/csv\r\n\r\n1,2\r\n--B--\r\n";
    assert_eq!(String::from_utf8_lossy(&form), wanted);
}
