//! The words of what leaves the page for cohorts: the methods paragraph, the report, files, saved settings.

use cotside_core::cohort::Nature;

pub use crate::en::export_results::{QUARTO_NOTE, QUARTO_TITLE};

/// Heading.
pub const EXPORT: &str = "내보내기";
/// Heading.
pub const METHODS: &str = "방법 문단(영어)";
/// Copies the methods.
pub const COPY: &str = "복사";
/// Heading.
pub const FILES: &str = "파일";
/// Saves a file.
pub const REPORT: &str = "보고서(HTML)";
/// Saves a file.
pub const NUMBERS: &str = "모든 수치(CSV)";
/// Saves the settings.
pub const SAVE_SETTINGS: &str = "설정 저장";
/// Below these buttons.
pub const REPORT_NOTE: &str = "보고서는 위의 모든 내용을 담은 하나의 파일이며 네트워크가 필요 없습니다. 저장한 설정에는 열의 이름과 코드를 나타내는 텍스트가 들어 있고, \
     파일의 행은 들어 있지 않습니다. 같은 파일 또는 다른 파일과 함께 엽니다.";
/// Saves a file.
pub const R_SCRIPT: &str = "R 스크립트";
/// Saves a file.
pub const QUARTO: &str = "Quarto 문서";
/// Saves the sources of the methods for programs that manage literature.
pub const RIS: &str = "출처(RIS)";
/// The same.
pub const BIBTEX: &str = "출처(BibTeX)";
/// Saves a file.
pub const PATIENT_LEVEL: &str = "환자별 데이터(CSV)";
/// Below these buttons.
pub const R_SCRIPT_NOTE: &str = "R 스크립트는 자신의 파일을 읽고(통합 문서와 붙여 넣은 행은 위에서 저장한 행의 CSV), 모든 것을 R의 survival과 cmprsk로 다시 계산하며, \
     두 표를 같은 곳에 두면 그 수치가 이 페이지의 수치와 얼마나 떨어져 있는지 보고합니다. 프로토콜의 규칙은 들어 있지 않으며, 군은 환자별 데이터에서 가져옵니다.";
/// Heading in the report.
pub const SOURCES: &str = "방법의 출처";
/// At the end of the report.
pub const INTENDED_USE: &str = "교육, 연구, 프로토콜 참조를 위한 것입니다. 의료기기가 아닙니다.";
/// All saved settings were applied.
pub const SETTINGS_APPLIED: &str = "저장한 설정을 모두 적용했습니다.";
/// Some were not.
pub const SETTINGS_LEFT_OUT: &str = "저장한 설정 가운데 이 파일에 맞지 않아 적용하지 않은 것:";

/// Below every figure whose data are not those of patients of a registry.
#[must_use]
pub const fn nature_mark(nature: Nature) -> &'static str {
    match nature {
        Nature::Patients => "",
        Nature::Example => "예시 데이터.",
        Nature::Synthetic => "모의 데이터: 실제 환자의 행이 없음.",
        Nature::Reconstructed => "발표된 곡선에서 복원한 데이터: 실제 환자의 행이 없음.",
    }
}

/// Saves the times to events as a table like ADTTE.
pub const ADTTE: &str = "ADTTE(CSV)";
/// Saves the definition of its variables.
pub const ADTTE_DEFINE: &str = "그 변수의 정의(CSV)";
/// What is in it.
pub const ADTTE_NOTE: &str = "ADTTE는 환자와 평가변수마다 한 행이며 파일의 ID를 담습니다. 시간은 일 단위이고, CNSR은 사건이면 0입니다. 파일에 날짜가 있으면 날짜도 담습니다.";
