//! Published estimates on a common percent axis: points with intervals, and no invented curve.

use cotside_text::decimal::fixed;

use crate::ink::{Dash, Ink, Stroke};
use crate::scene::{Anchor, Mark, Scene};

/// One estimate to be drawn, per cent.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Label before the estimate: "KMT2A rearranged".
    pub label: String,
    /// Text after the estimate: "36.4 % at 6 y, n = 476".
    pub value_text: String,
    /// The estimate in per cent.
    pub value: f64,
    /// Its 95 % interval, where there is one.
    pub interval: Option<(f64, f64)>,
    /// The interval was computed from a printed standard error, not printed.
    pub computed: bool,
    /// The child certainly belongs to this population.
    pub emphasised: bool,
    /// It is of the child's own group, not of a wider one, and not of one that it may belong to: drawn full.
    pub own: bool,
}

/// Space left and right of the axis, so that marks at 0 and 100 are whole.
const MARGIN: f64 = 6.0;

fn position(percent: f64, left: f64, width: f64) -> f64 {
    left + MARGIN + percent.clamp(0.0, 100.0) / 100.0 * (width - 2.0 * MARGIN)
}

/// Grid lines at 0, 25, 50, 75 and 100.
fn grid(marks: &mut Vec<Mark>, left: f64, width: f64, top: f64, bottom: f64) {
    for percent in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let x = position(percent, left, width);
        marks.push(Mark::Line {
            from: (x, top),
            to: (x, bottom),
            stroke: Stroke::solid(0.75, Ink::Faint),
        });
    }
}

fn point(marks: &mut Vec<Mark>, estimate: &Estimate, left: f64, width: f64, y: f64) {
    let ink = if estimate.emphasised { Ink::Accent } else { Ink::Soft };
    if let Some((low, high)) = estimate.interval {
        let (low, high) = (position(low, left, width), position(high, left, width));
        marks.push(Mark::Line {
            from: (low, y),
            to: (high, y),
            stroke: Stroke::solid(1.5, ink).dashed(if estimate.computed { Dash::Short } else { Dash::Solid }),
        });
        for end in [low, high] {
            marks.push(Mark::Line {
                from: (end, y - 3.0),
                to: (end, y + 3.0),
                stroke: Stroke::solid(1.5, ink),
            });
        }
    }
    let at = (position(estimate.value, left, width), y);
    marks.push(Mark::Disc {
        at,
        radius: 3.6,
        ink,
        hollow: !estimate.own,
    });
}

fn description(estimates: &[Estimate]) -> String {
    let each: Vec<String> = estimates
        .iter()
        .map(|estimate| {
            let interval = estimate.interval.map_or_else(
                || "no interval".to_owned(),
                |(low, high)| {
                    let origin = if estimate.computed {
                        "computed from the standard error"
                    } else {
                        "as printed"
                    };
                    format!("95 % interval {} to {} {origin}", fixed(low, 0), fixed(high, 0))
                },
            );
            format!("{}: {}, {interval}", estimate.label, estimate.value_text)
        })
        .collect();
    each.join("; ")
}

/// Draws one row of a list of protocols: the estimates of one child on an axis of 0–100 %, without labels.
///
/// `width` is in CSS pixels; several estimates stand below each other, closely.
#[must_use]
pub fn strip(estimates: &[Estimate], width: f64) -> Scene {
    let step = 10.0;
    let height = 8.0 + step * estimates.len().max(1) as f64;
    let mut marks = Vec::new();
    grid(&mut marks, 0.0, width, 0.0, height);
    for (index, estimate) in estimates.iter().enumerate() {
        point(&mut marks, estimate, 0.0, width, 4.0 + step * (index as f64 + 0.5));
    }
    Scene {
        width,
        height,
        title: "Published outcome, 0 to 100 %".into(),
        description: description(estimates),
        caption: Vec::new(),
        marks,
    }
}

/// A figure: each estimate with its label and its numbers, over a labelled axis of 0–100 %.
#[must_use]
pub fn forest(title: &str, estimates: &[Estimate], width: f64) -> Scene {
    let (row, size, top) = (34.0, 12.0, 4.0);
    let bottom = top + row * estimates.len() as f64;
    let height = bottom + 34.0;
    let mut marks = Vec::new();
    grid(&mut marks, 0.0, width, top, bottom);
    for (index, estimate) in estimates.iter().enumerate() {
        let y = top + row * index as f64;
        let text = |x, anchor, ink, text: &str| Mark::text((x, y + 13.0), size, anchor, ink, text);
        marks.push(text(MARGIN, Anchor::Start, Ink::Strong, &estimate.label));
        marks.push(text(width - MARGIN, Anchor::End, Ink::Soft, &estimate.value_text));
        point(&mut marks, estimate, 0.0, width, y + 24.0);
    }
    let from = (position(0.0, 0.0, width), bottom);
    let to = (position(100.0, 0.0, width), bottom);
    marks.push(Mark::Line {
        from,
        to,
        stroke: Stroke::solid(1.0, Ink::Soft),
    });
    for percent in [0, 25, 50, 75, 100] {
        let x = position(f64::from(percent), 0.0, width);
        marks.push(Mark::Line {
            from: (x, bottom),
            to: (x, bottom + 4.0),
            stroke: Stroke::solid(1.0, Ink::Soft),
        });
        let anchor = match percent {
            0 => Anchor::Start,
            100 => Anchor::End,
            _ => Anchor::Middle,
        };
        let text = if percent == 100 {
            "100 %".to_owned()
        } else {
            percent.to_string()
        };
        marks.push(Mark::text((x, bottom + 17.0), size, anchor, Ink::Soft, text));
    }
    Scene {
        width,
        height,
        title: title.into(),
        description: description(estimates),
        caption: Vec::new(),
        marks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, interval: Option<(f64, f64)>) -> Estimate {
        Estimate {
            label: "all".into(),
            value_text: "n = 9".into(),
            value,
            interval,
            computed: false,
            emphasised: true,
            own: true,
        }
    }

    #[test]
    fn the_axis_is_linear_from_0_to_100() {
        for (percent, x) in [(0.0, 6.0), (50.0, 53.0), (100.0, 100.0), (-5.0, 6.0), (120.0, 100.0)] {
            assert!((position(percent, 0.0, 106.0) - x).abs() < 1e-12, "{percent}");
        }
    }

    #[test]
    fn an_estimate_without_interval_has_no_line_and_one_of_a_wider_group_is_hollow() {
        let discs = |scene: &Scene| {
            scene
                .marks
                .iter()
                .filter(|mark| matches!(mark, Mark::Disc { hollow: true, .. }))
                .count()
        };
        let strong = |scene: &Scene| {
            scene
                .marks
                .iter()
                .filter(|mark| matches!(mark, Mark::Line { stroke, .. } if stroke.ink == Ink::Accent))
                .count()
        };
        let without = strip(&[estimate(44.0, None)], 120.0);
        let wider = Estimate {
            own: false,
            ..estimate(44.0, Some((30.0, 60.0)))
        };
        let with = strip(&[wider], 120.0);
        assert_eq!(
            (discs(&without), strong(&without), discs(&with), strong(&with)),
            (0, 0, 1, 3)
        );
    }

    #[test]
    fn every_mark_of_a_forest_lies_inside_it() {
        let scene = forest("t", &[estimate(0.0, Some((0.0, 12.0))), estimate(100.0, None)], 320.0);
        for mark in &scene.marks {
            let (left, upper, right, lower) = mark.extent().unwrap();
            assert!(
                left >= 0.0 && upper >= 0.0 && right <= scene.width && lower <= scene.height,
                "{mark:?}"
            );
        }
    }
}
