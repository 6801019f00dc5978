use openai_image_edits::ImageRef;

fn main() {
    let _reference = ImageRef { image_url: "https://example.com".into(), file_id: "file-1".into() };
}
