//! Drawings as last reviewed.
//!
//! A drawing that differs fails. Look at the new one (written next to the old one, as `<name>.snap.new.svg`); if it is
//! better, update all with `INSTA_UPDATE=always cargo test -p cotside-figures --test golden`, and commit. (`cargo insta
//! review` shows them one by one.)

#![allow(clippy::unwrap_used, clippy::panic)]

mod samples;

use cotside_figures::incidence::Layout;
use cotside_figures::{AxisUnit, Few, Palette, Scene, StandaloneOptions, Style, TableForm};
use samples::{published, three_groups, two_causes};

fn compare(name: &str, scene: &Scene) {
    let drawn = scene
        .to_standalone_svg(StandaloneOptions::default())
        .replace("><", ">\n<")
        + "\n";
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // A separate file, so that a browser can show it.
    settings.bind(|| insta::assert_binary_snapshot!(&format!("{name}.svg"), drawn.into_bytes()));
}

fn lettered(panel: char, style: Style) -> Style {
    Style {
        panel: Some(panel),
        ..style
    }
}

#[test]
fn survival_in_one_column() {
    compare("survival-89mm", &three_groups().scene());
}

#[test]
fn survival_in_two_columns_with_published_points() {
    let mut figure = three_groups();
    figure.published = published();
    figure.options.style = lettered('A', Style::TWO_COLUMNS);
    figure.options.table = TableForm::Events;
    compare("survival-183mm-published", &figure.scene());
}

#[test]
fn incidence_of_events_in_months() {
    let mut figure = three_groups();
    figure.curves.truncate(2);
    figure.shown = cotside_figures::curve::Shown::Incidence;
    figure.options.style = lettered('A', Style::MIDDLE);
    figure.options.unit = AxisUnit::Months;
    figure.options.to = Some(6.0);
    figure.options.time_label = "Months".into();
    figure.options.value_label = "Events (%)".into();
    figure.options.table = TableForm::AtRisk;
    compare("survival-120mm-incidence", &figure.scene());
}

#[test]
fn one_curve_from_half_way_up() {
    let mut figure = three_groups();
    figure.lettering = samples::lettering("");
    figure.options.style.panel = None;
    figure.curves = vec![samples::group("", 5, 30, 0.8, 0.5)];
    figure.options.percent = (50.0, 100.0);
    compare("survival-broken-axis", &figure.scene());
}

#[test]
fn names_that_do_not_fit_at_the_ends() {
    let mut figure = three_groups();
    for (curve, name) in figure.curves.iter_mut().zip([
        "KMT2A germline, any age and white-cell count",
        "KMT2A rearranged, older than 6 months or white cells below 300",
        "고위험군: KMT2A 재배열, 6개월 미만",
    ]) {
        curve.label = name.into();
    }
    figure.options.table = TableForm::AtRisk;
    compare("survival-long-names", &figure.scene());
}

#[test]
fn a_figure_for_a_journal_that_prints_grey() {
    let mut figure = three_groups();
    figure.options.style = Style {
        palette: Palette::Grey,
        title: false,
        caption: false,
        mark: "Synthetic data",
        text_pt: 6.0,
        ..lettered('B', Style::ONE_COLUMN)
    };
    figure.options.fraction = true;
    figure.options.percent = (20.0, 100.0);
    figure.options.to = Some(6.0);
    figure.options.steps = (Some(1.0), Some(10.0));
    figure.options.few = Few::Below(20.0);
    figure.options.few_end = true;
    figure.options.direct_labels = false;
    figure.options.table = TableForm::AtRisk;
    compare("survival-89mm-grey", &figure.scene());
}

#[test]
fn incidence_of_two_causes() {
    compare("incidence-causes", &two_causes().scene());
}

#[test]
fn incidence_of_two_causes_in_two_groups() {
    let mut figure = two_causes();
    figure.groups = vec![
        samples::competing("Medium risk", 23, 120, 0.45, 1.1),
        samples::competing("High risk", 37, 48, 0.18, 1.6),
    ];
    figure.options.style = lettered('B', Style::MIDDLE);
    figure.options.bands = false;
    figure.options.table = TableForm::AtRisk;
    compare("incidence-groups", &figure.scene());
}

#[test]
fn incidence_in_a_panel_for_each_cause() {
    let mut figure = two_causes();
    figure.groups = vec![
        samples::competing("Medium risk", 23, 120, 0.45, 1.1),
        samples::competing("High risk", 37, 48, 0.18, 1.6),
    ];
    for (group, n) in figure.groups.iter_mut().zip([120, 48]) {
        group.end_label = format!("{} (n = {n})", group.label);
    }
    figure.layout = Layout::Causes;
    figure.notes = vec!["Gray’s P = 0.0021".into(), "Gray’s P = 0.64".into()];
    figure.options.style = lettered('B', Style::TWO_COLUMNS);
    figure.options.bands = false;
    compare("incidence-panels-183mm", &figure.scene());
    figure.options.style = Style {
        palette: Palette::Grey,
        title: false,
        mark: "Synthetic data",
        ..lettered('B', Style::ONE_COLUMN)
    };
    figure.options.direct_labels = false;
    compare("incidence-panels-89mm-grey", &figure.scene());
}

#[test]
fn differences_from_the_reference() {
    let mut figure = samples::differences();
    compare("difference-120mm", &figure.scene());
    // A group keeps the colour that it was given.
    figure.options.colours = vec![2, 1, 0];
    figure.options.bands = false;
    figure.options.style = lettered('B', Style::ONE_COLUMN);
    compare("difference-89mm-colours", &figure.scene());
}

#[test]
fn endpoints_in_panels() {
    let mut figure = samples::endpoints();
    compare("endpoints-183mm", &figure.scene());
    figure.options.style = Style {
        palette: Palette::Grey,
        ..Style::ONE_COLUMN
    };
    figure.options.table = TableForm::None;
    compare("endpoints-89mm-grey", &figure.scene());
}

#[test]
fn incidence_stacked() {
    let mut figure = two_causes();
    figure.layout = Layout::Stacked;
    compare("incidence-stacked", &figure.scene());
    figure.groups = vec![
        samples::competing("Medium risk", 23, 120, 0.45, 1.1),
        samples::competing("High risk", 37, 48, 0.18, 1.6),
    ];
    figure.options.style = lettered('B', Style::TWO_COLUMNS);
    compare("incidence-stacked-groups", &figure.scene());
}

#[test]
fn forest_of_a_model() {
    let mut figure = samples::model();
    compare("forest-89mm", &figure.scene());
    figure.style = lettered('C', Style::TWO_COLUMNS);
    compare("forest-183mm", &figure.scene());
}

#[test]
fn forest_of_percentages() {
    compare("forest-percent", &samples::percentages().scene());
}

#[test]
fn whether_hazards_are_proportional() {
    compare("log-log", &samples::log_log().scene());
    compare("schoenfeld", &samples::schoenfeld().scene());
}

#[test]
fn a_spline_on_both_kinds_of_axis() {
    compare("spline-logarithmic", &samples::spline(true).scene());
    compare("spline-linear", &samples::spline(false).scene());
}

#[test]
fn power_over_size_in_one_and_a_half_columns() {
    let line = |label: &str, half: f64| cotside_figures::power::PowerLine {
        label: label.to_owned(),
        points: (1..=40)
            .map(|step| f64::from(step) * 8.0)
            .map(|size| (size, size / (size + half)))
            .collect(),
    };
    let figure = cotside_figures::power::PowerFigure {
        lettering: samples::lettering("Power over the size of the study"),
        style: Style::MIDDLE,
        size_label: "Patients".into(),
        power_label: "Power (%)".into(),
        lines: vec![
            line("Hazard ratio 0.6", 50.0),
            line("Hazard ratio 0.5", 20.0),
            line("Hazard ratio 0.7", 120.0),
        ],
        planned: Some((200.0, 0.8)),
    };
    compare("power-120mm", &figure.scene());
}
