//! A draft tried on an infant and on the examples, beside the protocols of the catalogue.

use cotside_core::cohort::read_table;
use cotside_core::infant::{Entry, Field, Reading, read};
use cotside_core::protocols::{Assessment, Protocol, Status, assess, assess_all};
use cotside_messages::ExampleInfant;
use cotside_views::examples::{EXAMPLES, SEVERANCE_CSV};
use cotside_views::{Columns, notice, row};
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use maud::{Markup, html};

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
        .zip(lang::page::EXAMPLE_WORDS)
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
    pub fn answer(&self, protocol: Option<&Protocol>) -> Markup {
        let reading = read(&self.entry);
        html! {
            @for issue in &reading.issues { (notice(lang::issue(issue))) }
            @match protocol {
                Some(protocol) => { (answered(protocol, &reading)) }
                None => { p.quiet { (words::NO_ANSWER_YET) } }
            }
        }
    }

    /// Every protocol's row for the same infant, the draft first.
    pub fn beside(&self, own: Option<&Protocol>) -> Markup {
        let Some(own) = own else { return Markup::default() };
        let infant = read(&self.entry).infant;
        let address = |of: &Protocol| format!("protocols/{}/", of.id);
        html! {
            h2 { (words::BESIDE_THE_OTHERS) }
            div.rows data-testid="own-rows" {
                (row::whole(&assess(own, &infant), &infant, lang::OWN_MARK, None))
                @for each in assess_all(&infant) {
                    (row::whole(&each, &infant, "", Some(&address(each.protocol))))
                }
            }
        }
    }
}

/// The answer with its reason.
fn answered(protocol: &Protocol, reading: &Reading) -> Markup {
    let assessment = assess(protocol, &reading.infant);
    html! {
        p.own-answer data-testid="own-answer" {
            strong { (brief(&assessment)) } " " span.mark { (lang::OWN_MARK) }
        }
        p { (lang::reason(&assessment)) }
    }
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
        Status::Assigned(group) => lang::group_name(group).to_owned(),
        Status::Undetermined(possible) => format!("{}?", lang::possibility(possible, assessment.protocol)),
        Status::NotApplicable(_) => words::NOT_APPLICABLE.to_owned(),
    }
}

/// What the definition answers for every example, beside the protocol that it was copied from.
pub fn on_examples(own: Option<&Protocol>, original: Option<&Protocol>) -> Markup {
    let Some(own) = own else { return Markup::default() };
    let named = original.map(|original| words::in_catalogue(lang::protocol_name(original)));
    let columns = Columns::new(words::EXAMPLE).text(words::YOURS);
    let columns = named.iter().fold(columns, |columns, named| columns.text(named));
    let each = |(name, entry): (String, Entry)| {
        let infant = read(&entry).infant;
        let answer = brief(&assess(own, &infant));
        let other = original.map(|original| brief(&assess(original, &infant)));
        let differs = other.as_ref().is_some_and(|other| *other != answer);
        let cells = [
            html! { @if differs { strong { (answer) } } @else { span { (answer) } } },
            html! {
                @if let Some(other) = other { (other) @if differs { span.note { (words::DIFFERS) } } }
            },
        ];
        columns.row(name, cells)
    };
    html! {
        h2 { (words::ON_THE_EXAMPLES) }
        (columns.table("own-examples", examples().into_iter().map(each)))
    }
}

/// The answers for the examples by which two catalogues differ: name of the example, before, after.
pub fn differing(version: &str) -> Vec<(String, Vec<cotside_core::protocols::ChangedAnswer>)> {
    let changed = examples().into_iter().filter_map(|(name, entry)| {
        let changed = cotside_core::protocols::RULES.changed_answers(version, &read(&entry).infant)?;
        (!changed.is_empty()).then_some((name, changed))
    });
    changed.collect()
}
