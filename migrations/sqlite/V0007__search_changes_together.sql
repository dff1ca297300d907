-- Decisions wrote out the search index one by one, as comments did before. What changes of comments
-- that are in it is noted here, to be told to it together (see src/store/sqlite/search_index.rs).
create table search_due (
    comment_id integer primary key,
    place      text not null,   -- the words of the index that the comment leaves it by, with
    folded     text,            -- its text, and
    others     text             -- what else is said of it, where these change too
) strict;

drop trigger comment_search_move;
drop trigger comment_search_update;
drop trigger comment_search_delete;

create trigger comment_search_move after update of status, class, hold, lane on comment
when new.place is not old.place and old.id <= (select max(id) from comment_search_docsize)
begin
    insert into search_due (comment_id, place) values (old.id, old.place) on conflict do nothing;
end;

create trigger comment_search_update after update of folded on comment
when new.folded is not old.folded and old.id <= (select max(id) from comment_search_docsize)
begin
    insert into search_due (comment_id, place, folded, others)
    values (old.id, old.place, old.folded, substr(old.facets, length(old.place) + 1))
    on conflict (comment_id) do update set folded = excluded.folded, others = excluded.others
    where search_due.folded is null;
end;

create trigger comment_search_delete after delete on comment
when old.id <= (select max(id) from comment_search_docsize)
begin
    insert into search_due (comment_id, place, folded, others)
    values (old.id, old.place, old.folded, substr(old.facets, length(old.place) + 1))
    on conflict (comment_id) do update set folded = excluded.folded, others = excluded.others
    where search_due.folded is null;
end;
