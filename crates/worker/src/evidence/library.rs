//! The library: digitised figures of a reader, drawn together, and two readings of one figure compared.

use cotside_core::cohort::TimeUnit;
use cotside_core::evidence::{
    Agreement, CurveOf, Difference, DigitisedFigure, FigureKind, GroupAgreement, agreement, library_file, read_figures,
};
use cotside_figures::curve::CurveFigure;
use cotside_figures::difference::{DifferenceFigure, DifferenceInput};
use cotside_figures::{Followed, Lettering, PlotOptions, Style};
use cotside_messages::{EvidenceEvent, FigureLibrary, LibraryRow};
use cotside_views::{Columns, notice};
use cotside_words::en::{self, digitised_results as printed};
use cotside_words::lang::digitised_results as digitised;
use cotside_words::lang::{self, digitise_page};
use cotside_words::{decimal as rounded, lang::evidence_results as results};
use maud::{Markup, html};

use crate::Reply;
use crate::evidence::drawing::Drawn;
use crate::evidence::figure_input::typed;
use crate::evidence::figure_results::{line, options};

/// The figures that were opened, with the files they came from.
#[derive(Debug, Clone, Default)]
pub struct Library {
    figures: Vec<(String, DigitisedFigure)>,
    chosen: Vec<usize>,
}

/// The figures of a file, each as a file of its own, or why it is not read.
pub fn opened(name: &str, bytes: &[u8]) -> Reply {
    let files = read_figures(bytes).and_then(|figures| figures.iter().map(DigitisedFigure::to_file).collect());
    match files {
        Ok(files) => Reply {
            evidence: vec![EvidenceEvent::Shelved(files)],
            ..Reply::default()
        },
        Err(error) => Reply {
            refused: Some(digitised::not_opened(name, &lang::digitised::file_error(&error))),
            ..Reply::default()
        },
    }
}

/// A file of the library as what is typed and marked.
pub fn edited(file: &str) -> Reply {
    let Some(figure) = read_figures(file.as_bytes())
        .ok()
        .and_then(|figures| figures.into_iter().next())
    else {
        return Reply::default();
    };
    let numbers = typed(&figure);
    let marks = figure.input().axes.map(|axes| {
        let places = numbers.curves.first().map_or("", |curve| curve.places.as_str());
        crate::evidence::rebuilding::marks_of(&axes, places)
    });
    Reply {
        evidence: vec![EvidenceEvent::Edited {
            numbers: Box::new(numbers),
            marks,
        }],
        ..Reply::default()
    }
}

/// Years of a unit of time.
fn years(unit: TimeUnit) -> f64 {
    unit.days() / TimeUnit::Years.days()
}

impl Library {
    /// Takes the files and which of them are drawn: what the page shows of them, and the part `library`.
    pub fn set(&mut self, library: FigureLibrary) -> Reply {
        let before = std::mem::take(&mut self.figures);
        for text in library.figures {
            let known = before
                .iter()
                .find(|(known, _)| *known == text)
                .map(|(_, figure)| figure.clone());
            let figure = known.or_else(|| read_figures(text.as_bytes()).ok()?.into_iter().next());
            self.figures.extend(figure.map(|figure| (text, figure)));
        }
        self.chosen = library.chosen;
        let rows = self.figures.iter().map(|(_, figure)| row(figure)).collect();
        let mut reply = Reply::default().part("library", self.html());
        reply.evidence.push(EvidenceEvent::Library(rows));
        reply
    }

    fn chosen(&self) -> Vec<&DigitisedFigure> {
        let figures = self.chosen.iter().filter_map(|&place| self.figures.get(place));
        figures.map(|(_, figure)| figure).collect()
    }

    /// All figures as one file.
    pub fn file(&self) -> Option<String> {
        let figures: Vec<DigitisedFigure> = self.figures.iter().map(|(_, figure)| figure.clone()).collect();
        library_file(&figures).ok()
    }

    fn html(&self) -> Markup {
        let chosen = self.chosen();
        let kinds = FigureKind::ALL.map(|kind| (kind, self.together(kind)));
        html! {
            @if let [first, second] = chosen[..] { (agreement_html(first, second)) }
            @if !chosen.is_empty() {
                h4 { (digitised::TOGETHER) }
                @for (kind, drawn) in kinds {
                    @if let Some(drawn) = drawn { (drawn.html(name_of(kind))) }
                }
            }
        }
    }

    /// The chosen figures of a kind in one drawing.
    pub fn together(&self, kind: FigureKind) -> Option<Drawn> {
        let chosen = self.chosen();
        let of_kind: Vec<&&DigitisedFigure> = chosen.iter().filter(|figure| figure.input().kind == kind).collect();
        let mut curves = Vec::new();
        for figure in &of_kind {
            for (group, rebuilt) in figure.groups() {
                for curve in &group.curves {
                    let name = printed::curve(&group.name, curve.of);
                    let label = printed::of_study(&figure.provenance.study, &figure.provenance.digitised_by, &name);
                    curves.extend(line(label, rebuilt, curve.of, years(figure.input().unit)));
                }
            }
        }
        if curves.is_empty() {
            return None;
        }
        let (options, shown) = options(kind, printed::YEARS.to_owned());
        let figure = CurveFigure {
            lettering: Lettering {
                title: printed::TOGETHER_TITLE.to_owned(),
                description: printed::together_description(of_kind.len(), curves.len()),
                caption: vec![printed::TOGETHER_CAPTION.to_owned()],
            },
            curves,
            shown,
            options: PlotOptions {
                direct_labels: false,
                ..options
            },
            ..CurveFigure::default()
        };
        Some(Drawn::new(figure.scene(), figure.data()))
    }

    /// The differences of two chosen readings over time.
    pub fn differences(&self) -> Option<Drawn> {
        let [first, second] = self.chosen()[..] else {
            return None;
        };
        Some(differences(&agreement(first, second).ok()?, years(first.input().unit)))
    }
}

/// The name of the drawing of a kind.
pub const fn name_of(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Survival => "together",
        FigureKind::Incidence => "together-incidence",
    }
}

fn row(figure: &DigitisedFigure) -> LibraryRow {
    let (source, groups) = (&figure.provenance, &figure.input().groups);
    let names: Vec<&str> = groups
        .iter()
        .map(|group| group.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let largest = figure.rebuilt().iter().map(|group| group.error());
    let fit = largest.fold((0.0_f64, 0.0_f64), |all, each| (all.0.max(each.0), all.1.max(each.1)));
    LibraryRow {
        study: source.study.clone(),
        figure: digitised::figure_and_page(&source.figure, &source.page),
        groups: if names.is_empty() {
            digitised::NONE.to_owned()
        } else {
            names.join(", ")
        },
        patients: figure.patients().to_string(),
        fit: digitised::error(fit),
        digitised: digitise_page::digitised(&source.digitised_by, &source.date),
    }
}

fn agreement_html(first: &DigitisedFigure, second: &DigitisedFigure) -> Markup {
    let unit = results::unit(first.input().unit);
    html! {
        h4 { (digitised::AGREEMENT) }
        @match agreement(first, second) {
            Err(error) => { p.remark { (digitised::no_agreement(lang::digitised::agreement_error(error))) } }
            Ok(found) => {
                @for differs in &found.differs { (notice(lang::digitised::figure_differs(*differs).to_owned())) }
                @if !found.alone.is_empty() { p.quiet { (digitised::alone(&found.alone)) } }
                (curve_table(&found, unit))
                p.quiet { (lang::digitised::LIMITS_DESCRIBE) }
                (times_table(&found))
                @if !found.ratios.is_empty() { (ratio_table(&found)) }
                (differences(&found, years(first.input().unit)).html("agreement"))
            }
        }
    }
}

fn curve_table(found: &Agreement, unit: &str) -> Markup {
    let [curve, counts, median, largest, mean, limits] = digitised::AGREEMENT_HEADS;
    let columns = Columns::new(curve)
        .text(counts)
        .text(median)
        .text(largest)
        .number(mean)
        .text(limits);
    let row = |each: &GroupAgreement| {
        let cells = [
            digitised::counts(each.patients, each.events),
            if each.of == CurveOf::Survival {
                digitised::medians(each.median)
            } else {
                digitised::NONE.to_owned()
            },
            digitised::largest(each, unit),
            digitised::points(each.mean),
            digitised::limits(each.limits),
        ];
        columns.row(digitised::curve(&each.group, each.of), cells)
    };
    columns.wide_table("agreement", digitised::AGREEMENT, found.curves.iter().map(row))
}

fn times_table(found: &Agreement) -> Markup {
    let [curve, time, first, second, difference] = digitised::TIMES_HEADS;
    let columns = Columns::new(curve).numbers([time, first, second, difference]);
    let row = |(each, at): (&GroupAgreement, &Difference)| {
        let percent = |share: f64| rounded(100.0 * share, 1);
        let cells = [
            rounded(at.time, 2),
            percent(at.first),
            percent(at.second),
            digitised::points(at.difference()),
        ];
        columns.row(digitised::curve(&each.group, each.of), cells)
    };
    let rows = found
        .curves
        .iter()
        .flat_map(|each| each.at.iter().map(move |at| (each, at)));
    columns.table("times", rows.map(row))
}

fn ratio_table(found: &Agreement) -> Markup {
    let [ratio, first, second, over] = digitised::RATIO_HEADS;
    let columns = Columns::new(ratio).text(first).text(second).number(over);
    let rows = found.ratios.iter().map(|each| {
        let ratio = |ratio: Option<cotside_core::evidence::Ratio>| {
            ratio.map_or_else(|| lang::digitised::NO_RATIO.to_owned(), lang::digitised::ratio)
        };
        let over = each.ratio_of_ratios();
        let cells = [
            ratio(each.ratios[0]),
            ratio(each.ratios[1]),
            over.map_or_else(|| digitised::NONE.to_owned(), |over| rounded(over, 2)),
        ];
        columns.row(digitised::against(&each.group, &each.reference), cells)
    });
    columns.table("ratios", rows)
}

/// The differences over time, in years.
fn differences(found: &Agreement, scale: f64) -> Drawn {
    let groups = found.curves.iter().enumerate().map(|(place, curve)| DifferenceInput {
        label: printed::curve(&curve.group, curve.of),
        full_name: printed::curve(&curve.group, curve.of),
        place,
        time: curve.even.iter().map(|each| each.time * scale).collect(),
        difference: curve.even.iter().map(Difference::difference).collect(),
        interval: Vec::new(),
        followed: [Followed::default(), Followed::default()],
    });
    let figure = DifferenceFigure {
        lettering: Lettering {
            title: printed::AGREEMENT_TITLE.to_owned(),
            description: printed::agreement_description(found.curves.len()),
            caption: vec![en::RECONSTRUCTED.to_owned()],
        },
        groups: groups.collect(),
        options: PlotOptions {
            style: Style::MIDDLE,
            time_label: en::evidence_results::time_axis(TimeUnit::Years.code()),
            value_label: printed::DIFFERENCE_AXIS.to_owned(),
            bands: false,
            ..PlotOptions::default()
        },
    };
    Drawn::new(figure.scene(), figure.data())
}
