//! From the bytes of a file to patients and endpoints: files by hand, and properties of all files.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use cotside_core::cohort::{
    Cohort, Endpoint, EventKind, FailureAt, Import, Mapping, Meaning, Milestone, QuestionKind, Remedy, Role, Sheet,
    TimeSettings, TimeToEvent, TimeUnit, Trouble, Unusable, ValueRule,
};
use cotside_core::infant::Field;
use cotside_core::protocols::classify;
use proptest::prelude::*;

const REGISTRY: &str = include_str!("../../../www/samples/synthetic-registry.csv");

fn read(bytes: &[u8]) -> (Import, Mapping, Cohort) {
    let import = Sheet::read_lenient(bytes).unwrap();
    let (mapping, _) = Mapping::guess(&import, &import.profiles());
    let cohort = mapping.read(&import);
    (import, mapping, cohort)
}

const HEADER: &str = "id,diagnosis_date,first_remission_date,relapse_date,second_malignancy_date,hsct_date,death_date,\
                      last_follow_up_date,first_event,vital_status\n";

/// Days and event, or why not, of one row under [`HEADER`].
fn followed(row: &str, endpoint: Endpoint, settings: TimeSettings) -> Result<(f64, EventKind), Unusable> {
    // A first row without gaps determines the kinds of the columns.
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
        // Dead, at an unknown date; the relapse is known.
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
        // It is unknown whether there was an event.
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
fn an_endpoint_missing_for_some_patients_is_used_for_none() {
    let why = |header: &str, row: &str, endpoint| {
        let (_, _, cohort) = read(format!("{header}\n{row}\n{row}\n").as_bytes());
        let times = TimeToEvent::of(&cohort, endpoint, TimeSettings::default());
        times.excluded.first().map(|excluded| excluded.why)
    };
    use {Endpoint as E, Milestone as M};
    let no = |milestone| Some(Unusable::NoColumn(milestone));
    let no_relapses = "diagnosis date,death date,last follow up";
    assert_eq!(
        why(no_relapses, "2010-01-01,2010-02-01,2010-02-01", E::EventFreeSurvival),
        no(M::Relapse)
    );
    assert_eq!(
        why(no_relapses, "2010-01-01,2010-02-01,2010-02-01", E::OverallSurvival),
        None
    );
    let no_deaths = "diagnosis date,relapse date,last follow up";
    assert_eq!(
        why(no_deaths, "2010-01-01,2010-02-01,2010-02-01", E::EventFreeSurvival),
        no(M::Death)
    );
    assert_eq!(
        why(no_deaths, "2010-01-01,2010-02-01,2010-02-01", E::OverallSurvival),
        no(M::Death)
    );
    let no_end = "diagnosis date,relapse date,death date";
    assert_eq!(
        why(no_end, "2010-01-01,2010-02-01,2010-03-01", E::EventFreeSurvival),
        no(M::LastFollowUp)
    );
    // A kind of the first event gives deaths and relapses; without an event its date may be the last contact.
    let kind = "diagnosis date,event date,first event,last follow up";
    assert_eq!(
        why(kind, "2010-01-01,2010-02-01,none,2010-02-01", E::EventFreeSurvival),
        None
    );
    assert_eq!(
        why(kind, "2010-01-01,2010-02-01,none,2010-03-01", E::EventFreeSurvival),
        Some(Unusable::EventDisagrees(EventKind::None, M::FirstEvent))
    );
}

#[test]
fn dates_as_a_spreadsheet_stores_them() {
    let text = "id\tdate of diagnosis\tdate of death\tlast follow up\n\
                1\t40179\t40238\t40238\n2\t40179\t\t40299.5\n3\t40180\t\t40300\n";
    let (_, _, cohort) = read(text.as_bytes());
    let os = TimeToEvent::of(&cohort, Endpoint::OverallSurvival, TimeSettings::default());
    assert_eq!(
        (os.time.clone(), os.any_event()),
        (vec![59.0, 120.0, 120.0], vec![1, 0, 0])
    );
}

#[test]
fn a_person_says_what_empty_cells_of_an_event_mean() {
    let text = "id,diagnosis date,relapse date,death date,last follow up,first event\n\
                1,2010-01-01,,,2010-05-01,\n2,2010-01-01,2010-03-01,,2010-05-01,relapse\n\
                3,2010-01-01,,2010-03-01,2010-03-01,death\n";
    let (import, mut mapping, cohort) = read(text.as_bytes());
    let efs = |cohort: &Cohort| TimeToEvent::of(cohort, Endpoint::EventFreeSurvival, TimeSettings::default());
    assert_eq!(efs(&cohort).excluded[0].why, Unusable::EventUnknown);
    mapping.columns[5].values.push(ValueRule {
        text: String::new(),
        meaning: Meaning::Code("none"),
        sure: true,
    });
    let efs = efs(&mapping.read(&import));
    assert_eq!((efs.time, efs.excluded), (vec![120.0, 59.0, 59.0], vec![]));
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
    // "-1" raises a question, and is read as missing.
    assert_eq!(why, [Unusable::NoTime, Unusable::EventUnknown]);
    assert_eq!((os.time[0], os.event[1]), (30.0, EventKind::Death));
}

#[test]
fn problems_name_row_column_and_remedy_and_questions_are_asked() {
    let text = "id,birth_date,diagnosis_date,sex,wbc,cns,mrd_eoi\n\
                1,01/02/2010,05/06/2010,1,33.9,1,0.5\n2,03/04/2010,06/07/2010,2,high,2,12\n3,05/06/2010\n\
                4,05/06/2010,07/08/2010,9,8.5,7,2.5\n5,05/06/2010,07/08/2010,1,8.1,1,0.1\n6,05/06/2010,07/08/2010,1,8.2,1,0.1\n";
    let import = Sheet::read_lenient(text.as_bytes()).unwrap();
    let (mut mapping, questions) = Mapping::guess(&import, &import.profiles());
    let asked: Vec<(usize, &QuestionKind)> = questions
        .iter()
        .map(|question| (question.column, &question.kind))
        .collect();
    assert!(matches!(asked[0], (1, QuestionKind::DateOrder(..))), "{asked:?}");
    assert_eq!(questions[0].also, [2], "what is asked of several columns is asked once");
    assert!(
        asked
            .iter()
            .any(|(column, kind)| *column == 3 && matches!(kind, QuestionKind::NoMeaning(text) if text == "9")),
        "{asked:?}"
    );
    assert!(
        asked
            .iter()
            .any(|(column, kind)| *column == 6 && matches!(kind, QuestionKind::Percent(_))),
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

/// Every row is a patient or set aside, and has a time or a reason.
fn no_row_is_lost(bytes: &[u8]) {
    let Ok(import) = Sheet::read_lenient(bytes) else {
        return;
    };
    let (mapping, _) = Mapping::guess(&import, &import.profiles());
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
    let (mapping, _) = Mapping::guess(&import, &profiles);
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
