//! `codau assess` and `codau restore`, as a shell sees them.

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn codau(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_codau"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn assess_gives_a_line_of_json_for_each_line() {
    let output = codau(&["assess"], "Bài viết rất hay\nbai viet rat hay\n");
    assert!(output.status.success());
    let found = lines(&output);
    assert_eq!(found[0]["class"], "marked");
    assert_eq!(found[1]["class"], "unmarked");
    assert_eq!(found[1]["id"], 2);
    assert_eq!(found[1]["restored"], "bài viết rất hay");
    assert_eq!(found[1]["spans"][0]["text"], "bai");
    assert_eq!(found[1]["spans"][1]["start"], 4);
}

#[test]
fn jsonl_keeps_the_ids_it_is_given() {
    let output = codau(
        &["restore", "--jsonl"],
        "{\"id\":\"a7\",\"text\":\"cam on nhieu\"}\n\n{\"text\":\"hay qua\"}\n",
    );
    assert!(output.status.success());
    let found = lines(&output);
    assert_eq!(found[0], serde_json::json!({ "id": "a7", "restored": "cảm ơn nhiều" }));
    assert_eq!(found[1]["id"], 3);
}

#[test]
fn plain_lines_come_back_as_plain_lines() {
    let output = codau(&["restore"], "cam on nhieu\r\n\nThành phố\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "cảm ơn nhiều\n\nThành phố\n");
    assert!(String::from_utf8(output.stderr).unwrap().contains("3 texts"));
}

#[test]
fn a_wrong_line_is_named_and_not_repeated() {
    let output = codau(
        &["assess", "--jsonl"],
        "{\"id\":1,\"text\":\"hay\"}\n{\"id\":2,\"secret\":\"0909\"}\n",
    );
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("line 2: no `text`"), "{said}");
    assert!(!said.contains("0909"), "{said}");
}

#[test]
fn a_missing_file_is_named() {
    let output = codau(&["assess", "no-such-file.txt"], "");
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("no-such-file.txt"));
}
