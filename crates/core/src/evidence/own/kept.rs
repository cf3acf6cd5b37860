//! Own estimates as estimates. The rows of the table live as long as the program, and so do these: a row is made once,
//! however often it is asked for, and after [`MOST_KEPT`] different ones no more are made.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::row::Values;
use super::{OwnColumn as Column, OwnEstimate};
use crate::evidence::{Citation, Estimate, OWN_STUDY_PREFIX, PublishedStudy, Read, Source, published};

/// Different rows that are made at most; each has at most some kilobytes.
const MOST_KEPT: usize = 20_000;

type Kept = BTreeMap<(OwnEstimate, String), &'static Estimate>;

static KEPT: Mutex<Kept> = Mutex::new(BTreeMap::new());

/// The rows as estimates, in their order; `mark` is set behind the name of the study. Rows that are not accepted are left
/// out, and so are new ones after the last that can be made: then there are fewer than `rows`, which is to be said.
///
/// The rows are those of [`OwnRead::rows`](super::OwnRead::rows). One of a study that the table has shares its infants,
/// so that a comparison says so.
#[must_use]
pub fn own_estimates(rows: &[OwnEstimate], mark: &str) -> Vec<&'static Estimate> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let one = |row: &OwnEstimate| {
        let key = (row.clone(), mark.to_owned());
        if let Some(&estimate) = kept.get(&key) {
            return Some(estimate);
        }
        let values = row.values().ok().filter(|_| kept.len() < MOST_KEPT)?;
        let estimate: &'static Estimate = Box::leak(Box::new(made(row, values, mark)));
        kept.insert(key, estimate);
        Some(estimate)
    };
    rows.iter().filter_map(one).collect()
}

fn kept_text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn made(row: &OwnEstimate, values: Values, mark: &str) -> Estimate {
    let text = |column| kept_text(row.text(column));
    let short = text(Column::Source);
    let source: &'static Source<'static> = Box::leak(Box::new(Source {
        short,
        reference: short,
        identifier: "",
    }));
    Estimate {
        id: text(Column::Id),
        study: Box::leak(Box::new(study(row, &values, mark, source))),
        endpoint: values.endpoint,
        population: text(Column::Population),
        kmt2a: values.kmt2a,
        reached: values.reached,
        years: values.years,
        n: values.n,
        estimate: values.estimate,
        standard_error: values.standard_error,
        interval: values.interval,
        standard_error_is_clear: values.is_clear,
        cite: Citation {
            source,
            place: text(Column::Place),
            read: Read::Unchecked,
        },
        same_as: text(Column::SameAs),
        note: text(Column::Note),
    }
}

/// The study of a row, of which nothing is known but its name and its years.
fn study(row: &OwnEstimate, values: &Values, mark: &str, source: &'static Source<'static>) -> PublishedStudy {
    let name = row.text(Column::Study);
    let known = published().studies.iter().find(|study| {
        let names = [study.id, study.name];
        names.iter().any(|each| each.eq_ignore_ascii_case(name))
    });
    let years = values
        .enrolled
        .map_or_else(String::new, |(from, to)| format!(":{from}-{to}"));
    let plain = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    let marked = if mark.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({mark})")
    };
    PublishedStudy {
        id: kept_text(&format!("{OWN_STUDY_PREFIX}{plain}{years}")),
        name: kept_text(&marked),
        years: values.enrolled,
        n: None,
        kmt2a_rearranged: None,
        kmt2a_tested: None,
        complete_remission: None,
        induction_death: None,
        death_in_remission: None,
        transplanted: None,
        age: "",
        kmt2a: "",
        infants: known.map_or_else(
            || kept_text(&format!("{OWN_STUDY_PREFIX}{plain}")),
            |study| study.infants,
        ),
        protocols: "",
        time_origin: "",
        event_definition: "",
        source,
        note: "",
    }
}
