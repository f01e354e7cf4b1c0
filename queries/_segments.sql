-- Who falls where: the groups of breakdowns, as macros of what is known of somebody.

-- Into which segment of a breakdown does somebody fall? `days` is how long the spell had lasted.
create macro segment_of(breakdown, plan, interval, source, spell_number, started_on, days) as cast(case breakdown
    when 'plan' then cast(plan as varchar)
    when 'interval' then cast(interval as varchar)
    when 'source' then cast(source as varchar)
    when 'tenure' then tenure_band(days)
    when 'year' then cast(year(started_on) as varchar)
    when 'spell' then case when spell_number = 1 then 'first' else 'later' end
    else '(all)'
end as varchar);

-- Into which group of a breakdown does a leaving fall? `days` is how long the spell had lasted.
create macro leaver_group(breakdown, plan, days, source, cause, spell_number, mrr) as cast(case breakdown
    when 'plan' then cast(plan as varchar)
    when 'tenure' then case when days is null then '(none)' else tenure_band(days) end
    when 'source' then cast(source as varchar)
    when 'cause' then cast(cause as varchar)
    when 'spell' then case when spell_number = 1 then 'first' when spell_number > 1 then 'later' else '(none)' end
    when 'price_band' then price_band(mrr)
    else '(all)'
end as varchar);

-- Into which segment of a breakdown does a request fall? Weekdays count from Monday, 1, to Sunday, 7.
create macro request_segment(breakdown, grain, channel, requested_on, plan) as cast(case breakdown
    when 'channel' then channel
    when 'weekday' then cast(1 + (requested_on - date '1900-01-01') % 7 as varchar)
    when 'month' then cast(period_of(requested_on, grain) as varchar)
    when 'plan' then plan
    else '(all)'
end as varchar);
