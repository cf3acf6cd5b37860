//! From the bytes of a file to patients, endpoints and tables: hand-written files, the synthetic registry against R, and
//! what must hold for any file.

use cotside_core::cohort::{
    Cell, Cohort, Endpoint, EventKind, FailureAt, Import, Mapping, Milestone, Placement, QuestionKind, Remedy, Role,
    Sheet, TimeSettings, TimeToEvent, TimeUnit, Trouble, Unusable, Vital, classify, describe_levels, describe_numbers,
    grouped,
};
use cotside_core::infant::Field;
use cotside_core::protocols::{Status, assess_all};
use proptest::prelude::*;

const REGISTRY: &str = include_str!("../../../www/samples/synthetic-registry.csv");
const ENDPOINTS: &str = include_str!("../../../tests/reference/synthetic/registry_endpoints.csv");
const INTERVALS: &str = include_str!("../../../tests/reference/synthetic/registry_intervals.csv");
const TABLE1: &str = include_str!("../../../tests/reference/synthetic/registry_table1.csv");

fn read(bytes: &[u8]) -> (Import, Mapping, Cohort) {
    let import = Sheet::read_lenient(bytes).unwrap();
    let (mapping, _) = Mapping::guess(import.sheet.header(), &import.profiles());
    let cohort = mapping.read(&import);
    (import, mapping, cohort)
}

fn rows_of(reference: &str) -> Vec<Vec<&str>> {
    reference
        .lines()
        .skip(2)
        .map(|line| line.split(',').collect())
        .collect()
}

#[test]
fn the_registry_is_understood_without_a_question() {
    let import = Sheet::read_lenient(REGISTRY.as_bytes()).unwrap();
    let (mapping, questions) = Mapping::guess(import.sheet.header(), &import.profiles());
    assert_eq!(questions, []);
    let cohort = mapping.read(&import);
    assert_eq!((cohort.patients.len(), cohort.set_aside.len()), (120, 0));
    assert_eq!(cohort.problems, []);
    let ignored = mapping
        .columns
        .iter()
        .zip(import.sheet.header())
        .filter(|(used, _)| used.role == Role::Ignored);
    assert_eq!(ignored.map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["data"]);
}

#[test]
fn endpoints_of_the_registry_are_those_of_r() {
    let (_, _, cohort) = read(REGISTRY.as_bytes());
    for (code, endpoint) in [
        ("efs", Endpoint::EventFreeSurvival),
        ("os", Endpoint::OverallSurvival),
        ("dfs", Endpoint::DiseaseFreeSurvival),
        ("dfs", Endpoint::TimeToRelapse),
    ] {
        let of = |unit| {
            let settings = TimeSettings {
                unit,
                ..TimeSettings::default()
            };
            TimeToEvent::of(&cohort, endpoint, settings)
        };
        let (days, months, years) = (of(TimeUnit::Days), of(TimeUnit::Months), of(TimeUnit::Years));
        let expected: Vec<Vec<&str>> = rows_of(ENDPOINTS).into_iter().filter(|row| row[0] == code).collect();
        assert_eq!(days.time.len(), expected.len(), "{code}");
        assert_eq!(days.time.len() + days.excluded.len(), 120);
        for (index, row) in expected.iter().enumerate() {
            let id = cohort.patients[days.patient[index]].infant.id.as_deref();
            let number = |text: &str| text.parse::<f64>().unwrap();
            assert_eq!(id, Some(row[1]));
            assert_eq!(days.time[index], number(row[2]), "{code} {id:?}");
            assert_eq!(days.causes()[index], row[3].parse().unwrap(), "{code} {id:?}");
            assert!((months.time[index] - number(row[4])).abs() < 1e-12);
            assert!((years.time[index] - number(row[5])).abs() < 1e-13);
        }
        if code == "dfs" {
            let why = |excluded: Unusable| {
                matches!(
                    excluded,
                    Unusable::NeverInRemission | Unusable::NoDate(Milestone::FirstRemission)
                )
            };
            assert!(days.excluded.iter().all(|excluded| why(excluded.why)));
        }
    }
}

#[test]
fn follow_up_is_cut_at_transplantation_as_tmerge_cuts_it() {
    let (_, _, cohort) = read(REGISTRY.as_bytes());
    let times = TimeToEvent::of(&cohort, Endpoint::EventFreeSurvival, TimeSettings::default());
    let (intervals, excluded) = times.hsct_intervals();
    let expected = rows_of(INTERVALS);
    assert_eq!(intervals.len(), expected.len());
    for (interval, row) in intervals.iter().zip(&expected) {
        let id = cohort.patients[times.patient[interval.subject]].infant.id.as_deref();
        let event = u32::from(interval.event != EventKind::None);
        let found = (
            id,
            interval.entry,
            interval.time,
            event,
            u32::from(interval.transplanted),
        );
        let number = |text: &str| text.parse().unwrap();
        let integer = |text: &str| text.parse().unwrap();
        assert_eq!(
            found,
            (
                Some(row[0]),
                number(row[1]),
                number(row[2]),
                integer(row[3]),
                integer(row[4])
            )
        );
    }
    let failures = times
        .event
        .iter()
        .filter(|&&event| event == EventKind::InductionFailure)
        .count();
    assert!(excluded.len() == failures && excluded.iter().all(|each| each.why == Unusable::ZeroTime));
}

#[test]
fn table_1_of_the_registry_is_that_of_r() {
    let (import, mapping, cohort) = read(REGISTRY.as_bytes());
    let column = |name: &str| import.sheet.column(name).unwrap();
    assert_eq!(mapping.column_of(Role::Group), Some(column("centre")));
    let (groups, names) = grouped(&cohort.texts(&import.sheet, column("centre")));
    for row in rows_of(TABLE1) {
        let place = names.iter().position(|name| name == row[1]);
        let texts = cohort.texts(&import.sheet, column(row[0]));
        let counted = |n: usize, missing: usize| {
            assert_eq!(
                (n.to_string(), missing.to_string()),
                (row[3].into(), row[4].into()),
                "{row:?}"
            )
        };
        if row[2].is_empty() {
            let numbers: Vec<Option<f64>> = texts
                .iter()
                .map(|text| text.and_then(|text| text.parse().ok()))
                .collect();
            let found = describe_numbers(&numbers, &groups, names.len());
            let found = place.map_or(found.all, |place| found.groups[place]);
            counted(found.n, found.missing);
            let expected: Vec<f64> = row[5..].iter().map(|text| text.parse().unwrap()).collect();
            let mut values = found.five.unwrap().to_vec();
            values.extend([found.mean.unwrap(), found.standard_deviation.unwrap()]);
            for (value, wanted) in values.iter().zip(&expected) {
                assert!(
                    (value - wanted).abs() <= 1e-13 * wanted.abs(),
                    "{row:?}: {value} {wanted}"
                );
            }
        } else {
            let found = describe_levels(&texts, &groups, names.len());
            let level = found.names.iter().position(|name| name == row[2]).unwrap();
            let found = place.map_or(&found.all, |place| &found.groups[place]);
            counted(found.counts[level], found.missing);
        }
    }
}

/// The registry as a German spreadsheet would save it: Latin-1, semicolons, decimal commas, dates as day.month.year.
fn in_german() -> Vec<u8> {
    let mut lines = REGISTRY.lines();
    let header = lines.next().unwrap();
    let names = [
        ("id", "Pat-Nr"),
        ("birth_date", "Geburtsdatum"),
        ("diagnosis_date", "Diagnosedatum"),
        ("sex", "Geschlecht"),
        ("wbc", "Leukozyten"),
        ("cns", "ZNS-Status"),
        ("day8_blasts", "Blasten Tag 8"),
        ("centre", "Gruppe"),
        ("remission_eoi", "komplette Remission"),
        ("mrd_eoi", "MRD Ende Induktion"),
        ("mrd_eoc", "MRD Ende Konsolidierung"),
        ("first_remission_date", "Remissionsdatum"),
        ("hsct_date", "Transplantationsdatum"),
        ("relapse_date", "Rezidivdatum"),
        ("second_malignancy_date", "Datum Zweitmalignom"),
        ("death_date", "Sterbedatum"),
        ("last_follow_up_date", "Letzter Kontakt"),
        ("first_event", "Erstes Ereignis"),
        ("vital_status", "Status"),
    ];
    let words = [
        ("female", "weiblich"),
        ("male", "m\u{e4}nnlich"),
        ("yes", "ja"),
        ("no", "nein"),
        ("alive", "lebt"),
        ("dead", "verstorben"),
        ("none", "kein Ereignis"),
        ("relapse", "Rezidiv"),
        ("death", "Tod"),
        ("second_malignancy", "Zweitmalignom"),
        ("induction_failure", "Therapieversagen"),
    ];
    let renamed = |name: &str| {
        names
            .iter()
            .find(|(own, _)| *own == name)
            .map_or(name.to_owned(), |(_, german)| (*german).to_owned())
    };
    let cell = |text: &str| {
        let date: Vec<&str> = text.split('-').collect();
        if let ([year, month, day], true) = (&date[..], text.len() == 10) {
            return format!("{day}.{month}.{year}");
        }
        match words.iter().find(|(own, _)| *own == text) {
            Some((_, german)) => (*german).to_owned(),
            None => text.replace('.', ","),
        }
    };
    let header: Vec<String> = header.split(',').map(renamed).collect();
    let mut text = header.join(";") + "\r\n";
    for line in lines {
        let cells: Vec<String> = line.split(',').map(cell).collect();
        text.push_str(&(cells.join(";") + "\r\n"));
    }
    text.chars().map(|c| u32::from(c) as u8).collect()
}

#[test]
fn the_registry_in_german_is_the_same_registry() {
    let (import, mapping, cohort) = read(&in_german());
    let (own_import, _, own) = read(REGISTRY.as_bytes());
    for (column, name) in import.sheet.header().iter().enumerate().skip(1) {
        assert_ne!(mapping.columns[column].role, Role::Ignored, "{name}");
    }
    assert_eq!(own_import.sheet.rows(), import.sheet.rows());
    for (german, own) in cohort.patients.iter().zip(&own.patients) {
        assert_eq!(german, own);
    }
    assert_eq!(cohort.problems, []);
}

const HEADER: &str = "id,diagnosis_date,first_remission_date,relapse_date,second_malignancy_date,hsct_date,death_date,\
                      last_follow_up_date,first_event,vital_status\n";

/// Days and event, or why not, of one row under [`HEADER`].
fn followed(row: &str, endpoint: Endpoint, settings: TimeSettings) -> Result<(f64, EventKind), Unusable> {
    // A first row without gaps settles what the columns hold.
    let text = format!(
        "{HEADER}0,2010-01-01,2010-02-01,2010-03-01,2010-03-02,2010-02-20,2010-04-01,2010-04-01,relapse,dead\n\
         00,2010-01-01,2010-02-01,2010-03-01,2010-03-02,2010-02-20,,2010-04-01,relapse,alive\n{row}\n"
    );
    let (_, _, cohort) = read(text.as_bytes());
    let times = TimeToEvent::of(&cohort, endpoint, settings);
    match times.row.iter().position(|&row| row == 2) {
        Some(place) => Ok((times.time[place], times.event[place])),
        None => Err(times.excluded.iter().find(|excluded| excluded.row == 2).unwrap().why),
    }
}

#[test]
fn endpoints_by_hand() {
    use {Endpoint as E, EventKind as K, Milestone as M, Unusable as U};
    let settings = TimeSettings::default();
    for (row, efs, os, dfs) in [
        // Alive in remission; seen at the transplantation, later than the last contact that was entered.
        (
            "1,2010-01-01,2010-02-01,,,2010-06-01,,2010-05-01,none,alive",
            Ok((151.0, K::None)),
            Ok((151.0, K::None)),
            Ok((120.0, K::None)),
        ),
        // Relapse on day 59, death on day 90.
        (
            "2,2010-01-01,2010-02-01,2010-03-01,,,2010-04-01,2010-04-01,relapse,dead",
            Ok((59.0, K::Relapse)),
            Ok((90.0, K::Death)),
            Ok((28.0, K::Relapse)),
        ),
        // Relapse and death on one day: relapse comes first.
        (
            "3,2010-01-01,2010-02-01,2010-03-01,,,2010-03-01,2010-03-01,,dead",
            Ok((59.0, K::Relapse)),
            Ok((59.0, K::Death)),
            Ok((28.0, K::Relapse)),
        ),
        // Death in remission; the last contact was entered when the death became known.
        (
            "4,2010-01-01,2010-02-01,,,,2010-03-01,2010-05-01,death,dead",
            Ok((59.0, K::Death)),
            Ok((59.0, K::Death)),
            Ok((28.0, K::Death)),
        ),
        // No remission.
        (
            "5,2010-01-01,,,,,2010-03-01,2010-03-01,induction_failure,dead",
            Ok((0.0, K::InductionFailure)),
            Ok((59.0, K::Death)),
            Err(U::NeverInRemission),
        ),
        // Death before remission.
        (
            "6,2010-01-01,,,,,2010-01-20,2010-01-20,death,dead",
            Ok((19.0, K::Death)),
            Ok((19.0, K::Death)),
            Err(U::NoDate(M::FirstRemission)),
        ),
        // Dead, nobody knows when; the relapse is known.
        (
            "7,2010-01-01,2010-02-01,2010-03-01,,,,2010-05-01,relapse,dead",
            Ok((59.0, K::Relapse)),
            Err(U::DiedWithoutDate),
            Ok((28.0, K::Relapse)),
        ),
        (
            "8,2010-01-01,2010-02-01,,,,,2010-05-01,death,dead",
            Err(U::NoEventDate(K::Death)),
            Err(U::DiedWithoutDate),
            Err(U::NoEventDate(K::Death)),
        ),
        (
            "9,2010-01-01,2010-02-01,,,,,2010-05-01,none,dead",
            Err(U::DiedWithoutDate),
            Err(U::DiedWithoutDate),
            Err(U::DiedWithoutDate),
        ),
        // Relapse by its kind, without its date, and the other way round.
        (
            "10,2010-01-01,2010-02-01,,,,,2010-05-01,relapse,alive",
            Err(U::NoEventDate(K::Relapse)),
            Ok((120.0, K::None)),
            Err(U::NoEventDate(K::Relapse)),
        ),
        (
            "11,2010-01-01,2010-02-01,2010-03-01,,,,2010-05-01,none,alive",
            Err(U::EventDisagrees(K::None, M::Relapse)),
            Ok((120.0, K::None)),
            Err(U::EventDisagrees(K::None, M::Relapse)),
        ),
        (
            "12,2010-01-01,2010-02-01,2010-03-01,2010-02-15,,,2010-05-01,relapse,alive",
            Err(U::EventDisagrees(K::Relapse, M::SecondMalignancy)),
            Ok((120.0, K::None)),
            Err(U::EventDisagrees(K::Relapse, M::SecondMalignancy)),
        ),
        // An unreadable date is not an empty one.
        (
            "13,2010-01-01,2010-02-01,2010-13-41,,,,2010-05-01,,alive",
            Err(U::UnreadableDate(M::Relapse)),
            Ok((120.0, K::None)),
            Err(U::UnreadableDate(M::Relapse)),
        ),
        // Nothing tells whether there was an event.
        (
            "14,2010-01-01,2010-02-01,,,,,2010-05-01,,alive",
            Err(U::EventUnknown),
            Ok((120.0, K::None)),
            Err(U::EventUnknown),
        ),
        (
            "15,2010-01-01,2010-02-01,,,,,2010-05-01,none,",
            Err(U::VitalUnknown),
            Err(U::VitalUnknown),
            Err(U::VitalUnknown),
        ),
        // Order and contradiction.
        (
            "16,2010-01-01,2010-02-01,2009-12-01,,,,2010-05-01,relapse,alive",
            Err(U::WrongOrder(M::Relapse, M::Diagnosis)),
            Ok((120.0, K::None)),
            Err(U::WrongOrder(M::Relapse, M::FirstRemission)),
        ),
        (
            "17,2010-01-01,2010-02-01,2010-04-02,,,2010-04-01,2010-05-01,relapse,dead",
            Err(U::WrongOrder(M::Death, M::Relapse)),
            Ok((90.0, K::Death)),
            Err(U::WrongOrder(M::Death, M::Relapse)),
        ),
        (
            "18,2010-01-01,2010-02-01,,,,2010-04-01,2010-05-01,death,alive",
            Err(U::AliveWithDeathDate),
            Err(U::AliveWithDeathDate),
            Err(U::AliveWithDeathDate),
        ),
        (
            "19,,2010-02-01,,,,,2010-05-01,none,alive",
            Err(U::NoDate(M::Diagnosis)),
            Err(U::NoDate(M::Diagnosis)),
            Ok((89.0, K::None)),
        ),
        (
            "20,2010-01-01,2010-02-01,,,,,,none,alive",
            Err(U::NoDate(M::LastFollowUp)),
            Err(U::NoDate(M::LastFollowUp)),
            Err(U::NoDate(M::LastFollowUp)),
        ),
        (
            "21,2010-01-01,2010-02-01,,,,,2010-05-01,what,alive",
            Err(U::UnreadableEvent),
            Ok((120.0, K::None)),
            Err(U::UnreadableEvent),
        ),
        (
            "22,2010-01-01,2010-02-01",
            Err(U::SetAside),
            Err(U::SetAside),
            Err(U::SetAside),
        ),
        (
            "23,2010-01-01,2009-02-01,,,,,2010-05-01,none,alive",
            Ok((120.0, K::None)),
            Ok((120.0, K::None)),
            Err(U::WrongOrder(M::FirstRemission, M::Diagnosis)),
        ),
    ] {
        assert_eq!(followed(row, E::EventFreeSurvival, settings), efs, "EFS {row}");
        assert_eq!(followed(row, E::OverallSurvival, settings), os, "OS {row}");
        assert_eq!(followed(row, E::DiseaseFreeSurvival, settings), dfs, "DFS {row}");
        assert_eq!(followed(row, E::TimeToRelapse, settings), dfs, "relapse {row}");
    }
    let late = TimeSettings {
        failure_at: FailureAt::ItsDate,
        ..settings
    };
    let failed = "5,2010-01-01,,,,,2010-03-01,2010-03-01,induction_failure,dead";
    assert_eq!(
        followed(failed, E::EventFreeSurvival, late),
        Err(U::NoEventDate(K::InductionFailure))
    );
}

#[test]
fn one_date_and_its_kind_are_enough() {
    use EventKind as K;
    let text = "id,diagnosis date,event date,first event,last contact,vital status\n\
                1,2010-01-01,2010-03-01,relapse,2010-05-01,dead\n2,2010-01-01,,none,2010-05-01,alive\n\
                3,2010-01-01,2010-03-01,,2010-05-01,alive\n4,2010-01-01,2010-05-01,death,2010-05-01,dead\n";
    let (_, _, cohort) = read(text.as_bytes());
    let efs = TimeToEvent::of(&cohort, Endpoint::EventFreeSurvival, TimeSettings::default());
    assert_eq!(efs.time, [59.0, 120.0, 59.0, 120.0]);
    assert_eq!(efs.event, [K::Relapse, K::None, K::Event, K::Death]);
    // Without a column for the date of death the last contact of the dead is the day of death.
    let os = TimeToEvent::of(&cohort, Endpoint::OverallSurvival, TimeSettings::default());
    assert_eq!((os.time.clone(), os.any_event()), (vec![120.0; 4], vec![1, 0, 0, 1]));
}

#[test]
fn times_that_the_file_has() {
    let text = "id;efs_months;efs_event;os_years;os_event\n1;12,5;1;2,5;0\n2;13;0;-1;1\n3;x;1;1;\n4;9;0;8;1\n5;9,1;0;8;1\n6;1,5;1;7;1\n";
    let (_, _, cohort) = read(text.as_bytes());
    let settings = TimeSettings {
        as_in_file: true,
        unit: TimeUnit::Months,
        ..TimeSettings::default()
    };
    let efs = TimeToEvent::of(&cohort, Endpoint::EventFreeSurvival, settings);
    assert_eq!(efs.time, [12.5, 13.0, 9.0, 9.1, 1.5]);
    assert_eq!(
        (efs.excluded[0].row, efs.excluded[0].why),
        (2, Unusable::UnreadableTime)
    );
    let os = TimeToEvent::of(&cohort, Endpoint::OverallSurvival, settings);
    let why: Vec<Unusable> = os.excluded.iter().map(|excluded| excluded.why).collect();
    assert_eq!(why, [Unusable::UnreadableTime, Unusable::EventUnknown]);
    assert_eq!((os.time[0], os.event[1]), (30.0, EventKind::Death));
}

#[test]
fn problems_name_row_column_and_remedy_and_questions_are_asked() {
    let text = "id,birth_date,diagnosis_date,sex,wbc,cns,mrd_eoi\n\
                1,01/02/2010,05/06/2010,1,33.9,1,0.5\n2,03/04/2010,06/07/2010,2,high,2,12\n3,05/06/2010\n\
                4,05/06/2010,07/08/2010,9,8.5,7,2.5\n5,05/06/2010,07/08/2010,1,8.1,1,0.1\n6,05/06/2010,07/08/2010,1,8.2,1,0.1\n";
    let import = Sheet::read_lenient(text.as_bytes()).unwrap();
    let (mut mapping, questions) = Mapping::guess(import.sheet.header(), &import.profiles());
    let asked: Vec<(usize, &QuestionKind)> = questions
        .iter()
        .map(|question| (question.column, &question.kind))
        .collect();
    assert!(matches!(asked[0], (1, QuestionKind::DateOrder(..))), "{asked:?}");
    assert!(matches!(asked[1], (2, QuestionKind::DateOrder(..))));
    assert!(
        asked
            .iter()
            .any(|(column, kind)| *column == 3 && matches!(kind, QuestionKind::NoMeaning(text) if text == "9")),
        "{asked:?}"
    );
    assert!(
        asked
            .iter()
            .any(|(column, kind)| *column == 6 && **kind == QuestionKind::Percent),
        "{asked:?}"
    );
    let cohort = mapping.read(&import);
    let found: Vec<(Option<usize>, Option<usize>, Remedy)> = cohort
        .problems
        .iter()
        .map(|problem| (problem.row, problem.column, problem.trouble.remedy()))
        .collect();
    assert_eq!(
        found,
        [
            (Some(1), Some(4), Remedy::MendCellOrNumberForm),
            (Some(2), None, Remedy::MendRow),
            (Some(3), Some(3), Remedy::SayMeaning),
            (Some(3), Some(5), Remedy::SayMeaning),
        ]
    );
    assert_eq!(cohort.problems[0].text, "high");
    assert_eq!(cohort.patients[0].infant.mrd[0], Some(0.005), "per cent");
    // The second column of a role is not read.
    mapping.columns[5].role = Role::Finding(Field::Sex);
    let cohort = mapping.read(&import);
    assert_eq!(cohort.problems[0].trouble, Trouble::RoleTwice(3));
}

#[test]
fn vital_status_and_dates_of_a_row() {
    let (_, _, cohort) = read(REGISTRY.as_bytes());
    let course = &cohort.patients[1].course;
    assert_eq!(course.vital, Cell::Value(Vital::Dead));
    assert_eq!(course.first_event, Cell::Value(EventKind::InductionFailure));
    assert_eq!(course.date(Milestone::FirstRemission), Cell::Missing);
    assert_eq!(course.date(Milestone::FirstEvent), Cell::NoColumn);
}

#[test]
fn protocols_sort_the_registry_and_the_matrix_adds_up() {
    let (_, _, cohort) = read(REGISTRY.as_bytes());
    let all = classify(cohort.patients.iter().map(|patient| &patient.infant));
    for (patient, place) in cohort.patients.iter().zip(0..) {
        for (one, assessment) in all.iter().zip(assess_all(&patient.infant)) {
            let placement = match assessment.status {
                Status::Assigned(group) => {
                    let position = one.protocol.groups.iter().position(|known| known.id == group.id);
                    Placement::Group(position.unwrap() as u8)
                }
                Status::Undetermined(_) => Placement::Undetermined,
                Status::NotApplicable(_) => Placement::NotApplicable,
            };
            assert_eq!(one.placements[place], placement);
        }
    }
    for one in &all {
        assert_eq!(one.counts().iter().sum::<usize>(), 120);
        for other in &all {
            let matrix = one.against(other);
            let rows: Vec<usize> = matrix.counts.iter().map(|row| row.iter().sum()).collect();
            assert_eq!(rows, one.counts());
            let columns: Vec<usize> = (0..other.counts().len())
                .map(|column| matrix.counts.iter().map(|row| row[column]).sum())
                .collect();
            assert_eq!(columns, other.counts());
            assert!(matrix.placed_by_both() <= 120);
            if one.protocol.id == other.protocol.id {
                let off = matrix
                    .counts
                    .iter()
                    .enumerate()
                    .flat_map(|(r, row)| row.iter().enumerate().filter(move |(c, _)| *c != r));
                assert_eq!(off.map(|(_, count)| count).sum::<usize>(), 0);
            }
        }
    }
    let interfant = all.iter().find(|one| one.protocol.id == "interfant-06").unwrap();
    let germline = cohort
        .patients
        .iter()
        .position(|patient| patient.infant.kmt2a == Some(cotside_core::infant::Kmt2a::Germline));
    let low = interfant
        .protocol
        .groups
        .iter()
        .position(|group| group.id == "low")
        .unwrap();
    assert_eq!(interfant.placements[germline.unwrap()], Placement::Group(low as u8));
}

/// Every row is a patient or set aside, and has a time or a reason.
fn no_row_is_lost(bytes: &[u8]) {
    let Ok(import) = Sheet::read_lenient(bytes) else {
        return;
    };
    let (mapping, _) = Mapping::guess(import.sheet.header(), &import.profiles());
    let cohort = mapping.read(&import);
    let rows = import.sheet.rows();
    assert_eq!(cohort.patients.len() + cohort.set_aside.len(), rows);
    for &endpoint in Endpoint::ALL {
        for as_in_file in [false, true] {
            let settings = TimeSettings {
                as_in_file,
                ..TimeSettings::default()
            };
            let times = TimeToEvent::of(&cohort, endpoint, settings);
            let mut seen: Vec<usize> = times
                .row
                .iter()
                .copied()
                .chain(times.excluded.iter().map(|e| e.row))
                .collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..rows).collect::<Vec<_>>());
            assert!(times.time.iter().all(|time| time.is_finite() && *time >= 0.0));
            let (intervals, excluded) = times.hsct_intervals();
            let at_risk: f64 = intervals.iter().map(|interval| interval.time - interval.entry).sum();
            assert!(intervals.iter().all(|interval| interval.entry < interval.time));
            let out: Vec<usize> = excluded.iter().map(|each| each.row).collect();
            let kept = times.row.iter().zip(&times.time).filter(|(row, _)| !out.contains(row));
            let total: f64 = kept.map(|(_, time)| time).sum();
            assert!((at_risk - total).abs() <= 1e-6 * total.max(1.0));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_under_a_header(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let header = b"id,dx,relapse date,death date,last follow up,event,status,efs time\n";
        no_row_is_lost(&[&header[..], &bytes].concat());
        no_row_is_lost(&bytes);
    }

    #[test]
    fn a_registry_with_broken_bytes(at in prop::collection::vec((0_usize..6000, any::<u8>()), 1..30)) {
        let mut bytes = REGISTRY.as_bytes()[..6000].to_vec();
        for (place, byte) in at {
            bytes[place] = byte;
        }
        no_row_is_lost(&bytes);
    }

    #[test]
    fn cells_of_a_course_in_any_mixture(rows in prop::collection::vec((0_u8..4, 0_u8..5, 0_u8..5, 0_u8..5, 0_u8..5, 0_u8..5, 0_u8..7, 0_u8..4), 1..20)) {
        let date = |n: u8| ["", "2010-01-01", "2010-02-01", "2010-03-01", "x"][usize::from(n)];
        let event = |n: u8| ["", "none", "relapse", "death", "second_malignancy", "induction_failure", "event"][usize::from(n)];
        let vital = |n: u8| ["", "alive", "dead", "?"][usize::from(n)];
        let mut text = HEADER.to_owned();
        for (dx, cr, relapse, smn, hsct, death, kind, status) in rows {
            let cells = [date(dx), date(cr), date(relapse), date(smn), date(hsct), date(death), "2010-04-01", event(kind), vital(status)];
            text.push_str(&format!("1,{}\n", cells.join(",")));
        }
        no_row_is_lost(text.as_bytes());
    }
}

/// `cargo test --profile native -p cotside-core --test cohort -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn a_hundred_thousand_rows() {
    let (header, rows) = REGISTRY.split_once('\n').unwrap();
    let mut text = format!("{header}\n");
    while text.len() < rows.len() * 834 {
        text.push_str(rows);
    }
    let start = std::time::Instant::now();
    let import = Sheet::read_lenient(text.as_bytes()).unwrap();
    let read = start.elapsed();
    let profiles = import.profiles();
    let profiled = start.elapsed() - read;
    let (mapping, _) = Mapping::guess(import.sheet.header(), &profiles);
    let guessed = start.elapsed();
    let cohort = mapping.read(&import);
    let mapped = start.elapsed() - guessed;
    let before = start.elapsed();
    let times = TimeToEvent::of(&cohort, Endpoint::EventFreeSurvival, TimeSettings::default());
    let timed = start.elapsed() - before;
    println!(
        "{} rows, {} columns, {} kB: read {read:?}, profiled {profiled:?}, mapped {mapped:?}, timed {timed:?} ({} usable)",
        import.sheet.rows(),
        import.sheet.header().len(),
        text.len() / 1000,
        times.time.len()
    );
    let before = std::time::Instant::now();
    let some: Vec<_> = cohort
        .patients
        .iter()
        .take(1200)
        .map(|patient| &patient.infant)
        .collect();
    let all = classify(some.iter().copied());
    println!(
        "{} infants under {} protocols: {:?}",
        some.len(),
        all.len(),
        before.elapsed()
    );
}
