-- Companies that an unnamed party may be, with the reasons for and against: each place of the `evidence_` lists is one reason, its
-- verdict, claim and document, with the days from and until which both were known and the claim is about (0001-01-01 and 9999-12-31 where
-- not told); the reason `share` is the share's own claim and counts neither way.
WITH evidence AS (
    SELECT party_id, candidate_id, reason, verdict, claim_id, document_id FROM mart.bridge_candidate_claim
    UNION ALL
    SELECT c.party_id, c.candidate_id, 'share', 'stated', unnest(p.claim_ids), p.document_id
    FROM mart.fct_candidate c
    JOIN core.anonymous_party p ON p.party_id = c.party_id
),
dated AS (
    SELECT e.*, greatest(c.known_from, d.known_from) AS known_from, coalesce(c.known_to, DATE '9999-12-31') AS known_to,
        coalesce(c.valid_from, DATE '0001-01-01') AS valid_from, coalesce(c.valid_to, DATE '9999-12-31') AS valid_to
    FROM evidence e
    JOIN mart.fct_claim c ON c.claim_id = e.claim_id
    JOIN mart.dim_document d ON d.document_id = e.document_id
),
listed AS (
    SELECT party_id, candidate_id, list(reason ORDER BY reason, verdict, claim_id, document_id) AS evidence_reasons,
        list(verdict ORDER BY reason, verdict, claim_id, document_id) AS evidence_verdicts,
        list(claim_id ORDER BY reason, verdict, claim_id, document_id) AS evidence_claims,
        list(document_id ORDER BY reason, verdict, claim_id, document_id) AS evidence_documents,
        list(known_from ORDER BY reason, verdict, claim_id, document_id) AS evidence_known_from,
        list(known_to ORDER BY reason, verdict, claim_id, document_id) AS evidence_known_to,
        list(valid_from ORDER BY reason, verdict, claim_id, document_id) AS evidence_valid_from,
        list(valid_to ORDER BY reason, verdict, claim_id, document_id) AS evidence_valid_to
    FROM dated
    GROUP BY ALL
)
SELECT 'CANDIDATE_FOR' AS _type, c.candidate_id || '|CANDIDATE_FOR|' || c.party_id AS id, 'Organization' AS from_label,
    c.candidate_id AS from_id, 'AnonymousParty' AS to_label, c.party_id AS to_id, c.rank, c.net, c.supports, c.refutes,
    c.open_reasons, c.separated_by, c.amount, c.capital_expenditure, c.cost_of_revenue,
    l.evidence_reasons, l.evidence_verdicts, l.evidence_claims, l.evidence_documents, l.evidence_known_from,
    l.evidence_known_to, l.evidence_valid_from, l.evidence_valid_to
FROM mart.fct_candidate c
JOIN listed l USING (party_id, candidate_id)
ORDER BY id
