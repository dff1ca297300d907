-- What a comment is not in when it comes costs nothing then.
drop index comment_waiting_since;   -- comment_pending_since and comment_by_decided_at say it too
drop index comment_with_receipt;
create index comment_with_receipt on comment (decided_at)
    where receipt is not null and decided_at is not null;
