-- One row a name that no registry knows and that recurs: what might be registered next, with what hangs on it.
-- Grain: name, as a slug. One document's name is no proposal; a reprint is its original's.
WITH sides AS (
    SELECT subject_id AS party_id, claim_id, document_id, source_group, predicate, quote, confidence, known_from FROM mart.fct_claim
    UNION
    SELECT object_id, claim_id, document_id, source_group, predicate, quote, confidence, known_from FROM mart.fct_claim
),
named AS (
    SELECT slug(p.name) AS name_slug, p.name, s.*
    FROM sides s
    JOIN mart.dim_party p ON p.party_id = s.party_id
    WHERE p.kind = 'Organization' AND NOT p.registered
)
SELECT name_slug, mode(name ORDER BY name) AS name, count(DISTINCT claim_id) AS n_claims, count(DISTINCT document_id) AS n_documents,
    count(DISTINCT source_group) AS n_publishers, list_sort(list(DISTINCT predicate)) AS predicates,
    list_sort(list(DISTINCT claim_id)) AS claim_ids, arg_max(quote, (confidence, claim_id)) AS best_quote,
    min(known_from) AS first_known
FROM named
WHERE name_slug <> ''
GROUP BY name_slug
HAVING count(DISTINCT document_id) > 1
ORDER BY n_publishers DESC, n_documents DESC, n_claims DESC, name_slug
