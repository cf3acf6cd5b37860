//! A file of patients on the page: bytes go in, a person confirms what the columns mean, a [`Study`] comes out.
//!
//! It lives in the page's worker and has no browser in it. **Invariant: nothing here sends or stores anything.**

mod adtte;
mod beside;
mod code_page;
mod column;
mod columns;
mod origin_report;
mod problems;
mod project;
mod report;
mod rows;
mod samples;
mod script;

use std::collections::{BTreeMap, BTreeSet};

use beside::{Beside, BesideFile};
pub use beside::{codebook, codebook_of_rows, not_beside};
use code_page::CodePages;
use cotside_core::cohort::{
    Basis, Codebook, Cohort, Dictionary, Encoding, Endpoint, Import, Joined, Mapping, Origin, Profile, ProtocolGroups,
    Question, Repeated, RowFault, RowsQuestion, SetAside, Shape, Sheet, Study, TableError, unlikely_follow_up,
};
use cotside_core::export;
use cotside_core::infant::{Date, Entry};
use cotside_core::protocols::protocol_groups;
use cotside_views::{export_button, list, original};
use cotside_words::lang::cohort_file as words;
use cotside_words::{en, lang};
use maud::{Markup, html};

use cotside_messages::{Export, FileColumns, FileRequest, MissingColumns, Patient, WorkbookSheets};

pub use origin_report::{Followed, FromOrigin};
pub use project::Line;
pub use report::{ColumnReport, FollowUp, PatientReport, ProblemReport, QuestionReport, Report, RowReport};
use samples::Sample;
use script::NeedsRows;

/// A file of patients and how its columns are read.
#[derive(Default)]
pub struct CohortFile {
    file: Option<Loaded>,
    /// The day on which it is read, where that is known.
    today: Option<Date>,
    /// What the page shows already.
    shown: BTreeMap<&'static str, String>,
    /// How it shows columns and rows.
    columns: FileColumns,
    /// How many files were opened.
    number: u32,
    /// What stands beside it.
    beside: Vec<BesideFile>,
}

/// A file that could be read.
struct Loaded {
    name: String,
    sample: Option<Sample>,
    /// How the rows came out of a workbook, where they did.
    workbook: Option<String>,
    /// The rows as they stand in the file.
    plain: Import,
    /// What the file itself says of its columns.
    dictionary: Option<Dictionary>,
    /// How the subjects of another file fit it, where there is one.
    joined: Option<Joined>,
    /// The same with what stands beside the file: labels in the place of codes.
    raw: Import,
    /// In which code pages it can be read, where its bytes do not say.
    code_pages: CodePages,
    /// Which of them are patients.
    shape: Shape,
    /// What was guessed of that, and the questions that it raised.
    guessed: (Shape, Vec<RowsQuestion>),
    /// Those that are not answered.
    rows_open: Vec<RowsQuestion>,
    /// What the columns hold where each row is a patient; empty where no id is repeated.
    visits: Vec<Profile>,
    /// The rows as patients.
    import: Import,
    profiles: Vec<Profile>,
    mapping: Mapping,
    questions: Vec<Question>,
    /// What the mapping makes of the file.
    cohort: Cohort,
    /// Columns of dates for which one answer counts, by the column that asks.
    together: BTreeMap<usize, Vec<usize>>,
    /// Columns of which a person or a project has said something.
    said: BTreeSet<usize>,
    /// The day on which it is read, where that is known.
    today: Option<Date>,
    /// Questions about follow-up that were asked, and may be answered.
    asked_once: Vec<Question>,
}

/// What the page shows next; a part that did not change is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// HTML by part: `example` (whether this is a sample), `file` (how it was read), `problems`.
    pub parts: BTreeMap<&'static str, String>,
    /// How columns and rows are read.
    pub columns: Option<Box<FileColumns>>,
    /// The sheets of the workbook.
    pub sheets: Option<WorkbookSheets>,
    /// Whether patients may have changed.
    pub changed: bool,
    /// Whether what was opened stands beside the file.
    pub beside: bool,
    /// Why nothing could be done, with the remedy.
    pub refused: Option<String>,
}

impl CohortFile {
    /// Without a file, on a day: later days are asked about.
    #[must_use]
    pub fn on(today: Option<Date>) -> Self {
        Self {
            today,
            ..Self::default()
        }
    }

    /// Reads a file and guesses what its columns are. `source` is the code of a sample of this site, or empty.
    pub fn open(&mut self, name: &str, source: &str, bytes: &[u8]) -> Reply {
        let sample = Sample::from_code(source);
        let name = match sample {
            Some(sample) => sample.name(),
            None => name,
        };
        match lang::foreign_format(bytes) {
            Some(why) => refused(name, &why),
            None => self.read(name, sample, bytes, None),
        }
    }

    /// Reads a text file, in the code page that a person chose or in the likeliest.
    fn read(&mut self, name: &str, sample: Option<Sample>, bytes: &[u8], chosen: Option<Encoding>) -> Reply {
        let (decoded, code_pages) = code_page::read(bytes, chosen);
        self.take(name, sample, None, Sheet::read_decoded(&decoded), code_pages, None)
    }

    /// Takes what a person or a project says of the characters of the file; `None` where it does not fit the file. In another
    /// code page it is another file: what was said of its columns is dropped.
    fn set_encoding(&mut self, encoding: Encoding) -> Option<Reply> {
        let file = self.file.as_mut()?;
        let bytes = file.code_pages.bytes()?;
        if encoding == file.raw.encoding {
            file.raw.basis = Basis::Said;
            file.import.basis = Basis::Said;
            return Some(self.reply(false));
        }
        let (name, sample) = (file.name.clone(), file.sample);
        Some(self.read(&name, sample, &bytes, Some(encoding)))
    }

    /// Takes rows out of a workbook, separated by commas; `report` says how they came out of it, `dictionary` what their
    /// file says of their columns.
    pub fn open_rows(&mut self, name: &str, report: &str, text: &str, dictionary: Option<Dictionary>) -> Reply {
        let import = Sheet::read_separated(text, b',');
        let report = Some(report.to_owned());
        self.take(name, None, report, import, CodePages::default(), dictionary)
    }

    /// Puts a file that describes columns beside the one of patients, or beside that which is opened next.
    pub fn put_beside(&mut self, name: &str, book: Codebook) -> Reply {
        self.add_beside(name, Beside::Codebook(book))
    }

    fn add_beside(&mut self, name: &str, what: Beside) -> Reply {
        self.beside.retain(|file| file.name != name);
        self.beside.push(BesideFile {
            name: name.to_owned(),
            what,
            is_new: true,
        });
        if !self.has_own_file() {
            let html = html! { p { (words::kept_beside(name)) } };
            return Reply {
                parts: BTreeMap::from([("project-columns", html.into_string())]),
                beside: true,
                ..Reply::default()
            };
        }
        Reply {
            beside: true,
            ..self.read_again()
        }
    }

    /// What is opened from now on was not chosen together with what stands beside the file.
    pub fn end_of_choice(&mut self) {
        if self.has_own_file() {
            self.beside.iter_mut().for_each(|file| file.is_new = false);
        }
    }

    /// Drops what stands beside the file before another one is opened, unless it was chosen together with that.
    pub fn drop_beside(&mut self) {
        self.beside.retain(|file| file.is_new);
    }

    /// Takes a table of subjects and one of their endpoints as one; `None` where the file and these bytes are not both.
    pub fn open_beside(&mut self, name: &str, bytes: &[u8]) -> Option<Reply> {
        let file = self.file.as_ref().filter(|file| file.sample.is_none())?;
        let (has_endpoints, has_subjects) = (file.plain.holds_endpoints(), file.plain.holds_subjects());
        if !has_endpoints && !has_subjects {
            return None;
        }
        let (decoded, code_pages) = code_page::read(bytes, None);
        let other = Sheet::read_decoded(&decoded).ok()?;
        if has_endpoints && other.holds_subjects() {
            return Some(self.add_beside(name, Beside::Subjects(Box::new(other))));
        }
        if !(has_subjects && other.holds_endpoints()) {
            return None;
        }
        let subjects = BesideFile {
            name: file.name.clone(),
            what: Beside::Subjects(Box::new(file.plain.clone())),
            is_new: true,
        };
        self.beside.push(subjects);
        Some(self.take(name, None, None, Ok(other), code_pages, None))
    }

    /// Reads the rows again, with what stands beside the file now. What was said of columns holds where no dictionary
    /// says something else.
    fn read_again(&mut self) -> Reply {
        let Some(file) = self.file.take() else {
            return Reply::default();
        };
        let header = file.import.sheet.header();
        let named = file.said.iter().filter_map(|&column| header.get(column));
        let names: BTreeSet<&str> = named.map(String::as_str).collect();
        let mut said = project::lines(&file);
        said.retain(|[name, ..]| names.contains(name.as_str()));
        let Loaded {
            name,
            sample,
            workbook,
            plain,
            dictionary,
            code_pages,
            ..
        } = file;
        let _ = self.take(&name, sample, workbook, Ok(plain), code_pages, dictionary);
        if let Some(file) = &mut self.file {
            let header = file.import.sheet.header();
            let is_described = |name: &str| {
                let column = header.iter().position(|known| known == name);
                column.is_some_and(|column| file.import.description(column).is_some())
            };
            said.retain(|[name, ..]| !is_described(name));
            if !said.is_empty() {
                let _ = project::load(file, &said);
                file.read_rows();
            }
        }
        // The page has heard nothing of what was read since.
        self.shown.clear();
        self.columns = FileColumns::default();
        self.reply(true)
    }

    fn take(
        &mut self,
        name: &str,
        sample: Option<Sample>,
        workbook: Option<String>,
        import: Result<Import, TableError>,
        code_pages: CodePages,
        dictionary: Option<Dictionary>,
    ) -> Reply {
        let plain = match import {
            Ok(import) => import,
            Err(error) => return refused(name, &lang::table_error(&error)),
        };
        let beside = if sample.is_some() { &[][..] } else { &self.beside };
        let (raw, joined) = beside::prepared(&plain, dictionary.as_ref(), beside);
        let (shape, rows_open, profiles) = Shape::guess_and_profile(&raw);
        let guessed = (shape, rows_open);
        let visits = rows::visits(&raw, &guessed);
        let mut file = Loaded {
            name: name.to_owned(),
            sample,
            workbook,
            import: raw.clone(),
            plain,
            dictionary,
            joined,
            raw,
            code_pages,
            shape: guessed.0.clone(),
            rows_open: guessed
                .1
                .iter()
                .filter(|question| !guessed.0.settles(question))
                .cloned()
                .collect(),
            guessed,
            visits,
            together: BTreeMap::new(),
            said: BTreeSet::new(),
            profiles: Vec::new(),
            mapping: Mapping::default(),
            questions: Vec::new(),
            cohort: Cohort::default(),
            today: self.today,
            asked_once: Vec::new(),
        };
        file.shape_rows(profiles);
        self.file = Some(file);
        self.shown.clear();
        self.columns = FileColumns::default();
        self.number += 1;
        self.reply(true)
    }

    /// Takes what a person says of the file; `None` where it does not fit the file, or is about its workbook.
    pub fn set(&mut self, request: FileRequest) -> Option<Reply> {
        let changed = match request {
            FileRequest::Sheet(_) => return None,
            FileRequest::WithoutBeside(place) => {
                if place >= self.beside.len() {
                    return None;
                }
                self.beside.remove(place);
                return Some(self.read_again());
            }
            FileRequest::Encoding(encoding) => return self.set_encoding(encoding),
            FileRequest::Rows(request) => rows::set(self.file.as_mut()?, request),
            FileRequest::ConfirmRows => {
                self.file.as_mut()?.rows_open.clear();
                false
            }
            FileRequest::ConfirmColumns => {
                columns::confirm(self.file.as_mut()?, |_| true);
                false
            }
            FileRequest::Column { column, request } => {
                let file = self.file.as_mut()?;
                let changed = columns::set(file, column, request)?;
                if changed {
                    file.read_rows();
                }
                changed
            }
        };
        Some(self.reply(changed))
    }

    /// What each protocol makes of the patients.
    #[must_use]
    pub fn protocols(&self) -> Vec<ProtocolGroups> {
        let file = self.file.as_ref();
        file.map(|file| protocol_groups(&file.cohort)).unwrap_or_default()
    }

    /// What the file is called and its patients' findings, as a form takes them.
    #[must_use]
    pub fn patients(&self) -> Option<(String, Vec<Patient>)> {
        let file = self.file.as_ref()?;
        let rows = file.cohort.patients.iter().map(|patient| patient.row);
        let entries = file.mapping.entries(&file.import, rows.clone());
        let patient = |(row, entry): (usize, Entry)| Patient {
            row: row + 1,
            line: file.import.sheet.line(row),
            findings: entry
                .given()
                .map(|(field, text)| (field.column().to_owned(), text.to_owned()))
                .collect(),
        };
        Some((file.name.clone(), rows.zip(entries).map(patient).collect()))
    }

    /// The patients as columns, for the statistics, without what protocols make of them.
    #[must_use]
    pub fn study(&self) -> Option<Study> {
        let file = self.file.as_ref()?;
        let mut study = Study::of(&file.name, &file.import, &file.profiles, &file.mapping, &file.cohort);
        // Patients left out are rows that could not be read, not those that are part of another patient or none.
        let not_patients = problems::not_patients(file);
        study.rows -= not_patients.len();
        study.set_aside.retain(|row| !not_patients.contains(row));
        study.problems = problems::all(file).len();
        study.nature = file.sample.map_or(study.nature, Sample::nature);
        Some(study)
    }

    /// Whether there is a file that is not a sample of this site.
    #[must_use]
    pub fn has_own_file(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.sample.is_none())
    }

    /// Whether there is a file.
    #[must_use]
    pub fn has_file(&self) -> bool {
        self.file.is_some()
    }

    /// What is said of the columns: header, what, how. No row of the file is in it.
    #[must_use]
    pub fn project(&self) -> Vec<Line> {
        self.file.as_ref().map(project::lines).unwrap_or_default()
    }

    /// Says again of this file what a project says; the part `project-columns` tells what does not fit.
    pub fn load(&mut self, lines: &[Line]) -> Reply {
        let is_of_file = |line: &&[String; 3]| line[0].is_empty() && line[1] == code_page::NAME;
        // The code page first: the names of the columns follow from it.
        let unfit = match lines.iter().find(is_of_file) {
            Some([_, _, label]) => {
                let taken = Encoding::code_page(label).and_then(|encoding| self.set_encoding(encoding));
                taken.is_none().then(|| words::unfit_encoding(label))
            }
            None => None,
        };
        let lines: Vec<[String; 3]> = lines.iter().filter(|line| !is_of_file(line)).cloned().collect();
        let html = match &mut self.file {
            None => return self.kept_for_a_file(),
            Some(file) => {
                let left_out: Vec<String> = unfit.into_iter().chain(project::load(file, &lines)).collect();
                file.asked_once.clear();
                file.read_rows();
                project::html(&left_out)
            }
        };
        let mut reply = self.reply(self.file.is_some());
        reply.parts.insert("project-columns", html.into_string());
        reply
    }

    /// Says that saved settings wait for the file that is opened next.
    pub fn kept_for_a_file(&self) -> Reply {
        let html = html! { p { (words::OPEN_ITS_FILE) } };
        Reply {
            parts: BTreeMap::from([("project-columns", html.into_string())]),
            ..Reply::default()
        }
    }

    /// What a report made today says of the file: which it is, how it was read, what could not be used.
    #[must_use]
    pub fn report(&self) -> Option<String> {
        let file = self.file.as_ref()?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let header = file.import.sheet.header();
        let problems = problems::all(file);
        for problem in &problems {
            let column = problem.column.and_then(|column| header.get(column));
            let of = column.map_or_else(|| words::WHOLE_ROWS.to_owned(), |name| words::of_column(name));
            *counts.entry(of).or_default() += 1;
        }
        let counted = counts.iter().map(|(of, count)| words::count_of(*count, of));
        let date = self.today.map(|date| date.to_string()).unwrap_or_default();
        let report = html! {
            (summary(file))
            p.quiet { (words::made(&date, env!("CARGO_PKG_VERSION"))) }
            h2 { (words::not_used(problems.len())) }
            (list(counted))
        };
        Some(report.into_string())
    }

    /// The first part of a script in R that reproduces the run: it reads the same file in the same way.
    #[must_use]
    pub fn script(&self) -> Option<String> {
        let study = self.study()?;
        self.file.as_ref().map(|file| script::script(file, &study))
    }

    /// A file by its name: `problems.csv`, all cells and rows that could not be used; `rows.csv`, the rows as they were read.
    #[must_use]
    pub fn export(&self, what: &str) -> Option<Export> {
        let file = self.file.as_ref()?;
        let (name, text) = match what {
            "problems.csv" => ("cotside-problems.csv", problems::csv(file)),
            "rows.csv" => (script::ROWS, rows(file)),
            adtte::DATA => ("cotside-adtte.csv", adtte::data(file, &self.study()?)),
            adtte::DEFINE => ("cotside-adtte-define.csv", adtte::define()),
            _ => return None,
        };
        Some(Export {
            name: name.to_owned(),
            media_type: "text/csv".into(),
            text,
        })
    }

    /// The parts that are not as the page shows them.
    fn reply(&mut self, changed: bool) -> Reply {
        let Some(file) = &self.file else {
            return Reply::default();
        };
        let parts = [
            ("example", samples::html(file.sample)),
            ("file", summary(file)),
            ("problems", problems::html(file)),
        ];
        let mut news = BTreeMap::new();
        for (part, html) in parts {
            let html = html.into_string();
            if self.shown.get(part) != Some(&html) {
                self.shown.insert(part, html.clone());
                news.insert(part, html);
            }
        }
        let beside = if file.sample.is_some() { &[][..] } else { &self.beside };
        let columns = file_columns(file, self.number, beside);
        let is_new = columns != self.columns;
        if is_new {
            self.columns.clone_from(&columns);
        }
        Reply {
            parts: news,
            columns: is_new.then(|| Box::new(columns)),
            changed,
            ..Reply::default()
        }
    }
}

/// How the columns and rows of a file are read, and what is open about them.
fn file_columns(file: &Loaded, number: u32, beside: &[BesideFile]) -> FileColumns {
    let (columns, not_shown) = columns::views(file);
    FileColumns {
        number,
        file: file.name.clone(),
        encoding: code_page::setting(file),
        rows: rows::view(file),
        columns,
        not_shown,
        counts: columns::counts(file),
        missing: missing_columns(&file.cohort),
        problems: problems::all(file).len(),
        beside: beside::views(file, beside),
    }
}

/// What nobody can be followed without; nothing where one endpoint has its columns. Of an endpoint that lacks a single
/// column it is that one, else those of event-free survival.
fn missing_columns(cohort: &Cohort) -> Option<MissingColumns> {
    let mut all = Origin::with_endpoints().map(|(origin, endpoint)| cohort.missing_columns(origin, endpoint));
    if all.any(|missing| missing.is_empty()) {
        return None;
    }
    let lacking = |&endpoint: &Endpoint| (endpoint, cohort.missing_columns(Origin::of(endpoint), endpoint));
    let lacking: Vec<_> = Endpoint::WITH_TIMES.iter().map(lacking).collect();
    let nearly = lacking.iter().find(|(_, missing)| missing.len() == 1);
    let (endpoint, missing) = nearly.or(lacking.first())?;
    Some(MissingColumns {
        endpoint: lang::endpoint_name(*endpoint).to_owned(),
        columns: missing
            .iter()
            .filter_map(|&why| lang::needed(why))
            .map(str::to_owned)
            .collect(),
    })
}

impl Loaded {
    /// What it is called in files that are saved.
    fn printed_name(&self) -> &str {
        match self.sample {
            Some(sample) => sample.printed_name(),
            None if self.is_pasted() => en::working::PASTED,
            None => &self.name,
        }
    }

    /// Whether its rows were typed or pasted on the page.
    fn is_pasted(&self) -> bool {
        self.name == lang::working::PASTED
    }

    /// Whether the rows are not those of the file: labels stand for codes, columns or visits were put together.
    fn is_prepared(&self) -> bool {
        self.raw.sheet != self.plain.sheet || self.is_shaped_here()
    }

    /// Whether rows were put together by rules that the script in R does not repeat.
    fn is_shaped_here(&self) -> bool {
        let visits = self.shape.visits.is_some() && self.shape.repeated == Repeated::Merge;
        let endpoints = self.shape.endpoints.as_ref();
        visits || endpoints.is_some_and(|endpoints| endpoints.units.is_some())
    }

    /// Why a script in R needs the rows as they were read; `None` where R reads the file itself.
    fn needs_rows(&self) -> Option<NeedsRows> {
        let opens_quote = |aside: &SetAside| aside.fault == RowFault::OpenQuote;
        if self.workbook.is_some() {
            Some(NeedsRows::Workbook)
        } else if self.is_pasted() {
            Some(NeedsRows::Pasted)
        } else if self.is_prepared() {
            Some(NeedsRows::Prepared)
        } else if self.raw.encoding == Encoding::Utf8 && self.code_pages.is_asked() {
            Some(NeedsRows::NotUtf8)
        } else {
            let has_open = self.raw.set_aside.iter().any(opens_quote);
            has_open.then_some(NeedsRows::OpenQuotes)
        }
    }

    /// Reads the rows in the shape that is chosen now. Columns of which something was said keep it; of the others the guess is
    /// made again, as it counts patients.
    fn shape_rows(&mut self, known: Option<Vec<Profile>>) {
        let before = self.import.sheet.header().to_vec();
        self.profiles = match known {
            Some(known) => known,
            None => {
                self.import = self.shape.apply(&self.raw);
                self.import.profiles()
            }
        };
        let (mut mapping, questions) = Mapping::guess(&self.import, &self.profiles);
        let header = self.import.sheet.header();
        self.said.retain(|&column| header.get(column) == before.get(column));
        for &column in &self.said {
            if let (Some(place), Some(used)) = (mapping.columns.get_mut(column), self.mapping.columns.get(column)) {
                place.clone_from(used);
            }
        }
        let is_said = |question: &Question| self.said.contains(&question.column);
        let asked = questions.into_iter().filter(|question| !is_said(question));
        let kept = std::mem::take(&mut self.questions).into_iter().filter(is_said);
        self.questions = asked.chain(kept).collect();
        self.mapping = mapping;
        self.together.extend(
            self.questions
                .iter()
                .filter(|question| !question.also.is_empty())
                .map(|question| (question.column, question.also.clone())),
        );
        self.read_rows();
    }

    /// Reads the rows by the mapping as it is now, and asks about follow-up that is hardly meant, each once.
    fn read_rows(&mut self) {
        self.cohort = self.mapping.read(&self.import);
        let found = unlikely_follow_up(&self.mapping, &self.cohort, self.today);
        let holds = |question: &Question| !question.kind.is_of_follow_up() || found.contains(question);
        self.questions.retain(holds);
        self.asked_once.retain(holds);
        for question in found {
            if !self.asked_once.contains(&question) {
                self.asked_once.push(question.clone());
                self.questions.push(question);
            }
        }
    }
}

fn refused(name: &str, why: &str) -> Reply {
    Reply {
        refused: Some(words::refused(name, why)),
        ..Reply::default()
    }
}

/// The rows as they were read, for programs that cannot read them where they came from.
fn rows(file: &Loaded) -> String {
    let sheet = if file.is_shaped_here() {
        &file.import.sheet
    } else {
        &file.raw.sheet
    };
    let mut csv = export::quoted_row(sheet.header()) + "\n";
    for row in 0..sheet.rows() {
        csv.push_str(&export::quoted_row(sheet.cells(row)));
        csv.push('\n');
    }
    csv
}

/// Which file it is, and how it was read.
fn summary(file: &Loaded) -> Markup {
    html! {
        p.tally { (words::file_and_rows(&file.name, file.import.sheet.rows())) }
        p.quiet {
            @match &file.workbook {
                // What reads workbooks says it in English.
                Some(report) => { (original(report)) }
                None => { (lang::import_report(&file.raw).join(" ")) }
            }
        }
        @if file.needs_rows().is_some() {
            p.tools { (export_button("rows.csv", words::SAVE_ROWS)) }
            p.quiet { (words::script_reads(script::ROWS)) }
        }
    }
}
