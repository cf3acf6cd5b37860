//! REDCap's data dictionary. Its headers are renamed and translated, so that its columns are known by their cells.

use super::choices::{of_redcap, without_markup};
use super::{Codebook, CodebookKind, level};
use crate::cohort::dictionary::{CodeLabel, ColumnContent};
use crate::cohort::sheet::Sheet;

/// The types of fields.
const TYPES: &[&str] = &[
    "text",
    "notes",
    "radio",
    "dropdown",
    "calc",
    "checkbox",
    "yesno",
    "truefalse",
    "slider",
    "descriptive",
    "file",
    "sql",
];

pub(super) fn read(sheet: &Sheet) -> Option<Codebook> {
    let width = sheet.header().len();
    let kind = (0..width).find(|&column| holds_types(sheet, column))?;
    let name = (0..kind).find(|&column| holds_names(sheet, column))?;
    let choices = (kind + 1..width).find(|&column| holds_choices(sheet, kind, column));
    let label = (kind + 1..choices.unwrap_or(kind + 2).min(width)).next();
    let validation = (kind + 1..width).find(|&column| holds_validations(sheet, column));
    let mut book = Codebook::of(CodebookKind::Redcap);
    for row in 0..sheet.rows() {
        let cell = |column: Option<usize>| column.map_or("", |column| sheet.cell(row, column).trim());
        let field = cell(Some(name));
        let kind = cell(Some(kind)).to_lowercase();
        if field.is_empty() || kind == "descriptive" {
            continue;
        }
        let label = Some(without_markup(cell(label))).filter(|label| !label.is_empty());
        let levels = levels(&kind, cell(choices));
        if kind == "checkbox" {
            for choice in &levels {
                let column = book.column(&checkbox(field, &choice.code));
                let question = label.as_deref().unwrap_or(field);
                column.label = Some(format!("{question} (choice={})", choice.label));
                column.levels = vec![level("0", "Unchecked"), level("1", "Checked")];
                column.content = Some(ColumnContent::Category);
            }
        }
        let column = book.column(field);
        column.content = content(&kind, cell(validation), &levels);
        (column.label, column.levels) = (label, levels);
    }
    Some(book)
}

/// The column of one choice of a checkbox field: `cns___1`; a sign in the code is `_`.
pub(super) fn checkbox(field: &str, code: &str) -> String {
    let code: String = code
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    format!("{field}___{code}")
}

fn levels(kind: &str, choices: &str) -> Vec<CodeLabel> {
    match kind {
        "radio" | "dropdown" | "checkbox" => of_redcap(choices),
        "yesno" => vec![level("1", "Yes"), level("0", "No")],
        "truefalse" => vec![level("1", "True"), level("0", "False")],
        _ => Vec::new(),
    }
}

fn content(kind: &str, validation: &str, levels: &[CodeLabel]) -> Option<ColumnContent> {
    match kind {
        _ if !levels.is_empty() => Some(ColumnContent::Category),
        "calc" | "slider" => Some(ColumnContent::Number),
        _ if validation.starts_with("date") => Some(ColumnContent::Date),
        _ if validation.starts_with("number") || validation == "integer" => Some(ColumnContent::Number),
        "notes" => Some(ColumnContent::Text),
        _ => None,
    }
}

fn filled(sheet: &Sheet, column: usize) -> impl Iterator<Item = &str> {
    let cells = (0..sheet.rows()).map(move |row| sheet.cell(row, column).trim());
    cells.filter(|cell| !cell.is_empty())
}

fn holds_types(sheet: &Sheet, column: usize) -> bool {
    let is_type = |cell: &str| TYPES.contains(&cell.to_lowercase().as_str());
    let (mut types, mut others) = (0, 0);
    for cell in filled(sheet, column) {
        *(if is_type(cell) { &mut types } else { &mut others }) += 1;
    }
    // A column of patients holds none of these words.
    types > 0 && types >= others * 9 && filled(sheet, column).any(|cell| !cell.eq_ignore_ascii_case("text"))
        || types > 2 && others == 0
}

/// Names of fields: each once, in lower case and without spaces.
fn holds_names(sheet: &Sheet, column: usize) -> bool {
    let is_name = |cell: &str| {
        cell.starts_with(|c: char| c.is_ascii_lowercase())
            && cell
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let mut cells: Vec<&str> = filled(sheet, column).collect();
    let all = !cells.is_empty() && cells.iter().all(|cell| is_name(cell));
    cells.sort_unstable();
    all && cells.windows(2).all(|two| two[0] != two[1])
}

fn holds_choices(sheet: &Sheet, kind: usize, column: usize) -> bool {
    let has_choices = |row: &usize| {
        let kind = sheet.cell(*row, kind).trim().to_lowercase();
        matches!(kind.as_str(), "radio" | "dropdown" | "checkbox")
    };
    let rows: Vec<usize> = (0..sheet.rows()).filter(has_choices).collect();
    let coded = |row: &&usize| {
        let cell = sheet.cell(**row, column);
        let choices = cell.split(['|', '\n']).filter(|choice| !choice.trim().is_empty());
        let parts = choices.clone().count();
        parts > 0
            && choices
                .filter_map(|choice| choice.split_once(','))
                .filter(|(code, label)| !code.trim().contains(' ') && !label.trim().is_empty())
                .count()
                == parts
            && (parts > 1 || rows.len() > 1)
    };
    !rows.is_empty() && rows.iter().filter(coded).count() * 2 > rows.len()
}

fn holds_validations(sheet: &Sheet, column: usize) -> bool {
    let known = |cell: &str| {
        cell.starts_with("date_")
            || cell.starts_with("datetime_")
            || cell.starts_with("number")
            || matches!(
                cell,
                "integer" | "time" | "email" | "phone" | "zipcode" | "alpha_only" | "mrn_10d" | "ssn" | "postalcode"
            )
    };
    let mut cells = filled(sheet, column).peekable();
    cells.peek().is_some() && cells.all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "record_id,base,,text,Record ID,,,,\ndx,base,,text,Date of diagnosis,,,date_dmy,\n\
        sex,base,,radio,Sex,\"1, Male | 2, Female\",,,\nalive,fu,,yesno,Is the patient alive?,,,,\n\
        cns,base,,checkbox,CNS status,\"1, CNS1 | -2, CNS2\",,,\nos,fu,,calc,OS (days),\"datediff([dx],[lfu],'d')\",,,\n";

    #[test]
    fn fields_choices_and_checkboxes_under_any_headers() {
        for header in [
            "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\",Field Note,Text Validation Type OR Show Slider Number,Identifier?",
            "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,field_note,text_validation_type_or_show_slider_number,identifier",
            "Variable / Feldname,Formularname,Abschnitt,Feldtyp,Feldbezeichnung,Auswahl,Hinweis,Validierung,Kennung",
        ] {
            let sheet = Sheet::read(format!("{header}\n{ROWS}").as_bytes()).unwrap();
            let book = Codebook::of_table(&sheet).unwrap();
            assert_eq!(book.kind, CodebookKind::Redcap);
            let names: Vec<&str> = book.columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(
                names,
                ["record_id", "dx", "sex", "alive", "cns___1", "cns____2", "cns", "os"]
            );
            assert_eq!(book.columns[2].levels, [level("1", "Male"), level("2", "Female")]);
            assert_eq!(book.columns[3].label.as_deref(), Some("Is the patient alive?"));
            assert_eq!(book.columns[3].levels[0], level("1", "Yes"));
            assert_eq!(book.columns[1].content, Some(ColumnContent::Date));
            assert_eq!(book.columns[5].label.as_deref(), Some("CNS status (choice=CNS2)"));
            assert_eq!(
                (book.columns[7].levels.len(), book.columns[7].content),
                (0, Some(ColumnContent::Number))
            );
        }
    }

    #[test]
    fn a_table_of_patients_is_none() {
        for text in [
            "id,sex,status\n1,m,dead\n2,f,alive\n",
            "id,text,x\n1,text,2\n2,more,3\n",
        ] {
            assert_eq!(
                Codebook::of_table(&Sheet::read(text.as_bytes()).unwrap()),
                None,
                "{text}"
            );
        }
    }
}
