//! The answer under nearby assumptions: a table of effects (or sizes) by survival, and power over size.

use cotside_core::survival::{
    OneGroupQuestion, Sought, StudySize, TwoGroupQuestion, constant_hazard, whole_groups, whole_number,
};
use cotside_figures::power::{PowerFigure, PowerLine};
use cotside_figures::{DataTable, Lettering, Style};
use cotside_messages::PlanQuestion;
use cotside_words::en::planning_page as printed;
use cotside_words::en::planning_results::plan_percent as printed_percent;
use cotside_words::lang::planning_page::{self as words, nearby};
use cotside_words::lang::planning_results::plan_percent;
use cotside_words::{decimal, significant};
use printed::figure;

/// A head of the table on the page, and in a file, which is in English.
pub struct Head {
    /// On the page.
    pub shown: String,
    /// In a file.
    pub printed: String,
}

impl Head {
    fn new(shown: impl Into<String>, printed: impl Into<String>) -> Self {
        Self {
            shown: shown.into(),
            printed: printed.into(),
        }
    }

    /// A number, the same in both.
    fn number(number: String) -> Self {
        Self::new(number.clone(), number)
    }

    fn percent(share: f64) -> Self {
        Self::new(plan_percent(share), printed_percent(share))
    }

    /// A column of survival in the first group.
    fn first(share: f64) -> Self {
        let percent = Self::percent(share);
        Self::new(nearby::first(&percent.shown), printed::nearby::first(&percent.printed))
    }

    /// A column of fixed survival.
    fn fixed(share: f64) -> Self {
        let percent = Self::percent(share);
        Self::new(nearby::fixed(&percent.shown), printed::nearby::fixed(&percent.printed))
    }
}

/// The table: heads of rows and columns, and a number for each, where there is an answer.
pub struct Nearby {
    /// What the rows are.
    pub head: Head,
    /// Their names.
    pub rows: Vec<Head>,
    /// Names of the columns.
    pub columns: Vec<Head>,
    /// Numbers, row by row.
    pub cells: Vec<Vec<Option<f64>>>,
    /// The position of the planned study.
    pub planned: (usize, usize),
    /// How a number is written.
    shown: Shown,
}

/// What the numbers are.
#[derive(Debug, Clone, Copy)]
enum Shown {
    /// Whole numbers, with the rate at which patients enter.
    Count(Option<f64>),
    /// Proportions.
    Percent,
    /// Ratios.
    Ratio,
}

/// Steps of survival, as proportions.
const SURVIVAL_STEPS: [f64; 5] = [-0.1, -0.05, 0.0, 0.05, 0.1];
/// Steps of the survival to detect.
const DETECT_STEPS: [f64; 5] = [-0.1, -0.05, 0.0, 0.05, 0.1];
/// Steps of a hazard ratio below 1, and above 1.
const BELOW_STEPS: [f64; 5] = [-0.1, -0.05, 0.0, 0.05, 0.1];
const ABOVE_STEPS: [f64; 5] = [-0.2, -0.1, 0.0, 0.1, 0.2];
/// Multiples of a size.
const SIZES: [f64; 5] = [0.5, 0.75, 1.0, 1.25, 1.5];
/// Points of a curve, and how far it goes beyond the planned size.
const POINTS: usize = 80;
const BEYOND: f64 = 1.6;

/// Values around one, within limits; the value itself is among them.
fn around(value: f64, steps: [f64; 5], limits: (f64, f64)) -> Vec<f64> {
    let near = steps.map(|step| if step == 0.0 { value } else { rounded(value + step) });
    near.into_iter()
        .filter(|near| *near == value || (*near > limits.0 && *near < limits.1))
        .collect()
}

/// To four decimals, so that 0.6 − 0.1 is 0.5.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn ratios(ratio: f64) -> Vec<f64> {
    if ratio < 1.0 {
        around(ratio, BELOW_STEPS, (0.0, 1.0))
    } else {
        around(ratio, ABOVE_STEPS, (1.0, f64::INFINITY))
    }
}

fn survivals(survival: f64) -> Vec<f64> {
    around(survival, SURVIVAL_STEPS, (0.0, 1.0))
}

fn position(values: &[f64], value: f64) -> usize {
    values.iter().position(|each| *each == value).unwrap_or(0)
}

fn size_of(sought: Sought) -> Option<StudySize> {
    match sought {
        Sought::Size { .. } => None,
        Sought::Power { size } | Sought::Effect { size, .. } => Some(size),
    }
}

fn amount(size: StudySize) -> f64 {
    match size {
        StudySize::Subjects(amount) | StudySize::Events(amount) => amount,
    }
}

/// The same kind of size with another amount.
fn resized(size: StudySize, amount: f64) -> StudySize {
    match size {
        StudySize::Subjects(_) => StudySize::Subjects(amount),
        StudySize::Events(_) => StudySize::Events(amount),
    }
}

/// The same question about another size.
fn sought_of(sought: Sought, amount: f64) -> Sought {
    match sought {
        Sought::Size { .. } => sought,
        Sought::Power { size } => Sought::Power {
            size: resized(size, amount),
        },
        Sought::Effect { size, power, side } => Sought::Effect {
            size: resized(size, amount),
            power,
            side,
        },
    }
}

fn sizes(size: StudySize) -> Vec<f64> {
    let amount = amount(size);
    let mut sizes: Vec<f64> = SIZES.iter().map(|times| (amount * times).round().max(1.0)).collect();
    sizes.dedup();
    sizes
}

impl Nearby {
    /// The table of a question that has an answer.
    #[must_use]
    pub fn of(question: &PlanQuestion) -> Self {
        match question {
            PlanQuestion::TwoGroups(question, baseline) => Self::two_groups(*question, *baseline),
            PlanQuestion::OneGroup(question, _) => Self::one_group(*question),
        }
    }

    fn two_groups(question: TwoGroupQuestion, baseline: Option<(f64, f64)>) -> Self {
        let by_size = size_of(question.sought).filter(|_| matches!(question.sought, Sought::Effect { .. }));
        let (head, values, at) = match by_size {
            Some(size) => (size_head(size), sizes(size), amount(size)),
            None => (
                Head::new(nearby::HAZARD_RATIO, printed::nearby::HAZARD_RATIO),
                ratios(question.hazard_ratio),
                question.hazard_ratio,
            ),
        };
        let first = baseline.map(|(survival, _)| survivals(survival)).unwrap_or_default();
        let ask = |row: f64, column: Option<f64>| {
            let hazard_ratio = if by_size.is_some() { f64::NAN } else { row };
            let mut asked = TwoGroupQuestion {
                hazard_ratio,
                ..question
            };
            if by_size.is_some() {
                asked.sought = sought_of(question.sought, row);
            }
            if let (Some(survival), Some((_, time)), Some(observed)) = (column, baseline, asked.observed.as_mut()) {
                observed.hazard = constant_hazard(survival, time)?;
            }
            let answer = asked.answer().ok()?;
            Some(match question.sought {
                Sought::Size { .. } => match answer.subjects {
                    Some(subjects) => {
                        let (first, second) = whole_groups(subjects, question.second);
                        first + second
                    }
                    None => whole_number(answer.events),
                },
                Sought::Power { .. } => answer.power,
                Sought::Effect { .. } => answer.hazard_ratio,
            })
        };
        let columns: Vec<Option<f64>> = if first.is_empty() {
            vec![None]
        } else {
            first.iter().copied().map(Some).collect()
        };
        let named = |column: &Option<f64>| {
            column.map_or_else(|| Head::new(nearby::RESULT, printed::nearby::RESULT), Head::first)
        };
        Self {
            head,
            rows: values.iter().map(|value| Head::number(significant(*value))).collect(),
            columns: columns.iter().map(named).collect(),
            cells: values
                .iter()
                .map(|row| columns.iter().map(|column| ask(*row, *column)).collect())
                .collect(),
            planned: (
                position(&values, at),
                baseline.map_or(0, |(survival, _)| position(&first, survival)),
            ),
            shown: match question.sought {
                Sought::Size { .. } => Shown::Count(question.rate),
                Sought::Power { .. } => Shown::Percent,
                Sought::Effect { .. } => Shown::Ratio,
            },
        }
    }

    fn one_group(question: OneGroupQuestion) -> Self {
        let by_size = size_of(question.sought).filter(|_| matches!(question.sought, Sought::Effect { .. }));
        let (head, values, at) = match by_size {
            Some(size) => (size_head(size), sizes(size), amount(size)),
            None => (
                Head::new(nearby::DETECT, printed::nearby::DETECT),
                around(question.alternative, DETECT_STEPS, (0.0, 1.0)),
                question.alternative,
            ),
        };
        let fixed = survivals(question.reference);
        // An effect of the other direction is another question.
        let is_better = question.alternative > question.reference;
        let ask = |row: f64, reference: f64| {
            let mut asked = OneGroupQuestion { reference, ..question };
            if by_size.is_some() {
                asked.sought = sought_of(question.sought, row);
            } else {
                asked.alternative = row;
                if (row > reference) != is_better {
                    return None;
                }
            }
            let answer = asked.answer().ok()?;
            Some(match question.sought {
                Sought::Size { .. } => whole_number(answer.subjects),
                Sought::Power { .. } => answer.power,
                Sought::Effect { .. } => answer.alternative,
            })
        };
        let name = |value: &f64| match by_size {
            Some(_) => Head::number(decimal(*value, 0)),
            None => Head::percent(*value),
        };
        Self {
            head,
            rows: values.iter().map(name).collect(),
            columns: fixed.iter().copied().map(Head::fixed).collect(),
            cells: values
                .iter()
                .map(|row| fixed.iter().map(|reference| ask(*row, *reference)).collect())
                .collect(),
            planned: (position(&values, at), position(&fixed, question.reference)),
            shown: match question.sought {
                Sought::Size { .. } => Shown::Count(question.rate),
                Sought::Power { .. } | Sought::Effect { .. } => Shown::Percent,
            },
        }
    }

    /// A number as it is shown.
    #[must_use]
    pub fn written(&self, value: Option<f64>) -> String {
        let Some(value) = value else {
            return words::NONE.to_owned();
        };
        match self.shown {
            Shown::Count(Some(rate)) => nearby::with_years(&decimal(value, 0), &decimal(value / rate, 1)),
            Shown::Count(None) => decimal(value, 0),
            Shown::Percent => plan_percent(value),
            Shown::Ratio => significant(value),
        }
    }

    /// The table as data: numbers with all their digits.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let head = std::iter::once(&self.head).chain(&self.columns);
        let rows = self.rows.iter().zip(&self.cells).map(|(name, cells)| {
            let cells = cells
                .iter()
                .map(|cell| cell.map_or_else(String::new, |cell| cell.to_string()));
            std::iter::once(name.printed.clone()).chain(cells).collect()
        });
        DataTable {
            head: head.map(|head| head.printed.clone()).collect(),
            rows: rows.collect(),
        }
    }
}

fn size_head(size: StudySize) -> Head {
    match size {
        StudySize::Subjects(_) => Head::new(nearby::PATIENTS, printed::nearby::PATIENTS),
        StudySize::Events(_) => Head::new(nearby::EVENTS, printed::nearby::EVENTS),
    }
}

/// Power over size, with the planned study; `None` where the question has no answer.
#[must_use]
pub fn figure_of(question: &PlanQuestion) -> Option<PowerFigure> {
    let (size_label, lines, planned) = match question {
        PlanQuestion::TwoGroups(question, _) => two_group_lines(*question)?,
        PlanQuestion::OneGroup(question, _) => one_group_lines(*question)?,
    };
    let names: Vec<String> = lines.iter().map(|line| line.label.clone()).collect();
    Some(PowerFigure {
        lettering: Lettering {
            title: printed::FIGURE.to_owned(),
            description: figure::description(&names),
            caption: vec![figure::PLANNED.to_owned()],
        },
        style: Style::MIDDLE,
        size_label: size_label.to_owned(),
        power_label: figure::POWER.to_owned(),
        lines,
        planned: Some(planned),
    })
}

type Lines = (&'static str, Vec<PowerLine>, (f64, f64));

/// Sizes up to beyond the planned one.
fn grid(planned: f64) -> impl Iterator<Item = f64> {
    let step = BEYOND * planned / POINTS as f64;
    (1..=POINTS).map(move |at| step * at as f64)
}

/// The value and its neighbours at the ends of the list around it.
fn three(values: &[f64], value: f64) -> Vec<f64> {
    let mut three = vec![value];
    three.extend(values.first().copied().filter(|first| *first != value));
    three.extend(values.last().copied().filter(|last| *last != value));
    three
}

fn two_group_lines(question: TwoGroupQuestion) -> Option<Lines> {
    let answer = question.answer().ok()?;
    let counts_events = matches!(size_of(question.sought), Some(StudySize::Events(_))) || answer.subjects.is_none();
    let planned = match (counts_events, answer.subjects, question.sought) {
        (false, Some(subjects), Sought::Size { .. }) => {
            let (first, second) = whole_groups(subjects, question.second);
            first + second
        }
        (false, Some(subjects), _) => subjects,
        _ => whole_number(answer.events),
    };
    let size = |amount| {
        if counts_events {
            StudySize::Events(amount)
        } else {
            StudySize::Subjects(amount)
        }
    };
    let power = |hazard_ratio: f64, amount: f64| {
        let sought = Sought::Power { size: size(amount) };
        let asked = TwoGroupQuestion {
            hazard_ratio,
            sought,
            ..question
        };
        Some((amount, asked.answer().ok()?.power))
    };
    let ratio = answer.hazard_ratio;
    let lines = three(&ratios(ratio), ratio).into_iter().map(|each| PowerLine {
        label: figure::ratio(&significant(each)),
        points: grid(planned).filter_map(|amount| power(each, amount)).collect(),
    });
    let label = if counts_events {
        figure::EVENTS
    } else {
        figure::PATIENTS
    };
    Some((label, lines.collect(), power(ratio, planned)?))
}

fn one_group_lines(question: OneGroupQuestion) -> Option<Lines> {
    let answer = question.answer().ok()?;
    let planned = match question.sought {
        Sought::Size { .. } => whole_number(answer.subjects),
        Sought::Power { .. } | Sought::Effect { .. } => answer.subjects,
    };
    let power = |alternative: f64, amount: f64| {
        let sought = Sought::Power {
            size: StudySize::Subjects(amount),
        };
        let asked = OneGroupQuestion {
            alternative,
            sought,
            ..question
        };
        Some((amount, asked.answer().ok()?.power))
    };
    let chosen = answer.alternative;
    let limits = if chosen > question.reference {
        (question.reference, 1.0)
    } else {
        (0.0, question.reference)
    };
    let near = around(chosen, DETECT_STEPS, limits);
    let lines = three(&near, chosen).into_iter().map(|each| PowerLine {
        label: figure::survival(&printed_percent(each)),
        points: grid(planned).filter_map(|amount| power(each, amount)).collect(),
    });
    Some((figure::PATIENTS, lines.collect(), power(chosen, planned)?))
}
