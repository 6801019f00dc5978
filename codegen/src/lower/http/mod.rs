//! Operations: path, parameters, bodies, responses, credentials and servers.
//!
//! ```yaml
//! /files/{id}:                                      # path, template
//!   get:
//!     parameters: [{name: id, in: path}]            # parameter
//!     responses: {'200': {content: {…: …}}}         # response, by_status
//! ```

pub(in crate::lower) mod body;
pub(in crate::lower) mod by_status;
pub(in crate::lower) mod content;
pub(in crate::lower) mod event_data;
pub(in crate::lower) mod event_item;
pub(in crate::lower) mod group;
pub(in crate::lower) mod header;
pub(in crate::lower) mod item_schema;
pub(in crate::lower) mod media_type;
pub(in crate::lower) mod method;
pub(in crate::lower) mod operation;
pub(in crate::lower) mod parameter;
pub(in crate::lower) mod path;
pub(in crate::lower) mod query_string;
pub(in crate::lower) mod response;
pub(in crate::lower) mod security;
pub(in crate::lower) mod selection;
pub(in crate::lower) mod server;
pub(in crate::lower) mod template;
