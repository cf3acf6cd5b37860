//! The pixels of a picture as TIFF: three colours, compressed without loss, with its resolution.

use std::io::Cursor;

use tiff::encoder::{Compression, Predictor, Rational, TiffEncoder, colortype};
use tiff::tags::{ResolutionUnit, Tag};

use crate::Fault;

/// A picture that is filled from its upper edge down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    width: u32,
    /// Pixels to the inch.
    dpi: u32,
    /// Three bytes a pixel: red, green, blue.
    colours: Vec<u8>,
}

impl Picture {
    /// A picture without rows, of so many pixels a row and to the inch.
    #[must_use]
    pub fn new(width: u32, dpi: u32) -> Self {
        Self {
            width,
            dpi,
            colours: Vec::new(),
        }
    }

    /// Adds pixels of four bytes: red, green, blue, opacity. What is not opaque is seen on white paper.
    pub fn add(&mut self, pixels: &[u8]) {
        self.colours.reserve(pixels.len() / 4 * 3);
        for pixel in pixels.chunks_exact(4) {
            let (colours, opacity) = pixel.split_at(3);
            let opacity = u32::from(opacity.first().copied().unwrap_or(u8::MAX));
            self.colours
                .extend(colours.iter().map(|&colour| on_paper(u32::from(colour), opacity)));
        }
    }

    /// The file.
    ///
    /// # Errors
    /// Where the picture has no rows, or not the whole of the last one.
    pub fn tiff(self) -> Result<Vec<u8>, Fault> {
        let row = self.width as usize * 3;
        if row == 0 || self.colours.is_empty() || !self.colours.len().is_multiple_of(row) {
            return Err(Fault::Incomplete);
        }
        let height = u32::try_from(self.colours.len() / row).map_err(|_| Fault::Incomplete)?;
        self.written(height).map_err(|error| Fault::Writer(error.to_string()))
    }

    fn written(&self, height: u32) -> tiff::TiffResult<Vec<u8>> {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file)?
            .with_compression(Compression::Lzw)
            .with_predictor(Predictor::Horizontal);
        let mut image = encoder.new_image::<colortype::RGB8>(self.width, height)?;
        image.resolution(ResolutionUnit::Inch, Rational { n: self.dpi, d: 1 });
        image.encoder().write_tag(Tag::Software, "Cotside")?;
        image.write_data(&self.colours)?;
        Ok(file.into_inner())
    }
}

/// A colour of this opacity (0 to 255) on white paper.
fn on_paper(colour: u32, opacity: u32) -> u8 {
    let white = u32::from(u8::MAX);
    u8::try_from((colour * opacity + white * (white - opacity) + white / 2) / white).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_opaque_is_seen_on_white() {
        assert_eq!(
            [on_paper(0, 255), on_paper(0, 0), on_paper(200, 255), on_paper(0, 51)],
            [0, 255, 200, 204]
        );
    }

    #[test]
    fn a_picture_that_is_not_whole_is_no_file() {
        assert_eq!(Picture::new(2, 300).tiff(), Err(Fault::Incomplete));
        assert_eq!(Picture::new(0, 300).tiff(), Err(Fault::Incomplete));
        let mut cut = Picture::new(2, 300);
        cut.add(&[0; 12]);
        assert_eq!(cut.tiff(), Err(Fault::Incomplete));
    }
}
