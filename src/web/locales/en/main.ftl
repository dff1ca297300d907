### Có Dấu: every sentence of the interface, English.
### No markup in values.

## General
product = Có Dấu
product-what = The comment desk for Vietnamese newspapers
skip-to-content = Skip to content
back-to-article = Back to the article
request-id = Request ID: { $id }
optional = optional

## Time
age-now = just now
age-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
age-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
age-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}

## Comments under an article
comments-count = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
comment-reply = Reply
comment-reply-to = Reply to { $name }
comments-closed = Comments on this article are closed.
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

## Receipt
receipt-page-title = Your comment
receipt-follow = Follow your comment
receipt-waiting-title = Your comment is waiting to be edited
receipt-waiting-body = The newsroom has received it. An editor reads it before it is published; this page shows the outcome.
receipt-waiting-keep = You can save this page’s address to come back to it. Anyone who has the address can read it, so do not share it.
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
receipt-sent-at = Sent
receipt-decided-at = Decided
receipt-article = Article
receipt-fate-sent = Sent
receipt-fate-waiting = Being edited
receipt-fate-decided = Decided
receipt-fate-published = Published
receipt-fate-edited = Edited and published
receipt-fate-rejected = Not published
receipt-fate-expired = Expired

## Reasons for rejecting: short name for the desk, sentence for the reader
reason-insult = Personal insult
reason-language = Unsuitable language
reason-advert = Advertising
reason-off-topic = Off topic
reason-unverified = Unverified information
reason-personal-data = Personal information
reason-unmarked = No diacritics, hard to read
reason-duplicate = Already sent
reason-other = Other reason
reason-insult-reader = It insults a person.
reason-language-reader = It uses words that are not suitable for the newspaper.
reason-advert-reader = It contains advertising.
reason-off-topic-reader = It is not about the article.
reason-unverified-reader = It states something the newsroom could not verify.
reason-personal-data-reader = It reveals personal information, such as a phone number or a home address.
reason-unmarked-reader = It is written without diacritics and is hard to read. You can retype it with diacritics and send it again.
reason-duplicate-reader = You have already sent the same comment.
reason-other-reader = It is not suitable for publication.

## Error pages: title, explanation, what to do
error-origin-title = Comments are not accepted from this page
error-origin-body = The comment came from a website this service does not know.
error-origin-do = Go back to the article and send again. If it still fails, tell the newsroom and quote the request ID below.
error-closed-title = Comments on this article are closed
error-closed-body = The newsroom no longer takes comments on this article.
error-closed-do = Your comment is below in case you want to copy it.
error-too-large-title = Your comment is too long
error-too-large-body = What was sent is larger than the service accepts ({ $max }).
error-too-large-do = Use your browser’s back button, shorten the comment and send it again.
error-too-fast-title = You are sending too fast
error-too-fast-body = Several comments have just arrived from your connection.
error-too-fast-do = { $seconds ->
    [one] Wait { $seconds } second and send again. Your comment is still below.
   *[other] Wait { $seconds } seconds and send again. Your comment is still below.
}
error-duplicate-title = This form has already sent another comment
error-duplicate-body = The newsroom has received another comment from this same form. The one below has not been stored.
error-duplicate-do = To send the one below as well, press send again.
error-unavailable-title = The service is interrupted
error-unavailable-body = The service is interrupted; what was just sent has not been stored.
error-unavailable-do = Please wait { $seconds } seconds and try again.
error-not-found-title = Page not found
error-not-found-body = There is no page at this address, or its content was removed under the retention period.
error-not-found-do = Check the address, or go back to the previous page.
error-forbidden-title = You are not allowed to do this
error-forbidden-body = Your account may not open this page or perform this action.
error-forbidden-do = If you need to, ask an administrator to change your role.
error-session-title = Your session has ended
error-session-body = The form was too old or was not sent from this site, so nothing was done.
error-session-do = Log in again and retry.
error-internal-title = Something went wrong
error-internal-body = The request was not carried out. The fault has been recorded.
error-internal-do = Try again. If it still fails, tell the newsroom and quote the request ID below.
error-bad-request-title = The request could not be read
error-bad-request-body = The form was incomplete or badly formatted.
error-bad-request-do = Go back to the previous page and send again.
error-typed-kept = What you typed
error-text-kept = Your comment
error-send-again = Send again

## Landing page
landing-lead = Có Dấu takes readers’ comments under each article, shows editors where diacritics are missing, and publishes only what a person has approved.
landing-specimen-label = Example: a sentence as a reader sent it, and as published with diacritics restored
landing-sent = As sent
landing-published = As published
landing-point-decision = Nothing is published until a person approves it, and that person can edit it first.
landing-point-original = The reader’s own text is kept beside the edited one.
landing-point-receipt = Readers can always see where their comment stands.
landing-demo-server = Demo article, put together on the server
landing-demo-server-hint = The newspaper’s server includes the comments in the page; nothing runs in the browser.
landing-demo-script = Demo article, put together in the browser
landing-demo-script-hint = A small script loads the comments afterwards.
landing-desk = Open the desk
landing-desk-hint = For editors and administrators.
landing-docs = Documentation
landing-docs-hint = How to run it, put the comment box on an article page and configure it is in the README.md that comes with it.

## Log in, first set-up
login-title = Log in to the desk
login-name = User name
login-password = Password
login-button = Log in
login-failed = The user name or password is wrong.
login-too-many = { $seconds ->
    [one] Too many failed attempts. Wait { $seconds } second and try again.
   *[other] Too many failed attempts. Wait { $seconds } seconds and try again.
}
login-forgot = Forgot your password? An administrator resets it with “codau moderator password”.
logout = Log out
setup-title = Create the first administrator
setup-lead = This link works once. Afterwards, add other people with “codau moderator add”.
setup-name = User name
setup-name-hint = This name is shown beside each of your decisions.
setup-password = Password
setup-password-hint = At least { $min } characters. A long phrase you can remember is better than a difficult word.
setup-password-again = Repeat the password
setup-button = Create administrator
field-login-name-missing = Enter a user name.
field-login-password-too-long = The password is longer than { $limit } bytes.
field-login-name-too-long = The name is longer than { $limit } characters.
field-login-name-taken = This name is already taken.
field-login-password-too-short = The password needs at least { $limit } characters.
field-password-mismatch = The two passwords are not the same.
role-moderator = Moderator
role-admin = Administrator

## Desk: frame
desk-title = Desk
desk-lanes = Lanes
lane-pending = Waiting
lane-approved = Approved
lane-rejected = Rejected
lane-spam = Spam
lane-expired = Expired

## Desk: filters
filter-title = Filter comments
filter-class = Class
filter-class-all = All
filter-search = Search without diacritics
filter-button = Filter
filter-clear = Clear filters
filter-thread = Article: { $title }
filter-thread-remove = Stop filtering by the article { $title }
page-nav = Pages
page-next = Next
page-first = Back to the start

## Desk: comment card
card-label = Comment by { $name }
card-replying-to = replying to { $name }
card-thread-waiting = { $count } waiting
card-thread-narrow = { $count ->
    [one] Show only this article: { $title }, { $count } comment waiting
   *[other] Show only this article: { $title }, { $count } comments waiting
}
card-reason = Reason: { $reason }
card-open = Details

## Decisions
desk-approve = Approve
desk-approve-as-sent = Approve as sent
desk-edit = Edit & approve
desk-edit-save = Approve edited text
desk-reject = Reject
desk-spam = Spam
desk-reopen = Reopen
desk-reopen-hint = Moves it back to waiting. If it is published, it is taken off the article.
desk-decide = Decide
desk-reject-reason = Reason
desk-reject-reason-choose = Choose a reason
desk-reject-note = Internal note
desk-reject-note-hint = The reader sees the reason, not the note.
desk-reject-confirm = Reject comment
decision-approve = Approved as sent
decision-edit = Edited and approved
decision-reject = Rejected
decision-spam = Marked as spam
decision-reopen = Reopened
decision-expire = Expired
decision-submit = Submitted
decided = Your decision on the comment by { $name } is recorded.
decided-view = View
status-pending = waiting
status-approved = approved
status-rejected = rejected
status-spam = spam
status-expired = expired

## Desk: empty
queue-empty-title = All done. Thank you!
queue-empty-body = No comments are waiting. Every reader has been answered.
queue-empty-lane = There are no comments in this lane yet.
queue-empty-filter = No comments match the filters.

## Verdict
class-marked = With diacritics
class-unmarked = No diacritics
class-partly-marked = Some missing
class-foreign = Foreign
class-undetermined = Undetermined
badge-marked = With diacritics
badge-unmarked = No diacritics { $percent }%
badge-partly-marked = { $percent }% missing
badge-foreign = Foreign
badge-undetermined = Undetermined
class-marked-why = Vietnamese, with its diacritics in place.
class-unmarked-why = Vietnamese, with almost no diacritics.
class-partly-marked-why = Vietnamese, with many syllables lacking diacritics.
class-foreign-why = Not Vietnamese.
class-undetermined-why = Too short, or only names, numbers, links or symbols, so nothing can be concluded.
verdict-title = What the machine found
verdict-note = The machine only sorts and flags; a person decides.
verdict-mark-title = Lacks marks; probably “{ $suggestion }”

## A comment’s own page
comment-title = Comment by { $name }
comment-number = Comment no. { $id }
comment-back = Back to the list
comment-sent = As sent
comment-sent-hint = The text as sent is kept and cannot be changed.
comment-to-publish = To publish
comment-to-publish-hint = Plain text only; line breaks are kept.
comment-restore = Restore diacritics
comment-restore-hint = { $count ->
    [one] { $count } syllable would change; review it before approving.
   *[other] { $count } syllables would change; review them before approving.
}
comment-draft = Not saved yet: look it over, then approve.
comment-use-sent = Use the text as sent
comment-difference = Difference between sent and published
comment-difference-draft = Difference between sent and the text in the box
comment-difference-deleted = removed:
comment-difference-inserted = added:
comment-parent = In reply to
comment-published-text = Published text
comment-on-article = See it on the article
history-title = History
history-reader = reader
history-system = system
history-note = Note: { $note }
conflict-approve = { $name } approved this comment at { $time }.
conflict-edit = { $name } edited and approved this comment at { $time }.
conflict-reject = { $name } rejected this comment at { $time }.
conflict-spam = { $name } marked this comment as spam at { $time }.
conflict-expire = This comment expired at { $time }.
conflict-reopen = { $name } reopened this comment at { $time }.
conflict-kept = Your decision was not recorded. What you typed is still in the edit box.

## Decisions that were not recorded
decision-nothing = The comment is like that already: there is nothing to change.
decision-body-missing = The text to publish is empty.
decision-body-too-long = The text to publish is longer than { $max } characters.
decision-reason-missing = Please choose a reason for the rejection.
decision-note-missing = With “another reason”, please say which in the note.
decision-note-too-long = The note is longer than { $max } characters.

## Reasons to look twice
flag-disguised = Hidden, stacked or disguised characters
flag-unconverted = Telex or VNI keys left unconverted, or an old encoding
flag-trapped = The trap field was filled in: probably a program
flag-links = Many links

## Taking comments on an article
thread-title = This article
thread-open = It takes comments.
thread-closed = It takes no more comments.
thread-close-button = Close comments
thread-open-button = Open comments

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

## Repairs of typing and encoding
repair-telex = Convert from Telex
repair-vni = Convert from VNI
repair-viqr = Convert from VIQR
repair-tcvn3 = Convert from TCVN3 (ABC)
repair-vni-font = Convert from a VNI font

## Undoing
recent-title = Just decided
recent-empty = You have not decided on any comment yet.
desk-undo = Undo
decision-undo = Undo
conflict-undo = { $name } undid the last decision on this comment at { $time }.

## Shortcuts
keys-title = Shortcuts
keys-move = next comment, previous comment
keys-approve = approve
keys-edit = edit & approve; on a comment’s page: into the box
keys-reject = reject, then the number of the reason
keys-spam = spam
keys-restore = add the marks (a comment’s page)
keys-undo = undo
keys-reopen = reopen
keys-search = search
keys-lanes = to a list: pending, approved, rejected, spam, expired, just decided
keys-leave = out of the field
keys-help = this table
keys-close = Close
