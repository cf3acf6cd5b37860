//! Figures of a pooled analysis: survival from counts in intervals with its bounds, and the hospitals' hazard ratios. They are
//! printed, so that their words are English in every language.

use cotside_core::cohort::{Endpoint, TimeUnit};
use cotside_core::federated::{Coefficient, CumulativeGroup, CurveGroup, Curves, Design};
use cotside_core::survival::normal_quantile;
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow, ForestScale};
use cotside_figures::incidence::{CauseInput, IncidenceFigure, IncidenceInput, Layout};
use cotside_figures::{DataTable, Few, Followed, Lettering, PlotOptions, Scene, Style, TableForm};
use cotside_views::figure;
use cotside_words::capital;
use cotside_words::en::{self, combine_results as words};
use maud::Markup;

use super::numbers::named_cause;

/// A figure with the numbers behind it.
pub struct Drawn {
    scene: Scene,
    data: DataTable,
}

impl Drawn {
    /// On the page, with its exports.
    pub fn html(&self, name: &str) -> Markup {
        figure(name, self.scene.to_svg(), &self.scene.caption, &Markup::default())
    }

    /// The name of its file; data have no width.
    pub fn file_name(&self, study: &str, what: &str, kind: &str) -> String {
        match kind {
            "csv" => format!("{study}-{what}-data.csv"),
            _ => format!("{study}-{what}-{:.0}mm.{kind}", self.scene.width * 25.4 / 96.0),
        }
    }

    /// As a file.
    pub fn export(&self, kind: &str) -> Option<String> {
        cotside_figures::export(&self.scene, &self.data, kind)
    }
}

/// Years of one unit of a plan's times.
pub fn in_years(design: &Design) -> f64 {
    let unit = TimeUnit::from_code(&format!("{}s", design.time_unit)).unwrap_or_default();
    unit.days() / TimeUnit::Years.days()
}

/// The name of a plan's endpoint, in the words of `name`.
pub fn named_endpoint(design: &Design, name: impl Fn(Endpoint) -> &'static str) -> String {
    let endpoint = Endpoint::from_code(&design.endpoint.id);
    endpoint.map_or_else(|| design.endpoint.id.clone(), |endpoint| name(endpoint).to_owned())
}

/// Survival at the ends of the intervals, as steps, with the bounds as bands. Where there are groups, they are drawn.
pub fn survival(design: &Design, curves: &Curves) -> Option<Drawn> {
    let has_groups = curves.groups.iter().any(|group| group.group.is_some());
    let drawn: Vec<&CurveGroup> = curves
        .groups
        .iter()
        .filter(|group| group.group.is_some() == has_groups && !group.at.is_empty())
        .collect();
    let longest = drawn.iter().max_by_key(|group| group.at.len())?;
    let endpoint = named_endpoint(design, en::endpoint_name);
    let years = in_years(design);
    let n = drawn.iter().map(|group| group.n).sum();
    let is_exact = drawn.iter().flat_map(|group| &group.at).all(|at| at.exact);
    let figure = CurveFigure {
        lettering: Lettering {
            title: words::survival_title(&endpoint),
            description: words::survival_description(&endpoint, n),
            caption: vec![words::survival_caption(
                &endpoint,
                longest.at.len(),
                &longest.sites,
                is_exact,
            )],
        },
        curves: drawn.iter().map(|group| input(group, years)).collect(),
        options: options(format!("{} (%)", capital(&endpoint)), TableForm::AtRisk),
        ..CurveFigure::default()
    };
    Some(Drawn {
        scene: figure.scene(),
        data: curve_data(&drawn, years),
    })
}

/// The page has the caption below the figure.
fn without_caption(style: Style) -> Style {
    Style {
        caption: false,
        ..style
    }
}

/// Steps from counts in intervals: nobody is seen to be censored, and all that is known is drawn.
fn options(value_label: String, table: TableForm) -> PlotOptions {
    PlotOptions {
        style: without_caption(Style::TWO_COLUMNS),
        value_label,
        censor_ticks: false,
        few: Few::Never,
        table,
        ..PlotOptions::default()
    }
}

/// The numbers behind the curves: what is known at the end of each interval.
fn curve_data(groups: &[&CurveGroup], years: f64) -> DataTable {
    let mut table = DataTable::new(&[
        "group",
        "time_years",
        "at_risk_after",
        "survival",
        "lower_bound",
        "upper_bound",
        "std_err",
        "lower",
        "upper",
        "exact",
    ]);
    let number = |value: Option<f64>| value.map(cotside_core::shortest).unwrap_or_default();
    for group in groups {
        table.rows.extend(group.at.iter().map(|at| {
            vec![
                group.group.clone().unwrap_or_default(),
                number(Some(at.time * years)),
                at.at_risk.to_string(),
                number(Some(at.survival)),
                number(Some(at.lower_bound)),
                number(Some(at.upper_bound)),
                number(at.std_err),
                number(at.lower),
                number(at.upper),
                if at.exact { "yes" } else { "no" }.to_owned(),
            ]
        }));
    }
    table
}

fn input(group: &CurveGroup, years: f64) -> CurveInput {
    let name = group_name(group.group.as_deref());
    let before = std::iter::once(group.n).chain(group.at.iter().map(|at| at.at_risk));
    // Of those who leave an interval the drawing needs no more than their number.
    let leaving: Vec<f64> = before
        .clone()
        .zip(&group.at)
        .map(|(before, at)| before as f64 - at.at_risk as f64)
        .collect();
    CurveInput {
        full_name: words::group_of(&name, group.n),
        label: name,
        followed: Followed {
            time: group.at.iter().map(|at| at.time * years).collect(),
            at_risk: before.take(group.at.len()).map(|count| count as f64).collect(),
            events: vec![0.0; group.at.len()],
            censored: leaving,
            entered: Vec::new(),
        },
        survival: group.at.iter().map(|at| at.survival).collect(),
        interval: group
            .at
            .iter()
            .map(|at| Some((at.lower_bound, at.upper_bound)))
            .collect(),
        ..CurveInput::default()
    }
}

/// Incidence of each cause at the ends of the intervals, a panel a cause, with the bounds as bands. Where there are groups,
/// they are drawn.
pub fn incidence(design: &Design, groups: &[CumulativeGroup]) -> Option<Drawn> {
    let has_groups = groups.iter().any(|group| group.group.is_some());
    let drawn: Vec<&CumulativeGroup> = groups
        .iter()
        .filter(|group| group.group.is_some() == has_groups)
        .collect();
    let all = || drawn.iter().flat_map(|group| &group.causes);
    // A cause without events has a line at 0 in every group.
    let happened = |cause: &str| all().any(|each| each.cause == cause && each.events > 0);
    let first = all().find(|each| !each.at.is_empty())?;
    let years = in_years(design);
    let endpoint = named_endpoint(design, en::endpoint_name);
    let is_exact = all().flat_map(|cause| &cause.at).all(|at| at.exact);
    let one = |group: &&CumulativeGroup| {
        let name = group_name(group.group.as_deref());
        let causes = group.causes.iter().filter(|cause| happened(&cause.cause));
        let time: Vec<f64> = first.at.iter().map(|at| at.time * years).collect();
        IncidenceInput {
            end_label: words::group_of(&name, group.n),
            label: name,
            followed: Followed {
                at_risk: vec![0.0; time.len()],
                events: vec![0.0; time.len()],
                censored: vec![0.0; time.len()],
                time,
                entered: Vec::new(),
            },
            causes: causes
                .map(|cause| CauseInput {
                    label: named_cause(&cause.cause, en::event_kind),
                    incidence: cause.at.iter().map(|at| at.estimate).collect(),
                    interval: cause
                        .at
                        .iter()
                        .map(|at| Some((at.lower_bound, at.upper_bound)))
                        .collect(),
                })
                .collect(),
            start: 0.0,
        }
    };
    let input: Vec<IncidenceInput> = drawn.iter().map(one).collect();
    if input.iter().all(|group| group.causes.is_empty()) {
        return None;
    }
    let figure = IncidenceFigure {
        lettering: Lettering {
            title: words::INCIDENCE.to_owned(),
            description: words::incidence_description(&endpoint, drawn.iter().map(|group| group.n).sum()),
            caption: vec![words::survival_caption(
                words::INCIDENCE,
                first.at.len(),
                &first.sites,
                is_exact,
            )],
        },
        groups: input,
        options: options(words::INCIDENCE_PERCENT.to_owned(), TableForm::None),
        layout: Layout::Causes,
        ..IncidenceFigure::default()
    };
    Some(Drawn {
        scene: figure.scene(),
        data: incidence_data(&drawn, years),
    })
}

/// A group, or all patients.
fn group_name(group: Option<&str>) -> String {
    group.unwrap_or(words::ALL_PATIENTS).to_owned()
}

/// The numbers behind the incidences.
fn incidence_data(groups: &[&CumulativeGroup], years: f64) -> DataTable {
    let mut table = DataTable::new(&[
        "group",
        "cause",
        "time_years",
        "incidence",
        "lower_bound",
        "upper_bound",
        "exact",
    ]);
    for group in groups {
        for cause in &group.causes {
            table.rows.extend(cause.at.iter().map(|at| {
                let [time, estimate, low, high] =
                    [at.time * years, at.estimate, at.lower_bound, at.upper_bound].map(cotside_core::shortest);
                let exact = if at.exact { "yes" } else { "no" }.to_owned();
                let name = group.group.clone().unwrap_or_default();
                vec![name, cause.cause.clone(), time, estimate, low, high, exact]
            }));
        }
    }
    table
}

/// The hazard ratio of one coefficient at each hospital (name, coefficient, standard error) and of all.
pub fn forest(whole: &Coefficient, sites: &[(String, f64, f64)]) -> Option<Drawn> {
    let (ratio, low, high) = (whole.hr?, whole.lower?, whole.upper?);
    if sites.is_empty() {
        return None;
    }
    let row = |label: &str, overall: bool, ratio: f64, interval: (f64, f64)| ForestRow {
        label: label.to_owned(),
        overall,
        cells: vec![words::ratio(ratio, Some(interval))],
        estimate: Some(ratio),
        interval: Some(interval),
        ..ForestRow::default()
    };
    let z = normal_quantile(0.975);
    let mut rows: Vec<ForestRow> = sites
        .iter()
        .map(|(site, coef, std_err)| {
            let ends = (libm::exp(coef - z * std_err), libm::exp(coef + z * std_err));
            row(site, false, libm::exp(*coef), ends)
        })
        .collect();
    rows.push(row(words::ALL_SITES, true, ratio, (low, high)));
    let figure = ForestFigure {
        lettering: Lettering {
            title: words::forest_title(&whole.name),
            description: words::forest_description(&whole.name, sites.len()),
            caption: vec![words::FOREST_CAPTION.to_owned()],
        },
        style: without_caption(Style::MIDDLE),
        scale: ForestScale::Ratio,
        label_head: words::SITE.to_owned(),
        axis_label: words::HR_AXIS.to_owned(),
        columns: vec![ForestColumn {
            head: words::HAZARD_RATIO.to_owned(),
            after: true,
        }],
        rows,
        ..ForestFigure::default()
    };
    Some(Drawn {
        scene: figure.scene(),
        data: figure.data(),
    })
}
