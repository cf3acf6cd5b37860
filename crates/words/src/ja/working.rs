//! What a page says while its worker loads, reads and computes, and why it could not.

// The name of pasted rows is that of a file, which a script in R reads too.
pub use crate::en::working::{Cancelled, PASTED};

/// Beside what is being done.
pub const CANCEL: &str = "中止";
/// Beside why the worker stopped while a file was being opened.
pub const TRY_AGAIN: &str = "再試行";
/// The way out of a sealed page.
pub const RELOAD: &str = "再読み込みして通信遮断を終える";
/// Behind it.
pub const RELOAD_END: &str = "。";
/// A part of the page could not be loaded, on a sealed page.
pub const MISSING_WHEN_SEALED: &str =
    "このページは通信遮断中で、これ以上何も読み込めない。そのため、この部分は表示されない。";
/// The same on another page.
pub const MISSING: &str = "ページのこの部分を読み込めなかった：ネットワークにつながっていないか、Cotsideの新しい版が公開されたか、ブラウザーが古い。\
     ページを再読み込みするか、ブラウザーを更新する。";
/// A sample could not be loaded, on a sealed page.
pub const NO_SAMPLE_WHEN_SEALED: &str = "このページは通信遮断中で、見本を読み込めない。";
/// The same on another page.
pub const NO_SAMPLE: &str = "見本を読み込めなかった。";
/// What reads a file could not be loaded, on a sealed page.
pub const NO_READER_WHEN_SEALED: &str = "このページは通信遮断中で、このファイルを読むためのプログラムを読み込めない。";
/// The same on another page.
pub const NO_READER: &str = "このファイルを読むためのプログラムを読み込めなかった：ネットワークにつながっていないか、Cotsideの新しい版が公開された。\
     ページを再読み込みして、ファイルを開き直す。";
/// The browser does not run the worker.
pub const NOT_HERE: &str =
    "ページのこの部分は、このブラウザーでは動作しない。ページを再読み込みするか、ブラウザーを更新する。";
/// Why the worker stopped, within [`stopped`].
pub const UNREADABLE_MESSAGE: &str = "メッセージを読めなかった";
/// A drawing could not be painted.
pub const NOT_PAINTED: &str = "ブラウザーがこの図を描画できなかった。代わりにSVGで保存する。";
/// What makes files of this kind could not be loaded, on a sealed page.
pub const NO_MAKER_WHEN_SEALED: &str =
    "このページは通信遮断中で、この形式のファイルを作るためのプログラムを読み込めない。図はSVG、表はCSVで保存する。";
/// The same on another page.
pub const NO_MAKER: &str = "この形式のファイルを作るためのプログラムを読み込めなかった：ネットワークにつながっていないか、Cotsideの新しい版が公開された。\
     図はSVG、表はCSVで保存するか、ページを再読み込みする。";
/// A file could not be made.
pub const NOT_MADE: &str = "このファイルを作れなかった。図はSVG、表はCSVで保存する。";
/// A figure or table is in the clipboard.
pub const FIGURE_COPIED: &str = "図を画像としてクリップボードにコピーした。";
/// The same of a table.
pub const TABLE_COPIED: &str = "表をWordや表計算ソフト用のセルとしてクリップボードにコピーした。";
/// The browser does not let a page write to the clipboard.
pub const CLIPBOARD_REFUSED: &str =
    "このブラウザーではクリップボードにコピーできなかった。代わりにファイルを保存する。";
/// A text is in the clipboard.
pub const COPIED: &str = "コピーした。";
/// A text could only be selected.
pub const SELECTED: &str = "選択した：キーボードでコピーする。";
/// In place of a part that was not computed because somebody cancelled it.
pub const NOT_COMPUTED_CANCELLED: &str = "計算していない：中止された。設定を変えると計算し直す。";
/// In place of a part that was not computed for another reason.
pub const NOT_COMPUTED: &str = "計算していない。";

/// Steps of the work.
pub mod step {
    /// Between a request and its answer.
    pub const COMPUTING: &str = "計算中";
    /// A file for the reader is made.
    pub const EXPORTING: &str = "ファイルを作成中";
    /// What reads files is loaded.
    pub const LOADING: &str = "ファイルを読むためのプログラムを読み込み中";
    /// The browser reads a file.
    pub const READING: &str = "ファイルを読み取り中";
    /// A workbook is opened.
    pub const READING_WORKBOOK: &str = "ブックを読み取り中";
    /// What other sheets of a workbook are called that describe its columns.
    pub const SHEETS_OF_THE_WORKBOOK: &str = "ブックのほかのシート";
    /// The rows of a sheet are taken out of a workbook.
    pub const READING_SHEET: &str = "シートを読み取り中";
    /// Rows become patients.
    pub const READING_ROWS: &str = "行を読み取り中";
    /// Patients are followed to the endpoint.
    pub const FOLLOWING: &str = "患者の追跡を計算中";
    /// Every protocol classifies every patient.
    pub const APPLYING_PROTOCOLS: &str = "プロトコールを適用中";
    /// A worker is told what the one before was told.
    pub const RESTORING: &str = "ファイルを元に戻し中";
}

/// The font of PDF files has not these letters.
#[must_use]
pub fn no_letters(letters: &str) -> String {
    format!(
        "PDFファイルのフォントにはラテン文字、ギリシャ文字、キリル文字しかなく、「{letters}」がないため、ファイルを作らなかった。代わりに図をSVGまたは\
         PNGで保存する。"
    )
}

/// What holds after work was cancelled: a change that the worker had not taken yet is undone, one that it had taken stays.
#[must_use]
pub fn cancelled(what: Cancelled, file: Option<&str>) -> String {
    let kept = kept(file);
    match what {
        Cancelled::Parts => {
            "中止した。開いたファイルと設定はそのままである。計算しなかった部分には、その旨を示す。".to_owned()
        }
        Cancelled::Change => format!("中止した：この変更は行われなかった。{kept}"),
        Cancelled::Export => format!("中止した：ファイルは作られなかった。{kept}"),
        Cancelled::Opening => format!("中止した。{kept}"),
    }
}

/// Why the worker stopped, in the engine's words, which may be none; `file` is the name of the one that is put back.
#[must_use]
pub fn stopped(why: &str, file: Option<&str>) -> String {
    let kept = kept(file);
    let of_memory = ["memory", "RangeError", "RuntimeError", "unreachable"];
    if !why.is_empty() && !of_memory.iter().any(|word| why.contains(word)) {
        return format!("Cotsideの不具合により計算が止まった（{why}）。{kept}");
    }
    let why = if why.is_empty() {
        String::new()
    } else {
        format!("（{why}）")
    };
    format!(
        "計算が止まった{why}。ブラウザーのメモリーが足りなくなった可能性がある。{kept}繰り返す場合は、ほかのタブを閉じる、不要な列を除く、または\
         コマンドライン版のcotsideを用いる。"
    )
}

/// The browser could not read a file.
#[must_use]
pub fn unreadable(name: &str) -> String {
    format!("ブラウザーが{name}を読めなかった：移動または変更されたか、ブラウザーが扱える大きさを超えている。")
}

fn kept(file: Option<&str>) -> String {
    file.map_or_else(String::new, |name| {
        let name = if name.is_empty() { "見本" } else { name };
        format!("{name}とそれまでの設定は元のままである。")
    })
}
