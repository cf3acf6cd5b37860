//! The data dictionary in words.

use super::rules::percent;
use crate::content::{self, Understood};
use crate::format_name;
use crate::numbers::{grouped, scientific};
use cotside_core::cohort::TableError;
use cotside_core::decimal;
use cotside_core::infant::{
    Choice, Entry, Field, Issue, IssueKind, Kind, MOST_WBC, MrdPoint, POOR_RESPONSE_BLASTS_PER_UL, Question, Reading,
    Stage,
};
use cotside_core::protocols::Finding;

/// Name of a field on the form.
#[must_use]
pub fn field_label(field: Field) -> &'static str {
    match field {
        Field::Id => "라벨",
        Field::AgeDays => "일령",
        Field::AgeMonths => "만 월령",
        Field::BirthDate => "생년월일",
        Field::DiagnosisDate => "진단일",
        Field::Sex => "성별",
        Field::Wbc => "백혈구 수",
        Field::WbcPerUl => "백혈구 수(/µL)",
        Field::Kmt2a => "KMT2A(MLL)",
        Field::Kmt2aPartner => "KMT2A 융합 상대",
        Field::Lineage => "세포 계열",
        Field::Cd10 => "CD10",
        Field::Cns => "중추신경계 상태(CNS)",
        Field::CsfWbc => "뇌척수액 백혈구 수",
        Field::CsfBlasts => "뇌척수액 모세포",
        Field::Testis => "고환 침범",
        Field::DownSyndrome => "다운증후군",
        Field::Day8Blasts => "8일째 말초혈액 모세포 수",
        Field::PrednisoneResponse => "프레드니손 반응",
        Field::RemissionEoi => "완전관해(관해유도 종료 시)",
        Field::MrdEoi => "MRD(관해유도 종료 시)",
        Field::MrdEoc => "MRD(공고요법 종료 시)",
        Field::MrdTp4 => "MRD(OCTADA(D) 시작 시)",
        Field::MrdBlina1 => "MRD(블리나투모맙 1주기 후)",
        Field::Relapse => "재발 또는 관해유도 실패",
        Field::FirstRemissionMonths => "1차 관해 기간",
        Field::SalvageRemission => "2차 관해",
    }
}

/// What the field means.
#[must_use]
pub fn field_definition(field: Field) -> &'static str {
    match field {
        Field::Id => "행을 구별하는 임의의 문자열입니다. 이름이나 등록번호는 사용하지 않습니다.",
        Field::AgeDays => {
            "진단 시점까지 채운 날수입니다. 프로토콜의 경계는 90일, 180일, 6개월, 12개월, 365일에 있습니다."
        }
        Field::AgeMonths => {
            "진단 시점의 만 월령이며, 일령을 모를 때 사용합니다. 5는 생후 6개월째가 진행 중임을 뜻합니다."
        }
        Field::BirthDate | Field::DiagnosisDate => {
            "두 날짜가 모두 있으면 일령과 역월이 정확합니다. 입력한 내용은 이 페이지 밖으로 나가지 않습니다."
        }
        Field::Sex => "성별입니다.",
        Field::Wbc => "진단 시 말초혈액 백혈구 수입니다. × 10⁹/L(10³/µL와 같음).",
        Field::WbcPerUl => "진단 시 말초혈액 백혈구 수입니다. /µL.",
        Field::Kmt2a => {
            "재배열 있음: 융합을 만드는 전좌 또는 삽입. 부분 직렬 중복(PTD)은 재배열이 아닙니다. 판정 불가: 검사했으나 확정하지 못한 \
             경우. 아직 모르는 것은 비워 둡니다."
        }
        Field::Kmt2aPartner => "재배열된 KMT2A의 융합 상대입니다.",
        Field::Lineage => "면역표현형에 따른 모세포의 계열입니다.",
        Field::Cd10 => "모세포의 CD10입니다. 예후 인자라는 보고가 있으나 여기의 프로토콜은 배정에 사용하지 않습니다.",
        Field::Cns => {
            "CNS1: 세포 수와 관계없이 뇌척수액에 모세포 없음. CNS2: 모세포가 있고 백혈구 5/µL 미만. CNS3: 모세포가 있고 백혈구 5/µL \
             이상이거나 임상 징후. CNS2에 관한 영아 프로토콜 자체의 기술은 열람하지 못했습니다."
        }
        Field::CsfWbc => "진단 시 뇌척수액 1 µL당 백혈구 수입니다. 외상성 천자인 경우 비워 둡니다.",
        Field::CsfBlasts => "세포원심침전 표본의 뇌척수액 모세포입니다.",
        Field::Testis => "진단 시 고환 침범입니다.",
        Field::DownSyndrome => "선천성 21번 삼염색체입니다.",
        Field::Day8Blasts => {
            "프레드니손 7일과 메토트렉세이트 척수강내 주사 1회 후, 8일째 말초혈액 1 µL당 모세포 수입니다. 1,000 미만이 반응 양호입니다\
             (Dördelmann 1999). 백혈구 수도 백분율도 아닙니다."
        }
        Field::PrednisoneResponse => {
            "양호: 8일째 말초혈액 모세포 1,000/µL 미만. 불량: 1,000/µL 이상. 평가하지 않음: 더는 알 수 없는 경우. 8일째 전에는 비워 두십시오."
        }
        Field::RemissionEoi => "관해유도 종료 시의 완전관해입니다(MLL-Baby에서는 36일째 또는 43일째).",
        Field::MrdEoi => "관해유도 종료 시의 미세잔존질환입니다(Interfant 시점 2). 0은 음성입니다.",
        Field::MrdEoc => "공고요법 종료 시의 미세잔존질환입니다(Interfant 시점 3). 0은 음성입니다.",
        Field::MrdTp4 => "MARMA 후 OCTADA(D) 시작 시의 미세잔존질환입니다(Interfant). 0은 음성입니다.",
        Field::MrdBlina1 => "블리나투모맙 1주기 후의 미세잔존질환입니다(Interfant-21). 0은 음성입니다.",
        Field::Relapse => "재발 또는 한 번도 관해에 이르지 못한 경우입니다.",
        Field::FirstRemissionMonths => "1차 관해부터 재발까지의 개월 수이며, 관해가 없었으면 0입니다.",
        Field::SalvageRemission => "구제요법 후의 2차 관해입니다.",
    }
}

/// A unit as it stands behind a field.
#[must_use]
pub fn unit(unit: &'static str) -> &'static str {
    match unit {
        "days" => "일",
        "months" => "개월",
        other => other,
    }
}

/// What the field accepts, as an error or a hint says it.
#[must_use]
pub fn field_accepts(field: Field) -> String {
    match field.kind() {
        Kind::Text => "임의의 문자열".to_owned(),
        Kind::Number { low, high, unit } => {
            format!("{}부터 {}까지의 수({})", grouped(low), grouped(high), self::unit(unit))
        }
        Kind::Fraction => "1e-4와 같은 비율, 0.01 %와 같은 백분율, 또는 음성을 뜻하는 0".to_owned(),
        Kind::Date => "YYYY-MM-DD 형식의 날짜".to_owned(),
        Kind::Code(codes) => codes.join(", "),
    }
}

/// Name of a category on the form.
#[must_use]
pub fn option_label(field: Field, code: &str) -> &'static str {
    match (field, code) {
        (Field::Cns, "1") => "CNS1",
        (Field::Cns, "2") => "CNS2",
        (Field::Cns, "3") => "CNS3",
        (_, "female") => "여아",
        (_, "male") => "남아",
        (_, "rearranged") => "재배열 있음",
        (_, "germline") => "재배열 없음",
        (_, "ptd") => "부분 직렬 중복",
        (_, "undetermined") => "판정 불가",
        (_, "AFF1") => "AFF1, t(4;11)",
        (_, "MLLT1") => "MLLT1, t(11;19)",
        (_, "MLLT3") => "MLLT3, t(9;11)",
        (_, "MLLT10") => "MLLT10, t(10;11)",
        (_, "other") => "기타",
        (_, "b") => "B전구세포",
        (_, "t") => "T세포",
        (_, "mixed") => "혼합표현형",
        (_, "positive") => "양성",
        (_, "negative") => "음성",
        (_, "good") => "양호",
        (_, "poor") => "불량",
        (_, "not_assessed") => "평가하지 않음",
        (_, "yes") => "있음",
        (_, "no") => "없음",
        _ => "",
    }
}

/// Name of a stage of treatment.
#[must_use]
pub fn stage_label(stage: Stage) -> &'static str {
    match stage {
        Stage::Diagnosis => "진단 시",
        Stage::Day8 => "8일째",
        Stage::EndOfInduction => "관해유도 종료 시",
        Stage::Consolidation => "공고요법 이후",
        Stage::Relapse => "재발",
    }
}

/// Name of a finding in a sentence.
#[must_use]
pub fn finding_label(finding: Finding) -> &'static str {
    match finding {
        Finding::Age => "연령",
        Finding::Wbc => "백혈구 수",
        Finding::Kmt2a => "KMT2A 상태",
        Finding::Partner => "KMT2A 융합 상대",
        Finding::Lineage => "세포 계열",
        Finding::Cns => "중추신경계 상태",
        Finding::Response => "프레드니손 반응",
        Finding::Remission => "관해유도 종료 시 관해",
        Finding::Mrd(MrdPoint::EndOfInduction) => "관해유도 종료 시 MRD",
        Finding::Mrd(MrdPoint::EndOfConsolidation) => "공고요법 종료 시 MRD",
        Finding::Mrd(MrdPoint::BeforeOctadad) => "OCTADA(D) 시작 시 MRD",
        Finding::Mrd(MrdPoint::AfterBlinatumomab) => "블리나투모맙 1주기 후 MRD",
        Finding::Relapse => "재발",
        Finding::SecondRemission => "2차 관해",
        Finding::DownSyndrome => "다운증후군",
    }
}

/// An issue as a sentence, with its remedy.
#[must_use]
pub fn issue(issue: &Issue) -> String {
    let first = issue.fields.first().copied().unwrap_or(Field::Id);
    let text = &issue.text;
    let sentence = match issue.kind {
        IssueKind::OutOfRange if let Some(wbc) = content::two_readings(issue) => {
            return format!(
                "‘{text}’은(는) {} × 10⁹/L({}/µL)일 수도, {} × 10⁹/L일 수도 있습니다. /µL 값은 {}에 입력합니다. × 10⁹/L로는 {}까지 \
                 입력할 수 있습니다.",
                grouped(wbc / 1000.0),
                grouped(wbc),
                grouped(wbc),
                Field::WbcPerUl.column(),
                grouped(MOST_WBC),
            );
        }
        IssueKind::NotANumber if matches!(first, Field::AgeDays | Field::AgeMonths) => {
            return format!("‘{text}’은(는) 사용할 수 없습니다. 일령, 만 월령 또는 두 날짜로 입력합니다.");
        }
        IssueKind::NotANumber | IssueKind::OutOfRange | IssueKind::NotAnOption | IssueKind::NotADate => {
            return format!(
                "‘{text}’은(는) 사용할 수 없습니다. 입력할 수 있는 값: {}.",
                field_accepts(first)
            );
        }
        IssueKind::AgesDisagree => {
            let names: Vec<&str> = issue.fields.iter().map(|&field| field_label(field)).collect();
            return format!(
                "다음 항목이 나타내는 연령이 서로 다릅니다: {}. 일치할 때까지 어느 것도 사용하지 않습니다.",
                names.join(", ")
            );
        }
        IssueKind::ResponseContradictsBlasts => {
            return format!(
                "프레드니손 반응과 8일째 모세포 수가 모순됩니다(불량은 {}/µL 이상). 일치할 때까지 어느 것도 사용하지 않습니다.",
                grouped(POOR_RESPONSE_BLASTS_PER_UL)
            );
        }
        IssueKind::OneDateOnly => "연령에는 두 날짜가 모두 필요합니다. 다른 날짜나 일령을 입력합니다.",
        IssueKind::DiagnosisBeforeBirth => "진단일이 생년월일보다 앞섭니다. 둘 중 한 날짜를 정정합니다.",
        IssueKind::WbcDisagree => "10⁹/L 값과 /µL 값이 서로 다릅니다. 일치할 때까지 어느 것도 사용하지 않습니다.",
        IssueKind::CnsContradictsFluid => {
            "CNS 상태와 뇌척수액 소견이 모순됩니다(CNS1은 모세포 없음, CNS2는 모세포가 있고 백혈구 5/µL 미만, 외상성 천자인 경우 세포 \
             수를 비워 둠). 일치할 때까지 어느 것도 사용하지 않습니다."
        }
        IssueKind::PartnerWithoutRearrangement => {
            "융합 상대가 있으려면 KMT2A 재배열이 있어야 합니다. 일치할 때까지 어느 것도 사용하지 않습니다."
        }
        IssueKind::TestisInGirl => "여아에게 고환 침범이 입력되어 있습니다. 일치할 때까지 어느 것도 사용하지 않습니다.",
        IssueKind::SalvageWithoutRelapse => {
            "재발이 없는데 2차 관해가 입력되어 있습니다. 일치할 때까지 어느 것도 사용하지 않습니다."
        }
        IssueKind::ResponseFromBlasts => "8일째 모세포 수에서 프레드니손 반응을 얻었습니다.",
        IssueKind::CnsFromFluid => "뇌척수액 소견에서 CNS 상태를 얻었습니다.",
        IssueKind::RearrangedFromPartner => "융합 상대가 입력되어 있어 KMT2A 재배열 있음으로 보았습니다.",
        IssueKind::WbcVeryHigh => "이례적으로 높은 값입니다. 값과 단위를 확인합니다.",
        IssueKind::TenE => {
            "수로 읽으면 10e-4는 0.001(0.1%)입니다. 10⁻⁴의 뜻으로 이렇게 적은 프로토콜 페이지가 있으며, 그 값은 1e-4(0.01%)입니다."
        }
        IssueKind::BeyondInfancy => "이 프로토콜들이 대상으로 하는 영아보다 나이가 많습니다.",
        IssueKind::MonthsCutOff => "만 월령을 사용하며 소수점 아래는 버립니다.",
    };
    sentence.to_owned()
}

/// What is asked of a text with two readings.
#[must_use]
pub fn which_reading(question: &Question) -> &'static str {
    match (question.field, question.choices.len()) {
        (Field::AgeDays | Field::AgeMonths, _) => "일령입니까, 월령입니까? 선택할 때까지 사용하지 않습니다.",
        (_, 1) => "이 값이 맞습니까? 확인할 때까지 사용하지 않습니다.",
        _ => "어느 값입니까? 선택할 때까지 사용하지 않습니다.",
    }
}

/// A reading of a text that has two.
#[must_use]
pub fn choice(choice: &Choice) -> String {
    let (text, value) = (&choice.text, decimal::parse(&choice.text).unwrap_or_default());
    match choice.field {
        Field::AgeDays => format!("{text}일"),
        Field::AgeMonths => format!("{text}개월"),
        Field::Wbc if value > MOST_WBC => format!("입력한 대로 {} × 10⁹/L", grouped(value)),
        Field::Wbc => format!("{} × 10⁹/L", grouped(value)),
        Field::WbcPerUl => format!("{} × 10⁹/L({}/µL)", grouped(value / 1000.0), grouped(value)),
        _ => format!("{}/µL", grouped(value)),
    }
}

/// Why a file of patients could not be read, with the remedy.
#[must_use]
pub fn table_error(error: &TableError) -> String {
    match error {
        TableError::Empty => "파일이 비어 있습니다. 머리글 행이 있는 CSV 파일이 필요합니다".to_owned(),
        TableError::Foreign(format) => match format_name(*format) {
            "" => "텍스트 표가 아닙니다. 표를 ‘CSV UTF-8’로 다시 저장합니다".to_owned(),
            name => format!("{name} 파일이며 텍스트 표가 아닙니다. 표를 ‘CSV UTF-8’로 다시 저장합니다"),
        },
        TableError::NotUtf8(Some(line)) => {
            format!("{line}번째 줄이 UTF-8 문자가 아닙니다. ‘CSV UTF-8’로 다시 저장합니다")
        }
        TableError::NotUtf8(None) => "UTF-8 문자가 아닙니다. ‘CSV UTF-8’로 다시 저장합니다".to_owned(),
        TableError::NoKnownColumn(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("‘{name}’")).collect();
            format!(
                "1번째 행(머리글): 다음 가운데 사전에 있는 열이 없습니다: {}. age_days, wbc, kmt2a 등의 열 이름을 사용합니다",
                names.join(", ")
            )
        }
        TableError::DuplicateColumn(name) => {
            format!("1번째 행(머리글): 열 {name}이(가) 두 번 있습니다. 하나만 남깁니다")
        }
        TableError::CellCount {
            row,
            line,
            found,
            expected,
        } => format!(
            "데이터 {row}행(파일 {line}번째 줄): 셀이 {found}개이나 머리글은 {expected}개입니다. 구분자와 따옴표를 확인합니다"
        ),
        TableError::OpenQuote { line } => format!(
            "파일 {line}번째 줄: 따옴표가 여기서 열리고 다른 행 앞에서 닫히지 않아 행을 잃게 됩니다. 따옴표를 닫거나, 따옴표 안의 따옴표는 \
             ‘\"\"’로 씁니다"
        ),
        TableError::Nul { line } => {
            format!("파일 {line}번째 줄: 글자가 아닌 NUL이 있습니다. ‘CSV UTF-8’로 다시 저장합니다")
        }
        TableError::NoRows => "머리글 행만 있고 데이터가 없습니다. 환자마다 한 행을 추가합니다".to_owned(),
        TableError::NoHeader => "첫 행에 열 이름이 아니라 값이 있습니다. 그 위에 열 이름 행을 추가합니다".to_owned(),
    }
}

/// What was understood of a field, said in another unit than it was typed; nothing where there is nothing to add.
#[must_use]
pub fn understood(field: Field, entry: &Entry, reading: &Reading) -> Option<String> {
    Some(match content::understood(field, entry, reading)? {
        Understood::Wbc(wbc) => format!("{} × 10⁹/L = {}/µL", grouped(wbc), grouped(wbc * 1000.0)),
        Understood::Days(days, Some(months)) => format!("{}일 = 만 {months}개월", grouped(days.into())),
        Understood::Days(days, None) => format!("{}일: 만 월령은 날짜에 따라 다름", grouped(days.into())),
        Understood::Weeks(weeks, first, last) => format!("만 {weeks}주: {first}~{last}일"),
        Understood::Months(months, first, last) => format!("만 {months}개월: {first}~{last}일"),
        Understood::Dates(days, months) => format!("{}일, 만 {months}개월", grouped(days.into())),
        Understood::Mrd(0.0) => "음성".to_owned(),
        Understood::Mrd(fraction) => format!("{} = {}", percent(fraction), scientific(fraction)),
        Understood::Response(blasts, response) => format!(
            "{}/µL: 반응 {}",
            grouped(blasts),
            option_label(Field::PrednisoneResponse, response)
        ),
        Understood::Cns(possible) => {
            let names: Vec<&str> = possible
                .iter()
                .map(|cns| option_label(Field::Cns, cns.code()))
                .collect();
            names.join(" 또는 ")
        }
    })
}
