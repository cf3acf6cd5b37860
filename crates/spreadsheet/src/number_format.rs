//! Which formats of numbers show a number as a date (ECMA-376 part 1, 18.8.30), and which day a number is.

use cotside_core::infant::Date;

/// How the numbers of a cell are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meant {
    /// As numbers.
    #[default]
    Number,
    /// As days.
    Day,
}

/// What a built-in format means; formats 27–36 and 50–58 are dates of East Asian editions.
pub fn built_in(id: u32) -> Meant {
    match id {
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => Meant::Day,
        _ => Meant::Number,
    }
}

/// What a format that is written out means: a day where it shows a day or a year. Times of day alone stay numbers.
pub fn written(code: &str) -> Meant {
    let first = code.split(';').next().unwrap_or_default();
    let mut letters = first.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // Text in quotes, colours and languages in brackets, and what follows a mark are no letters of the format.
            '"' => while letters.next().is_some_and(|inner| inner != '"') {},
            '[' => while letters.next().is_some_and(|inner| inner != ']') {},
            '\\' | '_' | '*' => {
                letters.next();
            }
            'd' | 'D' | 'y' | 'Y' => return Meant::Day,
            // "General", and eras (g, e) of East Asian editions, which stand beside a day or year.
            _ => {}
        }
    }
    Meant::Number
}

/// A day as `2024-03-15`, with the time of day behind it where there is one; `None` for a number that is no day.
///
/// In the system of 1900 day 1 is 1900-01-01 and day 60 the 29 February 1900 that never was; in that of 1904 day 0 is
/// 1904-01-01.
pub fn day(number: f64, since_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let mut whole = number.floor();
    let mut seconds = ((number - whole) * 86_400.0).round();
    if seconds >= 86_400.0 {
        whole += 1.0;
        seconds = 0.0;
    }
    let whole = whole as i64;
    let since_epoch = match (since_1904, whole) {
        (true, day) => day - 24_107,
        (false, 0 | 60) => return None,
        (false, day @ ..60) => day - 25_568,
        (false, day) => day - 25_569,
    };
    let date = Date::from_day_number(since_epoch)?;
    let seconds = seconds as i64;
    Some(match seconds {
        0 => date.to_string(),
        _ => format!(
            "{date} {:02}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_a_day() {
        for code in [
            "yyyy\\-mm\\-dd",
            "dd/mm/yyyy;@",
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
            "d.m.yy h:mm",
            "[$-411]ggge\"年\"m\"月\"d\"日\"",
        ] {
            assert_eq!(written(code), Meant::Day, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0.00 \"days\"",
            "[Red]0",
            "0.0%",
            "h:mm:ss",
            "[h]:mm",
            "0\\d",
            "_d0",
            "\"yes\";\"no\"",
        ] {
            assert_eq!(written(code), Meant::Number, "{code}");
        }
        assert_eq!(
            (built_in(14), built_in(2), built_in(20)),
            (Meant::Day, Meant::Number, Meant::Number)
        );
    }

    #[test]
    fn days_of_both_systems() {
        for (number, since_1904, text) in [
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (60.0, false, None),
            (61.0, false, Some("1900-03-01")),
            (45366.0, false, Some("2024-03-15")),
            (43904.0, true, Some("2024-03-15")),
            (45366.5, false, Some("2024-03-15 12:00:00")),
            (45_366.999_999_999, false, Some("2024-03-16")),
            (-1.0, false, None),
            (1e300, true, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(day(number, since_1904).as_deref(), text, "{number}");
        }
    }
}
