//! `GET /moderation/settings/embed`: what to copy into the pages of one's newspaper, and whether a
//! page may use it.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::SECTIONS;
use crate::domain::{Site, origin_of};
use crate::web::App;
use crate::web::desk::frame::{Frame, Tab};
use crate::web::error::WebError;
use crate::web::home::page;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;

/// The page's own address.
pub(super) const HERE: &str = "/moderation/settings/embed";

/// What the page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    /// The newspaper's id.
    site: String,
    /// An article's address, to be checked.
    article: String,
}

/// Whether a page may use the service.
enum Checked {
    /// Its origin is listed.
    Allowed(String),
    /// It is not: this line of the settings would do it.
    Refused { origin: String, line: String },
    /// It is no web address.
    NoAddress,
}

#[derive(Template)]
#[template(path = "embed.html", config = "src/web/askama.toml")]
struct EmbedPage<'a> {
    lang: Lang,
    frame: Frame,
    service: &'a str,
    sites: &'a [Site],
    site: Option<&'a Site>,
    article: &'a str,
    checked: Option<Checked>,
}

#[derive(Template)]
#[template(path = "snippet-form.html", config = "src/web/askama.toml")]
struct FormSnippet<'a> {
    lang: Lang,
    service: &'a str,
    site: &'a Site,
}

impl EmbedPage<'_> {
    /// The form alone, as it is copied.
    fn form(&self, site: &Site) -> Result<String, askama::Error> {
        // In the newspaper's language, whoever copies it.
        let html = FormSnippet { lang: Lang::Vi, service: self.service, site }.render()?;
        Ok(html.trim().to_owned())
    }

    fn include(&self, site: &Site) -> String {
        format!("<!--# include virtual=\"/binh-luan/threads/{}/SO-BAI\" -->", site.id)
    }

    fn proxy(&self) -> String {
        format!("location /binh-luan/ {{ proxy_pass {}/; }}", self.service)
    }

    fn script(&self, site: &Site) -> String {
        let service = self.service;
        format!(
            "<link rel=\"stylesheet\" href=\"{service}/static/comments.css\">\n\
             <div id=\"codau\"></div>\n\
             <script src=\"{service}/widget.js\" data-site=\"{}\" data-thread=\"SO-BAI\" defer></script>",
            site.id
        )
    }

    fn policy(&self) -> String {
        let service = self.service;
        ["script-src", "connect-src", "style-src", "form-action"]
            .map(|directive| format!("{directive} {service}"))
            .join("; ")
    }
}

pub(in crate::web) async fn show(
    app: web::Data<App>,
    desk: AtDesk,
    query: web::Query<Query>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    desk.require_admin()?;
    let sites = app.config.sites.as_slice();
    let site = app.site(&query.site).or_else(|| sites.first());
    let article = query.article.trim();
    let checked = site.filter(|_| !article.is_empty()).map(|site| check(site, article));
    let html = EmbedPage {
        lang,
        frame: Frame::new(&app, &desk, Tab::Settings).await?,
        service: &app.config.public_url,
        sites,
        site,
        article,
        checked,
    };
    Ok(page(html.render()?))
}

fn check(site: &Site, article: &str) -> Checked {
    let Some(origin) = origin_of(article) else {
        return Checked::NoAddress;
    };
    if site.lists_origin(&origin) {
        return Checked::Allowed(origin);
    }
    let all: Vec<_> = site.origins.iter().chain([&origin]).map(|o| format!("{o:?}")).collect();
    Checked::Refused { line: format!("origins = [{}]", all.join(", ")), origin }
}
