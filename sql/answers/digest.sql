-- What is new with the claims $claims and the relationships $relationships, and what went stale with them and with the claims $gone; one row a
-- statement, by section. Of claims that say the same the surest is shown.
WITH new AS (
    SELECT * FROM mart.fct_claim WHERE tier = 'fact' AND list_contains($claims, claim_id)
),
links AS (
    SELECT l.type, l.detail, n.claim_id AS new_id, o.claim_id AS old_id
    FROM mart.bridge_claim_link l
    JOIN new n ON n.claim_id = l.from_claim_id
    JOIN mart.fct_claim o ON o.claim_id = l.to_claim_id
    WHERE l.type IN ('CONTRADICTS', 'SUPERSEDES')
    UNION ALL
    SELECT l.type, l.detail, n.claim_id, o.claim_id
    FROM mart.bridge_claim_link l
    JOIN new n ON n.claim_id = l.to_claim_id
    JOIN mart.fct_claim o ON o.claim_id = l.from_claim_id
    WHERE l.type = 'CONTRADICTS' AND l.from_claim_id NOT IN (SELECT claim_id FROM new)
),
said AS (
    SELECT 'new_relations' AS section, r.subject_id, r.predicate, r.object_id,
        concat_ws(', ', r.role, r.kind, r.amount, CASE WHEN r.sole_source THEN 'sole source' END, CASE WHEN r.status <> 'supported' THEN r.status END) AS detail,
        c.claim_id, r.n_publishers AS publishers
    FROM mart.fct_relationship r
    JOIN mart.fct_claim c ON list_contains(r.claim_ids, c.claim_id)
    WHERE list_contains($relationships, r.relationship_id) AND r.predicate <> 'EXPOSED_TO' AND 'AnonymousParty' NOT IN (r.subject_kind, r.object_kind)
        AND r.status <> 'closed'
    UNION ALL
    SELECT 'new_numbers', subject_id, predicate, coalesce(object_id, metric),
        CASE WHEN predicate = 'HAS_METRIC' THEN concat_ws(' ', metric, value_text, unit)
            ELSE concat_ws(', ', amount, CASE WHEN share IS NOT NULL THEN printf('%.10g %% of %s', share, benchmark) END) END, claim_id, 1
    FROM new
    WHERE polarity = 'positive' AND object_kind <> 'AnonymousParty'
        AND (predicate = 'HAS_METRIC' OR (share IS NOT NULL AND benchmark IS NOT NULL) OR amount IS NOT NULL)
    UNION ALL
    SELECT 'unnamed_customers', subject_id, predicate, object_id,
        CASE WHEN share IS NULL THEN '' ELSE printf('%.10g %% of %s', share, benchmark) END, claim_id, 1
    FROM new
    WHERE predicate = 'SUPPLIES' AND polarity = 'positive' AND object_kind = 'AnonymousParty'
    UNION ALL
    SELECT CASE l.type WHEN 'CONTRADICTS' THEN 'contradictions' ELSE 'stale' END, o.subject_id, o.predicate, o.object_id,
        concat_ws(': ', CASE l.type WHEN 'SUPERSEDES' THEN 'superseded' END, l.detail), CASE l.type WHEN 'SUPERSEDES' THEN l.old_id ELSE l.new_id END, 1
    FROM links l
    JOIN mart.fct_claim o ON o.claim_id = l.old_id
    UNION ALL
    SELECT 'stale', subject_id, predicate, object_id, 'its address no longer says so', claim_id, 1
    FROM mart.fct_claim
    WHERE tier = 'fact' AND list_contains($gone, claim_id)
),
bottlenecks AS (
    SELECT 'bottlenecks' AS section, e.company_id AS subject_id, e.company AS subject, 'EXPOSED_TO' AS predicate, e.bottleneck_code AS object_id,
        e.bottleneck AS object, concat_ws(': ', replace(e.event, '_', ' '), CASE WHEN e.before_severity IS NOT NULL THEN e.before_severity || ' → ' || e.severity
            ELSE e.severity END) AS detail,
        e.quote, e.source_group AS publisher, coalesce(e.document_title, '') AS document, d.url, e.known_from AS day, 1 AS publishers, e.claim_ids
    FROM mart.fct_bottleneck_event e
    JOIN mart.dim_document d ON d.document_id = e.document_id
    WHERE e.tier = 'fact' AND e.event IN ('first_named', 'strengthened', 'quantified') AND list_has_any(e.claim_ids, $claims)
),
shown AS (
    SELECT s.section, s.subject_id, c.subject_name AS subject, s.predicate, s.object_id, c.object_name AS object, s.detail, c.quote, c.publisher,
        coalesce(nullif(c.document_title, ''), '') AS document, c.url, c.known_from AS day,
        max(s.publishers) OVER (PARTITION BY s.section, s.subject_id, s.predicate, s.object_id, s.detail) AS publishers,
        list(c.claim_id) OVER (PARTITION BY s.section, s.subject_id, s.predicate, s.object_id, s.detail) AS claim_ids
    FROM said s
    JOIN mart.fct_claim c USING (claim_id)
    QUALIFY row_number() OVER (PARTITION BY s.section, s.subject_id, s.predicate, s.object_id, s.detail
        ORDER BY c.confidence DESC, c.known_from DESC, c.claim_id) = 1
)
SELECT section, subject_id, subject, predicate, coalesce(object_id, '') AS object_id, coalesce(object, '') AS object, detail, quote, publisher, document,
    url, day, publishers, list_sort(list_distinct(claim_ids)) AS claim_ids
FROM (SELECT * FROM shown UNION ALL SELECT * FROM bottlenecks)
ORDER BY section, publishers DESC, day DESC, subject, predicate, object, detail, object_id, claim_ids
