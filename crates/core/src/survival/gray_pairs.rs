//! Gray's test of each pair of groups.

use super::gray::occurring;
use super::{FollowUp, GrayError, GrayTest, Labels, MOST_GRAY_GROUPS, Multiplicity, gray_test};

/// Gray's test of two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrayPair {
    /// Index of the first group in the names of the labels.
    pub first: usize,
    /// Index of the second group.
    pub second: usize,
    /// The test with the rows of the two alone, or why there is none.
    pub test: Result<GrayTest, GrayError>,
    /// P value corrected for the number of pairs that have a test.
    pub adjusted_p: Option<f64>,
}

/// Tests all pairs of groups that have rows, each with the rows of the two alone, in the order (0, 1), (0, 2), …, (1, 2), ….
///
/// ```
/// use cotside_core::survival::{FollowUp, Labels, Multiplicity, pairwise_gray};
///
/// // R: cmprsk::cuminc of the rows of each pair, its Tests[1, ]; p.adjust(p, "holm")
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 1, 2, 0, 1, 2, 0]).unwrap();
/// let grade = Labels::of(&["3", "1", "2", "3", "3", "1", "2", "1", "2", "1"]);
/// let pairs = pairwise_gray(&follow_up, &grade, &Labels::single(10, ""), 1, Multiplicity::Holm).unwrap();
/// assert_eq!(pairs.iter().map(|pair| (pair.first, pair.second)).collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2)]);
/// let (first, second) = (pairs[0].test.unwrap(), pairs[1].test.unwrap());
/// assert!((first.p - 0.585_439_464).abs() < 1e-9 && (second.p - 0.038_933_699).abs() < 1e-9);
/// assert!((pairs[1].adjusted_p.unwrap() - 0.116_801_098).abs() < 1e-9);
/// ```
///
/// # Errors
/// [`GrayError`] as [`gray_test`], but for [`GrayError::NoVariance`], which is of a pair.
pub fn pairwise_gray(
    follow_up: &FollowUp,
    groups: &Labels,
    strata: &Labels,
    cause: u32,
    multiplicity: Multiplicity,
) -> Result<Vec<GrayPair>, GrayError> {
    let n = follow_up.len();
    if groups.codes.len() != n || strata.codes.len() != n {
        return Err(GrayError::Labels);
    }
    if follow_up.entry().is_some() || follow_up.weight().is_some() {
        return Err(GrayError::NeedsPlainRows);
    }
    match occurring(&groups.codes, groups.len()).ok_or(GrayError::Labels)? {
        (_, 0 | 1) => return Err(GrayError::OneGroup),
        (_, found) if found > MOST_GRAY_GROUPS => return Err(GrayError::TooManyGroups { found }),
        _ => {}
    }
    let has_rows = |&group: &usize| groups.codes.iter().any(|&code| code as usize == group);
    let present: Vec<usize> = (0..groups.len()).filter(has_rows).collect();
    let mut pairs = Vec::new();
    for (place, &first) in present.iter().enumerate() {
        for &second in &present[place + 1..] {
            let belongs = |&row: &usize| [first, second].contains(&(groups.codes[row] as usize));
            let rows: Vec<usize> = (0..n).filter(belongs).collect();
            let of = |labels: &Labels| Labels {
                codes: rows.iter().map(|&row| labels.codes[row]).collect(),
                names: labels.names.clone(),
            };
            let part = follow_up.subset(&rows).ok_or(GrayError::Labels)?;
            pairs.push(GrayPair {
                first,
                second,
                test: gray_test(&part, &of(groups), &of(strata), cause),
                adjusted_p: None,
            });
        }
    }
    let p: Vec<Option<f64>> = pairs.iter().map(|pair| pair.test.ok().map(|test| test.p)).collect();
    let adjusted = multiplicity.adjusted(&p);
    pairs.iter_mut().zip(adjusted).for_each(|(pair, p)| pair.adjusted_p = p);
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_have_the_test_of_all_and_no_correction() {
        let time: Vec<f64> = (1..=8).map(f64::from).collect();
        let follow_up = FollowUp::new(time, vec![1, 2, 1, 0, 2, 1, 0, 1]).unwrap();
        // A name without rows is no group.
        let groups = Labels {
            codes: vec![0, 2, 0, 2, 0, 2, 2, 0],
            names: ["a", "b", "c"].map(str::to_owned).to_vec(),
        };
        let all = Labels::single(8, "");
        let pairs = pairwise_gray(&follow_up, &groups, &all, 1, Multiplicity::Bonferroni).unwrap();
        let test = gray_test(&follow_up, &groups, &all, 1).unwrap();
        assert_eq!((pairs.len(), pairs[0].first, pairs[0].second), (1, 0, 2));
        assert_eq!((pairs[0].test, pairs[0].adjusted_p), (Ok(test), Some(test.p)));
    }

    #[test]
    fn what_has_no_test_is_named() {
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![1, 2, 1, 0, 0, 0]).unwrap();
        let all = Labels::single(6, "");
        let of = |follow_up: &FollowUp, groups: &Labels| pairwise_gray(follow_up, groups, &all, 1, Multiplicity::Holm);
        assert_eq!(of(&follow_up, &Labels::single(6, "a")), Err(GrayError::OneGroup));
        assert_eq!(of(&follow_up, &Labels::single(5, "a")), Err(GrayError::Labels));
        // Nobody of b and c has an event: the pair has no test, and is not counted.
        let groups = Labels::of(&["a", "a", "a", "b", "b", "c"]);
        let pairs = of(&follow_up, &groups).unwrap();
        assert_eq!(pairs[2].test, Err(GrayError::NoVariance));
        assert_eq!(pairs[2].adjusted_p, None);
        let weighted = follow_up.weighted(vec![1.0; 6]).unwrap();
        assert_eq!(of(&weighted, &groups), Err(GrayError::NeedsPlainRows));
    }
}
