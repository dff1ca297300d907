//! How long the pieces of an answer take: a comment held against the rules, a thread read and
//! rendered anew, a kept one handed out. `cargo bench --bench serving`
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use actix_web::dev::Service;
use actix_web::{App as Server, test, web};
use codau::config::Config;
use codau::domain::{Effect, RuleId, RuleKind, Screening, ScreeningRule, Subject};
use codau::language::Language;
use codau::server::clock;
use codau::web::{App, from_memory, routes};
use divan::{Bencher, black_box};
use rusqlite::Connection;

const BODY: &str = "Con đường này sửa mãi không xong, mưa xuống thì lầy lội, nắng lên thì bụi mù, bà con ở đây khổ lắm ạ";

fn main() {
    divan::main();
}

/// A comment of 100 characters against one list of so many words.
#[divan::bench(args = [10, 100, 1_000])]
fn screen(bencher: Bencher<'_, '_>, words: usize) {
    let entries = (0..words).map(|n| format!("từ cấm {n}")).collect();
    let rule = ScreeningRule {
        id: RuleId(1),
        name: "Từ cấm".into(),
        kind: RuleKind::Words,
        effect: Effect::Hold,
        entries,
        active: true,
    };
    let screening = Screening::new(&[rule]);
    let subject =
        Subject { body: BODY, name: "Nguyễn Văn An", email: "", address: "203.0.113.9" };
    bencher.bench(|| screening.matches(black_box(&subject)));
}

/// A thread of 100 comments, as HTML and as JSON: from the store each time, and from memory.
#[divan::bench(args = [("html", 0), ("json", 0), ("html", 48), ("json", 48)])]
fn thread(bencher: Bencher<'_, '_>, (form, cache): (&str, usize)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codau.db");
    let store = codau::store::open(&format!("sqlite:{}", file.display())).unwrap();
    publish(&Connection::open(&file).unwrap());
    let settings = format!(
        "[server]\ncache_megabytes = {cache}\n[comment]\nper_page = 100\n[[site]]\nid = \"bao\"\nname = \"Báo\"\norigins = []\n"
    );
    let config = Config::load(Some(&settings), []).unwrap();
    let path = match form {
        "json" => "/threads/bao/1.json",
        _ => "/threads/bao/1",
    };
    let system = actix_web::rt::System::new();
    let (app, service) = system.block_on(async {
        let app = App::new(config, store, Language::embedded(), clock).await.unwrap();
        let app = web::Data::new(app);
        let service = test::init_service(Server::new().configure(routes(&app))).await;
        (app, service)
    });
    bencher.bench_local(|| {
        let request = test::TestRequest::get().uri(path).to_request();
        from_memory(&app, request.head())
            .unwrap_or_else(|| system.block_on(service.call(request)).unwrap().into())
    });
}

fn publish(db: &Connection) {
    db.execute(
        "insert into thread (site, object, url, title, revision) values ('bao', '1', '', '', 1)",
        [],
    )
    .unwrap();
    let sql = "insert into comment (thread_id, name, consent, body, published_body, folded, status, \
               lane, class, missing_share, confidence, spans, flags, submitted_at) \
               values (1, 'Nguyễn Văn An', 0, ?1, ?1, '', 'approved', 0, 'marked', 0, 1, '[]', '', 0)";
    for _ in 0..100 {
        db.execute(sql, [BODY]).unwrap();
    }
}
