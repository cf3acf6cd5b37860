//! What is said of a file of patients that was opened: which it is, what could not be used, how a project fits it.

use cotside_core::cohort::{CodebookKind, Joined};
use serde_json::Value;

use super::grouped_count;

// What a program is told is in English.
pub use crate::en::cohort_file::{HIGH_COUNTS_PER_UL, UNKNOWN_NAME, taken, unsuited};

// ---- The file

/// Why a file cannot be read.
#[must_use]
pub fn refused(name: &str, why: &str) -> String {
    format!("{name}：{why}。")
}

/// Saves the rows as they were read.
pub const SAVE_ROWS: &str = "行をCSVで保存";

/// The file and its number of rows.
#[must_use]
pub fn file_and_rows(name: &str, rows: usize) -> String {
    format!("{name}：{}行。", grouped_count(rows))
}

/// From where the script in R reads the rows.
#[must_use]
pub fn script_reads(file: &str) -> String {
    format!("Rスクリプトはこの行を{file}から読む。")
}

// ---- Files beside it

/// A file that waits for the one it stands beside.
#[must_use]
pub fn kept_beside(name: &str) -> String {
    format!("{name}は別のファイルの列を説明する。その患者のファイルを開く。")
}

/// What a file that describes columns is.
#[must_use]
pub const fn codebook_kind(kind: CodebookKind) -> &'static str {
    match kind {
        CodebookKind::Redcap => "REDCapのデータ辞書",
        CodebookKind::Castor => "Castorの変数一覧",
        CodebookKind::Table => "コードブック",
        CodebookKind::Spss => "SPSSのシンタックス",
        CodebookKind::Stata => "Stataのdoファイル",
        CodebookKind::Sas => "SASのプログラム",
        CodebookKind::R => "Rのスクリプト",
    }
}

/// What a dictionary describes: `kind` says what it is.
#[must_use]
pub fn describes(kind: &str, described: usize, columns: usize) -> String {
    match described {
        0 => format!("{kind}：このファイルの{columns}列のうち、説明のある列はない。これは別のファイルの辞書か。"),
        described => format!("{kind}：{columns}列のうち{described}列を説明する。"),
    }
}

/// How a table of subjects fits the endpoints.
#[must_use]
pub fn subjects(joined: &Joined) -> String {
    let Joined {
        both,
        without,
        only,
        differ,
    } = joined;
    let mut text = format!("被験者の表、USUBJIDで結合：{both}人が一致。");
    if *without > 0 {
        text.push_str(&format!("エンドポイントのある{without}人がこの表にない。"));
    }
    if *only > 0 {
        text.push_str(&format!("この表の{only}人にはエンドポイントがなく、除く。"));
    }
    if *differ > 0 {
        text.push_str(&format!(
            "{differ}人は両方にある列の値が異なり、エンドポイントのファイルの値を用いる。"
        ));
    }
    text
}

/// A file that is neither a dictionary nor a table of subjects; `found` are the names of its first columns.
#[must_use]
pub fn not_beside(name: &str, found: &str) -> String {
    let found = if found.is_empty() {
        String::new()
    } else {
        format!("列は{found}である。")
    };
    format!(
        "{name}は辞書ではない。REDCapのデータ辞書、Castorの変数一覧、ラベルを定義するSPSS・Stata・SAS・Rのプログラム、variable・code・labelなどの\
         列がある表のいずれでもない。{found}患者のファイルは一度に一つだけ開く。"
    )
}

// ---- Cells and rows that could not be used

/// Of a table.
pub const ROW: &str = "行";
/// Of a table: the place in a text file.
pub const LINE: &str = "ファイルの行";
/// Of a table: the place in a workbook.
pub const SHEET_ROW: &str = "シートの行";
/// Of a table.
pub const COLUMN: &str = "列";
/// Of a table: the text of the cell.
pub const CELL: &str = "セル";
/// Of a table: why it could not be used.
pub const PROBLEM: &str = "問題";
/// Of a table: the remedy.
pub const FIX: &str = "対処";
/// What is not listed.
pub const OTHERS_USED: &str = "ほかのセルと行はすべて用いる。";
/// Saves the list.
pub const SAVE_PROBLEMS: &str = "一覧を保存（CSV）";
/// Of which column a problem is, where it is of none.
pub const WHOLE_ROWS: &str = "行全体";

/// Of which column a problem is.
#[must_use]
pub fn of_column(name: &str) -> String {
    format!("列「{name}」")
}

/// Problems of a column, or of whole rows.
#[must_use]
pub fn count_of(count: usize, of: &str) -> String {
    format!("{of}：{count}")
}

/// Heading of the problems in a report.
#[must_use]
pub fn not_used(count: usize) -> String {
    format!("使用できなかったセルまたは行：{count}")
}

/// When and with what a report was made; `date` is empty where no clock is read.
#[must_use]
pub fn made(date: &str, version: &str) -> String {
    let on = if date.is_empty() {
        String::new()
    } else {
        format!("{date}に")
    };
    format!("{on}Cotside {version}で作成。")
}

// ---- A file of settings

/// What stands in a file of settings.
#[must_use]
pub fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Array(_) => "リスト",
        Value::String(_) => "文字列",
        Value::Number(_) => "数値",
        Value::Bool(_) => "真偽値",
        Value::Object(_) => "オブジェクト",
    }
}

/// A list in a file of settings: what stands in it, each kind once, and how many there are.
#[must_use]
pub fn list_of(kinds: &[&str], count: usize) -> String {
    if kinds.is_empty() {
        return "空のリスト".to_owned();
    }
    format!("{}のリスト（{count}個）", kinds.join("・"))
}

/// A file that is none.
#[must_use]
pub fn no_settings_file(name: &str) -> String {
    format!("{name}：Cotsideのプロジェクトファイルでも設定ファイルでもない。")
}

/// A file with a fault in it; `wrong` says where and what.
#[must_use]
pub fn broken_settings_file(name: &str, wrong: &str) -> String {
    format!("{name}はプロジェクトファイルだが、{wrong}。設定を保存し直すか、ファイルのこの箇所を訂正する。")
}

/// A file of a later version.
#[must_use]
pub fn later_settings_file(name: &str) -> String {
    format!("{name}は、これより新しい版のCotsideで保存された。ページを再読み込みするか、プログラムを更新する。")
}

/// Something stands where a list belongs; `kind` says what.
#[must_use]
pub fn not_a_list(name: &str, kind: &str) -> String {
    format!("リストがあるはずの「{name}」に{kind}がある")
}

/// Something stands at a place of a list where texts belong.
#[must_use]
pub fn not_texts(name: &str, place: usize, kind: &str, texts: usize) -> String {
    format!("「{name}」の{place}番目には{texts}個の文字列のリストがあるはずだが、{kind}がある")
}

// ---- A project of earlier settings

/// A project without its file.
pub const OPEN_ITS_FILE: &str = "設定は保持している。対応するファイルを開く。";
/// All columns of a project are there.
pub const PROJECT_FITS: &str = "設定はこのファイルの列に合う。";
/// Something of a project does not fit.
pub const PROJECT_OF_OTHER_FILE: &str = "設定は別のファイルで保存された：";

/// What a project says of the encoding does not hold.
#[must_use]
pub fn unfit_encoding(label: &str) -> String {
    format!("設定の文字コードがこのファイルに合わない：{label}。")
}

/// What a project says of the rows does not hold: its name and its value.
#[must_use]
pub fn unfit_rows(name: &str, value: &str) -> String {
    format!("行についての設定がこのファイルに合わない：{name} = {value}。")
}

/// A column that is missing.
#[must_use]
pub fn missing_column(name: &str) -> String {
    format!("設定には列「{name}」があるが、このファイルにはない。")
}

/// A column of which something is not understood.
#[must_use]
pub fn unknown_setting(name: &str) -> String {
    format!("「{name}」についての設定が読み取れない。この列は推定どおりに読む。")
}

/// A column with other values.
#[must_use]
pub fn other_content(name: &str) -> String {
    format!("「{name}」の値が設定の想定と異なる。この列は推定どおりに読む。")
}

/// Columns that the project does not have.
#[must_use]
pub fn new_columns(names: &[&str]) -> String {
    let names: String = names.iter().map(|name| format!("「{name}」")).collect();
    format!("設定に次の列はなく、推定どおりに読む：{names}。")
}

// ---- The samples

/// Before what a sample is.
pub const EXAMPLE: &str = "例のデータ";
/// Between the two.
pub const EXAMPLE_IS: &str = "：";
/// The name of the published series.
pub const SEVERANCE: &str = "Severance症例集積";
/// The name of the simulated registry.
pub const REGISTRY: &str = "模擬レジストリ";
/// What the published series is.
pub const SEVERANCE_IS: &str = "公表された乳児9人（Lee et al., Clin Pediatr Hematol Oncol 2011;18:86–91）。追跡月数は論文に記載がない。記載された年齢から\
     計算し、1人の値は仮に置いた。どれであるかは例の説明に記す。";
/// What the simulated registry is.
pub const REGISTRY_IS: &str =
    "模擬データの乳児120人。明示したパラメーターからスクリプトで作成した。ここには研究の結果は一つもない。";
