//! Events whose data is text.

use super::StreamEvent;
use crate::{
    DecodeError,
    json::Text,
    response::{EventText, Undescribed},
};

impl StreamEvent for EventText {
    type Error = Undescribed;

    const TAG: Option<&'static str> = None;

    fn is_text(_: Option<&str>) -> bool {
        true
    }

    fn decode(_: Option<&str>, data: Text) -> Result<Self, DecodeError> {
        let text = String::from_utf8_lossy(&data.into_bytes()).into_owned();
        Ok(text.into())
    }
}
