//! A draft tried on an infant and on the examples, beside the protocols of the catalogue.

use cotside_answers::examples::{EXAMPLES, SEVERANCE_CSV};
use cotside_answers::row;
use cotside_core::cohort::read_table;
use cotside_core::infant::{Entry, Field, Reading, read};
use cotside_core::protocols::{Assessment, Protocol, Status, assess, assess_all};
use cotside_messages::ExampleInfant;
use cotside_words::en;
use cotside_words::en::own_page as words;
use cotside_words::html::{Html, cell, element, head, plain, span, table, text};

/// The infant on whom it is tried.
#[derive(Default)]
pub struct Trial {
    entry: Entry,
}

/// Every example: the published one, the Severance series, those at boundaries.
fn examples() -> Vec<(String, Entry)> {
    let series = read_table(SEVERANCE_CSV.as_bytes())
        .map(|table| table.patients)
        .unwrap_or_default();
    let series = series.into_iter().enumerate().map(|(index, patient)| {
        let name = words::of_series(index + 1);
        (name, patient.entry)
    });
    let mut made = EXAMPLES
        .iter()
        .zip(en::page::EXAMPLE_WORDS)
        .map(|(example, (name, _))| (name.to_owned(), example.entry()));
    let first = made.next();
    first.into_iter().chain(series).chain(made).collect()
}

/// The examples with their findings.
pub fn example_infants() -> Vec<ExampleInfant> {
    let each = |(name, entry): (String, Entry)| ExampleInfant {
        name,
        findings: entry.lines(),
    };
    examples().into_iter().map(each).collect()
}

impl Trial {
    /// On the infant with these findings.
    pub const fn on(entry: Entry) -> Self {
        Self { entry }
    }

    /// What the draft answers, with what is the matter with the findings.
    pub fn answer(&self, protocol: Option<&Protocol>) -> Html {
        let reading = read(&self.entry);
        let issues = reading
            .issues
            .iter()
            .map(|issue| span("p", "remark notice", &en::issue(issue)));
        let answer = match protocol {
            Some(protocol) => answered(protocol, &reading),
            None => span("p", "quiet", words::NO_ANSWER_YET),
        };
        Html::all([Html::all(issues), answer])
    }

    /// Every protocol's row for the same infant, the draft first.
    pub fn beside(&self, own: Option<&Protocol>) -> Html {
        let Some(own) = own else { return Html::default() };
        let reading = read(&self.entry);
        let mut rows = vec![row::whole(
            &assess(own, &reading.infant),
            &reading.infant,
            en::OWN_MARK,
            None,
        )];
        for assessment in assess_all(&reading.infant) {
            let address = format!("protocols/{}/", assessment.protocol.id);
            rows.push(row::whole(&assessment, &reading.infant, "", Some(&address)));
        }
        Html::all([
            plain("h2", words::BESIDE_THE_OTHERS),
            element("div", &[("class", "rows"), ("data-testid", "own-rows")], &rows),
        ])
    }
}

/// The answer with its reason.
fn answered(protocol: &Protocol, reading: &Reading) -> Html {
    let assessment = assess(protocol, &reading.infant);
    Html::all([
        element(
            "p",
            &[("class", "own-answer"), ("data-testid", "own-answer")],
            &[
                span("strong", "", &brief(&assessment)),
                text(" "),
                span("span", "mark", en::OWN_MARK),
            ],
        ),
        span("p", "", &en::reason(&assessment)),
    ])
}

/// The columns of the findings that a protocol's clauses ask for, with age always.
pub fn asked(protocol: &Protocol) -> Vec<String> {
    let clauses = protocol.clauses();
    let findings = clauses.iter().filter_map(|(_, clause)| clause.test.finding());
    let mut fields: Vec<Field> = findings
        .map(|finding| finding.field())
        .chain([Field::AgeDays])
        .collect();
    fields.sort();
    fields.dedup();
    fields.into_iter().map(|field| field.column().to_owned()).collect()
}

/// An answer in a few words.
pub fn brief(assessment: &Assessment) -> String {
    match assessment.status {
        Status::Assigned(group) => group.name.to_owned(),
        Status::Undetermined(possible) => format!("{}?", en::possibility(possible, assessment.protocol)),
        Status::NotApplicable(_) => words::NOT_APPLICABLE.to_owned(),
    }
}

/// What the definition answers for every example, beside the protocol that it was copied from.
pub fn on_examples(own: Option<&Protocol>, original: Option<&Protocol>) -> Html {
    let Some(own) = own else { return Html::default() };
    let named = original.map(|original| words::in_catalogue(original.name));
    let each = |(name, entry): (String, Entry)| {
        let infant = read(&entry).infant;
        let answer = brief(&assess(own, &infant));
        let other = original.map(|original| brief(&assess(original, &infant)));
        let differs = other.as_ref().is_some_and(|other| *other != answer);
        let mut cells = vec![
            element("th", &[("scope", "row")], &[text(&name)]),
            cell(
                words::YOURS,
                "",
                &[plain(if differs { "strong" } else { "span" }, &answer)],
            ),
        ];
        if let (Some(other), Some(named)) = (other, &named) {
            let differs = Html::when(differs, || span("span", "note", words::DIFFERS));
            cells.push(cell(named, "", &[text(&other), differs]));
        }
        element("tr", &[], &cells)
    };
    let mut columns = vec![(words::EXAMPLE, ""), (words::YOURS, "")];
    if let Some(named) = &named {
        columns.push((named, ""));
    }
    Html::all([
        plain("h2", words::ON_THE_EXAMPLES),
        table("own-examples", head(&columns), examples().into_iter().map(each)),
    ])
}

/// The answers for the examples by which two catalogues differ: name of the example, before, after.
pub fn differing(version: &str) -> Vec<(String, Vec<cotside_core::protocols::ChangedAnswer>)> {
    let changed = examples().into_iter().filter_map(|(name, entry)| {
        let changed = cotside_core::protocols::RULES.changed_answers(version, &read(&entry).infant)?;
        (!changed.is_empty()).then_some((name, changed))
    });
    changed.collect()
}
