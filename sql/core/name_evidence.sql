-- What a document says right behind a company's name about which company that is: identifiers in brackets, form of company,
-- place, kind of business. Grain: (document_id, name, evidence, value). Only names that a claim of the document carries.
-- by document: doc.document, nlp.claim
WITH sides AS (
    SELECT document_sha256 AS document_id, subject AS party FROM nlp.claim
    UNION ALL
    SELECT document_sha256, object FROM nlp.claim
),
surfaces AS (
    SELECT DISTINCT document_id, party.name AS name,
        regexp_replace(party.surface, '(?:,? (?:' || company_forms() || ')\b\.?)+$', '', 'i') AS surface
    FROM sides
    WHERE party.kind = 'Organization' AND party.named
),
cut AS (
    SELECT s.document_id, s.name, string_split(d.text, s.surface) AS pieces
    FROM surfaces s
    JOIN doc.document d ON d.document_id = s.document_id
    WHERE s.surface <> ''
),
places AS (
    SELECT document_id, name, unnest(pieces[:-2]) AS before, unnest(pieces[2:]) AS after FROM cut
),
behind AS (
    -- A letter on either side makes it another word.
    SELECT document_id, name, left(split_part(after, chr(10), 1), 160) AS tail
    FROM places
    WHERE left(after, 1) IN (',', ' ')
        -- A form, a bracket or a description; the rest of the text says nothing of who it is.
        AND regexp_matches(left(after, 16), '^(?:,| \(| is | was | [—–] | (?:' || company_forms() || ')\b)')
        AND NOT regexp_matches(right(before, 1), '[\w&@-]')
),
opened AS (
    SELECT document_id, name, regexp_extract(tail, '^((?:,? (?:' || company_forms() || ')\b\.?)*)', 1) AS form, tail FROM behind
),
brackets AS (
    SELECT document_id, name, form, regexp_extract(substr(tail, length(form) + 1), '^,? \(([^()]{2,110})\)', 1) AS bracket,
        regexp_replace(substr(tail, length(form) + 1), '^,? \([^()]{2,110}\)', '') AS rest
    FROM opened
),
described AS (
    SELECT *, regexp_extract(rest,
        '^(?:,| is| was|, is| —| –) (?:an?|the) ((?:[\w’''-]+ ){0,4}?(?:' || (SELECT string_agg(noun, '|' ORDER BY length(noun) DESC, noun) FROM core.business)
        || '))\b', 1) AS description
    FROM brackets
),
found AS (
    SELECT document_id, name, 'cik' AS evidence, regexp_extract(bracket, '\bCIK:?(?: No\.?)? ?#?0*(\d{3,10})\b', 1) AS value FROM brackets
    UNION ALL
    SELECT document_id, name, 'lei', regexp_extract(bracket, '\bLEI:? ?([A-Z0-9]{18}[0-9]{2})\b', 1) FROM brackets
    UNION ALL
    SELECT document_id, name, 'wikidata', regexp_extract(bracket, '\bWikidata:? ?(Q[0-9]+)\b', 1) FROM brackets
    UNION ALL
    -- The exchanges of one country share their letters: a company that moves between them keeps its own.
    SELECT document_id, name, 'ticker',
        CASE WHEN exchange = '' THEN ''
            WHEN regexp_matches(exchange, '^(?:NASDAQ|NYSE)', 'i') THEN 'us:' || letters
            ELSE lower(exchange) || ':' || letters END
    FROM (
        SELECT document_id, name,
            regexp_extract(bracket, '\b(' || exchanges() || ')(?: [A-Za-z]+){0,3}: ?[A-Z0-9.]{1,8}', 1) AS exchange,
            regexp_extract(bracket, '\b(?:' || exchanges() || ')(?: [A-Za-z]+){0,3}: ?([A-Z0-9.]{1,8})', 1) AS letters
        FROM brackets
    )
    UNION ALL
    SELECT document_id, name, 'letters', regexp_extract(bracket, '^\$?([A-Z]{2,5})$', 1) FROM brackets
    UNION ALL
    SELECT document_id, name, 'form', regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        lower(trim(regexp_replace(form, '[.,]', '', 'g'))), '\bcorporation\b', 'corp'), '\bincorporated\b', 'inc'), '\blimited\b', 'ltd'), '\bcompany\b', 'co')
    FROM brackets
    UNION ALL
    SELECT document_id, name, 'jurisdiction', slug(coalesce(
        nullif(regexp_extract(rest, '^(?:,| is| was) an? ((?:[A-Z][a-z]+ ){1,2})(?:corporation|limited liability company|limited partnership|public limited company)\b', 1), ''),
        regexp_extract(rest, '^(?:,| is| was)(?: an? [a-z -]{2,40},?)? (?:incorporated|organi[sz]ed|registered) (?:in|under the laws of) (?:the State of )?([A-Z]\w+(?: [A-Z]\w+)?)', 1)))
    FROM brackets
    UNION ALL
    SELECT document_id, name, 'seat', slug(regexp_extract(rest,
        '^(?:,| is| was)(?: an? [a-z -]{2,40},?)? (?:based|headquartered) in ([A-Z]\w+(?: [A-Z]\w+)?)', 1))
    FROM brackets
    UNION ALL
    SELECT f.document_id, f.name, 'business', b.business
    FROM described f
    JOIN core.business b ON f.description = b.noun OR f.description LIKE '% ' || b.noun
    WHERE b.business <> ''
)
SELECT document_id, name, evidence, value, count(*) AS n_places
FROM found
WHERE value <> ''
GROUP BY ALL
ORDER BY ALL
