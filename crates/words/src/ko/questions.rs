//! What is open about a file of patients, as questions with the answer that is assumed.

use super::cohort::{column_name, date_form, number_form, role_of_column, spoken, time_unit};
use super::columns::implied;
use crate::numbers::decimal;
use cotside_core::cohort::{
    Direction, Doubt, LONGEST_FOLLOW_UP, Percent, Question, QuestionKind, Repeated, RowsQuestion,
};

pub use crate::en::header_preview;

/// What is open about a column, as a question with the answer that is assumed.
#[must_use]
pub fn question(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Role => {
            "머리글의 일부만 인식했습니다. 열의 내용, 단위, 시점이 이대로 맞습니까?".to_owned()
        }
        QuestionKind::Grades(role) => format!(
            "다음으로 읽었습니다: {}. 이 등급의 날짜만 있고 더 가벼운 경우의 날짜는 없습니까? 무GVHD 무재발 생존은 모든 날짜를 사건으로 \
             셉니다.",
            role_of_column(*role)
        ),
        QuestionKind::Unsuited(role) => format!(
            "머리글이 나타내는 것({})과 셀의 내용이 달라 이 열을 사용하지 않습니다. 무슨 열입니까?",
            role_of_column(*role)
        ),
        QuestionKind::DateOrder(form, _) => format!(
            "모든 날짜를 일이 먼저인 것으로도, 월이 먼저인 것으로도 읽을 수 있습니다. 가정: {}. 맞습니까?",
            date_form(*form)
        ),
        QuestionKind::PastEra(cells) => format!(
            "날짜 {cells}개가 그때 이미 끝난 일본 연호로 적혀 있습니다(헤이세이는 2019년 4월 30일, 쇼와는 1989년 1월 7일에 끝남). 연호가 \
             계속된 것으로 읽었습니다: H35는 2023년. 맞습니까?"
        ),
        QuestionKind::Calendar(form, cells) => {
            format!("날짜 {cells}개를 다음과 같이 읽었습니다: {}. 맞습니까?", date_form(*form))
        }
        QuestionKind::DateOrdersMixed([day_first, month_first, either]) => format!(
            "날짜 {day_first}개는 일이 먼저인 것으로만, {month_first}개는 월이 먼저인 것으로만 읽을 수 있고, {either}개는 어느 쪽으로도 읽을 \
             수 있습니다. 어느 쪽으로도 읽을 수 있는 날짜는 같은 행의 다른 날짜의 순서로 읽으며, 그것으로 정해지지 않으면 사용하지 않습니다. \
             맞습니까?"
        ),
        QuestionKind::ShortYears(cells) => format!(
            "날짜 {cells}개의 연도가 두 자리입니다. 70부터 99까지는 1970년부터 1999년, 00부터 69까지는 2000년부터 2069년으로 읽었습니다. \
             맞습니까?"
        ),
        QuestionKind::PartialDates(cells) => format!(
            "날짜 {cells}개에 일이 없습니다. 그달 15일로 가정했습니다. 맞습니까? 이러한 날짜를 제외하면 사건이 있었던 환자가 제외될 수 \
             있습니다."
        ),
        QuestionKind::NoDate(texts) => format!(
            "날짜가 아닌 것: {}. 날짜 없음으로 읽었습니다. 사건이 일어나지 않았거나 그 날짜가 기록되지 않았다는 뜻입니다. 맞습니까?",
            listed(texts)
        ),
        QuestionKind::OutOfRangeDates(texts) => format!(
            "환자의 날짜로 볼 수 없는 것: {}. 날짜 없음으로 읽었습니다. 맞습니까?",
            listed(texts)
        ),
        QuestionKind::FutureDates { cells, latest, today } => format!(
            "날짜 {cells}개가 오늘({today}) 이후이며, 가장 늦은 것은 {latest}입니다. 적힌 대로 읽었으며, 오기라면 추적 기간이 지나치게 \
             길어집니다. 맞습니까?"
        ),
        QuestionKind::LongFollowUp { patients, years } => format!(
            "이 열에 따르면 환자 {patients}명을 {LONGEST_FOLLOW_UP}년 넘게 추적했으며, 가장 긴 것은 {years:.0}년입니다. 적힌 대로 읽었습니다. \
             맞습니까? 단위도 맞습니까?"
        ),
        QuestionKind::NumberForm(form, _) => format!(
            "모든 숫자를 두 가지 이상으로 읽을 수 있습니다. 가정: {}. 맞습니까?",
            number_form(*form)
        ),
        QuestionKind::Unit(unit) => format!(
            "머리글에 단위가 없습니다. 숫자의 크기에 따른 가정: {}. 맞습니까?",
            time_unit(*unit)
        ),
        QuestionKind::Percent(Percent::SomeAboveOne) => {
            "1을 넘는 값이 있어 모두가 세포의 비율일 수는 없습니다. 값이 비율입니까, 백분율입니까?".to_owned()
        }
        QuestionKind::Percent(Percent::NamedButSmall) => {
            "머리글은 백분율이라고 하지만 1을 넘는 값이 없습니다. 비율(0.1은 10 %)이 아니라 백분율(0.1은 0.1 %)로 가정했습니다. 맞습니까?"
                .to_owned()
        }
        QuestionKind::Percent(Percent::Either) => {
            "값이 세포의 비율(0.01은 1 %)인지 백분율(0.01은 0.01 %)인지 머리글에 없습니다. 비율로 가정했습니다. 맞습니까?"
                .to_owned()
        }
        QuestionKind::TenE(cells) => format!(
            "값 {cells}개가 10e-4처럼 적혀 있으며, 프로그램이 읽는 대로 0.001로 읽었습니다. 맞습니까? 10⁻⁴(0.0001)의 뜻이라면 파일에 1e-4로 \
             적습니다."
        ),
        QuestionKind::HighCounts(cells) => format!(
            "백혈구 수 {cells}개가 3,000 × 10⁹/L를 넘습니다. /µL 값입니까, 실제로 이렇게 높습니까? 선택할 때까지 사용하지 않습니다."
        ),
        QuestionKind::Assumed(text, code) => {
            format!("‘{text}’의 의미를 다음으로 가정했습니다: {}. 맞습니까?", spoken(code))
        }
        QuestionKind::Direction(direction) => self::direction(direction),
        QuestionKind::NoMeaning(text) => format!("‘{text}’의 의미는 무엇입니까?"),
        QuestionKind::MayBeMissing(text) => format!("결측값으로 읽은 것: ‘{text}’. 맞습니까?"),
        QuestionKind::NotUnderstood(texts) => match texts.is_empty() {
            true => "대부분의 셀을 머리글이 나타내는 것으로 읽을 수 없습니다. 무슨 열입니까?".to_owned(),
            false => format!(
                "읽을 수 없는 것: {}. 무슨 열입니까? 또는 값이 어떤 방식으로 적혀 있습니까?",
                listed(texts)
            ),
        },
        QuestionKind::NotNumbers(texts) => format!(
            "숫자가 아닌 것: {}. 결측값으로 읽었습니다. ‘>300’과 같은 한계값은 숫자로 읽지 않습니다. 맞습니까?",
            listed(texts)
        ),
    }
}

/// The same with the other columns that it is about.
#[must_use]
pub fn question_of(asked: &Question, header: &[String]) -> String {
    let others: Vec<String> = asked.also.iter().map(|&column| column_name(header, column)).collect();
    if others.is_empty() {
        return question(&asked.kind);
    }
    format!(
        "{} 이 답은 다음 열에도 적용됩니다: {}.",
        question(&asked.kind),
        others.join(", ")
    )
}

/// Texts with the number of their cells: `‘alive’(셀 26개), ‘NED’(셀 1개)`.
fn listed(texts: &[(String, usize)]) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<String> = texts
        .iter()
        .take(SHOWN)
        .map(|(text, cells)| format!("‘{text}’(셀 {cells}개)"))
        .collect();
    if texts.len() > SHOWN {
        shown.push(format!("그 밖에 {}가지", texts.len() - SHOWN));
    }
    shown.join(", ")
}

fn quoted(texts: &[String]) -> String {
    texts
        .iter()
        .map(|text| format!("‘{text}’"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn direction(direction: &Direction) -> String {
    let Direction {
        yes, no, events, total, ..
    } = direction;
    let (event, other) = if direction.of_death {
        ("사망", "생존")
    } else {
        ("사건", "중도절단")
    };
    let (yes, no) = (quoted(yes), quoted(no));
    let implied = implied(direction.of_death, *events, *total);
    let doubt = direction.doubt.map(|doubt| match doubt {
        Doubt::FollowedLonger(longer) => format!(
            " 이렇게 읽으면 사건이 있었던 환자를 없었던 환자보다 오래 추적한 것이 됩니다(중앙값 {}일과 {}일).",
            decimal(longer.median_event, 0),
            decimal(longer.median_censored, 0)
        ),
        Doubt::DatesOfDeath { alive, dead } => {
            format!(" 이렇게 읽으면 생존 환자 중 {alive}명, 사망 환자 중 {dead}명에게 사망일이 있습니다.")
        }
    });
    let doubt = doubt.unwrap_or_default();
    if direction.proposed {
        format!("다음과 같이 읽었습니다: {yes} = {event}, {no} = {other}, {implied}. 맞습니까?{doubt}")
    } else {
        format!(
            "{yes} = {event}, {no} = {other}이라면 {implied}.{doubt} 어느 것이 맞습니까? 선택할 때까지 이 열을 사용하지 않습니다."
        )
    }
}

/// What is open about the rows, as a question with the answer that is assumed.
#[must_use]
pub fn rows_question(question: &RowsQuestion, repeated: Repeated) -> String {
    match question {
        RowsQuestion::Repeated { ids, rows, differ } => {
            let differing = match differ {
                0 => "ID가 같은 행은 서로 일치합니다.".to_owned(),
                values => format!("ID가 같은 행 사이에 다른 값이 {values}개 있습니다."),
            };
            let assumed = match repeated {
                Repeated::Merge => "가정: ID마다 환자 한 명이며, 각 소견은 첫 값을, 추적은 마지막 값을 사용합니다.",
                Repeated::First => "가정: ID마다 환자 한 명이며, 첫 행만 사용합니다.",
                Repeated::Separate => "가정: 행들이 서로 다른 사람의 것으로 보여 각 행을 환자 한 명으로 합니다.",
            };
            format!("ID {ids}개가 여러 행에 있습니다(모두 {rows}행). {differing} {assumed} 맞습니까?")
        }
        RowsQuestion::NotPatients(texts) => format!(
            "{}개 행은 환자가 아니라 합계, 메모 또는 다른 표로 보입니다({}). 제외합니다. 맞습니까?",
            texts.len(),
            shortened(texts)
        ),
        RowsQuestion::Endpoints(names) => format!(
            "파일에 환자와 평가변수마다 한 행이 있습니다({}). 각 평가변수를 한 환자의 시간과 사건으로 읽습니다. CNSR 0은 사건, 나머지는 \
             중도절단입니다. 맞습니까?",
            names.join(", ")
        ),
    }
}

/// What a question about rows is about, once it is answered.
#[must_use]
pub fn rows_subject(question: &RowsQuestion) -> String {
    match question {
        RowsQuestion::Repeated { rows, .. } => format!("ID가 반복되는 행 {rows}개"),
        RowsQuestion::NotPatients(texts) => format!("합계 또는 메모({})", shortened(texts)),
        RowsQuestion::Endpoints(names) => format!("평가변수마다 한 행({})", names.join(", ")),
    }
}

/// The answers to a question about rows, by their codes in settings.
#[must_use]
pub fn rows_answers(question: &RowsQuestion) -> &'static [(&'static str, &'static str)] {
    match question {
        RowsQuestion::Repeated { .. } => &[
            ("merge", "ID마다 환자 한 명, 행을 합침"),
            ("first", "ID마다 환자 한 명, 첫 행만"),
            ("separate", "서로 다른 환자"),
        ],
        RowsQuestion::NotPatients(_) => &[("no", "제외"), ("yes", "환자")],
        RowsQuestion::Endpoints(_) => &[
            ("merge", "환자 한 명, 여러 평가변수"),
            ("separate", "각 행이 환자 한 명"),
        ],
    }
}

/// The first texts of rows: `‘Mean’, ‘SD’, 그 밖에 3개`.
fn shortened(texts: &[String]) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<String> = texts.iter().take(SHOWN).map(|text| format!("‘{text}’")).collect();
    if texts.len() > SHOWN {
        shown.push(format!("그 밖에 {}개", texts.len() - SHOWN));
    }
    shown.join(", ")
}

/// What is asked of a file whose bytes are not UTF-8.
pub const ENCODING_QUESTION: &str = "파일이 UTF-8이 아닙니다. 다음 중 이름과 글자가 맞는 것은 어느 것입니까?";
