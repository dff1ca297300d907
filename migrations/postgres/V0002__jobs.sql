-- The latest run of each job that goes by the clock: of several instances one does it, and another
-- takes it over if that one dies.
create table job_run (
    job         text   primary key,
    slot        bigint not null,               -- the time of the schedule that it is for
    holder      bigint not null,               -- who does it, a number of its own
    until       bigint not null,               -- it is theirs until then, unless they go on
    finished_at bigint
);
