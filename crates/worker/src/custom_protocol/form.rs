//! The form: names, sources, clauses, who may enter, groups, special results, transplant.

use cotside_core::evidence::Read;
use cotside_core::infant::{Field, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse};
use cotside_core::protocols::own::Asks;
use cotside_core::protocols::{AtLimit, Family, IfUnknown, Level, Operator};
use cotside_words::en;
use cotside_words::html::{Html, element, plain, span, text};

use crate::custom_protocol::condition::{self, Place};
use crate::custom_protocol::controls::{button, id_at, menu, text_at, tick};
use crate::custom_protocol::draft::Draft;

/// A section with its title and what it is.
fn section(title: &str, about: &str, content: &[Html]) -> Html {
    element(
        "section",
        &[("class", "own-section")],
        &[
            plain("h2", title),
            Html::when(!about.is_empty(), || span("p", "quiet", about)),
            Html::all(content.iter().cloned()),
        ],
    )
}

/// Controls in one line.
fn line(content: &[Html]) -> Html {
    element("div", &[("class", "own-line")], content)
}

/// One entry of a list.
fn entry(content: &[Html]) -> Html {
    element("div", &[("class", "own-entry")], content)
}

/// A menu of codes with their words.
fn coded<T: Copy>(
    all: &[T],
    code: impl Fn(T) -> &'static str,
    words: impl Fn(T) -> &'static str,
) -> Vec<(String, String)> {
    let each = all
        .iter()
        .map(|&value| (code(value).to_owned(), words(value).to_owned()));
    each.collect()
}

/// The whole form.
pub fn html(draft: &Draft) -> Html {
    Html::all([
        contents(),
        names(draft),
        sources(draft),
        clauses(draft),
        eligible(draft),
        groups(draft),
        special(draft),
        hsct(draft),
        rest(draft),
    ])
}

/// Ways to the sections.
fn contents() -> Html {
    let sections = [
        ("/sources", "Sources"),
        ("/clauses", "Clauses"),
        ("/eligible", "Who may enter"),
        ("/groups", "Groups"),
        ("/ptd", "Unclear results"),
        ("/hsct", "Transplant"),
    ];
    let way = |(place, name): (&str, &str)| {
        element(
            "button",
            &[("type", "button"), ("class", "link"), ("data-focus", place)],
            &[text(name)],
        )
    };
    element("div", &[("class", "own-contents")], &sections.map(way))
}

fn names(draft: &Draft) -> Html {
    let families = coded(
        &[Family::Trial, Family::Series, Family::Prognostic],
        Family::code,
        en::family,
    );
    let content = [
        line(&[
            text_at(draft, "Name", "wide", "/name"),
            text_at(draft, "Name in files", "narrow", "/id"),
        ]),
        line(&[
            text_at(draft, "Who runs it", "wide", "/organisation"),
            menu(draft, "Kind", "", ("/family", "/family"), &families),
        ]),
        text_at(draft, "How it sorts infants, in a sentence", "wide", "/summary"),
        text_at(draft, "Years of enrolment, in a sentence", "wide", "/era/text"),
        citation(draft, "/era/cite"),
    ];
    section("What it is", "", &content)
}

fn sources(draft: &Draft) -> Html {
    let each = |index: usize| {
        let at = |key: &str| format!("/sources/{index}/{key}");
        let place = format!("/sources/{index}");
        entry(&[
            line(&[
                text_at(draft, "In short", "", &at("short")),
                text_at(draft, "Reference", "wide", &at("reference")),
            ]),
            line(&[
                text_at(draft, "DOI, PMID or register number", "wide", &at("identifier")),
                id_at(draft, &at("id")),
                button("remove", &place, "Remove", &format!("Remove source {}", index + 1)),
            ]),
        ])
    };
    let about = "Every statement below names one. A protocol document or a local rule is a source too: say its version \
                 and date.";
    let list = Html::all((0..draft.count("/sources")).map(each));
    section("Sources", about, &[list, button("add", "/sources", "Add a source", "")])
}

/// Where something was read.
fn citation(draft: &Draft, place: &str) -> Html {
    let sources: Vec<(String, String)> = (0..draft.count("/sources"))
        .map(|index| {
            let at = |key: &str| draft.text(&format!("/sources/{index}/{key}"));
            let (id, short) = (at("id"), at("short"));
            (id.to_owned(), if short.is_empty() { id } else { short }.to_owned())
        })
        .collect();
    let reads = coded(&Read::ALL, Read::code, |read| en::read_mark(read).0);
    let at = |key: &str| format!("{place}/{key}");
    let (source, read) = (at("source"), at("read"));
    element(
        "div",
        &[("class", "own-line cited")],
        &[
            menu(draft, "Source", "", (&source, &source), &sources),
            text_at(draft, "Place in it", "", &at("place")),
            menu(draft, "How sure", "", (&read, &read), &reads),
        ],
    )
}

/// Beside a limit of age that is not one of infancy.
const OLDER_CHILDREN: &str =
    "Above 12 months: with this limit the protocol would take children who are no longer infants.";

fn clauses(draft: &Draft) -> Html {
    let asked: Vec<(String, String)> = Asks::ALL
        .iter()
        .map(|(asks, code)| ((*code).to_owned(), en::asks(*asks).to_owned()))
        .collect();
    let each = |index: usize| {
        let place = format!("/clauses/{index}");
        let test = format!("{place}/test");
        let mut controls = vec![menu(draft, "Asks", "", (&format!("test:{place}"), &test), &asked)];
        controls.extend(boundary(draft, &place));
        controls.push(button(
            "remove",
            &place,
            "Remove",
            &format!("Remove clause {}", index + 1),
        ));
        entry(&[
            span("p", "own-entry-title", draft.clause_words(index)),
            line(&controls),
            Html::when(draft.takes_older_children(&place), || {
                span("p", "remark notice", OLDER_CHILDREN)
            }),
            citation(draft, &format!("{place}/cite")),
            line(&[
                text_at(draft, "Note for the reader", "wide", &format!("{place}/note")),
                id_at(draft, &format!("{place}/id")),
            ]),
        ])
    };
    let list = Html::all((0..draft.count("/clauses")).map(each));
    let about = "Each asks one thing of a child. Write a clause once; the rules below put clauses together.";
    section("Clauses", about, &[list, button("add", "/clauses", "Add a clause", "")])
}

/// The controls of what a clause compares with.
fn boundary(draft: &Draft, clause: &str) -> Vec<Html> {
    let at = |key: &str| format!("{clause}/{key}");
    let asks = Asks::from_code(draft.text(&at("test")));
    let select =
        |label: &str, key: &str, options: &[(String, String)]| menu(draft, label, "", (&at(key), &at(key)), options);
    let codes = |field: Field, codes: &[&'static str]| -> Vec<(String, String)> {
        let each = codes
            .iter()
            .map(|code| ((*code).to_owned(), en::option_label(field, code).to_owned()));
        each.collect()
    };
    let operators = || {
        let all = [Operator::AtLeast, Operator::MoreThan];
        let code = |operator| match operator {
            Operator::AtLeast => "at_least",
            Operator::MoreThan => "more_than",
        };
        select("Compared", "operator", &coded(&all, code, en::operator_name))
    };
    let at_limits = || {
        let all = [AtLimit::Stated, AtLimit::Disputed, AtLimit::Undefined];
        let code = |at_limit| match at_limit {
            AtLimit::Stated => "stated",
            AtLimit::Disputed => "disputed",
            AtLimit::Undefined => "undefined",
        };
        select("Exactly there", "at_limit", &coded(&all, code, en::at_limit_name))
    };
    let limit = |label: &str| text_at(draft, label, "narrow", &at("limit"));
    match asks {
        Some(Asks::YoungerThan | Asks::AtMostAged) => {
            let units = ["days", "months"].map(|unit| (unit.to_owned(), unit.to_owned()));
            vec![limit("Limit"), select("Unit", "unit", &units)]
        }
        Some(Asks::Wbc) => vec![operators(), limit("× 10⁹/L"), at_limits()],
        Some(Asks::Mrd) => {
            let point = |code: &&'static str| {
                let field = MrdPoint::from_code(code).map(Field::of_mrd);
                ((*code).to_owned(), field.map_or(*code, en::field_label).to_owned())
            };
            let points: Vec<(String, String)> = MrdPoint::CODES.iter().map(point).collect();
            vec![
                select("Measured", "point", &points),
                operators(),
                limit("Fraction of cells"),
                at_limits(),
            ]
        }
        Some(Asks::Kmt2aIs) => vec![select("Result", "value", &codes(Field::Kmt2a, Kmt2a::CODES))],
        Some(Asks::PartnerIs) => vec![select("Partner", "value", &codes(Field::Kmt2aPartner, Partner::CODES))],
        Some(Asks::ResponseIs) => {
            let all = codes(Field::PrednisoneResponse, PrednisoneResponse::CODES);
            vec![select("Response", "value", &all)]
        }
        Some(Asks::LineageIn) => {
            let list = at("values");
            let ticked = |code: &str| {
                let values = draft.at(&list).as_array();
                values.is_some_and(|values| values.iter().any(|value| value.as_str() == Some(code)))
            };
            let each = |code: &&'static str| {
                let label = en::option_label(Field::Lineage, code);
                tick(&format!("lineage:{list}:{code}"), label, ticked(code))
            };
            Lineage::CODES.iter().map(each).collect()
        }
        _ => Vec::new(),
    }
}

fn eligible(draft: &Draft) -> Html {
    let clauses: Vec<(String, String)> = (0..draft.count("/clauses"))
        .map(|index| {
            (
                draft.text(&format!("/clauses/{index}/id")).to_owned(),
                draft.clause_words(index).to_owned(),
            )
        })
        .collect();
    let code = |if_unknown| match if_unknown {
        IfUnknown::Ask => "ask",
        IfUnknown::SayCondition => "say_condition",
        IfUnknown::Wait => "wait",
    };
    let all = [IfUnknown::Ask, IfUnknown::SayCondition, IfUnknown::Wait];
    let if_unknown = coded(&all, code, en::if_unknown_name);
    let each = |index: usize| {
        let place = format!("/eligible/{index}");
        let (clause, unknown) = (format!("{place}/clause"), format!("{place}/if_unknown"));
        entry(&[line(&[
            menu(draft, "Must hold", "wide", (&clause, &clause), &clauses),
            menu(
                draft,
                "And while it is unknown",
                "wide",
                (&unknown, &unknown),
                &if_unknown,
            ),
            button("remove", &place, "Remove", &format!("Remove criterion {}", index + 1)),
        ])])
    };
    let list = Html::all((0..draft.count("/eligible")).map(each));
    let about = "All of these must hold. A criterion without which a child is not in the protocol, not one that sorts.";
    section(
        "Who may enter",
        about,
        &[list, button("add", "/eligible", "Add a criterion", "")],
    )
}

fn groups(draft: &Draft) -> Html {
    let mut levels = vec![(String::new(), "not on the scale".to_owned())];
    levels.extend(coded(
        &[Level::Low, Level::Intermediate, Level::High],
        Level::code,
        en::level,
    ));
    let each = |index: usize| {
        let at = |key: &str| format!("/groups/{index}/{key}");
        let place = format!("/groups/{index}");
        entry(&[
            line(&[
                text_at(draft, "Group, as the protocol calls it", "wide", &at("name")),
                menu(draft, "On the common scale", "", (&at("level"), &at("level")), &levels),
                id_at(draft, &at("id")),
                Html::when(index > 0, || {
                    button("up", &place, "Earlier", &format!("Try group {} earlier", index + 1))
                }),
                button("remove", &place, "Remove", &format!("Remove group {}", index + 1)),
            ]),
            span("p", "quiet", "A child belongs to it if"),
            condition::html(draft, &at("when"), Place::Group),
        ])
    };
    let about = "Tried in this order; the first whose condition holds is the child’s. The last is usually all others.";
    let list = Html::all((0..draft.count("/groups")).map(each));
    section("Groups", about, &[list, button("add", "/groups", "Add a group", "")])
}

fn special(draft: &Draft) -> Html {
    let each = |(key, name): (&str, &str)| {
        let stated = !draft.at(key).is_null();
        let more = Html::when(stated, || {
            Html::all([
                text_at(draft, "What it says", "wide", &format!("{key}/text")),
                citation(draft, &format!("{key}/cite")),
            ])
        });
        entry(&[tick(&format!("stated:{key}"), name, stated), more])
    };
    let content = [
        (
            "/ptd",
            "Its sources say that a partial tandem duplication is neither rearranged nor germline",
        ),
        (
            "/undetermined_kmt2a",
            "Its sources say that a KMT2A status that could not be established is neither",
        ),
        (
            "/unknown_response_is_not_poor",
            "Its own text counts an unknown prednisone response as not poor",
        ),
    ]
    .map(each);
    let about = "Where nothing is stated, every reading is kept open and the answer says so.";
    section("What it makes of unclear results", about, &content)
}

fn hsct(draft: &Draft) -> Html {
    let content = [
        text_at(draft, "The rule, as the protocol words it", "wide", "/hsct/text"),
        citation(draft, "/hsct/cite"),
        span("p", "quiet", "It calls for transplant if"),
        condition::html(draft, "/hsct/when", Place::Hsct),
    ];
    section("Transplant in first remission", "", &content)
}

/// What the form has no controls for.
fn rest(draft: &Draft) -> Html {
    let lists = [
        ("/outcomes", "published outcomes"),
        ("/facts", "further facts"),
        ("/pitfalls", "pitfalls"),
        ("/open_questions", "open questions"),
    ];
    let kept: Vec<Html> = lists
        .into_iter()
        .filter(|(list, _)| draft.count(list) > 0)
        .map(|(list, name)| {
            let words = format!("{} {name} ", draft.count(list));
            element(
                "p",
                &[],
                &[
                    text(&words),
                    button("clear", list, "Remove all", &format!("Remove all {name}")),
                ],
            )
        })
        .collect();
    if kept.is_empty() {
        return Html::default();
    }
    let about = "They came with the copy or the file, are shown with the rule, and can be changed in the file itself. An \
                 outcome describes the groups of the study that published it: where yours differ, remove it.";
    section("What else is in the file", about, &kept)
}
