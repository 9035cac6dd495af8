-- The SQL twin of rank_embedded.cypher: same parameters, same rows, same order.
WITH said AS (
    SELECT c.*, lower(c.quote) AS said
    FROM mart.claims_at($as_of, $known_on) c
    WHERE c.predicate IN ('DEPENDS_ON', 'SUPPLIES', 'COMMITS_TO', 'PARTNERS_WITH') AND c.polarity = 'positive'
        AND c.modality IN ('asserted', 'planned') AND c.tier = 'fact' AND c.object_id IS NOT NULL
),
marked AS (
    SELECT *,
        list_bool_or([contains(said, w) FOR w IN string_split(replace($certified, '_', ' '), '|')]) AS certified,
        list_bool_or([contains(said, w) FOR w IN string_split(replace($integrated, '_', ' '), '|')]) AS integrated,
        list_bool_or([contains(said, w) FOR w IN string_split(replace($switching, '_', ' '), '|')]) AS switching,
        predicate = 'COMMITS_TO' AND (list_contains(string_split(replace($long_kinds, '_', ' '), '|'), coalesce(kind, ''))
            OR list_bool_or([contains(said, w) FOR w IN string_split(replace($long_words, '_', ' '), '|')])) AS long
    FROM said
),
-- A partnership ties both sides; else it is the supplier who is embedded.
hosted AS (
    SELECT *, CASE WHEN predicate = 'SUPPLIES' THEN object_id ELSE subject_id END AS other_side,
        unnest(CASE predicate WHEN 'PARTNERS_WITH' THEN [subject_id, object_id] WHEN 'SUPPLIES' THEN [subject_id] ELSE [object_id] END) AS host_id
    FROM marked
    WHERE predicate <> 'PARTNERS_WITH' OR certified OR integrated OR switching
),
sided AS (
    SELECT h.*, CASE WHEN o.kind = 'Offering' THEN nullif(o.owner_id, '') ELSE h.other_side END AS other_id
    FROM hosted h
    JOIN mart.dim_party o ON o.party_id = h.other_side
),
counted AS (
    SELECT h.party_id, h.name AS company, count(DISTINCT c.other_id) FILTER (c.named AND c.predicate <> 'PARTNERS_WITH') AS breadth,
        count(DISTINCT c.other_id) FILTER (c.predicate = 'DEPENDS_ON') AS dependents,
        count(DISTINCT c.other_id) FILTER (c.predicate = 'DEPENDS_ON' AND c.sole_source) AS sole_source,
        count(DISTINCT CASE WHEN c.named THEN c.other_id ELSE 'kind ' || coalesce(c.kind, '') END) FILTER (c.long) AS long_contracts,
        count(DISTINCT c.quote) FILTER (c.certified) AS certifications, count(DISTINCT c.quote) FILTER (c.integrated) AS integrations,
        count(DISTINCT c.quote) FILTER (c.switching) AS switching_cost,
        list(c.claim_id ORDER BY c.claim_id) AS claim_ids, list(c.quote ORDER BY c.claim_id) AS quotes
    FROM sided c
    JOIN mart.dim_party p ON p.party_id = c.host_id
    JOIN mart.dim_party h ON h.kind = 'Organization' AND h.party_id = CASE WHEN p.kind = 'Offering' THEN p.owner_id ELSE p.party_id END
    GROUP BY h.party_id, h.name
)
SELECT company, (dependents > 0)::INTEGER + (sole_source > 0)::INTEGER + (long_contracts > 0)::INTEGER + (certifications > 0)::INTEGER
        + (integrations > 0)::INTEGER + (switching_cost > 0)::INTEGER AS kinds,
    breadth, dependents, sole_source, long_contracts, certifications, integrations, switching_cost, claim_ids, quotes
FROM counted
WHERE kinds >= $least
ORDER BY kinds DESC, breadth DESC, company, party_id
