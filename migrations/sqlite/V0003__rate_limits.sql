-- What several instances count together; here there is one, which counts in memory.
select 1;
