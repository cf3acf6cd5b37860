//! Counts against percentages.

use super::Verdict;
use crate::evidence::Printed;

/// How far from the stated total others are tried that would give a percentage.
const OTHER_TOTALS: u32 = 3;

/// Most counts that are listed.
const MOST_LISTED: usize = 12;

/// `count` of `total` against a printed percentage.
#[derive(Debug, Clone, PartialEq)]
pub struct CountCheck {
    /// Number of patients counted.
    pub count: u32,
    /// Number of patients in all.
    pub total: u32,
    /// The percentage as printed.
    pub percent: Printed,
    /// The exact percentage, 100 · count/total.
    pub exact: f64,
    /// True if the printed percentage is the exact one cut after its last place.
    pub cut: bool,
    /// Totals of which `count` gives the percentage.
    pub other_totals: Vec<u32>,
    /// Counts of `total` that give the percentage.
    pub other_counts: Vec<u32>,
}

impl CountCheck {
    /// Returns the verdict of the check.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if self.percent.is_rounded(self.exact) {
            Verdict::Follows
        } else if self.cut {
            Verdict::Conditional
        } else {
            Verdict::DoesNotFollow
        }
    }
}

/// Checks a count with its percentage; `None` where the count exceeds the total or the total is 0.
///
/// Lee 2011: "6 of 7 (66.7 %)" is 85.7 %; 66.7 % is 6 of 9.
#[must_use]
pub fn check_count(count: u32, total: u32, percent: Printed) -> Option<CountCheck> {
    if total == 0 || count > total || !(0.0..=100.0).contains(&percent.value()) {
        return None;
    }
    let exact = share(count, total);
    let follows = percent.is_rounded(exact);
    Some(CountCheck {
        count,
        total,
        percent,
        exact,
        cut: percent.is_cut(exact),
        other_totals: if follows { Vec::new() } else { totals(count, percent) },
        other_counts: if follows { Vec::new() } else { counts(total, percent) },
    })
}

fn share(count: u32, total: u32) -> f64 {
    100.0 * f64::from(count) / f64::from(total)
}

/// Totals of which `count` is this percentage.
fn totals(count: u32, percent: Printed) -> Vec<u32> {
    let range = percent.range();
    if count == 0 || range.high <= 0.0 {
        return Vec::new();
    }
    let hundredfold = 100.0 * f64::from(count);
    let fewest = (hundredfold / range.high).floor().max(1.0) as u32;
    let fits = |total: &u32| count <= *total && percent.is_rounded(share(count, *total));
    (fewest.saturating_sub(1).max(1)..=fewest.saturating_add(10_000))
        .skip_while(|total| !fits(total))
        .take_while(fits)
        .take(MOST_LISTED)
        .collect()
}

/// Counts of `total` that are this percentage.
fn counts(total: u32, percent: Printed) -> Vec<u32> {
    let range = percent.range();
    let low = (range.low / 100.0 * f64::from(total)).floor().max(0.0) as u32;
    let high = (range.high / 100.0 * f64::from(total)).ceil().min(f64::from(total)) as u32;
    (low..=high)
        .filter(|&count| percent.is_rounded(share(count, total)))
        .take(MOST_LISTED)
        .collect()
}

/// A percentage of `total` patients without its count.
#[derive(Debug, Clone, PartialEq)]
pub struct PercentCheck {
    /// The percentage as printed.
    pub percent: Printed,
    /// Number of patients in all.
    pub total: u32,
    /// Counts whose percentage rounds to the printed one.
    pub counts: Vec<u32>,
    /// The counts next below and above, with their percentages.
    pub neighbours: Vec<(u32, f64)>,
    /// Where no count gives it: counts of slightly fewer patients that do (count, total), the nearest total first.
    pub of_fewer: Vec<(u32, u32)>,
}

impl PercentCheck {
    /// Returns the verdict of the check.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.counts.is_empty(), self.of_fewer.is_empty()) {
            (false, _) => Verdict::Follows,
            (true, false) => Verdict::Conditional,
            (true, true) => Verdict::DoesNotFollow,
        }
    }
}

/// Checks whether a percentage of `total` patients can be a whole number of them; `None` where it is not from 0 to 100.
///
/// CCG-1953: 82.5 % of 115 is neither 94 (81.7 %) nor 95 (82.6 %); 94 of 114 is.
#[must_use]
pub fn check_percent(percent: Printed, total: u32) -> Option<PercentCheck> {
    if total == 0 || !(0.0..=100.0).contains(&percent.value()) {
        return None;
    }
    let found = counts(total, percent);
    let exact = percent.value() / 100.0 * f64::from(total);
    let (below, above) = (exact.floor() as u32, exact.ceil() as u32);
    let mut neighbours = vec![(below, share(below, total))];
    if above != below && above <= total {
        neighbours.push((above, share(above, total)));
    }
    let fewer = (total.saturating_sub(OTHER_TOTALS).max(1)..total).rev();
    let of_fewer = fewer.flat_map(|total| counts(total, percent).into_iter().map(move |count| (count, total)));
    Some(PercentCheck {
        percent,
        total,
        of_fewer: if found.is_empty() {
            of_fewer.take(MOST_LISTED).collect()
        } else {
            Vec::new()
        },
        counts: found,
        neighbours,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Printed {
        Printed::read(text).unwrap()
    }

    /// Lee 2011: six of the seven at high risk were transplanted, printed 66.7 %.
    #[test]
    fn six_of_seven() {
        let found = check_count(6, 7, printed("66.7")).unwrap();
        assert!((found.exact - 85.714).abs() < 1e-3);
        assert_eq!((&found.other_totals[..], &found.other_counts[..]), (&[9][..], &[][..]));
        assert_eq!(found.verdict(), Verdict::DoesNotFollow);
    }

    /// 4 of 6 printed 66.6 and 23 of 39 printed 58.9 are cut, not rounded; 15 of 37 is 40.5.
    #[test]
    fn cut_or_rounded() {
        let verdict = |count, total, text| check_count(count, total, printed(text)).unwrap().verdict();
        assert_eq!(verdict(4, 6, "66.6"), Verdict::Conditional);
        assert_eq!(verdict(23, 39, "58.9"), Verdict::Conditional);
        assert_eq!(verdict(15, 37, "40.5"), Verdict::Follows);
        assert_eq!(verdict(7, 9, "77.8"), Verdict::Follows);
        assert_eq!(verdict(0, 9, "0"), Verdict::Follows);
        assert_eq!(verdict(0, 9, "5"), Verdict::DoesNotFollow);
    }

    #[test]
    fn ccg_1953_remission() {
        let found = check_percent(printed("82.5"), 115).unwrap();
        assert!(found.counts.is_empty());
        assert_eq!(found.neighbours.iter().map(|each| each.0).collect::<Vec<_>>(), [94, 95]);
        assert_eq!(found.of_fewer[0], (94, 114));
        assert_eq!(check_percent(printed("14.4"), 111).unwrap().counts, [16]);
        assert_eq!(check_percent(printed("50"), 0), None);
        assert_eq!(check_count(9, 7, printed("50")), None);
    }

    #[test]
    fn large_numbers_end() {
        let found = check_count(4_000_000_000, 4_100_000_000, printed("1")).unwrap();
        assert!(found.other_totals.len() <= MOST_LISTED);
        assert!(check_percent(printed("50"), u32::MAX).unwrap().counts.len() <= MOST_LISTED);
    }
}
