//! A drawing as PDF: one page of its own size, lines and areas as vectors, text as text in an embedded font.

use cotside_figures::{Anchor, Ink, Mark, Point, Scene, Stroke, Theme};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke as Line, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::TextDirection;

use crate::Fault;
use crate::fonts::Fonts;

/// Points (72 to the inch) of a CSS pixel.
const POINT: f32 = 72.0 / 96.0;
/// Width of the outline of markers in CSS pixels, as in the SVG.
const OUTLINE: f64 = 1.2;
/// Control points of a quarter of a circle, as a share of its radius.
const QUARTER: f64 = 0.552_284_75;

/// The PDF of a drawing.
///
/// # Errors
/// Where the font has not all letters of the drawing, or the drawing has no size.
pub fn pdf(scene: &Scene) -> Result<Vec<u8>, Fault> {
    let fonts = Fonts::new()?;
    let lacking = fonts.lacking(texts(scene).into_iter());
    if !lacking.is_empty() {
        return Err(Fault::Letters(lacking));
    }
    let size = PageSettings::from_wh(single(scene.width) * POINT, single(scene.height) * POINT);
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(scene.title.clone())
            .description(scene.description.clone())
            .creator("Cotside".to_owned())
            .language("en".to_owned()),
    );
    let mut page = document.start_page_with(size.ok_or(Fault::Incomplete)?);
    let mut surface = page.surface();
    surface.push_transform(&Transform::from_scale(POINT, POINT));
    let drawn = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    let mut drawing = Drawing {
        surface: &mut surface,
        fonts: &fonts,
    };
    scene.each(|_, mark| drawing.mark(mark));
    surface.end_tagged();
    surface.pop();
    surface.finish();
    page.finish();
    let told = [scene.title.as_str(), scene.description.as_str()];
    let told: Vec<&str> = told.into_iter().filter(|text| !text.is_empty()).collect();
    let mut figure = TagGroup::new(Tag::Figure(Some(told.join(". "))));
    figure.push(drawn);
    let mut tree = TagTree::new();
    tree.push(figure);
    document.set_tag_tree(tree);
    document.finish().map_err(|error| Fault::Writer(format!("{error:?}")))
}

/// The texts of a drawing, with whether they are bold.
fn texts(scene: &Scene) -> Vec<(bool, &str)> {
    let mut texts = Vec::new();
    scene.each(|_, mark| {
        if let Mark::Text { text, bold, .. } = mark {
            texts.push((*bold, text.as_str()));
        }
    });
    texts
}

/// Writes marks onto a page.
struct Drawing<'a, 'b> {
    surface: &'a mut Surface<'b>,
    fonts: &'a Fonts,
}

impl Drawing<'_, '_> {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Line { from, to, stroke } => self.line(path(&[vec![*from, *to]], false), stroke),
            Mark::Path { pieces, stroke } => self.line(path(pieces, false), stroke),
            Mark::Area { points, ink, opacity } => {
                self.set(Some(fill(*ink, *opacity)), None);
                self.draw(path(std::slice::from_ref(points), true));
            }
            Mark::Shape { points, ink, hollow } => {
                self.marker(*ink, *hollow);
                self.draw(path(std::slice::from_ref(points), true));
            }
            Mark::Disc {
                at,
                radius,
                ink,
                hollow,
            } => {
                self.marker(*ink, *hollow);
                self.draw(circle(*at, *radius));
            }
            Mark::Text { .. } => self.text(mark),
            Mark::Group { marks, .. } => {
                for mark in marks {
                    self.mark(mark);
                }
            }
        }
    }

    fn set(&mut self, fill: Option<Fill>, stroke: Option<Line>) {
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
    }

    fn draw(&mut self, path: Option<Path>) {
        if let Some(path) = path {
            self.surface.draw_path(&path);
        }
    }

    fn line(&mut self, path: Option<Path>, stroke: &Stroke) {
        self.set(None, Some(line(stroke)));
        self.draw(path);
    }

    /// How a marker is filled and outlined.
    fn marker(&mut self, ink: Ink, hollow: bool) {
        let outline = line(&Stroke::solid(OUTLINE, ink));
        self.set((!hollow).then(|| fill(ink, 1.0)), Some(outline));
    }

    fn text(&mut self, mark: &Mark) {
        let Mark::Text {
            at,
            size,
            anchor,
            ink,
            bold,
            turned,
            text,
        } = mark
        else {
            return;
        };
        let letters = self.fonts.of(*bold);
        let before = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => letters.width(text, *size) / 2.0,
            Anchor::End => letters.width(text, *size),
        };
        self.set(Some(fill(*ink, 1.0)), None);
        let (x, y) = (single(at.0), single(at.1));
        // Upwards, or as it is; the text begins before the point on which it hangs.
        let place = if *turned {
            Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y)
        } else {
            Transform::from_translate(x, y)
        };
        self.surface.push_transform(&place);
        self.surface.draw_text(
            krilla::geom::Point::from_xy(-single(before), 0.0),
            letters.font.clone(),
            single(*size),
            text,
            false,
            TextDirection::LeftToRight,
        );
        self.surface.pop();
    }
}

fn fill(ink: Ink, opacity: f64) -> Fill {
    Fill {
        paint: colour(ink).into(),
        opacity: share(opacity),
        ..Fill::default()
    }
}

fn line(stroke: &Stroke) -> Line {
    let lengths = |pattern: &str| pattern.split(' ').filter_map(|length| length.parse().ok()).collect();
    Line {
        paint: colour(stroke.ink).into(),
        width: single(stroke.width),
        // As SVG has it.
        miter_limit: 4.0,
        opacity: share(stroke.opacity),
        dash: stroke.dash.pattern().map(|pattern| StrokeDash {
            array: lengths(pattern),
            offset: 0.0,
        }),
        ..Line::default()
    }
}

/// The colour on white paper.
fn colour(ink: Ink) -> rgb::Color {
    let hexadecimal = ink.colour(Theme::Light);
    let [red, green, blue] = [1, 3, 5].map(|at| {
        let digits = hexadecimal.get(at..at + 2);
        digits
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .unwrap_or(0)
    });
    rgb::Color::new(red, green, blue)
}

fn share(opacity: f64) -> NormalizedF32 {
    NormalizedF32::new(single(opacity).clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}

/// The number as PDF has it; what is not finite is at the edge, as in the SVG.
#[expect(clippy::cast_possible_truncation, reason = "PDF has no finer numbers")]
fn single(value: f64) -> f32 {
    if value.is_finite() { value as f32 } else { 0.0 }
}

/// Lines through points; `None` without a line.
fn path(pieces: &[Vec<Point>], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for piece in pieces {
        for (index, point) in piece.iter().enumerate() {
            let (x, y) = (single(point.0), single(point.1));
            if index == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        if closed {
            path.close();
        }
    }
    path.finish()
}

/// A circle of four curves.
fn circle((x, y): Point, radius: f64) -> Option<Path> {
    let mut path = PathBuilder::new();
    let at = |right: f64, down: f64| (single(x + right * radius), single(y + down * radius));
    let (start_x, start_y) = at(1.0, 0.0);
    path.move_to(start_x, start_y);
    for (from, to) in [
        ((1.0, 0.0), (0.0, 1.0)),
        ((0.0, 1.0), (-1.0, 0.0)),
        ((-1.0, 0.0), (0.0, -1.0)),
        ((0.0, -1.0), (1.0, 0.0)),
    ] {
        let first = at(from.0 + QUARTER * to.0, from.1 + QUARTER * to.1);
        let second = at(to.0 + QUARTER * from.0, to.1 + QUARTER * from.1);
        let end = at(to.0, to.1);
        path.cubic_to(first.0, first.1, second.0, second.1, end.0, end.1);
    }
    path.close();
    path.finish()
}
