-- One row an edge of the graph: a projection of the claims that carry it. Publishers are counted, not addresses;
-- a reprint counts as its original's publisher.
SELECT *, date_key(first_known) AS first_known_key, date_key(last_known) AS last_known_key
FROM mart.relationships_known(NULL::DATE, DATE '9999-12-31', true)
ORDER BY relationship_id
