//! The words of the files of pooled analyses: what is open, what a plan asks, what a hospital's sums hold.

use cotside_core::federated::log::LogFault;
use cotside_core::federated::{Fault, FileFault, Limits, Plan, Sharing, Why};

use super::refusals;
use crate::decimal;

/// A refusal: the file, the field, what is wrong, what helps.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    format!(
        "{}: {}: {}",
        refusals::of_file(&fault.file),
        fault.field,
        why(&fault.why)
    )
}

/// What is wrong and what helps, without the file and the field.
#[must_use]
pub fn why(why: &Why) -> String {
    stopped(&refusals::why(why))
}

/// Why a text is no file of the program, as a part of a sentence.
#[must_use]
pub fn file_fault(fault: &FileFault) -> String {
    refusals::file(fault)
}

/// Why a log cannot be continued, as a part of a sentence.
#[must_use]
pub fn log_fault(fault: &LogFault) -> String {
    refusals::log(fault)
}

/// A warning of the core as a sentence of its own.
#[must_use]
pub fn sentence(text: &str) -> String {
    stopped(&refusals::of_core(text.trim_end_matches('.')))
}

fn stopped(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

/// A file that is not text.
#[must_use]
pub fn not_utf8(name: &str) -> String {
    format!("{name}: UTF-8 텍스트가 아닙니다. 파일을 다시 요청하십시오.")
}

/// A file whose content does not fit its own hash, or that was cut off.
#[must_use]
pub fn broken(name: &str, why: &str) -> String {
    format!("{name}: {why}. 파일을 다시 요청하십시오.")
}

/// A file of Cotside that has no place here.
#[must_use]
pub fn other_kind(name: &str, kind: &str) -> String {
    format!(
        "{name}: 종류가 ‘{kind}’인 파일은 이 페이지에서 열 수 없습니다. 열 수 있는 것은 계획서, 합계, 키, 로그입니다."
    )
}

/// A plan.
#[must_use]
pub fn plan_file(study: &str, round: u32, is_used: bool) -> String {
    let used = if is_used {
        ""
    } else {
        "(사용 안 함: 더 나중 라운드의 다른 계획서가 열려 있음)"
    };
    format!("{study}의 계획서, 라운드 {round}{used}")
}

/// A log.
pub const LOG_FILE: &str = "기관에서 나간 파일의 로그";
/// A key before its plan.
pub const KEY_FILE: &str = "키. 해당 계획서를 여십시오";

/// A key.
#[must_use]
pub fn key_file(from: &str, to: &str) -> String {
    format!("{from}의 키({to} 앞)")
}

/// Sums before their plan.
#[must_use]
pub fn sums_without_plan(site: &str, round: u64) -> String {
    format!("{site}의 합계, 라운드 {round}. 해당 계획서를 여십시오")
}

/// Sums of this round.
#[must_use]
pub fn sums_file(site: &str, round: u64) -> String {
    format!("{site}의 합계, 라운드 {round}")
}

/// Sums of another round.
#[must_use]
pub fn sums_of_another_round(site: &str, round: u64) -> String {
    format!("{site}의 합계, 라운드 {round}(사용 안 함: 계획서는 다른 라운드의 것)")
}

/// Sums of another plan.
#[must_use]
pub fn sums_of_another_plan(site: &str) -> String {
    format!("다른 계획서에 대한 {site}의 합계. 이 계획서의 파일을 요청하십시오")
}

/// Settings of a file of patients.
#[must_use]
pub fn settings_taken(name: &str) -> String {
    format!("{name}: 환자 파일의 설정을 적용했습니다.")
}

// ---- The plan

/// What a plan asks for: names.
pub const STUDY: &str = "연구";
/// Of a plan.
pub const SITES: &str = "기관";
/// Of a plan.
pub const SHARING: &str = "총괄 담당자에게 보이는 범위";
/// Of a plan.
pub const ENDPOINT: &str = "평가변수";
/// Of a plan.
pub const WHO: &str = "환자";
/// Of a plan.
pub const GROUPS: &str = "군";
/// Of a plan.
pub const STRATA: &str = "기관 이외의 층";
/// Of a plan.
pub const MERGES: &str = "기관이 합칠 수 있는 수준";
/// Of a plan.
pub const MODEL: &str = "Cox 모형";
/// Of a plan.
pub const CELLS: &str = "시간 구간의 끝";
/// Of a plan.
pub const ANALYSES: &str = "분석";
/// Of a plan.
pub const LIMITS: &str = "제한";
/// Of a plan.
pub const PROTOCOLS: &str = "군을 집계하는 프로토콜";
/// Of a plan: everybody.
pub const EVERYBODY: &str = "파일의 모든 환자";
/// Between several things of one kind.
pub const BETWEEN: &str = "; ";

/// Over the plan.
#[must_use]
pub fn plan_title(plan: &Plan) -> String {
    format!("계획서 {}, 라운드 {}", plan.design.study, plan.round)
}

/// How sums are shared.
#[must_use]
pub fn sharing(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Masked => "모든 기관의 총계만: 모든 수치에 마스크 적용",
        Sharing::PerSite => "제한 범위 안에서 각 기관의 합계",
    }
}

/// An analysis by its code in a plan.
#[must_use]
pub fn analysis(code: &str) -> &'static str {
    match code {
        "table1" => "환자 특성(표 1)",
        "km" => "생존",
        "cif" => "누적발생률",
        "rmst" => "제한평균생존시간",
        "logrank" => "로그순위 검정",
        "gray" => "Gray 검정",
        "cox" => "Cox 모형",
        _ => "각 기관 적합의 2단계 통합",
    }
}

/// The limits of a plan.
#[must_use]
pub fn limits(limits: &Limits) -> String {
    format!(
        "1부터 {}까지의 인원은 표시하지 않음. 환자 {}명 이상, 사건 {}건 이상. 합계는 단위의 1/{} 간격으로 반올림",
        limits.smallest_cell.saturating_sub(1),
        limits.smallest_n,
        limits.smallest_events,
        1_u64 << limits.precision_bits.min(60)
    )
}

/// A unit of time by its code in a plan, behind a number.
pub(super) fn time_unit(code: &str) -> &str {
    match code {
        "day" => "일",
        "week" => "주",
        "month" => "개월",
        "year" => "년",
        other => other,
    }
}

/// The ends of intervals.
#[must_use]
pub fn cells_of(ends: &[f64], unit: &str) -> String {
    let ends: Vec<String> = ends.iter().map(|end| decimal(*end, 2)).collect();
    format!("{}{}", ends.join(", "), time_unit(unit))
}

/// An endpoint and what counts as its events.
#[must_use]
pub fn counted(endpoint: &str, causes: &[String]) -> String {
    format!("{endpoint}(사건: {})", causes.join(", "))
}

/// What a hospital left out, as the result lists it: "cox: smallest_n".
#[must_use]
pub fn withheld_list(each: &[String]) -> String {
    const SHOWN: usize = 4;
    let said: Vec<String> = each
        .iter()
        .take(SHOWN)
        .map(|each| {
            each.split_once(": ")
                .map_or_else(|| each.clone(), |(what, _)| withheld_part(what))
        })
        .collect();
    let more = each.len().saturating_sub(SHOWN);
    match more {
        0 => said.join(", "),
        more => format!("{} 외 {more}개", said.join(", ")),
    }
}

/// Levels of a variable.
#[must_use]
pub fn levels_of(field: &str, levels: &[String]) -> String {
    format!("{field}: {}", levels.join(", "))
}

/// A condition of the selection.
#[must_use]
pub fn condition(field: &str, at_least: Option<f64>, below: Option<f64>, is: Option<&[String]>) -> String {
    match (at_least, below, is) {
        (_, _, Some(levels)) => format!("{field}: {}", levels.join(" 또는 ")),
        (Some(low), Some(high), _) => format!("{field} {} 이상 {} 미만", decimal(low, 4), decimal(high, 4)),
        (Some(low), None, _) => format!("{field} {} 이상", decimal(low, 4)),
        (None, Some(high), _) => format!("{field} {} 미만", decimal(high, 4)),
        (None, None, None) => field.to_owned(),
    }
}

/// A measured covariate: "log10 wbc (0.5 to 3.5, less 2)".
#[must_use]
pub fn scaled(name: &str, is_log: bool, (lo, hi): (f64, f64), centre: f64, scale: f64) -> String {
    let function = if is_log { "log10 " } else { "" };
    let centre = if centre == 0.0 {
        String::new()
    } else {
        format!(", {} 뺌", decimal(centre, 4))
    };
    let scale = if scale == 1.0 {
        String::new()
    } else {
        format!(", {}당", decimal(scale, 4))
    };
    format!(
        "{function}{name}({}부터 {}까지{centre}{scale})",
        decimal(lo, 4),
        decimal(hi, 4)
    )
}

/// A level against its reference.
#[must_use]
pub fn against(name: &str, levels: &[String], reference: &str) -> String {
    format!("{name}: {}(기준 {reference})", levels.join(", "))
}

/// A number below a cut.
#[must_use]
pub fn below(name: &str, cut: f64) -> String {
    format!("{name} {} 미만", decimal(cut, 4))
}

// ---- The sums of a site

/// Heading: what is still missing before there are sums.
pub const NEEDS: &str = "아직 필요한 것";
/// Without a plan.
pub const NEEDS_PLAN: &str = "총괄 담당자의 계획서(STUDY-plan-r1.json).";
/// Without data.
pub const NEEDS_DATA: &str = "자기 기관의 환자 파일. 이 페이지 밖으로 나가지 않습니다.";
/// Without a site.
pub const NEEDS_SITE: &str = "파일이 계획서의 어느 기관 것인지.";
/// Without a log.
pub const NEEDS_LOG: &str = "이전에 자기 기관에서 나간 파일의 로그 또는 새 로그.";
/// Without the own key.
pub const NEEDS_OWN_KEY: &str =
    "자기 기관의 키: 한 번 만들어 보관하고 계획서의 다음 기관에 전달합니다. 총괄 담당자에게는 절대 주지 않습니다.";

/// Without the key of the site before.
#[must_use]
pub fn needs_received_key(from: &str) -> String {
    format!("{from}의 키. 총괄 담당자를 거치지 않는 다른 방법으로 그 기관에서 옵니다.")
}

/// Columns of the file are not understood yet.
pub const NEEDS_COLUMNS: &str = "파일의 열에 관한 질문의 답.";

/// The earlier files were checked.
pub const LOG_CONTINUED: &str = "로그를 이어 갔습니다: 이전 파일을 이 파일과 대조했습니다.";
/// A file that may not leave.
pub const REFUSED: &str = "파일 없음: 제한을 충족하지 않음";
/// Heading of the table of numbers.
pub const NUMBERS: &str = "파일에 들어 있는 수치";
/// Heading of what was left out.
pub const WITHHELD: &str = "미제공 항목";
/// Nothing is kept.
pub const NOT_SAVED: &str = "아무것도 저장되지 않았고 아무것도 남지 않습니다. 파일을 제거하거나 페이지를 닫으십시오.";

/// What to do with the log.
#[must_use]
pub fn log_beside(name: &str) -> String {
    format!(
        "파일과 함께 저장되는 것: {name}. 기관 안에 보관하고 다음 라운드 전에 여십시오. 값도 이름도 들어 있지 않지만 누가 어느 군에 있었는지 알려 주므로 \
         데이터만큼 민감합니다."
    )
}

/// The hash of the file.
#[must_use]
pub fn hash(name: &str, sha256: &str) -> String {
    format!("{name}, SHA-256 {sha256}")
}

/// What was left out, and why.
#[must_use]
pub fn withheld(what: &str, why: &str) -> String {
    format!("{}: {why}", withheld_part(what))
}

/// A part of a file of sums, by its name there.
#[must_use]
pub fn withheld_part(what: &str) -> String {
    let parts = [
        (" sum by group", "의 합계(군별)"),
        (" by group", "(군별)"),
        (" by cause", "(원인별)"),
        (" sum", "의 합계"),
    ];
    for (ending, said) in parts {
        if let Some(rest) = what.strip_suffix(ending) {
            return format!("{}{said}", withheld_part(rest));
        }
    }
    if let Some(name) = what.strip_prefix("table1.") {
        return format!("환자 특성: {name}");
    }
    if let Some(id) = what.strip_prefix("protocols.") {
        return format!("{id}의 군");
    }
    if let Some(two) = what.strip_prefix("reclassified ") {
        return format!("두 프로토콜의 군 대비: {two}");
    }
    if let Some(field) = what
        .strip_prefix("levels of ")
        .and_then(|rest| rest.strip_suffix(" apart"))
    {
        return format!("{field}의 수준 구분");
    }
    match what {
        "cox" | "logrank" | "gray" | "two_stage" | "table1" => analysis(what),
        "grid" => "구간별 인원",
        "cells" => "구간별 합계(Cox 모형)",
        "events" => "사건",
        "n_by_group" => "군별 인원",
        "protocols" => "프로토콜의 군",
        "reclassified" => "두 프로토콜의 군 대비",
        other => other,
    }
    .to_owned()
}

/// In place of a number that is left out.
pub const CELL_WITHHELD: &str = "미제공";
/// Column of a table.
pub const NUMBER: &str = "수치 이름";
/// Column of a table.
pub const VALUE: &str = "값";
/// Where a number stands in the file.
pub const PLACE: &str = "파일의 필드";
/// Of sums under masks.
pub const UNMASKED_TABLE: &str = "마스크를 적용하기 전의 자기 기관 수치. 밖으로 나가지 않음";
/// Of the file.
pub const MASKED_TABLE: &str = "파일에 기록되는 그대로";

/// Saves a plan.
#[must_use]
pub fn save_next(name: &str) -> String {
    format!("{name} 저장")
}
