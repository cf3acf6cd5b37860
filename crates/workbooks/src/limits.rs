//! Limits of reading. A small file can claim any size (a zip bomb), and a browser allows a page about 1 GB: these
//! limits together stay below that. All are far above the size of a sheet of patients.

/// Bytes of a part of the archive when it is unpacked, or of a flat file: 5 million cells take some 170 MB, and so much
/// is read in some ten seconds.
pub const PART: usize = 200_000_000;

/// Bytes of a part that holds no cells: styles, relations, names of sheets. The largest known ones take some 10 MB.
pub const SMALL_PART: usize = 50_000_000;

/// Cells of a sheet that hold something, and its merged ranges: 100,000 rows of 50.
pub const CELLS: usize = 5_000_000;

/// Bytes of text of the cells of a sheet, of the strings that sheets share, and of the rows that come out.
pub const TEXT: usize = 100_000_000;

/// Rows of a sheet in Excel and LibreOffice.
pub const ROWS: u32 = 1_048_576;

/// Columns of a sheet in Excel and LibreOffice.
pub const COLUMNS: u32 = 16_384;

/// Sheets of a workbook: a person chooses one of them.
pub const SHEETS: usize = 1_000;

/// Which of them a workbook is above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Large {
    /// [`PART`] or [`SMALL_PART`].
    Part,
    /// [`CELLS`] that hold something.
    Cells,
    /// [`CELLS`] for merged ranges.
    Merged,
    /// [`TEXT`] in the cells.
    Text,
    /// [`TEXT`] in the rows that come out, most of it between cells.
    Spread,
    /// [`ROWS`].
    Rows,
    /// [`COLUMNS`].
    Columns,
    /// [`SHEETS`].
    Sheets,
    /// How deep the objects of R may be within each other.
    Nested,
    /// How many objects of R a file may hold.
    Objects,
}
