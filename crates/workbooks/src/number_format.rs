//! Which formats of numbers show a number as a date (ECMA-376 part 1, 18.8.30), and which day a number is.

use cotside_core::infant::Date;

/// The meaning of the numbers of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meant {
    /// As numbers.
    #[default]
    Number,
    /// As days.
    Day,
    /// As hundredths: 0.001 is shown as `0.1%`.
    Percent,
    /// With a percent sign after them: 0.1 is shown as `0.1%`.
    PercentSign,
}

/// Returns the meaning of a built-in format; formats 27–36 and 50–58 are dates of East Asian editions (55 and 56 times
/// of day in some of them, where a number below 1 stays a number).
pub fn built_in(id: u32) -> Meant {
    match id {
        9 | 10 => Meant::Percent,
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Meant::Day,
        _ => Meant::Number,
    }
}

/// Returns the meaning of a custom format: a day where it shows a day, the name of a month, a year or an era. Times of
/// day alone stay numbers.
pub fn written(code: &str) -> Meant {
    let first = code.split(';').next().unwrap_or_default();
    let (mut bare, mut quoted) = (String::new(), String::new());
    let mut letters = first.chars();
    while let Some(letter) = letters.next() {
        match letter {
            // Text in quotes, colours and languages in brackets, and characters after an escape are not letters of the
            // format.
            '"' => quoted.extend(letters.by_ref().take_while(|&inner| inner != '"')),
            '[' => while letters.next().is_some_and(|inner| inner != ']') {},
            '\\' => quoted.extend(letters.next()),
            '_' | '*' => {
                letters.next();
            }
            letter => bare.extend(letter.to_lowercase()),
        }
    }
    let bare = bare.replace("general", "").replace("standard", "");
    // An e before a sign is an exponent, else a year.
    let year = bare.replace("e+", "").replace("e-", "").contains(['y', 'e', 'g']);
    if year || bare.contains('d') || bare.contains("mmm") {
        Meant::Day
    } else if bare.contains('%') {
        Meant::Percent
    } else if quoted.contains('%') {
        Meant::PercentSign
    } else {
        Meant::Number
    }
}

/// Returns a number as its shortest decimal, or as the day or percentage that its format shows. A text that is not a
/// number or day is kept, so that it is visible.
pub fn text(number: f64, meant: Meant, since_1904: bool) -> String {
    match meant {
        _ if !number.is_finite() => number.to_string(),
        Meant::Number => shortest(number),
        Meant::Day => day(number, since_1904).unwrap_or_else(|| shortest(number)),
        Meant::Percent => percent(number),
        Meant::PercentSign => format!("{}%", shortest(number)),
    }
}

/// The shortest decimal that is the same double; small and large ones with an exponent.
pub fn shortest(number: f64) -> String {
    decimal(number, 0)
}

/// A number as a percentage, digit by digit: 0.07 is `7%`.
pub fn percent(number: f64) -> String {
    format!("{}%", decimal(number, 2))
}

/// The shortest decimal that is the same double, with its point moved to the right.
fn decimal(number: f64, moved: i32) -> String {
    let scientific = format!("{number:e}");
    let split = scientific
        .split_once('e')
        .and_then(|(digits, exponent)| Some((digits, exponent.parse::<i32>().ok()? + moved)));
    let Some((mantissa, exponent)) = split else {
        return format!("{number}");
    };
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits = mantissa.replace('.', "");
    match (digits.as_str(), exponent) {
        ("0", _) => format!("{sign}0"),
        (_, ..-5 | 16..) => format!("{sign}{mantissa}e{exponent}"),
        (_, ..0) => format!("{sign}0.{}{digits}", "0".repeat((-exponent - 1) as usize)),
        _ => {
            let whole = exponent as usize + 1;
            let (before, after) = digits.split_at(whole.min(digits.len()));
            let zeros = "0".repeat(whole - before.len());
            let point = if after.is_empty() { "" } else { "." };
            format!("{sign}{before}{zeros}{point}{after}")
        }
    }
}

/// Returns a day of ISO 8601 with a time of day as other days are written: midnight and fractions of a second are
/// omitted.
pub fn iso(value: &str) -> String {
    let Some((day, time)) = value.trim().split_once('T').filter(|(day, _)| !day.is_empty()) else {
        return value.to_owned();
    };
    let fraction = time.find('.').map_or("", |at| time.get(at + 1..).unwrap_or_default());
    let time = match fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        true => time.split('.').next().unwrap_or_default(),
        false => time,
    };
    match time {
        "00:00:00" | "00:00" => day.to_owned(),
        _ => format!("{day} {time}"),
    }
}

/// Returns a day as `2024-03-15`, with the time of day after it where there is one; `None` for a number that is not a
/// day.
///
/// In the system of 1900 day 1 is 1900-01-01 and day 60 the 29 February 1900, which does not exist; in that of 1904 day
/// 0 is 1904-01-01.
pub fn day(number: f64, since_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let mut whole = number.floor() as i64;
    // Up to a tenth of a millisecond before a second counts as that second, the error of a calculation. A time just
    // before midnight belongs to its own day.
    let mut seconds = ((number - number.floor()) * 86_400.0 + 1e-4).floor() as i64;
    if seconds >= 86_400 {
        whole += 1;
        seconds = 0;
    }
    let since_epoch = match (since_1904, whole) {
        (true, day) => day - 24_107,
        (false, 0 | 60) => return None,
        (false, day @ ..60) => day - 25_568,
        (false, day) => day - 25_569,
    };
    let date = Date::from_day_number(since_epoch)?;
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
    use proptest::prelude::*;

    #[test]
    fn formats_that_show_a_day() {
        for code in [
            "yyyy\\-mm\\-dd",
            "dd/mm/yyyy;@",
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
            "d.m.yy h:mm",
            "[$-411]ggge\"年\"m\"月\"d\"日\"",
            "[$-411]ge",
            "[$-404]e/m",
            "mmm",
            "YYYY",
        ] {
            assert_eq!(written(code), Meant::Day, "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0.00 \"days\"",
            "[Red]0",
            "0.00E+00",
            "##0.0e-0",
            "Standard",
            "[Red]General",
            "# ##0.00 [$G/L-40C]",
            "mm:ss",
            "h:mm:ss",
            "[h]:mm",
            "0\\d",
            "_d0",
            "\"yes\";\"no\"",
        ] {
            assert_eq!(written(code), Meant::Number, "{code}");
        }
        for (code, meant) in [
            ("0%", Meant::Percent),
            ("#,##0.00 %;[Red]-0%", Meant::Percent),
            ("0.0\\%", Meant::PercentSign),
            ("0.0\" %\"", Meant::PercentSign),
            ("yyyy \"%\"", Meant::Day),
        ] {
            assert_eq!(written(code), meant, "{code}");
        }
        for id in [14, 17, 22, 27, 30, 36, 50, 55, 57, 58] {
            assert_eq!(built_in(id), Meant::Day, "{id}");
        }
        for id in [0, 2, 11, 18, 20, 21, 40, 45, 48, 49] {
            assert_eq!(built_in(id), Meant::Number, "{id}");
        }
        assert_eq!((built_in(9), built_in(10)), (Meant::Percent, Meant::Percent));
    }

    #[test]
    fn percentages_digit_by_digit() {
        for (number, text) in [
            (0.001, "0.1%"),
            (0.07, "7%"),
            (0.29, "29%"),
            (1.0, "100%"),
            (0.0, "0%"),
            (-0.125, "-12.5%"),
            (1e-9, "1e-7%"),
            (0.000_012_5, "0.00125%"),
            (12.0, "1200%"),
            (1e15, "1e17%"),
        ] {
            assert_eq!(percent(number), text, "{number}");
        }
    }

    #[test]
    fn days_with_a_time_as_in_iso() {
        for (value, text) in [
            ("2018-05-10", "2018-05-10"),
            ("2018-05-10T00:00:00", "2018-05-10"),
            ("2018-05-10T00:00:00.000", "2018-05-10"),
            ("2018-05-10T23:59:59.9996", "2018-05-10 23:59:59"),
            ("2018-05-10T12:30:00Z", "2018-05-10 12:30:00Z"),
            ("2018-05-10T12:30:00.5Z", "2018-05-10 12:30:00.5Z"),
            ("T", "T"),
            ("no day", "no day"),
        ] {
            assert_eq!(iso(value), text, "{value}");
        }
    }

    proptest! {
        /// The text is the number, and a percentage is its hundredth, to the last digit.
        #[test]
        fn texts_are_the_same_doubles(number in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            prop_assert_eq!(shortest(number).parse::<f64>().unwrap(), number);
            if number.abs() < 1e300 {
                let percentage = percent(number);
                let text = percentage.strip_suffix('%').unwrap();
                let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
                let hundredth = format!("{mantissa}e{}", exponent.parse::<i32>().unwrap() - 2);
                prop_assert_eq!(hundredth.parse::<f64>().unwrap(), number);
            }
        }
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
            (45_366.499_999_999_99, false, Some("2024-03-15 12:00:00")),
            // 0.4 and 400 milliseconds before midnight: still of that day.
            (45_366.999_999_995_37, false, Some("2024-03-15 23:59:59")),
            (45_366.999_995_37, false, Some("2024-03-15 23:59:59")),
            (-1.0, false, None),
            (1e300, true, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(day(number, since_1904).as_deref(), text, "{number}");
        }
    }
}
