-- One row a document and company that its claims name, with the id that the document alone gives: by identifier where the text
-- gives one (`cik`, `ticker` on an exchange, `lei`, `wikidata`), else by a name that the registry knows, else the document's own.
-- Grain: (document_id, name, registered_id). An identifier that belongs to another company outweighs a name that reads the same.
WITH sides AS (
    SELECT claim_id, document_sha256 AS document_id, 'subject' AS side, subject AS party, disclosed_by FROM nlp.claim
    UNION ALL
    SELECT claim_id, document_sha256, 'object', object, disclosed_by FROM nlp.claim
),
named AS (
    SELECT s.document_id, s.party.name AS name, s.party.key AS registered_id,
        bool_or(s.disclosed_by = s.side AND d.kind = 'filing' AND d.filer_cik <> '') AS speaks_as_filer,
        any_value(d.filer_cik) AS filer_cik, any_value(d.filer) AS filer
    FROM sides s
    JOIN doc.document d ON d.document_id = s.document_id
    WHERE s.party.kind = 'Organization' AND s.party.named
    GROUP BY ALL
),
filers AS (
    SELECT *, count(*) FILTER (speaks_as_filer AND registered_id = '') OVER (PARTITION BY document_id) AS n_speakers FROM named
),
-- Two values of one identifier beside one name say nothing.
identified AS (
    SELECT document_id, name, evidence, min(value) AS value
    FROM core.name_evidence
    WHERE evidence IN ('cik', 'ticker', 'lei', 'wikidata')
    GROUP BY ALL
    HAVING count(DISTINCT value) = 1
),
-- "Lambda, a law firm": a company of this name, and not the registered one.
outsiders AS (
    SELECT e.document_id, e.name
    FROM core.name_evidence e
    JOIN core.business b ON b.business = e.value
    WHERE e.evidence = 'business'
    GROUP BY ALL
    HAVING bool_and(b.outside)
),
told AS (
    SELECT f.document_id, f.name, f.registered_id, r.tickers AS registered_tickers,
        f.registered_id <> '' AND r.segment NOT IN ('other', 'government') AND o.name IS NOT NULL AS outside,
        CASE WHEN cik.value IS NOT NULL THEN cik.value
            -- Who speaks as the filer is the filer; of several names the one that the cover gives.
            WHEN f.speaks_as_filer AND f.registered_id = ''
                AND (f.n_speakers = 1 OR starts_with(lower(f.filer), lower(f.name))) THEN ltrim(f.filer_cik, '0')
            END AS cik,
        ticker.value AS ticker, lei.value AS lei, wikidata.value AS wikidata
    FROM filers f
    LEFT JOIN core.organization r ON r.organization_id = f.registered_id
    LEFT JOIN outsiders o ON o.document_id = f.document_id AND o.name = f.name
    LEFT JOIN identified cik ON cik.document_id = f.document_id AND cik.name = f.name AND cik.evidence = 'cik'
    LEFT JOIN identified ticker ON ticker.document_id = f.document_id AND ticker.name = f.name AND ticker.evidence = 'ticker'
    LEFT JOIN identified lei ON lei.document_id = f.document_id AND lei.name = f.name AND lei.evidence = 'lei'
    LEFT JOIN identified wikidata ON wikidata.document_id = f.document_id AND wikidata.name = f.name AND wikidata.evidence = 'wikidata'
),
owners AS (
    SELECT t.*, by_cik.organization_id AS cik_owner, by_ticker.organization_id AS ticker_owner,
        by_lei.organization_id AS lei_owner, by_wikidata.organization_id AS wikidata_owner,
        -- Whom the registry knows by other letters on these exchanges is another company.
        registered_id = '' OR outside OR (starts_with(ticker, 'us:') AND len(registered_tickers) > 0
            AND NOT list_contains(registered_tickers, ticker[4:])) AS by_letters
    FROM told t
    LEFT JOIN core.organization by_cik ON by_cik.cik <> '' AND by_cik.cik = t.cik
    LEFT JOIN core.organization by_lei ON by_lei.lei <> '' AND by_lei.lei = t.lei
    LEFT JOIN core.organization by_wikidata ON by_wikidata.wikidata <> '' AND by_wikidata.wikidata = t.wikidata
    -- The registry's letters are those of New York.
    LEFT JOIN (SELECT organization_id, unnest(tickers) AS letters FROM core.organization) by_ticker
        ON starts_with(t.ticker, 'us:') AND by_ticker.letters = t.ticker[4:]
),
resolved AS (
    SELECT document_id, name, registered_id, CASE
        WHEN cik IS NOT NULL THEN ['cik', coalesce(cik_owner, 'cik:' || cik)]
        WHEN ticker_owner IS NOT NULL THEN ['ticker', ticker_owner]
        -- Letters can be given to another company later, so the first word of the name belongs to the id.
        WHEN ticker IS NOT NULL AND by_letters THEN ['ticker', 'ticker:' || lower(ticker) || ':' || name_key(split_part(name, ' ', 1))]
        WHEN lei IS NOT NULL AND (lei_owner IS NOT NULL OR registered_id = '') THEN ['lei', coalesce(lei_owner, 'lei:' || lei)]
        WHEN wikidata IS NOT NULL AND (wikidata_owner IS NOT NULL OR registered_id = '')
            THEN ['wikidata', coalesce(wikidata_owner, 'wikidata:' || wikidata)]
        WHEN registered_id <> '' AND NOT outside
            -- People can judge that a document means somebody else of this name.
            AND (own_id, registered_id) NOT IN (SELECT (left_id, right_id) FROM core.judged_apart) THEN ['registry_name', registered_id]
        ELSE ['document', own_id] END AS found
    FROM (SELECT *, 'organization:' || name_key(name) || '@' || left(document_id, 12) AS own_id FROM owners)
)
SELECT document_id, name, registered_id, found[2] AS raw_party_id, found[1] AS resolved_by
FROM resolved
ORDER BY document_id, name, registered_id
