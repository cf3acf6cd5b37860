//! One protocol's answer: a line on the common scale that opens into clauses, rule, outcomes and pitfalls.

use cotside_core::evidence::Read;
use cotside_core::infant::Infant;
use cotside_core::protocols::{Assessment, ClauseResult, Family, HsctStatus, Level, Role, Status, Truth};
use cotside_words::en;

use crate::parts::{brief, cite, drawing, facts, outcomes, sources, sure};
use cotside_words::html::{Html, cell, element, head, list, note, plain, span, table, text};

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
        Family::Series => span("span", "quiet kind", " series"),
        Family::Prognostic => span("span", "quiet kind", " prognostic"),
    };
    let (state, answer) = answer(assessment);
    let why = match assessment.status {
        Status::Assigned(_) => en::decided(assessment),
        Status::Undetermined(_) => en::open_on(assessment),
        Status::NotApplicable(criterion) => format!("it asks for {}", en::clause(criterion.clause)),
    };
    let least = assessment.decided_by.iter().map(|clause| clause.cite.read).min();
    let doubt = match least {
        Some(read) if read != Read::Primary => Html::all([text(" "), sure(read)]),
        _ => Html::default(),
    };
    let drawn: Vec<_> = assessment
        .leading_outcomes()
        .iter()
        .map(|matched| (matched.outcome, matched.truth))
        .collect();
    let figure = Html::when(!drawn.is_empty(), || drawing(&drawn, STRIP));
    let numbers = drawn.iter().map(|&(outcome, truth)| {
        let whom = format!(
            "{}{}",
            if truth == Truth::True { " " } else { " if " },
            outcome.population
        );
        element("span", &[], &[text(&brief(outcome)), span("span", "whom", &whom)])
    });
    Html::all([
        element(
            "span",
            &[("class", "name")],
            &[
                text(protocol.name),
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
        element("span", &[("class", "why")], &[text(&why), doubt]),
        element(
            "span",
            &[("class", "published")],
            &[figure, element("span", &[("class", "numbers")], &[Html::all(numbers)])],
        ),
    ])
}

/// A class for how the answer looks, and the answer in a few words.
fn answer(assessment: &Assessment) -> (&'static str, String) {
    match assessment.status {
        Status::Assigned(group) => (group.level.map_or("plain", Level::code), group.name.to_owned()),
        Status::Undetermined(possible) => ("open", format!("{}?", en::possibility(possible, assessment.protocol))),
        Status::NotApplicable(_) => ("none", "not applicable".to_owned()),
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
        return hidden("scale off", &[text("not on this scale")]);
    }
    let settled = matches!(assessment.status, Status::Assigned(_));
    let used = |level| {
        assessment
            .protocol
            .groups
            .iter()
            .any(|group| group.level == Some(level))
    };
    let slots = [(Level::Low, "L"), (Level::Intermediate, "M"), (Level::High, "H")].map(|(level, letter)| {
        let here = possible.iter().any(|group| group.level == Some(level));
        let class = match (here, settled, used(level)) {
            (true, true, _) => format!("slot at {}", level.code()),
            (true, false, _) => "slot maybe".to_owned(),
            (false, _, true) => "slot free".to_owned(),
            (false, _, false) => "slot".to_owned(),
        };
        span("span", &class, if here { letter } else { "" })
    });
    hidden("scale", &slots)
}

/// What an open row shows; `whole_rule` is the address of the protocol's page, where it has one.
#[must_use]
pub fn detail(assessment: &Assessment, infant: &Infant, whole_rule: Option<&str>) -> Html {
    let protocol = assessment.protocol;
    let published: Vec<_> = assessment
        .outcomes
        .iter()
        .map(|matched| (matched.outcome, matched.truth))
        .collect();
    let deciders = assessment
        .deciders
        .iter()
        .map(|decider| text(&en::decider(decider, protocol)));
    let changes = assessment
        .changes
        .iter()
        .map(|change| text(&en::change(change, protocol)));
    Html::all([
        span("p", "reason", &en::reason(assessment)),
        Html::all(
            assessment
                .notices
                .iter()
                .map(|notice| span("p", "remark notice", &en::notice(notice))),
        ),
        plain("h4", "Clause by clause"),
        clauses(&assessment.clauses, infant),
        titled("What is missing, and what it would decide", deciders),
        titled("What would change it", changes),
        plain("h4", "Transplant in first remission"),
        hsct(assessment),
        plain("h4", "Published for such infants"),
        if published.is_empty() {
            span("p", "quiet", "No published outcome for this group was found.")
        } else {
            outcomes(&published)
        },
        Html::when(!protocol.pitfalls.is_empty(), || {
            Html::all([plain("h4", "Pitfalls"), facts(protocol.pitfalls)])
        }),
        element(
            "details",
            &[("class", "more")],
            &[plain("summary", "Sources"), sources(protocol)],
        ),
        whole_rule.map_or_else(Html::default, |address| {
            let name = [text("The whole rule of "), text(protocol.name)];
            element("p", &[], &[element("a", &[("href", address)], &name)])
        }),
    ])
}

/// A list under a title, or nothing where it is empty.
fn titled(title: &str, items: impl ExactSizeIterator<Item = Html>) -> Html {
    Html::when(items.len() > 0, || Html::all([plain("h4", title), list("", items)]))
}

/// Each clause with its mark, what was found, and its source.
fn clauses(results: &[ClauseResult], infant: &Infant) -> Html {
    let each = |result: &ClauseResult| {
        let (mark, word, class) = match result.truth {
            Truth::True => ("✓", "holds", "yes"),
            Truth::False => ("✗", "does not hold", "no"),
            Truth::Unknown => ("?", "unknown", "unknown"),
        };
        let mark = [
            element("span", &[("aria-hidden", "true")], &[text(mark)]),
            span("span", "hidden", word),
        ];
        let why = result.why.map(en::why).unwrap_or_default();
        element(
            "tr",
            &[("class", class)],
            &[
                element("td", &[("class", "mark")], &mark),
                element("th", &[("scope", "row")], &[text(&en::clause(result.clause))]),
                cell("This child", "", &[text(&en::found(result, infant)), note(&why)]),
                cell("For", "", &[text(en::role(result.role))]),
                cell("Source", "", &[cite(&result.clause.cite), note(result.clause.note)]),
            ],
        )
    };
    let shown = results.iter().filter(|result| result.role != Role::Outcome);
    let head = head(&[
        ("Holds", "holds"),
        ("Clause", ""),
        ("This child", ""),
        ("For", ""),
        ("Source", ""),
    ]);
    table("clauses", head, shown.map(each))
}

/// The transplant rule as the protocol reads, and what it says here.
fn hsct(assessment: &Assessment) -> Html {
    let rule = &assessment.protocol.hsct;
    let class = match assessment.hsct.status {
        HsctStatus::Met => "state met",
        HsctStatus::NotMet => "state",
        HsctStatus::Undetermined => "state open",
        HsctStatus::NotSpecified => "state none",
    };
    let state = span("span", class, en::hsct_status(assessment.hsct.status));
    element(
        "p",
        &[],
        &[
            state,
            text(" Its rule reads: "),
            text(rule.text),
            text(" "),
            cite(&rule.cite),
        ],
    )
}
