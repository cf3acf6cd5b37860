//! Which endpoint a file opens on, what a file without follow-up shows, and what looks wrong with follow-up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

mod named;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cotside_core::cohort::Polarity;
use cotside_messages::{Choices, ColumnRequest, EndpointChoice, FileRequest};
use cotside_words::en::cohort_page;
use cotside_worker::analysis::Results;
use cotside_worker::cohort_file::CohortFile;

const REGISTRY: &str = include_str!("../../../www/samples/synthetic-registry.csv");

/// CohortFile and workbench together, and every part as it was made last.
#[derive(Default)]
struct Page {
    intake: CohortFile,
    bench: Results,
    parts: BTreeMap<&'static str, String>,
}

impl Page {
    fn open(file: &str) -> Self {
        let mut page = Self::default();
        assert_eq!(page.intake.open("file.csv", "", file.as_bytes()).refused, None);
        page.take();
        page
    }

    fn take(&mut self) {
        self.parts.extend(self.bench.take(self.intake.study().unwrap()).parts);
        self.parts
            .extend(self.bench.take_protocols(self.intake.protocols()).parts);
        self.finish();
    }

    fn finish(&mut self) {
        loop {
            let reply = self.bench.next_part();
            self.parts.extend(reply.parts);
            if !reply.more {
                return;
            }
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        self.parts.extend(named::set(&mut self.bench, name, value).parts);
        self.finish();
    }

    fn say(&mut self, request: FileRequest) {
        assert!(self.intake.set(request).is_some());
        self.take();
    }

    /// What can be chosen.
    fn choices(&self) -> &Choices {
        self.bench.choices().expect("choices")
    }

    /// The endpoints in their list: whether one can be chosen, and its words.
    fn endpoints(&self) -> Vec<(bool, String)> {
        let words = |each: &EndpointChoice| {
            let name = cohort_page::endpoint(&each.name, each.patients, each.obstacle.as_deref());
            (each.patients > 0, name)
        };
        self.choices().endpoints.iter().map(words).collect()
    }

    /// The endpoint that is shown.
    fn endpoint(&self) -> &'static str {
        self.choices().settings.endpoint.code()
    }
}

/// Of ten patients three die, in years one to three; the others are seen until year six.
fn times_alone(reversed: bool) -> String {
    let mut file = "id,sex,os_days,os_event\n".to_owned();
    for patient in 0..10_u32 {
        let died = patient < 3;
        let days = if died { 365 * (patient + 1) } else { 2190 + patient };
        let event = u32::from(died != reversed);
        writeln!(
            file,
            "P{patient},{},{days},{event}",
            ["female", "male"][patient as usize % 2]
        )
        .unwrap();
    }
    file
}

#[test]
fn the_endpoint_is_the_first_that_the_file_has() {
    assert_eq!(Page::open(REGISTRY).endpoint(), "efs");
    let page = Page::open(&times_alone(false));
    assert_eq!(page.endpoint(), "os");
    assert!(page.parts["included"].contains("Overall survival: 10 of 10 patients with follow-up, 3 events."));
    assert_eq!(
        page.endpoints(),
        [
            (
                false,
                "event-free survival (nobody: no column has the date of diagnosis)"
            ),
            (true, "overall survival (10 patients)"),
            (false, "the endpoint of the file (nobody: no column has the time)"),
        ]
        .map(|(enabled, words)| (enabled, words.to_owned()))
    );
}

#[test]
fn a_chosen_endpoint_stays_while_anybody_can_be_followed_to_it() {
    let mut page = Page::open(REGISTRY);
    let header = REGISTRY.lines().next().unwrap();
    let place = |name: &str| header.split(',').position(|each| each == name).unwrap();
    let remission = place("first_remission_date");
    page.set("endpoint", "dfs");
    page.say(named::role(place("hsct_date"), "ignored"));
    assert_eq!(page.endpoint(), "dfs");
    page.say(named::role(remission, "ignored"));
    assert_eq!(page.endpoint(), "efs");
    assert!(page.parts["included"].contains("Event-free survival: "));
    page.say(named::role(remission, "first_remission_date"));
    assert_eq!(page.endpoint(), "dfs");
    // A project does not ask for an endpoint that a file does not have.
    let project = page.bench.project().settings;
    let mut other = Page::open(&times_alone(false));
    let reply = other.bench.load(&project).parts;
    let told = reply["project"].clone();
    other.parts.extend(reply);
    assert!(told.contains("endpoint = dfs"), "{told}");
    other.finish();
    assert_eq!(other.endpoint(), "os");
}

#[test]
fn the_number_of_patients_follows_when_induction_failure_counts() {
    let file = "id,diagnosis_date,first_event,first_event_date,last_follow_up_date\n\
                a,2020-01-01,none,,2022-01-01\nb,2020-01-01,none,,2022-01-01\n\
                c,2020-01-01,induction failure,,2021-01-01\nd,2020-01-01,relapse,2020-07-01,2021-01-01\n";
    let mut page = Page::open(file);
    assert!(
        page.endpoints()[0].1.ends_with("(4 patients)"),
        "{:?}",
        page.endpoints()
    );
    page.set("failure", "date");
    assert!(
        page.endpoints()[0].1.ends_with("(3 patients)"),
        "{:?}",
        page.endpoints()
    );
}

#[test]
fn a_file_without_follow_up_shows_findings_and_says_what_is_missing() {
    let file = "id,age_days,sex,wbc,kmt2a\na,40,female,310,rearranged\nb,200,male,12,germline\nc,90,female,30,\n";
    let mut page = Page::open(file);
    let included = &page.parts["included"];
    for sentence in [
        "To draw event-free survival these columns are missing: date of diagnosis, date of last follow-up, date of death or \
         vital status, date of relapse or kind of the first event.",
        "To draw overall survival these columns are missing: date of diagnosis, date of last follow-up, date of death or \
         vital status.",
        "under Columns",
    ] {
        assert!(included.contains(sentence), "{included}");
    }
    assert!(!included.contains("patients with follow-up") && page.choices().endpoints.is_empty());
    let empty = [
        "curves",
        "comparison",
        "models",
        "competing",
        "transplant",
        "subgroups",
        "outputs",
        "discrimination",
    ];
    assert!(empty.iter().all(|part| page.parts[part].is_empty()), "{:?}", page.parts);
    assert!(page.parts["describe"].contains("Age in days") && page.parts["describe"].contains("median"));
    assert!(page.parts["protocols"].contains("Interfant-06") && !page.parts["protocols"].contains("draws curves"));
    page.set("group", "finding:sex");
    assert!(page.parts["describe"].contains(">female<") && page.parts["describe"].contains(">2<"));
    page.set("only", "finding:kmt2a=germline");
    let sizes = page.parts["describe"].split("Patients").nth(1).unwrap();
    assert!(sizes.contains("<strong>1</strong>") && !sizes.contains("<strong>2</strong>"));
}

#[test]
fn columns_that_cannot_be_used_are_told_by_their_rows() {
    let file = "id,diagnosis_date,death_date,last_follow_up_date\na,2020-05-01,,2019-01-01\nb,2020-05-02,,2019-02-01\n";
    let page = Page::open(file);
    let told = "To draw overall survival no patient can be used (2: the date of last follow-up lies before the date of \
                diagnosis).";
    assert!(page.parts["included"].contains(told), "{}", page.parts["included"]);
}

#[test]
fn patients_left_out_because_of_their_event_are_counted() {
    let mut file = "id,diagnosis_date,death_date,vital_status,last_follow_up_date\n".to_owned();
    for patient in 0..12 {
        // The first two are dead without a date, the third is dead, the others live.
        let (death, status) = match patient {
            0 | 1 => ("", "dead"),
            2 => ("2020-09-01", "dead"),
            _ => ("", "alive"),
        };
        writeln!(
            file,
            "P{patient},2020-01-0{},{death},{status},2022-03-{:02}",
            1 + patient % 9,
            10 + patient
        )
        .unwrap();
    }
    let mut page = Page::open(&file);
    page.set("endpoint", "os");
    let told =
        "2 of the 2 patients left out had an event, against 1 of 10 included: leaving them out changes the result.";
    assert!(page.parts["included"].contains(told), "{}", page.parts["included"]);
    let living_unreadable = file.replace("alive", "lives").replace(",,dead", ",2021-01-01,dead");
    let mut page = Page::open(&living_unreadable);
    page.say(named::text(3, "lives", ""));
    page.set("endpoint", "os");
    let told = "None of the 9 patients left out had an event, against 3 of 3 included";
    assert!(page.parts["included"].contains(told), "{}", page.parts["included"]);
    let page = Page::open(&file.replace("dead", "alive").replace("2020-09-01", ""));
    assert!(!page.parts["included"].contains("left out had"));
}

#[test]
fn a_status_that_seems_to_be_read_the_wrong_way_round_is_doubted() {
    let doubt = "Those who died were followed longer than the living (median 6 against 2 years): check that the status \
                 column is not read the wrong way round.";
    let mut page = Page::open(&times_alone(true));
    assert!(
        page.parts["included"].contains("whether there was an event cannot be read"),
        "not proposed"
    );
    page.say(named::of(3, ColumnRequest::Direction(Polarity::AsNamed)));
    assert!(page.parts["included"].contains(doubt), "{}", page.parts["included"]);
    assert!(!Page::open(&times_alone(false)).parts["included"].contains("followed longer"));
    assert!(!Page::open(REGISTRY).parts["included"].contains("followed longer"));
}

#[test]
fn a_column_of_many_levels_says_why_it_is_not_compared() {
    let mut text = "id,os_days,os_event,town\n".to_owned();
    for row in 0..36 {
        text.push_str(&format!("{row},{},{},C{}\n", 100 + row, row % 2, row % 9));
    }
    let mut page = Page::open(&text);
    let reason = "town (9 levels, more than 8: to use it, say under Columns that it is a group)";
    assert_eq!(page.choices().not_offered, [reason]);
    page.say(named::role(3, "group"));
    assert!(page.choices().groups.iter().any(|group| group.id == "column:3"));
    assert_eq!(page.choices().not_offered, Vec::<String>::new());
}
