//! A hospital's part: its sums for the round of a plan, read before they are saved.

use cotside_core::cohort::Study;
use cotside_core::federated::log::Log;
use cotside_core::federated::{Choices, Fault, Key, LogState, Plan, Sharing, SiteFile, SiteInput, site_file};
use cotside_views::{Columns, list, named_list};
use cotside_words::lang::combine_numbers as numbers_words;
use cotside_words::lang::{combine_files as words, federated};
use maud::{Markup, html};

use super::numbers::{Section, sections};

/// What a hospital has brought so far.
#[derive(Debug, Default)]
pub struct Brought<'a> {
    /// The plan.
    pub plan: Option<&'a Plan>,
    /// Its patients, with the groups of protocols where the plan uses them.
    pub study: Option<&'a Study>,
    /// Whether the columns of its file leave a question open.
    pub has_questions: bool,
    /// Which hospital of the plan it is; empty for none.
    pub site: &'a str,
    /// Its log, or why that cannot be used.
    pub log: Option<Result<&'a Log, String>>,
    /// The key that it passes on.
    pub own_key: Option<&'a Key>,
    /// The key that it was given.
    pub received_key: Option<&'a Key>,
    /// What it gives less.
    pub choices: Choices,
}

/// What there is to show.
#[derive(Debug)]
pub enum Given {
    /// Something is missing, each as a sentence.
    Needs(Vec<String>),
    /// The file may not leave.
    Refused(Box<Fault>),
    /// The log cannot be used.
    BadLog(String),
    /// A file that may be saved.
    File(Box<SiteFile>),
}

impl Brought<'_> {
    /// The sums, or what is missing for them.
    pub fn sums(&self) -> Given {
        let needs = self.needs();
        let (Some(plan), Some(study), Some(log)) = (self.plan, self.study, &self.log) else {
            return Given::Needs(needs);
        };
        let log = match log {
            Ok(log) => log,
            Err(why) => return Given::BadLog(why.clone()),
        };
        if !needs.is_empty() {
            return Given::Needs(needs);
        }
        let input = SiteInput {
            site: self.site,
            study,
            limits: None,
            choices: &self.choices,
            log,
            keys: self.own_key.zip(self.received_key),
        };
        match site_file(plan, &input) {
            Ok(file) => Given::File(Box::new(file)),
            Err(fault) => Given::Refused(Box::new(fault)),
        }
    }

    fn needs(&self) -> Vec<String> {
        let mut needs = Vec::new();
        let mut need = |is_missing: bool, what: &str| {
            if is_missing {
                needs.push(what.to_owned());
            }
        };
        need(self.plan.is_none(), words::NEEDS_PLAN);
        need(self.study.is_none(), words::NEEDS_DATA);
        need(self.study.is_some() && self.has_questions, words::NEEDS_COLUMNS);
        need(self.plan.is_some() && self.site.is_empty(), words::NEEDS_SITE);
        need(self.log.is_none(), words::NEEDS_LOG);
        if let Some(plan) = self.plan.filter(|plan| plan.design.sharing == Sharing::Masked)
            && let Some((before, _)) = plan.design.neighbours(self.site)
        {
            need(self.own_key.is_none(), words::NEEDS_OWN_KEY);
            need(self.received_key.is_none(), &words::needs_received_key(before));
        }
        needs
    }
}

/// What the page shows of a hospital's sums.
pub fn html(plan: Option<&Plan>, given: &Given, is_declined: bool) -> Markup {
    match (plan, given) {
        (_, Given::Needs(needs)) => html! { h3 { (words::NEEDS) } (list(needs)) },
        (_, Given::BadLog(why)) => html! { p.remark.invalid data-testid="sums-refused" { (why) } },
        (_, Given::Refused(fault)) => html! {
            h3 { (words::REFUSED) }
            p.remark.invalid data-testid="sums-refused" { (words::fault(fault)) }
        },
        (Some(plan), Given::File(file)) if is_declined => html! {
            p.remark.notice { (words::NOT_SAVED) }
            p.quiet { (words::hash(&file.name, &file.sha256)) }
            (numbers(plan, file))
        },
        (Some(plan), Given::File(file)) => may_leave(plan, file),
        (None, Given::File(_)) => Markup::default(),
    }
}

fn may_leave(plan: &Plan, file: &SiteFile) -> Markup {
    let is_new = file.shown.log == Some(LogState::New);
    html! {
        p.reason data-testid="before-saving" { (federated::before_saving(plan, file)) }
        p.quiet { @if is_new { (federated::NEW_LOG) } @else { (words::LOG_CONTINUED) } }
        @if let Some((sent, values)) = file.many_numbers { p.remark.notice { (federated::many_numbers(sent, values)) } }
        (numbers(plan, file))
        @if !file.shown.withheld.is_empty() {
            h4 { (words::WITHHELD) }
            (named_list("facts withheld", file.shown.withheld.iter().map(|each| {
                html! { (words::withheld(&each.what, &federated::because(&each.because, each.limit))) }
            })))
        }
        @for (field, lists) in &file.may_merge {
            @for levels in lists { p.remark.notice data-testid="may-merge" { (federated::may_merge(field, levels)) } }
        }
        p.quiet { (words::log_beside(&file.log.file_name())) }
        p.quiet data-testid="sums-hash" { (words::hash(&file.name, &file.sha256)) }
    }
}

/// The numbers under their masks.
fn masked(file: &SiteFile) -> Option<Vec<String>> {
    let value: serde_json::Value = serde_json::from_str(&file.text).ok()?;
    let list = value.get("masked")?.as_array()?;
    Some(
        list.iter()
            .filter_map(|each| each.as_str().map(str::to_owned))
            .collect(),
    )
}

/// How many numbers of which kind, and unfolded each one.
fn numbers(plan: &Plan, file: &SiteFile) -> Markup {
    let sections = sections(plan, &file.shown);
    let masked = masked(file);
    let columns = Columns::new(numbers_words::SECTION).numbers([numbers_words::HOW_MANY, numbers_words::LEFT_OUT]);
    let rows = sections.iter().map(|section| {
        let (count, left_out) = section.counts();
        let left_out = if left_out == 0 {
            String::new()
        } else {
            left_out.to_string()
        };
        columns.row(&section.title, [count.to_string(), left_out])
    });
    html! {
        h4 { (words::NUMBERS) }
        (columns.table("compact numbers", rows))
        details.more data-testid="every-number" {
            summary.button { (federated::SHOW_EVERY_NUMBER) }
            @if masked.is_some() { p.quiet { (words::UNMASKED_TABLE) } }
            (every(&sections))
            @if let Some(list) = &masked {
                p.quiet { (words::MASKED_TABLE) }
                pre.code tabindex="0" { (list.join("\n")) }
            }
        }
    }
}

fn every(sections: &[Section]) -> Markup {
    let columns = Columns::new(words::NUMBER).number(words::VALUE);
    let rows = sections.iter().flat_map(|section| {
        let head = html! { tr.heading { th scope="rowgroup" colspan="2" { (section.title) } } };
        let columns = &columns;
        let each = section.rows.iter().map(move |(name, text)| {
            let value = match text {
                Some(text) => html! { (text) },
                None => html! { em.withheld { (words::CELL_WITHHELD) } },
            };
            columns.level(name, [value])
        });
        std::iter::once(head).chain(each).collect::<Vec<_>>()
    });
    columns.table("every-number", rows)
}
