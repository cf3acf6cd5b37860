//! Cotside: wasm.
