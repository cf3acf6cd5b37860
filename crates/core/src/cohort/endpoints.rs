//! Time to an endpoint for every patient, from dates or from times in the file; and why a row cannot be used.
//!
//! An empty date of an event is read as "no such event until last seen", as registries mean it; a cell that could not
//! be read is never treated as empty. Every patient is either included or excluded with a reason.

use super::course::{Cell, Course, Endpoint, EventKind, Milestone, TimeUnit, Vital};
use super::mapping::{Cohort, Patient};
use super::origin::Origin;
use crate::infant::Date;

/// The time of induction failure for a patient without a first remission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailureAt {
    /// At diagnosis (time 0), as most cooperative groups count it.
    #[default]
    TimeZero,
    /// On the date of the first event.
    ItsDate,
}

/// How times are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeSettings {
    /// Unit of the times.
    pub unit: TimeUnit,
    /// The time of induction failure.
    pub failure_at: FailureAt,
    /// True if the file's own times are used instead of its dates.
    pub as_in_file: bool,
    /// From when time is counted; `None` is the usual origin of the endpoint.
    pub origin: Option<Origin>,
}

impl TimeSettings {
    /// From when time to this endpoint is counted.
    #[must_use]
    pub fn origin_of(&self, endpoint: Endpoint) -> Origin {
        self.origin.unwrap_or(Origin::of(endpoint))
    }

    /// True if the file's own times can stand for it: they count from the usual origin.
    pub(super) fn is_usual(&self, endpoint: Endpoint) -> bool {
        self.origin_of(endpoint) == Origin::of(endpoint)
    }
}

/// Why a row has no time to this endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unusable {
    /// The row does not fit the header.
    SetAside,
    /// There is no column for this date, which is needed.
    NoColumn(Milestone),
    /// No column has the time to this endpoint, and it is needed.
    NoTimeColumn,
    /// There is no column for the event of that time, which is needed.
    NoEventColumn,
    /// This date is missing, and it is needed.
    NoDate(Milestone),
    /// The cell of this date does not hold a date.
    UnreadableDate(Milestone),
    /// The first date is before the second, which must come first.
    WrongOrder(Milestone, Milestone),
    /// Two columns give different dates for one event.
    DatesDisagree(Milestone, Milestone),
    /// The kind of the event is missing, and there is no date of an event.
    EventUnknown,
    /// The kind of the event could not be read.
    UnreadableEvent,
    /// The kind of the event is needed to distinguish relapse from competing events.
    KindUnknown,
    /// This kind of first event contradicts this date.
    EventDisagrees(EventKind, Milestone),
    /// An event of this kind has no date.
    NoEventDate(EventKind),
    /// The vital status is unknown.
    VitalUnknown,
    /// The vital status could not be read.
    UnreadableVital,
    /// Dead, without a date of death.
    DiedWithoutDate,
    /// Alive, with a date of death.
    AliveWithDeathDate,
    /// Never in remission, and so not at risk of later events.
    NeverInRemission,
    /// The file has no time for this patient.
    NoTime,
    /// The time in the file could not be read.
    UnreadableTime,
    /// The time is 0: no interval in which the patient was at risk.
    ZeroTime,
    /// The date of transplantation could not be read, or is before diagnosis.
    UnreadableHsct,
    /// Not transplanted, where time is counted from transplantation.
    NotTransplanted,
    /// Without a relapse, where time is counted from it.
    NoRelapse,
    /// An event of this kind was before transplantation or took the place of the first one, and no column tells of a
    /// relapse after transplantation.
    LaterRelapseUnknown(EventKind),
}

/// A row without a time to this endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excluded {
    /// Position of the row in the sheet, from 0.
    pub row: usize,
    /// Why the row is excluded.
    pub why: Unusable,
}

/// Time to an endpoint of every patient who can be followed; columns of equal length, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimeToEvent {
    /// Position among the patients of the cohort.
    pub patient: Vec<usize>,
    /// Position of the row in the sheet.
    pub row: Vec<usize>,
    /// Time from the origin of the endpoint, in the requested unit.
    pub time: Vec<f64>,
    /// The event at that time, or none.
    pub event: Vec<EventKind>,
    /// Time from the origin to transplantation; below 0 where it came first.
    pub hsct: Vec<Cell<f64>>,
    /// Rows that cannot be used, in the order of the file.
    pub excluded: Vec<Excluded>,
}

/// A stretch of follow-up with one state of transplantation: at risk over `(entry, time]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HsctInterval {
    /// Position in the columns of [`TimeToEvent`].
    pub subject: usize,
    /// Start of the interval.
    pub entry: f64,
    /// End of the interval.
    pub time: f64,
    /// How it ended; [`EventKind::None`] where the state changes.
    pub event: EventKind,
    /// True if the patient has been transplanted.
    pub transplanted: bool,
}

impl TimeToEvent {
    /// Time to `endpoint` of every patient.
    ///
    /// Times are whole days divided by the days of the unit (30.4375, 365.25). Two events on one day count as the one
    /// that comes first in: induction failure, relapse, second malignancy, acute and chronic graft-versus-host disease,
    /// death.
    #[must_use]
    pub fn of(cohort: &Cohort, endpoint: Endpoint, settings: TimeSettings) -> Self {
        let courses = cohort.patients.iter().map(|patient| (patient.row, &patient.course));
        Self::of_courses(courses, &cohort.set_aside, endpoint, settings)
    }

    /// The same of rows and their courses, ascending by row; `set_aside` are the rows that cannot be used.
    pub(super) fn of_courses<'a>(
        courses: impl Iterator<Item = (usize, &'a Course)>,
        set_aside: &[usize],
        endpoint: Endpoint,
        settings: TimeSettings,
    ) -> Self {
        let mut all = Self::default();
        let mut aside = set_aside.iter().copied().peekable();
        for (position, (patient_row, course)) in courses.enumerate() {
            while let Some(row) = aside.next_if(|&row| row < patient_row) {
                all.exclude(row, Unusable::SetAside);
            }
            let origin = settings.origin_of(endpoint);
            let dates = Dates {
                course,
                endpoint,
                origin,
            };
            let followed = match settings.as_in_file || endpoint == Endpoint::AsInFile {
                true => as_in_file(course, endpoint),
                false => dates.follow(settings.failure_at),
            };
            match followed {
                Ok(followed) => {
                    all.patient.push(position);
                    all.row.push(patient_row);
                    all.time.push(followed.days / settings.unit.days());
                    all.event.push(followed.event);
                    all.hsct.push(match followed.hsct {
                        Cell::Value(days) => Cell::Value(days / settings.unit.days()),
                        other => other,
                    });
                }
                Err(why) => all.exclude(patient_row, why),
            }
        }
        for row in aside {
            all.exclude(row, Unusable::SetAside);
        }
        all
    }

    fn exclude(&mut self, row: usize, why: Unusable) {
        self.excluded.push(Excluded { row, why });
    }

    /// 1 where there was any event, 0 where censored.
    #[must_use]
    pub fn any_event(&self) -> Vec<u32> {
        self.event
            .iter()
            .map(|&event| u32::from(event != EventKind::None))
            .collect()
    }

    /// The number of the cause of each row (0 censored, 1 relapse, 2 death, 3 second malignancy, …).
    #[must_use]
    pub fn causes(&self) -> Vec<u32> {
        self.event.iter().map(|&event| event.index() as u32).collect()
    }

    /// Splits follow-up at transplantation, for transplantation as a time-dependent covariate.
    ///
    /// Transplantation on day h counts from then on: `(0, h]` before, `(h, end]` after; on the last day or later it
    /// changes nothing; before the origin it holds from the start (R: `tmerge` with `tdc`). An empty date is read as
    /// not transplanted. Rows of time 0 and rows whose date of transplantation cannot be used are excluded.
    #[must_use]
    pub fn hsct_intervals(&self) -> (Vec<HsctInterval>, Vec<Excluded>) {
        let (mut intervals, mut excluded) = (Vec::new(), Vec::new());
        for subject in 0..self.time.len() {
            let (time, event) = (self.time[subject], self.event[subject]);
            let row = self.row[subject];
            let whole = HsctInterval {
                subject,
                entry: 0.0,
                time,
                event,
                transplanted: false,
            };
            match self.hsct[subject] {
                _ if time <= 0.0 => excluded.push(Excluded {
                    row,
                    why: Unusable::ZeroTime,
                }),
                Cell::Unreadable => excluded.push(Excluded {
                    row,
                    why: Unusable::UnreadableHsct,
                }),
                Cell::Value(hsct) if hsct <= 0.0 => intervals.push(HsctInterval {
                    transplanted: true,
                    ..whole
                }),
                Cell::Value(hsct) if hsct < time => {
                    intervals.push(HsctInterval {
                        time: hsct,
                        event: EventKind::None,
                        ..whole
                    });
                    intervals.push(HsctInterval {
                        entry: hsct,
                        transplanted: true,
                        ..whole
                    });
                }
                Cell::Value(_) | Cell::Missing | Cell::NoColumn => intervals.push(whole),
            }
        }
        (intervals, excluded)
    }
}

struct Followed {
    days: f64,
    event: EventKind,
    hsct: Cell<f64>,
}

/// Returns every column that is needed for `endpoint` and missing; columns are the same for all patients.
pub(super) fn missing_columns(course: &Course, endpoint: Endpoint, origin: Origin, as_in_file: bool) -> Vec<Unusable> {
    if as_in_file || endpoint == Endpoint::AsInFile {
        let no_time = course.time(endpoint) == Cell::NoColumn;
        let no_event = event_in_file(course, endpoint) == Cell::NoColumn;
        let missing = [(no_time, Unusable::NoTimeColumn), (no_event, Unusable::NoEventColumn)];
        return missing.into_iter().filter(|(is, _)| *is).map(|(_, why)| why).collect();
    }
    let dates = Dates {
        course,
        endpoint,
        origin,
    };
    let start = (!dates.has_start()).then(|| origin.milestone());
    let missing = start.into_iter().chain(dates.missing_columns());
    missing.map(Unusable::NoColumn).collect()
}

fn as_in_file(course: &Course, endpoint: Endpoint) -> Result<Followed, Unusable> {
    let days = match course.time(endpoint) {
        Cell::Value(days) => days,
        Cell::Unreadable => return Err(Unusable::UnreadableTime),
        Cell::Missing => return Err(Unusable::NoTime),
        Cell::NoColumn => return Err(Unusable::NoTimeColumn),
    };
    let event = match event_in_file(course, endpoint) {
        Cell::Value(event) => event,
        Cell::Unreadable => return Err(Unusable::UnreadableEvent),
        Cell::Missing => return Err(Unusable::EventUnknown),
        Cell::NoColumn => return Err(Unusable::NoEventColumn),
    };
    if endpoint == Endpoint::TimeToRelapse && event == EventKind::Event {
        return Err(Unusable::KindUnknown);
    }
    Ok(Followed {
        days,
        event,
        // Where the file's own time starts is not known, so no date can be put on its scale.
        hsct: Cell::NoColumn,
    })
}

impl Cohort {
    /// The columns that are missing to follow anybody from `origin` to `endpoint`: by dates, or by the file's own times
    /// where it has some. Empty where there is nobody.
    #[must_use]
    pub fn missing_columns(&self, origin: Origin, endpoint: Endpoint) -> Vec<Unusable> {
        // Which columns there are is the same for all.
        let of = |patient: &Patient| {
            let course = &patient.course;
            let times_alone = origin == Origin::of(endpoint)
                && !has_dates(course, endpoint)
                && course.time(endpoint) != Cell::NoColumn;
            missing_columns(course, endpoint, origin, times_alone)
        };
        self.patients.first().map(of).unwrap_or_default()
    }
}

/// How the file's own time to an endpoint ended: by the column of that event, else by what else tells it. A column of events
/// that names no endpoint belongs to the only time of the file.
fn event_in_file(course: &Course, endpoint: Endpoint) -> Cell<EventKind> {
    let own = course.event(endpoint);
    let by_vital = match course.vital {
        Cell::Value(Vital::Dead) => Cell::Value(EventKind::Death),
        Cell::Value(Vital::Alive) => Cell::Value(EventKind::None),
        Cell::Missing => Cell::Missing,
        Cell::Unreadable => Cell::Unreadable,
        Cell::NoColumn => Cell::NoColumn,
    };
    let times = Endpoint::ALL
        .iter()
        .filter(|each| course.time(**each) != Cell::NoColumn)
        .count();
    let of_the_only_time = || {
        let mut events = Endpoint::ALL
            .iter()
            .map(|each| course.event(*each))
            .filter(|event| *event != Cell::NoColumn);
        match (times, events.next(), events.next()) {
            (1, Some(event), None) => event,
            _ => Cell::NoColumn,
        }
    };
    let others = match endpoint {
        Endpoint::OverallSurvival => [by_vital, of_the_only_time(), Cell::NoColumn],
        Endpoint::AsInFile => [course.first_event, of_the_only_time(), by_vital],
        _ => [course.first_event, of_the_only_time(), Cell::NoColumn],
    };
    let only_time = times == 1;
    let known = others.into_iter().find(|event| *event != Cell::NoColumn);
    match known {
        _ if own != Cell::NoColumn => own,
        Some(event) => event,
        // "os_time" and "event", and no other candidate.
        None if only_time => course.first_event,
        None => Cell::NoColumn,
    }
}

/// True if dates give the time to an endpoint: the day from which it counts, the last follow-up and its events have
/// columns.
pub(super) fn has_dates(course: &Course, endpoint: Endpoint) -> bool {
    let dates = Dates {
        course,
        endpoint,
        origin: Origin::of(endpoint),
    };
    endpoint != Endpoint::AsInFile && dates.has_start() && dates.check_columns().is_ok()
}

/// The dates of a patient, for an endpoint.
pub(super) struct Dates<'a> {
    pub(super) course: &'a Course,
    endpoint: Endpoint,
    pub(super) origin: Origin,
}

/// Kinds of dated events in the order in which they count on one day. A relapse after transplantation is a relapse.
const DATED: [(EventKind, Milestone); 4] = [
    (EventKind::Relapse, Milestone::Relapse),
    (EventKind::Relapse, Milestone::RelapseAfterHsct),
    (EventKind::SecondMalignancy, Milestone::SecondMalignancy),
    (EventKind::Death, Milestone::Death),
];

impl Dates<'_> {
    fn follow(&self, failure_at: FailureAt) -> Result<Followed, Unusable> {
        self.check_columns()?;
        let origin = self.origin()?;
        self.check_order(origin)?;
        let found = match self.endpoint {
            Endpoint::OverallSurvival => self.death()?.map(|date| (EventKind::Death, date)),
            _ if self.origin == Origin::Transplant => self.first_after_transplant(origin)?,
            _ => self.first_event(origin, failure_at)?,
        };
        let (event, end) = match found {
            Some(found) => found,
            None => (EventKind::None, self.last_seen()?),
        };
        let since = |date: Date| (date.day_number() - origin.day_number()) as f64;
        Ok(Followed {
            days: since(end),
            event,
            hsct: match self.course.date(Milestone::Hsct) {
                Cell::Value(date) if Some(date) < self.course.date(Milestone::Diagnosis).value() => Cell::Unreadable,
                Cell::Value(date) => Cell::Value(since(date)),
                Cell::Missing => Cell::Missing,
                Cell::NoColumn => Cell::NoColumn,
                Cell::Unreadable => Cell::Unreadable,
            },
        })
    }

    /// Checks that the file has the columns for all patients. Otherwise only patients with an event could be followed,
    /// and without a column of relapses nobody would have relapsed.
    fn check_columns(&self) -> Result<(), Unusable> {
        match self.missing_columns().first() {
            Some(&milestone) => Err(Unusable::NoColumn(milestone)),
            None => Ok(()),
        }
    }

    /// Returns the milestones after the origin that are needed and for which the file has no column.
    fn missing_columns(&self) -> Vec<Milestone> {
        let course = self.course;
        let no_date = |milestone| course.date(milestone) == Cell::NoColumn;
        let no_kind = course.first_event == Cell::NoColumn;
        let survival = self.endpoint == Endpoint::OverallSurvival;
        let no_later_relapse = self.origin != Origin::Transplant || no_date(Milestone::RelapseAfterHsct);
        let mut missing = Vec::new();
        if no_date(Milestone::LastFollowUp) {
            missing.push(Milestone::LastFollowUp);
        }
        if no_date(Milestone::Death) && course.vital == Cell::NoColumn && (survival || no_kind) {
            missing.push(Milestone::Death);
        }
        if !survival && no_kind && no_later_relapse && no_date(Milestone::Relapse) && no_date(Milestone::FirstEvent) {
            missing.push(Milestone::Relapse);
        }
        missing.extend(self.gvhd().iter().filter(|milestone| no_date(**milestone)));
        missing
    }

    /// The days of graft-versus-host disease that the endpoint counts.
    pub(super) fn gvhd(&self) -> &'static [Milestone] {
        match self.endpoint {
            Endpoint::GvhdFreeRelapseFreeSurvival => &[Milestone::AcuteGvhd, Milestone::ChronicGvhd],
            _ => &[],
        }
    }

    /// True if the file has a column of the day from which time is counted; of a relapse that may be the day of the
    /// first event, where its kind is known.
    fn has_start(&self) -> bool {
        let has = |milestone| self.course.date(milestone) != Cell::NoColumn;
        let by_first_event =
            self.origin == Origin::Relapse && has(Milestone::FirstEvent) && self.course.first_event != Cell::NoColumn;
        has(self.origin.milestone()) || by_first_event
    }

    fn origin(&self) -> Result<Date, Unusable> {
        match self.origin {
            Origin::FirstRemission if self.course.first_event == Cell::Value(EventKind::InductionFailure) => {
                Err(Unusable::NeverInRemission)
            }
            Origin::Transplant if self.course.date(Milestone::Hsct) == Cell::Missing => Err(Unusable::NotTransplanted),
            Origin::Relapse => self.first_relapse(),
            Origin::Diagnosis | Origin::FirstRemission | Origin::Transplant => {
                needed(self.course, self.origin.milestone())
            }
        }
    }

    /// The day of the first relapse, from which time is counted.
    fn first_relapse(&self) -> Result<Date, Unusable> {
        let own = self.relapse_day()?;
        let named = optional(self.course, Milestone::FirstEvent)?;
        let (kind, earlier) = match self.course.first_event {
            Cell::Unreadable if own.is_none() => return Err(Unusable::UnreadableEvent),
            Cell::Missing if own.is_none() && self.course.date(Milestone::Relapse) == Cell::NoColumn => {
                return Err(Unusable::EventUnknown);
            }
            Cell::Value(EventKind::Relapse) => {
                return match (own, named) {
                    (Some(own), Some(named)) if own != named => {
                        Err(Unusable::DatesDisagree(Milestone::Relapse, Milestone::FirstEvent))
                    }
                    (own, named) => own.or(named).ok_or(Unusable::NoEventDate(EventKind::Relapse)),
                };
            }
            Cell::Value(EventKind::Event) if own.is_none() => return Err(Unusable::KindUnknown),
            Cell::Value(kind @ (EventKind::None | EventKind::Death)) => (kind, own.is_some()),
            Cell::Value(kind) => (kind, own.zip(named).is_some_and(|(own, named)| own < named)),
            _ => (EventKind::None, false),
        };
        match own {
            Some(_) if earlier => Err(Unusable::EventDisagrees(kind, Milestone::Relapse)),
            own => own.ok_or(Unusable::NoRelapse),
        }
    }

    /// The day of the first relapse by its own dates.
    pub(super) fn relapse_day(&self) -> Result<Option<Date>, Unusable> {
        let first = optional(self.course, Milestone::Relapse)?;
        let later = optional(self.course, Milestone::RelapseAfterHsct)?;
        Ok(first.into_iter().chain(later).min())
    }

    /// Checks that no date in use is before the origin or after death.
    fn check_order(&self, origin: Date) -> Result<(), Unusable> {
        let used: &[Milestone] = match self.endpoint {
            Endpoint::OverallSurvival => &[Milestone::Death, Milestone::LastFollowUp],
            // The first relapse and a second malignancy may come before transplantation.
            _ if self.origin == Origin::Transplant => {
                &[Milestone::RelapseAfterHsct, Milestone::Death, Milestone::LastFollowUp]
            }
            _ => &[
                Milestone::Relapse,
                Milestone::RelapseAfterHsct,
                Milestone::SecondMalignancy,
                Milestone::FirstEvent,
                Milestone::Death,
                Milestone::LastFollowUp,
            ],
        };
        let from = self.origin.milestone();
        let diagnosis = self.course.date(Milestone::Diagnosis).value();
        if diagnosis.is_some_and(|diagnosis| origin < diagnosis) {
            return Err(Unusable::WrongOrder(from, Milestone::Diagnosis));
        }
        let death = self.course.date(Milestone::Death).value();
        if self.endpoint != Endpoint::OverallSurvival {
            self.check_after_transplant(Milestone::RelapseAfterHsct)?;
        }
        for &milestone in used.iter().chain(self.gvhd()) {
            let Some(date) = optional(self.course, milestone)? else {
                continue;
            };
            if date < origin {
                return Err(Unusable::WrongOrder(milestone, from));
            }
            // A file's last contact may be the day on which it learnt of the death.
            if milestone != Milestone::LastFollowUp && death.is_some_and(|death| death < date) {
                return Err(Unusable::WrongOrder(Milestone::Death, milestone));
            }
        }
        Ok(())
    }

    /// Checks that a day that comes after transplantation is not before it.
    fn check_after_transplant(&self, milestone: Milestone) -> Result<(), Unusable> {
        match (optional(self.course, milestone)?, self.course.date(Milestone::Hsct)) {
            (Some(day), Cell::Value(transplant)) if day < transplant => {
                Err(Unusable::WrongOrder(milestone, Milestone::Hsct))
            }
            _ => Ok(()),
        }
    }

    /// The day of death, if the patient died.
    ///
    /// Where a file has a vital status and no column for the date of death, its last contact is the day of death.
    pub(super) fn death(&self) -> Result<Option<Date>, Unusable> {
        let date = optional(self.course, Milestone::Death)?;
        match (self.course.vital, date) {
            (Cell::Value(Vital::Alive), Some(_)) => Err(Unusable::AliveWithDeathDate),
            (_, Some(date)) => Ok(Some(date)),
            (Cell::Value(Vital::Alive), None) => Ok(None),
            (Cell::Value(Vital::Dead), None) => match self.course.date(Milestone::Death) {
                Cell::NoColumn => needed(self.course, Milestone::LastFollowUp).map(Some),
                _ => Err(Unusable::DiedWithoutDate),
            },
            (Cell::Unreadable, None) => Err(Unusable::UnreadableVital),
            (Cell::Missing, None) => Err(Unusable::VitalUnknown),
            // With neither, the kind of the first event gives the deaths (see `check_columns`).
            (Cell::NoColumn, None) => Ok(None),
        }
    }

    /// The first event and its day, if there was one.
    fn first_event(&self, origin: Date, failure_at: FailureAt) -> Result<Option<(EventKind, Date)>, Unusable> {
        let named = optional(self.course, Milestone::FirstEvent)?;
        let dated = self.first_dated()?;
        let found = match self.course.first_event {
            Cell::Unreadable => return Err(Unusable::UnreadableEvent),
            Cell::Value(EventKind::None) => {
                self.check_no_event(dated, named)?;
                self.death()?.map(|date| (EventKind::Death, date))
            }
            Cell::Value(EventKind::InductionFailure) => match (failure_at, named) {
                (FailureAt::TimeZero, _) => Some((EventKind::InductionFailure, origin)),
                (FailureAt::ItsDate, Some(date)) => Some((EventKind::InductionFailure, date)),
                (FailureAt::ItsDate, None) => return Err(Unusable::NoEventDate(EventKind::InductionFailure)),
            },
            Cell::Value(EventKind::Event) => Some(any_of(dated, named).ok_or(Unusable::NoEventDate(EventKind::Event))?),
            Cell::Value(kind) => Some(self.event_of_kind(kind, dated, named)?),
            Cell::Missing | Cell::NoColumn => match any_of(dated, named) {
                Some(found) => Some(found),
                None if self.course.first_event == Cell::Missing => return Err(Unusable::EventUnknown),
                None => self.death()?.map(|date| (EventKind::Death, date)),
            },
        };
        match found {
            Some((EventKind::Event, _)) if self.endpoint == Endpoint::TimeToRelapse => Err(Unusable::KindUnknown),
            found => Ok(found),
        }
    }

    /// Checks that no date contradicts a first event that is given as none.
    pub(super) fn check_no_event(
        &self,
        dated: Option<(EventKind, Milestone, Date)>,
        named: Option<Date>,
    ) -> Result<(), Unusable> {
        match (dated, named) {
            (Some((_, milestone, _)), _) => Err(Unusable::EventDisagrees(EventKind::None, milestone)),
            // Some files give the last contact where there was no event.
            (None, Some(date)) if Some(date) != self.course.date(Milestone::LastFollowUp).value() => {
                Err(Unusable::EventDisagrees(EventKind::None, Milestone::FirstEvent))
            }
            (None, _) => Ok(()),
        }
    }

    /// The first of relapse, second malignancy and death by their own dates.
    pub(super) fn first_dated(&self) -> Result<Option<(EventKind, Milestone, Date)>, Unusable> {
        let mut first: Option<(EventKind, Milestone, Date)> = None;
        for (kind, milestone) in DATED {
            if let Some(date) = optional(self.course, milestone)?
                && first.is_none_or(|(_, _, earlier)| date < earlier)
            {
                first = Some((kind, milestone, date));
            }
        }
        if matches!(first, Some((_, Milestone::Death, _))) && self.course.vital == Cell::Value(Vital::Alive) {
            return Err(Unusable::AliveWithDeathDate);
        }
        Ok(first)
    }

    /// Returns the date of an event of known kind: its own date, the date of the first event, or both if they agree; no
    /// other event may be before it.
    fn event_of_kind(
        &self,
        kind: EventKind,
        dated: Option<(EventKind, Milestone, Date)>,
        named: Option<Date>,
    ) -> Result<(EventKind, Date), Unusable> {
        let milestone = DATED
            .iter()
            .find(|(known, _)| *known == kind)
            .map(|(_, milestone)| *milestone);
        let own = match (milestone, kind) {
            (Some(Milestone::Death), _) => match (self.death(), named) {
                // The date of the first event is the date of this death.
                (Err(Unusable::DiedWithoutDate | Unusable::VitalUnknown), _) => None,
                (death, _) => death?,
            },
            (Some(Milestone::Relapse), _) => self.relapse_day()?,
            (Some(milestone), _) => optional(self.course, milestone)?,
            (None, _) => None,
        };
        let date = match (own, named) {
            (Some(own), Some(named)) if own != named => {
                return Err(Unusable::DatesDisagree(
                    milestone.unwrap_or(Milestone::FirstEvent),
                    Milestone::FirstEvent,
                ));
            }
            (own, named) => own.or(named).ok_or(Unusable::NoEventDate(kind))?,
        };
        match dated {
            Some((earlier, other, day)) if earlier != kind && day < date => Err(Unusable::EventDisagrees(kind, other)),
            _ => Ok((kind, date)),
        }
    }

    /// The last day on which the patient was seen: last follow-up, or a later date that shows the child alive.
    fn last_seen(&self) -> Result<Date, Unusable> {
        let last = needed(self.course, Milestone::LastFollowUp)?;
        let others = [
            Milestone::FirstRemission,
            Milestone::Relapse,
            Milestone::SecondMalignancy,
            Milestone::Hsct,
            Milestone::FirstEvent,
            Milestone::RelapseAfterHsct,
            Milestone::AcuteGvhd,
            Milestone::ChronicGvhd,
        ];
        let seen = others
            .iter()
            .filter_map(|&milestone| self.course.date(milestone).value());
        Ok(seen.fold(last, Date::max))
    }
}

fn any_of(dated: Option<(EventKind, Milestone, Date)>, named: Option<Date>) -> Option<(EventKind, Date)> {
    match (dated, named) {
        (Some((_, _, date)), Some(named)) if named < date => Some((EventKind::Event, named)),
        (Some((kind, _, date)), _) => Some((kind, date)),
        (None, named) => named.map(|date| (EventKind::Event, date)),
    }
}

pub(super) fn optional(course: &Course, milestone: Milestone) -> Result<Option<Date>, Unusable> {
    match course.date(milestone) {
        Cell::Value(date) => Ok(Some(date)),
        Cell::Missing | Cell::NoColumn => Ok(None),
        Cell::Unreadable => Err(Unusable::UnreadableDate(milestone)),
    }
}

fn needed(course: &Course, milestone: Milestone) -> Result<Date, Unusable> {
    match course.date(milestone) {
        Cell::Value(date) => Ok(date),
        Cell::Missing => Err(Unusable::NoDate(milestone)),
        Cell::NoColumn => Err(Unusable::NoColumn(milestone)),
        Cell::Unreadable => Err(Unusable::UnreadableDate(milestone)),
    }
}
