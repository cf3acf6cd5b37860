//! Invisible characters that change how text is displayed.

use icu_properties::CodePointSetData;
use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint};

/// True if a character turns the direction of text (Unicode's `Bidi_Control`).
#[must_use]
pub fn turns_text(character: char) -> bool {
    CodePointSetData::new::<BidiControl>().contains(character)
}

/// True if a character changes how text is drawn without being seen: it turns its direction or is ignored where it is
/// drawn (zero-width, variation selectors, tags, soft hyphen; Unicode's `Default_Ignorable_Code_Point`).
#[must_use]
pub fn is_unseen(character: char) -> bool {
    turns_text(character) || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}
