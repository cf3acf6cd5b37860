//! A codebook as people write it: a row for each code of a variable, or the codes of a variable in one cell.

use super::choices::{of_pairs, without_markup};
use super::{Codebook, CodebookKind, level};
use crate::cohort::dictionary::CodeLabel;
use crate::cohort::sheet::Sheet;
use crate::cohort::word_lists::alphanumeric;

/// Headers of a column, as letters and digits in lower case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known(pub(super) &'static [&'static str]);

const VARIABLE: Known = Known(&[
    "variable",
    "variablename",
    "var",
    "varname",
    "field",
    "fieldname",
    "column",
    "columnname",
    "item",
    "name",
    "variablen",
    "merkmal",
    "spalte",
    "feld",
    "feldname",
    "nomvariable",
    "nomdelavariable",
    "champ",
    "campo",
    "変数",
    "変数名",
    "項目",
    "項目名",
    "변수",
    "변수명",
    "항목",
    "变量",
    "变量名",
    "переменная",
]);
const CODE: Known = Known(&[
    "code",
    "codes",
    "value",
    "values",
    "level",
    "key",
    "coding",
    "codedvalue",
    "wert",
    "kode",
    "ausprägung",
    "valeur",
    "valor",
    "código",
    "codigo",
    "コード",
    "値",
    "코드",
    "값",
    "编码",
    "代码",
    "值",
    "код",
]);
const LABEL: Known = Known(&[
    "label",
    "valuelabel",
    "codelabel",
    "labels",
    "meaning",
    "description",
    "decode",
    "definition",
    "text",
    "bedeutung",
    "bezeichnung",
    "beschreibung",
    "beschriftung",
    "libellé",
    "libelle",
    "signification",
    "etiqueta",
    "significado",
    "descripción",
    "descrição",
    "ラベル",
    "意味",
    "内容",
    "라벨",
    "의미",
    "설명",
    "标签",
    "含义",
    "说明",
    "значение",
    "метка",
]);
const CODES: Known = Known(&[
    "codes",
    "coding",
    "codelist",
    "codelistorformat",
    "values",
    "valuelabels",
    "levels",
    "choices",
    "options",
    "permittedvalues",
    "categories",
    "kodierung",
    "codierung",
    "werte",
    "codage",
    "modalités",
    "codificación",
    "codificação",
    "コード",
    "選択肢",
    "코딩",
    "编码",
    "кодировка",
]);
const VARIABLE_LABEL: Known = Known(&[
    "variablelabel",
    "fieldlabel",
    "question",
    "frage",
    "itemlabel",
    "label",
    "description",
    "bezeichnung",
    "beschreibung",
]);
const MISSING: Known = Known(&[
    "missing",
    "missingcode",
    "missingcodes",
    "missingvalues",
    "fehlend",
    "missings",
]);

/// The first column with a known header.
pub(super) fn find(header: &[String], known: Known) -> Option<usize> {
    header
        .iter()
        .position(|name| known.0.contains(&alphanumeric(name).as_str()))
}

fn find_besides(header: &[String], known: Known, others: &[Option<usize>]) -> Option<usize> {
    let is_free = |column: &usize| !others.contains(&Some(*column));
    (0..header.len())
        .filter(is_free)
        .find(|&column| known.0.contains(&alphanumeric(&header[column]).as_str()))
}

pub(super) fn read(sheet: &Sheet) -> Option<Codebook> {
    let variable = find(sheet.header(), VARIABLE)?;
    codes_in_a_cell(sheet, variable).or_else(|| row_for_each_code(sheet, variable))
}

/// `variable, label, codes`, with `0=alive; 1=dead` in a cell.
fn codes_in_a_cell(sheet: &Sheet, variable: usize) -> Option<Codebook> {
    let header = sheet.header();
    let free = (0..header.len()).filter(|&column| column != variable);
    let named = |column: &usize| CODES.0.contains(&alphanumeric(&header[*column]).as_str());
    let pairs = |column: usize| -> Vec<Vec<CodeLabel>> {
        (0..sheet.rows()).map(|row| of_pairs(sheet.cell(row, column))).collect()
    };
    let holds = |column: &usize| pairs(*column).iter().any(|levels| levels.len() > 1);
    let codes = free.filter(named).find(holds)?;
    let levels = pairs(codes);
    let others = [Some(variable), Some(codes)];
    let label = find_besides(header, VARIABLE_LABEL, &others);
    let missing = find_besides(header, MISSING, &others);
    let mut book = Codebook::of(CodebookKind::Table);
    for (row, levels) in levels.into_iter().enumerate() {
        let cell = |column: usize| sheet.cell(row, column).trim();
        if cell(variable).is_empty() {
            continue;
        }
        let column = book.column(cell(variable));
        column.levels.extend(levels);
        column.label = label
            .map(|label| without_markup(cell(label)))
            .filter(|label| !label.is_empty());
        column.missing = missing.map(|missing| missing_codes(cell(missing))).unwrap_or_default();
    }
    Some(book)
}

fn missing_codes(text: &str) -> Vec<CodeLabel> {
    let pairs = of_pairs(text);
    if !pairs.is_empty() {
        return pairs;
    }
    let codes = text
        .split([',', ';', '|'])
        .map(str::trim)
        .filter(|code| !code.is_empty());
    codes
        .filter(|code| !code.contains(' '))
        .map(|code| level(code, ""))
        .collect()
}

/// `variable, code, label`: a variable is named in each row or in its first.
fn row_for_each_code(sheet: &Sheet, variable: usize) -> Option<Codebook> {
    let header = sheet.header();
    let code = find_besides(header, CODE, &[Some(variable)])?;
    let label = find_besides(header, LABEL, &[Some(variable), Some(code)])?;
    let of_variable = find_besides(header, VARIABLE_LABEL, &[Some(variable), Some(code), Some(label)]);
    let mut book = Codebook::of(CodebookKind::Table);
    let mut name = String::new();
    let mut named = 0;
    for row in 0..sheet.rows() {
        let cell = |column: usize| sheet.cell(row, column).trim();
        if !cell(variable).is_empty() {
            named += usize::from(cell(variable) != name);
            cell(variable).clone_into(&mut name);
        }
        if name.is_empty() {
            continue;
        }
        let column = book.column(&name);
        let question = of_variable
            .map(|of| without_markup(cell(of)))
            .filter(|label| !label.is_empty());
        column.label = column.label.take().or(question);
        match (cell(code), cell(label)) {
            ("", "") => {}
            // A row of the variable itself.
            ("", text) => column.label = Some(without_markup(text)),
            (code, text) => column.levels.push(level(code, text)),
        }
    }
    // The codes of a variable stand together, beside a row for the variable itself; those of patients do not.
    let most = book.columns.iter().map(|column| column.levels.len()).max().unwrap_or(0);
    (most > 1 && named <= 2 * book.columns.len()).then_some(book)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(text: &str) -> Option<Codebook> {
        Codebook::of_table(&Sheet::read(text.as_bytes()).unwrap())
    }

    #[test]
    fn codes_in_rows_and_in_cells() {
        for text in [
            "variable,code,label\nstatus,0,alive\nstatus,1,dead\nsex,1,male\nsex,2,female\n",
            "Variable;Wert;Bedeutung\nstatus;0;alive\n;1;dead\nsex;1;male\n;2;female\n",
            "Variable,Label,Type,Origin,Codelist\nstatus,Vital status,text,CRF,0=alive; 1=dead\nsex,Sex,text,CRF,1=male; 2=female\n",
            "name,description,codes\nstatus,Vital status,\"0=alive, 1=dead\"\nsex,,\"1=male, 2=female\"\n",
        ] {
            let found = book(text).unwrap();
            assert_eq!(found.kind, CodebookKind::Table);
            assert_eq!(
                found.columns[0].levels,
                [level("0", "alive"), level("1", "dead")],
                "{text}"
            );
            assert_eq!(
                found.columns[1].levels,
                [level("1", "male"), level("2", "female")],
                "{text}"
            );
        }
        let found = book("variable,code,label\nstatus,,Vital status\nstatus,0,alive\nstatus,1,dead\n").unwrap();
        assert_eq!(found.columns[0].label.as_deref(), Some("Vital status"));
    }

    #[test]
    fn a_table_of_patients_is_none() {
        for text in [
            "name,value,label\nA,1,x\nB,2,y\n",
            "id,code,label\n1,0,x\n1,1,y\n",
            "name,wbc\nA,1\nB,2\n",
        ] {
            assert_eq!(book(text), None, "{text}");
        }
    }
}
