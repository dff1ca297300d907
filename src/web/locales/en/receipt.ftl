### Có Dấu, English: receipt page.
### No markup in values.

## Receipt
receipt-page-title = Your comment
receipt-follow = Follow your comment
receipt-waiting-title = Your comment is waiting to be edited
receipt-waiting-body = The newsroom has received it. An editor reads it before it is published; this page shows the outcome.
receipt-wait = These days, half of all comments are decided on within { $time }.
receipt-keep = You can save this page’s address to come back to it. Anyone who has the address can read, change and withdraw the comment, so do not share it.
receipt-edit = Change the comment
receipt-edit-until = While it waits, you can change it until { $time }.
receipt-withdraw = Withdraw the comment
receipt-changes = What the editor changed
receipt-published-title = Your comment has been published
receipt-published-body = An editor approved it as you wrote it. Thank you.
receipt-published-link = See it on the article
receipt-edited-title = Your comment has been edited and published
receipt-edited-body = An editor changed a few things before publishing it. Thank you.
receipt-rejected-title = Your comment was not published
receipt-rejected-body = An editor read it and decided not to publish it.
receipt-rejected-reason = Reason: { $reason }
receipt-rejected-again = You can rewrite it and send another comment under the article.
receipt-expired-title = Your comment has expired
receipt-expired-body = { $days ->
    [one] Nobody decided on it within { $days } day, so it was removed from the queue. The newsroom is sorry to have kept you waiting.
   *[other] Nobody decided on it within { $days } days, so it was removed from the queue. The newsroom is sorry to have kept you waiting.
}
receipt-returned-title = The newsroom asks you to change your comment
receipt-returned-body = An editor read it and would like a few changes before it is published.
receipt-withdrawn-title = You withdrew your comment
receipt-withdrawn-body = It is on no page any more and will be deleted. Thank you.
receipt-sent-at = Sent
receipt-decided-at = Decided
receipt-article = Article
receipt-fate-sent = Sent
receipt-fate-waiting = Being edited
receipt-fate-decided = Decided
receipt-fate-published = Published
receipt-fate-edited = Edited and published
receipt-fate-rejected = Not published
receipt-fate-returned = Waits for your changes
receipt-fate-withdrawn = Withdrawn
receipt-fate-expired = Expired

## Changing and withdrawing
revision-title = Change your comment
revision-send = Send this text
revision-cancel = No, keep the old one
revision-late = This comment can no longer be changed: an editor has decided on it, or the time for changes is over. What you typed is below, for you to copy.
revision-changed = The comment changed while you were writing. Please look it over and send it.
withdrawal-title = Withdraw this comment?
withdrawal-waiting = No editor will read it, and it will be deleted. This cannot be undone.
withdrawal-published = It will be taken off the article and deleted. This cannot be undone.
withdrawal-button = Withdraw
withdrawal-cancel = No, keep it
