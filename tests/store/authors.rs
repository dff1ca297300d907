//! Authors: told apart by name and e-mail address, or by name and network address.

use codau::domain::{Action, Author, AuthorSign, CommentId};

use crate::support::{Opened, comment, hour, opened};

/// A comment of somebody's.
async fn by(at: &Opened, n: i64, name: &str, email: Option<&str>, address: &str) -> CommentId {
    let mut new = comment("1", &format!("Số {n}."), hour(n));
    new.submission.name = name.into();
    new.submission.email = email.map(str::to_owned);
    new.origin.address = address.into();
    at.insert(new).await
}

async fn author(at: &Opened, id: CommentId) -> Option<Author> {
    at.store.authors(&[id]).await.unwrap().remove(&id)
}

#[tokio::test]
async fn an_authors_other_comments_are_counted_by_name_and_e_mail_address() {
    let at = opened();
    let an = Some("an@example.com");
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(by(&at, n, "An", an, &format!("192.0.2.{n}")).await);
    }
    by(&at, 5, "Bình", an, "192.0.2.1").await;
    by(&at, 6, "An", Some("khac@example.com"), "192.0.2.1").await;
    by(&at, 7, "An", None, "192.0.2.1").await;
    for (id, action) in
        ids.iter().zip([Action::Approve, Action::Edit, Action::Reject, Action::Spam])
    {
        at.decide(*id, action, hour(9)).await;
    }
    let expected = Author { by: AuthorSign::Email, others: 4, approved: 2, rejected: 2 };
    assert_eq!(author(&at, ids[4]).await, Some(expected));
    let of_one = Author { approved: 1, ..expected };
    assert_eq!(author(&at, ids[0]).await, Some(of_one), "its own fate does not count");
}

#[tokio::test]
async fn without_an_e_mail_address_the_network_address_counts_while_it_is_kept() {
    let at = opened();
    let first = by(&at, 0, "An", None, "192.0.2.1").await;
    let second = by(&at, 1, "An", None, "192.0.2.1").await;
    by(&at, 2, "An", None, "192.0.2.2").await;
    by(&at, 3, "An", Some("an@example.com"), "192.0.2.1").await;
    let other = by(&at, 4, "Bình", None, "192.0.2.1").await;
    at.decide(first, Action::Reject, hour(5)).await;
    let expected = Author { by: AuthorSign::Address, others: 1, approved: 0, rejected: 1 };
    let all = at.store.authors(&[second, other, CommentId(4_711)]).await.unwrap();
    assert_eq!(all.get(&second), Some(&expected));
    let first_of_hers = Author { others: 0, rejected: 0, ..expected };
    assert_eq!(all.get(&other), Some(&first_of_hers));
    assert_eq!(all.len(), 2);
    at.store.sweep(codau::store::Sweep::ForgetOrigins, hour(50), 100, hour(50)).await.unwrap();
    assert_eq!(author(&at, second).await, None);
}
