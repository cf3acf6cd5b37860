//! A figure on the page, with what can be done with it.

use cotside_words::lang::figures as words;
use maud::{Markup, html};

use crate::text::english;

use crate::{copy_button, export_button, trusted};

/// Resolutions of a picture in dots per inch.
const RESOLUTIONS: [u16; 3] = [300, 600, 1200];

/// A drawing with its caption, the buttons of its files, and what stands below. `svg` is a figure of our own; it and the caption
/// are printed, in English.
#[must_use]
pub fn figure(name: &str, svg: String, caption: &[String], below: &Markup) -> Markup {
    let file = |kind: &str| [name, ".", kind].concat();
    let caption_id = ["caption-", name].concat();
    html! {
        figure class="drawn-figure figure" data-figure=(name) {
            (trusted(in_english(svg)))
            figcaption {
                div data-testid=(caption_id) lang=[english()] { @for line in caption { p.quiet { (line) } } }
                div.tools {
                    @if !caption.is_empty() { (copy_button(&caption_id, words::COPY_CAPTION)) }
                    button type="button" data-copy-figure=(name) { (words::COPY_FIGURE) }
                    button type="button" data-print=(name) { (words::PRINT) }
                    details.files {
                        summary.button { (words::DOWNLOAD) }
                        // No div: a report leaves out what is between the ends of the outer one.
                        p {
                            (export_button(&file("svg"), words::SVG))
                            (export_button(&file("pdf"), words::PDF))
                            (export_button(&file("csv"), words::DATA))
                            @for kind in ["png", "tiff"] {
                                span { (kind.to_uppercase()) }
                                @for dpi in RESOLUTIONS {
                                    button type="button" data-export=(file(kind)) data-dpi=(dpi) aria-label=(words::picture(kind, dpi)) {
                                        (words::dpi(dpi))
                                    }
                                }
                            }
                        }
                    }
                }
            }
            (below)
        }
    }
}

/// A drawing on a page of another language: its texts are in English.
fn in_english(svg: String) -> String {
    match english() {
        Some(language) => svg.replacen("<svg", &format!("<svg lang=\"{language}\""), 1),
        None => svg,
    }
}
