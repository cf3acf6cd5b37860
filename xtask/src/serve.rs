//! The built site on this computer, answered as a static host answers: gzip, folders, 404.html.

use crate::args::Args;
use crate::build::{self, Build};
use crate::failure::{Failure, Outcome};
use crate::http::{self, Request, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// `cargo xtask serve`.
pub fn command(mut args: Args) -> Outcome<()> {
    let port = match args.value("--port")? {
        Some(port) => Some(port.parse().map_err(|_| {
            Failure::new(
                format!("`{port}` is not a port."),
                "give a number from 0 to 65535, e.g. --port 8080",
            )
        })?),
        None => None,
    };
    let public_url = args.value("--public-url")?.unwrap_or_else(|| "/".to_owned());
    let dist = build::dist_option(&mut args)?;
    let ready = args.flag("--no-build");
    args.finish()?;
    if !ready {
        build::run(&Build::release(&public_url, dist.clone()))?;
    }
    let site = Site {
        base: build::public_url_of(&dist)?,
        dist,
        packed: Mutex::default(),
    };
    let (server, port) = listen(port)?;
    println!("Cotside is at http://127.0.0.1:{port}{}", site.base);
    println!("It is reachable from this computer only. Stop it with Ctrl-C.");
    http::answer(&server, move |request| site.answer(request));
    Ok(())
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
    /// The path under which the site stands, with a slash at both ends.
    base: String,
    dist: PathBuf,
    /// Compressed files with the time of the file that they were made from.
    packed: Mutex<HashMap<PathBuf, (SystemTime, Vec<u8>)>>,
}

/// What an address leads to.
#[derive(Debug, PartialEq)]
enum Target {
    File(PathBuf),
    Moved(String),
    Missing,
}

impl Site {
    fn answer(&self, request: &Request) -> Response {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return Response::text(405, "Only GET and HEAD are answered.");
        }
        let accepted = request.header("accept-encoding").unwrap_or_default();
        let gzip = accepted.split(',').any(|coding| coding.trim().starts_with("gzip"));
        match self.target(&request.url) {
            Target::File(path) => self.file(&path, 200, gzip),
            Target::Moved(to) => Response {
                status: 301,
                headers: vec![("Location", to)],
                body: Vec::new(),
            },
            Target::Missing => self.file(&self.dist.join("404.html"), 404, gzip),
        }
    }

    fn target(&self, url: &str) -> Target {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        if format!("{path}/") == self.base {
            return Target::Moved(self.base.clone());
        }
        let Some(inside) = path.strip_prefix(&self.base).and_then(decode) else {
            return Target::Missing;
        };
        if inside.split('/').any(|part| part == ".." || part.contains('\\')) {
            return Target::Missing;
        }
        let file = inside
            .split('/')
            .filter(|part| !part.is_empty())
            .fold(self.dist.clone(), |a, b| a.join(b));
        let folder = file.join("index.html").is_file();
        match (folder, path.ends_with('/')) {
            (true, true) => Target::File(file.join("index.html")),
            (true, false) => Target::Moved(format!("{path}/")),
            (false, false) if file.is_file() => Target::File(file),
            _ => Target::Missing,
        }
    }

    fn file(&self, path: &Path, status: u16, gzip: bool) -> Response {
        let Ok(content) = std::fs::read(path) else {
            return Response::text(404, "There is no such page.");
        };
        let (kind, text) = mime(path);
        let mut headers = vec![
            ("Content-Type", kind.to_owned()),
            ("Cache-Control", "no-cache".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ];
        let body = if gzip && text {
            headers.push(("Content-Encoding", "gzip".to_owned()));
            headers.push(("Vary", "Accept-Encoding".to_owned()));
            self.pack(path, &content)
        } else {
            content
        };
        Response { status, headers, body }
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

/// As static hosts compress: gzip at its usual level.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail; were it to, the answer would be empty and the browser would say so.
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default()
}

/// The type of a file, and whether compressing it is worth while.
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

/// Percent-decoding; `None` if what comes out is no text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;

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
            "/repo/%zz",
        ] {
            assert_eq!(site.target(missing), Target::Missing, "{missing}");
        }
        std::fs::remove_dir_all(&site.dist).unwrap();
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
