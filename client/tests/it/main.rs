//! The policy of the client, over a transport that plays a script.

mod attempts;
mod limits;
mod scripted;
