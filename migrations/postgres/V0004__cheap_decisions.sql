-- How SQLite's search index takes a decision in; here an index of its own finds each.
select 1;
