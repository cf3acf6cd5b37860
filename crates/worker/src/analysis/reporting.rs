//! The reporting checklist, filled from the analysis: for each item of STROBE and REMARK what the results hold, with the value
//! and a link, and what the author writes.

use cotside_core::cohort::{Milestone, Nature, Values, Variable};
use cotside_core::infant::Date;
use cotside_core::survival::reverse_kaplan_meier;
use cotside_figures::DataTable;
use cotside_messages::Settings;
use cotside_views::{Columns, export_button};
use cotside_words::lang::cohort_page::{
    ADJUSTED, COMPETING, COX, OUTPUTS, PATIENTS, Result as Shown, SUBGROUPS, SURVIVAL, TRANSPLANT,
};
use cotside_words::lang::export_results::nature_mark;
use cotside_words::lang::reporting::{self as words, Ask, Item, REMARK, REMARK_EXPLAINED, STROBE, State, Statement};
use cotside_words::{capital, decimal};
use maud::{Markup, html};

use crate::analysis::choices::{id_name, name_of};
use crate::analysis::hazards::{Alone, ratio, together};
use crate::analysis::selection::Analysis;
use crate::analysis::{
    adjusted as adjusted_curves, checks, grouping, incidence, included, key_numbers, subgroups, transplant,
};

/// Something that the analysis holds, or that it does not hold and why.
struct Fact {
    text: String,
    /// The address and the name of the result in which it is.
    link: Option<(String, &'static str)>,
    /// Whether it answers the item.
    is_given: bool,
}

fn fact(of: Shown, text: impl Into<String>) -> Fact {
    Fact {
        text: text.into(),
        link: Some((["analyse/#", of.route].concat(), of.name)),
        is_given: true,
    }
}

/// Something that is lacking, with the reason or the remedy.
fn lacking(text: impl Into<String>) -> Fact {
    Fact {
        text: text.into(),
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
        @for (statement, items) in statements() { (checklist(analysis, statement, items)) }
        h3 { (words::STATEMENTS) }
        ul.facts {
            @for statement in [STROBE, REMARK, REMARK_EXPLAINED] {
                li {
                    (statement.reference) ". "
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
    for (statement, items) in statements() {
        for item in items {
            let facts = facts(analysis, item);
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

fn statements() -> [(Statement, &'static [Item]); 2] {
    [(STROBE, words::STROBE_ITEMS), (REMARK, words::REMARK_ITEMS)]
}

fn checklist(analysis: &Analysis<'_>, statement: Statement, items: &[Item]) -> Markup {
    let columns = Columns::new(words::HEADS[0])
        .text(words::HEADS[1])
        .text(words::HEADS[2])
        .text(words::HEADS[3]);
    let mut counts = [0; 4];
    let rows: Vec<Markup> = items
        .iter()
        .map(|item| {
            let facts = facts(analysis, item);
            let state = state(item, &facts);
            counts[state as usize] += 1;
            let author = if item.author.is_empty() {
                words::COMPLETE
            } else {
                item.author
            };
            let topic = html! { (item.topic) span.note { (state.told()) } };
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
                (fact.text)
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

fn facts(analysis: &Analysis<'_>, item: &Item) -> Vec<Fact> {
    let all = item.asks.iter().flat_map(|ask| answers(analysis, *ask));
    // How many are analysed, with their events, is said once.
    let counts = words::events(analysis.grouped.len(), analysis.events());
    let is_said = item.asks.contains(&Ask::Numbers);
    all.filter(|fact| !is_said || fact.text != counts).collect()
}

fn answers(analysis: &Analysis<'_>, ask: Ask) -> Vec<Fact> {
    match ask {
        Ask::Title => vec![fact(SURVIVAL, words::about(&key_numbers::title(analysis)))],
        Ask::Data => data_facts(analysis),
        Ask::Dates => vec![dates(analysis)],
        Ask::Numbers => numbers(analysis),
        Ask::Reasons => reasons(analysis),
        Ask::Endpoint => vec![fact(
            PATIENTS,
            format!("{}: {}", capital(analysis.endpoint()), analysis.definition()),
        )],
        Ask::Groups => vec![groups(analysis)],
        Ask::Cuts => cuts(analysis),
        Ask::Model => vec![match together(analysis) {
            Some(joint) => fact(COX, words::model(&joint.names)),
            None => lacking(words::NO_MODEL),
        }],
        Ask::Methods => vec![fact(OUTPUTS, words::METHODS)],
        Ask::Missing => vec![missing(analysis)],
        Ask::ModelMissing => vec![complete_cases(analysis)],
        Ask::FollowUp => follow_up(analysis),
        Ask::Bias => bias(analysis),
        Ask::Events => events(analysis),
        Ask::Size => vec![Fact {
            link: Some((words::PLAN.0.to_owned(), words::PLAN.1)),
            ..lacking(words::SIZE_UNKNOWN)
        }],
        Ask::Baseline => vec![match analysis.study.variables.len() {
            0 => lacking(words::NO_VARIABLES),
            count => fact(PATIENTS, words::baseline(count, analysis.compares())),
        }],
        Ask::Absolute => vec![absolute(analysis)],
        Ask::Unadjusted => unadjusted(analysis),
        Ask::Adjusted => {
            let curves = adjusted_curves::adjusted(analysis);
            let curves = curves.as_ref().as_ref().ok();
            let curves = curves.map(|found| fact(ADJUSTED, words::adjusted_curves(&found.names)));
            std::iter::once(adjusted(analysis)).chain(curves).collect()
        }
        Ask::Proportional => vec![given_or(
            checks::is_tested(analysis),
            fact(COX, words::TESTED),
            words::NOT_TESTED,
        )],
        Ask::Subgroups => within_subgroups(analysis),
        Ask::Competing => vec![given_or(
            incidence::competes(analysis),
            fact(COMPETING, words::COMPETING),
            words::NO_COMPETING,
        )],
        Ask::Transplant => vec![given_or(
            transplant::transplants(analysis).is_some_and(|found| found.is_ok()),
            fact(TRANSPLANT, words::TRANSPLANT),
            words::NO_TRANSPLANT,
        )],
    }
}

fn given_or(is_given: bool, given: Fact, otherwise: &str) -> Fact {
    if is_given { given } else { lacking(otherwise) }
}

fn data_facts(analysis: &Analysis<'_>) -> Vec<Fact> {
    let study = analysis.study;
    let mut facts = vec![fact(PATIENTS, words::data(study.rows, study.row.len(), &study.name))];
    if study.nature != Nature::Patients {
        facts.push(lacking(nature_mark(study.nature)));
    }
    facts.push(lacking(words::DESIGN_UNKNOWN));
    facts
}

fn dates(analysis: &Analysis<'_>) -> Fact {
    let courses = analysis.study.course.iter();
    let days: Vec<Date> = courses
        .filter_map(|course| course.date(Milestone::Diagnosis).value())
        .collect();
    let by_day = |date: &&Date| date.day_number();
    match (days.iter().min_by_key(by_day), days.iter().max_by_key(by_day)) {
        (Some(first), Some(last)) => fact(
            PATIENTS,
            words::dates(&first.to_string(), &last.to_string(), days.len()),
        ),
        _ => lacking(words::NO_DATES),
    }
}

fn numbers(analysis: &Analysis<'_>) -> Vec<Fact> {
    let n = analysis.grouped.len();
    let mut facts = vec![fact(
        PATIENTS,
        words::analysed(n, analysis.events(), analysis.endpoint()),
    )];
    let told = grouping::told(analysis).into_iter();
    facts.extend(told.map(|sentence| fact(PATIENTS, sentence)));
    if analysis.without_group > 0 {
        facts.push(fact(PATIENTS, words::without_group(analysis.without_group)));
    }
    facts
}

fn reasons(analysis: &Analysis<'_>) -> Vec<Fact> {
    let excluded = analysis.followed.excluded.len();
    if excluded == 0 {
        return vec![fact(PATIENTS, words::ALL_FOLLOWED)];
    }
    let reasons = included::reasons(analysis).join("; ");
    vec![fact(
        PATIENTS,
        format!("{} {}", words::not_followed(excluded), capital(&reasons)),
    )]
}

fn groups(analysis: &Analysis<'_>) -> Fact {
    if !analysis.compares() {
        return lacking(words::NO_GROUPS);
    }
    let names = &analysis.groups.names;
    let reference = names.get(analysis.reference as usize).map_or("", String::as_str);
    let variable = id_name(analysis.study, &analysis.settings.group);
    fact(SURVIVAL, words::groups(&variable, names, reference))
}

/// How variables are grouped. When that was decided cannot be known.
fn cuts(analysis: &Analysis<'_>) -> Vec<Fact> {
    let grouped = grouping::methods(analysis);
    if grouped.is_empty() {
        return vec![fact(PATIENTS, words::NO_CUTS)];
    }
    let mut facts: Vec<Fact> = grouped.into_iter().map(|sentence| fact(SURVIVAL, sentence)).collect();
    if is_any_cut(analysis.study.variables.iter(), analysis.settings) {
        facts.push(lacking(words::CUTS_UNKNOWN));
    }
    facts
}

fn is_any_cut<'a>(mut variables: impl Iterator<Item = &'a Variable>, settings: &Settings) -> bool {
    variables.any(|variable| matches!(variable.values, Values::Numbers(_)) && grouping::is_cut(settings, &variable.id))
}

fn missing(analysis: &Analysis<'_>) -> Fact {
    if analysis.study.variables.is_empty() {
        return lacking(words::NO_VARIABLES);
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
        .map(|(variable, count)| words::missing(&name_of(&variable.name), count, patients.len()))
        .collect();
    if each.is_empty() {
        return fact(PATIENTS, words::NONE_MISSING);
    }
    fact(PATIENTS, words::missing_values(patients.len(), &each))
}

fn complete_cases(analysis: &Analysis<'_>) -> Fact {
    match together(analysis).and_then(|joint| Some(joint.fit.found.as_ref().ok()?.n)) {
        Some(n) => fact(COX, words::complete_cases(n, analysis.grouped.len())),
        None => fact(PATIENTS, words::COMPLETE_ONLY),
    }
}

fn follow_up(analysis: &Analysis<'_>) -> Vec<Fact> {
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
        fact(SURVIVAL, words::median_follow_up(median, interval, &analysis.ci())),
        fact(SURVIVAL, words::observed(years, censored, all.len())),
    ]
}

fn bias(analysis: &Analysis<'_>) -> Vec<Fact> {
    let remarks = included::remarks_on_follow_up(analysis);
    if remarks.is_empty() {
        return vec![fact(PATIENTS, words::NO_REMARKS)];
    }
    remarks.into_iter().map(|remark| fact(PATIENTS, remark)).collect()
}

fn events(analysis: &Analysis<'_>) -> Vec<Fact> {
    let mut facts = vec![fact(PATIENTS, words::events(analysis.grouped.len(), analysis.events()))];
    if analysis.compares() {
        let groups = analysis.groups.names.iter().zip(analysis.curves());
        let each: Vec<String> = groups
            .map(|(name, curve)| {
                let events: f64 = curve.events().iter().sum();
                words::events_of(name, curve.rows(), events.round() as usize)
            })
            .collect();
        facts.push(fact(SURVIVAL, words::by_group(&each)));
    }
    facts
}

fn absolute(analysis: &Analysis<'_>) -> Fact {
    let years: Vec<String> = analysis.settings.at.iter().map(|year| decimal(*year, 2)).collect();
    if years.is_empty() {
        return lacking(words::NO_TIMES);
    }
    fact(
        SURVIVAL,
        words::absolute(&capital(analysis.endpoint()), &years, &analysis.ci()),
    )
}

/// The hazard ratio of the groups, and how many variables have one of their own.
fn unadjusted(analysis: &Analysis<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(found) = analysis.group_model() {
        let against = analysis.against_reference();
        if let Some((reference, others)) = against.names.split_first() {
            let each = others.iter().zip(&found.estimates);
            let each = each.filter_map(|(other, estimate)| Some((other, estimate.as_ref()?)));
            facts.extend(each.map(|(other, estimate)| {
                let shown = ratio(estimate);
                fact(SURVIVAL, words::ratio(other, reference, &shown))
            }));
        }
    }
    let alone = Alone::of(analysis).fits.iter().flatten();
    let count = alone.filter(|fit| fit.found.is_ok()).count();
    if count > 0 {
        facts.push(fact(COX, words::alone(count)));
    }
    if facts.is_empty() {
        facts.push(lacking(words::NO_RATIO));
    }
    if !analysis.compares() {
        facts.push(lacking(words::NO_GROUPS));
    }
    facts
}

fn adjusted(analysis: &Analysis<'_>) -> Fact {
    let Some(joint) = together(analysis) else {
        return lacking(words::NO_MODEL);
    };
    match &joint.fit.found {
        Ok(found) => fact(
            COX,
            words::adjusted(&joint.names, found.n, found.n_events, &analysis.ci()),
        ),
        Err(_) => lacking(words::MODEL_FAILED),
    }
}

fn within_subgroups(analysis: &Analysis<'_>) -> Vec<Fact> {
    let mut facts = vec![given_or(
        subgroups::figure(analysis).is_some(),
        fact(SUBGROUPS, words::SUBGROUPS),
        words::NO_SUBGROUPS,
    )];
    let products = together(analysis).map_or(0, |joint| joint.fit.products.len());
    if products > 0 {
        facts.push(fact(COX, words::interactions(products)));
    }
    facts
}
