//! The fonts of a file: Arimo, which has the widths of Arial and Helvetica, cut to the letters and signs of figures
//! (`fonts/cut.py`).

use krilla::text::Font;
use rustybuzz::{Face, UnicodeBuffer};

use crate::Fault;

const REGULAR: &[u8] = include_bytes!("../fonts/Arimo-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/Arimo-Bold.ttf");

/// Most letters that are named where the font has not all.
const NAMED: usize = 12;

/// A font, as it is measured and as it is embedded.
pub struct Letters {
    face: Face<'static>,
    /// The part of the file that is used is embedded.
    pub font: Font,
}

/// Regular and bold letters.
pub struct Fonts {
    regular: Letters,
    bold: Letters,
}

impl Fonts {
    /// Reads both fonts.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn new() -> Result<Self, Fault> {
        Ok(Self {
            regular: Letters::new(REGULAR)?,
            bold: Letters::new(BOLD)?,
        })
    }

    /// Bold letters or regular ones.
    pub fn of(&self, bold: bool) -> &Letters {
        if bold { &self.bold } else { &self.regular }
    }

    /// The letters of these texts that a font has not, each once, no more than are named in a sentence.
    pub fn lacking<'a>(&self, texts: impl Iterator<Item = (bool, &'a str)>) -> String {
        let mut lacking: Vec<char> = Vec::new();
        for (bold, text) in texts {
            let face = &self.of(bold).face;
            for letter in text.chars() {
                if face.glyph_index(letter).is_none() && !lacking.contains(&letter) && lacking.len() < NAMED {
                    lacking.push(letter);
                }
            }
        }
        lacking.into_iter().collect()
    }
}

impl Letters {
    fn new(file: &'static [u8]) -> Result<Self, Fault> {
        let unread = || Fault::Writer("the font cannot be read".to_owned());
        Ok(Self {
            face: Face::from_slice(file, 0).ok_or_else(unread)?,
            font: Font::new(file.into(), 0).ok_or_else(unread)?,
        })
    }

    /// The width of a text of this size, in the unit of the size, as it is set.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        let set = rustybuzz::shape(&self.face, &[], buffer);
        let units: i32 = set.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
        f64::from(units) / f64::from(self.face.units_per_em()) * size
    }
}
