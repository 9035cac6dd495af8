-- Pairs of claims about one slot: confirmed by the other side, contradicted, superseded by a later one; with the rule and why.
-- Grain: (from_claim_id, to_claim_id, rule). Only facts are compared, across documents. A link is known while both claims are.
-- Whether two claims are linked follows from these two alone, so that no later document changes what was said of them before.
WITH said AS (
    SELECT c.claim_id, c.document_id, c.predicate, c.subject_id, c.object_id, c.polarity, c.modality, c.source_group,
        c.known_from, c.known_to, c.valid_from, c.valid_to, c.valid_precision,
        -- Nobody tells a state of a day that is still to come.
        least(coalesce(c.valid_to, c.valid_from, c.known_from), c.known_from) AS about,
        c.modality IN ('asserted', 'historical') AS firm,
        -- Which party speaks of itself; a third party is its publisher.
        CASE c.disclosed_by WHEN 'subject' THEN c.subject_id WHEN 'object' THEN c.object_id END AS speaker_id
    FROM core.claim c
    WHERE c.tier = 'fact'
),
slots AS (
    SELECT s.claim_id, s.slot, s.functional, s.holds, s.exact, s.slot_key, s.figure, s.low, s.high FROM core.claim_slot s
    UNION ALL
    -- What says the same from the other end stands in that slot as well.
    SELECT c.claim_id, 'mirror', false, '', false, p.predicate || '|' || c.object_id || '|' || c.subject_id, NULL, NULL, NULL
    FROM said c
    JOIN core.predicate p ON p.mirror = c.predicate
    WHERE c.object_id IS NOT NULL
    UNION ALL
    SELECT c.claim_id, 'mirror', false, '', false, c.predicate || '|' || c.subject_id || '|' || c.object_id, NULL, NULL, NULL
    FROM said c
    JOIN core.predicate p ON p.predicate = c.predicate AND p.mirror <> ''
    WHERE c.object_id IS NOT NULL
),
pairs AS (
    SELECT a.claim_id AS a_id, b.claim_id AS b_id, sa.slot, sa.functional, sa.holds,
        a.predicate AS a_predicate, b.predicate AS b_predicate, a.polarity AS a_polarity, b.polarity AS b_polarity,
        a.modality AS a_modality, a.firm AS a_firm, b.firm AS b_firm, a.speaker_id AS a_speaker, b.speaker_id AS b_speaker,
        a.source_group AS a_source, b.source_group AS b_source, sa.figure AS a_figure, sb.figure AS b_figure,
        sa.low > sb.high OR sb.low > sa.high AS differ,
        a.about AS a_about, b.about AS b_about, a.known_from AS a_known, b.known_from AS b_known,
        coalesce(a.speaker_id, a.source_group) = coalesce(b.speaker_id, b.source_group) AS same_voice,
        a.valid_from = b.valid_from AND a.valid_to = b.valid_to
            AND (NOT sa.exact OR (a.valid_precision = b.valid_precision AND a.valid_precision <> 'year')) AS same_period,
        coalesce(a.valid_from, DATE '0001-01-01') <= coalesce(b.valid_to, DATE '9999-12-31')
            AND coalesce(b.valid_from, DATE '0001-01-01') <= coalesce(a.valid_to, DATE '9999-12-31') AS overlap,
        concat_ws('..', a.valid_from, a.valid_to) AS a_period,
        greatest(a.known_from, b.known_from) AS known_from, least(a.known_to, b.known_to) AS known_to
    FROM slots sa
    JOIN slots sb ON sb.slot_key = sa.slot_key AND sb.slot = sa.slot
    JOIN said a ON a.claim_id = sa.claim_id
    JOIN said b ON b.claim_id = sb.claim_id
    WHERE a.claim_id <> b.claim_id AND a.document_id <> b.document_id
),
links AS (
    SELECT a_id, b_id, CASE WHEN slot = 'mirror' THEN 'mirror' ELSE 'both_sides' END AS rule, slot, known_from, known_to,
        a_speaker || ' and ' || b_speaker || ' each say so'
            || CASE WHEN slot = 'mirror' THEN ': ' || a_predicate || ' and ' || b_predicate ELSE '' END AS detail
    FROM pairs
    WHERE a_id < b_id AND NOT functional AND overlap AND a_polarity = 'positive' AND b_polarity = 'positive'
        AND a_firm AND b_firm AND a_speaker <> b_speaker AND a_source <> b_source
        AND (slot <> 'mirror' OR a_predicate <> b_predicate)
    UNION ALL
    SELECT a_id, b_id, 'denied', slot, known_from, known_to,
        a_source || CASE WHEN a_polarity = 'positive' THEN ' says so, ' ELSE ' denies it, ' END
            || b_source || CASE WHEN b_polarity = 'positive' THEN ' says so' ELSE ' denies it' END
    FROM pairs
    WHERE a_id < b_id AND NOT functional AND slot <> 'mirror' AND overlap AND a_firm AND b_firm AND a_polarity <> b_polarity
    UNION ALL
    SELECT a_id, b_id, 'other_value', slot, known_from, known_to,
        a_source || ' says ' || a_figure || ', ' || b_source || ' says ' || b_figure || ' for ' || a_period
    FROM pairs
    WHERE a_id < b_id AND functional AND differ AND same_period AND a_firm AND b_firm
        AND a_polarity = 'positive' AND b_polarity = 'positive' AND (NOT same_voice OR a_known = b_known)
    UNION ALL
    -- From the newer to the older. A hedged, planned or negative statement supersedes nothing.
    SELECT a_id, b_id, 'restated', slot, known_from, known_to,
        a_figure || ' instead of ' || b_figure || ' for ' || a_period
    FROM pairs
    WHERE functional AND differ AND same_period AND same_voice AND a_known > b_known AND a_modality = 'asserted'
        AND a_polarity = 'positive' AND b_polarity = 'positive'
    UNION ALL
    -- What a party tells of itself is not superseded by what others tell.
    SELECT a_id, b_id, 'later_state', slot, known_from, known_to,
        a_figure || ' on ' || a_about || ' after ' || b_figure || ' on ' || b_about
    FROM pairs
    WHERE functional AND holds = 'state' AND differ AND a_about > b_about AND a_known > b_known AND a_modality = 'asserted'
        AND a_polarity = 'positive' AND b_polarity = 'positive' AND (a_speaker IS NOT NULL OR b_speaker IS NULL)
)
SELECT DISTINCT l.a_id AS from_claim_id, l.b_id AS to_claim_id, r.type, l.rule, l.slot, l.detail, l.known_from, l.known_to
FROM links l
JOIN core.link_rule r ON r.rule = l.rule
-- Two claims that were never known on one day are not linked.
WHERE l.known_to IS NULL OR l.known_to > l.known_from
ORDER BY ALL
