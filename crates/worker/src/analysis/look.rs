//! How figures look: what journals ask for, as controls and as options of the drawings.

use cotside_core::decimal;
use cotside_figures::curve::Shown;
use cotside_figures::{Few, Palette, PlotOptions, Style, TableForm, TimeUnit};
use cotside_words::capital;
use cotside_words::html::{Html, element, labelled, option, plain, select};

/// A control with a list of values, the first of them its own choice.
type Choice = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const YES_NO: &[(&str, &str)] = &[("yes", "yes"), ("no", "no")];
const NO_YES: &[(&str, &str)] = &[("no", "no"), ("yes", "yes")];

/// What is written and how large; what stands under the axis.
const SIZE: &[Choice] = &[
    (
        "width",
        "Width",
        &[
            ("120", "120 mm"),
            ("89", "89 mm, one column"),
            ("183", "183 mm, two columns"),
        ],
    ),
    (
        "text",
        "Letters",
        &[
            ("7", "7 pt"),
            ("5", "5 pt"),
            ("6", "6 pt"),
            ("8", "8 pt"),
            ("9", "9 pt"),
        ],
    ),
    ("title", "Title", NO_YES),
    ("caption", "Caption in the drawing", NO_YES),
    (
        "table",
        "Under the axis",
        &[
            ("kmunicate", "at risk, censored, events"),
            ("at-risk", "at risk"),
            ("events", "at risk (events)"),
            ("none", "nothing"),
        ],
    ),
];

const AXES: &[Choice] = &[
    (
        "shown",
        "Curves show",
        &[("survival", "survival"), ("incidence", "1 − survival")],
    ),
    ("values", "Values", &[("percent", "per cent"), ("fraction", "0 to 1")]),
    ("unit", "Time in", &[("years", "years"), ("months", "months")]),
];

/// Numbers; empty where the drawing chooses.
const ENDS: &[(&str, &str)] = &[
    ("time-from", "Time axis from"),
    ("time-to", "Time axis to"),
    ("time-step", "Time ticks every"),
    ("low", "Value axis from (%)"),
    ("high", "Value axis to (%)"),
    ("value-step", "Value ticks every (%)"),
];

const LINES: &[Choice] = &[
    (
        "lines",
        "Lines",
        &[
            ("both", "colours and dashes"),
            ("colour", "colours alone"),
            ("grey", "greys and dashes"),
        ],
    ),
    (
        "names",
        "Names",
        &[("ends", "at the curves’ ends"), ("legend", "in a legend")],
    ),
    ("bands", "Bands", YES_NO),
    ("censored", "Marks of the censored", YES_NO),
    (
        "few",
        "Few at risk are",
        &[
            ("tenth", "fewer than 5 or a tenth"),
            ("10", "fewer than 10"),
            ("20", "fewer than 20"),
        ],
    ),
    (
        "where-few",
        "Where few are, curves",
        &[("thin", "are thin"), ("end", "end"), ("on", "go on")],
    ),
];

/// How figures look: every value that is not the control's own choice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look(Vec<(&'static str, String)>);

impl Look {
    /// Takes a setting by the name of its control; what is not understood leaves it as it is.
    pub fn set(&mut self, name: &str, value: &str) {
        let value = value.trim();
        let choice = choices().find(|choice| choice.0 == name);
        let number = ENDS.iter().find(|(known, _)| *known == name);
        let (name, accepted) = match (choice, number) {
            (Some((name, _, options)), _) => (*name, options.iter().any(|(known, _)| *known == value)),
            (None, Some((name, _))) => (*name, value.is_empty() || read(value).is_some()),
            (None, None) if name == "panel" => (
                "panel",
                value
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || !letter.is_ascii()),
            ),
            (None, None) => return,
        };
        if accepted {
            self.0.retain(|(known, _)| *known != name);
            self.0.push((name, value.to_owned()));
        }
    }

    /// The value of a control; empty where a number is left to the drawing.
    fn value(&self, name: &str) -> &str {
        let chosen = self.0.iter().find(|(known, _)| *known == name);
        let own = || {
            choices()
                .find(|choice| choice.0 == name)?
                .2
                .first()
                .map(|first| first.0)
        };
        chosen.map(|(_, value)| value.as_str()).or_else(own).unwrap_or_default()
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    fn number(&self, name: &str) -> Option<f64> {
        read(self.value(name))
    }

    /// Which way curves run.
    pub fn shown(&self) -> Shown {
        if self.is("shown", "incidence") {
            Shown::Incidence
        } else {
            Shown::Survival
        }
    }

    /// Unit of time axes.
    pub fn unit(&self) -> TimeUnit {
        if self.is("unit", "months") {
            TimeUnit::Months
        } else {
            TimeUnit::Years
        }
    }

    /// Size, letters and colours of every figure; `mark` says what the data are where they are no patients'.
    pub fn style(&self, mark: &'static str) -> Style {
        Style {
            width_mm: self.number("width").unwrap_or(120.0),
            text_pt: self.number("text").unwrap_or(7.0),
            palette: if self.is("lines", "grey") {
                Palette::Grey
            } else {
                Palette::Colour
            },
            panel: self.value("panel").chars().next(),
            title: self.is("title", "yes"),
            caption: self.is("caption", "yes"),
            mark,
        }
    }

    /// How curves are drawn, whose values are `what` (a name for the axis, without its unit).
    pub fn plot(&self, what: &str, style: Style) -> PlotOptions {
        let months = self.is("unit", "months");
        let unit = if months { TimeUnit::Months } else { TimeUnit::Years };
        let fraction = self.is("values", "fraction");
        let years = |name| self.number(name).map(|time: f64| time / unit.in_a_year());
        PlotOptions {
            style,
            unit,
            time_label: match unit {
                TimeUnit::Months => "Months",
                TimeUnit::Years => "Years",
            }
            .to_owned(),
            value_label: capital(what) + if fraction { "" } else { " (%)" },
            from: years("time-from"),
            to: years("time-to"),
            percent: (self.number("low").unwrap_or(0.0), self.number("high").unwrap_or(100.0)),
            steps: (self.number("time-step"), self.number("value-step")),
            fraction,
            bands: self.is("bands", "yes"),
            censor_ticks: self.is("censored", "yes"),
            few: match (self.is("where-few", "on"), self.number("few")) {
                (true, _) => Few::Never,
                (false, Some(limit)) => Few::Below(limit),
                (false, None) => Few::FiveOrTenth,
            },
            few_end: self.is("where-few", "end"),
            dashes: !self.is("lines", "colour"),
            direct_labels: self.is("names", "ends"),
            table: match self.value("table") {
                "none" => TableForm::None,
                "at-risk" => TableForm::AtRisk,
                "events" => TableForm::Events,
                _ => TableForm::Kmunicate,
            },
            ..PlotOptions::default()
        }
    }

    /// The controls, folded.
    pub fn html(&self) -> Html {
        let choices = |list: &[Choice]| Html::all(list.iter().map(|choice| self.choice(choice)));
        let ends = Html::all(ENDS.iter().map(|(name, label)| self.typed(name, label, "4")));
        let group = |name: &str, controls: &[Html]| {
            let legend = plain("legend", name);
            element(
                "fieldset",
                &[("class", "tools")],
                &[legend, Html::all(controls.iter().cloned())],
            )
        };
        element(
            "details",
            &[("class", "more"), ("data-testid", "look")],
            &[
                plain("summary", "Figures: size, axes, lines, letters"),
                group(
                    "Size and words",
                    &[choices(SIZE), self.typed("panel", "Panel letter", "2")],
                ),
                group("Axes", &[choices(AXES), ends]),
                group("Lines", &[choices(LINES)]),
            ],
        )
    }

    fn choice(&self, (name, label, options): &Choice) -> Html {
        let chosen = self.value(name);
        let options = options
            .iter()
            .map(|(value, words)| option(value, words, *value == chosen));
        labelled(label, select(name, label, options))
    }

    fn typed(&self, name: &str, label: &str, size: &str) -> Html {
        let attributes = [
            ("type", "text"),
            ("name", name),
            ("value", self.value(name)),
            ("size", size),
        ];
        labelled(label, element("input", &attributes, &[]))
    }
}

fn choices() -> impl Iterator<Item = &'static Choice> {
    [SIZE, AXES, LINES].into_iter().flatten()
}

/// A number that is 0 or more; a decimal comma is accepted.
fn read(text: &str) -> Option<f64> {
    decimal::parse(&text.replace(',', ".")).filter(|value| value.is_finite() && *value >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_changes_nothing() {
        let mut look = Look::default();
        for (name, value) in [
            ("width", "7"),
            ("time-to", "-1"),
            ("time-to", "x"),
            ("low", "inf"),
            ("panel", "<"),
            ("x", "y"),
        ] {
            look.set(name, value);
        }
        assert_eq!(look, Look::default());
        look.set("width", "89");
        look.set("panel", "B");
        let style = look.style("Synthetic data");
        assert_eq!(
            (style.width_mm, style.panel, style.mark),
            (89.0, Some('B'), "Synthetic data")
        );
    }

    #[test]
    fn ends_of_the_axis_are_in_its_unit_and_can_be_taken_back() {
        let mut look = Look::default();
        look.set("unit", "months");
        look.set("time-to", "60");
        look.set("time-step", "12");
        look.set("low", "40,5");
        let plot = look.plot("Event-free survival", Style::MIDDLE);
        assert_eq!((plot.to, plot.steps.0, plot.percent.0), (Some(5.0), Some(12.0), 40.5));
        look.set("time-to", "");
        assert_eq!(look.plot("", Style::MIDDLE).to, None);
        assert_eq!(plot.value_label, "Event-free survival (%)");
    }

    #[test]
    fn where_few_remain() {
        let mut look = Look::default();
        assert_eq!(look.plot("", Style::MIDDLE).few, Few::FiveOrTenth);
        look.set("few", "20");
        look.set("where-few", "end");
        assert_eq!(
            (look.plot("", Style::MIDDLE).few, look.plot("", Style::MIDDLE).few_end),
            (Few::Below(20.0), true)
        );
        look.set("where-few", "on");
        assert_eq!(look.plot("", Style::MIDDLE).few, Few::Never);
    }

    #[test]
    fn every_control_shows_what_was_chosen() {
        for (name, _, options) in choices() {
            for (value, _) in *options {
                let mut look = Look::default();
                look.set(name, value);
                let chosen = format!("<option value=\"{value}\" selected=\"\">");
                assert!(look.html().into_string().contains(&chosen), "{name} {value}");
            }
        }
    }
}
