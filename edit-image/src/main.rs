//! Edits a picture from the command line, with the blocking client.
//!
//! ```console
//! $ edit-image photo.png "add a hat" --mask mask.png --size 1024x1024 --partial-images 2 -o out
//! out/partial-0.png: 187 KB
//! out/partial-1.png: 203 KB
//! out/result.png: 211 KB
//! 1.9 s, 1310 tokens (254 in, 1056 out), request req_7
//! ```
//!
//! The key is in `OPENAI_API_KEY`. With `--base-url` the request goes to another server, which may
//! not need a key.

#![warn(unreachable_pub)]

mod failure;
mod picture;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use openai_image_edits::{
    Base64, CreateImageEdit, CreateImageEditRequest, ImageEditStreamEvent, ImagesUsage, SERVER,
    StreamError, Upload,
};
use openapi_client::ureq::Client;

use failure::Failure;

/// Edits a picture with a prompt, and saves the result.
#[derive(Parser)]
struct Arguments {
    /// The picture: PNG, JPEG or WebP, at most 50 MB
    picture: PathBuf,
    /// What to do with it
    prompt: String,
    /// A PNG of the same size: the picture changes only where the mask is transparent
    #[arg(long)]
    mask: Option<PathBuf>,
    /// The size of the result, such as 1024x1024
    #[arg(long)]
    size: Option<String>,
    /// The model, such as gpt-image-1.5
    #[arg(long)]
    model: Option<String>,
    /// The number of previews before the result, from 0 to 3
    #[arg(long, default_value_t = 0)]
    partial_images: i64,
    /// The folder for the pictures, created if it does not exist
    #[arg(short, long, default_value = ".")]
    out: PathBuf,
    /// The server, such as `http://127.0.0.1:8080/v1`
    #[arg(long)]
    base_url: Option<String>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let client = client(arguments)?;
    picture::check(&arguments.picture)?;
    let mut request = CreateImageEditRequest::new(
        Upload::from_path(&arguments.picture),
        arguments.prompt.as_str(),
    );
    request = request.partial_images(arguments.partial_images);
    if let Some(mask) = &arguments.mask {
        picture::check(mask)?;
        request = request.mask(Upload::from_path(mask));
    }
    if let Some(size) = &arguments.size {
        request = request.size(size.as_str());
    }
    if let Some(model) = &arguments.model {
        request = request.model(model.as_str());
    }
    std::fs::create_dir_all(&arguments.out)
        .map_err(|error| Failure::file(&arguments.out, &error))?;
    let begun = Instant::now();
    let bar = bar();
    let observer = bar.clone();
    let client = client.on_upload(move |uploaded| {
        observer.set_length(uploaded.total.unwrap_or_default());
        observer.set_position(uploaded.sent);
    });
    let stream = client.stream(CreateImageEdit::new(request));
    bar.finish_and_clear();
    let stream = stream.map_err(|error| Failure::call(&error))?;
    let request_id = stream.head().request_id().map(str::to_owned);
    for event in stream {
        match event {
            Ok(ImageEditStreamEvent::PartialImage(image)) => {
                let name = format!("partial-{}", image.partial_image_index);
                save(&arguments.out, &name, &image.b64_json)?;
            }
            Ok(ImageEditStreamEvent::Completed(image)) => {
                save(&arguments.out, "result", &image.b64_json)?;
                report(begun, &image.usage, request_id.as_deref());
            }
            Ok(_) => {}
            // The picture may be in the next event.
            Err(error @ StreamError::Decode { .. }) => eprintln!("skipped: {error}"),
            Err(error) => return Err(Failure::stream(&error)),
        }
    }
    Ok(())
}

/// A client of the server with its key.
fn client(arguments: &Arguments) -> Result<Client, Failure> {
    let base_url = arguments.base_url.as_deref().unwrap_or(SERVER);
    let client = Client::new(base_url).map_err(|error| Failure::new(error.to_string(), ""))?;
    match std::env::var("OPENAI_API_KEY") {
        Ok(key) if !key.is_empty() => Ok(client.bearer(key)),
        _ if arguments.base_url.is_some() => Ok(client),
        _ => Err(Failure::new(
            "no API key is set",
            "set OPENAI_API_KEY, or try without a key: run `cargo run -p stand-in`, and pass its address as `--base-url`",
        )),
    }
}

/// A progress bar for the upload, on a terminal only.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bytes} of {total_bytes} {wide_bar}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Saves a picture with the file extension of its type.
fn save(folder: &Path, name: &str, image: &Base64) -> Result<(), Failure> {
    let bytes = image
        .bytes()
        .map_err(|error| Failure::new(format!("{name}: {error}"), "the server sent no picture"))?;
    let extension = picture::extension(bytes).unwrap_or("bin");
    let path = folder.join(format!("{name}.{extension}"));
    image
        .save(&path)
        .map_err(|error| Failure::file(&path, &error))?;
    println!("{}: {} KB", path.display(), bytes.len().div_ceil(1000));
    Ok(())
}

fn report(begun: Instant, usage: &ImagesUsage, request_id: Option<&str>) {
    let seconds = begun.elapsed().as_secs_f64();
    let ImagesUsage {
        total_tokens,
        input_tokens,
        output_tokens,
        ..
    } = usage;
    let request = request_id.map_or_else(String::new, |id| format!(", request {id}"));
    println!(
        "{seconds:.1} s, {total_tokens} tokens ({input_tokens} in, {output_tokens} out){request}"
    );
}
