//! Sends every operation of every emitted crate.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # async fn edit(key: String) -> Result<(), Box<dyn std::error::Error>> {
//! use openai_image_edits::{CreateImageEdit, CreateImageEditRequest, SERVER, Upload};
//!
//! let client = openapi_client::reqwest::Client::new(SERVER)?.bearer(key);
//! let request = CreateImageEditRequest::new(Upload::from_path("soap.png"), "More bubbles");
//! let edited = client.send(CreateImageEdit::new(request)).await?;
//! println!("{} images, request {:?}", edited.data.iter().flatten().count(), edited.request_id());
//! # Ok(())
//! # }
//! ```
//!
//! | feature | contents |
//! |---|---|
//! | `reqwest` | `reqwest::Client`: asynchronous, also on wasm32 |
//! | `ureq` | `ureq::Client`: blocking, with the same methods |
//! | `tower` | `tower::Tower`: any `tower::Service` as a [`Transport`] |
//! | `tracing` | one span for each attempt, with OpenTelemetry's names for HTTP clients |
//!
//! No TLS provider is chosen: enable one in reqwest or ureq. Any other HTTP library is a
//! [`Transport`] of about twenty lines.
//!
//! - **Credentials** follow the security schemes of the description: each operation is sent those
//!   that it accepts. They are never printed. Redirects are not followed, so no key goes to
//!   another host.
//! - **Retries**: two, for failures that may be temporary ([`Retries`]).
//! - **Timeouts** suit calls that take minutes ([`Timeouts`]). Dropping the future or the stream
//!   cancels the call.
//! - **Errors** state how far a call got, and after how many attempts, and keep the whole response
//!   ([`Error`]).

#![warn(unreachable_pub)]

mod attempts;
pub mod blocking;
mod client;
mod clock;
mod config;
mod download;
mod error;
mod events;
mod outgoing;
mod received;
mod reply;
#[cfg(feature = "reqwest")]
pub mod reqwest;
mod retries;
mod span;
mod timeouts;
#[cfg(feature = "tower")]
pub mod tower;
mod transport;
#[cfg(feature = "ureq")]
pub mod ureq;

pub use openapi_runtime as runtime;

pub use client::Client;
pub use download::Download;
pub use error::{Error, ErrorKind};
pub use events::EventStream;
pub use outgoing::{Outgoing, Uploaded};
pub use reply::Reply;
pub use retries::Retries;
pub use timeouts::{Elapsed, Phase, Timeouts};
pub use transport::{
    BoxError, BoxFuture, Incoming, MaybeSend, MaybeSync, Transport, TransportError,
};
