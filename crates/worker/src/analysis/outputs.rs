//! What leaves the page: the methods paragraph, the report, the script, the project.

use cotside_core::cohort::Nature;
use cotside_messages::CureDistribution;
use cotside_views::{copy_button, english, export_button, list, original, trusted};
use cotside_words::lang::{self, export_results as words};
use maud::{DOCTYPE, Markup, html};
use std::collections::BTreeMap;

use crate::analysis::sections::{SECTIONS, Section};
use crate::analysis::selection::Analysis;
use crate::analysis::{adjusted, endpoint_panels, methods};

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    html! {
        h2 { (words::EXPORT) }
        h3 { (words::METHODS) }
        p.reason data-testid="methods" lang=[english()] { (methods::sentences(analysis)) }
        div.tools { (copy_button("methods", words::COPY)) }
        h3 { (words::FILES) }
        div.tools {
            (export_button("report.html", words::REPORT))
            (export_button("numbers.csv", words::NUMBERS))
            (export_button("project.json", words::SAVE_SETTINGS))
        }
        p.quiet { (words::REPORT_NOTE) }
        div.tools {
            (export_button("script.R", words::R_SCRIPT))
            (export_button("script.qmd", words::QUARTO))
            (export_button("values.csv", words::PATIENT_LEVEL))
        }
        p.quiet { (words::R_SCRIPT_NOTE) }
        div.tools {
            (export_button("adtte.csv", words::ADTTE))
            (export_button("adtte-define.csv", words::ADTTE_DEFINE))
        }
        p.quiet { (words::ADTTE_NOTE) }
        div.tools {
            (export_button("sources.ris", words::RIS))
            (export_button("sources.bib", words::BIBTEX))
        }
    }
}

/// The parts of the results that stand in a report.
fn reported() -> impl Iterator<Item = &'static Section> {
    SECTIONS.iter().filter(|section| !section.of_page)
}

/// The report: one file that needs nothing else. `made` are the parts as they stand on the page, `beside` is what is said
/// of the file.
pub fn report(analysis: &Analysis<'_>, beside: &str, made: &BTreeMap<&'static str, String>) -> String {
    let study = analysis.study;
    // What was not asked for is not reported.
    let is_asked = |section: &&Section| match section.part {
        "panels" => endpoint_panels::figure(analysis).is_some(),
        "adjusted" => adjusted::adjusted(analysis).is_ok(),
        "cure" => analysis.settings.cure_distribution != CureDistribution::None,
        _ => true,
    };
    let parts = reported().filter(is_asked).filter_map(|section| made.get(section.part));
    let parts: String = parts.map(|html| without_controls(html)).collect();
    let page = html! {
        (DOCTYPE)
        html lang=(lang::CODE) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (study.name) }
                style { (trusted(include_str!("report.css").to_owned())) }
            }
            body {
                main {
                    h1 { (study.name) }
                    @if study.nature != Nature::Patients { p.mark { (words::nature_mark(study.nature)) } }
                    (trusted(beside.to_owned()))
                    (trusted(parts))
                    h2 { (words::METHODS) }
                    p lang=[english()] { (methods::sentences(analysis)) }
                    h2 { (words::SOURCES) }
                    (list(methods::sources(analysis).into_iter().map(original)))
                    p.quiet { (words::INTENDED_USE) }
                }
            }
        }
    };
    page.into_string() + "\n"
}

/// A part without what only works on the page. All texts are escaped, so that every tag is one of ours.
fn without_controls(part: &str) -> String {
    let mut html = without_links(part);
    for (from, to) in [
        ("<div class=\"tools\"", "</div>"),
        ("<button", "</button>"),
        ("<input", ">"),
        ("</input", ">"),
    ] {
        html = without(&html, from, to);
    }
    html
}

/// Links become their texts: a report has all results, and no address.
fn without_links(part: &str) -> String {
    let (mut left, mut rest) = (String::with_capacity(part.len()), part);
    while let Some((before, link)) = rest.split_once("<a ") {
        left.push_str(before);
        rest = link.split_once('>').map_or("", |(_, behind)| behind);
    }
    (left + rest).replace("</a>", "")
}

fn without(html: &str, from: &str, to: &str) -> String {
    let (mut left, mut rest) = (String::with_capacity(html.len()), html);
    while let Some((before, cut)) = rest.split_once(from) {
        left.push_str(before);
        rest = cut.split_once(to).map_or("", |(_, behind)| behind);
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_left_out_and_texts_stay() {
        let part = "<p>a</p><div class=\"tools\"><label>x <select><option>1</option></select></label></div>\
             <label><input type=\"checkbox\" checked=\"\"></input> Age &lt;input&gt;</label><button>b</button>c";
        assert_eq!(without_controls(part), "<p>a</p><label> Age &lt;input&gt;</label>c");
        assert_eq!(without_controls("<button"), "");
        let linked = "<p>72 events (<a href=\"analyse/#cox\">Cox</a>). <abbr>n</abbr></p>";
        assert_eq!(without_controls(linked), "<p>72 events (Cox). <abbr>n</abbr></p>");
    }
}
