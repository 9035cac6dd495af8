-- Pairs of companies of one name in two documents whose context says that they are one, with what says so. A name alone says
-- nothing. Grain: (left_id, right_id, context). `relation`: the same predicate to the same identified company; for a distinctive
-- name (two words or more, or a form of company) also `counterparty`: any relation to the same one, `place`, and `business`;
-- `filer`: two filings of one filer; `copy`: two copies of one text; `letters`: the same ticker without an exchange.
WITH parties AS (
    SELECT p.document_id, p.name, name_key(p.name) AS name_key, p.raw_party_id, p.resolved_by,
        p.registered_id = '' OR p.resolved_by = 'document' AS open,
        contains(p.name, ' ') OR EXISTS (
            FROM core.name_evidence e WHERE e.document_id = p.document_id AND e.name = p.name AND e.evidence = 'form') AS distinctive,
        regexp_full_match(p.name, '[A-Z0-9.&-]{1,5}') AS initials
    FROM core.document_party p
),
sides AS (
    SELECT document_sha256 AS document_id, predicate, subject.name AS name, object.name AS other_name, 'subject' AS side
    FROM nlp.claim WHERE subject.kind = 'Organization' AND object.kind = 'Organization' AND subject.named AND object.named
    UNION ALL
    SELECT document_sha256, predicate, object.name, subject.name, 'object'
    FROM nlp.claim WHERE subject.kind = 'Organization' AND object.kind = 'Organization' AND subject.named AND object.named
),
relations AS (
    SELECT DISTINCT p.document_id, p.name, s.predicate, s.side, other.raw_party_id AS other_id
    FROM parties p
    JOIN sides s ON s.document_id = p.document_id AND s.name = p.name
    JOIN core.document_party other ON other.document_id = s.document_id AND other.name = s.other_name
    WHERE p.open AND other.resolved_by <> 'document' AND other.raw_party_id <> p.raw_party_id
),
contexts AS (
    SELECT document_id, name, 'relation' AS context, predicate || ' ' || side || ' ' || other_id AS says, true AS any_name FROM relations
    UNION
    SELECT document_id, name, 'counterparty', other_id, false FROM relations
    UNION
    SELECT document_id, name, CASE evidence WHEN 'letters' THEN 'letters' WHEN 'business' THEN 'business' ELSE 'place' END,
        evidence || ' ' || value, evidence = 'letters'
    FROM core.name_evidence
    WHERE evidence IN ('letters', 'business', 'jurisdiction', 'seat')
    UNION
    SELECT p.document_id, p.name, 'filer', filer.raw_party_id, true
    FROM parties p
    JOIN doc.document d ON d.document_id = p.document_id AND d.kind = 'filing' AND d.filer_cik <> ''
    JOIN (SELECT DISTINCT document_id, 'cik:' || ltrim(filer_cik, '0') AS raw_party_id FROM doc.document WHERE filer_cik <> '') filer
        ON filer.document_id = p.document_id
    UNION
    SELECT p.document_id, p.name, 'copy', c.original_id, true
    FROM parties p
    JOIN core.document_copy c ON c.document_id = p.document_id
),
told AS (
    SELECT p.*, c.context, c.says
    FROM parties p
    JOIN contexts c ON c.document_id = p.document_id AND c.name = p.name
    WHERE p.open AND (NOT p.initials OR c.context IN ('letters', 'copy', 'filer')) AND (c.any_name OR p.distinctive)
),
-- What two companies of one name cannot both be.
facets AS (
    SELECT document_id, name, evidence, list(DISTINCT value ORDER BY value) AS found
    FROM core.name_evidence
    WHERE evidence IN ('business', 'jurisdiction', 'form')
    GROUP BY ALL
),
outsiders AS (
    SELECT DISTINCT e.document_id, e.name, e.value
    FROM core.name_evidence e
    JOIN core.business b ON b.business = e.value AND b.outside
    WHERE e.evidence = 'business'
),
pairs AS (
    SELECT DISTINCT least(a.raw_party_id, b.raw_party_id) AS left_id, greatest(a.raw_party_id, b.raw_party_id) AS right_id,
        a.context, a.says, a.document_id AS a_document, b.document_id AS b_document, a.name AS a_name, b.name AS b_name
    FROM told a
    JOIN told b ON a.name_key = b.name_key AND a.context = b.context AND a.says = b.says AND a.raw_party_id < b.raw_party_id
)
SELECT left_id, right_id, context, min(says) AS says
FROM pairs
WHERE NOT EXISTS (
    FROM facets a
    JOIN facets b ON a.evidence = b.evidence AND NOT list_has_any(a.found, b.found)
    WHERE a.document_id = pairs.a_document AND a.name = pairs.a_name
        AND b.document_id = pairs.b_document AND b.name = pairs.b_name
)
-- Who is outside of this market is not whom a text on it means without a word.
AND NOT EXISTS (
    SELECT value FROM outsiders WHERE (document_id, name) = (pairs.a_document, pairs.a_name)
    EXCEPT
    SELECT value FROM outsiders WHERE (document_id, name) = (pairs.b_document, pairs.b_name)
)
AND NOT EXISTS (
    SELECT value FROM outsiders WHERE (document_id, name) = (pairs.b_document, pairs.b_name)
    EXCEPT
    SELECT value FROM outsiders WHERE (document_id, name) = (pairs.a_document, pairs.a_name)
)
GROUP BY left_id, right_id, context
ORDER BY left_id, right_id, context
