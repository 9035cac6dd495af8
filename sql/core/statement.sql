-- Sentences that name a bottleneck: the claims that one sentence makes of it, as one statement. Facts speak for it where there are
-- any, else candidates. `sense` is what the scarcity is one for, by the words of the sentence (`senses` of the ontology). `rank` orders how near the scarcity is said to be: 0 denied, 1 a mention, 2 may, 3 is, 4 has occurred.
-- Grain: (document_id, bottleneck, sentence).
WITH ranked AS (
    SELECT c.*, CASE
            WHEN polarity = 'negative' THEN 0
            ELSE coalesce(list_position(['mention', 'may', 'is', 'has_occurred'], severity), 1)
        END AS rank,
        tier = 'fact' OR NOT bool_or(tier = 'fact') OVER (PARTITION BY document_id, object_id, quote) AS speaks
    FROM core.claim c
    WHERE predicate = 'EXPOSED_TO' AND review <> 'rejected'
),
sentence AS (
    SELECT left(md5(concat_ws(chr(31), document_id, object_id, quote)), 16) AS statement_id, document_id, object_id AS bottleneck,
        quote, min(char_start) AS char_start, min(section) AS item, min(tier) AS tier, max(rank) AS rank,
        list(DISTINCT claim_id ORDER BY claim_id) AS claim_ids, list(DISTINCT subject_id ORDER BY subject_id) AS subject_ids,
        list(DISTINCT lower(object_surface) ORDER BY lower(object_surface)) FILTER (object_surface <> '') AS words,
        max(known_from) AS known_from, CASE WHEN bool_and(known_to IS NOT NULL) THEN max(known_to) END AS known_to
    FROM ranked
    WHERE speaks
    GROUP BY document_id, object_id, quote
),
meant AS (
    SELECT statement_id, arg_min(s.sense, s.place) AS sense
    FROM sentence
    JOIN core.sense s ON list_contains(s.bottlenecks, bottleneck) AND regexp_matches(quote, '(?i)\b(?:' || s.pattern || ')\b')
    GROUP BY statement_id
)
SELECT sentence.*, coalesce(meant.sense, 'unstated') AS sense
FROM sentence
LEFT JOIN meant USING (statement_id)
ORDER BY document_id, char_start, bottleneck, statement_id
