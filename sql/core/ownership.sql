-- Who owns whom, and since when: one row a claim of OWNS, and one an owner that the registry gives. Grain: ownership_id.
-- `controls`: a subsidiary, a completed purchase, or a share above half; only these roll up to a parent. Purchases have no end of
-- their own; what is said without a time (`dated` false) is said of its day. `denies` is a statement that it is not so. A circle of
-- owners is no ownership: what fewest documents say gives way from the
-- day on which the circle was known (`refused_from`), and `refused` says what and where.
WITH RECURSIVE stated AS (
    SELECT 'registry:' || organization_id AS ownership_id, organization_id AS child_id, owner_id AS parent_id, 'subsidiary' AS kind,
        NULL::DOUBLE AS percent, true AS controls, false AS denies, true AS dated, DATE '0001-01-01' AS valid_from, NULL::DATE AS valid_to,
        DATE '0001-01-01' AS known_from, NULL::DATE AS known_to, 'registry' AS source, NULL::VARCHAR AS claim_id, NULL::VARCHAR AS document_id
    FROM core.organization
    WHERE owner_id <> ''
    UNION ALL
    SELECT claim_id, object_id, subject_id, coalesce(kind, 'stake'), percent,
        polarity = 'positive' AND modality = 'asserted' AND review IS DISTINCT FROM 'rejected'
            AND (tier = 'fact' OR disclosed_by <> 'third_party')
            AND coalesce(kind IN ('subsidiary', 'acquired') OR percent > 50, false) AND coalesce(percent, 100) > 50,
        polarity = 'negative' AND tier = 'fact', valid_from IS NOT NULL,
        coalesce(valid_from, known_from), CASE WHEN kind = 'acquired' THEN NULL ELSE valid_to END, known_from, known_to,
        'claim', claim_id, document_id
    FROM (
        SELECT *, try_cast(regexp_extract(json_extract_string(qualifiers, '$.percent'), '([0-9.]+)', 1) AS DOUBLE) AS percent
        FROM core.claim
        WHERE predicate = 'OWNS' AND subject_id <> object_id
    )
),
-- How much stands behind an owner: documents that say so; the registry outweighs all.
control AS (
    SELECT ownership_id, child_id, parent_id, known_from, valid_from, coalesce(valid_to, DATE '9999-12-31') AS valid_to,
        CASE WHEN source = 'registry' THEN 1000000
            ELSE count(DISTINCT document_id) OVER (PARTITION BY child_id, parent_id) END AS support
    FROM stated
    WHERE controls
),
chains AS (
    SELECT ownership_id AS first_id, child_id AS start_id, parent_id AS top_id, [child_id, parent_id] AS chain, known_from, valid_from, valid_to,
        support, support AS weakest
    FROM control
    UNION
    SELECT c.first_id, c.start_id, o.parent_id, list_append(c.chain, o.parent_id), greatest(c.known_from, o.known_from), greatest(c.valid_from, o.valid_from),
        least(c.valid_to, o.valid_to), c.support, least(c.weakest, o.support)
    FROM chains c
    JOIN control o ON o.child_id = c.top_id
    WHERE c.top_id <> c.start_id AND len(c.chain) < 10 AND (o.parent_id = c.start_id OR NOT list_contains(c.chain, o.parent_id))
        AND greatest(c.valid_from, o.valid_from) <= least(c.valid_to, o.valid_to)
),
circles AS (
    -- The weakest of a circle gives way, and all of it where none is weaker.
    SELECT first_id, min(known_from) AS closed_on, arg_min(array_to_string(chain, ' < '), (known_from, chain)) AS circle
    FROM chains
    WHERE top_id = start_id AND support = weakest
    GROUP BY first_id
)
SELECT s.*, c.closed_on AS refused_from,
    coalesce('a circle of owners: ' || c.circle || coalesce(', in document ' || left(s.document_id, 12), ''), '') AS refused
FROM stated s
LEFT JOIN circles c ON c.first_id = s.ownership_id
ORDER BY s.ownership_id
