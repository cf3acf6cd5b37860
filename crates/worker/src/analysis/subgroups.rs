//! The comparison of two groups within the levels of every variable, with a test of interaction.

use cotside_core::cohort::Factor;
use cotside_core::survival::cox::{CoxFit, CoxWarning, Design, Estimate, Model, fit};
use cotside_core::survival::{FollowUp, Labels, chi_square_upper};
use cotside_figures::Lettering;
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow};
use cotside_views::Columns;
use cotside_words::en::cox_results as printed;
use cotside_words::lang::cox_results as words;
use cotside_words::lang::figure_results as figure_words;
use maud::{Markup, html};

use crate::analysis::choices::name_of;
use crate::analysis::drawn::with_data_table;
use crate::analysis::hazards::{p_or_dash, printed_ratio, ratio};
use crate::analysis::selection::Analysis;

/// The comparison within one level.
struct Level {
    name: String,
    /// Patients (events) of the two groups.
    counts: [String; 2],
    has_both: bool,
    has_event: bool,
    estimate: Option<Estimate>,
}

/// The comparison within the levels of a variable.
struct Subgroup {
    /// The id of the variable.
    id: String,
    name: String,
    levels: Vec<Level>,
    interaction: Result<f64, NoInteraction>,
    /// Whether a cell of the interaction has all of its events, or none, on one side, so that its coefficient is at its limit.
    at_limit: bool,
}

/// Why an interaction has no P.
#[derive(Clone, Copy)]
enum NoInteraction {
    /// No more events than coefficients.
    FewEvents,
    /// A model has no maximum that was found, or cannot be fitted.
    NotFitted,
    /// Nothing is left to be tested.
    Nothing,
}

impl Subgroup {
    /// P for interaction, and the mark that belongs to it.
    fn p_and_mark(&self) -> (String, Option<(&'static str, &'static str)>) {
        match self.interaction {
            Ok(p) => (p_or_dash(Some(p)), self.at_limit.then_some(words::MARKS[0])),
            Err(why) => (
                String::new(),
                Some(match why {
                    NoInteraction::FewEvents => words::MARKS[1],
                    NoInteraction::NotFitted => words::MARKS[2],
                    NoInteraction::Nothing => words::MARKS[3],
                }),
            ),
        }
    }

    /// P with its mark: "0.044 *".
    fn marked(&self) -> String {
        let (p, mark) = self.p_and_mark();
        [p.as_str(), mark.map_or("", |(mark, _)| mark)]
            .join(" ")
            .trim()
            .to_owned()
    }
}

/// What the marks in a table or a figure mean; `marks` and `meaning` are in the language of the one or of the other.
fn legend(found: &Subgroups, marks: &[(&str, &str)], meaning: fn((&str, &str)) -> String) -> String {
    let used: Vec<_> = found.subgroups.iter().filter_map(|each| each.p_and_mark().1).collect();
    let meant = marks
        .iter()
        .filter(|(mark, _)| used.iter().any(|(used, _)| used == mark));
    meant.map(|mark| meaning(*mark)).collect()
}

/// The comparison of two groups, among all and within the levels of every variable: of the reference with the last of the
/// others where groups have an order, with the largest of the others where they have none.
pub struct Subgroups {
    names: [String; 2],
    /// More than the two groups are compared elsewhere.
    is_part: bool,
    all: Level,
    /// Variables of which some level has both groups.
    subgroups: Vec<Subgroup>,
    /// Names of the others.
    apart: Vec<String>,
}

impl Subgroups {
    fn new(analysis: &Analysis<'_>) -> Option<Self> {
        let groups = &analysis.groups;
        let [first, last] = compared(groups, analysis.reference, analysis.is_ordered)?;
        let of_two = |row: &usize| [first, last].contains(&groups.codes[*row]);
        let rows: Vec<usize> = (0..groups.codes.len()).filter(of_two).collect();
        let follow_up = analysis.follow_up()?.subset(&rows)?;
        let is_last: Vec<f64> = rows
            .iter()
            .map(|&row| f64::from(u8::from(groups.codes[row] == last)))
            .collect();
        let patients = analysis.patients();
        let patients: Vec<usize> = rows.iter().filter_map(|&row| patients.get(row).copied()).collect();
        let two = Two {
            follow_up,
            is_last,
            level: analysis.confidence().level(),
        };
        let everybody: Vec<usize> = (0..patients.len()).collect();
        let variables = analysis
            .study
            .variables
            .iter()
            .filter(|each| each.id != analysis.settings.group);
        let made = variables.filter_map(|variable| {
            let factor = analysis.study.factor(&variable.id, &analysis.settings.levels);
            let factor = factor.or_else(|| Factor::of(&variable.values))?;
            two.subgroup(&variable.id, &name_of(&variable.name), &factor, &patients)
        });
        let (subgroups, apart): (Vec<Subgroup>, Vec<Subgroup>) =
            made.partition(|subgroup| subgroup.levels.iter().any(|level| level.has_both));
        Some(Self {
            names: [first, last].map(|code| groups.names[code as usize].clone()),
            is_part: groups.len() > 2,
            all: two.level(printed::ALL.to_owned(), &everybody),
            subgroups,
            apart: apart.into_iter().map(|subgroup| subgroup.name).collect(),
        })
    }

    /// Those of this analysis, which are made once; `None` where nothing is compared.
    fn of<'a>(analysis: &Analysis<'a>) -> Option<&'a Self> {
        analysis
            .selection
            .subgroups
            .get_or_init(|| Self::new(analysis))
            .as_ref()
    }
}

/// Codes of the two groups to be compared, the reference first; `None` where there are no two.
fn compared(groups: &Labels, reference: u32, is_ordered: bool) -> Option<[u32; 2]> {
    let others = (0..).take(groups.len()).filter(|code| *code != reference);
    let size = |code: u32| groups.codes.iter().filter(|each| **each == code).count();
    let other = if is_ordered {
        others.last()?
    } else {
        others.min_by_key(|&code| std::cmp::Reverse(size(code)))?
    };
    Some([reference, other])
}

/// The patients of two groups.
struct Two {
    follow_up: FollowUp,
    /// 1 for those of the last group.
    is_last: Vec<f64>,
    /// The level of intervals.
    level: f64,
}

impl Two {
    fn level(&self, name: String, rows: &[usize]) -> Level {
        let mut counts = [(0, 0); 2];
        for &row in rows {
            let count = &mut counts[usize::from(self.is_last[row] > 0.0)];
            count.0 += 1;
            count.1 += usize::from(self.follow_up.event()[row] != 0);
        }
        let estimate = self.follow_up.subset(rows).and_then(|follow_up| {
            let column = rows.iter().map(|&row| self.is_last[row]).collect();
            let design = Design::new().numeric("group", column);
            let model = Model {
                conf_level: self.level,
                ..Model::new(&follow_up, &design)
            };
            *fit(&model).ok()?.estimates.first()?
        });
        Level {
            name,
            has_event: counts.iter().any(|(_, events)| *events > 0),
            has_both: counts.iter().all(|(patients, _)| *patients > 0),
            counts: counts.map(|(patients, events)| format!("{patients} ({events})")),
            estimate,
        }
    }

    /// `None` where one level is left.
    fn subgroup(&self, id: &str, name: &str, factor: &Factor, patients: &[usize]) -> Option<Subgroup> {
        let (known, labels) = factor.labels(patients);
        let level = |(code, name): (u32, &String)| {
            let own = known.iter().zip(&labels.codes).filter(|(_, own)| **own == code);
            self.level(name.clone(), &own.map(|(&row, _)| row).collect::<Vec<usize>>())
        };
        let main = Design::new().numeric("group", known.iter().map(|&row| self.is_last[row]).collect());
        let main = main.factor(name, &labels).ok()?;
        let mut full = main.clone();
        for column in &main.columns()[1..] {
            let product = column.iter().zip(&main.columns()[0]).map(|(a, b)| a * b).collect();
            full = full.numeric("interaction", product);
        }
        let follow_up = self.follow_up.subset(&known)?;
        let fits = fit(&Model::new(&follow_up, &main))
            .ok()
            .zip(fit(&Model::new(&follow_up, &full)).ok());
        let warned = |fit: &CoxFit, which: fn(&CoxWarning) -> bool| fit.warnings.iter().any(which);
        let is_lost = |fit: &CoxFit| warned(fit, |each| matches!(each, CoxWarning::NotConverged { .. }));
        let at_limit = fits.as_ref().is_some_and(|(_, full)| {
            warned(full, |each| {
                matches!(each, CoxWarning::Separated { .. } | CoxWarning::Undetermined { .. })
            })
        });
        let interaction = match fits {
            None => Err(NoInteraction::NotFitted),
            Some((_, full)) if warned(&full, |each| matches!(each, CoxWarning::FewEvents { .. })) => {
                Err(NoInteraction::FewEvents)
            }
            Some((main, full)) if is_lost(&main) || is_lost(&full) => Err(NoInteraction::NotFitted),
            Some((main, full)) => match full.likelihood_ratio.df.checked_sub(main.likelihood_ratio.df) {
                None | Some(0) => Err(NoInteraction::Nothing),
                // Below 0 by rounding alone, since both are maxima.
                Some(df) => Ok(chi_square_upper(
                    (2.0 * (full.loglik - main.loglik)).max(0.0),
                    df as f64,
                )),
            },
        };
        Some(Subgroup {
            id: id.to_owned(),
            name: name.to_owned(),
            levels: (0..).zip(&labels.names).map(level).collect(),
            interaction,
            at_limit,
        })
    }
}

/// The part; nothing where nothing is compared.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let (Some(found), Some(figure)) = (Subgroups::of(analysis), figure(analysis)) else {
        return Markup::default();
    };
    let [first, last] = &found.names;
    html! {
        h2 { (words::SUBGROUPS) }
        p.reason { (words::subgroups(last, first, found.is_part, found.subgroups.len(), &found.apart)) }
        p.reason { (over_all(found)) }
        (with_data_table("subgroups", &figure.into()))
        details.more {
            summary { (words::AS_TABLE) }
            (as_table(found, &analysis.ci()))
            p.quiet.key { (legend(found, &words::MARKS, words::mark_meaning).trim()) }
        }
    }
}

fn over_all(found: &Subgroups) -> String {
    let [first, last] = &found.names;
    let [of_first, of_last] = &found.all.counts;
    let ratio = ratio_of(&found.all);
    let p = found.all.estimate.map(|each| each.p);
    let ratio = p.map_or_else(
        || ratio.clone(),
        |p| words::ratio_of(words::HAZARD_RATIO_IN_SENTENCE, &ratio, p),
    );
    words::over_all([first, of_first], [last, of_last], &ratio)
}

fn as_table(found: &Subgroups, ci: &str) -> Markup {
    let [first, last] = &found.names;
    let hr = words::hr(ci);
    let columns = Columns::new(words::PATIENTS).numbers([first, last, hr.as_str(), words::P_INTERACTION]);
    let cells = |level: &Level| {
        let [of_first, of_last] = level.counts.clone();
        [of_first, of_last, ratio_of(level), String::new()]
    };
    let all = columns.row(words::ALL, cells(&found.all));
    let rows = found.subgroups.iter().map(|subgroup| {
        html! {
            (columns.row(&subgroup.name, ["", "", "", &subgroup.marked()]))
            @for level in &subgroup.levels { (columns.level(&level.name, cells(level))) }
        }
    });
    columns.table("subgroups", std::iter::once(all).chain(rows))
}

fn ratio_of(level: &Level) -> String {
    let lacking = [words::ONE_GROUP, words::NO_EVENT_CELL, words::NO_ESTIMATE];
    ratio_or(level, lacking, ratio)
}

fn printed_ratio_of(level: &Level) -> String {
    let lacking = [printed::ONE_GROUP, printed::NO_EVENT_CELL, printed::NO_ESTIMATE];
    ratio_or(level, lacking, printed_ratio)
}

/// The ratio of a level as it is written, or what is lacking.
fn ratio_or(level: &Level, [one_group, no_event, no_estimate]: [&str; 3], written: fn(&Estimate) -> String) -> String {
    match level.estimate.as_ref() {
        _ if !level.has_both => one_group.to_owned(),
        _ if !level.has_event => no_event.to_owned(),
        Some(estimate) if estimate.hazard_ratio.is_some() => written(estimate),
        _ => no_estimate.to_owned(),
    }
}

/// The forest.
pub fn figure(analysis: &Analysis<'_>) -> Option<ForestFigure> {
    let found = Subgroups::of(analysis)?;
    let [first, last] = &found.names;
    let row = |level: &Level, indented: bool| ForestRow {
        label: level.name.clone(),
        indented,
        overall: !indented,
        cells: vec![
            level.counts[1].clone(),
            level.counts[0].clone(),
            printed_ratio_of(level),
            String::new(),
        ],
        estimate: level.estimate.and_then(|each| each.hazard_ratio),
        interval: level.estimate.and_then(|each| each.lower.zip(each.upper)),
        ..ForestRow::default()
    };
    let mut rows = Vec::new();
    for subgroup in &found.subgroups {
        rows.push(ForestRow {
            label: subgroup.name.clone(),
            heading: true,
            cells: vec![String::new(), String::new(), String::new(), subgroup.marked()],
            ..ForestRow::default()
        });
        rows.extend(subgroup.levels.iter().map(|level| ForestRow {
            label: figure_words::level_in_full(&subgroup.id, &level.name),
            ..row(level, true)
        }));
    }
    rows.push(row(&found.all, false));
    let column = |head: &str, after: bool| ForestColumn {
        head: head.to_owned(),
        after,
    };
    Some(ForestFigure {
        lettering: Lettering {
            title: printed::subgroups_title(analysis.printed_endpoint(), last, first),
            description: printed::subgroups_description(&analysis.printed_ci()),
            caption: vec![printed::subgroups_caption(
                last,
                first,
                &legend(found, &printed::MARKS, printed::mark_meaning),
            )],
        },
        style: analysis.wide(),
        label_head: printed::SUBGROUP.to_owned(),
        axis_label: printed::HAZARD_RATIO.to_owned(),
        sides: Some(printed::sides_of(last).into()),
        columns: vec![
            column(last, false),
            column(first, false),
            column(&printed::hr(&analysis.printed_ci()), true),
            column(printed::P_INTERACTION, true),
        ],
        rows,
        ..ForestFigure::default()
    })
}
