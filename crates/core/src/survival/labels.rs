//! Groups of rows, by code and name.

use crate::decimal;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Groups of rows: a code for each row, a name for each code. Names are unique; [`Labels::of`] sorts them: by value
/// where all are numbers, else as text.
///
/// Where all names are numbers, `1`, `1.0` and `01` are one group, named by the shortest of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// Index into `names` of each row.
    pub codes: Vec<u32>,
    /// The name of each code.
    pub names: Vec<String>,
}

/// Returns the positions of names in sorted order: by value where all are numbers, else as text.
fn in_order(names: &[String]) -> Vec<u32> {
    let numbers: Option<Vec<f64>> = names.iter().map(|name| decimal::parse(name)).collect();
    let mut order: Vec<u32> = (0..names.len() as u32).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (a as usize, b as usize);
        let by_number = numbers.as_ref().and_then(|numbers| numbers[a].partial_cmp(&numbers[b]));
        by_number
            .unwrap_or(Ordering::Equal)
            .then_with(|| names[a].cmp(&names[b]))
    });
    order
}

/// Up to this many different texts are found by linear search.
const FEW: usize = 16;

/// Codes texts by linear search in the list of different ones; `None` where there are too many.
fn by_looking(texts: &[&str]) -> Option<Labels> {
    let (mut codes, mut names) = (Vec::with_capacity(texts.len()), Vec::<&str>::new());
    for text in texts {
        let known = names.iter().position(|name| name == text);
        codes.push(known.unwrap_or(names.len()) as u32);
        if known.is_none() {
            if names.len() == FEW {
                return None;
            }
            names.push(text);
        }
    }
    Some(Labels {
        codes,
        names: names.into_iter().map(str::to_owned).collect(),
    })
}

/// Codes texts by sorting.
fn by_sorting(texts: &[&str]) -> Labels {
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    order.sort_by_key(|&place| texts[place as usize]);
    let (mut codes, mut names) = (vec![0; texts.len()], Vec::<String>::new());
    for index in order {
        let text = texts[index as usize];
        if names.last().is_none_or(|last| last != text) {
            names.push(text.to_owned());
        }
        codes[index as usize] = names.len() as u32 - 1;
    }
    Labels { codes, names }
}

impl Labels {
    /// Makes labels from a text for each row.
    ///
    /// ```
    /// use cotside_core::survival::Labels;
    ///
    /// let labels = Labels::of(&["low", "high", "low"]);
    /// assert_eq!((labels.names, labels.codes), (vec!["high".to_owned(), "low".to_owned()], vec![1, 0, 1]));
    /// // Numbers are sorted by value, and 2 and 2.0 are one group.
    /// let labels = Labels::of(&["10", "2", "2.0"]);
    /// assert_eq!((labels.names, labels.codes), (vec!["2".to_owned(), "10".to_owned()], vec![1, 0, 0]));
    /// ```
    #[must_use]
    pub fn of(texts: &[&str]) -> Self {
        by_looking(texts).unwrap_or_else(|| by_sorting(texts)).sorted()
    }

    /// Makes labels from codes that are positions in `names`. Names that no row has are omitted; the others keep their
    /// order, which need not be sorted.
    ///
    /// ```
    /// use cotside_core::survival::Labels;
    ///
    /// // Nobody is in the intermediate group.
    /// let names = ["low", "intermediate", "high"].map(str::to_owned);
    /// let labels = Labels::present(&names, &[2, 0, 0]);
    /// assert_eq!((labels.names, labels.codes), (vec!["low".to_owned(), "high".to_owned()], vec![1, 0, 0]));
    /// ```
    #[must_use]
    pub fn present(names: &[String], codes: &[u32]) -> Self {
        let mut occurs = vec![false; names.len()];
        for &code in codes {
            if let Some(occurs) = occurs.get_mut(code as usize) {
                *occurs = true;
            }
        }
        let places = occurs.iter().scan(0_u32, |next, &occurs| {
            let place = *next;
            *next += u32::from(occurs);
            Some(place)
        });
        let place: Vec<u32> = places.collect();
        Self {
            codes: codes
                .iter()
                .map(|&code| place.get(code as usize).copied().unwrap_or(0))
                .collect(),
            names: names
                .iter()
                .zip(&occurs)
                .filter(|(_, occurs)| **occurs)
                .map(|(name, _)| name.clone())
                .collect(),
        }
    }

    /// Returns a column for each label but the first, 1 where a row has it and 0 elsewhere.
    ///
    /// ```
    /// use cotside_core::survival::Labels;
    ///
    /// assert_eq!(Labels::of(&["a", "b", "a"]).indicators(), [vec![0.0, 1.0, 0.0]]);
    /// ```
    #[must_use]
    pub fn indicators(&self) -> Vec<Vec<f64>> {
        let of = |code: usize| {
            self.codes
                .iter()
                .map(move |&each| f64::from(u8::from(each as usize == code)))
        };
        (1..self.len()).map(|code| of(code).collect()).collect()
    }

    /// Returns the same labels with one name moved to the front, where a model has its reference: R's `relevel(x, ref)`.
    /// A code that no name has leaves them as they are.
    ///
    /// ```
    /// use cotside_core::survival::Labels;
    ///
    /// // levels(relevel(factor(c("A", "B", "C", "B")), ref = "B")) is "B" "A" "C" in R.
    /// let labels = Labels::of(&["A", "B", "C", "B"]).with_reference(1);
    /// assert_eq!((labels.names.join(" "), labels.codes), ("B A C".to_owned(), vec![1, 0, 2, 0]));
    /// ```
    #[must_use]
    pub fn with_reference(&self, code: u32) -> Self {
        let reference = code as usize;
        if reference == 0 || reference >= self.names.len() {
            return self.clone();
        }
        let mut names = self.names.clone();
        names[..=reference].rotate_right(1);
        let place = |&each: &u32| match each.cmp(&code) {
            Ordering::Less => each + 1,
            Ordering::Equal => 0,
            Ordering::Greater => each,
        };
        Self {
            codes: self.codes.iter().map(place).collect(),
            names,
        }
    }

    /// Merges different spellings of one number into one name, where all names are numbers.
    fn merged(mut self) -> Self {
        let Some(numbers) = self
            .names
            .iter()
            .map(|name| decimal::exact(name))
            .collect::<Option<Vec<_>>>()
        else {
            return self;
        };
        let mut known = BTreeMap::<_, usize>::new();
        let mut names = Vec::<String>::new();
        let places: Vec<u32> = numbers
            .into_iter()
            .zip(std::mem::take(&mut self.names))
            .map(|(number, name)| {
                let place = *known.entry(number).or_insert(names.len());
                match names.get_mut(place) {
                    Some(kept) if (name.len(), &name) < (kept.len(), &*kept) => *kept = name,
                    Some(_) => {}
                    None => names.push(name),
                }
                place as u32
            })
            .collect();
        for code in &mut self.codes {
            *code = places.get(*code as usize).copied().unwrap_or(0);
        }
        self.names = names;
        self
    }

    /// Sorts the names as [`Labels::of`] does.
    pub(crate) fn sorted(self) -> Self {
        self.merged().in_their_order()
    }

    fn in_their_order(mut self) -> Self {
        let order = in_order(&self.names);
        let mut places = vec![0; order.len()];
        for (place, &name) in (0_u32..).zip(&order) {
            places[name as usize] = place;
        }
        for code in &mut self.codes {
            *code = places.get(*code as usize).copied().unwrap_or(0);
        }
        let names = &mut self.names;
        self.names = order
            .into_iter()
            .map(|name| std::mem::take(&mut names[name as usize]))
            .collect();
        self
    }

    /// Makes one label for all of `n` rows.
    ///
    /// ```
    /// use cotside_core::survival::Labels;
    ///
    /// let labels = Labels::single(2, "all");
    /// assert_eq!((labels.names, labels.codes), (vec!["all".to_owned()], vec![0, 0]));
    /// ```
    #[must_use]
    pub fn single(n: usize, name: &str) -> Self {
        Self {
            codes: vec![0; n],
            names: vec![name.to_owned()],
        }
    }

    /// Returns the number of names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True if there are no names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_written_in_several_ways_is_one_label() {
        let labels = Labels::of(&["1.0", "2", "01", "1", "+2.50e0", "1e0", "-0", "0"]);
        assert_eq!(labels.names, ["0", "1", "2", "+2.50e0"]);
        assert_eq!(labels.codes, [1, 2, 1, 1, 3, 1, 0, 0]);
        assert_eq!(Labels::of(&["1", "01", "x"]).len(), 3);
        // Identifiers longer than a double holds stay apart.
        assert_eq!(Labels::of(&["12345678901234567", "12345678901234568"]).len(), 2);
        assert_eq!(Labels::of(&["1e999999999", "1e999999998"]).len(), 2);
        assert_eq!(Labels::of(&["1e-9223372036854775808", "1.5e-2147483648"]).len(), 2);
    }

    #[test]
    fn labels_sort_as_numbers_where_they_are() {
        let numbers = Labels::of(&["10", "9", "10", "-1"]);
        assert_eq!(
            (numbers.names, numbers.codes),
            (vec!["-1".into(), "9".into(), "10".into()], vec![2, 1, 2, 0])
        );
        assert_eq!(Labels::of(&["b", "10", "9"]).names, ["10", "9", "b"]);
    }
}
