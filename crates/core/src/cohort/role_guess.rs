//! Guesses the roles of columns from their names.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::column_names::ColumnNames;
use super::course::{Milestone, TimeUnit};
use super::header::{CountUnit, Header, name_holds_date_word};
use super::kind::{ColumnKind, Profile};
use super::role::{Polarity, Role};
use super::role_names::{KnownName, by_joined_name, is_vague_name, named_at, names_within};
use super::values::yes_no_codes;
use crate::infant::Field;

impl Role {
    /// True if a column with this profile can have this role.
    #[must_use]
    pub fn suits(self, profile: &Profile) -> bool {
        let kind = &profile.kind;
        let is_number = matches!(kind, ColumnKind::Number { .. } | ColumnKind::Id | ColumnKind::Category);
        let few_codes = matches!(kind, ColumnKind::Category | ColumnKind::YesNo)
            || (matches!(kind, ColumnKind::Number { .. }) && has_few_whole_numbers(profile));
        let is_days = || {
            let within = |from: f64, to: f64| profile.range.is_some_and(|(low, high)| low >= from && high <= to);
            within(EARLIEST_DAY, LATEST_DAY) || within(EARLIEST_SECOND, LATEST_SECOND)
        };
        match (self, kind) {
            (_, ColumnKind::Empty) | (Self::Ignored, _) | (Self::Milestone(_), ColumnKind::Date { .. }) => true,
            (Self::Milestone(_), ColumnKind::Number { .. }) => is_days(),
            (Self::Milestone(_), _) | (_, ColumnKind::Date { .. }) => false,
            (Self::Finding(Field::Id), _) => true,
            (role, _) if role.is_number() => is_number,
            (Self::Group, _) => few_codes,
            _ => few_codes || matches!(kind, ColumnKind::Text),
        }
    }
}

/// Days since 1899-12-30 that a column of dates may hold: from 1964 to 2064.
pub(super) const EARLIEST_DAY: f64 = 23_500.0;
const LATEST_DAY: f64 = 60_000.0;

/// Seconds since 1970 that a column of dates may hold: from 1980 to 2059.
const EARLIEST_SECOND: f64 = 315_532_800.0;
const LATEST_SECOND: f64 = 2_840_140_799.0;

/// True if the column holds at most ten different numbers, all of one or two digits, as codes are.
fn has_few_whole_numbers(profile: &Profile) -> bool {
    let short = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    !profile.more_levels && profile.levels.len() <= 10 && profile.levels.iter().all(|(text, _)| short(text))
}

/// A guess at the role of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoleGuess {
    /// The guessed role.
    pub role: Role,
    /// True if the name is a known and unambiguous name of the role; else a person should check.
    pub exact: bool,
    /// The meaning of yes according to the name.
    pub polarity: Option<Polarity>,
    /// A role that the name gives and the column does not have, and why.
    pub unused: Option<(Role, NotUsed)>,
}

/// Why a column does not have the role given by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotUsed {
    /// Its cells are something else.
    Unsuited,
    /// This column has the role.
    Taken(usize),
}

/// A possible role of a column, by its name.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    score: usize,
    column: usize,
    role: Role,
    polarity: Option<Polarity>,
}

/// Guesses the role of every column from its name, among the roles that suit its cells. A role that only one column can
/// have is given to the best-named one, the first among equals.
#[must_use]
pub fn guess_roles(header: &[String], profiles: &[Profile]) -> Vec<RoleGuess> {
    let names: Vec<ColumnNames> = header.iter().map(|name| ColumnNames::of(name, None)).collect();
    guess_roles_of(&names, profiles)
}

/// The same where columns have labels besides their names.
#[must_use]
pub fn guess_roles_of(names: &[ColumnNames], profiles: &[Profile]) -> Vec<RoleGuess> {
    let mut guesses = vec![RoleGuess::default(); names.len()];
    let mut candidates: Vec<Candidate> = Vec::new();
    for (column, (name, profile)) in names.iter().zip(profiles).enumerate() {
        if is_of_the_database(&name.written) {
            continue;
        }
        let (suited, unsuited): (Vec<Candidate>, Vec<Candidate>) = by_any_name(column, name)
            .into_iter()
            .partition(|candidate| candidate.role.suits(profile) || keeps_its_role(candidate, &name.written, profile));
        if suited.is_empty()
            && let Some(candidate) = unsuited.iter().max_by_key(|candidate| candidate.score)
            && candidate.score >= EXACT
            && profile.filled > 0
        {
            guesses[column].unused = Some((candidate.role, NotUsed::Unsuited));
        }
        let by_count = name.all.iter().filter_map(|name| counted(column, name, profile)).next();
        candidates.extend(suited.into_iter().chain(by_count));
    }
    // Of two columns with one name the one that holds something.
    let is_empty = |column: usize| profiles.get(column).is_some_and(|profile| profile.filled == 0);
    candidates.sort_by_key(|candidate| (Reverse(candidate.score), is_empty(candidate.column), candidate.column));
    let mut taken: Vec<(Role, usize)> = Vec::new();
    let mut settled = vec![false; names.len()];
    for Candidate {
        score,
        column,
        role: named,
        polarity,
    } in candidates
    {
        let (role, unit_is_open) = by_unit(named, &names[column].told, profiles.get(column));
        if settled[column] {
            continue;
        }
        if let Some((_, first)) = taken.iter().find(|(known, _)| role.is_single() && *known == role) {
            if score >= EXACT && guesses[column].unused.is_none() {
                guesses[column].unused = Some((role, NotUsed::Taken(*first)));
            }
            // An empty column does not contradict its name.
            settled[column] = is_empty(column);
            continue;
        }
        settled[column] = true;
        taken.push((role, column));
        guesses[column] = RoleGuess {
            role,
            exact: score >= EXACT && !unit_is_open && !are_vague(&names[column], named) && !role.is_always_asked(),
            polarity,
            unused: None,
        };
    }
    settle_dod(names, profiles, &mut guesses);
    settle_event(&mut guesses);
    guesses
}

/// An event that names no endpoint is that of the time beside it; a person is asked.
fn settle_event(guesses: &mut [RoleGuess]) {
    let roles: Vec<Role> = guesses.iter().map(|guess| guess.role).collect();
    if let Some((column, endpoint)) = super::pairs::event_beside_time(&roles) {
        guesses[column].role = Role::Event(endpoint);
        guesses[column].exact = false;
    }
}

/// "DOD" is the date of death, or of diagnosis: where the file has no other date of diagnosis and every patient has a
/// DOD it is that of diagnosis.
fn settle_dod(names: &[ColumnNames], profiles: &[Profile], guesses: &mut [RoleGuess]) {
    let diagnosis = Role::Milestone(Milestone::Diagnosis);
    let has_diagnosis = guesses.iter().any(|guess| guess.role == diagnosis);
    for ((name, profile), guess) in names.iter().zip(profiles).zip(guesses) {
        if name.all.iter().all(|name| name.words.concat() == "dod") && guess.role == Role::Milestone(Milestone::Death) {
            guess.exact = false;
            if !has_diagnosis && profile.missing == 0 && profile.odd.is_empty() {
                guess.role = diagnosis;
            }
        }
    }
}

/// Columns that REDCap adds to every export.
fn is_of_the_database(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.starts_with("redcap_") || name.ends_with("_complete") || name.ends_with("_timestamp")
}

/// Words of a name, and the same joined.
struct Words<'a> {
    words: &'a [String],
    joined: String,
}

impl<'a> Words<'a> {
    fn of(words: &'a [String]) -> Self {
        Self {
            words,
            joined: words.concat(),
        }
    }

    /// How well a known name fits: the whole of it, or its words in a row; longer names count more.
    fn score(&self, known: &KnownName) -> usize {
        if self.joined == known.joined {
            return EXACT + known.length;
        }
        // A name of one or two letters inside a longer one is not evidence.
        let contains = || {
            self.words
                .windows(known.words.len())
                .any(|window| window == known.words)
        };
        if known.length > 2 && self.words.len() > known.words.len() && contains() {
            known.length
        } else {
            0
        }
    }
}

/// True if the name of a column is known.
pub(super) fn is_known_name(name: &str) -> bool {
    !named(0, &Header::of(name)).is_empty()
}

/// The roles that the names of a column may give. Its header is preferred to its label; where both are known names of
/// different roles neither is certain.
fn by_any_name(column: usize, names: &ColumnNames) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (place, name) in names.all.iter().enumerate() {
        for mut candidate in named(column, name) {
            candidate.score -= usize::from(place > 0 && candidate.score > EXACT);
            match found.iter_mut().find(|known| known.role == candidate.role) {
                Some(known) if known.score >= candidate.score => {
                    known.polarity = known.polarity.or(candidate.polarity);
                }
                Some(known) => {
                    let polarity = candidate.polarity.or(known.polarity);
                    *known = Candidate { polarity, ..candidate };
                }
                None => found.push(candidate),
            }
        }
    }
    found
}

/// Returns the roles that a name may give, each with a score.
fn named(column: usize, name: &Header) -> Vec<Candidate> {
    let mut whole = vec![Words::of(&name.words), Words::of(&name.base)];
    whole.extend(name.core.as_deref().map(Words::of));
    // The name under a heading over several columns (`Baseline birth date`).
    let ends: Vec<Words<'_>> = (1..=2)
        .filter_map(|heading| name.words.get(heading..))
        .filter(|end| !end.is_empty())
        .map(Words::of)
        .collect();
    let unitless: Vec<Words<'_>> = name.unit.map(|_| Words::of(&name.without_unit)).into_iter().collect();
    let affirmed: Vec<Words<'_>> = name.affirmed.as_deref().map(Words::of).into_iter().collect();
    // Best score of each place, and that of its affirmed name.
    let mut best: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut note = |words: &[Words<'_>], least: usize, cost: usize, of_numbers: bool, of_affirmed: bool| {
        for words in words {
            for known in names_within(words.words, &words.joined) {
                let (role, _) = named_at(known.place);
                let counts = !of_numbers || role.is_number() || matches!(role, Role::Milestone(_));
                let whole_only = role == Role::Ignored;
                let score = words.score(known);
                if !counts || score <= least || whole_only && score < EXACT {
                    continue;
                }
                let (most, most_affirmed) = best.entry(known.place).or_default();
                let most = if of_affirmed { most_affirmed } else { most };
                *most = (*most).max(score - cost);
            }
        }
    };
    note(&whole, 0, 0, false, false);
    note(&unitless, 1, 1, true, false);
    note(&ends, EXACT - 1, EXACT / 2, false, false);
    note(&affirmed, 0, 0, false, true);
    let candidates = best.into_iter().filter_map(|(place, (score, affirmed))| {
        let (role, polarity) = named_at(place);
        let answers = yes_no_codes(role).is_some();
        // A negation turns the direction round; a role of numbers or dates has none.
        let (score, polarity) = if affirmed >= EXACT && answers {
            (affirmed, Some(polarity.unwrap_or(Polarity::AsNamed).flipped()))
        } else {
            (score, polarity)
        };
        let is_negated = name.affirmed.is_some() && answers && score < EXACT;
        (score > 0 && !is_negated).then_some(Candidate {
            score,
            column,
            role,
            polarity,
        })
    });
    candidates.collect()
}

/// Returns the meaning of yes in a column of this role according to its name.
#[must_use]
pub(super) fn polarity_named(role: Role, names: &ColumnNames) -> Option<Polarity> {
    let mut found = by_any_name(0, names);
    found.retain(|candidate| candidate.role == role);
    found.into_iter().max_by_key(|candidate| candidate.score)?.polarity
}

/// A column of days or months since diagnosis: `relapse_day`, `days to death`.
fn counted(column: usize, name: &Header, profile: &Profile) -> Option<Candidate> {
    let counts = matches!(name.unit, Some(TimeUnit::Days | TimeUnit::Months));
    let holds = matches!(
        profile.kind,
        ColumnKind::Number { .. } | ColumnKind::Id | ColumnKind::Category | ColumnKind::YesNo | ColumnKind::Empty
    );
    if !counts || !holds {
        return None;
    }
    let milestones = by_joined_name(&name.without_unit.concat()).iter().map(|&place| named_at(place)).filter(|(role, _)| {
        matches!(role, Role::Milestone(milestone) if !matches!(milestone, Milestone::Birth | Milestone::Diagnosis))
    });
    milestones
        .map(|(role, _)| Candidate {
            // Ranked after a time to the endpoint, which every patient has; only patients with the event have days to
            // it.
            score: if profile.missing > 0 || matches!(role, Role::Milestone(Milestone::LastFollowUp)) {
                2 * EXACT
            } else {
                EXACT / 2
            },
            column,
            role,
            polarity: None,
        })
        .next()
}

/// A column with a name of dates keeps its role whatever its cells are: "alive" in a column of death dates is
/// informative. So does a numeric finding: each cell that is not a number is reported.
fn keeps_its_role(candidate: &Candidate, name: &str, profile: &Profile) -> bool {
    let dates = match candidate.role {
        // No other role has these names.
        Role::Milestone(Milestone::Birth | Milestone::Diagnosis | Milestone::LastFollowUp) => true,
        Role::Milestone(_) => name_holds_date_word(name),
        _ => false,
    };
    let numbers = matches!(candidate.role, Role::Finding(_)) && candidate.role.is_number();
    candidate.score >= EXACT
        && (dates || numbers && !matches!(profile.kind, ColumnKind::Date { .. } | ColumnKind::YesNo))
}

/// Returns the role with the unit from the name, else from the size of most numbers, and whether the size was needed:
/// one odd number never changes a unit.
fn by_unit(role: Role, name: &Header, profile: Option<&Profile>) -> (Role, bool) {
    let median = profile
        .and_then(|profile| profile.median.or(profile.range.map(|(_, high)| high)))
        .unwrap_or(0.0);
    match role {
        Role::Finding(Field::Wbc | Field::WbcPerUl) => match name.count_unit {
            Some(CountUnit::PerUl) => (Role::Finding(Field::WbcPerUl), false),
            Some(CountUnit::PerNl) => (Role::Finding(Field::Wbc), false),
            None if median > MOST_PER_NL => (Role::Finding(Field::WbcPerUl), true),
            None => (role, false),
        },
        Role::Finding(Field::AgeDays | Field::AgeMonths) => match name.unit {
            Some(TimeUnit::Days | TimeUnit::Weeks) => (Role::Finding(Field::AgeDays), false),
            Some(TimeUnit::Months | TimeUnit::Years) => (Role::Finding(Field::AgeMonths), false),
            None if median > OLDEST_MONTHS => (Role::Finding(Field::AgeDays), true),
            None => (role, true),
        },
        role => (role, false),
    }
}

/// Most counts of a column in 10⁹/L are below this: median white cells of infants are about 100 × 10⁹/L.
const MOST_PER_NL: f64 = 1_500.0;

/// Most ages of a column in months are below this.
const OLDEST_MONTHS: f64 = 23.0;

/// True if every name of a column that gives it this role is ambiguous.
fn are_vague(names: &ColumnNames, role: Role) -> bool {
    let gives = |name: &&Header| {
        let mut candidates = named(0, name).into_iter();
        candidates.any(|candidate| candidate.role == role && candidate.score >= EXACT)
    };
    let mut giving = names.all.iter().filter(gives).peekable();
    giving.peek().is_none() && names.all.first().is_some_and(is_vague)
        || giving.peek().is_some() && giving.all(is_vague)
}

/// True if a name is ambiguous: the time of a measurement, whose status.
fn is_vague(name: &Header) -> bool {
    // The text in parentheses may be the time of a measurement.
    const TIMES: &[&str] = &[
        "second",
        "2nd",
        "eoc",
        "consolidation",
        "tp3",
        "tp4",
        "zweite",
        "konsolidierung",
        "relapse",
    ];
    let inside = name.words.iter().filter(|word| !name.base.contains(word));
    let times = inside.filter(|word| TIMES.contains(&word.as_str())).count();
    is_vague_name(&name.words.concat()) || is_vague_name(&name.base.concat()) || times > 0
}

const EXACT: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::word_lists::header_names;
    use crate::cohort::{Endpoint, Sheet, profiles};

    fn guesses(text: &str) -> Vec<Role> {
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        let profiles = profiles(&import.sheet, &vec![true; import.sheet.rows()]);
        let guesses = guess_roles(import.sheet.header(), &profiles);
        guesses.into_iter().map(|guess| guess.role).collect()
    }

    /// Cells that suit a role.
    fn cells_for(role: Role) -> [&'static str; 4] {
        match role {
            Role::Milestone(_) => ["2010-05-07", "2011-02-13", "2012-11-30", ""],
            Role::Time(_) => ["100.5", "200", "340", "5"],
            Role::Finding(Field::Id) => ["P1", "P2", "P3", "P4"],
            role if role.is_number() => ["3.5", "12", "200", "5"],
            Role::Group | Role::Ignored => ["A", "B", "A", "B"],
            _ => ["yes", "no", "no", "yes"],
        }
    }

    #[test]
    fn every_name_of_the_table_gives_its_role() {
        let mut wrong = Vec::new();
        for known in header_names() {
            let cells = cells_for(known.role).map(|cell| format!("x,{cell}\n")).concat();
            let text = format!("row,{}\n{cells}", known.name);
            let import = Sheet::read_lenient(text.as_bytes()).unwrap();
            let guess = guess_roles(import.sheet.header(), &import.profiles())[1];
            let fits = match known.role {
                // The size of the numbers decides.
                Role::Finding(Field::AgeDays | Field::AgeMonths) => {
                    matches!(guess.role, Role::Finding(Field::AgeDays | Field::AgeMonths))
                }
                Role::Finding(Field::Wbc | Field::WbcPerUl) => {
                    matches!(guess.role, Role::Finding(Field::Wbc | Field::WbcPerUl))
                }
                role => guess.role == role,
            };
            // The same name may be of a role that is tried before, or of another direction.
            let joined = Header::of(&known.name).words.concat();
            let shared = by_joined_name(&joined)
                .iter()
                .any(|&place| named_at(place).0 == guess.role);
            if !fits && !shared || fits && known.polarity.is_some() && guess.polarity != known.polarity {
                wrong.push((known.name, known.role, known.polarity, guess));
            }
        }
        assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
    }

    #[test]
    fn english_and_german_headers() {
        use {Milestone as M, Role as R};
        assert_eq!(
            guesses(
                "Pat-Nr;Geburtsdatum;Diagnosedatum;Geschlecht;Leukozyten;Rezidivdatum;Letzter Kontakt\n\
                     7;01.02.2010;05.07.2010;m;33,5;;13.05.2015\n8;13.02.2010;15.07.2010;w;120,5;;13.05.2016\n"
            ),
            [
                R::Finding(Field::Id),
                R::Milestone(M::Birth),
                R::Milestone(M::Diagnosis),
                R::Finding(Field::Sex),
                R::Finding(Field::Wbc),
                R::Milestone(M::Relapse),
                R::Milestone(M::LastFollowUp),
            ]
        );
        assert_eq!(
            guesses(
                "ID,DateOfBirth,Date of Dx,relapse,date of relapse,Vital status,WBC (/µL),age at diagnosis (days)\n\
                     a,2010-01-02,2010-05-07,yes,2011-01-01,dead,33900,100\nb,2010-01-02,2010-05-07,no,,alive,900,90\n"
            ),
            [
                R::Finding(Field::Id),
                R::Milestone(M::Birth),
                R::Milestone(M::Diagnosis),
                R::Finding(Field::Relapse),
                R::Milestone(M::Relapse),
                R::VitalStatus,
                R::Finding(Field::WbcPerUl),
                R::Finding(Field::AgeDays),
            ]
        );
    }

    #[test]
    fn times_and_events_by_what_they_hold() {
        use {Endpoint as E, Role as R};
        assert_eq!(
            guesses(
                "efs_months,efs_event,os_years,os,protocol,event_type\n\
                     12.5,1,2.5,0,A,relapse\n13.5,0,3.5,1,B,death\n9.1,1,2.4,1,A,relapse\n7.5,0,8.5,0,B,death\n"
            ),
            [
                R::Time(E::EventFreeSurvival),
                R::Event(E::EventFreeSurvival),
                R::Time(E::OverallSurvival),
                R::Event(E::OverallSurvival),
                R::Group,
                R::FirstEvent
            ]
        );
    }

    #[test]
    fn a_name_that_leaves_something_open_is_not_exact() {
        let import = Sheet::read_lenient(b"age,wbc,sex,mrd\n5,33900,m,1e-4\n300,1200,f,0\n").unwrap();
        let guesses = guess_roles(import.sheet.header(), &profiles(&import.sheet, &[true, true]));
        let found: Vec<(Role, bool)> = guesses.into_iter().map(|guess| (guess.role, guess.exact)).collect();
        let finding = |field, exact| (Role::Finding(field), exact);
        assert_eq!(
            found,
            [
                finding(Field::AgeDays, false), // 300 months would be no infant
                finding(Field::WbcPerUl, false),
                finding(Field::Sex, true),
                finding(Field::MrdEoi, false),
            ]
        );
    }

    /// A column of graft-versus-host disease may hold every grade, so a person confirms it whatever its name says.
    #[test]
    fn days_after_transplantation() {
        use Milestone as M;
        for (header, milestone, exact) in [
            ("relapse_after_hsct_date", M::RelapseAfterHsct, true),
            ("Date of relapse after transplant", M::RelapseAfterHsct, true),
            ("移植後再発日", M::RelapseAfterHsct, true),
            ("acute_gvhd_date", M::AcuteGvhd, false),
            ("aGVHD III-IV (date)", M::AcuteGvhd, false),
            ("date of acute GvHD grade 3-4", M::AcuteGvhd, false),
            ("cGVHD extensive date", M::ChronicGvhd, false),
            (
                "Date of chronic GVHD requiring systemic treatment",
                M::ChronicGvhd,
                false,
            ),
            ("relapse_date", M::Relapse, true),
            ("hsct_date", M::Hsct, true),
        ] {
            let text = format!("id,{header}\n1,2010-01-02\n2,2011-02-13\n3,\n");
            let import = Sheet::read_lenient(text.as_bytes()).unwrap();
            let guesses = guess_roles(import.sheet.header(), &import.profiles());
            assert_eq!(
                (guesses[1].role, guesses[1].exact),
                (Role::Milestone(milestone), exact),
                "{header}"
            );
        }
    }

    #[test]
    fn korean_and_japanese_headers() {
        assert_eq!(
            guesses("번호,성별,백혈구,진단일\n가,남,33.9,2010-05-07\n나,여,43.5,2010-05-08\n"),
            [
                Role::Finding(Field::Id),
                Role::Finding(Field::Sex),
                Role::Finding(Field::Wbc),
                Role::Milestone(Milestone::Diagnosis)
            ]
        );
        assert_eq!(
            guesses("bango,seibetsu,hakkekkyu,seinengappi\na,otoko,33.9,2010-05-07\nb,onna,43.5,2010-05-08\n"),
            [
                Role::Finding(Field::Id),
                Role::Finding(Field::Sex),
                Role::Finding(Field::Wbc),
                Role::Milestone(Milestone::Birth)
            ]
        );
    }
}
