//! Codes with their labels in one text: `1, Male | 2, Female`, `0=alive; 1=dead`.

use super::level;
use crate::cohort::dictionary::CodeLabel;

/// Choices as REDCap writes them: separated by bars or line breaks, the first comma ends the code.
pub(super) fn of_redcap(text: &str) -> Vec<CodeLabel> {
    let choices = text
        .split(['|', '\n'])
        .map(str::trim)
        .filter(|choice| !choice.is_empty());
    choices
        .filter_map(|choice| choice.split_once(','))
        .map(|(code, label)| level(code, label))
        .collect()
}

/// Pairs of code and label: `0=alive; 1=dead`, `1: male | 2: female`, `0 = no, 1 = yes`. Empty where the text is
/// anything else.
pub(super) fn of_pairs(text: &str) -> Vec<CodeLabel> {
    let separator = if text.contains(['|', ';', '\n']) {
        &['|', ';', '\n'][..]
    } else {
        &[','][..]
    };
    let mut found: Vec<CodeLabel> = Vec::new();
    for part in text.split(separator).map(str::trim).filter(|part| !part.is_empty()) {
        let pair = ["=", ":", "→", " - ", " – ", ","]
            .iter()
            .find_map(|mark| part.split_once(mark));
        match (pair, found.last_mut()) {
            (Some((code, label)), _) if is_code(code) && !label.trim().is_empty() => found.push(level(code, label)),
            // A comma within a label.
            (_, Some(last)) if separator == [','] => last.label = format!("{}, {part}", last.label),
            _ => return Vec::new(),
        }
    }
    found
}

/// True if a text may be a code: one short word.
fn is_code(text: &str) -> bool {
    let text = text.trim().trim_matches(['"', '\'']);
    !text.is_empty() && text.chars().count() <= 24 && !text.contains(char::is_whitespace)
}

/// A label without the markup that forms use, on one line.
pub(super) fn without_markup(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let end = tag
            .find('>')
            .filter(|_| tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        plain.push_str(&rest[..start]);
        match end {
            Some(end) => {
                plain.push(' ');
                rest = &tag[end + 1..];
            }
            None => {
                plain.push('<');
                rest = tag;
            }
        }
    }
    plain.push_str(rest);
    let plain = plain
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(levels: &[CodeLabel]) -> String {
        levels
            .iter()
            .map(|level| format!("{}={}", level.code, level.label))
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn choices_and_pairs() {
        assert_eq!(
            shown(&of_redcap("1, <b>Dead</b>, of disease | 2, Alive |9,Unknown")),
            "1=Dead , of disease|2=Alive|9=Unknown"
        );
        for (text, wanted) in [
            ("0=alive; 1=dead", "0=alive|1=dead"),
            ("1: male | 2: female", "1=male|2=female"),
            ("0 = no, 1 = yes, of any kind", "0=no|1=yes, of any kind"),
            ("days since diagnosis", ""),
            ("see note; 1=dead", ""),
            ("", ""),
        ] {
            assert_eq!(shown(&of_pairs(text)), wanted, "{text}");
        }
        assert_eq!(
            without_markup("MRD < 10<sup>-4</sup>\n at day 33"),
            "MRD < 10 -4 at day 33"
        );
    }
}
