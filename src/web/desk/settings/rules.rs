//! `/moderation/settings/rules`: word lists, a limit of links, blocks; and a text to try them on.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{Errors, SECTIONS, section};
use crate::domain::{
    Effect, Invalid, NewRule, RuleId, RuleKind, ScreeningRule, Subject, check_rule, clean_text,
};
use crate::web::App;
use crate::web::desk::frame::{Frame, Tab, said_of_matches};
use crate::web::error::{Kind, WebError};
use crate::web::home::see_other;
use crate::web::locale::Lang;
use crate::web::session::AtDesk;
use crate::web::text::{Segment, objections};

/// The page's own address.
pub(super) const HERE: &str = "/moderation/settings/rules";

/// A form of the page: a new rule's, or one rule's with what to do.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Form {
    csrf: String,
    name: String,
    kind: String,
    effect: String,
    entries: String,
    /// `save`, `off`, `on` or `remove`.
    action: String,
}

/// What stands in a form, and what is wrong with it.
#[derive(Clone)]
struct Filled {
    /// The rule's number; of a new one, nothing.
    id: Option<i64>,
    name: String,
    kind: RuleKind,
    effect: Effect,
    entries: String,
    active: bool,
    errors: Errors,
}

impl Filled {
    fn of(rule: &ScreeningRule) -> Filled {
        Filled {
            id: Some(rule.id.0),
            name: rule.name.clone(),
            kind: rule.kind,
            effect: rule.effect,
            entries: rule.entries.join("\n"),
            active: rule.active,
            errors: Errors::default(),
        }
    }

    /// A new one, not filled in.
    fn empty() -> Filled {
        Filled {
            id: None,
            name: String::new(),
            kind: RuleKind::Words,
            effect: Effect::Hold,
            entries: String::new(),
            active: true,
            errors: Errors::default(),
        }
    }

    /// What the fields' ids end with.
    fn id(&self) -> String {
        self.id.map_or_else(|| "new".to_owned(), |id| id.to_string())
    }

    fn count(&self) -> usize {
        self.entries.lines().count()
    }

    /// What is to be said about a field, if it is bad.
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.of(field)
    }
}

/// A text that was tried.
struct Trial {
    typed: String,
    text: Vec<Segment>,
    /// Which rule found what.
    why: Vec<String>,
}

#[derive(Template)]
#[template(path = "rules.html", config = "src/web/askama.toml")]
struct RulesPage {
    lang: Lang,
    frame: Frame,
    rules: Vec<Filled>,
    new: Filled,
    trial: Option<Trial>,
}

impl RulesPage {
    /// The form that was not accepted.
    fn refused(&self) -> Option<&Filled> {
        self.rules.iter().chain([&self.new]).find(|form| !form.errors.is_empty())
    }
}

pub(in crate::web) async fn show(
    app: web::Data<App>,
    desk: AtDesk,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    desk.require_admin()?;
    render(&app, &desk, lang, None, None).await
}

async fn render(
    app: &App,
    desk: &AtDesk,
    lang: Lang,
    refused: Option<Filled>,
    trial: Option<Trial>,
) -> Result<HttpResponse, WebError> {
    let is_refused = refused.is_some();
    let mut rules: Vec<_> = app.store.rules().await?.rules.iter().map(Filled::of).collect();
    let mut new = Filled::empty();
    if let Some(refused) = refused {
        match rules.iter_mut().find(|rule| rule.id == refused.id) {
            Some(rule) => *rule = refused,
            None => new = refused,
        }
    }
    let frame = Frame::new(app, desk, Tab::Settings).await?;
    let html = RulesPage { lang, frame, rules, new, trial }.render()?;
    Ok(section(html, is_refused))
}

/// `POST /moderation/settings/rules`: another rule.
pub(in crate::web) async fn add(
    app: web::Data<App>,
    desk: AtDesk,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    desk.require_admin()?;
    match read(lang, None, &form, true)? {
        Ok(rule) => {
            let id = app.store.add_rule(rule, app.now()).await?;
            done(&app, Some(id)).await
        }
        Err(refused) => render(&app, &desk, lang, Some(refused), None).await,
    }
}

/// `POST /moderation/settings/rules/{id}`: a rule is changed, switched off or on, or removed.
pub(in crate::web) async fn change(
    app: web::Data<App>,
    desk: AtDesk,
    id: web::Path<i64>,
    form: web::Form<Form>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    desk.check(&form.csrf)?;
    desk.require_admin()?;
    let id = RuleId(*id);
    let rules = app.store.rules().await?.rules;
    let rule = rules.into_iter().find(|rule| rule.id == id).ok_or(Kind::NotFound)?;
    let active = rule.active;
    match form.action.as_str() {
        "save" => match read(lang, Some(id), &form, active)? {
            Ok(rule) => app.store.change_rule(id, rule, app.now()).await?,
            Err(refused) => return render(&app, &desk, lang, Some(refused), None).await,
        },
        "off" | "on" => {
            let ScreeningRule { name, kind, effect, entries, .. } = rule;
            let rule = NewRule { name, kind, effect, entries, active: form.action == "on" };
            app.store.change_rule(id, rule, app.now()).await?;
        }
        "remove" => {
            app.store.remove_rule(id).await?;
            return done(&app, None).await;
        }
        _ => return Err(Kind::BadRequest.into()),
    }
    done(&app, Some(id)).await
}

/// The rule in a form, or the form with what is wrong with it.
fn read(
    lang: Lang,
    id: Option<RuleId>,
    form: &Form,
    active: bool,
) -> Result<Result<NewRule, Filled>, WebError> {
    let kind: RuleKind = form.kind.parse().map_err(|()| Kind::BadRequest)?;
    let effect: Effect = form.effect.parse().map_err(|()| Kind::BadRequest)?;
    let refuse = |invalid: Vec<Invalid>| {
        // What an entry should look like depends on the kind.
        let key = |bad: &Invalid| match bad.rule.as_str() {
            "malformed" => format!("rule-entries-malformed-{}", kind.as_str()),
            rule => format!("rule-{}-{rule}", bad.field),
        };
        Filled {
            id: id.map(|id| id.0),
            name: form.name.clone(),
            kind,
            effect,
            entries: form.entries.clone(),
            active,
            errors: Errors::said(lang, &invalid, key),
        }
    };
    Ok(check_rule(&form.name, kind, effect, &form.entries, active).map_err(refuse))
}

/// It is kept: this instance goes by it from now on, and the page shows it.
async fn done(app: &App, id: Option<RuleId>) -> Result<HttpResponse, WebError> {
    app.screener.refresh(app.store.as_ref(), app.now()).await?;
    let place = id.map(|id| format!("#rule-{}", id.0)).unwrap_or_default();
    Ok(see_other(format!("{HERE}{place}")))
}

/// What is tried.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Question {
    csrf: String,
    text: String,
}

/// `POST /moderation/settings/rules/trial`: which rules a text would meet, and why. Nothing of it
/// is kept.
pub(in crate::web) async fn try_text(
    app: web::Data<App>,
    desk: AtDesk,
    question: web::Form<Question>,
    lang: Lang,
) -> Result<HttpResponse, WebError> {
    desk.check(&question.csrf)?;
    desk.require_admin()?;
    let text = clean_text(&question.text);
    let rules = app.screener.rules(app.store.as_ref(), app.now()).await?;
    let matches = rules.matches(&Subject { body: &text, ..Subject::default() });
    let trial = Trial {
        typed: question.into_inner().text,
        text: objections(&text, &[], &matches),
        why: said_of_matches(lang, &matches),
    };
    render(&app, &desk, lang, None, Some(trial)).await
}
