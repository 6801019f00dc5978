//! Names and types of files.

use std::{
    fs,
    io::{self, Cursor},
    path::Path,
};

use openapi_runtime::{Form, RequestError, Upload, media_type};

use crate::form;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0....";

/// File name and content type of a file in the field `image[]`.
fn sent(upload: Upload) -> (String, String) {
    let mut form = Form::new();
    form.add("image[]", upload);
    let part = form::parts(form).unwrap().remove(0);
    (
        part.parameter("filename").unwrap().to_owned(),
        part.content_type().unwrap().to_owned(),
    )
}

#[test]
fn names_and_types() {
    let bytes = || Upload::from_bytes(PNG);
    let empty = || Upload::from_bytes(&b""[..]);
    let table = [
        (bytes(), "image.png", "image/png"),
        (bytes().file_name(""), "image.png", "image/png"),
        (bytes().file_name("dir/"), "image.png", "image/png"),
        (bytes().file_name("."), "image.png", "image/png"),
        (bytes().file_name(".."), "image.png", "image/png"),
        (bytes().file_name(" \t\u{a0}"), "image.png", "image/png"),
        (bytes().file_name(" .. "), "image.png", "image/png"),
        (bytes().file_name("a/.."), "image.png", "image/png"),
        (bytes().file_name("a.gif\\ . "), "image.png", "image/png"),
        (bytes().file_name(" a "), " a ", "image/png"),
        (bytes().file_name("..."), "...", "image/png"),
        (bytes().file_name("a/b\\soap"), "soap", "image/png"),
        (bytes().file_name("a.JPG"), "a.JPG", "image/png"),
        (
            Upload::from_bytes(JPEG).file_name("a.png"),
            "a.png",
            "image/jpeg",
        ),
        (Upload::from_bytes(JPEG), "image.jpg", "image/jpeg"),
        (
            bytes().content_type("image/webp; q=1"),
            "image.webp",
            "image/webp; q=1",
        ),
        (bytes().content_type("Image/PNG"), "image.png", "Image/PNG"),
        (empty().file_name("empty.PNG"), "empty.PNG", "image/png"),
        (
            empty().file_name("a.png.unknown"),
            "a.png.unknown",
            "application/octet-stream",
        ),
        (empty(), "image.bin", "application/octet-stream"),
        (
            bytes().file_name("x\"\r\nX: 1\u{7f}é%22.png"),
            "x%22%0D%0AX: 1%7Fé%22.png",
            "image/png",
        ),
        (
            Upload::from_reader(Cursor::new(PNG)),
            "image.png",
            "image/png",
        ),
        (
            Upload::from_reader_with_length(Cursor::new(PNG), 3),
            "image.bin",
            "application/octet-stream",
        ),
    ];
    for (upload, file_name, content_type) in table {
        let debug = format!("{upload:?}");
        assert_eq!(
            sent(upload),
            (file_name.to_owned(), content_type.to_owned()),
            "{debug}"
        );
    }
}

/// The error of two files in the field `image[]`, of which the second is this.
fn refused(upload: Upload) -> RequestError {
    let mut form = Form::new();
    let uploads = vec![Upload::from_bytes(PNG), upload];
    form.add_list("image", "image[]", uploads);
    form::parts(form).unwrap_err()
}

#[test]
fn errors_name_the_file() {
    let path = "no/such/soap.png";
    match refused(Upload::from_path(path)) {
        RequestError::Upload {
            name,
            index,
            path: Some(found),
            error,
        } => {
            assert_eq!((name.as_str(), index), ("image[]", Some(1)));
            assert_eq!(found, Path::new(path));
            assert_eq!(error.kind(), io::ErrorKind::NotFound);
        }
        other => panic!("{other:?}"),
    }
    let message = refused(Upload::from_path(path)).to_string();
    let expected = "file 2 of `image[]` (no/such/soap.png) cannot be read: ";
    assert!(message.starts_with(expected), "{message}");

    let error = refused(Upload::from_path(path).content_type("png"));
    assert_eq!(
        error.to_string(),
        "the content type \"png\" of file 2 of `image[]` (no/such/soap.png) is not a media type such as `image/png`"
    );

    let mut form = Form::new();
    form.add("mask", Upload::from_path(path));
    let message = form::parts(form).unwrap_err().to_string();
    let expected = "the file of `mask` (no/such/soap.png) cannot be read: ";
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn a_directory_is_refused() {
    let folder = std::env::temp_dir();
    let typed = |upload: Upload| upload.content_type("image/png");
    let expected = format!(
        "file 2 of `image[]` ({}) cannot be read: it is a directory",
        folder.display()
    );
    let error = refused(Upload::from_path(&folder));
    assert_eq!(error.to_string(), expected);
    assert_eq!(
        refused(typed(Upload::from_path(&folder))).to_string(),
        expected
    );
    if let Ok(open) = fs::File::open(&folder) {
        assert_eq!(
            refused(typed(Upload::from_file(open))).to_string(),
            "file 2 of `image[]` cannot be read: it is a directory"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_device_are_refused_by_path_and_sent_as_open_files() {
    let pipe = std::env::temp_dir().join(format!("openapi-runtime-pipe-{}", std::process::id()));
    let status = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(status.unwrap().success());
    // Nobody writes to the pipe: opening it would wait forever.
    for path in [pipe.as_path(), Path::new("/dev/null")] {
        let error = refused(Upload::from_path(path));
        let expected = format!(
            "file 2 of `image[]` ({}) cannot be read: it is not a regular file; open a pipe or a device yourself, \
             and send it with `Upload::from_file` or `Upload::from_reader`",
            path.display()
        );
        assert_eq!(error.to_string(), expected);
    }
    let writer = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::write(pipe, PNG).unwrap())
    };
    let open = fs::File::open(&pipe).unwrap();
    fs::remove_file(&pipe).unwrap();
    assert_eq!(
        Upload::from_file(fs::File::open("/dev/null").unwrap()).length_hint(),
        None
    );
    let mut form = Form::new();
    form.add("image", Upload::from_file(open));
    let part = form::parts(form).unwrap().remove(0);
    assert_eq!(
        (part.content_type(), &part.value[..]),
        (Some("image/png"), PNG)
    );
    writer.join().unwrap();
}

#[test]
fn first_bytes() {
    assert_eq!(
        media_type::sniff(b"RIFF\0\0\0\0WEBPVP8 "),
        Some("image/webp")
    );
    assert_eq!(media_type::sniff(b"GIF89a"), Some("image/gif"));
    assert_eq!(media_type::sniff(b"GIF8"), None);
    assert_eq!(media_type::sniff(b""), None);
}

#[test]
fn media_types() {
    for good in [
        "a/b",
        "image/svg+xml",
        "text/plain;charset=utf-8",
        "text/plain; a=\"\\\"; b\" ; c=d",
        "a/b;",
        "a/b;;c=d",
    ] {
        assert!(media_type::is_media_type(good), "{good:?}");
    }
    for bad in [
        "",
        "png",
        "a/",
        "/b",
        "a/b/c",
        "a /b",
        "a/b c",
        "a/b; c",
        "a/b; c=",
        "a/b; c=\"d",
        "a/b; c=\"\r\"",
        "a/b\n",
        "é/b",
    ] {
        assert!(!media_type::is_media_type(bad), "{bad:?}");
    }
}

#[test]
fn every_type_has_an_extension_that_gives_it_back() {
    for name in [
        "a.png", "a.jpeg", "a.tif", "a.mpga", "a.json", "a.txt", "a.zip",
    ] {
        let media_type = media_type::from_file_name(name).unwrap();
        let extension = media_type::extension(media_type).unwrap();
        assert_eq!(
            media_type::from_file_name(&format!("x.{extension}")),
            Some(media_type)
        );
    }
}
