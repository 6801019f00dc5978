//! One image as a data URL (RFC 2397) in a JSON body of 20 MB.
//!
//! 15 MB of PNG become `{"images":[{"image_url":"data:image/png;base64,iVBOR…"}],"prompt":"…"}`. A
//! contender is done once it has given every byte of the body; the limit copies the body to memory
//! that is there already.

use std::{cell::RefCell, hint::black_box};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use openai_image_edits::{CreateImageEdit, EditImageBodyJsonParam, ImageRef, Uri};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    drain::{Outcome, images},
    measure::{Contender, interleave, rounds},
    table::{Bar, Row, Table, Who},
};

const LENGTH: usize = 15_000_000;
const PROMPT: &str = "Replace the background with a snowy mountain scene";

/// The image, and what some contenders have ready.
struct Setting {
    image: Bytes,
    url: String,
    /// As [`Uri`], for the contender that has it so.
    uri: Uri,
    body: Vec<u8>,
    /// Where the limit copies to.
    room: RefCell<Vec<u8>>,
}

impl Setting {
    fn new() -> Self {
        let image = images(1, LENGTH).next().unwrap_or_default();
        let url = format!("data:image/png;base64,{}", STANDARD.encode(&image));
        let body =
            format!(r#"{{"images":[{{"image_url":"{url}"}}],"prompt":"{PROMPT}"}}"#).into_bytes();
        let room = RefCell::new(vec![0; body.len()]);
        Self {
            image,
            uri: Uri::from(url.clone()),
            url,
            body,
            room,
        }
    }

    fn expected(&self) -> Value {
        json!({ "images": [{ "image_url": self.url }], "prompt": PROMPT })
    }
}

/// A reader of the blocks of a body, one after the other.
type Take<'a> = &'a mut dyn FnMut(&[u8]);

/// One way to give the body.
struct Way {
    name: &'static str,
    who: Who,
    give: fn(&Setting, Take) -> Outcome,
}

const fn way(name: &'static str, who: Who, give: fn(&Setting, Take) -> Outcome) -> Way {
    Way { name, who, give }
}

const LIMIT: usize = 0;
const OURS: usize = 1;
const USUAL: usize = 3;

const WAYS: [Way; 6] = [
    way("memcpy of the body", Who::Limit, copy),
    way("this project, from bytes", Who::Ours, ours_from_bytes),
    way("this project, from a ready URL", Who::Ours, ours_from_url),
    way(
        "base64 crate, `format!`, derive, `to_vec`",
        Who::Peer,
        usual,
    ),
    way("derive, `to_vec` of a ready URL", Who::Peer, derived),
    way(
        "base64-simd into a presized `Vec`, by hand",
        Who::Peer,
        by_hand,
    ),
];

/// The table of this module.
pub fn tables() -> Vec<Table> {
    let setting = Setting::new();
    let expected = setting.expected();
    let checks: Vec<_> = WAYS
        .iter()
        .map(|way| check(way, &setting, &expected))
        .collect();
    let ways = || WAYS.iter().zip(&checks);
    let mut contenders: Vec<_> = ways()
        .filter(|(_, check)| check.is_ok())
        .map(|(way, _)| Contender {
            name: way.name,
            who: way.who,
            run: Box::new(|| {
                let take: Take = &mut |block| {
                    black_box(block);
                };
                (way.give)(&setting, take).expect("what was given once is given again");
            }),
        })
        .collect();
    let mut found = interleave(rounds(15), &mut contenders).into_iter();
    let seconds: Vec<f64> = ways()
        .map(|(_, check)| {
            if check.is_ok() {
                found.next().unwrap_or(f64::NAN)
            } else {
                f64::NAN
            }
        })
        .collect();
    let of = |index: usize| seconds.get(index).copied().unwrap_or(f64::NAN);
    let rows = ways()
        .zip(&seconds)
        .map(|((way, check), &seconds)| Row {
            name: check.as_ref().map_or_else(
                |error| format!("{} (failed: {error})", way.name),
                |()| way.name.to_owned(),
            ),
            who: way.who,
            seconds,
            ratio: of(LIMIT) / seconds,
            cells: Vec::new(),
        })
        .collect();
    vec![Table {
        title: "JSON request with a 20 MB data URL".to_owned(),
        setting: "An image of 15 MB as data URL of 20 MB in a JSON body, taken whole or in blocks. The limit is `memcpy` \
                  of the body into memory that is there already."
            .to_owned(),
        unit: "CPU ms".to_owned(),
        columns: Vec::new(),
        rows,
        bars: vec![
            at_least("x limit, from bytes", 1.2, of(LIMIT) / of(OURS)),
            at_least("x the usual way, from bytes", 25.0, of(USUAL) / of(OURS)),
        ],
    }]
}

fn at_least(what: &str, wanted: f64, reached: f64) -> Bar {
    Bar {
        what: what.to_owned(),
        wanted,
        at_least: true,
        reached,
    }
}

fn check(way: &Way, setting: &Setting, expected: &Value) -> Outcome {
    let mut body = Vec::with_capacity(setting.body.len());
    (way.give)(setting, &mut |block| body.extend_from_slice(block))?;
    let value: Value = serde_json::from_slice(&body)?;
    if value == *expected {
        Ok(())
    } else {
        Err("another body".into())
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it is one of several ways, and others fail"
)]
fn copy(setting: &Setting, take: Take) -> Outcome {
    let mut room = setting.room.borrow_mut();
    room.copy_from_slice(&setting.body);
    take(&room);
    Ok(())
}

fn ours(uri: Uri, take: Take) -> Outcome {
    let request = EditImageBodyJsonParam::new([ImageRef::Url(uri)], PROMPT);
    let mut body = CreateImageEdit::new(request).call()?.into_body();
    while let Some(block) = body.next_block()? {
        take(&block);
    }
    Ok(())
}

fn ours_from_bytes(setting: &Setting, take: Take) -> Outcome {
    ours(Uri::data("image/png", setting.image.clone()), take)
}

fn ours_from_url(setting: &Setting, take: Take) -> Outcome {
    ours(setting.uri.clone(), take)
}

/// The body as a program declares it that has no crate for it.
#[derive(Serialize)]
struct Declared<'a> {
    images: [DeclaredImage<'a>; 1],
    prompt: &'a str,
}

#[derive(Serialize)]
struct DeclaredImage<'a> {
    image_url: &'a str,
}

fn declared(url: &str, take: Take) -> Outcome {
    let body = Declared {
        images: [DeclaredImage { image_url: url }],
        prompt: PROMPT,
    };
    take(&serde_json::to_vec(&body)?);
    Ok(())
}

fn usual(setting: &Setting, take: Take) -> Outcome {
    declared(
        &format!("data:image/png;base64,{}", STANDARD.encode(&setting.image)),
        take,
    )
}

fn derived(setting: &Setting, take: Take) -> Outcome {
    declared(&setting.url, take)
}

fn by_hand(setting: &Setting, take: Take) -> Outcome {
    let start = br#"{"images":[{"image_url":"data:image/png;base64,"#;
    let prompt = serde_json::to_string(PROMPT)?;
    let end = format!(r#""}}],"prompt":{prompt}}}"#);
    let encoded = base64_simd::STANDARD.encoded_length(setting.image.len());
    let mut body = Vec::with_capacity(start.len() + encoded + end.len());
    body.extend_from_slice(start);
    base64_simd::STANDARD.encode_append(&setting.image, &mut body);
    body.extend_from_slice(end.as_bytes());
    take(&body);
    Ok(())
}
