-- The search index writes all that it has gathered to the disk whenever a statement begins that may
-- fail half way, and keeping a comment is one: each comment was a piece of the index by itself, to be
-- merged with others later. So new comments enter it together, just before they are committed (see
-- index_new in src/store/sqlite/matching.rs). They are those above the highest that is in it: numbers
-- only grow. Until then what happens to them does not concern the index.

drop trigger comment_search_insert;
drop trigger comment_search_move;
drop trigger comment_search_update;
drop trigger comment_search_delete;

create trigger comment_search_move after update of status, class, hold, lane on comment
when new.folded is old.folded and new.place is not old.place
    and old.id <= (select max(id) from comment_search_docsize)
begin
    insert into comment_search (comment_search, rowid, folded, facets)
    values ('delete', old.id, '', old.place);
    insert into comment_search (rowid, folded, facets) values (new.id, '', new.place);
end;

create trigger comment_search_update after update of folded on comment
when new.folded is not old.folded and old.id <= (select max(id) from comment_search_docsize)
begin
    insert into comment_search (comment_search, rowid, folded, facets)
    values ('delete', old.id, old.folded, old.facets);
    insert into comment_search (rowid, folded, facets) values (new.id, new.folded, new.facets);
end;

create trigger comment_search_delete after delete on comment
when old.id <= (select max(id) from comment_search_docsize)
begin
    insert into comment_search (comment_search, rowid, folded, facets)
    values ('delete', old.id, old.folded, old.facets);
end;
