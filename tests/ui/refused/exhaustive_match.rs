use openai_image_edits::ImageQuality;

fn main() {
    match ImageQuality::from("high") {
        ImageQuality::Standard | ImageQuality::Low | ImageQuality::Medium | ImageQuality::High | ImageQuality::Auto => {}
        ImageQuality::Other(_) => {}
    }
}
