//! A figure as it was typed and marked, read into its curves.

use cotside_core::decimal;
use cotside_core::evidence::digitise::Axes;
use cotside_core::evidence::{
    AtRisk, CurveOf, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureInput, FigureKind, HeightUnit,
    PrintedRatio, Provenance, curve_points,
};
use cotside_messages::{CurveNumbers, FigureNumbers, PrintedNumbers};
use cotside_words::lang;
use cotside_words::lang::digitised_results as digitised;
use cotside_words::lang::evidence_results as results;

/// Why nothing was reconstructed.
#[derive(Debug, Clone)]
pub struct Missing {
    /// Name of the curve, where there are several.
    pub curve: String,
    /// Why.
    pub why: Why,
}

/// Why a curve was not read.
#[derive(Debug, Clone)]
pub enum Why {
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

impl From<Why> for Missing {
    fn from(why: Why) -> Self {
        Self {
            curve: String::new(),
            why,
        }
    }
}

/// Two numbers of a line, separated by whatever people write between them.
pub fn two(line: &str) -> Option<(f64, f64)> {
    let mut numbers = line
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | ':'))
        .filter(|piece| !piece.is_empty())
        .map(decimal::parse);
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Some(first)), Some(Some(second)), None) => Some((first, second)),
        _ => None,
    }
}

/// Lines that are not empty.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn pairs(of: (&'static str, &'static str), text: &str) -> Result<Vec<(f64, f64)>, Why> {
    let row = |line: &str| {
        two(line).ok_or_else(|| Why::Line {
            of,
            line: line.to_owned(),
        })
    };
    lines(text).map(row).collect()
}

fn at_risk(text: &str) -> Result<Vec<AtRisk>, Why> {
    let entry = |(time, patients): (f64, f64)| {
        let whole = patients >= 0.0 && patients <= f64::from(u32::MAX) && patients.fract() == 0.0;
        let wrong = || Why::Line {
            of: results::AT_RISK_WHOLE,
            line: format!("{time}: {patients}"),
        };
        whole.then_some(AtRisk::at(time, patients as u32)).ok_or_else(wrong)
    };
    pairs(results::AT_RISK_LINES, text)?.into_iter().map(entry).collect()
}

/// A curve of a figure of this kind, with the unit of its heights and its numbers at risk.
fn curve(
    numbers: &CurveNumbers,
    figure: &FigureNumbers,
    axes: Option<&Axes>,
) -> Result<(DigitisedCurve, HeightUnit, Vec<AtRisk>), Why> {
    let points = pairs(results::POINT_LINES, &numbers.points)?;
    if points.is_empty() {
        return Err(Why::Points);
    }
    let of = match (figure.kind, numbers.of) {
        (FigureKind::Survival, _) => CurveOf::Survival,
        (FigureKind::Incidence, CurveOf::Competing) => CurveOf::Competing,
        (FigureKind::Incidence, _) => CurveOf::Event,
    };
    let at_risk = at_risk(&numbers.at_risk)?;
    if at_risk.is_empty() && of != CurveOf::Competing {
        return Err(Why::AtRisk);
    }
    let events = match numbers.events.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Why::Line {
            of: results::EVENTS_WHOLE,
            line: text.to_owned(),
        })?),
    };
    let heights = match figure.kind {
        FigureKind::Incidence => figure.heights,
        FigureKind::Survival => {
            let (_, percent) = curve_points(&points).map_err(|error| Why::Refused(lang::reconstruct_error(error)))?;
            if percent {
                HeightUnit::Percent
            } else {
                HeightUnit::Fraction
            }
        }
    };
    let mut read = DigitisedCurve {
        of,
        places: lines(&numbers.places).filter_map(two).collect(),
        points,
        events,
    };
    // Points that were typed since are not those of the picture.
    if !axes.is_some_and(|axes| read.is_read_by(axes)) {
        read.places.clear();
    }
    Ok((read, heights, at_risk))
}

fn printed(numbers: &PrintedNumbers, groups: &[DigitisedGroup]) -> Result<Option<PrintedRatio>, Why> {
    let texts = [&numbers.ratio, &numbers.interval];
    if texts.iter().all(|text| text.trim().is_empty()) {
        return Ok(None);
    }
    let wrong = || Why::Line {
        of: digitised::RATIO_NEEDS,
        line: texts.map(|text| text.trim()).join(" "),
    };
    let interval = match numbers.interval.trim() {
        "" => None,
        text => {
            let plain = text
                .trim_matches(['(', ')', '[', ']'])
                .replace(['–', '−', '-'], " ")
                .replace("to", " ");
            Some(two(&plain).ok_or_else(wrong)?)
        }
    };
    // A group that is there no more counts as not chosen, as the page shows it.
    let group = |named: &str, place: usize| {
        let chosen = groups
            .iter()
            .find(|group| !group.name.is_empty() && group.name == named.trim());
        chosen.or_else(|| groups.get(place)).map(|group| group.name.clone())
    };
    Ok(Some(PrintedRatio {
        group: group(&numbers.group, 1).ok_or_else(wrong)?,
        reference: group(&numbers.reference, 0).ok_or_else(wrong)?,
        ratio: decimal::parse(numbers.ratio.trim()).ok_or_else(wrong)?,
        interval,
    }))
}

/// The figure that was typed, reconstructed. Curves without points and numbers at risk are left out where others have
/// some.
pub fn read(numbers: &FigureNumbers, axes: Option<&Axes>) -> Result<DigitisedFigure, Missing> {
    let filled: Vec<(usize, &CurveNumbers)> = numbers
        .curves
        .iter()
        .enumerate()
        .filter(|(_, curve)| !curve.is_empty())
        .collect();
    if filled.is_empty() {
        return Err(Why::Points.into());
    }
    let (mut groups, mut heights) = (Vec::<DigitisedGroup>::new(), None);
    for (place, typed) in &filled {
        let of_curve = |why| Missing {
            curve: if filled.len() > 1 {
                let competing = numbers.kind == FigureKind::Incidence && typed.of == CurveOf::Competing;
                lang::digitise_page::curve_name(*place, &typed.group, competing)
            } else {
                String::new()
            },
            why,
        };
        let (read, unit, table) = curve(typed, numbers, axes).map_err(of_curve)?;
        if *heights.get_or_insert(unit) != unit {
            return Err(Why::Refused(digitised::MIXED_UNITS.to_owned()).into());
        }
        let name = typed.group.trim().to_owned();
        let known = groups
            .iter_mut()
            .find(|group| numbers.kind == FigureKind::Incidence && group.name == name);
        match known {
            Some(group) => {
                if !table.is_empty() && !group.at_risk.is_empty() && table != group.at_risk {
                    return Err(of_curve(Why::Refused(digitised::TWO_TABLES.to_owned())));
                }
                if group.at_risk.is_empty() {
                    group.at_risk = table;
                }
                group.curves.push(read);
            }
            None => groups.push(DigitisedGroup {
                name,
                curves: vec![read],
                at_risk: table,
            }),
        }
    }
    for group in &mut groups {
        group.curves.sort_by_key(|curve| curve.of == CurveOf::Competing);
        if group.curves.iter().all(|curve| curve.of == CurveOf::Competing) {
            return Err(Why::Refused(digitised::NO_EVENT_CURVE.to_owned()).into());
        }
    }
    let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
    let has_places = groups
        .iter()
        .flat_map(|group| &group.curves)
        .any(|curve| !curve.places.is_empty());
    let input = FigureInput {
        kind: numbers.kind,
        unit: numbers.unit,
        heights: heights.unwrap_or_default(),
        axes: axes.map(|axes| *axes.marks()).filter(|_| has_places),
        printed: printed(&numbers.printed, &groups)?,
        groups,
    };
    let mut figure =
        DigitisedFigure::new(input).map_err(|error| Why::Refused(lang::digitised::figure_error(&error, &names)))?;
    let source = &numbers.source;
    let text = |text: &String| text.trim().to_owned();
    figure.provenance = Provenance {
        study: text(&source.study),
        figure: text(&source.figure),
        page: text(&source.page),
        digitised_by: text(&source.digitised_by),
        date: text(&source.date),
        note: text(&source.note),
    };
    Ok(figure)
}

/// A figure as it would have been typed.
pub fn typed(figure: &DigitisedFigure) -> FigureNumbers {
    let input = figure.input();
    let pair =
        |(a, b): &(f64, f64), between: &str| format!("{}{between}{}", decimal::shortest(*a), decimal::shortest(*b));
    let list = |pairs: &[(f64, f64)], between: &str| {
        let rows: Vec<String> = pairs.iter().map(|each| pair(each, between)).collect();
        rows.join("\n")
    };
    let curves = input.groups.iter().flat_map(|group| {
        group.curves.iter().map(move |curve| CurveNumbers {
            of: curve.of,
            points: list(&curve.points, ", "),
            at_risk: if curve.of == CurveOf::Competing {
                String::new()
            } else {
                let entries = group.at_risk.iter();
                let rows = entries.map(|entry| format!("{}: {}", decimal::shortest(entry.time()), entry.patients));
                rows.collect::<Vec<_>>().join("\n")
            },
            events: curve.events.map_or_else(String::new, |events| events.to_string()),
            group: group.name.clone(),
            places: list(&curve.places, " "),
        })
    });
    FigureNumbers {
        kind: input.kind,
        heights: input.heights,
        unit: input.unit,
        curves: curves.collect(),
        printed: input
            .printed
            .as_ref()
            .map_or_else(PrintedNumbers::default, |printed| PrintedNumbers {
                group: printed.group.clone(),
                reference: printed.reference.clone(),
                ratio: decimal::shortest(printed.ratio),
                interval: printed.interval.map_or_else(String::new, |ends| pair(&ends, "–")),
            }),
        source: figure.provenance.clone(),
    }
}
