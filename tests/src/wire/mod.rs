//! Properties of the runtime that must hold for any input: each function takes the bytes of a
//! fuzzer and panics where the runtime disagrees with an independent reader.

pub mod event_stream;
pub mod json;
mod json_text;
pub mod multipart;
pub mod whatwg;

use openapi_runtime::Bytes;

use crate::mutation::Choices;

/// The sizes of the pieces of a body, to be repeated until its end.
struct Cuts([usize; 5]);

impl Cuts {
    /// Leaves a body whole.
    const NOWHERE: Self = Self([usize::MAX; 5]);

    /// Cuts a body after every byte.
    const EVERYWHERE: Self = Self([1; 5]);

    fn choose(choices: &mut Choices<'_>) -> Self {
        let most = [1, 3, 20, 300, 5_000, 60_000][choices.of(6)];
        Self(std::array::from_fn(|_| 1 + choices.of(most)))
    }

    /// The pieces of a body, none of which is empty.
    fn pieces(&self, mut body: &[u8]) -> Vec<Bytes> {
        let mut pieces = Vec::new();
        for size in self.0.iter().cycle() {
            if body.is_empty() {
                break;
            }
            let (piece, rest) = body.split_at((*size).min(body.len()));
            pieces.push(Bytes::copy_from_slice(piece));
            body = rest;
        }
        pieces
    }
}
