//! The forms of `urlencoded.yaml`, byte for byte.

use urlencoded::runtime::{Call, RequestError};
use urlencoded::{Card, CreateCard, CreateCardBody, CreateCharge, CreateChargeUrlEncoded, CreateNode, CreateShortCard, Item, Node};

/// The body, with the brackets as people read them.
fn body<R>(call: Result<Call<R>, RequestError>) -> String {
    let call = call.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(call.content_type(), Some("application/x-www-form-urlencoded"));
    let bytes = call.into_body().into_bytes().expect("it is in memory");
    let text = String::from_utf8(bytes.to_vec()).expect("it is ASCII");
    text.replace("%5B", "[").replace("%5D", "]")
}

#[test]
fn each_member_as_its_encoding_says() {
    let charge = || CreateChargeUrlEncoded::new(100, "usd");
    assert_eq!(body(CreateCharge::new(charge()).call()), "amount=100&currency=usd");
    let scalars = charge().description("a b+c&d=e é").capture(true).note("x/y?z");
    assert_eq!(
        body(CreateCharge::new(scalars).call()),
        "amount=100&currency=usd&description=a+b%2Bc%26d%3De+%C3%A9&capture=true&note=x/y?z"
    );
    let lists = charge().expand(["customer", "source"]).tags(["a", "b"]).items([Item::new("p").quantity(2)]);
    assert_eq!(
        body(CreateCharge::new(lists).call()),
        "amount=100&currency=usd&expand[0]=customer&expand[1]=source&items[0][price]=p&items[0][quantity]=2&tags=a,b"
    );
    assert_eq!(body(CreateCharge::new(charge().codes([1, 2])).call()), "amount=100&currency=usd&codes=[1%2C2]");
    let objects = charge()
        .metadata([("k y".to_owned(), "v".to_owned())].into())
        .card(Card::new().number("42"))
        .meta(Card::new().names(["x"]));
    assert_eq!(
        body(CreateCharge::new(objects).call()),
        "amount=100&currency=usd&metadata[k+y]=v&card[number]=42&meta=%7B%22names%22%3A[%22x%22]%7D"
    );
}

#[test]
fn without_an_encoding_each_value_is_written_as_what_it_is() {
    let charge = |charge: CreateChargeUrlEncoded| body(CreateCharge::new(charge).call());
    let empty = || CreateChargeUrlEncoded::new(1, "usd");
    let node = || Node::new().name("a b");
    assert_eq!(charge(empty().source("tok 1".to_owned())), "amount=1&currency=usd&source=tok+1");
    assert_eq!(charge(empty().source(Card::new().number("4"))), "amount=1&currency=usd&source=%7B%22number%22%3A%224%22%7D");
    assert_eq!(charge(empty().node(node())), "amount=1&currency=usd&node=%7B%22name%22%3A%22a+b%22%7D");
    let one = "nodes=%7B%22name%22%3A%22a+b%22%7D";
    assert_eq!(charge(empty().nodes(node())), format!("amount=1&currency=usd&{one}"));
    assert_eq!(charge(empty().nodes([node(), node()])), format!("amount=1&currency=usd&{one}&{one}"));
    let nested = node().child(node());
    assert_eq!(body(CreateNode::new(nested).call()), "name=a+b&child=%7B%22name%22%3A%22a+b%22%7D");
}

#[test]
fn one_schema_in_two_ways() {
    let card = || Card::new().names(["x", "y"]).extra("more", vec![1, 2]);
    assert_eq!(
        body(CreateCard::new(CreateCardBody::UrlEncoded(card())).call()),
        "names=x&names=y&more[0]=1&more[1]=2"
    );
    assert_eq!(body(CreateShortCard::new(card()).call()), "names=x,y&more[0]=1&more[1]=2");
    let error = CreateShortCard::new(Card::new().extra("names[0]", "z")).call().unwrap_err();
    assert!(matches!(error, RequestError::Duplicate { name } if name == "names[0]"));
    let error = CreateShortCard::new(Card::new().number("x".repeat(20))).call().unwrap_err();
    assert_eq!(error.to_string(), "the request is invalid: /number: 20 characters are more than the maximum 19");
}
