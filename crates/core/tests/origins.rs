//! Times from first remission, transplantation and relapse, worked out by hand.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use cotside_core::cohort::{
    Cell, Cohort, Endpoint, EventKind, Mapping, Milestone, Origin, Role, Sheet, TimeSettings, TimeToEvent, Unusable,
};

type Found = Result<(f64, EventKind), Unusable>;

const HEADER: &str = "id,diagnosis_date,first_remission_date,hsct_date,relapse_date,relapse_after_hsct_date,\
                      acute_gvhd_date,chronic_gvhd_date,second_malignancy_date,death_date,last_follow_up_date,\
                      first_event,vital_status";

/// Rows that settle what the columns hold; the first two of each file.
const KINDS: &str = "0,2010-01-01,2010-02-01,2010-03-01,2010-04-01,2010-04-01,2010-04-02,2010-04-02,2010-05-01,2010-06-01,2010-06-01,relapse,dead\n\
                     00,2010-01-01,2010-02-01,2010-03-01,2010-04-01,2010-04-01,2010-04-02,2010-04-02,2010-05-01,2010-06-01,2010-06-01,relapse,alive\n";

/// A file with one row more, without some columns.
fn read(row: &str, without: &[&str]) -> Cohort {
    let all = format!("{HEADER}\n{KINDS}{row}\n");
    let kept: Vec<usize> = HEADER
        .split(',')
        .enumerate()
        .filter(|(_, name)| !without.contains(name))
        .map(|(place, _)| place)
        .collect();
    let lines = all.lines().map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let cells: Vec<&str> = kept.iter().map(|&place| cells[place]).collect();
        cells.join(",")
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let import = Sheet::read_lenient(text.as_bytes()).unwrap();
    let (mapping, _) = Mapping::guess(&import, &import.profiles());
    mapping.read(&import)
}

fn of(cohort: &Cohort, origin: Origin, endpoint: Endpoint) -> Found {
    let settings = TimeSettings {
        origin: Some(origin),
        ..TimeSettings::default()
    };
    let times = TimeToEvent::of(cohort, endpoint, settings);
    match times.row.iter().position(|&row| row == 2) {
        Some(place) => Ok((times.time[place], times.event[place])),
        None => Err(times.excluded.iter().find(|excluded| excluded.row == 2).unwrap().why),
    }
}

fn followed(row: &str, origin: Origin, endpoint: Endpoint) -> Found {
    of(&read(row, &[]), origin, endpoint)
}

#[test]
fn from_transplantation() {
    use {Endpoint as E, EventKind as K, Milestone as M, Unusable as U};
    // OS, LFS, relapse and non-relapse mortality, GRFS.
    let cases: [(&str, [Found; 4]); 13] = [
        // Alive without any event: seen on day 61 after transplantation.
        (
            "1,2010-01-01,2010-02-01,2010-05-01,,,,,,,2010-07-01,none,alive",
            [
                Ok((61.0, K::None)),
                Ok((61.0, K::None)),
                Ok((61.0, K::None)),
                Ok((61.0, K::None)),
            ],
        ),
        // Acute graft-versus-host disease on day 30, relapse on day 60, death on day 90.
        (
            "2,2010-01-01,2010-02-01,2010-05-01,2010-06-30,,2010-05-31,,,2010-07-30,2010-07-30,relapse,dead",
            [
                Ok((90.0, K::Death)),
                Ok((60.0, K::Relapse)),
                Ok((60.0, K::Relapse)),
                Ok((30.0, K::AcuteGvhd)),
            ],
        ),
        // Death without relapse on the day on which chronic disease was found.
        (
            "3,2010-01-01,2010-02-01,2010-05-01,,,,2010-07-30,,2010-07-30,2010-07-30,death,dead",
            [
                Ok((90.0, K::Death)),
                Ok((90.0, K::Death)),
                Ok((90.0, K::Death)),
                Ok((90.0, K::ChronicGvhd)),
            ],
        ),
        // A second malignancy is no event; the relapse behind it is.
        (
            "4,2010-01-01,2010-02-01,2010-05-01,2010-07-01,,,,2010-06-01,,2010-08-01,second_malignancy,alive",
            [
                Ok((92.0, K::None)),
                Ok((61.0, K::Relapse)),
                Ok((61.0, K::Relapse)),
                Ok((61.0, K::Relapse)),
            ],
        ),
        // Transplanted after a relapse; the next one has its own column.
        (
            "5,2010-01-01,2010-02-01,2010-05-01,2010-03-01,2010-05-21,,,,,2010-08-01,relapse,alive",
            [
                Ok((92.0, K::None)),
                Ok((20.0, K::Relapse)),
                Ok((20.0, K::Relapse)),
                Ok((20.0, K::Relapse)),
            ],
        ),
        // Transplanted after a relapse, and no other followed.
        (
            "6,2010-01-01,2010-02-01,2010-05-01,2010-03-01,,,,,,2010-08-01,relapse,alive",
            [
                Ok((92.0, K::None)),
                Ok((92.0, K::None)),
                Ok((92.0, K::None)),
                Ok((92.0, K::None)),
            ],
        ),
        // Not transplanted.
        (
            "7,2010-01-01,2010-02-01,,,,,,,,2010-08-01,none,alive",
            [Err(U::NotTransplanted); 4],
        ),
        // The origin before diagnosis, after death, after the last follow-up.
        (
            "8,2010-01-01,2010-02-01,2009-05-01,,,,,,,2010-08-01,none,alive",
            [Err(U::WrongOrder(M::Hsct, M::Diagnosis)); 4],
        ),
        (
            "9,2010-01-01,2010-02-01,2010-05-01,,,,,,2010-04-01,2010-04-01,death,dead",
            [Err(U::WrongOrder(M::Death, M::Hsct)); 4],
        ),
        (
            "10,2010-01-01,2010-02-01,2010-05-01,,,,,,,2010-04-01,none,alive",
            [Err(U::WrongOrder(M::LastFollowUp, M::Hsct)); 4],
        ),
        // Graft-versus-host disease before transplantation.
        (
            "11,2010-01-01,2010-02-01,2010-05-01,,,2010-04-01,,,,2010-08-01,none,alive",
            [
                Ok((92.0, K::None)),
                Ok((92.0, K::None)),
                Ok((92.0, K::None)),
                Err(U::WrongOrder(M::AcuteGvhd, M::Hsct)),
            ],
        ),
        // Never in remission before it.
        (
            "12,2010-01-01,,2010-05-01,,,,,,,2010-08-01,induction_failure,alive",
            [
                Ok((92.0, K::None)),
                Err(U::NeverInRemission),
                Err(U::NeverInRemission),
                Err(U::NeverInRemission),
            ],
        ),
        // A date that cannot be read.
        (
            "13,2010-01-01,2010-02-01,soon,,,,,,,2010-08-01,none,alive",
            [Err(U::UnreadableDate(M::Hsct)); 4],
        ),
    ];
    let endpoints = [
        E::OverallSurvival,
        E::LeukaemiaFreeSurvival,
        E::TimeToRelapse,
        E::GvhdFreeRelapseFreeSurvival,
    ];
    for (row, expected) in cases {
        for (endpoint, expected) in endpoints.into_iter().zip(expected) {
            assert_eq!(
                followed(row, Origin::Transplant, endpoint),
                expected,
                "{endpoint:?} {row}"
            );
        }
    }
}

#[test]
fn a_relapse_after_transplantation_is_not_guessed() {
    use {Endpoint as E, EventKind as K, Milestone as M, Unusable as U};
    let lfs = |row: &str, without: &[&str]| of(&read(row, without), Origin::Transplant, E::LeukaemiaFreeSurvival);
    // Without a column of its own, a relapse behind the first one is not known.
    let after_relapse = "1,2010-01-01,2010-02-01,2010-05-01,2010-03-01,,,,,,2010-08-01,relapse,alive";
    assert_eq!(
        lfs(after_relapse, &["relapse_after_hsct_date"]),
        Err(U::LaterRelapseUnknown(K::Relapse))
    );
    // Nor one behind a second malignancy, where only the first event is told.
    let second = "2,2010-01-01,2010-02-01,2010-05-01,,,,,2010-06-01,,2010-08-01,second_malignancy,alive";
    assert_eq!(
        lfs(second, &["relapse_after_hsct_date", "relapse_date"]),
        Err(U::LaterRelapseUnknown(K::SecondMalignancy))
    );
    // Two dates of one relapse.
    let twice = "3,2010-01-01,2010-02-01,2010-05-01,2010-06-01,2010-06-02,,,,,2010-08-01,relapse,alive";
    assert_eq!(lfs(twice, &[]), Err(U::DatesDisagree(M::Relapse, M::RelapseAfterHsct)));
    // A relapse given as after transplantation that was before it.
    let early = "4,2010-01-01,2010-02-01,2010-05-01,,2010-04-01,,,,,2010-08-01,relapse,alive";
    assert_eq!(lfs(early, &[]), Err(U::WrongOrder(M::RelapseAfterHsct, M::Hsct)));
    // It is a relapse for event-free survival too, though the first relapse has no date.
    let alone = "5,2010-01-01,2010-02-01,2010-05-01,,2010-06-01,,,,,2010-08-01,relapse,alive";
    assert_eq!(
        followed(alone, Origin::Diagnosis, E::EventFreeSurvival),
        Ok((151.0, K::Relapse))
    );
    // A first event given as death, with a relapse before it.
    let died = "6,2010-01-01,2010-02-01,2010-05-01,2010-06-01,,,,,2010-07-01,2010-07-01,death,dead";
    assert_eq!(lfs(died, &[]), Err(U::EventDisagrees(K::Death, M::Relapse)));
    // No event, with the date of one.
    let denied = "7,2010-01-01,2010-02-01,2010-05-01,2010-06-01,,,,,,2010-07-01,none,alive";
    assert_eq!(lfs(denied, &[]), Err(U::EventDisagrees(K::None, M::Relapse)));
    // Whether there was an event is not known.
    let unknown = "8,2010-01-01,2010-02-01,2010-05-01,,,,,,,2010-07-01,,alive";
    assert_eq!(lfs(unknown, &["relapse_after_hsct_date"]), Err(U::EventUnknown));
}

#[test]
fn from_first_remission_and_from_relapse() {
    use {Endpoint as E, EventKind as K, Milestone as M, Unusable as U};
    let cases: [(&str, Found, Found); 8] = [
        (
            "1,2010-01-01,2010-02-01,,2010-03-01,,,,,2010-04-01,2010-04-01,relapse,dead",
            Ok((59.0, K::Death)),
            Ok((31.0, K::Death)),
        ),
        (
            "2,2010-01-01,2010-02-01,,,,,,,,2010-04-01,none,alive",
            Ok((59.0, K::None)),
            Err(U::NoRelapse),
        ),
        (
            "3,2010-01-01,,,,,,,,2010-04-01,2010-04-01,death,dead",
            Err(U::NoDate(M::FirstRemission)),
            Err(U::NoRelapse),
        ),
        (
            "4,2010-01-01,,,,,,,,2010-04-01,2010-04-01,induction_failure,dead",
            Err(U::NeverInRemission),
            Err(U::NoRelapse),
        ),
        (
            "5,2010-01-01,2010-02-01,,,,,,,,2010-04-01,relapse,alive",
            Ok((59.0, K::None)),
            Err(U::NoEventDate(K::Relapse)),
        ),
        (
            "6,2010-01-01,2010-02-01,,2009-12-01,,,,,,2010-04-01,relapse,alive",
            Ok((59.0, K::None)),
            Err(U::WrongOrder(M::Relapse, M::Diagnosis)),
        ),
        (
            "7,2010-01-01,2010-02-01,,2010-03-01,,,,,2010-02-20,2010-02-20,relapse,dead",
            Ok((19.0, K::Death)),
            Err(U::WrongOrder(M::Death, M::Relapse)),
        ),
        (
            "8,2010-01-01,2010-02-01,,2010-03-01,,,,,2010-04-01,2010-04-01,death,dead",
            Ok((59.0, K::Death)),
            Err(U::EventDisagrees(K::Death, M::Relapse)),
        ),
    ];
    for (row, remission, relapse) in cases {
        assert_eq!(
            followed(row, Origin::FirstRemission, E::OverallSurvival),
            remission,
            "remission {row}"
        );
        assert_eq!(
            followed(row, Origin::Relapse, E::OverallSurvival),
            relapse,
            "relapse {row}"
        );
    }
}

/// A first event with its date gives the day of relapse where no column has it.
#[test]
fn relapse_by_the_first_event() {
    let text = "id,diagnosis date,event date,first event,last contact,vital status\n\
                1,2010-01-01,2010-03-01,relapse,2010-05-01,dead\n2,2010-01-01,,none,2010-05-01,alive\n\
                3,2010-01-01,2010-04-01,death,2010-04-01,dead\n";
    let import = Sheet::read_lenient(text.as_bytes()).unwrap();
    let (mapping, _) = Mapping::guess(&import, &import.profiles());
    let cohort = mapping.read(&import);
    let settings = TimeSettings {
        origin: Some(Origin::Relapse),
        ..TimeSettings::default()
    };
    let times = TimeToEvent::of(&cohort, Endpoint::OverallSurvival, settings);
    assert_eq!((times.row, times.time), (vec![0], vec![61.0]));
    let reasons: Vec<_> = times.excluded.iter().map(|excluded| excluded.why).collect();
    assert_eq!(reasons, [Unusable::NoRelapse, Unusable::NoRelapse]);
    assert_eq!(cohort.missing_columns(Origin::Relapse, Endpoint::OverallSurvival), []);
}

/// An endpoint that lacks columns says which, and follows nobody.
#[test]
fn columns_that_are_needed() {
    use {Endpoint as E, Milestone as M, Unusable as U};
    let row = "1,2010-01-01,2010-02-01,2010-05-01,,,,,,,2010-08-01,none,alive";
    let cohort = read(row, &["chronic_gvhd_date"]);
    let grfs = E::GvhdFreeRelapseFreeSurvival;
    assert_eq!(
        cohort.missing_columns(Origin::Transplant, grfs),
        [U::NoColumn(M::ChronicGvhd)]
    );
    assert_eq!(of(&cohort, Origin::Transplant, grfs), Err(U::NoColumn(M::ChronicGvhd)));
    let cohort = read(row, &["hsct_date"]);
    for &endpoint in Origin::Transplant.endpoints() {
        let missing = cohort.missing_columns(Origin::Transplant, endpoint);
        assert_eq!(missing.first(), Some(&U::NoColumn(M::Hsct)), "{endpoint:?}");
        assert_eq!(of(&cohort, Origin::Transplant, endpoint), Err(U::NoColumn(M::Hsct)));
    }
    // Times of the file count from diagnosis and never stand for those from another day.
    let text = "id,os_months,death,hsct date\n1,12,1,2010-01-01\n2,13,0,2010-01-02\n3,14,1,2010-01-03\n";
    let import = Sheet::read_lenient(text.as_bytes()).unwrap();
    let (mapping, _) = Mapping::guess(&import, &import.profiles());
    assert!(mapping.column_of(Role::Milestone(M::Hsct)).is_some());
    let cohort = mapping.read(&import);
    assert_eq!(
        cohort.patients[0].course.date(M::Hsct),
        Cell::Value(cotside_core::infant::Date::new(2010, 1, 1).unwrap())
    );
    let missing = cohort.missing_columns(Origin::Transplant, E::OverallSurvival);
    assert_eq!(missing, [U::NoColumn(M::LastFollowUp)]);
}
