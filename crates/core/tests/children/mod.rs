//! All children of a protocol that its clauses distinguish: each finding at, between and next to its limits, and
//! unknown.

#![allow(dead_code, clippy::panic, clippy::expect_used)] // Each test uses a part; helpers may fail as tests do.

use cotside_core::infant::{Age, AgeLimit, Cns, Date, Infant, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse};
use cotside_core::protocols::{Finding, Limit, Protocol, Role};

/// The findings that some clauses of a protocol read, each with its limits, in the order of the rule.
pub fn findings(protocol: &Protocol, reads: impl Fn(Role) -> bool) -> Vec<(Finding, Vec<Limit>)> {
    let mut findings: Vec<(Finding, Vec<Limit>)> = Vec::new();
    for (role, clause) in protocol.clauses() {
        let Some(finding) = clause.test.finding().filter(|_| reads(role)) else {
            continue;
        };
        // A partner is a rearrangement: both are one finding here.
        let finding = if finding == Finding::Partner {
            Finding::Kmt2a
        } else {
            finding
        };
        let position = findings.iter().position(|(known, _)| *known == finding);
        let position = position.unwrap_or_else(|| {
            findings.push((finding, Vec::new()));
            findings.len() - 1
        });
        findings[position].1.extend(clause.test.limit());
    }
    findings
}

type Change = Box<dyn Fn(&mut Infant)>;

fn change(change: impl Fn(&mut Infant) + 'static) -> Change {
    Box::new(change)
}

/// Every value of a finding, unknown first.
fn values(protocol: &Protocol, finding: Finding, limits: &[Limit]) -> Vec<Change> {
    let mut values = vec![change(|_| {})];
    let yes_no = [true, false];
    match finding {
        Finding::Age => values.extend(
            ages(limits)
                .into_iter()
                .map(|age| change(move |child| child.age = Some(age))),
        ),
        Finding::Wbc => {
            values.extend(
                numbers(limits)
                    .into_iter()
                    .map(|wbc| change(move |child| child.wbc = Some(wbc))),
            );
        }
        Finding::Mrd(point) => values.extend(
            numbers(limits)
                .into_iter()
                .map(|value| change(move |child| child.mrd[point.index()] = Some(value))),
        ),
        Finding::Kmt2a | Finding::Partner => {
            let tests = protocol.clauses();
            let asks_partner = tests
                .iter()
                .any(|(_, clause)| clause.test.finding() == Some(Finding::Partner));
            values.extend(
                Kmt2a::ALL
                    .iter()
                    .map(|&kmt2a| change(move |child| child.kmt2a = Some(kmt2a))),
            );
            if asks_partner {
                values.extend(Partner::ALL.iter().map(|&partner| {
                    change(move |child| (child.kmt2a, child.kmt2a_partner) = (Some(Kmt2a::Rearranged), Some(partner)))
                }));
            }
        }
        Finding::Lineage => {
            values.extend(
                Lineage::ALL
                    .iter()
                    .map(|&lineage| change(move |child| child.lineage = Some(lineage))),
            );
        }
        Finding::Cns => {
            values.extend(Cns::ALL.iter().map(|&cns| change(move |child| child.cns = Some(cns))));
            // Blasts in the fluid without a count: CNS2 or CNS3.
            values.push(change(|child| child.csf_blasts = Some(true)));
        }
        Finding::Response => values.extend(
            PrednisoneResponse::ALL
                .iter()
                .map(|&response| change(move |child| child.prednisone_response = Some(response))),
        ),
        Finding::Remission => values.extend(yes_no.map(|yes| change(move |child| child.remission_eoi = Some(yes)))),
        Finding::Relapse => values.extend(yes_no.map(|yes| change(move |child| child.relapse = Some(yes)))),
        Finding::DownSyndrome => values.extend(yes_no.map(|yes| change(move |child| child.down_syndrome = Some(yes)))),
        Finding::SecondRemission => {
            values.extend(yes_no.map(|yes| change(move |child| child.salvage_remission = Some(yes))));
        }
    }
    values
}

/// Numbers below, at, between and above some limits.
fn numbers(limits: &[Limit]) -> Vec<f64> {
    let mut limits: Vec<f64> = limits
        .iter()
        .filter_map(|limit| match limit {
            Limit::Number(number) => Some(*number),
            Limit::Age(_) => None,
        })
        .collect();
    limits.sort_by(f64::total_cmp);
    limits.dedup();
    let mut numbers: Vec<f64> = limits
        .iter()
        .flat_map(|at| [at.next_down(), *at, at.next_up()])
        .collect();
    numbers.extend(limits.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])));
    numbers
}

/// Ages before, on and after each limit by dates, between the limits, by days alone where only dates would decide, and
/// by completed months next to a limit in months.
fn ages(limits: &[Limit]) -> Vec<Age> {
    let birth = Date::new(2023, 3, 1).expect("a date");
    let on = |day: u32| Age::Dates {
        birth,
        diagnosis: later(birth, day),
    };
    let mut limits: Vec<(u32, AgeLimit)> = limits
        .iter()
        .filter_map(|limit| match *limit {
            Limit::Age(limit @ AgeLimit::Days(days)) => Some((days, limit)),
            Limit::Age(limit @ AgeLimit::Months(months)) => {
                let days = birth.plus_months(months).day_number() - birth.day_number();
                Some((u32::try_from(days).expect("later"), limit))
            }
            Limit::Number(_) => None,
        })
        .collect();
    limits.sort_by_key(|(day, _)| *day);
    let mut ages: Vec<Age> = Vec::new();
    for (day, limit) in &limits {
        ages.extend([day - 1, *day, day + 1].map(on));
        if let AgeLimit::Months(months) = *limit {
            ages.extend([
                Age::Days(day - 1),
                Age::CompletedMonths(months - 1),
                Age::CompletedMonths(months),
            ]);
        }
    }
    ages.extend(limits.windows(2).map(|pair| on(u32::midpoint(pair[0].0, pair[1].0))));
    ages.dedup();
    ages
}

/// A date some days later.
fn later(date: Date, days: u32) -> Date {
    let wanted = date.day_number() + i64::from(days);
    let (mut year, mut month) = (2023, 1);
    loop {
        let found = (1..=31)
            .filter_map(|day| Date::new(year, month, day))
            .find(|date| date.day_number() == wanted);
        match found {
            Some(date) => return date,
            None if month == 12 => (year, month) = (year + 1, 1),
            None => month += 1,
        }
    }
}

/// Calls `each` with every child of a protocol, and returns how many there are.
pub fn all(protocol: &Protocol, reads: impl Fn(Role) -> bool, mut each: impl FnMut(&Infant)) -> usize {
    let axes: Vec<Vec<Change>> = findings(protocol, reads)
        .iter()
        .map(|(finding, limits)| values(protocol, *finding, limits))
        .collect();
    let count = axes.iter().map(Vec::len).product();
    for number in 0..count {
        let mut child = Infant::default();
        let mut rest = number;
        for axis in &axes {
            axis[rest % axis.len()](&mut child);
            rest /= axis.len();
        }
        each(&child);
    }
    count
}

/// Returns a child with only some findings known.
pub fn only(child: &Infant, findings: &[Finding]) -> Infant {
    let mut kept = Infant::default();
    for finding in findings {
        match finding {
            Finding::Age => kept.age = child.age,
            Finding::Wbc => kept.wbc = child.wbc,
            Finding::Kmt2a => kept.kmt2a = child.kmt2a,
            Finding::Partner => (kept.kmt2a, kept.kmt2a_partner) = (child.kmt2a, child.kmt2a_partner),
            Finding::Lineage => kept.lineage = child.lineage,
            Finding::Cns => (kept.cns, kept.csf_blasts) = (child.cns, child.csf_blasts),
            Finding::Response => kept.prednisone_response = child.prednisone_response,
            Finding::Remission => kept.remission_eoi = child.remission_eoi,
            Finding::Mrd(point) => kept.mrd[point.index()] = child.mrd[point.index()],
            Finding::Relapse => kept.relapse = child.relapse,
            Finding::SecondRemission => kept.salvage_remission = child.salvage_remission,
            Finding::DownSyndrome => kept.down_syndrome = child.down_syndrome,
        }
    }
    kept
}

/// Every finding.
pub const FINDINGS: &[Finding] = &[
    Finding::Age,
    Finding::Wbc,
    Finding::Kmt2a,
    Finding::Partner,
    Finding::Lineage,
    Finding::Cns,
    Finding::Response,
    Finding::Remission,
    Finding::Mrd(MrdPoint::EndOfInduction),
    Finding::Mrd(MrdPoint::EndOfConsolidation),
    Finding::Mrd(MrdPoint::BeforeOctadad),
    Finding::Mrd(MrdPoint::AfterBlinatumomab),
    Finding::Relapse,
    Finding::SecondRemission,
    Finding::DownSyndrome,
];
