//! HTML of results as templates that are checked when the program is compiled: a protocol's row and what it opens into,
//! the whole rule as a reviewer reads it, citations, tables, figures; and the examples.
//!
//! Templates are written with [`maud::html!`], which escapes every text and every attribute, so that nothing typed or
//! imported can become markup. **Invariant: nothing but our own SVG and HTML is put in unescaped ([`trusted`]).** A result has
//! no controls but buttons; what a person types or chooses is a component of the app.

mod buttons;
pub mod citing;
pub mod examples;
mod figure;
mod level;
pub mod overview;
pub mod parts;
pub mod row;
pub mod rule;
pub mod system;
mod tables;
mod text;

pub use buttons::{copy_button, export_button, table_tools};
pub use figure::figure;
pub use level::{letter, letter_of, open_letter};
pub use tables::{Columns, compact_table};
pub use text::{english, list, named_list, note, notice, original, original_note, trusted};
