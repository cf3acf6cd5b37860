//! Made-up cohorts for drawings: reproducible, and no child's data.

#![allow(dead_code, missing_docs)]

use cotside_core::survival::{Confidence, FollowUp, Scale, SurvivalCurve, kaplan_meier};
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_figures::diagnostics::{LogLogFigure, LogLogInput, SchoenfeldFigure, SmoothPoint};
use cotside_figures::difference::{DifferenceFigure, DifferenceInput};
use cotside_figures::endpoint_panels::{EndpointPanel, EndpointPanels, PanelContent};
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow, ForestScale};
use cotside_figures::incidence::{CauseInput, IncidenceFigure, IncidenceInput};
use cotside_figures::spline::{SplineFigure, SplinePoint};
use cotside_figures::{Followed, Lettering, PlotOptions, PublishedPoint, Style};

/// Numbers between 0 and 1 (Lehmer's generator), the same everywhere.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> f64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 as f64 / 2_147_483_647.0
    }

    /// Draws an exponential time.
    fn wait(&mut self, rate: f64) -> f64 {
        -libm::log(self.next()) / rate
    }
}

/// Times and kinds of events (0 censored, 1 relapse, 2 death) of `n` children, of whom a share `cured` has no relapse.
fn children(seed: u64, n: usize, cured: f64, rate: f64) -> Vec<(f64, u32)> {
    let mut chance = Chance(seed);
    let mut rows: Vec<(f64, u32)> = (0..n)
        .map(|_| {
            let relapse = if chance.next() < cured { 99.0 } else { chance.wait(rate) };
            let death = if chance.next() < 0.9 { 99.0 } else { chance.wait(1.5) };
            let end = 0.5 + 10.0 * chance.next();
            let time = (relapse.min(death).min(end) * 365.25).ceil() / 365.25;
            let kind = if end <= relapse.min(death) {
                0
            } else if relapse < death {
                1
            } else {
                2
            };
            (time, kind)
        })
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows
}

fn followed(curve: &SurvivalCurve) -> Followed {
    Followed {
        time: curve.time().to_vec(),
        at_risk: curve.at_risk().to_vec(),
        events: curve.events().to_vec(),
        censored: curve.censored().to_vec(),
        entered: Vec::new(),
    }
}

/// Makes one group with event-free survival.
pub fn group(label: &str, seed: u64, n: usize, cured: f64, rate: f64) -> CurveInput {
    let rows = children(seed, n, cured, rate);
    let times = rows.iter().map(|row| row.0).collect();
    let events = rows.iter().map(|row| u32::from(row.1 > 0)).collect();
    let curve = kaplan_meier(&FollowUp::new(times, events).unwrap());
    let confidence = Confidence::new(Scale::LogLog, 0.95).unwrap();
    let interval = (0..curve.len()).map(|step| curve.interval(step, confidence).map(|i| (i.lower, i.upper)));
    CurveInput {
        label: label.into(),
        start: 0.0,
        interval: interval.collect(),
        survival: curve.survival().to_vec(),
        followed: followed(&curve),
        ..CurveInput::default()
    }
}

/// One column, with the letter of a panel.
pub fn panel(letter: char) -> Style {
    Style {
        panel: Some(letter),
        ..Style::ONE_COLUMN
    }
}

pub fn lettering(title: &str) -> Lettering {
    Lettering {
        title: title.into(),
        description: "Made-up children; the drawing is a sample.".into(),
        caption: vec![],
    }
}

/// The three groups of a protocol.
pub fn three_groups() -> CurveFigure {
    CurveFigure {
        lettering: Lettering {
            caption: vec![
                "Kaplan–Meier estimates with pointwise 95 % confidence bands (log–log); ticks mark censored children. \
                 Curves are thin where fewer than 5 or 10 % of the group remain at risk. Synthetic data."
                    .into(),
            ],
            ..lettering("Event-free survival by risk group")
        },
        curves: vec![
            group("Low risk", 11, 46, 0.75, 0.9),
            group("Medium risk", 23, 120, 0.45, 1.1),
            group("High risk", 37, 48, 0.18, 1.6),
        ],
        options: PlotOptions {
            value_label: "Event-free survival (%)".into(),
            style: panel('A'),
            ..PlotOptions::default()
        },
        ..CurveFigure::default()
    }
}

pub fn published() -> Vec<PublishedPoint> {
    let point = |label: &str, time, value, interval, computed| PublishedPoint {
        label: label.into(),
        time,
        value,
        interval,
        computed,
    };
    vec![
        point("Interfant-99, all (4 y)", 4.0, 0.47, Some((0.426, 0.514)), true),
        point("Interfant-06, all (6 y)", 6.0, 0.462, Some((0.42, 0.50)), false),
        point("A study without interval (5 y)", 5.0, 0.39, None, false),
    ]
}

/// Cumulative incidence by hand: the Aalen–Johansen estimate of causes 1 and 2.
pub fn competing(label: &str, seed: u64, n: usize, cured: f64, rate: f64) -> IncidenceInput {
    let rows = children(seed, n, cured, rate);
    let mut followed = Followed::default();
    let (mut free, mut incidence) = (1.0, [0.0, 0.0]);
    let mut curves = [Vec::new(), Vec::new()];
    let mut index = 0;
    while index < rows.len() {
        let time = rows[index].0;
        let same = rows[index..].iter().take_while(|row| row.0 == time).count();
        let at_risk = (rows.len() - index) as f64;
        let of = |kind| rows[index..index + same].iter().filter(|row| row.1 == kind).count() as f64;
        for cause in 0..2 {
            incidence[cause] += free * of(cause as u32 + 1) / at_risk;
            curves[cause].push(incidence[cause]);
        }
        let events = of(1) + of(2);
        free *= 1.0 - events / at_risk;
        followed.time.push(time);
        followed.at_risk.push(at_risk);
        followed.events.push(events);
        followed.censored.push(of(0));
        index += same;
    }
    let [relapse, death] = curves;
    let cause = |label: &str, incidence: Vec<f64>| CauseInput {
        label: label.into(),
        interval: incidence
            .iter()
            .map(|p| Some(((p - 0.06).max(0.0), (p + 0.06).min(1.0))))
            .collect(),
        incidence,
    };
    IncidenceInput {
        label: label.into(),
        end_label: String::new(),
        start: 0.0,
        followed,
        causes: vec![cause("Relapse", relapse), cause("Death in remission", death)],
    }
}

pub fn two_causes() -> IncidenceFigure {
    IncidenceFigure {
        lettering: lettering("Relapse and death in remission"),
        groups: vec![competing("", 23, 120, 0.45, 1.1)],
        options: PlotOptions {
            value_label: "Cumulative incidence (%)".into(),
            style: panel('B'),
            censor_ticks: false,
            ..PlotOptions::default()
        },
        ..IncidenceFigure::default()
    }
}

/// A model of six terms.
pub fn model() -> ForestFigure {
    let heading = |label: &str| ForestRow {
        label: label.into(),
        heading: true,
        ..ForestRow::default()
    };
    let reference = |label: &str, n: &str| ForestRow {
        label: label.into(),
        indented: true,
        cells: vec![n.into(), "1 (reference)".into(), String::new()],
        estimate: Some(1.0),
        ..ForestRow::default()
    };
    let row = |label: &str, n: &str, ratio: &str, p: &str, estimate, low, high| ForestRow {
        label: label.into(),
        indented: true,
        cells: vec![n.into(), ratio.into(), p.into()],
        estimate: Some(estimate),
        interval: Some((low, high)),
        ..ForestRow::default()
    };
    let column = |head: &str, after| ForestColumn {
        head: head.into(),
        after,
    };
    ForestFigure {
        lettering: Lettering {
            caption: vec!["Multivariable Cox model, 214 children, 138 events. Synthetic data.".into()],
            ..lettering("Event-free survival: hazard ratios")
        },
        style: panel('C'),
        label_head: "Characteristic".into(),
        axis_label: "Hazard ratio".into(),
        sides: Some(("Fewer events".into(), "More events".into())),
        columns: vec![
            column("Events/n", false),
            column("HR (95\u{a0}% CI)", true),
            column("p", true),
        ],
        rows: vec![
            heading("Age at diagnosis"),
            reference("12 months or older", "21/62"),
            row("6 to 12 months", "48/79", "1.62 (1.01–2.60)", "0.046", 1.62, 1.01, 2.60),
            row(
                "Younger than 6 months",
                "69/73",
                "2.87 (1.79–4.60)",
                "<0.001",
                2.87,
                1.79,
                4.60,
            ),
            heading("White cells"),
            reference("Below 300 × 10⁹/L", "92/161"),
            row(
                "300 × 10⁹/L or more",
                "46/53",
                "1.95 (1.36–2.80)",
                "<0.001",
                1.95,
                1.36,
                2.80,
            ),
            heading("Prednisone response"),
            reference("Good", "88/158"),
            row("Poor", "50/56", "1.48 (1.03–2.12)", "0.034", 1.48, 1.03, 2.12),
            heading("Transplant in first remission (time-dependent)"),
            row("Yes against no", "–", "0.71 (0.02–88.1)", "0.88", 0.71, 0.02, 88.1),
        ],
        ..ForestFigure::default()
    }
}

/// Survival by group, per cent, published and own.
pub fn percentages() -> ForestFigure {
    let row = |label: &str, text: &str, estimate, interval, computed| ForestRow {
        label: label.into(),
        cells: vec![text.into()],
        estimate: Some(estimate),
        interval,
        computed,
        ..ForestRow::default()
    };
    let column = ForestColumn {
        head: "Estimate".into(),
        after: true,
    };
    ForestFigure {
        lettering: lettering("Event-free survival"),
        scale: ForestScale::Percent,
        label_head: "Study".into(),
        axis_label: "Event-free survival (%)".into(),
        columns: vec![column],
        rows: vec![
            row(
                "This cohort",
                "41.0 % (34.2–47.7) at 4 y",
                41.0,
                Some((34.2, 47.7)),
                false,
            ),
            row(
                "Interfant-99",
                "47.0 % (42.6–51.4) at 4 y",
                47.0,
                Some((42.6, 51.4)),
                true,
            ),
            row("A study without interval", "39 % at 5 y", 39.0, None, false),
            ForestRow {
                overall: true,
                ..row("All", "44.1 % (40–48)", 44.1, Some((40.0, 48.0)), false)
            },
        ],
        ..ForestFigure::default()
    }
}

/// Made-up differences of two groups from a third.
pub fn differences() -> DifferenceFigure {
    let all = three_groups();
    let group = |place: usize, at: f64| DifferenceInput {
        label: all.curves[place].label.clone(),
        full_name: format!("{} − {}", all.curves[place].label, all.curves[0].label),
        place,
        time: (1..=24).map(|step| f64::from(step) * 0.25).collect(),
        difference: (1..=24).map(|step| at * f64::from(step).sqrt() / 5.0).collect(),
        interval: (1..=24)
            .map(|step| {
                let middle = at * f64::from(step).sqrt() / 5.0;
                (step > 1).then_some((middle - 0.15, middle + 0.15))
            })
            .collect(),
        followed: [all.curves[place].followed.clone(), all.curves[0].followed.clone()],
    };
    DifferenceFigure {
        lettering: lettering("Difference in event-free survival over time"),
        groups: vec![group(1, -0.2), group(2, -0.45)],
        options: PlotOptions {
            style: Style::MIDDLE,
            value_label: "Difference (percentage points)".into(),
            to: Some(6.0),
            dashes: false,
            ..PlotOptions::default()
        },
    }
}

/// Four endpoints of two made-up groups.
pub fn endpoints() -> EndpointPanels {
    let survival = |seed: u64, cured: f64| CurveFigure {
        curves: vec![
            group("Medium risk", seed, 120, cured, 0.9),
            group("High risk", seed + 7, 48, cured / 2.0, 1.6),
        ],
        ..CurveFigure::default()
    };
    let incidence = |cause: usize| {
        let of = |label: &str, seed: u64, n: usize, cured: f64| {
            let mut input = competing(label, seed, n, cured, 1.1);
            input.causes = vec![input.causes.swap_remove(cause)];
            input
        };
        IncidenceFigure {
            groups: vec![of("Medium risk", 23, 120, 0.45), of("High risk", 37, 48, 0.18)],
            ..IncidenceFigure::default()
        }
    };
    let panel = |title: &str, value: &str, note: &str, content: PanelContent| EndpointPanel {
        title: title.into(),
        value_label: format!("{value} (%)"),
        note: note.into(),
        content,
    };
    EndpointPanels {
        lettering: lettering("Endpoints"),
        panels: vec![
            panel(
                "Event-free survival",
                "Survival",
                "Log-rank P = 0.0021",
                PanelContent::Survival(survival(3, 0.6)),
            ),
            panel(
                "Overall survival",
                "Survival",
                "Log-rank P = 0.04",
                PanelContent::Survival(survival(5, 0.8)),
            ),
            panel(
                "Relapse",
                "Cumulative incidence",
                "Gray’s test P = 0.01",
                PanelContent::Incidence(incidence(0)),
            ),
            panel(
                "Death in remission",
                "Cumulative incidence",
                "Gray’s test P = 0.64",
                PanelContent::Incidence(incidence(1)),
            ),
        ],
        groups: vec!["Medium risk (n = 120)".into(), "High risk (n = 48)".into()],
        options: PlotOptions {
            style: Style::TWO_COLUMNS,
            to: Some(6.0),
            dashes: false,
            bands: false,
            ..PlotOptions::default()
        },
    }
}

pub fn log_log() -> LogLogFigure {
    let curve = |curve: CurveInput| LogLogInput {
        label: curve.label,
        time: curve.followed.time,
        survival: curve.survival,
    };
    LogLogFigure {
        colours: Vec::new(),
        lettering: lettering("Are hazards proportional?"),
        style: panel('D'),
        time_label: "Years (logarithmic axis)".into(),
        value_label: "log(−log event-free survival)".into(),
        curves: three_groups().curves.into_iter().map(curve).collect(),
    }
}

pub fn schoenfeld() -> SchoenfeldFigure {
    let mut chance = Chance(99);
    let times: Vec<f64> = (0..90).map(|_| 6.0 * chance.next() * chance.next()).collect();
    let smooth = |index| {
        let time = 0.1 + f64::from(index) * 0.12;
        let (value, half) = (1.4 - 0.32 * time, 0.5 + 0.06 * (time - 2.0) * (time - 2.0));
        SmoothPoint {
            time,
            value,
            interval: Some((value - half, value + half)),
        }
    };
    SchoenfeldFigure {
        lettering: lettering("Age younger than 6 months"),
        style: panel('E'),
        time_label: "Years".into(),
        value_label: "Coefficient over time".into(),
        residuals: times
            .iter()
            .map(|time| (*time, 1.4 - 0.3 * time + 8.0 * (chance.next() - 0.5)))
            .collect(),
        smooth: (0..=40).map(smooth).collect(),
        coefficient: Some(1.05),
    }
}

pub fn spline(logarithmic: bool) -> SplineFigure {
    let mut chance = Chance(7);
    let point = |index: i32| {
        let share = f64::from(index) / 40.0;
        let value = if logarithmic {
            2.0 * libm::pow(400.0, share)
        } else {
            365.0 * share
        };
        let log = 1.8 * (share - 0.45) * (share - 0.1);
        let half = 0.15 + 0.9 * (share - 0.45).abs();
        SplinePoint {
            value,
            ratio: libm::exp(log),
            interval: Some((libm::exp(log - half), libm::exp(log + half))),
        }
    };
    SplineFigure {
        lettering: lettering("Hazard ratio by white cell count"),
        style: panel('F'),
        value_label: "White cell count (10⁹/L)".into(),
        ratio_label: "Hazard ratio (reference 20)".into(),
        logarithmic,
        curve: (0..=40).map(point).collect(),
        reference: 20.0,
        patients: (0..90)
            .map(|_| {
                let share = (chance.next() + chance.next()) / 2.0;
                if logarithmic {
                    2.0 * libm::pow(400.0, share)
                } else {
                    365.0 * share
                }
            })
            .collect(),
    }
}
