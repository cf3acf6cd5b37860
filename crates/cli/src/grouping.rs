//! `--levels`, `--cut`, `--reference` and `--filter`: how columns are grouped, and which rows are used. The page does it with the
//! same code ([`Study::factor`], [`Study::meets`]).

use std::collections::BTreeMap;

use clap::Args;
use cotside_core::cohort::{
    Cells, Cut, Expected, Factor, Filter, FilterError, Grouping, Groupings, LevelGroup, Limit, MOST_CONDITIONS, Study,
    Test, Texts, Values, Variable, Wanted,
};
use cotside_core::survival::Labels;

use crate::Refusal;
use crate::analysis::{Common, Complete, File, Rows};
use crate::flags::{names, present};

/// The flags, as given.
#[derive(Debug, Clone, Default, Args)]
pub struct GroupingFlags {
    /// Groups of a column in their order: kmt2a=germline,rearranged+ptd:KMT2A-r (+ merges, : names); levels that are not named
    /// are left out and counted
    #[arg(long, value_name = "COLUMN=A,B+C:NAME", num_args = 1.., value_parser = present)]
    pub levels: Vec<String>,
    /// Cut a column of numbers into groups: age_days=90,180 or wbc=median; a value at a limit is in the upper group, with :lower
    /// behind the limits in the lower one
    #[arg(long, value_name = "COLUMN=LIMIT,...", num_args = 1.., value_parser = present)]
    pub cut: Vec<String>,
    /// The group with which others are compared: kmt2a=germline [default: the first]
    #[arg(long, value_name = "COLUMN=GROUP", num_args = 1.., value_parser = present)]
    pub reference: Vec<String>,
    /// Use only the rows that meet conditions: "age_days<90 and kmt2a=rearranged"; = != < <= > >=, a=x|y for several values, and, or,
    /// one level of brackets; a condition on a missing value is not met
    #[arg(long, value_name = "CONDITIONS", value_parser = present)]
    pub filter: Option<String>,
}

/// The flags with the columns of a file.
#[derive(Debug, Default)]
pub struct Grouped {
    /// `--levels` by column: the text behind the name of the column.
    levels: BTreeMap<String, String>,
    /// `--cut` by column.
    cuts: BTreeMap<String, Cut>,
    /// `--reference` by column.
    references: BTreeMap<String, String>,
    /// `--filter`, with the names of columns.
    filter: Filter,
    /// The columns, once they are read.
    study: Study,
    groupings: Groupings,
}

/// The id of a column.
fn id(column: &str) -> String {
    format!("column:{column}")
}

/// Texts for a message: “a”, “b”.
fn listed(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().take(12).map(|text| format!("“{text}”")).collect();
    let more = if texts.len() > 12 { ", …" } else { "" };
    quoted.join(", ") + more
}

/// A name and the text behind its `=`, where the name is a column of the file.
fn of_column<'a>(file: &File, text: &'a str) -> Option<(&'a str, &'a str)> {
    let mut places = text.match_indices('=').map(|(place, _)| place);
    let place = places.find(|&place| file.has(text[..place].trim()))?;
    Some((text[..place].trim(), &text[place + 1..]))
}

impl GroupingFlags {
    /// The values of `--levels` that name no column of the file: the order of groups for a test for trend.
    pub fn order(&self, file: &File) -> Vec<String> {
        let plain = self.levels.iter().filter(|text| of_column(file, text).is_none());
        plain.cloned().collect()
    }

    /// Reads the flags. `orders_groups` says whether `--levels` may stand without a column.
    pub fn resolved(&self, common: &Common, file: &File, orders_groups: bool) -> Result<Grouped, Refusal> {
        let mut grouped = Grouped::default();
        let of_trend = if common.command == "logrank" && !orders_groups {
            " (without a column it is the order of groups for --trend)"
        } else {
            ""
        };
        let column = |flag: &str, text: &str, example: &str| {
            match of_column(file, text) {
            Some((name, rest)) => Ok((name.to_owned(), rest.trim().to_owned())),
            None => Err(common.refusal(&format!(
                "--{flag} {text} names no column: begin with a column of the file and =, such as {example}{of_trend}; the columns are {}",
                listed(file.header())
            ))),
        }
        };
        for text in &self.levels {
            if orders_groups && of_column(file, text).is_none() {
                continue;
            }
            let (name, rest) = column("levels", text, "kmt2a=germline,rearranged")?;
            once(
                common,
                "levels",
                &name,
                grouped.levels.insert(name.clone(), rest).is_none(),
            )?;
        }
        for text in &self.cut {
            let (name, rest) = column("cut", text, "age_days=90,180")?;
            let cut = cut(common, &name, &rest)?;
            once(common, "cut", &name, grouped.cuts.insert(name.clone(), cut).is_none())?;
        }
        for text in &self.reference {
            let (name, rest) = column("reference", text, "kmt2a=germline")?;
            once(
                common,
                "reference",
                &name,
                grouped.references.insert(name.clone(), rest).is_none(),
            )?;
        }
        if let Some(text) = &self.filter {
            grouped.filter = Filter::parse(text).map_err(|error| common.refusal(&filter_error(text, &error)))?;
            let unknown = grouped.filter.conditions().find(|each| !file.has(&each.variable));
            if let Some(condition) = unknown {
                return Err(common.refusal(&format!(
                    "--filter: there is no column “{}”; the columns are {} (a name with other signs than letters, digits and _ \
                     stands in double quotes)",
                    condition.variable,
                    listed(file.header())
                )));
            }
        }
        Ok(grouped)
    }
}

fn once(common: &Common, flag: &str, column: &str, is_first: bool) -> Result<(), Refusal> {
    if is_first {
        return Ok(());
    }
    Err(common.refusal(&format!("--{flag} names column {column} twice; name it once")))
}

/// The limits behind the name of a column.
fn cut(common: &Common, column: &str, text: &str) -> Result<Cut, Refusal> {
    let (limits, limit_is_lower) = match text.strip_suffix(":lower") {
        Some(limits) => (limits, true),
        None => (text.strip_suffix(":upper").unwrap_or(text), false),
    };
    let refuse = |why: &str| Err(common.refusal(&format!("--cut {column}={text}: {why}")));
    match Cut::parse(limits) {
        Ok(cut) if cut.at.iter().any(|limit| matches!(limit, Limit::Months(_))) => {
            refuse("calendar months need dates of birth, which the page reads; give days, such as 183")
        }
        Ok(cut) if cut.at.len() > 1 && cut.at.contains(&Limit::Median) => {
            refuse("median stands alone; give numbers, or median")
        }
        Ok(cut) => Ok(Cut { limit_is_lower, ..cut }),
        Err(_) => refuse("give numbers separated by commas, such as 90,180, or median"),
    }
}

fn filter_error(text: &str, error: &FilterError) -> String {
    let why = match error {
        FilterError::Expected { expected, rest } if rest.is_empty() => format!("at its end {expected} is missing"),
        FilterError::Expected { expected, rest } => format!("before “{rest}” {expected} is missing"),
        FilterError::OpenQuote => "a double quote is not closed".to_owned(),
        FilterError::NotANumber(value) => {
            format!("“{value}” is no number; < <= > >= take one such as 90, and = takes a text")
        }
        FilterError::MonthsAtLimit => "months are compared with < or >= only".to_owned(),
        FilterError::TooDeep => {
            "brackets lie within brackets, or “and” and “or” are mixed beside one; one level is accepted, such as (a=1 or b=2) and c=3"
                .to_owned()
        }
        FilterError::TooMany => format!("it has more than {MOST_CONDITIONS} conditions"),
    };
    format!("--filter {text}: {why}")
}

impl Grouped {
    /// The columns of the filter, and those that are cut or whose levels are grouped.
    pub fn wanted(&self) -> Vec<Wanted<'_>> {
        self.columns()
            .into_iter()
            .map(|name| Wanted {
                name,
                cells: self.cells(name),
            })
            .collect()
    }

    fn columns(&self) -> Vec<&str> {
        let filtered = self.filter.conditions().map(|condition| &condition.variable);
        let grouped = self.levels.keys().chain(self.cuts.keys()).chain(self.references.keys());
        let mut columns: Vec<&str> = filtered.chain(grouped).map(String::as_str).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// A column is of numbers where it is cut, or compared as a number.
    fn cells(&self, column: &str) -> Cells {
        let compares = |test: &Test| !matches!(test, Test::Is(_) | Test::IsNot(_));
        let mut conditions = self.filter.conditions();
        let is_compared = conditions.any(|each| each.variable == column && compares(&each.test));
        if self.cuts.contains_key(column) || (is_compared && !self.levels.contains_key(column)) {
            Cells::Numbers(Expected::Number)
        } else {
            Cells::Texts
        }
    }

    /// Takes the columns. A row without a value in one of them is not excluded by that alone.
    pub fn read(&mut self, common: &Common, rows: &mut Rows<'_>) -> Result<(), Refusal> {
        let columns: Vec<String> = self.columns().into_iter().map(str::to_owned).collect();
        for name in &columns {
            let values = match self.cells(name) {
                Cells::Numbers(expected) => {
                    let numbers = rows.take_numbers(name, expected)?;
                    Values::Numbers(
                        numbers
                            .into_iter()
                            .map(|number| Some(number).filter(|each| !each.is_nan()))
                            .collect(),
                    )
                }
                Cells::Texts => {
                    let texts = rows.take_texts(name)?;
                    let codes = texts.codes().map(|code| u32::try_from(code?).ok());
                    Values::Levels {
                        codes: codes.collect(),
                        names: texts.names().to_vec(),
                    }
                }
            };
            self.study.variables.push(Variable {
                id: id(name),
                name: name.clone(),
                values,
            });
        }
        self.study.row = (0..rows.len()).collect();
        let mut filter = self.filter.clone();
        for condition in filter.parts.iter_mut().flatten() {
            condition.variable = id(&condition.variable);
        }
        self.filter = filter;
        for name in &columns {
            let grouping = self.grouping(common, name)?;
            if !grouping.is_empty() {
                self.groupings.insert(id(name), grouping);
            }
        }
        Ok(())
    }

    /// How a column is grouped, every level that `--levels` names being one of the column.
    fn grouping(&self, common: &Common, column: &str) -> Result<Grouping, Refusal> {
        let cut = self.cuts.get(column).cloned();
        let mut grouping = Grouping {
            cut,
            ..Grouping::default()
        };
        let alone = Groupings::from([(id(column), grouping.clone())]);
        let known = self
            .study
            .factor(&id(column), &alone)
            .or_else(|| self.one_level(column));
        let Some(known) = known else {
            return match self.cuts.get(column) {
                Some(cut) => Err(common.refusal(&format!(
                    "--cut {column}={}: the column has no two groups so; give other limits",
                    cut.text()
                ))),
                None => Ok(grouping),
            };
        };
        if let Some(text) = self.levels.get(column) {
            let parts = names(std::slice::from_ref(text), |part| {
                known.names.iter().any(|name| name == part)
            });
            if parts.is_empty() {
                return Err(common.refusal(&format!(
                    "--levels {column}= names no level; the column has {}",
                    listed(&known.names)
                )));
            }
            for part in &parts {
                grouping.groups.push(group(common, column, part, &known.names)?);
            }
            grouping.others_are_left_out = true;
        }
        if let Some(reference) = self.references.get(column) {
            let groups = grouping.apply(&known).names;
            if !groups.contains(reference) {
                return Err(common.refusal(&format!(
                    "--reference {column}={reference}: there is no such group; there are {}",
                    listed(&groups)
                )));
            }
            grouping.reference = Some(reference.clone());
        }
        Ok(grouping)
    }

    /// The level of a column that has one only.
    fn one_level(&self, column: &str) -> Option<Factor> {
        Factor::of(&self.study.variable(&id(column))?.values)
    }

    /// Whether each row meets the filter; `None` where that hangs on missing values.
    pub fn meets(&self) -> Vec<Option<bool>> {
        self.study.meets(&self.filter, &self.groupings)
    }

    /// Whether `--levels` or `--cut` puts the groups of a column in order.
    pub fn orders(&self, column: &str) -> bool {
        self.levels.contains_key(column) || self.cuts.contains_key(column)
    }

    /// The group of a column that `--reference` names.
    pub fn reference(&self, column: &str) -> Option<&str> {
        self.references.get(column).map(String::as_str)
    }

    /// The groups of a column that is grouped.
    pub fn factor(&self, column: &str) -> Option<Factor> {
        let grouping = self.groupings.get(&id(column))?;
        let factor = self.study.factor(&id(column), &self.groupings);
        factor.or_else(|| Some(grouping.apply(&self.one_level(column)?)))
    }

    /// Refuses a flag on a column that nothing uses as groups.
    pub fn check(&self, common: &Common, used: &[&String]) -> Result<(), Refusal> {
        let filtered: Vec<String> = self.filter.conditions().map(|each| each.variable.clone()).collect();
        let flags = [
            ("levels", self.levels.keys().collect::<Vec<_>>()),
            ("cut", self.cuts.keys().collect()),
            ("reference", self.references.keys().collect()),
        ];
        for (flag, columns) in flags {
            let unused = |name: &&String| !used.contains(name) && !filtered.contains(name);
            if let Some(name) = columns.into_iter().find(unused) {
                return Err(common.refusal(&format!(
                    "--{flag} names column {name}, which is not used as groups; name it with --group, --factor or --strata, or leave \
                     --{flag} out"
                )));
            }
        }
        Ok(())
    }
}

/// One part of `--levels`: a level, or levels merged by + with a name behind a colon.
fn group(common: &Common, column: &str, part: &str, known: &[String]) -> Result<LevelGroup, Refusal> {
    let is_known = |text: &str| known.iter().any(|name| name == text);
    if is_known(part) {
        return Ok(LevelGroup {
            name: part.to_owned(),
            of: vec![part.to_owned()],
            is_left_out: false,
        });
    }
    let (levels, name) = match part.rsplit_once(':') {
        Some((levels, name)) if !name.trim().is_empty() => (levels.trim(), Some(name.trim())),
        _ => (part, None),
    };
    let of: Vec<String> = if is_known(levels) {
        vec![levels.to_owned()]
    } else {
        levels.split('+').map(|level| level.trim().to_owned()).collect()
    };
    if let Some(unknown) = of.iter().find(|level| !is_known(level)) {
        return Err(common.refusal(&format!(
            "--levels {column}: there is no level “{unknown}”; the column has {}",
            listed(known)
        )));
    }
    Ok(LevelGroup {
        name: name.map_or_else(|| of.join("+"), str::to_owned),
        of,
        is_left_out: false,
    })
}

/// Labels of a column in the rows used: as it is grouped, else as the file has it.
pub fn labels(complete: &Complete<'_>, column: &str, texts: &Texts) -> Labels {
    match complete.grouped.factor(column) {
        Some(factor) => in_rows(&factor, complete),
        None => complete.labels(texts),
    }
}

/// The same with the reference first, as models take them.
pub fn labels_of_model(complete: &Complete<'_>, column: &str, texts: &Texts) -> Labels {
    match complete.grouped.factor(column) {
        Some(factor) => {
            let labels = in_rows(&factor, complete);
            let reference = factor.reference_in(&labels);
            labels.with_reference(reference)
        }
        None => complete.labels(texts),
    }
}

fn in_rows(factor: &Factor, complete: &Complete<'_>) -> Labels {
    let rows: Vec<usize> = complete.rows().collect();
    factor.labels(&rows).1
}
