//! Cotside: words.
