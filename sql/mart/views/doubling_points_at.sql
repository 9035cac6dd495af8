-- parameters: as_of, known_on
-- The points of each cost curve: one a system or product and series, in one unit. Of several claims about one the first whose text tells
-- its time stands for it, else the first known; `n_claims` says how many there are. Reductions, numbers in unknown
-- units and claims of documents without a day are no points.
WITH series AS (
    SELECT u.*, s.series
    FROM mart.unit_costs_at(as_of, known_on) u
    JOIN (VALUES ('stated', 'measured'), ('stated', 'claimed'), ('measured', 'measured'), ('claimed', 'claimed'), ('planned', 'planned'))
        AS s(series, basis) USING (basis)
    WHERE u.tier = 'fact' AND u.dated_by <> 'first_seen' AND u.is_base_unit AND u.level > 0 AND u.per <> 'other' AND u.metric <> 'cost reduction'
)
SELECT per, series, unit, subject_id, subject, day, dated_by, level, written, comparator, basis, said_by, source_group, publisher, document_title, quote,
    claim_id, count(*) OVER (PARTITION BY per, series, unit, subject_id) AS n_claims,
    (day - DATE '2020-01-01') / 365.25 AS x, log2(level) AS y
FROM series
QUALIFY row_number() OVER (PARTITION BY per, series, unit, subject_id ORDER BY dated_by <> 'text', known_from, claim_id) = 1
ORDER BY per, series, unit, day, subject, claim_id
