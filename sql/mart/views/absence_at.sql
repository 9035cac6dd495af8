-- What each periodic filing says of a predicate about its filer, as of a day (NULL: any; else filings whose period has it) and as known on a
-- day: stated, denied (an explicit negative fact), unsure (only claims that are not sure enough), not disclosed (all items that would tell
-- it were read and say nothing) or not covered (one of them is missing or was not read, and the others say nothing).
-- parameters: as_of, known_on
WITH sided AS (
    SELECT c.document_id, c.claim_id, c.predicate, c.polarity, c.modality, c.tier, c.quote, 'subject' AS side,
        CASE WHEN p.kind = 'Organization' THEN p.party_id ELSE p.owner_id END AS company_id
    FROM mart.claims_at(as_of, known_on) c
    JOIN mart.dim_party p ON p.party_id = c.subject_id
    UNION ALL
    SELECT c.document_id, c.claim_id, c.predicate, c.polarity, c.modality, c.tier, c.quote, 'object',
        CASE WHEN p.kind = 'Organization' THEN p.party_id ELSE p.owner_id END
    FROM mart.claims_at(as_of, known_on) c
    JOIN mart.dim_party p ON p.party_id = c.object_id
),
filings AS (
    SELECT *
    FROM mart.fct_telling t
    WHERE t.known_from <= known_on AND (t.known_to IS NULL OR t.known_to > known_on) AND (as_of IS NULL OR as_of BETWEEN t.period_from AND t.period_end)
),
said AS (
    SELECT f.document_id, f.predicate, f.side,
        count(DISTINCT s.claim_id) FILTER (s.tier = 'fact' AND s.polarity = 'positive') AS n_stated,
        count(DISTINCT s.claim_id) FILTER (s.tier = 'fact' AND s.polarity = 'negative') AS n_denied,
        count(DISTINCT s.claim_id) FILTER (s.tier <> 'fact') AS n_unsure,
        list(DISTINCT {'claim_id': s.claim_id, 'quote': s.quote} ORDER BY {'claim_id': s.claim_id, 'quote': s.quote}) FILTER (s.tier = 'fact') AS facts
    FROM filings f
    JOIN sided s ON s.document_id = f.document_id AND s.company_id = f.company_id AND s.predicate = f.predicate
        AND (s.side = f.side OR f.is_symmetric)
    GROUP BY ALL
)
SELECT f.company_id, p.name AS company_name, f.predicate, f.side, f.document_id, f.form, f.period_from, f.period_end,
    CASE WHEN s.n_stated > 0 THEN 'stated' WHEN s.n_denied > 0 THEN 'denied' WHEN s.n_unsure > 0 THEN 'unsure'
         WHEN f.items_unread IS NULL THEN 'not disclosed' ELSE 'not covered' END AS verdict,
    coalesce(s.n_stated, 0)::INTEGER AS n_stated, coalesce(s.n_denied, 0)::INTEGER AS n_denied, coalesce(s.n_unsure, 0)::INTEGER AS n_unsure,
    coalesce(f.items_read, []) AS items_read, coalesce(f.items_unread, []) AS items_unread, f.known_from,
    coalesce(list_transform(s.facts, lambda fact: fact.claim_id), []) AS claim_ids,
    coalesce(list_transform(s.facts, lambda fact: fact.quote), []) AS quotes
FROM filings f
LEFT JOIN said s ON s.document_id = f.document_id AND s.predicate = f.predicate AND s.side = f.side
JOIN mart.dim_party p ON p.party_id = f.company_id
ORDER BY f.company_id, f.predicate, f.side, f.period_end, f.document_id
