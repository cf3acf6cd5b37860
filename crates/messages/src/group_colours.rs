//! Which colour of the palette each group has.

use serde::{Deserialize, Serialize};

/// How many colours a palette has for groups.
pub const COLOURS_OF_GROUPS: usize = 8;

/// The colours that a person chose; a group without one has that of its place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupColours(Vec<GroupColour>);

/// The colour of one level of a variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct GroupColour {
    /// Id of the variable, or `protocol:` and that of one.
    variable: String,
    level: String,
    /// Place in the palette, from 0.
    colour: usize,
}

impl GroupColours {
    /// The colour of each of these levels of a variable, as a place in the palette from 0. No two of the first
    /// [`COLOURS_OF_GROUPS`] levels have the same one: of two that were given the same, the first has it.
    #[must_use]
    pub fn of(&self, variable: &str, levels: &[String]) -> Vec<usize> {
        let mut colours: Vec<Option<usize>> = vec![None; levels.len()];
        let is_free = |colours: &[Option<usize>], colour: usize| !colours.contains(&Some(colour));
        for (place, level) in levels.iter().enumerate() {
            colours[place] = self.chosen(variable, level).filter(|colour| is_free(&colours, *colour));
        }
        for place in 0..levels.len() {
            if colours[place].is_some() {
                continue;
            }
            let own = place % COLOURS_OF_GROUPS;
            let free = std::iter::once(own).chain(0..COLOURS_OF_GROUPS);
            let found = free.into_iter().find(|colour| is_free(&colours, *colour));
            // More levels than colours share them, and differ by dashes.
            colours[place] = Some(found.unwrap_or(place));
        }
        colours.into_iter().flatten().collect()
    }

    fn chosen(&self, variable: &str, level: &str) -> Option<usize> {
        let is_it = |each: &&GroupColour| each.variable == variable && each.level == level;
        self.0.iter().find(is_it).map(|each| each.colour)
    }

    /// Gives a level a colour; the level that had it takes that of this one.
    pub fn choose(&mut self, variable: &str, levels: &[String], level: &str, colour: usize) {
        let now = self.of(variable, levels);
        let Some(place) = levels.iter().position(|each| each == level) else {
            return;
        };
        if let Some(other) = now
            .iter()
            .position(|each| *each == colour)
            .filter(|other| *other != place)
        {
            self.put(variable, &levels[other], now[place]);
        }
        self.put(variable, level, colour);
    }

    fn put(&mut self, variable: &str, level: &str, colour: usize) {
        self.0.retain(|each| each.variable != variable || each.level != level);
        self.0.push(GroupColour {
            variable: variable.to_owned(),
            level: level.to_owned(),
            colour,
        });
    }

    /// Takes a colour by its name and value in a project file; false where the name is not one of a colour.
    pub fn takes(&mut self, name: &str, value: &str) -> bool {
        let Some((variable, level)) = name.strip_prefix("colour:").and_then(|rest| rest.split_once('#')) else {
            return false;
        };
        if let Some(colour) = value
            .parse()
            .ok()
            .filter(|colour| (1..=COLOURS_OF_GROUPS).contains(colour))
        {
            self.put(variable, level, colour - 1);
        }
        true
    }

    /// Each colour by its name and value in a project file.
    pub fn named(&self) -> impl Iterator<Item = (String, String)> {
        let named = |each: &GroupColour| {
            let name = format!("colour:{}#{}", each.variable, each.level);
            (name, (each.colour + 1).to_string())
        };
        self.0.iter().map(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn without_a_choice_colours_are_those_of_places() {
        let all: Vec<String> = (0..10).map(|place| place.to_string()).collect();
        assert_eq!(
            GroupColours::default().of("finding:sex", &all),
            (0..10).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_colour_is_changed_for_another_and_stays_with_its_level() {
        let three = levels(&["low", "intermediate", "high"]);
        let mut colours = GroupColours::default();
        colours.choose("protocol:mll-10", &three, "high", 0);
        assert_eq!(colours.of("protocol:mll-10", &three), [2, 1, 0]);
        // Another order and a level that is left out change nothing of it.
        assert_eq!(colours.of("protocol:mll-10", &levels(&["high", "low"])), [0, 2]);
        assert_eq!(colours.of("finding:sex", &three), [0, 1, 2]);
        colours.choose("protocol:mll-10", &three, "nobody", 5);
        assert_eq!(colours.of("protocol:mll-10", &three), [2, 1, 0]);
    }

    #[test]
    fn no_two_groups_have_one_colour() {
        let all: Vec<String> = (0..8).map(|place| place.to_string()).collect();
        let mut colours = GroupColours::default();
        for (level, colour) in [("0", 3), ("1", 3), ("7", 0), ("5", 5), ("2", 7)] {
            colours.choose("column:1", &all, level, colour);
            let mut made = colours.of("column:1", &all);
            assert_eq!(made[level.parse::<usize>().unwrap_or(0)], colour);
            made.sort_unstable();
            assert_eq!(made, (0..8).collect::<Vec<_>>());
        }
        // A project file may say the same twice.
        let mut read = GroupColours::default();
        assert!(read.takes("colour:column:1#0", "4") && read.takes("colour:column:1#1", "4"));
        assert_eq!(read.of("column:1", &all[..3]), [3, 1, 2]);
        assert!(read.takes("colour:column:1#0", "9") && !read.takes("colours", "purple"));
    }
}
