//! What a page and the worker of file formats (`crates/exports`) say to each other: one worker makes one file.

use serde::{Deserialize, Serialize};

use crate::Table;

/// What the page asks for. A picture is sent in rows, because no worker can paint a drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileOrder {
    /// A drawing as PDF.
    Pdf {
        /// The scene, as the worker of the page gives it (`<figure>.scene`).
        scene: String,
    },
    /// A table for Word.
    Word {
        /// The table.
        table: Table,
    },
    /// The picture that follows as TIFF.
    Tiff {
        /// Pixels in a row.
        width: u32,
        /// Pixels to the inch.
        dpi: u32,
    },
    /// Rows of the picture, from its upper edge down.
    Rows {
        /// Four bytes a pixel: red, green, blue, opacity.
        #[serde(with = "serde_bytes")]
        pixels: Vec<u8>,
    },
    /// The picture is complete.
    End,
}

/// What the page is told, once for each file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileMade {
    /// The bytes of the file.
    File {
        /// All of them.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// Why there is none.
    Not {
        /// The reason.
        fault: Unmade,
    },
}

/// Why a file could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmade {
    /// The font of the file has not these letters.
    Letters(String),
    /// What was to be written is not complete, or a writer failed; what it says.
    Failed(String),
}
