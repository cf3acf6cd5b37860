//! Japanese and Korean: nothing of the stratify page is left in English, and what is left elsewhere is listed.

#![allow(clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::collections::BTreeSet;

use cotside_core::infant::{Entry, Field, Form, Kind, Reading, Settled, Stage, read};
use cotside_core::protocols::{Finding, PROTOCOLS, assess_all, disagreements, worth_knowing_next};

/// Runs of English words: three or more in a row, all in small letters. Names and codes are not such a run.
fn english(text: &str) -> Option<String> {
    let small = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words: Vec<&str> = text.split([' ', ',', '.', ';', ':', '(', ')']).collect();
    words
        .windows(3)
        .find(|run| run.iter().all(small))
        .map(|run| run.join(" "))
}

/// Children with every kind of finding, and with none.
fn children() -> Vec<Reading> {
    let all: &[&[(Field, &str)]] = &[
        &[],
        &[
            (Field::AgeDays, "28"),
            (Field::Wbc, "1100"),
            (Field::Kmt2a, "rearranged"),
            (Field::Kmt2aPartner, "MLLT1"),
            (Field::CsfWbc, "38"),
            (Field::CsfBlasts, "yes"),
        ],
        &[
            (Field::AgeDays, "183"),
            (Field::Wbc, "300"),
            (Field::Kmt2a, "rearranged"),
        ],
        &[
            (Field::AgeMonths, "5"),
            (Field::Kmt2a, "undetermined"),
            (Field::Cns, "2"),
        ],
        &[(Field::AgeDays, "150"), (Field::Kmt2a, "ptd"), (Field::Lineage, "t")],
        &[
            (Field::AgeDays, "200"),
            (Field::Kmt2a, "germline"),
            (Field::PrednisoneResponse, "poor"),
        ],
        &[
            (Field::AgeDays, "100"),
            (Field::Wbc, "20"),
            (Field::Kmt2a, "rearranged"),
            (Field::Kmt2aPartner, "AFF1"),
            (Field::PrednisoneResponse, "good"),
            (Field::RemissionEoi, "yes"),
            (Field::MrdEoi, "0.1%"),
            (Field::MrdEoc, "0"),
            (Field::MrdTp4, "1e-4"),
            (Field::Relapse, "yes"),
            (Field::SalvageRemission, "no"),
        ],
        &[
            (Field::AgeDays, "12w"),
            (Field::Wbc, "33900"),
            (Field::Kmt2a, "rearranged"),
        ],
        &[
            (Field::AgeDays, "500"),
            (Field::Kmt2a, "rearranged"),
            (Field::Lineage, "b"),
        ],
        &[
            (Field::AgeDays, "x"),
            (Field::Cns, "1"),
            (Field::CsfWbc, "12"),
            (Field::CsfBlasts, "yes"),
            (Field::Day8Blasts, "1500"),
            (Field::PrednisoneResponse, "good"),
            (Field::MrdEoi, "10e-4"),
        ],
    ];
    all.iter()
        .map(|pairs| read(&Entry::from_pairs(pairs.iter().copied())))
        .collect()
}

/// Everything that the stratify page says of children and fields in a language.
macro_rules! said {
    ($language:ident) => {{
        use cotside_words::$language as words;
        let mut said: Vec<String> = Vec::new();
        for &field in Field::ALL {
            said.push(words::field_label(field).to_owned());
            said.push(words::field_definition(field).to_owned());
            if !matches!(field.kind(), Kind::Code(_)) {
                said.push(words::field_accepts(field));
            }
            if let Kind::Code(codes) = field.kind() {
                said.extend(codes.iter().map(|code| words::option_label(field, code).to_owned()));
            }
        }
        for (field, text) in [
            (Field::AgeDays, "4"),
            (Field::Wbc, "33900"),
            (Field::Wbc, "250,000"),
            (Field::Day8Blasts, "1.000"),
        ] {
            let form = Form::of(&Entry::from_pairs([(field, text)]), Settled::default());
            assert_eq!(form.questions.len(), 1, "{text}");
            for question in &form.questions {
                said.push(words::which_reading(question).to_owned());
                said.extend(question.choices.iter().map(words::choice));
            }
        }
        said.extend(Stage::ALL.iter().map(|&stage| words::stage_label(stage).to_owned()));
        for protocol in PROTOCOLS {
            said.extend(protocol.groups.iter().map(|group| words::group_name(group).to_owned()));
            said.extend(
                protocol
                    .groups
                    .iter()
                    .map(|group| words::condition(&group.when, protocol)),
            );
            for (clause, cells) in words::boundary_rows(protocol) {
                said.push(words::clause(clause));
                said.extend(cells.iter().map(|(value, verdict)| format!("{value} {verdict}")));
            }
            for outcome in protocol.outcomes {
                said.push(words::outcome_spread(outcome));
                said.push(words::endpoint(outcome.endpoint).to_owned());
            }
        }
        for child in children() {
            said.extend(child.issues.iter().map(|issue| words::issue(issue)));
            said.push(words::findings(&child.infant));
            let answers = assess_all(&child.infant);
            for answer in &answers {
                said.push(words::reason(answer));
                said.push(words::open_on(answer));
                said.push(words::decided(answer));
                said.push(words::hsct_state(answer));
                said.extend(answer.notices.iter().map(|notice| words::notice_parts(notice).0));
                said.extend(answer.deciders.iter().map(|each| words::decider(each, answer.protocol)));
                said.extend(answer.changes.iter().map(|each| words::change(each, answer.protocol)));
                for result in &answer.clauses {
                    said.push(words::clause(result.clause));
                    said.push(words::found(result, &child.infant));
                    said.push(words::role(result.role).to_owned());
                    said.extend(result.why.map(words::why));
                }
            }
            said.extend(
                worth_knowing_next(&answers)
                    .iter()
                    .map(|each| words::next_finding(each)),
            );
            said.extend(disagreements(&answers).iter().map(|each| words::disagreement(each)));
        }
        said
    }};
}

/// Names of protocols that are not translated.
fn without_names(text: &str) -> String {
    let mut names: Vec<&str> = PROTOCOLS.iter().map(|protocol| protocol.name).collect();
    // The longer first: one name may begin with another.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.iter().fold(text.to_owned(), |text, name| text.replace(name, "…"))
}

#[test]
fn nothing_that_the_stratify_page_says_of_a_child_is_left_in_english() {
    for (language, said) in [("ja", said!(ja)), ("ko", said!(ko))] {
        assert!(said.len() > 2000, "{language}: {}", said.len());
        let left: BTreeSet<String> = said
            .iter()
            .map(|text| without_names(text))
            .filter(|text| english(text).is_some())
            .collect();
        assert_eq!(left, BTreeSet::new(), "{language}");
    }
    assert!(
        said!(en).iter().any(|text| english(text).is_some()),
        "the search finds English"
    );
}

#[test]
fn every_group_and_every_protocol_with_words_has_a_name() {
    for protocol in PROTOCOLS {
        for name in [
            cotside_words::ja::protocol_name(protocol),
            cotside_words::ko::protocol_name(protocol),
        ] {
            let words = [" and ", " or ", " groups", " rule", " analysis", " abnormalities"];
            assert!(!words.iter().any(|word| name.contains(word)), "{name}");
        }
        for group in protocol.groups.iter().filter(|group| group.name != "t(4;11)") {
            assert_ne!(cotside_words::ja::group_name(group), group.name);
            assert_ne!(cotside_words::ko::group_name(group), group.name);
        }
    }
}

#[test]
fn answers_in_japanese_and_korean() {
    let child = read(&Entry::from_pairs([
        (Field::Kmt2a, "rearranged"),
        (Field::AgeDays, "100"),
        (Field::Wbc, "20"),
    ]));
    let answers = assess_all(&child.infant);
    let of = |id: &str| answers.iter().find(|answer| answer.protocol.id == id).expect(id);
    use cotside_words::{ja, ko};
    assert_eq!(
        ja::reason(of("mll-10")),
        "MLL-10では高リスク（HR）に分類される：KMT2A再構成あり、年齢180日未満。"
    );
    assert_eq!(
        ko::reason(of("mll-10")),
        "MLL-10에서 고위험(HR)에 해당: KMT2A 재배열 있음, 연령 180일 미만."
    );
    assert_eq!(
        ja::reason(of("interfant-06")),
        "Interfant-06では中間リスク（MR）または高リスク（HR）の可能性がある。プレドニゾロン反応性により決まる。"
    );
    assert_eq!(
        ko::reason(of("interfant-06")),
        "Interfant-06에서 가능한 분류: 중간위험(MR) 또는 고위험(HR). 결정하는 소견: 프레드니손 반응."
    );
    assert_eq!(
        ja::findings(&child.infant).split('。').next(),
        Some("所見：年齢 100日、白血球数 20 × 10⁹/L、KMT2Aの状態 再構成あり")
    );
    assert_eq!(ja::finding_label(Finding::Age), "年齢");
}

/// Names of the public items of a table of words.
fn items(source: &str) -> BTreeSet<&str> {
    let starts = ["pub const fn ", "pub const ", "pub fn "];
    source
        .lines()
        .filter_map(|line| starts.iter().find_map(|start| line.strip_prefix(start)))
        .filter_map(|rest| rest.split([':', '(']).next())
        .collect()
}

/// Names that a language's module takes from its parts.
fn taken(source: &str) -> BTreeSet<&str> {
    let mut names = items(source);
    for list in source
        .split("pub use ")
        .skip(1)
        .filter_map(|rest| rest.split(';').next())
    {
        let names_of = list.split_once('{').map_or_else(
            || list.rsplit("::").next().unwrap_or_default(),
            |(_, rest)| rest.trim_end().trim_end_matches('}'),
        );
        names.extend(
            names_of
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty() && *name != "*"),
        );
    }
    names
}

/// What may stand in English: quotations and sources, the letters of the scale (those of the protocols' own LR, MR, HR),
/// and the first part of the page for cohorts, whose modules speak English.
const MAY_STAY: [&str; 6] = ["LETTERS", "BoundaryCells", "citation", "marked", "source", "test"];

/// `cargo test -p cotside-words --test languages -- --nocapture table` prints what a translator could do next.
#[test]
fn a_table_of_what_is_left_in_english() {
    let english = include_str!("../src/en.rs");
    let parts = ["answer", "fields", "rules"].map(|part| {
        let rest = english.split_once(&format!("pub use {part}::{{")).expect(part).1;
        rest.split_once('}').expect(part).0
    });
    let needed: BTreeSet<&str> = parts.iter().flat_map(|list| list.split(',').map(str::trim)).collect();
    let page = items(include_str!("../src/en/page.rs"));
    for (language, module, own_page) in [
        ("ja", include_str!("../src/ja.rs"), include_str!("../src/ja/page.rs")),
        ("ko", include_str!("../src/ko.rs"), include_str!("../src/ko/page.rs")),
    ] {
        let (own, own_page) = (taken(module), items(own_page));
        assert!(own.is_subset(&taken(english)), "{language} says what English does not");
        assert!(own_page.is_subset(&page), "{language} says what English does not");
        for name in taken(english).difference(&own) {
            println!("{language} {name}");
        }
        let left: Vec<&&str> = needed
            .difference(&own)
            .chain(page.difference(&own_page))
            .filter(|name| !name.is_empty() && !MAY_STAY.contains(name))
            .collect();
        assert!(left.is_empty(), "{language} has no words for {left:?}");
    }
}
