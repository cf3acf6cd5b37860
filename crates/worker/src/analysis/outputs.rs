//! What leaves the page: the methods paragraph, the report, the script, the project.

use cotside_core::cohort::Nature;
use cotside_views::untyped::{Html, element, list, plain, span, text};
use std::collections::BTreeMap;

use crate::analysis::drawn::mark;
use crate::analysis::methods;
use crate::analysis::sections::{OUTPUTS, SECTIONS, Section};
use crate::analysis::selection::Analysis;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let button =
        |what: &str, label: &str| element("button", &[("type", "button"), ("data-export", what)], &[text(label)]);
    let copy = element(
        "button",
        &[("type", "button"), ("data-copy", "methods")],
        &[text("Copy")],
    );
    Html::all([
        plain("h2", "For the paper"),
        plain("h3", "Methods"),
        element(
            "p",
            &[("class", "reason"), ("data-testid", "methods")],
            &[text(&methods::sentences(analysis))],
        ),
        element("div", &[("class", "tools")], &[copy]),
        plain("h3", "Files"),
        element(
            "div",
            &[("class", "tools")],
            &[
                button("report.html", "Report (HTML)"),
                button("numbers.csv", "All numbers (CSV)"),
                button("project.json", "Project"),
            ],
        ),
        span(
            "p",
            "quiet",
            "The report is one file with everything above and needs no network. The project holds settings, names of columns \
             and the texts that stand for codes, and no row of the file: open it beside the same file, or another.",
        ),
        element(
            "div",
            &[("class", "tools")],
            &[
                button("script.R", "Script for R"),
                button("values.csv", "Groups and findings by row (CSV)"),
            ],
        ),
        span(
            "p",
            "quiet",
            "The script reads your own file (of a workbook and of pasted rows: its rows as CSV, saved above), computes everything anew with R’s survival and cmprsk, and, with both tables \
             beside it, says how far its numbers are from those of this page. Rules of protocols are not in it: it takes \
             their groups from the table by row.",
        ),
    ])
}

/// The parts of the results that stand in a report.
fn reported() -> impl Iterator<Item = &'static Section> {
    SECTIONS.iter().filter(|section| section.part != OUTPUTS)
}

/// The report: one file that needs nothing else. `made` are the parts as they stand on the page, `beside` is what is said
/// of the file.
pub fn report(analysis: &Analysis<'_>, beside: &str, made: &BTreeMap<&'static str, String>) -> String {
    let study = analysis.study;
    let parts = reported().filter_map(|section| made.get(section.part));
    let parts: String = parts.map(|html| without_controls(html)).collect();
    let mut body = vec![plain("h1", &study.name)];
    if study.nature != Nature::Patients {
        body.push(span("p", "mark", mark(study.nature)));
    }
    body.push(Html::trusted(beside.to_owned()));
    body.push(Html::trusted(parts));
    body.push(plain("h2", "Methods"));
    body.push(plain("p", &methods::sentences(analysis)));
    body.push(plain("h2", "Sources of the methods"));
    body.push(list("", methods::sources(analysis).lines().map(text)));
    body.push(span(
        "p",
        "quiet",
        "For education, research and protocol reference. Not a medical device.",
    ));
    let title = plain("title", &study.name).into_string();
    let body = element("body", &[], &[element("main", &[], &body)]).into_string();
    [
        HEAD,
        &title,
        include_str!("report.css"),
        "</style></head>",
        &body,
        "</html>\n",
    ]
    .concat()
}

const HEAD: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
     <meta name=\"viewport\" content=\"width=device-width\">\
     <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";

/// A part without what only works on the page. All texts are escaped, so that every tag is one of ours.
fn without_controls(part: &str) -> String {
    let mut html = part.to_owned();
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

fn without(html: &str, from: &str, to: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(html.len()), html);
    while let Some((before, cut)) = rest.split_once(from) {
        kept.push_str(before);
        rest = cut.split_once(to).map_or("", |(_, behind)| behind);
    }
    kept + rest
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
    }
}
