//! The course of one patient according to the file: dates, the first event, vital status.

use serde::{Deserialize, Serialize};

use crate::infant::Date;

/// Defines an enum whose members have a fixed code.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$note:meta])* $member:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$note])* $member),+ }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];
            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The code in files and settings.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code),+ }
            }

            /// The member with this code, in any letter case.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.code().eq_ignore_ascii_case(code))
            }

            /// Position in the list of all.
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }
        }
    };
}
pub(super) use coded;

coded! {
    /// A day in the course of a patient.
    Milestone {
        /// Date of birth.
        Birth = "birth_date",
        /// Date of diagnosis.
        Diagnosis = "diagnosis_date",
        /// First complete remission.
        FirstRemission = "first_remission_date",
        /// First relapse.
        Relapse = "relapse_date",
        /// Second malignant neoplasm.
        SecondMalignancy = "second_malignancy_date",
        /// Haematopoietic stem cell transplantation.
        Hsct = "hsct_date",
        /// Date of death.
        Death = "death_date",
        /// The first event, whose kind is in another column.
        FirstEvent = "first_event_date",
        /// The last day on which the patient was seen.
        LastFollowUp = "last_follow_up_date",
        /// Relapse after transplantation, whether it is the first one or not.
        RelapseAfterHsct = "relapse_after_hsct_date",
        /// Acute graft-versus-host disease of grade III or IV.
        AcuteGvhd = "acute_gvhd_date",
        /// Chronic graft-versus-host disease that is extensive or needs systemic treatment.
        ChronicGvhd = "chronic_gvhd_date",
    }
}

coded! {
    /// How follow-up ended. The position is the number of the cause in competing risks.
    EventKind {
        /// No event: censored.
        None = "none",
        /// Relapse as the event.
        Relapse = "relapse",
        /// Death, in remission where there was one.
        Death = "death",
        /// Second malignant neoplasm.
        SecondMalignancy = "second_malignancy",
        /// No complete remission: resistant disease.
        InductionFailure = "induction_failure",
        /// An event of unknown kind.
        Event = "event",
        /// Acute graft-versus-host disease of grade III or IV.
        AcuteGvhd = "acute_gvhd",
        /// Chronic graft-versus-host disease that is extensive or needs systemic treatment.
        ChronicGvhd = "chronic_gvhd",
    }
}

impl EventKind {
    /// The codes that a column of events can have; graft-versus-host disease has its own dates.
    pub const FILE_CODES: &'static [&'static str] = Self::CODES.split_at(Self::AcuteGvhd as usize).0;

    /// The kind with this code in a column of events.
    #[must_use]
    pub fn from_file_code(code: &str) -> Option<Self> {
        Self::from_code(code).filter(|kind| *kind < Self::AcuteGvhd)
    }
}

coded! {
    /// Whether the patient was alive when last heard of.
    Vital {
        /// Alive at last contact.
        Alive = "alive",
        /// Died, at a date in another column or at last contact.
        Dead = "dead",
    }
}

coded! {
    /// The endpoint of a survival analysis; from when it is counted is its [`Origin`](super::Origin).
    Endpoint {
        /// From diagnosis to induction failure, relapse, second malignancy or death.
        EventFreeSurvival = "efs",
        /// To death: from diagnosis, first remission, transplantation or relapse.
        OverallSurvival = "os",
        /// From first remission to relapse, second malignancy or death.
        DiseaseFreeSurvival = "dfs",
        /// From first remission to relapse; death in remission and second malignancy compete. From transplantation to
        /// relapse; death without relapse (non-relapse mortality) competes.
        TimeToRelapse = "relapse",
        /// A time that the file gives under a name of its own.
        AsInFile = "as_in_file",
        /// From transplantation to relapse or death.
        LeukaemiaFreeSurvival = "lfs",
        /// From transplantation to acute graft-versus-host disease of grade III or IV, chronic graft-versus-host disease
        /// that is extensive or needs systemic treatment, relapse or death.
        GvhdFreeRelapseFreeSurvival = "grfs",
    }
}

impl Endpoint {
    /// Those for which a file can have a time and an event of its own; the others come from dates.
    pub const WITH_TIMES: &'static [Self] = Self::ALL.split_at(Self::LeukaemiaFreeSurvival as usize).0;
}

/// The content of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cell<T> {
    /// The file has no such column.
    #[default]
    NoColumn,
    /// The cell is empty.
    Missing,
    /// The cell has a text that could not be read. It is never treated as empty.
    Unreadable,
    /// The value that was read.
    Value(T),
}

impl<T: Copy> Cell<T> {
    /// The value, if there is one.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }
}

/// The course of one patient.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Course {
    dates: [Cell<Date>; Milestone::ALL.len()],
    /// The kind of the first event.
    pub first_event: Cell<EventKind>,
    /// Vital status.
    pub vital: Cell<Vital>,
    times: [Cell<f64>; Endpoint::ALL.len()],
    events: [Cell<EventKind>; Endpoint::ALL.len()],
}

impl Course {
    /// The date of a milestone.
    #[must_use]
    pub fn date(&self, milestone: Milestone) -> Cell<Date> {
        self.dates[milestone.index()]
    }

    /// Sets the date of a milestone.
    pub fn set_date(&mut self, milestone: Milestone, date: Cell<Date>) {
        self.dates[milestone.index()] = date;
    }

    /// The time to an endpoint as the file has it, in days.
    #[must_use]
    pub fn time(&self, endpoint: Endpoint) -> Cell<f64> {
        self.times[endpoint.index()]
    }

    /// Sets the time to an endpoint, in days.
    pub fn set_time(&mut self, endpoint: Endpoint, days: Cell<f64>) {
        self.times[endpoint.index()] = days;
    }

    /// True if the file shows an event of `endpoint` in any of its columns: a date of an event, also one that cannot be
    /// read (unless another column says that there was none), the vital status, the kind of the first event, or the
    /// event of the file's own time.
    #[must_use]
    pub fn tells_event(&self, endpoint: Endpoint) -> bool {
        let is_event = |cell: Cell<EventKind>| cell.value().is_some_and(|kind| kind != EventKind::None);
        let has_date = |milestone, denied: bool| match self.date(milestone) {
            Cell::Value(_) => true,
            Cell::Unreadable => !denied,
            Cell::Missing | Cell::NoColumn => false,
        };
        let died = has_date(Milestone::Death, self.vital == Cell::Value(Vital::Alive))
            || self.vital == Cell::Value(Vital::Dead)
            || self.first_event == Cell::Value(EventKind::Death);
        let timed = is_event(self.event(endpoint));
        match endpoint {
            Endpoint::AsInFile => timed,
            Endpoint::OverallSurvival => timed || died,
            Endpoint::EventFreeSurvival | Endpoint::DiseaseFreeSurvival | Endpoint::TimeToRelapse => {
                let no_event = self.first_event == Cell::Value(EventKind::None);
                let mut others = [
                    Milestone::Relapse,
                    Milestone::RelapseAfterHsct,
                    Milestone::SecondMalignancy,
                ]
                .into_iter();
                timed || died || is_event(self.first_event) || others.any(|milestone| has_date(milestone, no_event))
            }
            Endpoint::LeukaemiaFreeSurvival | Endpoint::GvhdFreeRelapseFreeSurvival => {
                let gvhd = || [Milestone::AcuteGvhd, Milestone::ChronicGvhd].map(|day| has_date(day, false));
                let of_gvhd = endpoint == Endpoint::GvhdFreeRelapseFreeSurvival && gvhd().contains(&true);
                // A relapse before transplantation is no event of these.
                let transplant = self.date(Milestone::Hsct).value();
                let relapse = self.date(Milestone::Relapse).value();
                let relapsed = has_date(Milestone::RelapseAfterHsct, false)
                    || matches!((relapse, transplant), (Some(relapse), Some(transplant)) if relapse >= transplant);
                died || relapsed || of_gvhd
            }
        }
    }

    /// How that time ended as the file has it.
    #[must_use]
    pub fn event(&self, endpoint: Endpoint) -> Cell<EventKind> {
        self.events[endpoint.index()]
    }

    /// Sets how the time to an endpoint ended.
    pub fn set_event(&mut self, endpoint: Endpoint, event: Cell<EventKind>) {
        self.events[endpoint.index()] = event;
    }
}

/// Unit of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum TimeUnit {
    /// Days, as between two dates.
    #[default]
    Days,
    /// Weeks of 7 days.
    Weeks,
    /// Months of 30.4375 days.
    Months,
    /// Years of 365.25 days.
    Years,
}

impl TimeUnit {
    /// Every unit.
    pub const ALL: &'static [Self] = &[Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// The code in files and settings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The unit with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.code() == code)
    }

    /// Returns the number of days in one unit.
    #[must_use]
    pub const fn days(self) -> f64 {
        match self {
            Self::Days => 1.0,
            Self::Weeks => 7.0,
            Self::Months => 30.4375,
            Self::Years => 365.25,
        }
    }
}
