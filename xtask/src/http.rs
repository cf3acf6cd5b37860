//! A small HTTP/1.1 server for this computer: GET and HEAD, one thread a connection, so that no request of a browser ever
//! waits for another connection to end.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// The longest head of a request that is read.
const LONGEST_HEAD: u64 = 64 * 1024;

/// What a browser asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `HEAD` …
    pub method: String,
    /// The path as it stands in the request, with what follows a question mark.
    pub url: String,
    /// Names in lower case, and values.
    headers: Vec<(String, String)>,
}

impl Request {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The next request of a connection; `None` where it ended or what came is none.
    fn read(stream: &mut BufReader<TcpStream>) -> Option<Self> {
        let mut head = stream.take(LONGEST_HEAD);
        let mut line = || {
            let mut line = String::new();
            let read = head.read_line(&mut line).ok()?;
            (read > 0).then(|| line.trim_end().to_owned())
        };
        let first = line()?;
        let mut words = first.split(' ');
        let (method, url) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = Vec::new();
        loop {
            let line = line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':')?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        Some(Self { method, url, headers })
    }
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// 200, 404 …
    pub status: u16,
    /// Names and values, without the length.
    pub headers: Vec<(&'static str, String)>,
    /// The content.
    pub body: Vec<u8>,
}

impl Response {
    /// A line of text.
    pub fn text(status: u16, text: &str) -> Self {
        let kind = ("Content-Type", "text/plain; charset=utf-8".to_owned());
        Self {
            status,
            headers: vec![kind],
            body: text.as_bytes().to_vec(),
        }
    }

    fn write(&self, stream: &mut TcpStream, with_body: bool) -> std::io::Result<()> {
        let reason = match self.status {
            200 => "OK",
            301 => "Moved Permanently",
            404 => "Not Found",
            405 => "Method Not Allowed",
            _ => "Answer",
        };
        let mut answer = format!(
            "HTTP/1.1 {} {reason}\r\nContent-Length: {}\r\n",
            self.status,
            self.body.len()
        );
        for (name, value) in &self.headers {
            answer.push_str(&format!("{name}: {value}\r\n"));
        }
        answer.push_str("\r\n");
        let mut answer = answer.into_bytes();
        if with_body {
            answer.extend_from_slice(&self.body);
        }
        stream.write_all(&answer)
    }
}

/// Answers for as long as the program runs.
pub fn answer(listener: &TcpListener, site: impl Fn(&Request) -> Response + Send + Sync + 'static) {
    let site = Arc::new(site);
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(&site);
        // A connection that cannot have a thread is closed; the browser asks again.
        let _ = std::thread::Builder::new().spawn(move || converse(stream, site.as_ref()));
    }
}

fn converse(stream: TcpStream, site: &dyn Fn(&Request) -> Response) {
    let Ok(mut answers) = stream.try_clone() else {
        return;
    };
    let _ = stream.set_nodelay(true);
    let mut requests = BufReader::new(stream);
    while let Some(request) = Request::read(&mut requests) {
        // Nothing that is answered has a body in its request; what comes with one is closed after the answer.
        let has_body = request.header("content-length").is_some_and(|length| length != "0")
            || request.header("transfer-encoding").is_some();
        // A browser may have gone away meanwhile; that is no fault of the server.
        let sent = site(&request).write(&mut answers, request.method != "HEAD");
        if sent.is_err()
            || has_body
            || request
                .header("connection")
                .is_some_and(|value| value.contains("close"))
        {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serving() -> std::net::SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || answer(&listener, |request| Response::text(200, &request.url)));
        address
    }

    fn ask(stream: &mut TcpStream, request: &str, wanted: usize) -> String {
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = vec![0; wanted];
        stream.read_exact(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    #[test]
    fn requests_of_one_connection_are_answered_in_turn_and_idle_ones_hold_nobody_up() {
        let address = serving();
        let _idle: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(address).unwrap()).collect();
        let mut stream = TcpStream::connect(address).unwrap();
        let length = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n/a".len();
        for path in ["/a", "/b", "/c"] {
            let answer = ask(&mut stream, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"), length);
            assert!(answer.ends_with(path), "{answer}");
        }
        let head = ask(&mut stream, "HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n", length - 2);
        assert!(head.ends_with("\r\n\r\n"), "{head}");
    }

    #[test]
    fn what_is_no_request_ends_the_connection() {
        let mut stream = TcpStream::connect(serving()).unwrap();
        stream.write_all(b"nonsense\r\n\r\n").unwrap();
        let mut answer = String::new();
        assert_eq!(stream.read_to_string(&mut answer).unwrap_or(0), 0, "{answer}");
    }
}
