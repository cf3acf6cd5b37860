//! Earlier versions of the rules: what was corrected, and what that changes for the infant and the examples.

use cotside_core::infant::Infant;
use cotside_core::protocols::{ChangedAnswer, RULES, RULES_VERSION};
use cotside_views::{list, original};
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use maud::{Markup, html};

use crate::custom_protocol::trial::{brief, differing};

/// What the rules changed since a version. `infant` is the one that is entered, `chosen` the version that is compared with.
pub fn html(infant: &Infant, chosen: &str) -> Markup {
    if RULES.corrections.is_empty() {
        return html! { p.quiet data-testid="versions" { (words::first_version(RULES_VERSION)) } };
    }
    let since = RULES.since(chosen).unwrap_or_default();
    let corrections = since.iter().map(|correction| {
        original(&format!(
            "{} ({}), {}: {} [{}]",
            correction.version,
            correction.date,
            correction.protocol,
            correction.changed.text,
            lang::citation(&correction.changed.cite)
        ))
    });
    let answers = RULES.changed_answers(chosen, infant).unwrap_or_default();
    html! {
        @if !since.is_empty() {
            h4 { (words::CORRECTED_SINCE) }
            (list(corrections))
            h4 { (words::ANSWERS_FOR_INFANT) }
            (list_or(words::SAME_FOR_INFANT, answers.iter().map(sentence).collect()))
            h4 { (words::ANSWERS_FOR_EXAMPLES) }
            (examples(chosen))
        }
    }
}

/// Sentences, or what is said where there are none.
fn list_or(none: &str, sentences: Vec<String>) -> Markup {
    html! { @if sentences.is_empty() { p.quiet { (none) } } @else { (list(sentences)) } }
}

fn sentence(answer: &ChangedAnswer) -> String {
    words::then_and_now(
        lang::protocol_name(answer.after.protocol),
        &brief(&answer.before),
        &brief(&answer.after),
    )
}

fn examples(version: &str) -> Markup {
    let of_example = |(name, answers): (String, Vec<ChangedAnswer>)| {
        let sentences: Vec<String> = answers.iter().map(sentence).collect();
        format!("{name}. {}", sentences.join(" "))
    };
    let sentences = differing(version).into_iter().map(of_example);
    list_or(words::SAME_FOR_EXAMPLES, sentences.collect())
}
