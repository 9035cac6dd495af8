-- One row a company as one document names it (`raw_party_id`) with the party that it is. Linked ones (core.party_link) are one
-- party under the id of an identifier, else the first in order; a group that would hold two identifiers, two kinds of business,
-- two forms or two places of incorporation falls apart into its documents, and so does one that would join, alone or by
-- judgements, what people judged different. Judgements come last and outweigh all.
-- Grain: raw_party_id. `context_id` is the party before judgements.
WITH RECURSIVE both_ways AS (
    SELECT left_id AS from_id, right_id AS to_id FROM core.party_link
    WHERE (left_id, right_id) NOT IN (SELECT (left_id, right_id) FROM core.judged_apart)
    UNION
    SELECT right_id, left_id FROM core.party_link
    WHERE (left_id, right_id) NOT IN (SELECT (left_id, right_id) FROM core.judged_apart)
),
told AS (
    SELECT p.raw_party_id, e.evidence, list(DISTINCT e.value) AS found
    FROM core.document_party p
    JOIN core.name_evidence e ON e.document_id = p.document_id AND e.name = p.name AND e.evidence IN ('business', 'jurisdiction', 'form')
    GROUP BY ALL
),
-- Who could as well be the one as the other of two that differ is neither.
torn AS (
    SELECT DISTINCT a.from_id AS raw_party_id
    FROM both_ways a
    JOIN both_ways b ON a.from_id = b.from_id
    JOIN told one ON one.raw_party_id = a.to_id
    JOIN told other ON other.raw_party_id = b.to_id AND one.evidence = other.evidence AND NOT list_has_any(one.found, other.found)
),
links AS (
    SELECT * FROM both_ways
    WHERE from_id NOT IN (SELECT raw_party_id FROM torn) AND to_id NOT IN (SELECT raw_party_id FROM torn)
),
judged AS (
    SELECT party_id AS from_id, same_as AS to_id FROM core.same_party
    UNION
    SELECT same_as, party_id FROM core.same_party
),
reached AS (
    SELECT DISTINCT from_id AS raw_party_id, from_id AS member_id FROM links
    UNION
    SELECT r.raw_party_id, l.to_id FROM reached r JOIN links l ON l.from_id = r.member_id
),
best AS (
    SELECT raw_party_id,
        arg_min(resolved_by, list_position(['cik', 'ticker', 'lei', 'wikidata', 'registry_name', 'document'], resolved_by)) AS resolved_by
    FROM core.document_party
    GROUP BY raw_party_id
),
facets AS (
    SELECT r.raw_party_id, r.member_id, t.evidence, t.found
    FROM reached r
    JOIN told t ON t.raw_party_id = r.member_id
),
identified AS (
    SELECT raw_party_id AS party_id FROM best WHERE resolved_by <> 'document'
    UNION
    SELECT organization_id FROM core.organization
),
-- Groups that contradict themselves: two of them differ, are identified as two, or are judged to be two.
torn_groups AS (
    SELECT a.raw_party_id
    FROM facets a
    JOIN facets b ON a.raw_party_id = b.raw_party_id AND a.evidence = b.evidence AND NOT list_has_any(a.found, b.found)
    UNION
    SELECT r.raw_party_id
    FROM reached r
    LEFT JOIN core.same_party s ON s.party_id = r.member_id
    JOIN identified i ON i.party_id = coalesce(s.same_as, r.member_id)
    GROUP BY r.raw_party_id
    HAVING count(DISTINCT i.party_id) > 1
    UNION
    SELECT a.raw_party_id
    FROM reached a
    JOIN core.judged_apart d ON d.left_id = a.member_id
    JOIN reached b ON b.raw_party_id = a.raw_party_id AND b.member_id = d.right_id
),
-- What is left of context, and judgements: groups that only a judgement brings together can contradict one another too.
joined AS (
    SELECT from_id, to_id FROM links WHERE from_id NOT IN (SELECT raw_party_id FROM torn_groups)
    UNION
    SELECT from_id, to_id FROM judged
),
together AS (
    SELECT DISTINCT from_id AS party_id, from_id AS member_id FROM joined
    UNION
    SELECT t.party_id, j.to_id FROM together t JOIN joined j ON j.from_id = t.member_id
),
clashing AS (
    SELECT raw_party_id FROM torn_groups
    UNION
    SELECT t.party_id
    FROM together t
    LEFT JOIN core.same_party s ON s.party_id = t.member_id
    JOIN identified i ON i.party_id = coalesce(s.same_as, t.member_id)
    GROUP BY t.party_id
    HAVING count(DISTINCT i.party_id) > 1
    UNION
    SELECT a.party_id
    FROM together a
    JOIN core.judged_apart d ON d.left_id = a.member_id
    JOIN together b ON b.party_id = a.party_id AND b.member_id = d.right_id
),
heads AS (
    SELECT r.raw_party_id, arg_min(r.member_id, (b.resolved_by = 'document', r.member_id)) AS context_id
    FROM reached r
    JOIN best b ON b.raw_party_id = r.member_id
    WHERE r.raw_party_id NOT IN (SELECT raw_party_id FROM clashing)
    GROUP BY r.raw_party_id
),
by_context AS (
    SELECT b.raw_party_id, coalesce(h.context_id, b.raw_party_id) AS context_id,
        CASE WHEN b.resolved_by = 'document' AND h.context_id IS NOT NULL THEN 'name_and_context' ELSE b.resolved_by END AS resolved_by
    FROM best b
    LEFT JOIN heads h ON h.raw_party_id = b.raw_party_id
),
-- A judgement on one document's company is one on the party that context makes of it.
kept AS (
    SELECT from_id, to_id FROM links
    WHERE from_id NOT IN (SELECT raw_party_id FROM clashing) AND to_id NOT IN (SELECT raw_party_id FROM clashing)
    UNION
    SELECT from_id, to_id FROM judged
),
whole AS (
    SELECT DISTINCT from_id AS party_id, from_id AS member_id FROM kept
    UNION
    SELECT w.party_id, k.to_id FROM whole w JOIN kept k ON k.from_id = w.member_id
),
final AS (
    SELECT w.party_id AS raw_party_id,
        arg_min(w.member_id, (o.organization_id IS NULL, i.party_id IS NULL, starts_with(w.member_id, 'anon:'), w.member_id)) AS party_id
    FROM whole w
    LEFT JOIN core.organization o ON o.organization_id = w.member_id
    LEFT JOIN identified i ON i.party_id = w.member_id
    WHERE w.party_id IN (SELECT party_id FROM whole JOIN judged ON judged.from_id = whole.member_id)
    GROUP BY w.party_id
)
SELECT c.raw_party_id, c.context_id, coalesce(f.party_id, c.context_id) AS party_id,
    CASE WHEN f.party_id <> c.context_id THEN 'judgement' ELSE c.resolved_by END AS resolved_by
FROM by_context c
LEFT JOIN final f ON f.raw_party_id = c.raw_party_id
ORDER BY c.raw_party_id
