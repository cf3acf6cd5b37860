//! The numbers of a site's file, each with its name, as they are read before the file is saved.

use cotside_core::cohort::EventKind;
use cotside_core::federated::{Plan, Summary};
use cotside_core::protocols::{Classification, protocol};
use cotside_core::shortest;
use cotside_words::lang::{self, combine_numbers as words};

/// Numbers that belong together.
pub struct Section {
    /// What they are.
    pub title: String,
    /// The name of each, and its text; `None` where it is left out.
    pub rows: Vec<(String, Option<String>)>,
}

impl Section {
    fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            rows: Vec::new(),
        }
    }

    fn count(&mut self, name: impl Into<String>, count: Option<u64>) {
        self.rows.push((name.into(), count.map(|count| count.to_string())));
    }

    fn text(&mut self, name: impl Into<String>, text: &str) {
        self.rows.push((name.into(), Some(text.to_owned())));
    }

    fn value(&mut self, name: impl Into<String>, value: f64) {
        self.rows.push((name.into(), Some(shortest(value))));
    }

    /// A lower triangle by rows.
    fn triangle(&mut self, names: &[String], lower: &[f64]) {
        let places = (0..names.len()).flat_map(|row| (0..=row).map(move |column| (row, column)));
        for ((row, column), value) in places.zip(lower) {
            self.value(words::pair(&names[row], &names[column]), *value);
        }
    }

    /// How many numbers there are, and how many are left out.
    pub fn counts(&self) -> (usize, usize) {
        let left_out = self.rows.iter().filter(|(_, text)| text.is_none()).count();
        (self.rows.len() - left_out, left_out)
    }
}

/// All numbers of a file, in the order of the file.
pub fn sections(plan: &Plan, summary: &Summary) -> Vec<Section> {
    let plan = &Plan {
        design: plan.design.merged(&summary.merged),
        ..plan.clone()
    };
    let mut all = vec![counts(plan, summary)];
    all.extend(model(plan, summary));
    all.extend(tests(plan, summary));
    all.extend(grid(plan, summary));
    all.extend(table1(plan, summary));
    all.extend(protocols(summary));
    all.retain(|section| !section.rows.is_empty());
    all
}

/// The groups of the plan, without the last one.
fn tested(plan: &Plan) -> Vec<String> {
    let mut levels = plan
        .design
        .groups
        .as_ref()
        .map(|by| by.levels.clone())
        .unwrap_or_default();
    levels.pop();
    levels
}

fn counts(plan: &Plan, summary: &Summary) -> Section {
    let mut section = Section::new(words::COUNTS);
    section.count(words::PATIENTS, summary.n);
    section.count(words::EVENTS, summary.events);
    if let Some(excluded) = &summary.n_excluded {
        section.text(words::EXCLUDED, excluded);
    }
    if let (Some(by), Some(counts)) = (&plan.design.groups, &summary.n_by_group) {
        for (level, count) in by.levels.iter().zip(counts) {
            section.count(words::level(&by.field, level), *count);
        }
    }
    section
}

fn model(plan: &Plan, summary: &Summary) -> Vec<Section> {
    let names = plan.design.coefficients();
    let mut all = Vec::new();
    if let Some(cox) = &summary.cox {
        let mut section = Section::new(words::SCORE);
        section.count(words::STRATA, Some(cox.strata));
        if let Some(n) = cox.effective_n {
            section.count(words::EFFECTIVE_N, Some(n));
        }
        if let Some(loglik) = cox.loglik {
            section.value(words::LOGLIK, loglik);
        }
        names
            .iter()
            .zip(&cox.score)
            .for_each(|(name, value)| section.value(name, *value));
        all.push(section);
        let mut section = Section::new(words::INFORMATION);
        section.triangle(&names, &cox.information_lower);
        all.push(section);
        if let Some(spread) = &cox.spread {
            let mut section = Section::new(words::SPREAD);
            section.value(words::Q, spread.q);
            section.count(words::RANK, Some(spread.rank));
            for (name, moments) in names.iter().zip(&spread.moments) {
                for (moment, value) in words::MOMENTS.iter().zip(moments) {
                    section.value(words::pair(name, moment), *value);
                }
            }
            all.push(section);
        }
    }
    if let Some(cells) = &summary.cells {
        let mut section = Section::new(words::AVERAGED);
        names
            .iter()
            .zip(&cells.event_sum)
            .for_each(|(name, value)| section.value(words::event_sum(name), *value));
        for (end, cell) in plan.design.grid.iter().zip(&cells.cells) {
            let up_to = words::up_to(*end);
            section.count(words::pair(&up_to, words::EVENTS), Some(cell.events));
            section.value(words::pair(&up_to, "E0"), cell.e0);
            names
                .iter()
                .zip(&cell.e1)
                .for_each(|(name, value)| section.value(words::cell_of(&up_to, "E1", name), *value));
            let places = (0..names.len()).flat_map(|row| (0..=row).map(move |column| (row, column)));
            for ((row, column), value) in places.zip(&cell.e2_lower) {
                let pair = words::pair(&names[row], &names[column]);
                section.value(words::cell_of(&up_to, "E2", &pair), *value);
            }
        }
        all.push(section);
    }
    if let Some(fit) = &summary.two_stage {
        let mut section = Section::new(words::OWN_FIT);
        names
            .iter()
            .zip(&fit.coef)
            .for_each(|(name, value)| section.value(name, *value));
        section.triangle(&names, &fit.covariance_lower);
        all.push(section);
    }
    all
}

fn tests(plan: &Plan, summary: &Summary) -> Vec<Section> {
    let groups = tested(plan);
    let mut all = Vec::new();
    if let Some(sums) = &summary.logrank {
        let mut section = Section::new(words::LOGRANK);
        groups
            .iter()
            .zip(&sums.difference)
            .for_each(|(name, value)| section.value(name, *value));
        section.triangle(&groups, &sums.covariance_lower);
        all.push(section);
    }
    for sums in summary.gray.iter().flatten() {
        let mut section = Section::new(words::gray(&cause(plan, sums.cause)));
        groups
            .iter()
            .zip(&sums.score)
            .for_each(|(name, value)| section.value(name, *value));
        section.triangle(&groups, &sums.variance_lower);
        all.push(section);
    }
    all
}

/// The name of a cause by its number.
fn cause(plan: &Plan, number: u32) -> String {
    let code = plan.design.endpoint.causes.get((number as usize).wrapping_sub(1));
    cause_name(code.map_or("", String::as_str))
}

/// The name of a cause by its code, as the page has it.
pub fn cause_name(code: &str) -> String {
    named_cause(code, lang::event_kind)
}

/// The name of a cause by its code, in the words of `name`.
pub fn named_cause(code: &str, name: impl Fn(EventKind) -> &'static str) -> String {
    EventKind::from_code(code).map_or_else(|| code.to_owned(), |kind| name(kind).to_owned())
}

fn grid(plan: &Plan, summary: &Summary) -> Vec<Section> {
    let Some(grid) = &summary.grid else { return Vec::new() };
    let one = |group: &cotside_core::federated::GridGroup| {
        let name = group.group.as_deref().unwrap_or(words::ALL);
        let mut section = Section::new(words::grid(name, group.carried));
        section.count(words::AT_START, Some(group.n));
        for (cell, end) in grid.boundaries.iter().enumerate() {
            let up_to = words::up_to(*end);
            for (number, events) in group.events.iter().enumerate() {
                let what = if group.events.len() == 1 && plan.design.endpoint.causes.len() > 1 {
                    words::EVENTS.to_owned()
                } else {
                    cause(plan, number as u32 + 1)
                };
                section.count(words::pair(&up_to, &what), events.get(cell).copied());
            }
            section.count(words::pair(&up_to, words::LEFT), group.left.get(cell).copied());
        }
        section
    };
    grid.groups.iter().map(one).collect()
}

fn table1(plan: &Plan, summary: &Summary) -> Vec<Section> {
    let kinds: std::collections::BTreeMap<_, _> = plan.design.table_of(&summary.merged).into_iter().collect();
    let groups = plan
        .design
        .groups
        .as_ref()
        .map(|by| by.levels.clone())
        .unwrap_or_default();
    let one = |(name, sums): (&String, &cotside_core::federated::TableSums)| {
        let mut section = Section::new(words::table1(name));
        section.text(words::MISSING, &sums.missing);
        if let Some(sum) = sums.sum {
            section.value(words::SUM, sum);
        }
        if let Some(squares) = sums.squares {
            section.value(words::SQUARES, squares);
        }
        let cells = kinds.get(name).map(words::cells).unwrap_or_default();
        cells
            .iter()
            .zip(&sums.cells)
            .for_each(|(cell, count)| section.count(cell, *count));
        for (group, own) in groups.iter().zip(sums.moments_by_group.iter().flatten()) {
            section.count(words::pair(words::VALUES, group), Some(own.n));
            section.value(words::pair(words::SUM, group), own.sum);
            section.value(words::pair(words::SQUARES, group), own.squares);
        }
        for (group, counts) in groups.iter().zip(sums.by_group.iter().flatten()) {
            cells
                .iter()
                .zip(counts)
                .for_each(|(cell, count)| section.count(words::pair(cell, group), *count));
        }
        section
    };
    summary.table1.iter().flatten().map(one).collect()
}

fn protocols(summary: &Summary) -> Vec<Section> {
    let groups_of = |id: &str| -> Vec<String> {
        let of = |protocol| Classification {
            protocol,
            placements: Vec::new(),
        };
        protocol(id).map(|known| of(known).groups().groups).unwrap_or_default()
    };
    let one = |(id, counts): (&String, &Vec<Option<u64>>)| {
        let mut section = Section::new(words::protocol(id));
        groups_of(id)
            .iter()
            .zip(counts)
            .for_each(|(group, count)| section.count(group, *count));
        section
    };
    let two = |each: &cotside_core::federated::Reclassified| {
        let mut section = Section::new(words::reclassified(&each.first, &each.second));
        for (first, counts) in groups_of(&each.first).iter().zip(&each.counts) {
            for (second, count) in groups_of(&each.second).iter().zip(counts) {
                section.count(words::pair(first, second), *count);
            }
        }
        section
    };
    let protocols = summary.protocols.iter().flatten().map(one);
    protocols
        .chain(summary.reclassified.iter().flatten().map(two))
        .collect()
}
