//! Converts typed text into findings and issues. It never fails; values that cannot be used are reported.

use super::{
    Age, Cd10, Cns, Date, Field, Infant, Issue, IssueKind, Kind, Kmt2a, LAST_DAY_IN_SCOPE, Lineage, MrdPoint,
    OLDEST_DAYS, POOR_RESPONSE_BLASTS_PER_UL, Partner, PrednisoneResponse, Severity, Sex, month_span, week_span,
};
use crate::decimal;

/// A count above this many 10⁹/L is used but pointed out: it may have been meant per µL.
const VERY_HIGH_WBC: f64 = 2_000.0;

/// One patient as typed: a text for each field, empty where nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    texts: [String; Field::COUNT],
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            texts: std::array::from_fn(|_| String::new()),
        }
    }
}

impl Entry {
    /// An entry from pairs of field and text.
    #[must_use]
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (Field, &'a str)>) -> Self {
        let mut entry = Self::default();
        for (field, text) in pairs {
            entry.set(field, text);
        }
        entry
    }

    /// Makes an entry from [`Entry::lines`].
    #[must_use]
    pub fn from_lines(lines: &str) -> Self {
        Self::from_pairs(Field::ALL.iter().copied().zip(lines.split('\n')))
    }

    /// Returns the texts as typed, one line for each field in the order of the dictionary, to pass an entry to another
    /// part of the page.
    #[must_use]
    pub fn lines(&self) -> String {
        self.texts.join("\n")
    }

    /// The text of a field, trimmed; the marks of a missing value (`NA`, `NaN`, `.`) are empty.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        let text = self.texts[field.index()].trim();
        if text == "." || text.eq_ignore_ascii_case("na") || text.eq_ignore_ascii_case("nan") {
            ""
        } else {
            text
        }
    }

    /// The fields that hold something, with their texts, in the order of the dictionary.
    pub fn given(&self) -> impl Iterator<Item = (Field, &str)> {
        let texts = Field::ALL.iter().map(|&field| (field, self.get(field)));
        texts.filter(|(_, text)| !text.is_empty())
    }

    /// The text of a field exactly as it was typed.
    #[must_use]
    pub fn typed(&self, field: Field) -> &str {
        &self.texts[field.index()]
    }

    /// Sets the text of a field.
    pub fn set(&mut self, field: Field, text: &str) {
        text.clone_into(&mut self.texts[field.index()]);
    }

    /// True if nothing but the id is filled in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Field::ALL
            .iter()
            .all(|&field| field == Field::Id || self.get(field).is_empty())
    }
}

/// The result of reading an entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The findings that are valid and do not contradict each other.
    pub infant: Infant,
    /// All issues of the entry.
    pub issues: Vec<Issue>,
}

impl Reading {
    /// True if every text was valid and none contradicted another.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.issues
            .iter()
            .all(|issue| issue.kind.severity() == Severity::Notice)
    }
}

/// Reads one patient: converts units, derives findings, checks ranges and contradictions.
#[must_use]
pub fn read(entry: &Entry) -> Reading {
    let mut reader = Reader {
        entry,
        issues: Vec::new(),
    };
    let id = Some(entry.get(Field::Id).to_owned()).filter(|id| !id.is_empty());
    let mut infant = Infant {
        id,
        age: reader.age(),
        sex: reader.code(Field::Sex, Sex::from_code),
        wbc: reader.wbc(),
        kmt2a: reader.code(Field::Kmt2a, Kmt2a::from_code),
        kmt2a_partner: reader.code(Field::Kmt2aPartner, Partner::from_code),
        lineage: reader.code(Field::Lineage, Lineage::from_code),
        cd10: reader.code(Field::Cd10, Cd10::from_code),
        cns: reader.code(Field::Cns, Cns::from_code),
        csf_wbc: reader.number(Field::CsfWbc),
        csf_blasts: reader.yes_no(Field::CsfBlasts),
        testis: reader.yes_no(Field::Testis),
        day8_blasts: reader.number(Field::Day8Blasts),
        prednisone_response: reader.code(Field::PrednisoneResponse, PrednisoneResponse::from_code),
        remission_eoi: reader.yes_no(Field::RemissionEoi),
        mrd: std::array::from_fn(|index| reader.fraction(Field::of_mrd(MrdPoint::ALL[index]))),
        relapse: reader.yes_no(Field::Relapse),
        first_remission_months: reader.number(Field::FirstRemissionMonths),
        salvage_remission: reader.yes_no(Field::SalvageRemission),
        down_syndrome: reader.yes_no(Field::DownSyndrome),
    };
    reader.settle_cns(&mut infant);
    reader.settle_response(&mut infant);
    reader.settle_kmt2a(&mut infant);
    reader.settle_testis(&mut infant);
    reader.settle_relapse(&mut infant);
    Reading {
        infant,
        issues: reader.issues,
    }
}

struct Reader<'a> {
    entry: &'a Entry,
    issues: Vec<Issue>,
}

impl Reader<'_> {
    fn report(&mut self, fields: &[Field], kind: IssueKind) {
        let text = fields
            .first()
            .map(|&field| self.entry.get(field).to_owned())
            .unwrap_or_default();
        self.issues.push(Issue {
            fields: fields.to_vec(),
            text,
            kind,
        });
    }

    fn code<T>(&mut self, field: Field, from_code: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.entry.get(field);
        if text.is_empty() {
            return None;
        }
        let value = from_code(text);
        if value.is_none() {
            self.report(&[field], IssueKind::NotAnOption);
        }
        value
    }

    fn yes_no(&mut self, field: Field) -> Option<bool> {
        self.code(field, |text| {
            let is = |word: &str| text.eq_ignore_ascii_case(word);
            if is("yes") {
                Some(true)
            } else if is("no") {
                Some(false)
            } else {
                None
            }
        })
    }

    fn number(&mut self, field: Field) -> Option<f64> {
        let text = self.entry.get(field);
        self.decimal(field, text)
    }

    /// A finite decimal number of this text, within the range of the field.
    fn decimal(&mut self, field: Field, text: &str) -> Option<f64> {
        if text.is_empty() {
            return None;
        }
        let Some(value) = decimal::parse(text) else {
            self.report(&[field], IssueKind::NotANumber);
            return None;
        };
        let (low, high) = match field.kind() {
            Kind::Number { low, high, .. } => (low, high),
            _ => (0.0, 1.0),
        };
        if !(low..=high).contains(&value) {
            self.report(&[field], IssueKind::OutOfRange);
            return None;
        }
        Some(value)
    }

    /// A fraction of cells; a percentage is moved by two decimal places in the text, so that 0.01 % is 1e-4 exactly.
    fn fraction(&mut self, field: Field) -> Option<f64> {
        let text = self.entry.get(field);
        if text.eq_ignore_ascii_case("negative") || text.eq_ignore_ascii_case("neg") {
            return Some(0.0);
        }
        let value = match text.strip_suffix('%') {
            Some(percent) => self.decimal(field, &moved_by_decimal_places(percent.trim(), -2)),
            None => self.decimal(field, text),
        }?;
        if text.to_ascii_lowercase().starts_with("10e") {
            self.report(&[field], IssueKind::TenE);
        }
        Some(value)
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        let text = self.entry.get(field);
        if text.is_empty() {
            return None;
        }
        let date = Date::parse_iso(text);
        if date.is_none() {
            self.report(&[field], IssueKind::NotADate);
        }
        date
    }

    fn wbc(&mut self) -> Option<f64> {
        let per_nl = self.number(Field::Wbc);
        let per_ul = self.number(Field::WbcPerUl).and_then(|_| {
            // In the text, so that 300000 per µL is 300 exactly and 49999 is 49.999.
            decimal::parse(&moved_by_decimal_places(self.entry.get(Field::WbcPerUl), -3))
        });
        let value = match (per_nl, per_ul) {
            (Some(a), Some(b)) if (a - b).abs() > 1e-9 * a.max(b) => {
                self.report(&[Field::Wbc, Field::WbcPerUl], IssueKind::WbcDisagree);
                return None;
            }
            (a, b) => a.or(b)?,
        };
        if value > VERY_HIGH_WBC {
            let field = if per_nl.is_some() { Field::Wbc } else { Field::WbcPerUl };
            self.report(&[field], IssueKind::WbcVeryHigh);
        }
        Some(value)
    }

    /// Completed weeks, written as `3w` among the days.
    fn weeks(&self) -> Option<u32> {
        let weeks = self.entry.get(Field::AgeDays).strip_suffix('w')?.parse().ok()?;
        (weeks <= OLDEST_DAYS / 7).then_some(weeks)
    }

    fn age(&mut self) -> Option<Age> {
        let weeks = self.weeks();
        let days = match weeks {
            Some(_) => None,
            None => self.number(Field::AgeDays).map(|days| days as u32),
        };
        let months = self.number(Field::AgeMonths);
        if months.is_some_and(|months| months.fract() != 0.0) {
            self.report(&[Field::AgeMonths], IssueKind::MonthsCutOff);
        }
        let months = months.map(|months| months as u32);
        let dates = self.dates();
        let age = dates
            .or(days.map(Age::Days))
            .or(weeks.map(Age::CompletedWeeks))
            .or(months.map(Age::CompletedMonths))?;
        let exact = age.days();
        let days_agree = days.is_none_or(|days| exact == Some(days));
        let weeks_agree = weeks.is_none_or(|weeks| exact.is_none_or(|days| days / 7 == weeks));
        let months_agree = months.is_none_or(|months| {
            let possible = month_span(months).0..=month_span(months + 1).1;
            match age {
                Age::Dates { .. } => age.completed_months() == Some(months),
                Age::Days(days) => possible.contains(&days),
                Age::CompletedWeeks(weeks) => {
                    let (first, last) = week_span(weeks);
                    *possible.start() <= last && first <= *possible.end()
                }
                Age::CompletedMonths(_) => true,
            }
        });
        if !days_agree || !weeks_agree || !months_agree {
            let all = [Field::AgeDays, Field::AgeMonths, Field::BirthDate, Field::DiagnosisDate];
            let given: Vec<Field> = all
                .into_iter()
                .filter(|&field| !self.entry.get(field).is_empty())
                .collect();
            self.report(&given, IssueKind::AgesDisagree);
            return None;
        }
        let beyond = match age {
            Age::CompletedMonths(months) => months >= 12,
            Age::CompletedWeeks(weeks) => week_span(weeks).0 > LAST_DAY_IN_SCOPE,
            _ => exact > Some(LAST_DAY_IN_SCOPE),
        };
        if beyond {
            let field = match age {
                Age::Dates { .. } => Field::DiagnosisDate,
                Age::Days(_) | Age::CompletedWeeks(_) => Field::AgeDays,
                Age::CompletedMonths(_) => Field::AgeMonths,
            };
            self.report(&[field], IssueKind::BeyondInfancy);
        }
        Some(age)
    }

    fn dates(&mut self) -> Option<Age> {
        let (birth, diagnosis) = (self.date(Field::BirthDate), self.date(Field::DiagnosisDate));
        match (birth, diagnosis) {
            (Some(birth), Some(diagnosis)) if diagnosis < birth => {
                self.report(
                    &[Field::DiagnosisDate, Field::BirthDate],
                    IssueKind::DiagnosisBeforeBirth,
                );
                None
            }
            (Some(birth), Some(diagnosis)) => {
                let age = Age::Dates { birth, diagnosis };
                if age.days() > Some(super::OLDEST_DAYS) {
                    self.report(&[Field::DiagnosisDate, Field::BirthDate], IssueKind::OutOfRange);
                    return None;
                }
                Some(age)
            }
            (Some(_), None) if self.entry.get(Field::DiagnosisDate).is_empty() => {
                self.report(&[Field::BirthDate, Field::DiagnosisDate], IssueKind::OneDateOnly);
                None
            }
            (None, Some(_)) if self.entry.get(Field::BirthDate).is_empty() => {
                self.report(&[Field::DiagnosisDate, Field::BirthDate], IssueKind::OneDateOnly);
                None
            }
            _ => None,
        }
    }

    fn settle_cns(&mut self, infant: &mut Infant) {
        match infant.cns {
            Some(cns) if !cns.agrees_with_fluid(infant.csf_wbc, infant.csf_blasts) => {
                let mut fields = vec![Field::Cns, Field::CsfBlasts];
                if infant.csf_wbc.is_some() && cns != Cns::Cns1 {
                    fields.push(Field::CsfWbc);
                }
                self.report(&fields, IssueKind::CnsContradictsFluid);
                (infant.cns, infant.csf_wbc, infant.csf_blasts) = (None, None, None);
            }
            Some(_) => {}
            None => {
                if let [only] = infant.possible_cns()[..] {
                    infant.cns = Some(only);
                    self.report(&[Field::CsfWbc, Field::CsfBlasts], IssueKind::CnsFromFluid);
                }
            }
        }
    }

    fn settle_response(&mut self, infant: &mut Infant) {
        let Some(blasts) = infant.day8_blasts else { return };
        let counted = if blasts < POOR_RESPONSE_BLASTS_PER_UL {
            PrednisoneResponse::Good
        } else {
            PrednisoneResponse::Poor
        };
        match infant.prednisone_response {
            Some(given) if given != counted => {
                let fields = [Field::PrednisoneResponse, Field::Day8Blasts];
                self.report(&fields, IssueKind::ResponseContradictsBlasts);
                (infant.prednisone_response, infant.day8_blasts) = (None, None);
            }
            Some(_) => {}
            None => {
                infant.prednisone_response = Some(counted);
                self.report(&[Field::Day8Blasts], IssueKind::ResponseFromBlasts);
            }
        }
    }

    fn settle_kmt2a(&mut self, infant: &mut Infant) {
        if infant.kmt2a_partner.is_none() {
            return;
        }
        match infant.kmt2a {
            Some(Kmt2a::Rearranged) => {}
            Some(_) => {
                self.report(
                    &[Field::Kmt2a, Field::Kmt2aPartner],
                    IssueKind::PartnerWithoutRearrangement,
                );
                (infant.kmt2a, infant.kmt2a_partner) = (None, None);
            }
            // A status that is there but cannot be read is not overruled by the partner.
            None if !self.entry.get(Field::Kmt2a).is_empty() => infant.kmt2a_partner = None,
            None => {
                infant.kmt2a = Some(Kmt2a::Rearranged);
                self.report(&[Field::Kmt2aPartner], IssueKind::RearrangedFromPartner);
            }
        }
    }

    fn settle_testis(&mut self, infant: &mut Infant) {
        if infant.sex == Some(Sex::Female) && infant.testis == Some(true) {
            self.report(&[Field::Testis, Field::Sex], IssueKind::TestisInGirl);
            (infant.sex, infant.testis) = (None, None);
        }
    }

    fn settle_relapse(&mut self, infant: &mut Infant) {
        if infant.relapse == Some(false) && infant.salvage_remission.is_some() {
            self.report(
                &[Field::Relapse, Field::SalvageRemission],
                IssueKind::SalvageWithoutRelapse,
            );
            (infant.relapse, infant.salvage_remission) = (None, None);
        }
    }
}

/// The same decimal text with its point moved: exact, where dividing would round twice.
pub(super) fn moved_by_decimal_places(text: &str, places: i64) -> String {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    match exponent.parse::<i64>() {
        Ok(exponent) => format!("{mantissa}e{}", exponent.saturating_add(places)),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(pairs: &[(Field, &str)]) -> Reading {
        read(&Entry::from_pairs(pairs.iter().copied()))
    }

    fn kinds(reading: &Reading) -> Vec<IssueKind> {
        reading.issues.iter().map(|issue| issue.kind).collect()
    }

    #[test]
    fn units_are_settled_without_rounding() {
        for (field, text, expected) in [
            (Field::Wbc, "300", 300.0),
            (Field::WbcPerUl, "300000", 300.0),
            (Field::WbcPerUl, "49999", 49.999),
            (Field::WbcPerUl, "299999.9", 299.9999),
        ] {
            assert_eq!(reading(&[(field, text)]).infant.wbc, Some(expected), "{text}");
        }
        for (text, expected) in [
            ("1e-4", 1e-4),
            ("0.01%", 1e-4),
            ("0.01 %", 1e-4),
            ("0.05%", 5e-4),
            ("0", 0.0),
            ("negative", 0.0),
            ("100%", 1.0),
        ] {
            assert_eq!(
                reading(&[(Field::MrdEoi, text)])
                    .infant
                    .mrd_at(MrdPoint::EndOfInduction),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn white_cells_up_to_3_000_are_used_and_weeks_stay_weeks() {
        for (field, text, expected) in [
            (Field::Wbc, "2999.9", 2999.9),
            (Field::Wbc, "3000", 3000.0),
            (Field::WbcPerUl, "33900000", 33900.0),
        ] {
            let reading = reading(&[(field, text)]);
            assert_eq!(reading.infant.wbc, Some(expected), "{text}");
            assert_eq!(kinds(&reading), [IssueKind::WbcVeryHigh], "{text}");
        }
        for (text, age) in [("3w", 3), ("0w", 0), ("938w", 938)] {
            let reading = reading(&[(Field::AgeDays, text)]);
            assert_eq!(reading.infant.age, Some(Age::CompletedWeeks(age)), "{text}");
        }
    }

    #[test]
    fn marks_of_a_missing_value_are_unknown_and_never_no() {
        for text in ["", " ", "NA", "na", "NaN", "."] {
            let reading = reading(&[(Field::Cns, text), (Field::Wbc, text), (Field::Relapse, text)]);
            assert_eq!(reading, Reading::default(), "{text:?}");
        }
    }

    #[test]
    fn invalid_texts_are_reported_and_stay_unknown() {
        for (field, text, kind) in [
            (Field::Wbc, "-1", IssueKind::OutOfRange),
            (Field::Wbc, "3000.1", IssueKind::OutOfRange),
            (Field::Wbc, "33900", IssueKind::OutOfRange),
            (Field::AgeDays, "939w", IssueKind::NotANumber),
            (Field::AgeDays, "3.5w", IssueKind::NotANumber),
            (Field::AgeMonths, "3w", IssueKind::NotANumber),
            (Field::Wbc, "1,100", IssueKind::NotANumber),
            (Field::Wbc, "inf", IssueKind::NotANumber),
            (Field::Wbc, "1e999", IssueKind::NotANumber),
            (Field::AgeDays, "6571", IssueKind::OutOfRange),
            (Field::Kmt2a, "positive", IssueKind::NotAnOption),
            (Field::Cns, "4", IssueKind::NotAnOption),
            (Field::MrdEoi, "1.01", IssueKind::OutOfRange),
            (Field::MrdEoi, "%", IssueKind::NotANumber),
            (Field::BirthDate, "01.02.2024", IssueKind::NotADate),
        ] {
            let reading = reading(&[(field, text)]);
            assert_eq!(reading.infant, Infant::default(), "{text}");
            assert!(
                kinds(&reading).contains(&kind),
                "{field:?} {text}: {:?}",
                reading.issues
            );
        }
    }

    #[test]
    fn contradictions_are_reported_and_neither_side_is_used() {
        use Field as F;
        for (pairs, kind) in [
            (
                vec![(F::Cns, "1"), (F::CsfBlasts, "yes")],
                IssueKind::CnsContradictsFluid,
            ),
            (
                vec![(F::Cns, "2"), (F::CsfBlasts, "no")],
                IssueKind::CnsContradictsFluid,
            ),
            (
                vec![(F::Cns, "2"), (F::CsfBlasts, "yes"), (F::CsfWbc, "5")],
                IssueKind::CnsContradictsFluid,
            ),
            (
                vec![(F::PrednisoneResponse, "good"), (F::Day8Blasts, "1500")],
                IssueKind::ResponseContradictsBlasts,
            ),
            (
                vec![(F::PrednisoneResponse, "good"), (F::Day8Blasts, "1000")],
                IssueKind::ResponseContradictsBlasts,
            ),
            (
                vec![(F::PrednisoneResponse, "poor"), (F::Day8Blasts, "999")],
                IssueKind::ResponseContradictsBlasts,
            ),
            (
                vec![(F::PrednisoneResponse, "not_assessed"), (F::Day8Blasts, "10")],
                IssueKind::ResponseContradictsBlasts,
            ),
            (
                vec![(F::Kmt2a, "germline"), (F::Kmt2aPartner, "AFF1")],
                IssueKind::PartnerWithoutRearrangement,
            ),
            (vec![(F::Sex, "female"), (F::Testis, "yes")], IssueKind::TestisInGirl),
            (
                vec![(F::Relapse, "no"), (F::SalvageRemission, "no")],
                IssueKind::SalvageWithoutRelapse,
            ),
            (vec![(F::AgeDays, "100"), (F::AgeMonths, "9")], IssueKind::AgesDisagree),
            (vec![(F::AgeDays, "3w"), (F::AgeMonths, "2")], IssueKind::AgesDisagree),
            (vec![(F::Wbc, "300"), (F::WbcPerUl, "300")], IssueKind::WbcDisagree),
            (
                vec![
                    (F::AgeDays, "10"),
                    (F::BirthDate, "2024-01-01"),
                    (F::DiagnosisDate, "2024-03-01"),
                ],
                IssueKind::AgesDisagree,
            ),
        ] {
            let reading = reading(&pairs);
            assert_eq!(kinds(&reading), [kind], "{pairs:?}");
            assert_eq!(reading.infant, Infant::default(), "{pairs:?}");
            assert!(!reading.is_sound());
        }
    }

    #[test]
    fn what_agrees_is_not_a_contradiction() {
        use Field as F;
        for pairs in [
            vec![(F::Cns, "1"), (F::CsfBlasts, "no"), (F::CsfWbc, "40")],
            vec![(F::Cns, "2"), (F::CsfBlasts, "yes"), (F::CsfWbc, "4.9")],
            vec![(F::Cns, "3"), (F::CsfBlasts, "no"), (F::CsfWbc, "0")],
            vec![(F::PrednisoneResponse, "poor"), (F::Day8Blasts, "1000")],
            vec![(F::PrednisoneResponse, "good"), (F::Day8Blasts, "999")],
            vec![(F::AgeDays, "183"), (F::AgeMonths, "6")],
            vec![(F::AgeDays, "183"), (F::AgeMonths, "5")],
            vec![(F::AgeDays, "4w"), (F::AgeMonths, "1")],
            vec![
                (F::AgeDays, "4w"),
                (F::BirthDate, "2024-01-01"),
                (F::DiagnosisDate, "2024-02-04"),
            ],
            vec![(F::Wbc, "300"), (F::WbcPerUl, "300000")],
        ] {
            assert_eq!(reading(&pairs).issues, [], "{pairs:?}");
        }
    }

    #[test]
    fn what_follows_is_taken_and_said() {
        let by_fluid = reading(&[(Field::CsfBlasts, "yes"), (Field::CsfWbc, "38")]);
        assert_eq!(
            (by_fluid.infant.cns, kinds(&by_fluid)),
            (Some(Cns::Cns3), vec![IssueKind::CnsFromFluid])
        );
        let open = reading(&[(Field::CsfBlasts, "yes"), (Field::CsfWbc, "4")]);
        assert_eq!(open.infant.possible_cns(), [Cns::Cns2, Cns::Cns3]);
        for (blasts, response) in [
            ("999", PrednisoneResponse::Good),
            ("1000", PrednisoneResponse::Poor),
            ("1001", PrednisoneResponse::Poor),
        ] {
            assert_eq!(
                reading(&[(Field::Day8Blasts, blasts)]).infant.prednisone_response,
                Some(response),
                "{blasts}"
            );
        }
        let partner = reading(&[(Field::Kmt2aPartner, "aff1")]);
        assert_eq!(partner.infant.kmt2a, Some(Kmt2a::Rearranged));
    }
}
