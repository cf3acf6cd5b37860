//! Properties of all figures, for any input.

#![allow(clippy::unwrap_used, clippy::panic)]

mod samples;

use cotside_figures::curve::{CurveFigure, CurveInput, Shown};
use cotside_figures::diagnostics::{LogLogFigure, LogLogInput, SchoenfeldFigure, SmoothPoint};
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow, ForestScale};
use cotside_figures::incidence::{CauseInput, IncidenceFigure, IncidenceInput, Layout};
use cotside_figures::power::{PowerFigure, PowerLine};
use cotside_figures::spline::{SplineFigure, SplinePoint};
use cotside_figures::{
    AxisUnit, Extent, Few, Followed, Lettering, Mark, Palette, PlotOptions, PointsFigure, PublishedPoint, QUIET, Scene,
    StandaloneOptions, Style, TableForm, TimedPoint, overlap,
};
use proptest::prelude::*;

fn extents(scene: &Scene, names: &[&str]) -> Vec<Extent> {
    let mut found = Vec::new();
    scene.each(|name, mark| {
        if names.contains(&name) && matches!(mark, Mark::Text { .. }) {
            found.extend(mark.extent());
        }
    });
    found
}

/// Returns the alignment of the texts of a group.
fn anchors(scene: &Scene, wanted: &str) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    scene.each(|name, mark| {
        if let Mark::Text { at, .. } = mark
            && name == wanted
        {
            found.push(*at);
        }
    });
    found
}

/// Upper ends of the ticks of the time axis.
fn ticks(scene: &Scene) -> Vec<f64> {
    let mut found = Vec::new();
    scene.each(|name, mark| {
        if let Mark::Line { from, to, .. } = mark
            && name == "axis-time"
            && from.0 == to.0
        {
            found.push(from.0);
        }
    });
    found
}

fn everything_inside(scene: &Scene) -> Result<(), TestCaseError> {
    let mut outside = None;
    scene.each(|name, mark| {
        let Some((left, upper, right, lower)) = mark.extent() else {
            return;
        };
        // The 2 mm along every edge are empty.
        let edge = QUIET - 0.01;
        if left < edge || upper < edge || right > scene.width - edge || lower > scene.height - edge {
            outside = Some(format!("{name}: {mark:?}"));
        }
    });
    prop_assert!(outside.is_none(), "{outside:?} in {} x {}", scene.width, scene.height);
    Ok(())
}

fn no_overlap(extents: &[Extent]) -> Result<(), TestCaseError> {
    for (index, first) in extents.iter().enumerate() {
        for second in &extents[..index] {
            prop_assert!(!overlap(*first, *second), "{first:?} {second:?}");
        }
    }
    Ok(())
}

/// Checks that every column is exactly under its tick, in every row.
fn columns_under_ticks(scene: &Scene) -> Result<(), TestCaseError> {
    let (ticks, cells) = (ticks(scene), anchors(scene, "table"));
    prop_assert!(!ticks.is_empty());
    prop_assert_eq!(cells.len() % ticks.len(), 0);
    for row in cells.chunks(ticks.len()) {
        for (cell, tick) in row.iter().zip(&ticks) {
            prop_assert_eq!(cell.0.to_bits(), tick.to_bits());
        }
    }
    let labels = anchors(scene, "axis-time");
    prop_assert!(labels.iter().map(|at| at.0).eq(ticks.iter().copied()));
    Ok(())
}

/// Checks that no name or note in the plot is on a curve, also in a font a fifth wider than the figures' own.
fn names_cover_no_curve(scene: &Scene) -> Result<(), TestCaseError> {
    let names: Vec<Extent> = extents(scene, &["labels", "annotation"])
        .into_iter()
        .map(|(left, upper, right, lower)| (left, upper, left + 1.2 * (right - left), lower))
        .collect();
    let mut crossed = None;
    scene.each(|name, mark| {
        let Mark::Path { pieces, .. } = mark else { return };
        for pair in pieces
            .iter()
            .flat_map(|piece| piece.windows(2))
            .filter(|_| name == "curves")
        {
            let [a, b] = pair else { continue };
            let segment = (
                a.0.min(b.0) - 0.01,
                a.1.min(b.1) - 0.01,
                a.0.max(b.0) + 0.01,
                a.1.max(b.1) + 0.01,
            );
            if names.iter().any(|name| overlap(*name, segment)) {
                crossed = Some(segment);
            }
        }
    });
    prop_assert!(crossed.is_none(), "{crossed:?}");
    prop_assert!(names.iter().all(|name| name.2 <= scene.width - QUIET + 0.01));
    Ok(())
}

fn sound(svg: &str) -> Result<(), TestCaseError> {
    for word in [
        "=\"NaN",
        "=\"inf",
        "=\"-inf",
        "LNaN",
        "MNaN",
        "<script",
        " style=\"",
        " href=\"",
    ] {
        prop_assert!(!svg.contains(word), "{word}");
    }
    let tags = svg.matches("<text").count();
    prop_assert_eq!(tags, svg.matches("</text>").count());
    prop_assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
    Ok(())
}

fn holds(scene: &Scene) -> Result<(), TestCaseError> {
    everything_inside(scene)?;
    columns_under_ticks(scene)?;
    no_overlap(&extents(scene, &["labels", "annotation"]))?;
    names_cover_no_curve(scene)?;
    no_overlap(&extents(scene, &["table", "table-names"]))?;
    no_overlap(&extents(scene, &["legend", "heading"]))?;
    no_overlap(&extents(scene, &["axis-time", "axis-time-label"]))?;
    no_overlap(&extents(scene, &["axis-value", "axis-value-label"]))?;
    sound(&scene.to_svg())?;
    sound(&scene.to_standalone_svg(StandaloneOptions::default()))
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("High risk".to_owned()),
        Just("Medium risk & <5 months".to_owned()),
        Just("고위험군".to_owned()),
        "[A-Za-z0-9 <>&\"']{0,60}",
    ]
}

fn curve() -> impl Strategy<Value = CurveInput> {
    (name(), any::<u32>(), 1_usize..300, 0.0..1.0_f64, 0.05..3.0_f64).prop_map(|(name, seed, n, cured, rate)| {
        samples::group(&name, u64::from(seed % 2_147_483_646) + 1, n, cured, rate)
    })
}

fn style() -> impl Strategy<Value = Style> {
    let panel = prop_oneof![2 => Just(None), 1 => Just(Some('A')), 1 => Just(Some('한'))];
    let size = (60.0..200.0_f64, 5.0..10.0_f64);
    (size, any::<(bool, bool, bool, bool)>(), panel).prop_map(
        |((width_mm, text_pt), (grey, title, caption, marked), panel)| Style {
            width_mm,
            text_pt,
            palette: if grey { Palette::Grey } else { Palette::Colour },
            panel,
            title,
            caption,
            mark: if marked {
                "Synthetic data: no row is a patient"
            } else {
                ""
            },
        },
    )
}

fn few() -> impl Strategy<Value = Few> {
    prop_oneof![
        Just(Few::Never),
        Just(Few::FiveOrTenth),
        (0.0..400.0_f64).prop_map(Few::Below)
    ]
}

/// Distances of ticks that a person might enter, or mistype.
fn steps() -> impl Strategy<Value = (Option<f64>, Option<f64>)> {
    let step = || prop::option::of(prop_oneof![4 => 0.001..50.0_f64, 1 => wild()]);
    (step(), step())
}

fn options() -> impl Strategy<Value = PlotOptions> {
    (
        style(),
        any::<(bool, bool, bool, bool, bool)>(),
        (0_usize..4, few(), any::<bool>(), any::<bool>(), steps()),
        prop::option::of(0.05..40.0_f64),
        prop_oneof![3 => Just((0.0, 100.0)), 1 => Just((50.0, 100.0)), 1 => Just((0.0, 40.0))],
        name(),
    )
        .prop_map(
            |(
                style,
                (months, bands, censor_ticks, direct_labels, dashes),
                (form, few, few_end, fraction, steps),
                to,
                percent,
                label,
            )| {
                PlotOptions {
                    style,
                    unit: if months { AxisUnit::Months } else { AxisUnit::Years },
                    value_label: label,
                    to,
                    percent,
                    bands,
                    censor_ticks,
                    few,
                    few_end,
                    fraction,
                    steps,
                    dashes,
                    direct_labels,
                    table: [
                        TableForm::None,
                        TableForm::AtRisk,
                        TableForm::Kmunicate,
                        TableForm::Events,
                    ][form],
                    ..PlotOptions::default()
                }
            },
        )
}

fn published() -> impl Strategy<Value = Vec<PublishedPoint>> {
    let point = (name(), 0.0..15.0_f64, 0.0..1.0_f64, any::<(bool, bool)>());
    let point = point.prop_map(|(label, time, value, (interval, computed))| PublishedPoint {
        label,
        time,
        value,
        interval: interval.then_some((value * 0.8, value * 0.8 + 0.2)),
        computed,
    });
    prop::collection::vec(point, 0..4)
}

/// Numbers as a broken caller might give them.
fn wild() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => -1.0..20.0_f64,
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(f64::NEG_INFINITY),
        1 => Just(f64::MAX),
        1 => Just(-0.0),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn curves(
        curves in prop::collection::vec(curve(), 0..7),
        options in options(),
        published in published(),
        up in any::<bool>(),
        title in name(),
        look in (prop::collection::vec(name(), 0..3), 0.5..6.0_f64, any::<(bool, bool)>()),
    ) {
        let (annotation, line_pt, (slide, few_ticks)) = look;
        let ratio = slide.then_some(0.5625);
        let options = PlotOptions { annotation, line_pt, ratio, few_ticks, ..options };
        let figure = CurveFigure {
            lettering: samples::lettering(&title),
            curves,
            published,
            shown: if up { Shown::Incidence } else { Shown::Survival },
            options,
        };
        holds(&figure.scene())?;
    }

    #[test]
    fn differences(options in options(), labels in prop::collection::vec(name(), 2), scale in -8.0..8.0_f64) {
        let mut figure = samples::differences();
        figure.options = options;
        for (group, label) in figure.groups.iter_mut().zip(labels) {
            group.full_name = label;
            group.difference.iter_mut().for_each(|share| *share = (*share * scale).clamp(-1.0, 1.0));
        }
        holds(&figure.scene())?;
        let data = figure.data();
        prop_assert!(data.rows.iter().all(|row| row.len() == data.head.len()));
    }

    /// In panels nothing is outside and no names overlap.
    #[test]
    fn endpoints(options in options(), labels in prop::collection::vec(name(), 2), panels in 0_usize..5) {
        let mut figure = samples::endpoints();
        figure.options = options;
        figure.panels.truncate(panels);
        figure.groups = labels;
        let scene = figure.scene();
        everything_inside(&scene)?;
        for names in [&["table", "table-names"][..], &["heading", "note", "legend"], &["axis-time", "axis-time-label"]] {
            no_overlap(&extents(&scene, names))?;
        }
        sound(&scene.to_svg())?;
        let data = figure.data();
        prop_assert!(data.rows.iter().all(|row| row.len() == data.head.len()));
    }

    #[test]
    fn incidences(groups in 1_usize..4, seed in 1_u64..9999, options in options(), labels in prop::collection::vec(name(), 4)) {
        let groups = (0..groups).map(|index| samples::competing(&labels[index], seed + index as u64, 60, 0.4, 1.0));
        let figure = IncidenceFigure {
            groups: groups.collect(),
            options,
            ..samples::two_causes()
        };
        holds(&figure.scene())?;
    }

    /// In panels too nothing is outside and no names overlap; a panel's columns are under ticks of its own.
    #[test]
    fn incidences_in_panels(
        groups in 1_usize..5,
        seed in 1_u64..9999,
        stacked in any::<bool>(),
        options in options(),
        labels in prop::collection::vec(name(), 5),
        note in name(),
    ) {
        let groups = (0..groups).map(|index| IncidenceInput {
            end_label: if index == 1 { String::new() } else { format!("{} (n = 60)", labels[index]) },
            ..samples::competing(&labels[index], seed + index as u64, 60, 0.4, 1.0)
        });
        let figure = IncidenceFigure {
            groups: groups.collect(),
            options,
            layout: if stacked { Layout::Stacked } else { Layout::Causes },
            notes: vec![note],
            ..samples::two_causes()
        };
        let scene = figure.scene();
        everything_inside(&scene)?;
        for names in [&["labels"][..], &["table", "table-names"], &["heading", "note", "legend"], &["axis-time", "axis-time-label"]] {
            no_overlap(&extents(&scene, names))?;
        }
        let ticks = ticks(&scene);
        for cell in anchors(&scene, "table") {
            prop_assert!(ticks.contains(&cell.0));
        }
        sound(&scene.to_svg())?;
        let data = figure.data();
        prop_assert!(data.rows.iter().all(|row| row.len() == data.head.len()));
    }

    #[test]
    fn counts_of_the_table_sum_to_all(curve in curve(), time in 0.0..12.0_f64) {
        let counts = curve.followed.before(time);
        prop_assert_eq!(counts.at_risk + counts.events + counts.censored, curve.followed.number());
    }

    #[test]
    fn broken_numbers_draw_something(
        numbers in prop::collection::vec((wild(), wild(), wild(), wild()), 0..12),
        start in wild(),
        limits in (wild(), wild(), wild(), wild()),
        options in options(),
    ) {
        let column = |pick: fn(&(f64, f64, f64, f64)) -> f64| numbers.iter().map(pick).collect::<Vec<f64>>();
        let followed = Followed {
            time: column(|row| row.0),
            at_risk: column(|row| row.1),
            events: column(|row| row.2),
            censored: column(|row| row.3),
            entered: numbers.iter().map(|row| (row.3, row.0)).collect(),
        };
        let interval: Vec<_> = numbers.iter().map(|row| Some((row.2, row.3))).collect();
        let options = PlotOptions { from: Some(limits.0), to: Some(limits.1), percent: (limits.2, limits.3), ..options };
        let curves = vec![CurveInput {
            label: "a".into(),
            full_name: "a (n = 1)".into(),
            start,
            followed: followed.clone(),
            survival: column(|row| row.1),
            interval: interval.clone(),
            band: if limits.0 > 1.0 { interval.clone() } else { Vec::new() },
            band_to: Some(limits.1),
            hazard: column(|row| row.2),
            hazard_interval: interval.clone(),
        }];
        let published = vec![PublishedPoint { label: String::new(), time: start, value: limits.0, interval: Some((limits.1, limits.2)), computed: true }];
        let figure = CurveFigure { curves, published, options: options.clone(), ..CurveFigure::default() };
        sound(&figure.scene().to_svg())?;
        prop_assert!(!figure.data().to_csv().contains(",NaN"));
        let open = PlotOptions { open_top: true, ..options.clone() };
        let figure = CurveFigure { shown: Shown::CumulativeHazard, options: open, ..figure };
        sound(&figure.scene().to_svg())?;
        prop_assert!(!figure.data().to_csv().contains(",NaN"));
        let causes = vec![CauseInput { label: "b".into(), incidence: column(|row| row.3), interval }];
        let groups = vec![IncidenceInput { label: "a".into(), start, followed, causes, ..IncidenceInput::default() }];
        for layout in [Layout::Together, Layout::Causes, Layout::Stacked] {
            let (groups, options) = (groups.clone(), options.clone());
            let figure = IncidenceFigure { groups, options, layout, ..IncidenceFigure::default() };
            sound(&figure.scene().to_svg())?;
        }
    }
}

fn row() -> impl Strategy<Value = ForestRow> {
    let numbers = (prop::option::of(wild()), prop::option::of((wild(), wild())));
    (
        name(),
        any::<(bool, bool, bool, bool)>(),
        prop::collection::vec(name(), 0..4),
        numbers,
    )
        .prop_map(
            |(label, (indented, heading, overall, computed), cells, (estimate, interval))| ForestRow {
                label,
                indented,
                heading,
                overall,
                cells,
                estimate,
                interval,
                computed,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn forests(
        rows in prop::collection::vec(row(), 0..9),
        columns in prop::collection::vec((name(), any::<bool>()), 0..4),
        kind in 0_usize..3,
        style in style(),
        limits in prop::option::of((wild(), wild())),
        words in (name(), name(), name(), name()),
    ) {
        let figure = ForestFigure {
            lettering: samples::lettering(&words.0),
            style,
            scale: [ForestScale::Ratio, ForestScale::Difference, ForestScale::Percent][kind],
            limits,
            label_head: words.1,
            axis_label: words.2,
            sides: Some((words.3.clone(), words.3)),
            columns: columns.into_iter().map(|(head, after)| ForestColumn { head, after }).collect(),
            rows,
        };
        let scene = figure.scene();
        everything_inside(&scene)?;
        no_overlap(&extents(&scene, &["heads", "rows"]))?;
        no_overlap(&extents(&scene, &["axis"]))?;
        sound(&scene.to_svg())?;
        prop_assert!(!figure.data().to_csv().contains(",NaN"));
    }

    #[test]
    fn diagnostics(
        curves in prop::collection::vec((name(), prop::collection::vec((wild(), wild()), 0..20)), 0..5),
        style in style(),
        words in (name(), name()),
        coefficient in prop::option::of(wild()),
    ) {
        let points = |rows: &[(f64, f64)]| rows.to_vec();
        let residuals = curves.first().map(|curve| points(&curve.1)).unwrap_or_default();
        let smooth = residuals.iter().map(|(time, value)| SmoothPoint { time: *time, value: *value, interval: Some((*value, *time)) });
        let schoenfeld = SchoenfeldFigure {
            style,
            time_label: words.0.clone(),
            value_label: words.1.clone(),
            smooth: smooth.collect(),
            residuals,
            coefficient,
            lettering: samples::lettering(&words.0),
        };
        let ratios = curves.iter().flat_map(|curve| curve.1.iter().copied());
        let spline = SplineFigure {
            style,
            value_label: words.0.clone(),
            ratio_label: words.1.clone(),
            logarithmic: coefficient.is_some(),
            curve: ratios
                .map(|(value, ratio)| SplinePoint { value, ratio, interval: Some((value, ratio)) })
                .collect(),
            reference: coefficient.unwrap_or(0.0),
            patients: curves.iter().flat_map(|curve| curve.1.iter().map(|row| row.0)).collect(),
            ..samples::spline(true)
        };
        let curves = curves.iter().map(|(label, rows)| LogLogInput {
            label: label.clone(),
            time: rows.iter().map(|row| row.0).collect(),
            survival: rows.iter().map(|row| row.1 / 20.0).collect(),
        });
        let log_log = LogLogFigure {
            style,
            curves: curves.collect(),
            time_label: words.0,
            value_label: words.1,
            ..samples::log_log()
        };
        let drawn = [
            (log_log.scene(), log_log.data()),
            (schoenfeld.scene(), schoenfeld.data()),
            (spline.scene(), spline.data()),
        ];
        for (scene, csv) in drawn {
            sound(&scene.to_svg())?;
            everything_inside(&scene)?;
            no_overlap(&extents(&scene, &["legend", "heading"]))?;
            no_overlap(&extents(&scene, &["axis-time", "axis-time-label"]))?;
            prop_assert!(!csv.to_csv().contains(",NaN"));
        }
    }
}

/// What a worker would draw from 100,000 rows: the drawing stays small for any cohort.
#[test]
fn a_hundred_thousand_children_make_a_small_drawing() {
    let mut figure = samples::three_groups();
    figure.curves = vec![
        samples::group("First half", 3, 50_000, 0.6, 0.7),
        samples::group("Second half", 4, 50_000, 0.4, 0.7),
    ];
    let started = std::time::Instant::now();
    let svg = figure.scene().to_svg();
    println!("{} bytes in {:?}", svg.len(), started.elapsed());
    assert!(svg.len() < 400_000, "{}", svg.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Points are within their figure, tick labels do not overlap, and neighbours of one time are nearer to their time
    /// than to the next.
    #[test]
    fn points_on_a_time_axis(
        values in prop::collection::vec(
            (name(), prop::sample::select(vec![0.0, 1.0, 2.0, 2.5, 3.0, 5.0, 10.0, f64::NAN]), -10.0..110.0_f64, 0.0..40.0_f64),
            0..90,
        ),
        width_mm in 60.0..200.0_f64,
    ) {
        let points: Vec<TimedPoint> = values
            .iter()
            .map(|(label, years, value, reach)| TimedPoint {
                label: label.clone(),
                years: *years,
                value: *value,
                interval: (*reach > 1.0).then_some((value - reach, value + reach)),
                computed: *reach > 20.0,
            })
            .collect();
        let figure = PointsFigure {
            lettering: Lettering { title: "Published".into(), ..Lettering::default() },
            style: Style { width_mm, ..Style::default() },
            time_label: "Years".into(),
            value_label: "Event-free survival (%)".into(),
            points,
        };
        let scene = figure.scene();
        everything_inside(&scene)?;
        no_overlap(&extents(&scene, &["axis-time", "axis-time-label"]))?;
        no_overlap(&extents(&scene, &["axis-value", "axis-value-label"]))?;
        sound(&scene.to_svg())?;
        let mut spans: Vec<(f64, f64)> = Vec::new();
        scene.each(|group, mark| {
            if let Mark::Line { from, to, .. } = mark && group == "times" {
                spans.push((from.0, to.0));
            }
        });
        prop_assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 7.0), "{spans:?}");
        prop_assert_eq!(figure.data().rows.len(), values.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Power over size is within its figure, whatever the numbers, and no label overlaps another.
    #[test]
    fn power_over_size(
        lines in prop::collection::vec((name(), prop::collection::vec((wild(), 0.0..1.0_f64), 0..30)), 0..4),
        planned in prop::option::of((wild(), 0.0..1.0_f64)),
        style in style(),
        words in (name(), name()),
    ) {
        let lines = lines.into_iter().map(|(label, points)| PowerLine { label, points });
        let figure = PowerFigure {
            lettering: samples::lettering(&words.0),
            style,
            size_label: words.0.clone(),
            power_label: words.1.clone(),
            lines: lines.collect(),
            planned,
        };
        let scene = figure.scene();
        sound(&scene.to_svg())?;
        everything_inside(&scene)?;
        no_overlap(&extents(&scene, &["legend", "heading"]))?;
        no_overlap(&extents(&scene, &["axis-time", "axis-time-label"]))?;
        prop_assert!(!figure.data().to_csv().contains("NaN"));
    }
}
