//! The parts of the results: in which order they stand and are made, and which settings touch them.

use cotside_words::lang::survival_results::NO_PATIENT;
use maud::{Markup, html};

use crate::analysis::selection::Analysis;
use crate::analysis::settings::Concern;
use crate::analysis::{
    adjusted, causes, comparison, cure, curves, describe, difference, discrimination, endpoint_panels, estimates,
    hazards, incidence, included, key_numbers, methods, outputs, parametric, predicted, protocols, reporting,
    subgroups, transplant,
};

/// A part of the results.
pub struct Section {
    /// Its name on the page.
    pub part: &'static str,
    /// Whether it is on the page only: a report says the same elsewhere.
    pub of_page: bool,
    /// Whether it has a figure.
    draws: bool,
    /// Whether it tells of the times of the setting `at`.
    tells_times: bool,
    /// Another part, of which this one tells something; empty for none.
    changes_with: &'static str,
    /// Does a part of what takes long; whether all is done.
    prepare: fn(&Analysis<'_>) -> bool,
    make: fn(&Analysis<'_>) -> Markup,
}

/// The part that tells of all others.
pub const OUTPUTS: &str = "outputs";
/// The part that tells what the others hold.
const REPORTING: &str = "reporting";

/// All parts, as they stand on the page and are made: what takes long comes last.
pub const SECTIONS: &[Section] = &[
    section("included", included::html),
    section("key_numbers", key_numbers::html)
        .with_times()
        .with_changes_of("comparison"),
    section("curves", curves::html).drawn(),
    section("estimates", estimates::html)
        .with_times()
        .with_changes_of("comparison"),
    section("comparison", comparison::html).with_times(),
    section("difference", difference::html).drawn(),
    section("panels", endpoint_panels::html)
        .drawn()
        .with_changes_of("comparison"),
    section("describe", describe::html),
    section("competing", incidence::html).drawn().with_times(),
    section("causes", causes::html),
    section("transplant", transplant::html).drawn(),
    section("models", hazards::html).drawn(),
    section("predicted", predicted::html)
        .drawn()
        .with_times()
        .with_changes_of("models"),
    section("adjusted", adjusted::html).drawn().with_times(),
    section("cure", cure::html).drawn(),
    section("parametric", parametric::html)
        .drawn()
        .with_times()
        .with_changes_of("models"),
    section("subgroups", subgroups::html).drawn(),
    section("protocols", protocols::html),
    section("discrimination", discrimination::html)
        .with_times()
        .prepared(discrimination::prepare),
    section("survival_methods", methods::survival_part)
        .of_page()
        .with_times()
        .with_changes_of("comparison"),
    section("competing_methods", methods::competing_part)
        .of_page()
        .with_times(),
    section("transplant_methods", methods::transplant_part)
        .of_page()
        .with_changes_of("transplant"),
    section("cox_methods", methods::cox_part)
        .of_page()
        .with_changes_of("models"),
    section("adjusted_methods", methods::adjusted_part)
        .of_page()
        .with_changes_of("adjusted"),
    section("cure_methods", methods::cure_part)
        .of_page()
        .with_changes_of("cure"),
    section("parametric_methods", methods::parametric_part)
        .of_page()
        .with_changes_of("models"),
    section("subgroups_methods", methods::subgroups_part).of_page(),
    section(REPORTING, reporting::html),
    section(OUTPUTS, outputs::html).of_page(),
];

const fn section(part: &'static str, make: fn(&Analysis<'_>) -> Markup) -> Section {
    Section {
        part,
        of_page: false,
        draws: false,
        tells_times: false,
        changes_with: "",
        prepare: |_| true,
        make,
    }
}

impl Section {
    const fn drawn(self) -> Self {
        Self { draws: true, ..self }
    }

    const fn of_page(self) -> Self {
        Self { of_page: true, ..self }
    }

    const fn with_times(self) -> Self {
        Self {
            tells_times: true,
            ..self
        }
    }

    /// The part changes with the settings of another one, of which it tells something.
    const fn with_changes_of(self, part: &'static str) -> Self {
        Self {
            changes_with: part,
            ..self
        }
    }

    const fn prepared(self, prepare: fn(&Analysis<'_>) -> bool) -> Self {
        Self { prepare, ..self }
    }

    /// Does a part of what takes long; whether the part can be made.
    pub fn is_prepared(&self, analysis: &Analysis<'_>) -> bool {
        (self.prepare)(analysis)
    }

    /// Whether a change of this kind touches the part.
    pub fn is_touched(&self, concern: Concern) -> bool {
        match concern {
            Concern::Patients => true,
            // The methods tell of everything but how it is drawn.
            Concern::Times | Concern::Part(_) if [OUTPUTS, REPORTING].contains(&self.part) => true,
            Concern::Times => self.tells_times,
            Concern::Part(part) => part == self.part || part == self.changes_with,
            Concern::Drawing => self.draws,
        }
    }

    /// The part.
    pub fn html(&self, analysis: &Analysis<'_>) -> Markup {
        let nobody = analysis.follow_up().is_none();
        match self.part {
            "included" if nobody && !analysis.nobody => {
                html! { ((self.make)(analysis)) p.remark.invalid { (NO_PATIENT) } }
            }
            "protocols" | "included" => (self.make)(analysis),
            "describe" if analysis.nobody => (self.make)(analysis),
            _ if nobody => Markup::default(),
            _ => (self.make)(analysis),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SECTIONS;

    #[test]
    fn the_page_has_a_place_for_each_part() {
        let parts: Vec<_> = SECTIONS.iter().map(|section| section.part).collect();
        assert_eq!(parts, cotside_messages::RESULT_PARTS);
    }
}
