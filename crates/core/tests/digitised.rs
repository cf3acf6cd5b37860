//! Digitised figures: what is true of all of them, of their files, and of two readings of one figure.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::cohort::TimeUnit;
use cotside_core::evidence::digitise::{Marks, Pixel};
use cotside_core::evidence::{
    AgreementError, AtRisk, CurveOf, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureDiffers, FigureError,
    FigureInput, FigureKind, FileError, HeightUnit, IncidenceCurveError, NotCompared, PrintedRatio, Provenance,
    Rebuilt, ReconstructError, agreement, between_groups, library_file, read_figures,
};
use proptest::prelude::*;

fn curve(of: CurveOf, points: &[(f64, f64)]) -> DigitisedCurve {
    DigitisedCurve {
        of,
        points: points.to_vec(),
        ..DigitisedCurve::default()
    }
}

fn group(name: &str, curves: Vec<DigitisedCurve>, at_risk: &[(f64, u32)]) -> DigitisedGroup {
    DigitisedGroup {
        name: name.to_owned(),
        curves,
        at_risk: at_risk
            .iter()
            .map(|&(time, patients)| AtRisk::at(time, patients))
            .collect(),
    }
}

fn provenance() -> Provenance {
    Provenance {
        study: "MLL03".to_owned(),
        figure: "Figure 2A".to_owned(),
        page: "612".to_owned(),
        digitised_by: "A. Reader".to_owned(),
        date: "2026-11-30".to_owned(),
        note: String::new(),
    }
}

/// Two groups of survival in per cent, in years, with a printed ratio.
fn survival() -> FigureInput {
    let first = [
        (0.0, 100.0),
        (1.0, 100.0),
        (1.0, 80.0),
        (3.0, 80.0),
        (3.0, 60.0),
        (5.0, 60.0),
    ];
    let second = [
        (0.0, 100.0),
        (0.5, 100.0),
        (0.5, 70.0),
        (2.0, 70.0),
        (2.0, 30.0),
        (5.0, 30.0),
    ];
    FigureInput {
        kind: FigureKind::Survival,
        unit: TimeUnit::Years,
        heights: HeightUnit::Percent,
        axes: None,
        groups: vec![
            group(
                "standard",
                vec![curve(CurveOf::Survival, &first)],
                &[(0.0, 20), (2.0, 14), (4.0, 8)],
            ),
            group(
                "high",
                vec![curve(CurveOf::Survival, &second)],
                &[(0.0, 20), (2.0, 12), (4.0, 5)],
            ),
        ],
        printed: Some(PrintedRatio {
            group: "high".to_owned(),
            reference: "standard".to_owned(),
            ratio: 2.5,
            interval: Some((1.0, 6.0)),
        }),
    }
}

fn incidence() -> FigureInput {
    let event = [(0.0, 0.0), (1.0, 0.0), (1.0, 0.2), (3.0, 0.2), (3.0, 0.35), (5.0, 0.35)];
    let competing = [(0.0, 0.0), (2.0, 0.0), (2.0, 0.1), (5.0, 0.1)];
    FigureInput {
        kind: FigureKind::Incidence,
        unit: TimeUnit::Months,
        heights: HeightUnit::Fraction,
        groups: vec![group(
            "",
            vec![curve(CurveOf::Event, &event), curve(CurveOf::Competing, &competing)],
            &[(0.0, 20), (2.0, 15), (4.0, 10)],
        )],
        ..FigureInput::default()
    }
}

fn saved(input: FigureInput) -> DigitisedFigure {
    let mut figure = DigitisedFigure::new(input).unwrap();
    figure.provenance = provenance();
    figure
}

#[test]
fn a_file_opens_again_and_gives_the_same_bytes() {
    let figures = [saved(survival()), saved(incidence())];
    for figure in &figures {
        let text = figure.to_file().unwrap();
        let again = read_figures(text.as_bytes()).unwrap();
        assert_eq!(again, std::slice::from_ref(figure));
        assert_eq!(again[0].to_file().unwrap(), text);
        // Without line ends and with a mark of the order of bytes it is the same figure.
        let dense = "\u{feff}".to_owned() + &text.replace('\n', " ");
        assert_eq!(read_figures(dense.as_bytes()).unwrap(), again);
    }
    let library = library_file(&figures).unwrap();
    let again = read_figures(library.as_bytes()).unwrap();
    assert_eq!(again, figures);
    assert_eq!(library_file(&again).unwrap(), library);
}

#[test]
fn a_changed_file_is_refused() {
    let text = saved(survival()).to_file().unwrap();
    let refuse = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} is not in\n{text}");
        read_figures(text.replacen(from, to, 1).as_bytes()).unwrap_err()
    };
    let changed = FileError::Changed {
        figure: 0,
        group: "standard".to_owned(),
    };
    // A row, a number at risk, a point, the fit, the number of points moved.
    assert_eq!(
        refuse(
            "[1.0, 1], [1.0, 1], [1.0, 1], [1.0, 1]",
            "[1.0, 0], [1.0, 1], [1.0, 1], [1.0, 1]"
        ),
        changed
    );
    assert_eq!(
        refuse(
            "[1.0, 1], [1.0, 1], [1.0, 1], [1.0, 1]",
            "[1.0, 1], [1.0, 1], [1.0, 1], [1.1, 1]"
        ),
        changed
    );
    assert_eq!(refuse("[2.0, 14]", "[2.0, 11]"), changed);
    assert_eq!(refuse("[5.0, 60.0]", "[5.0, 50.0]"), changed);
    assert_eq!(refuse("\"points_moved\": 0", "\"points_moved\": 1"), changed);
    assert!(matches!(refuse("\"study\"", "\"studdy\""), FileError::Shape { figure: 0, why } if why.contains("studdy")));
    assert!(matches!(refuse("  \"page\": \"612\",\n", ""), FileError::Shape { why, .. } if why.contains("page")));
    assert!(matches!(
        refuse("\"method\": 1", "\"method\": 2"),
        FileError::OtherMethod { found: 2, .. }
    ));
    assert_eq!(
        refuse("\"version\": 1", "\"version\": 2"),
        FileError::OtherVersion { found: "2".to_owned() }
    );
    assert_eq!(refuse("cotside-digitised-figure", "another"), FileError::OtherFormat);
    assert!(matches!(refuse("2026-11-30", "2026-11-31"), FileError::Date { .. }));
    assert!(matches!(
        refuse("A. Reader", " "),
        FileError::Text {
            field: "digitised_by",
            ..
        }
    ));
    assert!(matches!(
        refuse("MLL03", "MLL\u{202e}03"),
        FileError::Text { field: "study", .. }
    ));
    assert!(matches!(
        refuse("MLL03", &"x".repeat(301)),
        FileError::Text { field: "study", .. }
    ));
    assert!(matches!(
        refuse("\"survival\",\n  \"time", "\"other\",\n  \"time"),
        FileError::Shape { .. }
    ));
    assert!(matches!(
        refuse("\"group\": \"high\"", "\"group\": \"low\""),
        FileError::Figure {
            error: FigureError::RatioGroups,
            ..
        }
    ));
    assert!(matches!(
        read_figures(b"{\n x"),
        Err(FileError::NotJson { line: 2, .. })
    ));
    assert!(matches!(read_figures(b"[]"), Err(FileError::OtherFormat)));
    let library = library_file(&[saved(incidence()), saved(survival())]).unwrap();
    let changed = library.replacen("[2.0, 14]", "[2.0, 11]", 1);
    assert!(matches!(
        read_figures(changed.as_bytes()),
        Err(FileError::Changed { figure: 1, .. })
    ));
    let more = library.replacen("\"figures\"", "\"more\": 1, \"figures\"", 1);
    assert!(matches!(read_figures(more.as_bytes()), Err(FileError::Shape { why, .. }) if why.contains("more")));
    assert_eq!(library_file(&[]), Err(FileError::Count { found: 0 }));
    let mut nameless = saved(survival());
    nameless.provenance = Provenance::default();
    assert!(matches!(
        nameless.to_file(),
        Err(FileError::Text { field: "study", .. })
    ));
}

/// Places in a picture are kept with the points that they give.
#[test]
fn places_and_points_belong_together() {
    let place = |x, y| Pixel { x, y };
    let mut input = survival();
    input.axes = Some(Marks {
        corner: place(60.0, 420.0),
        along: place(660.0, 420.0),
        up: place(60.0, 20.0),
        times: (0.0, 6.0),
        heights: (0.0, 100.0),
    });
    let places = input.groups[0].curves[0]
        .points
        .iter()
        .map(|(time, height)| (60.0 + 100.0 * time, 420.0 - 4.0 * height));
    input.groups[0].curves[0].places = places.collect();
    let figure = saved(input.clone());
    let text = figure.to_file().unwrap();
    assert_eq!(read_figures(text.as_bytes()).unwrap(), [figure]);
    input.groups[0].curves[0].places[3].0 += 1.0;
    assert!(matches!(saved(input.clone()).to_file(), Err(FileError::Places { .. })));
    input.axes = None;
    assert!(matches!(saved(input).to_file(), Err(FileError::Places { .. })));
}

#[test]
fn what_is_no_figure() {
    let refuse = |change: &dyn Fn(&mut FigureInput)| {
        let mut input = survival();
        change(&mut input);
        DigitisedFigure::new(input).unwrap_err()
    };
    assert_eq!(refuse(&|input| input.groups.clear()), FigureError::NoGroup);
    assert_eq!(
        refuse(&|input| input.groups[1].name.clear()),
        FigureError::NoName { group: 1 }
    );
    assert!(matches!(
        refuse(&|input| input.groups[1].name = "standard".to_owned()),
        FigureError::SameName { .. }
    ));
    assert_eq!(
        refuse(&|input| input.kind = FigureKind::Incidence),
        FigureError::Curves { group: 0 }
    );
    assert_eq!(
        refuse(&|input| input.groups[1].curves.clear()),
        FigureError::Curves { group: 1 }
    );
    assert_eq!(
        refuse(&|input| input.printed.as_mut().unwrap().ratio = 7.0),
        FigureError::Ratio
    );
    assert_eq!(
        refuse(&|input| input.printed.as_mut().unwrap().reference = "x".to_owned()),
        FigureError::RatioGroups
    );
    assert!(matches!(
        refuse(&|input| input.heights = HeightUnit::Fraction),
        FigureError::Survival {
            group: 0,
            error: ReconstructError::BadPoint { row: 0 }
        }
    ));
    assert!(matches!(
        refuse(&|input| input.groups[1].curves[0].points[5].0 = 1e12),
        FigureError::Survival {
            group: 1,
            error: ReconstructError::BadPoint { row: 5 }
        }
    ));
    assert!(matches!(
        refuse(&|input| input.groups = (0..13)
            .map(|place| group(&place.to_string(), Vec::new(), &[]))
            .collect()),
        FigureError::TooManyGroups { found: 13 }
    ));
    let above = |change: &dyn Fn(&mut FigureInput)| {
        let mut input = incidence();
        change(&mut input);
        match DigitisedFigure::new(input).unwrap_err() {
            FigureError::Incidence { error, .. } => error,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        above(&|input| input.groups[0].curves[1].points[3].1 = 0.75),
        IncidenceCurveError::Sum { time: 5.0 }
    );
    assert!(matches!(
        above(&|input| input.groups[0].curves[1].points[3].1 = 0.0),
        IncidenceCurveError::Curve {
            competing: true,
            error: ReconstructError::Rises { row: 3 }
        }
    ));
    assert!(matches!(
        above(&|input| input.groups[0].at_risk.clear()),
        IncidenceCurveError::Numbers(ReconstructError::NoStart)
    ));
}

/// With one cause alone nothing is claimed that needs the other.
#[test]
fn one_cause_alone() {
    let mut input = incidence();
    input.groups[0].curves.truncate(1);
    let mut other = input.groups[0].clone();
    (input.groups[0].name, other.name) = ("a".to_owned(), "b".to_owned());
    input.groups.push(other);
    let figure = DigitisedFigure::new(input).unwrap();
    let Rebuilt::Incidence(found) = &figure.rebuilt()[0] else {
        panic!("incidence")
    };
    // n·F = 20 · 0.35 if everybody else had a competing event.
    let (least, most) = found.event_range.unwrap();
    assert_eq!((most, found.competing_fit.as_ref()), (7, None));
    assert!(least <= most && least == found.event_fit.events, "{least}");
    assert_eq!(between_groups(&figure, 0), Err(NotCompared::CompetingUnknown));
    assert!(figure.rebuilt()[0].steps(CurveOf::Competing).is_empty());
}

#[test]
fn two_readings_agree_or_not() {
    let first = saved(survival());
    let same = agreement(&first, &first).unwrap();
    for curve in &same.curves {
        assert_eq!(
            (curve.largest.difference(), curve.mean, curve.limits),
            (0.0, 0.0, (0.0, 0.0))
        );
        assert_eq!(curve.at.len(), 3);
    }
    assert_eq!(same.ratios[0].ratio_of_ratios(), Some(1.0));
    let mut input = survival();
    for point in &mut input.groups[1].curves[0].points[4..] {
        point.1 = 40.0;
    }
    input.groups.swap(0, 1);
    let mut second = saved(input);
    second.provenance.figure = "Figure 3".to_owned();
    let found = agreement(&first, &second).unwrap();
    assert_eq!(found.differs, [FigureDiffers::Figure]);
    let high = &found.curves[1];
    assert_eq!((high.group.as_str(), high.of), ("high", CurveOf::Survival));
    assert!(
        high.largest.time == 2.0 && high.largest.difference() < -0.05,
        "{:?}",
        high.largest
    );
    assert_eq!(high.at[1].time, 2.0);
    assert!(high.limits.0 < high.mean && high.mean < high.limits.1);
    // The other way around every difference changes its sign.
    let back = agreement(&second, &first).unwrap();
    let again = back.curves.iter().find(|curve| curve.group == "high").unwrap();
    assert!((again.mean + high.mean).abs() < 1e-12 && (again.limits.0 + high.limits.1).abs() < 1e-12);
    let months = saved(FigureInput {
        unit: TimeUnit::Months,
        ..survival()
    });
    assert_eq!(agreement(&first, &months), Err(AgreementError::Unit));
    assert_eq!(agreement(&months, &saved(incidence())), Err(AgreementError::Kind));
    let mut renamed = survival();
    renamed.printed = None;
    for group in &mut renamed.groups {
        group.name.push('x');
    }
    assert_eq!(agreement(&first, &saved(renamed)), Err(AgreementError::NoGroup));
}

/// Events of two causes and censoring of some patients, as a figure with a table of numbers at risk shows them.
fn drawn(rows: &[(u32, u32)]) -> FigureInput {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    let (mut free, mut heights) = (1.0, [0.0; 2]);
    let mut points: [Vec<(f64, f64)>; 2] = [vec![(0.0, 0.0)], vec![(0.0, 0.0)]];
    let mut times: Vec<u32> = rows.iter().map(|row| row.0).collect();
    times.dedup();
    for &now in &times {
        let at_risk = rows.iter().filter(|row| row.0 >= now).count() as f64;
        let mut any = 0.0;
        for cause in 0..2 {
            let deaths = rows.iter().filter(|row| **row == (now, cause as u32 + 1)).count() as f64;
            any += deaths;
            points[cause].push((f64::from(now), heights[cause]));
            heights[cause] += free * deaths / at_risk;
            points[cause].push((f64::from(now), heights[cause]));
        }
        free *= 1.0 - any / at_risk;
    }
    let last = times.last().copied().unwrap_or(0);
    let entry = |time: u32| (f64::from(time), rows.iter().filter(|row| row.0 >= time).count() as u32);
    let table: Vec<(f64, u32)> = (0..=last).step_by(20).map(entry).collect();
    let mut curves = vec![curve(CurveOf::Event, &points[0]), curve(CurveOf::Competing, &points[1])];
    for (curve, cause) in curves.iter_mut().zip(1..) {
        curve.events = Some(rows.iter().filter(|row| row.1 == cause).count() as u32);
    }
    FigureInput {
        kind: FigureKind::Incidence,
        heights: HeightUnit::Fraction,
        groups: vec![group("all", curves, &table)],
        ..FigureInput::default()
    }
}

proptest! {
    /// Curves of incidence drawn from patients are met within two patients of the whole group on average, those at risk
    /// within one; both incidences rise and stay below 1; the file gives the same figure.
    #[test]
    fn incidences_come_back(rows in prop::collection::vec((1_u32..100, 0_u32..3), 12..60)) {
        let figure = saved(drawn(&rows));
        let rebuilt = &figure.rebuilt()[0];
        prop_assert_eq!(rebuilt.time().len(), rows.len());
        prop_assert!(rebuilt.time().is_sorted());
        let two = 2.0 / rows.len() as f64;
        for (of, code) in [(CurveOf::Event, 1), (CurveOf::Competing, 2)] {
            let steps = rebuilt.steps(of);
            prop_assert!(steps.windows(2).all(|pair| pair[0].1 <= pair[1].1 + 1e-12));
            prop_assert!(steps.iter().all(|step| (0.0..=1.0 + 1e-9).contains(&step.1)));
            let true_events = rows.iter().filter(|row| row.1 == code).count();
            prop_assert!(rebuilt.events(code).abs_diff(true_events) <= 1 + rows.len() / 10);
        }
        prop_assert!(rebuilt.error().0 <= 0.01 + two, "{:?}", rebuilt.error());
        prop_assert!(rebuilt.largest_at_risk_difference() <= 1, "{:?}", rebuilt.at_risk());
        let text = figure.to_file().unwrap();
        let again = read_figures(text.as_bytes()).unwrap();
        prop_assert_eq!(&again[0], &figure);
        prop_assert_eq!(again[0].to_file().unwrap(), text);
    }

    /// Any points are refused or give a figure whose file opens as the same figure.
    #[test]
    fn whatever_is_read_is_refused_or_kept(
        raw in prop::collection::vec((-1.0..50.0_f64, -0.1..1.1_f64), 0..30),
        other in prop::collection::vec((0.0..50.0_f64, 0.0..1.0_f64), 0..30),
        patients in 0_u32..200,
        incidence: bool,
        sorted: bool,
    ) {
        let order = |points: &[(f64, f64)]| {
            let (mut times, mut heights): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
            if sorted {
                times.sort_by(f64::total_cmp);
                heights.sort_by(|a, b| if incidence { a.total_cmp(b) } else { b.total_cmp(a) });
            }
            times.into_iter().zip(heights.into_iter().map(|height| if incidence { 0.5 * height } else { height })).collect::<Vec<_>>()
        };
        let of = |of, points: &[(f64, f64)]| curve(of, &order(points));
        let curves = if incidence {
            vec![of(CurveOf::Event, &raw), of(CurveOf::Competing, &other)]
        } else {
            vec![of(CurveOf::Survival, &raw)]
        };
        let input = FigureInput {
            kind: if incidence { FigureKind::Incidence } else { FigureKind::Survival },
            heights: HeightUnit::Fraction,
            groups: vec![group("", curves, &[(0.0, patients), (10.0, patients / 2)])],
            ..FigureInput::default()
        };
        if let Ok(mut figure) = DigitisedFigure::new(input) {
            figure.provenance = provenance();
            prop_assert_eq!(figure.patients(), patients as usize);
            let text = figure.to_file().unwrap();
            prop_assert_eq!(read_figures(text.as_bytes()).unwrap(), [figure]);
        }
    }

    /// Bytes and changed files are read or refused.
    #[test]
    fn no_file_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..4000, with in any::<u8>()) {
        let _ = read_figures(&bytes);
        let mut text = saved(survival()).to_file().unwrap().into_bytes();
        let place = at % text.len();
        text[place] = with;
        let _ = read_figures(&text);
    }
}
