//! Pooling of chosen estimates.

use cotside_core::evidence::{
    Effect, Estimate, FEWEST_POOLED, Pool, Rate, cautions_among, leave_one_out, percent_on, percents_on, pool, rates_on,
};
use cotside_core::survival::Interval;
use cotside_figures::axis::signed;
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow, ForestScale};
use cotside_figures::{Lettering, Style};
use cotside_messages::PoolSettings;
use cotside_words::en::evidence_page as words;
use cotside_words::html::{Html, cell, element, head, list, plain, span, table, text};
use cotside_words::{decimal, en};

use crate::evidence::comparing::LEVEL;
use crate::evidence::drawing::Drawn;

/// How they are pooled.
#[derive(Debug, Clone, Default)]
pub struct Pooling {
    settings: PoolSettings,
}

/// What came of it.
struct Pooled {
    effects: Vec<Effect>,
    pool: Pool,
}

impl Pooling {
    /// Takes the settings.
    pub fn set(&mut self, settings: PoolSettings) {
        self.settings = settings;
    }

    fn pooled(&self, chosen: &[&'static Estimate]) -> Result<Pooled, String> {
        let effects =
            rates_on(chosen, self.settings.scale, self.settings.binomial).map_err(|error| en::effect_error(&error))?;
        let pool = pool(&effects, self.settings.method, self.settings.test, LEVEL).map_err(en::pool_error)?;
        Ok(Pooled { effects, pool })
    }

    /// The pooled estimate, or why there is none.
    pub fn html(&self, chosen: &[&'static Estimate]) -> Html {
        if chosen.is_empty() {
            return span("p", "quiet", &words::fewest_pooled(FEWEST_POOLED));
        }
        let pooled = match self.pooled(chosen) {
            Ok(pooled) => pooled,
            Err(why) => return span("p", "remark invalid", &format!("Not pooled: {why}.")),
        };
        let cautions = cautions_among(chosen, self.settings.binomial);
        let caution = cautions.iter().map(|(first, second, caution)| {
            Html::all([
                text(&en::caution(caution)),
                text(" "),
                span(
                    "span",
                    "quiet",
                    &format!("({}, {})", first.study.name, second.study.name),
                ),
            ])
        });
        Html::all([
            plain("h4", words::CAUTIONS),
            list("facts", caution),
            self.answer(&pooled.pool),
            self.figure(chosen)
                .map(|figure| figure.html("pool"))
                .unwrap_or_default(),
            self.weights(chosen, &pooled),
            self.without(chosen, &pooled.effects),
        ])
    }

    /// "36.9 % (30.1 to 43.5)".
    fn shown(&self, estimate: f64, interval: Option<Interval>) -> String {
        let Some(interval) = interval else {
            return format!(
                "{} % ({})",
                signed(percent_on(self.settings.scale, estimate), 1),
                en::ALL_ALIKE
            );
        };
        let ends = percents_on(self.settings.scale, interval);
        format!(
            "{} % ({} to {})",
            signed(percent_on(self.settings.scale, estimate), 1),
            signed(ends.lower, 1),
            signed(ends.upper, 1)
        )
    }

    fn answer(&self, pool: &Pool) -> Html {
        let none = match pool.interval {
            None => "none, as there is no interval",
            Some(_) => "not estimable with a fixed effect",
        };
        let prediction = pool.prediction.map_or_else(
            || none.to_owned(),
            |interval| {
                let ends = percents_on(self.settings.scale, interval);
                format!("{} to {} %", signed(ends.lower, 1), signed(ends.upper, 1))
            },
        );
        let spread = &pool.heterogeneity;
        let rows = [
            ("Pooled", self.shown(pool.estimate, pool.interval)),
            (
                "Method",
                format!(
                    "{} estimates, {}, {}, {} scale",
                    pool.k,
                    en::pool_method(pool.method),
                    en::pool_test(pool.test),
                    en::scale_name(self.settings.scale)
                ),
            ),
            (words::PREDICTION, prediction),
            (
                "Heterogeneity",
                format!(
                    "Q = {} on {} df, {}; I² = {} %; τ² = {} ({} to {})",
                    decimal(spread.q, 2),
                    spread.df,
                    words::p_value(spread.p),
                    decimal(spread.i2, 1),
                    decimal(spread.tau2, 4),
                    decimal(spread.tau2_interval.lower, 4),
                    decimal(spread.tau2_interval.upper, 4)
                ),
            ),
        ];
        let each = |(name, value): &(&str, String)| {
            element(
                "tr",
                &[],
                &[
                    element("th", &[("scope", "row")], &[text(name)]),
                    element("td", &[], &[text(value)]),
                ],
            )
        };
        table("compact", Html::default(), rows.iter().map(each))
    }

    fn weights(&self, chosen: &[&'static Estimate], pooled: &Pooled) -> Html {
        let rows = chosen.iter().zip(&pooled.effects).zip(&pooled.pool.weights);
        let origin = |row: &Estimate| {
            let rate = Rate::of(row, self.settings.binomial);
            rate.map_or_else(String::new, |rate| en::error_origin(rate.origin))
        };
        let each = |((row, effect), weight): ((&&'static Estimate, &Effect), &f64)| {
            element(
                "tr",
                &[],
                &[
                    element("th", &[("scope", "row")], &[text(row.study.name)]),
                    cell("Population", "", &[text(row.population)]),
                    cell("On the scale", "number", &[text(&signed(effect.estimate, 4))]),
                    cell("SE", "number", &[text(&signed(effect.std_err, 4))]),
                    cell("Origin of the SE", "", &[text(&origin(row))]),
                    cell("Weight, %", "number", &[text(&signed(*weight, 1))]),
                ],
            )
        };
        let head = head(&[
            ("Study", ""),
            ("Population", ""),
            ("On the scale", "number"),
            ("SE", "number"),
            ("Origin of the SE", ""),
            ("Weight, %", "number"),
        ]);
        Html::all([plain("h4", "Weights"), table("compact", head, rows.map(each))])
    }

    fn without(&self, chosen: &[&'static Estimate], effects: &[Effect]) -> Html {
        let title = plain("h4", words::LEAVE_ONE_OUT);
        if chosen.len() == FEWEST_POOLED {
            return Html::all([title, span("p", "quiet", words::LEAVE_ONE_OUT_NEEDS)]);
        }
        let found = match leave_one_out(effects, self.settings.method, self.settings.test, LEVEL) {
            Ok(found) => found,
            Err(why) => {
                return Html::all([
                    title,
                    span("p", "quiet", &format!("Not done: {}.", en::pool_error(why))),
                ]);
            }
        };
        let each = |(row, pool): (&&'static Estimate, &Pool)| {
            element(
                "tr",
                &[],
                &[
                    element("th", &[("scope", "row")], &[text(row.study.name)]),
                    cell("Population", "", &[text(row.population)]),
                    cell("Pooled", "number", &[text(&self.shown(pool.estimate, pool.interval))]),
                    cell("I², %", "number", &[text(&signed(pool.heterogeneity.i2, 1))]),
                ],
            )
        };
        let head = head(&[
            ("Study left out", ""),
            ("Population", ""),
            ("Pooled", "number"),
            ("I², %", "number"),
        ]);
        Html::all([title, table("compact", head, chosen.iter().zip(&found).map(each))])
    }

    /// The chosen rows as published, and the pooled estimate under them.
    pub fn figure(&self, chosen: &[&'static Estimate]) -> Option<Drawn> {
        let pooled = self.pooled(chosen).ok()?;
        let ends = pooled
            .pool
            .interval
            .map(|interval| percents_on(self.settings.scale, interval));
        let mut rows: Vec<ForestRow> = chosen
            .iter()
            .zip(&pooled.pool.weights)
            .map(|(row, weight)| {
                let label = format!("{}: {}", row.study.name, row.population);
                ForestRow {
                    label,
                    cells: vec![
                        crate::evidence::listing::years(row),
                        crate::evidence::listing::patients(row.n),
                        en::printed(row.estimate),
                        signed(*weight, 1),
                    ],
                    ..crate::evidence::drawing::row(row)
                }
            })
            .collect();
        rows.push(ForestRow {
            label: format!("Pooled, {}", en::pool_method(pooled.pool.method)),
            overall: true,
            cells: vec![
                String::new(),
                String::new(),
                signed(percent_on(self.settings.scale, pooled.pool.estimate), 1),
                "100".to_owned(),
            ],
            estimate: Some(percent_on(self.settings.scale, pooled.pool.estimate)),
            interval: ends.map(|ends| (ends.lower, ends.upper)),
            ..ForestRow::default()
        });
        let column = |head: &str, after: bool| ForestColumn {
            head: head.to_owned(),
            after,
        };
        let figure = ForestFigure {
            lettering: Lettering {
                title: "Published estimates pooled".to_owned(),
                description: format!("{} published estimates and their pooled estimate.", pooled.pool.k),
                caption: vec![
                    crate::evidence::drawing::KEY.to_owned(),
                    format!(
                        "Diamond: {}, {}, on the {} scale.",
                        en::pool_method(pooled.pool.method),
                        en::pool_test(pooled.pool.test),
                        en::scale_name(self.settings.scale)
                    ),
                ],
            },
            style: Style::TWO_COLUMNS,
            scale: ForestScale::Percent,
            label_head: "Study, population".to_owned(),
            axis_label: "Per cent".to_owned(),
            columns: vec![
                column("Years", false),
                column("n", false),
                column("%", true),
                column("Weight, %", true),
            ],
            rows,
            ..ForestFigure::default()
        };
        Some(Drawn::new(figure.scene(), figure.data()))
    }
}
