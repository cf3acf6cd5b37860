//! Rules for the workflows of the repository. The published program reads files of patients, so the rights to publish
//! are tested.

use crate::shell;
use std::collections::BTreeMap;
use yaml_rust2::{Yaml, YamlLoader};

/// Triggers with which foreign code could get rights of this repository.
const FOREIGN_STARTS: [&str; 2] = ["workflow_run", "pull_request_target"];

/// Rights with which a job can publish.
const PUBLISHING: [&str; 2] = ["pages", "id-token"];

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
fn the_job_that_publishes_runs_no_code_of_the_project_and_only_pushes_to_main_reach_it() {
    let mut publishing = Vec::new();
    for (name, workflow) in workflows() {
        for (job, definition) in jobs(&workflow) {
            if !may_write(&workflow, definition, &PUBLISHING) {
                continue;
            }
            let used: Vec<&str> = steps(definition)
                .iter()
                .filter_map(|step| step["uses"].as_str())
                .collect();
            assert_eq!(used.len(), steps(definition).len(), "{name}, {job} runs commands");
            assert!(
                used.iter().all(|action| action.starts_with("actions/deploy-pages@")),
                "{name}, {job} uses {used:?}"
            );
            assert!(definition["uses"].is_badvalue(), "{name}, {job} calls another workflow");
            for start in starts(&workflow) {
                assert!(
                    ["push", "workflow_dispatch"].contains(&start),
                    "{name} starts on {start}"
                );
            }
            let branches = workflow["on"]["push"]["branches"].as_vec().unwrap();
            assert_eq!(branches, &[Yaml::from_str("main")], "{name}");
            publishing.push((name.clone(), job.to_owned()));
        }
    }
    assert_eq!(publishing, [("pages.yml".to_owned(), "deploy".to_owned())]);
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
