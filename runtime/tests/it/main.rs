//! The runtime against small tables, and against cases of the web platform.

#[cfg(feature = "http-body")]
mod ahead;
#[cfg(feature = "stream")]
mod async_upload;
mod base64;
mod body;
mod call;
mod corpus;
mod event_stream;
mod form;
#[path = "../../../tests/src/growth.rs"]
mod growth;
mod head;
mod hostile;
mod images;
mod json;
mod json_body;
mod lines;
mod multipart;
mod no_stream;
mod parameters;
mod parameters_of_3_2;
mod printed;
mod responses;
mod security;
mod splice;
mod stream;
mod upload;
mod violation;
