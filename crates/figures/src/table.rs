//! The table under the axis.

use cotside_text::decimal::fixed;

use crate::frame::{GAP, Plot, Sheet};
use crate::ink::Ink;
use crate::labels::{Key, SWATCH};
use crate::scene::{Anchor, Mark};
use crate::text::{shortened, text_width};

/// The table under the ticks of the time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableForm {
    /// No table.
    None,
    /// The number at risk.
    AtRisk,
    /// At risk, censored so far and events so far, which sum to the number at the start (KMunicate; Morris and others,
    /// BMJ Open 2019;9:e030215).
    #[default]
    Kmunicate,
    /// The number at risk and, in brackets, events so far.
    Events,
}

/// The words of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableWords {
    /// Over the table of numbers at risk.
    pub at_risk_title: String,
    /// Over the table of numbers at risk with events.
    pub events_title: String,
    /// Over the table of three rows a group.
    pub kmunicate_title: String,
    /// Name of the row of numbers at risk.
    pub at_risk: String,
    /// Name of the row of numbers censored.
    pub censored: String,
    /// Name of the row of events.
    pub events: String,
    /// In the caption: why curves are named in a legend and not beside them.
    pub why_legend: String,
    /// Why a figure is higher than it was asked to be, behind the caption.
    pub why_higher: String,
}

impl Default for TableWords {
    fn default() -> Self {
        Self {
            at_risk_title: "No. at risk".into(),
            events_title: "No. at risk (cumulative events)".into(),
            kmunicate_title: "No. at risk; censored and events, cumulative".into(),
            at_risk: "At risk".into(),
            censored: "Censored".into(),
            events: "Events".into(),
            why_higher:
                "The parts of the figure need more height than its shape has: leave out the caption, the title or the \
                 table below."
                    .into(),
            why_legend: "Curves are named in a legend: their names do not fit beside them.".into(),
        }
    }
}

/// How many were followed for how long: one entry per distinct time, ascending, in each list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Followed {
    /// Times of events and of censoring, in years.
    pub time: Vec<f64>,
    /// At risk just before the time.
    pub at_risk: Vec<f64>,
    /// Events at the time.
    pub events: Vec<f64>,
    /// Censored at the time.
    pub censored: Vec<f64>,
    /// Times of entry, ascending, and how many entered; empty where all are followed from the start. Needed for delayed
    /// entry, as into the group after transplant: the number at risk between two times then differs from that at the
    /// next.
    pub entered: Vec<(f64, f64)>,
}

/// How to draw a curve when few are at risk. Curves are uncertain there (Pocock, Clayton and Altman, Lancet
/// 2002;359:1686, advise to choose with care how far in time to extend them); there is no conventional number, so it
/// can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Few {
    /// The curve is drawn to its end.
    Never,
    /// Fewer than the larger of 5 and a tenth of the group.
    #[default]
    FiveOrTenth,
    /// Fewer than this many.
    Below(f64),
}

/// One cell of the table.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counts {
    /// At risk just before the time.
    pub at_risk: f64,
    /// Number of events before the time.
    pub events: f64,
    /// Number censored before the time.
    pub censored: f64,
}

impl Followed {
    /// Returns the counts just before `time`, which sum to the number at the start where entry is not delayed: patients
    /// with an event at this time are still at risk.
    #[must_use]
    pub fn before(&self, time: f64) -> Counts {
        let slack = 1e-9 * time.abs();
        let rows = self.time.partition_point(|step| *step < time - slack);
        let sum = |counts: &[f64]| counts.iter().take(rows).sum();
        let (events, censored) = (sum(&self.events), sum(&self.censored));
        let at_risk = if self.entered.is_empty() {
            self.at_risk.get(rows).copied().unwrap_or(0.0)
        } else {
            // At risk are those with entry < time; at 0, those with entry 0.
            let there = |entry: f64| entry < time - slack || entry <= 0.0;
            let entered = self.entered.iter().filter(|(entry, _)| there(*entry));
            entered.map(|(_, number)| number).sum::<f64>() - events - censored
        };
        Counts {
            at_risk,
            events,
            censored,
        }
    }

    /// Whether a band is drawn: not for few patients, whose band covers most of the plot.
    pub(crate) fn has_band(&self) -> bool {
        self.number() >= crate::panel::LEAST_FOR_BAND
    }

    /// Returns the number of patients ever at risk.
    #[must_use]
    pub fn number(&self) -> f64 {
        if self.entered.is_empty() {
            return self.at_risk.first().copied().unwrap_or(0.0);
        }
        self.entered.iter().map(|(_, number)| number).sum()
    }

    /// The time from which on few are at risk; `None` where that never happens before the end.
    #[must_use]
    pub fn thin_from(&self, start: f64, few: Few) -> Option<f64> {
        let most = self.at_risk.iter().copied().fold(0.0, f64::max);
        let limit = match few {
            Few::Never => return None,
            Few::FiveOrTenth => (most / 10.0).max(5.0),
            Few::Below(limit) => limit,
        };
        let enough = self.at_risk.iter().rposition(|at_risk| *at_risk >= limit);
        match enough {
            Some(index) if index + 1 == self.at_risk.len() => None,
            Some(index) => self.time.get(index).copied(),
            None => (!self.at_risk.is_empty()).then_some(start),
        }
    }
}

impl Followed {
    /// The times at which someone was censored, times `unit`.
    pub(crate) fn censored_times(&self, unit: f64) -> Vec<f64> {
        let rows = self.time.iter().zip(&self.censored);
        rows.filter(|(time, censored)| time.is_finite() && **censored > 0.0)
            .map(|(time, _)| time * unit)
            .collect()
    }
}

/// A whole number where it is one; of weights, one decimal.
fn count(value: f64) -> String {
    let whole = (value - value.round()).abs() < 1e-6;
    fixed(value, usize::from(!whole))
}

/// The rows of one group.
pub(crate) struct TableRow {
    pub(crate) label: String,
    pub(crate) key: Option<Key>,
    pub(crate) followed: Followed,
}

/// The table of a figure.
pub(crate) struct Table<'a> {
    pub(crate) form: TableForm,
    pub(crate) words: &'a TableWords,
    pub(crate) rows: &'a [TableRow],
}

impl Table<'_> {
    fn cell(&self, counts: &Counts) -> String {
        match self.form {
            TableForm::Events => format!("{} ({})", count(counts.at_risk), count(counts.events)),
            _ => count(counts.at_risk),
        }
    }

    /// The widest cell there can be.
    pub(crate) fn cell_width(&self, text: f64) -> f64 {
        if self.form == TableForm::None {
            return 0.0;
        }
        let widths = self.rows.iter().map(|row| {
            let most = Counts {
                at_risk: row
                    .followed
                    .at_risk
                    .iter()
                    .copied()
                    .fold(row.followed.number(), f64::max),
                events: row.followed.events.iter().sum(),
                censored: row.followed.censored.iter().sum(),
            };
            let cells = [self.cell(&most), count(most.censored), count(most.events)];
            cells
                .iter()
                .map(|cell| text_width(cell, text, false))
                .fold(0.0, f64::max)
        });
        widths.fold(0.0, f64::max)
    }

    /// Returns the names before the rows, where they are beside the numbers; in KMunicate's form groups are above their
    /// rows.
    fn row_names(&self) -> Vec<&str> {
        match self.form {
            TableForm::None => Vec::new(),
            TableForm::Kmunicate => vec![&self.words.at_risk, &self.words.censored, &self.words.events],
            TableForm::AtRisk | TableForm::Events => self.rows.iter().map(|row| row.label.as_str()).collect(),
        }
    }

    fn names_width(&self, text: f64) -> f64 {
        let widths = self.row_names().into_iter().map(|name| text_width(name, text, false));
        let key = if self.form == TableForm::Kmunicate {
            0.0
        } else {
            SWATCH + GAP
        };
        widths.fold(0.0, f64::max) + key
    }

    /// True if the names of groups are beside the numbers and not above them.
    fn beside(&self, sheet: &Sheet) -> bool {
        self.form != TableForm::Kmunicate && self.names_width(sheet.text) <= 0.27 * sheet.width
    }

    /// Returns the width of the names left of the first column.
    pub(crate) fn left_room(&self, sheet: &Sheet) -> f64 {
        let half = self.cell_width(sheet.text) / 2.0;
        let names = match self.form {
            TableForm::None => 0.0,
            TableForm::Kmunicate => self.names_width(sheet.text).min(0.3 * sheet.width) + 2.0 * GAP,
            _ if self.beside(sheet) => self.names_width(sheet.text) + 2.0 * GAP,
            _ => 0.0,
        };
        names + half
    }

    /// Draws the table; its columns are where the scale of the plot places `times` (in the unit of the axis, `unit` of
    /// them in a year).
    pub(crate) fn draw(&self, sheet: &mut Sheet, plot: &Plot, times: &[f64], unit: f64) {
        if self.form == TableForm::None || self.rows.is_empty() {
            return;
        }
        let mut drawn = Drawn {
            y: sheet.y + GAP,
            text: sheet.text,
            line: sheet.line,
            width: sheet.width,
            names: Vec::new(),
            cells: Vec::new(),
            columns: times.iter().map(|time| plot.x.place(*time)).collect(),
        };
        let title = match self.form {
            TableForm::None => "",
            TableForm::Kmunicate => &self.words.kmunicate_title,
            TableForm::AtRisk => &self.words.at_risk_title,
            TableForm::Events => &self.words.events_title,
        };
        if !title.is_empty() {
            drawn.y += drawn.line;
            let title = shortened(title, drawn.text, true, drawn.width);
            let at = (0.0, drawn.y);
            drawn
                .names
                .push(Mark::bold(at, drawn.text, Anchor::Start, Ink::Strong, title));
        }
        let beside = self.beside(sheet);
        for row in self.rows {
            let counts: Vec<Counts> = times.iter().map(|time| row.followed.before(time / unit)).collect();
            if self.form == TableForm::Kmunicate {
                self.draw_three(&mut drawn, row, &counts);
                continue;
            }
            drawn.y += drawn.line;
            drawn.group_name(row);
            if !beside && !row.label.is_empty() {
                drawn.y += drawn.line;
            }
            drawn.cells(counts.iter().map(|counts| (self.cell(counts), counts.at_risk > 0.0)));
        }
        sheet.y = drawn.y + 0.3 * drawn.text;
        sheet.group("table-names", drawn.names);
        sheet.group("table", drawn.cells);
    }

    /// The group's name, then its three rows.
    fn draw_three(&self, drawn: &mut Drawn, row: &TableRow, counts: &[Counts]) {
        if !row.label.is_empty() || row.key.is_some() {
            drawn.y += drawn.line;
            drawn.group_name(row);
        }
        let names = [&self.words.at_risk, &self.words.censored, &self.words.events];
        for (index, name) in names.into_iter().enumerate() {
            drawn.y += drawn.line;
            drawn.name(0.0, name, 0.3 * drawn.width);
            drawn.cells(counts.iter().map(|counts| {
                let three = [counts.at_risk, counts.censored, counts.events];
                let shown = three.get(index).copied().map(count).unwrap_or_default();
                (shown, counts.at_risk > 0.0)
            }));
        }
        drawn.y += 0.3 * drawn.line;
    }
}

/// A table that grows downwards.
struct Drawn {
    y: f64,
    text: f64,
    line: f64,
    width: f64,
    names: Vec<Mark>,
    cells: Vec<Mark>,
    /// Positions of the columns: at the ticks of the axis.
    columns: Vec<f64>,
}

impl Drawn {
    fn name(&mut self, x: f64, name: &str, room: f64) {
        if !name.is_empty() {
            let name = shortened(name, self.text, false, room);
            let mark = Mark::text((x, self.y), self.text, Anchor::Start, Ink::Strong, name);
            self.names.push(mark);
        }
    }

    fn group_name(&mut self, row: &TableRow) {
        self.names.extend(row.key.map(|key| key.mark(0.0, self.y, self.text)));
        let indent = if row.key.is_some() { SWATCH + GAP } else { 0.0 };
        self.name(indent, &row.label, self.width - indent);
    }

    /// Cells of a row, each with whether somebody is at risk: where nobody is, they are light.
    fn cells(&mut self, texts: impl Iterator<Item = (String, bool)>) {
        for (x, (text, at_risk)) in self.columns.iter().zip(texts) {
            let ink = if at_risk { Ink::Strong } else { Ink::Soft };
            self.cells
                .push(Mark::text((*x, self.y), self.text, Anchor::Middle, ink, text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five children: events at 1 and 2, censored at 2, 3 and 4.
    fn five() -> Followed {
        Followed {
            time: vec![1.0, 2.0, 3.0, 4.0],
            at_risk: vec![5.0, 4.0, 2.0, 1.0],
            events: vec![1.0, 1.0, 0.0, 0.0],
            censored: vec![0.0, 1.0, 1.0, 1.0],
            ..Followed::default()
        }
    }

    #[test]
    fn counts_sum_to_all() {
        for (time, expected) in [
            (0.0, (5.0, 0.0, 0.0)),
            (1.0, (5.0, 0.0, 0.0)),
            (2.0, (4.0, 1.0, 0.0)),
            (2.5, (2.0, 2.0, 1.0)),
            (4.0, (1.0, 2.0, 2.0)),
            (9.0, (0.0, 2.0, 3.0)),
        ] {
            let counts = five().before(time);
            assert_eq!((counts.at_risk, counts.events, counts.censored), expected, "{time}");
            assert_eq!(counts.at_risk + counts.events + counts.censored, 5.0);
        }
    }

    #[test]
    fn who_enters_later_is_counted_from_then_on() {
        // Transplanted at 0.5, 0.5 and 1.5; an event at 1, censored at 2 and 3.
        let transplanted = Followed {
            time: vec![1.0, 2.0, 3.0],
            at_risk: vec![2.0, 2.0, 1.0],
            events: vec![1.0, 0.0, 0.0],
            censored: vec![0.0, 1.0, 1.0],
            entered: vec![(0.5, 2.0), (1.5, 1.0)],
        };
        let at_risk = [0.0, 0.5, 1.0, 1.25, 1.5, 2.0, 2.5, 4.0].map(|time| transplanted.before(time).at_risk);
        assert_eq!(at_risk, [0.0, 0.0, 2.0, 1.0, 1.0, 2.0, 1.0, 0.0]);
        assert_eq!(transplanted.number(), 3.0);
    }

    #[test]
    fn where_few_remain() {
        // Of five, fewer than five remain after the first event.
        assert_eq!(five().thin_from(0.0, Few::FiveOrTenth), Some(1.0));
        let four = Followed {
            time: vec![1.0],
            at_risk: vec![4.0],
            ..Followed::default()
        };
        assert_eq!(four.thin_from(0.25, Few::FiveOrTenth), Some(0.25));
        let many = Followed {
            time: vec![1.0, 2.0],
            at_risk: vec![100.0, 10.0],
            ..Followed::default()
        };
        assert_eq!(
            (
                many.thin_from(0.0, Few::FiveOrTenth),
                Followed::default().thin_from(0.0, Few::FiveOrTenth)
            ),
            (None, None)
        );
        assert_eq!(many.thin_from(0.0, Few::Below(11.0)), Some(1.0));
        assert_eq!(five().thin_from(0.0, Few::Never), None);
    }
}
