//! Fields of a database whose choices are exported as a column each (`cns___1`, `CNS involvement? (choice=CNS1)`): they
//! become one column.

use super::column::is_missing;
use super::lenient::Import;

/// Separates choices of one patient.
pub(super) const SEPARATOR: &str = ", ";

/// One choice of a field.
struct Choice {
    field: String,
    code: String,
    column: usize,
}

/// The field and the choice of a header.
fn choice(header: &str) -> Option<(String, String)> {
    let header = header.trim();
    let (field, code) = match header.split_once("___") {
        Some((field, code)) => (field, code),
        None => {
            let (field, code) = header.rsplit_once("(choice=")?;
            (field, code.strip_suffix(')')?)
        }
    };
    let plain = |text: &str| text.trim().to_owned();
    (!field.trim().is_empty() && !code.trim().is_empty()).then(|| (plain(field), plain(code)))
}

/// Whether a cell says that a choice is taken; `None` where it is no answer of a checkbox.
fn is_checked(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "1" | "checked" | "1.0" => Some(true),
        "0" | "unchecked" | "0.0" | "" => Some(false),
        cell if is_missing(cell) => Some(false),
        _ => None,
    }
}

impl Import {
    /// The file with a column for each field whose choices are columns of their own, added after the others: the codes
    /// that are checked, nothing where none is. The columns of the choices lose their names.
    #[must_use]
    pub fn with_checkboxes_joined(&self) -> Self {
        let header = self.sheet.header();
        let choices = header.iter().enumerate().filter_map(|(column, name)| {
            let (field, code) = choice(name)?;
            Some(Choice { field, code, column })
        });
        let mut fields: Vec<Vec<Choice>> = Vec::new();
        for choice in choices.filter(|choice| self.is_checkbox(choice.column)) {
            match fields
                .iter_mut()
                .find(|field| field.iter().any(|known| known.field == choice.field))
            {
                Some(field) => field.push(choice),
                None => fields.push(vec![choice]),
            }
        }
        fields.retain(|field| field.len() > 1 && field.first().is_some_and(|one| !header.contains(&one.field)));
        if fields.is_empty() {
            return self.clone();
        }
        let joined = |field: &Vec<Choice>| -> Option<(String, Vec<String>)> {
            let texts = (0..self.sheet.rows()).map(|row| self.checked(row, field)).collect();
            Some((field.first()?.field.clone(), texts))
        };
        let added: Vec<(String, Vec<String>)> = fields.iter().filter_map(joined).collect();
        let mut read = self.clone();
        read.sheet = self.sheet.with_columns(&added);
        read.taken_apart
            .extend(fields.iter().flatten().map(|choice| choice.column));
        read
    }

    fn is_checkbox(&self, column: usize) -> bool {
        (0..self.sheet.rows()).all(|row| is_checked(self.sheet.cell(row, column)).is_some())
    }

    fn checked(&self, row: usize, field: &[Choice]) -> String {
        let checked = field
            .iter()
            .filter(|choice| is_checked(self.sheet.cell(row, choice.column)) == Some(true));
        checked
            .map(|choice| choice.code.as_str())
            .collect::<Vec<_>>()
            .join(SEPARATOR)
    }
}

#[cfg(test)]
mod tests {
    use crate::cohort::{CodeLabel, DescribedColumn, Dictionary, Sheet};

    #[test]
    fn choices_become_one_column() {
        for (one, other) in [("cns___1", "cns___2"), ("cns (choice=1)", "cns (choice=2)")] {
            let text = format!("id,{one},{other},x___1\nA,1,0,1\nB,0,1,0\nC,0,0,0\nD,1,1,0\n");
            let read = Sheet::read_lenient(text.as_bytes()).unwrap().with_checkboxes_joined();
            let cells: Vec<&str> = (0..4).map(|row| read.sheet.cell(row, 4)).collect();
            assert_eq!(
                (read.sheet.header()[4].as_str(), &cells[..]),
                ("cns", &["1", "2", "", "1, 2"][..])
            );
            assert_eq!(read.taken_apart, [1, 2]);
            let level = |code: &str, label: &str| CodeLabel {
                code: code.to_owned(),
                label: label.to_owned(),
            };
            let dictionary = Dictionary {
                source: String::new(),
                columns: vec![DescribedColumn {
                    name: "cns".to_owned(),
                    levels: vec![level("1", "CNS3"), level("2", "CNS1")],
                    ..DescribedColumn::default()
                }],
            };
            let labelled = read.described_by(&[dictionary]);
            let cells: Vec<&str> = (0..4).map(|row| labelled.sheet.cell(row, 4)).collect();
            assert_eq!(cells, ["CNS3", "CNS1", "", "CNS3, CNS1"]);
        }
    }

    #[test]
    fn other_columns_with_such_names_stay() {
        let read = Sheet::read_lenient(b"id,a___1,a___2\nA,5,0\nB,0,1\n").unwrap();
        assert_eq!(read.with_checkboxes_joined(), read);
    }
}
