//! The modules of the worker together give what one workbench gives that holds all of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // What helps tests may fail as tests do.

use std::collections::BTreeMap;

use cotside_core::cohort::{ProtocolGroups, Study};
use cotside_core::evidence::OverCurve;
use cotside_intake::Intake;
use cotside_workbench::{Export, Module, Workbench};

const REGISTRY: &[u8] = include_bytes!("../../../www/samples/synthetic-registry.csv");
const SEVERANCE: &[u8] = include_bytes!("../../../www/samples/severance-follow-up.csv");
const GATHERED: [&str; 3] = ["numbers.csv", "script.R", "report.html"];
const FILES: [&str; 12] = [
    "curves.svg",
    "curves.csv",
    "incidence.svg",
    "transplant.svg",
    "alone.svg",
    "together.svg",
    "subgroups.csv",
    "schoenfeld.svg",
    "loglog.csv",
    "values.csv",
    "nothing.svg",
    "curves.png",
];

/// The first module, and the others by name, as the worker's script has them.
struct Split {
    desk: Workbench,
    others: BTreeMap<&'static str, Workbench>,
}

impl Split {
    fn new() -> Self {
        let others = Module::ALL.iter().skip(1);
        Self {
            desk: Workbench::of(Module::Curves),
            others: others.map(|&module| (module.name(), Workbench::of(module))).collect(),
        }
    }

    fn take(&mut self, study: &Study, groups: &[ProtocolGroups]) {
        let _ = self.desk.take(study.clone());
        let _ = self.desk.take_protocols(groups.to_vec());
        for other in self.others.values_mut() {
            other.receive(study.clone());
            other.receive_protocols(groups.to_vec());
        }
    }

    /// A module, with the settings of the first.
    fn bench(&mut self, name: &str) -> &mut Workbench {
        let asked = self.desk.asked();
        match self.others.get_mut(name) {
            None => &mut self.desk,
            Some(other) => {
                other.adopt(asked);
                other
            }
        }
    }

    fn pieces(&mut self, what: &str) -> Vec<String> {
        let mut all = Vec::<String>::new();
        for module in &Module::ALL[1..] {
            let pieces = self.bench(module.name()).pieces(what);
            all.resize(pieces.len(), String::new());
            for (piece, more) in all.iter_mut().zip(&pieces) {
                assert!(piece.is_empty() || more.is_empty(), "{what}: {piece} {more}");
                piece.push_str(more);
            }
        }
        all
    }

    fn finish(&mut self) -> BTreeMap<&'static str, String> {
        let mut parts = BTreeMap::new();
        while let Some([part, module]) = self.desk.next() {
            let pieces = self.pieces(part);
            if let Some(html) = self.bench(module).make(part, &pieces) {
                let _ = self.desk.done(part);
                parts.insert(part, html);
            }
        }
        parts
    }

    fn export(&mut self, what: &str, beside: &str) -> Option<Export> {
        if GATHERED.contains(&what) {
            let pieces = self.pieces(what);
            return self.desk.file(what, beside, &pieces);
        }
        let own = Module::ALL
            .iter()
            .map(|module| self.bench(module.name()).own_file(what));
        let found: Vec<Export> = own.flatten().collect();
        assert!(found.len() < 2, "{what} is held by several modules");
        found.into_iter().next()
    }
}

fn finished(whole: &mut Workbench) -> BTreeMap<&'static str, String> {
    let mut parts = BTreeMap::new();
    while whole.next().is_some() {
        parts.extend(whole.next_part().parts);
    }
    parts
}

fn same_under(file: &[u8], settings: &[(&str, &str)]) {
    let mut intake = Intake::default();
    assert_eq!(intake.open("file.csv", "", file).refused, None);
    let (study, groups) = (intake.study().unwrap(), intake.protocols());
    let (mut whole, mut split) = (Workbench::default(), Split::new());
    whole.publish(OverCurve::all());
    split.desk.publish(OverCurve::all());
    let _ = whole.take(study.clone());
    let _ = whole.take_protocols(groups.clone());
    split.take(&study, &groups);
    let first = finished(&mut whole);
    assert_eq!(first.len(), 12);
    assert!(first == split.finish(), "without settings");
    for (name, value) in settings {
        assert_eq!(whole.set(name, value), split.desk.set(name, value));
        let (theirs, ours) = (finished(&mut whole), split.finish());
        assert!(!theirs.is_empty() && theirs == ours, "{name}={value}");
    }
    for what in FILES.iter().chain(&GATHERED) {
        let (theirs, ours) = (whole.export(what, "<p>beside</p>"), split.export(what, "<p>beside</p>"));
        assert!(theirs == ours, "{what}: {theirs:?}\n{ours:?}");
    }
    // Another file, which takes settings away.
    let mut other = Intake::default();
    let _ = other.open("other.csv", "", b"id,sex,time,event\n1,male,1,1\n2,female,2,0\n");
    let (study, groups) = (other.study().unwrap(), other.protocols());
    let _ = whole.take(study.clone());
    let _ = whole.take_protocols(groups.clone());
    split.take(&study, &groups);
    assert!(finished(&mut whole) == split.finish(), "another file");
}

#[test]
fn modules_together_are_the_whole() {
    same_under(
        REGISTRY,
        &[
            ("group", "finding:sex"),
            ("at", "0.5, 2, 4.25"),
            ("model:finding:sex", "yes"),
            ("model:finding:age_days", "yes"),
            ("firth", "yes"),
            ("landmark", "1"),
            ("test", "gehan"),
            ("published:interfant-06/2", "yes"),
            ("unit", "months"),
            ("group", "protocol:interfant-06"),
            ("only", "finding:kmt2a=rearranged"),
            ("model:finding:sex", "no"),
            ("from", "mll-10"),
        ],
    );
    same_under(SEVERANCE, &[("group", "finding:sex"), ("endpoint", "os"), ("at", "1")]);
}

#[test]
fn each_part_has_the_module_that_makes_it() {
    let mut split = Split::new();
    let mut intake = Intake::default();
    let _ = intake.open("file.csv", "", REGISTRY);
    split.take(&intake.study().unwrap(), &intake.protocols());
    let mut order = Vec::new();
    while let Some([part, module]) = split.desk.next() {
        order.push((part, module));
        let _ = split.desk.done(part);
    }
    let first: Vec<&str> = order.iter().take(3).map(|(part, _)| *part).collect();
    assert_eq!(first, ["included", "curves", "comparison"]);
    assert!(order.iter().take(3).all(|(_, module)| *module == "curves"));
    for module in Module::ALL {
        assert!(
            order.iter().any(|(_, name)| *name == module.name()),
            "{module:?} makes nothing"
        );
    }
}
