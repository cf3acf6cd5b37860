//! Estimates of the reader's own beside the published ones: their form, their file, and what is said of them.

use cotside_core::evidence::{LONGEST_CELL, MOST_OWN, OwnColumn, OwnFault, OwnFileError, OwnProblem, OwnRemark};

use super::fields;
use crate::{decimal, en};

/// The mark of every row of the reader's own.
pub const MARK: &str = "利用者の入力、未確認";
/// A reason for caution in a comparison.
pub const CAUTION: &str = "一方または両方は利用者の入力であり、出典と照合していない。";
/// The same of one estimate over a curve.
pub const CAUTION_ONE: &str = "利用者の入力であり、出典と照合していない。";

/// The name of a study on the page; that of one of the reader’s own ends with the mark in English, as it is printed.
#[must_use]
pub fn study_name(name: &str) -> String {
    let marked = name
        .strip_suffix(')')
        .and_then(|name| name.strip_suffix(en::own_estimates::MARK));
    marked
        .and_then(|name| name.strip_suffix(" ("))
        .map_or_else(|| name.to_owned(), |name| format!("{name}（{MARK}）"))
}

// ---- The form

/// Heading.
pub const TITLE: &str = "自分の推定値";
/// What becomes of them.
pub const LEAD: &str = "ここで追加した行は、どの表、図、統合でも「利用者の入力、未確認」と示され（図では英語）、「コホートの解析」で曲線に重ねることが\
     できる。保持されるのはこのタブの中だけである：再び開くにはCSVで保存する。公表された行と同じ規則が適用される：時点、エンドポイント、\
     時代が異なればP値は示さず、二つのエンドポイントは統合しない。";
/// Adds what was typed.
pub const ADD: &str = "追加";
/// Opens a file.
pub const OPEN: &str = "CSVファイルを開く";
/// Saves a file to begin with.
pub const TEMPLATE: &str = "ひな形 (CSV)";
/// Saves the rows.
pub const SAVE: &str = "自分の推定値を保存 (CSV)";
/// Takes all rows out.
pub const REMOVE_ALL: &str = "自分の推定値をすべて外す";
/// Takes one row out.
pub const REMOVE: &str = "外す";
/// The list of the rows.
pub const LISTED: &str = "追加済み";
/// Nothing is chosen in a list.
pub const NOT_STATED: &str = "記載なし";
/// Under Analyse, where own estimates come from.
pub const UNDER_EVIDENCE: &str = "自分の推定値は「公表成績」で追加する。";
/// A file with points of a curve came where estimates were awaited, or the other way round.
pub const NOT_ESTIMATES: &str =
    "ファイルに列study、endpoint、population、estimate、sourceがない。ひな形にはすべての列がある。";
/// Estimates came where points of a curve were awaited.
pub const NOT_POINTS: &str = "ファイルにあるのは推定値であり、曲線の点ではない。「一覧」の「自分の推定値」で開く。";

/// The summary of the fold, with the number of rows.
#[must_use]
pub fn summary(count: usize) -> String {
    if count == 0 {
        "自分の推定値を追加".to_owned()
    } else {
        format!("{TITLE}：{count}件")
    }
}

/// What the button that takes a row out is called.
#[must_use]
pub fn remove_name(id: &str, study: &str) -> String {
    format!("{id}、{study}を外す")
}

/// Label, an example and the width of a field of the form.
#[must_use]
pub const fn label(column: OwnColumn) -> (&'static str, &'static str, u8) {
    match column {
        OwnColumn::Id => ("ID", "", 8),
        OwnColumn::Study => ("研究", "レジストリA", 18),
        OwnColumn::EnrolledFrom => ("登録開始（年）", "2001", 6),
        OwnColumn::EnrolledTo => ("登録終了（年）", "2008", 6),
        OwnColumn::Endpoint => ("エンドポイント", "", 8),
        OwnColumn::Population => ("群", "全乳児", 18),
        OwnColumn::Kmt2a => ("群のKMT2A", "", 8),
        OwnColumn::Reached => ("数えた患者", "", 8),
        OwnColumn::Years => ("時点（年）", "5", 5),
        OwnColumn::N => ("n", "60", 5),
        OwnColumn::Estimate => ("推定値（%）", "45.0", 6),
        OwnColumn::StandardError => ("SE", "6.4", 5),
        OwnColumn::Lower => ("95%信頼区間の下限", "32.1", 6),
        OwnColumn::Upper => ("95%信頼区間の上限", "57.0", 6),
        OwnColumn::UnclearSpread => ("定義のない±", "", 5),
        OwnColumn::Source => ("出典", "著者、雑誌、年", 24),
        OwnColumn::Place => ("出典中の箇所", "表2", 14),
        OwnColumn::SameAs => ("同じ数値の行（ID）", "interfant-06/2", 14),
        OwnColumn::Note => ("備考", "", 24),
    }
}

/// What a code of a list means.
#[must_use]
pub fn code_name(code: &str) -> &str {
    match code {
        "rearranged" => "再構成あり",
        "germline" => "再構成なし",
        "remission" => "寛解に到達した例のみ",
        "transplant" => "移植に到達した例のみ",
        "" => NOT_STATED,
        other => other,
    }
}

/// All who entered are counted.
pub const ALL_COUNTED: &str = "組み入れられた全例";

// ---- What came of a file or of the form

/// How many rows were added.
#[must_use]
pub fn added(count: usize) -> String {
    match count {
        0 => "追加された行はない。".to_owned(),
        count => format!("{count}行を追加した。"),
    }
}

/// More rows were read in a session than it can hold.
pub const TOO_MANY_MADE: &str = "ページを読み込んでから読んだ異なる行が多すぎるため、今回は1行も追加しなかった。一覧の行をCSVで保存し、ページを\
     読み込み直してからファイルを開く。";
/// Heading of the rows that were not added.
pub const NOT_ADDED: &str = "追加されなかった行";

/// A row that is not taken: its place, what is wrong, the remedy.
#[must_use]
pub fn problem(problem: &OwnProblem) -> String {
    let OwnProblem {
        row,
        column,
        found,
        why,
    } = problem;
    let found = if found.is_empty() {
        String::new()
    } else {
        format!("「{}」：", shortened(found))
    };
    format!("{row}行目、列{}：{found}{}。", column.code(), remedy(*column, why))
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

fn remedy(column: OwnColumn, why: &OwnFault) -> String {
    let example = label(column).1;
    match why {
        OwnFault::Missing if example.is_empty() => "空である。入力が必要".to_owned(),
        OwnFault::Missing => format!("空である。入力が必要（例：{example}）"),
        OwnFault::NotNumber => {
            format!("数値でない。{example}のような数値を、小数は点またはコンマで区切って書く")
        }
        OwnFault::NotWhole => "整数でない。60のような整数を書く".to_owned(),
        OwnFault::OutOfRange(low, high) => {
            format!("{}から{}の範囲の外にある", decimal(*low, 0), decimal(*high, 0))
        }
        OwnFault::Fraction => {
            "割合の可能性がある。百分率で書き（0.417でなく41.7）、1%未満であれば0.4%のように記号を付ける".to_owned()
        }
        OwnFault::NotOneOf(codes) => format!("認識できない。次のいずれかを書く：{}", codes.join("、")),
        OwnFault::TwoSpreads => "ばらつきが二つある。SE、区間、定義のない±のいずれか一つを書く".to_owned(),
        OwnFault::OneEnd => "欠けている。区間の両端を書く".to_owned(),
        OwnFault::OutsideInterval => "自身の区間の外にある。同じ推定値の三つの数値を百分率で書く".to_owned(),
        OwnFault::YearsOfEnrolment => "合わない。登録の最初と最後の年を両方書くか、どちらも書かない".to_owned(),
        OwnFault::NoId => "IDとして使えない。英字、数字、-、_、. を使うか、空にする".to_owned(),
        OwnFault::IdTaken => "ほかの行のIDである。別のIDを書くか、空にする".to_owned(),
        OwnFault::NoSuchRow => {
            "存在しない行を指している。interfant-06/2やown/1のような行のIDを空白で区切って書く".to_owned()
        }
        OwnFault::TooLong => format!("長すぎる。{LONGEST_CELL}文字以内で書く"),
        OwnFault::Unseen => "見えない文字が含まれている。書き直す".to_owned(),
        OwnFault::TooMany => format!("行が多すぎる。保持できるのは{MOST_OWN}行までである"),
    }
}

/// What should be known of a row.
#[must_use]
pub fn remark(remark: &OwnRemark) -> String {
    match remark {
        OwnRemark::There { row, id } => format!("{row}行目はすでに{id}としてあるため、追加しなかった。"),
        OwnRemark::LooksLike { id, other } => format!(
            "{id}は{other}と同じ数値である。同じ乳児の同じ数値であれば、一度だけ数えられるようにsame_asに{other}と書く。"
        ),
        OwnRemark::NotRead(column) => format!("列「{}」は認識できないため、読まなかった。", shortened(column)),
    }
}

/// Why a file cannot be read.
#[must_use]
pub fn file_error(error: &OwnFileError) -> String {
    match error {
        OwnFileError::Table(error) => fields::table_error(error),
        OwnFileError::NoColumn(names) => {
            format!("見出しに列{}がない。ひな形にはすべての列がある", names.join("、"))
        }
        OwnFileError::TwoColumns(name) => format!("{name}という列が二つある。一つにする"),
        OwnFileError::TooManyRows(rows) => format!("{rows}行ある。読むのは{MOST_OWN}行までである"),
    }
}

/// Rows of a file that are not accepted.
#[must_use]
pub fn rows_not_accepted(file: &str, count: usize) -> String {
    format!("{file}：{count}行は受け付けられない。直すか取り除く")
}

/// A file that cannot be read, and why.
#[must_use]
pub fn unread_file(name: &str, error: &OwnFileError) -> String {
    format!("{name}は読み込めなかった：{}。", file_error(error))
}
