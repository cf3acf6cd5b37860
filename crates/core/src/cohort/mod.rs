//! A file of rows: CSV text as a [`Sheet`] of cells, its columns as numbers or labels, and, for a file of patients, the
//! steps from bytes to [`Cohort`] and [`TimeToEvent`].
//!
//! [`Sheet::read`] is the strict reader (of the command line): the first fault is an error that names row and column;
//! [`ChosenColumns::read`] is as strict, for files of any size, of which it keeps some columns only.
//! [`Sheet::read_lenient`] is the reader for a person who can answer questions: it reads as much as possible, keeps
//! every row at its position, and reports each value that could not be used as a [`Problem`]. Neither loses data
//! silently.

mod after_transplant;
mod cell_unit;
mod cells;
mod checkboxes;
mod chosen;
mod code_page;
mod codebooks;
mod column;
mod column_names;
mod confirm;
mod course;
mod cut;
mod date_form;
mod describe;
mod described;
mod described_laws;
mod description;
mod dictionary;
mod encoding;
mod endpoints;
mod factor;
mod filter;
mod foreign;
mod guess;
mod header;
mod kind;
mod laws;
mod layout;
mod lenient;
mod mapping;
mod number_form;
mod origin;
mod pairs;
mod passing;
mod patients;
mod plain;
mod problem;
mod protocol_groups;
mod question;
mod quotes;
mod regroup;
mod role;
mod role_guess;
mod role_names;
mod sanity;
mod shape;
mod sheet;
mod study;
mod subjects;
mod table_error;
mod totals;
mod unlikely;
mod values;
mod visits;
mod word_lists;

pub use chosen::{Cells, ChosenColumns, Opened, ReadError, RowLines, Texts, Wanted};
pub use code_page::{CodePage, DecodeCodePage, code_pages};
pub use codebooks::{Codebook, CodebookKind};
pub use column::{CellError, Expected, is_missing};
pub use column_names::ColumnNames;
pub use confirm::Understood;
pub use course::{Cell, Course, Endpoint, EventKind, Milestone, TimeUnit, Vital};
pub use cut::{Cut, Limit, MOST_LIMITS, MOST_MONTHS, NotALimit, STANDARD_CUTS, StandardCut, median, usual_limits};
pub use date_form::{DateForm, month_only};
pub use describe::{
    LevelSummary, Levels, NumberSummary, Numbers, describe_codes, describe_levels, describe_numbers, grouped,
};
pub use description::{Description, NOT_DESCRIBED};
pub use dictionary::{CodeLabel, ColumnContent, DescribedColumn, Dictionary};
pub use encoding::{Basis, Decoded, Encoding, damaged_utf8, decode, in_code_page, is_iso_2022_jp};
pub use endpoints::{Excluded, FailureAt, HsctInterval, TimeSettings, TimeToEvent, Unusable};
pub use factor::Factor;
pub use filter::{Condition, Filter, FilterError, Join, MOST_CONDITIONS, Test};
pub use foreign::ForeignFormat;
pub use header::{CountUnit, Header};
pub use kind::{ColumnKind, MOST_LEVELS, Misfit, Profile, profile, profiles};
pub use lenient::{Conflict, Import, RowFault, SetAside};
pub use mapping::{Cohort, ColumnUse, HighCounts, Mapping, Patient};
pub use number_form::NumberForm;
pub use origin::Origin;
pub use patients::{PatientRow, PatientTable, read_table};
pub use problem::{Problem, Remedy, Trouble};
pub use protocol_groups::{Placement, ProtocolGroups};
pub use question::{Direction, Doubt, Percent, Question, QuestionKind};
pub use regroup::{AGE_ID, Grouping, Groupings, LevelGroup, Resolved};
pub use role::{Polarity, Role};
pub use role_guess::{NotUsed, RoleGuess, guess_roles, guess_roles_of};
pub use sanity::{FollowedLonger, LeftOut, followed_longer, left_out};
pub use shape::{EndpointRows, Repeated, RowsQuestion, Shape};
pub use sheet::Sheet;
pub use study::{MOST_GROUPS, Manifold, Nature, Study, Values, Variable};
pub use subjects::Joined;
pub use table_error::TableError;
pub use unlikely::{LONGEST_FOLLOW_UP, unlikely_follow_up};
pub use values::{GuessedValues, Meaning, ValueRule, guess_values, meaning, tells_of_events, yes_no_codes};
pub use visits::Visits;
pub use word_lists::{month_names, negative_words, time_units};
