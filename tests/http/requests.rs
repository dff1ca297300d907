//! Raw requests, byte by byte: how their end is told, how their headers and first lines are
//! written, and what is big or deep.

/// A request as it goes over the wire.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) wanted: Wanted,
}

/// What must come of it.
#[derive(Clone, Copy)]
pub(crate) enum Wanted {
    /// At most one answer, an error, and the connection is closed.
    Refused,
    /// One answer with this status, and no other.
    Answered(u16),
}

use Wanted::{Answered, Refused};

/// A whole request hidden in what may be taken for a body.
const HIDDEN: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";

fn case(name: impl Into<String>, bytes: impl Into<Vec<u8>>, wanted: Wanted) -> Case {
    Case { name: name.into(), bytes: bytes.into(), wanted }
}

/// A post with these header lines and this behind them.
fn post(headers: &str, body: &str) -> Vec<u8> {
    format!(
        "POST /comments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

fn get(line: &str, headers: &str) -> Vec<u8> {
    format!("{line}\r\nhost: x\r\nconnection: close\r\n{headers}\r\n").into_bytes()
}

/// Every request of the collection.
pub(crate) fn corpus() -> Vec<Case> {
    let groups =
        [lengths(), encodings(), both(), chunks(), names(), values(), lines(), targets(), big()];
    groups.into_iter().flatten().collect()
}

fn lengths() -> Vec<Case> {
    let bad = [
        "+5",
        "-1",
        "0x5",
        "5,5",
        "5, 6",
        "5;5",
        "5 5",
        "1e1",
        "5.0",
        "",
        "٣",
        "5\u{b}",
        "\"5\"",
        "five",
        "18446744073709551616",
        "99999999999999999999999999",
        "5, ",
        ",5",
        "5_0",
        "５",
    ];
    let mut cases: Vec<_> = bad
        .iter()
        .map(|length| {
            case(
                format!("length {length:?}"),
                post(&format!("content-length: {length}\r\n"), HIDDEN),
                Refused,
            )
        })
        .collect();
    for (one, two) in [("0", "44"), ("44", "0"), ("5", "6"), ("6", "5"), ("0", "0x2c")] {
        let headers = format!("content-length: {one}\r\ncontent-length: {two}\r\n");
        cases.push(case(format!("lengths {one} and {two}"), post(&headers, HIDDEN), Refused));
        let headers = format!("content-length: {one}\r\nx: y\r\nCONTENT-LENGTH: {two}\r\n");
        cases.push(case(format!("lengths {one} and {two} apart"), post(&headers, HIDDEN), Refused));
    }
    let right = format!("content-length: {}\r\nconnection: close\r\n", HIDDEN.len());
    cases.push(case("a length that is right", post(&right, HIDDEN), Answered(400)));
    let zeros = format!("content-length: 000{}\r\nconnection: close\r\n", HIDDEN.len());
    cases.push(case("a length with zeros", post(&zeros, HIDDEN), Answered(400)));
    cases
}

fn encodings() -> Vec<Case> {
    let chunked = format!("{:x}\r\n{HIDDEN}\r\n0\r\n\r\n", HIDDEN.len());
    let bad = [
        "identity",
        "xchunked",
        "chunkedx",
        "chunked, identity",
        "identity, chunked",
        "chunked, chunked",
        "chunked;q=1",
        "\"chunked\"",
        "chunked\u{b}",
        "\u{b}chunked",
        "chunked,",
        ",chunked",
        "chu nked",
        "gzip",
        "gzip, chunked",
        "x, chunked",
        "chunked\u{0}",
        "",
        "cｈunked",
        "chunked\u{a0}",
    ];
    let mut cases: Vec<_> = bad
        .iter()
        .map(|encoding| {
            let headers = format!("transfer-encoding: {encoding}\r\n");
            case(format!("encoding {encoding:?}"), post(&headers, &chunked), Refused)
        })
        .collect();
    for (one, two) in
        [("chunked", "identity"), ("identity", "chunked"), ("chunked", "x"), ("x", "chunked")]
    {
        let headers = format!("transfer-encoding: {one}\r\ntransfer-encoding: {two}\r\n");
        cases.push(case(format!("encodings {one} and {two}"), post(&headers, &chunked), Refused));
    }
    let old = format!(
        "POST /comments HTTP/1.0\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n{chunked}"
    );
    cases.push(case("chunks in HTTP/1.0", old, Refused));
    for name in ["chunked", "Chunked", "CHUNKED"] {
        let headers = format!("transfer-encoding: {name}\r\nconnection: close\r\n");
        cases.push(case(format!("encoding {name}"), post(&headers, &chunked), Answered(400)));
    }
    cases
}

fn both() -> Vec<Case> {
    let chunked = format!("0\r\n\r\n{HIDDEN}");
    let mut cases = Vec::new();
    for length in [0, 5, chunked.len()] {
        for encoding in ["chunked", "CHUNKED", "chunked, chunked", "identity", "x"] {
            for swapped in [false, true] {
                let (one, two) = (
                    format!("content-length: {length}\r\n"),
                    format!("transfer-encoding: {encoding}\r\n"),
                );
                let headers = if swapped { two + &one } else { one + &two };
                let name = format!("length {length} and encoding {encoding}, {swapped}");
                cases.push(case(name, post(&headers, &chunked), Refused));
            }
        }
    }
    cases
}

fn chunks() -> Vec<Case> {
    let bad = [
        "0x5\r\nabcde\r\n0\r\n\r\n",
        "+5\r\nabcde\r\n0\r\n\r\n",
        "-5\r\nabcde\r\n0\r\n\r\n",
        "g\r\nabcde\r\n0\r\n\r\n",
        "\r\n0\r\n\r\n",
        "5\r\nabcdeXX0\r\n\r\n",
        "5\r\nabcd\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\nabcde\r\n",
        "10000000000000000\r\nabcde\r\n",
        "5 5\r\nabcde\r\n0\r\n\r\n",
        "5\u{0}\r\nabcde\r\n0\r\n\r\n",
        "5,5\r\nabcde\r\n0\r\n\r\n",
        "٥\r\nabcde\r\n0\r\n\r\n",
    ];
    let bad = bad.iter().map(|body| {
        let bytes = post("transfer-encoding: chunked\r\n", &format!("{body}{HIDDEN}"));
        case(format!("chunks {body:?}"), bytes, Refused)
    });
    let fine =
        ["5\r\nabcde\r\n0\r\n\r\n", "05\r\nabcde\r\n00\r\n\r\n", "5;a=b\r\nabcde\r\n0\r\n\r\n"];
    let fine = fine.iter().map(|body| {
        let bytes = post("transfer-encoding: chunked\r\nconnection: close\r\n", body);
        case(format!("chunks {body:?}"), bytes, Answered(400))
    });
    bad.chain(fine).collect()
}

fn names() -> Vec<Case> {
    let hidden = |name: &str| {
        let headers = format!("{name}: chunked\r\ncontent-length: {}\r\n", HIDDEN.len());
        case(format!("name {name:?}"), post(&headers, HIDDEN), Refused)
    };
    let mut cases: Vec<_> = [
        "transfer-encoding ",
        "transfer-encoding\t",
        "transfer encoding",
        " transfer-encoding",
        "transfer-encoding\u{0}",
        "transfer-encoding\r",
        "tránsfer-encoding",
        "",
        "\u{b}transfer-encoding",
    ]
    .into_iter()
    .map(hidden)
    .collect();
    for character in "(),/:;<=>?@[\\]{}\"\u{7f}\u{1}".chars() {
        let line = format!("x{character}y: z\r\n");
        // «x:y: z» is the header x with the value «y: z».
        let wanted = if character == ':' { Answered(404) } else { Refused };
        cases.push(case(
            format!("name with {character:?}"),
            get("GET /nowhere HTTP/1.1", &line),
            wanted,
        ));
    }
    cases.push(case("no colon", get("GET /nowhere HTTP/1.1", "x y z\r\n"), Refused));
    cases
}

fn values() -> Vec<Case> {
    let length = format!("content-length: {}\r\n", HIDDEN.len());
    let mut cases = vec![
        case("folded", post(&format!("x: a\r\n b\r\n{length}"), HIDDEN), Refused),
        case("folded by a tab", post(&format!("x: a\r\n\tb\r\n{length}"), HIDDEN), Refused),
        case(
            "folded encoding",
            post(&format!("transfer-encoding:\r\n chunked\r\n{length}"), HIDDEN),
            Refused,
        ),
        case("NUL in a value", post(&format!("x: a\u{0}b\r\n{length}"), HIDDEN), Refused),
        case("CR in a value", post(&format!("x: a\rb: c\r\n{length}"), HIDDEN), Refused),
        case("hosts", get("GET /nowhere HTTP/1.1", "host: y\r\n"), Refused),
    ];
    // A line that ends with LF alone is one, for us as for the proxies: what it says counts.
    for line in ["x: y\ntransfer-encoding: chunked\r\n", "x: y\n transfer-encoding: chunked\r\n"] {
        let headers = format!("{line}{length}");
        cases.push(case(format!("bare LF in {line:?}"), post(&headers, HIDDEN), Refused));
    }
    for character in ["\u{1}", "\u{8}", "\u{b}", "\u{c}", "\u{1b}", "\u{7f}"] {
        let line = format!("x: a{character}b\r\n");
        cases.push(case(
            format!("value with {character:?}"),
            get("GET /nowhere HTTP/1.1", &line),
            Refused,
        ));
    }
    cases
}

fn lines() -> Vec<Case> {
    let bad = [
        "GET /nowhere",
        "GET /nowhere HTTP/2.0",
        "GET /nowhere HTTP/1.1x",
        "GET /nowhere HTTP/11",
        "GET /nowhere http/1.1",
        "GET /nowhere HTTP/1.1 HTTP/1.1",
        "GET\t/nowhere\tHTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET  HTTP/1.1",
        "GET",
        "/nowhere HTTP/1.1",
        "G(T /nowhere HTTP/1.1",
        "G\u{0}T /nowhere HTTP/1.1",
        "GET /now\u{0}here HTTP/1.1",
        "GET /now\u{1}here HTTP/1.1",
        "GET /nowhere HTTP/1.9",
        "GET /nowhere HTTP/0.9",
        "GET /nowhere XTTP/1.1",
        "PRI * HTTP/2.0",
    ];
    let bad = bad.iter().map(|line| case(format!("line {line:?}"), get(line, ""), Refused));
    let fine = [
        ("get /nowhere HTTP/1.1", 404),
        ("GET /nowhere HTTP/1.0", 404),
        ("BREW /nowhere HTTP/1.1", 404),
        ("DELETE /comments HTTP/1.1", 405),
    ];
    let fine = fine.iter().map(|(line, status)| case(*line, get(line, ""), Answered(*status)));
    bad.chain(fine).collect()
}

fn targets() -> Vec<Case> {
    [
        ("/..%2f..%2fetc/passwd", 404),
        ("/static/..%2f..%2fCargo.toml", 404),
        ("/%2e%2e/%2e%2e/x", 404),
        ("//evil.example/", 404),
        ("/%00", 404),
        ("/%ff%fe", 404),
        ("/%", 404),
        ("/%zz", 404),
        ("/threads/bao/%0d%0ax:%20y", 200),
        ("/threads/bao/%00", 200),
        ("/comments/-1/reply", 404),
        ("/comments/99999999999999999999/reply", 404),
        ("/counts?site=bao&thread=%ff", 200),
        ("/receipts/%2e%2e%2f", 404),
        ("/moderation/comments/%27%20or%201=1", 303),
        ("http://evil.example/nowhere", 404),
    ]
    .into_iter()
    .map(|(target, status)| {
        let line = format!("GET {target} HTTP/1.1");
        case(format!("target {target}"), get(&line, ""), Answered(status))
    })
    .collect()
}

fn big() -> Vec<Case> {
    let long = "a".repeat(200_000);
    let json = |body: String| {
        post(&format!("content-length: {}\r\nconnection: close\r\n", body.len()), &body)
    };
    let form = |body: String| {
        format!(
            "POST /comments HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    vec![
        case("a long target", get(&format!("GET /{long} HTTP/1.1"), ""), Refused),
        case("a long header", get("GET /nowhere HTTP/1.1", &format!("x: {long}\r\n")), Refused),
        case("a long method", get(&format!("{long} /nowhere HTTP/1.1"), ""), Refused),
        case("many headers", get("GET /nowhere HTTP/1.1", &"x: y\r\n".repeat(20_000)), Refused),
        case(
            "headers of 100 kinds",
            get(
                "GET /nowhere HTTP/1.1",
                &(0..99).map(|n| format!("x{n}: y\r\n")).collect::<String>(),
            ),
            Refused,
        ),
        case(
            "a gigabyte announced",
            post("content-length: 1073741824\r\nconnection: close\r\n", "{"),
            Answered(413),
        ),
        case("a body over the limit", json(format!("{{\"body\": \"{long}\"}}")), Answered(413)),
        case("a deep body", json("[".repeat(60_000)), Answered(400)),
        case("deep objects", json("{\"a\":".repeat(10_000)), Answered(400)),
        case("many fields", form("a=b&".repeat(15_000)), Answered(403)),
        case(
            "many marks",
            form(format!("site=bao&body=a{}", "%CC%81".repeat(9_000))),
            Answered(422),
        ),
    ]
}
