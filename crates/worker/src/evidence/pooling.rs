//! Pooling of chosen estimates.

use cotside_core::evidence::{
    Effect, Estimate, FEWEST_POOLED, Pool, Rate, cautions_among, leave_one_out, percent_on, percents_on, pool, rates_on,
};
use cotside_core::survival::Interval;
use cotside_figures::axis::signed;
use cotside_figures::forest::{ForestColumn, ForestFigure, ForestRow, ForestScale};
use cotside_figures::{Lettering, Style};
use cotside_messages::PoolSettings;
use cotside_views::{Columns, compact_table, named_list};
use cotside_words::en::evidence_results as printed;
use cotside_words::lang::evidence_page as words;
use cotside_words::lang::evidence_results as results;
use cotside_words::{en, lang};
use maud::{Markup, html};

use crate::evidence::comparing::{LEVEL, caution};
use crate::evidence::drawing::{self, Drawn};
use crate::evidence::listing::{named, population, source_buttons};

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
        let effects = rates_on(chosen, self.settings.scale, self.settings.binomial)
            .map_err(|error| lang::effect_error(&error))?;
        let pool = pool(&effects, self.settings.method, self.settings.test, LEVEL).map_err(lang::pool_error)?;
        Ok(Pooled { effects, pool })
    }

    /// The pooled estimate, or why there is none.
    pub fn html(&self, chosen: &[&'static Estimate]) -> Markup {
        if chosen.is_empty() {
            return html! { p.quiet { (words::fewest_pooled(FEWEST_POOLED)) } };
        }
        html! {
            (self.found(chosen))
            div.tools { (source_buttons("chosen")) }
        }
    }

    fn found(&self, chosen: &[&'static Estimate]) -> Markup {
        let pooled = match self.pooled(chosen) {
            Ok(pooled) => pooled,
            Err(why) => return html! { p.remark.invalid { (results::not_pooled(&why)) } },
        };
        let cautions = cautions_among(chosen, self.settings.binomial);
        let cautions = cautions.iter().map(|(first, second, caution)| {
            html! {
                (self::caution(caution)) " "
                span.quiet { "(" (named(first.study)) ", " (named(second.study)) ")" }
            }
        });
        html! {
            h4 { (words::CAUTIONS) }
            (named_list("facts", cautions))
            (self.answer(&pooled.pool))
            @if let Some(figure) = self.figure(chosen) { (figure.html("pool")) }
            (self.weights(chosen, &pooled))
            (self.without(chosen, &pooled.effects))
        }
    }

    /// "36.9 % (30.1 to 43.5)".
    fn percent(&self, estimate: f64, interval: Option<Interval>) -> String {
        let estimate = signed(percent_on(self.settings.scale, estimate), 1);
        match interval {
            Some(interval) => results::pooled_percent(&estimate, &self.ends(interval)),
            None => results::pooled_percent(&estimate, lang::ALL_ALIKE),
        }
    }

    /// "30.1 to 43.5", in per cent.
    fn ends(&self, interval: Interval) -> String {
        let ends = percents_on(self.settings.scale, interval);
        results::ends(&signed(ends.lower, 1), &signed(ends.upper, 1))
    }

    fn answer(&self, pool: &Pool) -> Markup {
        let prediction = match (pool.prediction, pool.interval) {
            (Some(interval), _) => [self.ends(interval).as_str(), results::UNIT].concat(),
            (None, None) => results::NO_PREDICTION_WITHOUT_INTERVAL.to_owned(),
            (None, Some(_)) => results::NO_PREDICTION.to_owned(),
        };
        let spread = &pool.heterogeneity;
        let tau2 = [spread.tau2, spread.tau2_interval.lower, spread.tau2_interval.upper];
        compact_table([
            (results::POOLED, self.percent(pool.estimate, pool.interval)),
            (
                results::METHOD,
                results::pooled_how(
                    pool.k,
                    lang::pool_method(pool.method),
                    lang::pool_test(pool.test),
                    lang::scale_name(self.settings.scale),
                ),
            ),
            (words::PREDICTION, prediction),
            (
                results::HETEROGENEITY,
                results::heterogeneity(spread.q, spread.df, &lang::p_in_sentence(spread.p), spread.i2, tau2),
            ),
        ])
    }

    fn weights(&self, chosen: &[&'static Estimate], pooled: &Pooled) -> Markup {
        let columns = Columns::new(results::STUDY)
            .text(results::POPULATION)
            .number(results::ON_SCALE)
            .number(results::SE)
            .text(results::SE_ORIGIN)
            .number(results::WEIGHT);
        let origin = |row: &Estimate| {
            let rate = Rate::of(row, self.settings.binomial);
            rate.map_or_else(String::new, |rate| lang::error_origin(rate.origin))
        };
        let row = |((row, effect), weight): ((&&'static Estimate, &Effect), &f64)| {
            let cells = [
                signed(effect.estimate, 4),
                signed(effect.std_err, 4),
                origin(row),
                signed(*weight, 1),
            ];
            let cells = cells.map(|cell| html! { (cell) });
            columns.row(named(row.study), std::iter::once(population(row)).chain(cells))
        };
        let rows = chosen.iter().zip(&pooled.effects).zip(&pooled.pool.weights);
        html! { h4 { (results::WEIGHTS) } (columns.table("compact", rows.map(row))) }
    }

    fn without(&self, chosen: &[&'static Estimate], effects: &[Effect]) -> Markup {
        html! {
            h4 { (words::LEAVE_ONE_OUT) }
            @if chosen.len() == FEWEST_POOLED {
                p.quiet { (words::LEAVE_ONE_OUT_NEEDS) }
            } @else {
                @match leave_one_out(effects, self.settings.method, self.settings.test, LEVEL) {
                    Ok(found) => { (self.left_out(chosen, &found)) }
                    Err(why) => { p.quiet { (results::not_done(&lang::pool_error(why))) } }
                }
            }
        }
    }

    /// The pooled estimate without each of the chosen ones in turn.
    fn left_out(&self, chosen: &[&'static Estimate], found: &[Pool]) -> Markup {
        let columns = Columns::new(results::LEFT_OUT)
            .text(results::POPULATION)
            .number(results::POOLED)
            .number(results::I2);
        let row = |(row, pool): (&&'static Estimate, &Pool)| {
            let cells = [
                population(row),
                html! { (self.percent(pool.estimate, pool.interval)) },
                html! { (signed(pool.heterogeneity.i2, 1)) },
            ];
            columns.row(named(row.study), cells)
        };
        columns.table("compact", chosen.iter().zip(found).map(row))
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
                let [years, patients] = drawing::cells(row, printed::NOT_REPORTED);
                ForestRow {
                    label,
                    cells: vec![years, patients, en::printed(row.estimate), signed(*weight, 1)],
                    ..drawing::row(row)
                }
            })
            .collect();
        rows.push(ForestRow {
            label: printed::pooled_row(en::pool_method(pooled.pool.method)),
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
                title: printed::POOL_TITLE.to_owned(),
                description: printed::pool_description(pooled.pool.k),
                caption: vec![
                    printed::KEY.to_owned(),
                    printed::diamond(
                        en::pool_method(pooled.pool.method),
                        en::pool_test(pooled.pool.test),
                        en::scale_name(self.settings.scale),
                    ),
                ],
            },
            style: Style::TWO_COLUMNS,
            scale: ForestScale::Percent,
            label_head: printed::STUDY_AND_POPULATION.to_owned(),
            axis_label: printed::POOL_AXIS.to_owned(),
            columns: vec![
                column(printed::YEARS, false),
                column(printed::N, false),
                column(printed::PERCENT, true),
                column(printed::WEIGHT, true),
            ],
            rows,
            ..ForestFigure::default()
        };
        Some(Drawn::new(figure.scene(), figure.data()))
    }
}
