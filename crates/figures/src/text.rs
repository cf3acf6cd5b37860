//! How wide a text is, near enough to lay it out without a font.

/// Widths of the printable ASCII characters in thousandths of the size: Helvetica's (Adobe Font Metrics), which Arial
/// and Liberation Sans share.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

fn thousandths(letter: char) -> u16 {
    match letter {
        ' '..='~' => WIDTHS[letter as usize - ' ' as usize],
        // Combining marks, joiners.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '·' | '’' | '‘' => 278,
        '−' | '×' | '±' => 584,
        '…' | '—' => 1000,
        // Hangul, kana, ideographs, full-width forms, pictures.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => 1000,
        '\u{1f000}'.. => 1000,
        _ => 600,
    }
}

/// The width of a line of text of this `size`, in the unit of the size. Right to about 3 % for Latin text in Helvetica,
/// Arial and their like; generous for the rest.
#[must_use]
pub fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let sum: u32 = text.chars().map(|letter| u32::from(thousandths(letter))).sum();
    f64::from(sum) / 1000.0 * size * if bold { 1.06 } else { 1.0 }
}

/// `text` in lines no wider than `width`, broken at spaces (not at those that forbid it); a word that is wider is
/// broken within.
#[must_use]
pub fn wrapped(text: &str, size: f64, bold: bool, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let fixed = ['\u{a0}', '\u{2007}', '\u{202f}'];
    let words = text.split(|letter: char| letter.is_whitespace() && !fixed.contains(&letter));
    for word in words.filter(|word| !word.is_empty()) {
        let with = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if text_width(&with, size, bold) <= width {
            line = with;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if text_width(&line, size, bold) > width && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::take(&mut line));
                line.push(letter);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Returns `text`, cut with an ellipsis where it is wider than `width`; empty where not even that fits.
#[must_use]
pub fn shortened(text: &str, size: f64, bold: bool, width: f64) -> String {
    if text_width(text, size, bold) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let room = width - text_width("…", size, bold);
    if room < 0.0 {
        return String::new();
    }
    for letter in text.chars() {
        kept.push(letter);
        if text_width(&kept, size, bold) > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_are_those_of_helvetica() {
        // H 722 + i 222 = 944 thousandths of 10.
        assert!((text_width("Hi", 10.0, false) - 9.44).abs() < 1e-12);
        assert!((text_width("~", 1000.0, false) - 584.0).abs() < 1e-9);
        assert!(text_width("한국", 10.0, false) == 20.0 && text_width("", 10.0, true) == 0.0);
    }

    #[test]
    fn a_cut_text_says_so() {
        assert_eq!(shortened("at risk", 10.0, false, 100.0), "at risk");
        assert!(shortened("number at risk", 10.0, false, 30.0).ends_with('…'));
    }

    proptest! {
        #[test]
        fn lines_keep_every_word_and_their_width(text in ".{0,80}", width in 5.0..200.0_f64) {
            let lines = wrapped(&text, 10.0, false, width);
            let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in &lines {
                prop_assert!(text_width(line, 10.0, false) <= width || line.chars().filter(|l| thousandths(*l) > 0).count() <= 1);
            }
            prop_assert!(text_width(&shortened(&text, 10.0, false, width), 10.0, false) <= width + 1e-9);
        }
    }
}
