//! What comes of a digitised figure: tables of the fit, the groups compared, the drawing over the curves as they were read.

use cotside_core::cohort::TimeUnit;
use cotside_core::evidence::{
    AtRisk, BetweenGroups, CurveOf, DigitisedFigure, FigureKind, Ratio, Rebuilt, between_groups,
};
use cotside_core::survival::SurvivalCurve;
use cotside_figures::curve::{CurveFigure, CurveInput, Shown};
use cotside_figures::{Followed, Lettering, PlotOptions, Style, TableForm};
use cotside_views::{Columns, compact_table, export_button, notice};
use cotside_words::en::digitised_results as drawn_words;
use cotside_words::en::evidence_results as printed;
use cotside_words::lang::digitised_results as digitised;
use cotside_words::lang::evidence_page as words;
use cotside_words::lang::evidence_results as results;
use cotside_words::{decimal as rounded, en, lang};
use maud::{Markup, html};

use crate::evidence::drawing::Drawn;

/// The part of a figure that could be reconstructed.
pub fn html(figure: &DigitisedFigure) -> Markup {
    let [before, link, behind] = results::FILE_NOTE;
    let incidence = figure.input().kind == FigureKind::Incidence;
    let several = figure.rebuilt().len() > 1;
    html! {
        p class="remark contradiction" data-testid="reconstructed" { (lang::RECONSTRUCTED) }
        @for (group, rebuilt) in figure.groups() { (remarks(&group.name, rebuilt)) }
        @if incidence && !figure.rebuilt().iter().any(Rebuilt::competing_unknown) {
            p.quiet { (lang::digitised::INCIDENCE_METHOD) }
        }
        @match figure.rebuilt() {
            [Rebuilt::Survival(_)] => { (fit_table(figure)) }
            _ => { (group_table(figure)) }
        }
        @if several { (between(figure)) }
        @for (group, rebuilt) in figure.groups() {
            @if several { h3 { (group.name) } }
            (at_risk_table(rebuilt))
        }
        @if let Some(drawn) = drawn(figure) { (drawn.html("curve")) }
        p.tools {
            (export_button("reconstructed.csv", words::SAVE_PATIENTS))
            @if figure.to_file().is_ok() { " " (export_button("figure.json", digitised::SAVE_FIGURE)) }
        }
        @if let Some(why) = why_not_saved(figure) { p.quiet { (why) } }
        p.quiet { (before) a href="analyse/" { (link) } (behind) }
    }
}

/// Why the figure has no file.
fn why_not_saved(figure: &DigitisedFigure) -> Option<String> {
    let error = figure.to_file().err()?;
    let source = &figure.provenance;
    let texts = [&source.study, &source.figure, &source.digitised_by, &source.date];
    Some(if texts.iter().any(|text| text.is_empty()) {
        digitised::NEEDS_PROVENANCE.to_owned()
    } else {
        digitised::not_saved(&lang::digitised::file_error(&error))
    })
}

/// What is not met or not known of a group.
fn remarks(name: &str, rebuilt: &Rebuilt) -> Markup {
    let of_group = |text: String| {
        if name.is_empty() {
            text
        } else {
            results::of_group(name, &text)
        }
    };
    let misses: Vec<String> = match rebuilt {
        Rebuilt::Survival(found) => found.missed().into_iter().map(lang::reconstruction_miss).collect(),
        Rebuilt::Incidence(found) => found.missed().into_iter().map(lang::reconstruction_miss).collect(),
    };
    html! {
        @for miss in misses { (notice(of_group(miss))) }
        @if rebuilt.censoring_unknown() { (notice(of_group(lang::CENSORING_UNKNOWN.to_owned()))) }
        @if let Rebuilt::Incidence(found) = rebuilt && found.competing_fit.is_none() {
            (notice(of_group(lang::digitised::COMPETING_UNKNOWN.to_owned())))
            @if let Some(range) = found.event_range { p.quiet { (of_group(lang::digitised::event_range(range))) } }
        }
    }
}

fn median_of(rebuilt: &Rebuilt, unit: TimeUnit) -> String {
    match (rebuilt, rebuilt.median()) {
        (Rebuilt::Incidence(_), _) => digitised::NONE.to_owned(),
        (_, None) => results::NOT_REACHED.to_owned(),
        (_, Some(median)) => results::time_in(&rounded(median, 2), unit),
    }
}

/// Numbers of a single survival curve, and how close it is to the curve as it was read.
fn fit_table(figure: &DigitisedFigure) -> Markup {
    let Some(Rebuilt::Survival(found)) = figure.rebuilt().first() else {
        return Markup::default();
    };
    let fit = &found.fit;
    let percent = |share: f64| [&rounded(100.0 * share, 2), results::UNIT].concat();
    let median = figure
        .rebuilt()
        .first()
        .map_or_else(String::new, |rebuilt| median_of(rebuilt, figure.input().unit));
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

/// A row for each group.
fn group_table(figure: &DigitisedFigure) -> Markup {
    let [group, patients, events, competing, median, error, at_risk] = digitised::GROUP_HEADS;
    let incidence = figure.input().kind == FigureKind::Incidence;
    let unit = figure.input().unit;
    let columns = Columns::new(group).numbers([patients, events]);
    let columns = if incidence {
        columns.number(competing)
    } else {
        columns.text(median)
    };
    let columns = columns.text(error).number(at_risk);
    let row = |(read, rebuilt): (&cotside_core::evidence::DigitisedGroup, &Rebuilt)| {
        let published = |of: CurveOf| {
            read.curves
                .iter()
                .find(|curve| curve.of == of)
                .and_then(|curve| curve.events)
        };
        let (first, code) = if incidence {
            (CurveOf::Event, 1)
        } else {
            (CurveOf::Survival, 1)
        };
        let events = results::events(rebuilt.events(code) as u32, published(first));
        let third = match (incidence, rebuilt.competing_unknown()) {
            (true, true) => digitised::NONE.to_owned(),
            (true, false) => results::events(rebuilt.events(2) as u32, published(CurveOf::Competing)),
            (false, _) => median_of(rebuilt, unit),
        };
        let cells = [
            rebuilt.time().len().to_string(),
            events,
            third,
            digitised::error(rebuilt.error()),
            rebuilt.largest_at_risk_difference().to_string(),
        ];
        columns.row(name_of(&read.name), cells)
    };
    columns.table("groups", figure.groups().map(row))
}

/// A group’s name; that of its curve where it has none.
fn name_of(name: &str) -> String {
    if name.is_empty() {
        results::CURVE_RECONSTRUCTED.to_owned()
    } else {
        name.to_owned()
    }
}

/// Which group the others are compared with: the reference of the printed ratio, else the first.
fn reference_of(figure: &DigitisedFigure) -> usize {
    let printed = figure.input().printed.as_ref();
    printed
        .and_then(|printed| figure.group(&printed.reference))
        .unwrap_or(0)
}

/// The groups compared.
fn between(figure: &DigitisedFigure) -> Markup {
    html! {
        h3 { (digitised::BETWEEN) }
        @match between_groups(figure, reference_of(figure)) {
            Err(why) => { p.remark { (digitised::not_compared(lang::digitised::not_compared(why))) } }
            Ok(found) => {
                p.remark data-testid="between" { (lang::digitised::OF_RECONSTRUCTION) }
                (ratio_table(figure, &found))
            }
        }
    }
}

fn ratio_table(figure: &DigitisedFigure, found: &BetweenGroups) -> Markup {
    let incidence = figure.input().kind == FigureKind::Incidence;
    let groups = &figure.input().groups;
    let name = |place: usize| groups.get(place).map_or("", |group| group.name.as_str());
    let columns = Columns::new(digitised::COMPARED);
    let columns = if incidence {
        columns.text(digitised::CAUSE_SPECIFIC).text(digitised::SUBDISTRIBUTION)
    } else {
        columns.text(digitised::HAZARD_RATIO)
    };
    let printed = figure.input().printed.as_ref();
    let columns = if printed.is_some() {
        columns.text(digitised::AGAINST_PRINTED)
    } else {
        columns
    };
    let ratio = |ratio: Option<Ratio>| {
        ratio.map_or_else(|| lang::digitised::NO_RATIO.to_owned(), lang::digitised::ratio_with_p)
    };
    let row = |each: &cotside_core::evidence::GroupRatio| {
        let mut cells = vec![ratio(each.hazard)];
        if incidence {
            cells.push(ratio(each.subdistribution));
        }
        if let Some(printed) = printed {
            let is_of = printed.group == name(each.group) && printed.reference == name(found.reference);
            let distance = each
                .hazard
                .filter(|_| is_of)
                .map(|hazard| lang::digitised::printed_distance(printed.ratio, printed.interval, hazard));
            cells.push(distance.unwrap_or_else(|| digitised::NONE.to_owned()));
        }
        columns.row(digitised::against(name(each.group), name(found.reference)), cells)
    };
    html! {
        p {
            @match found.test {
                Some(test) => { (digitised::group_test(test, incidence)) "." }
                None => { (digitised::no_group_test(incidence)) }
            }
        }
        (columns.table("between", found.ratios.iter().map(row)))
    }
}

fn at_risk_table(rebuilt: &Rebuilt) -> Markup {
    let columns = Columns::new(results::AT_RISK_AT)
        .number(results::PUBLISHED)
        .number(results::RECONSTRUCTED);
    let row = |(published, reconstructed): &(AtRisk, u32)| {
        columns.row(rounded(published.time(), 2), [published.patients, *reconstructed])
    };
    columns.table("compact", rebuilt.at_risk().iter().map(row))
}

/// A reconstructed curve as a line of a figure, its times multiplied by `scale`. Incidences are one minus it.
pub fn line(label: String, rebuilt: &Rebuilt, of: CurveOf, scale: f64) -> Option<CurveInput> {
    let curve: SurvivalCurve = rebuilt.curve()?;
    let steps = rebuilt.steps(of);
    let height = |step: &(f64, f64)| if of == CurveOf::Survival { step.1 } else { 1.0 - step.1 };
    (steps.len() == curve.time().len()).then(|| CurveInput {
        label,
        start: 0.0,
        followed: Followed {
            time: curve.time().iter().map(|time| time * scale).collect(),
            at_risk: curve.at_risk().to_vec(),
            events: curve.events().to_vec(),
            censored: curve.censored().to_vec(),
            entered: Vec::new(),
        },
        survival: steps.iter().map(height).collect(),
        ..CurveInput::default()
    })
}

/// The options of a drawing of curves of this kind.
pub fn options(kind: FigureKind, time_label: String) -> (PlotOptions, Shown) {
    let (value_label, shown) = match kind {
        FigureKind::Survival => (printed::SURVIVAL, Shown::Survival),
        FigureKind::Incidence => (drawn_words::INCIDENCE, Shown::Incidence),
    };
    let options = PlotOptions {
        style: Style::MIDDLE,
        time_label,
        value_label: value_label.to_owned(),
        bands: false,
        table: TableForm::None,
        ..PlotOptions::default()
    };
    (options, shown)
}

/// The reconstructed curves over the points as they were read.
pub fn drawn(figure: &DigitisedFigure) -> Option<Drawn> {
    let input = figure.input();
    let full = input.heights.full();
    let single = input.groups.len() == 1 && input.kind == FigureKind::Survival;
    let mut curves = Vec::new();
    for (group, rebuilt) in figure.groups() {
        for curve in &group.curves {
            let name = drawn_words::curve(&group.name, curve.of);
            let label = if single {
                printed::CURVE_RECONSTRUCTED.to_owned()
            } else {
                name.clone()
            };
            curves.push(line(label, rebuilt, curve.of, 1.0)?);
            let patients = rebuilt.time().len() as f64;
            let mut points = curve.points.clone();
            let falls = curve.of == CurveOf::Survival;
            points.sort_by(|a, b| {
                let heights = if falls {
                    b.1.total_cmp(&a.1)
                } else {
                    a.1.total_cmp(&b.1)
                };
                a.0.total_cmp(&b.0).then(heights)
            });
            let height = |height: f64| {
                let share = (height / full).clamp(0.0, 1.0);
                if falls { share } else { 1.0 - share }
            };
            curves.push(CurveInput {
                label: drawn_words::as_read(if single { "" } else { &name }),
                start: 0.0,
                followed: Followed {
                    time: points.iter().map(|point| point.0).collect(),
                    at_risk: vec![patients; points.len()],
                    events: vec![0.0; points.len()],
                    censored: vec![0.0; points.len()],
                    entered: Vec::new(),
                },
                survival: points.iter().map(|point| height(point.1)).collect(),
                ..CurveInput::default()
            });
        }
    }
    let names: Vec<&str> = input
        .groups
        .iter()
        .map(|group| group.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let events = figure.rebuilt().iter().map(|group| group.events(1) as u32).sum();
    let (options, shown) = options(input.kind, printed::time_axis(input.unit.code()));
    let figure = CurveFigure {
        lettering: Lettering {
            title: printed::reconstructed_title(&names.join(", ")),
            description: match input.kind {
                FigureKind::Survival => printed::reconstructed_description(figure.patients(), events),
                FigureKind::Incidence => drawn_words::incidence_description(figure.patients(), events),
            },
            caption: vec![en::RECONSTRUCTED.to_owned()],
        },
        curves,
        shown,
        options,
        ..CurveFigure::default()
    };
    Some(Drawn::new(figure.scene(), figure.data()))
}
