//! Detects deceptive texts of a file: names that look like one of the catalogue, invisible characters, and characters
//! that change the direction of text.

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

use super::super::PROTOCOLS;

/// Returns the visual skeleton of a name: letters and digits alone, with look-alike forms replaced by one (Unicode's
/// technical standard 39 after normalisation NFKC and in small letters, with I, l and 1 for one letter, and O and 0).
fn look(name: &str) -> String {
    let small: String = name.nfkc().collect::<String>().to_lowercase();
    let alike: String = skeleton(&small).collect::<String>().to_lowercase();
    let letters = alike.chars().filter(|character| character.is_alphanumeric());
    letters
        .map(|character| match character {
            'i' | '1' => 'l',
            '0' => 'o',
            other => other,
        })
        .collect()
}

/// Returns the name of the catalogue that a name looks like: the name or the id of a protocol, or its name without
/// parentheses.
pub(super) fn name_taken(name: &str) -> Option<&'static str> {
    let wanted = look(name);
    let found = PROTOCOLS.iter().find(|protocol| {
        let short = protocol.name.split_once(" (").map_or(protocol.name, |(short, _)| short);
        [protocol.name, short, protocol.id]
            .into_iter()
            .any(|known| look(known) == wanted)
    });
    found.map(|protocol| protocol.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unseen::is_unseen;

    #[test]
    fn names_that_look_like_one_of_the_catalogue() {
        for name in [
            "Interfant-06",
            "INTERFANT 06",
            "interfant_06",
            "\u{ff29}nterfant-06",
            "Interfant\u{2011}06",
            "lnterfant-O6",
            "\u{406}nterfant-06",
            "Interf\u{430}nt-06",
            "\u{1d408}nterfant-06",
            "Interfant-06\u{2800}",
            "Interfant--06.",
            "MLL-Baby",
            "mll l0",
            "COG AALL0631",
            "cog-aall0631",
            "ALL-BFM 83, 86 and 90",
        ] {
            assert!(name_taken(name).is_some(), "{name:?}");
        }
        for name in [
            "Interfant-06 (copy)",
            "Interfant-07",
            "Interfant",
            "MLL-11",
            "Our hospital 2020",
            "\u{4e73}\u{5150}ALL 2020",
            "",
        ] {
            assert_eq!(name_taken(name), None, "{name:?}");
        }
    }

    #[test]
    fn unseen_characters() {
        for character in "\u{202a}\u{202e}\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}\u{200b}\u{200d}\u{ad}\u{feff}\u{fe0f}\u{e0041}\u{2060}".chars() {
            assert!(is_unseen(character), "{character:?}");
        }
        for character in "aé \u{2011}ב中10⁻⁴≥µ\u{a0}".chars() {
            assert!(!is_unseen(character), "{character:?}");
        }
    }
}
