-- parameters: as_of, known_on
-- Who controlled whom on a day, as known on a day. The registry goes before claims, a purchase with a date before what is only said,
-- a later one before an earlier one, what more documents say before what fewer do; owners of one rank own together (`n_owners`).
-- What a later statement denies is no ownership.
WITH known AS (
    SELECT * FROM mart.fct_ownership
    -- A circle that was not closed yet was none.
    WHERE coalesce(refused_from, DATE '9999-12-31') > known_on::DATE AND known_from <= known_on::DATE AND coalesce(known_to, DATE '9999-12-31') > known_on::DATE
),
held AS (
    SELECT child_id, parent_id, source, bool_or(dated) AS dated, coalesce(max(valid_from) FILTER (dated), max(valid_from)) AS since,
        count(DISTINCT document_id) AS n_documents, list(DISTINCT ownership_id ORDER BY ownership_id) AS ownership_ids
    FROM known
    WHERE controls AND valid_from <= as_of::DATE AND coalesce(valid_to, DATE '9999-12-31') >= as_of::DATE
    GROUP BY child_id, parent_id, source
),
standing AS (
    SELECT * FROM held h
    WHERE NOT EXISTS (
        FROM known k
        WHERE k.denies AND k.child_id = h.child_id AND k.parent_id = h.parent_id AND k.known_from >= h.since AND h.source <> 'registry')
),
ranked AS (
    SELECT *, rank() OVER (
        PARTITION BY child_id
        ORDER BY source = 'registry' DESC, dated DESC, CASE WHEN dated THEN since END DESC NULLS LAST, n_documents DESC) AS place
    FROM standing
)
SELECT child_id, parent_id, source, dated, since, n_documents, ownership_ids, count(*) OVER (PARTITION BY child_id) AS n_owners
FROM ranked
WHERE place = 1
ORDER BY child_id, parent_id
