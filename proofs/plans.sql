-- The invented world of the proof of plans, written straight into the tables: `size` says how much of it. Every plan
-- runs today, because a plan that has ended costs nothing. Progress is told twice a month, by the lead and a supporter.
CREATE TEMP TABLE days AS
SELECT current_date AS today, date_trunc('month', current_date)::date AS month, greatest(updates / actions / 2, 1) AS months
FROM size;

CREATE TEMP TABLE houses AS
SELECT id, (row_number() OVER (ORDER BY "order", code))::int - 1 AS number,
    (SELECT user_id FROM partners_membership m WHERE m.organisation_id = o.id ORDER BY user_id LIMIT 1) AS person
FROM partners_organisation o WHERE is_one_of_eleven AND retired_on IS NULL;

INSERT INTO actionplans_updatecycle (month, opens_on, due_on, closes_on)
SELECT first, first, first + 14, first + 24
FROM days, generate_series(0, months) ago, LATERAL (SELECT (month - ago * interval '1 month')::date AS first) AS m
ON CONFLICT (month) DO NOTHING;

INSERT INTO actionplans_actionplan (code, title, appendix, period_start, period_end, is_illustrative, is_published, notice,
    about, source, "order", is_draft, publishes_progress, publishes_figures, public_words)
SELECT 'proof-' || n, 'Invented plan ' || n, '', today - 1200, today + 800, true, true, '', 'What it is about.', '',
    100 + n, false, true, true, ''
FROM size, days, generate_series(1, plans) n;

INSERT INTO actionplans_priority (plan_id, code, name, "order")
SELECT id, 'p' || n, 'Priority ' || n, n FROM actionplans_actionplan, generate_series(1, 4) n WHERE code LIKE 'proof-%';

CREATE TEMP TABLE numbered AS
SELECT n, plan.id AS plan_id, (n - 1) / plans AS place, month - (months - 1) * interval '1 month' + (n % 28) * interval '1 day' AS begins,
    (n * 7) % 11 AS lead, (ARRAY[20, 50, 70, 85, 95, 100, 100, 105, 110, 120])[1 + n % 10] AS speed
FROM size, days, generate_series(1, actions) n
JOIN actionplans_actionplan plan ON plan.code = 'proof-' || 1 + (n - 1) % (SELECT plans FROM size);

INSERT INTO actionplans_action (plan_id, priority_id, ref, title, lead_id, supporting_text, importance, starts, due, why,
    good_looks_like, strands, decision_needed, "order", course, course_reason, blocked_by_text, times_put_off, closed_on,
    closing_words, is_public, owner_id, original_due)
SELECT numbered.plan_id, priority.id, 'N' || n, 'Invented action ' || n || ' with a title as long as they are in papers',
    house.id, '', CASE n % 3 WHEN 0 THEN 'high' ELSE 'medium' END, begins::date,
    (begins + greatest(1, months - 3 + n % 19) * interval '1 month')::date, 'Why it matters, in two sentences. This is the other.',
    'What good looks like.', '{}', CASE WHEN n % 50 = 7 THEN 'May we have a room?' ELSE '' END, place,
    CASE WHEN n % 20 = 3 THEN 'ongoing' WHEN n % 40 = 5 THEN 'deferred' ELSE '' END,
    CASE WHEN n % 20 = 3 OR n % 40 = 5 THEN 'For a reason.' ELSE '' END, '', n % 7 / 5,
    CASE WHEN n % 25 = 0 THEN today - 40 END, CASE WHEN n % 25 = 0 THEN 'It is done.' ELSE '' END, true, house.person,
    CASE WHEN n % 7 / 5 > 0 THEN begins::date + 60 END
FROM days, numbered JOIN houses house ON house.number = lead
JOIN actionplans_priority priority ON priority.plan_id = numbered.plan_id AND priority.code = 'p' || 1 + n % 4;

CREATE TEMP TABLE made AS
SELECT numbered.*, action.id, action.starts, action.due, action.lead_id
FROM numbered JOIN actionplans_action action ON action.plan_id = numbered.plan_id AND action.ref = 'N' || n;
CREATE INDEX ON made (n);

INSERT INTO actionplans_action_supporting (action_id, organisation_id)
SELECT made.id, house.id FROM made JOIN houses house ON house.number IN ((lead + 1 + n % 3) % 11, (lead + 5) % 11);

INSERT INTO actionplans_action_districts (action_id, district_id)
SELECT made.id, district.id FROM made JOIN partners_district district ON (n + district.id) % 6 = 0;

INSERT INTO actionplans_action_blocked_by (from_action_id, to_action_id)
SELECT made.id, other.id FROM made JOIN made other ON other.n = made.n + 1 WHERE made.n % 20 = 1;

INSERT INTO actionplans_milestone (action_id, title, due, original_due, done_on, "order")
SELECT id, 'Step ' || step, starts + (due - starts) * step / 4, NULL,
    CASE WHEN starts + (due - starts) * step / 4 < today - (n % 9) * 10 THEN starts + (due - starts) * step / 4 END, step
FROM made, days, generate_series(1, 3) step;

-- One insert: the trigger that keeps an action's percentage in step runs once, over all of it.
INSERT INTO actionplans_progressupdate (action_id, as_at, recorded_at, by_id, organisation_id, percent_done, is_no_change,
    what_changed, next_step, risk, confidence, cycle_id, is_late)
SELECT made.id, told.on, told.on + time '10:00', house.person, house.id,
    least(100, greatest(0, (told.on - starts) * speed / (due - starts))), turn % 5 = 4,
    'What changed since last month, in a sentence or two as people write them, number ' || turn || '.',
    'What comes next.', CASE WHEN n % 6 = 0 THEN 'A risk.' ELSE '' END, (ARRAY['high', 'medium', 'low'])[1 + n % 3],
    cycle.id, false
FROM size, days, made, generate_series(1, greatest(updates / actions, 1)) turn,
    -- Half of the actions wait to be told of this month.
    LATERAL (SELECT greatest(0, months - (turn + 1) / 2 + CASE WHEN n % 2 = 0 AND turn + 2 > updates / actions THEN 1 ELSE 0 END) AS ago) AS back,
    LATERAL (SELECT least(today, (month - ago * interval '1 month')::date + (n + turn * 3) % 20) AS on) AS told,
    houses house, actionplans_updatecycle cycle
WHERE house.number = CASE turn % 2 WHEN 1 THEN lead ELSE (lead + 5) % 11 END
  AND cycle.month = date_trunc('month', told.on)::date
ORDER BY told.on, made.id;

INSERT INTO actionplans_measure (action_id, text, unit, baseline, target, is_lower_better, counted_by, total, source, note,
    indicator, indicator_facts, trajectory, cells_now)
SELECT id, 'Things counted', 'things', 0, 100 + n % 400, false, (ARRAY['partner', 'district', '', ''])[n % 5],
    (ARRAY['sum', 'mean', 'single', 'single'])[n % 5], 'Our own count', '', '', '{}',
    CASE WHEN n % 10 = 4 THEN jsonb_build_array(jsonb_build_object('on', starts + (due - starts) / 2, 'value', 30)) ELSE '[]' END, '{}'
FROM made WHERE n % 5 > 0;

INSERT INTO actionplans_contribution (measure_id, organisation_id, district_id, value, as_at, recorded_at, by_id)
SELECT measure.id, house.id, NULL, (starts_ago * speed / 100) % 300, today - back * 60, (today - back * 60) + time '10:00', house.person
FROM days, made JOIN actionplans_measure measure ON measure.action_id = made.id
JOIN houses house ON measure.counted_by = 'partner' OR (measure.counted_by = '' AND house.number = lead),
    generate_series(8, 0, -1) back, LATERAL (SELECT greatest(0, today - starts - back * 60) AS starts_ago) AS since
UNION ALL
SELECT measure.id, NULL, district.id, (today - starts - back * 60 + 500) * speed / 500, today - back * 60,
    (today - back * 60) + time '10:00', NULL
FROM days, made JOIN actionplans_measure measure ON measure.action_id = made.id AND measure.counted_by = 'district',
    partners_district district, generate_series(4, 0, -1) back;

UPDATE actionplans_measure measure SET value_now = cells.value, value_as_at = cells.as_at
FROM (
    SELECT measure_id, CASE WHEN count(newest.organisation_id) > 0 THEN sum(newest.value) ELSE round(avg(newest.value), 2) END AS value,
        max(newest.as_at) AS as_at
    FROM (SELECT DISTINCT ON (measure_id, organisation_id, district_id) * FROM actionplans_contribution
          ORDER BY measure_id, organisation_id, district_id, as_at DESC, id DESC) newest
    GROUP BY measure_id
) cells WHERE cells.measure_id = measure.id AND measure.value_now IS NULL;

INSERT INTO actionplans_ragoverride (action_id, rag, computed, reason, by_id, at)
SELECT made.id, CASE n % 200 WHEN 9 THEN 'red' ELSE 'amber' END, 'green', 'The room is not ours yet.', house.person, now()
FROM made JOIN houses house ON house.number = lead WHERE n % 100 = 9;

INSERT INTO actionplans_evidence (action_id, update_id, title, link, added_at, by_id)
SELECT action_id, id, 'The poster', 'https://posters.example/one', recorded_at, by_id
FROM actionplans_progressupdate WHERE id % 50 = 0;

INSERT INTO actionplans_actionversion (action_id, number, at, by_id, act, data)
SELECT made.id, version, starts + version * 30 + time '09:00', house.person, 'changed', sample.data
FROM made JOIN houses house ON house.number = lead, generate_series(1, 3) version,
    (SELECT data FROM actionplans_actionversion ORDER BY id LIMIT 1) sample;

INSERT INTO actionplans_changerequest (action_id, kind, new_due, old_due, reason, asked_by_id, asked_at, decision, decided_by_id,
    decided_at, decision_words)
SELECT made.id, 'due', due, due - 60, 'We wait for the room.', house.person, today - 20 + time '09:00', 'approved', house.person,
    today - n % 30 + time '09:00', ''
FROM days, made JOIN houses house ON house.number = lead WHERE n % 30 = 4;

INSERT INTO actionplans_meeting ("group", held_on, place, others_present, apologies, made_by_id, made_at, opened_at, closed_at, closed_by_id)
SELECT 'delivery', today - 45, 'Room 1', '', '', person, now() - interval '60 days', now() - interval '45 days',
    now() - interval '45 days', person
FROM days, houses WHERE number = 0;

INSERT INTO actionplans_logentry ("group", number, action_id, what, organisation_id, due, made_by_id, made_at, state, outcome)
SELECT 'delivery', row_number() OVER (ORDER BY n), made.id, 'Find a room.', lead_id, today + n % 40 - 20, house.person,
    now() - (n % 80) * interval '1 day', 'open', ''
FROM days, made JOIN houses house ON house.number = lead WHERE n % 25 = 2;
