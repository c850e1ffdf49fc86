// rs-trafilatura: {"id", "file", "url"?} -> {"id", "text", "title", "author", "date"}, JSON lines.
use rs_trafilatura::extract_bytes;
use serde_json::{json, Value};
use std::io::{BufRead, Write};

fn main() {
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let html = std::fs::read(request["file"].as_str().unwrap()).unwrap();
        let reply = match extract_bytes(&html) {
            Ok(r) => json!({"id": request["id"], "text": r.content_text, "title": r.metadata.title, "author": r.metadata.author,
                            "date": r.metadata.date.map(|d| d.format("%Y-%m-%d").to_string())}),
            Err(e) => json!({"id": request["id"], "error": e.to_string()}),
        };
        println!("{}", reply);
        std::io::stdout().flush().unwrap();
    }
}
