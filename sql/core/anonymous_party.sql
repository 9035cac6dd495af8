-- The ledger of unnamed customers and suppliers: one row a party that a document gives a share of a benchmark without a name.
-- Grain: party_id, which is (filer, document, benchmark, period, label). A letter reused elsewhere is another party. What a
-- document denies ("no customer of 10 %") and groups that it counts together are no party.
WITH told AS (
    SELECT *, subject_kind = 'AnonymousParty' AS sells
    FROM core.claim
    WHERE predicate = 'SUPPLIES' AND polarity = 'positive' AND tier = 'fact' AND benchmark IS NOT NULL
        AND (subject_kind = 'AnonymousParty') <> (coalesce(object_kind, '') = 'AnonymousParty')
        AND modality <> 'hedged'
),
parties AS (
    SELECT CASE WHEN sells THEN subject_id ELSE object_id END AS party_id,
        CASE WHEN sells THEN object_id ELSE subject_id END AS filer_id,
        CASE WHEN sells THEN 'supplier' ELSE 'customer' END AS side,
        CASE WHEN sells THEN subject_surface ELSE object_surface END AS surface, *
    FROM told
)
SELECT p.party_id, p.filer_id, p.document_id, p.side, p.benchmark, n.name AS label, p.valid_from AS period_from,
    p.valid_to AS period_to,
    -- Of a tag and a sentence the tag's number is the exact one; of a number and a threshold the number.
    arg_min(p.share, (p.share_floor, p.method NOT LIKE 'xbrl:%', p.claim_id)) AS share,
    arg_min(p.share_text, (p.share_floor, p.method NOT LIKE 'xbrl:%', p.claim_id)) AS share_text,
    coalesce(min(p.segment), '') AS segment,
    list(p.claim_id ORDER BY p.claim_id) AS claim_ids,
    min(p.known_from) AS known_from, CASE WHEN bool_and(p.known_to IS NOT NULL) THEN max(p.known_to) END AS known_to
FROM (
    SELECT *, json_extract_string(qualifiers, '$.share') AS share_text,
        starts_with(coalesce(json_extract_string(qualifiers, '$.share'), '≥'), '≥') AS share_floor,
        json_extract_string(qualifiers, '$.scope') AS segment
    FROM parties
) p
JOIN core.party n ON n.party_id = p.party_id
WHERE NOT regexp_matches(n.name, '(?i)\b(top|together|aggregate)\b')
    AND NOT regexp_matches(n.name, '(?i)\b(two|three|four|five|ten|several)\b.*s$')
GROUP BY p.party_id, p.filer_id, p.document_id, p.side, p.benchmark, n.name, p.valid_from, p.valid_to
ORDER BY p.party_id
