//! Guesses of the kind of values in a column, for a person to confirm.
//!
//! Nothing is decided here. A [`Profile`] counts kinds of cells, lists the cells that do not fit, and says where two
//! readings fit all of them.

use std::collections::{BTreeMap, HashMap};

use super::cell_unit::with_unit;
use super::column::is_missing;
use super::date_form::{BestForm, DateCount, DateForm, is_out_of_range, is_past_its_era, minguo_year, month_only};
use super::header::{is_date_name, is_number_name, name_holds_date_word};
use super::number_form::{NumberCount, NumberForm};
use super::sheet::Sheet;
use super::word_lists::cell_meaning;

/// The kind of values in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnKind {
    /// All cells are empty.
    Empty,
    /// A different text or number in each row.
    Id,
    /// Numbers in one format.
    Number {
        /// Format of the numbers.
        form: NumberForm,
        /// Forms that read every cell just as well, as other numbers; a person must choose.
        or: Vec<NumberForm>,
    },
    /// Dates in one format.
    Date {
        /// Format of the dates.
        form: DateForm,
        /// The order that reads every cell just as well, as other dates; a person must choose.
        or: Option<DateForm>,
        /// Cells whose year has two digits.
        short_years: usize,
        /// Cells with year and month alone.
        months: usize,
        /// Cells that can only be read day first, only month first, and both ways, where a column has both of the first
        /// two, or where other columns of the file have the opposite order.
        mixed: Option<[usize; 3]>,
    },
    /// Two levels that mean yes and no.
    YesNo,
    /// A few levels.
    Category,
    /// Any text.
    Text,
}

/// A cell that does not fit the kind of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Position of the row, from 0.
    pub row: usize,
    /// Line of the file, from 1.
    pub line: u64,
    /// Text of the cell.
    pub text: String,
}

/// Kinds and frequencies of the cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The guessed kind.
    pub kind: ColumnKind,
    /// Cells that are not missing.
    pub filled: usize,
    /// Missing cells: empty, `NA`, `NaN` or `.`.
    pub missing: usize,
    /// Different texts and their frequencies, sorted by text; empty if there are more than [`MOST_LEVELS`].
    pub levels: Vec<(String, usize)>,
    /// True if there are more levels than are listed.
    pub more_levels: bool,
    /// Texts that may mean a missing value, and do only if a person confirms it (`unknown`, `-`, `999`).
    pub missing_like: Vec<(String, usize)>,
    /// Smallest and largest number, where the column holds numbers.
    pub range: Option<(f64, f64)>,
    /// Cells that do not fit the kind.
    pub misfits: usize,
    /// The first few of them.
    pub examples: Vec<Misfit>,
    /// The different texts that do not fit, and their frequencies, sorted by text; at most [`MOST_LEVELS`].
    pub odd: Vec<(String, usize)>,
    /// In a column of dates, dates that cannot be of a patient (1900-01-01, 9999-12-31), as `odd`.
    pub out_of_range: Vec<(String, usize)>,
    /// Median of the numbers, where the column holds numbers.
    pub median: Option<f64>,
    /// The least of them above 0.
    pub least_positive: Option<f64>,
    /// Cells written as `10e-4`.
    pub ten_e: usize,
    /// Cells that end with a sign of per cent.
    pub percent_signs: usize,
    /// In a column of dates, those of a Japanese era that had ended by then.
    pub past_era: usize,
    /// True if units may stand behind its numbers.
    has_units: bool,
    /// The numbers, ascending.
    numbers: Vec<f64>,
}

/// The most levels that are listed.
pub const MOST_LEVELS: usize = 60;

/// The most different numbers or texts of a category that is guessed.
const MOST_GUESSED_LEVELS: usize = 20;

/// How many misfits are shown.
const EXAMPLES: usize = 5;

/// Longer texts, in bytes, are no word for a missing value.
const LONGEST_MISSING: usize = 60;

/// Numbers that people write for a missing value.
const MISSING_NUMBERS: &[&str] = &[
    "-1", "-7", "-8", "-9", "-77", "-88", "-99", "-999", "-9999", "88", "99", "888", "999", "8888", "9999", "99999",
];

/// The answer that a text in lower case gives: yes, no, or none.
pub(super) fn answer(text: &str) -> Option<bool> {
    cell_meaning("answer", text).map(|meaning| meaning == "yes")
}

/// Returns the profile of a column over the rows that are not set aside.
#[must_use]
pub fn profile(sheet: &Sheet, column: usize, usable: &[bool]) -> Profile {
    let texts = Texts::of(sheet, column, usable);
    let name = sheet.header().get(column).map_or("", String::as_str);
    let has_units = is_number_name(name);
    let count = Count::of(&texts, usable.iter().filter(|usable| **usable).count(), has_units);
    let kind = count.kind(name);
    let mut found = Profile {
        range: None,
        misfits: 0,
        examples: Vec::new(),
        filled: count.filled,
        missing: count.missing,
        more_levels: count.levels.is_none(),
        levels: count.level_counts(),
        missing_like: count.missing_like(),
        odd: Vec::new(),
        out_of_range: Vec::new(),
        median: None,
        least_positive: None,
        ten_e: 0,
        percent_signs: count.percent_signs,
        past_era: 0,
        has_units,
        numbers: Vec::new(),
        kind,
    };
    found.look_again(&texts);
    found.show_misfits(sheet, column, usable);
    found.forget_likely_numbers();
    found
}

/// The different texts of a column with their frequencies, in order of first occurrence. Most columns of a long file
/// have few, so that each is examined once.
struct Texts<'a>(Vec<(&'a str, usize)>);

impl<'a> Texts<'a> {
    fn of(sheet: &'a Sheet, column: usize, usable: &[bool]) -> Self {
        let mut place: HashMap<&str, usize> = HashMap::new();
        let mut texts: Vec<(&str, usize)> = Vec::new();
        for (row, _) in usable.iter().enumerate().filter(|(_, usable)| **usable) {
            let text = sheet.cell(row, column).trim();
            let at = *place.entry(text).or_insert(texts.len());
            match texts.get_mut(at) {
                Some((_, count)) => *count += 1,
                None => texts.push((text, 1)),
            }
        }
        Self(texts)
    }

    fn filled(&self) -> impl Iterator<Item = (&'a str, usize)> {
        self.0.iter().copied().filter(|(text, _)| !is_missing(text))
    }
}

struct Count<'a> {
    filled: usize,
    missing: usize,
    /// `None` as soon as there are too many.
    levels: Option<BTreeMap<&'a str, usize>>,
    /// True if no text occurs twice, no text has a space, and none is long.
    once: bool,
    short_words: bool,
    like_missing: BTreeMap<String, usize>,
    numbers: NumberCount,
    dates: DateCount,
    whole: usize,
    percent_signs: usize,
    /// True if units may stand behind numbers.
    has_units: bool,
}

impl<'a> Count<'a> {
    fn of(texts: &Texts<'a>, rows: usize, has_units: bool) -> Self {
        let mut count = Self {
            filled: 0,
            missing: 0,
            levels: Some(BTreeMap::new()),
            once: true,
            short_words: true,
            like_missing: BTreeMap::new(),
            numbers: NumberCount::default(),
            dates: DateCount::default(),
            whole: 0,
            percent_signs: 0,
            has_units,
        };
        for (text, times) in texts.filled() {
            count.add(text, times);
        }
        count.missing = rows - count.filled;
        count
    }

    fn add(&mut self, text: &'a str, times: usize) {
        self.filled += times;
        if let Some(levels) = &mut self.levels {
            levels.insert(text, times);
            if levels.len() > MOST_LEVELS {
                self.levels = None;
            }
        }
        self.once &= times == 1;
        self.short_words &= !text.contains(' ') && text.len() <= 24;
        if text.len() <= LONGEST_MISSING && is_missing_like(text) {
            self.like_missing.insert(text.to_owned(), times);
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.whole += times;
        }
        self.percent_signs += if without_percent(text).len() < text.len() {
            times
        } else {
            0
        };
        self.numbers.add(number_in(text, self.has_units), times);
        self.dates.add(text, times);
    }

    /// Returns the number of informative cells: those that may mean a missing value do not count against a kind.
    fn telling(&self) -> usize {
        let words = self.like_missing.iter();
        let words = words.filter(|(text, _)| !MISSING_NUMBERS.contains(&text.as_str()));
        self.filled - words.map(|(_, count)| count).sum::<usize>()
    }

    fn kind(&self, name: &str) -> ColumnKind {
        let telling = self.telling();
        if telling == 0 {
            return if self.filled == 0 {
                ColumnKind::Empty
            } else {
                ColumnKind::Category
            };
        }
        let most = |count: usize| count > 0 && count * 5 >= telling * 4;
        let BestForm { form, fits, or } = self.dates.best();
        // Dates are unmistakable: where half of the cells are dates the others are mistakes. Under a name of dates one
        // is enough: the others are words for "none".
        if fits > 0 && (fits * 2 >= telling || is_date_name(name)) && !self.is_compact_number(name) {
            let DateCount {
                day_first,
                month_first,
                either,
                ..
            } = self.dates;
            return ColumnKind::Date {
                form,
                or,
                short_years: self.dates.short_years,
                months: self.dates.months,
                mixed: (form == DateForm::EitherOrder).then_some([day_first, month_first, either]),
            };
        }
        if self.is_yes_no() {
            return ColumnKind::YesNo;
        }
        let distinct = self.levels.as_ref().map_or(usize::MAX, BTreeMap::len);
        let (form, fits, or) = self.numbers.best();
        if most(fits) {
            let codes = self.whole == fits && distinct <= 10 && distinct * 2 <= telling;
            return match codes {
                true => ColumnKind::Category,
                false if self.is_id(name, true) => ColumnKind::Id,
                false => ColumnKind::Number { form, or },
            };
        }
        if self.is_id(name, false) {
            ColumnKind::Id
        } else if distinct <= MOST_GUESSED_LEVELS && (distinct <= 2 || distinct * 3 <= telling * 2) {
            ColumnKind::Category
        } else {
            ColumnKind::Text
        }
    }

    /// True if the dates are numbers of eight digits under a name that is none of dates.
    fn is_compact_number(&self, name: &str) -> bool {
        self.whole == self.filled && !is_date_name(name) && !name_holds_date_word(name)
    }

    fn is_yes_no(&self) -> bool {
        let Some(levels) = &self.levels else {
            return false;
        };
        let informative: Vec<String> = levels
            .keys()
            .map(|text| text.to_lowercase())
            .filter(|text| !is_missing_word(text))
            .collect();
        let bits = informative.iter().all(|text| text == "0" || text == "1");
        let word = |text: &String| answer(text).is_some();
        !informative.is_empty() && (bits && informative.len() == 2 || informative.iter().all(word))
    }

    fn is_id(&self, name: &str, numbers: bool) -> bool {
        let name = name.to_lowercase();
        let named = [
            "id", "patient", "pat", "nr", "no", "no.", "number", "upn", "번호", "bango",
        ]
        .iter()
        .any(|word| name.split(['_', ' ', '-', '.']).any(|part| part == *word));
        let alone = self.missing == 0 && self.filled >= 10 && self.short_words;
        self.once && (named || (!numbers && alone))
    }

    fn level_counts(&self) -> Vec<(String, usize)> {
        let levels = self.levels.iter().flatten();
        levels.map(|(text, count)| ((*text).to_owned(), *count)).collect()
    }

    fn missing_like(&self) -> Vec<(String, usize)> {
        let found = self.like_missing.iter();
        found.map(|(text, count)| (text.clone(), *count)).collect()
    }
}

/// True if a text may mean a missing value.
pub(super) fn is_missing_like(text: &str) -> bool {
    MISSING_NUMBERS.contains(&text) || is_missing_word(text)
}

pub(super) fn is_missing_word(text: &str) -> bool {
    cell_meaning("any", text).is_some()
}

/// The number before a sign of per cent.
pub(super) fn without_percent(text: &str) -> &str {
    text.strip_suffix(['%', '％']).map_or(text, str::trim_end)
}

/// The number in a cell, without a sign of per cent or a unit behind it.
fn number_in(text: &str, has_units: bool) -> &str {
    match with_unit(text).filter(|_| has_units) {
        Some((number, _)) => number,
        None => without_percent(text),
    }
}

fn note(list: &mut Vec<(String, usize)>, text: &str, times: usize) {
    if list.len() < MOST_LEVELS {
        list.push((text.to_owned(), times));
    }
}

impl Profile {
    /// How many of its numbers are above another.
    #[must_use]
    pub fn numbers_above(&self, limit: f64) -> usize {
        self.numbers.len() - self.numbers.partition_point(|&number| number <= limit)
    }

    /// Among numbers, 99 is a normal value unless it occurs several times and above all others; for 999 and longer one
    /// occurrence above all others is enough.
    fn forget_likely_numbers(&mut self) {
        let Some((_, high)) = self.range else {
            return;
        };
        self.missing_like.retain(|(text, count)| {
            let number = text.parse::<f64>().ok().filter(|number| *number > 0.0);
            number.is_none_or(|number| number >= high && (*count > 1 || number >= 888.0))
        });
    }

    /// True if a text fits the kind of its column; a number is noted in the range.
    fn fits(&mut self, text: &str) -> bool {
        match &self.kind {
            ColumnKind::Number { form, .. } => {
                let value = form.read(number_in(text, self.has_units));
                if let Some(value) = value {
                    let (low, high) = self.range.unwrap_or((value, value));
                    self.range = Some((low.min(value), high.max(value)));
                }
                value.is_some()
            }
            ColumnKind::Date { form, .. } => form.read(text).is_some() || month_only(text).is_some(),
            _ => true,
        }
    }

    /// Finds the range, counts the cells that do not fit, and lists what is odd.
    fn look_again(&mut self, texts: &Texts<'_>) {
        let mut numbers: Vec<f64> = Vec::new();
        for (text, times) in texts.filled() {
            if !self.fits(text) {
                self.misfits += times;
                if !is_out_of_range(text)
                    || matches!(&self.kind, ColumnKind::Date { form, .. } if form.has_other_years())
                {
                    note(&mut self.odd, text, times);
                }
            }
            let is_date = matches!(self.kind, ColumnKind::Date { .. });
            self.past_era += if is_date && is_past_its_era(text) { times } else { 0 };
            match &self.kind {
                ColumnKind::Date { form, .. } if is_out_of_range(text) && !form.has_other_years() => {
                    note(&mut self.out_of_range, text, times);
                }
                ColumnKind::Number { form, .. } => {
                    numbers.extend(
                        form.read(number_in(text, self.has_units))
                            .into_iter()
                            .flat_map(|value| std::iter::repeat_n(value, times)),
                    );
                }
                _ => {}
            }
        }
        numbers.sort_by(f64::total_cmp);
        self.median = numbers.get(numbers.len() / 2).copied();
        self.least_positive = numbers.iter().copied().find(|&number| number > 0.0);
        self.numbers = numbers;
        let ten_e = |text: &str| text.len() < 9 && text.to_ascii_lowercase().starts_with("10e");
        self.ten_e = texts
            .filled()
            .filter(|(text, _)| ten_e(text))
            .map(|(_, times)| times)
            .sum();
        self.odd.sort();
        self.out_of_range.sort();
    }

    /// Finds the first cells that do not fit.
    fn show_misfits(&mut self, sheet: &Sheet, column: usize, usable: &[bool]) {
        let rows = usable.iter().enumerate().filter(|(_, usable)| **usable);
        let most = self.misfits.min(EXAMPLES);
        for (row, _) in rows {
            if self.examples.len() == most {
                break;
            }
            let text = sheet.cell(row, column).trim();
            if !is_missing(text) && !self.fits(text) {
                self.examples.push(Misfit {
                    row,
                    line: sheet.line(row),
                    text: text.to_owned(),
                });
            }
        }
    }
}

/// Profiles of all columns. A file mostly writes its dates in one order: where other columns of it settle the order, an
/// ambiguous column is guessed the same way (and stays ambiguous until a person confirms). Where its columns settle
/// opposite orders, each of them is marked as mixed.
#[must_use]
pub fn profiles(sheet: &Sheet, usable: &[bool]) -> Vec<Profile> {
    let columns = 0..sheet.header().len();
    let mut found: Vec<Profile> = columns.map(|column| profile(sheet, column, usable)).collect();
    take_the_calendar(&mut found);
    let settled = |wanted: DateForm| {
        found
            .iter()
            .any(|profile| matches!(profile.kind, ColumnKind::Date { form, or: None, .. } if form == wanted))
    };
    let (day_first, month_first) = (settled(DateForm::DayMonthYear), settled(DateForm::MonthDayYear));
    let is_mixed = |profile: &Profile| matches!(profile.kind, ColumnKind::Date { mixed: Some(_), .. });
    let opposed = (day_first && month_first) || found.iter().any(is_mixed);
    for (column, profile) in found.iter_mut().enumerate() {
        let ColumnKind::Date { form, or, mixed, .. } = &mut profile.kind else {
            continue;
        };
        if let Some(other) = or
            && month_first
            && !day_first
        {
            std::mem::swap(form, other);
        }
        if opposed && matches!(form, DateForm::DayMonthYear | DateForm::MonthDayYear) {
            let mut count = DateCount::default();
            for (text, times) in Texts::of(sheet, column, usable).filled() {
                count.add(text, times);
            }
            *mixed = Some([count.day_first, count.month_first, count.either]).filter(|counts| *counts != [0, 0, 0]);
            if mixed.is_some() {
                (*form, *or) = (DateForm::EitherOrder, None);
            }
        }
    }
    found
}

/// Where a column has years of the Republic of China of three digits, so have the others that can be read with them, as
/// those of births before its year 100.
fn take_the_calendar(found: &mut [Profile]) {
    let is_minguo = |profile: &Profile| {
        matches!(
            profile.kind,
            ColumnKind::Date {
                form: DateForm::MinguoYear,
                ..
            }
        )
    };
    if !found.iter().any(is_minguo) {
        return;
    }
    for profile in found.iter_mut() {
        let fits = |(text, _): &(String, usize)| is_missing_like(text) || is_missing(text) || minguo_year(text);
        let reads = !profile.more_levels && profile.filled > 0 && profile.levels.iter().all(fits);
        if reads && matches!(profile.kind, ColumnKind::Date { .. }) {
            profile.kind = ColumnKind::Date {
                form: DateForm::MinguoYear,
                or: None,
                short_years: 0,
                months: 0,
                mixed: None,
            };
            profile.odd.clear();
            profile.misfits = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(name: &str, cells: &[&str]) -> Profile {
        let text = format!(
            "{name}\tx\n{}",
            cells.iter().map(|cell| format!("{cell}\t1\n")).collect::<String>()
        );
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        profile(&import.sheet, 0, &vec![true; import.sheet.rows()])
    }

    #[test]
    fn kinds_are_guessed() {
        use ColumnKind as K;
        let number = |form| K::Number { form, or: vec![] };
        let date = |form, or, short_years| K::Date {
            form,
            or,
            short_years,
            months: 0,
            mixed: None,
        };
        for (name, cells, kind) in [
            ("wbc", &["33.9", "43.5", "", "600"][..], number(NumberForm::Point)),
            ("wbc", &["33,9", "43,5", "NA", "600"], number(NumberForm::Comma)),
            ("age", &["1", "20", "35", "99"], number(NumberForm::Point)),
            ("dx", &["2020-01-05", ""], date(DateForm::YearMonthDay, None, 0)),
            ("dx", &["05.01.2020", "17.2.20"], date(DateForm::DayMonthYear, None, 1)),
            (
                "dx",
                &["05/01/2020", "07/02/2020"],
                date(DateForm::DayMonthYear, Some(DateForm::MonthDayYear), 0),
            ),
            ("cr", &["ja", "nein", "ja"], K::YesNo),
            ("cr", &["0", "1", "1"], K::YesNo),
            ("cr", &["Y", "N", "unknown"], K::YesNo),
            ("cns", &["1", "2", "3", "1", "1", "2"], K::Category),
            ("sex", &["m", "f", "m"], K::Category),
            ("id", &["17", "4", "9"], K::Id),
            ("note", &["", "."], K::Empty),
            ("note", &["a b", "c d", "e f", "g"], K::Text),
        ] {
            assert_eq!(of(name, cells).kind, kind, "{name} {cells:?}");
        }
        let many: Vec<String> = (0..12).map(|n| format!("P{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(of("x", &many).kind, K::Id);
    }

    #[test]
    fn misfits_are_counted_and_shown_with_their_row() {
        let found = of("wbc", &["1.5", "<2", "3", "4", "5", "6", "7", "8", "9", "unknown", ""]);
        assert_eq!((found.filled, found.missing, found.misfits), (10, 1, 2));
        assert_eq!(found.range, Some((1.5, 9.0)));
        let shown: Vec<(usize, u64, &str)> = found.examples.iter().map(|e| (e.row, e.line, &e.text[..])).collect();
        assert_eq!(shown, [(1, 3, "<2"), (9, 11, "unknown")]);
        assert_eq!(found.missing_like, [("unknown".to_owned(), 1)]);
    }

    #[test]
    fn numbers_that_mean_missing_values() {
        let missing_like = |cells: &[&str]| of("wbc", cells).missing_like;
        assert_eq!(missing_like(&["1.5", "99", "600.5", "99"]), []);
        assert_eq!(missing_like(&["1.5", "99", "60.5", "99"]), [("99".to_owned(), 2)]);
        assert_eq!(missing_like(&["1.5", "-9", "60.5"]), [("-9".to_owned(), 1)]);
    }

    #[test]
    fn the_order_of_dates_is_guessed_from_the_settled_columns() {
        let text = "birth,dx\n01/02/2020,12/25/2020\n03/04/2020,11/30/2020\n";
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        let found = profiles(&import.sheet, &[true, true]);
        let both = ColumnKind::Date {
            form: DateForm::MonthDayYear,
            or: Some(DateForm::DayMonthYear),
            short_years: 0,
            months: 0,
            mixed: None,
        };
        assert_eq!(found[0].kind, both);
    }

    proptest! {
        #[test]
        fn every_cell_is_filled_or_missing_and_nothing_fails(text in "[0-9a-c.,;/\n -]{0,120}") {
            if let Ok(import) = Sheet::read_lenient(text.as_bytes()) {
                let usable = vec![true; import.sheet.rows()];
                for found in profiles(&import.sheet, &usable) {
                    prop_assert_eq!(found.filled + found.missing, import.sheet.rows());
                    prop_assert!(found.misfits <= found.filled);
                }
            }
        }
    }
}
