//! Programs of callers: requests as they write them, responses as they read them.

use std::path::{Path, PathBuf};

use openai_image_edits::runtime::{EventResponse, JsonResponse};
use openai_image_edits::{
    CreateImageEdit, CreateImageEditRequest, EditImageBodyJsonParam, ImageEditStreamEvent,
    ImageModel, ImageRef, ImageSize, ImagesResponse, Maybe, Nullable, ResponseHead, Upload,
    Validate,
};

#[test]
fn requests() -> Result<(), Box<dyn std::error::Error>> {
    let one = CreateImageEditRequest::new(Upload::from_bytes(&b"\x89PNG"[..]), "one image");
    let two = [Upload::from_path("a.png"), Upload::from_path("b.png")];
    let many = CreateImageEditRequest::new(two, "two images")
        .model("gpt-image-1")
        .size(ImageSize::Portrait1024x1536)
        .n(2)
        .maybe(Some(Path::new("mask.png")), CreateImageEditRequest::mask)
        .maybe(None::<&str>, CreateImageEditRequest::user)
        .extra("tags", vec!["a", "b"]);
    assert_eq!(many.model, Some(ImageModel::GptImage1));
    assert!(many.mask.is_some() && many.user.is_none());
    let paths = vec![PathBuf::from("a.png"), PathBuf::from("b.png")];
    let _from_paths = CreateImageEditRequest::new(paths, "two images of paths");
    one.validate()?;

    let references = [
        ImageRef::Url("https://example.com/a.png".into()),
        ImageRef::FileId("file-1".into()),
    ];
    let mut json = EditImageBodyJsonParam::new(references, "references")
        .n(3)
        .mask(ImageRef::FileId("file-2".into()));
    json.n = Nullable::Null;
    let form = json.to_create_image_edit_request(Upload::from_bytes(&b"\x89PNG"[..]));
    assert_eq!(form.prompt, "references");

    let _call = CreateImageEdit::new(json).call()?;
    let _stream = CreateImageEdit::new(one).unchecked().call_stream()?;
    Ok(())
}

#[test]
fn responses() -> Result<(), Box<dyn std::error::Error>> {
    let head = ResponseHead::new(200).with_header("content-type", "application/json");
    let response = JsonResponse::<ImagesResponse>::default();
    assert_eq!(
        response.decode(&head, &br#"{"created": 1}"#[..])?.created,
        1
    );

    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    let mut events = EventResponse::<ImageEditStreamEvent>::default().decoder(&head);
    events.push(&b"data: {\"type\": \"later\"}\n\n"[..]);
    let mut unknown = 0;
    for event in events {
        match event? {
            ImageEditStreamEvent::PartialImage(image) => drop(image.b64_json.bytes()),
            ImageEditStreamEvent::Completed(image) => println!("{}", image.usage.total_tokens),
            ImageEditStreamEvent::Unknown(event) => {
                assert_eq!(
                    (event.name.as_deref(), event.data.len()),
                    (Some("later"), 17)
                );
                unknown += 1;
            }
            _ => unreachable!("no other variant today"),
        }
    }
    assert_eq!(unknown, 1);
    assert_eq!(ImageModel::from("mine"), ImageModel::Other("mine".into()));
    Ok(())
}
