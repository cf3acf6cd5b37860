//! Printed numbers of papers, computed again from the patients described in the same papers, to the printed digits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ledger;

use cotside_core::evidence::Printed;
use cotside_core::evidence::check::{PrintedP, check_hazard_ratio};
use cotside_core::survival::{Confidence, FollowUp, SurvivalCurve, kaplan_meier};

fn compare(study: &str, quantity: &str, at: &str, found: &str, printed: &str) {
    let place = ledger::Place {
        topic: "published",
        data: study,
        quantity,
        at,
    };
    ledger::words(place, found, printed);
}

/// All are followed beyond the last event, so that every order of the same events gives the same rate.
fn rate_of(n: usize, events: usize) -> SurvivalCurve {
    let time = (0..n).map(|row| if row < events { 12.0 + row as f64 } else { 60.0 });
    let event = (0..n).map(|row| u32::from(row < events));
    kaplan_meier(&FollowUp::new(time.collect(), event.collect()).unwrap())
}

/// The last estimate in per cent with its standard error, to a tenth.
fn with_error(curve: &SurvivalCurve) -> String {
    let last = curve.step_at(59.0).unwrap();
    format!(
        "{:.1} ± {:.1}",
        100.0 * curve.survival()[last],
        100.0 * curve.std_err(last).unwrap()
    )
}

/// Lee 2011: nine infants, their follow-up in the report.
#[test]
fn severance() {
    for (n, events, what, printed) in [
        (9, 3, "event-free survival, all nine", "66.7 ± 15.7"),
        (7, 3, "event-free survival, high risk", "57.1 ± 18.7"),
        (7, 1, "overall survival, high risk", "85.7 ± 13.2"),
    ] {
        let at = format!("{events} of {n} with an event");
        compare(
            "Severance (Lee 2011)",
            what,
            &at,
            &with_error(&rate_of(n, events)),
            printed,
        );
    }
}

/// Koh 2015, MLL03: an interval on the log(−log) scale, and the p of a hazard ratio.
#[test]
fn mll03() {
    let study = "MLL03 (Koh 2015)";
    let survival = 0.432_f64;
    let binomial = ((1.0 - survival) / (62.0 * survival)).sqrt();
    let interval = Confidence::default().interval(survival, binomial).unwrap();
    for (quantity, found, published) in [
        ("event-free survival, lower end", 100.0 * interval.lower, 30.7),
        ("event-free survival, upper end", 100.0 * interval.upper, 55.1),
    ] {
        let place = ledger::Place {
            topic: "published",
            data: study,
            quantity,
            at: "43.2 %, 62 infants, binomial standard error",
        };
        // The tolerance from rounding the estimate to a tenth, and from one or two infants censored early.
        let close = ledger::Close {
            unit: 100.0,
            tolerance: 1e-3,
        };
        ledger::number(place, Some(found), Some(published), close);
    }

    let printed = |text| Printed::read(text).unwrap();
    let p = PrintedP::read(".088").unwrap();
    let found = check_hazard_ratio(printed("1.969"), (printed("0.903"), printed("4.291")), Some(p), 0.95).unwrap();
    let at = "hazard ratio 1.969 (0.903–4.291)";
    compare(
        study,
        "p of Wald's test",
        at,
        &format!("{:.3}", found.computed_p),
        "0.088",
    );
}
