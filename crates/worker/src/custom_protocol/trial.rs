//! A definition tried on an infant and on the examples, beside the protocols of the catalogue.

use cotside_answers::examples::{EXAMPLES, SEVERANCE_CSV};
use cotside_answers::row;
use cotside_core::infant::{Entry, Field, Kind, Reading, read, read_table};
use cotside_core::protocols::{Assessment, PROTOCOLS, Protocol, Status, assess, assess_all};
use cotside_words::en;
use cotside_words::html::{Html, cell, element, head, option, plain, select, span, table, text};

use crate::custom_protocol::controls::labelled;

/// The infant on whom it is tried.
pub struct Trial {
    entry: Entry,
    /// The example that it is, by its position; `None` once something was changed.
    example: Option<usize>,
}

impl Default for Trial {
    fn default() -> Self {
        Self {
            entry: EXAMPLES[0].entry(),
            example: Some(0),
        }
    }
}

/// Every example: the published one, the Severance series, those at boundaries.
fn examples() -> Vec<(String, Entry)> {
    let series = read_table(SEVERANCE_CSV.as_bytes())
        .map(|table| table.patients)
        .unwrap_or_default();
    let series = series.into_iter().enumerate().map(|(index, patient)| {
        let name = format!("Severance series, patient {}", index + 1);
        (name, patient.entry)
    });
    let mut made = EXAMPLES
        .iter()
        .zip(en::page::EXAMPLE_WORDS)
        .map(|(example, (name, _))| (name.to_owned(), example.entry()));
    let first = made.next();
    first.into_iter().chain(series).chain(made).collect()
}

impl Trial {
    /// Takes a control of the trial; `false` where it is none.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        if name == "example" {
            let position = value.parse::<usize>().ok();
            let found = position.and_then(|position| examples().into_iter().nth(position));
            self.example = position.filter(|_| found.is_some());
            self.entry = found.map(|(_, entry)| entry).unwrap_or_default();
            return true;
        }
        let Some(field) = name.strip_prefix("find:").and_then(Field::from_column) else {
            return false;
        };
        self.entry.set(field, value);
        self.example = None;
        true
    }

    /// The menu of examples, the fields, and what the definition answers.
    pub fn html(&self, protocol: Option<&'static Protocol>) -> Html {
        let reading = read(&self.entry);
        let chosen = self.example.map(|position| position.to_string()).unwrap_or_default();
        let mut menu = vec![(String::new(), "an infant of yours".to_owned())];
        let named = examples().into_iter().enumerate();
        menu.extend(named.map(|(position, (name, _))| (position.to_string(), name)));
        let options = menu.iter().map(|(value, name)| option(value, name, *value == chosen));
        let issues = reading
            .issues
            .iter()
            .map(|issue| span("p", "remark notice", &en::issue(issue)));
        let answer = match protocol {
            Some(protocol) => answered(protocol, &reading),
            None => span("p", "quiet", "Once nothing above is wrong, the answer stands here."),
        };
        Html::all([
            plain("h2", "Try it"),
            labelled("Findings of", "wide", select("example", "Findings of", options)),
            element(
                "div",
                &[("class", "own-fields")],
                &fields(protocol).map(|field| self.field(field)).collect::<Vec<_>>(),
            ),
            Html::all(issues),
            answer,
        ])
    }

    fn field(&self, field: Field) -> Html {
        let name = format!("find:{}", field.column());
        let typed = self.entry.typed(field);
        let label = match field.kind() {
            Kind::Number { unit, .. } if field != Field::AgeDays && field != Field::AgeMonths => {
                format!("{} ({unit})", en::field_label(field))
            }
            _ => en::field_label(field).to_owned(),
        };
        let control = match field.kind() {
            Kind::Code(codes) => {
                let known = codes
                    .iter()
                    .map(|code| option(code, en::option_label(field, code), *code == typed));
                select(
                    &name,
                    &label,
                    std::iter::once(option("", "unknown", typed.is_empty())).chain(known),
                )
            }
            _ => element("input", &[("type", "text"), ("name", &name), ("value", typed)], &[]),
        };
        labelled(&label, "", control)
    }

    /// Every protocol's row for the same infant, the reader's own first.
    pub fn beside(&self, own: Option<&'static Protocol>) -> Html {
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
            plain("h2", "Beside the others, for the same infant"),
            element("div", &[("class", "rows"), ("data-testid", "own-rows")], &rows),
        ])
    }
}

/// The answer with its reason.
fn answered(protocol: &'static Protocol, reading: &Reading) -> Html {
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

/// The fields that a protocol's clauses ask for, with age always; without a protocol those that most ask for.
fn fields(protocol: Option<&'static Protocol>) -> impl Iterator<Item = Field> {
    let mut fields = vec![Field::AgeDays];
    match protocol {
        Some(protocol) => {
            let findings = protocol
                .clauses()
                .into_iter()
                .filter_map(|(_, clause)| clause.test.finding());
            fields.extend(findings.map(|finding| finding.field()));
        }
        None => fields.extend([Field::Wbc, Field::Kmt2a, Field::Kmt2aPartner, Field::PrednisoneResponse]),
    }
    fields.sort();
    fields.dedup();
    fields.into_iter()
}

/// An answer in a few words.
pub fn brief(assessment: &Assessment) -> String {
    match assessment.status {
        Status::Assigned(group) => group.name.to_owned(),
        Status::Undetermined(possible) => format!("{}?", en::possibility(possible, assessment.protocol)),
        Status::NotApplicable(_) => "not applicable".to_owned(),
    }
}

/// What the definition answers for every example, beside the protocol that it was copied from.
pub fn on_examples(own: Option<&'static Protocol>, original: Option<&'static Protocol>) -> Html {
    let Some(own) = own else { return Html::default() };
    let named = original.map(|original| format!("{} (catalogue)", original.name));
    let each = |(name, entry): (String, Entry)| {
        let infant = read(&entry).infant;
        let answer = brief(&assess(own, &infant));
        let other = original.map(|original| brief(&assess(original, &infant)));
        let differs = other.as_ref().is_some_and(|other| *other != answer);
        let mut cells = vec![
            element("th", &[("scope", "row")], &[text(&name)]),
            cell("Yours", "", &[plain(if differs { "strong" } else { "span" }, &answer)]),
        ];
        if let (Some(other), Some(named)) = (other, &named) {
            let differs = Html::when(differs, || span("span", "note", "differs"));
            cells.push(cell(named, "", &[text(&other), differs]));
        }
        element("tr", &[], &cells)
    };
    let mut columns = vec![("Example", ""), ("Yours", "")];
    if let Some(named) = &named {
        columns.push((named, ""));
    }
    Html::all([
        plain("h2", "On the examples"),
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

/// A protocol of the catalogue by its id, for the menu of copies.
pub fn copies() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROTOCOLS.iter().map(|protocol| (protocol.id, protocol.name))
}
