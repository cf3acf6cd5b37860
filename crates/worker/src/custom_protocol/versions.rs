//! Earlier versions of the rules: what was corrected, and what that changes for the infant and the examples.

use cotside_core::infant::Infant;
use cotside_core::protocols::{ChangedAnswer, RULES, RULES_VERSION};
use cotside_words::en;
use cotside_words::en::own_page as words;
use cotside_words::html::{Html, element, list, plain, span, text};

use crate::custom_protocol::trial::{brief, differing};

/// What the rules changed since a version. `infant` is the one that is entered, `chosen` the version that is compared with.
pub fn html(infant: &Infant, chosen: &str) -> Html {
    if RULES.corrections.is_empty() {
        let none = words::first_version(RULES_VERSION);
        return element("p", &[("class", "quiet"), ("data-testid", "versions")], &[text(&none)]);
    }
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
    Html::when(!since.is_empty(), || {
        Html::all([
            plain("h4", words::CORRECTED_SINCE),
            list("", corrections),
            plain("h4", words::ANSWERS_FOR_INFANT),
            changed(words::SAME_FOR_INFANT, &answers),
            plain("h4", words::ANSWERS_FOR_EXAMPLES),
            examples(chosen),
        ])
    })
}

fn changed(none: &str, answers: &[ChangedAnswer]) -> Html {
    if answers.is_empty() {
        return span("p", "quiet", none);
    }
    list("", answers.iter().map(|answer| text(&sentence(answer))))
}

fn sentence(answer: &ChangedAnswer) -> String {
    words::then_and_now(
        answer.after.protocol.name,
        &brief(&answer.before),
        &brief(&answer.after),
    )
}

fn examples(version: &str) -> Html {
    let differing = differing(version);
    if differing.is_empty() {
        return span("p", "quiet", words::SAME_FOR_EXAMPLES);
    }
    let each = differing.iter().map(|(name, answers)| {
        let sentences: Vec<String> = answers.iter().map(sentence).collect();
        text(&format!("{name}. {}", sentences.join(" ")))
    });
    list("", each)
}
