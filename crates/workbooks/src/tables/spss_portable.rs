//! SPSS portable files (.por), as PSPP's developers describe them: text in lines of 80 characters, numbers to the base
//! 30, and a table of the characters that the file uses for those of the format.

use cotside_core::cohort::{CodeLabel, ColumnContent, DescribedColumn};

use super::bytes::Bytes;
use super::days::{self, Shown};
use super::decoder::{Decoder, Stated, decoded};
use super::spss::shown;
use super::table::{Column, Note, Table, Writer};
use crate::Fault;
use crate::limits::{COLUMNS, Large, PART};
use crate::number_format::shortest;

/// The length of a line.
const LINE: usize = 80;

/// Bytes before the table of characters, and of the table.
const BEFORE: usize = 200;
const CHARACTERS: usize = 256;

/// The characters of the format from the 64th place of the table on.
const KNOWN: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .<(+|&[]!$*);^-/|,%_>?`:#@'=\"";

/// The table of a file.
///
/// # Errors
/// [`Fault::Broken`] where it is damaged or cut off, [`Fault::TooLarge`] above the limits.
pub fn table(bytes: &[u8]) -> Result<Table, Fault> {
    let text = lines(bytes)?;
    let (mut table, assumed) = decoded(Stated::Nothing, |decoder| File::of(&text, decoder)?.table(decoder))?;
    table.notes.extend(assumed.map(Note::Encoding));
    Ok(table)
}

/// The text without its line ends, each line filled up with blanks, in the characters of ASCII.
fn lines(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut text = Vec::new();
    for line in bytes.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.len() > LINE && bytes.contains(&b'\n') {
            return Err(Fault::Broken);
        }
        text.extend_from_slice(line);
        text.resize(text.len().next_multiple_of(LINE), b' ');
        if text.len() > PART {
            return Err(Fault::TooLarge(Large::Part));
        }
    }
    let table = text.get(BEFORE..BEFORE + CHARACTERS).ok_or(Fault::Broken)?.to_vec();
    let mut meant: [u8; 256] = std::array::from_fn(|byte| byte as u8);
    let used = table.get(64..).unwrap_or_default();
    // What a file cannot write it names as another character, which keeps its own meaning.
    for (&used, &known) in used.iter().zip(KNOWN).rev() {
        if used != b'0' || known == b'0' {
            meant[usize::from(used)] = known;
        }
    }
    let mut text = text.split_off(BEFORE + CHARACTERS);
    for byte in &mut text {
        *byte = meant[usize::from(*byte)];
    }
    Ok(text)
}

/// A value of a label or a missing value.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(f64),
    Text(String),
    Missing,
}

impl Value {
    fn code(&self) -> String {
        match self {
            Self::Number(number) => shortest(*number),
            Self::Text(text) => text.clone(),
            Self::Missing => String::new(),
        }
    }
}

#[derive(Debug, Default)]
struct Variable {
    is_text: bool,
    name: String,
    label: String,
    shown: Shown,
    missing: Vec<String>,
    /// The lowest and highest number that count as missing.
    ranges: Vec<(f64, f64)>,
    labels: Vec<CodeLabel>,
}

/// A file whose dictionary was read.
struct File<'a> {
    variables: Vec<Variable>,
    at: Bytes<'a>,
}

impl<'a> File<'a> {
    fn of(text: &'a [u8], decoder: &mut Decoder) -> Result<Self, Fault> {
        let mut at = Bytes::new(text, false);
        if at.take(8)? != b"SPSSPORT" {
            return Err(Fault::Broken);
        }
        at.skip(1)?;
        // Day and time of writing.
        string(&mut at)?;
        string(&mut at)?;
        let mut file = Self {
            variables: Vec::new(),
            at,
        };
        while file.record(decoder)? {}
        Ok(file)
    }

    /// The next record of the dictionary; false before the cases.
    fn record(&mut self, decoder: &mut Decoder) -> Result<bool, Fault> {
        let at = &mut self.at;
        let last = self.variables.last_mut().ok_or(Fault::Broken);
        match at.u8()? {
            b'1' | b'2' | b'3' | b'6' => {
                string(at)?;
            }
            b'4' | b'5' => {
                number(at)?;
            }
            b'7' => {
                let variable = variable(at, decoder)?;
                self.variables.push(variable);
                if self.variables.len() > COLUMNS as usize {
                    return Err(Fault::TooLarge(Large::Columns));
                }
            }
            b'8' => {
                let variable = last?;
                let code = value(at, variable.is_text, decoder)?.code();
                variable.missing.push(code);
            }
            kind @ (b'9' | b'A' | b'B') => {
                let variable = last?;
                let mut limit = || value(at, variable.is_text, decoder);
                let range = match kind {
                    b'9' => (Value::Number(f64::NEG_INFINITY), limit()?),
                    b'A' => (limit()?, Value::Number(f64::INFINITY)),
                    _ => (limit()?, limit()?),
                };
                if let (Value::Number(low), Value::Number(high)) = range {
                    variable.ranges.push((low, high));
                }
            }
            b'C' => last?.label = decoder.text(string(at)?),
            b'D' => self.labels(decoder)?,
            b'E' => {
                for _ in 0..count(at)? {
                    string(at)?;
                }
            }
            b'F' => return Ok(false),
            _ => return Err(Fault::Broken),
        }
        Ok(true)
    }

    fn labels(&mut self, decoder: &mut Decoder) -> Result<(), Fault> {
        let mut names = Vec::new();
        for _ in 0..count(&mut self.at)? {
            names.push(decoder.text(string(&mut self.at)?));
        }
        let is_named = |variable: &&mut Variable| names.contains(&variable.name);
        let is_text = self.variables.iter_mut().find(is_named).ok_or(Fault::Broken)?.is_text;
        let mut labels = Vec::new();
        for _ in 0..count(&mut self.at)? {
            let code = value(&mut self.at, is_text, decoder)?.code();
            let label = decoder.text(string(&mut self.at)?);
            labels.push(CodeLabel { code, label });
        }
        for variable in self.variables.iter_mut().filter(is_named) {
            variable.labels.extend(labels.iter().cloned());
        }
        Ok(())
    }

    fn table(mut self, decoder: &mut Decoder) -> Result<Table, Fault> {
        let mut writer = Writer::new(self.variables.iter().map(Variable::column).collect())?;
        if self.variables.is_empty() {
            return Err(Fault::NoRows);
        }
        // `Z` follows the last case.
        while self.at.rest().first() != Some(&b'Z') {
            for variable in &self.variables {
                let value = value(&mut self.at, variable.is_text, decoder)?;
                variable.write(value, &mut writer)?;
            }
        }
        writer.finish(String::new(), Vec::new())
    }
}

impl Variable {
    fn is_in_range(&self, number: f64) -> bool {
        self.ranges.iter().any(|&(low, high)| low <= number && number <= high)
    }

    fn column(&self) -> Column {
        let is_missing = |level: &CodeLabel| {
            let number = level.code.parse::<f64>().ok().filter(|_| !self.is_text);
            self.missing.contains(&level.code) || number.is_some_and(|number| self.is_in_range(number))
        };
        let (mut missing, levels): (Vec<_>, Vec<_>) = self.labels.iter().cloned().partition(is_missing);
        for code in &self.missing {
            if missing.iter().all(|known| known.code != *code) {
                missing.push(CodeLabel {
                    code: code.clone(),
                    label: String::new(),
                });
            }
        }
        Column {
            described: DescribedColumn {
                name: self.name.clone(),
                label: Some(self.label.clone()).filter(|label| !label.is_empty()),
                levels,
                missing,
                content: None,
            },
            content: Some(match (self.is_text, self.shown) {
                (true, _) | (_, Shown::Time) => ColumnContent::Text,
                (false, Shown::Number) => ColumnContent::Number,
                _ => ColumnContent::Date,
            }),
        }
    }

    fn write(&self, value: Value, writer: &mut Writer) -> Result<(), Fault> {
        let number = match value {
            Value::Number(number) => number,
            value => return writer.cell(value.code()),
        };
        let code = shortest(number);
        if self.missing.contains(&code) || self.is_in_range(number) {
            return writer.missing(code, "");
        }
        writer.cell(days::of_spss(number, self.shown))
    }
}

fn variable(at: &mut Bytes<'_>, decoder: &mut Decoder) -> Result<Variable, Fault> {
    let width = count(at)?;
    let name = decoder.text(string(at)?);
    let format = count(at)?;
    for _ in 0..5 {
        number(at)?;
    }
    // Some programs write numbers of formats that are 82 too high.
    let format = if format > 82 { format - 82 } else { format };
    Ok(Variable {
        is_text: width > 0,
        name,
        shown: shown(u32::try_from(format).unwrap_or(0)),
        ..Variable::default()
    })
}

fn value(at: &mut Bytes<'_>, is_text: bool, decoder: &mut Decoder) -> Result<Value, Fault> {
    if is_text {
        return Ok(Value::Text(decoder.text(string(at)?)));
    }
    Ok(number(at)?.map_or(Value::Missing, Value::Number))
}

/// A text behind its length.
fn string<'a>(at: &mut Bytes<'a>) -> Result<&'a [u8], Fault> {
    let length = count(at)?;
    at.take(length)
}

fn count(at: &mut Bytes<'_>) -> Result<usize, Fault> {
    let count = number(at)?.filter(|count| (0.0..1e9).contains(count));
    count.map(|count| count as usize).ok_or(Fault::Broken)
}

/// A number to the base 30, up to its slash: `-1A.F+2/`; nothing where it is missing.
fn number(at: &mut Bytes<'_>) -> Result<Option<f64>, Fault> {
    while at.rest().first() == Some(&b' ') {
        at.skip(1)?;
    }
    if at.rest().first() == Some(&b'*') {
        at.skip(2)?;
        return Ok(None);
    }
    let end = at
        .rest()
        .iter()
        .take(LINE)
        .position(|&byte| byte == b'/')
        .ok_or(Fault::Broken)?;
    let written = at.take(end)?;
    at.skip(1)?;
    let (sign, digits) = match written.strip_prefix(b"-") {
        Some(digits) => (-1.0, digits),
        None => (1.0, written),
    };
    let (mut value, mut power, mut is_fraction) = (0.0, 0_i32, false);
    let mut digits = digits.iter();
    while let Some(&byte) = digits.next() {
        match byte {
            b'.' if !is_fraction => is_fraction = true,
            b'+' | b'-' => {
                let mut exponent = 0_i32;
                for &byte in digits.by_ref() {
                    exponent = exponent.saturating_mul(30).saturating_add(i32::from(digit(byte)?));
                }
                let exponent = exponent.min(1_000);
                power += if byte == b'+' { exponent } else { -exponent };
            }
            _ => {
                value = value * 30.0 + f64::from(digit(byte)?);
                power -= i32::from(is_fraction);
            }
        }
    }
    if written.is_empty() {
        return Err(Fault::Broken);
    }
    for _ in 0..power.unsigned_abs() {
        value = if power > 0 { value * 30.0 } else { value / 30.0 };
    }
    // Few decimals are exact to the base 30: the 15 digits that a number of eight bytes always has are.
    let rounded = format!("{:.14e}", sign * value).parse();
    rounded.map(Some).map_err(|_| Fault::Broken)
}

fn digit(byte: u8) -> Result<u8, Fault> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'A'..=b'T' => Ok(byte - b'A' + 10),
        _ => Err(Fault::Broken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_to_the_base_30() {
        for (written, found) in [
            (&b"0/"[..], Some(0.0)),
            (b"1A/", Some(40.0)),
            (b"-13A.9/", Some(-1000.3)),
            (b"1+2/", Some(900.0)),
            (b"13.R/", Some(33.9)),
            (b"*.", None),
            (b" 5/", Some(5.0)),
        ] {
            assert_eq!(number(&mut Bytes::new(written, false)), Ok(found));
        }
        for written in [&b"1"[..], b"U/", b"/", b"1.1.1/"] {
            assert_eq!(number(&mut Bytes::new(written, false)), Err(Fault::Broken));
        }
    }
}
