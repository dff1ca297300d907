insert into comment_search (rowid, folded, facets)
select id, folded, facets from comment
where id > (select coalesce(max(id), 0) from comment_search_docsize)
