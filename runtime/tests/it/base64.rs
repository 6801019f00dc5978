//! Base64 values.

use openapi_runtime::Base64;

#[test]
fn values_are_equal_if_their_texts_are() {
    // The bytes of `QUI=`, those of `QUJD`, and texts that are not canonical.
    let values = || {
        [
            Base64::from_bytes(&b"AB"[..]),
            Base64::from_bytes(&b"ABC"[..]),
            Base64::from_bytes(&b""[..]),
            Base64::from("QUI"),
            Base64::from("QUJ="),
        ]
    };
    for (first, one) in values().iter().enumerate() {
        for (second, other) in values().iter().enumerate() {
            assert_eq!(one == other, first == second, "{one:?}, {other:?}");
        }
    }
    assert_eq!(Base64::from("QUI="), Base64::from_bytes(&b"AB"[..]));
    assert_ne!(Base64::from("QUI="), Base64::from("QUJD"));
}

#[test]
fn bytes_are_saved_and_other_texts_are_not() {
    let path = std::env::temp_dir().join(format!("openapi-runtime-{}.bin", std::process::id()));
    let error = Base64::from("QUI")
        .save(&path)
        .expect_err("it is not canonical");
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
    assert!(!path.exists());
    Base64::from("QUJD").save(&path).expect("it is saved");
    assert_eq!(std::fs::read(&path).expect("it is there"), b"ABC");
    std::fs::remove_file(path).expect("it is there");
}
