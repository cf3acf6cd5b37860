//! How figures look: the options of a person as those of the drawings.

use cotside_core::cohort::{Nature, Origin};
use cotside_figures::curve::Shown;
use cotside_figures::{AxisUnit, Few, Followed, LEAST_FOR_BAND, Palette, PlotOptions, Style, TableForm, mature_end};
use cotside_messages::{
    Colours, CurveNames, CurveWeight, Direction, FigureOptions, LineStyle, LowNumber, LowNumberCurve, RiskTable, Shape,
    TimeAxisUnit, TimeEnd, ValueScale,
};
use cotside_words::en::export_results::nature_mark;
use cotside_words::en::figure_results as words;
use cotside_words::en::survival_results::{IN_MONTHS, IN_YEARS};
use cotside_words::{capital, en};

/// Which way curves run.
pub fn shown(options: &FigureOptions) -> Shown {
    match options.direction {
        Direction::Survival => Shown::Survival,
        Direction::Incidence => Shown::Incidence,
        Direction::CumulativeHazard => Shown::CumulativeHazard,
    }
}

/// Which way curves run whose cumulative hazard is not drawn.
pub fn shown_probability(options: &FigureOptions) -> Shown {
    match shown(options) {
        Shown::CumulativeHazard => Shown::Survival,
        other => other,
    }
}

/// Unit of time axes.
pub fn unit(options: &FigureOptions) -> AxisUnit {
    match options.unit {
        TimeAxisUnit::Years => AxisUnit::Years,
        TimeAxisUnit::Months => AxisUnit::Months,
    }
}

/// Size, letters and colours of every figure, with a mark where the data are no patients'.
pub fn style(options: &FigureOptions, nature: Nature) -> Style {
    Style {
        width_mm: options.width.mm(),
        text_pt: options.font_size.points(),
        palette: match options.lines {
            LineStyle::Grey => Palette::Grey,
            LineStyle::Both | LineStyle::Colour => match options.colours {
                Colours::Blue => Palette::Colour,
                Colours::Purple => Palette::Second,
            },
        },
        panel: options.panel,
        title: options.title,
        caption: options.caption,
        mark: nature_mark(nature),
    }
}

/// How curves are drawn, whose values are `what` (a name for the axis, without its unit), and whose time is counted from
/// `origin` where that is known.
pub fn plot(options: &FigureOptions, what: &str, style: Style, origin: Option<Origin>) -> PlotOptions {
    let unit = unit(options);
    let fraction = options.scale == ValueScale::Fraction;
    let years = |time: Option<f64>| time.map(|time| time / unit.in_a_year());
    PlotOptions {
        style,
        unit,
        time_label: time_axis(unit, origin),
        value_label: capital(what) + if fraction { "" } else { " (%)" },
        from: years(options.time_from),
        to: years(options.time_to),
        percent: (options.value_from.unwrap_or(0.0), options.value_to.unwrap_or(100.0)),
        steps: (options.time_step, options.value_step),
        fraction,
        bands: options.bands,
        censor_ticks: options.censoring_marks,
        few: match (options.low_number_curve, options.low_number) {
            (LowNumberCurve::Unchanged, _) => Few::Never,
            (_, LowNumber::FiveOrTenth) => Few::FiveOrTenth,
            (_, LowNumber::Ten) => Few::Below(10.0),
            (_, LowNumber::Twenty) => Few::Below(20.0),
        },
        few_end: options.low_number_curve == LowNumberCurve::Ends,
        dashes: options.lines != LineStyle::Colour,
        direct_labels: options.names == CurveNames::Ends,
        table: match options.table {
            RiskTable::Kmunicate => TableForm::Kmunicate,
            RiskTable::AtRisk => TableForm::AtRisk,
            RiskTable::Events => TableForm::Events,
            RiskTable::None => TableForm::None,
        },
        line_pt: match options.weight {
            CurveWeight::Usual => 1.2,
            CurveWeight::Thick => 3.0,
        },
        ratio: (options.shape == Shape::Slide).then_some(9.0 / 16.0),
        few_ticks: options.shape == Shape::Slide,
        ..PlotOptions::default()
    }
}

/// Ends the time axis where few of the largest group remain, unless it is told where or that all is drawn; `least` is a time in
/// years that stays on it. Returns what of that the caption has to say, and which groups have no band.
pub fn matured(
    drawn: &mut PlotOptions,
    options: &FigureOptions,
    groups: &[(&str, &Followed)],
    least: Option<f64>,
) -> String {
    let followed: Vec<&Followed> = groups.iter().map(|(_, followed)| *followed).collect();
    let in_a_year = drawn.unit.in_a_year();
    let is_open = drawn.to.is_none() && options.time_end == TimeEnd::Mature;
    let end = is_open.then(|| mature_end(&followed, in_a_year)).flatten();
    let end = end.filter(|end| drawn.from.is_none_or(|from| from < *end));
    let stays = least.unwrap_or(0.0);
    let cut = end.map(|end| {
        if stays > end {
            (stays * in_a_year).ceil() / in_a_year
        } else {
            end
        }
    });
    let mut said = String::new();
    if let Some(to) = cut {
        drawn.to = Some(to);
        let to = words::time(to * in_a_year, drawn.unit == AxisUnit::Months);
        said += &if stays > end.unwrap_or(0.0) {
            words::drawn_to(&to)
        } else {
            words::mature_to(&to)
        };
    }
    let few = groups.iter().filter(|(_, followed)| followed.number() < LEAST_FOR_BAND);
    let few: Vec<&str> = few.map(|(name, _)| *name).collect();
    if drawn.bands && !few.is_empty() {
        said += &words::no_band(&few, LEAST_FOR_BAND);
    }
    said
}

/// Name of a time axis: "Years since diagnosis".
pub fn time_axis(unit: AxisUnit, origin: Option<Origin>) -> String {
    let unit = match unit {
        AxisUnit::Months => IN_MONTHS,
        AxisUnit::Years => IN_YEARS,
    };
    origin.map_or_else(|| unit.to_owned(), |origin| en::origin::time_axis(unit, origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_the_axis_are_in_its_unit_and_can_be_taken_back() {
        let mut options = FigureOptions {
            unit: TimeAxisUnit::Months,
            time_to: Some(60.0),
            time_step: Some(12.0),
            value_from: Some(40.5),
            ..FigureOptions::default()
        };
        let drawn = plot(&options, "Event-free survival", Style::MIDDLE, None);
        assert_eq!(
            (drawn.to, drawn.steps.0, drawn.percent.0),
            (Some(5.0), Some(12.0), 40.5)
        );
        assert_eq!(drawn.value_label, "Event-free survival (%)");
        options.time_to = None;
        assert_eq!(plot(&options, "", Style::MIDDLE, None).to, None);
    }

    #[test]
    fn where_few_remain() {
        let mut options = FigureOptions::default();
        assert_eq!(plot(&options, "", Style::MIDDLE, None).few, Few::FiveOrTenth);
        options.low_number = LowNumber::Twenty;
        options.low_number_curve = LowNumberCurve::Ends;
        let drawn = plot(&options, "", Style::MIDDLE, None);
        assert_eq!((drawn.few, drawn.few_end), (Few::Below(20.0), true));
        options.low_number_curve = LowNumberCurve::Unchanged;
        assert_eq!(plot(&options, "", Style::MIDDLE, None).few, Few::Never);
    }
}
