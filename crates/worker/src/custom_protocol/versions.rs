//! Earlier versions of the rules: what was corrected, and what that changes for the infant and the examples.

use cotside_core::infant::Infant;
use cotside_core::protocols::{ChangedAnswer, RULES, RULES_VERSION};
use cotside_words::en;
use cotside_words::html::{Html, element, list, option, plain, select, span, text};

use crate::custom_protocol::controls::labelled;
use crate::custom_protocol::trial::{brief, differing};

/// The choice of a version, and what it changes. `infant` is the one that is entered, `chosen` the version asked for.
pub fn html(infant: &Infant, chosen: &str) -> Html {
    let title = plain("h3", "Versions of the rules");
    if RULES.corrections.is_empty() {
        let none = format!(
            "Rules {RULES_VERSION} is the first version: no rule has been corrected since, so there is no earlier one to \
             choose. Each correction will be listed here with its source, and with the answers that it changes for this \
             infant and for the examples."
        );
        return Html::all([
            title,
            element("p", &[("class", "quiet"), ("data-testid", "versions")], &[text(&none)]),
        ]);
    }
    let versions = RULES.versions();
    let options = versions.iter().rev().map(|version| {
        let name = if *version == RULES_VERSION {
            format!("{version} (now)")
        } else {
            (*version).to_owned()
        };
        option(version, &name, *version == chosen)
    });
    let since = RULES.since(chosen).unwrap_or_default();
    let corrections = since.iter().map(|correction| {
        text(&format!(
            "{} ({}), {}: {} [{}]",
            correction.version,
            correction.date,
            correction.protocol,
            correction.changed.text,
            en::citation(&correction.changed.cite)
        ))
    });
    let answers = RULES.changed_answers(chosen, infant).unwrap_or_default();
    Html::all([
        title,
        labelled("Compare with", "", select("rules", "Compare with", options)),
        Html::when(!since.is_empty(), || {
            Html::all([
                plain("h4", "Corrected since"),
                list("", corrections),
                plain("h4", "Answers for this infant"),
                changed("No answer for this infant is another.", &answers),
                plain("h4", "Answers for the examples"),
                examples(chosen),
            ])
        }),
    ])
}

fn changed(none: &str, answers: &[ChangedAnswer]) -> Html {
    if answers.is_empty() {
        return span("p", "quiet", none);
    }
    list("", answers.iter().map(|answer| text(&sentence(answer))))
}

fn sentence(answer: &ChangedAnswer) -> String {
    format!(
        "{}: then {}, now {}.",
        answer.after.protocol.name,
        brief(&answer.before),
        brief(&answer.after)
    )
}

fn examples(version: &str) -> Html {
    let differing = differing(version);
    if differing.is_empty() {
        return span("p", "quiet", "No answer for an example is another.");
    }
    let each = differing.iter().map(|(name, answers)| {
        let sentences: Vec<String> = answers.iter().map(sentence).collect();
        text(&format!("{name}. {}", sentences.join(" ")))
    });
    list("", each)
}
