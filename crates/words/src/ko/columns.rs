//! The columns of a file in words, as a person confirms them.

use super::cohort::{column_name, date_form, event_kind, remedy, row_fault, spoken, vital};
use super::fields::{issue, option_label, understood, unit};
use crate::numbers::{decimal, grouped};
use cotside_core::cohort::{
    ColumnUse, Endpoint, EventKind, Meaning, Polarity, Problem, Profile, Role, Trouble, Understood, Vital,
};
use cotside_core::infant::{Date, Field, Kind, Stage};

pub use crate::en::{ColumnsTally, grouped_count};

/// A date that cannot be read in another order.
#[must_use]
pub fn in_words(date: Date) -> String {
    let (year, month, day) = date.parts();
    format!("{year}년 {month}월 {day}일")
}

/// What a code of a role means.
#[must_use]
pub fn code_meaning(role: Role, code: &str) -> String {
    let name = match role {
        Role::Finding(field) => option_label(field, code),
        Role::VitalStatus => Vital::from_code(code).map_or("", vital),
        _ => EventKind::from_code(code).map_or("", event_kind),
    };
    if name.is_empty() {
        code.to_owned()
    } else {
        name.to_owned()
    }
}

/// What a cell is understood as.
#[must_use]
pub fn understood_cell(role: Role, found: &Understood) -> String {
    match found {
        Understood::Missing => "결측값".to_owned(),
        Understood::Nothing => "사용할 수 없음".to_owned(),
        Understood::Text => "적힌 그대로".to_owned(),
        Understood::Date(date) => in_words(*date),
        Understood::Days(days) => format!("{}일 = {}년", decimal(*days, 1), decimal(*days / 365.25, 2)),
        Understood::Code(code) => code_meaning(role, code),
        Understood::Finding(field, read) => {
            let (entry, reading) = (&read.0, &read.1);
            let plain = entry.get(*field);
            understood(*field, entry, reading).unwrap_or_else(|| match field.kind() {
                Kind::Code(_) => code_meaning(role, plain),
                Kind::Number { unit: plain_unit, .. } => match unit(plain_unit) {
                    same if same == plain_unit => format!("{plain} {same}"),
                    own => format!("{plain}{own}"),
                },
                Kind::Text | Kind::Date | Kind::Fraction => plain.to_owned(),
            })
        }
    }
}

/// Under which heading a role stands in the list of roles.
#[must_use]
pub fn role_family(role: Role) -> &'static str {
    match role {
        Role::Ignored | Role::Group | Role::Finding(Field::Id) => "일반",
        Role::Finding(Field::BirthDate | Field::DiagnosisDate) | Role::Milestone(_) => "날짜",
        Role::Finding(field) => match field.stage() {
            Stage::Diagnosis => "진단 시 소견",
            Stage::Day8 | Stage::EndOfInduction | Stage::Consolidation => "치료 반응과 잔존질환",
            Stage::Relapse => "재발",
        },
        Role::FirstEvent | Role::VitalStatus => "사건과 생존 여부",
        Role::Time(_) | Role::Event(_) => "평가변수까지의 시간",
    }
}

/// How far the columns are understood.
#[must_use]
pub fn columns_tally(tally: ColumnsTally) -> String {
    let mut text = format!("인식한 열 {}", tally.recognised);
    for (number, what) in [(tally.to_confirm, "확인 필요"), (tally.ignored, "사용하지 않음")] {
        if number > 0 {
            text.push_str(&format!(" · {what} {number}"));
        }
    }
    if tally.of_rows > 0 {
        text.push_str(&format!(" · 행에 관한 질문 {}", tally.of_rows));
    }
    text
}

/// How many problems there are.
#[must_use]
pub fn problems_tally(problems: usize) -> String {
    format!("확인할 셀 {}개", grouped_count(problems))
}

/// How many problems are not listed.
#[must_use]
pub fn problems_rest(rest: usize) -> String {
    format!(
        "그 밖에 {}개가 더 있으며, 저장할 수 있는 목록에 모두 들어 있습니다.",
        grouped_count(rest)
    )
}

/// The two directions in which a column of death, event or censoring can be read, each with what it implies: yes and 1 as the
/// event, and as the opposite.
#[must_use]
pub fn directions(role: Role, profile: &Profile, used: &ColumnUse) -> [String; 2] {
    [Polarity::AsNamed, Polarity::Reversed].map(|polarity| {
        let mut turned = used.clone();
        turned.turn(polarity, profile);
        direction(role, profile, &turned)
    })
}

/// `‘1’ = 사망, ‘0’ = 생존: 40명 중 14명 사망`.
fn direction(role: Role, profile: &Profile, used: &ColumnUse) -> String {
    let of_death = matches!(role, Role::VitalStatus | Role::Event(Endpoint::OverallSurvival));
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    let (mut events, mut total) = (0, 0);
    for (text, cells) in &profile.levels {
        let Some(Meaning::Code(code)) = used.said(text) else {
            continue;
        };
        let is_event =
            Vital::from_code(code) != Some(Vital::Alive) && EventKind::from_code(code) != Some(EventKind::None);
        total += cells;
        events += if is_event { *cells } else { 0 };
        let word = match (of_death, is_event) {
            (true, true) => "사망".to_owned(),
            (true, false) => "생존".to_owned(),
            (false, true) if EventKind::from_code(code) == Some(EventKind::Event) => "사건".to_owned(),
            (false, true) => code_meaning(role, code),
            (false, false) => "중도절단".to_owned(),
        };
        let quoted = format!("‘{text}’");
        match texts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, same)) => same.push(quoted),
            None => texts.push((word, vec![quoted])),
        }
    }
    let said: Vec<String> = texts
        .iter()
        .map(|(word, texts)| format!("{} = {word}", texts.join(", ")))
        .collect();
    format!("{}: {}", said.join(", "), implied(of_death, events, total))
}

/// What a direction implies.
pub(super) fn implied(of_death: bool, events: usize, total: usize) -> String {
    if of_death {
        format!("{total}명 중 {events}명 사망")
    } else {
        format!("{total}명 중 {events}명에서 사건 발생")
    }
}

/// What is the matter with a cell or row, and what to do about it.
#[must_use]
pub fn problem_parts(problem: &Problem, header: &[String]) -> (String, String) {
    let matter = match &problem.trouble {
        Trouble::Finding(found) => issue(found),
        Trouble::Row(fault) => row_fault(*fault, header.len()),
        Trouble::NotADate(form) => format!("다음 방식으로 적은 날짜가 아님: {}", date_form(*form)),
        Trouble::HighCount => "3,000 × 10⁹/L를 넘는 백혈구 수".to_owned(),
        Trouble::AgeTooCoarse => "주 또는 년으로 적은 연령이어서 만 월령이 두 가지일 수 있음".to_owned(),
        Trouble::NotATime => "0 이상의 시간이 아님".to_owned(),
        Trouble::NoMeaning(codes) => {
            let codes: Vec<String> = codes.iter().map(|code| spoken(code)).collect();
            format!("다음 중 어느 것도 아님: {}", codes.join(", "))
        }
        Trouble::OtherRow { used, value } => {
            format!("같은 환자의 {}행에 다른 값 ‘{value}’ 있음, 그 값을 사용함", used + 1)
        }
        Trouble::RoleTwice(first) => format!("역할이 같은 열이 있음: {}", column_name(header, *first)),
    };
    (matter, remedy(problem.trouble.remedy()).to_owned())
}

/// What is said of columns that the list leaves out.
#[must_use]
pub fn columns_not_shown(count: usize, first: usize) -> String {
    format!(
        "그 밖의 열 {}개는 사용하지 않으며 표시하지 않습니다. 사용하려면 그 열을 파일의 처음 {first}개 열 안으로 옮깁니다.",
        grouped(count as f64)
    )
}
