//! The lanes of what waits, and filters that somebody gave a name.

use codau::domain::Role;

use crate::support::{App, Desk, comment};

/// The name and the count of each lane.
async fn lanes(app: &App, desk: &Desk) -> Vec<String> {
    let page = app.page(desk, "/moderation/").await.expect(200).page();
    page.texts(".views li:not(.saved) a")
}

#[tokio::test]
async fn each_lane_lists_what_it_counts() {
    let app = App::start().await;
    app.sent(comment().name("Có")).await;
    app.sent(comment().name("Không").body("bai viet rat hay, toi rat thich")).await;
    app.sent(comment().name("Máy").with("website", "http://x.example")).await;
    let links = "Xem https://a.example https://b.example https://c.example nhé các bạn.";
    app.sent(comment().name("Liên kết").body(links)).await;
    let desk = app.log_in().await;
    assert_eq!(
        lanes(&app, desk).await,
        [
            "Tất cả 4",
            "Thiếu dấu 1",
            "Nghi spam 2",
            "Giữ theo quy tắc 0",
            "Trả lời tòa soạn 0",
            "Chờ quá 24 giờ 0",
            "Sắp hết hạn 0",
        ]
    );
    assert_eq!(app.queue("?view=unmarked").await, ["Không"]);
    let mut suspected = app.queue("?view=spam").await;
    suspected.sort();
    assert_eq!(suspected, ["Liên kết", "Máy"]);
    assert_eq!(app.queue("?view=spam&q=nhe&class=marked").await, ["Liên kết"]);
    assert_eq!(app.queue("?view=rule").await, Vec::<String>::new());
    assert_eq!(app.queue("?view=staff").await, Vec::<String>::new());
    assert_eq!(app.queue("?order=newest").await, ["Liên kết", "Máy", "Không", "Có"]);
}

#[tokio::test]
async fn what_has_waited_long_has_lanes_whose_hours_are_the_newspapers() {
    let settings =
        [("queue.old_hours", "0"), ("queue.expiring_days", "3"), ("retention.pending_days", "3")];
    let app = App::with(&settings).await;
    app.sent(comment().name("Một")).await;
    app.sent(comment().name("Hai")).await;
    let lanes = lanes(&app, app.log_in().await).await;
    assert_eq!(lanes[5..], ["Chờ quá 0 giờ 2", "Sắp hết hạn 2"]);
    assert_eq!(app.queue("?view=old").await, ["Một", "Hai"]);
    assert_eq!(app.queue("?view=expiring").await, ["Một", "Hai"]);
    assert_eq!(app.queue("?view=old&hours=5").await, Vec::<String>::new());
    assert_eq!(app.queue("?view=old&hours=99999999999").await.len(), 2, "no number of hours");
}

#[tokio::test]
async fn a_filter_is_saved_under_a_name_and_found_again_by_its_owner() {
    let app = App::start().await;
    app.sent(comment().name("Đò").body("Con đò chở sách về cồn.")).await;
    app.sent(comment().name("Khác").body("Một bài viết rất hay.")).await;
    let desk = app.log_in().await;
    let saved = async |desk: &Desk| {
        let page = app.page(desk, "/moderation/").await.expect(200).page();
        page.texts(".views .saved a")
    };
    let fields = [("name", "Chuyện con đò"), ("query", "q=con+%C4%91%C3%B2&after=0.9&x=y")];
    let answer = app.send(desk, "/moderation/views", &fields).await.expect(303);
    let list = answer.header("location").to_owned();
    assert_eq!(list, "/moderation/?q=con+%C4%91%C3%B2");
    let page = app.page(desk, &list).await.page();
    assert_eq!(page.texts(".card .about b"), ["Đò"]);
    assert_eq!(page.texts(".views .saved [aria-current]"), ["Chuyện con đò"]);

    let other = app.log_in_as("Chi", Role::Moderator).await;
    assert_eq!(saved(&other).await, Vec::<String>::new());
    let shared = [("name", "Nghi ngờ"), ("query", "view=spam"), ("shared", "yes")];
    app.send(&other, "/moderation/views", &shared).await.expect(403);
    let admin = app.log_in_as("Chủ bút", Role::Admin).await;
    app.send(&admin, "/moderation/views", &shared).await.expect(303);
    assert_eq!(saved(&other).await, ["Nghi ngờ"]);
    assert_eq!(saved(desk).await, ["Chuyện con đò", "Nghi ngờ"]);

    // Only its owner removes it, only an admin what is everyone's, and a name is a name.
    app.send(&other, "/moderation/views/1/removal", &[]).await.expect(404);
    app.send(&other, "/moderation/views/2/removal", &[("shared", "yes")]).await.expect(403);
    app.send(desk, "/moderation/views/1/removal", &[]).await.expect(303);
    app.send(&admin, "/moderation/views/2/removal", &[("shared", "yes")]).await.expect(303);
    assert_eq!(saved(desk).await, Vec::<String>::new());
    let long = "x".repeat(61);
    for name in ["", " ", "a\nb", &long] {
        app.send(desk, "/moderation/views", &[("name", name)]).await.expect(400);
    }
}
