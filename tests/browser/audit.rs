//! A page looked at in several widths and colours: does it scroll sideways, what does axe say.

use std::path::Path;

use serde_json::{Value, json};

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

/// Looks at pages and gathers what is wrong with them.
pub(crate) struct Audit {
    /// The source of axe-core, if it is installed.
    axe: Option<String>,
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
        Audit { axe, pictures: std::env::var_os("CODAU_SCREENSHOTS").is_some(), faults: Vec::new() }
    }

    /// Looks at the page in the window.
    pub(crate) async fn look(&mut self, window: &Window, page: &str) {
        window.assert_console_is_empty().await;
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

    /// Fails if anything was wrong.
    pub(crate) fn assert_nothing_found(&self) {
        let faults = self.faults.join("\n");
        assert!(faults.is_empty(), "{} faults:\n{faults}", self.faults.len());
    }
}
