//! JSON bodies whose large values are not copied: the bytes are those that serde writes.

use std::collections::BTreeMap;
use std::io::Read;

use openapi_runtime::{
    Base64, Body, Call, Extra, Uri,
    json::{self, Encode, ObjectWriter, Serializer, Sink},
};

/// A request with values of every kind that is written apart.
struct Request {
    prompt: String,
    images: Vec<Uri>,
    mask: Option<Base64>,
    more: json::Value,
}

impl Encode for Request {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(serializer, sink)?;
        object.required("prompt", &self.prompt)?;
        object.required("images", &self.images)?;
        object.optional("mask", &self.mask)?;
        object.required("more", &self.more)?;
        object.end()
    }
}
openapi_runtime::serialize!(Request);

fn bytes(length: usize) -> Vec<u8> {
    (0..length)
        .map(|index| u8::try_from(index * 31 % 256).unwrap())
        .collect()
}

fn body(request: &Request) -> Body {
    let call: Call = Call::json("POST", "/", request).unwrap();
    call.into_body()
}

#[test]
fn a_body_has_the_bytes_that_serde_writes() {
    let lengths = [0, 1, 2, 3, 100, 16_383, 786_431, 786_432, 1_600_000];
    for length in lengths {
        let url = format!("https://example.com/{}", "a".repeat(length));
        let request = Request {
            prompt: "a \"cat\"".to_owned(),
            images: vec![
                Uri::data("image/png", bytes(length)),
                Uri::from(url.as_str()),
                Uri::from(format!("{url}\"\\\n")),
                Uri::data("a/b", bytes(length + 1)),
            ],
            mask: Some(Base64::from_bytes(bytes(length))),
            more: json::Value::from(vec!["\u{7f}", "\u{1}"]),
        };
        let expected = serde_json::to_vec(&request).unwrap();
        let known = u64::try_from(expected.len()).unwrap();
        assert_eq!(body(&request).content_length(), Some(known), "{length}");
        assert!(body(&request).into_bytes().unwrap() == expected, "{length}");

        let again = body(&request).try_clone().unwrap().unwrap();
        for size in [1, 3, 5, 4096, 1_000_000] {
            let mut read = Vec::new();
            let mut buffer = vec![0; size];
            let mut reader = again.try_clone().unwrap().unwrap();
            // One byte at a time is slow where there are many.
            if size < 5 && length > 1000 {
                continue;
            }
            loop {
                let count = reader.read(&mut buffer).unwrap();
                if count == 0 {
                    break;
                }
                read.extend_from_slice(&buffer[..count]);
                let left = known - u64::try_from(read.len()).unwrap();
                assert_eq!(reader.content_length(), Some(left));
            }
            assert!(read == expected, "{length} by {size}");
        }
    }
}

/// A request with numbers, and with fields that the description does not name, itself and in a
/// list.
#[derive(Default)]
struct Weighted {
    weight: Option<f64>,
    items: Vec<Weighted>,
    extra: Extra,
    additional: BTreeMap<String, i64>,
}

impl Encode for Weighted {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(serializer, sink)?;
        object.optional("weight", &self.weight)?;
        object.required("items", &self.items)?;
        object.extra(&self.extra)?;
        object.additional(&self.additional)?;
        object.end()
    }
}
openapi_runtime::serialize!(Weighted);

#[test]
fn what_cannot_be_sent() {
    let extra = |name: &str| Weighted {
        extra: Extra::from_iter([("seed", 7), (name, 8)]),
        ..Weighted::default()
    };
    let weight = |weight| Weighted {
        weight: Some(weight),
        ..Weighted::default()
    };
    let additional = Weighted {
        additional: BTreeMap::from([("weight".to_owned(), 9)]),
        ..Weighted::default()
    };
    let within = |item| Weighted {
        items: vec![Weighted::default(), item],
        ..Weighted::default()
    };
    let duplicate = |path: &str| {
        (
            format!("Duplicate {{ name: {path:?} }}"),
            "the extra field `weight` is already a field of the request",
        )
    };
    let not_finite = |path: &str| {
        (
            format!("NotFinite {{ name: {path:?} }}"),
            "the number is not finite",
        )
    };
    let cases = [
        (extra("weight"), duplicate("weight")),
        (within(extra("weight")), duplicate("items[1].weight")),
        (additional, duplicate("weight")),
        (weight(f64::NAN), not_finite("weight")),
        (weight(f64::NEG_INFINITY), not_finite("weight")),
        (within(weight(f64::INFINITY)), not_finite("items[1].weight")),
    ];
    for (request, (expected, message)) in cases {
        let error = Call::<()>::json("POST", "/", &request).unwrap_err();
        assert_eq!(format!("{error:?}"), expected);
        let error = serde_json::to_string(&request).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    let error = Call::<()>::json("POST", "/", &f64::NAN).unwrap_err();
    assert_eq!(error.to_string(), "the number is not finite");
    let call = Call::<()>::json("POST", "/", &within(extra("w"))).unwrap();
    assert_eq!(
        call.into_body().into_bytes().unwrap(),
        &br#"{"items":[{"items":[]},{"items":[],"seed":7,"w":8}]}"#[..]
    );
}

#[test]
fn the_memory_of_a_block_is_used_again_once_it_is_free() {
    let request = Request {
        prompt: String::new(),
        images: vec![Uri::data("image/png", bytes(3_000_000))],
        mask: None,
        more: json::Value::Null,
    };
    let mut free = body(&request);
    let mut held = body(&request);
    let mut blocks = Vec::new();
    let mut addresses = Vec::new();
    while let Some(block) = free.next_block().unwrap() {
        if block.len() == 1024 * 1024 {
            addresses.push(block.as_ptr().addr());
        }
    }
    addresses.dedup();
    assert_eq!(addresses.len(), 1, "{addresses:?}");
    while let Some(block) = held.next_block().unwrap() {
        blocks.push(block);
    }
    assert!(blocks.concat() == serde_json::to_vec(&request).unwrap());
}
