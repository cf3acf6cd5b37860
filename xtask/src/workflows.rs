//! Rules for the workflows of the repository. The published program reads files of patients, so the rights to publish
//! are tested.

use crate::shell;
use std::collections::BTreeMap;
use yaml_rust2::{Yaml, YamlLoader};

/// Triggers with which foreign code could get rights of this repository.
const FOREIGN_STARTS: [&str; 2] = ["workflow_run", "pull_request_target"];

/// Rights with which a job can publish.
const PUBLISHING: [&str; 5] = ["pages", "id-token", "contents", "attestations", "packages"];

/// The actions that a job with such rights may use.
const PUBLISHERS: [&str; 3] = [
    "actions/deploy-pages@",
    "actions/download-artifact@",
    "actions/attest-build-provenance@",
];

/// The commands that it may run: no file of the project is there, and none of these runs what was downloaded.
const COMMANDS: [&str; 2] = [
    "cd files && sha256sum -- * > ../SHA256SUMS && mv ../SHA256SUMS .",
    "gh release create \"$TAG\" --draft --verify-tag --title \"Cotside $TAG\" --notes-file notes/NOTES.md files/*",
];

fn workflows() -> BTreeMap<String, Yaml> {
    let files = shell::files_under(&shell::root().join(".github").join("workflows"));
    let read = |file: std::path::PathBuf| {
        let text = shell::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        (name, YamlLoader::load_from_str(&text).unwrap().remove(0))
    };
    files.into_iter().map(read).collect()
}

fn jobs(workflow: &Yaml) -> impl Iterator<Item = (&str, &Yaml)> {
    let jobs = workflow["jobs"].as_hash().unwrap();
    jobs.iter().map(|(name, job)| (name.as_str().unwrap(), job))
}

fn steps(job: &Yaml) -> &[Yaml] {
    job["steps"].as_vec().map_or(&[], Vec::as_slice)
}

/// Returns the triggers of a workflow: a name, a list of names, or names with their settings.
fn starts(workflow: &Yaml) -> Vec<&str> {
    match &workflow["on"] {
        Yaml::Hash(starts) => starts.keys().filter_map(Yaml::as_str).collect(),
        Yaml::Array(starts) => starts.iter().filter_map(Yaml::as_str).collect(),
        start => start.as_str().into_iter().collect(),
    }
}

/// True if a job may write to something of the repository, by its own rights or by those of its workflow.
fn may_write(workflow: &Yaml, job: &Yaml, rights: &[&str]) -> bool {
    let permissions = match &job["permissions"] {
        Yaml::BadValue => &workflow["permissions"],
        own => own,
    };
    match permissions {
        Yaml::Hash(granted) => granted.iter().any(|(right, level)| {
            level.as_str() == Some("write")
                && (rights.is_empty() || rights.contains(&right.as_str().unwrap_or_default()))
        }),
        // `write-all`, or the default of the repository, which is unknown here.
        other => other.as_str() != Some("read-all"),
    }
}

#[test]
fn no_code_of_a_fork_starts_with_rights_of_this_repository() {
    for (name, workflow) in workflows() {
        let starts = starts(&workflow);
        assert!(!starts.is_empty(), "{name}: no start was read");
        for foreign in FOREIGN_STARTS {
            assert!(!starts.contains(&foreign), "{name} starts on {foreign}");
        }
        if starts.contains(&"pull_request") {
            for (job, definition) in jobs(&workflow) {
                assert!(
                    !may_write(&workflow, definition, &[]),
                    "{name}, {job}: a pull request gets a right to write"
                );
            }
        }
    }
}

#[test]
fn the_job_that_publishes_runs_no_code_of_the_project_and_only_pushes_to_main_and_tags_reach_it() {
    let mut publishing = Vec::new();
    for (name, workflow) in workflows() {
        for (job, definition) in jobs(&workflow) {
            if !may_write(&workflow, definition, &PUBLISHING) {
                continue;
            }
            for step in steps(definition) {
                let (action, command) = (step["uses"].as_str(), step["run"].as_str());
                let known = action.is_some_and(|action| PUBLISHERS.iter().any(|known| action.starts_with(known)))
                    || command.is_some_and(|command| COMMANDS.contains(&command));
                assert!(known, "{name}, {job}: {action:?} {command:?}");
            }
            assert!(definition["uses"].is_badvalue(), "{name}, {job} calls another workflow");
            assert!(!definition["needs"].is_badvalue(), "{name}, {job} waits for no check");
            for start in starts(&workflow) {
                assert!(
                    ["push", "workflow_dispatch"].contains(&start),
                    "{name} starts on {start}"
                );
            }
            publishing.push((name.clone(), job.to_owned()));
        }
    }
    let known = [("pages.yml", "deploy"), ("release.yml", "publish")];
    assert_eq!(publishing, known.map(|(name, job)| (name.to_owned(), job.to_owned())));
    let list = |name: &str, key: &str| workflows()[name]["on"]["push"][key].as_vec().cloned();
    assert_eq!(list("pages.yml", "branches"), Some(vec![Yaml::from_str("main")]));
    assert_eq!(list("release.yml", "tags"), Some(vec![Yaml::from_str("v*")]));
    assert!(list("release.yml", "branches").is_none());
}

/// Everything in a release comes after the check that its tag lies on the main branch, and after all tests.
#[test]
fn a_release_is_of_the_main_branch_and_tested() {
    let workflow = &workflows()["release.yml"];
    let job = |name: &str| &workflow["jobs"][name];
    let commands: Vec<&str> = steps(job("tag"))
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    assert_eq!(commands, ["git merge-base --is-ancestor HEAD origin/main"]);
    assert_eq!(job("test")["needs"].as_str(), Some("tag"));
    assert_eq!(job("test")["uses"].as_str(), Some("./.github/workflows/test.yml"));
    for name in ["site", "command-line"] {
        assert_eq!(job(name)["needs"].as_str(), Some("test"), "{name}");
        let cached = steps(job(name))
            .iter()
            .filter_map(|step| step["uses"].as_str())
            .any(|action| action.starts_with("actions/cache@"));
        assert!(!cached, "{name} takes what is published from a cache");
    }
}

/// A person can start it by hand from any branch.
#[test]
fn only_the_main_branch_is_published() {
    let workflow = &workflows()["pages.yml"];
    for (name, job) in jobs(workflow) {
        let first = job["needs"].is_badvalue();
        let main = job["if"].as_str() == Some("github.ref == 'refs/heads/main'");
        assert!(!first || main, "{name} runs on every branch");
    }
}

#[test]
fn every_action_is_pinned_by_its_commit() {
    for (name, workflow) in workflows() {
        for (job, definition) in jobs(&workflow) {
            let called = definition["uses"].as_str().into_iter();
            for action in steps(definition)
                .iter()
                .filter_map(|step| step["uses"].as_str())
                .chain(called)
            {
                let commit = action.split_once('@').map_or("", |(_, version)| version);
                let pinned = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
                assert!(pinned || action.starts_with("./"), "{name}, {job}: {action}");
            }
        }
    }
}

#[test]
fn no_job_has_rights_that_it_does_not_name() {
    for (name, workflow) in workflows() {
        let permissions = &workflow["permissions"];
        assert!(permissions.as_hash().is_some(), "{name} does not say its permissions");
        for (job, definition) in jobs(&workflow) {
            let reads = steps(definition).iter().filter(|step| {
                step["uses"]
                    .as_str()
                    .is_some_and(|action| action.starts_with("actions/checkout@"))
            });
            for step in reads {
                let kept = &step["with"]["persist-credentials"];
                assert_eq!(
                    kept.as_bool(),
                    Some(false),
                    "{name}, {job}: the token stays in .git/config"
                );
            }
        }
    }
}
