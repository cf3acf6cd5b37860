//! One infant under every protocol of the catalogue: the group, or the findings that would decide.
//!
//! `cargo run -p cotside-core --example stratify`

use cotside_core::infant::{Entry, Field, read};
use cotside_core::protocols::{PROTOCOLS, Status, assess};

fn main() {
    // Texts, as in the columns of the data dictionary. What is not known is left out: it is never read as "no".
    let mut entry = Entry::default();
    entry.set(Field::AgeDays, "179");
    entry.set(Field::Wbc, "10");
    entry.set(Field::Kmt2a, "rearranged");
    entry.set(Field::Cns, "1");
    let reading = read(&entry);
    // Values that contradict each other, or cannot be read, and are not used.
    for issue in &reading.issues {
        println!("notice: {issue:?}");
    }
    for protocol in PROTOCOLS {
        let answer = assess(protocol, &reading.infant);
        match &answer.status {
            Status::Assigned(group) => println!("{}: {}", protocol.name, group.name),
            Status::Undetermined(_) => {
                let possible: Vec<&str> = answer.possible().iter().map(|group| group.name).collect();
                let missing: Vec<Field> = answer.deciders.iter().map(|decider| decider.field).collect();
                println!(
                    "{}: {} are possible; {missing:?} would decide",
                    protocol.name,
                    possible.join(", ")
                );
            }
            Status::NotApplicable(_) => println!("{}: does not apply", protocol.name),
        }
    }
}
