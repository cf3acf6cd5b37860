//! SAS transport files (.xpt) of versions 5 and 8 (SAS's TS-140 and its record layout of version 8): records of 80
//! bytes, numbers of the mainframes of IBM. A file holds one table or several.

use super::bytes::Bytes;
use super::days::Shown;
use super::decoder::{Decoder, Stated, decoded};
use super::sas_values::{is_own, missing, shown, text};
use super::table::{Column, Note, Table, Writer};
use crate::Fault;
use crate::limits::{COLUMNS, Large, SHEETS};
use cotside_core::cohort::{ColumnContent, DescribedColumn};

/// The length of a record.
const RECORD: usize = 80;

/// Every header record starts so, with a name of eight letters behind it.
const HEADER: &[u8] = b"HEADER RECORD*******";

/// The tables of a file.
///
/// # Errors
/// [`Fault::Broken`] where it is damaged or cut off, [`Fault::TooLarge`] above the limits.
pub fn tables(bytes: &[u8]) -> Result<Vec<Table>, Fault> {
    let members = members(bytes)?;
    let (mut tables, assumed) = decoded(Stated::Nothing, |decoder| {
        let mut tables = Vec::new();
        for member in &members {
            tables.push(member.table(decoder)?);
        }
        Ok(tables)
    })?;
    for table in &mut tables {
        table.notes.extend(assumed.clone().map(Note::Encoding));
    }
    Ok(tables)
}

/// A table of a file.
struct Member<'a> {
    name: &'a [u8],
    variables: Vec<Variable<'a>>,
    /// Its rows, and blanks up to the end of a record.
    rows: &'a [u8],
    /// How many rows there are, where the file states it.
    stated: Option<usize>,
}

struct Variable<'a> {
    is_text: bool,
    width: usize,
    name: &'a [u8],
    label: &'a [u8],
    format: &'a [u8],
}

fn members(bytes: &[u8]) -> Result<Vec<Member<'_>>, Fault> {
    // Rows end where the next table starts: a whole record that is its header.
    let mut starts: Vec<usize> = Vec::new();
    let records = bytes.chunks(RECORD).enumerate();
    for (index, record) in records {
        if is_header(record, &[b"MEMBER  ", b"MEMBV8  "]) {
            starts.push(index * RECORD);
        }
    }
    if starts.len() > SHEETS {
        return Err(Fault::TooLarge(Large::Sheets));
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let members = starts.iter().zip(ends);
    members
        .map(|(&start, end)| member(bytes.get(start..end).unwrap_or_default()))
        .collect()
}

/// True if a record is a header with one of these names.
fn is_header(record: &[u8], names: &[&[u8]]) -> bool {
    let name = record.strip_prefix(HEADER);
    name.is_some_and(|name| {
        names.iter().any(|wanted| name.starts_with(wanted)) && contains(name, b"HEADER RECORD!!!!!!!")
    })
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn member(bytes: &[u8]) -> Result<Member<'_>, Fault> {
    let mut at = Bytes::new(bytes, true);
    let head = at.take(RECORD)?;
    let is_version_8 = is_header(head, &[b"MEMBV8  "]);
    // The size of the description of a variable: 140 bytes, 136 on VAX.
    let size = number_in(head, 74..78)
        .filter(|size| matches!(size, 136 | 140))
        .unwrap_or(140);
    at.skip(RECORD)?;
    let name = at
        .take(RECORD)?
        .get(8..if is_version_8 { 40 } else { 16 })
        .unwrap_or_default();
    at.skip(RECORD)?;
    let head = at.take(RECORD)?;
    if !is_header(head, &[b"NAMESTR ", b"NAMSTV8 "]) {
        return Err(Fault::Broken);
    }
    let count = number_in(head, if is_version_8 { 48..58 } else { 54..58 }).ok_or(Fault::Broken)?;
    if count > COLUMNS as usize {
        return Err(Fault::TooLarge(Large::Columns));
    }
    let mut variables = Vec::new();
    for _ in 0..count {
        variables.push(variable(at.take(size)?, is_version_8)?);
    }
    to_record(&mut at)?;
    let mut head = at.take(RECORD)?;
    let labels = [&b"LABELV8 "[..], b"LABELV9 "];
    if is_header(head, &labels) {
        let has_formats = is_header(head, &[b"LABELV9 "]);
        for _ in 0..number_in(head, 48..53).ok_or(Fault::Broken)? {
            long_label(&mut at, &mut variables, has_formats)?;
        }
        to_record(&mut at)?;
        head = at.take(RECORD)?;
    }
    if !is_header(head, &[b"OBS     ", b"OBSV8   "]) {
        return Err(Fault::Broken);
    }
    let stated = if is_version_8 { number_in(head, 48..63) } else { None };
    Ok(Member {
        name,
        variables,
        rows: at.rest(),
        stated: stated.filter(|&rows| rows > 0),
    })
}

/// The number that stands in a record, with blanks or zeros around it.
fn number_in(record: &[u8], place: std::ops::Range<usize>) -> Option<usize> {
    std::str::from_utf8(record.get(place)?).ok()?.trim().parse().ok()
}

/// Goes to the start of the next record.
fn to_record(at: &mut Bytes<'_>) -> Result<(), Fault> {
    at.seek(at.position().next_multiple_of(RECORD))
}

fn variable(bytes: &[u8], is_version_8: bool) -> Result<Variable<'_>, Fault> {
    let mut at = Bytes::new(bytes, true);
    let is_text = match at.u16()? {
        1 => false,
        2 => true,
        _ => return Err(Fault::Broken),
    };
    at.skip(2)?;
    let width = usize::from(at.u16()?);
    at.skip(2)?;
    let name = at.take(8)?;
    let label = at.take(40)?;
    let format = at.take(8)?;
    // The place of the value in a row follows; some programs write another than they use.
    at.seek(88)?;
    let long_name = at.take(32).unwrap_or_default();
    let is_plain = is_text || (2..=8).contains(&width);
    if width == 0 || !is_plain {
        return Err(Fault::Broken);
    }
    Ok(Variable {
        is_text,
        width,
        name: if is_version_8 { long_name } else { name },
        label,
        format,
    })
}

/// A label, and perhaps a format, that does not fit into the description of a variable.
fn long_label<'a>(at: &mut Bytes<'a>, variables: &mut [Variable<'a>], has_formats: bool) -> Result<(), Fault> {
    let number = usize::from(at.u16()?);
    let (name, label) = (usize::from(at.u16()?), usize::from(at.u16()?));
    let (format, informat) = match has_formats {
        true => (usize::from(at.u16()?), usize::from(at.u16()?)),
        false => (0, 0),
    };
    let variable = number.checked_sub(1).and_then(|index| variables.get_mut(index));
    let variable = variable.ok_or(Fault::Broken)?;
    variable.name = at.take(name)?;
    variable.label = at.take(label)?;
    let format = at.take(format)?;
    if has_formats {
        variable.format = format;
    }
    at.skip(informat)
}

impl Member<'_> {
    fn table(&self, decoder: &mut Decoder) -> Result<Table, Fault> {
        let mut columns = Vec::new();
        let mut all_shown = Vec::new();
        let mut own = Vec::new();
        for variable in &self.variables {
            let format = decoder.text(variable.format);
            let name = decoder.text(variable.name);
            let label = decoder.text(variable.label);
            let shown = if variable.is_text {
                Shown::Number
            } else {
                shown(&format)
            };
            let content = match (variable.is_text, shown) {
                (true, _) | (_, Shown::Time) => ColumnContent::Text,
                (false, Shown::Number) => ColumnContent::Number,
                _ => ColumnContent::Date,
            };
            if is_own(&format) {
                own.push((name.clone(), format));
            }
            all_shown.push(shown);
            columns.push(Column {
                described: DescribedColumn {
                    name,
                    label: Some(label).filter(|label| !label.is_empty()),
                    ..DescribedColumn::default()
                },
                content: Some(content),
            });
        }
        let mut writer = Writer::new(columns)?;
        let length = self.variables.iter().map(|variable| variable.width).sum();
        if length > 0 {
            for row in self.rows(length)? {
                let mut row = Bytes::new(row, true);
                for (variable, &shown) in self.variables.iter().zip(&all_shown) {
                    let cell = row.take(variable.width)?;
                    write(cell, variable.is_text, shown, decoder, &mut writer)?;
                }
            }
        }
        let notes = if own.is_empty() {
            Vec::new()
        } else {
            vec![Note::Catalog(own)]
        };
        writer.finish(decoder.text(self.name), notes)
    }

    /// The rows; blanks at the end fill the last record up.
    fn rows(&self, length: usize) -> Result<impl Iterator<Item = &[u8]>, Fault> {
        let whole = self.rows.chunks_exact(length);
        let mut count = whole.len();
        let is_blank = |row: &[u8]| row.iter().all(|&byte| byte == b' ');
        if let Some(stated) = self.stated {
            if stated > count {
                return Err(Fault::Broken);
            }
            count = stated;
        } else {
            if !is_blank(whole.remainder()) {
                // The last row is cut off.
                return Err(Fault::Broken);
            }
            // Only rows within the last record can be blanks alone.
            let least = self.rows.len().saturating_sub(RECORD - 1) / length;
            while count > least && is_blank(self.rows.get((count - 1) * length..count * length).unwrap_or_default()) {
                count -= 1;
            }
        }
        Ok(whole.take(count))
    }
}

fn write(cell: &[u8], is_text: bool, shown: Shown, decoder: &mut Decoder, writer: &mut Writer) -> Result<(), Fault> {
    if is_text {
        return writer.cell(decoder.text(cell));
    }
    // A missing value is its letter, and zeros.
    let (&first, rest) = cell.split_first().ok_or(Fault::Broken)?;
    if rest.iter().all(|&byte| byte == 0) && matches!(first, b'.' | b'_' | b'A'..=b'Z') {
        return match missing(first) {
            code if code.is_empty() => writer.cell(code),
            code => writer.missing(code, ""),
        };
    }
    writer.cell(text(ibm(cell), shown))
}

/// A number of IBM's mainframes: a sign, a power of 16 from 64 on, and a fraction.
fn ibm(bytes: &[u8]) -> f64 {
    let mut number = [0; 8];
    for (to, from) in number.iter_mut().zip(bytes) {
        *to = *from;
    }
    let number = u64::from_be_bytes(number);
    let fraction = number & 0x00ff_ffff_ffff_ffff;
    let power = i32::try_from(number >> 56 & 0x7f).unwrap_or(0) - 64;
    // 56 bits of the fraction are more than a double has; SAS writes zeros into the last three.
    // A power of two is its exponent; these are within those of a double.
    let scale = f64::from_bits((i64::from(4 * power - 56) + 1023).cast_unsigned() << 52);
    let value = fraction as f64 * scale;
    if number >> 63 == 1 { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_mainframes() {
        for (bytes, number) in [
            (&[0x41, 0x10, 0, 0, 0, 0, 0, 0][..], 1.0),
            (&[0xc1, 0x10, 0, 0, 0, 0, 0, 0], -1.0),
            (&[0x42, 0x64, 0, 0, 0, 0, 0, 0], 100.0),
            (&[0x40, 0x19, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a], 0.1),
            (&[0x43, 0x10, 0], 256.0),
            (&[0, 0, 0, 0, 0, 0, 0, 0], 0.0),
        ] {
            let read = ibm(bytes);
            assert!((read - number).abs() <= number.abs() * 1e-16, "{read} {number}");
        }
    }
}
