-- Threads, comments, decisions and the people at the desk. Times are UTC milliseconds.

create table thread (
    id              integer primary key autoincrement,
    site            text    not null,
    object          text    not null,          -- the article's number in the newspaper's CMS
    url             text    not null,
    title           text    not null,
    open            integer not null default 1 check (open in (0, 1)),
    published_count integer not null default 0,
    pending_count   integer not null default 0,
    revision        integer not null default 0, -- grows when something visible changes
    published_at    integer,                    -- when the last of its published comments was
    unique (site, object)
) strict;

create index thread_by_publication on thread (site, published_at) where published_at is not null;

-- Why comments are not published: the newsroom's own list. Decisions name the key, so that rows
-- are set aside (active = 0) and never removed.
create table reason (
    key      text    primary key,
    label    text    not null,                 -- what the desk calls it
    sentence text    not null,                 -- what the reader's receipt says
    position integer not null,                 -- in the list; the first nine have a digit
    active   integer not null default 1 check (active in (0, 1))
) strict;

insert into reason (position, key, label, sentence) values
    (1, 'insult', 'Xúc phạm cá nhân', 'Ý kiến có lời lẽ xúc phạm cá nhân.'),
    (2, 'language', 'Ngôn từ không phù hợp', 'Ý kiến có từ ngữ không phù hợp để đăng báo.'),
    (3, 'advert', 'Quảng cáo', 'Ý kiến có nội dung quảng cáo.'),
    (4, 'off-topic', 'Lạc đề', 'Ý kiến không bàn về nội dung bài báo.'),
    (5, 'unverified', 'Thông tin chưa kiểm chứng',
        'Ý kiến nêu thông tin mà tòa soạn chưa kiểm chứng được.'),
    (6, 'personal-data', 'Lộ thông tin cá nhân',
        'Ý kiến để lộ thông tin cá nhân, như số điện thoại hoặc địa chỉ nhà.'),
    (7, 'unmarked', 'Không dấu, khó đọc',
        'Ý kiến viết không dấu nên khó đọc. Bạn có thể gõ lại có dấu và gửi lại.'),
    (8, 'duplicate', 'Trùng ý kiến đã gửi', 'Ý kiến trùng với một ý kiến bạn đã gửi.'),
    (9, 'other', 'Lý do khác', 'Ý kiến chưa phù hợp để đăng.');

create table comment (
    id             integer primary key autoincrement,  -- never given twice
    thread_id      integer not null references thread (id),
    parent_id      integer references comment (id) on delete set null,
    name           text    not null,
    email          text,
    consent        integer not null check (consent in (0, 1)),
    body           text    not null,           -- the reader's own latest
    published_body text,                       -- the text published last
    folded         text    not null,           -- text, name and title without marks, for search
    status         text    not null default 'pending'
                   check (status in ('pending', 'approved', 'rejected', 'spam', 'returned',
                                     'withdrawn', 'expired')),
    lane           integer not null,           -- where in the queue it waits: -1 first, 1 last
    class          text    not null,
    missing_share  real    not null,
    confidence     real    not null,
    spans          text    not null,           -- JSON: [[start byte, end byte, suggestion], ...]
    flags          text    not null,           -- names, separated by spaces
    hold           integer not null default 0 check (hold in (0, 1, 2)), -- 1 by a rule, 2 as suspected spam
    matches        text    not null default '[]', -- JSON: what rules object to, with their names
    likeness       integer,                    -- alike for texts alike but for marks, case and signs
    staff_id       integer references moderator (id), -- who of the newsroom wrote it
    to_staff       integer not null default 0 check (to_staff in (0, 1)), -- replies to one of those, or beside one
    version        integer not null default 1, -- grows with each decision
    submission_key text    not null unique,
    receipt        blob    unique,             -- hash of the receipt link's token
    submitted_at   integer not null,
    decided_at     integer,
    reason         text references reason (key), -- of the last decision: why it is not published
    message        text    not null default '', -- and what the reader is asked to change
    -- Since when it waits; a reopened comment waits from then on.
    waits_since    integer generated always as (coalesce(decided_at, submitted_at)) virtual,
    -- What lists are narrowed by, as words of the search index.
    facets         text    generated always as (
        's' || status || ' c' || replace(class, '_', '') || ' t' || thread_id || ' h' || hold
        || ' l' || (lane + 1) || case to_staff when 1 then ' staff' else '' end
    ) virtual
) strict;

-- The reader's earlier texts: what was sent is never lost.
create table revision (
    comment_id integer not null references comment (id) on delete cascade,
    version    integer not null,               -- the comment's, up to which this was its text
    body       text    not null,
    at         integer not null,               -- when another text came
    primary key (comment_id, version)
) strict, without rowid;

-- One for each way the desk and the cleanup walk: no page ever costs more than its own rows.
create index comment_by_status on comment (status, id);
create index comment_by_class on comment (status, class, id);
create index comment_by_thread on comment (thread_id, status, id);
create index comment_pending on comment (lane, id) where status = 'pending';
create index comment_pending_by_class on comment (class, lane, id) where status = 'pending';
create index comment_pending_by_thread on comment (thread_id, lane, id) where status = 'pending';
create index comment_pending_unmarked on comment (lane, id)
    where status = 'pending' and class in ('unmarked', 'partly_marked');
create index comment_pending_by_hold on comment (hold, lane, id)
    where status = 'pending' and hold > 0;
create index comment_pending_to_staff on comment (lane, id)
    where status = 'pending' and to_staff = 1;
create index comment_by_likeness on comment (likeness, submitted_at) where likeness is not null;
create index comment_published_last on comment (thread_id, decided_at) where status = 'approved';
create index comment_by_staff on comment (staff_id) where staff_id is not null;
create index comment_by_author on comment (email, name) where email is not null;
create index comment_by_parent on comment (parent_id) where parent_id is not null;
create index comment_by_decided_at on comment (status, decided_at) where decided_at is not null;
create index comment_waiting_since on comment (waits_since)
    where status in ('pending', 'returned');
create index comment_pending_since on comment (waits_since, id) where status = 'pending';
create index comment_with_receipt on comment (decided_at) where receipt is not null;

-- The reader may send another text; the one it replaces stands among the revisions by then.
create trigger comment_body_stays before update of body on comment
when new.body is not old.body
 and not exists (select 1 from revision
                 where comment_id = old.id and version = old.version and body = old.body)
begin
    select raise(abort, 'the reader''s text is never lost');
end;

create trigger revision_stays before delete on revision
when exists (select 1 from comment where id = old.comment_id)
begin
    select raise(abort, 'the reader''s text is never lost');
end;

create trigger revision_is_not_edited before update on revision
begin
    select raise(abort, 'the reader''s text is never lost');
end;

create trigger revision_is_not_replaced before insert on revision
when exists (select 1 from revision where comment_id = new.comment_id and version = new.version)
begin
    select raise(abort, 'the reader''s text is never lost');
end;

-- `insert or replace` removes rows without asking the triggers of removal.
create trigger comment_is_not_replaced before insert on comment
when exists (select 1 from comment where id = new.id or submission_key = new.submission_key)
begin
    select raise(abort, 'the reader''s text is never lost');
end;

-- Search without marks, and lists that are narrowed in more than one way: the folded text and the
-- facets are intersected in the index, whatever the number of comments. Prefixes are for `words*`.
-- What leaves the index is told to it word for word: `contentless_delete` would do without the
-- words, but it looks through all that left, and after ten thousand decisions each takes a
-- millisecond and more.
create virtual table comment_search using fts5 (
    folded, facets, content = '', prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 0'
);

create trigger comment_search_insert after insert on comment
begin
    insert into comment_search (rowid, folded, facets) values (new.id, new.folded, new.facets);
end;

create trigger comment_search_update after update of folded, status, class, hold, lane on comment
when new.folded is not old.folded or new.facets is not old.facets
begin
    insert into comment_search (comment_search, rowid, folded, facets)
    values ('delete', old.id, old.folded, old.facets);
    insert into comment_search (rowid, folded, facets) values (new.id, new.folded, new.facets);
end;

create trigger comment_search_delete after delete on comment
begin
    insert into comment_search (comment_search, rowid, folded, facets)
    values ('delete', old.id, old.folded, old.facets);
end;

-- How many comments stand where, kept and not counted.
create table tally (
    status   text    not null,
    class    text    not null,
    hold     integer not null,
    to_staff integer not null,
    count    integer not null,
    primary key (status, class, hold, to_staff)
) strict, without rowid;

create trigger tally_insert after insert on comment
begin
    insert into tally values (new.status, new.class, new.hold, new.to_staff, 1)
    on conflict (status, class, hold, to_staff) do update set count = count + 1;
    update thread set pending_count = pending_count + (new.status = 'pending'),
                      published_count = published_count + (new.status = 'approved')
    where id = new.thread_id;
end;

create trigger tally_update after update of status, class, hold on comment
when new.status is not old.status or new.class is not old.class or new.hold is not old.hold
begin
    update tally set count = count - 1
    where status = old.status and class = old.class and hold = old.hold and to_staff = old.to_staff;
    insert into tally values (new.status, new.class, new.hold, new.to_staff, 1)
    on conflict (status, class, hold, to_staff) do update set count = count + 1;
    update thread
    set pending_count = pending_count + (new.status = 'pending') - (old.status = 'pending'),
        published_count = published_count + (new.status = 'approved') - (old.status = 'approved')
    where id = new.thread_id;
end;

create trigger tally_delete after delete on comment
begin
    update tally set count = count - 1
    where status = old.status and class = old.class and hold = old.hold and to_staff = old.to_staff;
    update thread set pending_count = pending_count - (old.status = 'pending'),
                      published_count = published_count - (old.status = 'approved')
    where id = old.thread_id;
end;

-- Where a comment came from; kept apart, for a shorter time.
create table origin_trace (
    comment_id   integer primary key references comment (id) on delete cascade,
    address      text    not null,
    user_agent   text    not null,
    submitted_at integer not null
) strict;

create index origin_trace_by_time on origin_trace (submitted_at);
create index origin_trace_by_address on origin_trace (address);

create table moderator (
    id            integer primary key autoincrement,
    name          text    not null unique collate nocase,
    role          text    not null check (role in ('moderator', 'admin')),
    enabled       integer not null default 1 check (enabled in (0, 1)),
    password_hash text    not null,
    created_at    integer not null
) strict;

-- Decisions are appended. They outlive the comment, without its texts: only the texts may be
-- forgotten, and the chain of hashes holds all the same.
create table decision (
    id               integer primary key autoincrement,
    comment_id       integer not null,
    version          integer not null,          -- the comment's version it was made on
    moderator_id     integer references moderator (id),
    action           text    not null,
    status           text    not null,          -- that it led to
    reason           text references reason (key),
    edits            text    not null,          -- what an edit was for: names, separated by spaces
    message          text,                      -- what the reader is asked to change
    note             text,
    body_before      text,
    body_after       text,
    message_hash     blob    not null,
    note_hash        blob    not null,
    sent_hash        blob    not null,          -- of the reader's own text from then on
    body_before_hash blob    not null,
    body_after_hash  blob    not null,
    at               integer not null,
    hash             blob    not null,          -- over this decision and the hash before it
    unique (comment_id, version)
) strict;

create index decision_by_moderator on decision (moderator_id, id);

create trigger decision_stays before delete on decision
begin
    select raise(abort, 'decisions are appended, never removed');
end;

create trigger decision_is_not_edited before update on decision
when new.id is not old.id or new.comment_id is not old.comment_id
  or new.version is not old.version or new.moderator_id is not old.moderator_id
  or new.action is not old.action or new.status is not old.status or new.reason is not old.reason
  or new.edits is not old.edits
  or new.message_hash is not old.message_hash or new.note_hash is not old.note_hash
  or new.sent_hash is not old.sent_hash or new.body_before_hash is not old.body_before_hash
  or new.body_after_hash is not old.body_after_hash
  or new.at is not old.at or new.hash is not old.hash
  or (new.message is not old.message and new.message is not null)
  or (new.note is not old.note and new.note is not null)
  or (new.body_before is not old.body_before and new.body_before is not null)
  or (new.body_after is not old.body_after and new.body_after is not null)
begin
    select raise(abort, 'decisions are appended, never edited');
end;

create trigger decision_is_not_replaced before insert on decision
when exists (select 1 from decision where id = new.id
             or (comment_id = new.comment_id and version = new.version))
begin
    select raise(abort, 'decisions are appended, never edited');
end;

-- Many comments decided together. Which ones is settled when it begins; each is decided by a
-- decision of its own, on the version that stands here.
create table bulk (
    id           integer primary key autoincrement,
    moderator_id integer not null references moderator (id),
    action       text    not null,
    reason       text,
    note         text    not null,
    undoes       integer unique references bulk (id),
    total        integer not null default 0,
    done         integer not null default 0,
    skipped      integer not null default 0,    -- decided by somebody else in between
    started_at   integer not null,
    worked_at    integer not null,              -- a bulk that nobody works at is taken over
    finished_at  integer
) strict;

create index bulk_by_moderator on bulk (moderator_id, id);
create index bulk_unfinished on bulk (id) where finished_at is null;

create table bulk_item (
    bulk_id    integer not null references bulk (id),
    comment_id integer not null,
    version    integer not null,
    state      text    not null check (state in ('waiting', 'done', 'skipped')),
    primary key (bulk_id, comment_id)
) strict, without rowid;

create index bulk_item_waiting on bulk_item (bulk_id, comment_id) where state = 'waiting';
create index bulk_item_by_comment on bulk_item (comment_id, version);

-- Who is looking at which comment; it ends with a decision, or by itself.
create table claim (
    comment_id   integer primary key references comment (id) on delete cascade,
    moderator_id integer not null references moderator (id),
    until        integer not null
) strict;

create index claim_by_end on claim (until);

create trigger claim_ends after update of version on comment
begin
    delete from claim where comment_id = new.id;
end;

create table session (
    id           blob    primary key,           -- hash of the cookie's value
    moderator_id integer not null references moderator (id),
    opened_at    integer not null,
    seen_at      integer not null
) strict, without rowid;

create index session_by_moderator on session (moderator_id);
create index session_by_use on session (seen_at);

-- Programs that act for a moderator, by the hashes of their tokens.
create table api_token (
    hash         blob    primary key,
    moderator_id integer not null references moderator (id),
    label        text    not null,              -- what it is for
    made_at      integer not null,
    used_at      integer,
    unique (moderator_id, label)
) strict, without rowid;

-- Filters of the queue that somebody gave a name; without a moderator they are everyone's.
create table saved_view (
    id           integer primary key autoincrement,
    moderator_id integer references moderator (id),
    name         text    not null,
    query        text    not null,              -- as it stands in the queue's address
    created_at   integer not null
) strict;

create unique index saved_view_by_name on saved_view (coalesce(moderator_id, 0), name);

-- The newsroom's rules about what is sent. A comment keeps what was found in it, with the rule's
-- name, so that a rule may be removed.
create table rule (
    id         integer primary key autoincrement,  -- never given twice
    name       text    not null,
    kind       text    not null check (kind in ('words', 'links', 'name', 'email', 'address')),
    effect     text    not null check (effect in ('hold', 'spam')),
    entries    text    not null,               -- a line each
    active     integer not null check (active in (0, 1)),
    changed_at integer not null
) strict;

-- Grows with each change of the rules: every instance sees by it that its own are old.
create table rule_set (
    id       integer primary key check (id = 1),
    revision integer not null
) strict;

insert into rule_set values (1, 0);

-- Secrets that the first start made, e.g. the one receipt links are derived with.
create table secret (
    name  text primary key,
    value blob not null
) strict, without rowid;
