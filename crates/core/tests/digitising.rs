//! Curves drawn into pictures, followed by their colour and read back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cotside_core::evidence::digitise::{Axes, Marks, Picture, Pixel, Slope, TraceError, trace};
use cotside_core::evidence::{AtRisk, curve_points, reconstruct};
use cotside_core::survival::{Confidence, FollowUp, SurvivalCurve, kaplan_meier};
use proptest::prelude::*;

const LUNG: &str = include_str!("../../../tests/reference/curves/lung.csv");
const BLUE: [u8; 3] = [0, 114, 178];
const RED: [u8; 3] = [213, 94, 0];
const BLACK: [u8; 3] = [20, 20, 20];

/// A white sheet with axes from (60, 420) to (660, 420) and to (60, 20).
struct Sheet {
    rgba: Vec<u8>,
}

const WIDTH: usize = 700;
const HEIGHT: usize = 460;

impl Sheet {
    fn new() -> Self {
        let mut sheet = Self {
            rgba: vec![255; WIDTH * HEIGHT * 4],
        };
        sheet.fill((59, 661), (420, 422), BLACK);
        sheet.fill((58, 60), (20, 421), BLACK);
        sheet
    }

    fn fill(&mut self, xs: (usize, usize), ys: (usize, usize), colour: [u8; 3]) {
        for y in ys.0..ys.1.min(HEIGHT) {
            for x in xs.0..xs.1.min(WIDTH) {
                let start = (y * WIDTH + x) * 4;
                self.rgba[start..start + 3].copy_from_slice(&colour);
            }
        }
    }

    /// A falling curve of two pixels: steps (time in pixels from the axis, survival from there on).
    fn curve(&mut self, steps: &[(f64, f64)], end: f64, colour: [u8; 3]) {
        let row = |survival: f64| (420.0 - 400.0 * survival).round() as usize - 1;
        let column = |time: f64| (60.0 + time).round() as usize;
        let (mut from, mut level) = (0.0, 1.0);
        for &(time, survival) in steps.iter().chain(&[(end, -1.0)]) {
            self.fill((column(from), column(time) + 1), (row(level), row(level) + 2), colour);
            if survival >= 0.0 {
                self.fill(
                    (column(time) - 1, column(time) + 1),
                    (row(level), row(survival) + 2),
                    colour,
                );
                (from, level) = (time, survival);
            }
        }
    }

    fn picture(&self) -> Picture<'_> {
        Picture::new(WIDTH, HEIGHT, &self.rgba).unwrap()
    }
}

/// 600 pixels of time, heights from 0 to 1.
fn axes(last: f64) -> Axes {
    Axes::new(Marks {
        corner: Pixel { x: 60.0, y: 420.0 },
        along: Pixel { x: 660.0, y: 420.0 },
        up: Pixel { x: 60.0, y: 20.0 },
        times: (0.0, last),
        heights: (0.0, 1.0),
    })
    .unwrap()
}

fn at(read: &[(f64, f64)], time: f64) -> f64 {
    read.iter()
        .rev()
        .find(|point| point.0 <= time)
        .map_or(1.0, |point| point.1)
}

const STEPS: [(f64, f64); 4] = [(100.0, 0.8), (220.0, 0.55), (360.0, 0.5), (480.0, 0.3)];

fn assert_reads(read: &[(f64, f64)], steps: &[(f64, f64)], end: f64) {
    for (position, &(from, survival)) in steps.iter().enumerate() {
        let to = steps.get(position + 1).map_or(end, |next| next.0);
        for time in [from + 3.0, to - 3.0] {
            assert!(
                (at(read, time) - survival).abs() < 0.004,
                "{time}: {} for {survival}",
                at(read, time)
            );
        }
    }
    assert!((read.last().unwrap().0 - end).abs() < 3.0, "{:?}", read.last());
}

#[test]
fn a_plain_curve_is_read_within_a_pixel() {
    let mut sheet = Sheet::new();
    sheet.curve(&STEPS, 570.0, BLUE);
    let axes = axes(600.0);
    for start in [Pixel { x: 300.0, y: 201.0 }, Pixel { x: 600.0, y: 298.0 }] {
        let corners = trace(&sheet.picture(), &axes, start, Slope::Falling).unwrap();
        assert_reads(&axes.read_all(&corners), &STEPS, 570.0);
    }
}

/// Ticks of censoring, a black curve of the colour of the axes, a second curve that crosses in front of it.
#[test]
fn ticks_axes_and_a_crossing_do_not_mislead() {
    let mut sheet = Sheet::new();
    sheet.curve(&STEPS, 570.0, BLACK);
    for x in [200, 330, 400, 590] {
        let row = (420.0 - 400.0 * STEPS.iter().rev().find(|step| step.0 + 60.0 <= f64::from(x)).unwrap().1) as usize;
        sheet.fill((x as usize, x as usize + 1), (row - 5, row + 5), BLACK);
    }
    sheet.curve(&[(40.0, 0.9), (150.0, 0.7), (300.0, 0.52), (330.0, 0.2)], 560.0, RED);
    let axes = axes(600.0);
    let corners = trace(&sheet.picture(), &axes, Pixel { x: 260.0, y: 100.0 }, Slope::Falling).unwrap();
    assert_reads(&axes.read_all(&corners), &STEPS, 570.0);
    let corners = trace(&sheet.picture(), &axes, Pixel { x: 300.0, y: 140.0 }, Slope::Falling).unwrap();
    let read = axes.read_all(&corners);
    assert!((at(&read, 200.0) - 0.7).abs() < 0.004 && (at(&read, 500.0) - 0.2).abs() < 0.004);
}

/// A curve that ends with the drop of its last patients, and one that ends with a mark of censoring.
#[test]
fn a_last_drop_is_read_and_a_last_tick_is_none() {
    let axes = axes(600.0);
    let start = Pixel { x: 300.0, y: 201.0 };
    let mut sheet = Sheet::new();
    sheet.curve(&STEPS, 570.0, BLUE);
    sheet.fill((629, 631), (299, 420), BLUE);
    let read = axes.read_all(&trace(&sheet.picture(), &axes, start, Slope::Falling).unwrap());
    let [.., before, last] = read[..] else {
        panic!("{read:?}")
    };
    assert!((before.1 - 0.3).abs() < 0.004 && last.1.abs() < 0.004, "{read:?}");
    assert!(
        (last.0 - 570.0).abs() < 2.0 && (last.0 - before.0).abs() < 1e-9,
        "{read:?}"
    );
    let mut sheet = Sheet::new();
    sheet.curve(&STEPS, 570.0, BLUE);
    sheet.fill((629, 631), (290, 310), BLUE);
    let read = axes.read_all(&trace(&sheet.picture(), &axes, start, Slope::Falling).unwrap());
    assert_reads(&read, &STEPS, 570.0);
    assert!((read.last().unwrap().1 - 0.3).abs() < 0.004, "{read:?}");
}

/// The same curve turned over: a cumulative incidence.
#[test]
fn a_rising_curve_is_read_within_a_pixel() {
    let mut sheet = Sheet::new();
    sheet.curve(&STEPS, 570.0, BLUE);
    let rows: Vec<&[u8]> = sheet.rgba.chunks(WIDTH * 4).collect();
    // Rows 20 to 420, the axis of heights, change places; the curve is 2 pixels thick.
    let turned = (0..HEIGHT).map(|row| rows[if (18..=422).contains(&row) { 440 - row } else { row }]);
    let rgba: Vec<u8> = turned.flatten().copied().collect();
    let picture = Picture::new(WIDTH, HEIGHT, &rgba).unwrap();
    let axes = axes(600.0);
    for x in [300.0, 600.0] {
        let height = STEPS.iter().rev().find(|step| step.0 + 60.0 < x).unwrap().1;
        let start = Pixel {
            x,
            y: 20.0 + 400.0 * height,
        };
        let read = axes.read_all(&trace(&picture, &axes, start, Slope::Rising).unwrap());
        let mut free: Vec<(f64, f64)> = read.iter().map(|&(time, height)| (time, 1.0 - height)).collect();
        // Of one time the lower end of a rise comes first.
        free.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
        assert_reads(&free, &STEPS, 570.0);
    }
}

#[test]
fn a_dashed_curve_is_bridged() {
    let mut sheet = Sheet::new();
    sheet.curve(&STEPS, 570.0, BLUE);
    for x in (64..640).step_by(16) {
        sheet.fill((x, x + 6), (12, 418), [255; 3]);
    }
    let axes = axes(600.0);
    let corners = trace(&sheet.picture(), &axes, Pixel { x: 252.0, y: 100.0 }, Slope::Falling).unwrap();
    let read = axes.read_all(&corners);
    for &(from, survival) in &STEPS {
        assert!((at(&read, from + 12.0) - survival).abs() < 0.01, "{from}");
    }
}

#[test]
fn where_there_is_nothing() {
    let mut sheet = Sheet::new();
    sheet.fill((300, 304), (200, 203), RED);
    let axes = axes(600.0);
    let refused = |x: f64, y: f64| trace(&sheet.picture(), &axes, Pixel { x, y }, Slope::Falling).unwrap_err();
    assert_eq!(refused(200.0, 100.0), TraceError::NothingThere);
    assert_eq!(refused(20.0, 100.0), TraceError::OutsideAxes);
    assert_eq!(refused(f64::NAN, 100.0), TraceError::OutsideAxes);
    assert_eq!(refused(301.0, 201.0), TraceError::TooShort);
    assert!(Picture::new(3, 3, &[0; 35]).is_none() && Picture::new(0, 3, &[]).is_none());
    assert!(Picture::new(usize::MAX, 2, &[]).is_none());
}

/// R's lung data drawn at 600 by 400 pixels, followed and converted to patient data: the median within 1 % of the time
/// axis, events within 5 %.
#[test]
fn from_a_picture_to_patients() {
    let rows: Vec<Vec<f64>> = LUNG
        .lines()
        .skip_while(|line| !line.starts_with("time"))
        .skip(1)
        .map(|line| line.split(',').take(2).filter_map(|cell| cell.parse().ok()).collect())
        .collect();
    let time: Vec<f64> = rows.iter().map(|row| row[0]).collect();
    let event: Vec<u32> = rows.iter().map(|row| row[1] as u32).collect();
    let curve = |time: &[f64], event: &[u32]| -> SurvivalCurve {
        kaplan_meier(&FollowUp::new(time.to_vec(), event.to_vec()).unwrap())
    };
    let truth = curve(&time, &event);
    let last = *truth.time().last().unwrap();
    let scale = 600.0 / last;
    let mut sheet = Sheet::new();
    let steps: Vec<(f64, f64)> = truth
        .time()
        .iter()
        .map(|each| each * scale)
        .zip(truth.survival().iter().copied())
        .collect();
    sheet.curve(&steps, 600.0, BLUE);
    let axes = axes(last);
    let start = Pixel { x: 60.5, y: 20.0 };
    let read = axes.read_all(&trace(&sheet.picture(), &axes, start, Slope::Falling).unwrap());
    let (points, percent) = curve_points(&read).unwrap();
    assert!(!percent);
    let at_risk: Vec<AtRisk> = (0..7)
        .map(|entry| {
            let from = f64::from(entry) * 150.0;
            AtRisk::at(from, time.iter().filter(|&&each| each >= from).count() as u32)
        })
        .collect();
    let found = reconstruct(&points, &at_risk, None).unwrap();
    let median = |curve: &SurvivalCurve| curve.quantiles(&[0.5], Confidence::default())[0].time.unwrap();
    let again = curve(&found.time, &found.event);
    assert!(
        (median(&again) - median(&truth)).abs() / last < 0.01,
        "{} for {}",
        median(&again),
        median(&truth)
    );
    let events = f64::from(event.iter().sum::<u32>());
    assert!(
        (f64::from(found.events()) / events - 1.0).abs() < 0.05,
        "{} for {events}",
        found.events()
    );
    assert!(found.fit.root_mean_square < 0.01, "{:?}", found.fit.root_mean_square);
}

proptest! {
    /// Any picture, any axes and any place are followed or refused, and the result is within the picture.
    #[test]
    fn nothing_panics(
        bytes in prop::collection::vec(0_u8..=255, 4 * 30 * 20),
        corner in (-5.0..40.0_f64, -5.0..30.0_f64),
        along in (-5.0..40.0_f64, -5.0..30.0_f64),
        up in (-5.0..40.0_f64, -5.0..30.0_f64),
        start in (-5.0..40.0_f64, -5.0..30.0_f64),
    ) {
        let pixel = |(x, y): (f64, f64)| Pixel { x, y };
        let marks = Marks { corner: pixel(corner), along: pixel(along), up: pixel(up), times: (0.0, 5.0), heights: (0.0, 1.0) };
        let picture = Picture::new(30, 20, &bytes).unwrap();
        if let Ok(axes) = Axes::new(marks) && let Ok(corners) = trace(&picture, &axes, pixel(start), Slope::Falling) {
            for corner in corners {
                prop_assert!((0.0..=31.0).contains(&corner.x) && (0.0..=21.0).contains(&corner.y));
                let (time, height) = axes.read(corner);
                prop_assert!(time.is_finite() && height.is_finite());
            }
        }
    }
}
