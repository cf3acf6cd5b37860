//! Properties of dictionaries that hold for all codes, orders and names.
#![cfg(test)]

use proptest::prelude::*;

use super::{
    CodeLabel, Cohort, DescribedColumn, Dictionary, Endpoint, EventKind, Import, Mapping, Question, Shape, Sheet,
    TimeSettings, TimeToEvent,
};

/// Words for a column of death or of events, the first of which is the event.
const WORDS: &[(&str, [&str; 2])] = &[
    ("vital_status", ["dead", "alive"]),
    ("vital_status", ["Died", "Living"]),
    ("os_event", ["Death", "Censored"]),
    ("deceased", ["Yes", "No"]),
];

fn read(text: &str, dictionary: Option<Dictionary>) -> (Vec<Question>, Vec<(f64, bool)>) {
    let plain = Sheet::read_lenient(text.as_bytes()).unwrap();
    let raw: Import = plain.described_by(&dictionary.into_iter().collect::<Vec<_>>());
    let (shape, _) = Shape::guess(&raw);
    let import = shape.apply(&raw);
    let (mapping, questions) = Mapping::guess(&import, &import.profiles());
    let cohort: Cohort = mapping.read(&import);
    let settings = TimeSettings {
        as_in_file: true,
        ..TimeSettings::default()
    };
    let followed = TimeToEvent::of(&cohort, Endpoint::OverallSurvival, settings);
    let ends = followed.time.iter().zip(&followed.event);
    (
        questions,
        ends.map(|(time, event)| (*time, *event != EventKind::None)).collect(),
    )
}

proptest! {
    #[test]
    fn any_two_codes_are_read_as_their_labels(
        patients in prop::collection::vec((1_u32..2_000, any::<bool>()), 4..20),
        codes in prop::sample::subsequence(vec!["0", "1", "2", "9", "-1", "A", "D", "Y", "N"], 2).prop_shuffle(),
        words in prop::sample::select(WORDS),
        unused in any::<bool>(),
    ) {
        let (name, [event, none]) = words;
        let mut text = format!("id,os_days,{name}\n");
        for (place, (days, died)) in patients.iter().enumerate() {
            text += &format!("P{place},{days},{}\n", codes[usize::from(!died)]);
        }
        let level = |code: &str, label: &str| CodeLabel { code: code.to_owned(), label: label.to_owned() };
        let mut levels = vec![level(codes[0], event), level(codes[1], none)];
        levels.extend(unused.then(|| level("77", "Lost to follow-up")));
        let column = DescribedColumn { name: name.to_owned(), levels, ..DescribedColumn::default() };
        let dictionary = Dictionary { source: "SPSS".to_owned(), columns: vec![column] };
        let wanted: Vec<(f64, bool)> = patients.iter().map(|(days, died)| (f64::from(*days), *died)).collect();
        let (questions, found) = read(&text, Some(dictionary));
        prop_assert_eq!(questions, vec![]);
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn a_dictionary_of_other_columns_changes_nothing(name in "[a-z]{3,8}", code in "[0-9]{1,2}", label in "[a-z]{1,8}") {
        prop_assume!(!["id", "sex", "wbc"].contains(&name.as_str()));
        let plain = Sheet::read_lenient(b"id,sex,wbc\n1,m,3\n2,f,5\n").unwrap();
        let column = DescribedColumn {
            name,
            levels: vec![CodeLabel { code, label }],
            ..DescribedColumn::default()
        };
        let dictionary = Dictionary { source: String::new(), columns: vec![column] };
        prop_assert_eq!(plain.described_by(&[dictionary]), plain);
    }
}
