//! Prints the pages as JSON: `cotside-documents BASE ROOT`, with the addresses of the site in this language and of its root.

use cotside_documents::{Places, all};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut places = std::env::args().skip(1);
    let (Some(base), Some(root), None) = (places.next(), places.next(), places.next()) else {
        return Err("usage: cotside-documents BASE ROOT, such as `/cotside/ja /cotside`".into());
    };
    let plain = |path: String| path.trim_end_matches('/').to_owned();
    let places = Places {
        base: plain(base),
        root: plain(root),
    };
    serde_json::to_writer(std::io::stdout().lock(), &all(&places))?;
    Ok(())
}
