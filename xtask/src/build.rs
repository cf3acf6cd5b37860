//! The page as static files: Trunk's build, the modules for JavaScript, a page per route, the security policy.

use crate::documents::Documents;
use crate::failure::{Explain, Failure, Outcome};
use crate::setup::{self, Optimiser};
use crate::{offline, pages, parts, policy, rule_files, shell, short};
use cotside_words::languages::{LANGUAGES, Language};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The features of WebAssembly that today's Rust uses, as wasm-opt names them.
const FEATURES: [&str; 9] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-call-indirect-overlong",
    // The stack is at the lowest addresses, and its last kilobyte is never used.
    "--low-memory-unused",
];

/// A WebAssembly module: the package and what cargo calls its file, and its name in the folder `js`.
struct Module {
    package: &'static str,
    compiled: &'static str,
    name: &'static str,
}

/// The module for other pages: documented types, a stable shape; `js/cotside.js`.
const BINDINGS: Module = Module {
    package: "cotside-wasm",
    compiled: "cotside_wasm",
    name: "cotside",
};

/// Files of patients and their analysis.
const COHORT: Module = Module {
    package: "cotside-worker",
    compiled: "cohort",
    name: "cohort",
};

/// Published evidence and custom protocols.
const EVIDENCE: Module = Module {
    package: "cotside-worker",
    compiled: "evidence",
    name: "evidence",
};

/// The reader of workbooks.
const WORKBOOKS: Module = Module {
    package: "cotside-workbooks",
    compiled: "cotside_workbooks",
    name: "workbooks",
};

/// Figures and tables as files of other programs; a worker of its own makes one.
const EXPORTS: Module = Module {
    package: "cotside-exports",
    compiled: "cotside_exports",
    name: "exports",
};

/// The second program of the page (`crates/app/src/worker_pages.rs`), in each language.
const WORKER_PAGES: Module = Module {
    package: "cotside-app",
    compiled: "worker_pages",
    name: "worker_pages",
};

/// What runs in a worker of the page. `js/<name>.js`, by the name of the first module, is one script, made of the glue of
/// each module and of `www/scripts/worker.js`; `js/<module>.wasm` stands beside it. The page makes the worker from the
/// script's text, so that it lives under the page's own policy.
const WORKERS: [&[Module]; 3] = [&[COHORT, WORKBOOKS], &[EVIDENCE], &[EXPORTS]];

/// The packages whose modules have words of one language: the page's two programs, and what answers them.
const IN_EACH_LANGUAGE: [&str; 2] = [WORKER_PAGES.package, COHORT.package];

/// The packages whose modules are alike in all languages.
const IN_ALL_LANGUAGES: [&str; 3] = [BINDINGS.package, WORKBOOKS.package, EXPORTS.package];

/// The parts of the page's style sheet (`www/styles`), in the order in which they count.
const STYLES: [&str; 18] = [
    "tokens",
    "base",
    "shell",
    "controls",
    "stratify",
    "tables",
    "evidence",
    "columns",
    "analyse",
    "levels",
    "custom_protocol",
    "plan",
    "combine",
    "home",
    "protocols",
    "handbook",
    "narrow",
    "print",
];

/// Scripts of the page itself.
const SCRIPTS: [&str; 7] = ["guard", "boot", "import", "picture", "seal", "digitiser", "handbook"];

const TARGET: &str = "wasm32-unknown-unknown";

/// A build: its content and its target folder.
pub struct Build {
    /// The path of the site on its server, with a slash at both ends.
    pub public_url: String,
    /// The folder that receives the site.
    pub dist: PathBuf,
    /// Without optimisation, for a quick look.
    pub debug: bool,
    /// The languages, English first.
    pub languages: Vec<Language>,
    /// The public address of the site, for search engines.
    pub site_url: Option<String>,
}

impl Build {
    /// The site under `public_url` into `dist`, as it is published.
    pub fn release(public_url: &str, dist: PathBuf) -> Self {
        Self {
            public_url: with_slashes(public_url),
            dist,
            debug: false,
            languages: LANGUAGES.to_vec(),
            site_url: None,
        }
    }

    /// The same for a quick look: English alone, without optimisation.
    pub fn quick(self) -> Self {
        Self {
            debug: true,
            languages: languages(&[LANGUAGES[0]]),
            ..self
        }
    }
}

/// The folder of a built site, and its path on the server.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// The path under which the site stands on its server
    #[arg(long, value_name = "PATH", default_value = "/")]
    pub public_url: String,
    #[command(flatten)]
    folder: Folder,
}

impl Place {
    /// The folder of the site.
    pub fn dist(&self) -> PathBuf {
        self.folder.dist()
    }
}

/// The folder of a built site.
#[derive(Debug, clap::Args)]
pub struct Folder {
    /// The folder of the built site
    #[arg(long, value_name = "FOLDER", default_value = "dist")]
    dist: PathBuf,
}

impl Folder {
    /// Returns the folder of the site; a relative one is in that of the project.
    pub fn dist(&self) -> PathBuf {
        shell::root().join(&self.dist)
    }
}

/// Options of `cargo xtask build`.
#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    place: Place,
    /// Where the site will stand for the public, for search engines
    #[arg(long, value_name = "URL")]
    site_url: Option<String>,
    /// The languages, such as `en,ja`; English is always built [default: all]
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = language)]
    languages: Vec<Language>,
    /// Without optimisation, for a quick look
    #[arg(long)]
    debug: bool,
}

/// `cargo xtask build`.
pub fn command(options: &Options) -> Outcome<()> {
    let build = Build {
        debug: options.debug,
        site_url: options
            .site_url
            .as_ref()
            .map(|url| format!("{}/", url.trim_end_matches('/'))),
        languages: languages(&options.languages),
        ..Build::release(&options.place.public_url, options.place.dist())
    };
    run(&build)?;
    println!(
        "The site is in {}, to stand under {}.",
        shell::shown(&build.dist),
        build.public_url
    );
    Ok(())
}

/// The language of a code.
fn language(code: &str) -> Result<Language, String> {
    let found = LANGUAGES.iter().find(|language| language.code == code);
    found.copied().ok_or_else(|| {
        let all: Vec<&str> = LANGUAGES.iter().map(|language| language.code).collect();
        format!("choose of: {}", all.join(", "))
    })
}

/// The chosen languages in the order of [`LANGUAGES`], or all.
fn languages(chosen: &[Language]) -> Vec<Language> {
    let named = |language: &Language| chosen.iter().any(|chosen| chosen.code == language.code);
    let wanted = |language: &Language| chosen.is_empty() || language.code == "en" || named(language);
    LANGUAGES.into_iter().filter(wanted).collect()
}

/// Builds the site.
pub fn run(build: &Build) -> Outcome<()> {
    let optimiser = setup::for_build()?;
    fetch_crates()?;
    for language in LANGUAGES.iter().filter(|language| !language.folder.is_empty()) {
        let left = build.dist.join(language.folder);
        if left.is_dir() {
            std::fs::remove_dir_all(&left).explain(format_args!("remove {}", shell::shown(&left)))?;
        }
    }
    let pages = pages::Pages::new(build.site_url.clone(), &build.languages)?;
    // Each language is a whole site, English at the root, the others in folders of it: what one keeps for use without a
    // network is its own. English clears the root, so it comes first.
    let shared = shell::target_dir().join("site-parts");
    if shared.is_dir() {
        std::fs::remove_dir_all(&shared).explain(format_args!("remove {}", shell::shown(&shared)))?;
    }
    modules(build, optimiser, &shared)?;
    style_sheet()?;
    for &language in &build.languages {
        let dist = build.dist.join(language.folder);
        programs(build, language)?;
        trunk(build, language, &dist, optimiser)?;
        let parts_folder = dist.join("js");
        copy(&shared, &parts_folder)?;
        worker_pages(build, optimiser, &parts_folder)?;
        for module in [&COHORT, &EVIDENCE] {
            bind(build, optimiser, module, "no-modules", &bound())?;
        }
        for modules in WORKERS {
            worker(modules, &parts_folder)?;
        }
        let documents = Documents::make(build, language)?;
        documents.write(&parts_folder)?;
        let parts = parts::name(&dist)?;
        short::site(&dist)?;
        let page = dist.join("index.html");
        shell::write(&page, &parts.inside_page(&shell::read(&page)?))?;
        if language.folder.is_empty() {
            rule_files::write(&dist)?;
        }
        let number = offline::build_number(&dist)?;
        pages.write(&dist, language, &number, &documents)?;
        policy::check_site(&dist)?;
        offline::write(&dist, &number)?;
    }
    Ok(())
}

/// Copies the files that all languages share.
fn copy(from: &Path, to: &Path) -> Outcome<()> {
    for file in shell::files_under(from) {
        let copy = to.join(file.strip_prefix(from).unwrap_or(&file));
        let content = std::fs::read(&file).explain(format_args!("read {}", shell::shown(&file)))?;
        if let Some(folder) = copy.parent() {
            std::fs::create_dir_all(folder).explain(format_args!("make {}", shell::shown(folder)))?;
        }
        std::fs::write(&copy, content).explain(format_args!("write {}", shell::shown(&copy)))?;
    }
    Ok(())
}

/// Fetches the crates; Trunk works offline, so that it does not download tools.
fn fetch_crates() -> Outcome<()> {
    let remedy = "check that this computer reaches the crates registry, and that Cargo.lock fits Cargo.toml (`cargo update --workspace` \
                  makes it fit), then run this again";
    shell::run(
        shell::cargo().args(["fetch", "--locked", "--quiet"]),
        "Fetching the crates of Cargo.lock",
        remedy,
    )
}

/// Builds the page in a language. Only the words and the crates that depend on them are compiled again for each.
fn trunk(build: &Build, language: Language, dist: &Path, optimiser: Optimiser) -> Outcome<()> {
    let mut trunk = shell::command("trunk");
    let public_url = format!("{}{}", build.public_url, language.folder);
    trunk.args(["build", "--public-url", &public_url, "--dist"]).arg(dist);
    if language.code != "en" {
        trunk.args(["--features", &format!("lang-{}", language.code)]);
    }
    trunk.env("COTSIDE_LANGUAGES", languages_built(build));
    match (build.debug, optimiser) {
        (true, _) => {}
        (false, Optimiser::Present) => {
            trunk.arg("--release");
        }
        // Trunk calls wasm-opt only with its own release switch; the cargo profile is the same.
        (false, Optimiser::Absent) => {
            trunk.args(["--cargo-profile", "release"]);
        }
    }
    // Trunk refuses the values that some terminals give this variable.
    trunk
        .env_remove("NO_COLOR")
        .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(build.debug));
    shell::run(&mut trunk, "Trunk's build of the page", "")
}

/// `cargo build` for the page, as it is published or for a quick look.
fn compile(debug: bool) -> Command {
    let mut cargo = shell::cargo();
    cargo.args(["build", "--quiet", "--target", TARGET]);
    if !debug {
        cargo.arg("--release");
    }
    cargo.env("CARGO_ENCODED_RUSTFLAGS", rust_flags(debug));
    cargo
}

/// Compiles the page's programs and workers in a language, side by side: each is optimised as a whole, on one core.
fn programs(build: &Build, language: Language) -> Outcome<()> {
    let mut cargo = compile(build.debug);
    cargo.arg("--bins");
    for package in IN_EACH_LANGUAGE {
        cargo.args(["--package", package]);
        if language.code != "en" {
            cargo.args(["--features", &format!("{package}/lang-{}", language.code)]);
        }
    }
    cargo.env("COTSIDE_LANGUAGES", languages_built(build));
    shell::run(&mut cargo, "Compiling the programs of the page", "")
}

/// The second program of the page: script and module beside the other parts.
fn worker_pages(build: &Build, optimiser: Optimiser, folder: &Path) -> Outcome<()> {
    bind(build, optimiser, &WORKER_PAGES, "web", folder)?;
    let name = WORKER_PAGES.name;
    let (made, wanted) = (
        folder.join(format!("{name}_bg.wasm")),
        folder.join(format!("{name}.wasm")),
    );
    std::fs::rename(&made, &wanted).explain(format_args!("rename {}", shell::shown(&made)))
}

/// The codes of the languages that are built together; empty where it is one.
fn languages_built(build: &Build) -> String {
    let built: Vec<&str> = build.languages.iter().map(|language| language.code).collect();
    if built.len() > 1 {
        built.join(",")
    } else {
        String::new()
    }
}

/// One style sheet of all parts, where `www/index.html` takes it from.
fn style_sheet() -> Outcome<()> {
    let folder = shell::root().join("www").join("styles");
    let parts: Vec<String> = STYLES
        .iter()
        .map(|name| shell::read(&folder.join(format!("{name}.css"))))
        .collect::<Outcome<_>>()?;
    shell::write(&shell::root().join("target").join("style.css"), &parts.join("\n"))
}

/// The modules that are alike in all languages, into a folder.
fn modules(build: &Build, optimiser: Optimiser, folder: &Path) -> Outcome<()> {
    let mut cargo = compile(build.debug);
    cargo
        .args(["--lib", "--bins"])
        .args(IN_ALL_LANGUAGES.into_iter().flat_map(|package| ["--package", package]));
    shell::run(&mut cargo, "Compiling the modules for JavaScript", "")?;

    bind(build, optimiser, &BINDINGS, "web", folder)?;
    for name in SCRIPTS {
        let script = format!("{name}.js");
        let text = shell::read(&shell::root().join("www").join("scripts").join(&script))?;
        shell::write(&folder.join(script), &short::text(&text))?;
    }
    for module in [&WORKBOOKS, &EXPORTS] {
        bind(build, optimiser, module, "no-modules", &bound())?;
    }
    Ok(())
}

/// The module for JavaScript alone, with its types, into a folder.
pub fn javascript(debug: bool, folder: &Path) -> Outcome<()> {
    let optimiser = setup::for_build()?;
    let build = Build {
        debug,
        ..Build::release("/", folder.to_path_buf())
    };
    let mut cargo = compile(debug);
    cargo.args(["--locked", "--lib", "--package", BINDINGS.package]);
    shell::run(&mut cargo, "Compiling the module for JavaScript", "")?;
    bind(&build, optimiser, &BINDINGS, "web", folder)
}

/// Where the modules of the workers stand with their glue, before a script is made of it.
fn bound() -> PathBuf {
    shell::target_dir().join("workers")
}

/// One script for a worker: the glue of each module as `glue.<module>`, then `www/scripts/worker.js`.
fn worker(modules: &[Module], folder: &Path) -> Outcome<()> {
    let made = bound();
    let mut script = "\"use strict\";\nconst glue = {};\n".to_owned();
    for module in modules {
        let name = module.name;
        let glue = shell::read(&made.join(format!("{name}.js")))?;
        script.push_str(&format!(
            "glue.{name} = (() => {{\n{glue}\nreturn wasm_bindgen;\n}})();\n"
        ));
        let wasm = made.join(format!("{name}_bg.wasm"));
        let beside = folder.join(format!("{name}.wasm"));
        std::fs::copy(&wasm, &beside).explain(format_args!("copy {}", shell::shown(&wasm)))?;
    }
    script.push_str(&shell::read(
        &shell::root().join("www").join("scripts").join("worker.js"),
    )?);
    let name = modules.first().map_or("worker", |module| module.name);
    shell::write(&folder.join(format!("{name}.js")), &script)
}

/// Script and WebAssembly of a module.
fn bind(build: &Build, optimiser: Optimiser, module: &Module, target: &str, folder: &Path) -> Outcome<()> {
    let profile = if build.debug { "debug" } else { "release" };
    let name = module.name;
    let compiled = shell::target_dir().join(TARGET).join(profile);
    let mut bindgen = shell::command("wasm-bindgen");
    bindgen
        .args(["--target", target, "--out-name", name, "--out-dir"])
        .arg(folder)
        .arg(compiled.join(format!("{}.wasm", module.compiled)));
    if name != BINDINGS.name {
        bindgen.arg("--no-typescript");
    }
    shell::run(&mut bindgen, "wasm-bindgen", "")?;
    if optimiser == Optimiser::Present && !build.debug {
        let file = folder.join(format!("{name}_bg.wasm"));
        let mut optimise = shell::command("wasm-opt");
        // The compiler has already inlined; inlining functions that are called once makes the compressed file 7 %
        // larger.
        optimise
            .args(["--no-inline=*", "-Oz"])
            .args(FEATURES)
            .arg(&file)
            .arg("--output")
            .arg(&file);
        shell::run(&mut optimise, "wasm-opt on a module", "")?;
    }
    Ok(())
}

/// The user's own flags, and short names in place of this computer's folders inside the published file.
fn rust_flags(debug: bool) -> String {
    let mut flags: Vec<String> = match std::env::var("CARGO_ENCODED_RUSTFLAGS") {
        Ok(flags) => flags.split('\x1f').map(str::to_owned).collect(),
        Err(_) => std::env::var("RUSTFLAGS")
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    };
    flags.retain(|flag| !flag.is_empty());
    // Leptos components with erased types: about 10 kB less to load.
    flags.push("--cfg=erase_components".to_owned());
    if !debug {
        flags.extend(short_paths());
    }
    flags.join("\x1f")
}

/// Flags that put short names in place of this computer's folders.
pub fn short_paths() -> Vec<String> {
    let registry = |folder: PathBuf| format!("--remap-path-prefix={}=crates", folder.display());
    let own = format!("--remap-path-prefix={}=cotside", shell::root().display());
    registries().into_iter().map(registry).chain([own]).collect()
}

fn registries() -> Vec<PathBuf> {
    let sources = shell::cargo_home().map(|home| home.join("registry").join("src"));
    let entries = sources
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten());
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn with_slashes(path: &str) -> String {
    let inner = path.trim_matches('/');
    if inner.is_empty() {
        "/".to_owned()
    } else {
        format!("/{inner}/")
    }
}

/// Returns the path of a built site on its server, from its first page.
pub fn public_url_of(dist: &Path) -> Outcome<String> {
    let page = std::fs::read_to_string(dist.join("index.html"));
    let page = page.explain(format_args!("read {}", shell::shown(&dist.join("index.html"))));
    let page = page.map_err(|_| {
        Failure::new(
            format!("There is no built site in {}.", shell::shown(dist)),
            "run `cargo xtask build`, or leave --no-build out",
        )
    })?;
    let base = page
        .split("<base href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    Ok(with_slashes(base.unwrap_or("/")))
}

#[cfg(test)]
mod tests {
    use super::{STYLES, with_slashes};
    use crate::shell;
    use std::collections::BTreeSet;

    #[test]
    fn every_style_sheet_of_the_folder_is_part_of_the_page() {
        let files = shell::files_under(&shell::root().join("www").join("styles"));
        let found: BTreeSet<String> = files
            .iter()
            .filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned()))
            .collect();
        assert_eq!(found, STYLES.iter().map(|&name| name.to_owned()).collect());
    }

    #[test]
    fn the_public_path_has_a_slash_at_both_ends() {
        for (given, wanted) in [
            ("", "/"),
            ("/", "/"),
            ("repo", "/repo/"),
            ("/repo", "/repo/"),
            ("/a/b/", "/a/b/"),
        ] {
            assert_eq!(with_slashes(given), wanted);
        }
    }
}
