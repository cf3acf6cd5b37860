//! The cells of an own estimate as values.

use super::{LONGEST_CELL, OwnColumn as Column, OwnEstimate, OwnFault as Fault};
use crate::evidence::{Kmt2aOf, Printed, PublishedEndpoint, Reached};
use crate::unseen::is_unseen;

/// The values of a row.
pub(super) struct Values {
    pub enrolled: Option<(u16, u16)>,
    pub endpoint: PublishedEndpoint,
    pub kmt2a: Kmt2aOf,
    pub reached: Reached,
    pub years: Option<f64>,
    pub n: Option<u32>,
    pub estimate: Printed,
    pub standard_error: Option<Printed>,
    pub interval: Option<(Printed, Printed)>,
    pub is_clear: bool,
}

type Refused = (Column, Fault);

/// Years of enrolment that are accepted.
const ENROLMENT: (f64, f64) = (1900.0, 2100.0);

impl OwnEstimate {
    /// The values of the row.
    ///
    /// # Errors
    /// The first cell that is not accepted, and why.
    pub(super) fn values(&self) -> Result<Values, Refused> {
        for column in Column::ALL {
            let text = self.text(column);
            if text.is_empty() && Column::NEEDED.contains(&column) {
                return Err((column, Fault::Missing));
            }
            if text.chars().count() > LONGEST_CELL {
                return Err((column, Fault::TooLong));
            }
            if text.chars().any(|letter| is_unseen(letter) || letter.is_control()) {
                return Err((column, Fault::Unseen));
            }
        }
        let estimate = self
            .percent(Column::Estimate)?
            .ok_or((Column::Estimate, Fault::Missing))?;
        let (interval, standard_error, is_clear) = self.spread(estimate)?;
        Ok(Values {
            enrolled: self.enrolled()?,
            endpoint: self.endpoint()?,
            kmt2a: match self.one_of(Column::Kmt2a, &["rearranged", "germline"])? {
                Some("rearranged") => Kmt2aOf::Rearranged,
                Some(_) => Kmt2aOf::Germline,
                None => Kmt2aOf::NotStated,
            },
            reached: match self.one_of(Column::Reached, &["remission", "transplant"])? {
                Some("remission") => Reached::Remission,
                Some(_) => Reached::Transplant,
                None => Reached::Entry,
            },
            years: self.years()?,
            n: self.whole(Column::N, (1.0, 100_000.0))?,
            estimate,
            standard_error,
            interval,
            is_clear,
        })
    }

    /// A number as it was printed: `41.7`, `41,7`, `41·7`. Three digits behind a comma could be thousands.
    fn number(&self, column: Column) -> Result<Option<Printed>, Refused> {
        let text = self.text(column).trim_end_matches('%').trim_end();
        if text.is_empty() {
            return Ok(None);
        }
        let thousands = text.split_once(',').is_some_and(|(_, behind)| behind.len() == 3);
        let text = text.replace(['·', ','], ".");
        let number = Printed::read(&text).filter(|_| !thousands);
        number.map(Some).ok_or((column, Fault::NotNumber))
    }

    fn within(&self, column: Column, (low, high): (f64, f64)) -> Result<Option<Printed>, Refused> {
        let number = self.number(column)?;
        match number {
            Some(number) if !(low..=high).contains(&number.value()) => Err((column, Fault::OutOfRange(low, high))),
            number => Ok(number),
        }
    }

    /// A rate in per cent. Above 0 and up to 1 it may be a fraction, unless it has the sign of per cent.
    fn percent(&self, column: Column) -> Result<Option<Printed>, Refused> {
        let percent = self.within(column, (0.0, 100.0))?;
        let is_said = self.text(column).ends_with('%');
        match percent {
            Some(number) if number.value() > 0.0 && number.value() <= 1.0 && !is_said => Err((column, Fault::Fraction)),
            percent => Ok(percent),
        }
    }

    fn whole(&self, column: Column, limits: (f64, f64)) -> Result<Option<u32>, Refused> {
        match self.within(column, limits)? {
            Some(number) if number.places() > 0 => Err((column, Fault::NotWhole)),
            number => Ok(number.map(|number| number.value() as u32)),
        }
    }

    fn years(&self) -> Result<Option<f64>, Refused> {
        let years = self.within(Column::Years, (0.0, 60.0))?;
        Ok(years.map(Printed::value))
    }

    fn enrolled(&self) -> Result<Option<(u16, u16)>, Refused> {
        let year = |column| self.whole(column, ENROLMENT).map(|year| year.map(|year| year as u16));
        match (year(Column::EnrolledFrom)?, year(Column::EnrolledTo)?) {
            (None, None) => Ok(None),
            (Some(from), Some(to)) if from <= to => Ok(Some((from, to))),
            (None, _) => Err((Column::EnrolledFrom, Fault::YearsOfEnrolment)),
            _ => Err((Column::EnrolledTo, Fault::YearsOfEnrolment)),
        }
    }

    fn endpoint(&self) -> Result<PublishedEndpoint, Refused> {
        let text = self.text(Column::Endpoint);
        let mut all = PublishedEndpoint::ALL.into_iter();
        all.find(|endpoint| endpoint.code().eq_ignore_ascii_case(text))
            .ok_or_else(|| {
                let codes = PublishedEndpoint::ALL.map(PublishedEndpoint::code);
                (Column::Endpoint, Fault::NotOneOf(codes.to_vec()))
            })
    }

    fn one_of(&self, column: Column, known: &[&'static str]) -> Result<Option<&'static str>, Refused> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let found = known.iter().copied().find(|each| each.eq_ignore_ascii_case(text));
        found.map(Some).ok_or_else(|| (column, Fault::NotOneOf(known.to_vec())))
    }

    /// Interval or standard error, and whether the latter is certainly one.
    #[allow(clippy::type_complexity)]
    fn spread(&self, estimate: Printed) -> Result<(Option<(Printed, Printed)>, Option<Printed>, bool), Refused> {
        let error = self.within(Column::StandardError, (0.0, 100.0))?;
        let unclear = self.within(Column::UnclearSpread, (0.0, 100.0))?;
        let ends = (
            self.within(Column::Lower, (0.0, 100.0))?,
            self.within(Column::Upper, (0.0, 100.0))?,
        );
        let interval = match ends {
            (Some(lower), Some(upper)) => Some((lower, upper)),
            (None, None) => None,
            (None, Some(_)) => return Err((Column::Lower, Fault::OneEnd)),
            (Some(_), None) => return Err((Column::Upper, Fault::OneEnd)),
        };
        if let Some((lower, upper)) = interval
            && !(lower.value() <= estimate.value() && estimate.value() <= upper.value())
        {
            return Err((Column::Estimate, Fault::OutsideInterval));
        }
        match (error, interval, unclear) {
            (error, None, None) => Ok((None, error, error.is_some())),
            (None, interval, None) => Ok((interval, None, false)),
            (None, None, unclear) => Ok((None, unclear, false)),
            (Some(_), ..) => Err((Column::StandardError, Fault::TwoSpreads)),
            _ => Err((Column::UnclearSpread, Fault::TwoSpreads)),
        }
    }
}
