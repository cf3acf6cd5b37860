//! The results of a pooled analysis: each analysis as a table, survival and the hospitals' estimates as figures.

use cotside_core::federated::{
    Chi2, Coefficient, CoxResult, Design, Moments, Outcome, Plan, Range, Sharing, SiteEstimate, TableKind, TablePart,
    TwoStageResult, merged_levels,
};
use cotside_core::shortest;
use cotside_views::{Columns, copy_button, english, export_button, list, table_tools};
use cotside_words::lang::{combine_files, combine_results as words, federated, pooled_files};
use cotside_words::{decimal, lang, signed};
use maud::{Markup, html};

use super::drawings;
use super::numbers::cause_name;

/// A result under its plan.
#[derive(Clone, Copy)]
pub struct Results<'a> {
    /// The plan of its last round.
    pub plan: &'a Plan,
    /// The result.
    pub outcome: &'a Outcome,
    /// Before the names of its figures and files.
    pub prefix: &'a str,
}

impl Results<'_> {
    /// All that was computed.
    pub fn html(&self) -> Markup {
        let merged = self.outcome.merged.iter();
        let merged = merged.flat_map(|(field, lists)| lists.iter().map(move |levels| (field, levels)));
        html! {
            @for (field, levels) in merged { p.remark.notice { (federated::taken_together(field, levels)) } }
            (self.cox())
            (self.hospitals())
            (self.two_stage())
            (self.survival())
            (self.tests())
            (self.incidence())
            (self.table1())
            (self.protocols())
            (self.methods())
        }
    }

    fn design(&self) -> &Design {
        &self.plan.design
    }

    /// The groups of the result: levels that a site took together are one.
    fn groups(&self) -> Vec<String> {
        let by = self.design().groups.as_ref();
        by.map_or_else(Vec::new, |by| {
            merged_levels(&self.outcome.merged, &by.field, &by.levels)
        })
    }

    fn name(&self, what: &str) -> String {
        format!("{}{what}", self.prefix)
    }

    fn tools(&self, what: &str, title: &str) -> Markup {
        let design: String = self.outcome.design_sha256.chars().take(12).collect();
        table_tools(&self.name(what), title, &words::source(&self.design().study, &design))
    }

    fn cox(&self) -> Markup {
        let Some(cox) = &self.outcome.cox else {
            return Markup::default();
        };
        let columns =
            Columns::new(words::COVARIATE).numbers([words::HAZARD_RATIO, words::P, words::COEFFICIENT, words::STD_ERR]);
        let rows = cox
            .coefficients
            .iter()
            .map(|each| columns.row(&each.name, coefficient_cells(each)));
        let title = if cox.cells.is_some() {
            words::COX_GRID
        } else {
            words::COX
        };
        html! {
            section data-testid="combined-cox" {
                h3 { (title) }
                (columns.table("cox", rows))
                (self.tools("cox", title))
                p { (words::cox_of(cox.n, cox.n_events, &cox.ties, cox.cells)) }
                p data-testid="combined-bound" { (words::bound(cox.bound_se, cox.rounding_se)) }
                p.quiet {
                    (words::decrements(&cox.decrement))
                    @if let Some(distance) = cox.one_round.as_ref().and_then(|round| round.distance_se) {
                        " " (words::one_round(distance))
                    }
                }
                (list(tests_of_effect(cox)))
                @for warning in &cox.warnings { p.remark.notice { (combine_files::sentence(warning)) } }
            }
        }
    }

    /// The hospitals beside each other.
    fn hospitals(&self) -> Markup {
        let Some(found) = &self.outcome.heterogeneity else {
            return Markup::default();
        };
        let columns = Columns::new(words::COVARIATE).numbers([words::Q, words::TAU2, words::I2]);
        let dash =
            |value: Option<f64>, places: usize| value.map_or_else(|| "–".to_owned(), |value| decimal(value, places));
        let rows = found
            .coefficients
            .iter()
            .map(|each| columns.row(&each.name, [decimal(each.q, 2), dash(each.tau2, 3), dash(each.i2, 1)]));
        html! {
            section data-testid="combined-hospitals" {
                h3 { (words::HETEROGENEITY) }
                p { (words::q(found.q, found.df, &lang::p_in_sentence(found.p))) }
                (columns.table("heterogeneity", rows))
                (self.tools("heterogeneity", words::HETEROGENEITY))
                @if self.design().sharing == Sharing::Masked && found.coefficients.iter().any(|each| each.tau2.is_none()) { p.quiet { (words::SPREAD_UNKNOWN) } }
                @for (number, drawn) in self.forests().into_iter().enumerate() {
                    (drawn.html(&self.name(&format!("forest{number}"))))
                }
            }
        }
    }

    fn forests(&self) -> Vec<drawings::Drawn> {
        let (Some(cox), Some(sites)) = (&self.outcome.cox, &self.outcome.site_estimates) else {
            return Vec::new();
        };
        let all = cox.coefficients.iter().enumerate();
        all.filter_map(|(place, whole)| drawings::forest(whole, &of_site(sites, place)))
            .collect()
    }

    fn two_stage(&self) -> Markup {
        let Some(found) = &self.outcome.two_stage else {
            return Markup::default();
        };
        let columns = Columns::new(words::COVARIATE).text(words::METHOD).numbers([
            words::HAZARD_RATIO,
            words::COEFFICIENT,
            words::STD_ERR,
        ]);
        let rows = found.univariate.iter().map(|each| {
            let ends = each.lower.zip(each.upper);
            let ends = ends.map(|(low, high)| (libm::exp(low), libm::exp(high)));
            let ratio = words::ratio(libm::exp(each.coef), ends);
            let cells = [
                words::pooling(&each.method, &each.test),
                ratio,
                signed(each.coef, 4),
                signed(each.std_err, 4),
            ];
            columns.row(&each.name, cells)
        });
        html! {
            section data-testid="combined-two-stage" {
                h3 { (words::TWO_STAGE) }
                @if found.univariate.is_empty() {
                    p { (words::TWO_STAGE_NEEDS) }
                } @else {
                    (columns.table("two-stage", rows))
                    (self.tools("two-stage", words::TWO_STAGE))
                }
                (two_stage_remarks(found))
            }
        }
    }

    fn survival(&self) -> Markup {
        let Some(curves) = &self.outcome.km else {
            return Markup::default();
        };
        let columns = Columns::new(words::GROUP).numbers([
            words::YEARS,
            words::AT_RISK,
            words::SURVIVAL_PERCENT,
            words::CI_PERCENT,
            words::BOUNDS,
        ]);
        let years = drawings::in_years(self.design());
        let rows = curves.groups.iter().flat_map(|group| {
            let name = group.group.as_deref().unwrap_or(words::ALL_PATIENTS);
            let columns = &columns;
            group.at.iter().map(move |at| {
                let interval = at.lower.zip(at.upper).map_or_else(
                    || "–".to_owned(),
                    |(low, high)| words::between(&percent(low), &percent(high)),
                );
                let cells = [
                    decimal(at.time * years, 2),
                    at.at_risk.to_string(),
                    percent(at.survival),
                    interval,
                    bounds(at.exact, at.lower_bound, at.upper_bound),
                ];
                columns.row(name, cells)
            })
        });
        let means = curves.groups.iter().filter_map(|group| {
            let mean = group.rmst?;
            let name = group.group.as_deref().unwrap_or(words::ALL_PATIENTS);
            let unit = &self.design().time_unit;
            Some(words::rmst(
                name,
                mean.tau,
                mean.estimate,
                mean.lower_bound,
                mean.upper_bound,
                unit,
            ))
        });
        let means: Vec<String> = means.collect();
        html! {
            section data-testid="combined-survival" {
                h3 { (words::SURVIVAL) }
                @if let Some(drawn) = drawings::survival(self.design(), curves) { (drawn.html(&self.name("survival"))) }
                details.more data-testid=(self.name("survival-at")) {
                    summary { (words::SHOW_TIMES) }
                    (columns.table("at", rows))
                    (self.tools("survival-table", words::SURVIVAL))
                }
                @if !means.is_empty() { h4 { (words::RMST) } (list(means)) }
            }
        }
    }

    fn tests(&self) -> Markup {
        let columns = Columns::new(words::TEST)
            .text(words::OVER)
            .numbers([words::CHI2, words::DF, words::P]);
        let row = |name: &str, is_counts: bool, chi2: f64, df: u32, p: f64| {
            let cells = [
                words::computed_from(is_counts).to_owned(),
                decimal(chi2, 2),
                df.to_string(),
                lang::p_cell(p),
            ];
            columns.row(name, cells)
        };
        let (mut rows, mut bounds) = (Vec::new(), Vec::new());
        if let Some(test) = &self.outcome.logrank {
            if let Some(found) = &test.stratified {
                rows.push(row(words::LOGRANK, false, found.chi2, found.df, found.p));
            }
            if let Some(found) = &test.grid {
                rows.push(row(words::LOGRANK, true, found.chi2, found.df, found.p));
                let levels = self.groups();
                let each = levels
                    .iter()
                    .zip(&found.difference)
                    .zip(found.lower_bound.iter().zip(&found.upper_bound));
                if !found.exact {
                    bounds.extend(
                        each.map(|((level, difference), (low, high))| {
                            words::grid_bounds(level, *difference, *low, *high)
                        }),
                    );
                }
            }
        }
        if let Some(cif) = &self.outcome.cif {
            for (tests, is_counts) in [(&cif.gray, false), (&cif.gray_grid, true)] {
                for found in tests.iter().flatten() {
                    let name = words::gray(&cause_name(&found.cause));
                    rows.push(row(&name, is_counts, found.chi2, found.df, found.p));
                }
            }
        }
        if rows.is_empty() {
            return Markup::default();
        }
        html! {
            section data-testid="combined-tests" {
                h3 { (words::TESTS) }
                (columns.table("group-tests", rows))
                (self.tools("tests", words::TESTS))
                @if !bounds.is_empty() { p { (words::OBSERVED_LESS_EXPECTED) } (list(bounds)) }
            }
        }
    }

    fn incidence(&self) -> Markup {
        let Some(cif) = self.outcome.cif.as_ref().filter(|cif| !cif.groups.is_empty()) else {
            return Markup::default();
        };
        let columns = Columns::new(words::GROUP).text(words::CAUSE).numbers([
            words::YEARS,
            words::INCIDENCE_PERCENT,
            words::BOUNDS,
        ]);
        let years = drawings::in_years(self.design());
        let rows = cif.groups.iter().flat_map(|group| {
            let name = group.group.as_deref().unwrap_or(words::ALL_PATIENTS);
            let columns = &columns;
            group.causes.iter().flat_map(move |cause| {
                cause.at.iter().map(move |at| {
                    let cells = [
                        cause_name(&cause.cause),
                        decimal(at.time * years, 2),
                        percent(at.estimate),
                        bounds(at.exact, at.lower_bound, at.upper_bound),
                    ];
                    columns.row(name, cells)
                })
            })
        });
        html! {
            section data-testid="combined-incidence" {
                h3 { (words::INCIDENCE) }
                @if let Some(drawn) = drawings::incidence(self.design(), &cif.groups) { (drawn.html(&self.name("incidence"))) }
                details.more data-testid=(self.name("incidence-at")) {
                    summary { (words::SHOW_TIMES) }
                    (columns.table("at", rows))
                    (self.tools("incidence-table", words::INCIDENCE))
                }
            }
        }
    }

    fn table1(&self) -> Markup {
        let Some(table) = &self.outcome.table1 else {
            return Markup::default();
        };
        let groups = self.groups();
        let columns = Columns::new(words::VARIABLE)
            .number(words::ALL_PATIENTS)
            .numbers(groups.iter().map(String::as_str));
        let mut rows = Vec::new();
        for (name, kind) in self.design().table_of(&self.outcome.merged) {
            let Some(parts) = table.get(&name) else { continue };
            let moments = |key: &str| match parts.get(key) {
                Some(TablePart::Moments(each)) => {
                    let median = each.median.zip(each.median_from).zip(each.median_to);
                    words::moments(
                        each.n,
                        &mean_of(self.design(), &name, each),
                        median.map(|((median, low), high)| (median, low, high)),
                    )
                }
                _ => String::new(),
            };
            let mut cells = vec![moments("moments")];
            let by: Vec<String> = groups
                .iter()
                .map(|group| moments(&format!("moments | {group}")))
                .collect();
            if by.iter().any(|text| !text.is_empty()) {
                cells.extend(by);
            }
            rows.push(columns.row(html! { strong { (name) } }, cells));
            for label in labels(&kind) {
                let cell = |key: &str| match parts.get(key) {
                    Some(TablePart::Count(range)) => range_text(range),
                    _ => words::HIDDEN.to_owned(),
                };
                let by = groups.iter().map(|group| format!("{label} | {group}"));
                let has_groups = by.clone().any(|key| parts.contains_key(&key));
                let by: Vec<String> = if has_groups {
                    by.map(|key| cell(&key)).collect()
                } else {
                    Vec::new()
                };
                let cells = std::iter::once(cell(&label)).chain(by);
                rows.push(columns.level(&label, cells.collect::<Vec<_>>()));
            }
        }
        html! {
            section data-testid="combined-table1" {
                h3 { (words::TABLE1) }
                (columns.table("table1", rows))
                (self.tools("table1", words::TABLE1))
                p.quiet { (words::MOMENTS) }
            }
        }
    }

    fn protocols(&self) -> Markup {
        let Some(all) = &self.outcome.protocols else {
            return Markup::default();
        };
        let columns = Columns::new(words::PROTOCOL).text(words::GROUP).number(words::N);
        let rows = all.iter().flat_map(|(id, groups)| {
            let columns = &columns;
            groups
                .iter()
                .map(move |(group, range)| columns.row(id, [group.clone(), range_text(range)]))
        });
        html! {
            section data-testid="combined-protocols" {
                h3 { (words::PROTOCOLS) }
                (columns.table("protocols", rows))
                (self.tools("protocols", words::PROTOCOLS))
            }
        }
    }

    fn methods(&self) -> Markup {
        let paragraph = self.name("methods");
        html! {
            section {
                h3 { (words::METHODS) }
                p data-testid=(paragraph) lang=[english()] { (pooled_files::methods(self.plan, self.outcome)) }
                div.tools { (copy_button(&paragraph, words::COPY)) }
            }
        }
    }

    /// What can be saved of the whole, and the files behind it.
    pub fn files(&self, next: Option<&Plan>) -> Markup {
        let inputs = self.outcome.inputs.iter().map(words::input);
        html! {
            div.tools {
                @if let Some(next) = next {
                    (export_button(&self.name("next-plan.json"), &combine_files::save_next(&next.file_name())))
                }
                (export_button(&self.name("result.json"), words::SAVE_RESULT))
                (export_button(&self.name("combine.R"), words::SAVE_R))
            }
            details.more data-testid=(self.name("inputs")) {
                summary { (words::FILES_BEHIND) }
                (list(inputs))
            }
        }
    }

    /// A figure by the name of its file, without the prefix.
    pub fn figure(&self, what: &str) -> Option<drawings::Drawn> {
        if what == "survival" {
            return drawings::survival(self.design(), self.outcome.km.as_ref()?);
        }
        if what == "incidence" {
            return drawings::incidence(self.design(), &self.outcome.cif.as_ref()?.groups);
        }
        let place: usize = what.strip_prefix("forest")?.parse().ok()?;
        self.forests().into_iter().nth(place)
    }
}

/// A coefficient of each site by the site's name, where it has one.
fn of_site(sites: &[SiteEstimate], place: usize) -> Vec<(String, f64, f64)> {
    let one = |site: &SiteEstimate| {
        let coef = site.coef.get(place).copied().flatten()?;
        Some((site.site.clone(), coef, site.std_err.get(place).copied().flatten()?))
    };
    sites.iter().filter_map(one).collect()
}

/// The mean of a variable in its own unit; its sums are coded as the plan's covariate of that name is.
fn mean_of(design: &Design, name: &str, moments: &Moments) -> String {
    let sd = moments.variance.map(f64::sqrt);
    match design.scaled(name) {
        None => words::mean(moments.mean, sd),
        Some((scaled, is_log)) => {
            let (mean, sd) = (
                scaled.centre + scaled.scale * moments.mean,
                sd.map(|sd| scaled.scale * sd),
            );
            if is_log {
                words::geometric_mean(libm::exp10(mean), sd.map(libm::exp10))
            } else {
                words::mean(mean, sd)
            }
        }
    }
}

fn coefficient_cells(each: &Coefficient) -> [String; 4] {
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| signed(value, 4));
    let ratio = each.hr.map_or_else(
        || words::NO_ESTIMATE.to_owned(),
        |ratio| words::ratio(ratio, each.lower.zip(each.upper)),
    );
    [
        ratio,
        each.p.map_or_else(|| "–".to_owned(), lang::p_cell),
        number(each.coef),
        number(each.std_err),
    ]
}

fn tests_of_effect(cox: &CoxResult) -> Vec<String> {
    let said = |name: &str, test: &Chi2| words::chi2(name, test.chi2, test.df, &lang::p_in_sentence(test.p));
    let lr = cox.lr.as_ref().map(|test| {
        let name = if test.approximate {
            words::LR_TEST_APPROXIMATE
        } else {
            words::LR_TEST
        };
        words::chi2(name, test.chi2, test.df, &lang::p_in_sentence(test.p))
    });
    let score = cox.score.as_ref().map(|test| said(words::SCORE_TEST, test));
    let wald = cox.wald.as_ref().map(|test| said(words::WALD_TEST, test));
    lr.into_iter().chain(wald).chain(score).collect()
}

fn two_stage_remarks(found: &TwoStageResult) -> Markup {
    html! {
        @if let Some(distance) = found.distance_se { p { (words::two_stage_distance(distance)) } }
        @if !found.sites_dropped.is_empty() { p.quiet { (words::two_stage_dropped(&found.sites_dropped)) } }
    }
}

fn percent(share: f64) -> String {
    decimal(100.0 * share, 1)
}

fn bounds(is_exact: bool, low: f64, high: f64) -> String {
    if is_exact {
        words::EXACT.to_owned()
    } else {
        words::between(&percent(low), &percent(high))
    }
}

fn range_text(range: &Range) -> String {
    words::range(range.at_least, range.at_most)
}

/// The labels of cells, as the result has them.
fn labels(kind: &TableKind) -> Vec<String> {
    match kind {
        TableKind::Levels(levels) => levels.clone(),
        TableKind::Cuts(cuts) => {
            let pairs = cuts.windows(2);
            pairs
                .map(|pair| format!("{}–{}", shortest(pair[0]), shortest(pair[1])))
                .collect()
        }
    }
}
