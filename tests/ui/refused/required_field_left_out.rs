use openai_image_edits::{CreateImageEditRequest, Upload};

fn main() {
    let _request = CreateImageEditRequest::new(Upload::from_path("a.png"));
}
