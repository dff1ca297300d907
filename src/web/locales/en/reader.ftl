### Có Dấu, English: comments under an article.
### No markup in values.

## Comments under an article
comments-count = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
comment-edited = edited
comment-reply = Reply
comment-reply-to = Reply to { $name }
comments-closed = Comments on this article are closed.
staff = Newsroom
order-title = Order of comments
order-oldest = Oldest
order-newest = Newest
comments-more = More comments
comments-first = From the beginning
thread-page-title = Comments on { $title }
feed-thread = Comments on { $title }
feed-site = Comments in { $name }
feed-entry = { $name } on { $title }
form-title = Send a comment
form-notice = Your comment will be edited before it is published. Please type Vietnamese with diacritics.
form-name = Full name
form-email = Email
form-email-hint = Not shown on the page; the newsroom uses it only if it needs to ask you something.
form-consent = I agree that the newsroom stores and edits this comment.
form-honeypot = Please leave this field empty
form-send = Send comment
form-sending = Sending…
form-failed = It could not be sent. Your comment is still in the box; please try again.
proof-wanted = Your device is doing a small sum that keeps floods away; the comment is sent right after it.
form-offline = You are offline. Your comment is still in the box and will be sent when you are online again.
form-again = Send again
form-left = { $count } characters left
form-over = { $count } characters too long
typing-aid = Vietnamese typing
typing-off = Off

## Reply page
reply-title = Reply to { $name }
reply-on-article = On the article { $title }
reply-cancel = Cancel reply

## Form with errors
invalid-title = Your comment has not been sent
invalid-lead = { $count ->
    [one] One thing needs fixing. Everything you typed is still below.
   *[other] { $count } things need fixing. Everything you typed is still below.
}
invalid-page-title = Error: { $title }
field-name-missing = Enter your name.
field-name-too-long = The name is longer than { $max } characters.
field-body-missing = Write your comment.
field-body-too-long = The comment has { $count } characters; shorten it to { $max } or fewer.
field-email-malformed = The email address is not valid. Example: name@example.com
field-url-malformed = The article’s address is not valid. Go back to the article and send again.
field-title-malformed = The article’s title is empty or too long. Go back to the article and send again.
field-thread-malformed = The form does not say which article it is for. Go back to the article and send again.
field-parent-malformed = The comment you are replying to is no longer on this article.
field-consent-missing = Tick the box to let the newsroom store and edit your comment.
field-submission-malformed = The submission key is not valid. Reload the page and send again.

## Asking readers for marks
nudge-title = Your comment lacks its diacritics
nudge-lead = Please type Vietnamese with diacritics: others read it more easily, and editors get to it sooner.
nudge-restore = Add the marks for me
nudge-retype = I will type it again
nudge-insist = Send it anyway
nudge-hint = Nothing has been sent yet. If you send it as it is, editors read it after the comments that have their marks.
nudge-restored-title = Look over the text with its marks
nudge-restored-lead = The marks were guessed by machine. Please read it through, mend what is wrong, and send it.
nudge-restored-label = Your comment, with its marks
nudge-typed = You typed
nudge-undo = Back to what I typed
nudge-guesses = Where the machine is not sure
nudge-alternatives = may be: { $words }
