//! The answer of planning as code for base R, which computes it again and stops where it differs.

use std::fmt::Write as _;

use cotside_core::survival::{
    Detectable, EventsFormula, Observed, ObservedTo, OneGroupQuestion, Sides, Sought, StudySize, TwoGroupQuestion,
};
use cotside_words::en::planning_results::{OneGroupPlan, TwoGroupPlan};

/// Lines of a script.
struct Script(String);

impl Script {
    fn new(title: &str) -> Self {
        Self(format!(
            "# Cotside {}: {title}. Base R; times in years.\n",
            env!("CARGO_PKG_VERSION")
        ))
    }

    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn set(&mut self, name: &str, value: f64) {
        let _ = writeln!(self.0, "{name} <- {value}");
    }

    fn level(&mut self, alpha: f64, of: Sides) {
        self.set("alpha", alpha);
        self.set(
            "sides",
            match of {
                Sides::One => 1.0,
                Sides::Two => 2.0,
            },
        );
        self.line("z_alpha <- qnorm(1 - alpha / sides)");
    }

    /// Prints a number and stops where it is another one than here.
    fn check(&mut self, name: &str, value: Option<f64>) {
        if let Some(value) = value {
            let _ = writeln!(
                self.0,
                "cat(\"{name}\", format({name}, digits = 10), \"\\n\")\nstopifnot(abs({name} / {value} - 1) < 1e-6)"
            );
        }
    }
}

/// Searches from no effect on, in steps, for the effect nearest to none.
const NEAREST: &str = "\
# The log ratio nearest to 0 with this power: stepped over, then refined.
nearest <- function(power_at, side) {
  steps <- side * seq(0.01, 6.9, by = 0.01)
  reached <- which(sapply(steps, power_at) >= power)[1]
  uniroot(function(x) power_at(x) - power, c(steps[reached] - side * 0.00999, steps[reached]), tol = 1e-12)$root
}";

fn side(of: Detectable) -> f64 {
    match of {
        Detectable::Better => -1.0,
        Detectable::Worse => 1.0,
    }
}

/// The script of an answer on two groups.
#[must_use]
pub fn two_groups(plan: &TwoGroupPlan) -> String {
    let TwoGroupPlan { question, answer, .. } = plan;
    let mut script = Script::new("two groups, log-rank test");
    script.set("second", question.second);
    script.level(question.alpha, question.sides);
    script.line(match question.formula {
        EventsFormula::Schoenfeld => "worth <- function(hr) second * (1 - second) * log(hr)^2 # Schoenfeld",
        EventsFormula::Freedman => {
            "worth <- function(hr) { r <- second / (1 - second); r * ((1 - hr) / (1 + r * hr))^2 } # Freedman"
        }
    });
    script.line("power_of <- function(hr, events) pnorm(sqrt(events * worth(hr)) - z_alpha)");
    if let Some(observed) = question.observed {
        observe(&mut script, plan, observed);
    }
    match question.sought {
        Sought::Size { power } => {
            script.set("hr", question.hazard_ratio);
            script.set("power", power);
            script.line("events <- (z_alpha + qnorm(power))^2 / worth(hr)");
            patients_of_events(&mut script, question);
        }
        Sought::Power { size } => {
            script.set("hr", question.hazard_ratio);
            given(&mut script, question, size, "hr");
            script.line("power <- power_of(hr, events)");
        }
        Sought::Effect { size, power, side: of } => {
            script.set("power", power);
            script.line(NEAREST);
            effect(&mut script, question, size, side(of));
        }
    }
    script.check("hr", Some(answer.hazard_ratio));
    script.check("events", Some(answer.events));
    script.check("power", Some(answer.power));
    script.check("patients", answer.subjects);
    if let (Sought::Size { .. }, Some(_)) = (question.sought, answer.subjects) {
        script.line("print(ceiling(patients * c(first = 1 - second, second = second)))");
    }
    script.0
}

/// Hazards, entry and observation.
fn observe(script: &mut Script, plan: &TwoGroupPlan, observed: Observed) {
    match plan.survival {
        Some((survival, time)) => script.line(&format!("hazard <- -log({survival}) / {time}")),
        None => script.set("hazard", observed.hazard),
    }
    script.set("follow_up", observed.follow_up);
    script.set("loss", observed.loss);
    script.line("# Probability of an observed event with uniform entry over `accrual`.");
    script.line("observed <- function(hazard, accrual) {");
    script.line("  leaves <- hazard + loss");
    script.line(
        "  entry <- if (leaves * accrual > 0) -expm1(-leaves * accrual) / (leaves * accrual) else 1 # mean of exp(-leaves * u)",
    );
    script.line("  hazard / leaves * (1 - exp(-leaves * follow_up) * entry)");
    script.line("}");
    script.line(
        "share <- function(hr, accrual) (1 - second) * observed(hazard, accrual) + second * observed(hr * hazard, accrual)",
    );
    if let Some(rate) = plan.question.rate {
        script.set("per_year", rate);
    }
}

/// Patients in whom the events are expected.
fn patients_of_events(script: &mut Script, question: &TwoGroupQuestion) {
    let Some(observed) = question.observed else { return };
    match (observed.accrual, question.rate) {
        (Some(accrual), _) => script.set("accrual", accrual),
        (None, Some(_)) => script.line(
            "accrual <- uniroot(function(a) per_year * a * share(hr, a) - events, c(1e-9, 1e6 / hazard), tol = 1e-10)$root",
        ),
        (None, None) => script.set("accrual", 0.0),
    }
    script.line("patients <- events / share(hr, accrual)");
}

/// Events of a size that is given.
fn given(script: &mut Script, question: &TwoGroupQuestion, size: StudySize, hr: &str) {
    match size {
        StudySize::Events(events) => {
            script.set("events", events);
            patients_of_events(script, question);
        }
        StudySize::Subjects(subjects) => {
            patients(script, question, subjects);
            script.line(&format!("events <- patients * share({hr}, accrual)"));
        }
    }
}

fn patients(script: &mut Script, question: &TwoGroupQuestion, subjects: f64) {
    script.set("patients", subjects);
    match question.observed.and_then(|observed| observed.accrual) {
        Some(accrual) => script.set("accrual", accrual),
        None if question.rate.is_some() => script.line("accrual <- patients / per_year"),
        None => script.set("accrual", 0.0),
    }
}

fn effect(script: &mut Script, question: &TwoGroupQuestion, size: StudySize, side: f64) {
    match size {
        StudySize::Events(events) => {
            script.set("events", events);
            script.line(&format!(
                "hr <- exp(nearest(function(x) power_of(exp(x), events), {side}))"
            ));
            patients_of_events(script, question);
        }
        StudySize::Subjects(subjects) => {
            patients(script, question, subjects);
            script.line(&format!(
                "hr <- exp(nearest(function(x) power_of(exp(x), patients * share(exp(x), accrual)), {side}))"
            ));
            script.line("events <- patients * share(hr, accrual)");
        }
    }
}

/// The script of an answer on one group.
#[must_use]
pub fn one_group(plan: &OneGroupPlan) -> String {
    let OneGroupPlan { question, answer, .. } = plan;
    let OneGroupQuestion {
        reference,
        alternative,
        sought,
        ..
    } = *question;
    let mut script = Script::new("one group against a fixed survival, complementary log-log scale");
    script.set("reference", reference);
    script.level(question.alpha, question.sides);
    script.line("theta <- function(s) log(-log(s))");
    match question.observed {
        Some(observed) => observe_one(&mut script, question, observed),
        None => {
            script.line("worth <- function(s) (theta(s) - theta(reference))^2 * s * log(s)^2 / (1 - s)");
            script.line("power_of <- function(s, patients) pnorm(sqrt(patients * worth(s)) - z_alpha)");
        }
    }
    let count = |size| match size {
        StudySize::Subjects(size) | StudySize::Events(size) => size,
    };
    match sought {
        Sought::Size { power } => {
            script.set("alternative", alternative);
            script.set("power", power);
            match question.observed {
                None => script.line("patients <- (z_alpha + qnorm(power))^2 / worth(alternative)"),
                Some(observed) => patients_of_one(&mut script, question, observed),
            }
        }
        Sought::Power { size } => {
            script.set("alternative", alternative);
            script.set("patients", count(size));
            script.line("power <- power_of(alternative, patients)");
        }
        Sought::Effect { size, power, side: of } => {
            script.set("patients", count(size));
            script.set("power", power);
            script.line(NEAREST);
            script.line(&format!(
                "alternative <- reference^exp(nearest(function(x) power_of(reference^exp(x), patients), {}))",
                side(of)
            ));
        }
    }
    script.check("alternative", Some(answer.alternative));
    script.check("power", Some(answer.power));
    script.check("patients", Some(answer.subjects));
    script.0
}

/// Greenwood's integral of one group with entry, follow-up and loss.
fn observe_one(script: &mut Script, question: &OneGroupQuestion, observed: ObservedTo) {
    script.set("time", observed.time);
    script.set("follow_up", observed.follow_up);
    script.set("loss", observed.loss);
    let (accrual, rate) = (observed.accrual, question.rate);
    match (accrual, rate) {
        (Some(accrual), _) => script.set("accrual", accrual),
        (None, Some(rate)) => script.set("per_year", rate),
        (None, None) => script.set("accrual", 0.0),
    }
    script.line("# Greenwood's integral with a constant hazard; G is the probability that follow-up lasts to u.");
    script.line("greenwood <- function(s, accrual) {");
    script.line("  if (s < 1e-200) return(Inf)");
    script.line("  hazard <- -log(s) / time");
    script.line(
        "  G <- function(u) exp(-loss * u) * (if (accrual > 0) pmin(1, (accrual + follow_up - u) / accrual) else u <= follow_up)",
    );
    script.line("  part <- function(from, to) if (to > from)");
    script.line(
        "    integrate(function(u) hazard * exp(hazard * u) / G(u), from, to, rel.tol = 1e-10, subdivisions = 1000)$value else 0",
    );
    script.line("  part(0, min(time, follow_up)) + part(follow_up, time)");
    script.line("}");
    script.line("worth <- function(s, accrual) (theta(s) - theta(reference))^2 * log(s)^2 / greenwood(s, accrual)");
    let entered = if accrual.is_none() && rate.is_some() {
        "patients / per_year"
    } else {
        "accrual"
    };
    script.line(&format!(
        "power_of <- function(s, patients) pnorm(sqrt(patients * worth(s, {entered})) - z_alpha)"
    ));
}

/// Patients of one group that is observed; where the accrual follows from the rate, it is sought.
fn patients_of_one(script: &mut Script, question: &OneGroupQuestion, observed: ObservedTo) {
    script.line("needed <- function(accrual) (z_alpha + qnorm(power))^2 / worth(alternative, accrual)");
    if observed.accrual.is_none() && question.rate.is_some() {
        script.line("shortest <- max(0, time - follow_up)");
        script.line("missing <- function(accrual) per_year * accrual - needed(accrual)");
        script.line("from <- shortest + 1e-6 * time");
        script.line("to <- from");
        script.line("while (missing(to) < 0) to <- shortest + 2 * (to - shortest)");
        script.line("accrual <- if (to > from) uniroot(missing, c(from, to), tol = 1e-10)$root else from");
    }
    script.line("patients <- needed(accrual)");
}
