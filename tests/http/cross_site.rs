//! Nothing changes for a request that did not come from where it should, on any route there is.

use codau::domain::Role;
use reqwest::header::{AUTHORIZATION, COOKIE};

use crate::changing::{By, Change, Kind, change};
use crate::support::{App, Ask};
use crate::surface::changing;

/// What browsers say of where a request comes from, or nothing, as old ones do.
const SITES: [Option<&str>; 5] =
    [Some("same-origin"), Some("same-site"), Some("cross-site"), Some("none"), None];

/// An origin that the newspaper lists; its article pages are there.
const ARTICLES: &str = "https://bao.example";

/// Whether a request may come from where it says it does.
fn may_come(change: &Change, here: &str, site: Option<&str>, origin: Option<&str>) -> bool {
    let from_here = match site {
        Some(site) => site == "same-origin",
        None => origin == Some(here),
    };
    match change.by {
        By::Desk | By::Receipt => from_here,
        By::Reader => from_here || origin.is_none() || origin == Some(ARTICLES),
        By::Program | By::Anybody => true,
    }
}

#[tokio::test]
async fn every_route_takes_what_comes_from_its_own_pages_as_it_should_and_nothing_else() {
    let app = App::start().await;
    let here = app.url.as_str();
    let origins = [Some(here), Some(ARTICLES), Some("https://evil.example"), Some("null"), None];
    let (mut refused, mut taken) = (0, 0);
    for route in changing() {
        let change = change(&app, &route).await;
        app.without_notes_of_use();
        let before = app.dump();
        let mut fine = Vec::new();
        for (site, origin, kind) in SITES.into_iter().flat_map(|site| {
            origins.into_iter().flat_map(move |o| Kind::ALL.map(move |kind| (site, o, kind)))
        }) {
            let what = format!("{route} {site:?} {origin:?} {kind:?}");
            let from_there = may_come(&change, here, site, origin);
            if from_there && change.kinds().contains(&kind) {
                fine.push((site, origin, kind));
                continue;
            }
            let status = change.request(&app, kind, site, origin).ask().await.status;
            // Where only the kind is wrong, the error is the sender's, whichever it is.
            let is_right = if from_there || change.by == By::Reader || change.by == By::Receipt {
                (400..500).contains(&status)
            } else {
                status == 403
            };
            assert!(is_right, "{what}: {status}");
            refused += 1;
        }
        assert!(app.dump() == before, "{route} has changed something");
        // The same request, from where it may come from, is taken: it was nothing else.
        let (site, origin, kind) = fine[0];
        let answer = change.request(&app, kind, site, origin).ask().await;
        assert!(answer.status < 400, "{route}: {} {}", answer.status, answer.text);
        assert_eq!(app.dump() != before, change.kept, "{route}");
        taken += fine.len();
    }
    eprintln!("{refused} requests refused; {taken} combinations are to be taken");
    assert!(refused > 2_000, "{refused}");
}

#[tokio::test]
async fn what_comes_from_the_desk_passes_with_either_sign_of_it() {
    for (site, origin) in [(Some("same-origin"), false), (None, true), (Some("same-origin"), true)]
    {
        let app = App::start().await;
        let origin = origin.then_some(app.url.as_str());
        for route in changing() {
            let change = change(&app, &route).await;
            let before = app.dump();
            for kind in change.kinds() {
                let answer = change.request(&app, *kind, site, origin).ask().await;
                let first = *kind == change.kinds()[0];
                assert!(!first || answer.status < 400, "{route} {site:?}: {}", answer.status);
                assert!(answer.status < 500, "{route} {site:?}: {}", answer.status);
            }
            assert_eq!(app.dump() != before, change.kept, "{route}");
        }
    }
}

#[tokio::test]
async fn an_article_page_of_the_newspaper_may_send_comments_in_every_way_that_browsers_have() {
    let app = App::start().await;
    for route in changing() {
        let one = change(&app, &route).await;
        if one.by != By::Reader {
            continue;
        }
        for kind in one.kinds() {
            let change = change(&app, &route).await;
            let request = change.request(&app, *kind, Some("cross-site"), Some(ARTICLES));
            let status = request.ask().await.status;
            assert!([202, 303].contains(&status), "{route} {kind:?}: {status}");
        }
    }
}

#[tokio::test]
async fn a_form_that_another_session_made_is_refused() {
    let app = App::start().await;
    let other = app.log_in_as("Chi", Role::Admin).await;
    let mut sealed = 0;
    for route in changing().into_iter().filter(|route| route.starts_with("/moderation/")) {
        for csrf in ["", "x", &other.csrf] {
            let change = change(&app, &route).await;
            if !change.sealed {
                continue;
            }
            sealed += 1;
            app.without_notes_of_use();
            let before = app.dump();
            let forged = change.with("csrf", csrf);
            let request = forged.request(&app, Kind::Urlencoded, Some("same-origin"), None);
            assert_eq!(request.ask().await.status, 403, "{route} {csrf}");
            assert!(app.dump() == before, "{route} {csrf}");
        }
    }
    // All of the desk's but the ways into it.
    let of_desk = changing().into_iter().filter(|route| route.starts_with("/moderation/")).count();
    assert_eq!(sealed, 3 * (of_desk - 2));
}

#[tokio::test]
async fn no_other_method_gets_around_it() {
    let app = App::start().await;
    for route in changing() {
        let change = change(&app, &route).await;
        let desk = app.admin().await;
        app.without_notes_of_use();
        let before = app.dump();
        for method in ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", "X"] {
            let separator = if change.path.contains('?') { '&' } else { '?' };
            let path = format!("{}{separator}{}", change.path, change.query());
            let request = app.request(method, &path).header(COOKIE, &desk.cookie);
            let request = request.header("x-http-method-override", "POST");
            let answer = request.header("x-http-method", "POST").ask().await;
            assert!(answer.status < 500, "{method} {route}: {}", answer.status);
            assert!(app.dump() == before, "{method} {route}");
        }
    }
}

#[tokio::test]
async fn a_browser_at_the_desk_is_no_program() {
    let app = App::start().await;
    let desk = app.admin().await;
    let programs = changing().into_iter().filter(|route| route.starts_with("/api/"));
    for route in programs {
        let change = change(&app, &route).await;
        let before = app.dump();
        for kind in Kind::ALL {
            let request = change.request(&app, kind, Some("same-origin"), Some(&app.url));
            let mut request = request.header(COOKIE, &desk.cookie).build().unwrap();
            request.headers_mut().remove(AUTHORIZATION);
            let answer = reqwest::Client::new().execute(request).await.unwrap();
            assert_eq!(answer.status(), 401, "{route} {kind:?}");
            assert!(!answer.headers().contains_key("access-control-allow-origin"), "{route}");
        }
        assert!(app.dump() == before, "{route}");
    }
}
