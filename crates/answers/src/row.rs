//! One protocol's answer: a line on the common scale that opens into clauses, rule, outcomes and pitfalls.

use cotside_core::infant::Infant;
use cotside_core::protocols::{Assessment, ClauseResult, Family, HsctStatus, Level, Notice, Role, Status, Truth};
use cotside_words::capital;
use cotside_words::lang::{self, page};

use crate::parts::{brief, cite, drawing, facts, outcomes, sources, sure};
use cotside_words::html::{Html, cell, element, head, list, note, original, original_note, plain, span, table, text};

/// Width of the drawn outcome in CSS pixels.
const STRIP: f64 = 180.0;

/// Name, scale, answer, deciding clause and outcome.
///
/// `mark` stands under the name, where there is something to say of the definition itself.
#[must_use]
pub fn line(assessment: &Assessment, mark: &str) -> Html {
    let protocol = assessment.protocol;
    let kind = match protocol.family {
        Family::Trial => Html::default(),
        Family::Series => span("span", "quiet kind", page::SERIES),
        Family::Prognostic => span("span", "quiet kind", page::PROGNOSTIC),
    };
    let (state, answer) = answer(assessment);
    let why = match assessment.status {
        Status::Assigned(_) => lang::decided(assessment),
        Status::Undetermined(_) => lang::open_on(assessment),
        Status::NotApplicable(criterion) => page::asks_for(&lang::clause(criterion.clause)),
    };
    let least = assessment.decided_by.iter().map(|clause| clause.cite.read).min();
    let doubt = match least {
        Some(read) if !read.is_own_word() => Html::all([text(" "), sure(read)]),
        _ => Html::default(),
    };
    let drawn = assessment.leading_outcomes();
    let figure = Html::when(!drawn.is_empty(), || drawing(&drawn, STRIP));
    let numbers = drawn.iter().map(|matched| {
        let outcome = matched.outcome;
        let whether = match (matched.truth, matched.wider) {
            (Truth::True, false) => " ",
            (Truth::True, true) => page::WIDER,
            _ => page::IF,
        };
        let whom = [text(whether), original(outcome.population)];
        element(
            "span",
            &[],
            &[text(&brief(outcome)), element("span", &[("class", "whom")], &whom)],
        )
    });
    Html::all([
        element(
            "span",
            &[("class", "name")],
            &[
                plain("bdi", lang::protocol_name(protocol)),
                kind,
                Html::when(!mark.is_empty(), || span("span", "mark", mark)),
            ],
        ),
        scale(assessment),
        element(
            "span",
            &[
                ("class", &format!("answer {state}")),
                ("data-testid", &format!("answer-{}", protocol.id)),
            ],
            &[text(&answer)],
        ),
        element(
            "span",
            &[("class", "why")],
            &[text(&why), doubt, transplant(assessment)],
        ),
        element(
            "span",
            &[("class", "published")],
            &[figure, element("span", &[("class", "numbers")], &[Html::all(numbers)])],
        ),
    ])
}

/// What the transplant rule reads, where the protocol applies.
fn transplant(assessment: &Assessment) -> Html {
    let applies = !matches!(assessment.status, Status::NotApplicable(_));
    Html::when(applies, || {
        let test_id = format!("hsct-{}", assessment.protocol.id);
        element(
            "span",
            &[("class", "transplant"), ("data-testid", &test_id)],
            &[text(page::TRANSPLANT_SHORT), text(&lang::hsct_state(assessment))],
        )
    })
}

/// A class for how the answer looks, and the answer in a few words.
fn answer(assessment: &Assessment) -> (&'static str, String) {
    match assessment.status {
        Status::Assigned(group) => (
            group.level.map_or("plain", Level::code),
            lang::group_name(group).to_owned(),
        ),
        Status::Undetermined(possible) => ("open", format!("{}?", lang::possibility(possible, assessment.protocol))),
        Status::NotApplicable(_) => ("none", page::NOT_APPLICABLE.to_owned()),
    }
}

/// A row that is drawn once and opens by itself.
#[must_use]
pub fn whole(assessment: &Assessment, infant: &Infant, mark: &str, whole_rule: Option<&str>) -> Html {
    let test_id = format!("row-{}", assessment.protocol.id);
    element(
        "details",
        &[("class", "row"), ("data-testid", &test_id)],
        &[
            element("summary", &[], &[line(assessment, mark)]),
            element("div", &[("class", "detail")], &[detail(assessment, infant, whole_rule)]),
        ],
    )
}

/// The child's place, or possible places, on low – intermediate – high.
fn scale(assessment: &Assessment) -> Html {
    let possible = assessment.possible();
    let hidden = |class: &str, content: &[Html]| element("span", &[("class", class), ("aria-hidden", "true")], content);
    if matches!(assessment.status, Status::NotApplicable(_)) {
        return hidden("scale empty", &[]);
    }
    if possible.iter().all(|group| group.level.is_none()) {
        return hidden("scale off", &[text(page::OFF_SCALE)]);
    }
    let settled = matches!(assessment.status, Status::Assigned(_));
    let used = |level| {
        assessment
            .protocol
            .groups
            .iter()
            .any(|group| group.level == Some(level))
    };
    let slots = [Level::Low, Level::Intermediate, Level::High]
        .iter()
        .zip(page::LETTERS)
        .map(|(&level, letter)| {
            let here = possible.iter().any(|group| group.level == Some(level));
            let class = match (here, settled, used(level)) {
                (true, true, _) => format!("slot at {}", level.code()),
                (true, false, _) => "slot maybe".to_owned(),
                (false, _, true) => "slot free".to_owned(),
                (false, _, false) => "slot".to_owned(),
            };
            span("span", &class, if here { letter } else { "" })
        });
    hidden("scale", &[Html::all(slots)])
}

/// What an open row shows; `whole_rule` is the address of the protocol's page, where it has one.
#[must_use]
pub fn detail(assessment: &Assessment, infant: &Infant, whole_rule: Option<&str>) -> Html {
    let protocol = assessment.protocol;
    let deciders = assessment
        .deciders
        .iter()
        .map(|decider| text(&lang::decider(decider, protocol)));
    let changes = assessment
        .changes
        .iter()
        .map(|change| text(&lang::change(change, protocol)));
    Html::all([
        span("p", "reason", &lang::reason(assessment)),
        Html::all(
            assessment
                .notices
                .iter()
                .map(|notice| element("p", &[("class", "remark notice")], &[said(notice)])),
        ),
        plain("h3", page::CLAUSE_BY_CLAUSE),
        clauses(&assessment.clauses, infant),
        titled(page::MISSING, deciders),
        titled(page::CHANGES, changes),
        plain("h3", page::TRANSPLANT),
        hsct(assessment),
        plain("h3", page::PUBLISHED_FOR),
        if assessment.outcomes.is_empty() {
            span("p", "quiet", page::PUBLISHED_NONE)
        } else {
            outcomes(&assessment.outcomes)
        },
        Html::when(!protocol.pitfalls.is_empty(), || {
            Html::all([plain("h3", page::PITFALLS), facts(protocol.pitfalls)])
        }),
        element(
            "details",
            &[("class", "more")],
            &[plain("summary", page::SOURCES), sources(protocol)],
        ),
        whole_rule.map_or_else(Html::default, |address| {
            let name = [
                text(page::WHOLE_RULE.0),
                text(lang::protocol_name(protocol)),
                text(page::WHOLE_RULE.1),
            ];
            element("p", &[], &[element("a", &[("href", address)], &name)])
        }),
    ])
}

/// A list under a title, or nothing where it is empty.
fn titled(title: &str, items: impl ExactSizeIterator<Item = Html>) -> Html {
    Html::when(items.len() > 0, || Html::all([plain("h3", title), list("", items)]))
}

/// Each clause with its mark, what was found, and its source.
fn clauses(results: &[ClauseResult], infant: &Infant) -> Html {
    let each = |result: &ClauseResult| {
        let (mark, class) = match result.truth {
            Truth::True => ("✓", "yes"),
            Truth::False => ("✗", "no"),
            Truth::Unknown => ("?", "unknown"),
        };
        let mark = [
            element("span", &[("aria-hidden", "true")], &[text(mark)]),
            span("span", "hidden", page::truth(result.truth)),
        ];
        let why = result.why.map(lang::why).unwrap_or_default();
        element(
            "tr",
            &[("class", class)],
            &[
                element("td", &[("class", "mark")], &mark),
                element("th", &[("scope", "row")], &[text(&lang::clause(result.clause))]),
                cell(page::THIS_CHILD, "", &[text(&lang::found(result, infant)), note(&why)]),
                cell(page::FOR, "", &[text(lang::role(result.role))]),
                cell(
                    page::SOURCE,
                    "",
                    &[cite(&result.clause.cite), original_note(result.clause.note)],
                ),
            ],
        )
    };
    let shown = results.iter().filter(|result| result.role != Role::Outcome);
    let head = head(&[
        (page::HOLDS, "holds"),
        (page::CLAUSE, ""),
        (page::THIS_CHILD, ""),
        (page::FOR, ""),
        (page::SOURCE, ""),
    ]);
    table("clauses", head, shown.map(each))
}

/// What is said with an answer, its quotation marked as such.
fn said(notice: &Notice) -> Html {
    let (own, quoted) = lang::notice_parts(notice);
    Html::all([text(&own), original(quoted)])
}

/// The transplant rule as the protocol reads, and what it says here.
fn hsct(assessment: &Assessment) -> Html {
    let rule = &assessment.protocol.hsct;
    let class = match assessment.hsct.status {
        HsctStatus::Met => "state met",
        HsctStatus::Depends | HsctStatus::Waiting | HsctStatus::NotMet => "state",
        HsctStatus::Undetermined => "state open",
        HsctStatus::NotSpecified | HsctStatus::NoneByProtocol | HsctStatus::NotApplicable => "state none",
    };
    let state = span("span", class, &lang::hsct_state(assessment));
    let conditions = assessment.hsct.conditions.iter().map(|(condition, truth)| {
        let said = lang::condition(&condition.when, assessment.protocol);
        Html::all([
            text(&format!("{}: {} ", capital(&said), page::truth(*truth))),
            cite(&condition.cite),
        ])
    });
    let rule = element(
        "p",
        &[],
        &[
            state,
            text(page::ITS_RULE),
            original(rule.text),
            text(" "),
            cite(&rule.cite),
        ],
    );
    Html::all([rule, list("", conditions)])
}
