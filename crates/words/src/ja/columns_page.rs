//! What is said where the columns of a file are listed: headings, labels, states.

use cotside_core::cohort::{ColumnKind, Role};

use super::grouped_count;

pub use crate::en::columns_page::rows_with;

/// The heading, and the name of the result in the address.
pub const COLUMNS: &str = "列";
/// Above the settings that tell which rows are patients.
pub const ROWS: &str = "行と患者";
/// The button that confirms what was assumed of a column, of the rows or of the characters.
pub const CONFIRM: &str = "確認";
/// The button that confirms what was assumed of all columns.
pub const CONFIRM_ALL: &str = "すべて確認";
/// The link from the columns to the results.
pub const TO_RESULTS: &str = "結果を表示";
/// Heads of the table.
pub const COLUMN: &str = "列";
/// See [`COLUMN`].
pub const CONTENT: &str = "内容";
/// See [`COLUMN`].
pub const VARIABLE: &str = "変数";
/// See [`COLUMN`].
pub const READ_AS: &str = "読み方";
/// See [`COLUMN`].
pub const MISSING: &str = "欠測";
/// See [`COLUMN`].
pub const STATE: &str = "状態";
/// The state of a column that is used.
pub const READ: &str = "読み取り済み";
/// The state of a column of which something was assumed.
pub const TO_CONFIRM: &str = "要確認";
/// The state of a column of which something has no proposed answer.
pub const TO_ANSWER: &str = "要回答";
/// The state of a column that is not used.
pub const IGNORED: &str = "不使用";
/// Heads of the table of texts and their meaning.
pub const TEXT: &str = "文字列";
/// See [`TEXT`].
pub const CELLS: &str = "セル数";
/// See [`TEXT`].
pub const MEANS: &str = "意味";
/// Texts whose meaning follows from a setting.
pub const EACH_TEXT: &str = "文字列ごとの意味";
/// Missing cells, among the texts of a column.
pub const EMPTY: &str = "（空欄）";
/// A column with more texts than can be listed.
pub const MORE_TEXTS: &str = "この列は文字列の種類が多すぎて、それぞれの意味を指定できない。";
/// A cell that waits for an answer.
pub const AWAITS_ANSWER: &str = "選ぶまで用いない";

/// Labels of settings.
pub mod label {
    /// The order of dates that can be read in several.
    pub const DATE_ORDER: &str = "日付の順";
    /// How dates are written.
    pub const DATE_FORM: &str = "日付の書き方";
    /// Dates with year and month alone.
    pub const MID_MONTH: &str = "日のない日付";
    /// How numbers are written.
    pub const NUMBER_FORM: &str = "数値の書き方";
    /// Of times and ages.
    pub const UNIT: &str = "単位";
    /// Fractions or per cent.
    pub const PERCENT: &str = "値の種類";
    /// White cell counts that are too high for the unit.
    pub const HIGH_COUNTS: &str = "3,000を超える数値";
    /// Death or alive, event or censored.
    pub const DIRECTION: &str = "値の意味";
    /// Rows of one visit alone.
    pub const ONLY_ROWS: &str = "用いる行の限定";
    /// The code page of the file.
    pub const ENCODING: &str = "文字コード";
}

/// Options of a setting.
pub mod choice {
    /// Dates without a day.
    pub const MID_MONTH: [&str; 2] = ["その月の15日", "用いない"];
    /// Fractions of cells.
    pub const PERCENT: [&str; 2] = ["割合（0.01は1 %）", "百分率（0.01は0.01 %）"];
    /// White cell counts that are not used.
    pub const HIGH_NOT_USED: &str = "用いない";
    /// Rows whatever they hold.
    pub const ALL_ROWS: &str = "すべての行";
}

/// A column without a name in the header.
#[must_use]
pub fn without_name(column: usize) -> String {
    format!("{}列目（名前なし）", column + 1)
}

/// What a column seems to hold, in a word or two.
#[must_use]
pub const fn content(kind: &ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Empty => "空",
        ColumnKind::Id => "行ごとに異なる",
        ColumnKind::Number { .. } => "数値",
        ColumnKind::Date { .. } => "日付",
        ColumnKind::YesNo => "あり・なし",
        ColumnKind::Category => "カテゴリー",
        ColumnKind::Text => "自由記述",
    }
}

/// The name of the list of roles of a column.
#[must_use]
pub fn variable_of(column: &str) -> String {
    format!("{VARIABLE}：{column}")
}

/// The name of a setting of a column for those who do not see where it is.
#[must_use]
pub fn setting_of(label: &str, column: &str) -> String {
    format!("{label}：{column}")
}

/// The name of a button for those who do not see where it is.
#[must_use]
pub fn confirm_column(column: &str) -> String {
    format!("{CONFIRM}：{column}")
}

/// The name of the list of meanings of a text.
#[must_use]
pub fn meaning_of(text: &str, column: &str) -> String {
    format!("{column}における「{text}」の意味")
}

/// The meaning of a text of which nothing is said: of missing cells, of a column of dates, of one without codes, of one
/// with codes.
#[must_use]
pub fn unsaid(role: Role, text: &str) -> &'static str {
    match (text, role) {
        ("", _) => "欠測値",
        (_, Role::Milestone(_)) => "読めない日付",
        _ if role.codes().is_empty() => "書かれたとおり",
        _ => "選択…（今は用いない）",
    }
}

/// The meaning of a text that stands for no value.
#[must_use]
pub const fn no_value(role: Role) -> &'static str {
    match role {
        Role::Milestone(_) => "日付なし",
        _ => "欠測値",
    }
}

/// What the column whose question is about this one too is called.
#[must_use]
pub fn asked_at(column: &str) -> String {
    format!("列「{column}」の質問はこの列についてのものでもある。")
}

/// How many cells hold something, and what it seems to be.
#[must_use]
pub fn holds(filled: usize, missing: usize, kind: &str) -> String {
    match missing {
        0 => format!("{filled}セル：{kind}"),
        _ => format!("{filled}セル：{kind}、欠測{missing}"),
    }
}

/// Rows of a file and how many patients they are.
#[must_use]
pub fn rows_tally(rows: usize, patients: usize) -> String {
    format!("{}行、患者{}人", grouped_count(rows), grouped_count(patients))
}

/// What nobody can be followed without.
#[must_use]
pub fn missing_for(endpoint: &str, columns: &[String]) -> String {
    format!("{endpoint}に不足しているもの：{}。", columns.join("、"))
}

/// Which sheet there is to choose, before and after one was chosen.
#[must_use]
pub fn sheets(file: &str, sheets: usize, is_chosen: bool) -> String {
    if is_chosen {
        format!("{file}のシート：")
    } else {
        format!("{file}には{sheets}枚のシートがある。1行に1人の患者があるのはどれか。")
    }
}

/// A sheet, with its size where the workbook tells it.
#[must_use]
pub fn sheet(name: &str, size: Option<(usize, usize)>) -> String {
    match size {
        Some((rows, columns)) => format!("{name}（{rows}行、{columns}列）"),
        None => name.to_owned(),
    }
}

/// A code page with the names of the columns as they read in it.
#[must_use]
pub fn code_page(name: &str, header: &str) -> String {
    format!("{name}：{header}")
}

/// A code page in which not all of the file can be read.
#[must_use]
pub fn other_code_page(name: &str) -> String {
    format!("{name}：ファイルの一部が読めない")
}

/// White cell counts that are read per µL, then those that are read as they are written.
#[must_use]
pub fn high_counts(cell: &str, per_litre: &str) -> [String; 2] {
    [format!("{cell}/µL（{per_litre} × 10⁹/L）"), format!("{cell} × 10⁹/L")]
}

/// Cells that hold a code for a missing value; `label` is its reason, or empty.
#[must_use]
pub fn missing_code(code: &str, label: &str, cells: usize) -> String {
    let reason = if label.is_empty() { "欠測値" } else { label };
    format!("{code} = {reason}：{cells}セル、欠測値として読む")
}

/// Cells that are not among the levels of the dictionary.
#[must_use]
pub fn not_described(texts: &[(String, usize)]) -> String {
    let shown: Vec<String> = texts
        .iter()
        .take(4)
        .map(|(text, cells)| format!("「{text}」（{cells}）"))
        .collect();
    let more = if texts.len() > shown.len() { "、…" } else { "" };
    format!("辞書にない：{}{more}", shown.join("、"))
}
