-- A list of three values and more is made into a table of its own each time it is checked, with
-- every comment and every decision; values compared one by one are not. A constraint is changed
-- where it is written, as SQLite's documentation of `alter table` has it.
pragma writable_schema = on;
update sqlite_schema
set sql = replace(replace(sql,
    'check (hold in (0, 1, 2))', 'check (hold between 0 and 2)'),
    'check (status in (''pending'', ''approved'', ''rejected'', ''spam'', ''returned'',
                                     ''withdrawn'', ''expired''))',
    'check (status = ''pending'' or status = ''approved'' or status = ''rejected''
                          or status = ''spam'' or status = ''returned'' or status = ''withdrawn''
                          or status = ''expired'')')
where type = 'table' and name = 'comment';
pragma writable_schema = reset;

-- A decision changes where a comment stands and none of its words. The search index keeps a list
-- for each word, so only the words of the place have to leave it and come in again: the text's
-- own, and their prefixes, stay as they are. For this no text may have a word of the facets in it
-- (the words would leave with the place): they are characters of the private use area, which
-- folding drops, and of one character each, which has no prefix to be kept.

drop trigger comment_search_insert;
drop trigger comment_search_update;
drop trigger comment_search_delete;
drop table comment_search;
alter table comment drop column facets;

-- What decisions change: status, class, hold and lane.
alter table comment add column place text generated always as (
    char(57344 + case status when 'pending' then 0 when 'approved' then 1 when 'rejected' then 2
                             when 'spam' then 3 when 'returned' then 4 when 'withdrawn' then 5
                             when 'expired' then 6 end,
         32, 57360 + case class when 'marked' then 0 when 'unmarked' then 1
                                when 'partly_marked' then 2 when 'foreign' then 3
                                when 'undetermined' then 4 end,
         32, 57376 + hold,
         32, 57392 + lane + 1)
) virtual;

-- And what stays: the article, and whether it replies to the newsroom.
alter table comment add column facets text generated always as (
    place || ' ' || char(57408) || thread_id || case to_staff when 1 then ' ' || char(57424) else '' end
) virtual;

create virtual table comment_search using fts5 (
    folded, facets, content = '', prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 0'
);

create trigger comment_search_insert after insert on comment
begin
    insert into comment_search (rowid, folded, facets) values (new.id, new.folded, new.facets);
end;

create trigger comment_search_move after update of status, class, hold, lane on comment
when new.folded is old.folded and new.place is not old.place
begin
    insert into comment_search (comment_search, rowid, folded, facets)
    values ('delete', old.id, '', old.place);
    insert into comment_search (rowid, folded, facets) values (new.id, '', new.place);
end;

create trigger comment_search_update after update of folded on comment
when new.folded is not old.folded
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

insert into comment_search (rowid, folded, facets) select id, folded, facets from comment;
