//! No answer of success goes out before the disk was told to keep what it is about, and has: read
//! from the system calls of the real program.

use std::collections::HashMap;
use std::sync::Arc;

use tempfile::TempDir;

use crate::load::{Acknowledged, NO_LIMIT, load, until};
use crate::process::Service;
use crate::traced::{can_trace, traced};

/// A system call: the lines of the trace that it begins and ends at, and what it was about.
#[derive(Debug)]
struct Call {
    name: String,
    begun: usize,
    ended: usize,
    text: String,
}

/// The calls of a trace, in the order they were begun in.
fn calls(trace: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut unfinished: HashMap<&str, usize> = HashMap::new();
    for (number, line) in trace.lines().enumerate() {
        let Some((thread, text)) = line.split_once(' ') else {
            continue;
        };
        let text = text.trim_start();
        if text.starts_with("<... ") {
            if let Some(call) = unfinished.remove(thread) {
                calls[call].ended = number;
                calls[call].text.push_str(text);
            }
            continue;
        }
        let Some((name, _)) = text.split_once('(') else {
            continue;
        };
        if text.ends_with("<unfinished ...>") {
            unfinished.insert(thread, calls.len());
        }
        calls.push(Call { name: name.into(), begun: number, ended: number, text: text.into() });
    }
    calls
}

/// The acknowledged comments whose answer went out before a sync of the log that holds them.
fn too_early<'a>(calls: &[Call], acknowledged: &'a HashMap<String, i64>) -> Vec<&'a str> {
    let of_log = |name: &'static str| {
        calls.iter().filter(move |call| call.name == name && call.text.contains("codau.db-wal>"))
    };
    let is_early = |key: &str, id: i64| {
        // What follows the key in the text tells key-1 from key-11.
        let written = of_log("pwrite64").find(|call| call.text.contains(&format!("{key}.")));
        let answer = format!("\\\"comment\\\":{id},");
        let sends = ["sendto", "write", "writev", "sendmsg"];
        let sends = calls.iter().filter(|call| sends.contains(&call.name.as_str()));
        let sent = sends.filter(|call| call.text.contains("HTTP/1.1 202"));
        let sent = sent.filter(|call| call.text.contains(&answer)).min_by_key(|call| call.begun);
        let (Some(written), Some(sent)) = (written, sent) else {
            panic!("{key} is not in the trace: {written:?} {sent:?}");
        };
        let is_between = |sync: &Call| {
            sync.begun > written.ended && sync.ended < sent.begun && sync.text.ends_with("= 0")
        };
        !of_log("fsync").chain(of_log("fdatasync")).any(is_between)
    };
    let early = acknowledged.iter().filter(|(key, id)| is_early(key, **id));
    early.map(|(key, _)| key.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_of_success_follows_a_sync_of_what_it_is_about() {
    if !can_trace() {
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let (next, acknowledged) = (Arc::default(), Acknowledged::default());
    let trace = folder.path().join("trace");
    let options =
        ["-y", "-s", "9000", "-e", "trace=pwrite64,fsync,fdatasync,sendto,write,writev,sendmsg"];
    let tool = traced(&options, trace.to_str().expect("UTF-8"));
    let mut service =
        Service::start_under(&tool, folder.path(), NO_LIMIT).expect("the service starts");
    let writers = load(&service.url, &next, &acknowledged);
    until(|| acknowledged.all().len() > 150).await;
    service.ask_to_stop();
    writers.join_all().await;
    assert!(service.ended().success());

    let trace = std::fs::read(&trace).expect("the trace");
    let trace = String::from_utf8_lossy(&trace);
    let acknowledged = acknowledged.all();
    assert_eq!(too_early(&calls(&trace), &acknowledged), [""; 0]);
    eprintln!("{} answers, each after its sync", acknowledged.len());
    // The same trace without its syncs, and with syncs that failed, is found wrong.
    let without: Vec<_> = trace.lines().filter(|line| !line.contains("sync(")).collect();
    let failed = trace.replace("= 0\n", "= -1 EIO\n");
    for doctored in [without.join("\n"), failed] {
        assert_eq!(too_early(&calls(&doctored), &acknowledged).len(), acknowledged.len());
    }
}
