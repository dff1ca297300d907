//! The real binary, as an operator uses it.

use std::process::Output;

use reqwest::header::ORIGIN;

use crate::database::Database;
use crate::support::{App, Ask, PASSWORD, Service, client, codau, comment};

#[track_caller]
fn printed(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn refused(output: &Output) -> String {
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn sql(folder: &std::path::Path, statement: &str) {
    Database::of(folder).sql(statement).unwrap();
}

#[test]
fn moderators_are_looked_after_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], input: &str| codau(folder.path(), arguments, input);
    let password = format!("{PASSWORD}\n");
    let added = run(&["moderator", "add", "Chủ bút", "--role", "admin"], &password);
    assert_eq!(printed(&added), "Chủ bút may log in as admin.\n");
    printed(&run(&["moderator", "add", "Bình"], &password));
    assert!(refused(&run(&["moderator", "add", "Bình"], &password)).contains("already"));
    assert!(refused(&run(&["moderator", "add", "Chi"], "ngắn\n")).contains("shorter"));
    assert!(refused(&run(&["moderator", "add", "Chi"], "")).contains("shorter"));
    run(&["moderator", "add", "Chi", "--role", "chief"], &password);
    printed(&run(&["moderator", "disable", "Bình"], ""));
    let list = printed(&run(&["moderator", "list"], ""));
    assert_eq!(list, "moderator  Bình  (disabled)\nadmin      Chủ bút\n");
    printed(&run(&["moderator", "enable", "Bình"], ""));
    printed(&run(&["moderator", "password", "Bình"], "một mật khẩu khác\n"));
    assert!(refused(&run(&["moderator", "password", "Dũng"], &password)).contains("Dũng"));
    assert!(refused(&run(&["moderator", "disable", "Dũng"], "")).contains("Dũng"));
}

#[test]
fn tokens_of_programs_are_made_listed_and_taken_away_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let arguments = [&["moderator"], arguments].concat();
        codau(folder.path(), &arguments, &format!("{PASSWORD}\n"))
    };
    printed(&run(&["add", "Bình"]));
    let token = printed(&run(&["token", "Bình", "--label", "tra cứu"]));
    assert!(token.starts_with("codau_") && token.trim().len() > 40, "{token}");
    assert!(refused(&run(&["token", "Bình", "--label", "tra cứu"])).contains("already"));
    assert!(refused(&run(&["token", "Dũng"])).contains("Dũng"));
    let list = printed(&run(&["tokens"]));
    assert!(list.contains("Bình") && list.contains("tra cứu") && list.contains("never used"));
    assert!(!list.contains(token.trim()));
    printed(&run(&["revoke", "Bình", "--label", "tra cứu"]));
    assert!(refused(&run(&["revoke", "Bình", "--label", "tra cứu"])).contains("tra cứu"));
    assert_eq!(printed(&run(&["tokens"])), "");
}

#[tokio::test]
async fn a_password_set_on_the_command_line_opens_the_desk_of_the_running_service() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path(), &[]);
    let log_in = async |password: &str| {
        let fields = [("name", "Bình"), ("password", password)];
        let request = client().post(format!("{}/moderation/login", service.url));
        request.header(ORIGIN, &service.url).form(&fields).ask().await.status
    };
    printed(&codau(folder.path(), &["moderator", "add", "Bình"], &format!("{PASSWORD}\n")));
    assert_eq!(log_in(PASSWORD).await, 303);
    printed(&codau(folder.path(), &["moderator", "password", "Bình"], "một mật khẩu khác\n"));
    assert_eq!(log_in(PASSWORD).await, 422);
    assert_eq!(log_in("một mật khẩu khác").await, 303);
    printed(&codau(folder.path(), &["moderator", "disable", "Bình"], ""));
    assert_eq!(log_in("một mật khẩu khác").await, 422);
}

#[tokio::test]
async fn the_cleanup_does_what_its_rehearsal_said() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path(), &[("cleanup.schedule", "")]);
    for text in ["Một.", "Hai.", "Ba.", "Bốn."] {
        let request = client().post(format!("{}/comments", service.url));
        request.form(comment().body(text).fields()).ask().await.expect(303);
    }
    service.stop();
    let days = |days: i64| days * 86_400_000;
    sql(
        folder.path(),
        &format!(
            "update comment set submitted_at = submitted_at - {} where id <= 2;
         update comment set status = 'spam', decided_at = submitted_at - {} where id = 3;",
            days(61),
            days(31)
        ),
    );
    let counts = |output: &Output| -> Vec<(String, String)> {
        let line = |line: &str| {
            let words: Vec<_> = line.split(" (before").next().unwrap().split_whitespace().collect();
            (words[0].to_owned(), words[words.len() - 1].to_owned())
        };
        printed(output).lines().map(line).collect()
    };
    let rehearsed = codau(folder.path(), &["cleanup", "--dry-run"], "");
    assert!(printed(&rehearsed).contains("would touch 2"));
    let again = codau(folder.path(), &["cleanup", "--dry-run"], "");
    assert_eq!(rehearsed.stdout, again.stdout, "a rehearsal changes nothing");
    let done = codau(folder.path(), &["cleanup"], "");
    assert_eq!(counts(&done), counts(&rehearsed));
    assert_eq!(counts(&done)[0], ("expire-pending".into(), "2".into()));
    assert_eq!(counts(&done)[2], ("delete-spam".into(), "1".into()));
    let twice = codau(folder.path(), &["cleanup"], "");
    assert!(counts(&twice).iter().all(|(_, count)| count == "0"), "twice is harmless");
}

#[tokio::test]
async fn a_cleanup_that_its_service_died_in_is_done_by_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path(), &[]);
    let request = client().post(format!("{}/comments", service.url));
    request.form(comment().fields()).ask().await.expect(303);
    // Killed, not stopped.
    drop(service);
    let begun = "insert into job_run (job, slot, holder, until) values ('cleanup', 1000, 7, 61000)";
    sql(folder.path(), &format!("update comment set status = 'spam', decided_at = 1; {begun}"));
    let _service = Service::start(folder.path(), &[]);
    let finished = || {
        let rows = Database::of(folder.path()).rows(
            "select slot, holder <> 7, (select count(*) from comment) from job_run \
             where finished_at is not null",
        );
        rows == [["1000", "1", "0"]] || rows == [["1000", "t", "0"]]
    };
    let mut tick = tokio::time::interval(std::time::Duration::from_millis(20));
    let finished = async {
        while !finished() {
            tick.tick().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), finished).await.unwrap();
}

#[tokio::test]
async fn nothing_that_people_wrote_is_logged_whatever_happens() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["text", "json"] {
        let settings = [("log.level", "trace"), ("log.format", format)];
        let service = Service::start(folder.path(), &settings);
        let post = |path: &str| client().post(format!("{}{path}", service.url));
        let canary = comment()
            .body("canary thân bài")
            .name("canary tên")
            .with("email", "canary@example.com")
            .with("title", "canary bài");
        post("/comments").form(canary.fields()).ask().await.expect(303);
        let again = canary.clone().with("parent", "canary");
        post("/comments").form(again.fields()).ask().await.expect(422);
        post("/comments").body("{canary").ask().await.expect(400);
        post("/comments").json(&canary.with("site", "canary").json()).ask().await.expect(403);
        let login = [("name", "canary"), ("password", "canary")];
        let request = post("/moderation/login").header(ORIGIN, &service.url);
        request.form(&login).ask().await.expect(422);
        for path in ["/receipts/canary", "/canary?canary", "/threads/bao/canary?title=canary"] {
            client()
                .get(format!("{}{path}", service.url))
                .header("cookie", "codau=canary")
                .ask()
                .await;
        }
        sql(folder.path(), "alter table comment rename to gone");
        let request = post("/comments").form(comment().body("canary lần nữa").fields());
        request.ask().await.expect(503);
        sql(folder.path(), "alter table gone rename to comment");
        let log = service.stop();
        assert!(log.contains("POST") && log.contains("unavailable"), "it does log");
        let told = log.lines().find(|line| line.contains("canary"));
        assert_eq!(told, None);
    }
}

#[tokio::test]
async fn what_people_wrote_would_be_found_in_the_log_of_any_test() {
    let mut app = App::start().await;
    let form = comment().body("Chuyện này tôi chỉ kể với tòa soạn thôi.").with("email", "x");
    app.submit(form).await.expect(422);
    app.sent(comment().with("email", "rieng.cua.toi@example.com")).await;
    assert_eq!(app.told_in_log(), Vec::<String>::new());
    assert!(!app.log().is_empty(), "it does log");
    tracing::info!(email = "rieng.cua.toi@example.com", "received");
    assert_eq!(app.told_in_log(), ["rieng.cua.toi@example.com"]);
    tracing::debug!("Refused: Chuyện này tôi chỉ kể với tòa soạn thôi.");
    assert_eq!(app.told_in_log().len(), 2);
    app.forget_log();
}

#[test]
fn a_misspelt_setting_stops_the_start_with_the_one_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    crate::support::settings_file(folder.path());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_codau"))
        .env("CODAU__RETENTION__SPAMDAYS", "3")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(refused(&output).contains("retention.spam_days"));
}
