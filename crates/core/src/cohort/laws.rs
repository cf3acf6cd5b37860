//! Properties of reading that hold for all names, formats and paddings of a file.
#![cfg(test)]

use proptest::prelude::*;

use super::word_lists::header_names;
use super::{
    Cohort, Endpoint, EventKind, Import, Mapping, Milestone, Polarity, Question, QuestionKind, Role, RowsQuestion,
    Shape, Sheet, Study, TimeSettings,
};
use crate::infant::Date;

/// A file as it is read under the proposed answers.
struct Read {
    import: Import,
    questions: Vec<Question>,
    rows: Vec<RowsQuestion>,
    cohort: Cohort,
    study: Study,
}

fn read(text: &str) -> Read {
    let raw = Sheet::read_lenient(text.as_bytes()).unwrap();
    let (shape, rows) = Shape::guess(&raw);
    let import = shape.apply(&raw);
    let profiles = import.profiles();
    let (mapping, questions) = Mapping::guess(&import, &profiles);
    let cohort = mapping.read(&import);
    let study = Study::of("file", &import, &profiles, &mapping, &cohort);
    Read {
        import,
        questions,
        rows,
        cohort,
        study,
    }
}

type Course = Vec<(usize, f64, bool)>;

impl Read {
    /// Patient, days and whether there was an event.
    fn follow(&self, endpoint: Endpoint) -> Course {
        let found = self.study.follow(endpoint, TimeSettings::default());
        let ends = found.patient.iter().zip(&found.time).zip(&found.event);
        ends.map(|((patient, days), event)| (*patient, *days, *event != EventKind::None))
            .collect()
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.import.sheet.header().iter().position(|each| each == name)
    }

    /// True if there is a question or problem about a column.
    fn says_something_of(&self, name: &str) -> bool {
        let column = self.column(name);
        let asked = self
            .questions
            .iter()
            .any(|question| column.is_some_and(|column| question.is_about(column)));
        asked || self.cohort.problems.iter().any(|problem| problem.column == column)
    }
}

fn day(number: i64) -> Date {
    Date::from_day_number(number).unwrap()
}

/// Patients with a day of diagnosis, days of follow-up, and whether they died; nobody lives as long as the file covers.
fn courses() -> impl Strategy<Value = Vec<(i64, i64, bool)>> {
    let one = (15_000_i64..17_000, 30_i64..400, 800_i64..1_900, any::<bool>());
    prop::collection::vec(one, 6..14).prop_map(|all| {
        let mut found: Vec<(i64, i64, bool)> = all
            .into_iter()
            .map(|(start, short, long, died)| (start, if died { short } else { long }, died))
            .collect();
        // Both occur, twice.
        for (place, patient) in found.iter_mut().take(4).enumerate() {
            patient.2 = place % 2 == 0;
            patient.1 = if patient.2 {
                100 + place as i64
            } else {
                1_000 + place as i64
            };
        }
        found
    })
}

/// Words for yes and no.
const ANSWERS: &[(&str, &str)] = &[
    ("1", "0"),
    ("yes", "no"),
    ("Y", "N"),
    ("TRUE", "FALSE"),
    ("ja", "nein"),
    ("oui", "non"),
    ("sí", "no"),
    ("sim", "não"),
    ("да", "нет"),
    ("はい", "いいえ"),
    ("あり", "なし"),
    ("是", "否"),
    ("예", "아니오"),
];

/// Names of a role that give a direction.
fn directed(role: Role) -> Vec<(String, Polarity)> {
    let of = header_names().filter(|named| named.role == role);
    of.filter_map(|named| Some((named.name, named.polarity?))).collect()
}

/// A column of who died under a name, in words for yes and no.
fn with_status(courses: &[(i64, i64, bool)], name: &str, polarity: Polarity, answers: (&str, &str)) -> String {
    let mut text = format!("id;diagnosis_date;last_follow_up;{name}\n");
    for (place, (start, days, died)) in courses.iter().enumerate() {
        let says = *died == (polarity == Polarity::AsNamed);
        let word = if says { answers.0 } else { answers.1 };
        text += &format!("P{place};{};{};{word}\n", day(*start), day(start + days));
    }
    text
}

#[test]
fn every_directed_name_is_read_in_its_direction_and_confirmed() {
    let courses: Vec<(i64, i64, bool)> = (0..10)
        .map(|place| {
            (
                15_000 + place,
                if place % 3 == 0 { 90 + place } else { 900 + place },
                place % 3 == 0,
            )
        })
        .collect();
    let truth: Course = courses
        .iter()
        .enumerate()
        .map(|(place, (_, days, died))| (place, *days as f64, *died))
        .collect();
    for (name, polarity) in directed(Role::VitalStatus) {
        for &answers in ANSWERS {
            let found = read(&with_status(&courses, &name, polarity, answers));
            assert_eq!(found.follow(Endpoint::OverallSurvival), truth, "{name} {answers:?}");
            let asked = found
                .questions
                .iter()
                .filter(|question| matches!(question.kind, QuestionKind::Direction(_)));
            assert_eq!(asked.count(), 1, "{name} {answers:?}");
        }
    }
    for (endpoint, time) in [
        (Endpoint::EventFreeSurvival, "efs days"),
        (Endpoint::OverallSurvival, "os days"),
        (Endpoint::DiseaseFreeSurvival, "dfs days"),
        (Endpoint::TimeToRelapse, "cir time"),
        (Endpoint::AsInFile, "days"),
    ] {
        for (name, polarity) in directed(Role::Event(endpoint)) {
            for &answers in ANSWERS {
                let mut text = format!("id;{time};{name}\n");
                for (place, (_, days, died)) in courses.iter().enumerate() {
                    let says = *died == (polarity == Polarity::AsNamed);
                    text += &format!("P{place};{days};{}\n", if says { answers.0 } else { answers.1 });
                }
                let found = read(&text);
                assert_eq!(found.follow(endpoint), truth, "{name} {answers:?}");
                assert!(found.says_something_of(&name), "{name} {answers:?}");
            }
        }
    }
}

#[test]
fn negated_names_of_findings_are_turned_round() {
    for (name, field, yes, no) in [
        ("CD10 negative", "cd10", "negative", "positive"),
        ("KMT2A germline", "kmt2a", "germline", "rearranged"),
        ("KMT2A wild type", "kmt2a", "germline", "rearranged"),
        ("No remission at EOI", "remission_eoi", "no", "yes"),
        ("Induction failure", "remission_eoi", "no", "yes"),
        ("Relapse free", "relapse", "no", "yes"),
        ("rezidivfrei", "relapse", "no", "yes"),
        ("no testicular involvement", "testis", "no", "yes"),
        ("Down syndrome absent", "down_syndrome", "no", "yes"),
        ("poor prednisone response", "prednisone_response", "poor", "good"),
        ("female", "sex", "female", "male"),
        ("male", "sex", "male", "female"),
        ("CD10", "cd10", "positive", "negative"),
        ("KMT2A rearranged", "kmt2a", "rearranged", "germline"),
        ("remission eoi", "remission_eoi", "yes", "no"),
    ] {
        for &(says_yes, says_no) in ANSWERS {
            let found = read(&format!(
                "id;{name};x\nA;{says_yes};1\nB;{says_no};2\nC;{says_yes};3\nD;{says_no};4\n"
            ));
            let variable = found.study.variable(&format!("finding:{field}"));
            let values: Vec<Option<&str>> = (0..2)
                .map(|patient| variable.and_then(|each| each.values.level(patient)))
                .collect();
            assert_eq!(values, [Some(yes), Some(no)], "{name} {says_yes}");
        }
    }
}

#[test]
fn a_header_that_states_its_coding_is_believed_and_not_asked() {
    for (name, dead, alive) in [
        ("Status (0=dead, 1=alive)", "0", "1"),
        ("status (1 = alive; 2 = dead)", "2", "1"),
        ("vital status [1: tot, 0: lebt]", "1", "0"),
        ("Alive (1=yes)", "0", "1"),
        ("lebend=1", "0", "1"),
        ("OS status (1=alive, 0=dead)", "0", "1"),
        ("event (1=no, 0=yes)", "0", "1"),
        ("dead=1 alive=0", "1", "0"),
        ("Lebensstatus (0=lebt, 1=verstorben)", "1", "0"),
    ] {
        let mut text = format!("id;os_days;\"{name}\"\n");
        for (place, (days, died)) in [(90, true), (900, false), (950, false), (60, true), (990, false)]
            .into_iter()
            .enumerate()
        {
            text += &format!("P{place};{days};{}\n", if died { dead } else { alive });
        }
        let found = read(&text);
        let events: Vec<bool> = found
            .follow(Endpoint::OverallSurvival)
            .iter()
            .map(|(_, _, event)| *event)
            .collect();
        if !name.contains(": ") {
            assert_eq!(events, [true, false, false, true, false], "{name}");
            assert!(
                !found.says_something_of(name) || name.contains("dead=1"),
                "{name} {:?}",
                found.questions
            );
        } else {
            assert!(events.is_empty() || found.says_something_of(name), "{name}");
        }
    }
}

#[test]
fn a_name_that_the_rest_of_the_file_contradicts_is_not_proposed() {
    // "censor" with 1 for the event, as some files have it.
    let found = read("id;time;censor\nA;267;1\nB;1590;0\nC;1600;0\nD;264;1\nE;53;1\nF;1700;0\n");
    let open = found.questions.iter().find_map(|question| match &question.kind {
        QuestionKind::Direction(direction) => Some(direction.proposed),
        _ => None,
    });
    assert_eq!(open, Some(false));
    assert_eq!(found.follow(Endpoint::AsInFile), []);
}

/// The ways in which files write a day.
fn written(date: Date, way: usize) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month, day) = date.parts();
    let name = MONTHS[usize::from(month) - 1];
    match way {
        0 => format!("{day:02}.{month:02}.{year}"),
        1 => format!("{day:02}/{month:02}/{year}"),
        2 => format!("{month:02}/{day:02}/{year}"),
        3 => format!("{day:02}{}{year}", name.to_uppercase()),
        4 => format!("{name} {day:02} {year}"),
        5 => format!("{year}-{name}-{day:02}"),
        6 => format!("{year}年{month}月{day}日"),
        7 => format!("{year}년 {month}월 {day}일"),
        8 => format!("{year}{month:02}{day:02}"),
        9 => format!("{}", date.day_number() + 25_569),
        10 => format!("{}", date.day_number() * 86_400),
        11 => format!("{year}-{month:02}-{day:02}T22:00:00.000Z"),
        12 => format!("{day:02}.{month:02}.{year} 00:00:00"),
        13 => format!(" {year} / {month:02} / {day:02} "),
        14 => format!("H{}.{month}.{day}", year - 1988),
        _ => date
            .to_string()
            .chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    char::from_u32(u32::from(c) + 0xfee0).unwrap()
                } else {
                    c
                }
            })
            .collect(),
    }
}

/// A cohort as a registry keeps it, with dates as `write` writes them and `none` where there is none.
fn registry(courses: &[(i64, i64, bool)], write: &dyn Fn(Date) -> String, none: &str) -> String {
    let mut text = "id;diagnosis_date;death_date;vital_status;last_follow_up;wbc;sex\n".to_owned();
    for (place, (start, days, died)) in courses.iter().enumerate() {
        let end = day(start + days);
        let (death, status) = if *died {
            (write(end), "dead")
        } else {
            (none.to_owned(), "alive")
        };
        text += &format!(
            "P{place};{};{death};{status};{};{}.5;m\n",
            write(day(*start)),
            write(end),
            20 + place
        );
    }
    text
}

fn iso(date: Date) -> String {
    date.to_string()
}

proptest! {
    #[test]
    fn a_file_and_its_twin_with_direction_and_header_flipped_give_the_same_curves(
        courses in courses(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(),
        answers in any::<prop::sample::Index>()) {
        let names = directed(Role::VitalStatus);
        let of = |polarity| names.iter().filter(|(_, known)| *known == polarity).map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let (named, reversed) = (of(Polarity::AsNamed), of(Polarity::Reversed));
        let answers = *answers.get(ANSWERS);
        let file = read(&with_status(&courses, &named[one.index(named.len())], Polarity::AsNamed, answers));
        let twin = read(&with_status(&courses, &reversed[other.index(reversed.len())], Polarity::Reversed, answers));
        prop_assert_eq!(file.follow(Endpoint::OverallSurvival), twin.follow(Endpoint::OverallSurvival));
        prop_assert_eq!(file.follow(Endpoint::OverallSurvival).len(), courses.len());
    }

    #[test]
    fn how_dates_are_written_changes_no_time(courses in courses(), way in 0_usize..16) {
        let plain = read(&registry(&courses, &iso, ""));
        let found = read(&registry(&courses, &|date| written(date, way), ""));
        let asks = found.questions.iter().any(|question| matches!(question.kind, QuestionKind::DateOrder(..)));
        // Without a day above 12 anywhere there is a question about the order, which may be the other one.
        if !asks {
            prop_assert_eq!(plain.follow(Endpoint::OverallSurvival), found.follow(Endpoint::OverallSurvival));
        }
    }

    #[test]
    fn no_text_in_the_place_of_a_date_moves_a_death(courses in courses(), none in prop_oneof![
        prop::sample::select(vec!["alive", "NED", "none", "0", "-", "#NULL!", "-8", "00/00/0000", "9999-12-31", "1900-01-01", "08-08-8888",
            "2099-12-31", "unknown", "?", "n/a", "no", "lebt", "生存", "x", ".", "NA", "nicht verstorben", "see note"]).prop_map(str::to_owned),
        "[a-zA-Z?#*+]{1,12}"]) {
        let plain = read(&registry(&courses, &iso, "")).follow(Endpoint::OverallSurvival);
        let found = read(&registry(&courses, &iso, &none));
        let follow = found.follow(Endpoint::OverallSurvival);
        // Everybody else is unchanged, and every excluded patient is listed.
        for one in &follow {
            prop_assert!(plain.contains(one), "{} {:?}", none, one);
        }
        if follow != plain || !super::is_missing(&none) {
            prop_assert!(found.says_something_of("death_date"), "{}", none);
        }
    }

    #[test]
    fn one_odd_cell_changes_its_patient_alone_and_is_named(courses in courses(), place in any::<prop::sample::Index>(), column in 1_usize..7,
        odd in prop_oneof![prop::sample::select(vec!["?", "850500", "-5", "99999", "31.02.2010", "high", "#REF!", "1e9"]).prop_map(str::to_owned),
            "[a-z]{3,9}".prop_filter("an empty cell is not odd", |text| !super::is_missing(text))]) {
        let text = registry(&courses, &iso, "");
        let plain = read(&text);
        let row = place.index(courses.len());
        let mut lines: Vec<Vec<String>> = text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
        let name = lines[0][column].clone();
        lines[row + 1][column] = odd.clone();
        let file: Vec<String> = lines.iter().map(|line| line.join(";")).collect();
        let found = read(&file.join("\n"));
        for endpoint in [Endpoint::OverallSurvival, Endpoint::EventFreeSurvival] {
            let others = |course: Course| course.into_iter().filter(|(patient, ..)| *patient != row).collect::<Course>();
            prop_assert_eq!(others(plain.follow(endpoint)), others(found.follow(endpoint)), "{} {}", name, odd);
        }
        for variable in plain.study.variables.iter().filter(|variable| variable.id.starts_with("finding:")) {
            let now = found.study.variable(&variable.id);
            for patient in (0..courses.len()).filter(|patient| *patient != row) {
                let after = now.map_or(String::new(), |each| each.values.text(patient));
                prop_assert_eq!(variable.values.text(patient), after, "{} {} {}", variable.id, name, odd);
            }
        }
        prop_assert!(found.says_something_of(&name), "{} {}", name, odd);
    }

    #[test]
    fn rows_of_one_patient_and_rows_below_the_table_change_nothing(courses in courses(), times in 2_usize..4,
        below in prop::sample::select(vec!["Mean", "Total;;;;;12", "n = 40", "* excluded from the analysis", "合計", "Summe;;;;;3", "Median (range)"])) {
        let text = registry(&courses, &iso, "");
        let plain = read(&text);
        let (header, rows) = text.split_once('\n').unwrap();
        let repeated: String = rows.lines().map(|line| format!("{line}\n").repeat(times)).collect();
        let found = read(&format!("{header}\n{repeated}{below}{}\n", ";".repeat(6 - below.matches(';').count())));
        prop_assert_eq!(plain.follow(Endpoint::OverallSurvival), found.follow(Endpoint::OverallSurvival));
        let repeated = found.rows.iter().any(|question| matches!(question, RowsQuestion::Repeated { .. }));
        prop_assert!(repeated);
        prop_assert!(found.rows.iter().any(|question| matches!(question, RowsQuestion::NotPatients(_))));
    }

    #[test]
    fn one_per_cent_is_one_per_cent_in_every_notation(values in prop::collection::vec(1_u32..2_000, 5..12)) {
        let file = |name: &str, write: &dyn Fn(f64) -> String| {
            let cells: String = values.iter().enumerate().map(|(place, value)| format!("P{place};{};1\n", write(f64::from(*value) / 20_000.0))).collect();
            read(&format!("id;{name};x\n{cells}"))
        };
        let fraction = |value: f64| format!("{value}");
        let per_cent = |value: f64| format!("{}", value * 100.0);
        let signed = |value: f64| format!("{}%", value * 100.0);
        let mrd = |read: &Read, patient: usize| read.study.variable("finding:mrd_eoi").map(|each| each.values.text(patient).parse::<f64>().unwrap_or(-1.0));
        let plain = file("mrd_eoi", &fraction);
        let small = values.iter().all(|value| *value <= 200);
        for found in [file("MRD EOI (%)", &per_cent), file("MRD EOI (%)", &signed), file("mrd_eoi", &signed)] {
            for patient in 0..values.len() {
                let (one, other) = (mrd(&plain, patient).unwrap_or(-1.0), mrd(&found, patient).unwrap_or(-1.0));
                prop_assert!((one - other).abs() <= 1e-9 * one.abs().max(1e-3) || small, "{} {}", one, other);
            }
        }
    }
}

#[test]
fn an_ordinary_file_asks_two_questions_at_most() {
    let base = "P1;2018-01-05;2018-05-10;m;33.9;rearranged;0.0001;2019-02-01;2019-08-01;dead;2019-08-01\n\
                P2;2018-03-12;2018-12-03;f;310;rearranged;0.00001;;;alive;2023-04-11\n\
                P3;2019-07-01;2019-09-02;f;5.2;germline;0;;;alive;2024-01-09\n";
    let header =
        "id;birth_date;diagnosis_date;sex;wbc;kmt2a;mrd_eoi;relapse_date;death_date;vital_status;last_follow_up\n";
    let coded = base.replace("dead", "1").replace("alive", "0");
    let coded = coded.replace(";m;", ";1;").replace(";f;", ";2;");
    for (text, most) in [
        (format!("{header}{base}"), 0),
        (format!("{header}{coded}"), 2),
        ("id;efs_days;efs_event\n1;267;1\n2;1590;0\n3;1700;0\n".to_owned(), 1),
        ("id;time;status\n1;267;2\n2;1590;1\n3;1700;1\n".to_owned(), 2),
        ("Pat-Nr;Diagnosedatum;Todesdatum;Letzter Kontakt\n1;01.02.2010;;03.04.2015\n2;02.03.2010;05.06.2011;05.06.2011\n".to_owned(), 0),
    ] {
        let found = read(&text);
        let mut columns: Vec<usize> = found.questions.iter().map(|question| question.column).collect();
        columns.dedup();
        assert!(columns.len() + found.rows.len() <= most, "{text} {:?}", found.questions);
    }
}

#[test]
fn a_column_named_for_a_role_is_never_dropped_silently() {
    for (name, cells) in [
        ("death_date", ["alive", "alive", "dead"]),
        ("last_follow_up", ["early", "late", "later"]),
        ("relapse_date", ["none", "none", "none"]),
        ("diagnosis_date", ["1439-05-10", "1440-05-10", "1441-01-01"]),
        ("wbc", [">300", ">300", ">500"]),
        ("mrd_eoi", ["<0.01", "<0.0001", "<0.01"]),
        ("os_time", ["long", "short", "long"]),
        ("sex", ["2010-01-01", "2010-01-02", "2010-01-03"]),
        ("vital_status", ["2010-01-01", "2010-01-02", "2010-01-03"]),
    ] {
        let [a, b, c] = cells;
        let found = read(&format!("id;{name};x\nA;{a};1\nB;{b};2\nC;{c};3\n"));
        assert!(found.says_something_of(name), "{name} {cells:?}");
    }
}

#[test]
fn days_since_diagnosis_are_days() {
    let found = read("id;relapse_day;death_day;last_fu_day\n1;267;448;448\n2;;;1590\n3;;;1700\n4;264;;1889\n");
    assert_eq!(
        found.follow(Endpoint::OverallSurvival),
        [
            (0, 448.0, true),
            (1, 1590.0, false),
            (2, 1700.0, false),
            (3, 1889.0, false)
        ]
    );
    assert_eq!(found.follow(Endpoint::EventFreeSurvival)[3], (3, 264.0, true));
    let months = read(
        "id;months to relapse;months to death;months to last follow up\n1;8.77;14.7;14.7\n2;;;52.2\n3;;;55.9\n4;8.67;;62\n",
    );
    assert_eq!(months.follow(Endpoint::EventFreeSurvival)[0], (0, 267.0, true));
    assert!(matches!(
        found.cohort.patients[0].course.date(Milestone::Diagnosis),
        super::Cell::Value(_)
    ));
}
