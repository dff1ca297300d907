### Có Dấu, English: the desk's frame and lists.
### No markup in values.

## Desk: frame
desk-title = Desk
desk-lanes = Lanes
lane-pending = Waiting
lane-approved = Approved
lane-rejected = Rejected
lane-spam = Spam
lane-returned = With the reader
lane-withdrawn = Withdrawn
lane-expired = Expired

## Desk: filters
filter-title = Filter comments
filter-class = Class
filter-class-all = All
filter-order = Order
filter-order-queue = As the queue goes
filter-order-newest = Newest first
filter-search = Search without diacritics
filter-button = Filter
filter-clear = Clear filters
filter-thread = Article: { $title }
filter-thread-remove = Stop filtering by the article { $title }
page-nav = Pages
page-next = Next
page-first = Back to the start

## The desk: lanes of the queue, saved filters
view-nav = Lanes of the queue
view-all = All
view-unmarked = Missing marks
view-spam = Suspected spam
view-rule = Held by a rule
view-staff = Replies to the newsroom
view-old = Older than { $hours } h
view-expiring = Expiring soon
saved-title = Saved filters
saved-name = Name of the filter
saved-shared = For the whole newsroom
saved-save = Save this filter
saved-everyones = shared
saved-remove = Remove
saved-remove-named = Remove the filter { $name }

## Desk: comment card
card-label = Comment by { $name }
card-replying-to = replying to { $name }
card-meant = probably { $words }
author-first = first comment
author-others = { $approved } approved, { $rejected } rejected
author-by-email = by name and e-mail address
author-by-address = by name and network address, while kept
card-thread-waiting = { $count } waiting
card-thread-narrow = { $count ->
    [one] Show only this article: { $title }, { $count } comment waiting
   *[other] Show only this article: { $title }, { $count } comments waiting
}
card-reason = Reason: { $reason }
card-open = Details

## Desk: empty
queue-empty-title = All done. Thank you!
queue-empty-body = No comments are waiting. Every reader has been answered.
queue-empty-lane = There are no comments in this lane yet.
queue-empty-filter = No comments match the filters.

## Undoing
recent-title = Just decided
recent-empty = You have not decided on any comment yet.
desk-undo = Undo
decision-undo = Undo
conflict-undo = { $name } undid the last decision on this comment at { $time }.

## What is said after a decision, without another page
said-approve = Approved the comment by { $name }.
said-edit = Edited and approved the comment by { $name }.
said-reject = Rejected the comment by { $name }.
said-spam = Marked the comment by { $name } as spam.
said-reopen = Reopened the comment by { $name }.
said-return = Sent the comment back to { $name } to change.
said-undone = Undid the decision on the comment by { $name }.
said-failed = The decision was not recorded: the server cannot be reached. Please try again.

## Many comments decided together
bulk-title = Decide on many comments
bulk-pick = Select the comment by { $name }
bulk-how = Tick comments and decide once.
bulk-picked = { $count } selected
bulk-all = All comments that fit the filter
bulk-all-counted = All { $count } comments in this list
bulk-unpick = Unselect
bulk-reject-confirm = Reject the selected comments
bulk-nothing-selected = You have not selected any comment.
bulk-note-too-long = The note is longer than { $max } characters.
bulk-not-begun = No comment was decided. Please go back to the list; what you ticked is still there with your browser's back button.
bulk-number = Bulk no. { $id }
bulk-approve = Approve { $count } comments
bulk-reject = Reject { $count } comments
bulk-spam = Mark { $count } comments as spam
bulk-reopen = Reopen { $count } comments
bulk-undo-many = Undo { $count } decisions
bulk-done = { $count } comments decided.
bulk-under-way = Under way: { $count } of { $total }.
bulk-skipped = { $count } passed over, because somebody else has just decided on them.
bulk-undo = Undo all of it
bulk-undone = Undone

## Other desks
claim-by = { $name } is looking at it
live-new = { $count } new comments
live-changed = Things have changed at other desks; press to see the list as it is now
live-ended = Your session has ended. Please reload the page to log in.

## Shortcuts
keys-title = Shortcuts
keys-move = next comment, previous comment
keys-approve = approve
keys-edit = edit & approve; on a comment’s page: into the box
keys-reject = reject, then the number of the reason
keys-return = ask the reader for changes, then the number of the reason
keys-spam = spam
keys-restore = add the marks; 1…4 choose another word where not sure
keys-hide = hide personal data
keys-undo = undo
keys-reopen = reopen
keys-select = select, select up to here; while some are selected, a d s o decide on all of them
keys-search = search
keys-lanes = to a list: pending, approved, rejected, spam, sent back, withdrawn, expired, recent
keys-views = to a lane of the queue: missing marks, suspected spam, held by a rule, replies to the newsroom, old, expiring soon
keys-on = Use keys on this computer
keys-leave = out of the field
keys-help = this table
keys-close = Close
