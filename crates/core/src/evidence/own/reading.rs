//! Rows from a file, and rows that are added to others: checked, with an id.

use super::{
    MOST_OWN, OWN_PREFIX, OwnColumn as Column, OwnEstimate, OwnFault as Fault, OwnFileError, OwnProblem, OwnRemark,
};
use crate::cohort::{Sheet, is_missing};
use crate::evidence::{Estimate, PublishedEndpoint, published};
use crate::export::unguarded;

/// What came of rows that were to be added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnRead {
    /// Those that are accepted, each with an id.
    pub rows: Vec<OwnEstimate>,
    /// Why others are not: the first reason of each.
    pub problems: Vec<OwnProblem>,
    /// What should be known of the rows.
    pub remarks: Vec<OwnRemark>,
}

/// Reads a CSV file with the columns of [`Column`], in any order, and adds its rows to `there`.
///
/// # Errors
/// [`OwnFileError`] where the file as a whole cannot be read.
///
/// # Example
/// ```
/// use cotside_core::evidence::read_own;
/// let file = "study,endpoint,population,years,n,estimate,standard_error,source\n\
///             Ward A,EFS,all infants,5,40,45.0,7.9,Annual report 2019\n\
///             Ward B,EFS,all infants,5,40,0.45,,Annual report 2019\n";
/// let read = read_own(file.as_bytes(), &[]).unwrap();
/// assert_eq!(read.rows.len(), 1);
/// assert_eq!(read.problems[0].to_string(), "row 2, column estimate: a fraction or a percentage");
/// ```
pub fn read_own(bytes: &[u8], there: &[OwnEstimate]) -> Result<OwnRead, OwnFileError> {
    let sheet = Sheet::read(bytes)?;
    let columns: Vec<Option<Column>> = sheet.header().iter().map(|name| Column::with_code(name)).collect();
    for (place, column) in columns.iter().enumerate() {
        if let Some(column) = column
            && columns.iter().take(place).flatten().any(|other| other == column)
        {
            return Err(OwnFileError::TwoColumns(column.code()));
        }
    }
    let lacking = Column::NEEDED
        .into_iter()
        .filter(|column| !columns.contains(&Some(*column)));
    let lacking: Vec<&str> = lacking.map(Column::code).collect();
    if !lacking.is_empty() {
        return Err(OwnFileError::NoColumn(lacking));
    }
    if sheet.rows() > MOST_OWN {
        return Err(OwnFileError::TooManyRows(sheet.rows()));
    }
    let row = |number: usize| {
        let mut row = OwnEstimate::default();
        for (cell, column) in sheet.cells(number).zip(&columns) {
            let text = unguarded(cell.trim());
            if let Some(column) = column.filter(|_| !is_missing(&text)) {
                row.set(column, &text);
            }
        }
        row
    };
    let rows: Vec<OwnEstimate> = (0..sheet.rows()).map(row).collect();
    let mut read = add_own(rows, there);
    let names = sheet.header().iter().zip(&columns);
    let not_read = names
        .filter(|(_, column)| column.is_none())
        .map(|(name, _)| name.clone());
    read.remarks.extend(not_read.map(OwnRemark::NotRead));
    Ok(read)
}

/// Checks rows and gives them ids, to add them to those that are `there`. Empty rows are passed over.
#[must_use]
pub fn add_own(rows: Vec<OwnEstimate>, there: &[OwnEstimate]) -> OwnRead {
    let mut read = OwnRead::default();
    let mut accepted: Vec<(usize, OwnEstimate)> = Vec::new();
    for (position, mut row) in rows.into_iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        let number = position + 1;
        row.set(Column::SameAs, &linked(&row));
        let taken = || there.iter().chain(accepted.iter().map(|(_, row)| row));
        match id(&row, number, taken()) {
            _ if taken().count() >= MOST_OWN => read.refuse(number, &row, Column::Study, Fault::TooMany),
            Ok(Id::New(id)) => {
                row.set(Column::Id, &id);
                match row.values() {
                    Ok(_) => accepted.push((number, row)),
                    Err((column, why)) => read.refuse(number, &row, column, why),
                }
            }
            Ok(Id::There(id)) => read.remarks.push(OwnRemark::There { row: number, id }),
            Err(why) => read.refuse(number, &row, Column::Id, why),
        }
    }
    // A row may name one that comes after it, and one that is refused is not there for others.
    loop {
        let known: Vec<String> = there
            .iter()
            .chain(accepted.iter().map(|(_, row)| row))
            .map(|row| row.text(Column::Id).to_owned())
            .collect();
        let is_known = |id: &str| known.iter().any(|each| each == id) || published().estimate(id).is_some();
        let lost = accepted
            .iter()
            .position(|(_, row)| row.text(Column::SameAs).split_whitespace().any(|id| !is_known(id)));
        let Some(lost) = lost else { break };
        let (number, row) = accepted.remove(lost);
        read.refuse(number, &row, Column::SameAs, Fault::NoSuchRow);
    }
    read.problems.sort_by_key(|problem| problem.row);
    read.rows = accepted.into_iter().map(|(_, row)| row).collect();
    read.remarks.extend(looks_like(&read.rows, there));
    read
}

impl OwnRead {
    fn refuse(&mut self, row: usize, estimate: &OwnEstimate, column: Column, why: Fault) {
        self.problems.push(OwnProblem {
            row,
            column,
            found: estimate.text(column).to_owned(),
            why,
        });
    }
}

/// The ids that a row names, those of other own rows in full.
fn linked(row: &OwnEstimate) -> String {
    let full = |id: &str| {
        if id.contains('/') {
            id.to_owned()
        } else {
            format!("{OWN_PREFIX}{id}")
        }
    };
    let ids: Vec<String> = row.text(Column::SameAs).split_whitespace().map(full).collect();
    ids.join(" ")
}

/// The id of a row.
enum Id {
    /// One that no other row has.
    New(String),
    /// That of a row with the same texts.
    There(String),
}

/// The id that a row has or is given; one without is given the number of the row, or the first free one behind it: a row
/// that is refused does not move the numbers of others, which a row may name.
fn id<'a>(row: &OwnEstimate, number: usize, taken: impl Iterator<Item = &'a OwnEstimate>) -> Result<Id, Fault> {
    let taken: Vec<&OwnEstimate> = taken.collect();
    let own = row.text(Column::Id);
    if own.is_empty() {
        if let Some(same) = taken.iter().find(|other| other.without_id() == *row) {
            return Ok(Id::There(same.text(Column::Id).to_owned()));
        }
        let free = (number..).map(|number| format!("{OWN_PREFIX}{number}"));
        let mut free = free.filter(|id| taken.iter().all(|other| other.text(Column::Id) != id));
        return free.next().map(Id::New).ok_or(Fault::NoId);
    }
    let name = own.strip_prefix(OWN_PREFIX).unwrap_or(own);
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if name.is_empty() || name.len() > 40 || !name.chars().all(fits) {
        return Err(Fault::NoId);
    }
    let id = format!("{OWN_PREFIX}{name}");
    match taken.iter().find(|other| other.text(Column::Id) == id) {
        Some(other) if other.without_id() == row.without_id() => Ok(Id::There(id)),
        Some(_) => Err(Fault::IdTaken),
        None => Ok(Id::New(id)),
    }
}

/// New rows with the numbers of another one of the same endpoint that neither names.
fn looks_like(rows: &[OwnEstimate], there: &[OwnEstimate]) -> Vec<OwnRemark> {
    let own = |rows: &[OwnEstimate]| rows.iter().filter_map(Figure::of_own).collect::<Vec<Figure>>();
    let (new, old) = (own(rows), own(there));
    let table: Vec<Figure> = published().estimates.iter().map(Figure::of_table).collect();
    let mut remarks = Vec::new();
    for (position, figure) in new.iter().enumerate() {
        let mut others = table.iter().chain(&old).chain(new.iter().take(position));
        if let Some(other) = others.find(|other| figure.is_like(other)) {
            remarks.push(OwnRemark::LooksLike {
                id: figure.id.clone(),
                other: other.id.clone(),
            });
        }
    }
    remarks
}

/// The numbers of an estimate, and the ids of those that are the same.
struct Figure {
    id: String,
    linked: Vec<String>,
    endpoint: PublishedEndpoint,
    years: Option<f64>,
    n: Option<u32>,
    percent: f64,
}

impl Figure {
    fn of_own(row: &OwnEstimate) -> Option<Self> {
        let values = row.values().ok()?;
        Some(Self {
            id: row.text(Column::Id).to_owned(),
            linked: row.text(Column::SameAs).split_whitespace().map(str::to_owned).collect(),
            endpoint: values.endpoint,
            years: values.years,
            n: values.n,
            percent: values.estimate.value(),
        })
    }

    fn of_table(row: &Estimate) -> Self {
        Self {
            id: row.id.to_owned(),
            linked: row.linked().map(str::to_owned).collect(),
            endpoint: row.endpoint,
            years: row.years,
            n: row.n,
            percent: row.estimate.value(),
        }
    }

    /// The same number of as many patients, at one time where both have one, of one endpoint; neither names the other.
    fn is_like(&self, other: &Self) -> bool {
        self.endpoint.compares_with(other.endpoint)
            && self.n.is_some()
            && self.n == other.n
            && self.percent == other.percent
            && self.years.zip(other.years).is_none_or(|(one, other)| one == other)
            && !self.linked.contains(&other.id)
            && !other.linked.contains(&self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::own::{own_csv, own_estimates, own_template};
    use crate::evidence::{Caution, NoEffect, Read, compare, rates_on};
    use crate::survival::Scale;

    const HEAD: &str = "id,study,enrolled_from,enrolled_to,endpoint,population,years,n,estimate,standard_error,lower,upper,source,same_as\n";

    fn read(rows: &str) -> OwnRead {
        read_own(format!("{HEAD}{rows}").as_bytes(), &[]).unwrap()
    }

    fn faults(rows: &str) -> Vec<(usize, Column, Fault)> {
        let problems = read(rows).problems.into_iter();
        problems
            .map(|problem| (problem.row, problem.column, problem.why))
            .collect()
    }

    #[test]
    fn the_template_is_read() {
        let found = read_own(own_template().as_bytes(), &[]).unwrap();
        assert_eq!((found.rows.len(), found.problems.len(), found.remarks.len()), (1, 0, 0));
        let row = own_estimates(&found.rows, "mark")[0];
        assert_eq!((row.id, row.study.name), ("own/1", "Example, replace this row (mark)"));
        assert_eq!(
            (row.study.years, row.n, row.years),
            (Some((2001, 2008)), Some(60), Some(5.0))
        );
        assert_eq!(row.cite.read, Read::Unchecked);
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        use Column as C;
        for (row, column, fault) in [
            (",A,,,EFS,all,5,40,0.45,,,,S,", C::Estimate, Fault::Fraction),
            (",A,,,EFS,all,5,40,abc,,,,S,", C::Estimate, Fault::NotNumber),
            (",A,,,EFS,all,5,40,\"1,234\",,,,S,", C::Estimate, Fault::NotNumber),
            (
                ",A,,,EFS,all,5,40,101,,,,S,",
                C::Estimate,
                Fault::OutOfRange(0.0, 100.0),
            ),
            (",A,,,EFS,all,5,4.5,45,,,,S,", C::N, Fault::NotWhole),
            (",A,,,EFS,all,5,40,45,5,30,60,S,", C::StandardError, Fault::TwoSpreads),
            (",A,,,EFS,all,5,40,45,,30,,S,", C::Upper, Fault::OneEnd),
            (",A,,,EFS,all,5,40,65,,30,60,S,", C::Estimate, Fault::OutsideInterval),
            (
                ",A,2008,2001,EFS,all,5,40,65,,,,S,",
                C::EnrolledTo,
                Fault::YearsOfEnrolment,
            ),
            (
                ",A,,2001,EFS,all,5,40,65,,,,S,",
                C::EnrolledFrom,
                Fault::YearsOfEnrolment,
            ),
            (",A,,,EFS,all,5,40,45,,,,,", C::Source, Fault::Missing),
            ("a b,A,,,EFS,all,5,40,45,,,,S,", C::Id, Fault::NoId),
            (",A,,,EFS,all,5,40,45,,,,S,own/9", C::SameAs, Fault::NoSuchRow),
            (",A\u{202e}B,,,EFS,all,5,40,45,,,,S,", C::Study, Fault::Unseen),
        ] {
            assert_eq!(faults(row), [(1, column, fault)], "{row}");
        }
        let unknown = faults(",A,,,PFS,all,5,40,45,,,,S,");
        assert!(matches!(&unknown[0].2, Fault::NotOneOf(codes) if codes.contains(&"EFS")));
        assert_eq!(
            read_own(b"study,years\nA,5\n", &[]),
            Err(OwnFileError::NoColumn(vec![
                "endpoint",
                "population",
                "estimate",
                "source"
            ]))
        );
        let twice = b"study,study,endpoint,population,estimate,source\nA,B,EFS,all,45,S\n";
        assert_eq!(read_own(twice, &[]), Err(OwnFileError::TwoColumns("study")));
    }

    #[test]
    fn numbers_as_people_write_them() {
        let file =
            "study;endpoint;population;estimate;standard_error;source\nA;efs;all;41,7;9,2;S\nB;EFS;all;0.4%;;S\n";
        let found = read_own(file.as_bytes(), &[]).unwrap();
        let rows = own_estimates(&found.rows, "");
        assert_eq!((rows[0].estimate.value(), rows[0].estimate.places()), (41.7, 1));
        assert_eq!(rows[0].spread(), crate::evidence::Spread::StandardError(9.2));
        assert_eq!(rows[1].estimate.value(), 0.4);
    }

    #[test]
    fn what_is_exported_is_read_again_and_nothing_runs() {
        let found = read("x,=2+5,2001,2008,EFS,\"-all, 'infants'\",5,40,45.0,,30,60,@S,interfant-06/2\n");
        let csv = own_csv(&found.rows);
        assert!(csv.contains("'=2+5") && csv.contains("'@S"), "{csv}");
        let again = read_own(csv.as_bytes(), &[]).unwrap();
        assert_eq!(again.rows, found.rows);
        let twice = read_own(csv.as_bytes(), &found.rows).unwrap();
        assert_eq!(twice.rows, []);
        assert_eq!(twice.remarks.len(), 1);
        let other = csv.replace("45.0", "46.0");
        assert_eq!(
            read_own(other.as_bytes(), &found.rows).unwrap().problems[0].why,
            Fault::IdTaken
        );
    }

    /// A refused row is not there for the rows that name it.
    #[test]
    fn rows_name_each_other() {
        let found = read("a,A,,,EFS,all,5,40,45,,,,S,own/b\nb,A,,,EFS,all,5,40,45,,,,S,\n");
        assert_eq!((found.rows.len(), found.remarks.len()), (2, 0));
        let moved = read(",A,,,EFS,all,5,40,145,,,,S,\n,B,,,EFS,all,5,41,46,,,,S,\n,C,,,EFS,all,5,40,45,,,,S,1\n");
        assert_eq!(moved.rows[0].text(Column::Id), "own/2");
        assert_eq!(moved.problems[1].why, Fault::NoSuchRow);
        let lost = faults("a,A,,,EFS,all,5,40,45,,,,S,own/b\nb,A,,,EFS,all,5,40,145,,,,S,\n");
        assert_eq!(
            lost.iter().map(|each| each.1).collect::<Vec<_>>(),
            [Column::SameAs, Column::Estimate]
        );
    }

    #[test]
    fn the_numbers_of_a_published_row_are_told() {
        let row = published().estimate("interfant-06/1").unwrap();
        let (n, years, percent) = (row.n.unwrap(), row.years.unwrap(), row.estimate.value());
        let found = read(&format!(
            ",A,,,{},all,{years},{n},{percent},,,,S,\n",
            row.endpoint.code()
        ));
        assert!(
            matches!(&found.remarks[..], [OwnRemark::LooksLike { id, .. }] if id == "own/1"),
            "{:?}",
            found.remarks
        );
    }

    /// The rules of the published rows hold for own ones.
    #[test]
    fn own_rows_obey_the_rules() {
        let found = read(
            ",Interfant-06,,,EFS,all,6,40,45,5,,,S,\n,B,2006,2016,OS,all,6,40,45,5,,,S,\n,C,2006,2016,EFS,all,6,40,45,5,,,S,interfant-06/2\n",
        );
        let rows = own_estimates(&found.rows, "");
        let theirs = published().estimate("interfant-06/2").unwrap();
        let of = |row| compare(row, theirs, false, 0.95).unwrap();
        let first = of(rows[0]);
        assert_eq!(first.plain.unwrap().p, None, "no years of enrolment");
        for caution in [Caution::SharedInfants, Caution::Unchecked, Caution::EraNotStated] {
            assert!(first.cautions.contains(&caution), "{caution:?}");
        }
        assert!(of(rows[1]).plain.is_none(), "another endpoint");
        assert!(of(rows[2]).cautions.contains(&Caution::SameEstimate));
        let pooled = rates_on(&[theirs, rows[2]], Scale::LogLog, false).unwrap_err();
        assert_eq!(pooled.why, NoEffect::SameAs("interfant-06/2"));
        let pooled = rates_on(&[theirs, rows[1]], Scale::LogLog, false).unwrap_err();
        assert_eq!(pooled.why, NoEffect::OtherEndpoint("interfant-06/2"));
    }
}
