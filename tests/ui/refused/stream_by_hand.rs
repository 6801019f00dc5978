use openai_image_edits::{CreateImageEditRequest, Upload};

fn main() {
    let mut request = CreateImageEditRequest::new(Upload::from_path("a.png"), "a");
    request.stream = true;
}
