//! What the two formats of SAS have in common: which formats show a number as a day, and missing values with a letter.

use super::days::{self, OF_1960, SECONDS, Shown};
use crate::number_format::shortest;

/// Starts of the names of formats that show days, months, and days with a time; the first that fits decides.
const FORMATS: [(&str, Shown); 42] = [
    ("DATETIME", Shown::Moment),
    ("DATEAMPM", Shown::Moment),
    ("DTDATE", Shown::Moment),
    ("DTMONYY", Shown::Moment),
    ("DTWKDATX", Shown::Moment),
    ("DTYEAR", Shown::Moment),
    ("DTYYQC", Shown::Moment),
    ("E8601DT", Shown::Moment),
    ("E8601DN", Shown::Moment),
    ("E8601DZ", Shown::Moment),
    ("B8601DT", Shown::Moment),
    ("B8601DN", Shown::Moment),
    ("B8601DZ", Shown::Moment),
    ("IS8601DT", Shown::Moment),
    ("IS8601DN", Shown::Moment),
    ("NLDATM", Shown::Moment),
    ("MDYAMPM", Shown::Moment),
    ("E8601TM", Shown::Time),
    ("B8601TM", Shown::Time),
    ("IS8601TM", Shown::Time),
    ("TIMEAMPM", Shown::Time),
    ("TIME", Shown::Time),
    ("HHMM", Shown::Time),
    ("TOD", Shown::Time),
    ("NLTIME", Shown::Time),
    ("DATE", Shown::Day),
    ("DDMMYY", Shown::Day),
    ("MMDDYY", Shown::Day),
    ("YYMMDD", Shown::Day),
    ("E8601DA", Shown::Day),
    ("B8601DA", Shown::Day),
    ("IS8601DA", Shown::Day),
    ("JULIAN", Shown::Day),
    ("WEEKDAT", Shown::Day),
    ("WORDDAT", Shown::Day),
    ("NLDATE", Shown::Day),
    ("EURDF", Shown::Day),
    ("MINGUO", Shown::Day),
    ("NENGO", Shown::Day),
    ("MONYY", Shown::Month),
    ("MMYY", Shown::Month),
    ("YYM", Shown::Month),
];

/// Formats of SAS for numbers and texts. Others are made by a person, with their meaning in a catalog.
const PLAIN: [&str; 17] = [
    "", "BEST", "F", "COMMA", "COMMAX", "DOLLAR", "E", "NUMX", "PERCENT", "PERCENTN", "Z", "D", "CHAR", "$", "$CHAR",
    "$F", "W",
];

/// What the numbers of a column with this format are shown as.
pub fn shown(format: &str) -> Shown {
    let format = format.trim().to_ascii_uppercase();
    let found = FORMATS.iter().find(|(start, _)| {
        let rest = format.strip_prefix(start);
        rest.is_some_and(|rest| is_variant(start, rest))
    });
    found.map_or(Shown::Number, |(_, shown)| *shown)
}

/// What may follow the start of a name: a width, or a letter for another separator, order or language.
fn is_variant(start: &str, rest: &str) -> bool {
    let rest = rest.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    match start {
        "NLDATE" | "NLDATM" | "EURDF" | "NLTIME" | "E8601DT" | "E8601DA" | "E8601DN" | "E8601DZ" => true,
        "WEEKDAT" | "WORDDAT" => matches!(rest, "E" | "X"),
        "YYM" => matches!(rest, "M" | "ON" | "MC" | "MD" | "MN" | "MP" | "MS"),
        _ => matches!(rest, "" | "B" | "C" | "D" | "N" | "P" | "S" | "X"),
    }
}

/// True if a format is neither one of days nor a plain one: a person made it, and its labels are in a catalog.
pub fn is_own(format: &str) -> bool {
    let name = format
        .trim()
        .trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let name = name.to_ascii_uppercase();
    shown(&name) == Shown::Number && !PLAIN.contains(&name.as_str())
}

/// A number as text.
pub fn text(number: f64, shown: Shown) -> String {
    match shown {
        Shown::Number => shortest(number),
        Shown::Day => days::day(number - OF_1960),
        Shown::Month => days::month(number - OF_1960),
        Shown::Moment => days::moment(number - OF_1960 * SECONDS),
        Shown::Time => days::time(number),
    }
}

/// The code of a missing value by its letter: nothing for `.`, else `.A` or `._`.
pub fn missing(letter: u8) -> String {
    match letter {
        b'A'..=b'Z' | b'_' => format!(".{}", char::from(letter)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_and_others() {
        for (format, found) in [
            ("DATE9.", Shown::Day),
            ("date", Shown::Day),
            ("YYMMDDN8", Shown::Day),
            ("YYMMDD10", Shown::Day),
            ("DDMMYYP10.", Shown::Day),
            ("E8601DA", Shown::Day),
            ("DATETIME20.", Shown::Moment),
            ("E8601DT19", Shown::Moment),
            ("TIME5", Shown::Time),
            ("MONYY7", Shown::Month),
            ("YYMON", Shown::Month),
            ("BEST12", Shown::Number),
            ("8.2", Shown::Number),
            ("SEXF", Shown::Number),
            ("DATED_YN", Shown::Number),
            ("TIMEPT", Shown::Number),
            ("", Shown::Number),
        ] {
            assert_eq!(shown(format), found, "{format}");
        }
        assert!(is_own("SEXF") && is_own("$SEXF8."));
        assert!(!is_own("BEST12.") && !is_own("$8.") && !is_own("8.2") && !is_own("DATE9."));
        assert_eq!(text(0.0, Shown::Day), "1960-01-01");
        assert_eq!((missing(b'.'), missing(b'B')), (String::new(), ".B".to_owned()));
    }
}
