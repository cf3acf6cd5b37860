//! A published curve taken back to times: points typed, opened or marked in a picture; numbers at risk typed in.

use cotside_core::cohort::TimeUnit;
use cotside_core::decimal;
use cotside_core::evidence::digitise::{Axes, Marks, Picture, Pixel, trace};
use cotside_core::evidence::{AtRisk, Reconstruction, curve_points, reconstruct};
use cotside_core::survival::{Confidence, SurvivalCurve, kaplan_meier};
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_figures::{Followed, Lettering, PlotOptions, Style, TableForm};
use cotside_words::html::{
    Html, cell, element, exporter, head, input, labelled, option, plain, select, setter, span, table, text,
};
use cotside_words::{decimal as rounded, en};

use crate::Reply;
use crate::evidence::drawing::Drawn;
use cotside_messages::TracedPicture;

/// Decimals of times and heights that are read from a picture.
const PLACES: usize = 4;

/// A made-up curve to try it with: 40 patients, times in years, survival in per cent.
const EXAMPLE_POINTS: &str = "0, 100\n0.3, 100\n0.3, 95\n0.7, 95\n0.7, 87.5\n1.1, 87.5\n1.1, 80\n1.6, 80\n1.6, 72\n2.2, 72\n\
     2.2, 64\n3.1, 64\n3.1, 58\n4.0, 58\n4.0, 54\n6.0, 54";
const EXAMPLE_AT_RISK: &str = "0: 40\n1: 34\n2: 26\n3: 20\n4: 14\n5: 9";

/// What was typed and marked.
#[derive(Debug, Clone)]
pub struct Rebuilding {
    points: String,
    at_risk: String,
    events: String,
    group: String,
    unit: TimeUnit,
    /// Marks of the digitiser, a line each: `corner 60 420`, `along …`, `up …`, `point …`.
    marks: String,
    /// Values at the marks: time at the corner and along, height at the corner and up.
    scale: [String; 4],
    /// What stands in the way of reading the marks.
    unread: Option<&'static str>,
}

impl Default for Rebuilding {
    fn default() -> Self {
        Self {
            points: String::new(),
            at_risk: String::new(),
            events: String::new(),
            group: String::new(),
            unit: TimeUnit::Years,
            marks: String::new(),
            scale: ["0", "", "0", "100"].map(str::to_owned),
            unread: None,
        }
    }
}

/// Why nothing was reconstructed.
enum Missing {
    /// Nothing was given yet.
    Points,
    /// No numbers at risk.
    AtRisk,
    /// A line that is not what it should be.
    Line {
        of: &'static str,
        line: String,
        accepted: &'static str,
    },
    /// What the core refuses.
    Refused(String),
}

fn code(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "days",
        TimeUnit::Weeks => "weeks",
        TimeUnit::Months => "months",
        TimeUnit::Years => "years",
    }
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
    /// Takes a setting.
    pub fn set(&mut self, name: &str, value: &str) -> Reply {
        let value = value.trim_end();
        match name {
            "points" => value.clone_into(&mut self.points),
            "at-risk" => value.clone_into(&mut self.at_risk),
            "events" => value.trim().clone_into(&mut self.events),
            "group" => value.trim().clone_into(&mut self.group),
            "unit" => {
                let found = TimeUnit::ALL.iter().find(|unit| code(**unit) == value);
                self.unit = found.copied().unwrap_or(self.unit);
            }
            "marks" => {
                value.clone_into(&mut self.marks);
                return self.read_marks();
            }
            "time0" | "time1" | "height0" | "height1" => {
                let place = ["time0", "time1", "height0", "height1"]
                    .iter()
                    .position(|each| *each == name);
                if let Some(number) = place.and_then(|place| self.scale.get_mut(place)) {
                    value.trim().clone_into(number);
                }
                return self.read_marks();
            }
            "example" => {
                (self.points, self.at_risk) = (EXAMPLE_POINTS.to_owned(), EXAMPLE_AT_RISK.to_owned());
                (self.events, self.group) = (String::new(), "made up".to_owned());
                self.unit = TimeUnit::Years;
                return self.anew();
            }
            "clear" => {
                *self = Self {
                    marks: std::mem::take(&mut self.marks),
                    scale: self.scale.clone(),
                    ..Self::default()
                };
                return self.anew();
            }
            _ => {}
        }
        Reply::default().part("curve", self.html())
    }

    fn anew(&self) -> Reply {
        Reply::default()
            .part("curve-controls", self.controls())
            .part("curve", self.html())
    }

    /// A file of points: two columns, a header or none.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        let text = String::from_utf8_lossy(bytes);
        let rows: Vec<&str> = lines(&text).collect();
        let header = usize::from(rows.first().is_some_and(|row| two(row).is_none()));
        let rows = rows.get(header..).unwrap_or_default();
        if rows.len() < 2 || rows.iter().any(|row| two(row).is_none()) {
            return Reply {
                refused: Some(format!(
                    "{name}: no points of a curve; give two columns, time and survival. A picture is opened in the \
                     digitiser."
                )),
                ..Reply::default()
            };
        }
        self.points = rows.join("\n");
        self.anew()
    }

    /// The axes that were marked; `None` while a mark is missing.
    fn axes(&self, marks: &str) -> Option<Result<Axes, &'static str>> {
        let one = |name| marked(marks, name).next();
        let (corner, along, up) = (one("corner")?, one("along")?, one("up")?);
        let number = |place: usize| {
            self.scale
                .get(place)
                .and_then(|text| decimal::parse(text))
                .unwrap_or(f64::NAN)
        };
        let axes = Axes::new(Marks {
            corner,
            along,
            up,
            times: (number(0), number(1)),
            heights: (number(2), number(3)),
        });
        Some(axes.map_err(en::axes_error))
    }

    /// Marked points become the points of the curve.
    fn read_marks(&mut self) -> Reply {
        let axes = self.axes(&self.marks);
        self.unread = match &axes {
            Some(Err(why)) => Some(why),
            _ => None,
        };
        let places: Vec<Pixel> = marked(&self.marks, "point").collect();
        let Some(Ok(axes)) = axes.filter(|_| !places.is_empty()) else {
            return Reply::default().part("curve", self.html());
        };
        let read = axes.read_all(&places).into_iter();
        let rows: Vec<String> = read
            .map(|(time, height)| format!("{}, {}", rounded(time, PLACES), rounded(height, PLACES)))
            .collect();
        self.points = rows.join("\n");
        let mut reply = Reply::default().part("curve", self.html());
        reply.values.insert("curve.points".to_owned(), self.points.clone());
        reply
    }

    /// Follows a curve by its colour and hands its corners to the digitiser.
    pub fn trace(&mut self, traced: &TracedPicture) -> Reply {
        let refuse = |why: &str| Reply {
            refused: Some(format!("The curve was not followed: {why}.")),
            ..Reply::default()
        };
        let axes = match self.axes(&traced.marks) {
            Some(Ok(axes)) => axes,
            Some(Err(why)) => return refuse(why),
            None => return refuse("mark the axes first"),
        };
        let Some(picture) = Picture::new(traced.width, traced.height, &traced.pixels) else {
            return refuse("the picture is too large");
        };
        let (x, y) = (traced.x, traced.y);
        match trace(&picture, &axes, Pixel { x, y }) {
            Ok(corners) => {
                let corners = corners.iter();
                let marks: Vec<String> = corners
                    .map(|corner| format!("point {} {}", decimal::fixed(corner.x, 1), decimal::fixed(corner.y, 2)))
                    .collect();
                let mut reply = Reply::default();
                reply.values.insert("curve.marks".to_owned(), marks.join("\n"));
                reply
            }
            Err(error) => refuse(en::trace_error(error)),
        }
    }

    /// What is typed in.
    pub fn controls(&self) -> Html {
        let area = |name: &str, label: &str, hint: &str, value: &str| {
            let area = element(
                "textarea",
                &[
                    ("name", name),
                    ("rows", "8"),
                    ("placeholder", hint),
                    ("spellcheck", "false"),
                ],
                &[text(value)],
            );
            element("label", &[("class", "area")], &[text(label), area])
        };
        let units = TimeUnit::ALL
            .iter()
            .map(|unit| option(code(*unit), code(*unit), *unit == self.unit));
        let file = element("input", &[("type", "file"), ("accept", ".csv,.tsv,.txt,text/csv")], &[]);
        let file = element(
            "label",
            &[("class", "button")],
            &[file, plain("span", "Open points (CSV)")],
        );
        Html::all([
            element(
                "div",
                &[("class", "areas")],
                &[
                    area(
                        "curve.points",
                        "Points of the curve: time, survival (0 to 1, or per cent)",
                        "0, 100\n0.3, 100\n0.3, 95",
                        &self.points,
                    ),
                    area(
                        "curve.at-risk",
                        "Numbers at risk: time: patients, from time 0",
                        "0: 62\n1: 40\n2: 31",
                        &self.at_risk,
                    ),
                ],
            ),
            element(
                "div",
                &[("class", "tools")],
                &[
                    labelled("Time in", select("curve.unit", "Time in", units)),
                    labelled("Events, if published", input("curve.events", &self.events, 5, "35")),
                    labelled("Name of the group", input("curve.group", &self.group, 16, "MLL03")),
                    file,
                    setter("curve.example:", "A made-up curve"),
                    setter("curve.clear:", "Clear"),
                ],
            ),
        ])
    }

    fn found(&self) -> Result<(Vec<(f64, f64)>, Reconstruction), Missing> {
        let read = |of: &'static str, text: &str, accepted: &'static str| {
            let row = |line: &str| {
                two(line).ok_or_else(|| Missing::Line {
                    of,
                    line: line.to_owned(),
                    accepted,
                })
            };
            lines(text).map(row).collect::<Result<Vec<(f64, f64)>, Missing>>()
        };
        let points = read("points", &self.points, "time and survival, such as 0.3, 95")?;
        if points.is_empty() {
            return Err(Missing::Points);
        }
        let at_risk = read("numbers at risk", &self.at_risk, "time and patients, such as 1: 40")?;
        if at_risk.is_empty() {
            return Err(Missing::AtRisk);
        }
        let entry = |&(time, patients): &(f64, f64)| {
            let whole = patients >= 0.0 && patients <= f64::from(u32::MAX) && patients.fract() == 0.0;
            let wrong = || Missing::Line {
                of: "numbers at risk",
                line: format!("{time}: {patients}"),
                accepted: "a whole number of patients, such as 1: 40",
            };
            whole.then_some(AtRisk::at(time, patients as u32)).ok_or_else(wrong)
        };
        let at_risk = at_risk.iter().map(entry).collect::<Result<Vec<AtRisk>, Missing>>()?;
        let events = match self.events.as_str() {
            "" => None,
            text => Some(text.parse().map_err(|_| Missing::Line {
                of: "events",
                line: text.to_owned(),
                accepted: "a whole number, such as 35",
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
    pub fn html(&self) -> Html {
        let marks = self
            .unread
            .map(|why| span("p", "remark invalid", &format!("The marks are not read: {why}.")));
        let answer = match self.found() {
            Ok((_, found)) => self.answer(&found),
            Err(Missing::Points) => span(
                "p",
                "quiet",
                "Give the points of a curve: mark them in a picture, type them, or open them.",
            ),
            Err(Missing::AtRisk) => span(
                "p",
                "remark",
                "Now the numbers at risk as printed under the curve, at least the one at time 0.",
            ),
            Err(Missing::Line { of, line, accepted }) => span(
                "p",
                "remark invalid",
                &format!("In the {of}, “{line}” is not accepted; give {accepted}."),
            ),
            Err(Missing::Refused(why)) => span("p", "remark invalid", &format!("Not reconstructed: {why}.")),
        };
        Html::all([marks.unwrap_or_default(), answer])
    }

    fn answer(&self, found: &Reconstruction) -> Html {
        let fit = &found.fit;
        let percent = |share: f64, places: usize| format!("{} %", rounded(100.0 * share, places));
        let median = curve_of(found).and_then(|curve| curve.quantiles(&[0.5], Confidence::default()).first()?.time);
        let events = fit.published_events.map_or_else(
            || found.events().to_string(),
            |published| format!("{} ({published} published)", found.events()),
        );
        let rows = [
            ("Patients", found.time.len().to_string()),
            ("Events", events),
            (
                "Median",
                median.map_or_else(
                    || "not reached".to_owned(),
                    |median| format!("{} {}", rounded(median, 2), code(self.unit)),
                ),
            ),
            (
                "Error of the fit (root mean square)",
                format!(
                    "{} of survival, over {} points",
                    percent(fit.root_mean_square, 2),
                    fit.points
                ),
            ),
            ("Largest distance from a point", percent(fit.largest, 2)),
            (
                "Points moved because survival cannot rise",
                match fit.moved {
                    0 => "none".to_owned(),
                    moved => format!("{moved}, by at most {}", percent(fit.largest_move, 2)),
                },
            ),
        ];
        let each = |(name, value): &(&str, String)| {
            element(
                "tr",
                &[],
                &[
                    element("th", &[("scope", "row")], &[text(name)]),
                    element("td", &[], &[text(value)]),
                ],
            )
        };
        let analyse = element("a", &[("href", "analyse/")], &[text("Analyse")]);
        Html::all([
            element(
                "p",
                &[("class", "remark contradiction"), ("data-testid", "reconstructed")],
                &[text(en::RECONSTRUCTED)],
            ),
            Html::all(
                found
                    .missed()
                    .into_iter()
                    .map(|miss| span("p", "remark notice", &en::reconstruction_miss(miss))),
            ),
            Html::when(found.censoring_unknown, || {
                span("p", "remark notice", en::CENSORING_UNKNOWN)
            }),
            table("compact", Html::default(), rows.iter().map(each)),
            self.at_risk_table(found),
            self.figure().map(|figure| figure.html("curve")).unwrap_or_default(),
            exporter("reconstructed.csv", "Times and events (CSV)"),
            element(
                "p",
                &[("class", "quiet")],
                &[
                    text("The column “origin” says reconstructed in every row. The file can be opened under "),
                    analyse,
                    text("."),
                ],
            ),
        ])
    }

    fn at_risk_table(&self, found: &Reconstruction) -> Html {
        let each = |(published, reconstructed): &(AtRisk, u32)| {
            element(
                "tr",
                &[],
                &[
                    element("th", &[("scope", "row")], &[text(&rounded(published.time(), 2))]),
                    cell("Published", "number", &[text(&published.patients.to_string())]),
                    cell("Reconstructed", "number", &[text(&reconstructed.to_string())]),
                ],
            )
        };
        let head = head(&[("At risk at", ""), ("Published", "number"), ("Reconstructed", "number")]);
        table("compact", head, found.fit.at_risk.iter().map(each))
    }

    /// The reconstructed curve over the points as they were read.
    pub fn figure(&self) -> Option<Drawn> {
        let (points, found) = self.found().ok()?;
        let curve = curve_of(&found)?;
        let patients = found.time.len() as f64;
        let reconstructed = CurveInput {
            label: "reconstructed".to_owned(),
            start: 0.0,
            followed: Followed {
                time: curve.time().to_vec(),
                at_risk: curve.at_risk().to_vec(),
                events: curve.events().to_vec(),
                censored: curve.censored().to_vec(),
                entered: Vec::new(),
            },
            survival: curve.survival().to_vec(),
            interval: Vec::new(),
        };
        let read = CurveInput {
            label: "as read".to_owned(),
            start: 0.0,
            followed: Followed {
                time: points.iter().map(|point| point.0).collect(),
                at_risk: vec![patients; points.len()],
                events: vec![0.0; points.len()],
                censored: vec![0.0; points.len()],
                entered: Vec::new(),
            },
            survival: points.iter().map(|point| point.1.clamp(0.0, 1.0)).collect(),
            interval: Vec::new(),
        };
        let name = if self.group.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.group)
        };
        let unit = code(self.unit);
        let figure = CurveFigure {
            lettering: Lettering {
                title: format!("{name}reconstructed from a published curve"),
                description: format!(
                    "Kaplan–Meier curve of {} reconstructed times with {} events, over the curve as it was read.",
                    found.time.len(),
                    found.events()
                ),
                caption: vec![en::RECONSTRUCTED.to_owned()],
            },
            curves: vec![reconstructed, read],
            options: PlotOptions {
                style: Style::MIDDLE,
                time_label: format!("Time ({unit})"),
                value_label: "Survival (%)".to_owned(),
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
        let group = (!self.group.is_empty()).then_some(self.group.as_str());
        Some(cotside_words::wire::evidence::reconstruction_csv(
            &found,
            Some(self.unit),
            group,
        ))
    }
}

fn curve_of(found: &Reconstruction) -> Option<SurvivalCurve> {
    found.follow_up().ok().map(|follow_up| kaplan_meier(&follow_up))
}
