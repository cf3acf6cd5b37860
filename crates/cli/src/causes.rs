//! `--causes` and `--censored`: an event column of words.

use clap::Args;
use cotside_core::cohort::Texts;

use crate::Refusal;
use crate::analysis::{Common, EventValue, Rows};
use crate::flags::{names, present};

/// Causes are numbered to here.
const MOST_CAUSES: usize = 1000;

/// The flags, as given.
#[derive(Debug, Clone, Default, Args)]
pub struct CauseFlags {
    /// Words of the event column that are the causes 1, 2, … in this order [default: every word that is not censored, sorted]
    #[arg(long, value_name = "WORD", num_args = 1.., value_parser = present)]
    causes: Vec<String>,
    /// Words of the event column that are censored, such as none,alive
    #[arg(long, value_name = "WORD", num_args = 1.., value_parser = present)]
    censored: Vec<String>,
}

/// The causes of an event column.
pub struct Causes {
    /// The cause of each row of the file, 0 where it is censored; of no meaning where the row is not complete.
    pub event: Vec<u32>,
    /// The words of the causes 1, 2, …; empty where the column holds numbers.
    pub words: Vec<String>,
}

impl CauseFlags {
    /// True if the event column holds words.
    pub fn are_words(&self) -> bool {
        !self.causes.is_empty() || !self.censored.is_empty()
    }

    /// Reads an event column of words. A word that is neither a cause nor censored is refused.
    pub fn read(&self, common: &Common, rows: &mut Rows<'_>) -> Result<Causes, Refusal> {
        let texts = rows.texts(&common.event)?;
        let is_cell = |value: &str| texts.names().iter().any(|name| name == value);
        let censored = names(&self.censored, is_cell);
        let is_censored = |name: &str| is_one_of(name, &censored);
        let mut words = names(&self.causes, is_cell);
        if words.is_empty() {
            words = texts
                .names()
                .iter()
                .filter(|name| !is_censored(name))
                .cloned()
                .collect();
            words.sort();
        }
        check(common, &texts, &words, &censored)?;
        let codes: Vec<Option<u32>> = texts
            .names()
            .iter()
            .map(|name| {
                let cause = words.iter().position(|word| EventValue::new(word).is(name));
                let cause = cause.and_then(|place| u32::try_from(place + 1).ok());
                cause.or_else(|| is_censored(name).then_some(0))
            })
            .collect();
        let mut event = Vec::with_capacity(rows.len());
        for (row, code) in texts.codes().enumerate() {
            event.push(match code.map(|code| (codes[code], &texts.names()[code])) {
                None => 0,
                Some((Some(cause), _)) => cause,
                Some((None, word)) => {
                    let why = format!("“{word}” is neither in --causes nor in --censored; name it in one of them");
                    return Err(rows.table.row_refusal(row, &common.event, &why));
                }
            });
        }
        Ok(Causes { event, words })
    }
}

/// Whether a cell is one of the words; numbers are compared as numbers.
fn is_one_of(cell: &str, words: &[String]) -> bool {
    words.iter().any(|word| EventValue::new(word).is(cell))
}

fn check(common: &Common, texts: &Texts, words: &[String], censored: &[String]) -> Result<(), Refusal> {
    if let Some(word) = words.iter().find(|word| is_one_of(word, censored)) {
        return Err(common.refusal(&format!(
            "“{word}” is in --causes and in --censored; name it in one of them"
        )));
    }
    let twice = |place: &usize| is_one_of(&words[*place], &words[..*place]);
    if let Some(place) = (0..words.len()).find(twice) {
        return Err(common.refusal(&format!("--causes names “{}” twice; name it once", words[place])));
    }
    if words.len() > MOST_CAUSES {
        return Err(common.refusal(&format!("--causes names more than {MOST_CAUSES} causes")));
    }
    let known = |word: &&String| texts.names().iter().any(|name| EventValue::new(word).is(name));
    if let Some(word) = words.iter().chain(censored).find(|word| !known(word)) {
        let cells: Vec<String> = texts.names().iter().take(12).map(|name| format!("“{name}”")).collect();
        return Err(common.refusal(&format!(
            "no cell of column {} is “{word}”; there are {}",
            common.event,
            cells.join(", ")
        )));
    }
    Ok(())
}
