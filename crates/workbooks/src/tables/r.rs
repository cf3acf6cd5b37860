//! Data frames of R (.rds, .RData): each is a table. Other objects are named, not read.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use cotside_core::cohort::{CodeLabel, ColumnContent, DescribedColumn};

use super::days::{self, SECONDS};
use super::decoder::{Decoder, Stated, decoded, named};
use super::r_objects::{Content, Elements, Kind, Object, Objects, Vector};
use super::r_source::{Source, start};
use super::table::{Column, Note, Table, Writer};
use crate::Fault;
use crate::limits::{CELLS, COLUMNS, Large, SHEETS};
use crate::number_format::shortest;

/// The tables of a file that is not packed, and whether it may hold several objects.
///
/// # Errors
/// [`Fault::Broken`] where it is damaged, [`Fault::TooLarge`] above the limits, [`Fault::NoFrame`] where it holds no data
/// frame.
pub fn tables(bytes: &[u8]) -> Result<(Vec<Table>, bool), Fault> {
    let start = start(bytes)?;
    let object = Objects::new(start.source).object()?;
    let objects = match object.content {
        Content::Pairs(pairs) if start.has_names => pairs
            .into_iter()
            .map(|(name, object)| (name.unwrap_or_default(), object))
            .collect(),
        _ => vec![(String::new(), object)],
    };
    let found = found(&objects);
    if found.frames.is_empty() {
        return Err(Fault::NoFrame(found.others));
    }
    if found.frames.len() > SHEETS {
        return Err(Fault::TooLarge(Large::Sheets));
    }
    let stated = start
        .encoding
        .as_deref()
        .and_then(named)
        .map_or(Stated::Nothing, Stated::As);
    let (mut tables, assumed) = decoded(stated, |decoder| {
        let mut tables = Vec::new();
        for (name, frame) in &found.frames {
            tables.push(table(name, frame, decoder)?);
        }
        Ok(tables)
    })?;
    for table in &mut tables {
        table.notes.extend(assumed.clone().map(Note::Encoding));
        if !found.others.is_empty() {
            table.notes.push(Note::Others(found.others.clone()));
        }
    }
    Ok((tables, start.has_names))
}

/// The data frames of a file with their names, and the other objects: names and kinds.
#[derive(Default)]
struct Found<'f, 'a> {
    frames: Vec<(String, &'f Object<'a>)>,
    others: Vec<(String, String)>,
}

/// Data frames stand alone or in a plain list.
fn found<'f, 'a>(objects: &'f [(String, Object<'a>)]) -> Found<'f, 'a> {
    let mut found = Found::default();
    for (name, object) in objects {
        if is_frame(object) {
            found.frames.push((name.clone(), object));
            continue;
        }
        let before = found.frames.len();
        // Results of a model keep its data in a list with a class; those are no tables to choose.
        if let Content::List(elements) = &object.content
            && classes(object).is_empty()
        {
            let names = strings(object.attribute("names"));
            for (index, element) in elements.iter().enumerate().filter(|(_, element)| is_frame(element)) {
                let own = names.get(index).cloned().flatten().filter(|name| !name.is_empty());
                let own = own.unwrap_or_else(|| (index + 1).to_string());
                let separator = if name.is_empty() { "" } else { "$" };
                found.frames.push((format!("{name}{separator}{own}"), element));
            }
        }
        if found.frames.len() == before {
            found.others.push((name.clone(), kind(object)));
        }
    }
    found
}

fn classes(object: &Object<'_>) -> Vec<String> {
    strings(object.attribute("class")).into_iter().flatten().collect()
}

fn has_class(object: &Object<'_>, class: &str) -> bool {
    classes(object).iter().any(|known| known == class)
}

fn is_frame(object: &Object<'_>) -> bool {
    matches!(object.content, Content::List(_)) && has_class(object, "data.frame")
}

/// What an object is, for a person: its class, or what R calls it.
fn kind(object: &Object<'_>) -> String {
    if let Some(class) = classes(object).into_iter().next() {
        return class;
    }
    let name = match &object.content {
        Content::Vector(_) if object.attribute("dim").is_some() => "matrix",
        Content::Vector(vector) => match vector.kind {
            Kind::Text => "character",
            Kind::Logical => "logical",
            Kind::Raw => "raw",
            _ => "numeric",
        },
        Content::List(_) | Content::Pairs(_) => "list",
        Content::Function => "function",
        Content::Environment => "environment",
        _ => "object",
    };
    name.to_owned()
}

/// The texts of a short vector, such as names and classes; nothing where they are missing.
fn strings(object: Option<&Object<'_>>) -> Vec<Option<String>> {
    let Some(vector) = object
        .and_then(Object::vector)
        .filter(|vector| vector.kind == Kind::Text)
    else {
        return Vec::new();
    };
    let Elements::Written(mut source) = vector.elements.clone() else {
        return Vec::new();
    };
    // Each text takes some bytes of the file, so that a length beyond it ends here.
    let next = |_| text(&mut source, &mut |bytes| String::from_utf8_lossy(bytes).into_owned()).ok();
    (0..vector.length).map_while(next).collect()
}

/// Flags of a text: its encoding.
const IS_LATIN_1: i32 = 1 << 2;
const IS_UTF_8: i32 = 1 << 3;

/// The next text, by what reads one of the encoding of the session; nothing where it is missing.
fn text(source: &mut Source<'_>, native: &mut dyn FnMut(&[u8]) -> String) -> Result<Option<String>, Fault> {
    let flags = source.int()? >> 12;
    let length = match source.int()? {
        -1 => return Ok(None),
        length => usize::try_from(length).map_err(|_| Fault::Broken)?,
    };
    let bytes = source.text(length)?;
    Ok(Some(match flags {
        _ if flags & IS_UTF_8 != 0 => String::from_utf8_lossy(&bytes).into_owned(),
        _ if flags & IS_LATIN_1 != 0 => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(&bytes)
            .0
            .into_owned(),
        _ => native(&bytes),
    }))
}

/// A column of a data frame, and how its cells are read.
struct Read<'a> {
    column: Column,
    cells: Cells<'a>,
    shown: Shown,
    /// Numbers from one to the other count as missing.
    range: Option<(f64, f64)>,
}

/// What a value is shown as.
enum Shown {
    Plain,
    Level(Vec<String>),
    Day,
    /// Seconds since 1970, in a zone.
    Moment(TimeZone),
    /// Seconds since 1970 that are midnights of a zone.
    Midnight,
    Time,
    /// Whole numbers of eight bytes.
    Long,
}

/// Goes through the values of a column.
#[derive(Clone)]
struct Cells<'a> {
    kind: Kind,
    place: Place<'a>,
}

#[derive(Clone)]
enum Place<'a> {
    Written(Source<'a>),
    Sequence(f64, f64),
    AsText(Box<Cells<'a>>),
    /// Year, month, day, hour, minute and second.
    Parts(Vec<Cells<'a>>),
}

/// A value.
enum Value {
    Missing,
    /// One of haven's missing values with a letter.
    Tagged(char),
    Number(f64),
    Logical(bool),
    Text(String),
}

impl<'a> Cells<'a> {
    fn of(vector: &Vector<'a>) -> Self {
        Self {
            kind: vector.kind,
            place: match &vector.elements {
                Elements::Written(source) => Place::Written(*source),
                Elements::Sequence(first, step) => Place::Sequence(*first, *step),
                Elements::AsText(numbers) => Place::AsText(Box::new(Self::of(numbers))),
            },
        }
    }

    fn next(&mut self, decoder: &mut Decoder) -> Result<Value, Fault> {
        let source = match &mut self.place {
            Place::Written(source) => source,
            Place::Sequence(next, step) => {
                let value = *next;
                *next += *step;
                return Ok(Value::Number(value));
            }
            Place::AsText(numbers) => {
                return Ok(match numbers.next(decoder)? {
                    Value::Number(number) => Value::Text(shortest(rounded(number))),
                    other => other,
                });
            }
            Place::Parts(parts) => return of_parts(parts, decoder),
        };
        Ok(match self.kind {
            Kind::Logical | Kind::Integer => match source.int()? {
                i32::MIN => Value::Missing,
                value if self.kind == Kind::Logical => Value::Logical(value != 0),
                value => Value::Number(f64::from(value)),
            },
            Kind::Real => {
                let value = source.real()?;
                match (value.is_nan(), tag(value)) {
                    (false, _) => Value::Number(value),
                    (true, Some(letter)) => Value::Tagged(letter),
                    (true, None) => Value::Missing,
                }
            }
            Kind::Text => text(source, &mut |bytes| decoder.text(bytes))?.map_or(Value::Missing, Value::Text),
            Kind::Complex | Kind::Raw => return Err(Fault::Broken),
        })
    }

    /// Goes over some values.
    fn skip(&mut self, count: usize, decoder: &mut Decoder) -> Result<(), Fault> {
        match (&mut self.place, self.kind) {
            (Place::Written(source), Kind::Logical | Kind::Integer) => source.skip_ints(count),
            (Place::Written(source), Kind::Real) => source.skip_reals(count),
            _ => (0..count).try_for_each(|_| self.next(decoder).map(|_| ())),
        }
    }
}

/// A number with the 15 digits that R writes in a text.
fn rounded(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// The letter of a missing value of haven: the fifth byte of a number that is none.
fn tag(value: f64) -> Option<char> {
    let bits = value.to_bits();
    let letter = (bits >> 32 & 0xff) as u8;
    (bits & 0xffff_ffff == 1954 && letter.is_ascii_lowercase()).then(|| char::from(letter))
}

fn table(name: &str, frame: &Object<'_>, decoder: &mut Decoder) -> Result<Table, Fault> {
    let Content::List(elements) = &frame.content else {
        return Err(Fault::Broken);
    };
    if elements.len() > COLUMNS as usize {
        return Err(Fault::TooLarge(Large::Columns));
    }
    let names = texts(frame.attribute("names"), decoder)?;
    let mut notes = Vec::new();
    let mut reads: Vec<Read<'_>> = Vec::new();
    let mut rows = None;
    if let Some(own) = row_names(frame, decoder)? {
        rows = Some(own.0);
        reads.push(own.1);
    }
    for (index, element) in elements.iter().enumerate() {
        let name = names.get(index).cloned().unwrap_or_default();
        let Some((length, columns)) = columns(&name, element, decoder, &mut notes)? else {
            notes.push(Note::Lists(name));
            continue;
        };
        if rows.is_some_and(|rows| rows != length) {
            return Err(Fault::Broken);
        }
        rows = Some(length);
        reads.extend(columns);
    }
    let rows = rows.unwrap_or(0);
    if rows.saturating_mul(reads.len()) > CELLS {
        return Err(Fault::TooLarge(Large::Cells));
    }
    let columns = reads.iter_mut().map(|read| std::mem::take(&mut read.column)).collect();
    let mut writer = Writer::new(columns)?;
    for _ in 0..rows {
        for read in &mut reads {
            read.write(decoder, &mut writer)?;
        }
    }
    writer.finish(name.to_owned(), notes)
}

/// The texts of an attribute.
fn texts(object: Option<&Object<'_>>, decoder: &mut Decoder) -> Result<Vec<String>, Fault> {
    let mut texts = Vec::new();
    let Some(vector) = object.and_then(Object::vector) else {
        return Ok(texts);
    };
    let mut cells = Cells::of(vector);
    // A sequence can be of any length.
    for _ in 0..vector.length.min(CELLS) {
        texts.push(match cells.next(decoder)? {
            Value::Text(text) => text,
            Value::Number(number) => shortest(number),
            _ => String::new(),
        });
    }
    Ok(texts)
}

/// The names of the rows as a column, where they are more than numbers.
fn row_names<'a>(frame: &Object<'a>, decoder: &mut Decoder) -> Result<Option<(usize, Read<'a>)>, Fault> {
    let vector = frame.attribute("row.names").and_then(Object::vector);
    let Some(vector) = vector.filter(|vector| vector.kind == Kind::Text) else {
        return Ok(None);
    };
    let names = texts(frame.attribute("row.names"), decoder)?;
    if names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_digit())) {
        return Ok(None);
    }
    let column = Column {
        described: DescribedColumn {
            name: "row.names".to_owned(),
            ..DescribedColumn::default()
        },
        content: Some(ColumnContent::Text),
    };
    let read = Read {
        column,
        cells: Cells::of(vector),
        shown: Shown::Plain,
        range: None,
    };
    Ok(Some((vector.length, read)))
}

/// The columns of an element of a data frame, several of a matrix, with their number of rows; `None` for one that is a
/// list.
fn columns<'a>(
    name: &str,
    element: &Object<'a>,
    decoder: &mut Decoder,
    notes: &mut Vec<Note>,
) -> Result<Option<(usize, Vec<Read<'a>>)>, Fault> {
    if let Some((length, cells)) = local_time(element) {
        let column = column(name, element, decoder, ColumnContent::Date)?;
        let read = Read {
            column,
            cells,
            shown: Shown::Moment(TimeZone::UTC),
            range: None,
        };
        return Ok(Some((length, vec![read])));
    }
    let Some(vector) = element
        .vector()
        .filter(|vector| !matches!(vector.kind, Kind::Complex | Kind::Raw))
    else {
        return Ok(None);
    };
    let dimensions = numbers(element.attribute("dim"), decoder)?;
    let [rows, wide] = dimensions.as_slice() else {
        let (shown, content) = shown(name, element, vector, decoder, notes)?;
        let read = Read {
            column: column(name, element, decoder, content)?,
            cells: Cells::of(vector),
            shown,
            range: range(element, decoder)?,
        };
        return Ok(Some((vector.length, vec![read])));
    };
    let (rows, wide) = (*rows as usize, *wide as usize);
    if rows.checked_mul(wide) != Some(vector.length) || wide > COLUMNS as usize {
        return Err(Fault::Broken);
    }
    let names = match element.attribute("dimnames").map(|names| &names.content) {
        Some(Content::List(names)) => texts(names.get(1), decoder)?,
        _ => Vec::new(),
    };
    let mut cells = Cells::of(vector);
    let mut reads = Vec::new();
    for index in 0..wide {
        let own = names.get(index).filter(|name| !name.is_empty());
        let own = own.cloned().unwrap_or_else(|| (index + 1).to_string());
        let described = DescribedColumn {
            name: format!("{name}.{own}"),
            ..DescribedColumn::default()
        };
        reads.push(Read {
            column: Column {
                described,
                content: None,
            },
            cells: cells.clone(),
            shown: Shown::Plain,
            range: None,
        });
        cells.skip(rows, decoder)?;
    }
    Ok(Some((rows, reads)))
}

/// Days with times that are stored in parts (POSIXlt).
fn local_time<'a>(element: &Object<'a>) -> Option<(usize, Cells<'a>)> {
    let Content::List(parts) = &element.content else {
        return None;
    };
    if !has_class(element, "POSIXlt") {
        return None;
    }
    let names = strings(element.attribute("names"));
    let part = |name: &str| {
        let index = names.iter().position(|known| known.as_deref() == Some(name))?;
        parts.get(index)?.vector()
    };
    let vectors = ["year", "mon", "mday", "hour", "min", "sec"].map(part);
    let length = vectors.first().copied().flatten()?.length;
    let mut all = Vec::new();
    for vector in vectors {
        all.push(Cells::of(vector.filter(|vector| vector.length == length)?));
    }
    let cells = Cells {
        kind: Kind::Real,
        place: Place::Parts(all),
    };
    Some((length, cells))
}

fn of_parts(parts: &mut [Cells<'_>], decoder: &mut Decoder) -> Result<Value, Fault> {
    let mut numbers = Vec::new();
    for part in parts {
        match part.next(decoder)? {
            Value::Number(number) => numbers.push(number),
            _ => numbers.push(f64::NAN),
        }
    }
    let [year, month, day, hour, minute, second] = *numbers.as_slice() else {
        return Err(Fault::Broken);
    };
    let is_missing = numbers.iter().any(|number| number.is_nan());
    let days = days::of_date(year + 1900.0, month + 1.0, day).filter(|_| !is_missing);
    let seconds = |days: f64| days * SECONDS + hour * 3600.0 + minute * 60.0 + second;
    Ok(days.map_or(Value::Missing, |days| Value::Number(seconds(days))))
}

/// What is said about a column.
fn column(name: &str, element: &Object<'_>, decoder: &mut Decoder, content: ColumnContent) -> Result<Column, Fault> {
    let mut label = texts(element.attribute("label"), decoder)?.into_iter().next();
    if let Some(unit) = strings(element.attribute("units")).into_iter().flatten().next() {
        let known = label.unwrap_or_else(|| name.to_owned());
        label = Some(format!("{known} ({unit})"));
    }
    let mut described = DescribedColumn {
        name: name.to_owned(),
        label: label.filter(|label| !label.is_empty()),
        ..DescribedColumn::default()
    };
    if let Some(labels) = element.attribute("labels") {
        let names = texts(labels.attribute("names"), decoder)?;
        let codes = codes(labels, decoder)?;
        let range = range(element, decoder)?;
        let missing = match element.attribute("na_values") {
            Some(values) => self::codes(values, decoder)?,
            None => Vec::new(),
        };
        // A missing value without a letter is an empty cell.
        for (code, label) in codes.into_iter().zip(names).filter(|(code, _)| !code.is_empty()) {
            let is_missing = code.starts_with('.') || missing.contains(&code) || in_range(&code, range);
            let list = if is_missing {
                &mut described.missing
            } else {
                &mut described.levels
            };
            list.push(CodeLabel { code, label });
        }
        for code in missing {
            if described.missing.iter().all(|known| known.code != code) {
                described.missing.push(CodeLabel {
                    code,
                    label: String::new(),
                });
            }
        }
    }
    Ok(Column {
        described,
        content: Some(content),
    })
}

fn in_range(code: &str, range: Option<(f64, f64)>) -> bool {
    let number = code.parse::<f64>().ok();
    range
        .zip(number)
        .is_some_and(|((low, high), number)| low <= number && number <= high)
}

/// The values of a vector as cells have them.
fn codes(object: &Object<'_>, decoder: &mut Decoder) -> Result<Vec<String>, Fault> {
    let mut codes = Vec::new();
    if let Some(vector) = object.vector() {
        let mut cells = Cells::of(vector);
        for _ in 0..vector.length.min(CELLS) {
            codes.push(match cells.next(decoder)? {
                Value::Missing => String::new(),
                value => plain(value),
            });
        }
    }
    Ok(codes)
}

fn numbers(object: Option<&Object<'_>>, decoder: &mut Decoder) -> Result<Vec<f64>, Fault> {
    let mut numbers = Vec::new();
    if let Some(vector) = object.and_then(Object::vector) {
        let mut cells = Cells::of(vector);
        // Dimensions and limits are few.
        for _ in 0..vector.length.min(4) {
            numbers.push(match cells.next(decoder)? {
                Value::Number(number) => number,
                _ => f64::NAN,
            });
        }
    }
    Ok(numbers)
}

/// The numbers that count as missing, from one to the other.
fn range(element: &Object<'_>, decoder: &mut Decoder) -> Result<Option<(f64, f64)>, Fault> {
    let limits = numbers(element.attribute("na_range"), decoder)?;
    Ok(match limits.as_slice() {
        [low, high] => Some((*low, *high)),
        _ => None,
    })
}

/// What the values of a column are shown as.
fn shown(
    name: &str,
    element: &Object<'_>,
    vector: &Vector<'_>,
    decoder: &mut Decoder,
    notes: &mut Vec<Note>,
) -> Result<(Shown, ColumnContent), Fault> {
    let classes = classes(element);
    let is = |class: &str| classes.iter().any(|known| known == class);
    if is("factor") {
        return Ok((
            Shown::Level(texts(element.attribute("levels"), decoder)?),
            ColumnContent::Category,
        ));
    }
    if is("Date") {
        return Ok((Shown::Day, ColumnContent::Date));
    }
    if is("POSIXct") {
        let zone = strings(element.attribute("tzone")).into_iter().flatten().next();
        let shown = moments(name, zone.as_deref().unwrap_or_default(), vector, decoder, notes)?;
        return Ok((shown, ColumnContent::Date));
    }
    if is("hms") || is("ITime") {
        return Ok((Shown::Time, ColumnContent::Text));
    }
    if is("integer64") {
        return Ok((Shown::Long, ColumnContent::Number));
    }
    let content = match vector.kind {
        Kind::Text => ColumnContent::Text,
        Kind::Logical => ColumnContent::Category,
        _ => ColumnContent::Number,
    };
    Ok((Shown::Plain, content))
}

/// How moments are shown: in their zone; where none is stated, as midnights if they are those of some zone, else in UTC.
fn moments(
    name: &str,
    zone: &str,
    vector: &Vector<'_>,
    decoder: &mut Decoder,
    notes: &mut Vec<Note>,
) -> Result<Shown, Fault> {
    if matches!(zone, "UTC" | "GMT" | "Etc/UTC" | "Etc/GMT" | "Etc/UCT") {
        return Ok(Shown::Moment(TimeZone::UTC));
    }
    if let Ok(zone) = TimeZone::get(zone) {
        return Ok(Shown::Moment(zone));
    }
    let mut after_midnight: Vec<i64> = Vec::new();
    let mut cells = Cells::of(vector);
    for _ in 0..vector.length.min(CELLS) {
        if let Value::Number(seconds) = cells.next(decoder)? {
            let seconds = seconds.rem_euclid(SECONDS) as i64;
            if !after_midnight.contains(&seconds) {
                after_midnight.push(seconds);
            }
            if after_midnight.len() > 2 {
                break;
            }
        }
    }
    after_midnight.sort_unstable();
    // Midnights of a zone are whole quarters of an hour off, in summer and winter an hour apart.
    let are_quarters = after_midnight.iter().all(|seconds| seconds % 900 == 0);
    let is_zone = match after_midnight.as_slice() {
        [] | [_] => true,
        [first, second] => matches!(second - first, 3_600 | 82_800),
        _ => false,
    };
    if after_midnight == [0] {
        return Ok(Shown::Moment(TimeZone::UTC));
    }
    if are_quarters && is_zone {
        notes.push(Note::Midnights(name.to_owned()));
        return Ok(Shown::Midnight);
    }
    notes.push(Note::NoZone(name.to_owned()));
    Ok(Shown::Moment(TimeZone::UTC))
}

impl Read<'_> {
    fn write(&mut self, decoder: &mut Decoder, writer: &mut Writer) -> Result<(), Fault> {
        let value = self.cells.next(decoder)?;
        let number = match value {
            Value::Missing => return writer.cell(String::new()),
            Value::Tagged(letter) => return writer.missing(format!(".{letter}"), ""),
            Value::Number(number) => number,
            value => return writer.cell(plain(value)),
        };
        if self.range.is_some_and(|(low, high)| low <= number && number <= high) {
            return writer.missing(shortest(number), "");
        }
        writer.cell(match &self.shown {
            Shown::Plain => plain(value),
            Shown::Level(levels) => {
                let level = (number as usize).checked_sub(1).and_then(|index| levels.get(index));
                level.cloned().ok_or(Fault::Broken)?
            }
            Shown::Day => days::day(number),
            Shown::Moment(zone) => days::moment(in_zone(number, zone)),
            Shown::Midnight => days::day(((number + SECONDS / 2.0) / SECONDS).floor()),
            Shown::Time => days::time(number),
            Shown::Long => match number.to_bits().cast_signed() {
                i64::MIN => String::new(),
                number => number.to_string(),
            },
        })
    }
}

/// Seconds since 1970 as a clock of this zone shows them.
fn in_zone(seconds: f64, zone: &TimeZone) -> f64 {
    let timestamp = Timestamp::from_second(seconds.floor() as i64);
    timestamp.map_or(seconds, |timestamp| {
        seconds + f64::from(zone.to_offset(timestamp).seconds())
    })
}

fn plain(value: Value) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Tagged(letter) => format!(".{letter}"),
        Value::Number(number) if number.is_infinite() => if number > 0.0 { "Inf" } else { "-Inf" }.to_owned(),
        Value::Number(number) => shortest(number),
        Value::Logical(truth) => if truth { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Text(text) => text,
    }
}
