//! The study as a table of times to events like ADTTE of CDISC ADaM, with a table that defines its variables.
//!
//! Times are those of the analysis with the page's defaults, in days. Dates stand only where the file has them.

use cotside_core::cohort::{Endpoint, EventKind, Milestone, Role, Study, TimeSettings};
use cotside_core::export;
use cotside_core::infant::Date;
use cotside_words::en;
use cotside_words::en::adtte as words;

use crate::cohort_file::Loaded;

/// Names of the files.
pub const DATA: &str = "adtte.csv";
pub const DEFINE: &str = "adtte-define.csv";

/// The variables: name, label, type, origin, codes.
const VARIABLES: [[&str; 5]; 11] = [
    ["STUDYID", words::STUDYID, "text", "assigned", ""],
    ["USUBJID", words::USUBJID, "text", "collected", ""],
    ["PARAM", words::PARAM, "text", "assigned", ""],
    ["PARAMCD", words::PARAMCD, "text", "assigned", ""],
    ["AVAL", words::AVAL, "number", "derived", ""],
    ["AVALU", words::AVALU, "text", "assigned", ""],
    ["CNSR", words::CNSR, "integer", "derived", "0=event; 1=censored"],
    ["EVNTDESC", words::EVNTDESC, "text", "derived", ""],
    ["CNSDTDSC", words::CNSDTDSC, "text", "derived", ""],
    ["STARTDT", words::STARTDT, "date", "collected", ""],
    ["ADT", words::ADT, "date", "derived", ""],
];

/// The endpoints that are exported, each with its code and the day from which it counts.
const PARAMETERS: [(Endpoint, &str, Option<Milestone>); 4] = [
    (Endpoint::EventFreeSurvival, "EFS", Some(Milestone::Diagnosis)),
    (Endpoint::OverallSurvival, "OS", Some(Milestone::Diagnosis)),
    (Endpoint::DiseaseFreeSurvival, "DFS", Some(Milestone::FirstRemission)),
    (Endpoint::AsInFile, "TTE", None),
];

/// A row for each patient and endpoint.
pub fn data(file: &Loaded, study: &Study) -> String {
    let mut csv = export::quoted_row(VARIABLES.iter().map(|variable| variable[0])) + "\n";
    let study_id = study_id(file.printed_name());
    for (endpoint, code, start) in PARAMETERS {
        let settings = TimeSettings::default();
        let followed = study.follow(endpoint, settings);
        let dated = start.filter(|&day| {
            file.mapping.column_of(Role::Milestone(day)).is_some() && !study.is_timed_by_file(endpoint, settings)
        });
        for ((&patient, &days), &event) in followed.patient.iter().zip(&followed.time).zip(&followed.event) {
            let known = file.cohort.patients.get(patient);
            let id = known.and_then(|known| known.infant.id.clone());
            let row = known.map_or(0, |known| known.row + 1);
            let begins = dated.and_then(|day| known?.course.date(day).value());
            let ends = begins
                .filter(|_| days.fract() == 0.0)
                .and_then(|begins| after(begins, days));
            let is_event = event != EventKind::None;
            let cells = [
                study_id.clone(),
                id.unwrap_or_else(|| words::row_id(row)),
                words::parameter(endpoint).to_owned(),
                code.to_owned(),
                days.to_string(),
                "DAYS".to_owned(),
                if is_event { "0" } else { "1" }.to_owned(),
                if is_event {
                    en::event_kind(event).to_owned()
                } else {
                    String::new()
                },
                if is_event { "" } else { words::CENSORED }.to_owned(),
                text_of(begins),
                text_of(ends),
            ];
            csv.push_str(&export::quoted_row(cells.iter().map(String::as_str)));
            csv.push('\n');
        }
    }
    csv
}

/// A row for each variable.
pub fn define() -> String {
    let header = ["Variable", "Label", "Type", "Origin", "Codelist"];
    let rows = std::iter::once(header).chain(VARIABLES);
    rows.map(|row| export::quoted_row(row) + "\n").collect()
}

fn after(begins: Date, days: f64) -> Option<Date> {
    Date::from_day_number(begins.day_number() + days as i64)
}

fn text_of(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// The name of the file without its ending.
fn study_id(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.to_owned()
}
