-- A receipt's token is made from its submission's key, so that its hash finds the submission too: of
-- two indexes of random values, which each comment writes to at another place, one is left. The key's
-- index belongs to the table's own words; in the schema it becomes one that can be dropped.
drop trigger comment_is_not_replaced;
pragma writable_schema = on;
update sqlite_schema
set sql = replace(sql, 'submission_key text    not null unique', 'submission_key text    not null')
where type = 'table' and name = 'comment';
update sqlite_schema
set name = 'comment_by_submission_key',
    sql = 'create unique index comment_by_submission_key on comment (submission_key)'
where name = 'sqlite_autoindex_comment_1';
update sqlite_schema set name = 'sqlite_autoindex_comment_1'
where name = 'sqlite_autoindex_comment_2';
pragma writable_schema = reset;
drop index comment_by_submission_key;
alter table comment drop column submission_key;

-- `insert or replace` removes rows without asking the triggers of removal.
create trigger comment_is_not_replaced before insert on comment
when exists (select 1 from comment where id = new.id or receipt = new.receipt)
begin
    select raise(abort, 'the reader''s text is never lost');
end;
