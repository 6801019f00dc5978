//! Files and audio of the OpenAI API.
//!
//! `openai.yaml`: `listFiles`, `downloadFile`, `createSpeech`, `createTranscription`

use openai::runtime::{Call, RequestError, ResponseHead};
use openai::{
    CreateSpeech, CreateSpeechRequest, CreateSpeechResponseStreamEvent, CreateTranscription,
    CreateTranscription200Response, CreateTranscriptionError, CreateTranscriptionHeaders,
    CreateTranscriptionRequest, CreateTranscriptionResponseStreamEvent, DownloadFile, ListFiles,
    StreamError, Upload, VoiceIdsOrCustomVoice,
};

fn typed(status: u16, content_type: &str) -> ResponseHead {
    ResponseHead::new(status).with_header("content-type", content_type)
}

/// The call, and its body as text.
fn sent<R>(call: Result<Call<R>, RequestError>) -> (String, String, R) {
    let (call, response) = call.unwrap_or_else(|error| panic!("{error}")).split();
    let line = format!("{} {}", call.method(), call.path());
    let body = call.into_body().into_bytes().expect("it is in memory");
    (line, String::from_utf8_lossy(&body).into_owned(), response)
}

#[test]
fn files() {
    let (line, _, listed) = sent(ListFiles::new().purpose("batch").limit(20).order("desc").call());
    assert_eq!(line, "GET /files?purpose=batch&limit=20&order=desc");
    let page = br#"{"object": "list", "first_id": "a", "last_id": "a", "has_more": false,
        "data": [{"id": "a", "object": "file", "bytes": 3, "created_at": 1, "filename": "a.jsonl",
                  "purpose": "batch", "status": "processed"}]}"#;
    let page = listed.decode(&typed(200, "application/json"), &page[..]).expect("a page");
    assert_eq!((page.data[0].filename.as_str(), page.has_more), ("a.jsonl", false));

    let (line, _, content) = sent(DownloadFile::new("file/1").call_bytes());
    assert_eq!(line, "GET /files/file%2F1/content");
    let path = std::env::temp_dir().join(format!("openapi-file-{}", std::process::id()));
    let file = std::fs::File::create(&path).expect("a file");
    let bytes = [0, 0xff, b'\n'].repeat(50_000);
    let copied = content.copy_to(&typed(200, "application/octet-stream"), &bytes[..], file);
    assert_eq!(copied.expect("it is copied"), 150_000);
    assert!(std::fs::read(&path).expect("the file") == bytes);
    std::fs::remove_file(path).expect("the file is removed");
}

#[test]
fn speech() {
    let voice = VoiceIdsOrCustomVoice::VoiceIdsShared("alloy".into());
    let speech = || CreateSpeech::new(CreateSpeechRequest::new("gpt-4o-mini-tts", "Hello", voice.clone()));
    let (line, body, audio) = sent(speech().call_bytes());
    assert_eq!(line, "POST /audio/speech");
    assert_eq!(body, r#"{"model":"gpt-4o-mini-tts","input":"Hello","voice":"alloy"}"#);
    let bytes = audio.decode(&typed(200, "audio/mpeg"), &b"ID3\xff"[..]).expect("bytes");
    assert_eq!(bytes[..], *b"ID3\xff");

    let (_, _, events) = sent(speech().call_stream());
    let stream = "data: {\"type\":\"speech.audio.delta\",\"audio\":\"QUJD\"}\n\n\
        data: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}}\n\n";
    let events = events.read_from(&typed(200, "text/event-stream"), stream.as_bytes());
    let events: Vec<_> = events.map(|event| event.expect("an event")).collect();
    assert!(matches!(&events[0], CreateSpeechResponseStreamEvent::Delta(delta) if delta.audio == "QUJD"));
    assert!(matches!(&events[1], CreateSpeechResponseStreamEvent::Done(done) if done.usage.total_tokens == 3));
}

#[test]
fn transcriptions() {
    let file = || Upload::from_bytes(&b"ID3"[..]).file_name("speech.mp3");
    let request = || CreateTranscription::new(CreateTranscriptionRequest::new(file(), "whisper-1").language("en"));
    let (line, body, answer) = sent(request().call());
    assert_eq!(line, "POST /audio/transcriptions");
    for part in [
        "name=\"file\"; filename=\"speech.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\nID3\r\n",
        "name=\"model\"\r\n\r\nwhisper-1\r\n",
        "name=\"language\"\r\n\r\nen\r\n",
    ] {
        assert!(body.contains(part), "{body}");
    }
    let json = typed(200, "application/json");
    let read = |text: &'static str| answer.decode(&json, text).unwrap_or_else(|error| panic!("{error}"));
    assert!(matches!(
        read(r#"{"text": "Hello"}"#),
        CreateTranscription200Response::CreateTranscriptionResponseJson(found) if found.text == "Hello"
    ));
    assert!(matches!(
        read(r#"{"task": "transcribe", "duration": 1.5, "text": "Hello", "segments": []}"#),
        CreateTranscription200Response::CreateTranscriptionResponseDiarizedJson(found) if found.segments.is_empty()
    ));
    assert!(matches!(
        read(r#"{"language": "english", "duration": 1.5, "text": "Hello", "words": [{"word": "Hello", "start": 0, "end": 1}]}"#),
        CreateTranscription200Response::CreateTranscriptionResponseVerboseJson(found) if found.language == "english"
    ));

    let (_, body, events) = sent(request().call_stream());
    assert!(body.contains("name=\"stream\"\r\n\r\ntrue\r\n"), "{body}");
    let stream = "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hel\"}\n\n\
        data: {\"type\":\"transcript.text.done\",\"text\":\"Hello\"}\n\n";
    let events = events.read_from(&typed(200, "text/event-stream"), stream.as_bytes());
    let events: Vec<_> = events.map(|event| event.expect("an event")).collect();
    assert!(matches!(&events[0], CreateTranscriptionResponseStreamEvent::Delta(found) if found.delta == "Hel"));
    assert!(matches!(&events[1], CreateTranscriptionResponseStreamEvent::Done(found) if found.text == "Hello"));

    // The same error for both ways to ask.
    let head = typed(429, "application/json").with_header("retry-after", "2");
    let body = r#"{"error": {"message": "slow down", "type": "rate_limit", "param": null, "code": "rate_limit_exceeded"}}"#;
    let error = answer.decode(&head, body).unwrap_err();
    let Some(CreateTranscriptionError::TooManyRequests(known)) = error.described() else {
        panic!("{error:?}");
    };
    assert_eq!(known.error.message, "slow down");
    assert!(CreateTranscriptionHeaders::new(error.head()).retry_after().expect("a header").is_some());
    let (_, _, events) = sent(request().call_stream());
    let Some(Err(StreamError::Response(error))) = events.read_from(&head, body.as_bytes()).next() else {
        panic!("a status is not a stream");
    };
    assert!(matches!(error.described(), Some(CreateTranscriptionError::TooManyRequests(_))));
}
