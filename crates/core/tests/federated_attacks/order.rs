//! The score of a 0/1 column at 0 is Σ m x, with m from the order of events alone. Someone who knows that order tries all
//! columns with the right number of ones by meeting in the middle, and keeps those that give the score and the information.

use cotside_core::cohort::{Cell, Course, Endpoint, EventKind, Study, Values, Variable};
use cotside_core::federated::log::Log;
use cotside_core::federated::{
    Analysis, Covariate, CoxSums, Design, Plan, Rows, SiteInput, Summary, plain_summary, site_file,
};

use super::random::Random;
use super::registry::design;

/// Patients in the order of their times, and the plan that asks about them.
pub struct Attacked {
    study: Study,
    plan: Plan,
    is_event: Vec<bool>,
    ones: u32,
    m: Vec<f64>,
}

impl Attacked {
    /// `n` patients from a seed: six of ten with an event, a third with the level.
    pub fn of(n: usize, seed: u32) -> Self {
        let mut random = Random::seeded(u64::from(seed) + 1);
        let (is_event, level) = loop {
            let is_event: Vec<bool> = (0..n).map(|_| random.below(10) < 6).collect();
            let level: Vec<u32> = (0..n).map(|_| u32::from(random.below(3) == 0)).collect();
            let (events, ones) = (
                is_event.iter().filter(|is| **is).count(),
                level.iter().sum::<u32>() as usize,
            );
            if (10..=n - 5).contains(&events) && (5..=n - 5).contains(&ones) {
                break (is_event, level);
            }
        };
        let course = |at: usize| {
            let mut course = Course::default();
            course.set_time(Endpoint::EventFreeSurvival, Cell::Value(20.0 * (at + 1) as f64));
            let event = if is_event[at] {
                EventKind::Relapse
            } else {
                EventKind::None
            };
            course.set_event(Endpoint::EventFreeSurvival, Cell::Value(event));
            course
        };
        let mut m = Vec::with_capacity(n);
        let mut hazard = 0.0;
        for (at, &is_event) in is_event.iter().enumerate() {
            hazard += f64::from(u8::from(is_event)) / (n - at) as f64;
            m.push(f64::from(u8::from(is_event)) - hazard);
        }
        let sex = Variable {
            id: "finding:sex".to_owned(),
            name: "sex".to_owned(),
            values: Values::Levels {
                names: vec!["female".to_owned(), "male".to_owned()],
                codes: level.iter().copied().map(Some).collect(),
            },
        };
        Self {
            study: Study {
                rows: n,
                row: (0..n).collect(),
                course: (0..n).map(course).collect(),
                age: vec![None; n],
                variables: vec![sex],
                ids: (0..n).map(|at| format!("P{at}")).collect(),
                ..Study::default()
            },
            plan: plan(),
            ones: level.iter().sum(),
            is_event,
            m,
        }
    }

    /// The sums with the limits off.
    pub fn plain(&self) -> Summary {
        plain_summary(&self.plan, "B", &Rows::of(&self.plan.design, &self.study).unwrap()).unwrap()
    }

    /// The sums that leave.
    pub fn file(&self) -> Summary {
        let input = SiteInput {
            site: "B",
            study: &self.study,
            limits: None,
            without: &[],
            log: &Log::new("B", [1; 32]),
            keys: None,
        };
        site_file(&self.plan, &input).unwrap().shown
    }

    /// Share of the patients whose level is the same in all columns that fit.
    pub fn certain(&self, sums: &CoxSums) -> f64 {
        let n = self.m.len();
        let unit = sums.score_unit.as_ref().map_or(0.0, |units| units[0]);
        let (near, near_information) = (unit / 2.0 + 1e-9, 32.0 * unit * unit + 1e-9);
        let (left, right) = self.m.split_at(n / 2);
        let mut by_count: Vec<Vec<(f64, u32)>> = vec![Vec::new(); left.len() + 1];
        for (mask, &sum) in (0_u32..).zip(&sums_of_subsets(left)) {
            by_count[mask.count_ones() as usize].push((sum, mask));
        }
        by_count
            .iter_mut()
            .for_each(|list| list.sort_by(|a, b| a.0.total_cmp(&b.0)));
        let sums_right = sums_of_subsets(right);
        let all = (1_u32 << n) - 1;
        let (mut seen_one, mut seen_zero, mut fitting) = (0_u32, 0_u32, 0_usize);
        for step in 0..sums_right.len() {
            // An odd factor visits all subsets in a scattered order.
            let mask = step.wrapping_mul(0x2545) % sums_right.len();
            let Some(others) = self.ones.checked_sub((mask as u32).count_ones()) else {
                continue;
            };
            let Some(list) = by_count.get(others as usize) else {
                continue;
            };
            let target = sums.score[0] - sums_right[mask];
            let start = list.partition_point(|each| each.0 < target - near);
            for &(_, low) in list[start..].iter().take_while(|each| each.0 <= target + near) {
                let column = low | (mask as u32) << left.len();
                if (self.information(column) - sums.information_lower[0]).abs() <= near_information {
                    seen_one |= column;
                    seen_zero |= !column & all;
                    fitting += 1;
                }
            }
            if seen_one & seen_zero == all {
                break;
            }
        }
        assert!(fitting > 0, "the true column fits");
        f64::from((all & !(seen_one & seen_zero)).count_ones()) / n as f64
    }

    /// Σ p(1 − p) over the events, p the share of ones at risk.
    fn information(&self, column: u32) -> f64 {
        let n = self.m.len();
        let events = self.is_event.iter().enumerate().filter(|(_, is_event)| **is_event);
        events
            .map(|(at, _)| {
                let share = f64::from((column >> at).count_ones()) / (n - at) as f64;
                share * (1.0 - share)
            })
            .sum()
    }
}

/// The sum of each subset, by its bits.
fn sums_of_subsets(values: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    for value in values {
        let more: Vec<f64> = sums.iter().map(|sum| sum + value).collect();
        sums.extend(more);
    }
    sums
}

/// One column of 0 and 1 and nothing else but the counts.
fn plan() -> Plan {
    let mut design: Design = design();
    design.study = "order".to_owned();
    design.selection = Vec::new();
    design.groups = None;
    design.table1 = [("sex".to_owned(), Vec::new())].into();
    design.endpoint.causes = vec!["relapse".to_owned()];
    design.analyses = vec![Analysis::Table1, Analysis::Cox];
    design.covariates = vec![Covariate::Level {
        name: "sex".to_owned(),
        reference: "female".to_owned(),
        levels: vec!["male".to_owned()],
    }];
    design.cox.as_mut().unwrap().start = vec![0.0];
    Plan::first(design).unwrap()
}
