//! The estimates: filtered, sorted, drawn, kept as a file.

use std::cmp::Ordering;

use cotside_core::evidence::check::{Verdict, check_estimate};
use cotside_core::evidence::{
    EVIDENCE_LICENCE, EVIDENCE_VERSION, Estimate, Kmt2aOf, PublishedEndpoint, PublishedStudy, Source, Spread, published,
};
use cotside_figures::DataTable;
use cotside_messages::{EstimateColumn as Column, EstimateFigure, EstimateList, EstimateRow, EvidenceEvent};
use cotside_views::citing::cite;
use cotside_views::{Columns, export_button, note, notice, original, original_note};
use cotside_words::lang::evidence_page as words;
use cotside_words::lang::evidence_results::{self as results, NOT_REPORTED};
use cotside_words::lang::own_estimates;
use cotside_words::{decimal, en, lang};
use maud::{Markup, html};

use crate::Reply;
use crate::evidence::address;
use crate::evidence::drawing;
use crate::evidence::own::OwnRows;

/// Which rows are shown and how.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    settings: EstimateList,
}

impl Listing {
    /// Takes the settings.
    pub fn set(&mut self, settings: EstimateList) {
        self.settings = settings;
    }

    fn holds(&self, estimate: &Estimate) -> bool {
        let said = || {
            let texts = [
                estimate.population,
                estimate.study.name,
                estimate.cite.source.short,
                estimate.note,
                lang::endpoint(estimate.endpoint),
                // What the table shows is in English.
                en::endpoint(estimate.endpoint),
            ];
            texts.join(" ").to_lowercase()
        };
        let EstimateList {
            endpoint, study, words, ..
        } = &self.settings;
        endpoint.is_none_or(|endpoint| endpoint == estimate.endpoint)
            && study.as_deref().is_none_or(|study| study == estimate.study.id)
            && words
                .to_lowercase()
                .split_whitespace()
                .all(|word| said().contains(word))
    }

    /// The rows that are shown, in their order.
    pub fn estimates(&self, own: &OwnRows) -> Vec<&'static Estimate> {
        let mut rows: Vec<&'static Estimate> = own.all().filter(|row| self.holds(row)).collect();
        rows.sort_by(|a, b| self.compare(a, b));
        rows
    }

    /// What is not reported comes last, whichever way the rest runs; equal rows stay in the table's own order.
    fn compare(&self, a: &Estimate, b: &Estimate) -> Ordering {
        let way = |order: Ordering| {
            if self.settings.descending {
                order.reverse()
            } else {
                order
            }
        };
        let known = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => way(a.total_cmp(&b)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        // Own ones behind those of the table.
        let place = |study: &PublishedStudy| {
            let studies = published().studies;
            studies
                .iter()
                .position(|each| each.id == study.id)
                .unwrap_or(studies.len())
        };
        match self.settings.sort {
            Column::Study => way(place(a.study)
                .cmp(&place(b.study))
                .then_with(|| a.study.id.cmp(b.study.id))),
            Column::Enrolled => {
                let first = |estimate: &Estimate| estimate.study.years.map(|(from, _)| f64::from(from));
                known(first(a), first(b))
            }
            Column::Kmt2a => known(a.kmt2a_share(), b.kmt2a_share()),
            Column::Endpoint => way(a.endpoint.code().cmp(b.endpoint.code())),
            Column::Population => way(a.population.to_lowercase().cmp(&b.population.to_lowercase())),
            Column::Time => known(a.years, b.years),
            Column::N => known(a.n.map(f64::from), b.n.map(f64::from)),
            Column::Estimate => known(Some(a.estimate.value()), Some(b.estimate.value())),
            Column::Spread => known(width(a), width(b)),
            Column::Source => way(a.cite.source.short.cmp(b.cite.source.short)),
        }
    }

    /// What is listed, and the part `estimates`: counts and the figure.
    pub fn reply(&self, own: &OwnRows) -> Reply {
        let rows = self.estimates(own);
        let part = html! {
            (tally(&rows, own.all().count()))
            @match self.settings.figure {
                EstimateFigure::None => {}
                EstimateFigure::Forest => { (drawn("forest", drawing::forest(&rows), &rows)) }
                EstimateFigure::Points => { (drawn("points", drawing::points(&rows), &rows)) }
            }
            @if rows.is_empty() { (notice(words::NO_ESTIMATE)) }
        };
        let mut reply = Reply::default().part("estimates", part);
        reply.evidence.push(EvidenceEvent::Listed {
            ids: rows.iter().map(|row| row.id.to_owned()).collect(),
            one_axis: endpoints_of(rows.iter().copied()).len() == 1,
        });
        reply
    }

    /// The rows that are shown as a file: numbers as printed, empty where nothing was reported.
    pub fn csv(&self, own: &OwnRows) -> String {
        let mut file = DataTable::new(&[
            "id",
            "study",
            "enrolled_from",
            "enrolled_to",
            "study_n",
            "kmt2a_rearranged",
            "kmt2a_tested",
            "endpoint",
            "population",
            "years",
            "n",
            "estimate_percent",
            "standard_error",
            "lower95",
            "upper95",
            "unclear_spread",
            "source",
            "reference",
            "identifier",
            "place",
            "how_read",
            "same_as",
            "note",
            "evidence_version",
            "licence",
        ]);
        let whole = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
        for row in self.estimates(own) {
            let study = row.study;
            let spread = row.standard_error.map(lang::printed).unwrap_or_default();
            let (clear, unclear) = if row.standard_error_is_clear {
                (spread, String::new())
            } else {
                (String::new(), spread)
            };
            file.rows.push(vec![
                row.id.to_owned(),
                study.name.to_owned(),
                year(study.years.map(|years| years.0)),
                year(study.years.map(|years| years.1)),
                whole(study.n),
                whole(study.kmt2a_rearranged),
                whole(study.kmt2a_tested),
                row.endpoint.code().to_owned(),
                row.population.to_owned(),
                row.years.map(|years| years.to_string()).unwrap_or_default(),
                whole(row.n),
                lang::printed(row.estimate),
                clear,
                row.interval
                    .map(|interval| lang::printed(interval.0))
                    .unwrap_or_default(),
                row.interval
                    .map(|interval| lang::printed(interval.1))
                    .unwrap_or_default(),
                unclear,
                row.cite.source.short.to_owned(),
                row.cite.source.reference.to_owned(),
                identifier(row.cite.source),
                row.cite.place.to_owned(),
                row.cite.read.code().to_owned(),
                row.same_as.to_owned(),
                row.note.to_owned(),
                // Those of the reader are not of the table.
                if row.is_own() { "" } else { EVIDENCE_VERSION }.to_owned(),
                if row.is_own() { "" } else { EVIDENCE_LICENCE }.to_owned(),
            ]);
        }
        file.to_csv()
    }
}

/// DOI, PMID or registry number of a source, or that none was found.
fn identifier(source: &Source) -> String {
    if source.identifier.is_empty() {
        en::site::NO_IDENTIFIER.to_owned()
    } else {
        source.identifier.to_owned()
    }
}

/// Endpoints of some rows, in the table's order.
fn endpoints_of<'a>(rows: impl Iterator<Item = &'a Estimate>) -> Vec<PublishedEndpoint> {
    let mut found = Vec::new();
    for row in rows {
        if !found.contains(&row.endpoint) {
            found.push(row.endpoint);
        }
    }
    found
}

/// The width by which rows are sorted: of the interval that may be drawn.
fn width(estimate: &Estimate) -> Option<f64> {
    estimate.interval95().map(|interval| interval.high - interval.low)
}

/// The cells of every estimate, made once; the page puts them in order.
pub fn rows(own: &OwnRows) -> EvidenceEvent {
    let row = |estimate: &'static Estimate| EstimateRow {
        id: estimate.id.to_owned(),
        name: words::chosen_name(
            &study_name(estimate.study),
            words::short_endpoint(estimate.endpoint),
            estimate.population,
        ),
        cells: cells(estimate).map(Into::into).to_vec(),
        drawn: drawing::interval_cell(estimate).into(),
    };
    EvidenceEvent::Rows(own.all().map(row).collect())
}

/// The cells of a row, in the order of [`Column`].
fn cells(estimate: &'static Estimate) -> [Markup; 10] {
    [
        study_link(estimate.study),
        known(&enrolled(estimate.study)),
        known(&kmt2a(estimate)),
        endpoint_name(estimate),
        population(estimate),
        known(&years(estimate)),
        known(&patients(estimate.n)),
        percent(estimate),
        html! { (known(&spread(estimate))) (checked(estimate)) },
        source(estimate),
    ]
}

/// A figure, or why there is none.
fn drawn(name: &str, figure: Option<drawing::Drawn>, rows: &[&'static Estimate]) -> Markup {
    match (figure, endpoints_of(rows.iter().copied()).len()) {
        (Some(figure), _) => figure.html(name),
        (None, 0) => Markup::default(),
        (None, 1) => html! { p { (words::NO_TIMES) } },
        (None, _) => html! { p.remark { (words::ONE_ENDPOINT) } },
    }
}

fn tally(rows: &[&'static Estimate], all: usize) -> Markup {
    let mut studies: Vec<&str> = rows.iter().map(|row| row.study.id).collect();
    studies.sort_unstable();
    studies.dedup();
    let count = |wanted: &dyn Fn(Spread) -> bool| rows.iter().filter(|row| wanted(row.spread())).count();
    let line = words::listed(rows.len(), all, studies.len());
    let reported = words::uncertainty([
        count(&|spread| matches!(spread, Spread::Interval95(..))),
        count(&|spread| matches!(spread, Spread::StandardError(_))),
        count(&|spread| matches!(spread, Spread::Unclear(_))),
        count(&|spread| matches!(spread, Spread::NotStated)),
    ]);
    html! {
        p.tally { (line) }
        div.tools { (reported) (export_button("estimates.csv", words::SAVE_ROWS)) (source_buttons("references")) }
    }
}

/// The buttons of the sources of what is shown: see `EvidencePage::export`.
pub fn source_buttons(of: &str) -> Markup {
    html! {
        (export_button(&[of, ".ris"].concat(), words::RIS))
        (export_button(&[of, ".bib"].concat(), words::BIBTEX))
    }
}

/// A value; that nothing was reported stands back.
pub fn known(value: &str) -> Markup {
    html! { @if value == NOT_REPORTED { span.quiet { (value) } } @else { (value) } }
}

/// Link to a study of this page; one of the reader has none.
pub fn study_link(study: &PublishedStudy) -> Markup {
    html! {
        @if study.is_own() { (named(study)) } @else { a href=(study_address(study)) { (named(study)) } }
    }
}

/// A study by its name.
pub fn named(study: &PublishedStudy) -> Markup {
    html! { @if study.is_own() { (study_name(study)) } @else { (original(study.name)) } }
}

/// The name of a study in a sentence.
pub fn study_name(study: &PublishedStudy) -> String {
    own_estimates::study_name(study.name)
}

/// The patients of an estimate, as its source names them; in their own words those of the reader.
pub fn population(estimate: &Estimate) -> Markup {
    html! {
        @if estimate.is_own() { (estimate.population) } @else { (original(estimate.population)) }
    }
}

fn study_address(study: &PublishedStudy) -> String {
    address(&format!("study/{}", study.id))
}

/// Years of enrolment.
pub fn enrolled(study: &PublishedStudy) -> String {
    study
        .years
        .map_or_else(|| NOT_REPORTED.to_owned(), |(from, to)| format!("{from}–{to}"))
}

/// A number of patients.
pub fn patients(n: Option<u32>) -> String {
    n.map_or_else(|| NOT_REPORTED.to_owned(), |n| n.to_string())
}

/// Years after the start.
pub fn years(estimate: &Estimate) -> String {
    estimate
        .years
        .map_or_else(|| NOT_REPORTED.to_owned(), |years| decimal(years, 1))
}

fn kmt2a(estimate: &Estimate) -> String {
    match estimate.kmt2a {
        Kmt2aOf::Rearranged => results::ALL_REARRANGED.to_owned(),
        Kmt2aOf::Germline => results::NONE_REARRANGED.to_owned(),
        Kmt2aOf::NotStated => NOT_REPORTED.to_owned(),
        Kmt2aOf::Study => match (estimate.study.kmt2a_rearranged, estimate.study.kmt2a_tested) {
            (Some(rearranged), Some(tested)) => results::of_tested(rearranged, tested),
            _ => NOT_REPORTED.to_owned(),
        },
    }
}

/// Its uncertainty as printed.
pub fn spread(estimate: &Estimate) -> String {
    match (estimate.interval, estimate.standard_error) {
        (Some((lower, upper)), _) => format!("{}–{}", lang::printed(lower), lang::printed(upper)),
        (None, Some(error)) if estimate.standard_error_is_clear => results::standard_error(&lang::printed(error)),
        (None, Some(error)) => results::undefined_spread(&lang::printed(error)),
        (None, None) => NOT_REPORTED.to_owned(),
    }
}

/// A link to the study where its numbers say something about each other.
fn checked(estimate: &Estimate) -> Markup {
    let findings = check_estimate(estimate);
    let mut verdicts = findings.iter().map(|finding| finding.verdict());
    let remarkable = verdicts.any(|verdict| matches!(verdict, Verdict::DoesNotFollow | Verdict::Conditional));
    html! {
        @if remarkable && estimate.is_own() {
            span.note { (words::CHECKED) }
        } @else if remarkable { span.note { a href=(study_address(estimate.study)) { (words::CHECKED) } } }
    }
}

fn endpoint_name(estimate: &Estimate) -> Markup {
    html! { abbr title=(lang::endpoint(estimate.endpoint)) { (words::short_endpoint(estimate.endpoint)) } }
}

fn percent(estimate: &Estimate) -> Markup {
    html! { strong { (lang::printed(estimate.estimate)) } span.unit { (results::UNIT) } }
}

fn source(estimate: &Estimate) -> Markup {
    html! {
        (cite(&estimate.cite))
        @if estimate.is_own() { (note(estimate.note)) } @else { (original_note(estimate.note)) }
    }
}

/// The table of a study's estimates.
pub fn study_table(rows: &[&'static Estimate]) -> Markup {
    let columns = Columns::new(results::ID)
        .text(results::ENDPOINT)
        .text(results::POPULATION)
        .number(results::YEARS)
        .number(results::N)
        .number(results::ESTIMATE_PERCENT)
        .text(results::SPREAD)
        .text(results::SOURCE);
    let row = |estimate: &&'static Estimate| {
        let cells = [
            endpoint_name(estimate),
            population(estimate),
            known(&years(estimate)),
            known(&patients(estimate.n)),
            percent(estimate),
            known(&spread(estimate)),
            source(estimate),
        ];
        columns.row(html! { code { (estimate.id) } }, cells)
    };
    columns.table("estimates", rows.iter().map(row))
}
