//! Every check of the project, in an order that shows the cheap failures first, with the time of each.

use crate::build::{self, Build};
use crate::failure::{Failure, Outcome};
use crate::setup::{self, Browser};
use crate::{fuzz, shell, size};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

const WASM: [&str; 6] = [
    "--package",
    "cotside-wasm",
    "--package",
    "cotside-app",
    "--target",
    "wasm32-unknown-unknown",
];

/// Arguments of cargo for the crates that run in a worker.
const WORKERS: [&str; 8] = [
    "--package",
    "cotside-worker",
    "--package",
    "cotside-workbooks",
    "--package",
    "cotside-exports",
    "--target",
    "wasm32-unknown-unknown",
];

/// The tests that run in browsers: of the bindings and of the page's parts, and that a worker gives the native numbers.
const IN_BROWSERS: [&[&str]; 2] = [
    &["--tests", "--package", "cotside-wasm", "--package", "cotside-app"],
    &["--package", "cotside-worker", "--test", "same_bits"],
];

/// The site is tested under a path of its own, as on a static host.
const SUB_PATH: &str = "/cotside/";

/// The variable from which proptest takes its seed, and ours.
const LAW_SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20261121");

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Formatting, lints, documentation of the crates
    Lint,
    /// What Cotside depends on: licences, sources, advisories
    Deny,
    /// Native tests
    Native,
    /// A minute of fuzzing
    Fuzz,
    /// The tests in the engine of a browser
    Wasm,
    /// The built site in Chromium, Firefox and WebKit
    Browser,
    /// The bytes of the first load
    Size,
}

/// Options of `cargo xtask test`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// One part alone
    #[arg(long, value_name = "PART")]
    only: Option<Part>,
    #[command(flatten)]
    site: Ready,
}

/// Options of a command that works on the site as it is tested.
#[derive(Debug, clap::Args)]
pub struct Ready {
    /// Take what was built before
    #[arg(long)]
    pub no_build: bool,
}

/// Duration of fuzzing in seconds; `.github/workflows/fuzz.yml` tests longer and other files.
const FUZZ: u64 = 60;

/// `cargo xtask test`.
pub fn command(options: &Options) -> Outcome<()> {
    let wanted = |part: Part| options.only.is_none_or(|only| only == part);
    let mut steps = Steps::default();
    if wanted(Part::Lint) || wanted(Part::Wasm) || wanted(Part::Browser) || wanted(Part::Size) {
        steps.run("set-up", || setup::for_build().map(drop));
    }
    if wanted(Part::Lint) {
        lint(&mut steps);
    }
    if wanted(Part::Deny) {
        dependencies(&mut steps);
    }
    if wanted(Part::Native) {
        steps.run("native tests", || {
            let mut test = shell::cargo();
            test.args(["test", "--no-fail-fast"]);
            // A drawing that differs fails and leaves no file.
            test.env("INSTA_UPDATE", "no");
            // The laws try the same cases in every run, so that only changes of the code affect the result; `cargo
            // test` alone tries other cases.
            if std::env::var_os(LAW_SEED.0).is_none() {
                test.env(LAW_SEED.0, LAW_SEED.1);
            }
            fuzz::shortest(&mut test);
            shell::run(&mut test, "A native test", "")
        });
    }
    if wanted(Part::Fuzz) {
        steps.run("fuzzing", || fuzz::run(FUZZ, 1));
    }
    if wanted(Part::Wasm) {
        engines(&mut steps);
    }
    if wanted(Part::Browser) || wanted(Part::Size) {
        site(&mut steps, options.site.no_build, wanted(Part::Browser));
    }
    steps.summary()
}

/// Workspaces with a lock file of their own.
const LOCKED: [&str; 4] = [
    "Cargo.toml",
    "bench/Cargo.toml",
    "bench/wasm/Cargo.toml",
    "packages/python/Cargo.toml",
];

/// Fails where a lock file does not fit its manifest: cargo would choose versions that nobody has looked at.
fn lock_files() -> Outcome<()> {
    LOCKED.iter().try_for_each(|manifest| {
        let mut cargo = shell::cargo();
        cargo.args([
            "update",
            "--workspace",
            "--locked",
            "--quiet",
            "--manifest-path",
            manifest,
        ]);
        shell::run(
            &mut cargo,
            &format!("The check of the lock file of {manifest}"),
            &format!("`cargo update --workspace --manifest-path {manifest}` makes it fit"),
        )
    })
}

fn lint(steps: &mut Steps) {
    steps.run("lock files", lock_files);
    steps.run("format", || {
        let mut check = shell::cargo();
        check.args(["fmt", "--all", "--check"]);
        shell::run(&mut check, "The format check", "`cargo fmt --all` sets it right")
    });
    steps.run("lints, native", || {
        cargo(&["clippy", "--all-targets", "--", "-D", "warnings"], "A lint")
    });
    steps.run("documentation", || {
        let mut doc = shell::cargo();
        // The page itself is no library.
        doc.args(["doc", "--workspace", "--no-deps", "--exclude", "cotside-app"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        shell::run(&mut doc, "Making the documentation of the crates", "")
    });
    steps.run("lints, browser", || {
        let words = [&["clippy", "--all-targets"], WASM.as_slice(), &["--", "-D", "warnings"]].concat();
        cargo(&words, "A lint")?;
        let words = [
            &["clippy", "--lib", "--bins"],
            WORKERS.as_slice(),
            &["--", "-D", "warnings"],
        ]
        .concat();
        cargo(&words, "A lint")
    });
}

/// Checks dependencies: licences, sources and duplicates, and advisories where their database is available.
fn dependencies(steps: &mut Steps) {
    let remedy = "see deny.toml, which says what is allowed and why";
    if setup::deny().is_err() {
        steps.skip("dependencies", "cargo-deny could not be installed");
        return steps.skip("advisories", "cargo-deny could not be installed");
    }
    steps.run("dependencies", || {
        let mut check = shell::cargo();
        check.args([
            "deny",
            "--locked",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "bans",
            "sources",
        ]);
        shell::run(&mut check, "The check of what Cotside depends on", remedy)
    });
    if steps.failed("dependencies") {
        return steps.skip("advisories", "what Cotside depends on is not in order");
    }
    if shell::output(shell::cargo().args(["deny", "fetch", "db"])).is_none() {
        return steps.skip("advisories", "their database could not be fetched from github.com");
    }
    steps.run("advisories", || {
        let mut check = shell::cargo();
        check.args(["deny", "--locked", "check", "--disable-fetch", "advisories"]);
        shell::run(&mut check, "The check of advisories", remedy)
    });
}

/// The tests of the bindings and of the page's parts, inside a browser.
fn engines(steps: &mut Steps) {
    steps.run("wasm tests, Chromium", || {
        let browser = setup::for_test()?;
        IN_BROWSERS.into_iter().try_for_each(|tests| {
            let mut test = wasm_tests(tests);
            test.env("CHROMEDRIVER", &browser.driver);
            shell::run(&mut test, "A test in Chromium", "")
        })
    });
    match setup::firefox() {
        Ok(firefox) => steps.run("wasm tests, Firefox", || {
            IN_BROWSERS.into_iter().try_for_each(|tests| {
                let mut test = wasm_tests(tests);
                test.env("GECKODRIVER", &firefox.driver).env("MOZ_HEADLESS", "1");
                shell::run(&mut test, "A test in Firefox", "")
            })
        }),
        Err(failure) => steps.skip("wasm tests, Firefox", failure.reason()),
    }
}

fn wasm_tests(tests: &[&str]) -> Command {
    let mut test = shell::cargo();
    test.args(["test", "--target", "wasm32-unknown-unknown"]).args(tests);
    for driver in ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER", "MSEDGEDRIVER"] {
        test.env_remove(driver);
    }
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    test.env("WASM_BINDGEN_USE_BROWSER", "1");
    test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", shell::root().join("webdriver.json"));
    test.env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    test
}

/// The built site: in Chromium from end to end, and its size.
fn site(steps: &mut Steps, ready: bool, in_browser: bool) {
    let dist = tested_dist();
    if !ready {
        steps.run("build of the site", || {
            build::run(&Build::release(SUB_PATH, dist.clone()))
        });
    }
    if steps.failed("build of the site") {
        steps.skip("site in Chromium", "the site was not built");
        steps.skip("size of the first load", "the site was not built");
        return;
    }
    if in_browser {
        steps.run("site in Chromium", || spec_run(None));
        for (name, engine) in [("firefox", setup::firefox()), ("webkit", setup::webkit())] {
            let step = format!("site in {name}");
            match engine {
                Ok(engine) => steps.run(&step, || spec_run(Some((name, engine)))),
                Err(failure) => steps.skip(&step, failure.reason()),
            }
        }
    }
    steps.run("size of the first load", || size::check(&dist));
}

/// The tests of the built site: all of them in Chromium, those of `*.engine.mjs` in another engine.
fn spec_run(other: Option<(&str, setup::Engine)>) -> Outcome<()> {
    let mut node = node(&setup::for_test()?)?;
    node.args(["--test", "--test-reporter=spec"]);
    // One file after the other: two browsers at a time are slower than one.
    node.arg("--test-concurrency=1");
    match other {
        None => node.args(specs(".test.mjs")),
        Some((name, engine)) => {
            let variable = name.to_uppercase();
            node.env("COTSIDE_ENGINE", name)
                .env(format!("COTSIDE_{variable}"), engine.program)
                .env(format!("COTSIDE_{variable}_DRIVER"), engine.driver)
                .args(specs(".engine.mjs"))
        }
    };
    shell::run(&mut node, "A test of the built site", "")
}

/// Apart from `dist`, so that a site that is being served stays as it is.
fn tested_dist() -> PathBuf {
    shell::target_dir().join("site")
}

/// Returns Node with the variables for tests/browser/harness.mjs.
pub fn node(browser: &Browser) -> Outcome<Command> {
    let script = std::env::current_exe()
        .map_err(|error| Failure::new(format!("This script does not know where it is: {error}."), ""))?;
    let mut node = shell::command("node");
    node.env("COTSIDE_XTASK", script)
        .env("COTSIDE_CHROMIUM", &browser.program)
        .env("COTSIDE_DIST", tested_dist());
    Ok(node)
}

/// Builds the site as the browser tests want it.
pub fn build_tested_site() -> Outcome<()> {
    build::run(&Build::release(SUB_PATH, tested_dist()))
}

fn specs(ending: &str) -> Vec<PathBuf> {
    let mut files = shell::files_under(&shell::root().join("tests").join("browser"));
    files.retain(|file| file.to_string_lossy().ends_with(ending));
    files
}

fn cargo(words: &[&str], what: &str) -> Outcome<()> {
    shell::run(shell::cargo().args(words), what, "")
}

/// The steps run so far, with duration and result.
#[derive(Default)]
struct Steps(Vec<(String, Duration, End)>);

enum End {
    Passed,
    Failed(Failure),
    Skipped(String),
}

impl Steps {
    /// Runs a step; a failure is kept for the summary, and the other steps still run.
    fn run(&mut self, name: &str, step: impl FnOnce() -> Outcome<()>) {
        println!("\n== {name}");
        let start = Instant::now();
        let end = match step() {
            Ok(()) => End::Passed,
            Err(failure) => {
                eprintln!("{failure}");
                End::Failed(failure)
            }
        };
        self.0.push((name.to_owned(), start.elapsed(), end));
    }

    fn skip(&mut self, name: &str, reason: &str) {
        println!("\n== {name}: skipped, {reason}");
        self.0
            .push((name.to_owned(), Duration::ZERO, End::Skipped(reason.to_owned())));
    }

    fn failed(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|(step, _, end)| step == name && matches!(end, End::Failed(_)))
    }

    fn summary(self) -> Outcome<()> {
        println!("\n== Summary");
        let total: Duration = self.0.iter().map(|(_, time, _)| *time).sum();
        let mut failures = Vec::new();
        for (name, time, end) in self.0 {
            let word = match end {
                End::Passed => "passed".to_owned(),
                End::Skipped(reason) => format!("skipped: {reason}"),
                End::Failed(failure) => {
                    failures.push((name.clone(), failure));
                    "FAILED".to_owned()
                }
            };
            println!("  {name:<26} {:>6.1} s  {word}", time.as_secs_f64());
        }
        println!("  {:<26} {:>6.1} s", "together", total.as_secs_f64());
        if failures.is_empty() {
            println!("All checks passed.");
            return Ok(());
        }
        let list: Vec<_> = failures.iter().map(|(name, _)| name.as_str()).collect();
        let remedy = "mend what is named above; `cargo xtask test --only PART` repeats one part";
        Err(Failure::new(format!("Failed: {}.", list.join(", ")), remedy))
    }
}
