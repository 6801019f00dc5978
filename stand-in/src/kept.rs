//! Results that are returned as URLs.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use hmac_sha256::Hash;

use crate::picture::Format;
use crate::record::hexadecimal;

/// Maximum number of bytes of files that are kept. The oldest are removed first.
const BYTES: usize = 64 * 1024 * 1024;

/// A file.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) file: Bytes,
    pub(crate) format: Format,
}

impl Picture {
    pub(crate) fn new(file: Vec<u8>, format: Format) -> Self {
        Self {
            file: Bytes::from(file),
            format,
        }
    }
}

/// Files by their names.
#[derive(Debug, Default)]
pub(crate) struct Pictures(Mutex<VecDeque<(String, Picture)>>);

impl Pictures {
    /// Keeps a file, and names it after its contents.
    pub(crate) fn keep(&self, picture: Picture) -> String {
        let digest = hexadecimal(&Hash::hash(&picture.file));
        let name = format!("{}.{}", &digest[..32], picture.format.name());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.iter().all(|(known, _)| *known != name) {
            kept.push_back((name.clone(), picture));
        }
        let mut bytes: usize = kept.iter().map(|(_, picture)| picture.file.len()).sum();
        while bytes > BYTES && kept.len() > 1 {
            let oldest = kept.pop_front();
            bytes -= oldest.map_or(0, |(_, picture)| picture.file.len());
        }
        name
    }

    pub(crate) fn get(&self, name: &str) -> Option<Picture> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(known, _)| known == name);
        found.map(|(_, picture)| picture.clone())
    }
}
