-- Companies that an unnamed party may be, with the reasons for and against: each place of the `evidence_` lists is one reason, its
-- verdict, claim and document; the reason `share` is the share's own claim and counts neither way.
WITH evidence AS (
    SELECT party_id, candidate_id, reason, verdict, claim_id, document_id FROM mart.bridge_candidate_claim
    UNION ALL
    SELECT c.party_id, c.candidate_id, 'share', 'stated', unnest(p.claim_ids), p.document_id
    FROM mart.fct_candidate c
    JOIN core.anonymous_party p ON p.party_id = c.party_id
),
listed AS (
    SELECT party_id, candidate_id, list(reason ORDER BY reason, claim_id, document_id, verdict) AS evidence_reasons,
        list(verdict ORDER BY reason, claim_id, document_id, verdict) AS evidence_verdicts,
        list(claim_id ORDER BY reason, claim_id, document_id, verdict) AS evidence_claims,
        list(document_id ORDER BY reason, claim_id, document_id, verdict) AS evidence_documents
    FROM evidence
    GROUP BY ALL
)
SELECT 'CANDIDATE_FOR' AS _type, c.candidate_id || '|CANDIDATE_FOR|' || c.party_id AS id, 'Organization' AS from_label,
    c.candidate_id AS from_id, 'AnonymousParty' AS to_label, c.party_id AS to_id, c.rank, c.net, c.supports, c.refutes,
    c.open_reasons, c.separated_by, c.amount, c.capital_expenditure, c.cost_of_revenue,
    l.evidence_reasons, l.evidence_verdicts, l.evidence_claims, l.evidence_documents
FROM mart.fct_candidate c
JOIN listed l USING (party_id, candidate_id)
ORDER BY id
