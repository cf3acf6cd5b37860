//! What is read from files is kept for as long as the program runs, so that one engine reads it and the catalogue.
//!
//! **Invariant: what is kept is bounded.** A file is bounded, each text is kept once, and behind [`MOST_BYTES`] no more
//! files are read.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Behind this many bytes no further file is read: some ten thousand versions of a protocol.
const MOST_BYTES: usize = 64 << 20;

struct Kept {
    texts: BTreeSet<&'static str>,
    bytes: usize,
}

static KEPT: Mutex<Kept> = Mutex::new(Kept {
    texts: BTreeSet::new(),
    bytes: 0,
});

fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether another file can be kept.
pub(super) fn has_room() -> bool {
    kept().bytes < MOST_BYTES
}

/// A text, once.
pub(super) fn text(text: &str) -> &'static str {
    let mut kept = kept();
    if let Some(known) = kept.texts.get(text) {
        return known;
    }
    let text: &'static str = Box::leak(text.into());
    kept.bytes += text.len() + size_of::<&str>();
    kept.texts.insert(text);
    text
}

/// A value.
pub(super) fn value<T>(value: T) -> &'static T {
    kept().bytes += size_of::<T>();
    Box::leak(Box::new(value))
}

/// A list.
pub(super) fn list<T>(values: Vec<T>) -> &'static [T] {
    kept().bytes += size_of::<T>() * values.len();
    Vec::leak(values)
}
