//! The table of estimates: filtered, sorted, drawn, kept as a file.

use std::cmp::Ordering;

use cotside_core::evidence::check::{Verdict, check_estimate};
use cotside_core::evidence::{Endpoint, Estimate, Kmt2aOf, Spread, Study, published};
use cotside_figures::DataTable;
use cotside_words::citing::cite;
use cotside_words::html::{
    Html, cell, element, exporter, labelled, note, option, plain, select, setter, span, table, text,
};
use cotside_words::{decimal, en};

use crate::evidence::address;
use crate::evidence::drawing;

/// What stands where nothing was reported.
pub const NOT_REPORTED: &str = "not reported";

/// A column by which rows are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Column {
    #[default]
    Study,
    Enrolled,
    Kmt2a,
    Endpoint,
    Whom,
    Time,
    N,
    Estimate,
    Spread,
    Source,
}

/// Columns with code, name and class.
const COLUMNS: [(Column, &str, &str, &str); 10] = [
    (Column::Study, "study", "Study", ""),
    (Column::Enrolled, "enrolled", "Enrolled", "number"),
    (Column::Kmt2a, "kmt2a", "KMT2A-r", "number"),
    (Column::Endpoint, "endpoint", "Endpoint", ""),
    (Column::Whom, "whom", "Whom", ""),
    (Column::Time, "time", "Years", "number"),
    (Column::N, "n", "n", "number"),
    (Column::Estimate, "estimate", "Estimate, %", "number"),
    (Column::Spread, "spread", "SE or 95 % CI", ""),
    (Column::Source, "source", "Source", ""),
];

/// How the rows are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Table,
    Forest,
    Points,
}

/// Which rows are shown and how.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    endpoint: Option<Endpoint>,
    study: Option<&'static Study>,
    words: String,
    sort: Column,
    descending: bool,
    shown: Shown,
}

impl Listing {
    /// Takes a setting; `true` where the controls themselves must be shown anew.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        match name {
            "endpoint" => self.endpoint = Endpoint::with_code(value),
            "study" => self.study = published().study(value),
            "words" => self.words = value.trim().to_lowercase(),
            "shown" => {
                self.shown = match value {
                    "forest" => Shown::Forest,
                    "points" => Shown::Points,
                    _ => Shown::Table,
                }
            }
            "only" => {
                self.endpoint = Endpoint::with_code(value);
                return true;
            }
            "sort" => {
                let (code, descending) = value.split_once(':').unwrap_or((value, "no"));
                if let Some((column, ..)) = COLUMNS.iter().find(|column| column.1 == code) {
                    (self.sort, self.descending) = (*column, descending == "yes");
                }
                return true;
            }
            "anew" => {
                *self = Self::default();
                return true;
            }
            _ => {}
        }
        false
    }

    fn holds(&self, estimate: &Estimate) -> bool {
        let said = || {
            let texts = [
                estimate.population,
                estimate.study.name,
                estimate.cite.source.short,
                estimate.note,
                en::endpoint(estimate.endpoint),
            ];
            texts.join(" ").to_lowercase()
        };
        self.endpoint.is_none_or(|endpoint| endpoint == estimate.endpoint)
            && self.study.is_none_or(|study| study.id == estimate.study.id)
            && self.words.split_whitespace().all(|word| said().contains(word))
    }

    /// The rows that are shown, in their order.
    pub fn estimates(&self) -> Vec<&'static Estimate> {
        let mut rows: Vec<&'static Estimate> = published().estimates.iter().filter(|row| self.holds(row)).collect();
        rows.sort_by(|a, b| self.compare(a, b));
        rows
    }

    /// What is not reported comes last, whichever way the rest runs; equal rows stay in the table's own order.
    fn compare(&self, a: &Estimate, b: &Estimate) -> Ordering {
        let way = |order: Ordering| if self.descending { order.reverse() } else { order };
        let known = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => way(a.total_cmp(&b)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let place = |study: &Study| published().studies.iter().position(|each| each.id == study.id);
        match self.sort {
            Column::Study => way(place(a.study).cmp(&place(b.study))),
            Column::Enrolled => {
                let first = |estimate: &Estimate| estimate.study.years.map(|(from, _)| f64::from(from));
                known(first(a), first(b))
            }
            Column::Kmt2a => known(a.kmt2a_share(), b.kmt2a_share()),
            Column::Endpoint => way(a.endpoint.code().cmp(b.endpoint.code())),
            Column::Whom => way(a.population.to_lowercase().cmp(&b.population.to_lowercase())),
            Column::Time => known(a.years, b.years),
            Column::N => known(a.n.map(f64::from), b.n.map(f64::from)),
            Column::Estimate => known(Some(a.estimate.value()), Some(b.estimate.value())),
            Column::Spread => known(width(a), width(b)),
            Column::Source => way(a.cite.source.short.cmp(b.cite.source.short)),
        }
    }

    /// The controls.
    pub fn controls(&self) -> Html {
        let rows = &published().estimates;
        let count = |wanted: &dyn Fn(&Estimate) -> bool| rows.iter().filter(|row| wanted(row)).count();
        let any = option("", &format!("all ({})", rows.len()), self.endpoint.is_none());
        let endpoints = endpoints_of(rows.iter()).into_iter().map(|endpoint| {
            let name = format!(
                "{} ({})",
                en::endpoint(endpoint),
                count(&|row| row.endpoint == endpoint)
            );
            option(endpoint.code(), &name, self.endpoint == Some(endpoint))
        });
        let every = option("", "all", self.study.is_none());
        let studies = published().studies.iter().map(|study| {
            let chosen = self.study.is_some_and(|chosen| chosen.id == study.id);
            option(study.id, study.name, chosen)
        });
        let words = element(
            "input",
            &[
                ("type", "search"),
                ("name", "list.words"),
                ("value", &self.words),
                ("size", "18"),
                ("placeholder", "such as: high risk"),
                ("data-live", ""),
            ],
            &[],
        );
        let shown = [
            ("table", "table", Shown::Table),
            ("forest", "forest plot", Shown::Forest),
        ]
        .into_iter()
        .chain([("points", "points on a time axis", Shown::Points)])
        .map(|(value, name, shown)| option(value, name, self.shown == shown));
        let sorts = COLUMNS.iter().flat_map(|(column, code, name, _)| {
            [(false, "rising"), (true, "falling")].map(|(descending, way)| {
                let value = format!("{code}:{}", if descending { "yes" } else { "no" });
                let chosen = self.sort == *column && self.descending == descending;
                option(&value, &format!("{name}, {way}"), chosen)
            })
        });
        let controls = [
            labelled(
                "Endpoint",
                select("list.endpoint", "Endpoint", std::iter::once(any).chain(endpoints)),
            ),
            labelled(
                "Study",
                select("list.study", "Study", std::iter::once(every).chain(studies)),
            ),
            labelled("Words", words),
            labelled("Show", select("list.shown", "Show", shown)),
            labelled("Sort by", select("list.sort", "Sort by", sorts)),
            setter("list.anew:", "Show all"),
        ];
        element("div", &[("class", "tools")], &controls)
    }

    /// Counts, then the rows as they are to be shown.
    pub fn html(&self, chosen: &[&'static Estimate]) -> Html {
        let rows = self.estimates();
        let drawn = match self.shown {
            Shown::Table => Html::default(),
            Shown::Forest => self.figure("forest", drawing::forest(&rows), &rows),
            Shown::Points => self.figure("points", drawing::points(&rows), &rows),
        };
        let list = if rows.is_empty() {
            span(
                "p",
                "remark notice",
                "No estimate fits. “Show all” takes the choices back.",
            )
        } else {
            self.table(&rows, chosen)
        };
        Html::all([tally(&rows, chosen.len()), drawn, list])
    }

    /// A figure, or why there is none and how to come to one.
    fn figure(&self, name: &str, figure: Option<drawing::Drawn>, rows: &[&'static Estimate]) -> Html {
        if let Some(figure) = figure {
            return figure.html(name);
        }
        let endpoints = endpoints_of(rows.iter().copied());
        let remark = match (endpoints.len(), name) {
            (0, _) => return Html::default(),
            (1, "points") => "None of these estimates has a time.",
            _ => "One axis holds one endpoint. Choose it:",
        };
        let buttons = endpoints.iter().filter(|_| endpoints.len() > 1).map(|endpoint| {
            let count = rows.iter().filter(|row| row.endpoint == *endpoint).count();
            setter(
                &format!("list.only:{}", endpoint.code()),
                &format!("{} ({count})", endpoint.code()),
            )
        });
        element("div", &[("class", "tools")], &[plain("p", remark), Html::all(buttons)])
    }

    fn table(&self, rows: &[&'static Estimate], chosen: &[&'static Estimate]) -> Html {
        let column = |&(column, code, name, class): &(Column, &str, &str, &str)| {
            let sorted = self.sort == column;
            let (state, mark, next) = match (sorted, self.descending) {
                (true, false) => ("ascending", " ↑", "yes"),
                (true, true) => ("descending", " ↓", "no"),
                (false, _) => ("none", "", "no"),
            };
            let button = element(
                "button",
                &[
                    ("type", "button"),
                    ("class", "link"),
                    ("name", &format!("sort-{code}")),
                    ("data-set", &format!("list.sort:{code}:{next}")),
                ],
                &[text(name), element("span", &[("aria-hidden", "true")], &[text(mark)])],
            );
            element(
                "th",
                &[("scope", "col"), ("class", class), ("aria-sort", state)],
                &[button],
            )
        };
        let pick = element("th", &[("scope", "col")], &[text("Pool")]);
        let head = Html::all(COLUMNS.iter().map(column).chain([pick]));
        let head = element("thead", &[], &[element("tr", &[], &[head])]);
        let each = |row: &&'static Estimate| {
            let is_chosen = chosen.iter().any(|each| each.id == row.id);
            table_row(row, is_chosen)
        };
        table("estimates", head, rows.iter().map(each))
    }

    /// The rows that are shown as a file: numbers as printed, empty where nothing was reported.
    pub fn csv(&self) -> String {
        let mut file = DataTable::new(&[
            "id",
            "study",
            "enrolled_from",
            "enrolled_to",
            "study_n",
            "kmt2a_rearranged",
            "kmt2a_tested",
            "endpoint",
            "population",
            "years",
            "n",
            "estimate_percent",
            "standard_error",
            "lower95",
            "upper95",
            "unclear_spread",
            "source",
            "reference",
            "place",
            "how_read",
            "note",
        ]);
        let whole = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
        for row in self.estimates() {
            let study = row.study;
            let spread = row.standard_error.map(en::printed).unwrap_or_default();
            let (clear, unclear) = if row.standard_error_is_clear {
                (spread, String::new())
            } else {
                (String::new(), spread)
            };
            file.rows.push(vec![
                row.id.to_owned(),
                study.name.to_owned(),
                year(study.years.map(|years| years.0)),
                year(study.years.map(|years| years.1)),
                whole(study.n),
                whole(study.kmt2a_rearranged),
                whole(study.kmt2a_tested),
                row.endpoint.code().to_owned(),
                row.population.to_owned(),
                row.years.map(|years| years.to_string()).unwrap_or_default(),
                whole(row.n),
                en::printed(row.estimate),
                clear,
                row.interval.map(|interval| en::printed(interval.0)).unwrap_or_default(),
                row.interval.map(|interval| en::printed(interval.1)).unwrap_or_default(),
                unclear,
                row.cite.source.short.to_owned(),
                en::source(row.cite.source),
                row.cite.place.to_owned(),
                row.cite.read.code().to_owned(),
                row.note.to_owned(),
            ]);
        }
        file.to_csv()
    }
}

/// Endpoints of some rows, in the table's order.
fn endpoints_of<'a>(rows: impl Iterator<Item = &'a Estimate>) -> Vec<Endpoint> {
    let mut found = Vec::new();
    for row in rows {
        if !found.contains(&row.endpoint) {
            found.push(row.endpoint);
        }
    }
    found
}

/// The width by which rows are sorted: of the interval that may be drawn.
fn width(estimate: &Estimate) -> Option<f64> {
    estimate.interval95().map(|interval| interval.high - interval.low)
}

fn tally(rows: &[&'static Estimate], chosen: usize) -> Html {
    let mut studies: Vec<&str> = rows.iter().map(|row| row.study.id).collect();
    studies.sort_unstable();
    studies.dedup();
    let count = |wanted: &dyn Fn(Spread) -> bool| rows.iter().filter(|row| wanted(row.spread())).count();
    let line = format!(
        "{} of {} estimates, from {} {}.",
        rows.len(),
        published().estimates.len(),
        studies.len(),
        if studies.len() == 1 { "study" } else { "studies" }
    );
    let of_them = format!(
        "With a printed interval {}, with a standard error {}, with a ± of unclear meaning {}, without any {}.",
        count(&|spread| matches!(spread, Spread::Interval95(..))),
        count(&|spread| matches!(spread, Spread::StandardError(_))),
        count(&|spread| matches!(spread, Spread::Unclear(_))),
        count(&|spread| matches!(spread, Spread::NotStated)),
    );
    let pool = Html::when(chosen > 0, || {
        element(
            "a",
            &[("href", &address("compare"))],
            &[text(&format!("{chosen} chosen for pooling"))],
        )
    });
    Html::all([
        span("p", "tally", &line),
        element(
            "div",
            &[("class", "tools")],
            &[text(&of_them), exporter("estimates.csv", "Save these rows (CSV)"), pool],
        ),
    ])
}

/// A value; that nothing was reported stands back.
pub fn known(value: &str) -> Html {
    if value == NOT_REPORTED {
        span("span", "quiet", value)
    } else {
        text(value)
    }
}

/// Link to a study of this page.
pub fn study_link(study: &Study) -> Html {
    element(
        "a",
        &[("href", &address(&format!("study/{}", study.id)))],
        &[text(study.name)],
    )
}

/// Years of enrolment.
pub fn enrolled(study: &Study) -> String {
    study
        .years
        .map_or_else(|| NOT_REPORTED.to_owned(), |(from, to)| format!("{from}–{to}"))
}

/// A number of patients.
pub fn patients(n: Option<u32>) -> String {
    n.map_or_else(|| NOT_REPORTED.to_owned(), |n| n.to_string())
}

/// Years after the start.
pub fn years(estimate: &Estimate) -> String {
    estimate
        .years
        .map_or_else(|| NOT_REPORTED.to_owned(), |years| decimal(years, 1))
}

fn kmt2a(estimate: &Estimate) -> String {
    match estimate.kmt2a {
        Kmt2aOf::Rearranged => "all".to_owned(),
        Kmt2aOf::Germline => "none".to_owned(),
        Kmt2aOf::NotStated => NOT_REPORTED.to_owned(),
        Kmt2aOf::Study => match (estimate.study.kmt2a_rearranged, estimate.study.kmt2a_tested) {
            (Some(rearranged), Some(tested)) => format!("{rearranged} of {tested}"),
            _ => NOT_REPORTED.to_owned(),
        },
    }
}

/// Its uncertainty as printed.
pub fn spread(estimate: &Estimate) -> String {
    match (estimate.interval, estimate.standard_error) {
        (Some((lower, upper)), _) => format!("{}–{}", en::printed(lower), en::printed(upper)),
        (None, Some(error)) if estimate.standard_error_is_clear => format!("SE {}", en::printed(error)),
        (None, Some(error)) => format!("± {}, meaning unclear", en::printed(error)),
        (None, None) => NOT_REPORTED.to_owned(),
    }
}

/// The cells of a row that a study's own table has too; with a link to the study where its numbers say something about
/// each other.
pub fn common_cells(estimate: &'static Estimate, with_link: bool) -> Html {
    let remarkable = with_link
        && check_estimate(estimate)
            .iter()
            .any(|finding| matches!(finding.verdict(), Verdict::DoesNotFollow | Verdict::Conditional));
    let checked = Html::when(remarkable, || {
        let address = address(&format!("study/{}", estimate.study.id));
        let link = element("a", &[("href", &address)], &[text("numbers checked")]);
        element("span", &[("class", "note")], &[link])
    });
    let endpoint = element(
        "abbr",
        &[("title", en::endpoint(estimate.endpoint))],
        &[text(estimate.endpoint.code())],
    );
    Html::all([
        cell("Endpoint", "", &[endpoint]),
        cell("Whom", "", &[text(estimate.population)]),
        cell("Years", "number", &[known(&years(estimate))]),
        cell("n", "number", &[known(&patients(estimate.n))]),
        cell(
            "Estimate",
            "number",
            &[
                plain("strong", &en::printed(estimate.estimate)),
                span("span", "unit", " %"),
            ],
        ),
        cell("SE or 95 % CI", "", &[known(&spread(estimate)), checked]),
        cell("Source", "", &[cite(&estimate.cite), note(estimate.note)]),
    ])
}

fn table_row(estimate: &'static Estimate, chosen: bool) -> Html {
    let name = format!("choose:{}", estimate.id);
    let label = format!(
        "Pool {} {}, {}",
        estimate.study.name,
        estimate.endpoint.code(),
        estimate.population
    );
    let mut pick = vec![
        ("type", "checkbox"),
        ("name", name.as_str()),
        ("aria-label", label.as_str()),
    ];
    if chosen {
        pick.push(("checked", ""));
    }
    let pick = element("input", &pick, &[]);
    element(
        "tr",
        &[("data-id", estimate.id)],
        &[
            element("th", &[("scope", "row")], &[study_link(estimate.study)]),
            cell("Enrolled", "number", &[known(&enrolled(estimate.study))]),
            cell("KMT2A-r", "number", &[known(&kmt2a(estimate))]),
            common_cells(estimate, true),
            cell("Pool", "", &[pick]),
        ],
    )
}
