//! `cotside subgroups`: the effect of a group within the levels of other columns.

use std::fmt::Write as _;

use clap::Args;
use cotside_core::cohort::{Cells, Wanted};
use cotside_core::survival::Labels;
use cotside_core::survival::cox::{InteractionTest, NoInteraction, TwoGroups, WithinLevel};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Chosen, Common, EventCodes, EventValues, File, NotChosen, Source, left_out};
use crate::cox::Coefficient;
use crate::flags::{level, present};
use crate::grouping::{GroupingFlags, labels};
use crate::people::{name, p_value};
use crate::{Refusal, output, people};

/// Options of `subgroups`.
#[derive(Debug, Args)]
#[command(after_help = "\
The hazard ratio of the two groups by Cox's regression (Efron) within each level of each column of --by, and the likelihood-ratio
test of the interaction: whether the ratios differ more than by chance. A row without a value in a column of --by is left out
of that column's levels only. Numbers are cut into levels with --cut.

Example:
  cotside subgroups --input cohort.csv --time years --event death --group arm --by sex,cns,age_days --cut age_days=90,180")]
pub struct Subgroups {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    events: EventValues,
    /// Column of the two groups
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    group: String,
    /// Columns of levels
    #[arg(long, value_name = "COLUMN", num_args = 1.., required = true, value_parser = present)]
    by: Vec<String>,
    #[command(flatten)]
    grouping: GroupingFlags,
    /// Level of the intervals
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

/// The most levels of a column.
const MOST_LEVELS: usize = 30;

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubgroupsAnswer {
    n: usize,
    n_events: usize,
    n_excluded: usize,
    #[serde(flatten)]
    not_chosen: NotChosen,
    /// The reference, and the group whose hazard is divided by its.
    groups: [String; 2],
    conf_level: f64,
    all: Level,
    subgroups: Vec<Subgroup>,
    /// Warnings to print with the numbers.
    warnings: Vec<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Subgroup {
    column: String,
    /// Rows without a value in the column.
    n_unknown: usize,
    levels: Vec<Level>,
    interaction: Interaction,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Interaction {
    chi2: Option<f64>,
    df: Option<usize>,
    p: Option<f64>,
    /// True if a hazard ratio of the model has no finite estimate, so that the test is that of its limit.
    at_limit: bool,
    /// Why there is no test.
    no_test: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Level {
    level: String,
    n: [usize; 2],
    events: [usize; 2],
    #[serde(flatten)]
    ratio: Coefficient,
}

/// Reads the file, prints the comparisons.
pub fn run(options: &Subgroups) -> Result<(), Refusal> {
    let common = Common {
        group: Some(options.group.clone()),
        grouping: options.grouping.clone(),
        ..Common::new("subgroups", &options.source).with_events(&options.events)
    };
    let file = File::open(&common.input)?;
    let by = file.names(&options.by);
    if by.contains(&options.group) {
        return Err(common.refusal("the column of --group is named with --by too; leave it out there"));
    }
    let grouped = common.grouped(&file)?;
    let mut wanted = [common.wanted(EventCodes::Values), grouped.wanted()].concat();
    wanted.extend(by.iter().map(|name| Wanted {
        name,
        cells: Cells::Texts,
    }));
    let (table, columns) = file.read(&wanted)?;
    drop(wanted);
    let mut rows = table.rows(columns);
    // A level of --by that is left out is left out of that column alone.
    let used: Vec<&String> = common.columns_of_groups().into_iter().chain(&by).collect();
    rows.group(&common, grouped, &used)?;
    let chosen = Chosen::read(&common, &mut rows, EventCodes::Values)?;
    let columns = by
        .iter()
        .map(|name| rows.take_texts(name))
        .collect::<Result<Vec<_>, _>>()?;
    let complete = rows.finish();
    let data = chosen.data(&common, &complete)?;
    let groups = data.against_reference().unwrap_or_default();
    let [reference, other] = &groups.names[..] else {
        return Err(common.refusal(&format!(
            "column {} has {} levels in the rows that are used; make two of them with --levels or --filter",
            options.group,
            groups.len()
        )));
    };
    let is_other: Vec<bool> = groups.codes.iter().map(|&code| code > 0).collect();
    let two = TwoGroups::new(&data.follow_up, &is_other, options.conf_level);
    let everybody: Vec<usize> = (0..data.follow_up.len()).collect();
    let mut subgroups = Vec::new();
    for (name, column) in by.iter().zip(&columns) {
        // Rows that have a value in the column.
        let codes: Vec<Option<usize>> = complete.pick(column.codes().collect());
        let is_cut = complete.grouped.factor(name).is_some();
        let known: Vec<usize> = match complete.grouped.factor(name) {
            Some(factor) => (0..complete.len())
                .filter(|&row| factor.code(complete.row(row)).is_some())
                .collect(),
            None => (0..complete.len()).filter(|&row| codes[row].is_some()).collect(),
        };
        let labels = if is_cut {
            labels(&complete, name, column)
        } else {
            column.labels(known.iter().map(|&row| complete.row(row)))
        };
        if labels.len() > MOST_LEVELS {
            return Err(common.refusal(&format!(
                "column {name} has {} levels; cut it with --cut {name}=…, or merge levels with --levels (at most {MOST_LEVELS})",
                labels.len()
            )));
        }
        subgroups.push(subgroup_of(&two, name, &known, &labels, complete.len() - known.len()));
    }
    let answer = SubgroupsAnswer {
        n: data.follow_up.len(),
        n_events: data.follow_up.n_events(),
        n_excluded: data.n_excluded,
        not_chosen: data.not_chosen,
        groups: [reference.clone(), other.clone()],
        conf_level: options.conf_level,
        all: level_of("all", &two.within(&everybody)),
        subgroups,
        warnings: data.warnings(),
    };
    data.say_notes();
    if options.source.json {
        output::json(&answer)
    } else {
        output::print(&for_people(&answer))
    }
}

/// The comparison among some rows, under the name of their level.
fn level_of(level: &str, found: &WithinLevel) -> Level {
    Level {
        level: level.to_owned(),
        n: found.patients,
        events: found.events,
        ratio: Coefficient::new("group".to_owned(), found.estimate),
    }
}

/// The comparison within the levels of a column, of the rows that have a value in it.
fn subgroup_of(two: &TwoGroups<'_>, column: &str, known: &[usize], labels: &Labels, n_unknown: usize) -> Subgroup {
    let level = |(code, name): (usize, &String)| {
        let own = known
            .iter()
            .zip(&labels.codes)
            .filter(|(_, own)| **own as usize == code);
        level_of(name, &two.within(&own.map(|(&row, _)| row).collect::<Vec<usize>>()))
    };
    Subgroup {
        column: column.to_owned(),
        n_unknown,
        levels: labels.names.iter().enumerate().map(level).collect(),
        interaction: interaction_of(two.interaction(known, labels)),
    }
}

fn interaction_of(found: Result<InteractionTest, NoInteraction>) -> Interaction {
    match found {
        Ok(test) => Interaction {
            chi2: Some(test.chi2),
            df: Some(test.df),
            p: Some(test.p),
            at_limit: test.at_limit,
            no_test: None,
        },
        Err(why) => Interaction {
            chi2: None,
            df: None,
            p: None,
            at_limit: false,
            no_test: Some(en::no_interaction(&why)),
        },
    }
}

fn for_people(answer: &SubgroupsAnswer) -> String {
    let [reference, other] = answer.groups.each_ref().map(|group| name(group));
    let mut text = format!(
        "{} events of {}; hazard ratio of {other} against {reference}, Wald intervals of {} %; patients (events)\n",
        answer.n_events,
        answer.n,
        people::level(answer.conf_level)
    );
    text.push_str(&answer.not_chosen.line());
    let line = |text: &mut String, indent: &str, level: &Level| {
        let counts = format!(
            "{} ({}) and {} ({})",
            level.n[1], level.events[1], level.n[0], level.events[0]
        );
        let _ = writeln!(text, "{indent}{}: {counts}; {}", name(&level.level), level.ratio.line());
    };
    line(&mut text, "", &answer.all);
    for subgroup in &answer.subgroups {
        let interaction = &subgroup.interaction;
        let test = match &interaction.no_test {
            Some(why) => format!("no test of the interaction: {why}"),
            None if interaction.at_limit => format!("interaction {} (that of a limit)", p_value(interaction.p)),
            None => format!("interaction {}", p_value(interaction.p)),
        };
        let unknown = if subgroup.n_unknown > 0 {
            format!(", {} without a value", subgroup.n_unknown)
        } else {
            String::new()
        };
        let _ = writeln!(text, "{}: {test}{unknown}", name(&subgroup.column));
        for level in &subgroup.levels {
            line(&mut text, "  ", level);
        }
    }
    for warning in &answer.warnings {
        let _ = writeln!(text, "warning: {}", name(warning));
    }
    if answer.warnings.is_empty() {
        text.extend(left_out(answer.n_excluded).map(|line| line + "\n"));
    }
    text
}
