### Có Dấu, English: decisions.
### No markup in values.

## Decisions
desk-approve = Approve
desk-approve-as-sent = Approve as sent
desk-edit = Edit & approve
desk-edit-save = Approve edited text
desk-reject = Reject
desk-spam = Spam
desk-reopen = Reopen
desk-unpublish = Unpublish
desk-reopen-hint = Moves it back to waiting. If it is published, it is taken off the article.
desk-decide = Decide
desk-reject-reason = Reason
desk-reject-reason-choose = Choose a reason
desk-reject-note = Internal note
desk-reject-note-hint = The reader sees the reason, not the note.
desk-reject-confirm = Reject comment
desk-return = Ask for changes
desk-return-hint = The reader sees the reason and the message, and edits the comment on its receipt page.
desk-return-reason-none = None, a message only
desk-return-message = Message to the reader
desk-return-confirm = Send back to the reader
decision-approve = Approved as sent
decision-edit = Edited and approved
decision-reject = Rejected
decision-spam = Marked as spam
decision-reopen = Reopened
decision-return = Sent back to the reader
decision-resubmit = Sent another text
decision-withdraw = Withdrew it
decision-expire = Expired
decision-submit = Submitted
decided = Your decision on the comment by { $name } is recorded.
decided-view = View
status-pending = waiting
status-approved = approved
status-rejected = rejected
status-spam = spam
status-returned = with the reader
status-withdrawn = withdrawn
status-expired = expired

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
comment-hide = Hide personal data
comment-doubts = Not sure of these:
comment-edits = Edited for
comment-close = Stop editing
comment-revisions = Earlier texts of the reader’s
edit-spelling = spelling
edit-marks = diacritics
edit-cut = cut
edit-personal-data = personal data hidden
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
history-message = To the reader: { $message }
history-note = Note: { $note }
conflict-approve = { $name } approved this comment at { $time }.
conflict-edit = { $name } edited and approved this comment at { $time }.
conflict-reject = { $name } rejected this comment at { $time }.
conflict-spam = { $name } marked this comment as spam at { $time }.
conflict-expire = This comment expired at { $time }.
conflict-reopen = { $name } reopened this comment at { $time }.
conflict-return = { $name } sent this comment back to its reader at { $time }.
conflict-resubmit = The reader sent another text for this comment at { $time }.
conflict-withdraw = The reader withdrew this comment at { $time }.
conflict-kept = Your decision was not recorded. What you typed is still in the edit box.

## Decisions that were not recorded
decision-nothing = The comment is like that already: there is nothing to change.
decision-readers = That is for the reader to say: the comment was withdrawn, or its reader has just changed it.
decision-message-missing = Please choose a reason or tell the reader what to change.
decision-message-too-long = The words to the reader are longer than { $max } characters.
decision-body-missing = The text to publish is empty.
decision-body-too-long = The text to publish is longer than { $max } characters.
decision-reason-missing = Please choose a reason for the rejection.
decision-note-missing = With “another reason”, please say which in the note.
decision-note-too-long = The note is longer than { $max } characters.

## Taking comments on an article
thread-title = This article
thread-open = It takes comments.
thread-closed = It takes no more comments.
thread-close-button = Close comments
thread-open-button = Open comments

## The newsroom replies
answer-title = Reply to the reader
answer-body = Your reply
answer-hint = Published at once under this comment, marked as the newsroom's.
answer-name = Signed
answer-name-hint = Readers see this name; it need not be the one you log in with.
answer-send = Publish the reply
answer-done = The reply is published.
