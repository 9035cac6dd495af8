-- Pairs of claims about one slot: confirmed by the other side, contradicted, superseded by a later one.
-- Grain: (from_claim_id, to_claim_id, type). Only facts are compared.
WITH slots AS (
    SELECT *, coalesce(valid_from, known_from) AS about
    FROM core.claim
    WHERE tier = 'fact' AND object_id IS NOT NULL
),
pairs AS (
    SELECT a.claim_id AS a_id, b.claim_id AS b_id, a.polarity AS a_polarity, b.polarity AS b_polarity,
        a.source_group AS a_source, b.source_group AS b_source, a.disclosed_by AS a_side, b.disclosed_by AS b_side,
        a.about AS a_about, b.about AS b_about, a.known_from AS a_known, b.known_from AS b_known,
        a.modality AS a_modality, b.modality AS b_modality,
        a.share AS a_share, b.share AS b_share,
        a.document_id <> b.document_id AS elsewhere,
        coalesce(a.valid_from, DATE '0001-01-01') <= coalesce(b.valid_to, DATE '9999-12-31')
            AND coalesce(b.valid_from, DATE '0001-01-01') <= coalesce(a.valid_to, DATE '9999-12-31') AS same_time
    FROM slots a
    JOIN slots b ON a.subject_id = b.subject_id AND a.predicate = b.predicate AND a.object_id = b.object_id
        AND coalesce(a.benchmark, '') = coalesce(b.benchmark, '') AND a.claim_id <> b.claim_id
),
links AS (
    SELECT least(a_id, b_id) AS from_claim_id, greatest(a_id, b_id) AS to_claim_id, 'CONFIRMS' AS type
    FROM pairs
    WHERE elsewhere AND a_source <> b_source AND a_polarity = b_polarity AND a_polarity = 'positive'
        AND ((a_side = 'subject' AND b_side = 'object') OR (a_side = 'object' AND b_side = 'subject'))
    UNION
    SELECT least(a_id, b_id), greatest(a_id, b_id), 'CONTRADICTS'
    FROM pairs
    WHERE elsewhere AND same_time AND a_modality = 'asserted' AND b_modality = 'asserted'
        AND (a_polarity <> b_polarity OR (a_share <> b_share AND a_about = b_about))
    UNION
    SELECT a_id, b_id, 'SUPERSEDES'
    FROM pairs
    WHERE elsewhere AND a_polarity = 'positive' AND b_polarity = 'positive' AND a_share IS NOT NULL AND b_share IS NOT NULL
        AND a_about > b_about AND a_known > b_known
)
SELECT * FROM links ORDER BY ALL
