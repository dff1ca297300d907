-- How often something was done lately, over all instances. Not on disk for certain: should the
-- server crash, everybody begins anew.
create unlogged table rate_limit (
    key     bytea  primary key,                -- a hash of what is limited and whose it is
    full_at bigint not null                    -- when all of it may be used again, in microseconds
) with (fillfactor = 50);

-- Counts uses in their order: of each request its number, the key and how often a minute. Whoever
-- has used all of a limit gets it back bit by bit within a minute. Once a request is refused,
-- nothing more of it is counted.
create function use_rate_limits(requests int[], keys bytea[], per_minute int[])
returns table (request int, admitted boolean, leftover bigint, wait bigint)
language plpgsql as $$
declare
    minute  constant bigint := 60000000;
    now     constant bigint := extract(epoch from clock_timestamp()) * 1000000;
    refused int := null;
    each    bigint;
    full_   bigint;
begin
    -- One after the other, whichever instance they are of: in any other order two might wait for
    -- each other.
    perform pg_advisory_xact_lock(x'636f646175'::bigint * 256 + 3);
    for n in 1 .. coalesce(array_length(keys, 1), 0) loop
        continue when requests[n] = refused;
        each := minute / per_minute[n];
        insert into rate_limit as kept values (keys[n], now + each)
        on conflict (key) do update set full_at = greatest(kept.full_at, now) + each
        where greatest(kept.full_at, now) + each <= now + minute
        returning kept.full_at into full_;
        if found then
            return query select requests[n], true, (now + minute - full_) / each, 0::bigint;
        else
            refused := requests[n];
            select kept.full_at into full_ from rate_limit kept where key = keys[n];
            return query select requests[n], false, 0::bigint, full_ + each - minute - now;
        end if;
    end loop;
end
$$;
