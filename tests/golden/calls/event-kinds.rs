//! The events of the streams of `event-kinds.yaml`.

use event_kinds::runtime::{ResponseHead, StreamError, response::EventText};
use event_kinds::{
    Anything, Chat, ChatAgain, ChatEvent, Messages, Messages200ResponseEvent, Others, Others200ResponseEvent, Shared,
    Shared200ResponseEvent, Shared200ResponseEventItem, Texts, Typed, Typed200ResponseEvent, Unnamed,
    Unnamed200ResponseEvent,
};

macro_rules! events {
    ($operation:ident, $text:expr) => {{
        let (_, response) = $operation::new().call_stream().expect("it is in order").split();
        let head = ResponseHead::new(200).with_header("Content-Type", "text/event-stream");
        response.read_from(&head, $text.as_bytes()).collect::<Vec<_>>()
    }};
}

#[test]
fn the_name_of_an_event_says_what_its_data_is() {
    let text = "event: addString\ndata: This data is formatted\ndata: across two lines\nretry: 5\n\n\
                event: addString\ndata:  \n\n\
                event: addInt64\ndata: 1234\nunknownField: this is ignored\n\n\
                : This is a comment\nevent: addJson\ndata: {\"foo\": 42}\n\n\
                event: addJson\ndata:  \n\n\
                event: later\ndata: not JSON\n\n\
                event: addJson\ndata: not JSON\n\n\
                event: addString\ndata: [DONE] is the end\n\n\
                event: addString\ndata: [DONE]\n\n\
                event: addString\ndata: too late\n\n";
    let mut found = Vec::new();
    for event in events!(Typed, text) {
        found.push(match event {
            Ok(Typed200ResponseEvent::AddString(text)) => format!("string {text}"),
            Ok(Typed200ResponseEvent::AddInt64(text)) => format!("integer {text}"),
            Ok(Typed200ResponseEvent::AddJson(json)) => format!("json {}", json.foo),
            Ok(Typed200ResponseEvent::Unknown(unknown)) => format!("{:?} {}", unknown.name, unknown.data.text()),
            Ok(other) => panic!("{other:?}"),
            Err(StreamError::Decode { name, .. }) => format!("unread {name:?}"),
            Err(error) => panic!("{error}"),
        });
    }
    let expected = [
        "string This data is formatted\nacross two lines",
        "string  ",
        "integer 1234",
        "json 42",
        "Some(\"later\") not JSON",
        "unread Some(\"addJson\")",
        "string [DONE] is the end",
    ];
    assert_eq!(found, expected);
}

#[test]
fn kinds_that_are_components() {
    let delta = "event: chat.delta\ndata: {\"text\": \"a\", \"event\": \"x\"}\n\n";
    let usage = "event: chat.usage\ndata: {\"image\": \"AAAA\"}\n\n";
    let stop = "event: chat.stop\ndata: {\"reason\": \"end\"}\n\n";
    let text = [delta, usage, stop, "data: [DONE]\n\n"].concat();
    let found = events!(Chat, text);
    let [Ok(ChatEvent::Delta(delta)), Ok(ChatEvent::Usage(usage)), Ok(ChatEvent::Stop(_))] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!((delta.text.as_str(), delta.event.as_deref()), ("a", Some("x")));
    assert_eq!(usage.image.bytes().expect("it is base64").len(), 3);
    // Without the last event, and with the API's error.
    let found = events!(ChatAgain, usage_and_end());
    assert!(matches!(found.as_slice(), [Ok(ChatEvent::Usage(_)), Err(StreamError::Unfinished { .. })]), "{found:?}");
    let found = events!(Chat, "event: error\ndata: {\"message\": \"no\"}\n\n");
    let [Err(StreamError::Api(error))] = found.as_slice() else {
        panic!("{found:?}");
    };
    let message = error.error.as_ref().and_then(|event| event.message.as_deref());
    assert_eq!(message, Some("no"));
}

fn usage_and_end() -> &'static str {
    "event: chat.usage\ndata: {\"image\": \"AAAA\"}\n\ndata: [DONE]\n\n"
}

#[test]
fn data_that_tells_itself_apart() {
    let add = "data: {\"op\": \"add\", \"name\": \"a\"}\n\n";
    let found = events!(Shared, format!("event: item\n{add}event: ping\ndata: 1\n\n"));
    let [Ok(Shared200ResponseEvent::Item(Shared200ResponseEventItem::Add(added))), Ok(Shared200ResponseEvent::Ping(ping))] =
        found.as_slice()
    else {
        panic!("{found:?}");
    };
    assert_eq!((added.name.as_str(), ping.as_i64()), ("a", Some(1)));
    let found = events!(Unnamed, format!("{add}data: {{\"op\": \"remove\"}}\n\ndata: [DONE]\n\n"));
    assert!(
        matches!(found.as_slice(), [Ok(Unnamed200ResponseEvent::Add(_)), Ok(Unnamed200ResponseEvent::Remove(_))]),
        "{found:?}"
    );
}

#[test]
fn events_without_a_name() {
    let text = "event: add\ndata: {\"op\": \"add\", \"name\": \"a\"}\n\nevent: note\ndata: n\n\nevent: x\ndata: {}\n\ndata:  \n\n";
    let found = events!(Others, text);
    let [Ok(Others200ResponseEvent::Add(_)), Ok(Others200ResponseEvent::Note(note)), Ok(one), Ok(two)] = found.as_slice()
    else {
        panic!("{found:?}");
    };
    assert_eq!(note.text, "n");
    for (found, expected) in [(one, "{}"), (two, " ")] {
        assert!(matches!(found, Others200ResponseEvent::Message(text) if text.text == expected), "{found:?}");
    }
    let found = events!(Messages, "data: a\n\nevent: message\ndata: b\n\nevent: remove\ndata: {\"op\": \"remove\"}\n\nevent: x\ndata: c\n\n");
    let [
        Ok(Messages200ResponseEvent::Message(one)),
        Ok(Messages200ResponseEvent::Message(two)),
        Ok(Messages200ResponseEvent::Remove(_)),
        Ok(Messages200ResponseEvent::Unknown(unknown)),
    ] = found.as_slice()
    else {
        panic!("{found:?}");
    };
    assert_eq!([&*one.text, &*two.text, &*unknown.data.text()], ["a", "b", "c"]);
}

#[test]
fn texts_and_anything() {
    let found = events!(Texts, "event: x\ndata: {\"a\": 1}\n\ndata: b\n\ndata: cut off");
    let texts: Vec<Option<&EventText>> = found.iter().map(|text| text.as_ref().ok()).collect();
    assert_eq!(texts, [Some(&"{\"a\": 1}".to_owned().into()), Some(&"b".to_owned().into()), None]);
    assert!(matches!(found.last(), Some(Err(StreamError::Truncated { .. }))), "{found:?}");
    let found = events!(Anything, "data: {\"a\": 1}\n\n");
    assert!(matches!(found.as_slice(), [Ok(value)] if value["a"] == 1), "{found:?}");
}
