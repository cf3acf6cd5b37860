//! A file of patients in words: how it was read, what each column seems to hold, what is open, what could not be used.
//!
//! Names of days end in 일, so that particles behind them are known.

use super::fields::{field_label, option_label};
use cotside_core::cohort::{
    Basis, ColumnKind, DateForm, Encoding, Endpoint, EventKind, Import, Milestone, NumberForm, Placement, Remedy, Role,
    RowFault, TimeUnit, Unusable, Vital,
};
use cotside_core::infant::Field;
use cotside_core::protocols::Protocol;

/// How the file was read, with what was assumed.
#[must_use]
pub fn import_report(import: &Import) -> Vec<String> {
    let mut report = vec![read_as(encoding(import.encoding), import.basis)];
    if import.unreadable > 0 {
        report.push(format!(
            "글자 {}개를 읽지 못했습니다({}). 파일을 ‘CSV UTF-8’로 다시 저장합니다.",
            import.unreadable,
            encoding(import.encoding)
        ));
    }
    report.push(format!("셀 구분자: {}.", separator(import.delimiter)));
    if import.lines_above > 0 {
        report.push(format!(
            "표 위의 {}줄은 사용하지 않습니다: ‘{}’.",
            import.lines_above, import.above
        ));
    }
    if !import.set_aside.is_empty() {
        report.push(format!("{}개 행은 사용하지 않습니다.", import.set_aside.len()));
    }
    report
}

/// Name of an encoding.
#[must_use]
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1252 => "Windows-1252(Latin-1)",
        Encoding::Windows1250 => "Windows-1250(중앙 유럽어)",
        Encoding::Windows1251 => "Windows-1251(키릴 문자)",
        Encoding::Windows1253 => "Windows-1253(그리스어)",
        Encoding::Windows1254 => "Windows-1254(튀르키예어)",
        Encoding::ShiftJis => "Shift JIS(일본어)",
        Encoding::EucJp => "EUC-JP(일본어)",
        Encoding::EucKr => "EUC-KR(한국어)",
        Encoding::Gb18030 => "GB18030(중국어 간체)",
        Encoding::Big5 => "Big5(중국어 번체)",
        Encoding::Iso2022Jp => "ISO-2022-JP(일본어)",
        Encoding::MacRoman => "Mac Roman(서유럽어)",
        Encoding::Koi8R => "KOI8-R(키릴 문자)",
        Encoding::Ibm866 => "IBM 866(키릴 문자)",
        Encoding::Latin2 => "ISO 8859-2(중앙 유럽어)",
        Encoding::Windows1255 => "Windows-1255(히브리어)",
        Encoding::Windows1256 => "Windows-1256(아랍어)",
        Encoding::Windows1257 => "Windows-1257(발트어)",
        Encoding::Windows1258 => "Windows-1258(베트남어)",
    }
}

fn read_as(name: &str, basis: Basis) -> String {
    match basis {
        Basis::Mark => format!("문자 인코딩: {name}(바이트 순서 표시에 따름)."),
        Basis::Valid => format!("문자 인코딩: {name}."),
        Basis::ZeroBytes => {
            format!("문자 인코딩: {name}. 값이 0인 바이트를 보고 가정했습니다. 이름이 맞는지 확인합니다.")
        }
        Basis::NotUtf8 => {
            format!("문자 인코딩: {name}. 파일이 UTF-8이 아니어서 가정했습니다. 이름과 글자가 맞는지 확인합니다.")
        }
        Basis::Escapes => format!("문자 인코딩: {name}(이스케이프 시퀀스에 따름)."),
        Basis::Said => format!("문자 인코딩: {name}. 파일이 UTF-8이 아니어서 선택한 것입니다."),
    }
}

fn separator(delimiter: char) -> String {
    match delimiter {
        ',' => "쉼표".to_owned(),
        ';' => "세미콜론".to_owned(),
        '\t' => "탭".to_owned(),
        '|' => "세로줄".to_owned(),
        ' ' => "공백".to_owned(),
        other => format!("‘{other}’"),
    }
}

/// What a column seems to hold.
#[must_use]
pub fn column_kind(kind: &ColumnKind) -> String {
    match kind {
        ColumnKind::Empty => "비어 있음".to_owned(),
        ColumnKind::Id => "행마다 다른 라벨".to_owned(),
        ColumnKind::Number { form, .. } => format!("숫자, {}", number_form(*form)),
        ColumnKind::Date { form, .. } => format!("날짜, {}", date_form(*form)),
        ColumnKind::YesNo => "예/아니요".to_owned(),
        ColumnKind::Category => "범주".to_owned(),
        ColumnKind::Text => "자유 서술".to_owned(),
    }
}

/// How numbers are written.
#[must_use]
pub fn number_form(form: NumberForm) -> &'static str {
    match form {
        NumberForm::Point => "소수점은 마침표(1234.5)",
        NumberForm::Comma => "소수점은 쉼표(1234,5)",
        NumberForm::PointGrouped => "소수점은 마침표, 천 단위 구분은 쉼표(1,234.5)",
        NumberForm::CommaGrouped => "소수점은 쉼표, 천 단위 구분은 마침표(1.234,5)",
    }
}

/// How dates are written.
#[must_use]
pub fn date_form(form: DateForm) -> &'static str {
    match form {
        DateForm::YearMonthDay => "연-월-일(2024-03-15)",
        DateForm::DayMonthYear => "일.월.연(15.03.2024)",
        DateForm::MonthDayYear => "월/일/연(03/15/2024)",
        DateForm::DayMonthName => "일, 월 이름, 연(15-Mar-2024)",
        DateForm::MinguoYear => "중화민국력 연도(113/03/15는 2024-03-15)",
        DateForm::BuddhistYear => "불기 연도(15/3/2567은 2024-03-15)",
        DateForm::EitherOrder => "일이 먼저 또는 월이 먼저, 셀마다 가능한 순서",
        DateForm::SpreadsheetDay => "스프레드시트의 날짜 번호(45366)",
        DateForm::UnixSeconds => "1970년부터의 초(1710460800)",
        DateForm::DaysSinceDiagnosis => "진단 후 일수(365)",
        DateForm::MonthsSinceDiagnosis => "진단 후 개월 수(12)",
    }
}

/// In which order the dates of a column are written that could be in several, with a cell of it and how it is read so.
#[must_use]
pub fn date_order(form: DateForm, example: Option<(&str, String)>) -> String {
    let order = match form {
        DateForm::DayMonthYear => "일이 먼저",
        DateForm::MonthDayYear => "월이 먼저",
        DateForm::EitherOrder => return "두 순서 모두, 행마다 정함".to_owned(),
        other => date_form(other),
    };
    match example {
        Some((cell, read)) => format!("{order}: {cell} = {read}"),
        None => order.to_owned(),
    }
}

/// What a column is for.
#[must_use]
pub fn role_of_column(role: Role) -> String {
    match role {
        Role::Ignored => "사용하지 않음".to_owned(),
        Role::Finding(Field::Id) => "환자 ID".to_owned(),
        Role::Finding(field) => field_label(field).to_owned(),
        Role::Milestone(day) => milestone(day).to_owned(),
        Role::FirstEvent => "첫 사건의 종류".to_owned(),
        Role::VitalStatus => "생존 또는 사망".to_owned(),
        Role::Time(Endpoint::AsInFile) => "추적 기간(평가변수 기재 없음)".to_owned(),
        Role::Event(Endpoint::AsInFile) => "사건 또는 중도절단(평가변수 기재 없음)".to_owned(),
        Role::Time(Endpoint::TimeToRelapse) => "재발까지의 시간".to_owned(),
        Role::Event(Endpoint::TimeToRelapse) => "재발 또는 중도절단".to_owned(),
        Role::Time(each) => format!("{}: 시간", endpoint_name(each)),
        Role::Event(each) => format!("{}: 사건 또는 중도절단", endpoint_name(each)),
        Role::Group => "군".to_owned(),
    }
}

/// Name of a day in the course.
#[must_use]
pub fn milestone(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Birth => "생년월일",
        Milestone::Diagnosis => "진단일",
        Milestone::FirstRemission => "1차 관해일",
        Milestone::Relapse => "재발일",
        Milestone::SecondMalignancy => "이차암 발생일",
        Milestone::Hsct => "이식일",
        Milestone::Death => "사망일",
        Milestone::FirstEvent => "첫 사건 발생일",
        Milestone::LastFollowUp => "최종 추적일",
        Milestone::RelapseAfterHsct => "이식 후 재발일",
        Milestone::AcuteGvhd => "급성 GVHD(III–IV등급) 발생일",
        Milestone::ChronicGvhd => "만성 GVHD(광범위하거나 전신 치료가 필요한 경우) 발생일",
    }
}

/// Name of a kind of event.
#[must_use]
pub const fn event_kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::None => "사건 없음",
        EventKind::Relapse => "재발",
        EventKind::Death => "사망",
        EventKind::SecondMalignancy => "이차암",
        EventKind::InductionFailure => "관해유도 실패",
        EventKind::Event => "종류 미상의 사건",
        EventKind::AcuteGvhd => "급성 GVHD(III–IV등급)",
        EventKind::ChronicGvhd => "만성 GVHD",
    }
}

/// Name of a vital status.
#[must_use]
pub fn vital(vital: Vital) -> &'static str {
    match vital {
        Vital::Alive => "생존",
        Vital::Dead => "사망",
    }
}

/// Name of an endpoint within a sentence.
#[must_use]
pub const fn endpoint_name(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::EventFreeSurvival => "무사건 생존",
        Endpoint::OverallSurvival => "전체 생존",
        Endpoint::DiseaseFreeSurvival => "무병 생존",
        Endpoint::TimeToRelapse => "재발까지의 시간",
        Endpoint::AsInFile => "파일의 평가변수",
        Endpoint::LeukaemiaFreeSurvival => "무백혈병 생존",
        Endpoint::GvhdFreeRelapseFreeSurvival => "무GVHD 무재발 생존",
    }
}

/// An endpoint as tables shorten it.
#[must_use]
pub const fn endpoint_short(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::EventFreeSurvival => "EFS",
        Endpoint::OverallSurvival => "OS",
        Endpoint::DiseaseFreeSurvival => "DFS",
        Endpoint::LeukaemiaFreeSurvival => "LFS",
        Endpoint::GvhdFreeRelapseFreeSurvival => "GRFS",
        Endpoint::TimeToRelapse => "무재발",
        Endpoint::AsInFile => "무사건",
    }
}

/// Name of a unit of time.
#[must_use]
pub fn time_unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "일",
        TimeUnit::Weeks => "주(7일)",
        TimeUnit::Months => "개월(30.4375일)",
        TimeUnit::Years => "년(365.25일)",
    }
}

/// What a protocol makes of a patient, in a table.
#[must_use]
pub fn placement<'p>(protocol: &Protocol<'p>, placement: Placement) -> &'p str {
    match placement {
        Placement::Group(position) => protocol
            .groups
            .get(usize::from(position))
            .map_or("미확정", |group| group.id),
        Placement::Undetermined => "미확정",
        Placement::NotApplicable => "해당 없음",
    }
}

pub(super) fn row_fault(fault: RowFault, expected: usize) -> String {
    match fault {
        RowFault::TooFewCells { found } | RowFault::TooManyCells { found } => {
            format!("머리글은 {expected}개이나 셀은 {found}개임")
        }
        RowFault::Blank => "모든 셀이 비어 있음".to_owned(),
        RowFault::OpenQuote => "따옴표가 열리고 닫히지 않음".to_owned(),
        RowFault::Merged { into } => format!("ID가 같은 {}행의 일부", into + 1),
        RowFault::Repeated { first } => format!("ID가 같은 {}행을 사용함", first + 1),
        RowFault::NotAPatient => "합계, 메모 또는 제목이며 환자가 아님".to_owned(),
        RowFault::SecondTable => "아래에 있는 다른 표의 일부".to_owned(),
        RowFault::NotChosen => "선택한 행이 아님".to_owned(),
    }
}

/// What a person can do about a problem.
#[must_use]
pub fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::MendRow => "구분자와 따옴표를 확인합니다. 이 행은 사용하지 않습니다",
        Remedy::LeaveOut => "이 행은 사용하지 않습니다",
        Remedy::MendCell => "셀을 정정합니다. 알 수 없으면 비워 둡니다",
        Remedy::MendCellOrDateForm => "셀을 정정하거나, 알 수 없으면 비워 두거나, 열의 날짜 표기 방식을 선택합니다",
        Remedy::MendCellOrNumberForm => "셀을 정정하거나, 알 수 없으면 비워 두거나, 열의 숫자 표기 방식을 선택합니다",
        Remedy::SayMeaning => "의미를 지정하거나, 알 수 없으면 셀을 비워 둡니다",
        Remedy::ChooseOneColumn => "이 열은 읽지 않습니다. 두 열 중 하나에 다른 역할을 지정합니다",
        Remedy::ChooseOneValue => "파일에서 잘못된 값을 비웁니다",
        Remedy::SettleContradiction => "어느 것이 맞는지 알아봅니다. 그때까지 어느 것도 사용하지 않습니다",
        Remedy::CheckUnit => "단위를 확인합니다",
        Remedy::ChooseCount => "열에서 이러한 수를 읽는 방법을 선택하거나 셀을 정정합니다",
        Remedy::GiveDays => "연령을 일령 또는 만 월령으로 입력합니다",
    }
}

/// Why a row has no time to an endpoint.
#[must_use]
pub fn unusable(why: Unusable) -> String {
    match why {
        Unusable::SetAside => "사용하지 않는 행".to_owned(),
        Unusable::NoColumn(day) => format!("{} 열이 없음", milestone(day)),
        Unusable::NoTimeColumn => "시간 열이 없음".to_owned(),
        Unusable::NoEventColumn => "시간이 어떻게 끝났는지 나타내는 열이 없음".to_owned(),
        Unusable::NoDate(day) => format!("{}이 결측임", milestone(day)),
        Unusable::UnreadableDate(day) => format!("{}을 읽을 수 없음", milestone(day)),
        Unusable::WrongOrder(day, before) => format!("{}이 {}보다 앞섬", milestone(day), milestone(before)),
        Unusable::DatesDisagree(one, other) => format!("{}과 {}이 서로 다름", milestone(one), milestone(other)),
        Unusable::EventUnknown => "사건 유무가 결측임".to_owned(),
        Unusable::UnreadableEvent => "사건 유무를 읽을 수 없음".to_owned(),
        Unusable::KindUnknown => "사건이 있었으나 재발인지 알 수 없음".to_owned(),
        Unusable::EventDisagrees(kind, day) => {
            format!("첫 사건({})과 {}이 모순됨", event_kind(kind), milestone(day))
        }
        Unusable::NoEventDate(kind) => format!("사건({})의 날짜가 없음", event_kind(kind)),
        Unusable::VitalUnknown => "생존 여부가 결측임".to_owned(),
        Unusable::UnreadableVital => "생존 여부를 읽을 수 없음".to_owned(),
        Unusable::DiedWithoutDate => "사망했으나 사망일이 결측임".to_owned(),
        Unusable::AliveWithDeathDate => "생존으로 기재되었으나 사망일이 있음".to_owned(),
        Unusable::NeverInRemission => "관해에 이르지 않아 위험 대상자가 아님".to_owned(),
        Unusable::NoTime => "시간이 결측임".to_owned(),
        Unusable::UnreadableTime => "시간을 읽을 수 없음".to_owned(),
        Unusable::ZeroTime => "시간이 0이어서 위험 대상자인 기간이 없음".to_owned(),
        Unusable::UnreadableHsct => "이식일을 읽을 수 없거나 진단일보다 앞섬".to_owned(),
        Unusable::NotTransplanted => "이식을 받지 않아 이식 후의 위험 대상자가 아님".to_owned(),
        Unusable::NoRelapse => "재발이 없어 재발 후의 위험 대상자가 아님".to_owned(),
        Unusable::LaterRelapseUnknown(EventKind::Relapse) => "이식 전에 재발했고 이식 후 재발일 열이 없음".to_owned(),
        Unusable::LaterRelapseUnknown(kind) => {
            format!("첫 사건({})이 있었고 이식 후 재발일 열이 없음", event_kind(kind))
        }
    }
}

/// What a code means, whose role is not known.
pub(super) fn spoken(code: &str) -> String {
    let event = EventKind::from_code(code).map(event_kind);
    let name = event.or_else(|| Vital::from_code(code).map(vital));
    match name.unwrap_or_else(|| option_label(Field::Id, code)) {
        "" => code.to_owned(),
        name => name.to_owned(),
    }
}

pub(super) fn column_name(header: &[String], column: usize) -> String {
    match header.get(column).map(String::as_str) {
        None | Some("") => format!("{}(이름 없음)", column + 1),
        Some(name) => name.to_owned(),
    }
}
