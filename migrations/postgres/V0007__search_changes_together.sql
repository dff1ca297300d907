-- Where SQLite's search index is told of the changes together.
select 1;
