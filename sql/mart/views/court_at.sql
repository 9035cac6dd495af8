-- What claims that are about the day `as_of` (NULL: any) and were known on `known_on` say on each test of each company, by the rules of
-- mart.dim_court_rule: one row a company, rule and claim. What is said only as possible or planned settles nothing: its side is unknown,
-- `leaning` tells which way. What a newer statement supersedes is left out. A product counts for its owner.
-- parameters: as_of, known_on
WITH known AS (
    SELECT c.*, lower(c.quote) AS said, coalesce(nullif(s.owner_id, ''), c.subject_id) AS src_id,
        coalesce(nullif(o.owner_id, ''), c.object_id, '') AS dst_id,
        -- A registered filer is one source, however its filings write its name.
        coalesce(nullif(c.filer_id, ''), c.source_group) AS source
    FROM mart.claims_at(as_of, known_on) c
    JOIN mart.dim_party s ON s.party_id = c.subject_id
    LEFT JOIN mart.dim_party o ON o.party_id = c.object_id
    WHERE c.review <> 'rejected' AND c.superseded IS NOT TRUE
),
seated AS (
    SELECT 'subject' AS seat, src_id AS company_id, dst_id AS other_id, object_name AS other, subject_surface AS self_said, object_surface AS other_said, * FROM known
    UNION ALL
    SELECT 'object', dst_id, src_id, subject_name, object_surface, subject_surface, * FROM known
),
fitting AS (
    SELECT s.*, r.rule, r.position, r.test, r.side AS rule_side, r.says, r.beside, r.role_eases,
        list_contains(r.force, s.modality) AS settled
    FROM (
        SELECT *, '\Q' || coalesce(lower(self_said), '') || '\E' AS self_words, '\Q' || coalesce(lower(other_said), '') || '\E' AS other_words,
            '\Q' || coalesce(lower(value_text), '') || '\E' AS value_words
        FROM seated
    ) s
    JOIN mart.dim_court_rule r ON r.predicate = s.predicate AND r.of IN (s.seat, 'either') AND r.polarity = s.polarity
        AND (r.roles = [] OR list_contains(r.roles, s.role))
        AND (r.kinds = [] OR list_contains(r.kinds, s.kind))
        AND (r.metrics = [] OR list_contains(r.metrics, s.metric))
        AND (r.severities = [] OR list_contains(r.severities, s.severity))
        AND (r.benchmark = [] OR list_contains(r.benchmark, s.benchmark))
        AND (r.sole_source IS NULL OR r.sole_source = s.sole_source)
        AND (r.named IS NULL OR r.named = s.named)
        AND (r.least_share IS NULL OR s.share >= r.least_share)
        AND (r.words = '' OR regexp_matches(s.said, replace(replace(replace(r.words, '{self}', s.self_words), '{other}', s.other_words), '{value}', s.value_words)))
        AND NOT (r.unless <> '' AND regexp_matches(s.said, replace(replace(replace(r.unless, '{self}', s.self_words), '{other}', s.other_words), '{value}', s.value_words)))
    WHERE s.company_id <> s.other_id
),
-- The newest fact that says so stands for all that do.
upstream AS (
    SELECT company_id, other_id, arg_max(claim_id, (known_from, claim_id)) AS beside_id
    FROM seated
    WHERE tier = 'fact' AND polarity = 'positive' AND modality = 'asserted' AND company_id <> other_id
        AND ((predicate = 'SUPPLIES' AND seat = 'object') OR (predicate IN ('DEPENDS_ON', 'COMMITS_TO') AND seat = 'subject'))
        AND subject_kind IN ('Organization', 'Offering') AND object_kind IN ('Organization', 'Offering')
    GROUP BY ALL
),
upstreams AS (SELECT company_id, count(*) AS n FROM upstream GROUP BY company_id),
exposure AS (
    SELECT e.company_id AS other_id, e.object_id AS topic_id, arg_max(e.claim_id, (e.known_from, e.claim_id)) AS beside_id
    FROM seated e
    WHERE e.predicate = 'EXPOSED_TO' AND e.seat = 'subject' AND e.tier = 'fact' AND e.polarity = 'positive'
        AND e.modality = 'asserted' AND e.severity <> 'may'
    GROUP BY ALL
),
easing AS (
    SELECT rule, split_part(pair, '=', 1) AS segment, split_part(pair, '=', 2) AS topic_id
    FROM (SELECT rule, unnest(eases) AS pair FROM mart.dim_court_rule)
),
paired AS (
    SELECT f.*, CASE WHEN f.predicate IN ('RELIEVES', 'EXPOSED_TO') THEN f.object_id ELSE '' END AS topic_id, NULL AS beside_id
    FROM fitting f WHERE f.beside IN ('', 'relieves')
    UNION ALL
    SELECT f.*, x.topic_id, x.beside_id
    FROM fitting f
    JOIN mart.dim_party p ON p.party_id = f.company_id AND p.kind = 'Organization'
    JOIN easing e ON e.rule = f.rule AND e.segment = p.segment
    JOIN exposure x ON x.other_id = f.other_id AND x.topic_id = e.topic_id
    -- What is supplied goes before what the company else sells.
    WHERE NOT list_bool_or(list_transform(coalesce(f.role_eases, []), lambda pair: starts_with(pair, f.role || '='))) IS TRUE
        OR list_contains(f.role_eases, f.role || '=' || x.topic_id)
    UNION ALL
    SELECT f.*, '', u.beside_id
    FROM fitting f JOIN upstream u USING (company_id, other_id) JOIN upstreams n USING (company_id)
    WHERE f.beside = 'upstream' OR (f.beside = 'only_upstream' AND n.n = 1) OR (f.beside = 'upstreams' AND n.n >= 3)
),
-- What speaks against a relief is said of a bottleneck for which something speaks.
relieving AS (
    SELECT company_id, topic_id, arg_max(claim_id, (known_from, claim_id)) AS beside_id
    FROM paired
    WHERE test = 'bottleneck' AND rule_side = 'for' AND settled AND tier = 'fact'
    GROUP BY ALL
),
evidence AS (
    SELECT * FROM paired WHERE beside <> 'relieves'
    UNION ALL
    SELECT p.* REPLACE (r.beside_id AS beside_id) FROM paired p JOIN relieving r USING (company_id, topic_id) WHERE p.beside = 'relieves'
),
-- An author's interest: the filer or publisher has money in the company, or a footnote of this author says that somebody has.
stake AS (
    SELECT k.dst_id AS company_id, k.src_id, k.method, k.claim_id, k.known_from, d.source_group, d.author
    FROM known k
    JOIN mart.dim_document d ON d.document_id = k.document_id
    WHERE k.tier = 'fact' AND k.polarity = 'positive' AND k.modality = 'asserted'
        AND (k.predicate = 'OWNS' OR (k.predicate = 'FINANCES' AND coalesce(k.kind, 'equity') = 'equity'))
),
interest AS (
    SELECT company_id, document_id, arg_max(claim_id, (known_from, claim_id)) AS interest_id
    FROM (
        SELECT s.*, d.document_id FROM stake s JOIN mart.dim_document d ON d.filer_id = s.src_id
        UNION ALL
        SELECT s.*, d.document_id
        FROM stake s
        JOIN mart.dim_document d USING (source_group, author)
        WHERE s.method = 'rule:finances.portfolio_mark'
    )
    GROUP BY ALL
)
SELECT e.company_id, h.name AS company, e.test, CASE WHEN e.settled THEN e.rule_side ELSE 'unknown' END AS side,
    CASE WHEN e.settled OR e.rule_side = 'unknown' THEN '' ELSE e.rule_side END AS leaning, e.rule,
    replace(replace(replace(replace(replace(replace(e.says, '{other}', coalesce(e.other, e.other_said, '')), '{topic}', coalesce(replace(b.name, 'other:', ''), '')),
        '{value}', concat_ws(' ', e.value_text, nullif(e.unit, ''))), '{kind}', coalesce(e.kind, '')),
        '{share}', coalesce(format('{:g} % ', e.share), '')), '{benchmark}', coalesce(e.benchmark, '')) AS finding,
    e.topic_id, nullif(e.other_id, '') AS other_id, coalesce(e.other, e.other_said) AS other,
    e.tier, e.modality,
    CASE WHEN e.filer_id = e.company_id OR e.disclosed_by = e.seat THEN 'company' WHEN e.disclosed_by IN ('subject', 'object') THEN 'other side'
        ELSE 'third party' END AS said_by,
    -- Who speaks in favour of itself has an interest; against itself it has none.
    CASE WHEN (e.rule_side = 'for') = (e.test = 'wrapper') THEN ''
        WHEN said_by = 'company' THEN 'its own statement'
        WHEN i.interest_id IS NOT NULL THEN 'author invested' ELSE '' END AS interest,
    i.interest_id AS interest_claim_id, e.source, e.publisher, e.document_id, e.known_from, e.claim_id,
    list_filter([e.claim_id, nullif(e.beside_id, e.claim_id)], lambda id: id IS NOT NULL) AS claim_ids,
    list_filter([e.quote, k.quote], lambda quote: quote IS NOT NULL) AS quotes
FROM evidence e
JOIN mart.dim_party h ON h.party_id = e.company_id AND h.kind = 'Organization'
LEFT JOIN mart.dim_party b ON b.party_id = e.topic_id
LEFT JOIN interest i ON i.company_id = e.company_id AND i.document_id = e.document_id
LEFT JOIN known k ON k.claim_id = nullif(e.beside_id, e.claim_id)
ORDER BY h.name, e.company_id, e.position, e.topic_id, e.known_from DESC, e.claim_id
