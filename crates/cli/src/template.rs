//! `cotside template`: an empty file with the columns that are read without a question.

use clap::Args;
use cotside_core::cohort::{EventKind, Role, Vital};
use cotside_core::infant::{Field, Kind};
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

use crate::flags::present;
use crate::{Refusal, output};

/// Options of `template`.
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("form").required(true).multiple(true).args(["csv", "xlsx"]),
    after_help = "\
A row is a patient; columns may be left empty or taken out. The workbook offers the possible values of a column.

Example:
  cotside template --xlsx template.xlsx"
)]
pub struct Template {
    /// Where to write it as CSV
    #[arg(long, value_name = "OUT", value_parser = present)]
    csv: Option<String>,
    /// Where to write it as a workbook
    #[arg(long, value_name = "OUT", value_parser = present)]
    xlsx: Option<String>,
}

/// The header of the template.
const HEADER: &str = include_str!("../../../www/samples/template.csv");

/// Rows that the workbook checks.
const ROWS: u32 = 1_000;

/// Writes it and prints the names of the files.
pub fn run(options: &Template) -> Result<(), Refusal> {
    let mut written = String::new();
    let mut write = |path: &str, bytes: &[u8]| {
        written += &format!("{path}\n");
        std::fs::write(path, bytes).map_err(|error| Refusal(format!("{path}: {error}")))
    };
    if let Some(path) = &options.csv {
        write(path, HEADER.as_bytes())?;
    }
    if let Some(path) = &options.xlsx {
        let bytes = workbook(&[]).map_err(|error| Refusal(format!("{path}: {error}")))?;
        write(path, &bytes)?;
    }
    output::print(&written)
}

/// The workbook with rows of texts.
fn workbook(rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same bytes in every run.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Patients")?.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(HEADER.trim_end().split(',')) {
        sheet.write_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, f64::from(u8::try_from(name.len()).unwrap_or(u8::MAX)) + 3.0)?;
        check(sheet, column, name)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell.as_str())?;
        }
    }
    workbook.save_to_buffer()
}

/// What a column of the template accepts.
fn check(sheet: &mut Worksheet, column: u16, name: &str) -> Result<(), XlsxError> {
    let role = role_of(name);
    let (rule, message) = match role {
        Some(Role::FirstEvent) => (listed(EventKind::FILE_CODES)?, "Kind of the first event"),
        Some(Role::VitalStatus) => (listed(Vital::CODES)?, "Alive or dead at last contact"),
        Some(Role::Milestone(_)) => (of_dates(sheet, column)?, "A date; empty where there is none"),
        Some(Role::Finding(field)) => match field.kind() {
            Kind::Code(codes) => (listed(codes)?, "Empty where it is not known"),
            Kind::Fraction => (between(0.0, 1.0), "A fraction of cells: 0.01 % is 0.0001"),
            Kind::Number { low, high, .. } => (between(low, high), unit_of(field)),
            Kind::Text | Kind::Date => return Ok(()),
        },
        _ => return Ok(()),
    };
    let rule = rule.set_input_title(name)?.set_input_message(message)?;
    let rule = rule.set_error_message("This is none of the values that the column accepts.")?;
    sheet.add_data_validation(1, column, ROWS, column, &rule)?;
    Ok(())
}

/// The role of a column, without the unit in its name.
fn role_of(name: &str) -> Option<Role> {
    Role::from_code(name.split(" (").next().unwrap_or(name))
}

fn listed(codes: &[&str]) -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_list_strings(codes)
}

fn between(low: f64, high: f64) -> DataValidation {
    DataValidation::new().allow_decimal_number(DataValidationRule::Between(low, high))
}

/// Cells of dates are shown as `2024-03-15`.
fn of_dates(sheet: &mut Worksheet, column: u16) -> Result<DataValidation, XlsxError> {
    sheet.set_column_format(column, &Format::new().set_num_format("yyyy-mm-dd"))?;
    let (first, last) = (
        ExcelDateTime::from_ymd(1960, 1, 1)?,
        ExcelDateTime::from_ymd(2100, 1, 1)?,
    );
    Ok(DataValidation::new().allow_date(DataValidationRule::Between(first, last)))
}

/// The unit of a number.
const fn unit_of(field: Field) -> &'static str {
    match field {
        Field::Wbc => "In 10^9 per litre (10^3 per microlitre)",
        Field::CsfWbc | Field::Day8Blasts => "Per microlitre",
        _ => "A number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotside_core::cohort::Milestone as M;
    use cotside_workbooks::Workbook as Reader;
    use cotside_worker::cohort_file::CohortFile;

    /// A patient with every column filled as the workbook offers it.
    fn filled(patient: usize) -> Vec<String> {
        let date = |month: usize| format!("2019-{month:02}-1{patient}");
        let value = |name: &str| match role_of(name) {
            Some(Role::FirstEvent) => "relapse".to_owned(),
            Some(Role::VitalStatus) => "dead".to_owned(),
            Some(Role::Milestone(day)) => match day {
                M::Birth => date(1),
                M::Diagnosis => date(2),
                M::FirstRemission => date(3),
                M::Hsct => date(4),
                M::Relapse => date(5),
                M::SecondMalignancy => String::new(),
                _ => date(9),
            },
            Some(Role::Finding(Field::Id)) => format!("P{patient}"),
            Some(Role::Finding(Field::Sex)) => "male".to_owned(),
            Some(Role::Finding(Field::Day8Blasts)) => "2000".to_owned(),
            Some(Role::Finding(Field::PrednisoneResponse)) => "poor".to_owned(),
            Some(Role::Finding(Field::CsfWbc)) => String::new(),
            Some(Role::Finding(field)) => match field.kind() {
                Kind::Code(codes) => codes.first().copied().unwrap_or_default().to_owned(),
                Kind::Fraction => "0.001".to_owned(),
                _ => format!("{}.5", 30 + patient),
            },
            _ => ["A", "B"][patient % 2].to_owned(),
        };
        HEADER.trim_end().split(',').map(value).collect()
    }

    #[test]
    fn the_filled_template_opens_without_a_question() {
        let rows: Vec<Vec<String>> = (1..9).map(filled).collect();
        let mut reader = Reader::default();
        assert_eq!(reader.open("template.xlsx", workbook(&rows).unwrap()).refused, None);
        let sheet = reader.rows(0);
        let mut file = CohortFile::on(None);
        assert_eq!(
            file.open_rows(&sheet.name, &sheet.report, &sheet.rows, sheet.dictionary)
                .refused,
            None
        );
        let report = file.understanding("xlsx", None).unwrap();
        assert_eq!((report.questions, report.problems), (vec![], vec![]));
        assert_eq!(report.patients.len(), 8);
        assert!(
            report
                .patients
                .iter()
                .all(|patient| patient.os.is_some() && patient.efs.is_some())
        );
        let unused: Vec<&str> = report
            .columns
            .iter()
            .filter(|column| column.role.is_none())
            .map(|column| &*column.name)
            .collect();
        assert_eq!(unused, Vec::<&str>::new());
        let text = [HEADER.trim_end().to_owned()]
            .into_iter()
            .chain(rows.iter().map(|row| row.join(",")));
        let text = text.collect::<Vec<String>>().join("\n");
        let mut csv = CohortFile::on(None);
        assert_eq!(csv.open("template.csv", "", text.as_bytes()).refused, None);
        assert_eq!(csv.understanding("csv", None).unwrap().questions, vec![]);
    }

    #[test]
    fn the_file_of_the_site_is_this_template() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/samples/template.xlsx");
        assert!(
            std::fs::read(path).unwrap() == workbook(&[]).unwrap(),
            "cotside template --xlsx www/samples/template.xlsx"
        );
    }
}
