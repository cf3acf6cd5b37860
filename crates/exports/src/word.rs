//! A table for Word, as journals print it: title, three lines, notes below.

use std::io::Cursor;

use cotside_messages::{Cell, Place, Table};
use docx_rs::{
    AlignmentType, BorderType, Docx, LineSpacing, PageMargin, Paragraph, Run, RunFonts, TableAlignmentType, TableCell,
    TableCellBorder, TableCellBorderPosition, TableCellBorders, TableCellMargins, TableRow, VAlignType, VMergeType,
    WidthType,
};

use crate::Fault;

/// The font of the document: the one that journals ask for.
const FONT: &str = "Arial";
/// Height of letters in half points: of the table and its title, and of the notes.
const TEXT: usize = 18;
const SMALL: usize = 16;
/// Width of lines in eighths of a point: over and under the table, and under its head.
const OUTER: usize = 8;
const INNER: usize = 4;
/// Inset of a level, in twentieths of a point.
const INSET: i32 = 200;
/// A4 upright and turned, in twentieths of a point, with margins of 2 cm: what is printed on Letter is no wider.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: i32 = 1_134;
/// A table of more columns is on a turned page.
const UPRIGHT: usize = 7;

/// The document of a table.
///
/// # Errors
/// Where the table has no cell.
pub fn word(table: &Table) -> Result<Vec<u8>, Fault> {
    if table.columns() == 0 {
        return Err(Fault::Incomplete);
    }
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT);
    let (width, height) = if table.columns() > UPRIGHT {
        (PAGE.1, PAGE.0)
    } else {
        PAGE
    };
    let margin = PageMargin {
        top: MARGIN,
        left: MARGIN,
        bottom: MARGIN,
        right: MARGIN,
        header: 0,
        footer: 0,
        gutter: 0,
    };
    let mut document = Docx::new()
        .default_fonts(fonts)
        .default_size(TEXT)
        .page_size(width, height)
        .page_margin(margin);
    if width > height {
        document = document.page_orient(docx_rs::PageOrientationType::Landscape);
    }
    if !table.title.is_empty() {
        let title = Run::new().add_text(clean(&table.title)).bold().size(TEXT);
        document = document.add_paragraph(
            Paragraph::new()
                .add_run(title)
                .keep_next(true)
                .outline_lvl(0)
                .line_spacing(LineSpacing::new().after(80)),
        );
    }
    let room = usize::try_from(width)
        .unwrap_or_default()
        .saturating_sub(2 * MARGIN.unsigned_abs() as usize);
    let column = room / table.columns();
    document = document.add_table(lines(table).set_grid(vec![column; table.columns()]));
    for note in table
        .notes
        .iter()
        .chain(Some(&table.source))
        .filter(|note| !note.is_empty())
    {
        let run = Run::new().add_text(clean(note)).size(SMALL);
        document = document.add_paragraph(
            Paragraph::new()
                .add_run(run)
                .line_spacing(LineSpacing::new().before(60)),
        );
    }
    let mut file = Cursor::new(Vec::new());
    document
        .pack(&mut file)
        .map_err(|error| Fault::Writer(error.to_string()))?;
    Ok(file.into_inner())
}

/// The rows, with a line over the head, one under it and one under the last row.
fn lines(table: &Table) -> docx_rs::Table {
    let (head, body) = (table.head_grid(), table.body_grid());
    let (heads, all) = (head.len(), head.len() + body.len());
    let rows = head.iter().chain(&body).enumerate().map(|(at, row)| {
        let edges = Edges {
            above: (at == 0).then_some(OUTER),
            below: if at + 1 == all {
                Some(OUTER)
            } else {
                (at + 1 == heads).then_some(INNER)
            },
        };
        TableRow::new(cells(row, edges, at < heads)).cant_split()
    });
    docx_rs::Table::without_borders(rows.collect())
        .width(5_000, WidthType::Pct)
        .align(TableAlignmentType::Left)
        .margins(TableCellMargins::new().margin(30, 80, 30, 80))
}

/// The widths of the lines over and under a row.
#[derive(Clone, Copy)]
struct Edges {
    above: Option<usize>,
    below: Option<usize>,
}

fn cells(row: &[Place<'_>], edges: Edges, in_head: bool) -> Vec<TableCell> {
    let cell = |place: &Place<'_>| match place {
        Place::Starts(cell) => Some(cell_of(cell, in_head)),
        Place::Below(cell) => Some(
            merged(cell)
                .vertical_merge(VMergeType::Continue)
                .add_paragraph(Paragraph::new()),
        ),
        Place::Empty => Some(TableCell::new().add_paragraph(Paragraph::new())),
        Place::Beside => None,
    };
    let line = |lines: TableCellBorders, position, width: Option<usize>| match width {
        Some(width) => lines.set(
            TableCellBorder::new(position)
                .border_type(BorderType::Single)
                .size(width),
        ),
        None => lines,
    };
    let lines = line(
        TableCellBorders::with_empty(),
        TableCellBorderPosition::Top,
        edges.above,
    );
    let lines = line(lines, TableCellBorderPosition::Bottom, edges.below);
    let edged = |cell: TableCell| cell.set_borders(lines.clone());
    row.iter().filter_map(cell).map(edged).collect()
}

/// The places that a cell takes.
fn merged(cell: &Cell) -> TableCell {
    if cell.width() > 1 {
        TableCell::new().grid_span(cell.width())
    } else {
        TableCell::new()
    }
}

fn cell_of(cell: &Cell, in_head: bool) -> TableCell {
    let mut made = merged(cell).vertical_align(if in_head { VAlignType::Bottom } else { VAlignType::Top });
    if cell.height() > 1 {
        made = made.vertical_merge(VMergeType::Restart);
    }
    let spacing = LineSpacing::new().before(0).after(0);
    let lines: Vec<&str> = if cell.text.is_empty() {
        vec![""]
    } else {
        cell.text.lines().collect()
    };
    lines.into_iter().fold(made, |made, line| {
        let run = Run::new().add_text(clean(line)).size(TEXT);
        let mut paragraph = Paragraph::new()
            .add_run(if in_head { run.bold() } else { run })
            .line_spacing(spacing.clone());
        if cell.number {
            paragraph = paragraph.align(AlignmentType::Right);
        }
        if cell.inset {
            paragraph = paragraph.indent(Some(INSET), None, None, None);
        }
        made.add_paragraph(paragraph)
    })
}

/// A text without what XML cannot hold.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
        .collect()
}
