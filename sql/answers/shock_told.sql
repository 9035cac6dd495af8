-- What texts tell of those who are hit beside the ways of the shock: lead times, second sources, and suppliers without a name.
-- Parameters: parties (ids) and known_on. One row an organization of which something is told.
WITH hit AS (SELECT unnest($parties::VARCHAR[]) AS party_id),
told AS (
    SELECT CASE WHEN c.predicate = 'SUPPLIES' THEN c.object_id ELSE c.subject_id END AS party_id, c.*
    FROM mart.claims_at(NULL::DATE, $known_on) c
    WHERE c.tier = 'fact' AND c.polarity = 'positive' AND c.review IS DISTINCT FROM 'rejected'
)
SELECT party_id,
    coalesce(list(DISTINCT {text: concat_ws(' ', t.value_text, t.unit), claim_id: t.claim_id, low: m.value_low, unit: m.unit})
        FILTER (t.predicate = 'HAS_METRIC' AND t.metric = 'lead time'), []) AS lead_times,
    coalesce(list(DISTINCT t.claim_id) FILTER (t.predicate <> 'HAS_METRIC' AND regexp_matches(t.quote, '(?i)\b(second|dual|alternat\w+|multiple)[- ]sourc')), []) AS second_sources,
    count(DISTINCT t.subject_id || t.object_id) FILTER (t.predicate IN ('SUPPLIES', 'DEPENDS_ON') AND 'AnonymousParty' IN (
        CASE t.predicate WHEN 'SUPPLIES' THEN t.subject_kind ELSE t.object_kind END)) AS n_unnamed
FROM told t
JOIN hit USING (party_id)
LEFT JOIN mart.fct_metric m USING (claim_id)
GROUP BY party_id
ORDER BY party_id
