//! The score of a 0/1 column at 0 is Σ m x, with m from the order of events alone. Someone who knows that order tries all
//! columns with the right number of ones by meeting in the middle, and keeps those that give the score and the information.

use cotside_core::cohort::{Cell, Course, Endpoint, EventKind, Study, Values, Variable};
use cotside_core::federated::log::Log;
use cotside_core::federated::{
    Analysis, Choices, Covariate, CoxSums, Design, Plan, Rows, SiteInput, Summary, plain_summary, site_file,
};

use super::random::Random;
use super::registry::design;

/// Other orders that are tried, each until so many columns fit: enough to find that both levels are possible.
const MOST_ORDERS: usize = 60;
const MOST_FITTING: usize = 6;

/// Coefficients of the two rounds.
const BETA: [f64; 2] = [0.0, 0.7];

/// Patients by the order of their times, and the plan that asks about them.
pub struct Attacked {
    study: Study,
    plan: Plan,
    is_event: Vec<bool>,
    ones: u32,
}

impl Attacked {
    /// `n` patients from a seed: seven of ten with an event, a third with the level.
    pub fn of(n: usize, seed: u32) -> Self {
        let mut random = Random::seeded(u64::from(seed) + 1);
        let (is_event, level) = loop {
            let is_event: Vec<bool> = (0..n).map(|_| random.below(10) < 7).collect();
            let level: Vec<u32> = (0..n).map(|_| u32::from(random.below(3) == 0)).collect();
            let (events, ones) = (
                is_event.iter().filter(|is| **is).count(),
                level.iter().sum::<u32>() as usize,
            );
            if events >= 10 && (5..=n - 5).contains(&ones) {
                break (is_event, level);
            }
        };
        let course = |at: usize| {
            let mut course = Course::default();
            course.set_time(Endpoint::EventFreeSurvival, Cell::Value(time(at)));
            let event = if is_event[at] {
                EventKind::Relapse
            } else {
                EventKind::None
            };
            course.set_event(Endpoint::EventFreeSurvival, Cell::Value(event));
            course
        };
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
        }
    }

    /// How many patients have the level.
    pub fn ones(&self) -> u32 {
        self.ones
    }

    fn asked(&self, round: u32) -> Plan {
        let mut plan = self.plan.clone();
        plan.round = round;
        plan.beta = vec![BETA[round as usize - 1]];
        plan
    }

    /// The sums of a round with the limits off.
    pub fn plain(&self, round: u32) -> Summary {
        plain_summary(
            &self.asked(round),
            "B",
            &Rows::of(&self.plan.design, &self.study).unwrap(),
        )
        .unwrap()
    }

    /// The sums of a round that leave.
    pub fn file(&self, round: u32) -> Summary {
        let input = SiteInput {
            site: "B",
            study: &self.study,
            limits: None,
            choices: &Choices::default(),
            log: &Log::new("B", [1; 32]),
            keys: None,
        };
        site_file(&self.asked(round), &input).unwrap().shown
    }

    /// The true order.
    pub fn order(&self) -> Vec<usize> {
        (0..self.is_event.len()).collect()
    }

    /// The true order and some others that the counts in cells of a file allow.
    pub fn orders_within_cells(&self, file: &Summary, seed: u32) -> Vec<Vec<usize>> {
        let ends = file.grid.as_ref().map_or(Vec::new(), |grid| grid.boundaries.clone());
        let cell = |at: &usize| ends.partition_point(|&end| end < time(*at));
        let mut random = Random::seeded(u64::from(seed) + 1000);
        let mut orders = vec![self.order()];
        for _ in 0..MOST_ORDERS {
            let mut keyed: Vec<(usize, usize, usize)> = self
                .order()
                .iter()
                .map(|at| (cell(at), random.below(1 << 30), *at))
                .collect();
            keyed.sort_unstable();
            orders.push(keyed.into_iter().map(|(_, _, at)| at).collect());
        }
        orders
    }

    /// Share of the patients whose level is the same in all columns that fit the sums of two rounds, in any of the orders.
    pub fn certain(&self, rounds: &[Summary], orders: &[Vec<usize>]) -> f64 {
        let n = self.is_event.len();
        let all = (1_u32 << n) - 1;
        let (mut seen_one, mut seen_zero) = (0_u32, 0_u32);
        for (number, order) in orders.iter().enumerate() {
            let mut fitting = 0;
            self.search(rounds, order, &mut |column| {
                // Bits of the order become bits of patients.
                for (at, &patient) in order.iter().enumerate() {
                    if column >> at & 1 == 1 {
                        seen_one |= 1 << patient;
                    } else {
                        seen_zero |= 1 << patient;
                    }
                }
                fitting += 1;
                seen_one & seen_zero == all || number > 0 && fitting == MOST_FITTING
            });
            if seen_one & seen_zero == all {
                break;
            }
        }
        assert!(seen_one | seen_zero == all, "the true column fits");
        f64::from((all & !(seen_one & seen_zero)).count_ones()) / n as f64
    }

    /// Calls `found` with each column that fits, as bits in an order, until it says that it has seen enough.
    fn search(&self, rounds: &[Summary], order: &[usize], found: &mut dyn FnMut(u32) -> bool) {
        let n = order.len();
        let events: Vec<bool> = order.iter().map(|&patient| self.is_event[patient]).collect();
        let (mut m, mut hazard) = (Vec::with_capacity(n), 0.0);
        for (at, &is_event) in events.iter().enumerate() {
            hazard += f64::from(u8::from(is_event)) / (n - at) as f64;
            m.push(f64::from(u8::from(is_event)) - hazard);
        }
        let sums: Vec<&CoxSums> = rounds.iter().map(|round| round.cox.as_ref().unwrap()).collect();
        let unit = |sums: &CoxSums| sums.score_unit.as_ref().map_or(0.0, |units| units[0]);
        let near = unit(sums[0]) / 2.0 + 1e-9;
        let fits = |column: u32| {
            sums.iter().zip(BETA).all(|(sums, beta)| {
                let (score, information) = derivatives(column, &events, beta);
                let unit = unit(sums);
                (score - sums.score[0]).abs() <= unit / 2.0 + 1e-9
                    && (information - sums.information_lower[0]).abs() <= 32.0 * unit * unit + 1e-9
            })
        };
        let (left, right) = m.split_at(n / 2);
        let mut by_count: Vec<Vec<(f64, u32)>> = vec![Vec::new(); left.len() + 1];
        let left_sums = sums_of_subsets(left);
        for (mask, &sum) in (0_u32..)
            .zip(&left_sums)
            .filter(|(mask, _)| mask.count_ones() <= self.ones)
        {
            by_count[mask.count_ones() as usize].push((sum, mask));
        }
        by_count
            .iter_mut()
            .for_each(|list| list.sort_by(|a, b| a.0.total_cmp(&b.0)));
        let sums_right = sums_of_subsets(right);
        for step in 0..sums_right.len() {
            // An odd factor visits all subsets in a scattered order.
            let mask = step.wrapping_mul(0x2545) % sums_right.len();
            let Some(others) = self.ones.checked_sub((mask as u32).count_ones()) else {
                continue;
            };
            let Some(list) = by_count.get(others as usize) else {
                continue;
            };
            let target = sums[0].score[0] - sums_right[mask];
            let start = list.partition_point(|each| each.0 < target - near);
            for &(_, low) in list[start..].iter().take_while(|each| each.0 <= target + near) {
                let column = low | (mask as u32) << left.len();
                if fits(column) && found(column) {
                    return;
                }
            }
        }
    }
}

/// The time of the patient at a position of the true order.
fn time(at: usize) -> f64 {
    20.0 * (at + 1) as f64
}

/// Score and information of a column of 0 and 1 without ties.
fn derivatives(column: u32, events: &[bool], beta: f64) -> (f64, f64) {
    let (n, ratio) = (events.len(), beta.exp());
    let (mut score, mut information) = (0.0, 0.0);
    for at in (0..n).filter(|&at| events[at]) {
        let ones = f64::from((column >> at).count_ones());
        let share = ones * ratio / (ones * ratio + (n - at) as f64 - ones);
        score += f64::from(column >> at & 1) - share;
        information += share * (1.0 - share);
    }
    (score, information)
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
    design.analyses = vec![Analysis::Table1, Analysis::Km, Analysis::Cox];
    design.grid = vec![100.0, 200.0, 300.0, 400.0, 500.0, 600.0];
    design.covariates = vec![Covariate::Level {
        name: "sex".to_owned(),
        reference: "female".to_owned(),
        levels: vec!["male".to_owned()],
    }];
    design.cox.as_mut().unwrap().start = vec![0.0];
    Plan::first(design).unwrap()
}
