//! `cotside reconstruct` of several curves of one figure: read from a file of points, saved with its source, opened again,
//! and two readings compared.

use clap::Args;
use cotside_core::cohort::{Cells, Expected, TimeUnit, Wanted};
use cotside_core::evidence::{
    AtRisk, CurveOf, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureInput, FigureKind, HeightUnit,
    PrintedRatio, Provenance, agreement, curve_points, library_file, read_figures,
};
use cotside_words::en;
use cotside_words::en::digitised as words;
use cotside_words::wire::digitised as wire;
use serde_json::{Value, json};

use crate::analysis::{Complete, Table};
use crate::digitised_report::{agreement_report, comparison, remarks, report};
use crate::flags::{named, number, present};
use crate::import::bytes_of;
use crate::reconstruct::{Reconstruct, refusal};
use crate::{Refusal, output};

/// Units of times.
const UNITS: [(&str, TimeUnit); 4] = [
    ("days", TimeUnit::Days),
    ("weeks", TimeUnit::Weeks),
    ("months", TimeUnit::Months),
    ("years", TimeUnit::Years),
];

/// Units of heights.
const HEIGHTS: [(&str, HeightUnit); 2] = [("percent", HeightUnit::Percent), ("fraction", HeightUnit::Fraction)];

/// Options of a figure with several curves, and of its file.
#[derive(Debug, Args)]
pub struct FigureFlags {
    /// Column of cumulative incidence, instead of survival; needs --height-unit
    #[arg(long, value_name = "COLUMN", conflicts_with = "survival", requires = "height_unit", value_parser = present)]
    incidence: Option<String>,
    /// Column that says of each point of an incidence “event” or “competing”; without it all are of the event
    #[arg(long, value_name = "COLUMN", requires = "incidence", value_parser = present)]
    cause: Option<String>,
    /// Unit of the heights of incidences
    #[arg(long, value_name = "UNIT", requires = "incidence", value_parser = named(&HEIGHTS))]
    height_unit: Option<HeightUnit>,
    /// Column of groups, where the file holds the curves of several
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    groups: Option<String>,
    /// CSV file of the numbers at risk of several groups: columns group, time, at_risk
    #[arg(long, value_name = "FILE", conflicts_with = "at_risk", requires = "groups", value_parser = present)]
    at_risk_file: Option<String>,
    /// Published number of competing events
    #[arg(long, value_name = "N", requires = "cause", value_parser = crate::reconstruct::events)]
    competing_events: Option<u32>,
    /// Group with which the others are compared [default: the first]
    #[arg(long, value_name = "GROUP", value_parser = present)]
    reference: Option<String>,
    /// Hazard ratio printed with a figure of two groups, with its interval: RATIO or RATIO,LOWER,UPPER
    #[arg(long, value_name = "RATIO", num_args = 1..=3, value_delimiter = ',', value_parser = number)]
    printed_hr: Vec<f64>,
    /// Unit of the times, for the file
    #[arg(long, value_name = "UNIT", value_parser = named(&UNITS))]
    unit: Option<TimeUnit>,
    /// Write the figure with its source to this file (JSON)
    #[arg(long, value_name = "FILE", requires_all = ["study", "figure", "digitised_by", "date", "unit"], value_parser = present)]
    save: Option<String>,
    /// The study, for the file
    #[arg(long, value_name = "TEXT", requires = "save", value_parser = present)]
    study: Option<String>,
    /// The figure, for the file
    #[arg(long, value_name = "TEXT", requires = "save", value_parser = present)]
    figure: Option<String>,
    /// The page, for the file
    #[arg(long, value_name = "TEXT", requires = "save", value_parser = present)]
    page: Option<String>,
    /// Who digitised it, for the file
    #[arg(long, value_name = "TEXT", requires = "save", value_parser = present)]
    digitised_by: Option<String>,
    /// When it was digitised, for the file
    #[arg(long, value_name = "YYYY-MM-DD", requires = "save", value_parser = present)]
    date: Option<String>,
    /// A remark, for the file
    #[arg(long, value_name = "TEXT", requires = "save", value_parser = present)]
    note: Option<String>,
    /// Open files of figures or libraries, instead of a file of points; - reads standard input
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["input", "save"], value_parser = present)]
    open: Vec<String>,
    /// Compare the two figures that are opened, as readings of one
    #[arg(long, requires = "open")]
    agreement: bool,
    /// Print the rows of the one figure that is opened as CSV
    #[arg(long, requires = "open", conflicts_with = "agreement")]
    rows: bool,
    /// Write the figures that are opened to one library (JSON)
    #[arg(long, value_name = "FILE", requires = "open", value_parser = present)]
    library: Option<String>,
}

impl FigureFlags {
    /// Whether anything is asked for that a single curve of survival does not have.
    pub fn is_given(&self) -> bool {
        let texts = [&self.incidence, &self.groups, &self.reference, &self.save];
        texts.iter().any(|text| text.is_some())
            || !self.open.is_empty()
            || !self.printed_hr.is_empty()
            || self.unit.is_some()
    }
}

/// Reads a figure or opens files, and prints.
pub fn run(options: &Reconstruct) -> Result<(), Refusal> {
    if options.figure.open.is_empty() {
        digitise(options)
    } else {
        open(options)
    }
}

// ---- Opening

fn open(options: &Reconstruct) -> Result<(), Refusal> {
    let flags = &options.figure;
    let mut figures = Vec::new();
    for path in &flags.open {
        let read = read_figures(&bytes_of(path)?);
        figures.extend(read.map_err(|error| Refusal(format!("{path}: {}", words::file_error(&error))))?);
    }
    if let Some(path) = &flags.library {
        let text = library_file(&figures).map_err(|error| refusal(&words::file_error(&error)))?;
        write_to(path, &text)?;
    }
    let agree = match (&figures[..], flags.agreement) {
        (_, false) => None,
        ([first, second], true) => {
            let found = agreement(first, second);
            Some(found.map_err(|error| refusal(&format!("--agreement: {}", words::agreement_error(error))))?)
        }
        (_, true) => {
            let found = figures.len();
            return Err(refusal(&format!("--agreement needs two figures; {found} are opened")));
        }
    };
    if flags.rows {
        let [figure] = &figures[..] else {
            let found = figures.len();
            return Err(refusal(&format!("--rows needs one figure; {found} are opened")));
        };
        return output::file(&wire::rows_csv(figure, false));
    }
    let references = figures
        .iter()
        .map(|figure| reference(figure, flags))
        .collect::<Result<Vec<_>, _>>()?;
    if options.json {
        let documents = figures
            .iter()
            .zip(&references)
            .map(|(figure, &place)| wire::figure(figure, place));
        let documents: Vec<Value> = documents.collect();
        return output::json(&json!({ "figures": documents, "agreement": agree.as_ref().map(wire::agreement) }));
    }
    let mut text = String::new();
    for (figure, &place) in figures.iter().zip(&references) {
        if !text.is_empty() {
            text.push('\n');
        }
        report(figure, place, &mut text);
    }
    if let Some(found) = agree {
        let unit = figures.first().map_or("", |figure| figure.input().unit.code());
        agreement_report(&found, unit, &mut text);
    }
    output::print(&text)
}

fn write_to(path: &str, text: &str) -> Result<(), Refusal> {
    std::fs::write(path, text).map_err(|error| Refusal(format!("{path}: {error}")))
}

fn reference(figure: &DigitisedFigure, flags: &FigureFlags) -> Result<usize, Refusal> {
    let Some(wanted) = &flags.reference else {
        let printed = figure.input().printed.as_ref();
        return Ok(printed
            .and_then(|printed| figure.group(&printed.reference))
            .unwrap_or(0));
    };
    figure.group(wanted).ok_or_else(|| {
        let known: Vec<&str> = figure.input().groups.iter().map(|group| group.name.as_str()).collect();
        refusal(&format!(
            "--reference: no group “{wanted}”; there are {}",
            known.join(", ")
        ))
    })
}

// ---- Digitising

/// Points of a file: time, height, group and cause of each row.
struct Points {
    time: Vec<f64>,
    height: Vec<f64>,
    group: Vec<String>,
    cause: Vec<CurveOf>,
}

fn points(options: &Reconstruct) -> Result<Points, Refusal> {
    let flags = &options.figure;
    let height = flags.incidence.as_ref().or(options.survival.as_ref());
    let (Some(input), Some(time), Some(height)) = (&options.input, &options.time, height) else {
        return Err(refusal("--input, --time and --survival or --incidence are required"));
    };
    let mut wanted = vec![
        Wanted {
            name: time,
            cells: Cells::Numbers(Expected::NotNegative),
        },
        Wanted {
            name: height,
            cells: Cells::Numbers(Expected::Number),
        },
    ];
    let texts = [&flags.groups, &flags.cause];
    wanted.extend(texts.iter().filter_map(|column| column.as_deref()).map(|name| Wanted {
        name,
        cells: Cells::Texts,
    }));
    let (table, columns) = Table::read(input, &wanted)?;
    let mut rows = table.rows(columns);
    let times = rows.numbers(time, Expected::NotNegative)?;
    let heights = rows.numbers(height, Expected::Number)?;
    let mut texts_of = |column: &Option<String>| match column {
        Some(column) => rows.texts(column).map(Some),
        None => Ok(None),
    };
    let (groups, causes) = (texts_of(&flags.groups)?, texts_of(&flags.cause)?);
    let complete = rows.finish();
    if complete.n_excluded > 0 {
        output::say(&format!(
            "cotside reconstruct: {} rows without a value are left out",
            complete.n_excluded
        ));
    }
    let listed = |texts: Option<cotside_core::cohort::Texts>, otherwise: &str| -> Vec<String> {
        match texts {
            Some(texts) => {
                let names = texts.names();
                let codes = texts.codes().map(|code| code.and_then(|code| names.get(code)));
                let all: Vec<String> = codes.map(|name| name.cloned().unwrap_or_default()).collect();
                complete.pick(all)
            }
            None => vec![otherwise.to_owned(); complete.pick(times.clone()).len()],
        }
    };
    let only = options.group.clone().unwrap_or_default();
    let group = listed(groups, &only);
    let cause = if flags.incidence.is_some() {
        let names = listed(causes, CurveOf::Event.code());
        let of = |(row, name): (usize, &String)| match CurveOf::from_code(name) {
            Some(of @ (CurveOf::Event | CurveOf::Competing)) => Ok(of),
            _ => Err(cause_refusal(&complete, row, flags, name)),
        };
        names.iter().enumerate().map(of).collect::<Result<_, _>>()?
    } else {
        vec![CurveOf::Survival; group.len()]
    };
    Ok(Points {
        time: complete.pick(times),
        height: complete.pick(heights),
        group,
        cause,
    })
}

fn cause_refusal(complete: &Complete, row: usize, flags: &FigureFlags, found: &str) -> Refusal {
    let column = flags.cause.as_deref().unwrap_or_default();
    let what = format!("“{found}” is not a cause; give event or competing");
    complete.table.row_refusal(complete.row(row), column, &what)
}

/// Numbers at risk of the groups of a file, in its order.
fn at_risk_file(path: &str) -> Result<Vec<(String, AtRisk)>, Refusal> {
    let numbers = |name| Wanted {
        name,
        cells: Cells::Numbers(Expected::NotNegative),
    };
    let wanted = [
        Wanted {
            name: "group",
            cells: Cells::Texts,
        },
        numbers("time"),
        numbers("at_risk"),
    ];
    let (table, columns) = Table::read(path, &wanted)?;
    let mut rows = table.rows(columns);
    let groups = rows.texts("group")?;
    let time = rows.numbers("time", Expected::NotNegative)?;
    let patients = rows.numbers("at_risk", Expected::NotNegative)?;
    let complete = rows.finish();
    let names = groups.names();
    let codes = groups.codes().map(|code| code.and_then(|code| names.get(code)));
    let named: Vec<String> = complete.pick(codes.map(|name| name.cloned().unwrap_or_default()).collect());
    let (time, patients) = (complete.pick(time), complete.pick(patients));
    let mut entries = Vec::new();
    for (row, ((name, time), patients)) in named.into_iter().zip(time).zip(patients).enumerate() {
        if patients.fract() != 0.0 || patients > f64::from(u32::MAX) {
            let what = "give a whole number of patients, such as 40";
            return Err(complete.table.row_refusal(complete.row(row), "at_risk", what));
        }
        entries.push((name, AtRisk::at(time, patients as u32)));
    }
    Ok(entries)
}

/// The figure of a file of points.
fn figure(options: &Reconstruct) -> Result<DigitisedFigure, Refusal> {
    let flags = &options.figure;
    let read = points(options)?;
    let tables = flags.at_risk_file.as_deref().map(at_risk_file).transpose()?;
    let mut groups: Vec<DigitisedGroup> = Vec::new();
    for row in 0..read.time.len() {
        let name = &read.group[row];
        let place = groups.iter().position(|group| group.name == *name).unwrap_or_else(|| {
            groups.push(DigitisedGroup {
                name: name.clone(),
                ..DigitisedGroup::default()
            });
            groups.len() - 1
        });
        let curves = &mut groups[place].curves;
        let of = read.cause[row];
        let curve = curves.iter().position(|curve| curve.of == of).unwrap_or_else(|| {
            curves.push(DigitisedCurve {
                of,
                ..DigitisedCurve::default()
            });
            curves.len() - 1
        });
        curves[curve].points.push((read.time[row], read.height[row]));
    }
    let single = groups.len() == 1;
    if !single && tables.is_none() {
        return Err(refusal(
            "several groups need their numbers at risk: give --at-risk-file FILE",
        ));
    }
    if !single && (options.events.is_some() || flags.competing_events.is_some()) {
        return Err(refusal(
            "--events and --competing-events are of one group; the file has several",
        ));
    }
    for group in &mut groups {
        group.at_risk = match &tables {
            Some(entries) => {
                let own = entries.iter().filter(|(name, _)| *name == group.name);
                own.map(|(_, entry)| *entry).collect()
            }
            None => options.at_risk.clone(),
        };
        group.curves.sort_by_key(|curve| curve.of == CurveOf::Competing);
        for curve in &mut group.curves {
            curve.events = match curve.of {
                CurveOf::Competing => flags.competing_events,
                _ => options.events,
            };
        }
    }
    if let Some((unknown, _)) = tables
        .iter()
        .flatten()
        .find(|(name, _)| !groups.iter().any(|group| group.name == *name))
    {
        return Err(refusal(&format!(
            "--at-risk-file: no curve is of the group “{unknown}”"
        )));
    }
    let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
    let printed = printed(flags, &names)?;
    let heights = match flags.height_unit {
        Some(unit) => unit,
        None => {
            let all: Vec<(f64, f64)> = read.time.iter().copied().zip(read.height.iter().copied()).collect();
            let (_, percent) = curve_points(&all).map_err(|error| refusal(&en::reconstruct_error(error)))?;
            if percent {
                HeightUnit::Percent
            } else {
                HeightUnit::Fraction
            }
        }
    };
    let input = FigureInput {
        kind: if flags.incidence.is_some() {
            FigureKind::Incidence
        } else {
            FigureKind::Survival
        },
        unit: flags.unit.unwrap_or(TimeUnit::Years),
        heights,
        axes: None,
        groups,
        printed,
    };
    let mut figure = DigitisedFigure::new(input).map_err(|error| refusal(&words::figure_error(&error, &names)))?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    figure.provenance = Provenance {
        study: text(&flags.study),
        figure: text(&flags.figure),
        page: text(&flags.page),
        digitised_by: text(&flags.digitised_by),
        date: text(&flags.date),
        note: text(&flags.note),
    };
    Ok(figure)
}

fn printed(flags: &FigureFlags, names: &[String]) -> Result<Option<PrintedRatio>, Refusal> {
    let (ratio, interval) = match flags.printed_hr[..] {
        [] => return Ok(None),
        [ratio] => (ratio, None),
        [ratio, lower, upper] => (ratio, Some((lower, upper))),
        _ => {
            return Err(refusal(
                "--printed-hr: give RATIO, or RATIO,LOWER,UPPER such as 0.62,0.40,0.95",
            ));
        }
    };
    let [first, second] = names else {
        return Err(refusal("--printed-hr needs a figure of two groups"));
    };
    let swapped = flags.reference.as_ref() == Some(second);
    let (group, reference) = if swapped { (first, second) } else { (second, first) };
    Ok(Some(PrintedRatio {
        group: group.clone(),
        reference: reference.clone(),
        ratio,
        interval,
    }))
}

fn digitise(options: &Reconstruct) -> Result<(), Refusal> {
    let flags = &options.figure;
    let figure = figure(options)?;
    let reference = reference(&figure, flags)?;
    if let Some(path) = &flags.save {
        let text = figure.to_file().map_err(|error| refusal(&words::file_error(&error)))?;
        write_to(path, &text)?;
    }
    if options.json {
        return output::json(&wire::figure(&figure, reference));
    }
    for line in remarks(&figure).into_iter().chain(comparison(&figure, reference)) {
        output::say(&format!("cotside reconstruct: {line}"));
    }
    output::file(&wire::rows_csv(&figure, false))
}
