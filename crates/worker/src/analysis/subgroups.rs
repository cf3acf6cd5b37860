//! The comparison of two groups within the levels of every variable, with a test of interaction.

use cotside_core::cohort::Factor;
use cotside_core::survival::cox::{CoxFit, CoxWarning, Design, Estimate, Model, fit};
use cotside_core::survival::{FollowUp, Labels, chi_square_upper};
use cotside_figures::Lettering;
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow};
use cotside_views::untyped::{Html, cell, element, head, plain, span, table, text};
use cotside_words::en;

use crate::analysis::choices::name_of;
use crate::analysis::drawn::shown;
use crate::analysis::hazards::{p_cell, ratio};
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
    name: String,
    levels: Vec<Level>,
    interaction: Result<f64, NoInteraction>,
    /// Whether a cell of the interaction has all of its events, or none, on one side, so that its coefficient is at its limit.
    at_limit: bool,
}

/// Why an interaction has no p.
#[derive(Clone, Copy)]
enum NoInteraction {
    /// No more events than coefficients.
    FewEvents,
    /// A model has no maximum that was found, or cannot be fitted.
    NotFitted,
    /// Nothing is left to be tested.
    Nothing,
}

/// Marks of a p that is not what it seems, or of its absence, and what they mean.
const MARKS: [(&str, &str); 4] = [
    (
        "*",
        "a hazard ratio of the model has no finite estimate, and p is that of its limit",
    ),
    ("†", "too few events for a test of the interaction"),
    ("‡", "the model of the interaction was not fitted"),
    ("§", "nothing to compare"),
];

impl Subgroup {
    /// The p of the interaction, and the mark that belongs to it.
    fn told(&self) -> (String, Option<(&'static str, &'static str)>) {
        match self.interaction {
            Ok(p) => (p_cell(Some(p)), self.at_limit.then_some(MARKS[0])),
            Err(why) => (
                String::new(),
                Some(match why {
                    NoInteraction::FewEvents => MARKS[1],
                    NoInteraction::NotFitted => MARKS[2],
                    NoInteraction::Nothing => MARKS[3],
                }),
            ),
        }
    }

    /// The p with its mark: "0.0435 *".
    fn marked(&self) -> String {
        let (p, mark) = self.told();
        [p.as_str(), mark.map_or("", |(mark, _)| mark)]
            .join(" ")
            .trim()
            .to_owned()
    }
}

/// What the marks in a table or a figure mean.
fn legend(found: &Subgroups) -> String {
    let used: Vec<_> = found.subgroups.iter().filter_map(|each| each.told().1).collect();
    let meant = MARKS.iter().filter(|mark| used.contains(mark));
    meant.map(|(mark, meaning)| format!(" {mark} {meaning}.")).collect()
}

/// The comparison of two groups, among all and within the levels of every variable: of the last with the first where groups
/// have an order, of the two largest where they have none.
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
        let [first, last] = compared(groups, analysis.is_ordered)?;
        let of_two = |row: &usize| [first, last].contains(&groups.codes[*row]);
        let rows: Vec<usize> = (0..groups.codes.len()).filter(of_two).collect();
        let follow_up = analysis.follow_up()?.subset(&rows)?;
        let is_last: Vec<f64> = rows
            .iter()
            .map(|&row| f64::from(u8::from(groups.codes[row] == last)))
            .collect();
        let patients = analysis.patients();
        let patients: Vec<usize> = rows.iter().filter_map(|&row| patients.get(row).copied()).collect();
        let two = Two { follow_up, is_last };
        let everybody: Vec<usize> = (0..patients.len()).collect();
        let variables = analysis
            .study
            .variables
            .iter()
            .filter(|each| each.id != analysis.settings.group);
        let made = variables
            .filter_map(|variable| two.subgroup(&name_of(&variable.name), &Factor::of(&variable.values)?, &patients));
        let (subgroups, apart): (Vec<Subgroup>, Vec<Subgroup>) =
            made.partition(|subgroup| subgroup.levels.iter().any(|level| level.has_both));
        Some(Self {
            names: [first, last].map(|code| groups.names[code as usize].clone()),
            is_part: groups.len() > 2,
            all: two.level("All".to_owned(), &everybody),
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
fn compared(groups: &Labels, is_ordered: bool) -> Option<[u32; 2]> {
    let mut sizes = vec![0_usize; groups.len()];
    for &code in &groups.codes {
        sizes[code as usize] += 1;
    }
    let mut codes: Vec<u32> = (0..).take(groups.len()).collect();
    if !is_ordered {
        codes.sort_by_key(|&code| std::cmp::Reverse(sizes[code as usize]));
        codes.truncate(2);
        codes.sort_by_key(|&code| code);
    }
    (codes.len() > 1).then_some([*codes.first()?, *codes.last()?])
}

/// The patients of two groups.
struct Two {
    follow_up: FollowUp,
    /// 1 for those of the last group.
    is_last: Vec<f64>,
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
            *fit(&Model::new(&follow_up, &design)).ok()?.estimates.first()?
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
    fn subgroup(&self, name: &str, factor: &Factor, patients: &[usize]) -> Option<Subgroup> {
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
            name: name.to_owned(),
            levels: (0..).zip(&labels.names).map(level).collect(),
            interaction,
            at_limit,
        })
    }
}

/// The part; nothing where nothing is compared.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let (Some(found), Some(figure)) = (Subgroups::of(analysis), figure(analysis)) else {
        return Html::default();
    };
    let [first, last] = &found.names;
    Html::all([
        plain("h2", "Subgroups"),
        span(
            "p",
            "reason",
            &en::subgroups(last, first, found.is_part, found.subgroups.len(), &found.apart),
        ),
        span("p", "reason", &over_all(found)),
        shown("subgroups", &figure.into()),
        element(
            "details",
            &[("class", "more")],
            &[
                plain("summary", "The same as a table"),
                as_table(found),
                span("p", "quiet key", legend(found).trim()),
            ],
        ),
    ])
}

fn over_all(found: &Subgroups) -> String {
    let [first, last] = &found.names;
    let [of_first, of_last] = &found.all.counts;
    let p = found.all.estimate.map(|each| each.p);
    let ratio = p.map_or_else(
        || ratio_of(&found.all),
        |p| en::ratio_of("hazard ratio", &ratio_of(&found.all), p),
    );
    format!("Patients (events): {last} {of_last}, {first} {of_first}; {ratio}.")
}

fn as_table(found: &Subgroups) -> Html {
    let [first, last] = &found.names;
    let heads = [
        first.as_str(),
        last.as_str(),
        "Hazard ratio (95 % interval)",
        "p of interaction",
    ];
    let line = |heading: Html, level: Option<&Level>, p: &str| {
        let texts = [
            level.map_or_else(String::new, |each| each.counts[0].clone()),
            level.map_or_else(String::new, |each| each.counts[1].clone()),
            level.map_or_else(String::new, ratio_of),
            p.to_owned(),
        ];
        let cells = heads
            .iter()
            .zip(&texts)
            .map(|(name, content)| cell(name, "number", &[text(content)]));
        element("tr", &[], &[heading, Html::all(cells)])
    };
    let heading = |name: &str, class: &str| element("th", &[("scope", "row"), ("class", class)], &[text(name)]);
    let all = line(heading("All", ""), Some(&found.all), "");
    let rows = found.subgroups.iter().map(|subgroup| {
        let first = line(heading(&subgroup.name, ""), None, &subgroup.marked());
        let levels = subgroup
            .levels
            .iter()
            .map(|level| line(heading(&level.name, "level"), Some(level), ""));
        Html::all(std::iter::once(first).chain(levels))
    });
    let named: Vec<(&str, &str)> = std::iter::once(("", ""))
        .chain(heads.iter().map(|name| (*name, "number")))
        .collect();
    let named: Vec<(&str, &str)> = named
        .into_iter()
        .map(|(name, class)| (if name.is_empty() { "Patients" } else { name }, class))
        .collect();
    table("subgroups", head(&named), std::iter::once(all).chain(rows))
}

fn ratio_of(level: &Level) -> String {
    match level.estimate.as_ref() {
        _ if !level.has_both => "one group only".to_owned(),
        _ if !level.has_event => "no event".to_owned(),
        Some(estimate) if estimate.hazard_ratio.is_some() => ratio(estimate),
        _ => en::NO_ESTIMATE.to_owned(),
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
            ratio_of(level),
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
        rows.extend(subgroup.levels.iter().map(|level| row(level, true)));
    }
    rows.push(row(&found.all, false));
    let column = |head: &str, after: bool| ForestColumn {
        head: head.to_owned(),
        after,
    };
    Some(ForestFigure {
        lettering: Lettering {
            title: format!("{}: {last} against {first}, by subgroup", analysis.endpoint()),
            description:
                "Hazard ratios with 95 % intervals within the levels of each variable, and the p of the interaction."
                    .to_owned(),
            caption: vec![format!(
                "Cox’s regression; patients (events); hazard ratio of {last} against {first}; p of the interaction by the \
                 likelihood ratio, not corrected for the number of variables.{}",
                legend(found)
            )],
        },
        style: analysis.wide(),
        label_head: "Subgroup".to_owned(),
        axis_label: "Hazard ratio".to_owned(),
        sides: Some((format!("fewer events with {last}"), format!("more events with {last}"))),
        columns: vec![
            column(last, false),
            column(first, false),
            column("HR (95 %)", true),
            column("p", true),
        ],
        rows,
        ..ForestFigure::default()
    })
}
