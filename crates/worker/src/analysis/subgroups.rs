//! The comparison of two groups within the levels of every variable, with a test of interaction.

use cotside_core::cohort::Factor;
use cotside_core::survival::Labels;
use cotside_core::survival::cox::{Estimate, InteractionTest, NoInteraction, TwoGroups, WithinLevel};
use cotside_figures::Lettering;
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow};
use cotside_views::Columns;
use cotside_words::en::cox_results as printed;
use cotside_words::en::figure_results as figure_words;
use cotside_words::lang::cox_results as words;
use maud::{Markup, html};

use crate::analysis::choices::name_of;
use crate::analysis::drawn::with_data_table;
use crate::analysis::hazards::{p_or_dash, printed_ratio, ratio};
use crate::analysis::selection::Analysis;

/// The comparison within one level.
pub struct Level {
    pub name: String,
    pub found: WithinLevel,
}

impl Level {
    /// Whether there is a finite ratio.
    pub fn is_finite(&self) -> bool {
        self.found.estimate.is_some_and(|each| each.hazard_ratio.is_some())
    }

    /// Patients (events) of the two groups.
    fn counts(&self) -> [String; 2] {
        let of = |group: usize| format!("{} ({})", self.found.patients[group], self.found.events[group]);
        [of(0), of(1)]
    }
}

/// The comparison within the levels of a variable.
pub struct Subgroup {
    /// The id of the variable.
    pub id: String,
    pub name: String,
    pub levels: Vec<Level>,
    pub interaction: Result<InteractionTest, NoInteraction>,
}

impl Subgroup {
    /// The levels that have a finite ratio.
    pub fn finite(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().filter(|level| level.is_finite())
    }

    /// The test, where every coefficient of its models has a finite estimate.
    pub fn told_test(&self) -> Option<&InteractionTest> {
        self.interaction.as_ref().ok().filter(|test| !test.at_limit)
    }

    /// P for interaction, and the mark that belongs to it.
    fn p_and_mark(&self) -> (String, Option<(&'static str, &'static str)>) {
        match &self.interaction {
            Ok(test) => (p_or_dash(Some(test.p)), test.at_limit.then_some(words::MARKS[0])),
            Err(why) => (
                String::new(),
                Some(match why {
                    NoInteraction::FewEvents => words::MARKS[1],
                    NoInteraction::NotConverged | NoInteraction::NotFitted(_) => words::MARKS[2],
                    NoInteraction::OneLevel | NoInteraction::NoLevelWithBoth => words::MARKS[3],
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
    /// The reference, and the group whose hazard is divided by its.
    pub names: [String; 2],
    /// More than the two groups are compared elsewhere.
    is_part: bool,
    pub all: Level,
    /// Variables of which some level has both groups.
    pub subgroups: Vec<Subgroup>,
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
        let is_last: Vec<bool> = rows.iter().map(|&row| groups.codes[row] == last).collect();
        let patients = analysis.patients();
        let patients: Vec<usize> = rows.iter().filter_map(|&row| patients.get(row).copied()).collect();
        let two = TwoGroups::new(&follow_up, &is_last, analysis.confidence().level());
        let everybody: Vec<usize> = (0..patients.len()).collect();
        let variables = analysis
            .study
            .variables
            .iter()
            .filter(|each| each.id != analysis.settings.group);
        let made = variables.filter_map(|variable| {
            let factor = analysis.study.factor(&variable.id, &analysis.settings.levels);
            let factor = factor.or_else(|| Factor::of(&variable.values))?;
            subgroup_of(&two, &variable.id, &name_of(&variable.name), &factor, &patients)
        });
        let (subgroups, apart): (Vec<Subgroup>, Vec<Subgroup>) =
            made.partition(|subgroup| subgroup.levels.iter().any(|level| level.found.has_both()));
        Some(Self {
            names: [first, last].map(|code| groups.names[code as usize].clone()),
            is_part: groups.len() > 2,
            all: level_of(printed::ALL.to_owned(), two.within(&everybody)),
            subgroups,
            apart: apart.into_iter().map(|subgroup| subgroup.name).collect(),
        })
    }

    /// Those of this analysis, which are made once; `None` where nothing is compared.
    pub fn of<'a>(analysis: &Analysis<'a>) -> Option<&'a Self> {
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

fn level_of(name: String, found: WithinLevel) -> Level {
    Level { name, found }
}

/// `None` where one level is left.
fn subgroup_of(two: &TwoGroups<'_>, id: &str, name: &str, factor: &Factor, patients: &[usize]) -> Option<Subgroup> {
    let (known, labels) = factor.labels(patients);
    let interaction = match two.interaction(&known, &labels) {
        Err(NoInteraction::OneLevel) => return None,
        found => found,
    };
    let level = |(code, name): (u32, &String)| {
        let own = known.iter().zip(&labels.codes).filter(|(_, own)| **own == code);
        level_of(
            name.clone(),
            two.within(&own.map(|(&row, _)| row).collect::<Vec<usize>>()),
        )
    };
    Some(Subgroup {
        id: id.to_owned(),
        name: name.to_owned(),
        levels: (0..).zip(&labels.names).map(level).collect(),
        interaction,
    })
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
    let [of_first, of_last] = &found.all.counts();
    let ratio = ratio_of(&found.all);
    let p = found.all.found.estimate.map(|each| each.p);
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
        let [of_first, of_last] = level.counts();
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
    match level.found.estimate.as_ref() {
        _ if !level.found.has_both() => one_group.to_owned(),
        _ if !level.found.has_event() => no_event.to_owned(),
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
            level.counts()[1].clone(),
            level.counts()[0].clone(),
            printed_ratio_of(level),
            String::new(),
        ],
        estimate: level.found.estimate.and_then(|each| each.hazard_ratio),
        interval: level.found.estimate.and_then(|each| each.lower.zip(each.upper)),
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
