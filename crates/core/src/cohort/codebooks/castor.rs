//! Castor's list of variables and its list of option groups, as two files or as sheets of a workbook.

use super::table::{Known, find};
use super::{Codebook, CodebookKind, level};
use crate::cohort::dictionary::ColumnContent;
use crate::cohort::sheet::Sheet;

const NAME: Known = Known(&["fieldvariablename", "variablename"]);
const LABEL: Known = Known(&["fieldlabel", "variablelabel", "label"]);
const TYPE: Known = Known(&["fieldtype", "variabletype", "type"]);
const GROUP: Known = Known(&["optiongroupname", "optiongroup", "fieldoptiongroup", "optiongroupid"]);
const OPTION: Known = Known(&["optionname", "optionlabel"]);
const VALUE: Known = Known(&["optionvalue", "optioncode"]);

pub(super) fn read(sheet: &Sheet) -> Option<Codebook> {
    let header = sheet.header();
    let group = find(header, GROUP)?;
    let mut book = Codebook::of(CodebookKind::Castor);
    if let (Some(option), Some(value)) = (find(header, OPTION), find(header, VALUE)) {
        let mut name = String::new();
        for row in 0..sheet.rows() {
            let cell = |column: usize| sheet.cell(row, column).trim();
            if !cell(group).is_empty() {
                cell(group).clone_into(&mut name);
            }
            if cell(value).is_empty() {
                continue;
            }
            let found = level(cell(value), cell(option));
            match book.sets.iter_mut().find(|(known, _)| *known == name) {
                Some((_, levels)) => levels.push(found),
                None => book.sets.push((name.clone(), vec![found])),
            }
        }
        return Some(book);
    }
    let (name, label) = (find(header, NAME)?, find(header, LABEL));
    let kind = find(header, TYPE);
    for row in 0..sheet.rows() {
        let cell = |column: usize| sheet.cell(row, column).trim();
        if cell(name).is_empty() {
            continue;
        }
        let column = book.column(cell(name));
        column.label = label
            .map(|label| super::choices::without_markup(cell(label)))
            .filter(|label| !label.is_empty());
        column.content = match kind.map(|kind| cell(kind).to_lowercase()).unwrap_or_default().as_str() {
            "radio" | "dropdown" | "checkbox" | "yesno" => Some(ColumnContent::Category),
            "numeric" | "slider" | "calculation" => Some(ColumnContent::Number),
            "date" => Some(ColumnContent::Date),
            _ => None,
        };
        if !cell(group).is_empty() {
            book.uses.push((cell(name).to_owned(), cell(group).to_owned()));
        }
    }
    Some(book)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_get_the_options_of_their_group_from_the_other_file() {
        let variables = "Form Type;Form Name;Field Variable Name;Field Label;Field ID;Field Type;Optiongroup name\n\
            Study;Base;vital;Vital status;A;radio;Vital\nStudy;Base;wbc;WBC;B;numeric;\n";
        let options = "Optiongroup name;Optiongroup ID;Option name;Option value\nVital;X;Alive;0\nVital;X;Dead;1\n";
        let book = |text: &str| Codebook::of_table(&Sheet::read(text.as_bytes()).unwrap()).unwrap();
        let books = [
            ("v.csv".to_owned(), book(variables)),
            ("o.csv".to_owned(), book(options)),
        ];
        let found = Codebook::dictionaries(&books);
        assert_eq!(found[0].columns[0].levels, [level("0", "Alive"), level("1", "Dead")]);
        assert_eq!(found[0].columns[1].content, Some(ColumnContent::Number));
        assert_eq!(found[0].source, "v.csv (Castor variable list)");
        let mut one = book(variables);
        one.join(book(options));
        assert_eq!(
            Codebook::dictionaries(&[("c.xlsx".to_owned(), one)])[0].columns[0]
                .levels
                .len(),
            2
        );
    }
}
