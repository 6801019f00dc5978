use openai_image_edits::runtime::{EventResponse, JsonResponse};
use openai_image_edits::{ImageEditStreamEvent, ImageModel, ImagesResponse, ResponseHead};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let head = ResponseHead::new(200).with_header("content-type", "application/json");
    let response = JsonResponse::<ImagesResponse>::default().decode(&head, &br#"{"created": 1}"#[..])?;
    assert_eq!(response.created, 1);

    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    let mut events = EventResponse::<ImageEditStreamEvent>::default().decoder(&head);
    events.push(&b"data: {\"type\": \"later\"}\n\n"[..]);
    for event in events {
        match event? {
            ImageEditStreamEvent::PartialImage(image) => drop(image.b64_json.bytes()),
            ImageEditStreamEvent::Completed(image) => println!("{}", image.usage.total_tokens),
            ImageEditStreamEvent::Unknown(event) => assert_eq!((event.name.as_deref(), event.data.len()), (Some("later"), 17)),
            _ => unreachable!("no other variant today"),
        }
    }
    match ImageModel::from("mine") {
        ImageModel::Other(model) => assert_eq!(model, "mine"),
        _ => unreachable!("it is not listed"),
    }
    Ok(())
}
