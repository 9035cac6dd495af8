-- Every document that was read, with what of it was: `items` and the lists beside it say item by item what was found, failed or is
-- missing (one entry without a name for a document that has no items). The `candidate_` lists hold its claims that are not sure enough
-- for the graph, so that an answer can say how many it does not show; they are known as long as their document. `period_month` counts
-- months (year times twelve, plus month less one) of the day half a month before the period's end, so that a fiscal quarter that ends
-- early in a month counts as one of the month before.
WITH read AS (
    SELECT document_id, list(item ORDER BY position, item) AS items, list(status ORDER BY position, item) AS item_statuses,
        list(coalesce(reason, '') ORDER BY position, item) AS item_reasons,
        list(coalesce(characters, 0) ORDER BY position, item) AS item_characters, list(claims ORDER BY position, item) AS item_claims
    FROM core.coverage
    GROUP BY document_id
),
unsure AS (
    SELECT document_id, list(claim_id ORDER BY claim_id) AS candidate_ids, list(predicate ORDER BY claim_id) AS candidate_predicates,
        list(subject_id ORDER BY claim_id) AS candidate_subjects, list(coalesce(object_id, '') ORDER BY claim_id) AS candidate_objects,
        list(coalesce(valid_from, DATE '0001-01-01') ORDER BY claim_id) AS candidate_valid_from,
        list(coalesce(valid_to, DATE '9999-12-31') ORDER BY claim_id) AS candidate_valid_to
    FROM mart.fct_claim
    WHERE tier <> 'fact'
    GROUP BY document_id
)
SELECT 'Document' AS _label, m.document_id AS id, m.title AS name, m.publisher, d.source_group, d.source, m.published, m.url, m.kind,
    nullif(m.form, '') AS form, nullif(m.filer_id, '') AS filer_id, f.name AS filer_name, nullif(d.language, '') AS language, m.period_end,
    year(m.period_end - INTERVAL 15 DAY) * 12 + month(m.period_end - INTERVAL 15 DAY) - 1 AS period_month,
    d.characters, d.words, r.items, r.item_statuses, r.item_reasons, r.item_characters, r.item_claims, u.* EXCLUDE (document_id),
    m.known_from, m.known_to
FROM mart.dim_document m
JOIN core.document d USING (document_id)
LEFT JOIN mart.dim_party f ON f.party_id = m.filer_id
LEFT JOIN read r USING (document_id)
LEFT JOIN unsure u USING (document_id)
ORDER BY id
