//! A server that answers `OpenAI`'s `POST /images/edits` as the API does, for people without a key
//! and for tests.
//!
//! ```
//! let server = stand_in::StandIn::start()?;
//! let url = server.base_url();
//! # assert!(url.starts_with("http://127.0.0.1:") && url.ends_with("/v1"));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! The server runs on a thread of its own with a runtime of its own, and stops when it is dropped.
//! As a program, it is `cargo run -p stand-in`. It needs no key, and accepts any.
//!
//! # Requests
//!
//! Both bodies, `multipart/form-data` and `application/json`, are validated by the description of
//! this project with its overlay, and the crate `jsonschema`, independently of the emitted code.
//! An invalid request gets status 400 and `{"error": {message, type, param, code}}`. `param` is
//! the name of the field, or the JSON Pointer of a deeper value. These are also refused, as far as
//! real servers are known to refuse them:
//!
//! - a field that is repeated, such as a bare `image` (a list is `image[]`),
//! - a file that is not PNG, JPEG or WebP by its content type and its content,
//! - a mask that is not a PNG file of the dimensions of the first image,
//! - a `size` that is neither `auto` nor `WIDTHxHEIGHT` of at most 3840x2160 pixels.
//!
//! Images of a JSON body are data URLs. The server makes no requests and keeps no files: another
//! URL and a `file_id` are refused. Undeclared fields are ignored.
//!
//! # Answers
//!
//! The picture comes back with stripes in a colour that depends on the prompt, with a frame, and
//! with further images as tiles. With a mask, only its transparent pixels change. The size is the
//! one asked for; `auto` is that of the first image, scaled down if it is over 3840x2160 pixels.
//! WebP is lossless, whatever `output_compression`. Previews of a stream are coarse squares that
//! become finer. The same request gives the same picture. Every response matches the description;
//! a size that it does not list is left out of a response, and is `auto` in an event.
//!
//! DALL-E answers with URLs on this server, unless `response_format` is `b64_json`, and counts no
//! tokens. For all other models tokens are:
//!
#![doc = include_str!("tokens.md")]
//!
//! # Faults
//!
//! The server simulates the faults in a text: the header `x-stand-in-fault` of one request, or,
//! for all requests without that header, [`StandIn::set_faults`], [`Options::faults`] or the
//! option `--fault` of the program.
//!
#![doc = include_str!("faults.md")]
//!
//! # Records
//!
//! [`StandIn::requests`] has each request as received, including refused ones: method, URL,
//! headers, and for each field the name, file name, content type, length, SHA-256 and, if it is
//! short, the text. Two clients send the same if their fields are equal.
//!
//! # Bounds
//!
//! A body has at most [`Options::max_body`] bytes, four such bodies are in memory at a time, an
//! image has at most 32 million pixels, and 64 connections are served at a time. The last 1000
//! requests are recorded.

#![warn(unreachable_pub)]

mod answer;
mod delivery;
mod edit;
mod error;
mod fault;
mod form;
mod judge;
mod kept;
mod object;
mod order;
mod picture;
mod read;
mod receive;
mod record;
mod server;
mod stand_in;
mod stream;
mod tokens;

pub use fault::{FaultError, Faults};
pub use receive::FAULT_HEADER;
pub use record::{Field, Received};
pub use stand_in::{Options, StandIn};
