//! The first event after transplantation: relapse, graft-versus-host disease, death.
//!
//! A registry's date of relapse is that of the first one, which for many transplanted patients was before: a later relapse is
//! then known only from a column of its own, and without it the patient is excluded and not counted as free of relapse.

use super::course::{Cell, EventKind, Milestone};
use super::endpoints::{Dates, Unusable, optional};
use crate::infant::Date;

impl Dates<'_> {
    /// The first of the events that the endpoint counts after transplantation. On one day relapse counts before
    /// graft-versus-host disease, and this before death. A second malignancy is no event (EBMT's leukaemia-free survival).
    pub(super) fn first_after_transplant(&self, transplant: Date) -> Result<Option<(EventKind, Date)>, Unusable> {
        self.check_remission(transplant)?;
        if self.course.first_event == Cell::Value(EventKind::None) {
            self.check_no_event(self.first_dated()?, optional(self.course, Milestone::FirstEvent)?)?;
        }
        let death = self.day_of_death()?;
        let relapse = self.relapse_after(transplant, death)?;
        if let (Some(relapse), Some(death)) = (relapse, death)
            && death < relapse
        {
            return Err(Unusable::WrongOrder(Milestone::Death, Milestone::Relapse));
        }
        let died_first = self.course.first_event == Cell::Value(EventKind::Death);
        if died_first
            && self
                .relapse_day()?
                .zip(death)
                .is_some_and(|(relapse, death)| relapse < death)
        {
            return Err(Unusable::EventDisagrees(EventKind::Death, Milestone::Relapse));
        }
        let relapse = relapse.filter(|_| !died_first);
        let mut first = relapse.map(|day| (EventKind::Relapse, day));
        let gvhd = self.gvhd().iter().zip([EventKind::AcuteGvhd, EventKind::ChronicGvhd]);
        let gvhd = gvhd.map(|(&milestone, kind)| Ok((kind, optional(self.course, milestone)?)));
        for found in gvhd.chain([Ok((EventKind::Death, death))]) {
            let (kind, day) = found?;
            if let Some(day) = day
                && first.is_none_or(|(_, earlier)| day < earlier)
            {
                first = Some((kind, day));
            }
        }
        Ok(first)
    }

    /// Checks that a patient without remission by induction reached one before transplantation.
    fn check_remission(&self, transplant: Date) -> Result<(), Unusable> {
        let failed = self.course.first_event == Cell::Value(EventKind::InductionFailure);
        let remission = self.course.date(Milestone::FirstRemission).value();
        if failed && remission.is_none_or(|remission| remission > transplant) {
            return Err(Unusable::NeverInRemission);
        }
        Ok(())
    }

    /// The day of relapse after transplantation, if there was one.
    fn relapse_after(&self, transplant: Date, death: Option<Date>) -> Result<Option<Date>, Unusable> {
        let first = self.first_known_relapse()?;
        let first_is_after = first.filter(|day| *day >= transplant);
        if self.course.date(Milestone::RelapseAfterHsct) != Cell::NoColumn {
            let later = optional(self.course, Milestone::RelapseAfterHsct)?;
            return match (first_is_after, later) {
                (Some(first), Some(later)) if first != later => {
                    Err(Unusable::DatesDisagree(Milestone::Relapse, Milestone::RelapseAfterHsct))
                }
                (first, later) => Ok(later.or(first)),
            };
        }
        if first.is_some() && first_is_after.is_none() {
            return Err(Unusable::LaterRelapseUnknown(EventKind::Relapse));
        }
        let has_column = self.course.date(Milestone::Relapse) != Cell::NoColumn;
        match self.course.first_event {
            Cell::Unreadable => Err(Unusable::UnreadableEvent),
            _ if first.is_some() => Ok(first),
            Cell::Value(EventKind::Relapse) => Err(Unusable::NoEventDate(EventKind::Relapse)),
            Cell::Value(EventKind::Event) => Err(Unusable::KindUnknown),
            Cell::Missing if death.is_none() || !has_column => Err(Unusable::EventUnknown),
            // An empty date of relapse is read as no relapse, as for the other endpoints.
            _ if has_column => Ok(None),
            Cell::Value(EventKind::None | EventKind::Death) => Ok(None),
            Cell::Value(kind) => Err(Unusable::LaterRelapseUnknown(kind)),
            Cell::Missing => Err(Unusable::EventUnknown),
            // The date of a first event whose kind is not known.
            Cell::NoColumn => match optional(self.course, Milestone::FirstEvent)? {
                Some(_) => Err(Unusable::KindUnknown),
                None => Ok(None),
            },
        }
    }

    /// The first relapse by its own date, or by that of the first event.
    fn first_known_relapse(&self) -> Result<Option<Date>, Unusable> {
        let own = optional(self.course, Milestone::Relapse)?;
        let named = optional(self.course, Milestone::FirstEvent)?
            .filter(|_| self.course.first_event == Cell::Value(EventKind::Relapse));
        match (own, named) {
            (Some(own), Some(named)) if own != named => {
                Err(Unusable::DatesDisagree(Milestone::Relapse, Milestone::FirstEvent))
            }
            (own, named) => Ok(own.or(named)),
        }
    }

    /// The day of death; that of the first event where it was death and has no other date.
    fn day_of_death(&self) -> Result<Option<Date>, Unusable> {
        let named = optional(self.course, Milestone::FirstEvent)?
            .filter(|_| self.course.first_event == Cell::Value(EventKind::Death));
        match (self.death(), named) {
            (Err(Unusable::DiedWithoutDate | Unusable::VitalUnknown), Some(named)) => Ok(Some(named)),
            (Ok(Some(own)), Some(named)) if own != named => {
                Err(Unusable::DatesDisagree(Milestone::Death, Milestone::FirstEvent))
            }
            (Ok(own), named) => {
                let day = own.or(named);
                match day {
                    None if self.course.first_event == Cell::Value(EventKind::Death) => {
                        Err(Unusable::NoEventDate(EventKind::Death))
                    }
                    day => Ok(day),
                }
            }
            (Err(why), _) => Err(why),
        }
    }
}
