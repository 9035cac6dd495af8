-- Every claim that nobody rejected, with what the page shows of it. Days are yyyymmdd, 0 where there is none; `source` and `target` are the companies on its
-- two sides (the owner of an offering), empty where there is none; `carries` says whether a relationship rests on it.
SELECT c.claim_id AS id, c.predicate, c.subject_id AS subject, c.subject_name, coalesce(c.object_id, '') AS object,
    coalesce(c.object_name, '') AS object_name, coalesce(s.src_company_id, '') AS source, coalesce(t.dst_company_id, '') AS target,
    c.document_id AS document, c.char_start AS "start", c.char_end AS "end", c.quote, c.polarity, c.modality, c.tier,
    b.claim_id IS NOT NULL AS carries, round(c.confidence, 2) AS trust, coalesce(c.severity, '') AS severity, coalesce(c.role, '') AS role,
    coalesce(c.kind, '') AS kind, c.share, coalesce(c.benchmark, '') AS benchmark, coalesce(c.amount, '') AS amount,
    coalesce(c.metric, '') AS metric, c.sole_source AS sole, coalesce(c.section, '') AS section, coalesce(c.valid_from_key, 0) AS valid_from,
    coalesce(c.valid_to_key, 0) AS valid_to, c.known_from_key AS known_from, coalesce(c.known_to_key, 0) AS known_to
FROM mart.fct_claim c
LEFT JOIN mart.dim_src_company s USING (src_company_key)
LEFT JOIN mart.dim_dst_company t USING (dst_company_key)
LEFT JOIN mart.bridge_relationship_claim b ON b.claim_id = c.claim_id
WHERE c.review IS DISTINCT FROM 'rejected'
ORDER BY c.document_id, c.char_start, c.claim_id
