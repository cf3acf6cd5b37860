//! What `cotside reconstruct` says of digitised figures to people.

use std::fmt::Write as _;

use cotside_core::evidence::{Agreement, DigitisedFigure, FigureKind, Rebuilt, between_groups};
use cotside_words::en;
use cotside_words::en::digitised as words;
use cotside_words::en::digitised_results as results;

use crate::people::{exact, name, ratio, shown};

/// What is known of a figure, for people.
pub fn report(figure: &DigitisedFigure, reference: usize, text: &mut String) {
    let (source, input) = (&figure.provenance, figure.input());
    let page = results::figure_and_page(&source.figure, &source.page);
    let _ = writeln!(
        text,
        "{}, {page}: {}, times in {}; digitised by {}, {}\n{}",
        source.study,
        words::figure_kind(input.kind),
        input.unit.code(),
        source.digitised_by,
        source.date,
        en::RECONSTRUCTED
    );
    if !source.note.is_empty() {
        let _ = writeln!(text, "{}", source.note);
    }
    for (group, rebuilt) in figure.groups() {
        let label = if group.name.is_empty() {
            "all".to_owned()
        } else {
            name(&group.name)
        };
        let median = match rebuilt {
            Rebuilt::Survival(_) => format!(", median {}", shown(rebuilt.median())),
            Rebuilt::Incidence(_) if rebuilt.competing_unknown() => String::new(),
            Rebuilt::Incidence(_) => format!(", {} competing events", rebuilt.events(2)),
        };
        let _ = writeln!(
            text,
            "  {label}: n = {}, {} events{median}; error (root mean square, most) {}; at risk differ by at most {}",
            rebuilt.time().len(),
            rebuilt.events(1),
            results::error(rebuilt.error()),
            rebuilt.largest_at_risk_difference()
        );
    }
    for line in remarks(figure) {
        let _ = writeln!(text, "{line}");
    }
    for line in comparison(figure, reference) {
        let _ = writeln!(text, "{line}");
    }
}

/// What is not met or not known of a figure, a line each.
pub fn remarks(figure: &DigitisedFigure) -> Vec<String> {
    let mut lines = Vec::new();
    for (group, rebuilt) in figure.groups() {
        let of_group = |text: &str| {
            if group.name.is_empty() {
                text.to_owned()
            } else {
                format!("{}: {text}", group.name)
            }
        };
        let missed = match rebuilt {
            Rebuilt::Survival(found) => found.missed(),
            Rebuilt::Incidence(found) => found.missed(),
        };
        lines.extend(missed.into_iter().map(|miss| of_group(&en::reconstruction_miss(miss))));
        if rebuilt.censoring_unknown() {
            lines.push(of_group(en::CENSORING_UNKNOWN));
        }
        if rebuilt.competing_unknown() {
            lines.push(of_group(words::COMPETING_UNKNOWN));
        }
        if let Rebuilt::Incidence(found) = rebuilt {
            lines.extend(found.event_range.map(|range| of_group(&words::event_range(range))));
        }
    }
    lines
}

/// The groups compared, a line each; none where there is one group.
pub fn comparison(figure: &DigitisedFigure, reference: usize) -> Vec<String> {
    let input = figure.input();
    if input.groups.len() < 2 {
        return Vec::new();
    }
    let incidence = input.kind == FigureKind::Incidence;
    let found = match between_groups(figure, reference) {
        Ok(found) => found,
        Err(why) => return vec![results::not_compared(words::not_compared(why))],
    };
    let group = |place: usize| input.groups.get(place).map_or("", |group| group.name.as_str());
    let mut lines = vec![words::OF_RECONSTRUCTION.to_owned()];
    lines.push(match found.test {
        Some(test) => results::group_test(test, incidence),
        None => results::no_group_test(incidence).to_owned(),
    });
    for each in &found.ratios {
        let against = results::against(group(each.group), group(reference));
        let kinds = [
            (if incidence { "cause-specific HR" } else { "HR" }, each.hazard, true),
            ("subdistribution HR", each.subdistribution, incidence),
        ];
        for (kind, estimate, _) in kinds.into_iter().filter(|kind| kind.2) {
            let value = estimate.map_or_else(|| words::NO_RATIO.to_owned(), words::ratio_with_p);
            lines.push(format!("{against}: {kind} {value}"));
        }
        let printed = input.printed.as_ref();
        let printed =
            printed.filter(|printed| printed.group == group(each.group) && printed.reference == group(reference));
        if let (Some(printed), Some(hazard)) = (printed, each.hazard) {
            let distance = words::printed_distance(printed.ratio, printed.interval, hazard);
            lines.push(format!("{against}: {distance}"));
        }
    }
    lines
}

/// How two readings agree, for people.
pub fn agreement_report(found: &Agreement, unit: &str, text: &mut String) {
    let _ = writeln!(text, "\n{}", results::AGREEMENT);
    for differs in &found.differs {
        let _ = writeln!(text, "{}", words::figure_differs(*differs));
    }
    for curve in &found.curves {
        let _ = writeln!(
            text,
            "  {}: patients, events {}; medians {}; largest difference {}; mean {} points, limits {}",
            results::curve(&name(&curve.group), curve.of),
            results::counts(curve.patients, curve.events),
            results::medians(curve.median),
            results::largest(curve, unit),
            results::points(curve.mean),
            results::limits(curve.limits)
        );
        for at in &curve.at {
            let _ = writeln!(
                text,
                "    at {}: {:.1} % and {:.1} %, difference {} points",
                exact(at.time),
                100.0 * at.first,
                100.0 * at.second,
                results::points(at.difference())
            );
        }
    }
    for each in &found.ratios {
        let one = |found: Option<cotside_core::evidence::Ratio>| {
            found.map_or_else(|| words::NO_RATIO.to_owned(), words::ratio)
        };
        let _ = writeln!(
            text,
            "  {}: HR {} and {}, second over first {}",
            results::against(&name(&each.group), &name(&each.reference)),
            one(each.ratios[0]),
            one(each.ratios[1]),
            ratio(each.ratio_of_ratios())
        );
    }
    if !found.alone.is_empty() {
        let _ = writeln!(text, "{}", results::alone(&found.alone));
    }
    let _ = writeln!(text, "{}", words::LIMITS_DESCRIBE);
}
