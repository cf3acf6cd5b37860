//! The built site on this computer, answered as a static host answers: gzip, folders, 404.html.

use crate::build::{self, Build, Place};
use crate::failure::{Explain as _, Failure, Outcome};
use axum::extract::Request;
use axum::http::{Method, header};
use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use std::collections::HashMap;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Options of `cargo xtask serve`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The port; 0 for any [default: 8080 or one of the next that is free]
    #[arg(long)]
    port: Option<u16>,
    #[command(flatten)]
    place: Place,
    /// Serve what was built before
    #[arg(long)]
    no_build: bool,
    /// English alone and without optimisation: the first page sooner, slower in use
    #[arg(long, conflicts_with = "no_build")]
    quick: bool,
}

/// `cargo xtask serve`.
pub fn command(options: &Options) -> Outcome<()> {
    let dist = options.place.dist();
    if !options.no_build {
        let whole = Build::release(&options.place.public_url, dist.clone());
        build::run(&if options.quick { whole.quick() } else { whole })?;
    }
    let site = Site {
        base: build::public_url_of(&dist)?,
        dist,
        packed: Mutex::default(),
    };
    let (server, port) = listen(options.port)?;
    println!("Cotside is at http://127.0.0.1:{port}{}", site.base);
    println!("It is reachable from this computer only. Stop it with Ctrl-C.");
    answer(server, site)
}

/// Answers for as long as the program runs.
fn answer(listener: TcpListener, site: Site) -> Outcome<()> {
    let site = Arc::new(site);
    let pages = axum::Router::new().fallback(move |request: Request| async move { site.answer(&request) });
    listener.set_nonblocking(true).explain("serve")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let serving = async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, pages).await
    };
    runtime.explain("serve")?.block_on(serving).explain("serve")
}

/// The wanted port; without a wish 8080 or one of the next that is free.
fn listen(wanted: Option<u16>) -> Outcome<(TcpListener, u16)> {
    let candidates = wanted.map_or(8080..=8099, |port| port..=port);
    for port in candidates {
        if let Ok(server) = TcpListener::bind(("127.0.0.1", port)) {
            let port = server.local_addr().map_or(port, |address| address.port());
            return Ok((server, port));
        }
        println!("Port {port} is in use.");
    }
    Err(Failure::new(
        "No port to serve on.",
        "choose a free one, e.g. `cargo xtask serve --port 9000`",
    ))
}

struct Site {
    /// The path of the site, with a slash at both ends.
    base: String,
    dist: PathBuf,
    /// Compressed files with the time of the file that they were made from.
    packed: Mutex<HashMap<PathBuf, (SystemTime, Vec<u8>)>>,
}

/// The target of an address.
#[derive(Debug, PartialEq)]
enum Target {
    File(PathBuf),
    Moved(String),
    Missing,
}

impl Site {
    fn answer(&self, request: &Request) -> Response {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return text(405, "Only GET and HEAD are answered.");
        }
        let accepted = request.headers().get(header::ACCEPT_ENCODING);
        let gzip = accepted
            .and_then(|value| value.to_str().ok())
            .is_some_and(|codings| codings.split(',').any(|coding| coding.trim().starts_with("gzip")));
        match self.target(request.uri().path()) {
            Target::File(path) => self.file(&path, 200, gzip),
            Target::Moved(to) => response(301, &[("Location", &to)], Vec::new()),
            Target::Missing => self.file(&self.dist.join("404.html"), 404, gzip),
        }
    }

    fn target(&self, url: &str) -> Target {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        if format!("{path}/") == self.base {
            return Target::Moved(self.base.clone());
        }
        let Some(inside) = path.strip_prefix(&self.base) else {
            return Target::Missing;
        };
        let Some(file) = percent_decode_str(inside)
            .decode_utf8()
            .ok()
            .and_then(|inside| self.inside(&inside))
        else {
            return Target::Missing;
        };
        let folder = file.join("index.html").is_file();
        match (folder, path.ends_with('/')) {
            (true, true) => Target::File(file.join("index.html")),
            (true, false) => Target::Moved(format!("{path}/")),
            (false, false) if file.is_file() => Target::File(file),
            _ => Target::Missing,
        }
    }

    /// The place of a path in the site's folder; `None` where it leads out of it.
    fn inside(&self, path: &str) -> Option<PathBuf> {
        // A backslash and a drive are parts of a path under Windows alone: they are refused everywhere.
        let plain = !path.contains(['\\', ':', '\0']);
        let within = |component| matches!(component, Component::Normal(_));
        (plain && Path::new(path).components().all(within)).then(|| self.dist.join(path))
    }

    fn file(&self, path: &Path, status: u16, gzip: bool) -> Response {
        let Ok(content) = std::fs::read(path) else {
            return text(404, "There is no such page.");
        };
        let (kind, compressible) = mime(path);
        let mut headers = vec![
            ("Content-Type", kind),
            ("Cache-Control", "no-cache"),
            ("X-Content-Type-Options", "nosniff"),
        ];
        let body = if gzip && compressible {
            headers.extend([("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]);
            self.pack(path, &content)
        } else {
            content
        };
        response(status, &headers, body)
    }

    fn pack(&self, path: &Path, content: &[u8]) -> Vec<u8> {
        let changed = std::fs::metadata(path)
            .and_then(|data| data.modified())
            .unwrap_or(SystemTime::UNIX_EPOCH);
        let mut packed = self.packed.lock().unwrap_or_else(PoisonError::into_inner);
        match packed.get(path) {
            Some((time, bytes)) if *time == changed => bytes.clone(),
            _ => {
                let bytes = gzip(content);
                packed.insert(path.to_path_buf(), (changed, bytes.clone()));
                bytes
            }
        }
    }
}

/// Makes a response; an invalid status or header is a fault of this program.
fn response(status: u16, headers: &[(&str, &str)], body: Vec<u8>) -> Response {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let response = response.body(body.into());
    response.unwrap_or_else(|error| (axum::http::StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response())
}

/// A line of text.
fn text(status: u16, text: &str) -> Response {
    response(
        status,
        &[("Content-Type", "text/plain; charset=utf-8")],
        text.as_bytes().to_vec(),
    )
}

/// As static hosts compress: gzip at its usual level.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail; otherwise the answer would be empty, which the browser reports.
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default()
}

/// Returns the type of a file, and whether it should be compressed.
fn mime(path: &Path) -> (&'static str, bool) {
    match path.extension().and_then(|kind| kind.to_str()).unwrap_or_default() {
        "html" => ("text/html; charset=utf-8", true),
        "css" => ("text/css; charset=utf-8", true),
        "js" => ("text/javascript; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "json" => ("application/json", true),
        "webmanifest" => ("application/manifest+json", true),
        "svg" => ("image/svg+xml", true),
        "csv" => ("text/csv; charset=utf-8", true),
        "txt" | "ts" => ("text/plain; charset=utf-8", true),
        "png" => ("image/png", false),
        _ => ("application/octet-stream", false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;
    use std::io::Read as _;
    use std::net::{SocketAddr, TcpStream};

    fn site(name: &str) -> Site {
        let dist = std::env::temp_dir().join(format!("cotside-serve-{}-{name}", std::process::id()));
        for page in ["index.html", "about/index.html", "app.js", "404.html"] {
            shell::write(&dist.join(page), "x").unwrap();
        }
        Site {
            base: "/repo/".to_owned(),
            dist,
            packed: Mutex::default(),
        }
    }

    #[test]
    fn addresses_lead_where_a_static_host_leads() {
        let site = site("addresses");
        let file = |path: &str| Target::File(site.dist.join(path));
        assert_eq!(site.target("/repo/"), file("index.html"));
        assert_eq!(site.target("/repo/about/?a=1"), file("about/index.html"));
        assert_eq!(site.target("/repo/app.js"), file("app.js"));
        assert_eq!(site.target("/repo/%61pp.js"), file("app.js"));
        assert_eq!(site.target("/repo/about"), Target::Moved("/repo/about/".to_owned()));
        assert_eq!(site.target("/repo"), Target::Moved("/repo/".to_owned()));
        for missing in [
            "/",
            "/other/",
            "/repo/none",
            "/repo/app.js/",
            "/repo/../Cargo.toml",
            "/repo/%2e%2e/x",
            "/repo/about/..%2f..%2fx",
            "/repo/..%5cx",
            "/repo//etc/hostname",
            "/repo/%2fetc/hostname",
            "/repo/c:/x",
            "/repo/%zz",
            "/repo/%ff",
            "/repo/app.js%00",
        ] {
            assert_eq!(site.target(missing), Target::Missing, "{missing}");
        }
        std::fs::remove_dir_all(&site.dist).unwrap();
    }

    fn serving(site: Site) -> SocketAddr {
        let (listener, _) = listen(Some(0)).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || answer(listener, site));
        address
    }

    /// The head of an answer in lower case, and its body.
    fn ask(stream: &mut TcpStream, method: &str, path: &str, accepted: &str) -> (String, Vec<u8>) {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {accepted}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.extend(byte);
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        let length = head.split("content-length: ").nth(1).unwrap();
        let length: usize = length.split("\r\n").next().unwrap().parse().unwrap();
        let mut body = vec![0; if method == "HEAD" { 0 } else { length }];
        stream.read_exact(&mut body).unwrap();
        (head, body)
    }

    #[test]
    fn requests_of_one_connection_are_answered_in_turn_and_idle_ones_hold_nobody_up() {
        let site = site("connections");
        let dist = site.dist.clone();
        let long = "x".repeat(300_000);
        shell::write(&dist.join("app.js"), &long).unwrap();
        let address = serving(site);
        let _idle: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(address).unwrap()).collect();
        let mut stream = TcpStream::connect(address).unwrap();
        for (path, status, length) in [
            ("/repo/", 200, 1),
            ("/repo/app.js", 200, long.len()),
            ("/repo/none", 404, 1),
        ] {
            let (head, body) = ask(&mut stream, "GET", path, "br");
            assert!(head.starts_with(&format!("http/1.1 {status} ")), "{head}");
            assert_eq!(body.len(), length, "{head}");
        }
        // A body would come before the next answer.
        let (head, _) = ask(&mut stream, "HEAD", "/repo/app.js", "br");
        assert!(head.contains("content-length: 300000\r\n"), "{head}");
        let (head, _) = ask(&mut stream, "GET", "/repo/about?a=1", "");
        assert!(head.contains("location: /repo/about/\r\n"), "{head}");
        let (head, _) = ask(&mut stream, "POST", "/repo/", "");
        assert!(head.starts_with("http/1.1 405 "), "{head}");
        std::fs::remove_dir_all(&dist).unwrap();
    }

    #[test]
    fn a_file_comes_with_its_type_and_compressed_where_the_browser_takes_it() {
        let site = site("headers");
        let dist = site.dist.clone();
        let mut stream = TcpStream::connect(serving(site)).unwrap();
        for (accepted, packed) in [("deflate, gzip;q=1.0", true), ("br", false)] {
            let (head, body) = ask(&mut stream, "GET", "/repo/app.js", accepted);
            for line in [
                "content-type: text/javascript; charset=utf-8\r\n",
                "cache-control: no-cache\r\n",
                "x-content-type-options: nosniff\r\n",
            ] {
                assert!(head.contains(line), "{head}");
            }
            assert_eq!(
                head.contains("content-encoding: gzip\r\nvary: accept-encoding\r\n"),
                packed,
                "{head}"
            );
            assert_eq!(body, if packed { gzip(b"x") } else { b"x".to_vec() });
        }
        std::fs::remove_dir_all(&dist).unwrap();
    }

    #[test]
    fn an_invalid_request_is_refused_and_ends_the_connection() {
        let mut stream = TcpStream::connect(serving(site("nonsense"))).unwrap();
        stream.write_all(b"nonsense\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }

    #[test]
    fn what_is_packed_unpacks() {
        let text = "infant ".repeat(1000);
        let packed = gzip(text.as_bytes());
        assert!(packed.len() < 200);
        let mut unpacked = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut unpacked).unwrap();
        assert_eq!(unpacked, text);
    }
}
