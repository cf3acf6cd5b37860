//! The synthetic registry (tests/reference/synthetic): endpoints, transplantation and Table 1 against R; the same file
//! from a German spreadsheet; every protocol.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use cotside_core::cohort::{
    Basis, Cell, Cohort, Encoding, Endpoint, EventKind, Import, Mapping, Milestone, Origin, Placement, ProtocolGroups,
    Role, Sheet, TimeSettings, TimeToEvent, TimeUnit, Unusable, Vital, describe_levels, describe_numbers, grouped,
};
use cotside_core::protocols::{Classification, Status, assess_all, classify};

const REGISTRY: &str = include_str!("../../../www/samples/synthetic-registry.csv");
const ENDPOINTS: &str = include_str!("../../../tests/reference/synthetic/registry_endpoints.csv");
const INTERVALS: &str = include_str!("../../../tests/reference/synthetic/registry_intervals.csv");
const TABLE1: &str = include_str!("../../../tests/reference/synthetic/registry_table1.csv");

fn read(bytes: &[u8]) -> (Import, Mapping, Cohort) {
    let import = Sheet::read_lenient(bytes).unwrap();
    let (mapping, _) = Mapping::guess(&import, &import.profiles());
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
    let (mapping, questions) = Mapping::guess(&import, &import.profiles());
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
    for (code, endpoint, origin) in [
        ("efs", Endpoint::EventFreeSurvival, None),
        ("os", Endpoint::OverallSurvival, None),
        ("dfs", Endpoint::DiseaseFreeSurvival, None),
        ("dfs", Endpoint::TimeToRelapse, None),
        (
            "os_first_remission",
            Endpoint::OverallSurvival,
            Some(Origin::FirstRemission),
        ),
        ("os_transplant", Endpoint::OverallSurvival, Some(Origin::Transplant)),
        ("os_relapse", Endpoint::OverallSurvival, Some(Origin::Relapse)),
        ("lfs_transplant", Endpoint::LeukaemiaFreeSurvival, None),
        ("lfs_transplant", Endpoint::TimeToRelapse, Some(Origin::Transplant)),
    ] {
        let of = |unit| {
            let settings = TimeSettings {
                unit,
                origin,
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
            assert_eq!(days.causes()[index], row[3].parse::<u32>().unwrap(), "{code} {id:?}");
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
    let named: Vec<ProtocolGroups> = all.iter().cloned().map(Classification::groups).collect();
    for one in &named {
        assert_eq!(one.counts().iter().sum::<usize>(), 120);
        for other in &named {
            let matrix = one.against(other);
            let rows: Vec<usize> = matrix.iter().map(|row| row.iter().sum()).collect();
            assert_eq!(rows, one.counts());
            let columns: Vec<usize> = (0..other.counts().len())
                .map(|column| matrix.iter().map(|row| row[column]).sum())
                .collect();
            assert_eq!(columns, other.counts());
            if one.id == other.id {
                let off = matrix
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

#[test]
fn the_registry_in_utf_16_with_vertical_bars_is_the_same_registry() {
    let text = REGISTRY.replace(',', "|");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (import, _, cohort) = read(&bytes);
    assert_eq!(
        (import.encoding, import.basis, import.delimiter),
        (Encoding::Utf16Be, Basis::ZeroBytes, '|')
    );
    assert_eq!(cohort, read(REGISTRY.as_bytes()).2);
}
