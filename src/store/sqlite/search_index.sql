-- By comment, and what leaves before what enters: the index writes out what it has gathered whenever
-- it hears of a lower number.
insert into comment_search (comment_search, rowid, folded, facets)
select 'delete' as command, comment_id as comment, coalesce(folded, ''), place || coalesce(others, '')
from search_due
union all
select null, due.comment_id, iif(due.folded is null, '', c.folded), iif(due.folded is null, c.place, c.facets)
from search_due due cross join comment c on c.id = due.comment_id
union all
select null, id, folded, facets from comment
where id > (select coalesce(max(id), 0) from comment_search_docsize)
order by comment, command desc
