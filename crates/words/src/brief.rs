//! Clauses in a few signs, for a row of a table: "< 6 mo, WBC ≥ 300, poor response". The same in every language but for some
//! words.

use cotside_core::infant::{AgeLimit, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse};
use cotside_core::protocols::{Assessment, Operator, Test, Threshold};

use crate::content::{self, Decided};
use crate::numbers::{decimal, percent_of_fraction};

/// The words of a language. Pairs are for a clause that holds and for one that does not.
pub(crate) struct Brief {
    /// Behind a number of days, with its space where one is used.
    pub days: &'static str,
    /// Behind a number of months.
    pub months: &'static str,
    /// KMT2A germline.
    pub germline: &'static str,
    /// KMT2A could be established.
    pub established: [&'static str; 2],
    /// KMT2A fused to another partner than the listed ones.
    pub other_partner: [&'static str; 2],
    /// Before what is not so.
    pub not: &'static str,
    /// B-cell precursor, T cell, mixed phenotype.
    pub lineages: [&'static str; 3],
    /// CNS disease.
    pub cns_disease: [&'static str; 2],
    /// CNS2, which does not count as CNS disease.
    pub cns2: &'static str,
    /// Without Down syndrome, and with it.
    pub no_down_syndrome: [&'static str; 2],
    /// Poor prednisone response.
    pub poor: [&'static str; 2],
    /// Good prednisone response.
    pub good: [&'static str; 2],
    /// Prednisone response that was not assessed.
    pub not_assessed: [&'static str; 2],
    /// An unknown response counts as not poor.
    pub response_counted: &'static str,
    /// Complete remission at the end of induction.
    pub remission: [&'static str; 2],
    /// Relapse or induction failure.
    pub relapse: [&'static str; 2],
    /// Second remission.
    pub second_remission: [&'static str; 2],
    /// Residual disease at a point.
    pub mrd: [&'static str; MrdPoint::COUNT],
    /// Every child who is eligible.
    pub everyone: &'static str,
    /// What has no short form.
    pub long: fn(&Test) -> String,
}

impl Brief {
    /// A test in a few signs, or its negation.
    pub fn test(&self, test: &Test, holds: bool) -> String {
        let choose = |[yes, no]: [&'static str; 2]| if holds { yes } else { no }.to_owned();
        let negated = |text: &str| {
            if holds {
                text.to_owned()
            } else {
                format!("{}{text}", self.not)
            }
        };
        match *test {
            Test::YoungerThan(limit) => self.age(if holds { "<" } else { "≥" }, limit),
            Test::YoungerThanOpen(limit) => self.age(if holds { "<" } else { ">" }, limit),
            Test::AtMostAged(limit) => self.age(if holds { "≤" } else { ">" }, limit),
            Test::Wbc(threshold) => {
                format!("WBC {} {}", operator(threshold, holds), decimal(threshold.limit, 3))
            }
            Test::Mrd(point, threshold) => format!(
                "{} {} {}",
                self.mrd.get(point as usize).copied().unwrap_or("MRD"),
                operator(threshold, holds),
                percent_of_fraction(threshold.limit)
            ),
            Test::Kmt2aIs(Kmt2a::Rearranged) => negated("KMT2A-r"),
            Test::Kmt2aIs(Kmt2a::Germline) => negated(self.germline),
            Test::Kmt2aIs(Kmt2a::Ptd) => negated("KMT2A-PTD"),
            Test::Kmt2aEstablished => choose(self.established),
            Test::PartnerIs(Partner::Other) => choose(self.other_partner),
            Test::PartnerIs(partner) => negated(&format!("KMT2A::{}", partner.code())),
            Test::LineageIn(lineages) => {
                let names: Vec<&str> = lineages
                    .iter()
                    .map(|lineage| match lineage {
                        Lineage::B => self.lineages[0],
                        Lineage::T => self.lineages[1],
                        Lineage::Mixed => self.lineages[2],
                    })
                    .collect();
                negated(&names.join("/"))
            }
            Test::CnsDisease | Test::Cns3 => choose(self.cns_disease),
            Test::NoDownSyndrome => choose(self.no_down_syndrome),
            Test::ResponseIs(PrednisoneResponse::Poor) => choose(self.poor),
            Test::ResponseIs(PrednisoneResponse::Good) => choose(self.good),
            Test::ResponseIs(PrednisoneResponse::NotAssessed) => choose(self.not_assessed),
            Test::InRemission => choose(self.remission),
            Test::Relapsed => choose(self.relapse),
            Test::SecondRemission => choose(self.second_remission),
            Test::Kmt2aIs(_) | Test::NotAsked(_) => negated(&(self.long)(test)),
        }
    }

    fn age(&self, sign: &str, limit: AgeLimit) -> String {
        match limit {
            AgeLimit::Days(days) => format!("{sign} {days}{}", self.days),
            AgeLimit::Months(months) => format!("{sign} {months}{}", self.months),
        }
    }

    /// The clauses that decided an answer.
    pub fn decided(&self, assessment: &Assessment) -> String {
        let mut parts: Vec<String> = Vec::new();
        for each in content::decided(assessment) {
            let part = match each {
                Decided::By(each) => self.test(&each.test, true),
                Decided::Against(each) => self.test(&each.test, false),
                Decided::Found(has) => self.test(&has, true),
                Decided::Cns2 => self.cns2.to_owned(),
                Decided::ResponseCounted => self.response_counted.to_owned(),
            };
            content::add(&mut parts, part);
        }
        if parts.is_empty() {
            self.everyone.to_owned()
        } else {
            parts.join(", ")
        }
    }
}

/// The sign before a limit.
fn operator(threshold: Threshold, holds: bool) -> &'static str {
    match (holds, threshold.operator, content::strictly_below(threshold)) {
        (true, Operator::AtLeast, _) => "≥",
        (true, Operator::MoreThan, _) => ">",
        (false, _, true) => "<",
        (false, _, false) => "≤",
    }
}
