//! Patient data reconstructed from a published curve: points typed, opened or marked in a picture; numbers at risk typed in.

use cotside_core::decimal;
use cotside_core::evidence::digitise::{Axes, Marks, Picture, Pixel, trace};
use cotside_core::evidence::{AtRisk, Reconstruction, curve_points, reconstruct};
use cotside_core::survival::{Confidence, SurvivalCurve, kaplan_meier};
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_figures::{Followed, Lettering, PlotOptions, Style, TableForm};
use cotside_messages::{CurveNumbers, EvidenceEvent, PictureMarks, TracedPicture};
use cotside_views::{Columns, compact_table, export_button, notice};
use cotside_words::en::evidence_page as words;
use cotside_words::en::evidence_results as results;
use cotside_words::{decimal as rounded, en};
use maud::{Markup, html};

use crate::Reply;
use crate::evidence::drawing::Drawn;

/// Decimals of times and heights that are read from a picture.
const PLACES: usize = 4;

/// What was typed and marked.
#[derive(Debug, Clone, Default)]
pub struct Rebuilding {
    numbers: CurveNumbers,
    marks: PictureMarks,
    /// What prevents the marks from being read.
    unread: Option<&'static str>,
}

/// Why nothing was reconstructed.
enum Missing {
    /// Nothing was given yet.
    Points,
    /// No numbers at risk.
    AtRisk,
    /// A line that is not what it should be.
    Line {
        /// What the list is called, and what its lines hold.
        of: (&'static str, &'static str),
        line: String,
    },
    /// What the core refuses.
    Refused(String),
}

/// Two numbers of a line, separated by whatever people write between them.
fn two(line: &str) -> Option<(f64, f64)> {
    let mut numbers = line
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | ':'))
        .filter(|piece| !piece.is_empty())
        .map(decimal::parse);
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Some(first)), Some(Some(second)), None) => Some((first, second)),
        _ => None,
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
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
    /// Takes what was typed: the part `curve`, and the curve over the picture.
    pub fn set(&mut self, numbers: CurveNumbers) -> Reply {
        self.numbers = numbers;
        self.reply()
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
        Some(axes.map_err(en::axes_error))
    }

    /// Takes marks: marked points become the points of the curve.
    pub fn mark(&mut self, marks: PictureMarks) -> Reply {
        self.marks = marks;
        let axes = self.axes(&self.marks.marks);
        self.unread = match &axes {
            Some(Err(why)) => Some(why),
            _ => None,
        };
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

    /// The reconstructed curve in pixels of the picture, `x y` one a line; empty where there is none.
    fn overlay(&self) -> String {
        let Some(Ok(axes)) = self.axes(&self.marks.marks) else {
            return String::new();
        };
        let Some(curve) = self.found().ok().and_then(|(_, found)| curve_of(&found)) else {
            return String::new();
        };
        let full = if axes.marks().heights.0.max(axes.marks().heights.1) > 1.0 {
            100.0
        } else {
            1.0
        };
        let mut height = 1.0;
        let mut corners = vec![(0.0, 1.0)];
        for (&time, &survival) in curve.time().iter().zip(curve.survival()) {
            corners.extend([(time, height), (time, survival)]);
            height = survival;
        }
        let places = corners
            .into_iter()
            .map(|(time, height)| axes.place(time, height * full));
        let lines: Vec<String> = places
            .map(|place| format!("{} {}", decimal::fixed(place.x, 1), decimal::fixed(place.y, 1)))
            .collect();
        lines.join("\n")
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
        match trace(&picture, &axes, Pixel { x, y }) {
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
            Err(error) => refuse(en::trace_error(error)),
        }
    }

    fn found(&self) -> Result<(Vec<(f64, f64)>, Reconstruction), Missing> {
        let read = |of: (&'static str, &'static str), text: &str| {
            let row = |line: &str| {
                two(line).ok_or_else(|| Missing::Line {
                    of,
                    line: line.to_owned(),
                })
            };
            lines(text).map(row).collect::<Result<Vec<(f64, f64)>, Missing>>()
        };
        let points = read(results::POINT_LINES, &self.numbers.points)?;
        if points.is_empty() {
            return Err(Missing::Points);
        }
        let at_risk = read(results::AT_RISK_LINES, &self.numbers.at_risk)?;
        if at_risk.is_empty() {
            return Err(Missing::AtRisk);
        }
        let entry = |&(time, patients): &(f64, f64)| {
            let whole = patients >= 0.0 && patients <= f64::from(u32::MAX) && patients.fract() == 0.0;
            let wrong = || Missing::Line {
                of: results::AT_RISK_WHOLE,
                line: format!("{time}: {patients}"),
            };
            whole.then_some(AtRisk::at(time, patients as u32)).ok_or_else(wrong)
        };
        let at_risk = at_risk.iter().map(entry).collect::<Result<Vec<AtRisk>, Missing>>()?;
        let events = match self.numbers.events.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| Missing::Line {
                of: results::EVENTS_WHOLE,
                line: text.to_owned(),
            })?),
        };
        let refused = |error| Missing::Refused(en::reconstruct_error(error));
        let (curve, percent) = curve_points(&points).map_err(refused)?;
        let found = reconstruct(&curve, &at_risk, events).map_err(refused)?;
        let unit = if percent { 100.0 } else { 1.0 };
        Ok((
            points.into_iter().map(|(time, height)| (time, height / unit)).collect(),
            found,
        ))
    }

    /// What came of it, or what is missing.
    pub fn html(&self) -> Markup {
        html! {
            @if let Some(why) = self.unread { p.remark.invalid { (results::marks_not_read(why)) } }
            @match self.found() {
                Ok((_, found)) => { (self.answer(&found)) }
                Err(Missing::Points) => { p.quiet { (words::GIVE_POINTS) } }
                Err(Missing::AtRisk) => { p.remark { (words::GIVE_AT_RISK) } }
                Err(Missing::Line { of, line }) => { p.remark.invalid { (results::line_not_accepted(of, &line)) } }
                Err(Missing::Refused(why)) => { p.remark.invalid { (results::not_reconstructed(&why)) } }
            }
        }
    }

    fn answer(&self, found: &Reconstruction) -> Markup {
        let [before, link, behind] = results::FILE_NOTE;
        html! {
            p class="remark contradiction" data-testid="reconstructed" { (en::RECONSTRUCTED) }
            @for miss in found.missed() { (notice(en::reconstruction_miss(miss))) }
            @if found.censoring_unknown { (notice(en::CENSORING_UNKNOWN)) }
            (self.fit_table(found))
            (at_risk_table(found))
            @if let Some(figure) = self.figure() { (figure.html("curve")) }
            (export_button("reconstructed.csv", words::SAVE_PATIENTS))
            p.quiet { (before) a href="analyse/" { (link) } (behind) }
        }
    }

    /// Numbers of the reconstruction, and how close it is to the curve as it was read.
    fn fit_table(&self, found: &Reconstruction) -> Markup {
        let fit = &found.fit;
        let percent = |share: f64| format!("{} %", rounded(100.0 * share, 2));
        let median = curve_of(found).and_then(|curve| curve.quantiles(&[0.5], Confidence::default()).first()?.time);
        let median = median.map_or_else(
            || results::NOT_REACHED.to_owned(),
            |median| format!("{} {}", rounded(median, 2), self.numbers.unit.code()),
        );
        compact_table([
            (results::PATIENTS, found.time.len().to_string()),
            (results::EVENTS, results::events(found.events(), fit.published_events)),
            (results::MEDIAN, median),
            (
                words::FIT_ERROR,
                results::fit_error(&percent(fit.root_mean_square), fit.points),
            ),
            (words::MAXIMUM_DEVIATION, percent(fit.largest)),
            (
                words::POINTS_ADJUSTED,
                results::points_adjusted(fit.moved, &percent(fit.largest_move)),
            ),
        ])
    }

    /// The reconstructed curve over the points as they were read.
    pub fn figure(&self) -> Option<Drawn> {
        let (points, found) = self.found().ok()?;
        let curve = curve_of(&found)?;
        let patients = found.time.len() as f64;
        let reconstructed = CurveInput {
            label: results::CURVE_RECONSTRUCTED.to_owned(),
            start: 0.0,
            followed: Followed {
                time: curve.time().to_vec(),
                at_risk: curve.at_risk().to_vec(),
                events: curve.events().to_vec(),
                censored: curve.censored().to_vec(),
                entered: Vec::new(),
            },
            survival: curve.survival().to_vec(),
            ..CurveInput::default()
        };
        let read = CurveInput {
            label: results::CURVE_READ.to_owned(),
            start: 0.0,
            followed: Followed {
                time: points.iter().map(|point| point.0).collect(),
                at_risk: vec![patients; points.len()],
                events: vec![0.0; points.len()],
                censored: vec![0.0; points.len()],
                entered: Vec::new(),
            },
            survival: points.iter().map(|point| point.1.clamp(0.0, 1.0)).collect(),
            ..CurveInput::default()
        };
        let group = self.numbers.group.trim();
        let unit = self.numbers.unit.code();
        let figure = CurveFigure {
            lettering: Lettering {
                title: results::reconstructed_title(group),
                description: results::reconstructed_description(found.time.len(), found.events()),
                caption: vec![en::RECONSTRUCTED.to_owned()],
            },
            curves: vec![reconstructed, read],
            options: PlotOptions {
                style: Style::MIDDLE,
                time_label: results::time_axis(unit),
                value_label: results::SURVIVAL.to_owned(),
                bands: false,
                table: TableForm::None,
                ..PlotOptions::default()
            },
            ..CurveFigure::default()
        };
        Some(Drawn::new(figure.scene(), figure.data()))
    }

    /// Times and events as a file.
    pub fn csv(&self) -> Option<String> {
        let (_, found) = self.found().ok()?;
        let group = self.numbers.group.trim();
        let group = (!group.is_empty()).then_some(group);
        Some(cotside_words::wire::evidence::reconstruction_csv(
            &found,
            Some(self.numbers.unit),
            group,
        ))
    }
}

fn at_risk_table(found: &Reconstruction) -> Markup {
    let columns = Columns::new(results::AT_RISK_AT)
        .number(results::PUBLISHED)
        .number(results::RECONSTRUCTED);
    let row = |(published, reconstructed): &(AtRisk, u32)| {
        columns.row(rounded(published.time(), 2), [published.patients, *reconstructed])
    };
    columns.table("compact", found.fit.at_risk.iter().map(row))
}

fn curve_of(found: &Reconstruction) -> Option<SurvivalCurve> {
    found.follow_up().ok().map(|follow_up| kaplan_meier(&follow_up))
}
