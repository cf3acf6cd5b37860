//! `cotside import`: how a cohort's file is understood, by the same reader as the page's.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;

use clap::Args;
use cotside_core::cohort::{Codebook, Endpoint, Origin};
use cotside_words::en;
use cotside_workbooks::Workbook;
use cotside_worker::cohort_file::{CohortFile, QuestionReport, Report, codebook, codebook_of_rows, not_beside};
use cotside_worker::{ProjectFile, SETTINGS_SCHEMA, SETTINGS_VERSION, is_workbook, today};

use crate::flags::{named, present};
use crate::people::name as shown_name;
use crate::{Refusal, output};

/// Options of `import`.
#[derive(Debug, Args)]
#[command(after_help = "\
It asks nothing and lists every question with the proposed answer, what cannot be used, and the patients that would be
analysed. Exit status 0 where the file could be read, though questions may be open.

Example:
  cotside import --input registry.xlsx --mapping-out answers.json")]
pub struct Import {
    #[command(flatten)]
    input: Input,
    /// Where to write the answers that were assumed
    #[arg(long, value_name = "FILE", value_parser = present)]
    mapping_out: Option<String>,
    /// Add to each patient the times from this day: from diagnosis, first remission, transplantation or relapse
    #[arg(long, value_name = "DAY", value_parser = named(&ORIGINS))]
    origin: Option<Origin>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// List the codes of questions and problems instead
    #[arg(long)]
    codes: bool,
    /// Print the JSON Schema of the file of answers instead, as the page and --mapping-out write it
    #[arg(long, conflicts_with = "codes")]
    schema: bool,
}

/// A cohort's file and what is said of it.
#[derive(Debug, Args)]
pub struct Input {
    /// CSV file, workbook, or file of SPSS, Stata, SAS, R or jamovi; - reads standard input
    #[arg(long, value_name = "FILE", value_parser = present)]
    input: Option<String>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME", value_parser = present)]
    sheet: Option<String>,
    /// File of answers, as the page or --mapping-out writes it
    #[arg(long, value_name = "FILE", value_parser = present)]
    mapping: Option<String>,
    /// File that describes the columns: a REDCap data dictionary, a Castor variable list, a table of variables, codes and
    /// labels, or SPSS, Stata, SAS or R syntax with labels; beside ADTTE also ADSL (repeatable)
    #[arg(long, value_name = "FILE", value_parser = present)]
    dictionary: Vec<String>,
}

/// Days from which time can be counted.
const ORIGINS: [(&str, Origin); 4] = [
    ("diagnosis", Origin::Diagnosis),
    ("first-remission", Origin::FirstRemission),
    ("transplant", Origin::Transplant),
    ("relapse", Origin::Relapse),
];

/// Reads the file and prints how it is understood.
pub fn run(options: &Import) -> Result<(), Refusal> {
    if options.schema {
        return output::file(SETTINGS_SCHEMA);
    }
    if options.codes {
        return codes(options.json);
    }
    let read = opened(&options.input)?;
    let name = read.name.clone();
    if let Some(path) = &options.mapping_out {
        let settings = serde_json::json!({ "version": SETTINGS_VERSION, "columns": read.file.project() });
        let text = serde_json::to_string_pretty(&settings).unwrap_or_default() + "\n";
        std::fs::write(path, text).map_err(|error| Refusal(format!("{path}: {error}")))?;
    }
    let Some(mut report) = read.report() else {
        return Err(Refusal(format!("{name}: nothing was read")));
    };
    if let Some(origin) = options.origin {
        read.file.add_times_from(origin, &mut report);
    }
    if options.json {
        output::json(&report)
    } else {
        output::print(&table(&name, &report, options.origin))
    }
}

/// Reads a cohort's file with what is said of it.
pub fn opened(options: &Input) -> Result<Read, Refusal> {
    let Some(input) = options.input.clone() else {
        return Err(Refusal(
            "--input FILE is required: a CSV file or a workbook, or - for standard input".into(),
        ));
    };
    let bytes = bytes_of(&input)?;
    let beside = beside(&options.dictionary)?;
    let mut read = Read::of(&shown_file(&input), bytes, options.sheet.as_deref(), &beside)?;
    if let Some(path) = &options.mapping {
        let bytes = std::fs::read(path).map_err(|error| Refusal(format!("{path}: {error}")))?;
        let project = ProjectFile::read(path, &bytes).map_err(Refusal)?;
        read.file.load(&project.columns);
    }
    Ok(read)
}

fn bytes_of(input: &str) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let read = if input == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(input).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| Refusal(format!("{input}: {error}")))?;
    Ok(bytes)
}

/// A file of `--dictionary`.
struct Dictionary {
    path: String,
    bytes: Vec<u8>,
    book: Option<Codebook>,
}

fn beside(paths: &[String]) -> Result<Vec<Dictionary>, Refusal> {
    let read = |path: &String| {
        let bytes = std::fs::read(path).map_err(|error| Refusal(format!("{path}: {error}")))?;
        let book = if is_workbook(path, &bytes) {
            codebook_of_sheets(path, bytes.clone())?
        } else {
            codebook(&bytes)
        };
        Ok(Dictionary {
            path: path.clone(),
            bytes,
            book,
        })
    };
    paths.iter().map(read).collect()
}

/// What the sheets of a workbook say of the columns of another file, together.
fn codebook_of_sheets(path: &str, bytes: Vec<u8>) -> Result<Option<Codebook>, Refusal> {
    let mut workbook = Workbook::default();
    if let Some(why) = workbook.open(path, bytes).refused {
        return Err(Refusal(why));
    }
    let sheets = 0..workbook.sheets().len();
    let books = sheets.filter_map(|sheet| codebook_of_rows(&workbook.rows(sheet).rows));
    Ok(books.reduce(|mut whole, book| {
        whole.join(book);
        whole
    }))
}

fn put_beside(file: &mut CohortFile, beside: &[Dictionary]) -> Result<(), Refusal> {
    for each in beside {
        let name = shown_file(&each.path);
        let reply = match &each.book {
            Some(book) => Some(file.put_beside(&name, book.clone())),
            None => file.open_beside(&name, &each.bytes),
        };
        let refused = match reply {
            Some(reply) => reply.refused,
            None => not_beside(&each.path, &each.bytes).refused,
        };
        if let Some(why) = refused {
            return Err(Refusal(why));
        }
    }
    Ok(())
}

/// The name of a file without its folder.
fn shown_file(path: &str) -> String {
    let name = std::path::Path::new(path).file_name();
    name.map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// A file that was read.
pub struct Read {
    name: String,
    file: CohortFile,
    format: &'static str,
    sheet: Option<String>,
    /// Asked where the workbook has several sheets.
    sheets: Option<QuestionReport>,
}

impl Read {
    fn of(name: &str, bytes: Vec<u8>, sheet: Option<&str>, beside: &[Dictionary]) -> Result<Self, Refusal> {
        if is_workbook(name, &bytes) {
            return Self::workbook(name, bytes, sheet, beside);
        }
        let mut file = CohortFile::on(today());
        if let Some(why) = file.open(name, "", &bytes).refused {
            return Err(Refusal(why));
        }
        put_beside(&mut file, beside)?;
        Ok(Self {
            name: name.to_owned(),
            file,
            format: "csv",
            sheet: None,
            sheets: None,
        })
    }

    fn workbook(name: &str, bytes: Vec<u8>, wanted: Option<&str>, beside: &[Dictionary]) -> Result<Self, Refusal> {
        let mut workbook = Workbook::default();
        if let Some(why) = workbook.open(name, bytes).refused {
            return Err(Refusal(why));
        }
        let names = workbook.sheets();
        let format = workbook.format();
        let chosen: Vec<usize> = match wanted {
            Some(wanted) => {
                let found = names.iter().position(|name| name == wanted);
                vec![found.ok_or_else(|| {
                    Refusal(format!(
                        "{name}: no sheet “{wanted}”; its sheets are {}",
                        names.join(", ")
                    ))
                })?]
            }
            None => (0..names.len()).collect(),
        };
        let mut refusal = None;
        let mut books: Vec<(String, Codebook)> = Vec::new();
        let mut best: Option<(usize, usize, CohortFile)> = None;
        for sheet in chosen {
            let rows = workbook.rows(sheet);
            if wanted.is_none()
                && names.len() > 1
                && let Some(book) = codebook_of_rows(&rows.rows)
            {
                books.push((names.get(sheet).cloned().unwrap_or_default(), book));
                continue;
            }
            let mut file = CohortFile::on(today());
            let refused = rows.refused.clone().or_else(|| {
                file.open_rows(&rows.name, &rows.report, &rows.rows, rows.dictionary)
                    .refused
            });
            if let Some(why) = refused {
                refusal.get_or_insert(why);
                continue;
            }
            put_beside(&mut file, beside)?;
            // Among several sheets the one of which most is understood.
            let report = file.understanding(format, None);
            let known = report.map_or(0, |report| {
                let followed = report
                    .patients
                    .iter()
                    .filter(|patient| patient.os.is_some() || patient.efs.is_some())
                    .count();
                followed * 100 + report.columns.iter().filter(|column| column.role.is_some()).count()
            });
            if best.as_ref().is_none_or(|(most, ..)| known > *most) {
                best = Some((known, sheet, file));
            }
        }
        let Some((_, sheet, mut file)) = best else {
            return Err(Refusal(
                refusal.unwrap_or_else(|| format!("{name}: no sheet of the workbook holds a table")),
            ));
        };
        let others = names.len() - books.len();
        for (sheet, book) in books {
            file.put_beside(&sheet, book);
        }
        let sheets = (others > 1 && wanted.is_none()).then(|| QuestionReport {
            column: None,
            code: "sheet",
            text: format!(
                "The workbook has {} sheets ({}). Which holds the patients?",
                names.len(),
                names.join(", ")
            ),
            proposed: names.get(sheet).cloned(),
        });
        Ok(Self {
            name: name.to_owned(),
            file,
            format,
            sheet: names.get(sheet).cloned(),
            sheets,
        })
    }

    /// The file.
    pub const fn file(&self) -> &CohortFile {
        &self.file
    }

    fn report(&self) -> Option<Report> {
        let mut report = self.file.understanding(self.format, self.sheet.as_deref())?;
        report.questions.splice(0..0, self.sheets.clone());
        Some(report)
    }
}

/// True if a file goes to the reader of workbooks, as on the page: by its name, or as the archive or compound file that
/// workbooks are.
fn codes(json: bool) -> Result<(), Refusal> {
    if json {
        let list = |codes: &[(&str, &str)]| {
            codes
                .iter()
                .map(|(code, about)| ((*code).to_owned(), serde_json::json!(about)))
                .collect::<serde_json::Map<_, _>>()
        };
        return output::json(&serde_json::json!({
            "questions": list(en::QUESTION_CODES),
            "problems": list(en::PROBLEM_CODES),
        }));
    }
    let mut text = String::new();
    for (title, codes) in [("Questions", en::QUESTION_CODES), ("Problems", en::PROBLEM_CODES)] {
        let _ = writeln!(text, "{title}");
        for (code, about) in codes {
            let _ = writeln!(text, "  {code:<20} {about}");
        }
    }
    output::print(&text)
}

/// The same as a table for people.
fn table(name: &str, report: &Report, origin: Option<Origin>) -> String {
    let mut text = format!(
        "{}: {} rows, {} patients\n\n",
        shown_name(name),
        report.n_rows,
        report.patients.len()
    );
    let width = report
        .columns
        .iter()
        .map(|column| shown_name(&column.name).chars().count())
        .max()
        .unwrap_or(0)
        .min(40);
    for column in &report.columns {
        let role = column.role.as_deref().unwrap_or("not used");
        let details = [column.unit.as_deref(), column.form.as_deref(), column.polarity];
        let details: Vec<&str> = details.into_iter().flatten().collect();
        let open = if column.sure { "" } else { "  to confirm" };
        let _ = writeln!(
            text,
            "  {:<width$}  {role}  {}{open}",
            shown_name(&column.name),
            details.join(", ")
        );
    }
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{title}");
            for line in lines {
                let _ = writeln!(text, "  {}", shown_name(&line));
            }
        }
    };
    let asked = report.questions.iter().map(|question| {
        let column = question
            .column
            .as_deref()
            .map_or_else(String::new, |column| format!("{column}: "));
        let proposed = question.proposed.as_deref().unwrap_or("nothing");
        format!("{column}{} [{}; proposed: {proposed}]", question.text, question.code)
    });
    part("Questions", asked.collect());
    part(
        "Problems",
        report.problems.iter().map(|problem| problem.text.clone()).collect(),
    );
    part(
        "Rows set aside",
        report
            .set_aside
            .iter()
            .map(|aside| format!("row {}: {}", aside.row, aside.reason))
            .collect(),
    );
    if let Some(origin) = origin {
        part(
            &format!("Time from {}", en::origin::name(origin)),
            followed_from(origin, report),
        );
    }
    text
}

/// How many patients are followed to each endpoint from a day, and why the others are not.
fn followed_from(origin: Origin, report: &Report) -> Vec<String> {
    let dated = origin
        .endpoints()
        .iter()
        .filter(|&&endpoint| endpoint != Endpoint::AsInFile);
    let line = |&endpoint: &Endpoint| {
        let found = || {
            report
                .patients
                .iter()
                .filter_map(|patient| patient.from.as_ref()?.endpoints.get(endpoint.code()))
        };
        let followed = found().filter(|found| found.days.is_some()).count();
        let events = found().filter(|found| found.event == Some(true)).count();
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for why in found().filter_map(|found| found.not_followed_because.as_deref()) {
            *reasons.entry(why).or_default() += 1;
        }
        let reasons: Vec<String> = reasons.iter().map(|(why, rows)| format!("{rows}: {why}")).collect();
        let not = if reasons.is_empty() {
            String::new()
        } else {
            format!("; not followed: {}", reasons.join("; "))
        };
        let name = en::origin::listed(origin, endpoint);
        let (patients, events) = (of_number(followed, "patient"), of_number(events, "event"));
        format!("{name}: {patients}, {events}{not}")
    };
    dated.map(line).collect()
}

/// "1 patient", "2 patients".
fn of_number(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
