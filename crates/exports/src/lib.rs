//! Figures and tables as files of other programs: a [`Scene`] as PDF with vectors and text, a [`Table`] for Word, the
//! pixels of a picture as TIFF.
//!
//! It runs in a worker of its own, which makes one file and ends; `web.rs` answers the page. It does not use the browser.
//! **Invariants: a text is in the file with every letter, or there is no file; the same input gives the same bytes.**
//!
//! [`Scene`]: cotside_figures::Scene
//! [`Table`]: cotside_messages::Table

mod fonts;
mod pdf;
mod picture;
#[cfg(target_family = "wasm")]
mod web;
mod word;

use std::fmt;

use cotside_messages::{FileMade, FileOrder, Unmade};

pub use pdf::pdf;
pub use picture::Picture;
pub use word::word;

/// Why a file cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The font has not these letters.
    Letters(String),
    /// The scene or the picture is not complete, or empty.
    Incomplete,
    /// A writer failed; what it says.
    Writer(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Letters(letters) => write!(to, "the font has not {letters}"),
            Self::Incomplete => to.write_str("the drawing is not complete"),
            Self::Writer(says) => to.write_str(says),
        }
    }
}

impl std::error::Error for Fault {}

/// Makes one file of the orders of a page.
#[derive(Debug, Default)]
pub struct Maker {
    picture: Option<Picture>,
}

impl Maker {
    /// Takes an order; what the page is told, where something is complete or impossible.
    pub fn take(&mut self, order: FileOrder) -> Option<FileMade> {
        let made = match order {
            FileOrder::Pdf { scene } => serde_json::from_str(&scene)
                .map_err(|_| Fault::Incomplete)
                .and_then(|scene| pdf(&scene)),
            FileOrder::Word { table } => word(&table),
            FileOrder::Tiff { width, dpi } => {
                self.picture = Some(Picture::new(width, dpi));
                return None;
            }
            FileOrder::Rows { pixels } => {
                if let Some(picture) = &mut self.picture {
                    picture.add(&pixels);
                }
                return None;
            }
            FileOrder::End => self
                .picture
                .take()
                .ok_or(Fault::Incomplete)
                .and_then(|picture| picture.tiff()),
        };
        Some(match made {
            Ok(bytes) => FileMade::File { bytes },
            Err(Fault::Letters(letters)) => FileMade::Not {
                fault: Unmade::Letters(letters),
            },
            Err(fault) => FileMade::Not {
                fault: Unmade::Failed(fault.to_string()),
            },
        })
    }
}
