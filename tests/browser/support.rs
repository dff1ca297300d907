//! Chromium's windows, in the words of what people do with them.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::process::PATIENCE;

/// How often a condition is looked at while waiting for it.
const GLANCE: Duration = Duration::from_millis(30);

/// Says on standard error what this test leaves out for want of `missing`; fails where everything
/// is required.
#[track_caller]
pub(crate) fn leave_out(what: &str, missing: &str) {
    let required = std::env::var_os("CODAU_TESTS_REQUIRE");
    assert_ne!(
        required.as_deref(),
        Some(OsStr::new("all")),
        "{what} cannot be tested: {missing} is missing"
    );
    // Not by `eprintln!`, which is not shown for a test that passes.
    let _ = writeln!(
        std::io::stderr(),
        "left out: {what} ({missing} is missing; tests/run installs it)"
    );
}

/// Whether a window's pages may run scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scripts {
    Allowed,
    Forbidden,
}

/// The driver of a Chromium, which ends with it.
pub(crate) struct Browser {
    driver: Child,
    address: String,
    /// What Chromium leaves behind.
    _folder: TempDir,
}

impl Browser {
    /// Starts the driver; if there is none, says that the calling test is left out.
    pub(crate) fn start() -> Option<Browser> {
        let folder = TempDir::new().expect("a folder");
        let started = Command::new("chromedriver")
            .arg("--port=0")
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut driver) = started else {
            let test = std::thread::current();
            leave_out(test.name().unwrap_or("a browser test"), "chromedriver");
            return None;
        };
        let mut lines = BufReader::new(driver.stdout.take().expect("standard output is piped"));
        let mut line = String::new();
        let port = loop {
            line.clear();
            let read = lines.read_line(&mut line).expect("the driver's output");
            assert_ne!(read, 0, "the driver did not start");
            if let Some((_, port)) = line.rsplit_once("started successfully on port ") {
                break port.trim().trim_end_matches('.').to_owned();
            }
        };
        // Whatever else it says is read away, so that it never waits for a reader.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        let address = format!("127.0.0.1:{port}");
        Some(Browser { driver, address, _folder: folder })
    }

    /// A window with cookies of its own.
    pub(crate) async fn window(&self, scripts: Scripts) -> Window {
        let mut preferences = json!({ "intl.accept_languages": "vi" });
        if scripts == Scripts::Forbidden {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let capabilities = json!({
            "goog:chromeOptions": {
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                    "--no-first-run", "--disable-background-networking", "--lang=vi",
                    "--window-size=1280,900", "--hide-scrollbars",
                    // What is pressed stands still by then.
                    "--force-prefers-reduced-motion",
                    // With a mouse, which pages ask about.
                    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,\
                        primaryPointerType=4,availablePointerTypes=4",
                ],
                "prefs": preferences,
            },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let capabilities: Map<String, Value> =
            serde_json::from_value(capabilities).expect("an object");
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://{}", self.address))
            .await
            .expect("Chromium starts");
        let session = client.session_id().await.expect("a session");
        Window { client, session: session.expect("its id"), driver: self.address.clone() }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A window, closed when it is dropped.
pub(crate) struct Window {
    client: Client,
    session: String,
    driver: String,
}

impl Drop for Window {
    fn drop(&mut self) {
        // By hand, because a test that fails has no time for more: otherwise its Chromium stays.
        let Ok(mut connection) = TcpStream::connect(&self.driver) else {
            return;
        };
        let _ = connection.set_read_timeout(Some(PATIENCE));
        let (driver, session) = (&self.driver, &self.session);
        let _ = write!(
            connection,
            "DELETE /session/{session} HTTP/1.1\r\nhost: {driver}\r\nconnection: close\r\n\r\n"
        );
        let _ = connection.read(&mut [0; 64]);
    }
}

impl Window {
    /// Goes to an address.
    pub(crate) async fn open(&self, url: &str) {
        self.client.goto(url).await.expect("the page opens");
    }

    /// The address of the page.
    pub(crate) async fn address(&self) -> String {
        let url = self.client.current_url().await;
        url.expect("the page's address").into()
    }

    /// Presses the button or link that says `text`, which leads to another page.
    pub(crate) async fn press(&self, text: &str) {
        let control = self.control(text).await;
        let page = self.element("html").await;
        control.click().await.expect("a click");
        gone(&page).await;
    }

    /// The same for a button within the element `id`, by the Enter key.
    pub(crate) async fn press_in(&self, id: &str, text: &str) {
        let within = format!("//*[@id='{id}']");
        let control = self
            .found(Locator::XPath(&format!("{within}//button[normalize-space(text())='{text}']")))
            .await;
        let page = self.element("html").await;
        control.send_keys("\u{e007}").await.expect("Enter");
        gone(&page).await;
    }

    /// Presses a key that leads to another page.
    pub(crate) async fn leave_by_key(&self, key: &str) {
        let page = self.element("html").await;
        self.key(key).await;
        gone(&page).await;
    }

    /// Presses a key, wherever the focus is.
    pub(crate) async fn key(&self, key: &str) {
        let focus = self.client.active_element().await.expect("a focus");
        focus.send_keys(key).await.expect("a key");
    }

    /// The button, link or summary that says `text`.
    pub(crate) async fn control(&self, text: &str) -> Element {
        self.found(Locator::XPath(&format!(
            "//*[self::button or self::a or self::summary][normalize-space(text())='{text}']"
        )))
        .await
    }

    /// Types into the field that is labelled `label`, after what is in it.
    pub(crate) async fn type_into(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.send_keys(text).await.expect("typing");
    }

    /// Replaces what is in the field that is labelled `label`.
    pub(crate) async fn retype(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.expect("clearing");
        field.send_keys(text).await.expect("typing");
    }

    /// What is in the field that is labelled `label`.
    pub(crate) async fn typed(&self, label: &str) -> String {
        let field = self.field(label).await;
        let value = field.prop("value").await.expect("its value");
        value.unwrap_or_default()
    }

    /// The field whose label begins with `label`.
    pub(crate) async fn field(&self, label: &str) -> Element {
        self.found(Locator::XPath(&format!(
            "//*[@id=//label[starts-with(normalize-space(), '{label}')]/@for]"
        )))
        .await
    }

    /// The first element that `css` selects, once there is one.
    pub(crate) async fn element(&self, css: &str) -> Element {
        self.found(Locator::Css(css)).await
    }

    async fn found(&self, locator: Locator<'_>) -> Element {
        let wait = self.client.wait().at_most(PATIENCE).every(GLANCE);
        match wait.for_element(locator).await {
            Ok(element) => element,
            Err(error) => panic!(
                "no {locator:?} on {}: {error}\n{}",
                self.address().await,
                self.source().await
            ),
        }
    }

    /// The text of the first element that `css` selects, as people see it, once there is one.
    pub(crate) async fn text(&self, css: &str) -> String {
        loop {
            self.element(css).await;
            // The element may be replaced in between.
            if let Some(text) = self.texts(css).await.into_iter().next() {
                return text;
            }
        }
    }

    /// The texts of all elements that `css` selects, at one moment.
    pub(crate) async fn texts(&self, css: &str) -> Vec<String> {
        let found = format!("[...document.querySelectorAll({})]", json!(css));
        let script = format!("return {found}.map((one) => one.innerText.trim())");
        let texts = self.evaluate(&script).await;
        serde_json::from_value(texts).expect("texts")
    }

    /// The page's HTML.
    pub(crate) async fn source(&self) -> String {
        self.client.source().await.expect("the page's source")
    }

    /// The id of the element that has the focus.
    pub(crate) async fn focused(&self) -> String {
        let element = self.client.active_element().await.expect("a focus");
        element.attr("id").await.expect("its id").unwrap_or_default()
    }

    /// What a script that is run in the page returns.
    pub(crate) async fn evaluate(&self, script: &str) -> Value {
        let value = self.client.execute(script, Vec::new()).await;
        value.expect("the script runs")
    }

    /// What a script that is run in the page hands to its last argument, a function.
    pub(crate) async fn evaluate_later(&self, script: &str) -> Value {
        let value = self.client.execute_async(script, Vec::new()).await;
        value.expect("the script runs")
    }

    /// A picture of the window, as PNG.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        self.client.screenshot().await.expect("a screenshot")
    }

    /// A command of Chromium's own.
    pub(crate) async fn chromium(&self, cmd: &str, params: Value) {
        let body = json!({ "cmd": cmd, "params": params });
        self.issue("goog/cdp/execute", body).await;
    }

    /// Fails if a page said anything in the browser's console: a policy that was violated, a
    /// script that failed, a file that was not there.
    pub(crate) async fn assert_console_is_empty(&self) {
        let lines = self.issue("se/log", json!({ "type": "browser" })).await;
        let lines = lines.as_array().expect("lines").clone();
        let said: Vec<_> = lines.iter().filter(|line| !is_own_answer(line)).collect();
        assert!(said.is_empty(), "the console says {said:#?}");
    }

    /// What was said in the browser's console since this was last asked.
    pub(crate) async fn console(&self) -> Vec<String> {
        let lines = self.issue("se/log", json!({ "type": "browser" })).await;
        let lines = lines.as_array().expect("lines").clone();
        lines.iter().filter_map(|line| line["message"].as_str().map(str::to_owned)).collect()
    }

    async fn issue(&self, path: &'static str, body: Value) -> Value {
        let answer = self.client.issue_cmd(DriverCommand { path, body }).await;
        answer.expect("the driver carries it out")
    }
}

/// Chromium notes every page whose status is an error; the tests ask for those on purpose.
fn is_own_answer(line: &Value) -> bool {
    let message = line["message"].as_str().unwrap_or_default();
    let page = ["/comments", "/receipts/", "/moderation/", "/nowhere"];
    message.contains("Failed to load resource: the server responded with a status of 4")
        && page.iter().any(|page| message.contains(page))
}

/// Waits until the page that the element was on is left.
async fn gone(element: &Element) {
    until("the next page", || async { element.tag_name().await.is_err() }).await;
}

/// Waits until something is so.
pub(crate) async fn until<F: Future<Output = bool>>(what: &str, is_so: impl Fn() -> F) {
    let deadline = Instant::now() + PATIENCE;
    let mut glances = tokio::time::interval(GLANCE);
    while !is_so().await {
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        glances.tick().await;
    }
}

/// A command that is not among those every browser has.
#[derive(Debug)]
struct DriverCommand {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for DriverCommand {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (reqwest::Method, Option<String>) {
        (reqwest::Method::POST, Some(self.body.to_string()))
    }
}
