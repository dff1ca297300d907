//! What a reader sends: checked field by field, all bad fields at once.

use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;
use validator::{
    Validate, ValidateArgs, ValidateEmail, ValidationError, ValidationErrors, ValidationErrorsKind,
};

use super::invalid::{broken, rule_of};
use super::{CommentId, Invalid, Rule, Site, ThreadKey};
use crate::language;

/// How much a reader may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most characters of a name, as people count them.
    pub name: usize,
    /// Most characters of a comment, as people count them.
    pub body: usize,
}

/// The form as it was sent, nothing checked; what a page that hands the text back shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Validate)]
#[validate(context = "Bounds<'v_a>")]
pub struct Fields {
    /// The site's id.
    pub site: String,
    /// The article's number in the CMS.
    #[validate(custom(function = "check_thread"))]
    pub thread: String,
    /// The article's address.
    #[validate(custom(function = "check_url", use_context))]
    pub url: String,
    /// The article's title.
    #[validate(custom(function = "check_title"))]
    pub title: String,
    /// The number of the comment this replies to, or nothing.
    #[validate(custom(function = "check_parent"))]
    pub parent: String,
    /// The author's name.
    #[validate(custom(function = "check_name", use_context))]
    pub name: String,
    /// The author's e-mail address, or nothing.
    #[validate(custom(function = "check_email"))]
    pub email: String,
    /// The comment.
    #[validate(custom(function = "check_body", use_context))]
    pub body: String,
    /// Anything but nothing: the reader agrees to the site's terms.
    #[validate(custom(function = "check_consent", use_context))]
    pub consent: String,
    /// A key of the form's, so that sending it twice makes one comment; or nothing.
    #[validate(custom(function = "check_key"))]
    pub submission: String,
    /// A field that people do not see; programs fill it in.
    pub website: String,
    /// When the form was made, sealed by us; or nothing, as in pages that are kept for many.
    pub stamp: String,
    /// How often the text in the box changed, if a script counted.
    pub strokes: String,
    /// What the sender's machine says of the work that is asked of suspects.
    pub proof: String,
    /// What the reader answered to a nudge: `restore`, `retype`, `insist`; or nothing.
    pub answer: String,
}

/// What the rules of the fields depend on.
#[derive(Debug, Clone, Copy)]
pub struct Bounds<'a> {
    limits: Limits,
    site: &'a Site,
}

/// A submission whose fields are all acceptable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The article.
    pub thread: ThreadKey,
    /// The article's address, on one of the site's origins, or empty.
    pub url: String,
    /// The article's title.
    pub title: String,
    /// The comment it replies to.
    pub parent: Option<CommentId>,
    /// The author's name, on one line.
    pub name: String,
    /// The author's e-mail address.
    pub email: Option<String>,
    /// The text as sent, NFC, with line feeds alone between lines.
    pub body: String,
    /// Whether the reader ticked the consent box.
    pub consent: bool,
    /// The form's own key, if it has one.
    pub key: Option<String>,
    /// Whether the field that people do not see was filled in.
    pub trapped: bool,
}

/// Most bytes a field may have for each character allowed: bounds what combining marks pile up.
const MAX_BYTES_PER_CHARACTER: usize = 16;
/// Most characters of an article's number and of a submission key.
const MAX_KEY: usize = 200;
/// Most characters of an article's title.
const MAX_TITLE: usize = 300;
/// Most characters of an article's address.
const MAX_URL: usize = 2_000;

impl Submission {
    /// Checks a form sent to a known site.
    ///
    /// # Errors
    /// Every bad field with the rule it breaks, in the form's order.
    pub fn parse(fields: &Fields, site: &Site, limits: Limits) -> Result<Submission, Vec<Invalid>> {
        fields.validate_with_args(&Bounds { limits, site }).map_err(|errors| in_order(&errors))?;
        Ok(Submission {
            thread: ThreadKey { site: site.id.clone(), object: fields.thread.trim().to_owned() },
            url: fields.url.trim().to_owned(),
            title: one_line(&fields.title),
            parent: fields.parent.trim().parse().ok().map(CommentId),
            name: one_line(&fields.name),
            email: Some(fields.email.trim().to_owned()).filter(|email| !email.is_empty()),
            body: clean_text(&fields.body),
            consent: !fields.consent.trim().is_empty(),
            key: Some(fields.submission.trim().to_owned()).filter(|key| !key.is_empty()),
            trapped: !fields.website.is_empty(),
        })
    }
}

/// The text a reader sends in place of an earlier one, as it is kept.
///
/// # Errors
/// The rule it breaks; the same that a comment's text is held to.
pub fn parse_body(body: &str, limits: Limits) -> Result<String, Invalid> {
    let body = clean_text(body);
    match check_required(&body, limits.body) {
        Ok(()) => Ok(body),
        Err(error) => Err(Invalid { field: "body", rule: rule_of(&error) }),
    }
}

/// A text as it is kept: NFC, line feeds alone, no NUL (no database could hold it), no blank
/// ends. Nothing that can be seen changes.
#[must_use]
pub fn clean_text(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    let text = lines.trim();
    // Most are: then looking is enough.
    if is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

/// A name or title as it is kept: [`clean_text`] on one line.
fn one_line(text: &str) -> String {
    clean_text(text)
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether there is nothing to read in a text, hidden characters left aside.
fn is_blank(text: &str) -> bool {
    // Of letters that people see one is enough; what else there is takes a closer look.
    !text.bytes().any(|byte| byte.is_ascii_alphanumeric()) && language::fold(text).trim().is_empty()
}

fn check_length(text: &str, limit: usize) -> Result<(), ValidationError> {
    // What people count as one has one character (`char`) at least.
    let too_long = text.len() > limit.saturating_mul(MAX_BYTES_PER_CHARACTER)
        || (text.chars().count() > limit && text.graphemes(true).count() > limit);
    if too_long { Err(broken(Rule::TooLong(limit))) } else { Ok(()) }
}

fn check_required(text: &str, limit: usize) -> Result<(), ValidationError> {
    check_length(text, limit)?;
    if is_blank(text) { Err(broken(Rule::Missing)) } else { Ok(()) }
}

fn check_thread(thread: &str) -> Result<(), ValidationError> {
    check_required(thread.trim(), MAX_KEY)?;
    if thread.trim().chars().any(char::is_control) { Err(broken(Rule::Malformed)) } else { Ok(()) }
}

fn check_url(url: &str, bounds: &Bounds<'_>) -> Result<(), ValidationError> {
    check_length(url, MAX_URL)?;
    let url = url.trim();
    if url.is_empty() || bounds.site.lists_url(url) { Ok(()) } else { Err(broken(Rule::Malformed)) }
}

fn check_title(title: &str) -> Result<(), ValidationError> {
    check_length(title, MAX_TITLE)
}

fn check_parent(parent: &str) -> Result<(), ValidationError> {
    let parent = parent.trim();
    let fine = parent.is_empty() || parent.parse::<i64>().is_ok_and(|id| id > 0);
    if fine { Ok(()) } else { Err(broken(Rule::Malformed)) }
}

fn check_name(name: &str, bounds: &Bounds<'_>) -> Result<(), ValidationError> {
    check_required(name.trim(), bounds.limits.name)
}

fn check_email(email: &str) -> Result<(), ValidationError> {
    let email = email.trim();
    if email.is_empty() || email.validate_email() { Ok(()) } else { Err(broken(Rule::Malformed)) }
}

fn check_body(body: &str, bounds: &Bounds<'_>) -> Result<(), ValidationError> {
    check_required(&clean_text(body), bounds.limits.body)
}

fn check_consent(consent: &str, bounds: &Bounds<'_>) -> Result<(), ValidationError> {
    let missing = bounds.site.require_consent && consent.trim().is_empty();
    if missing { Err(broken(Rule::Missing)) } else { Ok(()) }
}

fn check_key(key: &str) -> Result<(), ValidationError> {
    check_length(key, MAX_KEY)
}

/// The validator's findings as [`Invalid`]s, in the form's order.
fn in_order(errors: &ValidationErrors) -> Vec<Invalid> {
    const ORDER: [&str; 9] =
        ["thread", "url", "title", "parent", "name", "email", "body", "consent", "submission"];
    let first_rule = |field: &'static str| {
        let ValidationErrorsKind::Field(found) = errors.errors().get(field)? else {
            return None;
        };
        Some(Invalid { field, rule: rule_of(found.first()?) })
    };
    ORDER.into_iter().filter_map(first_rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { name: 60, body: 3_000 };

    fn fields() -> Fields {
        Fields {
            site: "bao".into(),
            thread: "42".into(),
            url: "https://bao.example/42.html".into(),
            name: "An".into(),
            body: "Bài viết rất hay".into(),
            ..Fields::default()
        }
    }

    #[track_caller]
    fn check(fields: &Fields, expected: &[(&str, Rule)]) {
        let found: Vec<_> = match Submission::parse(fields, &Site::sample(), LIMITS) {
            Ok(_) => Vec::new(),
            Err(invalid) => invalid.into_iter().map(|i| (i.field, i.rule)).collect(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn all_bad_fields_are_named_at_once_in_the_forms_order() {
        let bad = Fields {
            thread: String::new(),
            url: "https://evil.example/".into(),
            parent: "-1".into(),
            name: " \u{200b} ".into(),
            email: "an@".into(),
            body: "\u{2060}\n".into(),
            ..fields()
        };
        check(
            &bad,
            &[
                ("thread", Rule::Missing),
                ("url", Rule::Malformed),
                ("parent", Rule::Malformed),
                ("name", Rule::Missing),
                ("email", Rule::Malformed),
                ("body", Rule::Missing),
            ],
        );
    }

    #[test]
    fn lengths_are_counted_as_people_count() {
        check(&Fields { name: "e\u{302}\u{301}".repeat(60), ..fields() }, &[]);
        check(&Fields { name: "ế".repeat(61), ..fields() }, &[("name", Rule::TooLong(60))]);
        let piled = format!("a{}", "\u{301}".repeat(100_000));
        check(&Fields { body: piled, ..fields() }, &[("body", Rule::TooLong(3_000))]);
    }

    #[test]
    fn each_field_is_held_to_its_own_length_and_form() {
        for (fields, field, most) in [
            (Fields { thread: "4".repeat(201), ..fields() }, "thread", 200),
            (Fields { title: "ế".repeat(301), ..fields() }, "title", 300),
            (Fields { submission: "k".repeat(201), ..fields() }, "submission", 200),
            (Fields { url: "u".repeat(2_001), ..fields() }, "url", 2_000),
        ] {
            check(&fields, &[(field, Rule::TooLong(most))]);
        }
        let most = Fields {
            thread: "4".repeat(200),
            title: "ế".repeat(300),
            submission: "k".repeat(200),
            ..fields()
        };
        check(&most, &[]);
        let piled = |bytes: usize| format!("{}{}", "a".repeat(bytes - 958), "\u{301}".repeat(479));
        check(&Fields { name: piled(960), ..fields() }, &[]);
        check(&Fields { name: piled(961), ..fields() }, &[("name", Rule::TooLong(60))]);
        check(&Fields { thread: "4\u{7}2".into(), ..fields() }, &[("thread", Rule::Malformed)]);
        check(&Fields { parent: "0".into(), ..fields() }, &[("parent", Rule::Malformed)]);
        check(&Fields { parent: "x".into(), ..fields() }, &[("parent", Rule::Malformed)]);
    }

    #[test]
    fn every_field_that_was_filled_in_is_kept_and_none_that_was_not() {
        let site = Site::sample();
        let full = Fields {
            thread: " 42 ".into(),
            url: " https://bao.example/42.html ".into(),
            title: "Con\n đò".into(),
            parent: " 7 ".into(),
            email: " an@bao.example ".into(),
            consent: "1".into(),
            submission: " khóa ".into(),
            website: "http://a".into(),
            ..fields()
        };
        let kept = Submission {
            thread: ThreadKey { site: site.id.clone(), object: "42".into() },
            url: "https://bao.example/42.html".into(),
            title: "Con đò".into(),
            parent: Some(CommentId(7)),
            name: "An".into(),
            email: Some("an@bao.example".into()),
            body: "Bài viết rất hay".into(),
            consent: true,
            key: Some("khóa".into()),
            trapped: true,
        };
        assert_eq!(Submission::parse(&full, &site, LIMITS), Ok(kept.clone()));
        let bare = Submission {
            title: String::new(),
            parent: None,
            email: None,
            consent: false,
            key: None,
            trapped: false,
            ..kept
        };
        assert_eq!(Submission::parse(&fields(), &site, LIMITS), Ok(bare));
    }

    #[test]
    fn a_text_is_kept_as_sent_but_for_composition_and_line_ends() {
        let sent = Fields { body: "  Ba\u{300}i hay\r\nlắm\0 ".into(), ..fields() };
        let submission = Submission::parse(&sent, &Site::sample(), LIMITS).unwrap();
        assert_eq!(submission.body, "Bài hay\nlắm");
    }

    #[test]
    fn a_later_text_is_held_to_the_rules_of_the_first() {
        let parse = |body: &str| parse_body(body, LIMITS);
        assert_eq!(parse(" Ba\u{300}i hay\r\n").as_deref(), Ok("Bài hay"));
        let invalid = |rule| Err(Invalid { field: "body", rule });
        assert_eq!(parse(" \u{200b}\n"), invalid(Rule::Missing));
        assert_eq!(parse(&"ế".repeat(3_001)), invalid(Rule::TooLong(3_000)));
    }

    #[test]
    fn a_name_is_put_on_one_line() {
        let sent = Fields { name: " Trần \n An\t".into(), ..fields() };
        assert_eq!(Submission::parse(&sent, &Site::sample(), LIMITS).unwrap().name, "Trần An");
    }

    #[test]
    fn consent_is_asked_only_where_the_site_wants_it() {
        let strict = Site { require_consent: true, ..Site::sample() };
        let refused = Submission::parse(&fields(), &strict, LIMITS).unwrap_err();
        assert_eq!(refused, [Invalid { field: "consent", rule: Rule::Missing }]);
        let ticked = Fields { consent: "1".into(), ..fields() };
        assert!(Submission::parse(&ticked, &strict, LIMITS).unwrap().consent);
    }
}
