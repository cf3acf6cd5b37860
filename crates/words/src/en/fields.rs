//! The data dictionary in words.

use super::foreign::foreign;
use crate::content::{self, Understood};
use crate::numbers::{grouped, percent_of_fraction, scientific};
use cotside_core::cohort::TableError;
use cotside_core::decimal;
use cotside_core::infant::{
    Choice, Entry, Field, Issue, IssueKind, Kind, MOST_WBC, MrdPoint, POOR_RESPONSE_BLASTS_PER_UL, Question, Reading,
    Stage,
};
use cotside_core::protocols::Finding;

/// Name of a field on the form.
#[must_use]
pub fn field_label(field: Field) -> &'static str {
    match field {
        Field::Id => "Label",
        Field::AgeDays => "Age in days",
        Field::AgeMonths => "Age in completed months",
        Field::BirthDate => "Date of birth",
        Field::DiagnosisDate => "Date of diagnosis",
        Field::Sex => "Sex",
        Field::Wbc => "White cell count",
        Field::WbcPerUl => "White cell count per µL",
        Field::Kmt2a => "KMT2A (MLL)",
        Field::Kmt2aPartner => "KMT2A partner",
        Field::Lineage => "Lineage",
        Field::Cd10 => "CD10",
        Field::Cns => "CNS status",
        Field::CsfWbc => "CSF white cells",
        Field::CsfBlasts => "CSF blasts",
        Field::Testis => "Testicular disease",
        Field::DownSyndrome => "Down syndrome",
        Field::Day8Blasts => "Day-8 blood blasts",
        Field::PrednisoneResponse => "Prednisone response",
        Field::RemissionEoi => "Complete remission, end of induction",
        Field::MrdEoi => "MRD, end of induction",
        Field::MrdEoc => "MRD, end of consolidation",
        Field::MrdTp4 => "MRD, start of OCTADA(D)",
        Field::MrdBlina1 => "MRD, after first blinatumomab",
        Field::Relapse => "Relapse or induction failure",
        Field::FirstRemissionMonths => "First remission lasted",
        Field::SalvageRemission => "Second remission",
    }
}

/// What the field means.
#[must_use]
pub fn field_definition(field: Field) -> &'static str {
    match field {
        Field::Id => "Any text that tells rows apart. Do not use a name or a hospital number.",
        Field::AgeDays => {
            "Completed days of life at diagnosis. Protocols set limits at 90 and 180 days, at 6 and 12 months and at 365 days."
        }
        Field::AgeMonths => {
            "Completed calendar months at diagnosis, used where days are not known. 5 means the sixth month is running."
        }
        Field::BirthDate | Field::DiagnosisDate => {
            "With both dates, days and calendar months are exact. Nothing leaves this page."
        }
        Field::Sex => "Sex.",
        Field::Wbc => "White blood cells in peripheral blood at diagnosis, × 10⁹/L (the same as 10³/µL).",
        Field::WbcPerUl => "White blood cells in peripheral blood at diagnosis, per µL.",
        Field::Kmt2a => {
            "Rearranged: a translocation or insertion that forms a fusion. A partial tandem duplication (PTD) is not a \
             rearrangement. Undetermined: tested, and could not be established; leave empty what is not known yet."
        }
        Field::Kmt2aPartner => "The fusion partner of a rearranged KMT2A.",
        Field::Lineage => "Lineage of the blasts by immunophenotype.",
        Field::Cd10 => "CD10 on the blasts. Prognostic in some series; no protocol here allocates by it.",
        Field::Cns => {
            "CNS1: no blasts in the fluid, whatever the cell count. CNS2: blasts with fewer than 5 white cells/µL. CNS3: \
             blasts with 5 or more white cells/µL, or clinical signs. No infant protocol's own text on CNS2 could be read."
        }
        Field::CsfWbc => "White cells per µL of cerebrospinal fluid at diagnosis. Leave empty after a traumatic tap.",
        Field::CsfBlasts => "Blasts in the cerebrospinal fluid on cytospin.",
        Field::Testis => "Testicular disease at diagnosis.",
        Field::DownSyndrome => "Constitutional trisomy 21.",
        Field::Day8Blasts => {
            "Blasts per µL of peripheral blood on day 8, after seven days of prednisone and one intrathecal dose of \
             methotrexate: fewer than 1,000 is a good response (Dördelmann 1999). Not the white cell count, not a percentage."
        }
        Field::PrednisoneResponse => {
            "Good: fewer than 1,000 blood blasts/µL on day 8. Poor: 1,000 or more. Not assessed: it can no longer be known; \
             leave it empty before day 8."
        }
        Field::RemissionEoi => "Complete remission at the end of induction (MLL-Baby: day 36 or 43).",
        Field::MrdEoi => "Minimal residual disease at the end of induction (Interfant time point 2). 0 is negative.",
        Field::MrdEoc => {
            "Minimal residual disease at the end of consolidation (Interfant time point 3). 0 is negative."
        }
        Field::MrdTp4 => "Minimal residual disease at the start of OCTADA(D), after MARMA (Interfant). 0 is negative.",
        Field::MrdBlina1 => {
            "Minimal residual disease after the first course of blinatumomab (Interfant-21). 0 is negative."
        }
        Field::Relapse => "Relapse, or disease that never went into remission.",
        Field::FirstRemissionMonths => "Months from first remission to relapse; 0 where there was none.",
        Field::SalvageRemission => "Second remission after salvage therapy.",
    }
}

/// A unit as it stands behind a field.
#[must_use]
pub const fn unit(unit: &'static str) -> &'static str {
    unit
}

/// What the field accepts, as an error or a hint says it.
#[must_use]
pub fn field_accepts(field: Field) -> String {
    match field.kind() {
        Kind::Text => "any text".to_owned(),
        Kind::Number { low, high, unit } => format!("a number from {} to {} ({unit})", grouped(low), grouped(high)),
        Kind::Fraction => "a fraction of cells such as 1e-4, a percentage such as 0.01 %, or 0 for negative".to_owned(),
        Kind::Date => "a date as YYYY-MM-DD".to_owned(),
        Kind::Code(codes) => match codes.split_last() {
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => String::new(),
        },
    }
}

/// Name of a category on the form.
#[must_use]
pub fn option_label(field: Field, code: &str) -> &'static str {
    match (field, code) {
        (Field::Cns, "1") => "CNS1",
        (Field::Cns, "2") => "CNS2",
        (Field::Cns, "3") => "CNS3",
        (_, "female") => "female",
        (_, "male") => "male",
        (_, "rearranged") => "rearranged",
        (_, "germline") => "germline",
        (_, "ptd") => "PTD (duplication)",
        (_, "undetermined") => "undetermined",
        (_, "AFF1") => "AFF1, t(4;11)",
        (_, "MLLT1") => "MLLT1, t(11;19)",
        (_, "MLLT3") => "MLLT3, t(9;11)",
        (_, "MLLT10") => "MLLT10, t(10;11)",
        (_, "other") => "another partner",
        (_, "b") => "B-cell precursor",
        (_, "t") => "T cell",
        (_, "mixed") => "mixed phenotype",
        (_, "positive") => "positive",
        (_, "negative") => "negative",
        (_, "good") => "good",
        (_, "poor") => "poor",
        (_, "not_assessed") => "not assessed",
        (_, "yes") => "yes",
        (_, "no") => "no",
        _ => "",
    }
}

/// Name of a stage of treatment.
#[must_use]
pub fn stage_label(stage: Stage) -> &'static str {
    match stage {
        Stage::Diagnosis => "At diagnosis",
        Stage::Day8 => "Day 8",
        Stage::EndOfInduction => "End of induction",
        Stage::Consolidation => "Consolidation and after",
        Stage::Relapse => "Relapse",
    }
}

/// Name of a finding in a sentence.
#[must_use]
pub fn finding_label(finding: Finding) -> &'static str {
    match finding {
        Finding::Age => "age",
        Finding::Wbc => "white cell count",
        Finding::Kmt2a => "KMT2A status",
        Finding::Partner => "KMT2A partner",
        Finding::Lineage => "lineage",
        Finding::Cns => "CNS status",
        Finding::Response => "prednisone response",
        Finding::Remission => "remission at the end of induction",
        Finding::Mrd(MrdPoint::EndOfInduction) => "MRD at the end of induction",
        Finding::Mrd(MrdPoint::EndOfConsolidation) => "MRD at the end of consolidation",
        Finding::Mrd(MrdPoint::BeforeOctadad) => "MRD at the start of OCTADA(D)",
        Finding::Mrd(MrdPoint::AfterBlinatumomab) => "MRD after the first blinatumomab course",
        Finding::Relapse => "relapse",
        Finding::SecondRemission => "second remission",
        Finding::DownSyndrome => "Down syndrome",
    }
}

/// An issue as a sentence, with its remedy.
#[must_use]
pub fn issue(issue: &Issue) -> String {
    let first = issue.fields.first().copied().unwrap_or(Field::Id);
    let text = &issue.text;
    match issue.kind {
        IssueKind::OutOfRange if let Some(wbc) = content::two_readings(issue) => format!(
            "“{text}” may be {} × 10⁹/L ({} per µL) or {} × 10⁹/L. Give the count per µL in {}; in × 10⁹/L, {} is the \
             most that is accepted.",
            grouped(wbc / 1000.0),
            grouped(wbc),
            grouped(wbc),
            Field::WbcPerUl.column(),
            grouped(MOST_WBC),
        ),
        IssueKind::NotANumber if matches!(first, Field::AgeDays | Field::AgeMonths) => {
            format!("“{text}” is not accepted; give the age in days, in completed months, or by both dates.")
        }
        IssueKind::NotANumber | IssueKind::OutOfRange | IssueKind::NotAnOption | IssueKind::NotADate => {
            format!("“{text}” is not accepted; give {}.", field_accepts(first))
        }
        IssueKind::OneDateOnly => "An age needs both dates; give the other one too, or the age in days.".to_owned(),
        IssueKind::DiagnosisBeforeBirth => "The diagnosis lies before the birth; correct one of the dates.".to_owned(),
        IssueKind::AgesDisagree => {
            let names: Vec<&str> = issue.fields.iter().map(|&field| field_label(field)).collect();
            format!("{} do not give the same age; none is used until they agree.", names.join(", "))
        }
        IssueKind::WbcDisagree => {
            "The counts per litre and per µL are not the same number; neither is used until they agree.".to_owned()
        }
        IssueKind::CnsContradictsFluid => {
            "CNS status and cerebrospinal fluid contradict each other (CNS1 has no blasts; CNS2 has blasts and fewer than 5 \
             white cells/µL; after a traumatic tap leave the count empty). Neither is used until they agree."
                .to_owned()
        }
        IssueKind::ResponseContradictsBlasts => format!(
            "Prednisone response and day-8 blasts contradict each other (poor is {} blasts/µL or more). Neither is used until \
             they agree.",
            grouped(POOR_RESPONSE_BLASTS_PER_UL)
        ),
        IssueKind::PartnerWithoutRearrangement => {
            "A fusion partner needs a rearranged KMT2A. Neither is used until they agree.".to_owned()
        }
        IssueKind::TestisInGirl => "Testicular disease is given for a girl. Neither is used until they agree.".to_owned(),
        IssueKind::SalvageWithoutRelapse => {
            "A second remission is given without a relapse. Neither is used until they agree.".to_owned()
        }
        IssueKind::ResponseFromBlasts => "Prednisone response taken from the day-8 blasts.".to_owned(),
        IssueKind::CnsFromFluid => "CNS status taken from the cerebrospinal fluid.".to_owned(),
        IssueKind::RearrangedFromPartner => "KMT2A taken as rearranged, because a partner is given.".to_owned(),
        IssueKind::WbcVeryHigh => "Unusually high; check the count and its unit.".to_owned(),
        IssueKind::TenE => {
            "Read as a number, 10e-4 is 0.001 (0.1 %). Some protocol pages print it for 10⁻⁴; that is 1e-4 (0.01 %).".to_owned()
        }
        IssueKind::BeyondInfancy => "Older than the infants that these protocols are for.".to_owned(),
        IssueKind::MonthsCutOff => "Completed months are used; the part after the point is left out.".to_owned(),
    }
}

/// What is asked of a text with two readings.
#[must_use]
pub fn which_reading(question: &Question) -> &'static str {
    match (question.field, question.choices.len()) {
        (Field::AgeDays | Field::AgeMonths, _) => "Days or months? Not used until you choose.",
        (_, 1) => "Is this count meant? Not used until you confirm.",
        _ => "Which count is meant? Not used until you choose.",
    }
}

/// A reading of a text that has two.
#[must_use]
pub fn choice(choice: &Choice) -> String {
    let (text, value) = (&choice.text, decimal::parse(&choice.text).unwrap_or_default());
    let s = if value == 1.0 { "" } else { "s" };
    match choice.field {
        Field::AgeDays => format!("{text} day{s}"),
        Field::AgeMonths => format!("{text} month{s}"),
        Field::Wbc if value > MOST_WBC => format!("{} × 10⁹/L as typed", grouped(value)),
        Field::Wbc => format!("{} × 10⁹/L", grouped(value)),
        Field::WbcPerUl => format!("{} × 10⁹/L ({} per µL)", grouped(value / 1000.0), grouped(value)),
        _ => format!("{} per µL", grouped(value)),
    }
}

/// Why a file of patients could not be read, with the remedy.
#[must_use]
pub fn table_error(error: &TableError) -> String {
    match error {
        TableError::Empty => "the file is empty; give a CSV file with a header".to_owned(),
        TableError::Foreign(format) => foreign(*format),
        TableError::NotUtf8(Some(line)) => format!("line {line} is not UTF-8 text; save the file as CSV UTF-8"),
        TableError::NotUtf8(None) => "the file is not UTF-8 text; save it as CSV UTF-8".to_owned(),
        TableError::NoKnownColumn(names) => format!(
            "row 1 (header): no column of the dictionary among {}; name columns such as age_days, wbc, kmt2a",
            names
                .iter()
                .map(|name| format!("“{name}”"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        TableError::DuplicateColumn(name) => {
            format!("row 1 (header): column {name} stands twice; keep one of them")
        }
        TableError::CellCount {
            row,
            line,
            found,
            expected,
        } => format!(
            "row {row} (line {line}): {found} {} where the header has {expected}; check delimiters and quotes",
            if *found == 1 { "cell" } else { "cells" }
        ),
        TableError::OpenQuote { line } => format!(
            "line {line}: a quotation mark is opened here and not closed before other rows, which would be lost; close it, \
             or write \"\" for a quotation mark within quotation marks"
        ),
        TableError::Nul { line } => {
            format!("line {line}: a NUL character, which text does not hold; save the file as CSV UTF-8")
        }
        TableError::NoRows => "the file has a header and no rows; add a row for each patient".to_owned(),
        TableError::NoHeader => {
            "the first row holds values, not names of columns; add a row with the names of the columns above it"
                .to_owned()
        }
    }
}

/// What was understood of a field, said in another unit than it was typed; nothing where there is nothing to add.
#[must_use]
pub fn understood(field: Field, entry: &Entry, reading: &Reading) -> Option<String> {
    Some(match content::understood(field, entry, reading)? {
        Understood::Wbc(wbc) => format!("{} × 10⁹/L = {}/µL", grouped(wbc), grouped(wbc * 1000.0)),
        Understood::Days(days, Some(months)) => format!("{} = {}", days_text(days), months_text(months)),
        Understood::Days(days, None) => format!("{}: completed months depend on the dates", days_text(days)),
        Understood::Weeks(weeks, first, last) => {
            format!("{weeks} completed {}: {first} to {last} days", plural(weeks, "week"))
        }
        Understood::Months(months, first, last) => format!("{}: {first} to {last} days", months_text(months)),
        Understood::Dates(days, months) => format!("{}, {}", days_text(days), months_text(months)),
        Understood::Mrd(0.0) => "negative".to_owned(),
        Understood::Mrd(fraction) => format!("{} = {}", percent_of_fraction(fraction), scientific(fraction)),
        Understood::Response(blasts, response) => format!(
            "{}/µL: {} response",
            grouped(blasts),
            option_label(Field::PrednisoneResponse, response)
        ),
        Understood::Cns(possible) => {
            let possible: Vec<&str> = possible
                .iter()
                .map(|cns| option_label(Field::Cns, cns.code()))
                .collect();
            possible.join(" or ")
        }
    })
}

fn months_text(months: u32) -> String {
    format!("{months} completed {}", plural(months, "month"))
}

fn days_text(days: u32) -> String {
    format!("{} {}", grouped(f64::from(days)), plural(days, "day"))
}

fn plural(count: u32, word: &str) -> String {
    if count == 1 {
        word.to_owned()
    } else {
        format!("{word}s")
    }
}
