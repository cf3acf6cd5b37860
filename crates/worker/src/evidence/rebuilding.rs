//! Patient data reconstructed from the curves of a published figure: points typed, opened or marked in a picture; numbers at
//! risk typed in.

use cotside_core::decimal;
use cotside_core::evidence::digitise::{Axes, Marks, Picture, Pixel, Slope, trace};
use cotside_core::evidence::{CurveOf, DigitisedFigure, FigureKind};
use cotside_messages::{EvidenceEvent, FigureNumbers, PictureMarks, TracedPicture};
use cotside_words::lang::digitised_results as digitised;
use cotside_words::lang::evidence_page as words;
use cotside_words::lang::evidence_results as results;
use cotside_words::{decimal as rounded, lang};
use maud::{Markup, html};

use crate::Reply;
use crate::evidence::drawing::Drawn;
use crate::evidence::figure_input::{self, Missing, Why, lines, two};
use crate::evidence::figure_results;

/// Decimals of times and heights that are read from a picture.
const PLACES: usize = 4;

/// What was typed and marked.
#[derive(Debug, Clone)]
pub struct Rebuilding {
    numbers: FigureNumbers,
    marks: PictureMarks,
    /// What prevents the marks from being read.
    unread: Option<&'static str>,
    found: Result<DigitisedFigure, Missing>,
}

impl Default for Rebuilding {
    fn default() -> Self {
        Self {
            numbers: FigureNumbers::default(),
            marks: PictureMarks::default(),
            unread: None,
            found: Err(Why::Points.into()),
        }
    }
}

/// Marks with one of these names.
fn marked<'a>(marks: &'a str, wanted: &'a str) -> impl Iterator<Item = Pixel> + 'a {
    lines(marks)
        .filter_map(|line| line.split_once(' '))
        .filter(move |(name, _)| *name == wanted)
        .filter_map(|(_, place)| two(place))
        .map(|(x, y)| Pixel { x, y })
}

impl Rebuilding {
    /// Takes what was typed: the part `curve`, and the curves over the picture.
    pub fn set(&mut self, numbers: FigureNumbers) -> Reply {
        self.numbers = numbers;
        self.read();
        self.reply()
    }

    fn read(&mut self) {
        let axes = self.axes(&self.marks.marks).and_then(Result::ok);
        self.found = figure_input::read(&self.numbers, axes.as_ref());
    }

    fn reply(&self) -> Reply {
        let mut reply = Reply::default().part("curve", self.html());
        reply.evidence.push(EvidenceEvent::Overlay(self.overlay()));
        reply
    }

    /// A file of points: two columns, a header or none.
    pub fn open(&self, name: &str, bytes: &[u8]) -> Reply {
        let text = String::from_utf8_lossy(bytes);
        let rows: Vec<&str> = lines(&text).collect();
        let header = usize::from(rows.first().is_some_and(|row| two(row).is_none()));
        let rows = rows.get(header..).unwrap_or_default();
        if rows.len() < 2 || rows.iter().any(|row| two(row).is_none()) {
            return Reply {
                refused: Some(words::no_points(name)),
                ..Reply::default()
            };
        }
        Reply {
            evidence: vec![EvidenceEvent::Points(rows.join("\n"))],
            ..Reply::default()
        }
    }

    /// The axes that were marked; `None` while a mark is missing.
    fn axes(&self, marks: &str) -> Option<Result<Axes, &'static str>> {
        let one = |name| marked(marks, name).next();
        let (corner, along, up) = (one("corner")?, one("along")?, one("up")?);
        let number = |text: &str| decimal::parse(text.trim()).unwrap_or(f64::NAN);
        let said = &self.marks;
        let axes = Axes::new(Marks {
            corner,
            along,
            up,
            times: (number(&said.time_at_origin), number(&said.time_at_mark)),
            heights: (number(&said.survival_at_origin), number(&said.survival_at_mark)),
        });
        Some(axes.map_err(lang::axes_error))
    }

    /// Takes marks: marked points become the points of the curve.
    pub fn mark(&mut self, marks: PictureMarks) -> Reply {
        self.marks = marks;
        let axes = self.axes(&self.marks.marks);
        self.unread = match &axes {
            Some(Err(why)) => Some(why),
            _ => None,
        };
        self.read();
        let places: Vec<Pixel> = marked(&self.marks.marks, "point").collect();
        let Some(Ok(axes)) = axes.filter(|_| !places.is_empty()) else {
            return self.reply();
        };
        let read = axes.read_all(&places).into_iter();
        let rows: Vec<String> = read
            .map(|(time, height)| format!("{}, {}", rounded(time, PLACES), rounded(height, PLACES)))
            .collect();
        let mut reply = self.reply();
        reply.evidence.push(EvidenceEvent::MarkedPoints {
            marks: self.marks.clone(),
            points: rows.join("\n"),
        });
        reply
    }

    /// The reconstructed curves in pixels of the picture, `x y` one a line, with an empty line between two; empty where
    /// there is none.
    fn overlay(&self) -> String {
        let Some(Ok(axes)) = self.axes(&self.marks.marks) else {
            return String::new();
        };
        let Ok(figure) = &self.found else {
            return String::new();
        };
        let full = figure.input().heights.full();
        let mut curves = Vec::new();
        for (rebuilt, of) in figure
            .rebuilt()
            .iter()
            .flat_map(|group| CurveOf::ALL.map(|of| (group, of)))
        {
            let mut height = if of == CurveOf::Survival { 1.0 } else { 0.0 };
            let mut corners = vec![(0.0, height)];
            for (time, next) in rebuilt.steps(of) {
                corners.extend([(time, height), (time, next)]);
                height = next;
            }
            let places = corners.iter().map(|&(time, height)| axes.place(time, height * full));
            let rows: Vec<String> = places
                .map(|place| format!("{} {}", decimal::fixed(place.x, 1), decimal::fixed(place.y, 1)))
                .collect();
            if rows.len() > 1 {
                curves.push(rows.join("\n"));
            }
        }
        curves.join("\n\n")
    }

    /// Follows a curve by its colour and hands its corners to the digitiser.
    pub fn trace(&self, traced: &TracedPicture) -> Reply {
        let refuse = |why: &str| Reply {
            refused: Some(results::not_traced(why)),
            ..Reply::default()
        };
        let axes = match self.axes(&traced.marks) {
            Some(Ok(axes)) => axes,
            Some(Err(why)) => return refuse(why),
            None => return refuse(results::MARK_AXES_FIRST),
        };
        let Some(picture) = Picture::new(traced.width, traced.height, &traced.pixels) else {
            return refuse(results::PICTURE_TOO_LARGE);
        };
        let (x, y) = (traced.x, traced.y);
        let slope = match self.numbers.kind {
            FigureKind::Survival => Slope::Falling,
            FigureKind::Incidence => Slope::Rising,
        };
        match trace(&picture, &axes, Pixel { x, y }, slope) {
            Ok(corners) => {
                let corners = corners.iter();
                let marks: Vec<String> = corners
                    .map(|corner| format!("point {} {}", decimal::fixed(corner.x, 1), decimal::fixed(corner.y, 2)))
                    .collect();
                Reply {
                    evidence: vec![EvidenceEvent::Marks(marks.join("\n"))],
                    ..Reply::default()
                }
            }
            Err(error) => refuse(lang::trace_error(error)),
        }
    }

    /// The figure, where it could be reconstructed.
    pub fn figure(&self) -> Option<&DigitisedFigure> {
        self.found.as_ref().ok()
    }

    /// What came of it, or what is missing.
    pub fn html(&self) -> Markup {
        html! {
            @if let Some(why) = self.unread { p.remark.invalid { (results::marks_not_read(why)) } }
            @match &self.found {
                Ok(figure) => { (figure_results::html(figure)) }
                Err(missing) => { (missing_html(missing)) }
            }
        }
    }

    /// The reconstructed curves over the points as they were read.
    pub fn drawn(&self) -> Option<Drawn> {
        figure_results::drawn(self.figure()?)
    }

    /// Times and events as a file.
    pub fn csv(&self) -> Option<String> {
        Some(cotside_words::wire::digitised::rows_csv(self.figure()?, true))
    }

    /// The figure as a file, or why there is none.
    pub fn file(&self) -> Result<String, String> {
        let Ok(figure) = &self.found else {
            return Err(digitised::not_saved(digitised::NOTHING_TO_SAVE));
        };
        let saved = figure.to_file();
        saved.map_err(|error| digitised::not_saved(&lang::digitised::file_error(&error)))
    }
}

fn missing_html(missing: &Missing) -> Markup {
    let curve = if missing.curve.is_empty() {
        String::new()
    } else {
        results::of_group(&missing.curve, "")
    };
    html! {
        @match &missing.why {
            Why::Points => { p.quiet { (curve) (words::GIVE_POINTS) } }
            Why::AtRisk => { p.remark { (curve) (words::GIVE_AT_RISK) } }
            Why::Line { of, line } => { p.remark.invalid { (curve) (results::line_not_accepted(*of, line)) } }
            Why::Refused(why) => { p.remark.invalid { (curve) (results::not_reconstructed(why)) } }
        }
    }
}

/// Axes with the places of a curve as marks.
pub fn marks_of(axes: &Marks, places: &str) -> PictureMarks {
    let mark =
        |name: &str, place: Pixel| format!("{name} {} {}", decimal::fixed(place.x, 2), decimal::fixed(place.y, 2));
    let marks = [
        mark("corner", axes.corner),
        mark("along", axes.along),
        mark("up", axes.up),
    ];
    PictureMarks {
        marks: marks.join("\n"),
        curve: 0,
        time_at_origin: decimal::shortest(axes.times.0),
        time_at_mark: decimal::shortest(axes.times.1),
        survival_at_origin: decimal::shortest(axes.heights.0),
        survival_at_mark: decimal::shortest(axes.heights.1),
    }
    .of_curve(0, places)
}
