//! What the models of Cox's regression take beside covariates: delayed entry, case weights, clusters, strata, ties.

use cotside_core::cohort::{Endpoint, Milestone, Study, TimeUnit, Values, Variable};
use cotside_core::decimal;
use cotside_core::survival::cox::Ties;
use cotside_core::survival::{FollowUp, FollowUpError, Labels};
use cotside_messages::{ENTRY_REMISSION, ENTRY_TRANSPLANT, ModelOptions};
use cotside_words::lang::model_results as words;

use crate::analysis::choices::name_of;
use crate::analysis::selection::Analysis;

/// Labels of the patients of the analysis; `None` where one is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLabels {
    /// The labels.
    pub names: Vec<String>,
    /// Position in `names` of each row.
    pub codes: Vec<Option<u32>>,
}

/// That of the patients of an analysis, one value a row.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelData {
    /// Whether each row has all that is asked for here.
    pub usable: Vec<bool>,
    /// How ties are treated.
    pub ties: Ties,
    /// The level of intervals.
    pub level: f64,
    /// Whether the variance is robust: clusters, or weights that are not whole numbers.
    pub is_robust: bool,
    /// Who is left out of every model for it, in sentences.
    pub remarks: Vec<String>,
    entry: Option<Vec<f64>>,
    weight: Option<Vec<f64>>,
    cluster: Option<RowLabels>,
}

impl ModelData {
    /// Reads what the settings name.
    ///
    /// # Errors
    /// A sentence with the remedy where the settings do not fit each other or the file, or nobody is left.
    pub fn of(analysis: &Analysis<'_>) -> Result<Self, String> {
        let options = &analysis.settings.model_options;
        let time = analysis.follow_up().map_or(&[][..], FollowUp::time);
        let mut data = Self {
            usable: vec![true; time.len()],
            ties: options.ties.ties(),
            level: analysis.confidence().level(),
            is_robust: !options.cluster.is_empty(),
            remarks: Vec::new(),
            entry: None,
            weight: None,
            cluster: None,
        };
        if data.ties == Ties::Exact && (data.is_robust || !options.weights.is_empty()) {
            return Err(words::EXACT_IS_PLAIN.to_owned());
        }
        if !options.entry.is_empty() {
            let entry = entries(analysis, options)?;
            let unknown = data.without(&entry);
            let ended = entry
                .iter()
                .zip(time)
                .map(|(entry, time)| entry.is_some_and(|entry| entry >= *time));
            let ended = data.leave_out(ended.collect());
            data.remarks.extend(words::entry_left_out(unknown, ended));
            data.entry = Some(entry.into_iter().map(|entry| entry.unwrap_or(f64::NAN)).collect());
        }
        if !options.weights.is_empty() {
            let weights = numbers(analysis, &options.weights)?;
            let unknown = data.without(&weights);
            let unfit = weights
                .iter()
                .map(|weight| weight.is_some_and(|weight| !(1e-100..=1e100).contains(&weight)));
            let unfit = data.leave_out(unfit.collect());
            data.remarks.extend(words::weights_left_out(unknown, unfit));
            let used = weights.iter().zip(&data.usable).filter(|(_, usable)| **usable);
            data.is_robust |= used
                .filter_map(|(weight, _)| *weight)
                .any(|weight| weight.fract() != 0.0);
            data.weight = Some(weights.into_iter().map(|weight| weight.unwrap_or(f64::NAN)).collect());
        }
        if !options.cluster.is_empty() {
            let labels = labels(analysis, &options.cluster, true)?;
            let unknown = data.without(&labels.codes);
            data.remarks.extend(words::cluster_left_out(unknown));
            data.cluster = Some(labels);
        }
        if data.usable.iter().any(|usable| *usable) {
            Ok(data)
        } else {
            Err(words::NOBODY_LEFT.to_owned())
        }
    }

    /// Leaves out rows of which something is not known; how many.
    fn without<T>(&mut self, values: &[Option<T>]) -> usize {
        self.leave_out(values.iter().map(Option::is_none).collect())
    }

    /// Leaves out rows; how many that were still in.
    fn leave_out(&mut self, rows: Vec<bool>) -> usize {
        let mut left_out = 0;
        for (usable, out) in self.usable.iter_mut().zip(rows) {
            left_out += usize::from(*usable && out);
            *usable &= !out;
        }
        left_out
    }

    /// Whether every patient enters at the origin and counts once: what Fine and Gray's model needs.
    pub fn is_plain(&self) -> bool {
        self.entry.is_none() && self.weight.is_none() && self.cluster.is_none()
    }

    /// Follow-up of some usable rows with entry and weights; rows whose entry is not before their time but for noise are left
    /// out. `None` where no row is left.
    pub fn follow_up(&self, of: &FollowUp, mut rows: Vec<usize>) -> Option<(Vec<usize>, FollowUp)> {
        let pick = |values: &[f64], rows: &[usize]| rows.iter().map(|&row| values[row]).collect::<Vec<f64>>();
        loop {
            let plain = of.subset(&rows)?;
            let made = match &self.entry {
                None => Ok(plain),
                Some(entry) => FollowUp::with_entry(pick(entry, &rows), plain.time().to_vec(), plain.event().to_vec()),
            };
            match made {
                Ok(made) => {
                    let weighted = match &self.weight {
                        None => made,
                        Some(weight) => made.weighted(pick(weight, &rows)).ok()?,
                    };
                    return Some((rows, weighted));
                }
                Err(FollowUpError::EmptyInterval { row }) if row < rows.len() => {
                    rows.remove(row);
                }
                Err(_) => return None,
            }
        }
    }

    /// Clusters of some usable rows.
    pub fn cluster(&self, rows: &[usize]) -> Option<Labels> {
        Some(self.cluster.as_ref()?.of(rows))
    }
}

impl RowLabels {
    /// The labels of some rows, all of which are known.
    pub fn of(&self, rows: &[usize]) -> Labels {
        let codes: Vec<u32> = rows
            .iter()
            .filter_map(|&row| self.codes.get(row).copied().flatten())
            .collect();
        Labels::present(&self.names, &codes)
    }

    /// The labels that occur, in their order.
    pub fn of_known(&self) -> Vec<String> {
        let codes: Vec<u32> = self.codes.iter().copied().flatten().collect();
        Labels::present(&self.names, &codes).names
    }

    /// Each pair of labels that occurs as one label.
    pub fn crossed(self, other: &Self) -> Self {
        let width = other.names.len();
        let code = |(own, other): (&Option<u32>, &Option<u32>)| Some((*own)? as usize * width + (*other)? as usize);
        let pairs: Vec<Option<usize>> = self.codes.iter().zip(&other.codes).map(code).collect();
        let mut known: Vec<usize> = pairs.iter().flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        let name = |pair: &usize| format!("{}, {}", self.names[pair / width], other.names[pair % width]);
        let place = |pair: Option<usize>| u32::try_from(known.binary_search(&pair?).ok()?).ok();
        Self {
            names: known.iter().map(name).collect(),
            codes: pairs.into_iter().map(place).collect(),
        }
    }
}

/// The strata of the adjusted model: the levels of what the settings name, several of them crossed; `None` for none.
///
/// # Errors
/// A sentence with the remedy where the file has no such column.
pub fn strata(analysis: &Analysis<'_>) -> Result<Option<RowLabels>, String> {
    let mut crossed: Option<RowLabels> = None;
    for id in &analysis.settings.model_options.strata {
        let own = labels(analysis, id, false)?;
        crossed = Some(match crossed {
            None => own,
            Some(before) => before.crossed(&own),
        });
    }
    Ok(crossed)
}

/// Levels of a variable, or labels of a column, of the patients of the analysis. Of numbers each is a cluster of its own;
/// strata are their halves.
pub fn labels(analysis: &Analysis<'_>, id: &str, are_clusters: bool) -> Result<RowLabels, String> {
    let patients = analysis.patients();
    let column = analysis.study.column(id);
    if let Some(Values::Numbers(numbers)) = column.filter(|_| are_clusters).map(|column| &column.values) {
        return Ok(of_numbers(
            patients.iter().map(|&patient| numbers.get(patient).copied().flatten()),
        ));
    }
    if let Some(factor) = analysis.study.factor(id, &analysis.settings.levels) {
        return Ok(RowLabels {
            codes: patients.iter().map(|&patient| factor.code(patient)).collect(),
            names: factor.names,
        });
    }
    match column.map(|column| &column.values) {
        Some(Values::Levels { names, codes }) => Ok(RowLabels {
            names: names.clone(),
            codes: patients
                .iter()
                .map(|&patient| codes.get(patient).copied().flatten())
                .collect(),
        }),
        _ => Err(words::no_labels(&column_name(analysis.study, id))),
    }
}

/// Each number as a label of its own.
fn of_numbers(values: impl Iterator<Item = Option<f64>>) -> RowLabels {
    let values: Vec<Option<f64>> = values.map(|value| value.map(|value| value + 0.0)).collect();
    let mut known: Vec<f64> = values.iter().flatten().copied().collect();
    known.sort_by(f64::total_cmp);
    known.dedup();
    let place = |value: Option<f64>| {
        let value = value?;
        u32::try_from(known.partition_point(|each| *each < value)).ok()
    };
    RowLabels {
        names: known.iter().map(f64::to_string).collect(),
        codes: values.into_iter().map(place).collect(),
    }
}

/// What a column is called; its id where the file has none of it.
pub fn column_name(study: &Study, id: &str) -> String {
    study
        .column(id)
        .map_or_else(|| id.to_owned(), |column| name_of(&column.name))
}

/// Whether a column has numbers, or levels that are all numbers.
pub fn has_numbers(column: &Variable) -> bool {
    match &column.values {
        Values::Numbers(_) => true,
        Values::Levels { names, .. } => names.iter().all(|name| decimal::parse(name).is_some()),
    }
}

/// The numbers of a column, one a patient of the study: those of a number, or of levels that are all numbers. `None` where it has
/// others.
fn numbers_of(column: &Variable) -> Option<Vec<Option<f64>>> {
    match &column.values {
        Values::Numbers(numbers) => Some(numbers.clone()),
        Values::Levels { names, codes } => {
            let levels: Vec<f64> = names.iter().map(|name| decimal::parse(name)).collect::<Option<_>>()?;
            let number = |code: &Option<u32>| levels.get((*code)? as usize).copied();
            Some(codes.iter().map(number).collect())
        }
    }
}

/// The same, one a patient of the analysis.
fn numbers(analysis: &Analysis<'_>, id: &str) -> Result<Vec<Option<f64>>, String> {
    let column = analysis.study.variable(id).and_then(numbers_of);
    let Some(numbers) = column else {
        return Err(words::no_numbers(&column_name(analysis.study, id)));
    };
    let patients = analysis.patients().into_iter();
    let known = patients.map(|patient| numbers.get(patient).copied().flatten());
    Ok(known.map(|number| number.filter(|number| number.is_finite())).collect())
}

/// Whether patients can be at risk from first remission, or from transplant, on: the endpoint is timed by dates, and begins
/// before it.
pub fn allows_entry(analysis: &Analysis<'_>, entry: &str) -> bool {
    let endpoint = analysis.settings.endpoint;
    let by_dates = endpoint != Endpoint::AsInFile && !analysis.study.has_times_alone(endpoint);
    let has = |day: Milestone| {
        analysis
            .study
            .course
            .iter()
            .any(|course| course.date(day).value().is_some())
    };
    match entry {
        ENTRY_REMISSION => {
            let from_diagnosis = matches!(endpoint, Endpoint::EventFreeSurvival | Endpoint::OverallSurvival);
            by_dates && from_diagnosis && has(Milestone::FirstRemission)
        }
        ENTRY_TRANSPLANT => by_dates && has(Milestone::Hsct),
        _ => false,
    }
}

/// Entry of each patient of the analysis, in years from the origin.
fn entries(analysis: &Analysis<'_>, options: &ModelOptions) -> Result<Vec<Option<f64>>, String> {
    let is_date = [ENTRY_REMISSION, ENTRY_TRANSPLANT].contains(&options.entry.as_str());
    if is_date && !allows_entry(analysis, &options.entry) {
        return Err(words::entry_does_not_fit(analysis.endpoint()));
    }
    let year = TimeUnit::Years.days();
    Ok(match options.entry.as_str() {
        ENTRY_REMISSION => {
            let days = |patient: usize| {
                let course = analysis.study.course.get(patient)?;
                let [from, to] = [Milestone::Diagnosis, Milestone::FirstRemission].map(|day| course.date(day).value());
                Some((to?.day_number() - from?.day_number()) as f64 / year)
            };
            analysis.patients().into_iter().map(days).collect()
        }
        ENTRY_TRANSPLANT => {
            let at = |&position: &usize| analysis.followed.hsct.get(position).and_then(|cell| cell.value());
            analysis.grouped.iter().map(at).collect()
        }
        id => {
            let unit = options.entry_unit.unit().days();
            let numbers = numbers(analysis, id)?.into_iter();
            numbers
                .map(|number| number.map(|number| number * unit / year))
                .collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strata_of_two_columns_are_their_pairs() {
        let of = |names: &[&str], codes: &[Option<u32>]| RowLabels {
            names: names.iter().map(|&name| name.to_owned()).collect(),
            codes: codes.to_vec(),
        };
        let first = of(&["a", "b"], &[Some(0), Some(1), Some(1), None]);
        let second = of(&["x", "y"], &[Some(1), Some(0), Some(0), Some(0)]);
        let crossed = first.crossed(&second);
        assert_eq!(crossed.names, ["a, y", "b, x"]);
        assert_eq!(crossed.codes, [Some(0), Some(1), Some(1), None]);
    }

    #[test]
    fn equal_numbers_are_one_cluster() {
        let found = of_numbers([Some(2.0), Some(-0.0), None, Some(0.0)].into_iter());
        assert_eq!(found.codes, [Some(1), Some(0), None, Some(0)]);
        assert_eq!(found.names, ["0", "2"]);
    }
}
