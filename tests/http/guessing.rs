//! Limits that nobody gets around, and that keep nobody out who belongs in.

use codau::domain::Role;
use reqwest::header::{COOKIE, ORIGIN};

use crate::support::{Answer, App, Ask, PASSWORD, comment};

async fn log_in(app: &App, address: &str, cookie: &str, password: &str) -> Answer {
    let fields = [("name", "Bình"), ("password", password)];
    let request = app.post("/moderation/login").header(ORIGIN, &app.url).form(&fields);
    let request = request.header("x-forwarded-for", address).header(COOKIE, cookie);
    request.ask().await
}

/// The mark that a login left in a browser, `name=value`.
fn device_of(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter();
    let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap());
    let device = cookies.find(|cookie| cookie.starts_with("codau-device=")).expect("a mark");
    assert!(device.contains("HttpOnly") && device.contains("SameSite=Strict"), "{device}");
    device.split(';').next().unwrap().to_owned()
}

const LIMITS: [(&str, &str); 2] =
    [("limits.logins_per_minute", "3"), ("server.trusted_proxies", "127.0.0.1")];

#[tokio::test]
async fn who_guesses_at_a_name_does_not_keep_its_owner_out() {
    let app = App::with(&LIMITS).await;
    app.hire("Bình", Role::Moderator).await;
    let first = log_in(&app, "198.51.100.1", "", PASSWORD).await.expect(303);
    let device = device_of(&first);
    for n in 0..20 {
        log_in(&app, &format!("203.0.113.{n}"), "", "sai mật khẩu rồi").await;
    }
    log_in(&app, "192.0.2.1", "", PASSWORD).await.expect(429);
    // The owner's own browser is counted apart, wherever it is and however the name is typed.
    log_in(&app, "192.0.2.1", &device, PASSWORD).await.expect(303);
    // It guesses no faster than another.
    for _ in 0..3 {
        log_in(&app, "192.0.2.1", &device, "sai mật khẩu rồi").await;
    }
    log_in(&app, "192.0.2.1", &device, PASSWORD).await.expect(429);
}

#[tokio::test]
async fn a_mark_that_was_not_given_for_this_name_counts_for_nothing() {
    let app = App::with(&LIMITS).await;
    app.hire("Bình", Role::Moderator).await;
    app.hire("Chi", Role::Moderator).await;
    let others = app.log_in_with("Chi", PASSWORD).await.expect(303);
    let others = device_of(&others);
    for n in 0..4 {
        log_in(&app, &format!("203.0.113.{n}"), "", "sai mật khẩu rồi").await;
    }
    let forged = ["codau-device=", "codau-device=a.b", &others, &others[..40], "codau-device=.."];
    for (n, cookie) in forged.into_iter().enumerate() {
        let answer = log_in(&app, &format!("192.0.2.{n}"), cookie, PASSWORD).await;
        answer.expect(429);
    }
}

#[tokio::test]
async fn a_thousand_forged_addresses_are_one_where_no_proxy_is_trusted() {
    let app = App::with(&[("limits.posts_per_minute", "5")]).await;
    let mut taken = 0;
    for n in 0..1000 {
        let forged = format!("198.51.{}.{}", n / 250, n % 250);
        let request = app.post("/comments").form(comment().body(&format!("Số {n}.")).fields());
        let request = request.header("x-forwarded-for", &forged).header("x-real-ip", &forged);
        let request = request.header("forwarded", format!("for={forged}"));
        match request.ask().await.status {
            303 => taken += 1,
            429 => {}
            other => panic!("{other}"),
        }
    }
    // Some more may have become free while the thousand were sent.
    assert!((5..15).contains(&taken), "{taken} were taken");
}

#[tokio::test]
async fn the_addresses_of_one_customer_of_ipv6_are_one() {
    let limits = [("limits.posts_per_minute", "5"), ("server.trusted_proxies", "127.0.0.1")];
    let app = App::with(&limits).await;
    let mut taken = 0;
    for n in 0..400_u64 {
        // Spread over all 2⁶⁴ of a /64.
        let own = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let group = |at: u32| own >> (16 * at) & 0xffff;
        let address =
            format!("2001:db8:1:2:{:x}:{:x}:{:x}:{:x}", group(3), group(2), group(1), group(0));
        let request = app.post("/comments").form(comment().body(&format!("Số {n}.")).fields());
        match request.header("x-forwarded-for", address).ask().await.status {
            303 => taken += 1,
            429 => {}
            other => panic!("{other}"),
        }
    }
    assert!((5..12).contains(&taken), "{taken} were taken");
}

#[tokio::test]
async fn a_cookie_that_was_there_before_the_login_opens_nothing_after_it() {
    let app = App::start().await;
    app.hire("Bình", Role::Moderator).await;
    let planted = "codau=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let answer = log_in(&app, "", planted, PASSWORD).await.expect(303);
    assert_ne!(App::cookie_of(&answer), planted);
    app.get("/moderation/").header(COOKIE, planted).ask().await.expect(303);
}
