//! A page looked at in several widths and colours: does it scroll sideways, what does axe say; and
//! is its HTML right.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Window, leave_out};

/// How a page is looked at.
struct Look {
    name: &'static str,
    width: u32,
    height: u32,
    scheme: &'static str,
}

const LOOKS: [Look; 4] = [
    Look { name: "wide", width: 1280, height: 900, scheme: "light" },
    Look { name: "wide-dark", width: 1280, height: 900, scheme: "dark" },
    Look { name: "narrow", width: 320, height: 700, scheme: "light" },
    Look { name: "narrow-dark", width: 320, height: 700, scheme: "dark" },
];

/// axe's answer as sentences.
const RUN_AXE: &str = "
    const done = arguments[arguments.length - 1];
    const say = (rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`);
    axe.run(document, { preload: false, resultTypes: ['violations'] })
        .then((found) => done(found.violations.flatMap(say)), (error) => done([`${error}`]));";

/// The HTML of one of the service's own pages as it is served, where asking again answers with it.
/// An article page may not ask: its policy lets it connect to the service alone.
const SERVED: &str = "
    const done = arguments[arguments.length - 1];
    const ours = document.querySelector('link[href^=\"/static/codau.css\"]');
    if (!ours) return done(null);
    fetch(location.href, { headers: { accept: 'text/html' } })
        .then((answer) => (answer.ok ? answer.text() : null)).then(done, () => done(null));";

/// Looks at pages and gathers what is wrong with them.
pub(crate) struct Audit {
    /// The source of axe-core, if it is installed.
    axe: Option<String>,
    /// The program that validates HTML, if it is installed.
    validator: Option<PathBuf>,
    /// Each page's HTML, for the validator.
    served: TempDir,
    /// Whether pictures are wanted.
    pictures: bool,
    faults: Vec<String>,
}

impl Audit {
    pub(crate) fn new() -> Audit {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let axe = root.join("target/axe/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).ok();
        if axe.is_none() {
            leave_out("axe's rules for accessible pages", "the npm package axe-core");
        }
        let validator = root.join("target/axe/node_modules/html-validate/bin/html-validate.mjs");
        let validator = Some(validator).filter(|program| program.exists());
        if validator.is_none() {
            leave_out("whether the HTML is right", "the npm package html-validate");
        }
        Audit {
            axe,
            validator,
            served: TempDir::new().expect("a folder"),
            pictures: std::env::var_os("CODAU_SCREENSHOTS").is_some(),
            faults: Vec::new(),
        }
    }

    /// Looks at the page in the window.
    pub(crate) async fn look(&mut self, window: &Window, page: &str) {
        window.assert_console_is_empty().await;
        if let Some(html) = window.evaluate_later(SERVED).await.as_str() {
            let file = self.served.path().join(format!("{page}.html"));
            std::fs::write(file, html).expect("the page can be kept");
        }
        for look in &LOOKS {
            let size = json!({
                "width": look.width, "height": look.height,
                "deviceScaleFactor": 1, "mobile": false,
            });
            window.chromium("Emulation.setDeviceMetricsOverride", size).await;
            let scheme = json!({
                "features": [{ "name": "prefers-color-scheme", "value": look.scheme }],
            });
            window.chromium("Emulation.setEmulatedMedia", scheme).await;
            let wide = "return document.documentElement.scrollWidth - innerWidth";
            let wider = window.evaluate(wide).await.as_i64().expect("a width");
            if wider > 0 {
                let by = format!("{page}, {}: scrolls sideways by {wider}px", look.name);
                self.faults.push(by);
            }
            if self.pictures {
                self.picture(window, page, look).await;
            }
            if let Some(axe) = &self.axe {
                window.evaluate(axe).await;
                let found = window.evaluate_later(RUN_AXE).await;
                for fault in found.as_array().expect("sentences") {
                    let said = fault.as_str().unwrap_or_default();
                    self.faults.push(format!("{page}, {}: {said}", look.name));
                }
            }
        }
        window.chromium("Emulation.clearDeviceMetricsOverride", json!({})).await;
        window.chromium("Emulation.setEmulatedMedia", json!({ "features": [] })).await;
    }

    /// The whole page as a picture under `target/screenshots`.
    async fn picture(&self, window: &Window, page: &str, look: &Look) {
        let tall = window.evaluate("return document.documentElement.scrollHeight").await;
        let tall = tall.as_u64().expect("a height").clamp(look.height.into(), 6000);
        let size = |height: Value| {
            json!({
                "width": look.width, "height": height, "deviceScaleFactor": 1, "mobile": false,
            })
        };
        window.chromium("Emulation.setDeviceMetricsOverride", size(tall.into())).await;
        let picture = window.picture().await;
        window.chromium("Emulation.setDeviceMetricsOverride", size(look.height.into())).await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let file = folder.join(format!("{page}-{}.png", look.name));
        std::fs::write(file, picture).expect("a picture");
    }

    /// What the validator says of the pages that were looked at.
    fn validate(&self) -> Option<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        // The program takes a folder without pages for a mistake of ours.
        std::fs::read_dir(self.served.path()).ok()?.next()?.ok()?;
        let said = Command::new("node")
            .arg(self.validator.as_ref()?)
            .arg("--config")
            .arg(root.join("tests/browser/html-validate.json"))
            .arg(self.served.path().join("*.html"))
            .output()
            .expect("node can be run");
        let text = String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned();
        Some(text).filter(|_| !said.status.success())
    }

    /// Fails if anything was wrong.
    pub(crate) fn assert_nothing_found(&self) {
        let invalid = self.validate().unwrap_or_default();
        assert!(invalid.is_empty(), "{invalid}");
        let faults = self.faults.join("\n");
        assert!(faults.is_empty(), "{} faults:\n{faults}", self.faults.len());
    }
}
