//! Cotside: figures.
