-- How much of a statement of one report stands in another of the same filer: the part of its runs of three words that one stretch of
-- the other's text has, whether or not a claim was found there. Asked of the reports that an item remembers, and of the next one.
-- `echo_id` is the statement of the same bottleneck there that has most of those runs, `echo_share` as a part of the longer of the two.
-- `named_there`: whether the words for the bottleneck stand anywhere in it.
-- Linear in the words of those reports. Grain: (statement_id, other_id).
WITH asked AS (
    SELECT s.statement_id, i.filer_id, other.document_id AS other_id
    FROM core.statement s
    JOIN core.filing_item i USING (document_id, item)
    JOIN (SELECT DISTINCT document_id, filer_id, place FROM core.filing_item) other ON other.filer_id = i.filer_id
    WHERE other.document_id = i.after_id OR (other.place >= i.since AND other.place < i.place)
),
-- A sentence under its id, a report under its own: the words of both are taken in one way.
written AS (
    SELECT statement_id AS id, quote AS text FROM core.statement WHERE statement_id IN (SELECT statement_id FROM asked)
    UNION ALL
    SELECT document_id, text FROM doc.document WHERE document_id IN (SELECT other_id FROM asked)
),
-- Words by their hashes: millions of them are compared.
split AS (
    SELECT id, list_transform(string_split(words_of(text), ' '), lambda word: hash(word)) AS words FROM written
),
numbered AS (
    SELECT id, unnest(words) AS word, generate_subscripts(words, 1) AS place FROM split
),
run AS (
    SELECT id, place, hash(word, lead(word) OVER next, lead(word, 2) OVER next) AS run
    FROM numbered
    WINDOW next AS (PARTITION BY id ORDER BY place)
    QUALIFY lead(word, 2) OVER next IS NOT NULL OR place = 1
),
said AS (
    SELECT DISTINCT s.statement_id, r.run FROM core.statement s JOIN run r ON r.id = s.statement_id
),
size AS (
    SELECT statement_id, count(*) AS n FROM said GROUP BY statement_id
),
hit AS (
    SELECT a.statement_id, a.other_id, p.run, p.place, z.n
    FROM asked a
    JOIN said r USING (statement_id)
    JOIN size z USING (statement_id)
    JOIN run p ON p.id = a.other_id AND p.run = r.run
),
-- Two grids of stretches, one shifted by half, so that a sentence is cut by one of them at most.
stretch AS (
    SELECT statement_id, other_id, n, count(DISTINCT run) AS shared
    FROM (
        SELECT *, place // (2 * n) * 2 AS stretch FROM hit
        UNION ALL
        SELECT *, (place + n) // (2 * n) * 2 + 1 FROM hit
    )
    GROUP BY statement_id, other_id, n, stretch
),
best AS (
    SELECT statement_id, other_id, max(shared / n) AS share FROM stretch GROUP BY ALL
),
echo AS (
    SELECT a.statement_id, a.other_id, o.statement_id AS echo_id, count(*) / greatest(any_value(z.n), any_value(oz.n)) AS echo_share
    FROM asked a
    JOIN core.statement s USING (statement_id)
    JOIN core.statement o ON o.document_id = a.other_id AND o.bottleneck = s.bottleneck
    JOIN said mine ON mine.statement_id = a.statement_id
    JOIN said theirs ON theirs.statement_id = o.statement_id AND theirs.run = mine.run
    JOIN size z ON z.statement_id = a.statement_id
    JOIN size oz ON oz.statement_id = o.statement_id
    GROUP BY a.statement_id, a.other_id, o.statement_id
),
nearest AS (
    SELECT statement_id, other_id, max(echo_share) AS echo_share, arg_max(echo_id, (echo_share, echo_id)) AS echo_id
    FROM echo GROUP BY statement_id, other_id
),
-- What shares few runs may be said in other words: the part of the sentence's longer words that stand together there.
scarce AS (
    SELECT statement_id, other_id FROM asked LEFT JOIN best USING (statement_id, other_id) WHERE coalesce(share, 0) <= 0.25
),
content AS (
    SELECT DISTINCT statement_id, hash(word) AS word
    FROM (
        SELECT statement_id, unnest(string_split(words_of(quote), ' ')) AS word
        FROM core.statement WHERE statement_id IN (SELECT statement_id FROM scarce)
    )
    WHERE length(word) > 3
),
length AS (
    SELECT c.statement_id, count(*) AS n_words, any_value(len(w.words)) AS n
    FROM content c JOIN split w ON w.id = c.statement_id
    GROUP BY c.statement_id
),
occurrence AS (
    SELECT c.statement_id, c.other_id, w.word, p.place, l.n, l.n_words
    FROM scarce c
    JOIN content w USING (statement_id)
    JOIN length l USING (statement_id)
    JOIN numbered p ON p.id = c.other_id AND p.word = w.word
),
reworded AS (
    SELECT statement_id, other_id, max(n_here / n_words) AS words_share
    FROM (
        SELECT statement_id, other_id, n_words, stretch, count(DISTINCT word) AS n_here
        FROM (
            SELECT *, place // n * 2 AS stretch FROM occurrence
            UNION ALL
            SELECT *, (place + n // 2) // n * 2 + 1 FROM occurrence
        )
        GROUP BY ALL
    )
    GROUP BY statement_id, other_id
)
SELECT statement_id, other_id, coalesce(b.share, 0) AS share, r.words_share, e.echo_id, coalesce(e.echo_share, 0) AS echo_share,
    coalesce(len(list_filter(s.words, lambda word: contains(lower(t.text), word))) > 0, false) AS named_there
FROM asked
JOIN core.statement s USING (statement_id)
JOIN doc.document t ON t.document_id = other_id
LEFT JOIN best b USING (statement_id, other_id)
LEFT JOIN nearest e USING (statement_id, other_id)
LEFT JOIN reworded r USING (statement_id, other_id)
ORDER BY statement_id, other_id
