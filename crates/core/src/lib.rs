//! Cotside: core.
