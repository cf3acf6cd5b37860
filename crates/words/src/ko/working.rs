//! What a page says while its worker loads, reads and computes, and why it could not.

// The name of pasted rows is that of a file, which a script in R reads too.
pub use crate::en::working::{Cancelled, PASTED};

/// Beside what is being done.
pub const CANCEL: &str = "취소";
/// Beside why the worker stopped while a file was being opened.
pub const TRY_AGAIN: &str = "다시 시도";
/// The way out of a sealed page.
pub const RELOAD: &str = "새로 불러와 통신 차단 끝내기";
/// Behind it.
pub const RELOAD_END: &str = ".";
/// A part of the page could not be loaded, on a sealed page.
pub const MISSING_WHEN_SEALED: &str =
    "이 페이지는 통신 차단 중이어서 더 이상 아무것도 불러올 수 없으므로, 이 부분이 표시되지 않습니다.";
/// The same on another page.
pub const MISSING: &str = "페이지의 이 부분을 불러올 수 없었습니다: 네트워크에 연결되어 있지 않거나, Cotside의 새 버전이 나왔거나, 브라우저가 너무 \
     오래되었습니다. 페이지를 새로 불러오거나 브라우저를 업데이트하십시오.";
/// A sample could not be loaded, on a sealed page.
pub const NO_SAMPLE_WHEN_SEALED: &str = "이 페이지는 통신 차단 중이어서 견본을 불러올 수 없습니다.";
/// The same on another page.
pub const NO_SAMPLE: &str = "견본을 불러올 수 없었습니다.";
/// What reads a file could not be loaded, on a sealed page.
pub const NO_READER_WHEN_SEALED: &str = "이 페이지는 통신 차단 중이어서 이 파일을 읽는 프로그램을 불러올 수 없습니다.";
/// The same on another page.
pub const NO_READER: &str = "이 파일을 읽는 프로그램을 불러올 수 없었습니다: 네트워크에 연결되어 있지 않거나, Cotside의 새 버전이 나왔습니다. 페이지를 \
     새로 불러온 뒤 파일을 다시 여십시오.";
/// The browser does not run the worker.
pub const NOT_HERE: &str =
    "페이지의 이 부분은 이 브라우저에서 동작하지 않습니다. 페이지를 새로 불러오거나 브라우저를 업데이트하십시오.";
/// Why the worker stopped, within [`stopped`].
pub const UNREADABLE_MESSAGE: &str = "메시지를 읽을 수 없음";
/// A drawing could not be painted.
pub const NOT_PAINTED: &str = "브라우저가 이 그림을 그릴 수 없었습니다. 대신 SVG로 저장하십시오.";
/// What makes files of this kind could not be loaded, on a sealed page.
pub const NO_MAKER_WHEN_SEALED: &str = "이 페이지는 통신 차단 중이어서 이 형식의 파일을 만드는 프로그램을 불러올 수 없습니다. 그림은 SVG로, 표는 CSV로 \
     저장하십시오.";
/// The same on another page.
pub const NO_MAKER: &str = "이 형식의 파일을 만드는 프로그램을 불러올 수 없었습니다: 네트워크에 연결되어 있지 않거나, Cotside의 새 버전이 나왔습니다. \
     그림은 SVG로, 표는 CSV로 저장하거나, 페이지를 새로 불러오십시오.";
/// A file could not be made.
pub const NOT_MADE: &str = "이 파일을 만들 수 없었습니다. 그림은 SVG로, 표는 CSV로 저장하십시오.";
/// A figure or table is in the clipboard.
pub const FIGURE_COPIED: &str = "그림을 이미지로 클립보드에 복사했습니다.";
/// The same of a table.
pub const TABLE_COPIED: &str = "표를 Word와 스프레드시트용 셀로 클립보드에 복사했습니다.";
/// The browser does not let a page write to the clipboard.
pub const CLIPBOARD_REFUSED: &str = "이 브라우저에서는 클립보드에 복사할 수 없었습니다. 대신 파일로 저장하십시오.";
/// A text is in the clipboard.
pub const COPIED: &str = "복사했습니다.";
/// A text could only be selected.
pub const SELECTED: &str = "선택했습니다: 키보드로 복사하십시오.";
/// In place of a part that was not computed because somebody cancelled it.
pub const NOT_COMPUTED_CANCELLED: &str = "계산하지 않음: 취소되었습니다. 설정을 바꾸면 다시 계산합니다.";
/// In place of a part that was not computed for another reason.
pub const NOT_COMPUTED: &str = "계산하지 않았습니다.";

/// Steps of the work.
pub mod step {
    /// Between a request and its answer.
    pub const COMPUTING: &str = "계산 중";
    /// A file for the reader is made.
    pub const EXPORTING: &str = "파일을 만드는 중";
    /// What reads files is loaded.
    pub const LOADING: &str = "파일을 읽는 프로그램을 불러오는 중";
    /// The browser reads a file.
    pub const READING: &str = "파일을 읽는 중";
    /// A workbook is opened.
    pub const READING_WORKBOOK: &str = "통합 문서를 읽는 중";
    /// What other sheets of a workbook are called that describe its columns.
    pub const SHEETS_OF_THE_WORKBOOK: &str = "통합 문서의 다른 시트";
    /// The rows of a sheet are taken out of a workbook.
    pub const READING_SHEET: &str = "시트를 읽는 중";
    /// Rows become patients.
    pub const READING_ROWS: &str = "행을 읽는 중";
    /// Patients are followed to the endpoint.
    pub const FOLLOWING: &str = "환자의 추적을 계산하는 중";
    /// Every protocol classifies every patient.
    pub const APPLYING_PROTOCOLS: &str = "프로토콜을 적용하는 중";
    /// A worker is told what the one before was told.
    pub const RESTORING: &str = "파일을 되돌려 놓는 중";
}

/// The font of PDF files has not these letters.
#[must_use]
pub fn no_letters(letters: &str) -> String {
    format!(
        "PDF 파일의 글꼴에는 라틴, 그리스, 키릴 문자만 있고 다음 글자가 없어서 파일을 만들지 않았습니다: ‘{letters}’. 대신 그림을 SVG 또는 PNG로 \
         저장하십시오."
    )
}

/// What holds after work was cancelled: a change that the worker had not taken yet is undone, one that it had taken stays.
#[must_use]
pub fn cancelled(what: Cancelled, file: Option<&str>) -> String {
    let kept = kept(file);
    match what {
        Cancelled::Parts => {
            "취소되었습니다. 연 파일과 설정은 그대로이며, 계산하지 않은 부분에는 그렇게 표시됩니다.".to_owned()
        }
        Cancelled::Change => format!("취소됨: 이 변경은 이루어지지 않았습니다.{kept}"),
        Cancelled::Export => format!("취소됨: 파일을 만들지 않았습니다.{kept}"),
        Cancelled::Opening => format!("취소되었습니다.{kept}"),
    }
}

/// Why the worker stopped, in the engine's words, which may be none; `file` is the name of the one that is put back.
#[must_use]
pub fn stopped(why: &str, file: Option<&str>) -> String {
    let kept = kept(file);
    let of_memory = ["memory", "RangeError", "RuntimeError", "unreachable"];
    if !why.is_empty() && !of_memory.iter().any(|word| why.contains(word)) {
        return format!("Cotside의 결함으로 계산이 멈추었습니다({why}).{kept}");
    }
    let why = if why.is_empty() {
        String::new()
    } else {
        format!("({why})")
    };
    format!(
        "계산이 멈추었습니다{why}. 브라우저의 메모리가 부족했을 수 있습니다.{kept} 다시 일어나면 다른 탭을 닫거나, 필요 없는 열을 빼거나, 명령줄 프로그램 \
         cotside를 사용하십시오."
    )
}

/// The browser could not read a file.
#[must_use]
pub fn unreadable(name: &str) -> String {
    format!("브라우저가 읽을 수 없는 파일: {name}. 옮겨졌거나 바뀌었거나, 브라우저가 다룰 수 있는 크기를 넘습니다.")
}

fn kept(file: Option<&str>) -> String {
    file.map_or_else(String::new, |name| {
        let name = if name.is_empty() { "견본" } else { name };
        format!(" {name} 및 이전 설정은 그대로입니다.")
    })
}
