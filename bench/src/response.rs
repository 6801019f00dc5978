//! A JSON response with the images in it.

use std::{cell::Cell, hint::black_box};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use openai_image_edits::ImagesResponse;
use openapi_runtime::{JsonResponse, ResponseHead};
use serde::Deserialize;

use crate::{
    framing::{bar, rows},
    measure::{Contender, interleave, rounds},
    stream::image,
    table::{Table, Who},
};

/// The types with derived implementations.
#[derive(Deserialize)]
struct Derived {
    data: Vec<DerivedImage>,
}

#[derive(Deserialize)]
struct DerivedImage {
    b64_json: String,
}

const IMAGE: usize = 3 * 1024 * 1024;

/// Decodes a body and tells how long the images are.
type Images = fn(&Bytes) -> usize;

const WAYS: [(&str, Who, Images); 5] = [
    ("JsonResponse::decode", Who::Ours, |body| {
        let response = JsonResponse::<ImagesResponse>::default();
        let images = response.decode(&ResponseHead::new(200), body.clone());
        sum(images.ok())
    }),
    (
        "JsonResponse::decoder, in pieces of 16 KB",
        Who::Ours,
        |body| {
            let response = JsonResponse::<ImagesResponse>::default();
            let mut decoder = response.decoder(&ResponseHead::new(200));
            let pieces = body.chunks(16 * 1024);
            pieces.for_each(|piece| decoder.push(body.slice_ref(piece)));
            sum(decoder.finish().ok())
        },
    ),
    ("derive with String, base64", Who::Peer, |body| {
        derived(body, |text| STANDARD.decode(text).unwrap_or_default())
    }),
    ("derive with String, base64-simd", Who::Peer, |body| {
        derived(body, |text| {
            base64_simd::STANDARD
                .decode_to_vec(text)
                .unwrap_or_default()
        })
    }),
    ("async-openai's types, base64", Who::Peer, |body| {
        use async_openai::types::images::{Image, ImagesResponse};
        let response: Option<ImagesResponse> = serde_json::from_slice(body).ok();
        let images = response.into_iter().flat_map(|response| response.data);
        let decoded = images.map(|image| match &*image {
            Image::B64Json { b64_json, .. } => {
                STANDARD.decode(b64_json.as_str()).unwrap_or_default()
            }
            Image::Url { .. } => Vec::new(),
        });
        decoded.map(|image| black_box(image).len()).sum()
    }),
];

fn sum(response: Option<ImagesResponse>) -> usize {
    let response = black_box(response);
    let images = response
        .iter()
        .flat_map(|response| response.data.iter().flatten());
    images
        .filter_map(|image| image.b64_json.as_ref()?.bytes().ok())
        .map(Bytes::len)
        .sum()
}

fn derived(body: &Bytes, decode: fn(&str) -> Vec<u8>) -> usize {
    let response: Option<Derived> = serde_json::from_slice(body).ok();
    let images = response.into_iter().flat_map(|response| response.data);
    images
        .map(|image| black_box(decode(&image.b64_json)).len())
        .sum()
}

pub fn tables() -> Vec<Table> {
    let text = base64_simd::STANDARD.encode_to_string(image(IMAGE));
    let images = [(); 4]
        .map(|()| format!("{{\"b64_json\":\"{text}\"}}"))
        .join(",");
    let body = format!("{{\"created\":1713833628,\"data\":[{images}]}}");
    let bodies: Vec<Bytes> = (0..12)
        .map(|_| Bytes::copy_from_slice(body.as_bytes()))
        .collect();
    let turn = Cell::new(0);
    let next = || {
        turn.set((turn.get() + 1) % bodies.len());
        &bodies[turn.get()]
    };
    let mut copy = Vec::with_capacity(body.len());
    let mut contenders = vec![Contender {
        name: "limit",
        who: Who::Limit,
        run: Box::new(|| {
            copy.clear();
            copy.extend_from_slice(next());
            black_box(&copy);
        }),
    }];
    for (name, who, way) in WAYS {
        assert_eq!(way(next()), 4 * IMAGE, "{name}");
        contenders.push(Contender {
            name,
            who,
            run: Box::new(move || {
                black_box(way(next()));
            }),
        });
    }
    let seconds = interleave(rounds(11), &mut contenders);
    let rows = rows(&contenders, &seconds);
    let bars = vec![bar("x limit", 0.7, rows[1].ratio)];
    vec![Table {
        title: "JSON response with four images".to_owned(),
        setting: "A body of 16 MB with four images of 3 MB, in no cache. The limit is `memcpy` of the body into memory \
                  that is there already."
            .to_owned(),
        unit: "CPU ms".to_owned(),
        columns: Vec::new(),
        rows,
        bars,
    }]
}
