//! The runtime against small tables, and against cases of the web platform.

mod body;
mod call;
mod corpus;
mod event_stream;
mod form;
mod images;
mod json;
mod multipart;
mod responses;
mod stream;
mod upload;
mod violation;
