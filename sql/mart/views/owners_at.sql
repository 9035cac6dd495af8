-- parameters: as_of, known_on
-- Who controlled whom on a day, as known on a day. The registry goes before claims, a later purchase before an earlier one; owners
-- of one rank own together (`n_owners`).
WITH held AS (
    SELECT child_id, parent_id, source, max(valid_from) AS since, list(DISTINCT ownership_id ORDER BY ownership_id) AS ownership_ids
    FROM mart.fct_ownership
    WHERE controls AND valid_from <= as_of::DATE AND coalesce(valid_to, DATE '9999-12-31') >= as_of::DATE
        AND known_from <= known_on::DATE AND coalesce(known_to, DATE '9999-12-31') > known_on::DATE
    GROUP BY child_id, parent_id, source
),
ranked AS (
    SELECT *, rank() OVER (PARTITION BY child_id ORDER BY source = 'registry' DESC, since DESC) AS place FROM held
)
SELECT child_id, parent_id, source, since, ownership_ids, count(*) OVER (PARTITION BY child_id) AS n_owners
FROM ranked
WHERE place = 1
ORDER BY child_id, parent_id
