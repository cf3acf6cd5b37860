//! Stata files (.dta) of versions 104 to 121 of the format, as Stata's help (`help dta`) describes them: before 117
//! parts follow each other, from 117 on they stand between tags.

use std::collections::HashMap;

use cotside_core::cohort::{CodeLabel, ColumnContent, DescribedColumn};
use encoding_rs::UTF_8;

use super::bytes::{Bytes, until_nul};
use super::days::{self, OF_1960, SECONDS};
use super::decoder::{Decoder, Stated, decoded};
use super::table::{Column, Note, Table, Writer};
use crate::Fault;
use crate::limits::{CELLS, COLUMNS, Large};
use crate::number_format::shortest;

/// The start of a file from version 117 on.
const MARK: &[u8] = b"<stata_dta>";

/// The table of a file.
///
/// # Errors
/// [`Fault::Broken`] where it is damaged, cut off or of an unknown version, [`Fault::TooLarge`] above the limits.
pub fn table(bytes: &[u8]) -> Result<Table, Fault> {
    let file = File::of(bytes)?;
    // From 118 on texts are UTF-8; before, the code page of the computer is not recorded.
    let stated = match file.version {
        118.. => Stated::As(UTF_8),
        _ => Stated::Nothing,
    };
    let (mut table, assumed) = decoded(stated, |decoder| file.table(decoder))?;
    table.notes.extend(assumed.map(Note::Encoding));
    Ok(table)
}

/// How a value is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Byte,
    Int,
    Long,
    Float,
    Double,
    /// A text of so many bytes.
    Text(usize),
    /// The place of a long text.
    LongText,
}

impl Kind {
    /// By the number of a type from version 117 on.
    fn of_number(number: u16) -> Result<Self, Fault> {
        Ok(match number {
            65530 => Self::Byte,
            65529 => Self::Int,
            65528 => Self::Long,
            65527 => Self::Float,
            65526 => Self::Double,
            32768 => Self::LongText,
            1..=2045 => Self::Text(usize::from(number)),
            _ => return Err(Fault::Broken),
        })
    }

    /// By the byte of a type before.
    fn of_byte(byte: u8, version: u32) -> Result<Self, Fault> {
        Ok(match (byte, version) {
            (251, 111..) | (b'b', ..=110) => Self::Byte,
            (252, 111..) | (b'i', ..=110) => Self::Int,
            (253, 111..) | (b'l', ..=110) => Self::Long,
            (254, 111..) | (b'f', ..=110) => Self::Float,
            (255, 111..) | (b'd', ..=110) => Self::Double,
            (1..=244, 111..) => Self::Text(usize::from(byte)),
            (128.., ..=110) => Self::Text(usize::from(byte - 127)),
            _ => return Err(Fault::Broken),
        })
    }

    fn width(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Int => 2,
            Self::Long | Self::Float => 4,
            Self::Double | Self::LongText => 8,
            Self::Text(width) => width,
        }
    }
}

#[derive(Debug)]
struct Variable<'a> {
    kind: Kind,
    name: &'a [u8],
    format: &'a [u8],
    /// The name of its set of labels.
    labels: &'a [u8],
    label: &'a [u8],
}

/// A number, or one of the 27 missing ones.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    Is(f64),
    /// A number of four bytes, whose decimals are fewer.
    Single(f32),
    /// 0 for `.`, 1 to 26 for `.a` to `.z`.
    Missing(u8),
}

impl Number {
    fn code(self) -> String {
        match self {
            Self::Is(number) => shortest(number),
            Self::Single(number) => single(number),
            Self::Missing(0) => String::new(),
            Self::Missing(letter) => format!(".{}", char::from(b'`' + letter)),
        }
    }
}

/// The shortest decimal that is the same number of four bytes.
fn single(number: f32) -> String {
    number.to_string().parse().map_or_else(|_| number.to_string(), shortest)
}

struct File<'a> {
    version: u32,
    variables: Vec<Variable<'a>>,
    rows: usize,
    /// Where the rows, the long texts and the sets of labels start.
    data: Bytes<'a>,
    long_texts: Option<Bytes<'a>>,
    labels: Bytes<'a>,
}

impl<'a> File<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, Fault> {
        match bytes.starts_with(MARK) {
            true => Self::with_tags(bytes),
            false => Self::without_tags(bytes),
        }
    }

    fn with_tags(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut at = Bytes::new(bytes, false);
        tag(&mut at, "<stata_dta><header><release>")?;
        let version = std::str::from_utf8(at.take(3)?).ok().and_then(|text| text.parse().ok());
        let version = version
            .filter(|version| (117..=121).contains(version))
            .ok_or(Fault::Broken)?;
        tag(&mut at, "</release><byteorder>")?;
        at.is_big_endian = at.take(3)? == b"MSF";
        tag(&mut at, "</byteorder><K>")?;
        let variables = match version {
            119 | 121 => at.u32()? as usize,
            _ => usize::from(at.u16()?),
        };
        tag(&mut at, "</K><N>")?;
        let rows = match version {
            117 => at.u32()? as usize,
            _ => at.place()?,
        };
        tag(&mut at, "</N>")?;
        let label = find(at.rest(), b"</label>").ok_or(Fault::Broken)?;
        at.skip(label)?;
        tag(&mut at, "</label><timestamp>")?;
        let stamp = usize::from(at.u8()?);
        at.skip(stamp)?;
        tag(&mut at, "</timestamp></header><map>")?;
        // Places of the parts, which some files have wrong: the parts are read one after the other.
        at.skip(14 * 8)?;
        tag(&mut at, "</map><variable_types>")?;
        check(variables)?;
        let kinds: Result<Vec<Kind>, Fault> = (0..variables).map(|_| Kind::of_number(at.u16()?)).collect();
        tag(&mut at, "</variable_types><varnames>")?;
        let (name, format, label) = if version == 117 { (33, 49, 81) } else { (129, 57, 321) };
        let mut part = |length: usize, close: &str| {
            let part = at;
            at.skip(length)?;
            tag(&mut at, close)?;
            Ok(part)
        };
        let mut names = part(variables * name, "</varnames><sortlist>")?;
        let sorted = if matches!(version, 119 | 121) { 4 } else { 2 };
        part((variables + 1) * sorted, "</sortlist><formats>")?;
        let mut formats = part(variables * format, "</formats><value_label_names>")?;
        let mut sets = part(variables * name, "</value_label_names><variable_labels>")?;
        let mut labels = part(variables * label, "</variable_labels><characteristics>")?;
        let variables = Self::variables(
            kinds?,
            (&mut names, name),
            (&mut formats, format),
            (&mut sets, name),
            (&mut labels, label),
        )?;
        while at.rest().starts_with(b"<ch>") {
            at.skip(4)?;
            let length = at.count()?;
            at.skip(length)?;
            tag(&mut at, "</ch>")?;
        }
        tag(&mut at, "</characteristics><data>")?;
        let data = at;
        at.skip(rows.checked_mul(width(&variables)).ok_or(Fault::Broken)?)?;
        tag(&mut at, "</data><strls>")?;
        let long_texts = Some(at);
        while at.rest().starts_with(b"GSO") {
            at.skip(if version == 117 { 12 } else { 16 })?;
            let length = at.count()?;
            at.skip(length)?;
        }
        tag(&mut at, "</strls><value_labels>")?;
        Ok(Self {
            version,
            variables,
            rows,
            data,
            long_texts,
            labels: at,
        })
    }

    fn without_tags(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut at = Bytes::new(bytes, false);
        let version = u32::from(at.u8()?);
        if !(104..=116).contains(&version) {
            return Err(Fault::Broken);
        }
        at.is_big_endian = at.u8()? == 1;
        at.skip(2)?;
        let variables = usize::from(at.u16()?);
        let rows = at.count()?;
        let label = if version <= 105 { 32 } else { 81 };
        at.skip(label + if version >= 105 { 18 } else { 0 })?;
        let (name, format) = match version {
            ..=108 => (9, if version == 104 { 7 } else { 12 }),
            109..=113 => (33, 12),
            _ => (33, 49),
        };
        check(variables)?;
        let kinds: Result<Vec<Kind>, Fault> = (0..variables).map(|_| Kind::of_byte(at.u8()?, version)).collect();
        let mut names = at;
        at.skip(variables.saturating_mul(name) + (variables + 1) * 2)?;
        let mut formats = at;
        at.skip(variables.saturating_mul(format))?;
        let mut sets = at;
        at.skip(variables.saturating_mul(name))?;
        let mut labels = at;
        let label = if version <= 105 { 32 } else { 81 };
        at.skip(variables.saturating_mul(label))?;
        let variables = Self::variables(
            kinds?,
            (&mut names, name),
            (&mut formats, format),
            (&mut sets, name),
            (&mut labels, label),
        )?;
        if version >= 105 {
            // Characteristics: a kind, a length, a text; nothing at the end.
            loop {
                let kind = at.u8()?;
                let length = match version {
                    ..=108 => usize::from(at.u16()?),
                    _ => at.count()?,
                };
                if kind == 0 {
                    break;
                }
                at.skip(length)?;
            }
        }
        let data = at;
        at.skip(rows.checked_mul(width(&variables)).ok_or(Fault::Broken)?)?;
        Ok(Self {
            version,
            variables,
            rows,
            data,
            long_texts: None,
            labels: at,
        })
    }

    /// The variables, each part with the length of its texts.
    fn variables(
        kinds: Vec<Kind>,
        names: (&mut Bytes<'a>, usize),
        formats: (&mut Bytes<'a>, usize),
        sets: (&mut Bytes<'a>, usize),
        labels: (&mut Bytes<'a>, usize),
    ) -> Result<Vec<Variable<'a>>, Fault> {
        let text = |(part, length): (&mut Bytes<'a>, usize)| Ok(until_nul(part.take(length)?));
        let mut variables = Vec::new();
        for kind in kinds {
            variables.push(Variable {
                kind,
                name: text((&mut *names.0, names.1))?,
                format: text((&mut *formats.0, formats.1))?,
                labels: text((&mut *sets.0, sets.1))?,
                label: text((&mut *labels.0, labels.1))?,
            });
        }
        Ok(variables)
    }

    fn table(&self, decoder: &mut Decoder) -> Result<Table, Fault> {
        let sets = self.sets(decoder)?;
        let long_texts = self.long_texts()?;
        if self.rows.saturating_mul(self.variables.len()) > CELLS {
            return Err(Fault::TooLarge(Large::Cells));
        }
        let mut columns = Vec::new();
        for variable in &self.variables {
            columns.push(variable.column(&sets, decoder));
        }
        let mut writer = Writer::new(columns)?;
        let mut at = self.data;
        for _ in 0..self.rows {
            for variable in &self.variables {
                match variable.kind {
                    Kind::Text(width) => writer.cell(decoder.text(until_nul(at.take(width)?)))?,
                    Kind::LongText => {
                        let text = long_texts.get(&self.place(&mut at)?).copied().unwrap_or_default();
                        writer.cell(decoder.text(text))?;
                    }
                    kind => match self.number(kind, &mut at)? {
                        Number::Missing(0) => writer.cell(String::new())?,
                        number @ Number::Missing(_) => writer.missing(number.code(), "")?,
                        number => writer.cell(variable.text(number))?,
                    },
                }
            }
        }
        writer.finish(String::new(), Vec::new())
    }

    fn number(&self, kind: Kind, at: &mut Bytes<'a>) -> Result<Number, Fault> {
        // The highest numbers are missing values; before 113 there is one.
        let whole = |value: i64, highest: i64| match value - highest {
            ..=0 => Number::Is(value as f64),
            _ if self.version < 113 => Number::Missing(0),
            above => Number::Missing(u8::try_from(above - 1).unwrap_or(0)),
        };
        let highest = |from_113: i64, before: i64| if self.version < 113 { before } else { from_113 };
        Ok(match kind {
            Kind::Byte => whole(i64::from(at.u8()?.cast_signed()), highest(100, 126)),
            Kind::Int => whole(i64::from(at.u16()?.cast_signed()), highest(32_740, 32_766)),
            Kind::Long => whole(i64::from(at.i32()?), highest(2_147_483_620, 2_147_483_646)),
            Kind::Float => {
                let bits = at.u32()?;
                match bits {
                    0x7f00_0000..=0x7fff_ffff if self.version < 113 => Number::Missing(0),
                    0x7f00_0000..=0x7fff_ffff => Number::Missing(letter(u64::from(bits - 0x7f00_0000) >> 11)),
                    _ => Number::Single(f32::from_bits(bits)),
                }
            }
            _ => {
                let bits = at.u64()?;
                match bits {
                    // 2 to the power of 333 in the first versions.
                    0x54c0_0000_0000_0000 if self.version <= 105 => Number::Missing(0),
                    0x7fe0_0000_0000_0000..=0x7fff_ffff_ffff_ffff if self.version < 113 => Number::Missing(0),
                    0x7fe0_0000_0000_0000..=0x7fff_ffff_ffff_ffff => {
                        Number::Missing(letter((bits - 0x7fe0_0000_0000_0000) >> 40))
                    }
                    _ => Number::Is(f64::from_bits(bits)),
                }
            }
        })
    }

    /// The place of a long text: number of the variable and of the row.
    fn place(&self, at: &mut Bytes<'a>) -> Result<(u64, u64), Fault> {
        if self.version == 117 {
            return Ok((u64::from(at.u32()?), u64::from(at.u32()?)));
        }
        let number = at.u64()?;
        // Two bytes for the variable and six for the row; three and five in files with very many variables.
        let of_variable = if matches!(self.version, 119 | 121) { 24 } else { 16 };
        Ok(match at.is_big_endian {
            true => (number >> (64 - of_variable), number << of_variable >> of_variable),
            false => (number & ((1 << of_variable) - 1), number >> of_variable),
        })
    }

    fn long_texts(&self) -> Result<HashMap<(u64, u64), &'a [u8]>, Fault> {
        let mut texts = HashMap::new();
        let Some(mut at) = self.long_texts else {
            return Ok(texts);
        };
        while at.rest().starts_with(b"GSO") {
            at.skip(3)?;
            let variable = u64::from(at.u32()?);
            let row = match self.version {
                117 => u64::from(at.u32()?),
                _ => at.u64()?,
            };
            at.skip(1)?;
            let length = at.count()?;
            texts.insert((variable, row), until_nul(at.take(length)?));
            if texts.len() > CELLS {
                return Err(Fault::TooLarge(Large::Cells));
            }
        }
        Ok(texts)
    }

    /// The sets of labels by their names.
    fn sets(&self, decoder: &mut Decoder) -> Result<HashMap<String, Vec<CodeLabel>>, Fault> {
        let mut sets = HashMap::new();
        let mut at = self.labels;
        let has_tags = self.version >= 117;
        loop {
            if has_tags && !at.rest().starts_with(b"<lbl>") || at.rest().is_empty() {
                return Ok(sets);
            }
            if has_tags {
                at.skip(5)?;
            }
            let (name, labels) = match self.version {
                ..=107 => self.old_set(&mut at, decoder)?,
                _ => self.set(&mut at, decoder)?,
            };
            if has_tags {
                tag(&mut at, "</lbl>")?;
            }
            sets.insert(name, labels);
        }
    }

    fn set(&self, at: &mut Bytes<'a>, decoder: &mut Decoder) -> Result<(String, Vec<CodeLabel>), Fault> {
        let name = match self.version {
            108 => 9,
            109..=117 => 33,
            _ => 129,
        };
        let length = at.count()?;
        let name = decoder.text(until_nul(at.take(name)?));
        at.skip(3)?;
        let mut set = Bytes::new(at.take(length)?, at.is_big_endian);
        let (count, texts) = (set.count()?, set.count()?);
        let offsets = set;
        set.skip(count.checked_mul(4).ok_or(Fault::Broken)?)?;
        let codes = set;
        set.skip(count.checked_mul(4).ok_or(Fault::Broken)?)?;
        let texts = set.take(texts)?;
        let (mut offsets, mut codes) = (offsets, codes);
        let mut labels = Vec::new();
        for _ in 0..count {
            let offset = offsets.count()?;
            let code = self.number(Kind::Long, &mut codes)?;
            let label = until_nul(texts.get(offset..).ok_or(Fault::Broken)?);
            labels.push(CodeLabel {
                code: code.code(),
                label: decoder.text(label),
            });
        }
        Ok((name, labels))
    }

    /// A set of the first versions: the codes, then texts of eight bytes.
    fn old_set(&self, at: &mut Bytes<'a>, decoder: &mut Decoder) -> Result<(String, Vec<CodeLabel>), Fault> {
        let count = usize::from(at.u16()?);
        let name = decoder.text(until_nul(at.take(9)?));
        at.skip(1)?;
        let mut codes = *at;
        at.skip(count * 2)?;
        let mut labels = Vec::new();
        for _ in 0..count {
            let code = self.number(Kind::Int, &mut codes)?;
            labels.push(CodeLabel {
                code: code.code(),
                label: decoder.text(until_nul(at.take(8)?)),
            });
        }
        Ok((name, labels))
    }
}

impl Variable<'_> {
    fn column(&self, sets: &HashMap<String, Vec<CodeLabel>>, decoder: &mut Decoder) -> Column {
        let set = sets.get(&decoder.text(self.labels)).cloned().unwrap_or_default();
        let (missing, levels) = set
            .into_iter()
            .filter(|level| !level.code.is_empty())
            .partition(|level| level.code.starts_with('.'));
        let label = decoder.text(self.label);
        let content = match self.kind {
            Kind::Text(_) | Kind::LongText => ColumnContent::Text,
            _ if self.is_time_of_day() && self.time().is_some() => ColumnContent::Text,
            _ if self.time().is_some_and(|time| time != 'y') => ColumnContent::Date,
            _ => ColumnContent::Number,
        };
        Column {
            described: DescribedColumn {
                name: decoder.text(self.name),
                label: Some(label).filter(|label| !label.is_empty()),
                levels,
                missing,
                content: None,
            },
            content: Some(content),
        }
    }

    /// The letter of a format for times: `%td` has `d`.
    fn time(&self) -> Option<char> {
        let format = std::str::from_utf8(self.format).ok()?;
        let format = format.strip_prefix('%')?;
        let format = format.strip_prefix('-').unwrap_or(format);
        match format.strip_prefix('t') {
            Some(kind) => kind.chars().next(),
            // `%d` is the old name of `%td`.
            None => format.starts_with('d').then_some('d'),
        }
    }

    /// True if a format of moments shows neither day nor month nor year.
    fn is_time_of_day(&self) -> bool {
        let format = String::from_utf8_lossy(self.format).to_ascii_lowercase();
        let shown = format.split(['c']).skip(1).collect::<Vec<_>>().join("c");
        !shown.is_empty() && !shown.contains(['c', 'y', 'n', 'd', 'j', 'w', 'q'])
    }

    fn text(&self, number: Number) -> String {
        let value = match number {
            Number::Is(value) => value,
            Number::Single(value) => f64::from(value),
            Number::Missing(_) => return number.code(),
        };
        let parts = |of_year: f64| ((value / of_year).floor() + 1960.0, value.rem_euclid(of_year) + 1.0);
        match self.time() {
            Some('d') => days::day(value - OF_1960),
            Some('c' | 'C') if self.is_time_of_day() => days::time(value / 1000.0),
            // Milliseconds; with the seconds that were inserted they are up to half a minute more.
            Some('c') => days::moment(value / 1000.0 - OF_1960 * SECONDS),
            Some('C') => days::moment(value / 1000.0 - OF_1960 * SECONDS - inserted(value)),
            Some('m') if value.fract() == 0.0 => {
                let (year, month) = parts(12.0);
                format!("{year:04}-{month:02}")
            }
            Some('q') if value.fract() == 0.0 => {
                let (year, quarter) = parts(4.0);
                format!("{year}q{quarter}")
            }
            Some('h') if value.fract() == 0.0 => {
                let (year, half) = parts(2.0);
                format!("{year}h{half}")
            }
            Some('w') if value.fract() == 0.0 => {
                let (year, week) = parts(52.0);
                format!("{year}w{week}")
            }
            _ => number.code(),
        }
    }
}

/// Days since 1960 that follow a leap second, up to the last one, of the end of 2016.
const LEAP_SECONDS: [i32; 27] = [
    4565, 4749, 5114, 5479, 5844, 6210, 6575, 6940, 7305, 7852, 8217, 8582, 9313, 10227, 10958, 11323, 11870, 12235,
    12600, 13149, 13514, 14245, 16802, 17898, 19175, 20270, 20820,
];

/// Leap seconds before a number of milliseconds since 1960 that counts them.
fn inserted(milliseconds: f64) -> f64 {
    let days = |index: usize, day: i32| (f64::from(day) * SECONDS + index as f64 + 1.0) * 1000.0;
    let passed = LEAP_SECONDS.iter().enumerate();
    passed.filter(|&(index, &day)| milliseconds >= days(index, day)).count() as f64
}

/// The letter of a missing value; `.` where it is none.
fn letter(number: u64) -> u8 {
    u8::try_from(number).ok().filter(|&letter| letter <= 26).unwrap_or(0)
}

/// Refuses more columns than a table may have.
fn check(columns: usize) -> Result<(), Fault> {
    match columns > COLUMNS as usize {
        true => Err(Fault::TooLarge(Large::Columns)),
        false => Ok(()),
    }
}

/// The bytes of a row.
fn width(variables: &[Variable<'_>]) -> usize {
    variables.iter().map(|variable| variable.kind.width()).sum()
}

/// Goes over a tag that has to be here.
fn tag(at: &mut Bytes<'_>, tag: &str) -> Result<(), Fault> {
    match at.take(tag.len())? == tag.as_bytes() {
        true => Ok(()),
        false => Err(Fault::Broken),
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_four_bytes_have_their_own_decimals() {
        assert_eq!(single(33.9), "33.9");
        assert_eq!(single(1e-4), "0.0001");
        assert_eq!(single(5.0), "5");
        assert_eq!(single(1e20), "1e20");
    }

    #[test]
    fn leap_seconds() {
        assert_eq!(inserted(0.0), 0.0);
        assert_eq!(inserted(4565.0 * 86_400_000.0), 0.0);
        assert_eq!(inserted(4565.0 * 86_400_000.0 + 1000.0), 1.0);
        assert_eq!(inserted(2e12), 27.0);
    }
}
