//! Sixteen files of 50 MB, sent as a form over HTTP.
//!
//! `00.png` to `15.png` become `POST /images/edits` with a body of 800 MB. Each contender sends
//! them from a process of its own, to a server in this one: what counts is CPU and wall time and
//! the peak of the memory of that process, and whether the length that it announced is the length
//! that came.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use async_openai::{
    Client,
    config::OpenAIConfig,
    types::{
        InputSource,
        images::{CreateImageEditRequest as PeerRequest, ImageEditInput, ImageInput},
    },
};
use bytes::Bytes;
use http::header::HOST;
use http_body_util::BodyExt;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use openai_image_edits::{
    CreateImageEdit, CreateImageEditRequest, Credentials, Upload, runtime::Body,
};
use reqwest::multipart::{Form, Part};
use tokio::{net::TcpStream, runtime::Builder};

use crate::{
    drain::{Outcome, Received, Server, images},
    measure::{median, peak_of, rounds},
    table::{Bar, Row, Table, Who},
};

const COUNT: u64 = 16;
const LENGTH: usize = 50_000_000;
const CHECKED_LENGTH: usize = 1_000_000;
const PROMPT: &str = "A gift basket with these items";

/// How often a contender runs, and how often one that takes longer than `SLOW` seconds.
const ROUNDS: usize = 7;
const SLOW_ROUNDS: usize = 3;
const SLOW: f64 = 0.5;

/// One way to send the files.
struct Way {
    name: &'static str,
    who: Who,
    send: fn(&Setting) -> Outcome,
}

const fn way(name: &'static str, who: Who, send: fn(&Setting) -> Outcome) -> Way {
    Way { name, who, send }
}

const WAYS: [Way; 5] = [
    way("this project, under reqwest", Who::Ours, |at| {
        run(ours_under_reqwest(at))
    }),
    way("this project, under hyper", Who::Ours, |at| {
        run(ours_under_hyper(at))
    }),
    way("reqwest, `Part::file`", Who::Peer, |at| run(part_file(at))),
    way("async-openai, `Images::edit`", Who::Peer, |at| {
        run(async_openai_edit(at))
    }),
    way(
        "reqwest, files read whole, `Part::bytes`",
        Who::Peer,
        |at| run(part_bytes(at)),
    ),
];

const PART_FILE: usize = 2;

fn run(task: impl Future<Output = Outcome>) -> Outcome {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(task)
}

/// The files, and where to send them.
struct Setting {
    paths: Vec<PathBuf>,
    address: SocketAddr,
}

impl Setting {
    fn new(folder: &Path, address: SocketAddr) -> Self {
        let paths = (0..COUNT)
            .map(|index| folder.join(format!("{index:02}.png")))
            .collect();
        Self { paths, address }
    }

    /// Writes the files.
    fn fill(&self, images: impl Iterator<Item = Bytes>) -> Outcome {
        for (path, image) in self.paths.iter().zip(images) {
            fs::write(path, image)?;
        }
        Ok(())
    }

    fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn request(&self) -> Outcome<http::Request<Body>> {
        let uploads: Vec<_> = self.paths.iter().map(Upload::from_path).collect();
        let call = CreateImageEdit::new(CreateImageEditRequest::new(uploads, PROMPT)).call()?;
        Ok(call.into_http(&self.base_url(), &Credentials::bearer("key"))?)
    }

    async fn post(&self, form: Form) -> Outcome {
        let url = format!("{}/images/edits", self.base_url());
        let response = reqwest::Client::new()
            .post(url)
            .multipart(form)
            .send()
            .await?;
        response.error_for_status()?.bytes().await?;
        Ok(())
    }
}

/// The cost of one contender, run by run.
#[derive(Default)]
struct Runs {
    wall: Vec<f64>,
    cpu: Vec<f64>,
    peak: Vec<f64>,
    /// The first request, or why there was none.
    received: Option<Outcome<Received>>,
}

/// The table of this module.
pub fn tables() -> Vec<Table> {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let server = Server::start(false).expect("a server starts");
    let setting = Setting::new(folder.path(), server.address);
    let mut runs: Vec<Runs> = WAYS.iter().map(checked).collect();
    setting
        .fill(images(COUNT, LENGTH))
        .expect("there is room for the files");
    for round in 0..rounds(ROUNDS) {
        for (way, runs) in WAYS.iter().zip(&mut runs) {
            let is_slow = median(runs.wall.clone()) > SLOW;
            if matches!(runs.received, Some(Err(_))) || is_slow && round >= SLOW_ROUNDS {
                continue;
            }
            runs.add(way, &server, folder.path());
        }
    }
    let found: Vec<Row> = WAYS
        .iter()
        .zip(&runs)
        .map(|(way, runs)| runs.row(way))
        .collect();
    let ours = found.first().map_or(f64::NAN, |row| row.seconds);
    let rows = found
        .into_iter()
        .map(|row| Row {
            ratio: ours / row.seconds,
            ..row
        })
        .collect();
    vec![Table {
        title: "Multipart: 16 x 50 MB files -> HTTP".to_owned(),
        setting: "Sixteen files of 50 MB, in the page cache, sent as `multipart/form-data` over loopback by a process of \
                  its own; the server is another process. The peak is less that of a process that does nothing. \
                  The ratio is the CPU time of the first row by that of the row."
            .to_owned(),
        unit: "CPU ms".to_owned(),
        columns: vec!["wall ms".to_owned(), "peak MB".to_owned(), "Content-Length".to_owned()],
        rows,
        bars: bars(&runs),
    }]
}

/// Sends once: the name of the way, the address, and the folder of the files.
pub fn child(arguments: &[String]) {
    let [name, address, folder] = arguments else {
        panic!("a way, an address and a folder are wanted, not {arguments:?}");
    };
    let way = WAYS
        .iter()
        .find(|way| way.name == name)
        .expect("the way is in the list");
    let address = address.parse().expect("the address is one");
    (way.send)(&Setting::new(Path::new(folder), address)).expect("the server takes it");
}

/// No runs yet, and whether smaller files arrive whole.
fn checked(way: &Way) -> Runs {
    let check = || {
        let folder = tempfile::tempdir()?;
        let server = Server::start(true)?;
        let setting = Setting::new(folder.path(), server.address);
        let images: Vec<_> = images(COUNT, CHECKED_LENGTH).collect();
        setting.fill(images.iter().cloned())?;
        (way.send)(&setting)?;
        if server.next()?.holds(&images) {
            Ok(())
        } else {
            Err("the files did not arrive".into())
        }
    };
    Runs {
        received: check().err().map(Err),
        ..Runs::default()
    }
}

impl Runs {
    fn add(&mut self, way: &Way, server: &Server, folder: &Path) {
        let arguments = [
            way.name,
            &server.address.to_string(),
            &folder.to_string_lossy(),
        ];
        let peak = peak_of("files", &arguments);
        self.wall.push(peak.wall.as_secs_f64());
        self.cpu.push(peak.cpu.as_secs_f64());
        #[expect(clippy::cast_precision_loss, reason = "no process has 2^53 bytes")]
        self.peak.push(peak.peak_bytes as f64 / 1e6);
        let received = server.next().map_err(Into::into);
        self.received.get_or_insert(received);
    }

    fn row(&self, way: &Way) -> Row {
        let length = match &self.received {
            Some(Ok(received)) => received.verdict(),
            Some(Err(error)) => format!("failed: {error}"),
            None => String::new(),
        };
        Row {
            name: way.name.to_owned(),
            who: way.who,
            seconds: median(self.cpu.clone()),
            ratio: f64::NAN,
            cells: vec![
                format!("{:.0}", median(self.wall.clone()) * 1e3),
                format!("{:.1}", median(self.peak.clone())),
                length,
            ],
        }
    }

    /// How far the length that was announced is from what came.
    fn wrong_by(&self) -> f64 {
        match &self.received {
            #[expect(
                clippy::cast_precision_loss,
                reason = "the body is much smaller than 2^53 bytes"
            )]
            Some(Ok(Received {
                announced: Some(announced),
                length,
                ..
            })) => announced.abs_diff(*length) as f64,
            _ => f64::NAN,
        }
    }
}

/// The bars, each against the worse of our two rows.
fn bars(runs: &[Runs]) -> Vec<Bar> {
    let worst = |value: fn(&Runs) -> f64| {
        let ours = WAYS
            .iter()
            .zip(runs)
            .filter(|(way, _)| way.who == Who::Ours);
        ours.map(|(_, runs)| value(runs))
            .max_by(f64::total_cmp)
            .unwrap_or(f64::NAN)
    };
    let cpu = |runs: &Runs| median(runs.cpu.clone());
    let part_file = runs.get(PART_FILE).map_or(f64::NAN, cpu);
    let bar = |what: &str, wanted, at_least, reached| Bar {
        what: what.to_owned(),
        wanted,
        at_least,
        reached,
    };
    vec![
        bar(
            "peak in MB",
            8.0,
            false,
            worst(|runs| median(runs.peak.clone())),
        ),
        bar(
            "x less CPU than `Part::file`",
            15.0,
            true,
            part_file / worst(cpu),
        ),
        bar(
            "bytes between Content-Length and body",
            0.0,
            false,
            worst(Runs::wrong_by),
        ),
    ]
}

async fn ours_under_reqwest(setting: &Setting) -> Outcome {
    let request = setting.request()?.map(reqwest::Body::wrap);
    let response = reqwest::Client::new().execute(request.try_into()?).await?;
    response.error_for_status()?.bytes().await?;
    Ok(())
}

async fn ours_under_hyper(setting: &Setting) -> Outcome {
    let mut request = setting.request()?;
    *request.uri_mut() = CreateImageEdit::PATH.parse()?;
    request
        .headers_mut()
        .insert(HOST, setting.address.to_string().try_into()?);
    let stream = TcpStream::connect(setting.address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    if !response.status().is_success() {
        return Err(response.status().to_string().into());
    }
    response.collect().await?;
    Ok(connection.await??)
}

async fn part_file(setting: &Setting) -> Outcome {
    let mut form = Form::new().text("prompt", PROMPT);
    for path in &setting.paths {
        form = form.part("image[]", Part::file(path).await?.mime_str("image/png")?);
    }
    setting.post(form).await
}

async fn part_bytes(setting: &Setting) -> Outcome {
    let mut form = Form::new().text("prompt", PROMPT);
    for path in &setting.paths {
        let part = Part::bytes(tokio::fs::read(path).await?).file_name("image.png");
        form = form.part("image[]", part.mime_str("image/png")?);
    }
    setting.post(form).await
}

async fn async_openai_edit(setting: &Setting) -> Outcome {
    let config = OpenAIConfig::new()
        .with_api_base(setting.base_url())
        .with_api_key("key");
    let image = |path: &PathBuf| ImageInput {
        source: InputSource::Path { path: path.clone() },
    };
    let request = PeerRequest {
        image: ImageEditInput::Images(setting.paths.iter().map(image).collect()),
        prompt: PROMPT.to_owned(),
        ..PeerRequest::default()
    };
    Client::with_config(config).images().edit(request).await?;
    Ok(())
}
