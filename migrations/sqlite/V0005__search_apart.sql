-- Where PostgreSQL keeps the words of search; here they stand apart already.
select 1;
