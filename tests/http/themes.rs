//! Forms of WordPress themes, pointed here.

use crate::support::{Answer, App, Ask};

/// The fields of a theme's form, with others in place of some.
async fn send(app: &App, path: &str, own: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("author", "Nguyễn Văn An"),
        ("email", "an@example.com"),
        ("comment", "Bài viết rất hay, cảm ơn tòa soạn."),
        ("comment_post_ID", "4711"),
        ("comment_parent", "0"),
        ("redirect_to", "https://bao.example/bai-4711.html"),
    ];
    for (name, value) in own {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    app.post(path).form(&fields).ask().await
}

#[tokio::test]
async fn the_form_of_a_theme_is_taken_at_each_address_that_names_the_site() {
    let app = App::start().await;
    let addresses =
        ["/comments?site=bao", "/wp-comments-post.php?site=bao", "/bao/wp-comments-post.php"];
    for (n, address) in addresses.into_iter().enumerate() {
        let body = format!("Bài viết rất hay, tôi đọc {n} lần.");
        send(&app, address, &[("comment", &body)]).await.expect(303);
    }
    assert_eq!(app.queue("").await, ["Nguyễn Văn An"; 3]);
    let article = "a[href='https://bao.example/bai-4711.html']";
    assert!(app.comment_page(1).await.has(article));
    app.approve(1).await;
    let thread = app.thread("4711").await.page();
    assert_eq!(thread.texts(".codau-name"), ["Nguyễn Văn An"]);
    send(&app, "/wp-comments-post.php", &[]).await.expect(403);
}

#[tokio::test]
async fn a_readers_own_website_is_no_article_and_a_replys_parent_is_one() {
    let app = App::start().await;
    let own = [("url", "https://an.example/"), ("redirect_to", "")];
    send(&app, "/bao/wp-comments-post.php", &own).await.expect(303);
    app.approve(1).await;
    let reply = [("comment_parent", "1"), ("comment", "Tôi cũng thấy vậy.")];
    send(&app, "/bao/wp-comments-post.php", &reply).await.expect(303);
    app.approve(2).await;
    let thread = app.thread("4711").await.page();
    assert_eq!(thread.texts(".codau-replies .codau-body"), ["Tôi cũng thấy vậy."]);
    // On the newspaper's own pages it is the article's address.
    let own = [
        ("url", "https://bao.example/4712.html"),
        ("redirect_to", ""),
        ("comment_post_ID", "4712"),
    ];
    send(&app, "/bao/wp-comments-post.php", &own).await.expect(303);
    assert!(app.comment_page(3).await.has("a[href='https://bao.example/4712.html']"));
}

#[tokio::test]
async fn what_is_wrong_in_a_themes_form_comes_back_with_all_that_was_typed() {
    let app = App::start().await;
    let answer = send(&app, "/bao/wp-comments-post.php", &[("author", " ")]).await.expect(422);
    let page = answer.page();
    assert_eq!(page.field("body"), "Bài viết rất hay, cảm ơn tòa soạn.");
    assert_eq!((page.field("site"), page.field("thread")), ("bao".into(), "4711".into()));
    assert_eq!(page.attributes(".error-summary a", "href"), ["#name"]);
}
