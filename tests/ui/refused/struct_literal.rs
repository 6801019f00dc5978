use openai_image_edits::ImagesUsageInputTokensDetails;

fn main() {
    let _details = ImagesUsageInputTokensDetails { text_tokens: 1, image_tokens: 2 };
}
