-- What each organization gets from whom by role, as of a day (NULL: any) and as known on a day, and how concentrated that is.
-- An input is a role that is told; what is said to have one source without a role told is the input ''. The index of Herfindahl and
-- Hirschman rests on shares of purchases where each supplier's is told, else on the count alone, as if each supplied the same.
-- parameters: as_of, known_on
WITH said AS (
    SELECT c.*, CASE predicate WHEN 'SUPPLIES' THEN object_id ELSE subject_id END AS dependent_id,
        CASE predicate WHEN 'SUPPLIES' THEN subject_id ELSE object_id END AS supplier_id,
        CASE predicate WHEN 'SUPPLIES' THEN subject_kind ELSE object_kind END = 'Organization' AS supplier_named,
        CASE WHEN coalesce(role, 'other') = 'other' THEN '' ELSE role END AS told_role
    FROM mart.claims_at(as_of, known_on) c
    JOIN mart.bridge_relationship_claim USING (claim_id)
    WHERE predicate IN ('SUPPLIES', 'DEPENDS_ON') AND coalesce(role, '') <> 'software'
        AND CASE predicate WHEN 'SUPPLIES' THEN object_kind ELSE subject_kind END = 'Organization'
        AND CASE predicate WHEN 'SUPPLIES' THEN subject_kind ELSE object_kind END IN ('Organization', 'AnonymousParty')
        AND (modality <> 'historical' OR (as_of IS NOT NULL AND valid_from IS NOT NULL))
),
-- One row a supplier of an input, with its best claim; those without a role count where one of them is said to be the only source.
supplied AS (
    SELECT dependent_id, told_role, supplier_id, supplier_named, bool_or(sole_source) AS sole_source, list_sort(list(DISTINCT source_group)) AS sources,
        arg_max({id: claim_id, quote: quote}, (sole_source, confidence, known_from, claim_id)) AS best,
        arg_max(share, (known_from, claim_id)) FILTER (benchmark IN ('purchases', 'cost') AND share IS NOT NULL) AS share
    FROM said
    WHERE told_role <> '' OR sole_source
    GROUP BY ALL
)
SELECT s.dependent_id, any_value(d.name) AS dependent, coalesce(any_value(d.segment), '') AS segment, s.told_role AS role,
    count(*) FILTER (supplier_named)::INTEGER AS n_named, count(*) FILTER (NOT supplier_named)::INTEGER AS n_unnamed,
    coalesce(list(p.name ORDER BY p.name, s.supplier_id) FILTER (supplier_named), []) AS suppliers,
    coalesce(list(s.supplier_id ORDER BY p.name, s.supplier_id) FILTER (supplier_named), []) AS supplier_ids,
    bool_or(s.sole_source) AS sole_source,
    CASE WHEN s.told_role = '' OR count(*) FILTER (supplier_named) = 0 THEN 'none'
        WHEN count(*) = count(s.share) THEN 'shares' ELSE 'counts' END AS hhi_basis,
    CASE hhi_basis WHEN 'shares' THEN round(sum(s.share * s.share)) WHEN 'counts' THEN round(10000 / n_named) END AS hhi,
    len(list_distinct(flatten(list(s.sources)))) AS n_publishers,
    list(s.best.id ORDER BY p.name, s.supplier_id) AS claim_ids, list(s.best.quote ORDER BY p.name, s.supplier_id) AS quotes
FROM supplied s
JOIN mart.dim_party d ON d.party_id = s.dependent_id
JOIN mart.dim_party p ON p.party_id = s.supplier_id
GROUP BY s.dependent_id, s.told_role
ORDER BY s.dependent_id, role
