//! The box on pages that are not ours: themes, colours, what the console says, and how calmly it
//! arrives.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::audit::Audit;
use crate::process::Service;
use crate::story::set_up;
use crate::support::{Browser, Scripts, leave_out, until};
use crate::widget::{self, BOX, NAME, SEND, click, visit, waiting};

/// How far what is on the page moved by itself, as browsers add it up.
const SHIFTS: &str = "
    const done = arguments[arguments.length - 1];
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => {
        const shifts = observer.takeRecords().filter((shift) => !shift.hadRecentInput);
        done(shifts.reduce((sum, shift) => sum + shift.value, 0));
    }));";

#[tokio::test]
async fn a_themes_own_form_reaches_the_desk_without_a_script() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let reader = browser.window(Scripts::Forbidden).await;
    reader.open(&format!("{}/theme", service.demo)).await;
    reader.type_into("Bình luận", "Đọc mà nhớ bến đò quê tôi.").await;
    reader.type_into("Tên", "Nguyễn Thị Mận").await;
    reader.type_into("Trang web", "https://man.example/").await;
    reader.element("#submit").await.click().await.expect("a click");
    until("the receipt", || async { reader.address().await.contains("/receipts/") }).await;
    assert!(reader.source().await.contains(&format!("{}/theme", service.demo)));
    reader.assert_console_is_empty().await;
}

#[tokio::test]
async fn a_suspects_machine_does_its_work_unseen_and_the_comment_waits_with_the_others() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let reader = browser.window(Scripts::Allowed).await;
    visit(&reader, &service).await;
    reader.type_into(BOX, "Xem https://a.example, https://b.example, https://c.example nhé.").await;
    reader.type_into(NAME, "Nguyễn Thị Mận").await;
    click(&reader, SEND).await;
    waiting(&reader).await;
    reader.assert_console_is_empty().await;
    // Without a script it waits as suspected spam.
    let other = browser.window(Scripts::Forbidden).await;
    other.open(&format!("{}/", service.demo)).await;
    other.type_into(BOX, "Xem https://a.example, https://b.example, https://d.example nhé.").await;
    other.type_into(NAME, "Khách lạ").await;
    other.press(SEND).await;
    assert!(other.address().await.contains("/receipts/"));

    let desk = browser.window(Scripts::Allowed).await;
    set_up(&desk, &mut service).await;
    desk.open(&format!("{}/moderation/?view=spam", service.url)).await;
    assert_eq!(desk.texts(".card .about b").await, ["Khách lạ"]);
    desk.open(&format!("{}/moderation/?q=Mận", service.url)).await;
    assert!(desk.text(".card .flags").await.contains("phép tính chống gửi tự động"));
}

#[tokio::test]
async fn the_page_does_not_move_when_the_thread_arrives() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    for width in [320, 1280] {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        window.chromium("Emulation.setDeviceMetricsOverride", size).await;
        visit(&window, &service).await;
        // What comes below the fold counts as little as it is seen: look at it and load again.
        window.evaluate("document.querySelector('#codau').scrollIntoView()").await;
        window.evaluate("location.reload()").await;
        window.element(".codau-aid").await;
        let moved = window.evaluate_later(SHIFTS).await.as_f64().expect("a number");
        assert!(moved < 0.01, "{width} px: {moved}");
    }
}

#[tokio::test]
async fn the_box_is_light_or_dark_as_its_page_or_as_it_is_told() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    let mut audit = Audit::new();
    visit(&window, &service).await;
    for (theme, background) in [("dark", "rgb(22, 25, 26)"), ("light", "rgb(255, 255, 255)")] {
        // The page's own colours are taken away: the box has to do without.
        let told = format!(
            "document.querySelector('#codau').dataset.codauTheme = '{theme}';
             for (const name of ['accent', 'on-accent', 'rule', 'soft', 'field'])
                 document.querySelector('.codau').style.setProperty(`--codau-${{name}}`, 'initial');"
        );
        window.evaluate(&told).await;
        let seen = "return getComputedStyle(document.querySelector('.codau')).backgroundColor";
        assert_eq!(window.evaluate(seen).await, json!(background), "{theme}");
        audit.look(&window, &format!("box-{theme}")).await;
    }
    audit.assert_nothing_found();
}

/// A page of a newspaper that the service does not know.
fn unlisted_page(service: &Service) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("its address"));
    let html = format!(
        "<!doctype html><title>x</title><link rel=icon href=data:,><div id=codau></div>\
         <script src='{}/widget.js' data-site=demo data-thread=1></script>",
        service.url
    );
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 4096]);
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\
                 content-length: {}\r\n\r\n{html}",
                html.len()
            );
        }
    });
    url
}

#[tokio::test]
async fn the_console_of_a_page_that_is_not_listed_says_what_is_missing() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    let page = unlisted_page(&service);
    window.open(&page).await;
    let origin = page.trim_end_matches('/');
    let missing = format!("\"origins\" of [[site]] \"demo\" in its settings lacks \"{origin}\"");
    let told = std::cell::RefCell::new(String::new());
    until("the console to tell", || async {
        let said = window.console().await.join("\n");
        told.borrow_mut().push_str(&said);
        // Chromium's log has quotation marks escaped.
        told.borrow().replace('\\', "").contains(&missing)
    })
    .await;
}

#[tokio::test]
async fn the_settings_pages_of_rules_and_pieces_break_no_rule_of_axe() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    let window = browser.window(Scripts::Allowed).await;
    set_up(&window, &mut service).await;
    let mut audit = Audit::new();
    let rules = format!("{}/moderation/settings/rules", service.url);
    // Nothing glides away from under the pointer.
    let still = "document.documentElement.style.scrollBehavior = 'auto'";
    window.open(&rules).await;
    window.evaluate(still).await;
    window.type_into("Tên quy tắc", "Lời nặng").await;
    window.type_into("Các mục", "đồ ngu\n\"cac\"").await;
    window.press("Thêm quy tắc").await;
    window.evaluate(still).await;
    window.type_into("Câu cần thử", "Rõ đ.ồ n-g-u, cac bác nhỉ").await;
    window.press("Thử").await;
    assert_eq!(window.texts(".trial mark").await, ["đ.ồ n-g-u", "cac"]);
    audit.look(&window, "settings-rules").await;
    window.open(&rules).await;
    window.evaluate(still).await;
    window.evaluate("document.querySelector('[name=name][id$=new]').form.noValidate = true").await;
    window.press("Thêm quy tắc").await;
    audit.look(&window, "settings-rules-refused").await;
    let embed = format!("{}/moderation/settings/embed?article=https://x.example/", service.url);
    window.open(&embed).await;
    assert!(window.text(".embed-check").await.contains("https://x.example"));
    audit.look(&window, "settings-embed").await;
    audit.assert_nothing_found();
}

#[tokio::test]
async fn lighthouse_gives_the_demo_article_100_for_accessibility() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lighthouse = root.join("target/lighthouse/node_modules/lighthouse/cli/index.js");
    if !lighthouse.exists() {
        leave_out("the demo article's score by Lighthouse", "the npm package lighthouse");
        return;
    }
    let Some(browser) = Browser::start() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let mut service = Service::start(folder.path(), &[]);
    // With a comment on it.
    let window = browser.window(Scripts::Allowed).await;
    visit(&window, &service).await;
    widget::send(&window, "Nguyễn Thị Mận", "Đọc mà nhớ bến đò quê tôi.").await;
    set_up(&window, &mut service).await;
    click(&window, "Duyệt").await;
    for path in ["/script", "/"] {
        let page = format!("{}{path}", service.demo);
        let run = Command::new("node")
            .arg(&lighthouse)
            .arg(&page)
            .args(["--only-categories=accessibility", "--output=json", "--quiet"])
            .arg("--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage")
            .env("CHROME_PATH", "/usr/bin/chromium")
            .env("TMPDIR", folder.path())
            .output()
            .expect("node runs");
        let said = String::from_utf8_lossy(&run.stderr);
        let report: Value =
            serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{said}"));
        let failed: Vec<_> = report["audits"]
            .as_object()
            .expect("audits")
            .values()
            .filter(|audit| audit["score"] == json!(0))
            .map(|audit| audit["title"].to_string())
            .collect();
        let score = &report["categories"]["accessibility"]["score"];
        assert_eq!(score.as_f64(), Some(1.0), "{page}: {failed:?}");
    }
}
