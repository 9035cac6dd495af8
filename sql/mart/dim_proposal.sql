-- One row a name that no registry knows and that recurs: what might be registered next, with what hangs on it.
-- Grain: name, as a slug. One document's name is no proposal; a reprint is its original's.
WITH named AS (
    SELECT slug(p.name) AS name_slug, p.name, c.claim_id, c.document_id, c.source_group, c.predicate, c.quote, c.confidence, c.known_from
    FROM mart.fct_claim c
    JOIN mart.dim_party p ON p.party_id IN (c.subject_id, c.object_id)
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
