//! Digitised figures as a file: one ([`FIGURE_FORMAT`]) or a library of several ([`LIBRARY_FORMAT`]).
//!
//! The file is JSON (UTF-8). A figure has, in this order: `format`, `version`; `study`, `figure`, `page`, `digitised_by`,
//! `date` (YYYY-MM-DD), `note`; `kind` (`survival` or `incidence`), `time_unit`, `height_unit` (`percent` or `fraction`);
//! `axes`, `null` or the places of `origin`, `x_mark` and `y_mark` in pixels with the values of `x` and `y` there;
//! `printed_hazard_ratio`, `null` or `group`, `reference`, `ratio` and `interval`; `method`, the version of the
//! reconstruction; `groups`. A group has `name`, `curves` (`shows`, `places`, `points`, `events`), `at_risk` (time,
//! patients) and `reconstructed`: `fit` of each curve, `at_risk` as reconstructed and `rows` of time and event (1, 2 for
//! a competing event, 0 for censoring).
//!
//! Every key is needed and no other is accepted. What was read (points, numbers at risk) is reconstructed again when a
//! file is opened; a file whose rows or fit are not those is refused. The same figure always gives the same bytes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::figure::{
    CurveOf, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureError, FigureInput, FigureKind, HeightUnit,
    PrintedRatio, Provenance, Rebuilt,
};
use super::write::indented;
use crate::cohort::TimeUnit;
use crate::evidence::digitise::{Axes, Marks, Pixel};
use crate::evidence::reconstruct::AtRisk;
use crate::infant::Date;
use crate::unseen::is_unseen;

/// The name of a file of one figure.
pub const FIGURE_FORMAT: &str = "cotside-digitised-figure";

/// The name of a file of several figures.
pub const LIBRARY_FORMAT: &str = "cotside-digitised-library";

/// The version of both.
pub const FIGURE_VERSION: u32 = 1;

/// The version of the reconstruction.
pub const METHOD_VERSION: u32 = 1;

/// Most bytes of a file.
pub const MOST_FIGURE_BYTES: usize = 16 * 1024 * 1024;

/// Most figures of a library.
pub const MOST_FIGURES: usize = 100;

/// Most letters of a text of the provenance.
const MOST_LETTERS: usize = 300;

/// How far a number of the file may be from the one that is reconstructed, of it or of 1.
const SAME: f64 = 1e-9;

/// Why a file is not read. Figures of a library count from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FileError {
    /// More than [`MOST_FIGURE_BYTES`] bytes.
    #[error("{bytes} bytes")]
    TooLarge {
        /// How many.
        bytes: usize,
    },
    /// Not JSON.
    #[error("not JSON: line {line}, column {column}")]
    NotJson {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// JSON, but of another kind.
    #[error("not a file of digitised figures")]
    OtherFormat,
    /// Of another version than [`FIGURE_VERSION`].
    #[error("version {found}")]
    OtherVersion {
        /// The version as it is written.
        found: String,
    },
    /// A key is missing, unknown, or holds something else.
    #[error("figure {figure}: {why}")]
    Shape {
        /// Position of the figure.
        figure: usize,
        /// What is wrong.
        why: String,
    },
    /// A figure reconstructed by a method of another version.
    #[error("figure {figure}: method {found}")]
    OtherMethod {
        /// Position of the figure.
        figure: usize,
        /// Its version.
        found: u32,
    },
    /// A text of the provenance is missing, too long, or has characters that are not seen.
    #[error("figure {figure}: {field} is empty, too long or has unseen characters")]
    Text {
        /// Position of the figure.
        figure: usize,
        /// Its key.
        field: &'static str,
    },
    /// A date that does not exist.
    #[error("figure {figure}: no date {found}")]
    Date {
        /// Position of the figure.
        figure: usize,
        /// As it is written.
        found: String,
    },
    /// The marks define no axes.
    #[error("figure {figure}: the marks are not axes")]
    Axes {
        /// Position of the figure.
        figure: usize,
    },
    /// The points are not those of the places in the picture.
    #[error("figure {figure}, group {group}: the points are not those of the places")]
    Places {
        /// Position of the figure.
        figure: usize,
        /// Name of the group.
        group: String,
    },
    /// The curves are refused.
    #[error("figure {figure}: {error}")]
    Figure {
        /// Position of the figure.
        figure: usize,
        /// Why.
        error: FigureError,
        /// Names of its groups.
        groups: Vec<String>,
    },
    /// Rows or fit are not those of the points and numbers at risk: the file was changed.
    #[error("figure {figure}, group {group}: the rows are not those of its points")]
    Changed {
        /// Position of the figure.
        figure: usize,
        /// Name of the group.
        group: String,
    },
    /// No figure, or more than [`MOST_FIGURES`].
    #[error("{found} figures")]
    Count {
        /// How many.
        found: usize,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureWire {
    format: String,
    version: u32,
    study: String,
    figure: String,
    page: String,
    digitised_by: String,
    date: String,
    note: String,
    kind: String,
    time_unit: String,
    height_unit: String,
    axes: Option<AxesWire>,
    printed_hazard_ratio: Option<RatioWire>,
    method: u32,
    groups: Vec<GroupWire>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AxesWire {
    origin: (f64, f64),
    x_mark: (f64, f64),
    y_mark: (f64, f64),
    x: (f64, f64),
    y: (f64, f64),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RatioWire {
    group: String,
    reference: String,
    ratio: f64,
    interval: Option<(f64, f64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupWire {
    name: String,
    curves: Vec<CurveWire>,
    at_risk: Vec<(f64, u32)>,
    reconstructed: RebuiltWire,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CurveWire {
    shows: String,
    places: Vec<(f64, f64)>,
    points: Vec<(f64, f64)>,
    events: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RebuiltWire {
    fit: Vec<FitWire>,
    at_risk: Vec<(f64, u32)>,
    rows: Vec<(f64, u32)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FitWire {
    shows: String,
    root_mean_square: f64,
    largest: f64,
    points_moved: usize,
    events: usize,
}

fn fits(group: &Rebuilt) -> Vec<FitWire> {
    match group {
        Rebuilt::Survival(found) => vec![FitWire {
            shows: CurveOf::Survival.code().to_owned(),
            root_mean_square: found.fit.root_mean_square,
            largest: found.fit.largest,
            points_moved: found.fit.moved,
            events: group.events(1),
        }],
        Rebuilt::Incidence(found) => {
            let causes = [
                (CurveOf::Event, Some(&found.event_fit)),
                (CurveOf::Competing, found.competing_fit.as_ref()),
            ];
            let fit = |(of, fit): (CurveOf, Option<&super::incidence::CauseFit>)| {
                let fit = fit?;
                Some(FitWire {
                    shows: of.code().to_owned(),
                    root_mean_square: fit.root_mean_square,
                    largest: fit.largest,
                    points_moved: fit.moved,
                    events: fit.events as usize,
                })
            };
            causes.into_iter().filter_map(fit).collect()
        }
    }
}

impl RebuiltWire {
    fn of(group: &Rebuilt) -> Self {
        let rows = group.time().iter().copied().zip(group.event().iter().copied());
        let at_risk = group
            .at_risk()
            .iter()
            .map(|(published, found)| (published.time(), *found));
        Self {
            fit: fits(group),
            at_risk: at_risk.collect(),
            rows: rows.collect(),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        let close = |a: f64, b: f64| (a - b).abs() <= SAME * a.abs().max(1.0);
        let pairs = |a: &[(f64, u32)], b: &[(f64, u32)]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(a.0, b.0) && a.1 == b.1)
        };
        let fit = |(a, b): (&FitWire, &FitWire)| {
            a.shows == b.shows
                && close(a.root_mean_square, b.root_mean_square)
                && close(a.largest, b.largest)
                && a.points_moved == b.points_moved
                && a.events == b.events
        };
        pairs(&self.rows, &other.rows)
            && pairs(&self.at_risk, &other.at_risk)
            && self.fit.len() == other.fit.len()
            && self.fit.iter().zip(&other.fit).all(fit)
    }
}

impl FigureWire {
    fn of(figure: &DigitisedFigure) -> Self {
        let (provenance, input) = (&figure.provenance, figure.input());
        let place = |place: Pixel| (place.x, place.y);
        let groups = figure.groups().map(|(group, rebuilt)| GroupWire {
            name: group.name.clone(),
            curves: group
                .curves
                .iter()
                .map(|curve| CurveWire {
                    shows: curve.of.code().to_owned(),
                    places: curve.places.clone(),
                    points: curve.points.clone(),
                    events: curve.events,
                })
                .collect(),
            at_risk: group
                .at_risk
                .iter()
                .map(|entry| (entry.time(), entry.patients))
                .collect(),
            reconstructed: RebuiltWire::of(rebuilt),
        });
        Self {
            format: FIGURE_FORMAT.to_owned(),
            version: FIGURE_VERSION,
            study: provenance.study.clone(),
            figure: provenance.figure.clone(),
            page: provenance.page.clone(),
            digitised_by: provenance.digitised_by.clone(),
            date: provenance.date.clone(),
            note: provenance.note.clone(),
            kind: input.kind.code().to_owned(),
            time_unit: input.unit.code().to_owned(),
            height_unit: input.heights.code().to_owned(),
            axes: input.axes.map(|axes| AxesWire {
                origin: place(axes.corner),
                x_mark: place(axes.along),
                y_mark: place(axes.up),
                x: axes.times,
                y: axes.heights,
            }),
            printed_hazard_ratio: input.printed.as_ref().map(|printed| RatioWire {
                group: printed.group.clone(),
                reference: printed.reference.clone(),
                ratio: printed.ratio,
                interval: printed.interval,
            }),
            method: METHOD_VERSION,
            groups: groups.collect(),
        }
    }

    /// The figure, reconstructed again.
    fn read(self, figure: usize) -> Result<DigitisedFigure, FileError> {
        if self.method != METHOD_VERSION {
            let found = self.method;
            return Err(FileError::OtherMethod { figure, found });
        }
        let unknown = |key: &str, code: &str| FileError::Shape {
            figure,
            why: format!("{key}: {code:?}"),
        };
        let curve = |curve: CurveWire| {
            Ok(DigitisedCurve {
                of: CurveOf::from_code(&curve.shows).ok_or_else(|| unknown("shows", &curve.shows))?,
                places: curve.places,
                points: curve.points,
                events: curve.events,
            })
        };
        let mut before = Vec::new();
        let mut groups = Vec::new();
        for group in self.groups {
            before.push(group.reconstructed);
            groups.push(DigitisedGroup {
                name: group.name,
                curves: group.curves.into_iter().map(curve).collect::<Result<_, FileError>>()?,
                at_risk: group
                    .at_risk
                    .into_iter()
                    .map(|(time, patients)| AtRisk::at(time, patients))
                    .collect(),
            });
        }
        let place = |(x, y): (f64, f64)| Pixel { x, y };
        let axes = self.axes.map(|axes| Marks {
            corner: place(axes.origin),
            along: place(axes.x_mark),
            up: place(axes.y_mark),
            times: axes.x,
            heights: axes.y,
        });
        let names = groups.iter().map(|group| group.name.clone()).collect();
        let input = FigureInput {
            kind: FigureKind::from_code(&self.kind).ok_or_else(|| unknown("kind", &self.kind))?,
            unit: TimeUnit::from_code(&self.time_unit).ok_or_else(|| unknown("time_unit", &self.time_unit))?,
            heights: HeightUnit::from_code(&self.height_unit)
                .ok_or_else(|| unknown("height_unit", &self.height_unit))?,
            axes,
            groups,
            printed: self.printed_hazard_ratio.map(|printed| PrintedRatio {
                group: printed.group,
                reference: printed.reference,
                ratio: printed.ratio,
                interval: printed.interval,
            }),
        };
        let mut found = DigitisedFigure::new(input).map_err(|error| FileError::Figure {
            figure,
            error,
            groups: names,
        })?;
        found.provenance = Provenance {
            study: self.study,
            figure: self.figure,
            page: self.page,
            digitised_by: self.digitised_by,
            date: self.date,
            note: self.note,
        };
        found.check_file(figure)?;
        for ((group, rebuilt), before) in found.groups().zip(&before) {
            if !RebuiltWire::of(rebuilt).is_same(before) {
                let group = group.name.clone();
                return Err(FileError::Changed { figure, group });
            }
        }
        Ok(found)
    }
}

impl DigitisedFigure {
    /// Checks what a file needs beside the curves.
    fn check_file(&self, figure: usize) -> Result<(), FileError> {
        let provenance = &self.provenance;
        let texts = [
            ("study", &provenance.study, true),
            ("figure", &provenance.figure, true),
            ("page", &provenance.page, false),
            ("digitised_by", &provenance.digitised_by, true),
            ("note", &provenance.note, false),
        ];
        let fits = |text: &str| {
            text.chars().count() <= MOST_LETTERS && !text.chars().any(|each| each.is_control() || is_unseen(each))
        };
        for (field, text, needed) in texts {
            if needed && text.trim().is_empty() || !fits(text) {
                return Err(FileError::Text { figure, field });
            }
        }
        if self.input().groups.iter().any(|group| !fits(&group.name)) {
            return Err(FileError::Text { figure, field: "name" });
        }
        if Date::parse_iso(&provenance.date).is_none() {
            let found = provenance.date.clone();
            return Err(FileError::Date { figure, found });
        }
        let axes = match self.input().axes {
            Some(marks) => Some(Axes::new(marks).map_err(|_| FileError::Axes { figure })?),
            None => None,
        };
        for (group, _) in self.groups() {
            let belong =
                |curve: &DigitisedCurve| curve.places.is_empty() || axes.is_some_and(|axes| curve.is_read_by(&axes));
            if !group.curves.iter().all(belong) {
                let group = group.name.clone();
                return Err(FileError::Places { figure, group });
            }
        }
        Ok(())
    }

    /// Returns the figure as a file, documented at the top of `file.rs`.
    ///
    /// # Errors
    /// [`FileError::Text`] and [`FileError::Date`] where the provenance is incomplete, [`FileError::Axes`] and
    /// [`FileError::Places`] where places in a picture do not give the points; the figure counts as the first.
    pub fn to_file(&self) -> Result<String, FileError> {
        self.check_file(0)?;
        Ok(indented(&FigureWire::of(self)))
    }
}

#[derive(Serialize)]
struct LibraryWire {
    format: &'static str,
    version: u32,
    figures: Vec<FigureWire>,
}

/// Returns several figures as one file: `format`, `version` and `figures`, each as in a file of its own.
///
/// # Errors
/// As [`DigitisedFigure::to_file`]; [`FileError::Count`].
pub fn library_file(figures: &[DigitisedFigure]) -> Result<String, FileError> {
    count(figures.len())?;
    for (place, figure) in figures.iter().enumerate() {
        figure.check_file(place)?;
    }
    Ok(indented(&LibraryWire {
        format: LIBRARY_FORMAT,
        version: FIGURE_VERSION,
        figures: figures.iter().map(FigureWire::of).collect(),
    }))
}

fn count(found: usize) -> Result<(), FileError> {
    let fits = (1..=MOST_FIGURES).contains(&found);
    fits.then_some(()).ok_or(FileError::Count { found })
}

/// Reads a file of one figure or of a library; every figure is reconstructed again from its points.
///
/// # Errors
/// [`FileError`].
pub fn read_figures(bytes: &[u8]) -> Result<Vec<DigitisedFigure>, FileError> {
    if bytes.len() > MOST_FIGURE_BYTES {
        return Err(FileError::TooLarge { bytes: bytes.len() });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut value: Value = serde_json::from_slice(bytes).map_err(|error| FileError::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    let format = value.get("format").and_then(Value::as_str);
    let is_library = match format {
        Some(FIGURE_FORMAT) => false,
        Some(LIBRARY_FORMAT) => true,
        _ => return Err(FileError::OtherFormat),
    };
    match value.get("version") {
        Some(version) if version.as_u64() == Some(u64::from(FIGURE_VERSION)) => {}
        found => {
            let found = found.map_or_else(|| "–".to_owned(), ToString::to_string);
            return Err(FileError::OtherVersion { found });
        }
    }
    if !is_library {
        return Ok(vec![one(value, 0)?]);
    }
    let shape = |why: String| FileError::Shape { figure: 0, why };
    if let Some(unknown) = value.as_object().and_then(|object| {
        object
            .keys()
            .find(|key| !matches!(key.as_str(), "format" | "version" | "figures"))
    }) {
        return Err(shape(format!("unknown field `{unknown}`")));
    }
    let figures = match value.get_mut("figures").map(Value::take) {
        Some(Value::Array(figures)) => figures,
        _ => return Err(shape("missing field `figures`".to_owned())),
    };
    count(figures.len())?;
    figures
        .into_iter()
        .enumerate()
        .map(|(place, value)| one(value, place))
        .collect()
}

fn one(value: Value, figure: usize) -> Result<DigitisedFigure, FileError> {
    let wire: FigureWire = serde_json::from_value(value).map_err(|error| FileError::Shape {
        figure,
        why: error.to_string(),
    })?;
    if wire.format != FIGURE_FORMAT {
        return Err(FileError::OtherFormat);
    }
    if wire.version != FIGURE_VERSION {
        let found = wire.version.to_string();
        return Err(FileError::OtherVersion { found });
    }
    wire.read(figure)
}
