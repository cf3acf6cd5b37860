//! What a column is for, and the guess from its name.

use super::course::{Endpoint, EventKind, Milestone, Vital};
use super::kind::{ColumnKind, Profile};
use super::role_names::ROLE_NAMES;
use crate::infant::{Field, Kind};

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Role {
    /// Nothing.
    #[default]
    Ignored,
    /// A finding of the data dictionary (birth and diagnosis date are milestones).
    Finding(Field),
    /// A date in the course.
    Milestone(Milestone),
    /// The kind of the first event.
    FirstEvent,
    /// Alive or dead.
    VitalStatus,
    /// A time to an endpoint.
    Time(Endpoint),
    /// How that time ended.
    Event(Endpoint),
    /// A group to compare; several columns may be.
    Group,
}

impl Role {
    /// Whether only one column can have this role.
    #[must_use]
    pub fn is_single(self) -> bool {
        !matches!(self, Self::Ignored | Self::Group)
    }

    /// The codes that a cell can mean; empty where cells are numbers, dates or free text.
    #[must_use]
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Finding(field) => match field.kind() {
                Kind::Code(codes) => codes,
                _ => &[],
            },
            Self::FirstEvent | Self::Event(_) => EventKind::CODES,
            Self::VitalStatus => Vital::CODES,
            Self::Ignored | Self::Milestone(_) | Self::Time(_) | Self::Group => &[],
        }
    }

    /// Whether cells are numbers.
    #[must_use]
    pub fn is_number(self) -> bool {
        match self {
            Self::Finding(field) => matches!(field.kind(), Kind::Number { .. } | Kind::Fraction),
            Self::Time(_) => true,
            _ => false,
        }
    }

    /// Whether a column that holds this can have this role.
    #[must_use]
    pub fn suits(self, profile: &Profile) -> bool {
        let kind = &profile.kind;
        let is_number = matches!(kind, ColumnKind::Number { .. } | ColumnKind::Id | ColumnKind::Category);
        let few_codes = matches!(kind, ColumnKind::Category | ColumnKind::YesNo)
            || (matches!(kind, ColumnKind::Number { .. }) && has_few_whole_numbers(profile));
        let is_days = || {
            profile
                .range
                .is_some_and(|(low, high)| low >= EARLIEST_DAY && high <= LATEST_DAY)
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
const EARLIEST_DAY: f64 = 23_500.0;
const LATEST_DAY: f64 = 60_000.0;

/// Whether the column holds at most ten different numbers, all of one or two digits, as codes are.
fn has_few_whole_numbers(profile: &Profile) -> bool {
    let short = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    !profile.more_levels && profile.levels.len() <= 10 && profile.levels.iter().all(|(text, _)| short(text))
}

/// A guess at the role of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoleGuess {
    /// The role.
    pub role: Role,
    /// Whether the name is one that the role is known by and leaves nothing open; else a person should look.
    pub exact: bool,
}

/// Guesses the role of every column from its name, among the roles that suit what it holds. Each single role goes to the
/// column that names it best, the first among equals.
#[must_use]
pub fn guess_roles(header: &[String], profiles: &[Profile]) -> Vec<RoleGuess> {
    let mut guesses = vec![RoleGuess::default(); header.len()];
    let mut candidates: Vec<(usize, usize, Role)> = Vec::new();
    for (column, (name, profile)) in header.iter().zip(profiles).enumerate() {
        let words = words(name);
        for (role, names) in ROLE_NAMES.iter().filter(|(role, _)| role.suits(profile)) {
            let score = names.iter().map(|known| score(&words, known)).max().unwrap_or(0);
            if score > 0 {
                candidates.push((score, column, *role));
            }
        }
    }
    candidates.sort_by_key(|&(score, column, _)| (std::cmp::Reverse(score), column));
    let mut taken: Vec<Role> = Vec::new();
    let mut settled = vec![false; header.len()];
    for (score, column, named) in candidates {
        let role = by_size(named, profiles.get(column));
        if settled[column] || (role.is_single() && taken.contains(&role)) {
            continue;
        }
        settled[column] = true;
        taken.push(role);
        guesses[column] = RoleGuess {
            role,
            exact: score >= EXACT && role == named && !is_vague(header.get(column)),
        };
    }
    guesses
}

/// A count above 5,000 can only be per µL; an age above 23 can only be in days.
fn by_size(role: Role, profile: Option<&Profile>) -> Role {
    let most = profile.and_then(|profile| profile.range).map_or(0.0, |(_, high)| high);
    match role {
        Role::Finding(Field::Wbc) if most > 5_000.0 => Role::Finding(Field::WbcPerUl),
        Role::Finding(Field::AgeMonths) if most > 23.0 => Role::Finding(Field::AgeDays),
        role => role,
    }
}

/// Whether a name leaves open what exactly is meant: the unit of an age, the time of a measurement, whose status.
fn is_vague(name: Option<&String>) -> bool {
    const VAGUE: &[&str] = &[
        "age",
        "agediagnosis",
        "agedx",
        "alter",
        "나이",
        "연령",
        "nenrei",
        "mrd",
        "status",
        "event",
        "case",
        "ds",
        "translocation",
        "time",
        "cr",
        "remission",
    ];
    name.is_some_and(|name| VAGUE.contains(&joined(&words(name)).as_str()))
}

const EXACT: usize = 1_000;

/// How well a name fits: the whole of it, or its words in a row; longer names count more.
fn score(words: &[String], known: &str) -> usize {
    let length = known.chars().filter(|c| *c != ' ').count();
    if joined(words) == known.replace(' ', "") {
        return EXACT + length;
    }
    let wanted: Vec<&str> = known.split(' ').collect();
    // A name of one or two letters inside a longer one says nothing.
    let contained = length > 2 && words.windows(wanted.len()).any(|window| window == wanted);
    if contained { length } else { 0 }
}

fn joined(words: &[String]) -> String {
    words.concat()
}

/// The words of a name in lower case: split at marks, at spaces and where a capital follows a small letter. Fillers are
/// left out.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        if (before.is_lowercase() && c.is_uppercase()) || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            // The sign of micro has two code points.
            let c = if matches!(c, 'µ' | 'μ') { 'u' } else { c };
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = c;
    }
    words.retain(|word| {
        !matches!(
            word.as_str(),
            "" | "of" | "the" | "at" | "in" | "to" | "der" | "des" | "bei" | "und"
        )
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Sheet, profiles};

    fn guesses(text: &str) -> Vec<Role> {
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        let profiles = profiles(&import.sheet, &vec![true; import.sheet.rows()]);
        let guesses = guess_roles(import.sheet.header(), &profiles);
        guesses.into_iter().map(|guess| guess.role).collect()
    }

    #[test]
    fn every_name_is_written_as_words_and_the_dictionary_names_itself() {
        for (role, names) in ROLE_NAMES {
            for name in *names {
                assert_eq!(words(name).join(" "), *name, "{role:?}");
            }
        }
        for &field in Field::ALL {
            let role = match field {
                Field::BirthDate => Role::Milestone(Milestone::Birth),
                Field::DiagnosisDate => Role::Milestone(Milestone::Diagnosis),
                field => Role::Finding(field),
            };
            let names = ROLE_NAMES.iter().filter(|(known, _)| *known == role);
            let column = field.column().replace('_', " ");
            assert!(
                names
                    .flat_map(|(_, names)| *names)
                    .any(|name| words(name) == words(&column)),
                "{column}"
            );
        }
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
