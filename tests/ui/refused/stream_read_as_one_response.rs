use openai_image_edits::{CreateImageEdit, CreateImageEditRequest, ResponseHead, Upload};

fn main() {
    let request = CreateImageEditRequest::new(Upload::from_path("a.png"), "a");
    let (_, response) = CreateImageEdit::new(request).call_stream().unwrap().split();
    let _ = response.decode(&ResponseHead::new(200), Vec::new());
}
