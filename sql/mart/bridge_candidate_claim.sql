-- What speaks for or against a company being an unnamed party: one row a constraint and the claim and document behind it.
-- Grain: (party_id, candidate_id, reason, verdict, claim_id, document_id). A candidate is a company that another document names
-- as customer (or supplier) of the filer. Nothing here merges the two.
WITH said AS (
    -- Who sells to whom, whichever way round a document puts it.
    SELECT claim_id, document_id, subject_id AS seller_id, object_id AS buyer_id, 'subject' AS seller_side FROM core.claim
    WHERE predicate = 'SUPPLIES'
    UNION ALL
    SELECT claim_id, document_id, object_id, subject_id, 'object' FROM core.claim WHERE predicate IN ('DEPENDS_ON', 'COMMITS_TO')
),
deals AS (
    SELECT s.claim_id, s.document_id, s.seller_id, s.buyer_id, c.polarity, c.quote, c.valid_from, c.valid_to, d.filer_id,
        -- Which of the two says so itself.
        CASE WHEN c.disclosed_by = s.seller_side OR d.filer_id = s.seller_id THEN s.seller_id
             WHEN c.disclosed_by IN ('subject', 'object') OR d.filer_id = s.buyer_id THEN s.buyer_id END AS speaker_id
    FROM said s
    JOIN core.claim c USING (claim_id)
    JOIN core.document d ON d.document_id = s.document_id
    WHERE c.tier = 'fact' AND c.subject_kind = 'Organization' AND c.object_kind = 'Organization' AND c.named
        AND c.modality NOT IN ('hedged', 'conditional') AND s.seller_id <> s.buyer_id
),
pairs AS (
    SELECT p.party_id, p.document_id AS party_document_id, p.filer_id, p.benchmark, p.share, p.segment, p.period_from,
        p.period_to, d.buyer_id AS candidate_id, d.* EXCLUDE (seller_id, buyer_id, filer_id)
    FROM core.anonymous_party p
    JOIN deals d ON p.side = 'customer' AND d.seller_id = p.filer_id AND d.document_id <> p.document_id
    UNION ALL
    SELECT p.party_id, p.document_id, p.filer_id, p.benchmark, p.share, p.segment, p.period_from, p.period_to, d.seller_id,
        d.* EXCLUDE (seller_id, buyer_id, filer_id)
    FROM core.anonymous_party p
    JOIN deals d ON p.side = 'supplier' AND d.buyer_id = p.filer_id AND d.document_id <> p.document_id
),
positive AS (
    SELECT *, valid_from <= period_to AND valid_to >= period_from AS same_time, valid_from > period_to AS later
    FROM pairs WHERE polarity = 'positive'
),
candidates AS (
    SELECT DISTINCT p.party_id, p.candidate_id, a.filer_id, a.side, a.benchmark, a.share, a.period_from, a.period_to,
        a.claim_ids[1] AS claim_id
    FROM positive p
    JOIN core.anonymous_party a ON a.party_id = p.party_id
),
only_later AS (
    SELECT party_id, candidate_id FROM positive GROUP BY ALL HAVING bool_and(coalesce(later, false))
),
segment_words AS (
    SELECT party_id, unnest(regexp_extract_all(lower(segment), '[a-z]{5,}')) AS word FROM core.anonymous_party
),
named_shares AS (
    SELECT c.party_id, c.candidate_id, f.claim_id, f.document_id,
        CASE WHEN f.share = c.share AND f.period_from = c.period_from AND f.period_to = c.period_to THEN 'supports'
             ELSE 'refutes' END AS verdict
    FROM candidates c
    JOIN mart.fct_concentration f ON f.filer_id = c.filer_id AND f.party_id = c.candidate_id AND f.side = c.side
        AND f.benchmark = c.benchmark AND f.polarity = 'positive' AND f.tier = 'fact' AND f.share IS NOT NULL AND c.share IS NOT NULL
        AND f.period_from = c.period_from AND f.period_to = c.period_to
),
amounts AS (
    SELECT party_id, candidate_id, unnest(document_ids) AS document_id,
        CASE WHEN needed <= greatest(capital_expenditure, cost_of_revenue) THEN 'supports'
             WHEN needed > capital_expenditure + cost_of_revenue THEN 'refutes' END AS verdict
    FROM mart.fct_candidate_amount
),
found AS (
    SELECT party_id, candidate_id, 'named_elsewhere' AS reason, 'supports' AS verdict, claim_id, document_id
    FROM positive WHERE speaker_id IS DISTINCT FROM candidate_id
    UNION
    SELECT party_id, candidate_id, 'own_disclosure', 'supports', claim_id, document_id
    FROM positive WHERE speaker_id = candidate_id
    UNION
    SELECT party_id, candidate_id, 'period', 'supports', claim_id, document_id FROM positive WHERE same_time
    UNION
    SELECT p.party_id, p.candidate_id, 'period', 'refutes', p.claim_id, p.document_id
    FROM positive p JOIN only_later o ON o.party_id = p.party_id AND o.candidate_id = p.candidate_id
    UNION
    SELECT p.party_id, p.candidate_id, 'segment', 'supports', p.claim_id, p.document_id
    FROM positive p JOIN segment_words w ON w.party_id = p.party_id AND w.word <> 'segment' AND contains(lower(p.quote), w.word)
    UNION
    SELECT p.party_id, p.candidate_id, 'denied', 'refutes', p.claim_id, p.document_id
    FROM pairs p JOIN candidates c ON c.party_id = p.party_id AND c.candidate_id = p.candidate_id
    WHERE p.polarity = 'negative' AND coalesce(p.valid_from <= p.period_to AND p.valid_to >= p.period_from, true)
    UNION
    SELECT party_id, candidate_id, 'named_with_share', verdict, claim_id, document_id FROM named_shares
    UNION
    SELECT a.party_id, a.candidate_id, 'amount', a.verdict, c.claim_id, a.document_id
    FROM amounts a JOIN candidates c ON c.party_id = a.party_id AND c.candidate_id = a.candidate_id
    WHERE a.verdict IS NOT NULL
)
SELECT * FROM found ORDER BY ALL
