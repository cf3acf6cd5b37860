//! The reporting checklist, filled from the analysis: for each item of STROBE and REMARK what the results hold, with the value
//! and a link, and what the author writes.

use std::ops::Deref;

use cotside_core::cohort::{Milestone, Nature, Values, Variable};
use cotside_core::infant::Date;
use cotside_core::survival::reverse_kaplan_meier;
use cotside_figures::DataTable;
use cotside_messages::Settings;
use cotside_views::{Columns, export_button, original};
use cotside_words::en::reporting as printed;
use cotside_words::lang::cohort_page::{
    ADJUSTED, COMPETING, COX, OUTPUTS, PATIENTS, Result as Shown, SUBGROUPS, SURVIVAL, TRANSPLANT,
};
use cotside_words::lang::reporting::{self as words, Ask, Item, REMARK, REMARK_EXPLAINED, STROBE, State, Statement};
use cotside_words::{decimal, en, lang};
use maud::{Markup, html};

use crate::analysis::choices::{id_name, name_of};
use crate::analysis::hazards::{Alone, printed_ratio, ratio, together};
use crate::analysis::selection::Analysis;
use crate::analysis::{
    adjusted as adjusted_curves, checks, grouping, incidence, included, key_numbers, subgroups, transplant,
};

/// An analysis that fills the list: on the page in its language, in a file in English.
struct Filling<'a, 'b> {
    analysis: &'a Analysis<'b>,
    is_printed: bool,
}

impl<'b> Deref for Filling<'_, 'b> {
    type Target = Analysis<'b>;

    fn deref(&self) -> &Self::Target {
        self.analysis
    }
}

impl Filling<'_, '_> {
    fn endpoint(&self) -> &'static str {
        if self.is_printed {
            self.analysis.printed_endpoint()
        } else {
            self.analysis.endpoint()
        }
    }

    fn ci(&self) -> String {
        if self.is_printed {
            self.analysis.printed_ci()
        } else {
            self.analysis.ci()
        }
    }

    /// What the endpoint counts, and from when.
    fn definition(&self) -> &'static str {
        if self.is_printed {
            self.analysis.printed_definition()
        } else {
            self.analysis.definition()
        }
    }

    /// What is estimated, and of which groups.
    fn title(&self) -> String {
        if self.is_printed {
            key_numbers::printed_title(self)
        } else {
            key_numbers::title(self)
        }
    }

    /// Who is left out by choice.
    fn left_out(&self) -> Vec<String> {
        if self.is_printed {
            grouping::printed_told(self)
        } else {
            grouping::told(self)
        }
    }

    /// Why patients cannot be followed, with their numbers.
    fn reasons(&self) -> Vec<String> {
        if self.is_printed {
            included::printed_reasons(self)
        } else {
            included::reasons(self)
        }
    }
}

/// A text of the list in the language in which it is filled.
macro_rules! say {
    ($of:expr, $($text:tt)+) => {
        if $of.is_printed { printed::$($text)+ } else { words::$($text)+ }
    };
}

/// Something that the analysis holds, or that it does not hold and why.
struct Fact {
    text: String,
    /// Whether it is a sentence of the methods, in English on every page.
    is_of_methods: bool,
    /// The address and the name of the result in which it is.
    link: Option<(String, &'static str)>,
    /// Whether it answers the item.
    is_given: bool,
}

fn fact(of: Shown, text: impl Into<String>) -> Fact {
    Fact {
        text: text.into(),
        is_of_methods: false,
        link: Some((["analyse/#", of.route].concat(), of.name)),
        is_given: true,
    }
}

/// Something that is lacking, with the reason or the remedy.
fn lacking(text: impl Into<String>) -> Fact {
    Fact {
        text: text.into(),
        is_of_methods: false,
        link: None,
        is_given: false,
    }
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    html! {
        h2 { (words::TITLE) }
        p.quiet { (words::LEAD) }
        div.tools { (export_button("reporting.csv", words::SAVE)) }
        @for (statement, items) in PAGE { (checklist(analysis, statement, items)) }
        h3 { (words::STATEMENTS) }
        ul.facts {
            @for statement in [STROBE, REMARK, REMARK_EXPLAINED] {
                li {
                    (original(statement.reference)) ". "
                    a href={ "https://doi.org/" (statement.doi) } rel="noreferrer" { "doi:" (statement.doi) }
                }
            }
        }
    }
}

/// The checklist as data.
pub fn data(analysis: &Analysis<'_>) -> DataTable {
    let mut table = DataTable::new(&[
        "statement",
        "item",
        "topic",
        "state",
        "in_this_analysis",
        "by_the_author",
    ]);
    let printed = Filling {
        analysis,
        is_printed: true,
    };
    for (statement, items) in PRINTED {
        for item in items {
            let facts = facts(&printed, item);
            let texts: Vec<&str> = facts.iter().map(|fact| fact.text.as_str()).collect();
            table.rows.push(vec![
                statement.name.to_owned(),
                item.number.to_owned(),
                item.topic.to_owned(),
                state(item, &facts).code().to_owned(),
                texts.join(" "),
                item.author.to_owned(),
            ]);
        }
    }
    table
}

/// A statement with its items.
type Listed = (Statement, &'static [Item]);

/// The statements on the page.
const PAGE: [Listed; 2] = [(STROBE, words::STROBE_ITEMS), (REMARK, words::REMARK_ITEMS)];
/// The statements in a file.
const PRINTED: [Listed; 2] = [
    (printed::STROBE, printed::STROBE_ITEMS),
    (printed::REMARK, printed::REMARK_ITEMS),
];

fn checklist(analysis: &Analysis<'_>, statement: Statement, items: &[Item]) -> Markup {
    let columns = Columns::new(words::HEADS[0])
        .text(words::HEADS[1])
        .text(words::HEADS[2])
        .text(words::HEADS[3]);
    let shown = Filling {
        analysis,
        is_printed: false,
    };
    let mut counts = [0; 4];
    let rows: Vec<Markup> = items
        .iter()
        .map(|item| {
            let facts = facts(&shown, item);
            let state = state(item, &facts);
            counts[state as usize] += 1;
            let author = if item.author.is_empty() {
                words::COMPLETE
            } else {
                item.author
            };
            let topic = html! { (item.topic) span.note { (words::told(state)) } };
            columns.row(item.number, [topic, held(&facts), html! { (author) }])
        })
        .collect();
    html! {
        h3 { (statement.name) }
        p.tally { (words::tally(statement.name, counts)) }
        (columns.table("reporting", rows))
    }
}

/// What the analysis holds of an item, each with a link to its result.
fn held(facts: &[Fact]) -> Markup {
    html! {
        @if facts.is_empty() { span.quiet { (words::NOTHING) } }
        @for fact in facts {
            div class=[(!fact.is_given).then_some("quiet")] {
                @if fact.is_of_methods { (original(&fact.text)) } @else { (fact.text) }
                @if let Some((address, name)) = &fact.link {
                    " (" a href=(address) { (name) } ")"
                }
            }
        }
    }
}

fn state(item: &Item, facts: &[Fact]) -> State {
    let given = facts.iter().filter(|fact| fact.is_given).count();
    if facts.is_empty() {
        State::Author
    } else if given == 0 {
        State::Lacking
    } else if given == facts.len() && item.author.is_empty() {
        State::Whole
    } else {
        State::Part
    }
}

fn facts(analysis: &Filling<'_, '_>, item: &Item) -> Vec<Fact> {
    let all = item.asks.iter().flat_map(|ask| answers(analysis, *ask));
    // How many are analysed, with their events, is said once.
    let counts = say!(analysis, events(analysis.grouped.len(), analysis.events()));
    let is_said = item.asks.contains(&Ask::Numbers);
    all.filter(|fact| !is_said || fact.text != counts).collect()
}

fn answers(analysis: &Filling<'_, '_>, ask: Ask) -> Vec<Fact> {
    match ask {
        Ask::Title => vec![fact(SURVIVAL, say!(analysis, about(&analysis.title())))],
        Ask::Data => data_facts(analysis),
        Ask::Dates => vec![dates(analysis)],
        Ask::Numbers => numbers(analysis),
        Ask::Reasons => reasons(analysis),
        Ask::Endpoint => vec![fact(
            PATIENTS,
            say!(analysis, defined(analysis.endpoint(), analysis.definition())),
        )],
        Ask::Groups => vec![groups(analysis)],
        Ask::Cuts => cuts(analysis),
        Ask::Model => vec![match together(analysis) {
            Some(joint) => fact(COX, say!(analysis, model(&joint.names))),
            None => lacking(say!(analysis, NO_MODEL)),
        }],
        Ask::Methods => vec![fact(OUTPUTS, say!(analysis, METHODS))],
        Ask::Missing => vec![missing(analysis)],
        Ask::ModelMissing => vec![complete_cases(analysis)],
        Ask::FollowUp => follow_up(analysis),
        Ask::Bias => bias(analysis),
        Ask::Events => events(analysis),
        Ask::Size => vec![Fact {
            link: Some((words::PLAN.0.to_owned(), words::PLAN.1)),
            ..lacking(say!(analysis, SIZE_UNKNOWN))
        }],
        Ask::Baseline => vec![match analysis.study.variables.len() {
            0 => lacking(say!(analysis, NO_VARIABLES)),
            count => fact(PATIENTS, say!(analysis, baseline(count, analysis.compares()))),
        }],
        Ask::Absolute => vec![absolute(analysis)],
        Ask::Unadjusted => unadjusted(analysis),
        Ask::Adjusted => {
            let curves = adjusted_curves::adjusted(analysis);
            let curves = curves.as_ref().as_ref().ok();
            let curves = curves.map(|found| fact(ADJUSTED, say!(analysis, adjusted_curves(&found.names))));
            std::iter::once(adjusted(analysis)).chain(curves).collect()
        }
        Ask::Proportional => vec![given_or(
            checks::is_tested(analysis),
            fact(COX, say!(analysis, TESTED)),
            say!(analysis, NOT_TESTED),
        )],
        Ask::Subgroups => within_subgroups(analysis),
        Ask::Competing => vec![given_or(
            incidence::competes(analysis),
            fact(COMPETING, say!(analysis, COMPETING)),
            say!(analysis, NO_COMPETING),
        )],
        Ask::Transplant => vec![given_or(
            transplant::transplants(analysis).is_some_and(|found| found.is_ok()),
            fact(TRANSPLANT, say!(analysis, TRANSPLANT)),
            say!(analysis, NO_TRANSPLANT),
        )],
    }
}

fn given_or(is_given: bool, given: Fact, otherwise: &str) -> Fact {
    if is_given { given } else { lacking(otherwise) }
}

fn data_facts(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let study = analysis.study;
    let mut facts = vec![fact(
        PATIENTS,
        say!(analysis, data(study.rows, study.row.len(), &study.name)),
    )];
    if study.nature != Nature::Patients {
        facts.push(lacking(if analysis.is_printed {
            en::export_results::nature_mark(study.nature)
        } else {
            lang::export_results::nature_mark(study.nature)
        }));
    }
    facts.push(lacking(say!(analysis, DESIGN_UNKNOWN)));
    facts
}

fn dates(analysis: &Filling<'_, '_>) -> Fact {
    let courses = analysis.study.course.iter();
    let days: Vec<Date> = courses
        .filter_map(|course| course.date(Milestone::Diagnosis).value())
        .collect();
    let by_day = |date: &&Date| date.day_number();
    match (days.iter().min_by_key(by_day), days.iter().max_by_key(by_day)) {
        (Some(first), Some(last)) => fact(
            PATIENTS,
            say!(analysis, dates(&first.to_string(), &last.to_string(), days.len())),
        ),
        _ => lacking(say!(analysis, NO_DATES)),
    }
}

fn numbers(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let n = analysis.grouped.len();
    let mut facts = vec![fact(
        PATIENTS,
        say!(analysis, analysed(n, analysis.events(), analysis.endpoint())),
    )];
    let told = analysis.left_out().into_iter();
    facts.extend(told.map(|sentence| fact(PATIENTS, sentence)));
    if analysis.without_group > 0 {
        facts.push(fact(PATIENTS, say!(analysis, without_group(analysis.without_group))));
    }
    facts
}

fn reasons(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let excluded = analysis.followed.excluded.len();
    if excluded == 0 {
        return vec![fact(PATIENTS, say!(analysis, ALL_FOLLOWED))];
    }
    vec![fact(
        PATIENTS,
        say!(analysis, not_followed_for(excluded, &analysis.reasons())),
    )]
}

fn groups(analysis: &Filling<'_, '_>) -> Fact {
    if !analysis.compares() {
        return lacking(say!(analysis, NO_GROUPS));
    }
    let names = &analysis.groups.names;
    let reference = names.get(analysis.reference as usize).map_or("", String::as_str);
    let variable = id_name(analysis.study, &analysis.settings.group);
    fact(SURVIVAL, say!(analysis, groups(&variable, names, reference)))
}

/// How variables are grouped. When that was decided cannot be known.
fn cuts(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let grouped = grouping::methods(analysis);
    if grouped.is_empty() {
        return vec![fact(PATIENTS, say!(analysis, NO_CUTS))];
    }
    let of_methods = |sentence| Fact {
        is_of_methods: true,
        ..fact(SURVIVAL, sentence)
    };
    let mut facts: Vec<Fact> = grouped.into_iter().map(of_methods).collect();
    if is_any_cut(analysis.study.variables.iter(), analysis.settings) {
        facts.push(lacking(say!(analysis, CUTS_UNKNOWN)));
    }
    facts
}

fn is_any_cut<'a>(mut variables: impl Iterator<Item = &'a Variable>, settings: &Settings) -> bool {
    variables.any(|variable| matches!(variable.values, Values::Numbers(_)) && grouping::is_cut(settings, &variable.id))
}

fn missing(analysis: &Filling<'_, '_>) -> Fact {
    if analysis.study.variables.is_empty() {
        return lacking(say!(analysis, NO_VARIABLES));
    }
    let patients = analysis.patients();
    let unknown = |variable: &Variable| {
        let is_known = |patient: &&usize| match &variable.values {
            Values::Numbers(values) => values.get(**patient).copied().flatten().is_some(),
            Values::Levels { codes, .. } => codes.get(**patient).copied().flatten().is_some(),
        };
        patients.len() - patients.iter().filter(is_known).count()
    };
    let each: Vec<String> = analysis
        .study
        .variables
        .iter()
        .map(|variable| (variable, unknown(variable)))
        .filter(|(_, count)| *count > 0)
        .map(|(variable, count)| say!(analysis, missing(&name_of(&variable.name), count, patients.len())))
        .collect();
    if each.is_empty() {
        return fact(PATIENTS, say!(analysis, NONE_MISSING));
    }
    fact(PATIENTS, say!(analysis, missing_values(patients.len(), &each)))
}

fn complete_cases(analysis: &Filling<'_, '_>) -> Fact {
    match together(analysis).and_then(|joint| Some(joint.fit.found.as_ref().ok()?.n)) {
        Some(n) => fact(COX, say!(analysis, complete_cases(n, analysis.grouped.len()))),
        None => fact(PATIENTS, say!(analysis, COMPLETE_ONLY)),
    }
}

fn follow_up(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let Some(all) = analysis.follow_up() else {
        return Vec::new();
    };
    let found = reverse_kaplan_meier(all).quantiles(&[0.5], analysis.confidence());
    let median = found.first().and_then(|found| found.time);
    let interval = found.first().and_then(|found| found.lower.zip(found.upper));
    let years: f64 = analysis
        .grouped
        .iter()
        .filter_map(|&position| analysis.followed.time.get(position))
        .sum();
    let censored = all.len() - analysis.events();
    vec![
        fact(
            SURVIVAL,
            say!(analysis, median_follow_up(median, interval, &analysis.ci())),
        ),
        fact(SURVIVAL, say!(analysis, observed(years, censored, all.len()))),
    ]
}

fn bias(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let remarks = if analysis.is_printed {
        included::printed_remarks_on_follow_up(analysis)
    } else {
        included::remarks_on_follow_up(analysis)
    };
    if remarks.is_empty() {
        return vec![fact(PATIENTS, say!(analysis, NO_REMARKS))];
    }
    remarks.into_iter().map(|remark| fact(PATIENTS, remark)).collect()
}

fn events(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let mut facts = vec![fact(
        PATIENTS,
        say!(analysis, events(analysis.grouped.len(), analysis.events())),
    )];
    if analysis.compares() {
        let groups = analysis.groups.names.iter().zip(analysis.curves());
        let each: Vec<String> = groups
            .map(|(name, curve)| {
                let events: f64 = curve.events().iter().sum();
                say!(analysis, events_of(name, curve.rows(), events.round() as usize))
            })
            .collect();
        facts.push(fact(SURVIVAL, say!(analysis, by_group(&each))));
    }
    facts
}

fn absolute(analysis: &Filling<'_, '_>) -> Fact {
    let years: Vec<String> = analysis.settings.at.iter().map(|year| decimal(*year, 2)).collect();
    if years.is_empty() {
        return lacking(say!(analysis, NO_TIMES));
    }
    fact(
        SURVIVAL,
        say!(analysis, absolute(analysis.endpoint(), &years, &analysis.ci())),
    )
}

/// The hazard ratio of the groups, and how many variables have one of their own.
fn unadjusted(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(found) = analysis.group_model() {
        let against = analysis.against_reference();
        if let Some((reference, others)) = against.names.split_first() {
            let each = others.iter().zip(&found.estimates);
            let each = each.filter_map(|(other, estimate)| Some((other, estimate.as_ref()?)));
            facts.extend(each.map(|(other, estimate)| {
                let shown = if analysis.is_printed {
                    printed_ratio(estimate)
                } else {
                    ratio(estimate)
                };
                fact(SURVIVAL, say!(analysis, ratio(other, reference, &shown)))
            }));
        }
    }
    let alone = Alone::of(analysis).fits.iter().flatten();
    let count = alone.filter(|fit| fit.found.is_ok()).count();
    if count > 0 {
        facts.push(fact(COX, say!(analysis, alone(count))));
    }
    if facts.is_empty() {
        facts.push(lacking(say!(analysis, NO_RATIO)));
    }
    if !analysis.compares() {
        facts.push(lacking(say!(analysis, NO_GROUPS)));
    }
    facts
}

fn adjusted(analysis: &Filling<'_, '_>) -> Fact {
    let Some(joint) = together(analysis) else {
        return lacking(say!(analysis, NO_MODEL));
    };
    match &joint.fit.found {
        Ok(found) => fact(
            COX,
            say!(
                analysis,
                adjusted(&joint.names, found.n, found.n_events, &analysis.ci())
            ),
        ),
        Err(_) => lacking(say!(analysis, MODEL_FAILED)),
    }
}

fn within_subgroups(analysis: &Filling<'_, '_>) -> Vec<Fact> {
    let mut facts = vec![given_or(
        subgroups::figure(analysis).is_some(),
        fact(SUBGROUPS, say!(analysis, SUBGROUPS)),
        say!(analysis, NO_SUBGROUPS),
    )];
    let products = together(analysis).map_or(0, |joint| joint.fit.products.len());
    if products > 0 {
        facts.push(fact(COX, say!(analysis, interactions(products))));
    }
    facts
}
