-- title: Companies
-- about: Organizations of the registry and those that documents name, with how much is known of each.
-- columns of: dim_company
-- relationships: relationships that it is a side of
-- unnamed: how many of these have an unnamed party on the other side
-- exposed_to: scarcities that facts say it is exposed to, joined by |
-- last_known: day on which the last of these relationships could be known
WITH sides AS (
    SELECT src_company_key AS company_key, object_kind = 'AnonymousParty' AS unnamed, last_known FROM mart.fct_relationship
    UNION ALL
    SELECT dst_company_key, subject_kind = 'AnonymousParty', last_known FROM mart.fct_relationship WHERE object_kind <> 'Value'
),
many AS (
    SELECT company_key, count(*) AS relationships, count(*) FILTER (unnamed) AS unnamed, max(last_known) AS last_known FROM sides GROUP BY company_key
),
exposed AS (
    SELECT src_company_key AS company_key, string_agg(DISTINCT bottleneck, '|' ORDER BY bottleneck) AS exposed_to
    FROM mart.fct_exposure
    WHERE tier = 'fact' AND polarity = 'positive'
    GROUP BY src_company_key
)
SELECT c.name, c.kind, c.segment, c.layers, coalesce(m.relationships, 0) AS relationships, coalesce(m.unnamed, 0) AS unnamed, e.exposed_to, m.last_known,
    c.tickers, c.exchange, c.cik, c.lei, c.wikidata, c.registered, c.owner, c.company_id
FROM mart.dim_company c
LEFT JOIN many m USING (company_key)
LEFT JOIN exposed e USING (company_key)
ORDER BY relationships DESC, c.name, c.company_id
