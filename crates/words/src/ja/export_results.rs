//! The words of what leaves the page for cohorts: the methods paragraph, the report, files, saved settings.

use cotside_core::cohort::Nature;

pub use crate::en::export_results::{QUARTO_NOTE, QUARTO_TITLE};

/// Heading.
pub const EXPORT: &str = "書き出し";
/// Heading.
pub const METHODS: &str = "方法の文章（英語）";
/// Copies the methods.
pub const COPY: &str = "コピー";
/// Heading.
pub const FILES: &str = "ファイル";
/// Saves a file.
pub const REPORT: &str = "レポート（HTML）";
/// Saves a file.
pub const NUMBERS: &str = "すべての数値（CSV）";
/// Saves the settings.
pub const SAVE_SETTINGS: &str = "設定を保存";
/// Below these buttons.
pub const REPORT_NOTE: &str = "レポートは上の内容をすべて含む一つのファイルで、ネットワークを必要としない。保存した設定には列の名称とコードを表す文字列が\
     含まれ、ファイルの行は含まれない。同じファイル、または別のファイルと一緒に開く。";
/// Saves a file.
pub const R_SCRIPT: &str = "Rスクリプト";
/// Saves a file.
pub const QUARTO: &str = "Quarto文書";
/// Saves the sources of the methods for programs that manage literature.
pub const RIS: &str = "出典（RIS）";
/// The same.
pub const BIBTEX: &str = "出典（BibTeX）";
/// Saves a file.
pub const PATIENT_LEVEL: &str = "患者ごとのデータ（CSV）";
/// Below these buttons.
pub const R_SCRIPT_NOTE: &str = "Rスクリプトは自分のファイルを読み（ブックと貼り付けた行については、上で保存した行のCSV）、すべてをRのsurvivalとcmprskで計算し直す。\
     二つの表を同じ場所に置くと、その数値がこのページの数値とどれだけ離れているかを報告する。プロトコールの規則は含まれず、群は患者ごとのデータから取る。";
/// Heading in the report.
pub const SOURCES: &str = "方法の出典";
/// At the end of the report.
pub const INTENDED_USE: &str = "教育・研究、およびプロトコールの参照を目的とする。医療機器ではない。";
/// All saved settings were applied.
pub const SETTINGS_APPLIED: &str = "保存した設定をすべて適用した。";
/// Some were not.
pub const SETTINGS_LEFT_OUT: &str = "保存した設定のうち、このファイルに合わないため適用しなかったもの：";

/// Below every figure whose data are not those of patients of a registry.
#[must_use]
pub const fn nature_mark(nature: Nature) -> &'static str {
    match nature {
        Nature::Patients => "",
        Nature::Example => "例のデータ。",
        Nature::Synthetic => "模擬データ：実在の患者の行はない。",
        Nature::Reconstructed => "公表された曲線から復元したデータ：実在の患者の行はない。",
    }
}

/// Saves the times to events as a table like ADTTE.
pub const ADTTE: &str = "ADTTE（CSV）";
/// Saves the definition of its variables.
pub const ADTTE_DEFINE: &str = "その変数の定義（CSV）";
/// What is in it.
pub const ADTTE_NOTE: &str = "ADTTEは患者とエンドポイントごとに1行で、ファイルのIDを含む。時間は日、CNSRはイベントで0。ファイルに日付があれば、日付も含む。";
