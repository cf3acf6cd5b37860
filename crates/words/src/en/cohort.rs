//! A file of patients in words: how it was read, what each column seems to hold, what is open, what could not be used.

use super::columns::problem_parts;
use super::field_label;
use crate::capital;
use cotside_core::cohort::{
    Basis, ColumnKind, DateForm, Encoding, Endpoint, EventKind, Import, Milestone, NumberForm, Placement, Problem,
    Remedy, Role, RowFault, TimeUnit, Trouble, Unusable, Vital,
};
use cotside_core::infant::Field;
use cotside_core::protocols::Protocol;

/// How the file was read, with what was assumed.
#[must_use]
pub fn import_report(import: &Import) -> Vec<String> {
    let mut report = vec![format!("{} {}", encoding(import.encoding), basis(import.basis))];
    if import.unreadable > 0 {
        report.push(format!(
            "{} could not be read as {}: save the file as CSV UTF-8.",
            count(import.unreadable, "character"),
            encoding(import.encoding)
        ));
    }
    report.push(format!("Cells are separated by {}.", separator(import.delimiter)));
    if import.lines_above > 0 {
        report.push(format!(
            "{} above the table {} not used: “{}”.",
            count(import.lines_above, "line"),
            if import.lines_above == 1 { "is" } else { "are" },
            import.above
        ));
    }
    if !import.set_aside.is_empty() {
        report.push(format!("{} not used.", rows_are(import.set_aside.len())));
    }
    report
}

/// Name of an encoding.
#[must_use]
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1252 => "Windows-1252 (Latin-1)",
        Encoding::Windows1250 => "Windows-1250 (Central European)",
        Encoding::Windows1251 => "Windows-1251 (Cyrillic)",
        Encoding::Windows1253 => "Windows-1253 (Greek)",
        Encoding::Windows1254 => "Windows-1254 (Turkish)",
        Encoding::ShiftJis => "Shift JIS (Japanese)",
        Encoding::EucJp => "EUC-JP (Japanese)",
        Encoding::EucKr => "EUC-KR (Korean)",
        Encoding::Gb18030 => "GB18030 (Chinese, simplified)",
        Encoding::Big5 => "Big5 (Chinese, traditional)",
        Encoding::Iso2022Jp => "ISO-2022-JP (Japanese)",
        Encoding::MacRoman => "Mac Roman (western languages)",
        Encoding::Koi8R => "KOI8-R (Cyrillic)",
        Encoding::Ibm866 => "IBM 866 (Cyrillic)",
        Encoding::Latin2 => "ISO 8859-2 (Central European)",
        Encoding::Windows1255 => "Windows-1255 (Hebrew)",
        Encoding::Windows1256 => "Windows-1256 (Arabic)",
        Encoding::Windows1257 => "Windows-1257 (Baltic)",
        Encoding::Windows1258 => "Windows-1258 (Vietnamese)",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Mark => "by its byte-order mark.",
        Basis::Valid => "text.",
        Basis::ZeroBytes => "was assumed from its zero bytes. Look whether names are right.",
        Basis::NotUtf8 => "was assumed, as the file is not UTF-8. Look whether names and letters are right.",
        Basis::Escapes => "by its escape sequences.",
        Basis::Said => "was chosen, as the file is not UTF-8.",
    }
}

fn separator(delimiter: char) -> String {
    match delimiter {
        ',' => "commas".to_owned(),
        ';' => "semicolons".to_owned(),
        '\t' => "tabs".to_owned(),
        '|' => "vertical bars".to_owned(),
        ' ' => "spaces".to_owned(),
        other => format!("“{other}”"),
    }
}

/// What a column seems to hold.
#[must_use]
pub fn column_kind(kind: &ColumnKind) -> String {
    match kind {
        ColumnKind::Empty => "nothing".to_owned(),
        ColumnKind::Id => "a label of its own in each row".to_owned(),
        ColumnKind::Number { form, .. } => format!("numbers {}", number_form(*form)),
        ColumnKind::Date { form, .. } => format!("dates as {}", date_form(*form)),
        ColumnKind::YesNo => "yes or no".to_owned(),
        ColumnKind::Category => "categories".to_owned(),
        ColumnKind::Text => "free text".to_owned(),
    }
}

/// How numbers are written.
#[must_use]
pub fn number_form(form: NumberForm) -> &'static str {
    match form {
        NumberForm::Point => "with a decimal point (1234.5)",
        NumberForm::Comma => "with a decimal comma (1234,5)",
        NumberForm::PointGrouped => "with a decimal point and commas between thousands (1,234.5)",
        NumberForm::CommaGrouped => "with a decimal comma and points between thousands (1.234,5)",
    }
}

/// How dates are written.
#[must_use]
pub fn date_form(form: DateForm) -> &'static str {
    match form {
        DateForm::YearMonthDay => "year-month-day (2024-03-15)",
        DateForm::DayMonthYear => "day.month.year (15.03.2024)",
        DateForm::MonthDayYear => "month/day/year (03/15/2024)",
        DateForm::DayMonthName => "day, name of the month, year (15-Mar-2024)",
        DateForm::MinguoYear => "years of the Republic of China (113/03/15 is 2024-03-15)",
        DateForm::BuddhistYear => "years of the Buddhist era (15/3/2567 is 2024-03-15)",
        DateForm::EitherOrder => "day first or month first, whichever each cell allows",
        DateForm::SpreadsheetDay => "day numbers of a spreadsheet (45366)",
        DateForm::UnixSeconds => "seconds since 1970 (1710460800)",
        DateForm::DaysSinceDiagnosis => "days since diagnosis (365)",
        DateForm::MonthsSinceDiagnosis => "months since diagnosis (12)",
    }
}

/// In which order the dates of a column are written that could be in several, with a cell of it and how it is read so.
#[must_use]
pub fn date_order(form: DateForm, example: Option<(&str, String)>) -> String {
    let order = match form {
        DateForm::DayMonthYear => "day first",
        DateForm::MonthDayYear => "month first",
        DateForm::EitherOrder => return "in either order, as each row shows".to_owned(),
        other => date_form(other),
    };
    match example {
        Some((cell, read)) => format!("{order}: {cell} = {read}"),
        None => order.to_owned(),
    }
}

/// What a column is for.
#[must_use]
pub fn role_of_column(role: Role) -> String {
    match role {
        Role::Ignored => "Not used".to_owned(),
        Role::Finding(Field::Id) => "Patient id".to_owned(),
        Role::Finding(field) => field_label(field).to_owned(),
        Role::Milestone(day) => capital(milestone(day)),
        Role::FirstEvent => "Kind of the first event".to_owned(),
        Role::VitalStatus => "Alive or dead".to_owned(),
        Role::Time(Endpoint::AsInFile) => "Follow-up time (endpoint not named)".to_owned(),
        Role::Event(Endpoint::AsInFile) => "Event or censored (endpoint not named)".to_owned(),
        Role::Time(Endpoint::TimeToRelapse) => "Time to relapse".to_owned(),
        Role::Event(Endpoint::TimeToRelapse) => "Relapse or censored".to_owned(),
        Role::Time(each) => format!("{}: time", capital(endpoint_name(each))),
        Role::Event(each) => format!("{}: event or censored", capital(endpoint_name(each))),
        Role::Group => "Group".to_owned(),
    }
}

/// Name of a day in the course.
#[must_use]
pub fn milestone(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Birth => "date of birth",
        Milestone::Diagnosis => "date of diagnosis",
        Milestone::FirstRemission => "date of first remission",
        Milestone::Relapse => "date of relapse",
        Milestone::SecondMalignancy => "date of second malignancy",
        Milestone::Hsct => "date of transplantation",
        Milestone::Death => "date of death",
        Milestone::FirstEvent => "date of the first event",
        Milestone::LastFollowUp => "date of last follow-up",
        Milestone::RelapseAfterHsct => "date of relapse after transplantation",
        Milestone::AcuteGvhd => "date of acute GVHD grade III–IV",
        Milestone::ChronicGvhd => "date of chronic GVHD (extensive or requiring systemic treatment)",
    }
}

/// Name of a kind of event.
#[must_use]
pub const fn event_kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::None => "no event",
        EventKind::Relapse => "relapse",
        EventKind::Death => "death",
        EventKind::SecondMalignancy => "second malignancy",
        EventKind::InductionFailure => "induction failure",
        EventKind::Event => "event of unknown kind",
        EventKind::AcuteGvhd => "acute GVHD grade III–IV",
        EventKind::ChronicGvhd => "chronic GVHD",
    }
}

/// Name of a vital status.
#[must_use]
pub fn vital(vital: Vital) -> &'static str {
    match vital {
        Vital::Alive => "alive",
        Vital::Dead => "dead",
    }
}

/// Name of an endpoint within a sentence.
#[must_use]
pub const fn endpoint_name(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::EventFreeSurvival => "event-free survival",
        Endpoint::OverallSurvival => "overall survival",
        Endpoint::DiseaseFreeSurvival => "disease-free survival",
        Endpoint::TimeToRelapse => "time to relapse",
        Endpoint::AsInFile => "the endpoint of the file",
        Endpoint::LeukaemiaFreeSurvival => "leukaemia-free survival",
        Endpoint::GvhdFreeRelapseFreeSurvival => "GVHD-free, relapse-free survival",
    }
}

/// An endpoint as tables and figures shorten it.
#[must_use]
pub const fn endpoint_short(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::EventFreeSurvival => "EFS",
        Endpoint::OverallSurvival => "OS",
        Endpoint::DiseaseFreeSurvival => "DFS",
        Endpoint::LeukaemiaFreeSurvival => "LFS",
        Endpoint::GvhdFreeRelapseFreeSurvival => "GRFS",
        Endpoint::TimeToRelapse => "free of relapse",
        Endpoint::AsInFile => "event-free",
    }
}

/// Name of a unit of time.
#[must_use]
pub fn time_unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "days",
        TimeUnit::Weeks => "weeks (7 days)",
        TimeUnit::Months => "months (30.4375 days)",
        TimeUnit::Years => "years (365.25 days)",
    }
}

/// What a protocol makes of a patient, in a table.
#[must_use]
pub fn placement<'p>(protocol: &Protocol<'p>, placement: Placement) -> &'p str {
    match placement {
        Placement::Group(position) => protocol
            .groups
            .get(usize::from(position))
            .map_or("undetermined", |group| group.id),
        Placement::Undetermined => "undetermined",
        Placement::NotApplicable => "not applicable",
    }
}

/// A problem: where it stands, what is the matter, what to do.
#[must_use]
pub fn problem(problem: &Problem, header: &[String]) -> String {
    let column = problem.column.map(|column| column_name(header, column));
    let place = match (problem.row, column) {
        (Some(row), Some(column)) => format!("row {} (line {}), column {column}: ", row + 1, problem.line),
        (Some(row), None) => format!("row {} (line {}): ", row + 1, problem.line),
        (None, Some(column)) => format!("column {column}: "),
        (None, None) => String::new(),
    };
    let (matter, remedy) = problem_parts(problem, header);
    match problem.trouble {
        Trouble::Finding(_) => format!("{place}{matter}"),
        Trouble::NotADate(_)
        | Trouble::NotATime
        | Trouble::NoMeaning(_)
        | Trouble::HighCount
        | Trouble::AgeTooCoarse => {
            format!("{place}“{}” is {matter}; {remedy}", problem.text)
        }
        Trouble::OtherRow { .. } => format!("{place}“{}” is not used: {matter}; {remedy}", problem.text),
        Trouble::Row(_) | Trouble::RoleTwice(_) => format!("{place}{matter}; {remedy}"),
    }
}

pub(super) fn row_fault(fault: RowFault, expected: usize) -> String {
    match fault {
        RowFault::TooFewCells { found } | RowFault::TooManyCells { found } => {
            format!("{} where the header has {expected}", count(found, "cell"))
        }
        RowFault::Blank => "all cells are empty".to_owned(),
        RowFault::OpenQuote => "a quotation mark is opened and not closed".to_owned(),
        RowFault::Merged { into } => format!("part of row {}, which has the same id", into + 1),
        RowFault::Repeated { first } => format!("row {} has the same id and is used", first + 1),
        RowFault::NotAPatient => "a total, a note or a heading, not a patient".to_owned(),
        RowFault::SecondTable => "part of another table below".to_owned(),
        RowFault::NotChosen => "not among the rows chosen".to_owned(),
    }
}

/// What a person can do about a problem.
#[must_use]
pub fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::MendRow => "check its delimiters and quotation marks; the row is not used",
        Remedy::LeaveOut => "the row is not used",
        Remedy::MendCell => "correct the cell, or leave it empty if it is unknown",
        Remedy::MendCellOrDateForm => {
            "correct the cell, leave it empty if it is unknown, or choose how the dates of the column are written"
        }
        Remedy::MendCellOrNumberForm => {
            "correct the cell, leave it empty if it is unknown, or choose how the numbers of the column are written"
        }
        Remedy::SayMeaning => "say what it means, or leave the cell empty if it is unknown",
        Remedy::ChooseOneColumn => "this column is not read; give one of the two another role",
        Remedy::ChooseOneValue => "empty the one that is wrong in the file",
        Remedy::SettleContradiction => "find out which is right; until then neither is used",
        Remedy::CheckUnit => "check the unit",
        Remedy::ChooseCount => "choose how such counts of the column are read, or correct the cell",
        Remedy::GiveDays => "give the age in days or in completed months",
    }
}

/// Why a row has no time to an endpoint.
#[must_use]
pub fn unusable(why: Unusable) -> String {
    match why {
        Unusable::SetAside => "the row is set aside".to_owned(),
        Unusable::NoColumn(day) => format!("no column has the {}", milestone(day)),
        Unusable::NoTimeColumn => "no column has the time".to_owned(),
        Unusable::NoEventColumn => "no column says how the time ended".to_owned(),
        Unusable::NoDate(day) => format!("the {} is missing", milestone(day)),
        Unusable::UnreadableDate(day) => format!("the {} cannot be read", milestone(day)),
        Unusable::WrongOrder(day, before) => format!("the {} lies before the {}", milestone(day), milestone(before)),
        Unusable::DatesDisagree(one, other) => format!("the {} is not the {}", milestone(one), milestone(other)),
        Unusable::EventUnknown => "whether there was an event is missing".to_owned(),
        Unusable::UnreadableEvent => "whether there was an event cannot be read".to_owned(),
        Unusable::KindUnknown => "there was an event, and nothing tells whether it was a relapse".to_owned(),
        Unusable::EventDisagrees(kind, day) => {
            format!(
                "the first event is given as “{}”, and the {} says otherwise",
                event_kind(kind),
                milestone(day)
            )
        }
        Unusable::NoEventDate(kind) => format!("the event ({}) has no date", event_kind(kind)),
        Unusable::VitalUnknown => "whether the patient lives is missing".to_owned(),
        Unusable::UnreadableVital => "whether the patient lives cannot be read".to_owned(),
        Unusable::DiedWithoutDate => "the patient is dead, and the date of death is missing".to_owned(),
        Unusable::AliveWithDeathDate => "the patient is given as alive, with a date of death".to_owned(),
        Unusable::NeverInRemission => "never in remission, so not at risk".to_owned(),
        Unusable::NoTime => "the time is missing".to_owned(),
        Unusable::UnreadableTime => "the time cannot be read".to_owned(),
        Unusable::ZeroTime => "the time is 0, so there is no interval at risk".to_owned(),
        Unusable::UnreadableHsct => {
            "the date of transplantation cannot be read, or lies before the date of diagnosis".to_owned()
        }
        Unusable::NotTransplanted => "not transplanted, so not at risk after transplantation".to_owned(),
        Unusable::NoRelapse => "no relapse, so not at risk after it".to_owned(),
        Unusable::LaterRelapseUnknown(EventKind::Relapse) => {
            "relapsed before transplantation, and no column has the date of a relapse after it".to_owned()
        }
        Unusable::LaterRelapseUnknown(kind) => format!(
            "the first event was {}, and no column has the date of a relapse after transplantation",
            event_kind(kind)
        ),
    }
}

pub(super) fn spoken(code: &str) -> String {
    EventKind::from_code(code)
        .map(event_kind)
        .map_or_else(|| code.to_owned(), ToOwned::to_owned)
}

pub(super) fn column_name(header: &[String], column: usize) -> String {
    match header.get(column).map(String::as_str) {
        None | Some("") => format!("{} (without a name)", column + 1),
        Some(name) => name.to_owned(),
    }
}

fn rows_are(number: usize) -> String {
    if number == 1 {
        "1 row is".to_owned()
    } else {
        format!("{number} rows are")
    }
}

pub(super) fn count(number: usize, word: &str) -> String {
    if number == 1 {
        format!("1 {word}")
    } else {
        format!("{number} {word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotside_core::cohort::{Mapping, Sheet};

    #[test]
    fn a_file_with_problems_in_words() {
        let text = "id;Geburtsdatum;sex;wbc;first event\n1;01.02.2010;m;12,5;relapse\n2;31.02.2010;x;high;none\n3\n\
                    4;03.02.2010;w;3,5;none\n5;03.04.2010;w;3,5;none\n6;13.04.2010;w;3,5;what\n";
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        assert_eq!(
            import_report(&import),
            [
                "UTF-8 text.",
                "Cells are separated by semicolons.",
                "1 row is not used."
            ]
        );
        let (mapping, questions) = Mapping::guess(&import, &import.profiles());
        let asked: Vec<String> = questions.iter().map(|each| crate::en::question(&each.kind)).collect();
        assert_eq!(asked, ["What does “x” mean?", "What does “what” mean?"]);
        let cohort = mapping.read(&import);
        let told: Vec<String> = cohort
            .problems
            .iter()
            .map(|each| problem(each, import.sheet.header()))
            .collect();
        assert_eq!(
            told[0],
            "row 2 (line 3), column Geburtsdatum: “31.02.2010” is not a date written as day.month.year (15.03.2024); correct \
             the cell, leave it empty if it is unknown, or choose how the dates of the column are written"
        );
        assert!(told[1].starts_with("row 2 (line 3), column sex: "), "{}", told[1]);
        assert!(told[2].starts_with("row 2 (line 3), column wbc: "), "{}", told[2]);
        assert_eq!(
            told[3],
            "row 3 (line 4): 1 cell where the header has 5; check its delimiters and quotation marks; the row is not used"
        );
        assert_eq!(
            told[4],
            "row 6 (line 7), column first event: “what” is not one of no event, relapse, death, second malignancy, induction \
             failure, event of unknown kind; say what it means, or leave the cell empty if it is unknown"
        );
    }

    #[test]
    fn reasons_read_as_sentences() {
        assert_eq!(
            unusable(Unusable::WrongOrder(Milestone::Relapse, Milestone::Diagnosis)),
            "the date of relapse lies before the date of diagnosis"
        );
        assert_eq!(
            role_of_column(Role::Milestone(Milestone::Hsct)),
            "Date of transplantation"
        );
    }
}
