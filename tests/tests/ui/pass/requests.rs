use openai_image_edits::{
    CreateImageEdit, CreateImageEditRequest, EditImageBodyJsonParam, ImageModel, ImageRef, ImageSize, Maybe, Nullable, Upload, Validate,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let one = CreateImageEditRequest::new(Upload::from_bytes(&b"\x89PNG"[..]), "one image");
    let many = CreateImageEditRequest::new([Upload::from_path("a.png"), Upload::from_path("b.png")], "two images")
        .model("gpt-image-1")
        .size(ImageSize::Portrait1024x1536)
        .n(2)
        .maybe(Some(std::path::Path::new("mask.png")), CreateImageEditRequest::mask)
        .maybe(None::<&str>, CreateImageEditRequest::user)
        .extra("tags", vec!["a", "b"]);
    assert_eq!(many.model, Some(ImageModel::GptImage1));
    assert!(many.mask.is_some() && many.user.is_none());
    let paths = vec![std::path::PathBuf::from("a.png"), std::path::PathBuf::from("b.png")];
    let _from_paths = CreateImageEditRequest::new(paths, "two images of paths");
    one.validate()?;

    let references = [ImageRef::Url("https://example.com/a.png".into()), ImageRef::FileId("file-1".into())];
    let mut json = EditImageBodyJsonParam::new(references, "references").n(3).mask(ImageRef::FileId("file-2".into()));
    json.n = Nullable::Null;
    let form = json.to_create_image_edit_request(Upload::from_bytes(&b"\x89PNG"[..]));
    assert_eq!(form.prompt, "references");

    let _call = CreateImageEdit::new(json).call()?;
    let _stream = CreateImageEdit::new(one).unchecked().call_stream()?;
    Ok(())
}
