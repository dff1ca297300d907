-- A decision changes where a comment stands and none of its words. A new version of a row is put
-- into every index of its table, so that the words of search stand in a table of their own: beside
-- the comment, each decision would put all of them into the index again.

drop index comment_search;

-- Words are cut here, not by the parser, which would keep addresses whole.
create function words_of(folded text) returns tsvector language sql immutable as $$
    select to_tsvector('simple', regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g'))
$$;

create table comment_search (
    comment_id bigint   primary key references comment (id) on delete cascade,
    words      tsvector not null
);

insert into comment_search select id, search from comment;

-- Without a list of what came in last, which every search would have to read through.
create index comment_search_by_words on comment_search using gin (words) with (fastupdate = off);

-- The planner chooses by how common a word is: it walks the list where a page fills quickly, and
-- asks the index where it would not.
alter table comment_search alter column words set statistics 2000;

alter table comment drop column search;

analyze comment_search;

create function comes_into_search() returns trigger language plpgsql as $$
begin
    insert into comment_search select id, words_of(folded) from changed;
    return null;
end
$$;

create trigger comment_search_insert after insert on comment
referencing new table as changed
for each statement execute function comes_into_search();

create function changes_in_search() returns trigger language plpgsql as $$
begin
    update comment_search set words = words_of(new.folded) where comment_id = new.id;
    return null;
end
$$;

create trigger comment_search_update after update of folded on comment
for each row when (new.folded is distinct from old.folded)
execute function changes_in_search();

-- Claims of many comments that are decided together end together.
drop trigger claim_ends on comment;
drop function end_claim();

create function end_claims() returns trigger language plpgsql as $$
begin
    delete from claim using after_change, before_change
    where claim.comment_id = after_change.id and before_change.id = after_change.id
    and before_change.version <> after_change.version;
    return null;
end
$$;

create trigger claims_end after update on comment
referencing old table as before_change new table as after_change
for each statement execute function end_claims();
