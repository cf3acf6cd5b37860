//! Known names of columns, in the languages of usual files: `words/headers.csv`.
//!
//! A name of death, event or censoring also has a direction: the meaning of `yes`, `1` and `true` in such a column. It
//! is part of the list, so that no other code guesses it.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::role::{Polarity, Role};
use super::word_lists::{header_names, words};

/// A role, and the meaning of `yes` in a column with one of its names; `None` where the name does not give it.
type Named = (Role, Option<Polarity>);

/// A parsed name of the list.
pub(super) struct KnownName {
    /// The position of its role, for [`named_at`].
    pub(super) place: usize,
    pub(super) words: Vec<String>,
    /// Its words joined.
    pub(super) joined: String,
    /// Its number of letters.
    pub(super) length: usize,
    /// True if the name leaves something open.
    vague: bool,
}

struct Names {
    roles: Vec<Named>,
    known: Vec<KnownName>,
    /// Positions in `known` of names whose words are joined, and of those that begin with a word.
    joined: HashMap<String, Vec<usize>>,
    first_word: HashMap<String, Vec<usize>>,
    /// Positions in `roles` of names whose words are joined.
    places: HashMap<String, Vec<usize>>,
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(Names::read)
}

impl Names {
    fn read() -> Self {
        let mut read = Self {
            roles: Vec::new(),
            known: Vec::new(),
            joined: HashMap::new(),
            first_word: HashMap::new(),
            places: HashMap::new(),
        };
        for name in header_names() {
            let named = (name.role, name.polarity);
            let known = read.roles.iter().position(|known| *known == named);
            let place = known.unwrap_or_else(|| {
                read.roles.push(named);
                read.roles.len() - 1
            });
            read.add(place, words(&name.name), name.vague);
        }
        read
    }

    fn add(&mut self, place: usize, words: Vec<String>, vague: bool) {
        let Some(first) = words.first() else {
            return;
        };
        let at = self.known.len();
        let joined = words.concat();
        self.joined.entry(joined.clone()).or_default().push(at);
        self.first_word.entry(first.clone()).or_default().push(at);
        let places = self.places.entry(joined.clone()).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
        self.known.push(KnownName {
            place,
            length: joined.chars().count(),
            words,
            joined,
            vague,
        });
    }
}

/// The known names that are these words, or some of them in a row.
pub(super) fn names_within<'a>(
    words: &'a [String],
    joined: &str,
) -> impl Iterator<Item = &'static KnownName> + use<'a> {
    let names = names();
    let whole = names.joined.get(joined).map_or(&[][..], Vec::as_slice);
    let parts = words
        .iter()
        .flat_map(|word| names.first_word.get(word).map_or(&[][..], Vec::as_slice));
    whole.iter().chain(parts).filter_map(|&at| names.known.get(at))
}

/// The places, for [`named_at`], of a name whose words are joined.
pub(super) fn by_joined_name(joined: &str) -> &'static [usize] {
    names().places.get(joined).map_or(&[], Vec::as_slice)
}

/// The role and direction at a place; the role that is tried first stands first.
pub(super) fn named_at(place: usize) -> Named {
    names().roles.get(place).copied().unwrap_or_default()
}

/// True if a name whose words are joined leaves something open.
pub(super) fn is_vague_name(joined: &str) -> bool {
    let names = names();
    let found = names.joined.get(joined).map_or(&[][..], Vec::as_slice);
    found
        .iter()
        .filter_map(|&at| names.known.get(at))
        .any(|known| known.vague)
}
