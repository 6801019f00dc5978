use openai_image_edits::{CreateImageEditRequest, Upload};

fn main() {
    let request = CreateImageEditRequest::new("lighthouse.png", "Paint it red");
    let _ = request.mask(Upload::from("mask.png"));
}
