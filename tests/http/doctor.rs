//! `codau doctor`, as an operator runs it.

use crate::support::codau;

#[test]
fn the_doctor_fails_while_there_is_a_fault_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let pages = ["doctor", "https://bao.example/bai-1.html", "https://evil.example/"];
    let seen = codau(folder.path(), &pages, "");
    assert_eq!(seen.status.code(), Some(1));
    let said = String::from_utf8(seen.stdout).unwrap();
    for line in [
        "FAULT address   server.public_url is http://127.0.0.1:8080, where no reader of",
        "ok    origins   site songhau takes comments from https://songhau.example, https://m.songhau",
        "note  origins   site bao lists https://bao.example and not https://www.bao.example",
        "ok    page      https://bao.example is one of site bao",
        "FAULT page      https://evil.example is listed by no site",
        "ok    scripts   widget.js is served in",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    // A database on a server of its own has its disk there.
    let on_server = said.contains("note  database  on a server of its own");
    assert!(on_server || said.contains("ok    disk"), "{said}");
    assert_eq!(String::from_utf8(seen.stderr).unwrap(), "codau: 2 faults\n");
}
