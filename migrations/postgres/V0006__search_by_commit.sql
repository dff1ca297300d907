-- Where SQLite's search index takes in the comments of a commit together.
select 1;
